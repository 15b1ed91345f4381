"""A screen speaks one language: codes stand beside their words, papers and states have names, aliases are readable."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.start.app import BossApp
from boss_tui.transactions.c01.form import OpenAccountForm
from screens.form_screen import _defaults
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


@pytest.mark.parametrize(("language", "kind"), [("en", "Receipt"), ("zh_CN", "收据")])
def test_papers_to_print_again_have_names(language: str, kind: str) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("dd\n\n")
        await keys.press("f4")
        await keys.press("f4")
        assert f"{kind} " in keys.text()
        await keys.type(kind)
        assert "SJ00000001" in keys.text()

    play(FakeDesk(), story, language)


@pytest.mark.parametrize(("chosen", "read"), [(True, "en"), (False, "zh_CN")])
def test_a_language_chosen_before_the_sign_on_is_kept_for_who_comes(chosen: bool, read: str) -> None:
    desk = FakeDesk(signed_on=False)  # who signs on has read Chinese so far

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.press(*["ctrl+t"] * chosen)
        await keys.type("8001\nsecret\n")
        assert app.words.language == read
        assert desk.calls.count("speak") == chosen
        await keys.type("signoff\n")
        assert app.words.language == app.language, "who has chosen nothing follows the program, not who was here"
        await keys.type("8001\nsecret\n")  # once chosen, it is nobody else's
        assert desk.calls.count("speak") == chosen

    play(desk, story, "zh_CN" if chosen else "en")


def test_in_english_the_words_that_open_a_business_are_english_and_in_chinese_the_initials() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        assert "open account/kh" in keys.text()
        assert "开户" not in keys.text()
        await keys.press("ctrl+t")
        assert " kh " in keys.text()
        assert "开户/kh" not in keys.text()

    play(FakeDesk(), story)


def test_a_refusal_s_mark_is_in_the_language_of_the_screen() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n1\n999102199005171234\n")
        assert "否 " in keys.text()
        assert "NO " not in keys.text()

    play(FakeDesk(), story, "zh_CN")


def test_what_an_empty_field_means_is_said_in_words_with_its_code() -> None:
    specs = {spec.name: spec.ask for spec in OpenAccountForm.fields()}
    coded = {name: code for name, code in _defaults(OpenAccountForm).items() if name in specs and specs[name].choices}
    assert coded
    assert all(str(specs[name].means) for name in coded)
    app = BossApp(FakeDesk, language="zh_CN")

    async def main() -> str:
        from screens.widgets.form_panel import FormPanel

        async with app.run_test():
            panel = FormPanel(OpenAccountForm.fields())
            panel.defaults = _defaults(OpenAccountForm)
            await app.mount(panel)
            return "\n".join("".join(text for text, _ in row) for row in panel.rows(78))

    assert "[domestic 国内]" in asyncio.run(main())
