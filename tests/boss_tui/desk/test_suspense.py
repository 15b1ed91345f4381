"""What was taken for a slip that can't be done is booked as money in suspense, and each way out books it back."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.answers.hall import QueueItem
from boss_tui.components.ledger.ledger import SUSPENSE
from boss_tui.components.till.figures import x_figures
from boss_tui.components.till.shifts import expected_cash, shift_at
from boss_tui.desk import Desk, Station
from boss_tui.reports.behind import behind
from boss_tui.reports.figures import day_figures
from boss_tui.reports.standing import standing
from boss_tui.verify import verify
from data.cash_limits import CASH_LIMITS
from data.demo.hall import COUNTERS
from data.demo_staff import CLERKS
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.finance import CashMovement, Payment, PaymentTender, PostingLine, SuspenseEntry
from data.tables.order import HandwrittenSlip
from data.tables.organisation import RoleRight
from tests.boss_tui.desk.test_handwriting import slip, wrong
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

CHIEF = (FACTS.supervisor, FACTS.password)


def down(hall: Hall, number: str, amount: int, way: str = "cash", reference: str = "") -> QueueItem:
    """A slip of C1 that can't be done, for which so much was taken; as it waits."""
    hall.desk.handwriting.put_down(slip(hall, number), "C1", "number is sold", amount, way, reference)
    return waits(hall, number)[0]


def waits(hall: Hall, number: str) -> list[QueueItem]:
    return [item for item in hall.desk.queues.items() if item.kind == "slip" and number in str(item.title.values)]


def row(hall: Hall, number: str) -> HandwrittenSlip:
    found: list[HandwrittenSlip] = hall.rows(HandwrittenSlip, number=number)
    assert len(found) == 1
    return found[0]


def cash(hall: Hall) -> int:
    with hall.store.reading() as reading:
        shift = shift_at(reading, FACTS.counter)
        assert shift is not None
        return expected_cash(reading, shift)


def booked(hall: Hall) -> int:
    """Fen that the ledger has in suspense."""
    return -sum(int(line.amount) for line in hall.rows(PostingLine, account=SUSPENSE))


def sold(hall: Hall, *tenders: Tender, entering: str = "", cash_too: bool = True) -> Outcome:
    """A C1 of 50 yuan's prepayment; what is due beside the tenders is paid in cash."""
    view = hall.desk.forms.begin("C1", slip=slip(hall, entering) if entering else None)
    view = hall.desk.forms.fill(view.id, {**hall.desk.forms.example("C1"), "prepayment": "50"})
    assert not view.errors
    given = [*tenders, *(hall.desk.paying.tendered(view.id) if entering and not tenders else ())]
    rest = view.quote.due - sum(tender.amount for tender in given)
    return hall.desk.orders.complete(view.id, [*given, *([Tender("cash", rest)] if cash_too and rest else [])])


def sound(hall: Hall, in_suspense: int) -> None:
    """Slips, ledger, day, shift and `boss verify` say the same."""
    assert booked(hall) == sum(each.held for each in hall.rows(HandwrittenSlip)) == in_suspense
    with hall.store.reading() as reading:
        shift = shift_at(reading, FACTS.counter)
        assert shift is not None
        day = day_figures(reading, FACTS.outlet, shift.business_date)
        assert day.in_suspense == in_suspense == sum(each.amount for each in day.suspense)
        assert x_figures(reading, shift).suspense == day.suspense
        assert verify(reading) == []


def test_what_was_taken_is_in_the_drawer_and_in_suspense(hall: Hall) -> None:
    """The drawer is not over by it, and nothing of it is income or tax."""
    before = cash(hall)
    item = down(hall, "7", 5_000)
    assert "50.00" in str(item.reason.values)
    assert [way.name for way in item.ways] == ["back-cash", "enter", "leave"]
    assert cash(hall) == before + 5_000
    with hall.store.reading() as reading:
        shift = shift_at(reading, FACTS.counter)
        assert shift is not None
        figures = x_figures(reading, shift)
        told = behind(reading, FACTS.outlet, shift.business_date, "suspense", "taken")
        sections = {part.key: part for part in standing(reading, FACTS.outlet)}
    assert [(each.key, each.count, each.amount) for each in figures.suspense] == [("taken", 1, 5_000)]
    assert [(each.key, each.amount) for each in figures.moves if each.key == "suspense"] == [("suspense", 5_000)]
    assert figures.takings.total == 0
    assert [(one.what, one.amount) for one in told] == [("7 number is sold", 5_000)]
    assert sections["slips"].total[-1] == 5_000
    assert ("slip", 1) in [(todo.key, todo.count) for todo in hall.desk.day.check()]
    sound(hall, 5_000)


