"""An outlet that lies: whoever has its key writes what is headquarters' or another's, in the future, out of balance.

Nothing of such an entry is applied, its reason can be read, and the honest ones around it stand (design 5.8, 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Integer

from boss_tui.headquarters.admission import AHEAD, BEHIND, IN_JSON, Inadmissible, _calendar, admitted
from boss_tui.headquarters.exception_lines import undecided
from boss_tui.headquarters.exceptions import Word
from boss_tui.sync.shapes import Entry
from boss_tui.sync.states import reason_words
from data.clock import SeededClock, stamp
from data.errors import NotAllowed
from data.journal import Author, Change, canonical
from data.statements import columns, defaults, keys
from data.tables import all_tables
from data.tables.order import ProductOrder
from data.tables.organisation import Alarm
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, SyncException
from data.tables.tariff import PriceRule
from tests.boss_tui.headquarters.deciding import accept, resolve
from tests.boss_tui.headquarters.test_push import entries, poisoned, push, rehashed, stopped
from tests.boss_tui.sync.world import World, contents, look, same_books, set_signal
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)
NOW = SeededClock().now()
TODAY = "2026-11-23"


def row_of(table: str, **values: Any) -> dict[str, Any]:
    """A whole row: defaults, and something of its kind in each other column."""
    model = all_tables()[table]
    empty = IN_JSON.get(table, ())
    some = {
        c.name: 1 if isinstance(c.type, Integer) else "" if _calendar(c.name) or c.name in empty else "x"
        for c in model.table().c
    }
    return {**some, **defaults(model), **values}


def key_in(table: str, row: dict[str, Any]) -> list[Any]:
    return [row[name] for name in keys(all_tables()[table])]


def add(table: str, **values: Any) -> list[Any]:
    row = row_of(table, **values)
    return [table, "add", key_in(table, row), 0, row]


def change(table: str, key: list[Any], **values: Any) -> list[Any]:
    return [table, "change", key, 1, {**values, "revision": 2}]


def increase(table: str, key: list[Any], **values: int) -> list[Any]:
    return [table, "increase", key, 0, values]


def entry(changes: Iterable[Any], **values: Any) -> Entry:
    standard: dict[str, Any] = {
        "outlet": "H01",
        "epoch": 1,
        "seq": 1,
        "kind": "C1",
        "kind_version": 1,
        "operator": "S001",
        "counter": "",
        "serial": "",
        "business_date": TODAY,
        "made_at": stamp(NOW),
        "body": canonical({"changes": list(changes)}),
        "prev_hash": "0" * 64,
        "hash": "0" * 64,
    }
    return Entry(**{**standard, **values})


def reason(changes: Iterable[Any], **values: Any) -> str:
    """Why an entry with these changes is put aside; empty when it may stand."""
    try:
        assert all(isinstance(change, Change) for change in admitted(entry(changes, **values), NOW))
    except Inadmissible as fault:
        return fault.fault.reason
    return ""


OWNED = {
    kind: sorted(n for n, t in all_tables().items() if t.__owner__.kind == kind)
    for kind in ("headquarters", "outlet", "shared", "leased", "local")
}
NAMED = sorted(
    n for kind in ("outlet", "shared", "leased") for n in OWNED[kind] if "outlet" in columns(all_tables()[n])
)


@pytest.mark.parametrize("table", OWNED["headquarters"])
def test_nothing_of_headquarters_is_written_by_an_outlet(table: str) -> None:
    row = row_of(table, outlet="H01") if "outlet" in columns(all_tables()[table]) else row_of(table)
    assert reason([[table, "add", key_in(table, row), 0, row]]) == "foreign"
    assert reason([change(table, key_in(table, row))]) == "foreign"
    assert reason([[table, "increase", key_in(table, row), 0, {}]]) == "foreign"


@pytest.mark.parametrize("table", OWNED["local"])
def test_nor_what_is_one_machine_s_alone(table: str) -> None:
    row = row_of(table)
    assert reason([[table, "add", key_in(table, row), 0, row]]) == "unknown"


@pytest.mark.parametrize("table", NAMED)
def test_nor_anything_under_another_outlet_s_name(table: str) -> None:
    for other in ("H02", ""):
        assert reason([add(table, outlet=other)]) == "foreign"
    if "revision" in columns(all_tables()[table]):
        assert reason([change(table, key_in(table, row_of(table, outlet="H01")), outlet="H02")]) == "foreign"


@pytest.mark.parametrize("table", ["running_total", "figure"])
def test_nor_are_another_s_figures_moved(table: str) -> None:
    key = key_in(table, row_of(table, outlet="H02", business_date=TODAY))
    assert reason([increase(table, key)]) == "foreign"
    key[keys(all_tables()[table]).index("outlet")] = "H01"
    assert reason([increase(table, key)]) == ""


# when


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"made_at": stamp(NOW + AHEAD)}, ""),
        ({"made_at": stamp(NOW + AHEAD + timedelta(seconds=1))}, "date"),
        ({"made_at": "9"}, "date"),
        ({"made_at": stamp(NOW - timedelta(days=3_000))}, ""),
        ({"business_date": ""}, ""),
        ({"business_date": "2026-11-25"}, ""),
        ({"business_date": "2026-11-26"}, "date"),
        ({"business_date": "2099-01-01"}, "date"),
        ({"business_date": "not"}, "date"),
        ({"business_date": (NOW - BEHIND).strftime("%Y-%m-%d")}, ""),
        ({"business_date": (NOW - BEHIND - timedelta(days=1)).strftime("%Y-%m-%d")}, "date"),
    ],
)
def test_an_entry_is_of_about_today(values: dict[str, str], told: str) -> None:
    assert reason([], **values) == told


@pytest.mark.parametrize(("day", "told"), [("2026-11-25", ""), ("2026-11-26", "date"), ("2024-11-23", "date")])
def test_so_are_its_rows(day: str, told: str) -> None:
    assert reason([add("closing_report", outlet="H01", business_date=day)]) == told


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("closed_at", "", ""),
        ("closed_at", "2026-11-23T01:00:00.000000Z", ""),
        ("closed_at", "2026-02-31T01:00:00.000000Z", "date"),
        ("closed_at", "2026-11-23", "date"),
        ("closed_at", "yesterday", "date"),
        ("since", "2026-11-31", "date"),
        ("since", "2027-11-30", ""),
        ("withdrawn_on", "2026-02-29", "date"),
        ("withdrawn_on", "２０２６-02-28", "date"),
        ("written_at", "14:05", ""),  # hours and minutes, as a slip says them
        ("reason", "2026-02-31", ""),
    ],
)
def test_what_says_a_day_or_a_moment_is_in_the_calendar(column: str, value: str, told: str) -> None:
    table = {"closed_at": "closing_report", "written_at": "handwritten_slip"}.get(column, "delegation")
    row = add(table, **{"outlet": "H01", **({"business_date": TODAY} if table != "delegation" else {}), column: value})
    assert reason([row]) == told


@pytest.mark.parametrize(("table", "column"), [(table, name) for table in IN_JSON for name in IN_JSON[table]])
def test_what_is_read_as_json_is_json(table: str, column: str) -> None:
    named = {"outlet": "H01"} if "outlet" in columns(all_tables()[table]) else {}
    dated = {"business_date": TODAY} if "business_date" in columns(all_tables()[table]) else {}
    told = [reason([add(table, **named, **dated, **{column: value})]) for value in ("", "[]", "{}", "{", "5", "x")]
    assert told == ["", "", "", "unknown", "unknown", "unknown"]


# the books


def posting(*amounts: int, account: str = "1001", **values: Any) -> list[Any]:
    told = {"id": "P", "outlet": "H01", "business_date": TODAY, "till": "01", **values}
    lines = [
        add("posting_line", posting_id="P", line=n, account=f"{account}{n}", amount=amount, bucket_id=None)
        for n, amount in enumerate(amounts)
    ]
    totals = [
        increase("running_total", ["H01", TODAY, "01", f"{account}{n}"], amount=amount, postings=1)
        for n, amount in enumerate(amounts)
    ]
    return [add("posting", **told), *lines, *totals]


def saved(posted: int = 500, entered: int = 500, moved: int = 500) -> list[Any]:
    """Money that is put into a balance: what was posted, entered there, and added to it."""
    return [
        add("posting", id="P", outlet="H01", business_date=TODAY, till="01"),
        add("posting_line", posting_id="P", line=1, account="1001", amount=posted, bucket_id=None),
        add("posting_line", posting_id="P", line=2, account="2205", amount=-posted, bucket_id="B"),
        increase("running_total", ["H01", TODAY, "01", "1001"], amount=posted, postings=1),
        increase("running_total", ["H01", TODAY, "01", "2205"], amount=-posted, postings=1),
        increase("balance_bucket", ["B"], amount=moved),
        add("balance_entry", id="E", bucket_id="B", posting_id="P", amount=entered, before=0),
    ]


BOOKS: dict[str, tuple[list[Any], str]] = {
    "in balance": (posting(500, -500), ""),
    "of nothing": (posting(0, 0), ""),
    "a fen over": (posting(500, -499), "books"),
    "much over": (posting(99_999_999_999), "books"),
    "no lines": ([add("posting", id="P", outlet="H01", business_date=TODAY)], "books"),
    "lines of another's posting": (posting(500, -500)[1:], "books"),
    "a total that was not posted": (
        [*posting(500, -500), increase("running_total", ["H01", TODAY, "01", "1"], amount=1)],
        "books",
    ),
    "no total of what was posted": (posting(500, -500)[:-1], "books"),
    "a total of another till": (posting(500, -500, till="02"), "books"),
    "a total that is set": ([add("running_total", outlet="H01", business_date=TODAY, amount=5)], "books"),
    "into a balance": (saved(), ""),
    "more into the balance than was posted": (saved(moved=501), "books"),
    "another entry than was posted": (saved(entered=499), "books"),
    "a balance alone": ([increase("balance_bucket", ["B"], amount=1)], "books"),
    "a balance that is set": ([change("balance_bucket", ["B"], amount=1)], "books"),
    "a new balance with something in it": ([add("balance_bucket", id="B", amount=1)], "books"),
    "a new balance": ([add("balance_bucket", id="B", amount=0)], ""),
    "text for money": ([add("posting_line", posting_id="P", amount="much")], "unknown"),
}


@pytest.mark.parametrize("what", BOOKS)
def test_the_books_of_an_entry_agree(what: str) -> None:
    changes, told = BOOKS[what]
    assert reason(changes) == told


# at headquarters


def held(world: World) -> None:
    """Two outlets; the second has a number, a number that it sold, and an alarm that is open."""
    for code in ("H01", "H02"):
        world.outlet(code)
    with world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(NumberSegment, prefix="1380000")
        tx.add(NumberGrade, code="0", name_zh="普通")
        for number, state in (("13800000001", "idle"), ("13800000002", "in_use"), ("13800000003", "idle")):
            outlet = "H01" if number[-1] == "3" else "H02"
            tx.add(
                PhoneNumber, number=number, segment="1380000", grade="0", tail=number[-4:], state=state, outlet=outlet
            )
        tx.add(Alarm, id="S", outlet="H02", kind="codes", message="", raised_at="")


RESTS = {"state": "quarantined", "quarantine_until": "2099-01-01"}
AT_HEADQUARTERS: dict[str, tuple[Any, str]] = {
    "a price": (add("price_rule", id="R", outlet=""), "foreign"),
    "a manager": (add("operator", staff_no="3999", outlet="H02"), "foreign"),
    "another's number": (change("phone_number", ["13800000001"], state="sold"), "foreign"),
    "its own number": (change("phone_number", ["13800000003"], state="sold"), ""),
    "a number that another sold": (change("phone_number", ["13800000002"], **RESTS), ""),
    "another's alarm": (change("alarm", ["S"], state="seen"), "foreign"),
    "an alarm that is not there": (change("alarm", ["?"], state="seen"), "stale"),
    "a day of another year": (add("closing_report", outlet="H01", business_date="2099-01-01"), "date"),
    "money from nowhere": (increase("balance_bucket", ["B"], amount=9), "books"),
}


@pytest.mark.parametrize("what", AT_HEADQUARTERS)
def test_what_a_lying_outlet_tells_is_put_aside_and_nothing_of_it_applied(world: World, what: str) -> None:
    held(world)
    look(world.stores["H01"], "H01", 5)
    lie, told = AT_HEADQUARTERS[what]
    table = all_tables()[lie[0]]
    before = contents(world.hq, table)
    assert push(world, poisoned(entries(world), {"changes": [lie]}, "stock.count")).next_seq == 6
    assert [(row["seq"], row["reason"]) for row in contents(world.hq, SyncException)] == ([(3, told)] if told else [])
    assert (contents(world.hq, table) == before) is bool(told)
    assert len(contents(world.hq, AccessLog)) == 4
    assert [row["count"] for row in contents(world.hq, Figure)] == [4]
    assert stopped(world) == ""


def test_an_honest_change_of_the_same_entry_does_not_stand_without_the_lie(world: World) -> None:
    held(world)
    look(world.stores["H01"], "H01", 5)
    honest = add("access_log", id="honest", outlet="H01")
    push(world, poisoned(entries(world), {"changes": [honest, change("alarm", ["S"], state="seen")]}))
    assert "honest" not in {row["id"] for row in contents(world.hq, AccessLog)}


@pytest.mark.parametrize("reason", ["foreign", "books", "date"])
def test_each_reason_has_words_of_its_own(reason: str) -> None:
    assert reason_words(reason) != reason_words("unknown")


# taken after all


def put_aside(world: World, body: Any, **values: Any) -> str:
    """The third of five entries, put aside; the exception's key."""
    held(world)
    look(world.stores["H01"], "H01", 5)
    told = entries(world)
    told[2].update(values)
    push(world, poisoned(told, body))
    (found,) = contents(world.hq, SyncException)
    return str(found["id"])


