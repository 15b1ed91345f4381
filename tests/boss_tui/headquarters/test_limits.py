"""What a business may not do without a link, and what one person may pay out on a day, judged again at headquarters."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.business.entries import ENTRIES, needs_link
from boss_tui.headquarters import absence
from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.office import Office, author, move
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.states import reason_words
from boss_tui.sync.wire import pack, request_text, target
from data.clock import moment, stamp
from data.tables.order import ProductOrder
from data.tables.sync import EnrolledOutlet, SyncException
from tests.boss_tui.desk.test_handwriting import slip
from tests.boss_tui.headquarters.liar import Told, chained, hall, headquarters, journal, push
from tests.boss_tui.sync.world import World
from tests.boss_tui.transactions.test_c12_fees import SETTLED, begin, collect
from tests.hall import FACTS, Hall
from tests.simulation.honest import DEVICE

DAY_LIMIT = "UPDATE role_right SET refund_day_limit = {} WHERE role = 'clerk' AND business = 'C12'"


def refund(at: Hall, amount: str) -> str:
    """So many yuan of a balance are paid out by the clerk; the order's serial."""
    (customer,) = [c for c in FACTS.customers if c.document_number == SETTLED]
    view = begin(
        at, who=SETTLED, action="refund", amount=amount, reason="客户要求", document_number=customer.document_number
    )
    assert not view.errors, view.errors
    serial = at.desk.orders.complete(view.id, [Tender("cash", -view.quote.due)]).serial
    at.desk.serving.next_customer()
    return serial


def booked(office: Office, *serials: str) -> list[bool]:
    with office.store.reading() as reading:
        return [reading.find(ProductOrder, serial=serial) is not None for serial in serials]


def reasons(found: list[SyncException]) -> list[tuple[str, str]]:
    return [(row.reason, row.state) for row in found]


# paid out on a day


@pytest.mark.parametrize(("limit", "stand"), [(8_000, 2), (7_999, 1), (4_000, 1), (0, 2)])
def test_what_one_person_pays_out_on_a_day_is_judged_over_all_entries(tmp_path: Path, limit: int, stand: int) -> None:
    """Together in one batch, whose first entries are not written yet while the last is judged."""
    at = hall(tmp_path)
    serials = refund(at, "40"), refund(at, "40")
    office = headquarters(tmp_path, DAY_LIMIT.format(limit))
    found = push(office, journal(at))
    assert booked(office, *serials) == [True, stand == 2]
    assert reasons(found) == [("approval", "open")] * (2 - stand)


def test_it_is_judged_over_batches_too(tmp_path: Path) -> None:
    at = hall(tmp_path)
    first = refund(at, "40")
    office = headquarters(tmp_path, DAY_LIMIT.format(7_999))
    assert push(office, journal(at)) == []
    second = refund(at, "40")
    assert reasons(push(office, journal(at))) == [("approval", "open")]
    assert booked(office, first, second) == [True, False]


def given_back(at: Hall, fen: int) -> None:
    """Money of a slip that can't be done goes back to its customer."""
    at.desk.handwriting.put_down(slip(at, "7"), "C12", "gone", fen, "cash", "")
    (item,) = [item for item in at.desk.queues.items() if item.kind == "slip"]
    at.desk.settling.settle("slip", item.key, "back-cash", "王小明")


@pytest.mark.parametrize(("limit", "told"), [(9_000, []), (8_999, [("approval", "open")])])
def test_what_goes_back_out_of_suspense_counts_with_it(tmp_path: Path, limit: int, told: list[tuple[str, str]]) -> None:
    at = hall(tmp_path)
    refund(at, "40")
    given_back(at, 5_000)
    assert reasons(push(headquarters(tmp_path, DAY_LIMIT.format(limit)), journal(at))) == told


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("approved_by", "2001", ""), ("approved_by", "1002", "approval"), ("approved_by", "9999", "approval")],
)
def test_a_supervisor_s_word_is_asked_for_money_of_a_slip(tmp_path: Path, column: str, value: str, reason: str) -> None:
    at = hall(tmp_path)
    given_back(at, 5_000)
    told = altered(journal(at), "suspense_entry", lambda row: row["act"] == "given_back", **{column: value})
    supervised = "UPDATE role_right SET approval = 'supervised' WHERE role = 'clerk' AND business = 'C12'"
    assert reasons(push(headquarters(tmp_path, supervised), told)) == ([(reason, "open")] if reason else [])


