"""Figures at the desk: what is behind each of a day makes the figure, a period is its days, what a close waits for."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Handwritten, Tender
from boss_tui.reports.period import BY
from boss_tui.reports.report import Report, Section
from data.errors import NotAllowed, NotFound
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.sync import PrintJob
from tests.boss_tui.desk.test_closed_days import cancel, day_after
from tests.hall import FACTS, FLOAT, Hall


def a_lively_day(hall: Hall) -> None:
    """Openings in cash and by card, a fee, one cancelled, one taken back, copies, cash out of the drawer, a slip that
    could not be done and its money given back."""
    hall.open_account()
    view = hall.filled()
    hall.desk.orders.complete(view.id, [Tender("card", 4000, view.id[-12:]), Tender("cash", view.quote.due - 4000)])
    cancelled = hall.open_account()
    cancel(hall, cancelled.serial)
    view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
    fee = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    cancel(hall, fee.serial)
    hall.desk.papers.reprint(hall.desk.lookups.papers(cancelled.serial)[0].id, "丢失")
    hall.desk.till.cash_out(1000, "expense", "纸")
    number = f"SG-{len(hall.rows(HandwrittenSlip))}"
    hall.desk.handwriting.put_down(
        Handwritten(number, hall.desk.signing.state().business_date, "08:30", FACTS.clerk), "C2", "号码已售", 700
    )
    (slip,) = (item for item in hall.desk.queues.items() if item.kind == "slip")
    hall.desk.settling.settle("slip", slip.key, "back-cash", "王小明")


def table(report: Report, key: str) -> Section:
    return next(section for section in report.sections if section.key == key)


OF_ORDERS = ("business", "plan")
OF_MONEY = ("taken", "operator", "till", "tender", "refund", "item", "rate")


def test_what_is_behind_a_figure_makes_it(hall: Hall) -> None:
    a_lively_day(hall)
    report = hall.desk.figures.of_day()
    for key in (*OF_ORDERS, *OF_MONEY, "move", "suspense", "exception"):
        section = table(report, key)
        assert section.keys, key
        for row_key, row in zip(section.keys, section.rows, strict=True):
            found = hall.desk.figures.behind("", key, row_key)
            assert sum(one.amount for one in found) == row[-1], (key, row_key)
            if key in (*OF_ORDERS, "exception", "move", "suspense"):
                assert len(found) == abs(row[1]), (key, row_key)  # type: ignore[arg-type]
            elif key not in {"item", "rate", "refund"}:
                assert len({one.key for one in found}) == row[1], (key, row_key)
    serials = {order.serial for order in hall.rows(ProductOrder)}
    assert {one.key for one in hall.desk.figures.behind("", "taken", "C1")} <= serials


def test_behind_papers_and_shifts(hall: Hall) -> None:
    a_lively_day(hall)
    day_after(hall)
    report = hall.desk.figures.of_day("2026-11-23")
    for row_key, row in zip(table(report, "paper").keys, table(report, "paper").rows, strict=True):
        papers = hall.desk.figures.behind("2026-11-23", "paper", row_key)
        assert len(papers) == sum(row[2:5])  # type: ignore[arg-type]
    (shift,) = table(report, "shift").keys
    (one,) = hall.desk.figures.behind("2026-11-23", "shift", shift)
    assert one.kind == "z"
    assert hall.desk.reports.shown("z", one.key).preview
    for key, of in (("stock", "x"), ("nothing", "x"), ("exception", "x")):
        with pytest.raises(NotFound):
            hall.desk.figures.behind("", key, of)


def test_yesterdays_order_stands_behind_todays_exception(hall: Hall) -> None:
    sold = hall.open_account()
    day_after(hall)
    cancel(hall, sold.serial)
    assert [one.key for one in hall.desk.figures.behind("", "exception", "cancelled C1")] == [sold.serial]
    assert {one.key for one in hall.desk.figures.behind("", "exception", "red_earlier")} == {sold.serial}
    assert len(hall.desk.figures.behind("", "exception", "void_earlier")) == 2
    assert not hall.desk.figures.behind("2026-11-23", "exception", "cancelled C1")


@pytest.mark.parametrize("by", [by for by in BY if by != "day"])
def test_a_period_is_the_sum_of_its_days(hall: Hall, by: str) -> None:
    for _ in range(2):
        a_lively_day(hall)
        day_after(hall)
    days = [hall.desk.figures.of_day(date) for date in ("2026-11-23", "2026-11-24", "2026-11-25")]
    (section,) = hall.desk.figures.period("2026-11-23", "2026-11-25", by).sections
    assert section.keys or by in ("outside", "extra")
    for key, row in zip(section.keys, section.rows, strict=True):
        each = [dict(zip(table(day, by).keys, table(day, by).rows, strict=True)).get(key) for day in days]
        for place in range(1, len(row)):
            assert row[place] == sum(one[place] for one in each if one)  # type: ignore[misc]


def test_by_day_and_bounds(hall: Hall) -> None:
    a_lively_day(hall)
    taken = hall.desk.figures.of_day().summary[0].value
    day_after(hall)
    (section,) = hall.desk.figures.period("2026-11-23", "2026-11-24", "day").sections
    assert section.keys == ("2026-11-23", "2026-11-24")
    assert section.rows[0][2] == section.total[2] == taken
    (one,) = hall.desk.figures.period("2026-11-24", "2026-11-24", "day").sections
    assert one.keys == ("2026-11-24",)
    (none,) = hall.desk.figures.period("2027-01-01", "2027-01-31", "operator").sections
    assert (none.rows, none.total) == ((), ())
    with pytest.raises(NotFound, match="There are: day"):
        hall.desk.figures.period("", "", "weather")


def test_a_day_beside_others(hall: Hall) -> None:
    a_lively_day(hall)
    monday = hall.desk.figures.of_day().summary[0].value
    day_after(hall)
    sold = hall.open_account()
    lines = {str(one.label): one for one in hall.desk.figures.compared()}
    taken = lines["Taken in all"]
    assert taken.now == sold.due
    assert taken.then[0] == monday
    assert taken.then[2] is not None
    assert hall.desk.figures.trend()[-2:] == [("2026-11-23", monday), ("2026-11-24", sold.due)]
    clerk = next(one for label, one in lines.items() if label == FACTS.clerk)
    assert clerk.now == sold.due


def test_the_check_list_says_what_stops_and_what_is_worth_a_look(hall: Hall) -> None:
    hall.counter("1002", "HZ0102").till.open_shift(0)
    hall.open_account()
    view = hall.filled()
    hall.desk.forms.hold(view.id, "later")
    supervisor = hall.counter(FACTS.supervisor, "HZ0103")
    found = supervisor.day.check()
    assert [(one.kind, one.key) for one in found if one.stops] == [("shift", FACTS.clerk), ("shift", "1002")]
    assert [one.stops for one in found] == sorted((one.stops for one in found), reverse=True)
    looks = {(one.kind, one.key): one.count for one in found if not one.stops}
    assert looks["orders", "orders"] == len(hall.rows(ProductOrder, state="inProgress"))
    assert looks["queues", "prints"] == len([job for job in hall.rows(PrintJob) if job.state == "queued"])
    assert looks["forms", "held"] == 1
    assert ("safe", "") in looks
    with pytest.raises(NotAllowed):
        supervisor.day.close()
    hall.counter("1002", "HZ0102").till.close_shift({})
    with hall.store.reading() as reading:
        from boss_tui.components.till.shifts import expected_cash, shift_at

        shift = shift_at(reading, FACTS.counter)
        assert shift is not None
        held = expected_cash(reading, shift)
    hall.desk.till.close_shift({10: held // 10})
    assert not [one for one in supervisor.day.check() if one.stops]
    supervisor.day.close()
    with pytest.raises(NotAllowed, match="not open"):
        supervisor.day.check()
    assert held > FLOAT
