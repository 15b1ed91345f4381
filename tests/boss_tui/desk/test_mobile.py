"""Mobile payment at the desk: asked, waited for, booked once, closed beside the desk, given back the way it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.answers.business import DraftView, MobileView, Tender
from boss_tui.answers.hall import QueueItem
from boss_tui.components.till.figures import x_figures
from boss_tui.desk import Desk, Station
from boss_tui.payments.closing import BEFORE_REVERSAL, WAIT, Closing
from boss_tui.payments.reconciling import billed, differences
from boss_tui.payments.simulated import SimulatedGateway
from boss_tui.verify import verify
from data.errors import BadForm, NotAllowed, Outside
from data.journal import Author
from data.message import Message
from data.tables.finance import CashMovement, PaymentTender, PostingLine, Shift
from data.tables.mobile import MobilePayment
from data.tables.sync import JournalHead
from tests.hall import FACTS, Hall

PAYS, PASSWORD, NEVER, ANSWER_LOST, REFUSES, LOST = (
    f"1345678901234567{end}" for end in ("99", "01", "02", "03", "04", "05")
)


class Counter:
    """A hall with a payment service, and a C1 that is to be paid."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall, self.desk = hall, hall.desk
        self.gateway = SimulatedGateway(folder / "payments.db", hall.clock)
        self.desk.seat.gateway = self.gateway
        self.closing = Closing(hall.store, FACTS.outlet, self.gateway)
        self.view = self.form()

    def form(self) -> DraftView:
        return self.hall.filled()

    @property
    def due(self) -> int:
        return self.view.quote.due

    def ask(self, code: str = PAYS, amount: int = 0) -> MobileView:
        return self.desk.mobile.ask(self.view.id, amount or self.due, code)

    def row(self, order_no: str) -> MobilePayment:
        (row,) = self.hall.rows(MobilePayment, order_no=order_no)
        assert isinstance(row, MobilePayment)
        return row

    def stands(self, order_no: str) -> str:
        return self.row(order_no).state

    def after(self, seconds: float) -> bool:
        self.hall.clock.move(seconds=seconds)
        return self.closing.step()

    def clean(self) -> None:
        with self.hall.store.reading() as reading:
            assert not list(verify(reading))


@pytest.fixture
def counter(hall: Hall, tmp_path: Path) -> Counter:
    return Counter(hall, tmp_path)


def test_it_is_asked_paid_booked_and_reported(counter: Counter) -> None:
    asked = counter.ask()
    assert (asked.state, asked.kind, asked.amount) == ("paid", "wechat", counter.due)
    assert len(asked.order_no) == 32
    assert counter.row(asked.order_no).code_end == "6799"
    done = counter.desk.orders.complete(counter.view.id, [asked.tender])
    assert counter.row(asked.order_no).booked == 1
    assert any("微信" in line for paper in done.papers for line in paper.preview)
    with counter.hall.store.reading() as reading:
        shift = counter.hall.rows(Shift, till=FACTS.counter, state="open")[0]
        figures = x_figures(reading, shift)
    assert [(each.key, each.amount) for each in figures.takings.tenders] == [("wechat", counter.due)]
    assert figures.expected == shift.float_amount
    assert not counter.after(3600)
    assert counter.stands(asked.order_no) == "paid"
    counter.clean()


def test_a_password_is_waited_for(counter: Counter) -> None:
    asked = counter.ask(PASSWORD)
    assert asked.state == "asked"
    with pytest.raises(NotAllowed, match="can't be booked"):
        counter.desk.orders.complete(counter.view.id, [asked.tender])
    assert counter.desk.mobile.look_at(asked.order_no).state == "asked"
    counter.hall.clock.move(seconds=6)
    assert counter.desk.mobile.look_at(asked.order_no).state == "paid"
    counter.desk.orders.complete(counter.view.id, [asked.tender])
    counter.clean()


