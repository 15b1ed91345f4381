"""The till at the desk: who opens and closes days and shifts, and which report is printed when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.desk import staff, till
from data.errors import NotAllowed, NotFound
from data.tables.finance import BusinessDay, Shift
from data.tables.organisation import Counter, Operator
from data.tables.sync import AccessLog, JournalEntry
from tests.boss_tui.components.rows import Rows, row
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)


def acts(shop: Shop, *of: str) -> list[tuple[str, str, str]]:
    return sorted((row.act, row.subject, row.reason) for row in shop.rows(AccessLog) if row.act in of)


def fee(shop: Shop) -> str:
    """The serial of a C12."""
    view = shop.desk.forms.begin("C12", shop.desk.forms.example("C12"))
    return shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


# the till


def test_a_supervisor_opens_and_closes_the_day(shop: Shop) -> None:
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    for act in (lambda: shop.desk.day.open("2026-11-24"), shop.desk.day.close):
        with pytest.raises(NotAllowed, match="A supervisor opens and closes"):
            act()
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    report = desk.day.close()
    assert report.kind == "report"
    day = shop.one(BusinessDay, outlet=FACTS.outlet, business_date="2026-11-23")
    assert (day.state, day.closed_by) == ("closed", FACTS.supervisor)
    assert desk.day.next() == "2026-11-24"
    desk.day.open("2026-11-24")
    opened = shop.one(BusinessDay, outlet=FACTS.outlet, business_date="2026-11-24")
    assert (opened.state, opened.opened_by) == ("open", FACTS.supervisor)
    (entry,) = shop.rows(JournalEntry, kind="day.open", operator=FACTS.supervisor, counter="HZ0102")
    assert entry.business_date == "2026-11-24"


@pytest.mark.parametrize(("day", "vouched"), [("2026-11-27", True), ("2026-11-28", False)])
def test_who_opens_the_day_that_a_doubted_clock_shows_vouches_for_it(shop: Shop, day: str, vouched: bool) -> None:
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    desk.day.close()
    shop.clock.move(days=4)
    if not vouched:
        with pytest.raises(Exception, match="Set the clock"):
            desk.day.open(day)
        return
    desk.day.open(day)
    assert acts(shop, "clock.vouched") == [("clock.vouched", FACTS.outlet, FACTS.supervisor)]
    assert desk.queues.counts().clock is None


def test_where_no_shift_was_there_is_no_report_of_one(shop: Shop) -> None:
    used = {row.till for row in shop.rows(Shift)}
    desk = shop.counter("1002", next(row.code for row in shop.rows(Counter) if row.code not in used))
    refused: tuple[Callable[[], object], ...] = (
        lambda: desk.till.cash_in(100, "change", "x"),
        lambda: desk.till.cash_out(100, "drop", "x"),
        lambda: desk.reports.shown("x"),
        lambda: desk.till.close_shift({}),
    )
    for act in refused:
        with pytest.raises(NotFound, match="No shift is open"):
            act()
    with pytest.raises(NotFound, match="No shift was closed"):
        desk.reports.shown("z")
    assert desk.reports.shown("day").number == shop.desk.reports.shown("day").number


def test_a_z_is_of_a_till_s_last_shift_or_of_its_number(shop: Shop) -> None:
    shop.desk.till.close_shift({10000: 5})
    (closed,) = shop.rows(Shift, till=FACTS.counter, business_date="2026-11-23")
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    last = desk.reports.shown("z", FACTS.counter).number
    assert desk.reports.shown("z", f"{FACTS.counter}/{closed.z_number}").number == last
    assert last != (desk.reports.shown("z").number if shop.rows(Shift, till="HZ0102", state="closed") else "")
    for number in ("0", "x", "９", str(closed.z_number + 1)):
        with pytest.raises(NotFound, match=f"no Z of number {number}"):
            desk.reports.shown("z", f"{FACTS.counter}/{number}")


def test_a_report_is_of_the_latest_day_and_in_the_language_of_who_reads_it(shop: Shop) -> None:
    assert len(shop.rows(BusinessDay, outlet=FACTS.outlet)) > 2
    chinese = "".join(shop.desk.reports.shown("day").preview)
    assert "2026-11-23" in chinese
    shop.desk.signing.speak("en")
    english = "".join(shop.desk.reports.shown("day").preview)
    assert "Day" in english
    assert english != chinese


def test_a_shift_is_closed_with_what_was_counted_and_its_z_printed_again_as_a_copy(shop: Shop) -> None:
    shop.desk.till.cash_in(5_000, "change", "from the safe")
    x = shop.desk.reports.shown("x")
    assert x.preview
    z = shop.desk.till.close_shift({10_000: 5, 5_000: 1})
    (shift,) = shop.rows(Shift, till=FACTS.counter, state="closed", closed_at=shop.at())
    assert (z.id, shift.z_number) == (shift.id, max(row.z_number for row in shop.rows(Shift, till=FACTS.counter)))
    first, second = shop.desk.reports.print("z"), shop.desk.reports.print("z")
    assert "".join(first.preview) != "".join(z.preview)
    assert "".join(first.preview) != "".join(second.preview)
    assert shop.desk.reports.shown("z").number == first.number
    assert len(shop.rows(AccessLog, act="reprint", subject=shift.id)) == 2
    assert shop.desk.reports.print("day").kind == "report"
    assert len(shop.rows(AccessLog, act="reprint", subject=shift.id)) == 2


@pytest.mark.parametrize("approver", ["", FACTS.supervisor])
def test_a_large_difference_needs_a_supervisor_s_password(shop: Shop, approver: str) -> None:
    if not approver:
        with pytest.raises(NotAllowed) as refused:
            shop.desk.till.close_shift({}, "stolen")
        assert refused.value.field == "approved_by"
        return
    with pytest.raises(NotAllowed, match="wrong"):
        shop.desk.till.close_shift({}, "stolen", approver, "wrong")
    shop.desk.till.close_shift({}, "stolen", approver, FACTS.password)
    assert shop.rows(Shift, till=FACTS.counter, state="open") == []


@pytest.mark.parametrize(
    ("here", "other", "sides"),
    [
        ("1001", "1002", ("1001", "1002")),
        ("1001", "", None),
        ("1002", "", ("1002", "1002")),
        ("1002", "1001", ("1001", "1002")),
        ("2001", "1002", ("2001", "1002")),
    ],
)
def test_who_ends_a_shift_and_who_takes_its_drawer(here: str, other: str, sides: tuple[str, str] | None) -> None:
    """Of the shift of 1001: whoever works here is one side, the cashier ends it where they say yes."""
    if sides is None:
        with pytest.raises(NotAllowed) as refused:
            till._sides("1001", here, other)
        assert refused.value.field == "staff_no"
    else:
        assert till._sides("1001", here, other) == sides


@pytest.mark.parametrize(("staff_no", "name"), [("1001", "王芳"), ("1009", "")])
def test_a_shift_is_told_with_the_name_of_its_cashier_where_that_is_known(staff_no: str, name: str) -> None:
    rows: Any = Rows(row(Operator, staff_no="1001", name="王芳"))
    told = till._line(rows, row(Shift, operator=staff_no, till="HZ0101", state="open"))
    assert (told.staff_no, told.name, told.till, told.state) == (staff_no, name, "HZ0101", "open")
