"""Credit control from one end to the other: a run at headquarters, an outlet's order, the network's command, a payment,
and the line works again; over the link, and with the link cut in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.chores.controlling import perform_orders
from boss_tui.chores.scheduling import perform_due
from boss_tui.management.m08 import control as m08_control
from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway_address import open_gateway
from boss_tui.network.preload import preload
from boss_tui.network.work import Network
from data.clock import moment
from data.demo.hall import ELEMENT
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.credit import HallCredit
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.job import Job
from data.tables.life import Suspension
from data.tables.network import NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import SyncException
from tests.boss_tui.transactions.test_c06_suspend import a_line
from tests.hall import FACTS
from tests.linked_hall import CHECKER, LinkedHall

MINUTES = 15


class Controlled:
    """A hall with its headquarters and its network element, and a line of the hall that is overdue."""

    def __init__(self, linked: LinkedHall, folder: Path) -> None:
        self.linked, self.hall = linked, linked.hall
        self.maker, self.checker = linked.at_office(), linked.at_office(CHECKER)
        self.network = Network(self.hall.store, FACTS.outlet, folder)
        with self.hall.store.reading() as reading:
            row = reading.one(NetworkElement, code=ELEMENT)
            speech = dialect(row.dialect)
            gateway = open_gateway(row.gateway, folder)
            self.element = Element(folder / "e.db", speech, gateway, clock=self.hall.clock, code=ELEMENT)
            preload(self.element.state, reading, ELEMENT, speaks=speech)
        self.line = a_line(self.hall, owing=True)

    def run(self, stopped_after: int = 0) -> Job:
        """A run at headquarters as a job; stopped after so many steps, and gone on with."""
        files = self.maker.row_files
        job = files.begin_run("M8/control_order", title="当日信控", reason="每日")
        steps = 0
        while job.state == "running":
            job = files.step(job.id)
            steps += 1
            if steps == stopped_after:
                files.stop(job.id)
                job = files.go_on(job.id)
        return job

    def signed(self, job: Job) -> None:
        """What a run has found, signed by another person."""
        for edition in self.editions(job):
            self.maker.editions.submit(edition)
            assert self.checker.editions.approve(edition).state == "in_force"

    def editions(self, job: Job) -> list[str]:
        return [edition for edition, _ in json.loads(job.said)["editions"]]

    def at_the_hall(self) -> None:
        """What the hall's program does by itself every some seconds."""
        perform_orders(self.hall.store, FACTS.outlet, FACTS.counter)
        perform_due(self.hall.store, FACTS.outlet)
        for _ in range(10):
            moved = self.network.step()
            moved = bool(self.element.step().commands) or moved
            moved = bool(complete_finished(self.hall.store, FACTS.outlet)) or moved
            if not moved:
                return

    def exchange(self) -> None:
        """Over the link, and what the hall does with what it hears."""
        for _ in range(2):
            self.linked.exchange()
            self.at_the_hall()
        self.linked.exchange()

    def pays(self) -> None:
        """All that is owed, at the counter."""
        view = self.hall.desk.forms.begin("C12", {"who": self.line.number})
        assert not view.errors, view.errors
        self.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])

    def state(self) -> tuple[str, list[str]]:
        """Of the line in the hall's book: its state, and why it is stopped."""
        (row,) = self.hall.rows(Subscription, id=self.line.id)
        return row.state, [each.cause for each in self.hall.rows(Suspension, subscription_id=row.id, state="running")]

    def commands(self) -> list[str]:
        """What the network was told of the line and has done, in order."""
        orders = self.hall.rows(ProductOrder, subscription_id=self.line.id, order=("serial",))
        works = [work for order in orders for work in self.hall.rows(WorkOrder, order_id=order.id)]
        done = {row.work_order_id for row in self.hall.rows(NetworkCommand, state="answered")}
        return [work.act for work in works if work.id in done]

    def outcome(self, act: str) -> str:
        """What came of headquarters' order about the line, as headquarters has heard of it."""
        (order,) = self.linked.central_rows(ControlOrder, subscription_id=self.line.id, act=act)
        done = self.linked.central_rows(ControlDone, control_order=order.id)
        return done[0].outcome if done else ""

    def close(self) -> None:
        self.element.close()


@pytest.fixture
def controlled(linked: LinkedHall, tmp_path: Path) -> Iterator[Controlled]:
    made = Controlled(linked, tmp_path)
    yield made
    made.close()