def test_what_was_done_under_a_wrong_clock_is_taken_when_a_person_vouches_for_it(small_world: World) -> None:
    key = put_aside(
        small_world, {"changes": [add("access_log", id="late", outlet="H01", operator="S001")]}, made_at="2099-01-01T00"
    )
    assert accept(small_world.hq, key, Word("S900", "the clock was wrong")).state == "resolved"
    assert "late" in {row["id"] for row in contents(small_world.hq, AccessLog)}
    with pytest.raises(NotAllowed, match="has ended: the clock was wrong"):
        accept(small_world.hq, key, Word("S900", "again"))


def test_what_rested_on_nothing_is_taken_once_that_is_there(small_world: World) -> None:
    says = '{"title": {"template": "C1", "values": {}}, "customer": "", "about": [], "lines": [], "back": []}'
    request = add("invoice_request", order_id="O", outlet="H01", state="waiting", document_id=None, says=says)
    key = put_aside(small_world, {"changes": [request]})
    with pytest.raises(NotAllowed, match="still can't be applied"):
        accept(small_world.hq, key, Word("S900", "try"))
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(
            ProductOrder,
            id="O",
            serial="O",
            outlet="H01",
            counter="",
            operator="S001",
            business="C1",
            business_date=TODAY,
            state="completed",
            draft_id="O",
            created_at="",
        )
    assert accept(small_world.hq, key, Word("S900", "it is there now")).state == "resolved"


