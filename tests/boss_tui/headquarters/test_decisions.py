"""Money of an entry that was put aside: in suspense until a person accepts, compensates or refuses; never dropped."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OFFICE, OTHER_INCOME, OWED_BACK, PUT_ASIDE, money_in
from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.carried import take_carried
from boss_tui.headquarters.exception_lines import undecided
from boss_tui.headquarters.exceptions import Word
from boss_tui.headquarters.feed import page
from boss_tui.headquarters.office import Office, author
from boss_tui.sync.carry import Carried, CarriedBatch, carried_text, read_file, write_file
from boss_tui.sync.inbox import apply_items
from boss_tui.sync.reasons import put_aside_for, reasons
from boss_tui.sync.receipt import Receipt
from boss_tui.sync.states import reason_words
from boss_tui.sync.wire import SIGNATURE, pack, request_text, target
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.journal import canonical
from data.statements import columns
from data.tables import all_tables
from data.tables.finance import PostingLine, RunningTotal
from data.tables.organisation import Alarm
from data.tables.sync import Lease, SyncException
from tests.boss_tui.headquarters.deciding import accept, compensate, refuse, resolve
from tests.boss_tui.headquarters.liar import Told, chained, hall, headquarters, lying, morning, opened, orders, push
from tests.boss_tui.headquarters.liar import undecided as put_aside
from tests.boss_tui.headquarters.test_admission import NAMED, add, change, key_in, row_of
from tests.boss_tui.headquarters.test_lies import AGAINST, Alter, also, by, values
from tests.boss_tui.sync.world import Direct, contents
from tests.hall import FACTS
from tests.simulation.honest import DEVICE

PAID = 17_000
ABOUT_MONEY = ["suspense is the money of open exceptions"]
EVERYTHING = [
    "posting balances",
    "posting has lines",
    "posting fits its shift",
    "till cash moves in a shift",
    *ABOUT_MONEY,
]
WORD = Word("S900", "the price was agreed by letter")


def refused(folder: Path) -> tuple[Office, Told, SyncException]:
    """A headquarters that put one opening of four aside, since its form was not whole."""
    office, told = headquarters(folder), lying(morning(), values("product_order", form_json="{}"))
    (found,) = push(office, told)
    return office, told, found


def totals(office: Office) -> dict[str, int]:
    """What headquarters' own postings about the hall make, by account."""
    own = (
        row for row in contents(office.store, RunningTotal) if row["outlet"] == OFFICE and row["till"] == FACTS.outlet
    )
    sums: dict[str, int] = {}
    for row in own:
        sums[row["account"]] = sums.get(row["account"], 0) + row["amount"]
    return {account: amount for account, amount in sums.items() if amount}


def holds(office: Office) -> bool:
    with office.store.reading() as reading:
        return verify(reading, only=EVERYTHING) == []


def test_money_of_a_refused_entry_is_in_suspense_under_its_outlet_and_its_name(tmp_path: Path) -> None:
    office, told, found = refused(tmp_path)
    assert (found.reason, found.held) == ("form", PAID)
    assert totals(office) == {DUE_FROM_OUTLETS: PAID, PUT_ASIDE: -PAID}
    assert orders(office, told) == [True, True, False, True]
    with office.store.reading() as reading:
        (line,) = undecided(reading)
    assert (line.id, line.outlet, line.held, line.state) == (found.id, FACTS.outlet, PAID, "open")
    assert "C1" in str(line.about)
    assert line.since == found.raised_at
    assert holds(office)


def test_accepted_the_entry_books_it_and_nothing_is_in_suspense(tmp_path: Path) -> None:
    office, told, found = refused(tmp_path)
    ended = accept(office.store, found.id, WORD)
    assert (ended.state, ended.decision, ended.decided_by, ended.resolution) == (
        "resolved",
        "accepted",
        "S900",
        WORD.words,
    )
    assert orders(office, told) == [True] * 4
    assert totals(office) == {}
    assert holds(office)
    with pytest.raises(NotAllowed, match="has ended"):
        compensate(office.store, found.id, WORD)


