"""What headquarters asks of any entry: its dates, and that the books in it agree; what it has lost of its stream."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.headquarters import admission, closing, exception_lines, feed, stream
from boss_tui.headquarters.admission import MOST
from boss_tui.headquarters.closing import Block
from boss_tui.headquarters.rules.claim import Known
from boss_tui.sync.shapes import PAGE_BYTES
from data.errors import NotFound
from data.journal import Change
from data.statements import keys
from data.tables.finance import RunningTotal
from data.tables.sync import EnrolledOutlet, Lease, Setting, SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Stored

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MADE = "2026-11-23T01:00:00.000000Z"


def change(table: str, op: str, key: tuple[Any, ...], **values: Any) -> Change:
    return Change(table, op, key, 0, values)


# dates


@pytest.mark.parametrize(
    ("made_at", "found"),
    [
        (MADE, ""),
        ("2026-11-25T01:00:00.000000Z", ""),
        ("2026-11-25T01:00:00.000001Z", "2026-11-25T01:00:00.000001Z"),
        ("2020-01-01T00:00:00.000000Z", ""),
        ("", "-"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T01:00:00Z", "2026-11-23T01:00:00Z"),
        ("2026-02-30T01:00:00.000000Z", "2026-02-30T01:00:00.000000Z"),
        ("2026-11-23T01:00:00.000000Z ", "2026-11-23T01:00:00.000000Z "),
        ("２026-11-23T01:00:00.000000Z", "２026-11-23T01:00:00.000000Z"),
    ],
)
def test_an_entry_is_made_at_a_moment_that_is_not_to_come(made_at: str, found: str) -> None:
    entry: Any = SimpleNamespace(made_at=made_at, business_date="")
    assert admission._dates(entry, [], NOW) == found


DAYS = [
    ("", True),
    ("2026-11-25", True),
    ("2026-11-26", False),
    ("2025-10-19", True),
    ("2025-10-18", False),
    ("2026-11-31", False),
    ("20261123", False),
    ("x", False),
]


@pytest.mark.parametrize(("day", "right"), DAYS)
@pytest.mark.parametrize("where", ["entry", "row", "key"])
def test_a_business_date_is_a_day_near_today(day: str, right: bool, where: str) -> None:
    entry: Any = SimpleNamespace(made_at=MADE, business_date=day if where == "entry" else "")
    changes = {
        "entry": [],
        "row": [change("product_order", "add", ("o",), business_date=day)],
        "key": [change("running_total", "increase", ("HZ01", day, "1001", ""), amount=1)],
    }[where]
    if where == "key":
        names = keys(RunningTotal)
        key = tuple(day if name == "business_date" else "x" for name in names)
        changes = [change("running_total", "increase", key, amount=1)]
    assert admission._dates(entry, changes, NOW) == ("" if right else day)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"created_at": MADE}, ""),
        ({"created_at": "2026-11-25T01:00:00.000000Z"}, ""),
        ({"created_at": "2026-11-25T01:00:00.000001Z"}, "2026-11-25T01:00:00.000001Z"),
        ({"completed_at": "2026-11-26"}, "2026-11-26"),
        ({"completed_at": ""}, ""),
        ({"completed_at": None}, ""),
        ({"due_on": "2027-01-01"}, ""),
        ({"valid_to": "9999-12-31"}, ""),
    ],
)
def test_what_has_happened_is_not_to_come(values: dict[str, Any], found: str) -> None:
    entry: Any = SimpleNamespace(made_at=MADE, business_date="")
    first = change("product_order", "add", ("o",), created_at=MADE)
    assert admission._dates(entry, [first, change("product_order", "change", ("o",), **values)], NOW) == found


def test_the_date_of_a_new_row_s_key_is_looked_at_in_the_row() -> None:
    entry: Any = SimpleNamespace(made_at=MADE, business_date="")
    assert admission._dates(entry, [change("business_day", "add", ("HZ01", "2030-01-01"))], NOW) == ""
    assert admission._dates(entry, [change("business_day", "change", ("HZ01", "2030-01-01"))], NOW) == "2030-01-01"


# books


def posting(at: str = "p1", till: str = "") -> Change:
    return change("posting", "add", (at,), id=at, outlet="HZ01", business_date="2026-11-23", till=till)


def line(account: str, amount: int, of: str = "p1", bucket: str | None = None) -> Change:
    return change("posting_line", "add", (of, account), posting_id=of, account=account, amount=amount, bucket_id=bucket)


def total(account: str, amount: int, till: str = "", postings: int = 1) -> Change:
    key = ("HZ01", "2026-11-23", till, account)
    return change("running_total", "increase", key, amount=amount, postings=postings)


def entered(bucket: str, amount: int) -> Change:
    return change("balance_entry", "add", ("e",), bucket_id=bucket, amount=amount)


def moved(bucket: str, amount: int) -> Change:
    return change("balance_bucket", "increase", (bucket,), amount=amount)


TWO = [posting(), line("1001", 500), line("6001", -500)]
TOTALS = [total("1001", 500), total("6001", -500)]
OWED = [posting(), line("1001", 500), line("2203", -500, bucket="b"), total("1001", 500), total("2203", -500)]
MUCH = 10**13


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], ""),
        ([*TWO, *TOTALS], ""),
        (TWO, "running_total"),
        (TOTALS, "running_total"),
        ([*TWO, total("1001", 500), total("6001", -499)], "running_total"),
        ([*TWO, total("1001", 500, "K1"), total("6001", -500, "K1")], "running_total"),
        ([posting(till="K1"), *TWO[1:], total("1001", 500, "K1"), total("6001", -500, "K1")], ""),
        ([*TWO, total("1001", 200), total("1001", 300, postings=0), total("6001", -500)], ""),
        ([posting(), line("1001", 500), line("6001", -499)], "posting p1"),
        ([posting()], "posting p1"),
        (TWO[1:], "posting p1"),
        ([posting(), line("1001", 0), line("6001", 0), total("1001", 0), total("6001", 0)], ""),
        ([posting(), line("1001", 0), line("6001", 0)], "running_total"),
        ([*TWO, total("1001", 500, postings=2), total("6001", -500)], "running_total"),
        ([*TWO, *TOTALS, total("9", 0, postings=0)], ""),
        ([*TWO, *TOTALS, change("running_total", "increase", ("x",))], ""),
        ([*OWED, entered("b", 500), moved("b", 500)], ""),
        ([*OWED, entered("b", 500)], "balance_bucket"),
        ([*OWED, moved("b", 500)], "balance_bucket"),
        (OWED, "balance_bucket"),
        ([*OWED, entered("b", 499), moved("b", 499)], "balance_bucket"),
        ([*OWED, entered("c", 500), moved("c", 500)], "balance_bucket"),
        ([entered("b", 1), moved("b", 1)], "balance_bucket"),
        ([change("balance_bucket", "increase", ("b",))], ""),
        ([change("balance_bucket", "change", ("b",), amount=1)], "balance_bucket b"),
        ([change("balance_bucket", "change", ("b",), amount=0)], ""),
        ([change("balance_bucket", "change", ("b",), state="x")], ""),
        ([change("balance_bucket", "add", ("b",), amount=1)], "balance_bucket b"),
        ([change("running_total", "add", ("a",), amount=1)], "running_total a"),
        ([posting(), line("1001", MUCH - 1), line("6001", 1 - MUCH)], "running_total"),
        ([posting(), line("1001", MUCH), line("6001", -MUCH)], "posting p1"),
        ([posting(), line("1001", -MUCH), line("6001", MUCH)], "posting p1"),
    ],
)
def test_books_agree(changes: list[Change], found: str) -> None:
    assert admission._books(changes) == found


# the stream


@pytest.mark.parametrize(
    ("lost", "last", "cursor", "told", "first"),
    [
        (None, 9, 9, 0, 0),
        (None, 9, 10, 0, 10),
        (None, 9, 0, 0, 0),
        ([4, 7], 9, 4, 0, 0),
        ([4, 7], 9, 5, 0, 5),
        ([4, 7], 9, 9, 0, 5),
        ([4, 7], 9, 9, 6, 5),
        ([4, 7], 9, 9, 7, 0),
        ([4, 7], 9, 5, 5, 0),
        ([4, 7], 9, 10, 7, 5),
    ],
)
def test_what_headquarters_lost_is_given_back_from_its_first_item_on(
    lost: list[int] | None, last: int, cursor: int, told: int, first: int
) -> None:
    rows = [row(Setting, name=stream.LOST, value=json.dumps(lost))] if lost else []
    outlet = row(EnrolledOutlet, outlet="HZ01", stream_told=told)
    reading: Any = Stored(*rows, scalars=[last] * 3)
    assert stream._first_lost(reading, outlet, cursor) == first


ROOM = PAGE_BYTES


@pytest.mark.parametrize(
    ("sizes", "fit"),
    [
        ([], 0),
        ([ROOM], 1),
        ([ROOM + 1], 1),
        ([ROOM + 1, 1], 1),
        ([ROOM - 1, 1], 2),
        ([ROOM - 1, 2], 1),
        ([ROOM - 2, 1, 1], 3),
        ([ROOM - 1, 2, 1], 1),
    ],
)
def test_a_page_holds_one_item_and_whatever_else_fits(sizes: list[int], fit: int) -> None:
    found = [(number, size) for number, size in enumerate(sizes, 1)]
    assert stream._fitting(found) == list(range(1, fit + 1))


@pytest.mark.parametrize(("rows", "parts"), [(0, [0]), (1, [1]), (500, [500]), (501, [500, 1]), (1000, [500, 500])])
def test_rows_go_into_items_by_the_five_hundred(rows: int, parts: list[int]) -> None:
    few, many = ([{"n": n} for n in range(count)] for count in (rows // 2, rows - rows // 2))
    found = list(feed._parts({"a": few, "b": many}))
    assert [sum(map(len, part.values())) for part in found] == parts


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        ("{}", []),
        ('{"stream": null}', []),
        ("[", ["unknown"]),
        ("[]", ["unknown"]),
        ('{"stream": {}}', ["unknown"]),
        ('{"stream": {"applied": [], "waiting": [], "digest": "x"}}', ["feed"]),
    ],
)
def test_an_outlet_s_word_on_the_stream_is_read(body: str, reasons: list[str]) -> None:
    entry: Any = SimpleNamespace(body=body)
    tx: Any = Stored()
    assert [fault.reason for fault in stream.stream_entry_fault(tx, entry)] == reasons


# exceptions


@pytest.mark.parametrize(
    ("detail", "about"),
    [
        ("", ""),
        ("{}", ""),
        ('{"what": "C1 9"}', "C1 9"),
        ('{"what": "", "table": "t"}', ""),
        ('{"table": "sim_card", "key": ["8986", 2]}', "SIM 8986/2"),
        ('{"what": "posting_line 9"}', "posting line 9"),
        ('{"table": "sim_card"}', "SIM"),
        ('{"key": ["8986"]}', "8986"),
    ],
)
def test_what_of_an_entry_an_exception_is_about(detail: str, about: str) -> None:
    assert str(exception_lines.about(row(SyncException, detail=detail))) == about


@pytest.mark.parametrize(
    ("reason", "found", "base", "behind"),
    [("stale", 1, 2, True), ("stale", 2, 2, False), ("stale", 3, 2, False), ("clash", 1, 2, False)],
)
def test_what_rests_on_an_entry_before_it_says_so(reason: str, found: int, base: int, behind: bool) -> None:
    detail = json.dumps({"table": "t", "key": ["k"], "found": found, "base": base})
    told = exception_lines.means_of(row(SyncException, id="x", reason=reason, detail=detail, state="open"))
    assert str(told).startswith("It rests on an entry before it") is behind


# closing


def test_what_an_outlet_holds_is_told() -> None:
    def lease(key: str, kind: str, state: str, **more: Any) -> Any:
        return row(Lease, id=key, kind=kind, state=state, outlet="HZ01", pieces=9, **more)

    reading = Stored(
        row(EnrolledOutlet, outlet="HZ01", next_seq=8, last_contact="then"),
        lease("d", "card", "handed", of="5000"),
        lease("c", "invoice", "running", of="A"),
        lease("b", "card", "returned"),
        lease("a", "card", "reclaimed"),
        row(SyncException, outlet="HZ01", state="open", held=300),
        row(SyncException, outlet="HZ01", state="open", held=-100),
        row(SyncException, outlet="HZ01", state="noted", held=0),
        row(SyncException, outlet="HZ01", state="resolved", held=500),
        row(SyncException, outlet="HZ02", state="open", held=900),
        scalars=[4, 77],
    )
    balances = (("1001", 5), ("2209", -20), ("1012", 0))
    told: Any = SimpleNamespace(
        find=reading.find, all=reading.all, scalar=reading.scalar, rows=lambda *_, **__: balances
    )
    found = closing.holdings(told, "HZ01")
    assert (found.received, found.last_contact, found.exceptions, found.held) == (7, "then", 2, 200)
    assert (found.suspense, found.in_hand) == (20, {"1001": 5})
    assert found.blocks == (Block("d", "card", "5000", 9, 4), Block("c", "invoice", "A", 9, 77))


def test_who_is_not_enrolled_holds_nothing() -> None:
    reading: Any = Stored()
    with pytest.raises(NotFound):
        closing.holdings(reading, "HZ09")


def test_what_nobody_thought_of_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that an entry holds keeps it from being judged."""
    told: Any = SimpleNamespace(made_at="2026-11-23T01:00:00.000000Z", business_date=DAY, outlet="HZ01", kind="C1")
    line = Change("posting_line", "add", ("p", 1), 0, {"posting_id": "p", "amount": "much"})
    (fault,) = admission._against(told, [line], NOW)
    assert (fault.reason, "TypeError" in fault.detail["what"]) == ("unknown", True)

    def rules(*_: Any) -> list[Any]:
        raise KeyError("amount")

    monkeypatch.setattr(admission, "judged", rules)
    reading: Any = Stored()
    (fault,) = admission._by_rules(Known(reading), told, [])
    assert (fault.reason, fault.detail["what"]) == ("unknown", "KeyError: 'amount'")
    with pytest.raises(admission.Inadmissible):
        admission.lawful(Known(reading), told, [])


@pytest.mark.parametrize(("by", "told"), [(MOST - 1, ""), (MOST, "running_total a b"), (-MOST, "running_total a b")])
def test_no_figure_grows_by_more_than_any_could(by: int, told: str) -> None:
    small = Change("figure", "increase", ("f",), 0, {"count": 1})
    grown = Change("running_total", "increase", ("a", "b"), 0, {"amount": by, "count": 1})
    assert admission._too_much([small, grown]) == told
    assert admission._too_much([Change("running_total", "add", ("a", "b"), 0, {"amount": "x"})]) == ""
