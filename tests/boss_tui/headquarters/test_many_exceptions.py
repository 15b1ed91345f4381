"""Very many exceptions at the office: the first of them cost what they cost of a few, in each order and for each word;
read a few at a time they are the same, each once, as read all at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from boss_tui.answers.exceptions import SORTS, ExceptionLine
from boss_tui.headquarters import exception_list
from boss_tui.headquarters.entry_words import entry_words
from boss_tui.headquarters.office import author
from boss_tui.locale import words
from data.tables.sync import JournalEntry, SyncException
from tests.boss_tui.components.rows import DAY
from tests.fetching import Fetched, fetching
from tests.hall import FACTS
from tests.linked_hall import LinkedHall

pytestmark = pytest.mark.light

FEW, MANY, MOST = 300, 1_500, 20
KINDS = ("shift.open", "C1", "day.close")
REASONS = ("price", "act", "lease", "sums")
BY_INDEX = [sort for sort in SORTS if sort not in ("kind", "person")]
_numbers = count()


def many(linked: LinkedHall, rows: int) -> None:
    """So many more, of which each is a little different."""
    entries, told = list[dict[str, Any]](), list[dict[str, Any]]()
    for n in (next(_numbers) for _ in range(rows)):
        of = {"outlet": FACTS.outlet, "epoch": 1, "seq": 10_000 + n}
        at = f"2026-11-{1 + n % 20:02d}T01:00:00.{n:06d}Z"
        kind, operator = KINDS[n * 7 % 3], (FACTS.clerk, FACTS.supervisor)[n * 5 % 2]
        entries.append(
            {**of, "made_at": at, "kind": kind, "operator": operator, "business_date": DAY, "body": "{}"}
            | {"prev_hash": "", "hash": ""}
        )
        told.append(
            {**of, "id": f"{n * 7919 % 100_003:06d}", "reason": REASONS[n * 3 % 4], "raised_at": at}
            | {"state": ("open", "open", "noted", "resolved")[n % 4], "held": n * 997 % 2_000 - 500}
            | {"detail": f'{{"key":["1380000{n:04d}"],"table":"phone_number"}}'}
            | {"decided_at": f"2026-11-{1 + n * 11 % 20:02d}T02:00:00.000000Z"}
        )
    with linked.office.store.transaction(author(FACTS.outlet, "test"), journalled=False) as tx:
        tx.add_many(JournalEntry, entries)
        tx.add_many(SyncException, told)


def listed(linked: LinkedHall, text: str = "", **asked: Any) -> list[ExceptionLine]:
    return list(linked.at_office().office_exceptions.listed(text, **asked))


def fetched(linked: LinkedHall, text: str, sort: str) -> Fetched:
    office = linked.at_office().office_exceptions
    office.listed(text, sort=sort, most=MOST)  # what is read once for all
    with fetching(linked.office.store) as found:
        assert len(office.listed(text, sort=sort, most=MOST)) == MOST
    return found


@pytest.mark.parametrize("text", ["", "开班", "phone", ">1"])
@pytest.mark.parametrize("sort", BY_INDEX)
def test_the_first_of_very_many_cost_what_they_cost_of_a_few(
    linked: LinkedHall, monkeypatch: pytest.MonkeyPatch, sort: str, text: str
) -> None:
    monkeypatch.setattr(exception_list, "AHEAD", 100)
    many(linked, FEW)
    few = fetched(linked, text, sort)
    many(linked, MANY)
    found = fetched(linked, text, sort)
    assert found.statements == few.statements
    assert found.rows <= few.rows + MOST
    assert found.steps < 1.5 * few.steps


@pytest.mark.parametrize("sort", SORTS)
def test_whatever_the_order_no_more_rows_come_back_than_are_told(linked: LinkedHall, sort: str) -> None:
    many(linked, MANY)
    for text, fit in {"": MOST, "1380000": MOST, "nowhere": 0}.items():
        with fetching(linked.office.store) as found:
            assert len(listed(linked, text, sort=sort, most=MOST)) == fit
        assert found.rows < 200


@pytest.mark.parametrize("sort", SORTS)
def test_a_few_at_a_time_are_the_same_as_all_at_once_in_the_order_that_is_asked_for(
    linked: LinkedHall, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(exception_list, "AHEAD", 5)
    many(linked, 90)
    keys: dict[str, Callable[[ExceptionLine], Any]] = {
        "age": lambda _: 0,
        "sum": lambda line: -abs(line.held),
        "outlet": lambda line: (line.outlet, line.seq),
        "kind": lambda line: next(kind for kind in KINDS if str(line.kind) == str(entry_words(kind))),
        "person": lambda line: line.person,
        "reason": lambda line: line.reason,
    }
    places = ("open", "noted", "resolved")
    for text in ("", "1380", "act"):
        with linked.office.store.reading() as reading:
            every = list(exception_list.found(reading, text, ended=True, sort=sort, size=1_000))
            found = list(exception_list.found(reading, text, ended=True, sort=sort, size=7))
        assert found == every
        assert len({line.id for line in found}) == len(found) >= 20
        assert every == sorted(every, key=lambda line: (places.index(line.state), keys[sort](line)))
        for state in ("open", "noted", "resolved") if sort == "age" else ():
            since = [line.since if state != "resolved" else line.decided_at for line in every if line.state == state]
            assert since == sorted(since, reverse=state == "resolved")


@pytest.mark.parametrize(
    ("text", "held", "fits"),
    [
        ("12.5", 1_250, True),
        ("12.50", 1_250, True),
        ("12.51", 1_250, False),
        (".05", 5, True),
        ("0.05", 5, True),
        ("12.50", -1_250, True),
        ("-12.50", -1_250, True),
        (">12.50", -1_250, True),
        (">12.51", -1_250, False),
        (">12.50", 1_250, True),
        (">12.51", 1_250, False),
        (">", 0, True),
        ("1%0", 1_250, False),
    ],
)
def test_a_sum_is_found_as_it_stands_in_yuan(linked: LinkedHall, text: str, held: int, fits: bool) -> None:
    row = {"outlet": FACTS.outlet, "epoch": 1, "seq": 7, "reason": "act", "raised_at": "2026-11-20T01:00:00.000000Z"}
    with linked.office.store.transaction(author(FACTS.outlet, "test"), journalled=False) as tx:
        tx.add(SyncException, id="x", held=held, **row)
    assert [line.id for line in listed(linked, text)] == (["x"] if fits else [])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_word_for_a_code_is_found_in_each_language(linked: LinkedHall, language: str) -> None:
    many(linked, 12)
    speak = words(language)
    every = listed(linked)
    for name in ("kind", "called", "standing"):
        for line in every:
            word = speak(getattr(line, name)).split()[-1]
            assert line in listed(linked, word), word
            assert listed(linked, f"{word}q") == []
    person = every[0].person.split()[1]
    assert {line.person for line in listed(linked, person)} == {every[0].person}