@pytest.mark.parametrize(
    ("decide", "decision", "account"),
    [
        (compensate, "compensated", OWED_BACK),
        (refuse, "refused", OWED_BACK),
        (lambda store, key, word: refuse(store, key, word, "income"), "refused", OTHER_INCOME),
    ],
)
def test_decided_it_is_owed_or_income_and_never_dropped(
    tmp_path: Path, decide: Callable[..., SyncException], decision: str, account: str
) -> None:
    office, told, found = refused(tmp_path)
    for empty in ("", "  "):
        with pytest.raises(NotAllowed, match="what was decided"):
            decide(office.store, found.id, Word("S900", empty))
    assert totals(office) == {DUE_FROM_OUTLETS: PAID, PUT_ASIDE: -PAID}  # nothing half done
    assert decide(office.store, found.id, WORD).decision == decision
    assert totals(office) == {DUE_FROM_OUTLETS: PAID, account: -PAID}
    assert orders(office, told) == [True, True, False, True]
    assert holds(office)
    for again in (accept, compensate, refuse, resolve):
        with pytest.raises(NotAllowed, match="has ended"):
            again(office.store, found.id, WORD)


def test_words_alone_do_not_end_what_money_hangs_on(tmp_path: Path) -> None:
    office, _, found = refused(tmp_path)
    with pytest.raises(NotAllowed, match=r"170\.00 yuan"):
        resolve(office.store, found.id, WORD)
    with pytest.raises(NotAllowed, match="becomes income"):
        refuse(office.store, found.id, WORD, "a gift")
    assert totals(office) == {DUE_FROM_OUTLETS: PAID, PUT_ASIDE: -PAID}


def test_books_that_do_not_agree_are_never_accepted_but_their_money_is_kept(tmp_path: Path) -> None:
    office, told = headquarters(tmp_path), lying(morning(), values("posting_line", amount=17_001))
    (found,) = push(office, told)
    assert (found.reason, found.held) == ("books", PAID)
    with pytest.raises(NotAllowed, match="can't be taken"):
        accept(office.store, found.id, WORD)
    refuse(office.store, found.id, WORD)
    assert totals(office) == {DUE_FROM_OUTLETS: PAID, OWED_BACK: -PAID}


@pytest.mark.parametrize("behind_a_date", [False, True])
def test_nobody_vouches_for_who_is_not_at_work_there(tmp_path: Path, behind_a_date: bool) -> None:
    """A manager of the office's, whether or not a wrong clock stands in front of it."""
    alter = also(by("3001"), *([lambda _, entry: entry.update(made_at=LATE)] if behind_a_date else []))
    office, told = headquarters(tmp_path), lying(morning(), alter)
    (found,) = push(office, told)
    assert "staff" in reasons(found)
    with pytest.raises(NotAllowed, match="not at work"):
        accept(office.store, found.id, WORD)
    assert orders(office, told) == [True, True, False, True]


LATE = "2099-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (values("product_order", amount=17_001), "sums"),
        (values("payment_tender", kind="card"), "sums"),
        (values("posting_line", amount=17_001), "books"),
        (also(values("product_order", form_json="{}"), values("payment", change=1)), "sums"),
    ],
)
@pytest.mark.parametrize("by_an_older_program", [False, True])
def test_one_reason_hides_no_other_from_who_decides(
    tmp_path: Path, alter: Alter, reason: str, by_an_older_program: bool
) -> None:
    """A wrong clock may be vouched for; with it sums that don't agree never are, told when it came or found now."""
    office, told = headquarters(tmp_path), lying(morning(), also(alter, lambda _, entry: entry.update(made_at=LATE)))
    (found,) = push(office, told)
    assert (reasons(found)[0], reason in reasons(found)) == ("date", True)
    if by_an_older_program:  # which told of the first one alone
        with office.store.transaction(author(FACTS.outlet, "x"), journalled=False) as tx:
            tx.change(tx.one(SyncException, id=found.id), detail='{"what":"2099"}')
    for _ in range(2):
        with pytest.raises(NotAllowed, match="can't be"):
            accept(office.store, found.id, WORD)
    (after,) = put_aside(office)
    assert (after.state, reason in reasons(after)) == ("open", True)
    assert str(reason_words(reason)) in str(put_aside_for(after))
    assert orders(office, told) == [True, True, False, True]


def test_what_is_found_only_now_is_vouched_for_once_it_was_told(tmp_path: Path) -> None:
    office, told, found = refused(tmp_path)
    with office.store.transaction(author(FACTS.outlet, "x"), journalled=False) as tx:
        tx.change(tx.one(Lease, id="lease-number"), outlet="HZ02")
    with pytest.raises(NotAllowed, match="what the outlet does not hold"):
        accept(office.store, found.id, WORD)
    assert orders(office, told) == [True, True, False, True]
    assert reasons(put_aside(office)[0]) == ("form", "lease")
    assert accept(office.store, found.id, WORD).decision == "accepted"
    assert orders(office, told) == [True] * 4
    assert holds(office)


