"""What the office does to numbers: made of a segment, leased, asked back, withdrawn, let go, graded anew."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.locale import words
from data.clock import wall_day
from data.demo.hall import OFFICE, OUTLET
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.act import Act
from data.tables.job import Job
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import PhoneNumber
from data.tables.stockroom import StockBatch, StockEvent
from data.tables.sync import EnrolledOutlet, FeedItem, Lease
from tests.head_office import HeadOffice

NAME = "M5/phone_number"
SEGMENT = "1395799"


def do(office: HeadOffice, act: str, **typed: str) -> dict[str, str]:
    found = office.maker.acting.do(NAME, act, typed)
    return {fact.label.template: str(getattr(fact.value, "values", None) or fact.value) for fact in found}


def published(office: HeadOffice, table: str, op: str, key: str = "", **values: str) -> None:
    form = office.maker.managing.example("M5")
    row: dict[str, Any] = {"table": table, "op": op, "values": values, **({"key": key} if key else {})}
    made = office.maker.managing.make("M5", {**form, "rows": [row]})
    office.checker.editions.approve(made.edition.id)


@pytest.fixture
def office(head_office: HeadOffice) -> HeadOffice:
    published(head_office, "number_segment", "add", prefix=SEGMENT, element="HLR01", last="2999")
    return head_office


@pytest.fixture
def linked(office: HeadOffice) -> HeadOffice:
    """With an outlet that can be handed something."""
    with office.store.transaction(Author("", "test", ""), journalled=False) as tx:
        if tx.find(EnrolledOutlet, outlet=OUTLET) is None:
            tx.add(EnrolledOutlet, outlet=OUTLET, public_key="")
    return office


def test_a_block_is_made_of_a_segment_in_one_go_and_graded(office: HeadOffice) -> None:
    found = do(office, "block", numbers=SEGMENT)
    rows = office.rows(PhoneNumber, segment=SEGMENT)
    assert (found["Made"], len(rows)) == ("3,000", 3_000)
    assert (min(row.number for row in rows), max(row.number for row in rows)) == (f"{SEGMENT}0000", f"{SEGMENT}2999")
    grades = {row.number[-4:]: row.grade for row in rows}
    assert [grades[tail] for tail in ("1111", "0123", "1122", "1212", "0188", "0001")] == [
        "AAAA",
        "ABCD",
        "AABB",
        "ABAB",
        "L88",
        "N",
    ]
    (batch,) = office.rows(StockBatch)
    assert (batch.how, batch.name, batch.pieces, {row.batch_id for row in rows}) == ("made", SEGMENT, 3_000, {batch.id})
    (act,) = office.rows(Act, act="stock.block")
    assert (act.business, json.loads(act.form_json)) == ("M5", {"numbers": SEGMENT})
    assert office.is_sound()


def test_a_thousand_first_and_the_rest_afterwards(office: HeadOffice) -> None:
    assert do(office, "block", numbers=f"{SEGMENT}1")["Made"] == "1,000"
    found = do(office, "block", numbers=SEGMENT)
    assert (found["Made"], found["There before"]) == ("2,000", "1,000")
    with pytest.raises(BadForm) as refused:
        do(office, "block", numbers=f"{SEGMENT}12")
    assert set(refused.value.errors) == {"numbers"}


@pytest.mark.parametrize(
    "numbers", ["", "139579", "139579900000", "2395799", "1395799x", "1395798", f"{SEGMENT}3", f"{SEGMENT}9999"]
)
def test_no_block_is_made_of_what_no_segment_has(office: HeadOffice, numbers: str) -> None:
    with pytest.raises(BadForm) as refused:
        do(office, "block", numbers=numbers)
    assert set(refused.value.errors) == {"numbers"}
    assert (office.rows(PhoneNumber, segment=SEGMENT), office.rows(StockBatch)) == ([], [])


def test_a_thousand_is_leased_to_an_outlet_and_asked_back(linked: HeadOffice) -> None:
    do(linked, "block", numbers=SEGMENT)
    found = do(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}1")
    assert found["Leased"] == "1,000"
    held = [row.number for row in linked.rows(PhoneNumber, lease_id=found["Lease"])]
    assert (held[0], held[-1], len(held)) == (f"{SEGMENT}1000", f"{SEGMENT}1999", 1_000)
    assert {row.outlet for row in linked.rows(PhoneNumber, lease_id=found["Lease"])} == {OUTLET}
    assert linked.rows(FeedItem, outlet=OUTLET, kind="lease")
    with pytest.raises(BadForm):
        do(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}1")  # nothing of it is free any more
    (row,) = linked.rows(PhoneNumber, number=held[0])
    assert linked.maker.acting.begun(NAME, "recall", (row.number,)) == {"lease": row.number}
    choices = linked.maker.acting.choices
    listed = {each.value: str(each.label) for each in choices(NAME, "recall", "lease", OUTLET)}
    day = wall_day(linked.rows(Lease, id=found["Lease"])[0].handed_at)
    assert listed[held[0]] == f"{OUTLET} Chengguan Hall {day}: 1,000 of 1,000"
    assert choices(NAME, "recall", "lease", "nowhere") == []
    do(linked, "recall", lease=held[7])  # any number of it
    assert held[0] not in [each.value for each in choices(NAME, "recall", "lease")]
    assert held[0] in [each.value for each in choices(NAME, "take_back", "lease")]
    assert linked.rows(Lease, id=found["Lease"])[0].recalled_at
    with pytest.raises(NotAllowed):
        do(linked, "recall", lease=found["Lease"])
    with pytest.raises(NotAllowed):
        do(linked, "take_back", lease=found["Lease"])
    assert [act.act for act in linked.rows(Act, order=("serial",)) if act.act.startswith("stock.")] == [
        "stock.block",
        "stock.lease",
        "stock.recall",
    ]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({}, ["locked: a court's order, letter 9", "idle, grade N"]),
        (
            {"valid_from": "2026-11-24", "valid_to": "2026-12-31"},
            ["locked: a court's order, letter 9", "the lock ends", "idle, grade N"],
        ),
    ],
)
def test_the_life_of_a_number_tells_of_its_lock(office: HeadOffice, dates: dict[str, str], told: list[str]) -> None:
    do(office, "block", numbers=f"{SEGMENT}1")
    number = f"{SEGMENT}1001"
    published(office, "number_lock", "add", number=number, cause="court", reason="letter 9", **dates)
    lines = office.maker.acting.life(NAME, (number,))
    assert [words("en")(line.what) for line in lines][1:] == told
    assert [line.when for line in lines if line.when][1:] == list(dates.values())


def test_a_number_that_somebody_wants_to_leave_with_tells_how_that_went(office: HeadOffice) -> None:
    line = office.rows(Subscription, state="active")[0]
    code = {"state": "returned", "code": "314159", "until": "2026-11-23T02:00:00.000000Z"}
    with office.store.transaction(Author(OUTLET, "test", ""), journalled=False) as tx:
        asked = {"outlet": OUTLET, "number": line.number, "subscription_id": line.id, "operator": "1001"}
        asked |= {"business_date": "2026-11-23"}
        refused = {"state": "refused", "reason": "a ban", "made_at": "2026-11-22T01:00:00.000000Z"}
        gone = {"left_on": "2026-11-24", "back_on": "2026-12-24", "made_at": "2026-11-23T01:00:00.000000Z"}
        tx.add(NumberPorting, id="p1", **asked, **refused)
        tx.add(NumberPorting, id="p2", **asked, **code, **gone)
    lines = [words("en")(line.what) for line in office.maker.acting.life(NAME, (line.number,))]
    assert lines[-5:-1] == [
        "refused to leave: a ban",
        "a code to leave was given, until 11-23 10:00",
        "left for another operator",
        "came back from another operator",
    ]


def test_so_many_of_a_grade_are_leased(linked: HeadOffice) -> None:
    do(linked, "block", numbers=SEGMENT)
    asked = {"outlet": OUTLET, "numbers": SEGMENT, "grade": "AAAA", "pieces": "50", "days": "10"}
    found = {str(fact.label): str(fact.value) for fact in linked.maker.acting.do(NAME, "lease", asked)}
    assert [row.number for row in linked.rows(PhoneNumber, lease_id=found["Lease"])] == [
        f"{SEGMENT}{tail}" for tail in ("0000", "1111", "2222")
    ]
    assert found["Leased"] == "3 of 50: no more of them are free"
    assert found["AAAA Four alike"] == f"3, from {SEGMENT}0000 to {SEGMENT}2222"
    assert found["Outlet"].startswith(f"{OUTLET} ")


def told(office: HeadOffice, act: str, **typed: str) -> dict[str, str]:
    return {str(fact.label): str(fact.value) for fact in office.maker.acting.ahead(NAME, act, typed)}


def test_what_would_come_of_an_act_is_told_and_nothing_is_done(linked: HeadOffice) -> None:
    do(linked, "block", numbers=f"{SEGMENT}1")
    before = linked.rows(PhoneNumber), linked.rows(Lease), linked.rows(FeedItem), linked.rows(Act)
    found = told(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}1", pieces="2000")
    assert found["To be leased"] == "1,000 of 2,000: no more of them are free"
    assert "Leased" not in found
    assert "Lease" not in found  # another one will be made
    assert told(linked, "withdraw", numbers=f"{SEGMENT}1", reason="x") == {
        "To be withdrawn": "1,000",
        "Which numbers": f"{SEGMENT}1000, {SEGMENT}1001, {SEGMENT}1002 and 997 more",
    }
    assert (linked.rows(PhoneNumber), linked.rows(Lease), linked.rows(FeedItem), linked.rows(Act)) == before
    with pytest.raises(BadForm):
        told(linked, "lease", outlet="NONE")


def test_nothing_is_leased_to_the_office_itself(linked: HeadOffice) -> None:
    assert OFFICE not in [each.value for each in linked.maker.acting.choices(NAME, "lease", "outlet")]
    with pytest.raises(BadForm) as refused:
        do(linked, "lease", outlet=OFFICE)
    assert list(refused.value.errors) == ["outlet"]


def test_f4_lists_whom_and_which_grade_a_lease_may_name(office: HeadOffice) -> None:
    choices = office.maker.acting.choices
    assert OUTLET in [each.value for each in choices(NAME, "lease", "outlet")]
    assert [each.value for each in choices(NAME, "lease", "grade", "four")] == ["AAAA"]
    assert choices(NAME, "lease", "numbers") == []


def test_numbers_are_made_at_the_list_of_segments_too(office: HeadOffice) -> None:
    assert [act.name for act in office.maker.acting.acts("M5/number_segment")] == ["block", "lease"]
    assert office.maker.acting.begun("M5/number_segment", "block", (SEGMENT,)) == {"numbers": SEGMENT}
    assert office.maker.acting.begun("M5/number_segment", "lease", (SEGMENT,)) == {"numbers": SEGMENT}  # none is free
    assert office.maker.acting.begun(NAME, "block") == {}
    do(office, "block", numbers=f"{SEGMENT}1")
    assert office.maker.acting.begun(NAME, "block", (f"{SEGMENT}1000",)) == {"numbers": SEGMENT}
    free = {"numbers": SEGMENT, "pieces": "1000"}
    assert office.maker.acting.begun("M5/number_segment", "lease", (SEGMENT,)) == free
    assert office.maker.acting.begun(NAME, "lease", (f"{SEGMENT}1000",)) == {}


def test_a_block_that_was_made_leads_on_to_the_lease_of_all_of_it(office: HeadOffice) -> None:
    made = {"numbers": f"{SEGMENT}1"}
    do(office, "block", **made)
    onward = office.maker.acting.then(NAME, "block", made)
    assert onward is not None
    assert (onward.name, onward.act.name) == (NAME, "lease")
    assert onward.typed == {**made, "pieces": "1000"}
    assert office.maker.acting.then(NAME, "lease", made) is None


@pytest.mark.parametrize(
    ("narrowed", "begun"),
    [
        ("", {}),
        ("13900", {}),  # too short for a block: no number of pieces either, which might be other ones
        (f"{SEGMENT}1", {"numbers": f"{SEGMENT}1", "pieces": "1000"}),
        (f"{SEGMENT}1 grade:AAAA", {"numbers": f"{SEGMENT}1", "grade": "AAAA", "pieces": "1"}),
        (f"{SEGMENT}1 grade:four", {"numbers": f"{SEGMENT}1", "grade": "AAAA", "pieces": "1"}),
        (f"{SEGMENT}1 1111", {"numbers": f"{SEGMENT}1"}),  # its form can't say which end
        (f"{SEGMENT}1 !grade:AAAA", {"numbers": f"{SEGMENT}1"}),
        (f"{SEGMENT}9", {"numbers": f"{SEGMENT}9"}),  # there are none
    ],
)
def test_a_lease_takes_over_what_the_list_is_narrowed_to(
    office: HeadOffice, narrowed: str, begun: dict[str, str]
) -> None:
    do(office, "block", numbers=f"{SEGMENT}1")
    assert office.maker.acting.begun(NAME, "lease", None, narrowed) == begun


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outlet": "NOWHERE"}, "outlet"),
        ({"outlet": OUTLET, "grade": "ZZ"}, "grade"),
        ({"outlet": OUTLET, "pieces": "0"}, "pieces"),
        ({"outlet": OUTLET, "pieces": "10001"}, "pieces"),
        ({"outlet": OUTLET, "days": "0"}, "days"),
        ({"outlet": OUTLET, "numbers": "13"}, "numbers"),
        ({"outlet": OUTLET, "numbers": f"{SEGMENT}5"}, "numbers"),
        ({"pieces": "1"}, "outlet"),
    ],
)
def test_what_can_not_be_leased_is_told_beside_its_field(linked: HeadOffice, typed: dict[str, str], field: str) -> None:
    before = linked.rows(Lease)
    with pytest.raises(BadForm) as refused:
        do(linked, "lease", **typed)
    assert set(refused.value.errors) == {field}
    assert linked.rows(Lease) == before


def test_free_numbers_are_withdrawn_for_a_reason(office: HeadOffice) -> None:
    do(office, "block", numbers=f"{SEGMENT}0")
    with pytest.raises(BadForm) as refused:
        do(office, "withdraw", numbers=f"{SEGMENT}00")
    assert set(refused.value.errors) == {"reason"}
    assert do(office, "withdraw", numbers=f"{SEGMENT}00", reason="交回管局")["Withdrawn"] == "100"
    rows = office.rows(PhoneNumber, segment=SEGMENT, state="withdrawn")
    events = office.rows(StockEvent, act="withdrawn")
    assert [event.piece for event in events] == [row.number for row in rows]
    assert {(event.before, event.after, event.reason) for event in events} == {("idle", "withdrawn", "交回管局")}
    with pytest.raises(BadForm):
        do(office, "withdraw", numbers=f"{SEGMENT}00", reason="x")
    assert office.is_sound()


def resting(office: HeadOffice, number: str, until: str) -> None:
    with office.store.transaction(Author("", "test", ""), journalled=False) as tx:
        row = tx.one(PhoneNumber, number=number)
        tx.change(row, state="quarantined", quarantine_until=until)


def test_what_has_rested_is_let_go_on_its_day(office: HeadOffice) -> None:
    do(office, "block", numbers=f"{SEGMENT}0")
    for tail, until in (("0001", "2026-11-22"), ("0002", "2026-11-23"), ("0003", "2026-11-24"), ("0004", "")):
        resting(office, SEGMENT + tail, until)
    found = do(office, "release", numbers=SEGMENT)
    assert (found["Let go"], found["Still resting"]) == ("3", "1")
    states = {row.number[-4:]: (row.state, row.quarantine_until) for row in office.rows(PhoneNumber, segment=SEGMENT)}
    assert [states[tail] for tail in ("0001", "0002", "0003", "0004")] == [
        ("idle", ""),
        ("idle", ""),
        ("quarantined", "2026-11-24"),
        ("idle", ""),
    ]
    assert [event.piece[-4:] for event in office.rows(StockEvent, act="released")] == ["0001", "0002", "0004"]


def test_what_rests_at_an_outlet_is_let_go_there(linked: HeadOffice) -> None:
    do(linked, "block", numbers=f"{SEGMENT}0")
    do(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}00")
    assert "At outlets" not in told(linked, "release", numbers=SEGMENT)
    for tail, until in (("0001", "2026-11-22"), ("0002", "2027-02-21")):
        resting(linked, SEGMENT + tail, until)
    said = told(linked, "release", numbers=f"{SEGMENT}0")
    assert said == {"To be let go": "0", "At outlets": "2: each is let go there by itself, the first on 2026-11-22"}
    assert said["At outlets"] != told(linked, "release", numbers=f"{SEGMENT}0002")["At outlets"]


def test_free_numbers_are_graded_anew_page_by_page(office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    from boss_tui.management.m05 import regrade

    monkeypatch.setattr(regrade, "STEP", 40)
    monkeypatch.setattr(regrade, "_PAGE", regrade._PAGE.limit(40))
    do(office, "block", numbers=f"{SEGMENT}01")
    published(office, "number_pattern", "change", "LUCKY", pattern="(66|88|168|01)$")
    desk = office.maker
    job: Job = desk.row_files.begin_run(NAME)
    while job.state == "running":
        job = desk.row_files.step(job.id)
    changed = [row.number for row in office.rows(PhoneNumber, grade="L88") if row.number.endswith("01")]
    assert f"{SEGMENT}0101" not in changed  # ABAB comes first
    assert {event.piece for event in office.rows(StockEvent, act="graded")} == set(changed)
    assert json.loads(job.said)["moves"] == {"N -> L88": len(changed)}
    assert changed
    assert desk.row_files.told(job)[0].values["moved"] == len(changed)
    assert office.is_sound()


def test_acts_are_of_a_list_and_said_by_name(office: HeadOffice) -> None:
    assert [act.name for act in office.maker.acting.acts(NAME)][:2] == ["block", "lease"]
    assert office.maker.acting.acts("M5/number_grade") == []
    with pytest.raises(NotAllowed, match="there are block"):
        office.maker.acting.do(NAME, "no_such", {})
    with pytest.raises(BadForm):
        office.maker.acting.do(NAME, "block", {"no_such": "x"})


def moved(office: HeadOffice, **typed: str) -> dict[str, str]:
    return {str(fact.label): str(fact.value) for fact in office.maker.acting.do(NAME, "move", typed)}


def test_numbers_of_several_leases_are_asked_back_at_once(linked: HeadOffice) -> None:
    do(linked, "block", numbers=f"{SEGMENT}1")
    for grade in ("AAAA", "N"):
        do(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}1", grade=grade)
    row = linked.rows(PhoneNumber, number=f"{SEGMENT}1112")[0]
    with linked.store.transaction(Author("", "test", ""), journalled=False) as tx, tx.received():
        tx.change(row, state="quarantined", quarantine_until="2027-01-01")
    begun = linked.maker.acting.begun(NAME, "move", (row.number,))
    assert begun == {"numbers": row.number, "outlet": OUTLET}
    found = moved(linked, numbers=f"{SEGMENT}1109 - {SEGMENT}1113")
    assert found["Asked back"] == "4, of 2 leases"
    assert found["Which numbers"].startswith(f"{SEGMENT}1109, {SEGMENT}1110, {SEGMENT}1111 and 1")
    assert found["Stays there"] == "1 in quarantine"
    asked = [(lease.part_first, lease.part_last, lease.part_to) for lease in linked.rows(Lease) if lease.part_asked_at]
    assert asked == [(f"{SEGMENT}1109", f"{SEGMENT}1113", "")] * 2
    lines = linked.maker.acting.life(NAME, (f"{SEGMENT}1111",))
    assert "asked back, with others of the lease" in [words("en")(line.what) for line in lines]
    assert linked.rows(Act, act="stock.move")
    assert linked.is_sound()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"numbers": ""}, "numbers"),
        ({"numbers": f"{SEGMENT}1100-"}, "numbers"),
        ({"numbers": f"{SEGMENT}1100-{SEGMENT}11"}, "numbers"),
        ({"numbers": f"{SEGMENT}1101-{SEGMENT}1100"}, "numbers"),
        ({"numbers": "2395799"}, "numbers"),
        ({"numbers": f"{SEGMENT}2"}, "numbers"),
        ({"outlet": "NONE"}, "outlet"),
        ({"outlet": OFFICE}, "numbers"),
        ({"to": OFFICE}, "to"),
        ({"to": "NONE"}, "to"),
        ({"to": OUTLET}, "to"),
    ],
)
def test_what_can_t_be_moved_is_said_beside_its_field(linked: HeadOffice, typed: dict[str, str], field: str) -> None:
    do(linked, "block", numbers=f"{SEGMENT}1")
    do(linked, "lease", outlet=OUTLET, numbers=f"{SEGMENT}1")
    with pytest.raises(BadForm) as refused:
        moved(linked, **{"numbers": f"{SEGMENT}1100-{SEGMENT}1100", **typed})
    assert list(refused.value.errors) == [field]
    assert not [lease for lease in linked.rows(Lease) if lease.part_asked_at]