def test_what_is_booked_is_never_booked_again(counter: Counter) -> None:
    asked = counter.ask()
    counter.desk.orders.complete(counter.view.id, [asked.tender])
    other = counter.form()
    with pytest.raises(NotAllowed, match="was not asked"):  # it was for another form
        counter.desk.orders.complete(other.id, [asked.tender])
    with pytest.raises(NotAllowed, match="take the order back"):
        counter.desk.mobile.drop(asked.order_no)
    again = counter.desk.orders.complete(counter.view.id, [asked.tender])  # a repeat brings what it brought
    assert [t.reference for t in counter.hall.rows(PaymentTender, kind="wechat")] == [asked.order_no]
    assert again.serial


@pytest.mark.parametrize(
    "wrong",
    [
        lambda t: Tender(t.kind, t.amount - 1, t.reference),
        lambda t: Tender("alipay", t.amount, t.reference),
        lambda t: Tender(t.kind, t.amount, "0" * 32),
    ],
)
def test_only_what_was_paid_is_booked(counter: Counter, wrong: object) -> None:
    asked = counter.ask().tender
    with pytest.raises(NotAllowed):
        counter.desk.orders.complete(counter.view.id, [wrong(asked), Tender("cash", 1)])  # type: ignore[operator]
    assert counter.row(asked.reference).booked == 0
    counter.desk.orders.complete(counter.view.id, [asked])


def test_a_form_that_comes_back_finds_what_was_paid_for_it(counter: Counter) -> None:
    asked = counter.ask(amount=1_000)
    counter.desk.paying.keep_tenders(counter.view.id, [Tender("cash", 500)])  # the power goes before the box has it
    after = Desk(counter.hall.store, Station(FACTS.outlet, FACTS.counter))
    after.signing.sign_on(FACTS.clerk, FACTS.password)
    assert not counter.after(120)  # the form is still there: its money stays
    recalled = after.forms.recall(after.held.forms()[0].number)
    assert after.paying.tendered(recalled.id) == (Tender("cash", 500), asked.tender)
    after.orders.complete(recalled.id, [asked.tender, Tender("cash", recalled.quote.due - 1_000)])
    counter.clean()


def test_a_form_that_is_given_up_gives_it_back(counter: Counter) -> None:
    asked = counter.ask()
    counter.desk.forms.abandon(counter.view.id)
    assert counter.closing.step()
    assert counter.stands(asked.order_no) == "reversed"
    assert counter.gateway.query(asked.order_no).state == "reversed"
    assert not counter.closing.step()
    counter.clean()


def test_what_nobody_waits_for_is_closed_and_not_before_its_time(counter: Counter) -> None:
    asked = counter.ask(NEVER)
    assert not counter.after(WAIT.total_seconds() - 46)
    assert counter.stands(asked.order_no) == "asked"
    counter.desk.mobile.drop(asked.order_no)
    assert counter.stands(asked.order_no) == "unknown"
    assert counter.after(BEFORE_REVERSAL.total_seconds())
    assert counter.stands(asked.order_no) == "closed"
    counter.clean()


def test_money_that_comes_after_it_was_given_up_goes_back(counter: Counter) -> None:
    asked = counter.ask(PASSWORD)
    counter.desk.mobile.drop(asked.order_no)
    assert not counter.after(BEFORE_REVERSAL.total_seconds() - 1)  # paid meanwhile, but it is too early to reverse
    assert counter.after(1)
    assert counter.stands(asked.order_no) == "reversed"
    with pytest.raises(NotAllowed):
        counter.desk.orders.complete(counter.view.id, [asked.tender])
    assert counter.desk.paying.tendered(counter.view.id) == ()


def test_an_answer_that_was_lost_is_queried(counter: Counter) -> None:
    asked = counter.ask(ANSWER_LOST)
    assert asked.state == "asked"
    assert counter.desk.mobile.look_at(asked.order_no).state == "paid"


def test_what_never_arrived_is_closed(counter: Counter) -> None:
    asked = counter.ask(LOST)
    assert asked.state == "asked"
    assert counter.desk.mobile.look_at(asked.order_no).state == "closed"
    assert counter.ask(REFUSES).reason == "not paid"