def test_where_nothing_was_paid_there_is_nothing_to_give_back(tmp_path: Path) -> None:
    statement = AGAINST["staff who had left"][0]
    office, told = headquarters(tmp_path, statement), morning()
    found = push(office, told)
    free = [row for row in found if row.held == 0]
    assert sum(row.held for row in found) == 4 * PAID
    for row in free:
        with pytest.raises(NotAllowed, match="No money"):
            compensate(office.store, row.id, WORD)


@pytest.mark.parametrize("decide", [accept, compensate, refuse])
def test_a_note_ends_with_words_alone(tmp_path: Path, decide: Callable[..., SyncException]) -> None:
    statement = "UPDATE operator SET state = 'left', revision = 2 WHERE staff_no = '1001'"
    office = headquarters(tmp_path, statement)
    noted = push(office, morning())
    assert {(row.state, row.held) for row in noted} == {("noted", 0)}
    with pytest.raises(NotAllowed):
        decide(office.store, noted[0].id, WORD)
    assert resolve(office.store, noted[0].id, WORD).state == "resolved"
    assert page(office, FACTS.outlet, 0, 50).items == []  # its outlet never hears of notes


def test_the_outlet_has_the_task_to_give_it_back_once(tmp_path: Path) -> None:
    at = hall(tmp_path)
    told = lying(opened(at, 3), values("product_order", form_json="{}"), at=1)
    office = headquarters(tmp_path)
    (found,) = push(office, told)
    apply_items(at.store, FACTS.outlet, page(office, FACTS.outlet, 0, 50).items, DEVICE)
    assert at.rows(SyncException, state="open")
    assert at.rows(Alarm) == []
    compensate(office.store, found.id, WORD)
    items = page(office, FACTS.outlet, 0, 50).items
    for _ in range(2):
        apply_items(at.store, FACTS.outlet, items, DEVICE)
    (task,) = at.rows(Alarm)
    assert (task.kind, task.state) == ("compensate", "open")
    assert "170.00" in task.message
    assert WORD.words in task.message
    assert at.rows(SyncException, state="open") == []


@pytest.mark.parametrize(
    ("change", "fen"),
    [
        (["payment_tender", "add", [], 0, {"amount": 5}], 5),
        (["payment_tender", "add", [], 0, {"amount": -5}], -5),
        (["payment_tender", "change", [], 0, {"amount": 5}], 0),
        (["payment", "add", [], 0, {"amount": 5}], 0),
        (["payment_tender", "add", [], 0, {"amount": "5"}], 0),
        (["payment_tender", "add", [], 0, {"amount": True}], 0),
        (["payment_tender", "add", [], 0, {"amount": 10**15}], 0),
        (["payment_tender", "add", [], 0, {"amount": 10**15 - 1}], 10**15 - 1),
        (["payment_tender", "add", [], 0, {}], 0),
        (["payment_tender"], 0),
        ("payment_tender", 0),
        (None, 0),
    ],
)
def test_only_what_can_be_money_is_money(change: Any, fen: int) -> None:
    assert money_in([change]) == fen


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sync_exception SET held = held + 1",
        "UPDATE sync_exception SET state = 'resolved'",
        "UPDATE sync_exception SET outlet = 'HZ02'",
    ],
)
def test_suspense_that_is_not_the_open_exceptions_is_found(tmp_path: Path, damage: str) -> None:
    office, _, found = refused(tmp_path)
    with office.store.engine.connect() as connection:
        connection.execute(text(damage))
        connection.commit()
    with office.store.reading() as reading:
        told = verify(reading, only=ABOUT_MONEY)
    assert {finding.key for finding in told} == {found.id}


# the doors


def by_http(office: Office, told: Told, _: Path) -> None:
    """As the link does."""
    body, at = pack({"outlet": FACTS.outlet, "feed_cursor": 0, "stream_cursor": 0, "entries": told}), ""
    at = target(FACTS.outlet, "events")
    with httpx.Client(transport=Direct(create_app(office))) as client:
        signed = DEVICE.sign(request_text("POST", at, body))
        assert client.post(f"http://headquarters{at}", content=body, headers={SIGNATURE: signed}).status_code == 200


