"""Electronic invoices: asked of the tax platform once, whatever happens on the way; taken back by slips alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Outcome, Tender
from boss_tui.chores.issuing import ASKER, LONGEST, PLATFORM, Issuing
from boss_tui.remote import Caller, simulated_tax
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import ServiceState, Simulated
from data.errors import BadForm, NotAllowed
from data.tables.document import InvoiceRequest, PaperDocument
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.eligibility import Interface
from data.tables.organisation import Alarm
from tests.boss_tui.transactions.following import sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line


@dataclass
class Desk:
    """A hall, the platform, and what goes on between them."""

    hall: Hall
    platform: ServiceState
    issuing: Issuing

    def sold(self) -> Outcome:
        """An opening whose invoice is put off."""
        view = self.hall.filled(prepayment="50")
        self.hall.desk.invoices.keep(view.id, Invoicing("later", "", ""))
        return self.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])

    def drawn(self, **said: str) -> Outcome:
        outcome = self.sold()
        self.hall.desk.electronic.draw(outcome.serial, **said)
        return outcome

    def step(self) -> bool:
        self.hall.clock.move(minutes=LONGEST.seconds // 60)
        return self.issuing.step()

    def one(self) -> ElectronicInvoice:
        (row,) = self.hall.rows(ElectronicInvoice)
        made: ElectronicInvoice = row
        return made

    def slip(self) -> RedConfirmation:
        (row,) = self.hall.rows(RedConfirmation)
        made: RedConfirmation = row
        return made

    def count(self) -> int:
        """How many invoices the platform issued."""
        return len(self.platform.tax(simulated_tax.issued))


@pytest.fixture
def desk(hall: Hall, tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "services"
    home.mkdir()
    about = {"name_zh": "电子发票平台", "kind": "remote", "address": "simulated:", "path": "/v1/invoices"}
    if not hall.rows(Interface, code=PLATFORM):
        hand_down(hall.store, row_line(Interface, "add", code=PLATFORM, timeout_ms=300, failures=1_000, **about))
    caller = Caller()
    with Simulated(home) as running:
        services = Services(home, hall.store.clock, caller)
        yield Desk(hall, running.state, Issuing(hall.store, FACTS.outlet, lambda: services))
    caller.close()


def test_the_number_comes_later_and_the_receipt_at_once(desk: Desk) -> None:
    outcome = desk.drawn(title="杭州某某科技有限公司", tax_number="913301080000000", mail="cw@example.cn")
    assert desk.one().state == "waiting"
    assert desk.hall.rows(PaperDocument, kind="receipt", order_id=outcome.order_id)
    assert desk.step()
    row = desk.one()
    assert (row.state, len(row.number), row.title) == ("issued", 20, "杭州某某科技有限公司")
    assert not desk.hall.rows(PaperDocument, kind="invoice", order_id=outcome.order_id)
    (request,) = desk.hall.rows(InvoiceRequest, order_id=outcome.order_id)
    assert request.state == "electronic"
    assert not desk.step()  # nothing is left to ask
    assert sound(desk.hall)


def test_an_invoice_is_drawn_once_on_paper_or_electronically(desk: Desk) -> None:
    outcome = desk.drawn()
    with pytest.raises(NotAllowed):
        desk.hall.desk.electronic.draw(outcome.serial)
    with pytest.raises(NotAllowed):
        desk.hall.desk.invoices.draw(outcome.serial)


@pytest.mark.parametrize("fault", ["down", "lose", "broken", "garbage", "wrong", "slow"])
def test_whatever_happens_on_the_way_it_is_issued_once(desk: Desk, fault: str) -> None:
    desk.drawn()
    desk.platform.fault(fault, 1.0, times=2)
    for _ in range(4):
        desk.step()
    assert (desk.one().state, desk.count()) == ("issued", 1)
    ((_, number, amount),) = desk.platform.tax(simulated_tax.issued)
    assert (desk.one().number, desk.one().amount) == (number, amount)
    assert sound(desk.hall)


def test_a_reply_that_is_lost_is_looked_up_and_nothing_is_issued_twice(desk: Desk) -> None:
    desk.drawn()
    desk.platform.fault("lose", times=1)
    assert not desk.step()
    assert (desk.one().state, desk.count()) == ("issuing", 1)
    assert desk.step()
    assert (desk.one().state, desk.count()) == ("issued", 1)


def test_without_a_link_the_request_is_kept(desk: Desk) -> None:
    desk.platform.fault("down")
    desk.drawn()
    for _ in range(3):
        assert not desk.step()
    assert desk.one().state == "issuing"
    desk.platform.mend()
    assert desk.step()
    assert desk.one().state == "issued"


def test_one_that_takes_its_time_is_asked_about_until_it_is_issued(desk: Desk) -> None:
    desk.drawn()
    desk.platform.tax(simulated_tax.take_time, 2)
    states = []
    for _ in range(4):
        desk.step()
        states.append(desk.one().state)
    assert states == ["issuing", "issuing", "issued", "issued"]
    assert desk.count() == 1


def test_the_month_s_credit_bounds_it_and_is_told(desk: Desk) -> None:
    desk.drawn()
    amount = desk.one().amount
    desk.platform.tax(simulated_tax.set_credit, amount - 1)
    desk.step()
    assert (desk.one().state, desk.one().message) == ("waiting", "本月授信额度不足")
    desk.platform.tax(simulated_tax.set_credit, amount)
    desk.step()
    assert (desk.one().state, desk.one().message) == ("issued", "")
    assert desk.issuing.credit()["left"] == 0


def test_what_the_platform_refuses_is_told_and_asked_for_anew(desk: Desk) -> None:
    outcome = desk.drawn(title="某公司", tax_number="913301080000000")
    desk.platform.tax(simulated_tax.refuse, True)
    desk.step()
    assert desk.one().state == "failed"
    assert [row.kind for row in desk.hall.rows(Alarm, kind="electronic")] == ["electronic"]
    desk.hall.desk.electronic.anew(outcome.serial)
    desk.step()
    assert [row.state for row in desk.hall.rows(Alarm, kind="electronic")] == ["open", "open"]  # refused once more
    desk.platform.tax(simulated_tax.refuse, False)
    desk.hall.desk.electronic.anew(outcome.serial, title="某某公司")
    desk.step()
    assert (desk.one().state, desk.one().attempt, desk.one().title) == ("issued", 3, "某某公司")
    ended = [(row.state, row.seen_by, row.words) for row in desk.hall.rows(Alarm, kind="electronic")]
    assert ended == [("seen", ASKER, desk.one().number)] * 2
    with pytest.raises(NotAllowed):
        desk.hall.desk.electronic.anew(outcome.serial)


def issued(desk: Desk) -> Outcome:
    outcome = desk.drawn()
    desk.step()
    assert desk.one().state == "issued"
    return outcome


def supervisor(desk: Desk) -> Any:
    return desk.hall.counter(FACTS.supervisor, "HZ0102").electronic


def test_a_part_is_taken_back_by_a_slip_at_once_where_nobody_used_it(desk: Desk) -> None:
    outcome = issued(desk)
    view = supervisor(desk).red(outcome.serial, 100, "04")
    assert view.left == view.amount - 100
    desk.step()
    row = desk.slip()
    assert (row.state, len(row.number)) == ("01", 20)
    assert sound(desk.hall)


@pytest.mark.parametrize(("yes", "state"), [(True, "04"), (False, "05")])
def test_what_the_buyer_used_needs_their_word(desk: Desk, yes: bool, state: str) -> None:
    outcome = issued(desk)
    desk.platform.tax(simulated_tax.used_by_buyer, desk.one().number)
    supervisor(desk).red(outcome.serial, 100, "01")
    desk.step()
    assert (desk.slip().state, desk.slip().number) == ("02", "")
    desk.platform.tax(lambda memory: simulated_tax.confirm(memory, desk.slip().slip, yes=yes))
    desk.step()
    assert (desk.slip().state, bool(desk.slip().number)) == (state, yes)
    assert supervisor(desk).listed()[0].left == desk.one().amount - (100 if yes else 0)
    assert bool(desk.hall.rows(Alarm, kind="electronic")) is not yes


@pytest.mark.parametrize(("hours", "state"), [(71, "02"), (72, "07")])
def test_a_slip_lapses_after_72_hours(desk: Desk, hours: int, state: str) -> None:
    outcome = issued(desk)
    desk.platform.tax(simulated_tax.used_by_buyer, desk.one().number)
    supervisor(desk).red(outcome.serial, 100, "02")
    desk.step()
    desk.platform.tax(simulated_tax.pass_hours, hours)
    desk.step()
    assert desk.slip().state == state


def test_a_slip_whose_answer_is_lost_takes_back_once(desk: Desk) -> None:
    outcome = issued(desk)
    supervisor(desk).red(outcome.serial, 100, "03")
    desk.platform.fault("lose", times=1)
    desk.step()
    assert desk.slip().state == "10"
    desk.step()
    assert desk.slip().state == "01"
    assert desk.issuing.credit()["used"] == desk.one().amount - 100


@pytest.mark.parametrize(
    ("amount", "reason", "field"),
    [(0, "01", "amount"), (-1, "01", "amount"), (100, "05", "reason"), (100, "", "reason")],
)
def test_a_wrong_slip_is_refused_beside_its_field(desk: Desk, amount: int, reason: str, field: str) -> None:
    outcome = issued(desk)
    with pytest.raises(BadForm) as refused:
        supervisor(desk).red(outcome.serial, amount, reason)
    assert list(refused.value.errors) == [field]
    assert desk.hall.rows(RedConfirmation) == []


def test_no_more_is_taken_back_than_is_left(desk: Desk) -> None:
    outcome = issued(desk)
    whole = desk.one().amount
    supervisor(desk).red(outcome.serial, whole - 1, "01")
    with pytest.raises(BadForm):
        supervisor(desk).red(outcome.serial, 2, "01")
    supervisor(desk).red(outcome.serial, 1, "01")


def test_a_clerk_takes_none_back(desk: Desk) -> None:
    outcome = issued(desk)
    with pytest.raises(NotAllowed):
        desk.hall.desk.electronic.red(outcome.serial, 100, "01")


def test_an_order_that_is_taken_back_takes_its_invoice_back(desk: Desk) -> None:
    outcome = issued(desk)
    desk.hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (desk.slip().amount, desk.slip().reason) == (desk.one().amount, "03")
    desk.step()
    assert desk.slip().state == "01"
    assert sound(desk.hall)


def test_one_that_was_not_sent_is_not_asked_for_any_more(desk: Desk) -> None:
    outcome = desk.drawn()
    desk.hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert desk.one().state == "cancelled"
    assert not desk.step()
    assert desk.count() == 0
    assert sound(desk.hall)


@pytest.mark.parametrize("mail", ["x", "@x", "x@", "a b@c.cn", "王@c.cn"])
def test_a_mail_is_an_address(desk: Desk, mail: str) -> None:
    outcome = desk.sold()
    with pytest.raises(BadForm) as refused:
        desk.hall.desk.electronic.draw(outcome.serial, mail=mail)
    assert list(refused.value.errors) == ["mail"]
