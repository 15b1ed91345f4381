"""Every document number is accounted for: whose it is, what became of it, which are missing, number by number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.documents import number_accounts
from boss_tui.components.documents.number_accounts import CodeAccount, of_headquarters, of_outlet
from data import schema
from data.store import Store
from data.tables.document import DocumentRange, DocumentReceipt
from tests.boss_tui.components.rows import row


class Papers:
    """Ranges and deliveries, and the documents of ranges: by their key, the state of each number."""

    def __init__(self, *rows: Any, documents: dict[str, dict[int, str]] | None = None) -> None:
        self._rows, self._documents = rows, documents or {}

    def all(self, model: Any, **where: Any) -> list[Any]:
        mine = [each for each in self._rows if isinstance(each, model)]
        return [each for each in mine if all(getattr(each, name) == value for name, value in where.items())]

    def rows(self, statement: Any, **values: Any) -> list[tuple[Any, ...]]:
        if statement is number_accounts._NUMBERS:
            return [(number,) for number in sorted(self._documents[values["of"]])]
        states = [(key, state) for key, of in self._documents.items() for state in of.values()]
        return [(key, state, states.count((key, state))) for key, state in sorted(set(states))]


def numbers(key: str, first: int, last: int, following: int = 0, **values: Any) -> Any:
    about = {"id": key, "kind": "receipt", "code": "R", "state": "open", "outlet": "HZ01", **values}
    run = {"first_number": first, "last_number": last, "next_number": following or first}
    return row(DocumentRange, **about, **run)


def delivery(first: int, last: int, code: str = "R") -> Any:
    return row(DocumentReceipt, id=f"{code}{first}", kind="receipt", code=code, first_number=first, last_number=last)


def headquarters(*rows: Any, **more: Any) -> list[CodeAccount]:
    reading: Any = Papers(*rows, **more)
    return of_headquarters(reading)


def hall(*rows: Any, **more: Any) -> list[CodeAccount]:
    reading: Any = Papers(*rows, **more)
    return of_outlet(reading, "HZ01")


def told(account: CodeAccount) -> dict[str, int]:
    return {fate: n for fate in number_accounts.FATES if (n := account.total(fate))}


def test_received_is_what_is_in_stock_issued_used_void_red_and_returned() -> None:
    states = {1: "normal", 2: "void", 3: "red", 4: "normal"}
    (found,) = headquarters(
        delivery(1, 100),
        numbers("a", 1, 10, 5),
        numbers("b", 11, 20, counter="HZ0101"),
        numbers("c", 21, 30, state="returned"),
        numbers("d", 31, 100, outlet=""),
        documents={"a": states},
    )
    assert (found.received, found.is_whole) == (100, True)
    assert told(found) == {"stock": 70, "issued": 16, "used": 2, "void": 1, "red": 1, "returned": 10}
    assert sum(told(found).values()) == found.received
    assert [(line.outlet, line.counter, line.pieces) for line in found.lines] == [
        ("", "", 70),
        ("HZ01", "", 20),
        ("HZ01", "HZ0101", 10),
    ]


@pytest.mark.parametrize(
    ("there", "gaps"),
    [
        ([1, 2, 3, 4], ()),
        ([2, 3, 4], ((1, 1),)),
        ([1, 2, 3], ((4, 4),)),
        ([1, 4], ((2, 3),)),
        ([2, 3], ((1, 1), (4, 4))),
        ([], ((1, 4),)),
    ],
)
def test_a_number_that_was_given_out_and_has_no_document_is_missing_by_name(there: list[int], gaps: Any) -> None:
    (found,) = hall(numbers("a", 1, 10, 5), documents={"a": dict.fromkeys(there, "normal")})
    assert (found.gaps, found.total("missing"), found.is_whole) == (gaps, 4 - len(there), not gaps)
    assert found.received == sum(told(found).values()) == 10


@pytest.mark.parametrize(
    ("received", "there", "missing", "unexplained"),
    [
        ((1, 10), [(1, 10)], (), ()),
        ((1, 10), [(1, 4), (5, 10)], (), ()),
        ((1, 10), [(1, 4), (6, 10)], ((5, 5),), ()),
        ((1, 10), [(2, 9)], ((1, 1), (10, 10)), ()),
        ((1, 10), [(1, 11)], (), ((11, 11),)),
        ((5, 10), [(1, 20)], (), ((1, 4), (11, 20))),
        ((1, 10), [], ((1, 10),), ()),
    ],
)
def test_what_was_received_and_is_nowhere_is_missing_and_what_was_not_is_unexplained(
    received: tuple[int, int], there: list[tuple[int, int]], missing: Any, unexplained: Any
) -> None:
    ranges = [numbers(str(first), first, last, outlet="") for first, last in there]
    (found,) = headquarters(delivery(*received), *ranges)
    assert (found.gaps, found.unexplained) == (missing, unexplained)
    pieces = sum(last - first + 1 for first, last in unexplained)
    assert found.received + pieces == sum(told(found).values())


def test_codes_and_kinds_are_kept_apart() -> None:
    invoice = numbers("i", 1, 5, kind="invoice", outlet="")
    found = headquarters(delivery(1, 5), delivery(1, 5, "S"), numbers("a", 1, 5, outlet=""), invoice)
    assert [(one.kind, one.code, one.received, one.is_whole) for one in found] == [
        ("invoice", "R", 0, False),
        ("receipt", "R", 5, True),
        ("receipt", "S", 5, False),
    ]


def test_a_hall_sees_its_own_alone_what_lies_with_it_is_its_stock() -> None:
    rows = (numbers("a", 1, 10), numbers("b", 11, 20, counter="HZ0101"), numbers("c", 21, 30, outlet="HZ02"))
    (found,) = hall(*rows)
    assert (found.received, told(found)) == (20, {"stock": 10, "issued": 10})


@pytest.mark.light
@pytest.mark.parametrize("counts", ["_COUNTS", "_OF_OUTLET"])
def test_papers_are_counted_in_an_index_alone_however_much_each_says(tmp_path: Path, counts: str) -> None:
    store = Store(f"sqlite:///{tmp_path / 'papers.db'}")
    schema.create(store)
    with store.reading() as reading:
        prepared = store.statements.of(getattr(number_accounts, counts))
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters({"outlet": "HZ01"}))
        (plan,) = [row[3] for row in reading._cursor.fetchall()]
    store.close()
    assert "USING COVERING INDEX paper_document_range" in plan