def test_what_was_taken_otherwise_is_ticked_off_with_its_reference_which_pays_once(hall: Hall) -> None:
    before = cash(hall)
    item = down(hall, "7", 5_000, "card", " k-1 ")
    assert [way.name for way in item.ways] == ["back-cash", "back-card", "enter", "leave"]
    assert (row(hall, "7").tender, row(hall, "7").reference) == ("card", "K-1")
    assert cash(hall) == before
    (listed,) = hall.desk.till.tender_slips()
    assert [(each.reference, each.amount) for each in listed.slips] == [("K-1", 5_000)]
    assert set(wrong(lambda: down(hall, "8", 100, "card", "K-1"))) == {"reference"}
    with pytest.raises(NotAllowed, match="waits"):
        sold(hall, Tender("card", 1_000, "k-1"))
    sound(hall, 5_000)


@pytest.mark.parametrize(
    ("way", "reference", "field"),
    [
        ("card", "", "reference"),
        ("card", " ", "reference"),
        ("cheque", "C1", ""),
        ("transfer", "T1", ""),
        ("wechat", "1", "way"),
        ("rounding", "", "way"),
        ("suspense", "7", "way"),
        ("gold", "", "way"),
        ("cash", "x", ""),
    ],
)
def test_it_was_taken_in_a_way_that_needs_nobody(hall: Hall, way: str, reference: str, field: str) -> None:
    if field:
        assert set(wrong(lambda: down(hall, "7", 100, way, reference))) == {field}
        assert hall.rows(HandwrittenSlip) == []
        return
    down(hall, "7", 100, way, reference)
    sound(hall, 100)


def test_without_a_drawer_of_ones_own_nothing_is_taken(hall: Hall) -> None:
    chief = Desk(hall.store, Station(FACTS.outlet, FACTS.counter))
    chief.signing.sign_on(*CHIEF)
    with pytest.raises(NotAllowed) as refusal:
        chief.handwriting.put_down(slip(hall, "7"), "C1", "gone", 100)
    assert refusal.value.field == "taken"
    assert hall.rows(HandwrittenSlip) == []
    chief.handwriting.put_down(slip(hall, "7"), "C1", "gone")  # without money nobody's drawer is touched
    assert row(hall, "7").state == "open"


def test_it_is_given_back_out_of_a_drawer_with_a_slip_to_sign(hall: Hall) -> None:
    before = cash(hall)
    item = down(hall, "7", 5_000)
    with pytest.raises(NotAllowed, match="who got the money"):
        hall.desk.settling.settle("slip", item.key, "back-cash", " ")
    with pytest.raises(NotAllowed, match="in suspense"):
        hall.desk.settling.settle("slip", item.key, "settled", "given back")
    paper = hall.desk.settling.settle("slip", item.key, "back-cash", "王小明")
    assert paper is not None
    for words in ("王小明", "50.00", "7"):
        assert any(words in line for line in paper.preview), words
    assert cash(hall) == before
    assert (row(hall, "7").state, row(hall, "7").words) == ("settled", "王小明")
    (moved,) = hall.rows(CashMovement, purpose="suspense_back")
    assert (moved.amount, moved.reference) == (5_000, "7")
    assert waits(hall, "7") == []
    with pytest.raises(NotAllowed, match="Nothing of this slip"):
        hall.desk.settling.settle("slip", item.key, "back-cash", "王小明")
    sound(hall, 0)


def beside(act: Any) -> str:
    """The field that a refusal is beside."""
    with pytest.raises(NotAllowed) as refusal:
        act()
    return refusal.value.field


@pytest.mark.parametrize(("fen", "wanted"), [(10_000, False), (10_001, True)])
def test_more_than_a_little_is_not_given_back_by_who_put_it_down(hall: Hall, fen: int, wanted: bool) -> None:
    item = down(hall, "7", fen)
    if wanted:
        assert beside(lambda: hall.desk.settling.settle("slip", item.key, "back-cash", "王小明")) == "approved_by"
        with pytest.raises(NotAllowed):  # their own word is no second person's
            hall.desk.settling.settle("slip", item.key, "back-cash", "王小明", FACTS.clerk, FACTS.password)
        sound(hall, fen)
    hall.desk.settling.settle("slip", item.key, "back-cash", "王小明", *(CHIEF if wanted else ()))
    assert [each.approved_by for each in hall.rows(SuspenseEntry, act="given_back")] == [CHIEF[0] if wanted else ""]
    sound(hall, 0)