def by_stick(office: Office, told: Told, folder: Path) -> None:
    """As signed files do."""
    body = pack({"outlet": FACTS.outlet, "feed_cursor": 0, "stream_cursor": 0, "entries": told})
    signed = DEVICE.sign(request_text("POST", target(FACTS.outlet, "events"), body))
    batch = CarriedBatch(body=base64.b64encode(body).decode(), signature=signed)
    carried = Carried(outlet=FACTS.outlet, feed_cursor=0, stream_cursor=0, batches=[batch], signature="")
    signed_too = carried.model_copy(update={"signature": DEVICE.sign(carried_text(carried))})
    write_file(folder / "stick", signed_too, office.key.public)
    take_carried(office, folder / "stick", folder / "back")
    receipt = read_file(folder / "back", Receipt, DEVICE)
    assert receipt.refusal is None
    assert {item.kind for item in receipt.page.items} == {"exception"}


@pytest.mark.parametrize("door", [by_http, by_stick])
@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (values("product_order", form_json="{}"), "form"),
        (values("payment", due=1, tendered=1), "sums"),
        (values("posting_line", amount=99_999_999_999), "books"),
        (values("posting", business_date="2099-01-01"), "date"),
        (values("product_order", outlet="HZ02"), "foreign"),
        (
            lambda body, _: body["changes"].append(["price_rule", "change", ["1"], 1, {"amount": 1, "revision": 2}]),
            "foreign",
        ),
    ],
)
def test_every_door_asks_the_same(tmp_path: Path, door: Any, alter: Any, reason: str) -> None:
    office, told = headquarters(tmp_path), lying(morning(), alter)
    door(office, told, tmp_path)
    (found,) = put_aside(office)
    assert (found.reason, found.state) == (reason, "open")
    assert orders(office, told) == [True, True, False, True]
    assert len({row["posting_id"] for row in contents(office.store, PostingLine)}) > 0
    assert holds(office)


@pytest.mark.parametrize("door", [by_http, by_stick])
def test_another_content_under_a_known_revision_stops_the_outlet(tmp_path: Path, door: Any) -> None:
    office, told = headquarters(tmp_path), morning()
    push(office, told)
    forked = lying(morning(), values("product_order", form_json="{}"))
    with pytest.raises(AssertionError):
        door(office, forked, tmp_path)
    assert [row.reason for row in put_aside(office)] == ["fork"]
    assert totals(office) == {}


def every_foreign_write() -> list[Any]:
    """One change of each table that is not an outlet's own to write, by each operation."""
    found: list[Any] = []
    for table in sorted(name for name, of in all_tables().items() if of.__owner__.is_headquarters or of.__local__):
        row = row_of(table, **({"outlet": FACTS.outlet} if "outlet" in columns(all_tables()[table]) else {}))
        key = key_in(table, row)
        found += [
            [table, "add", key, 0, row],
            [table, "change", key, 1, {"revision": 2}],
            [table, "increase", key, 0, {}],
        ]
    for table in NAMED:
        found.append(add(table, outlet="HZ02"))
        if "revision" in columns(all_tables()[table]):
            found.append(change(table, key_in(table, row_of(table, outlet=FACTS.outlet)), outlet="HZ02"))
    return found


@pytest.mark.parametrize("door", [by_http, by_stick])
def test_no_door_lets_an_outlet_write_what_is_not_its_own(tmp_path: Path, door: Any) -> None:
    """Each table and operation is a lie of its own, behind an honest opening and before the next."""
    office, told = headquarters(tmp_path), morning()
    lies, last = every_foreign_write(), told.pop()
    for lie in lies:
        body = canonical({"changes": [lie]})
        told.append({**last, "seq": told[-1]["seq"] + 1, "serial": "", "kind": "C13", "body": body})
    told.append({**last, "seq": told[-1]["seq"] + 1})
    chained(told)
    tables = [of for of in all_tables().values() if of.__owner__.is_headquarters and of is not SyncException]
    before = {table: contents(office.store, table) for table in tables}
    door(office, told, tmp_path)
    found = put_aside(office)
    assert len(lies) > 200
    assert [row.seq for row in found] == [entry["seq"] for entry in told[-len(lies) - 1 : -1]]
    assert {row.reason for row in found} <= {"foreign", "unknown"}
    assert all(contents(office.store, table) == rows for table, rows in before.items())
    assert orders(office, told)[:3] == [True] * 3
    assert orders(office, told)[-1] is True
    assert holds(office)
