"""Who did what: totals of a hall, one person's acts, one's own; drill to the order; exceptions, amounts, businesses."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Tender
from boss_tui.components.operators.work_record import Deed, Sought, Total, totals
from boss_tui.desk.order_view import laid_out
from data.errors import NotAllowed, NotFound
from data.tables.document import PaperDocument
from data.tables.sync import AccessLog
from tests.hall import FACTS, Hall
from tests.head_office import HeadOffice

pytestmark = pytest.mark.light

DAY, BEFORE = "2026-11-23", "2026-11-22"


def fee(hall: Hall) -> str:
    """The serial of a C12."""
    view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


def total(hall: Hall, staff_no: str) -> Total:
    found = hall.counter(FACTS.supervisor, "HZ0102").personnel.work(DAY, DAY)
    return next((each for each in found if each.staff_no == staff_no), Total(staff_no))


def test_a_day_is_told_person_by_person(hall: Hall) -> None:
    before = total(hall, FACTS.clerk)
    outcome = hall.open_account()
    fee(hall)
    hall.desk.finding.find("1380000")
    after = total(hall, FACTS.clerk)
    assert (after.orders, after.taken > before.taken) == (before.orders + 2, True)
    assert after.name
    assert outcome.serial in [deed.subject for deed in hall.desk.personnel.work_of()]
    with hall.store.reading() as reading:
        assert totals(reading, Sought(BEFORE, DAY, "elsewhere")) == []
        assert totals(reading, Sought("2020-01-01", "2020-01-02")) == []


def test_looks_with_no_order_after_them_stand_out() -> None:
    some = Total("1001", orders=2, looks=5)
    assert some.looks_alone == 3
    assert replace(some, orders=5).looks_alone == 0
    assert replace(some, orders=6).looks_alone == 0


def test_everybody_sees_their_own_and_a_supervisor_that_of_others(hall: Hall) -> None:
    serial = fee(hall)
    (mine,) = [deed for deed in hall.desk.personnel.work_of() if deed.kind == "order"]
    assert (mine.subject, mine.what, mine.counter, mine.why) == (serial, "C12", FACTS.counter, ())
    assert hall.desk.lookups.order(mine.subject).serial == serial  # from a line to the order, and its papers
    assert hall.desk.lookups.papers(serial)
    (paper, *_) = hall.desk.lookups.papers(serial)
    hall.desk.papers.reprint(paper.id, "lost")
    behind = {deed.what: hall.desk.personnel.run_of(deed) for deed in hall.desk.personnel.work_of()}
    assert {behind[what] for what in ("C12", "look.order", "look.papers", "reprint")} == {serial}
    assert hall.desk.personnel.run_of(Deed("", FACTS.counter, "access", "find", "1380000")) == ""
    with hall.store.reading() as reading:  # what another store printed is laid out anew, as it was
        assert laid_out(reading.one(PaperDocument, id=paper.id)) == paper.preview
    with pytest.raises(NotAllowed, match="A supervisor looks after"):
        hall.desk.personnel.work_of(FACTS.supervisor)
    with pytest.raises(NotAllowed, match="A supervisor looks after"):
        hall.desk.personnel.work()
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    assert serial in [deed.subject for deed in supervisor.personnel.work_of(FACTS.clerk)]
    read = [(row.act, row.subject) for row in hall.rows(AccessLog, operator=FACTS.supervisor)]
    assert ("access.read", FACTS.clerk) in read  # who looks at others is on record, too
    with pytest.raises(NotFound):
        supervisor.personnel.work_of("3001")


def test_they_are_narrowed_by_business_amount_and_exception(hall: Hall) -> None:
    opened, paid = hall.open_account(), fee(hall)
    work = hall.desk.personnel.work_of
    assert [deed.subject for deed in work(business="c12")] == [paid]
    assert [deed.subject for deed in work(business="C1")] == [opened.serial]  # not C12
    amounts = {deed.subject: deed.amount for deed in work() if deed.kind == "order"}
    assert [d.subject for d in work(amount=amounts[opened.serial], business="C1")] == [opened.serial]
    assert work(amount=amounts[opened.serial] + 1, business="C1") == []
    assert [deed for deed in work(exceptions=True) if deed.kind == "order"] == []
    desk = hall.counter(FACTS.supervisor, "HZ0102")
    desk.till.open_shift(50_000)
    desk.orders.cancel(opened.serial, "typed twice", FACTS.manager, FACTS.password)
    (back,) = (deed for deed in work(exceptions=True) if deed.kind == "order")
    assert (back.subject, "back" in back.why) == (opened.serial, True)
    assert total(hall, FACTS.clerk).back == 1


@pytest.mark.parametrize(
    ("since", "until", "field"), [("no day", "", "since"), ("", "no day", "until"), (DAY, BEFORE, "until")]
)
def test_dates_are_dates_in_their_order(hall: Hall, since: str, until: str, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        hall.desk.personnel.work_of("", since, until)
    assert refused.value.field == field


def test_the_office_sees_what_managers_did(head_office: HeadOffice) -> None:
    head_office.in_force("M6")
    found = {each.staff_no: each for each in head_office.maker.personnel.work()}
    assert (found["3001"].managed, found["3002"].managed) == (1, 1)
    told = [deed.what for deed in head_office.maker.personnel.work_of("3002")]
    assert "M6 edition.approve" in told
    assert head_office.maker.personnel.work_of("3002", business="M4") == []