@pytest.mark.parametrize(
    ("limits", "before", "fen", "told"),
    [
        ({"refund_limit": 20_000}, 0, 20_000, ""),
        ({"refund_limit": 20_000}, 0, 20_001, "paid out at once"),
        ({"refund_day_limit": 20_000}, 5_000, 15_000, ""),
        ({"refund_day_limit": 20_000}, 5_000, 15_001, "50.00 yuan were paid out today"),
        ({}, 9_000, 500_000, ""),
        ({"approval": "supervised"}, 0, 100, "must approve this business"),
    ],
)
def test_a_colleague_gives_back_what_their_role_pays_out_at_the_counter(
    hall: Hall, limits: dict[str, Any], before: int, fen: int, told: str
) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(
            tx.one(RoleRight, role="clerk", business="C1"), **{"refund_limit": 0, "refund_day_limit": 0, **limits}
        )
    other = hall.counter(CLERKS[1], COUNTERS[1])
    other.till.open_shift(600_000)
    first, item = down(hall, "6", before) if before else None, down(hall, "7", fen)
    if first:
        other.settling.settle("slip", first.key, "back-cash", "王小明")
    if told:
        with pytest.raises(NotAllowed, match=told) as refusal:
            other.settling.settle("slip", item.key, "back-cash", "王小明")
        assert refusal.value.field == "approved_by"
        assert row(hall, "7").held == fen
    other.settling.settle("slip", item.key, "back-cash", "王小明", *(CHIEF if told else ()))
    assert booked(hall) == 0


@pytest.mark.parametrize(
    ("role", "over", "approver"),
    [
        ("clerk", 0, ""),
        ("clerk", 1, FACTS.supervisor),
        ("supervisor", 0, FACTS.supervisor),
        ("supervisor", 1, FACTS.manager),
        ("manager", 0, FACTS.manager),
    ],
)
@pytest.mark.parametrize("way", ["cash", "card"])
def test_more_than_a_role_takes_is_put_down_with_who_may(
    hall: Hall, role: str, over: int, approver: str, way: str
) -> None:
    fen, of = next(each["float_limit"] for each in CASH_LIMITS if each["role"] == role) + over, slip(hall, "7")
    tender = (fen, way, "K1" if way == "card" else "")
    if approver:
        assert beside(lambda: hall.desk.handwriting.put_down(of, "C1", "gone", *tender)) == "approved_by"
        assert hall.rows(HandwrittenSlip) == []
    hall.desk.handwriting.put_down(of, "C1", "gone", *tender, approver, FACTS.password if approver else "")
    assert [each.approved_by for each in hall.rows(SuspenseEntry)] == [approver]
    sound(hall, fen)


@pytest.mark.parametrize("approver", ["", FACTS.manager])
def test_what_nobody_may_move_is_refused_beside_the_amount(hall: Hall, approver: str) -> None:
    most = max(each["float_limit"] for each in CASH_LIMITS)
    told = wrong(
        lambda: hall.desk.handwriting.put_down(
            slip(hall, "7"), "C1", "gone", most + 1, "cash", "", approver, FACTS.password if approver else ""
        )
    )
    assert set(told) == {"taken"}
    assert "At most" in told["taken"]
    assert hall.rows(HandwrittenSlip) == []


@pytest.mark.parametrize("again", ["SG-30", "ＳＧ30", "sg 30"])
def test_money_of_one_slip_is_taken_and_used_once_however_it_is_written(hall: Hall, again: str) -> None:
    hall.desk.handwriting.put_down(slip(hall, "sg_30"), "C1", "gone", 30_000)
    assert set(wrong(lambda: hall.desk.handwriting.put_down(slip(hall, again), "C1", "gone", 30_000))) == {"number"}
    sound(hall, 30_000)
    sold(hall, Tender("suspense", 2_000, again))
    assert row(hall, "sg_30").held == 28_000
    sound(hall, 28_000)