def test_money_of_a_slip_that_nobody_at_work_there_gave_back(tmp_path: Path) -> None:
    at = hall(tmp_path)
    given_back(at, 5_000)
    told = journal(at)
    (last,) = [n for n, e in enumerate(told) if '"given_back"' in e["body"]]
    body = json.loads(told[last]["body"])
    for change in body["changes"]:
        if change[0] == "posting":
            change[4]["operator"] = "9999"
    told[last]["body"] = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert reasons(push(headquarters(tmp_path), chained(told, last))) == [("staff", "open")]


def altered(told: Told, table: str, which: Callable[[dict[str, Any]], bool], **new: Any) -> Told:
    """The same with new values in the rows of a table that an entry adds, and a chain that is whole."""
    for place, entry in enumerate(told):
        body = json.loads(entry["body"])
        rows = [change[4] for change in body["changes"] if change[0] == table and which(change[4])]
        for row in rows:
            row.update(new)
        if rows:
            entry["body"] = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            chained(told, place)
    return told


# without a link


def orders_of(at: Hall, fen: str) -> str:
    """Fees are collected; the serial."""
    return collect(at, who=SETTLED, action="advance", amount=fen).serial


def without_link(told: Told, serial: str) -> Told:
    """The same, where the entry of an order says that there was no link."""
    for place, entry in enumerate(told):
        if entry["serial"] == serial:
            body = {**json.loads(entry["body"]), "offline": True}
            entry["body"] = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            chained(told, place)
    return told


@pytest.mark.parametrize(("yuan", "told"), [("500", []), ("500.01", [("offline", "open")])])
def test_more_than_may_be_done_without_a_link_is_put_aside(
    tmp_path: Path, yuan: str, told: list[tuple[str, str]]
) -> None:
    at = hall(tmp_path)
    serial = orders_of(at, yuan)
    office = headquarters(tmp_path)
    assert reasons(push(office, without_link(journal(at), serial))) == told
    assert booked(office, serial) == [not told]


def test_a_limit_counts_from_its_day(tmp_path: Path) -> None:
    at = hall(tmp_path)
    serial = orders_of(at, "400")
    less = "UPDATE parameter SET value = 10000 WHERE name = 'offline_limit' AND business = 'C12'"
    later = "UPDATE parameter SET value = 10000, revision = 2 WHERE name = 'offline_limit' AND business = 'C12'"
    told = without_link(journal(at), serial)
    (tmp_path / "two").mkdir()
    assert reasons(push(headquarters(tmp_path, less), told)) == [("offline", "open")]
    assert reasons(push(headquarters(tmp_path / "two", later), told)) == [("offline", "noted")]


def away(office: Office, hours: float, back: float) -> None:
    """The outlet's last call but one was so many hours before the orders, its last so many after them."""
    start = moment("2026-11-23T01:00:00.000000Z")
    with office.store.transaction(author(FACTS.outlet, "x"), journalled=False, lock=FACTS.outlet) as tx:
        before, after = (stamp(start + timedelta(hours=each)) for each in (-hours, back))
        move(tx, FACTS.outlet, linked_at=tx.now(), away_since=before, away_until=after)


@pytest.mark.parametrize(
    ("hours", "back", "told"),
    [
        (0.5, 24, []),
        (2, 24, [("offline", "noted")]),
        (72, 1, [("offline", "noted")]),
        (72, 72, [("offline", "open")]),
        (72, -1, []),
    ],
)
def test_what_needs_a_link_is_held_against_when_the_outlet_called(
    tmp_path: Path, hours: float, back: float, told: list[tuple[str, str]]
) -> None:
    at = hall(tmp_path)
    serial = orders_of(at, "600")
    office = headquarters(tmp_path)
    away(office, hours, back)
    assert reasons(push(office, journal(at))) == told
    assert booked(office, serial) == [told != [("offline", "open")]]