def test_from_a_run_to_the_network_and_from_a_payment_back_within_minutes(controlled: Controlled) -> None:
    controlled.linked.exchange()
    job = controlled.run()
    assert controlled.linked.central_rows(ControlOrder) == [], "it is a list until another person signs it"
    controlled.signed(job)
    controlled.exchange()
    assert controlled.state() == ("suspended", ["arrears_outgoing"])
    assert controlled.commands() == ["bar_outgoing"]
    assert controlled.outcome("stop_outgoing") == "done"
    paid_at = controlled.hall.clock.now()
    controlled.pays()
    controlled.exchange()
    assert controlled.state() == ("active", [])
    assert controlled.commands() == ["bar_outgoing", "unbar"]
    (last,) = controlled.hall.rows(Suspension, subscription_id=controlled.line.id)
    (order,) = controlled.hall.rows(ProductOrder, id=last.lifted_order_id)
    assert (moment(order.completed_at) - paid_at).total_seconds() < MINUTES * 60
    assert controlled.linked.is_sound()


def test_with_the_link_cut_a_payment_at_the_counter_goes_before_what_headquarters_still_orders(
    controlled: Controlled,
) -> None:
    controlled.linked.exchange()
    controlled.signed(controlled.run())
    controlled.pays()  # headquarters has not heard of it, nor the hall of the order
    controlled.at_the_hall()
    assert controlled.state() == ("active", [])
    controlled.exchange()
    assert (controlled.state(), controlled.commands()) == (("active", []), [])
    assert controlled.outcome("stop_outgoing") == "not_needed"
    assert controlled.linked.is_sound()


def test_stopped_over_the_link_and_paid_without_it_the_line_works_again_at_once(controlled: Controlled) -> None:
    controlled.linked.exchange()
    controlled.signed(controlled.run())
    controlled.exchange()
    assert controlled.state()[0] == "suspended"
    controlled.pays()
    for _ in range(3):
        controlled.at_the_hall()  # nobody calls headquarters
    assert controlled.state()[1] == []
    controlled.exchange()
    assert (controlled.state(), controlled.commands()) == (("active", []), ["bar_outgoing", "unbar"])
    assert controlled.linked.is_sound()


def test_a_run_that_was_stopped_is_gone_on_with_and_lists_every_line_once(
    controlled: Controlled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(m08_control, "PAGE", 5)
    controlled.linked.exchange()
    job = controlled.run(stopped_after=1)
    assert job.state == "done"
    controlled.signed(job)
    orders = controlled.linked.central_rows(ControlOrder, run=job.id)
    assert len({row.subscription_id for row in orders}) == len(orders) > 0
    assert controlled.linked.is_sound()


def words(controlled: Controlled) -> list[Any]:
    return controlled.linked.central_rows(HallCredit)


def test_headquarters_hears_of_a_halls_words_and_goes_by_them(controlled: Controlled) -> None:
    controlled.linked.exchange()
    manager = controlled.hall.counter("2002", "HZ0103")
    typed = {"number": controlled.line.number, "credit_limit": "100.00", "valid_to": "2026-12-01", "reason": "出差"}
    manager.acting.do("M8", "raise", typed)
    controlled.exchange()
    assert [(row.kind, row.credit_limit) for row in words(controlled)] == [("raise", 10_000)]
    told = controlled.maker.trying.try_out("M8", {"number": controlled.line.number})
    assert any("100.00, lent until 2026-12-01" in str(fact.value) for fact in told)
    assert controlled.linked.central_rows(SyncException) == []
    assert controlled.linked.is_sound()


def test_what_is_not_done_for_no_reason_is_put_aside(controlled: Controlled) -> None:
    """The hall's book is altered beside the program: as if it had been paid, though nobody did."""
    controlled.linked.exchange()
    controlled.signed(controlled.run())
    with controlled.hall.store.transaction(Author(FACTS.outlet, "by hand", FACTS.clerk), journalled=False) as tx:
        for bill in tx.all(CustomerBill, account_id=controlled.line.account_id):
            tx.change(bill, paid=bill.amount, state="settled")
    controlled.exchange()
    assert controlled.commands() == []
    (found,) = controlled.linked.central_rows(SyncException)
    assert (found.reason, found.state) == ("trust", "open")
    assert controlled.outcome("stop_outgoing") == ""