def test_what_came_by_card_goes_back_so_or_in_cash_with_a_supervisor(hall: Hall) -> None:
    first, second = down(hall, "7", 5_000, "card", "K1"), down(hall, "8", 2_000, "card", "K2")
    before = cash(hall)
    paper = hall.desk.settling.settle("slip", first.key, "back-card", "王小明")
    assert paper is not None
    assert cash(hall) == before
    tenders = [(each.amount, each.reference) for each in hall.rows(PaymentTender, kind="card")]
    assert (-5_000, "K1") in tenders
    with pytest.raises(NotAllowed) as refusal:
        hall.desk.settling.settle("slip", second.key, "back-cash", "王小明")
    assert refusal.value.field == "approved_by"
    hall.desk.settling.settle("slip", second.key, "back-cash", "王小明", *CHIEF)
    assert cash(hall) == before - 2_000
    with pytest.raises(NotAllowed):
        hall.desk.settling.settle("slip", down(hall, "9", 100).key, "back-card", "王小明")
    sound(hall, 100)


def test_a_cheque_is_no_cash_before_it_is_cleared(hall: Hall) -> None:
    item = down(hall, "7", 5_000, "cheque", "C1")
    with pytest.raises(NotAllowed, match="not cleared"):
        hall.desk.settling.settle("slip", item.key, "back-cash", "王小明", *CHIEF)
    hall.desk.settling.settle("slip", item.key, "back-cheque", "王小明")  # the paper itself
    sound(hall, 0)


def test_not_more_cash_goes_back_than_is_there(hall: Hall) -> None:
    item = down(hall, "7", 5_000, "card", "K1")
    hall.desk.till.cash_out(cash(hall) - 4_999, "drop", "to the safe")
    with pytest.raises(NotAllowed, match="not so much cash"):
        hall.desk.settling.settle("slip", item.key, "back-cash", "王小明", *CHIEF)
    hall.desk.till.cash_in(1, "change", "one fen", *CHIEF)
    hall.desk.settling.settle("slip", item.key, "back-cash", "王小明", *CHIEF)
    assert cash(hall) == 0
    sound(hall, 0)


def test_what_is_left_takes_a_supervisor_and_is_listed_until_it_is_settled(hall: Hall) -> None:
    item = down(hall, "7", 5_000)
    for words, supervisor in ((" ", CHIEF), ("abroad", ()), ("abroad", (FACTS.clerk, FACTS.password))):
        with pytest.raises(NotAllowed):
            hall.desk.settling.settle("slip", item.key, "leave", words, *supervisor)
    hall.desk.settling.settle("slip", item.key, "leave", "abroad until May", *CHIEF)
    (left,) = waits(hall, "7")
    assert (left.state, left.goes_on, [way.name for way in left.ways]) == ("parked", True, ["back-cash", "enter"])
    with pytest.raises(NotAllowed, match="left already"):
        hall.desk.settling.settle("slip", item.key, "leave", "again", *CHIEF)
    with hall.store.reading() as reading:
        assert {part.key for part in standing(reading, FACTS.outlet)} >= {"slips"}
    sound(hall, 5_000)
    hall.desk.settling.settle("slip", item.key, "back-cash", "王小明")
    with hall.store.reading() as reading:
        assert "slips" not in {part.key for part in standing(reading, FACTS.outlet)}
    sound(hall, 0)


def test_done_after_all_it_counts_as_paid(hall: Hall) -> None:
    """The slip's own business: the payment box has the money already; what is over waits to be given back."""
    item = down(hall, "7", 5_000)
    before = cash(hall)
    outcome = sold(hall, entering="7")
    assert (row(hall, "7").state, row(hall, "7").order_id, row(hall, "7").held) == ("entered", outcome.order_id, 0)
    assert cash(hall) == before + outcome.due - 5_000
    assert waits(hall, "7") == []
    sound(hall, 0)
    down(hall, "8", outcome.due + 700)
    again = sold(hall, entering="8")
    (rest,) = waits(hall, "8")
    assert (row(hall, "8").state, row(hall, "8").held) == ("entered", outcome.due + 700 - again.due)
    assert [way.name for way in rest.ways] == ["back-cash"]
    with pytest.raises(NotAllowed):
        hall.desk.settling.settle("slip", rest.key, "leave", "why", *CHIEF)
    hall.desk.settling.settle("slip", rest.key, "back-cash", "王小明")
    assert row(hall, "8").state == "entered"
    assert item.key != rest.key
    sound(hall, 0)


