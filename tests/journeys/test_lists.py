"""Red and black lists as files, by keys (M3.2): what can't be taken is said above the file's name, which is asked for
again; a whole list, then what changes; whoever is on it is refused at the next form, whoever left it is not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from data.message import say
from data.tables.customer import ListedPerson, ListFile
from screens.dialogs.one_line import OneLine
from screens.manage.editions import EditionScreen
from screens.manage.list_files import ListFilesScreen
from screens.manage.people import Told
from screens.manage.rows import RowsScreen
from tests.boss_tui.management.test_m03_list_files import written
from tests.head_office import MAKER
from tests.journeys.both_ends import OfficeManager, approved, at_hall, at_office
from tests.journeys.world import Customer
from tests.linked_hall import LinkedHall

FIRST, SECOND = Customer(1).document, Customer(2).document
OWN = {"source": "own"}


def person(number: str, op: str = "add", until: str = "2026-12-31") -> str:
    """A line about somebody with a resident identity card."""
    return f"{op},00,{number},{'仇丽华,涉诈名单,公安通报,2026-11-01,' + until if op == 'add' else ',,,,'}"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_list_then_what_changes_of_it_count_at_the_next_form(
    linked: LinkedHall, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where what is wrong is written down
    linked.exchange()
    whole = taken(linked, language, written(tmp_path, person(FIRST), kind="full", **OWN), tmp_path)
    approved(linked, language)
    assert refused(linked, language) == [FIRST]
    taken(linked, language, written(tmp_path, person(FIRST, "end"), person(SECOND), sequence=whole + 1, **OWN))
    approved(linked, language)
    assert refused(linked, language) == [SECOND]
    files = linked.central_rows(ListFile, order=("sequence",))
    assert [(row.kind, row.sequence, row.rows) for row in files] == [("full", 1, 1), ("delta", 2, 2)]
    entries = linked.hall.rows(ListedPerson, source="own", document_number=SECOND)
    assert [(row.valid_from, row.valid_to) for row in entries] == [("2026-11-01", "2026-12-31")]
    assert linked.is_sound()


def taken(linked: LinkedHall, language: str, path: Path, folder: Path | None = None) -> int:
    """A file into an edition that is submitted, by keys; `folder`: after others that can't be. Its sequence."""
    asyncio.run(_taken(linked, language, path, folder))
    return max(int(row.sequence) for row in linked.central_rows(ListFile))


async def _taken(linked: LinkedHall, language: str, path: Path, folder: Path | None) -> None:
    async with at_office(linked, MAKER, language) as m:
        await m.type("m3.2/listed_person\n")
        await m.press("f4")
        await m.paste(m.word("From a file"))
        await m.press("enter")
        if folder is not None:
            await can_not_be(m, path, folder)
        await named(m, path)
        m.must_read(say("Take this list?"))
        await m.press("y", "enter")
        assert isinstance(m.app.screen, EditionScreen), m.text()
        await m.press("f10")
        await m.press("y")
        m.must_see("waits for approval")
        await m.home()
        await m.type("m3.2/listed_person\n")
        await m.press("f4")
        await m.paste(m.word("Files of lists that were taken"))
        await m.press("enter")
        assert isinstance(m.app.screen, ListFilesScreen), m.text()
        await m.press("enter")
        assert isinstance(m.app.screen, EditionScreen), m.text()


async def can_not_be(m: OfficeManager, path: Path, folder: Path) -> None:
    """Each stays named in its box, with why above it; of one with wrong lines there is a file of them."""
    good = path.read_bytes()
    for content, why in (
        (None, "there is nothing of this name"),
        (good.replace("公安".encode(), "民政".encode()), "its SHA-256 is another"),
        (good.replace(b",full,", b",half,"), "The head says"),
        (good.replace(b",full,1,", b",delta,3,"), "take that first, or a full one"),
        (good.replace(b"own", b"IN999", 1), "there is no IN999"),
    ):
        tried = folder / "tried.csv"
        tried.unlink(missing_ok=True)
        if content is not None:
            tried.write_bytes(content)
        await named(m, tried)
        box = m.app.screen
        assert isinstance(box, OneLine), m.text()
        assert box.field.value == str(tried)
        assert why in m.text().replace("\n", " ") or not m.text().isascii(), m.text()
    (folder / "wrong").mkdir()
    await named(m, written(folder / "wrong", person("330105199005183469"), kind="full", **OWN))
    assert isinstance(m.app.screen, Told), m.text()
    (rejects,) = folder.glob("*-rejects.csv")
    assert "330105199005183469" in rejects.read_text(encoding="utf-8-sig")
    await m.press("enter")
    assert isinstance(m.app.screen, RowsScreen), m.text()
    await m.press("f4")
    await m.paste(m.word("From a file"))
    await m.press("enter")


async def named(m: OfficeManager, path: Path) -> None:
    """A file's name into the box, in place of what stands there."""
    await m.press("ctrl+u")
    await m.paste(str(path))
    await m.press("enter")


def refused(linked: LinkedHall, language: str) -> list[str]:
    """Who of the two is refused an account at the counter."""
    found: list[str] = []

    async def opened() -> None:
        async with at_hall(linked, language) as clerk:
            for number in (FIRST, SECOND):
                await clerk.type("kh\n\n")
                await clerk.give(number)
                await clerk.press("enter")
                if clerk.sees("On the blacklist: {reason} (source: {source}).", reason="涉诈名单", source=OURS):
                    found.append(number)
                await clerk.press("f3")
                await clerk.press("y")

    asyncio.run(opened())
    return found


OURS = say("our own list")