def test_the_desk_says_so_itself(tmp_path: Path) -> None:
    """What an outlet's own program does is told without its being asked."""
    from boss_tui.desk import Desk, Station

    at = hall(tmp_path)
    desk = Desk(at.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    view = desk.forms.begin("C12", {"who": SETTLED, "action": "advance", "amount": "100"})
    serial = desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    (entry,) = [entry for entry in journal(at) if entry["serial"] == serial]
    assert json.loads(entry["body"])["offline"] is True
    assert push(headquarters(tmp_path), journal(at)) == []


@pytest.mark.parametrize(
    ("offline", "due", "link"),
    [
        ("allowed", 10**9, False),
        ("form_only", 0, True),
        ("refused", 0, True),
        ("up_to_amount", 100, False),
        ("up_to_amount", 101, True),
        ("up_to_amount", -100, False),
        ("up_to_amount", -101, True),
    ],
)
def test_what_needs_a_link(offline: Any, due: int, link: bool) -> None:
    assert needs_link(offline, due, 100) is link
    assert {entry.offline for entry in ENTRIES} == {"allowed", "form_only", "up_to_amount"}


def test_there_are_words_for_it() -> None:
    assert "without a link" in str(reason_words("offline"))
    assert "not known here" in str(reason_words("offline", noted=True))


# when it called

AT = "2026-11-23T08:00:00.000000Z"


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("", "", "yes"),
        ("2026-11-23T07:00", "2026-11-30T00:00", "yes"),
        ("2026-11-23T06:59", "2026-11-30T00:00", "perhaps"),
        ("2026-11-21T07:00", "2026-11-25T08:01", "perhaps"),
        ("2026-11-21T06:59", "2026-11-25T08:01", "no"),
        ("2026-11-21T06:59", "2026-11-25T08:00", "perhaps"),
        ("2026-11-01T00:00", "2026-11-23T08:00", "yes"),
    ],
)
def test_an_absence_lies_between_two_calls(since: str, until: str, said: str) -> None:
    def at(told: str) -> str:
        return f"{told}:00.000000Z" if told else ""

    assert Absence(at(since), at(until)).linked_at(AT) == said


@pytest.mark.parametrize(
    ("minutes", "noted"),
    [(9, set()), (10, {"linked_at"}), (60, {"linked_at"}), (61, {"linked_at", "away_since", "away_until"})],
)
def test_a_call_is_noted_once_in_a_while_and_an_absence_with_it(minutes: int, noted: set[str]) -> None:
    row = EnrolledOutlet(outlet="H01", public_key="x", linked_at=AT)
    told = absence.called(row, moment(AT) + timedelta(minutes=minutes))
    assert set(told) == noted
    assert told.get("away_since", AT) == AT


def test_every_call_over_the_link_counts_and_a_stick_does_not(small_world: World, tmp_path: Path) -> None:
    from boss_tui.headquarters.carried import take_carried
    from boss_tui.sync.carry import export
    from tests.boss_tui.sync.world import look

    def row() -> EnrolledOutlet:
        with small_world.hq.reading() as reading:
            return reading.one(EnrolledOutlet, outlet="H01")

    look(small_world.outlet("H01"), "H01", 1)
    link, first = small_world.link("H01"), row().linked_at
    small_world.hq.clock.move(hours=3)  # type: ignore[attr-defined]
    export(link, tmp_path / "out")
    take_carried(small_world.office, tmp_path / "out", tmp_path / "back")
    assert (row().linked_at, row().away_until) == (first, "")
    link.pull_once()
    second = row()
    assert (second.away_since, second.away_until) == (first, second.linked_at)
    small_world.hq.clock.move(hours=3)  # type: ignore[attr-defined]
    link.exchange()
    assert row().away_since == second.linked_at


def test_an_old_batch_again_is_no_lie(tmp_path: Path) -> None:
    at = hall(tmp_path)
    refund(at, "40")
    refund(at, "40")
    office = headquarters(tmp_path, DAY_LIMIT.format(8_000))
    told = journal(at)
    for _ in range(3):
        assert push(office, told) == []
    body = pack({"outlet": FACTS.outlet, "feed_cursor": 0, "entries": told[:1]})
    signature = DEVICE.sign(request_text("POST", target(FACTS.outlet, "events"), body))
    assert take_batch(office, FACTS.outlet, body, signature).next_seq == told[-1]["seq"] + 1
