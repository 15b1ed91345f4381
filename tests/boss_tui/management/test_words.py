"""Codes in words where people read them: choices, references, flags, money; typed by words, too; whom it reaches."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions import differences, scope, standing
from boss_tui.editions.lines import RowEdit
from boss_tui.locale import words as speak
from boss_tui.management import choosing, subjects, words
from boss_tui.management.kit.filters import read_filter
from boss_tui.management.m06.prices import PRICES
from boss_tui.management.m06.tariffs import ITEMS, RATES
from data.errors import BadForm
from data.message import Message, say
from data.statements import columns, keys, table_name
from data.table_words import table_word
from tests.boss_tui.editions.office import TODAY, Desk, new_price, price


def told(said: Message | str, language: str = "zh_CN") -> str:
    return speak(language)(said) if isinstance(said, Message) else said


@pytest.mark.parametrize(
    ("column", "value", "zh", "en"),
    [
        ("state", "published", "已发布", "published"),  # a code of the program's own: the word alone
        ("monthly", 1, "是", "yes"),
        ("monthly", 0, "否", "no"),
        ("business", "C1", "C1 开户", "C1 Open account"),  # a code that people use: with its name
        ("item", "card", "card", "card"),
        ("product", "PLAN", "PLAN 套餐", "PLAN 套餐"),
        ("product", "", "", ""),
        ("product", "GONE", "GONE", "GONE"),  # nothing is called so: the code, as it is
        ("amount", 1250, "12.50", "12.50"),
        ("valid_from", "2026-12-01", "2026-12-01", "2026-12-01"),
        ("name_zh", None, "", ""),
    ],
)
def test_a_value_is_said_in_words(office: Desk, column: str, value: Any, zh: str, en: str) -> None:
    with office.store.reading() as reading:
        names = words.names_of(reading, PRICES, [{column: value}])
    said = words.said(PRICES, PRICES.column(column), value, names)
    assert (told(said), told(said, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("entity", "column", "value", "zh"),
    [(ITEMS, "fee_kind", 1, "押金"), (RATES, "kind", "voice", "voice 通话"), (ITEMS, "ledger_account", "6001", "6001")],
)
def test_a_subject_names_its_own_codes(entity: Any, column: str, value: Any, zh: str) -> None:
    assert told(words.said(entity, entity.column(column), value, {})) == zh


@pytest.mark.parametrize("typed", ["state:published", "state:已发布", "state:Published"])
def test_a_list_is_narrowed_by_a_word_too(typed: str) -> None:
    (condition,) = read_filter(PRICES, typed).conditions
    assert condition.value == "published"


def test_a_word_typed_into_a_field_is_its_code() -> None:
    typed = {"item": "card", "business": "C1", "amount": "1", "state": "已撤回", "monthly": "是"}
    withdrawn = next(word for word in ("withdrawn",))
    label = told(PRICES.words_of(PRICES.column("state"))[withdrawn])
    values = PRICES.read({**typed, "state": label})
    assert (values["state"], values["monthly"]) == (withdrawn, 1)


@pytest.mark.parametrize(
    ("column", "text", "codes"),
    [
        ("state", "", ["draft", "published", "withdrawn"]),
        ("state", "已发布", ["published"]),
        ("item", "", ["card", "fee"]),
        ("item", "FE", ["fee"]),
        ("product", "套", ["PLAN"]),
        ("product", "none such", []),
    ],
)
def test_what_may_be_chosen_is_found_by_code_and_name(office: Desk, column: str, text: str, codes: list[str]) -> None:
    with office.store.reading() as reading:
        assert [each.value for each in choosing.choices(reading, PRICES, column, text)] == codes


def test_an_edition_differs_in_words(office: Desk) -> None:
    made = office.drafted(price(1250, state="withdrawn"), new_price("N1", amount=5, rank=1, product="PLAN"))
    with office.store.reading() as reading:
        edition = standing.lines_of(reading, made)
        assert len(edition) == 2
        found = differences.of_edition(reading, office.edition(made), TODAY)
        said = words.in_words(reading, found, TODAY)
    shown = {(told(each.row), told(each.label), told(each.before), told(each.after)) for each in said}
    row = told(Message("{kind} {key}", {"kind": table_word(PRICES.model), "key": "P1"}))
    labels = [told(PRICES.column(name).label) for name in ("amount", "state")]
    assert (row, labels[0], "10.00", "12.50") in shown
    assert (row, labels[1], "已发布", told(PRICES.words_of(PRICES.column("state"))["withdrawn"])) in shown
    assert any(each[3] == "PLAN 套餐" for each in shown)


def test_what_is_kept_in_a_measure_is_said_in_one_that_people_know(office: Desk) -> None:
    rate = {"included": 10_485_760, "unit": 102_400, "price": 50}
    made = office.drafted(RowEdit("plan_rate", ("PLAN", "data"), "add", rate))
    with office.store.reading() as reading:
        found = differences.of_edition(reading, office.edition(made), TODAY)
        said = {each.column: told(each.after) for each in words.in_words(reading, found, TODAY)}
    assert (said["included"], said["unit"]) == ("10 GB", "100 MB")
    assert said["price"] == f"0.50（{told(say('yuan for each begun: {unit}', unit='100 MB'))}）"


def test_what_moved_is_said_in_words(office: Desk) -> None:
    made = office.drafted(price(1200))
    office.approved(price(1100))
    with office.store.reading() as reading:
        (moved,) = standing.moved(reading, office.edition(made), TODAY)
        said = words.moved_in_words(reading, moved)
    assert (told(said.mine), told(said.theirs), said.who) == ("12.00", "11.00", "3001 #2")


@pytest.mark.parametrize("typed", ["", "outlet:HZ01", "channel:own", "region:杭州"])
def test_an_edition_reaches_those_whom_it_names(office: Desk, typed: str) -> None:
    hall = RowEdit("outlet", ("HZ01",), "add", {"name_zh": "城关", "province": "浙江", "region": "杭州"})
    office.approved(hall)
    with office.store.reading() as reading:
        assert scope.must_be(reading, typed) == typed
        assert [each for each, _ in scope.choices(reading)] == ["", "channel:own", "region:杭州", "outlet:HZ01"]
        for nobody in ("outlet:HQ", "outlet:XX", "channel:agent", "region:宁波", "house:1", "outlet:"):
            with pytest.raises(BadForm):
                scope.must_be(reading, nobody)


def test_every_column_that_managers_keep_has_a_word() -> None:
    """Also those that no form asks for: an act changes them, and the edition says so."""
    kept = {entity.model for code in subjects.MODULES for entity in subjects.subject(code).entities if not entity.stock}
    asked = [(table_name(model), each) for model in kept for each in columns(model)]
    assert len(asked) > 200
    hidden = {"revision", *(each for model in kept for each in keys(model))}
    raw = [(table, each) for table, each in asked if each not in hidden and words.label_of(table, each) == each]
    assert raw == []


@pytest.mark.parametrize(
    ("value", "zh", "en"), [("initial", "仅限一次", "for one sign-on"), ("lasting", "长期", "for good")]
)
def test_what_a_password_counts_for_is_told_in_words(office: Desk, value: str, zh: str, en: str) -> None:
    with office.store.reading() as reading:
        said = words.value_said(reading, "operator", "password_use", value)
    assert (told(said), told(said, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("table", "op", "said"),
    [
        ("price_rule", "add", "new"),
        ("price_rule", "change", "changed"),
        ("price_rule", "end", str(PRICES.ended)),
        ("of_no_subject", "end", "ended"),
        ("of_no_subject", "add", "new"),
    ],
)
def test_what_happens_to_a_row_is_said_as_its_entity_calls_it(table: str, op: str, said: str) -> None:
    assert str(words.op_said(table, op)) == said


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_two_lists_are_called_the_same(language: str) -> None:
    """The same rows may be kept by several businesses, each with its own try-out: what they are called tells which."""
    called = [told(each.says, language) for code in subjects.MODULES for each in subjects.subject(code).entities]
    assert len(called) == len(set(called))