def test_nobody_answers_and_the_till_goes_on(counter: Counter) -> None:
    counter.gateway.down = True
    asked = counter.ask()
    assert counter.desk.mobile.look_at(asked.order_no).state == "asked"
    counter.desk.mobile.drop(asked.order_no)
    counter.desk.orders.complete(counter.view.id, [Tender("cash", counter.due)])
    counter.hall.clock.move(seconds=100)
    with pytest.raises(Outside):
        counter.closing.step()
    assert [item.state for item in counter.desk.queues.items() if item.kind == "payment"] == ["unknown"]
    counter.gateway.down = False
    assert counter.closing.step()
    assert counter.stands(asked.order_no) == "closed"
    counter.clean()


def test_a_code_is_good_once_and_another_code_is_another_number(counter: Counter) -> None:
    first, second = counter.ask(amount=100), counter.ask(amount=100)
    assert second.state == "closed"
    third = counter.ask("289" + "1" * 15, amount=100)
    assert third.kind == "alipay"
    assert len({first.order_no, second.order_no, third.order_no}) == 3


def test_taking_an_order_back_refunds_it_the_way_it_came(counter: Counter) -> None:
    asked = counter.ask()
    done = counter.desk.orders.complete(counter.view.id, [asked.tender])
    back = counter.desk.orders.cancel(done.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.due, back.change) == (-counter.due, 0)  # no cash is counted out
    (refund,) = counter.hall.rows(MobilePayment, refund_of=asked.order_no)
    assert (refund.state, refund.amount) == ("asked", -counter.due)
    counter.clean()
    assert counter.closing.step()
    assert counter.stands(refund.order_no) == "refunded"
    assert counter.stands(asked.order_no) == "paid"
    assert not counter.closing.step()
    counter.clean()