def test_what_rested_on_it_is_taken_behind_it(small_world: World) -> None:
    store = small_world.outlet("H01")
    for detail in ("甲", "乙", "丙"):
        set_signal(store, "H01", "P0", detail)
    told = entries(small_world)
    told[1]["made_at"] = "2099-01-01T00"
    push(small_world, rehashed(told, 1))
    first, second = sorted(contents(small_world.hq, SyncException), key=lambda row: row["seq"])
    assert (first["reason"], second["reason"]) == ("date", "stale")
    with small_world.hq.reading() as reading:
        assert "end that one first" in str(undecided(reading)[1].means)
    with pytest.raises(NotAllowed, match="still can't be applied"):
        accept(small_world.hq, second["id"], Word("S900", "not yet"))
    for key in (first["id"], second["id"]):
        accept(small_world.hq, key, Word("S900", "the clock was wrong"))
    assert same_books(small_world, BehaviourSignal)


@pytest.mark.parametrize(
    "lie", [add("price_rule", id="R", outlet=""), increase("balance_bucket", ["B"], amount=9)], ids=["foreign", "books"]
)
def test_a_lie_is_never_taken_but_ends_with_words(small_world: World, lie: Any) -> None:
    key = put_aside(small_world, {"changes": [lie]})
    with pytest.raises(NotAllowed, match="can't be taken"):
        accept(small_world.hq, key, Word("S900", "all the same"))
    for words in ("", " "):
        with pytest.raises(NotAllowed, match="what was decided"):
            resolve(small_world.hq, key, Word("S900", words))
    assert resolve(small_world.hq, key, Word("S900", " refused ")).resolution == "refused"
    assert contents(small_world.hq, PriceRule) == []
