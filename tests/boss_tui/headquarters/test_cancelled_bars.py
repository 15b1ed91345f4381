"""A cancelled stop of which the network has been told with a narrower one: the order that says the narrower one is
believed, though nobody typed it (catalogue C6; `boss_tui.desk.cancelling`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from boss_tui.answers.business import Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.network import rows
from data.message import say
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.headquarters.liar import hall, headquarters, journal, push
from tests.boss_tui.transactions.following import done_one
from tests.hall import FACTS, Hall


def in_arrears(at: Hall) -> Subscription:
    """A line that works, of an account with an unpaid bill that is due."""
    for bill in at.rows(CustomerBill):
        lines = at.rows(Subscription, account_id=bill.account_id, state="active")
        if lines and bill.amount > bill.paid and bill.due_on < "2026-11-23":
            found: Subscription = lines[0]
            return found
    raise AssertionError("the demonstration has somebody in arrears")


def stopped(at: Hall, line: Subscription, **typed: str) -> ProductOrder:
    """An order that stops the line, with a supervisor's word where it needs one."""
    (owner,) = at.rows(Customer, id=line.customer_id)
    named = {"number": line.number, "document_number": owner.document_number}
    view = at.desk.forms.begin("C6", {**named, **typed})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = at.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    serial = at.desk.orders.complete(view.id, [Tender("cash", due)] if due else []).serial
    at.desk.serving.next_customer()
    (order,) = at.rows(ProductOrder, serial=serial)
    return order  # type: ignore[no-any-return]


def of_order(at: Hall, order: ProductOrder, **where: Any) -> WorkOrder:
    (work,) = at.rows(WorkOrder, order_id=order.id, **where)
    return work  # type: ignore[no-any-return]


def test_what_the_network_is_told_since_an_order_is_cancelled_is_believed(tmp_path: Path) -> None:
    at = hall(tmp_path)
    line = in_arrears(at)
    wide = stopped(at, line, action="suspend", cause="fraud", reason="诈骗")
    with at.store.transaction(rows.author_for(FACTS.outlet, wide)) as tx:
        rows.fail(tx, tx.one(WorkOrder, order_id=wide.id), say("no"))
    narrow = stopped(at, line, action="suspend", cause="arrears_outgoing")
    done_one(at.store, FACTS.outlet, FACTS.clerk, of_order(at, narrow), narrow)
    complete_finished(at.store, FACTS.outlet)
    at.desk.settling.settle("manual", of_order(at, wide, kind="manual").id, "give_up", "not there")
    at.desk.orders.cancel(wide.serial, "mistaken", FACTS.supervisor, FACTS.password)
    told, office = journal(at), headquarters(tmp_path)
    (agrees,) = at.rows(ProductOrder, business="C6", state="inProgress")
    assert json.loads(agrees.form_json) == {"number": line.number}
    assert push(office, told) == []
    with office.store.reading() as reading:
        assert reading.one(ProductOrder, id=agrees.id).state == "inProgress"
    at.store.close()