def test_another_order_is_paid_with_it_and_settles_the_slip(hall: Hall) -> None:
    assert "suspense" not in {way.code for way in hall.desk.paying.tender_ways()}
    down(hall, "a-7", 5_000)
    (way,) = (way for way in hall.desk.paying.tender_ways() if way.code == "suspense")
    assert way.digit not in {"", *(other.digit for other in hall.desk.paying.tender_ways() if other.code != "suspense")}
    sold(hall, Tender("suspense", 2_000, " a-7 "))
    assert (row(hall, "a-7").state, row(hall, "a-7").held) == ("open", 3_000)
    outcome = sold(hall, Tender("suspense", 3_000, "A-7"))
    assert (row(hall, "a-7").state, row(hall, "a-7").words) == ("settled", outcome.serial)
    sound(hall, 0)
    hall.desk.orders.cancel(outcome.serial, "办错了", *CHIEF)
    assert (row(hall, "a-7").state, row(hall, "a-7").held) == ("open", 3_000)
    assert [each.act for each in hall.rows(SuspenseEntry)].count("returned") == 1
    sound(hall, 3_000)


@pytest.mark.parametrize(("amount", "number"), [(5_001, "7"), (100, "8"), (100, ""), (5_000, "7")])
def test_no_more_is_used_than_the_slip_holds(hall: Hall, amount: int, number: str) -> None:
    down(hall, "7", 5_000)
    view = hall.desk.forms.begin("C1")
    view = hall.desk.forms.fill(view.id, {**hall.desk.forms.example("C1"), "prepayment": "50"})
    tenders = [Tender("suspense", amount, number), Tender("cash", view.quote.due - amount)]
    if (amount, number) == (5_000, "7"):
        hall.desk.paying.keep_tenders(view.id, tenders)
        hall.desk.orders.complete(view.id, tenders)
        sound(hall, 0)
        return
    for act in (hall.desk.paying.keep_tenders, hall.desk.orders.complete):
        if number:
            with pytest.raises(NotAllowed) as refusal:
                act(view.id, tenders)
            assert refusal.value.field == "tenders"
    sound(hall, 5_000)


def test_two_tenders_of_one_slip_are_added_up(hall: Hall) -> None:
    down(hall, "7", 1_000)
    view = hall.desk.forms.begin("C1")
    view = hall.desk.forms.fill(view.id, {**hall.desk.forms.example("C1"), "prepayment": "50"})
    twice = [Tender("suspense", 600, "7"), Tender("suspense", 600, "7")]
    for act in (hall.desk.paying.keep_tenders, hall.desk.orders.complete):
        with pytest.raises(NotAllowed):
            act(view.id, [*twice, Tender("cash", view.quote.due - 1_200)])
    sound(hall, 1_000)


def test_a_slip_whose_order_was_taken_back_holds_what_paid_it(hall: Hall) -> None:
    """Put down again it has its money already: it was taken once."""
    down(hall, "7", 5_000)
    outcome = sold(hall, entering="7")
    hall.desk.orders.cancel(outcome.serial, "办错了", *CHIEF)
    assert row(hall, "7").held == 5_000
    assert set(wrong(lambda: hall.desk.handwriting.put_down(slip(hall, "7"), "C1", "gone", 5_000))) == {"taken"}
    hall.desk.handwriting.put_down(slip(hall, "7"), "C1", "gone")
    (item,) = waits(hall, "7")
    hall.desk.settling.settle("slip", item.key, "back-cash", "王小明")
    assert row(hall, "7").state == "settled"
    sound(hall, 0)


def test_money_in_suspense_goes_out_of_a_balance_as_it_came(hall: Hall) -> None:
    """What was paid with a slip's cash is paid out in cash: it did not come another way."""
    from boss_tui.components.tenders.refunds import brought

    down(hall, "7", 5_000, "card", "K1")
    outcome = sold(hall, Tender("suspense", 5_000, "7"))
    with hall.store.reading() as reading:
        source = brought(reading, outcome.order_id, 5_000)
    assert source.tenders is not None
    assert "suspense" not in source.tenders
    assert source.tenders["card"] == 5_000


def test_payments_of_slips_have_no_order(hall: Hall) -> None:
    down(hall, "7", 5_000)
    of_slips = [pay for pay in hall.rows(Payment) if pay.order_id is None]
    assert [(pay.due, pay.tendered, pay.change) for pay in of_slips] == [(5_000, 5_000, 0)]


def test_a_wrong_amount_is_said_beside_it(hall: Hall) -> None:
    def act() -> Any:
        return hall.desk.handwriting.put_down(slip(hall, "7"), "C1", "gone", -1)

    with pytest.raises(BadForm):
        act()
    assert set(wrong(act)) == {"taken"}