def refused(counter: Counter) -> QueueItem:
    """A refund that its provider has refused, as it waits for a person."""
    asked = counter.ask()
    done = counter.desk.orders.complete(counter.view.id, [asked.tender])
    counter.gateway.refund(asked.order_no, "by somebody else", counter.due)
    counter.desk.orders.cancel(done.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    counter.closing.step()
    (item,) = [item for item in counter.desk.queues.items() if item.kind == "payment"]
    return item


def test_a_refund_that_is_refused_is_a_persons(counter: Counter) -> None:
    item = refused(counter)
    assert [way.name for way in item.ways] == ["retry", "back-cash", "by_hand"]
    with pytest.raises(NotAllowed):
        counter.desk.settling.settle("payment", item.key, "by_hand", " ")
    counter.desk.settling.settle("payment", item.key, "retry")
    counter.closing.step()
    counter.desk.settling.settle("payment", item.key, "by_hand", "已从商户后台退款")
    assert not [item for item in counter.desk.queues.items() if item.kind == "payment"]


def test_a_refund_that_is_refused_is_paid_in_cash_and_booked(counter: Counter) -> None:
    """The drawer is not short by it, and the provider owes it to us; a supervisor allows it, the customer signs."""
    hall = counter.hall
    item = refused(counter)
    for words, supervisor in ((" ", (FACTS.supervisor, FACTS.password)), ("王小明", ())):
        with pytest.raises(NotAllowed):
            counter.desk.settling.settle("payment", item.key, "back-cash", words, *supervisor)
    counter.desk.till.cash_in(counter.due, "change", "找零", FACTS.supervisor, FACTS.password)
    before = {account: total(hall, account) for account in ("1001", "1013")}
    paper = counter.desk.settling.settle("payment", item.key, "back-cash", "王小明", FACTS.supervisor, FACTS.password)
    assert paper is not None
    assert any("王小明" in line for line in paper.preview)
    assert total(hall, "1001") == before["1001"] - counter.due
    assert total(hall, "1013") == before["1013"] + counter.due
    (moved,) = hall.rows(CashMovement, purpose="refund")
    assert (moved.amount, moved.reference) == (counter.due, item.key)
    assert not [item for item in counter.desk.queues.items() if item.kind == "payment"]
    with pytest.raises(NotAllowed, match="settled already"):
        counter.desk.settling.settle("payment", item.key, "back-cash", "王小明", FACTS.supervisor, FACTS.password)
    counter.clean()


def total(hall: Hall, account: str) -> int:
    return sum(int(line.amount) for line in hall.rows(PostingLine, account=account))


def test_several_in_one_go_are_paid_by_one_code(counter: Counter) -> None:
    for _ in range(2):
        counter.desk.basket.collect(counter.form().id)
    due = counter.desk.basket.shown().quote.due
    asked = counter.desk.mobile.ask("", due - 700, PAYS)
    assert asked.tender in counter.desk.paying.tendered("")
    counter.desk.basket.complete([asked.tender, Tender("cash", 700)])
    assert sum(t.amount for t in counter.hall.rows(PaymentTender, kind="wechat")) == due - 700
    counter.clean()


@pytest.mark.parametrize(("code", "field"), [("POS4711", "reference"), ("1" * 17, "reference")])
def test_what_is_no_code_is_refused(counter: Counter, code: str, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        counter.ask(code)
    assert refused.value.field == field
    assert not counter.hall.rows(MobilePayment)


def test_never_without_a_link_and_not_where_no_service_is(counter: Counter) -> None:
    linked = Desk(counter.hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    linked.signing.sign_on(FACTS.clerk, FACTS.password)
    linked.seat.gateway = counter.gateway
    with counter.hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), last_contact=tx.now(), attempts=1)
    with pytest.raises(NotAllowed, match="link"):
        linked.mobile.ask(counter.view.id, 100, PAYS)
    counter.desk.seat.gateway = None
    with pytest.raises(NotAllowed, match="No payment service"):
        counter.ask()


def test_the_bill_agrees_or_says_what_one_side_has(counter: Counter) -> None:
    kept = counter.ask("28" + "7" * 16, amount=1_000)
    counter.desk.mobile.drop(counter.ask(amount=300).order_no)
    counter.closing.step()  # reversed: on neither side
    day = counter.row(kept.order_no).business_date
    bill = counter.gateway.bill(day)
    assert billed(bill) == {kept.order_no: 1_000}

    def told(text: str) -> list[tuple[str, int, int]]:
        with counter.hall.store.reading() as reading:
            found = list(differences(reading, FACTS.outlet, day, text))
        assert all(isinstance(d.what, Message) for d in found)
        return [(d.order_no, d.ours, d.theirs) for d in found]

    assert told(bill) == []
    assert told(bill.replace(kept.order_no, "f" * 32)) == [(kept.order_no, 1_000, 0), ("f" * 32, 0, 1_000)]
    assert told(bill.replace("`10.00", "`10.01")) == [(kept.order_no, 1_000, 1_001)]
    with pytest.raises(BadForm, match="Line 2"):
        told(bill.replace("`10.00", "`10,01"))
    with pytest.raises(BadForm, match="not whole"):
        told("\n".join(bill.splitlines()[:-1]))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"booked": 0}, "mobile payment is booked once"),
        ({"amount": 1}, "mobile payment is booked once"),
        ({"state": "reversed"}, "what is booked was paid"),
        ({"refund_of": "x"}, "mobile payment goes back once"),
    ],
)
def test_verify_finds_what_does_not_agree(counter: Counter, changed: dict[str, object], rule: str) -> None:
    asked = counter.ask()
    done = counter.desk.orders.complete(counter.view.id, [asked.tender])
    key = asked.order_no
    if "refund_of" in changed:
        counter.desk.orders.cancel(done.serial, "客户反悔", FACTS.supervisor, FACTS.password)
        key = counter.hall.rows(MobilePayment, refund_of=asked.order_no)[0].order_no
    with counter.hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(MobilePayment, order_no=key), **changed)
    with counter.hall.store.reading() as reading:
        assert rule in {finding.rule for finding in verify(reading)}
