"""A run keeps the version of its process that it began with: whose word it asks for, sheets, time limits (M19)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Tender
from boss_tui.answers.hall import Bounds
from boss_tui.network.queue import queue_open
from data.errors import NeedsApproval, NotAllowed
from data.tables.document import PaperDocument
from data.tables.network import NetworkCommand
from data.tables.order import Process, ProductOrder
from data.tables.sync import PrintJob
from tests.hall import FACTS, Hall
from tests.handed import handed_change

pytestmark = pytest.mark.light

MANAGER = "2002"
ALWAYS = [{"role": "", "over": 0}]


def process(hall: Hall, business: str = "C1", **values: Any) -> int:
    """The process says something else from now on; answers its version."""
    told = {name: value if isinstance(value, int) else json.dumps(value) for name, value in values.items()}
    handed_change(hall.store, Process, business=business, **told)
    return int(hall.rows(Process, business=business)[0].revision)


def complete(hall: Hall, view: DraftView) -> ProductOrder:
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    order: ProductOrder = hall.rows(ProductOrder, id=outcome.order_id)[0]
    return order


def test_a_form_goes_by_the_version_that_it_began_with(hall: Hall) -> None:
    before = hall.rows(Process, business="C1")[0].revision
    opened, held = hall.filled(), hall.filled()
    hall.desk.forms.hold(held.id, "later")
    after = process(hall, approvals=ALWAYS, copies=[{"kind": "receipt", "sheets": 3}], network_minutes=7)
    old = complete(hall, hall.desk.forms.fill(opened.id, {}))
    hall.desk.serving.next_customer()
    recalled = complete(hall, hall.desk.forms.recall(held.number))
    assert [(one.process_version, one.approved_by) for one in (old, recalled)] == [(before, "")] * 2
    assert [json.loads(one.limits) for one in (old, recalled)] == [{"": 60}] * 2
    new = hall.filled()
    assert (new.qualification.verdict, after) == ("override", before + 1)
    with pytest.raises(NeedsApproval):
        complete(hall, new)
    done = complete(hall, hall.desk.approvals.approve(new.id, FACTS.supervisor, FACTS.password))
    assert (done.process_version, done.approved_by, json.loads(done.limits)) == (after, FACTS.supervisor, {"": 7})
    sheets = [len(hall.rows(PrintJob, document_id=paper(hall, one).id)) for one in (old, done)]
    assert sheets == [1, 3]


def paper(hall: Hall, order: ProductOrder) -> PaperDocument:
    found: PaperDocument = hall.rows(PaperDocument, order_id=order.id, kind="receipt")[0]
    return found


def test_each_sheet_beyond_the_first_is_marked_and_counted(hall: Hall) -> None:
    process(hall, copies=[{"kind": "receipt", "sheets": 3}])
    receipt = paper(hall, complete(hall, hall.filled()))
    jobs = hall.rows(PrintJob, document_id=receipt.id, order=("copy_number",))
    assert [(job.copy_number, "第" in job.preview.split("\n")[0]) for job in jobs] == [(0, False), (1, True), (2, True)]
    assert receipt.copies == 2
    hall.desk.papers.reprint(receipt.id, "存档")
    assert max(job.copy_number for job in hall.rows(PrintJob, document_id=receipt.id)) == 3


@pytest.mark.parametrize(("over", "asked"), [(-1, True), (0, False), (1, False)])
def test_above_an_amount_and_not_at_it(hall: Hall, over: int, asked: bool) -> None:
    due = hall.filled().quote.due
    process(hall, approvals=[{"role": "", "over": due + over}])
    assert (hall.filled().qualification.verdict == "override") is asked


def test_only_the_role_that_is_asked_for_gives_its_word_or_a_higher_grade(hall: Hall) -> None:
    process(hall, approvals=[{"role": "supervisor", "over": 0}, {"role": "manager", "over": 100}])
    view = hall.filled()
    with pytest.raises(NotAllowed) as refused:
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    assert refused.value.field == "staff_no"
    chief = hall.counter(FACTS.supervisor, "HZ0102")
    (code,) = chief.approvals.make_codes(1, Bounds(hours=8))
    with pytest.raises(NotAllowed):
        hall.desk.approvals.approve(view.id, code.code, "")
    chief.approvals.grant(Bounds(operator=FACTS.clerk, hours=8))
    assert hall.desk.forms.fill(view.id, {}).qualification.verdict == "override"
    assert hall.desk.approvals.approve(view.id, MANAGER, FACTS.password).qualification.verdict == "yes"
    process(hall, approvals=[{"role": "supervisor", "over": 0}])
    low = hall.filled()
    assert low.qualification.verdict == "yes"  # allowed in advance by one of that role
    assert complete(hall, low).approved_by == FACTS.supervisor


def test_a_change_of_the_form_asks_again(hall: Hall) -> None:
    process(hall, approvals=ALWAYS)
    view = hall.desk.approvals.approve(hall.filled().id, FACTS.supervisor, FACTS.password)
    assert view.qualification.verdict == "yes"
    assert hall.desk.forms.fill(view.id, {"contact_phone": "13900001111"}).qualification.verdict == "override"


def test_a_step_that_is_left_out_is_left_out(hall: Hall) -> None:
    assert hall.filled().notices
    steps = json.loads(hall.rows(Process, business="C1")[0].steps)
    process(hall, steps=[step for step in steps if step != "inform"])
    assert not [notice for notice in hall.filled().notices if notice.kind == "notice"]


@pytest.mark.parametrize(("act", "minutes"), [("create_subscriber", 5), ("change_sim", 60)])
def test_commands_wait_as_long_as_the_order_says(hall: Hall, act: str, minutes: int) -> None:
    process(hall, limits=[{"act": act, "minutes": 5}])
    complete(hall, hall.filled())
    process(hall, limits=[], network_minutes=90)
    while queue_open(hall.store, FACTS.outlet):
        pass
    assert {row.limit_minutes for row in hall.rows(NetworkCommand)} == {minutes}
