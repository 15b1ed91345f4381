"""A closed day never changes: what happens later to its orders, papers, lines and names counts on the day it happens;
its report stays as it was signed, byte for byte, in every form; and nothing more is dated on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Invoicing, Outcome, Tender
from boss_tui.chores.completion import complete_finished
from boss_tui.components.ledger.ledger import Leg, post
from boss_tui.locale import words
from boss_tui.reports.closing import digest_of
from boss_tui.reports.files import written
from boss_tui.reports.period import summed
from boss_tui.reports.report import Report, as_json, from_json
from boss_tui.reports.sheets import Printing
from boss_tui.verify import closings
from data.errors import DayClosed, NotAllowed, NotFound
from data.journal import Author, canonical
from data.schema import guards
from data.statements import columns
from data.tables.customer import Customer
from data.tables.finance import BusinessDay, ClosingReport, Posting
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Outlet
from data.tables.product import Product
from data.tables.service import Figure
from data.tables.sync import AccessLog
from tests.boss_tui.transactions.following import findings, network_answers, next_day, sound
from tests.hall import FACTS, FLOAT, START, Hall

MONDAY = "2026-11-23"
PRINTING = Printing("1001", START)


def day_after(hall: Hall) -> str:
    """The day is closed; the next one is open, with a shift of the clerk."""
    now = hall.desk.signing.state().business_date
    following = (date.fromisoformat(now) + timedelta(days=1)).isoformat()
    next_day(hall, following)
    hall.clock.move(days=1)
    hall.counter(FACTS.supervisor, "HZ0102").trust.vouch_for_clock(FACTS.supervisor, FACTS.password)
    hall.desk.till.open_shift(FLOAT)
    return following


def report(hall: Hall, kind: str = "day", key: str = "") -> Report:
    with hall.store.reading() as reading:
        return hall.desk.reports.data(reading, kind, key)


def everything(hall: Hall) -> list[bytes]:
    """Monday's reports in text, CSV and as data, in both languages."""
    found = []
    for kind, key in (("day", MONDAY), ("z", f"{FACTS.counter}/{report_number(hall)}")):
        made = report(hall, kind, key)
        for language in ("zh_CN", "en"):
            found += [written(made, form, words(language), PRINTING) for form in ("text", "csv")]
        found.append(repr(as_json(made)).encode())
    return found


def report_number(hall: Hall) -> int:
    (row,) = hall.rows(ClosingReport, kind="z", business_date=MONDAY)
    return int(row.number)


def section(made: Report, key: str) -> dict[str, tuple[object, ...]]:
    """The rows of a table, by what each is of."""
    found = next(part for part in made.sections if part.key == key)
    return dict(zip(found.keys, (row[1:] for row in found.rows), strict=True))


def cancel(hall: Hall, serial: str) -> Outcome:
    return hall.desk.orders.cancel(serial, "网络开不通", FACTS.supervisor, FACTS.password)


def test_an_order_of_yesterday_that_is_cancelled_today_counts_today(hall: Hall) -> None:
    sold, stays = hall.open_account(), hall.open_account()
    day_after(hall)
    before = everything(hall)
    cancel(hall, sold.serial)
    assert everything(hall) == before
    monday, today = report(hall, "day", MONDAY), report(hall)
    assert section(monday, "business")["C1"] == (2, sold.due + stays.due)
    assert section(monday, "exception").keys() & {"cancelled C1", "void_earlier", "red_earlier"} == set()
    found = section(today, "exception")
    assert found["cancelled C1"] == (1, -sold.due)
    assert found["red_earlier"][0] == 2  # invoice and receipt
    assert found["void_earlier"][0] == 2  # slip and contract
    assert {row[2:4] for row in section(monday, "paper").values()} == {(0, 0)}  # none void, none red on its day
    assert "business" not in section(today, "business")
    assert sound(hall)


def test_an_order_that_is_cancelled_on_its_day_counts_there(hall: Hall) -> None:
    sold = hall.open_account()
    cancel(hall, sold.serial)
    found = section(report(hall), "exception")
    assert found["cancelled C1"] == (1, -sold.due)
    assert found["red"] == (2, -sold.due)  # invoice and receipt say the same money
    assert found["void"][0] == 2
    assert not {"red_earlier", "void_earlier"} & found.keys()
    assert sound(hall)


def test_orders_and_what_was_taken_back_make_what_was_taken(hall: Hall) -> None:
    """A row for all of them, below nothing; of an order of another day too, and the days agree."""
    early, sold, stays = (hall.open_account() for _ in range(3))
    assert "back" not in section(report(hall), "business")
    cancel(hall, sold.serial)
    monday = report(hall)
    assert section(monday, "business") == {
        "C1": (3, early.due + sold.due + stays.due),
        "back": (-1, -sold.due),
    }
    assert next(part for part in monday.sections if part.key == "business").total[1:] == (2, monday.summary[0].value)
    assert [one.key for one in hall.desk.figures.behind("", "business", "back")] == [sold.serial]
    day_after(hall)
    cancel(hall, early.serial)
    (table,) = hall.desk.figures.period(MONDAY, "2026-11-24", "business").sections
    of_both = [report(hall, "day", MONDAY), report(hall)]
    assert table.total[-1] == sum(int(str(one.summary[0].value)) for one in of_both) == stays.due
    assert dict(zip(table.keys, table.rows, strict=True))["back"][1:] == (-2, -sold.due - early.due)
    (days,) = hall.desk.figures.period(MONDAY, "2026-11-24", "day").sections
    assert [row[1] for row in days.rows] == [3, 0]
    assert sound(hall)


def as_once(kept: Report) -> Report:
    """As a report was kept before the safe stood apart: money of each paper, the till's business outside of a shift."""
    told = []
    for part in kept.sections:
        if part.key == "safe":
            continue
        rows, keys = list(part.rows), list(part.keys)
        if part.key == "outside":
            rows, keys = [*rows, ("M11", 1, 100, 0, 0)], [*keys, "M11"]
        if part.key == "business":
            rows, keys = rows[:-1], keys[:-1]
        if part.key == "exception":
            rows = [
                (row[0], row[1], 2 * int(str(row[2])) if key == "red" else row[2])
                for key, row in zip(keys, rows, strict=True)
            ]
        told.append(replace(part, rows=tuple(rows), keys=tuple(keys)))
    return replace(kept, sections=tuple(told))


def test_a_report_that_was_kept_before_the_safe_stood_apart_agrees(hall: Hall) -> None:
    """And is found to differ in whatever else it says; one that has the table may differ in nothing."""
    sold = hall.open_account()
    cancel(hall, sold.serial)
    day_after(hall)
    (row,) = hall.rows(ClosingReport, kind="day", business_date=MONDAY)
    kept = from_json(json.loads(row.content))
    before = as_once(kept)
    wrong = replace(
        before,
        sections=tuple(
            replace(part, rows=tuple((line[0], 7, *line[2:]) for line in part.rows)) if part.key == "taken" else part
            for part in before.sections
        ),
    )
    has_it = replace(before, sections=(*before.sections, next(part for part in kept.sections if part.key == "safe")))
    assert said_otherwise(hall, row, kept) == set()
    assert said_otherwise(hall, row, before) == set()
    assert said_otherwise(hall, row, wrong) == {"taken"}
    assert said_otherwise(hall, row, has_it) == {"outside", "business", "exception"}
    assert summed((before, kept), "safe").keys == next(part for part in kept.sections if part.key == "safe").keys


def said_otherwise(hall: Hall, row: ClosingReport, report: Report) -> set[str]:
    """The tables in which a report differs from the books, were it the one that was kept."""
    content = canonical(as_json(report))
    changed = ClosingReport(
        **{
            **{name: getattr(row, name) for name in columns(ClosingReport)},
            "content": content,
            "digest": digest_of(content),
        }
    )
    with hall.store.reading() as reading:
        return {str(found.message.values["part"]) for found in closings._of(reading, changed)}


def test_reversals_are_counted_as_what_they_are(hall: Hall) -> None:
    for _ in range(3):
        view = hall.desk.forms.begin("C12", hall.desk.forms.example("C12"))
        done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
        cancel(hall, done.serial)
    made = report(hall)
    count, amount = section(made, "exception")["reversed C12"]
    assert count == 3
    assert amount == -section(made, "business")["C12"][1]  # type: ignore[operator]
    assert section(made, "business")["C12"][0] == 3  # those that take back are none of their own
    assert section(made, "taken")["C12"][1] == 0
    assert sound(hall)


@pytest.mark.parametrize("what", ["rename", "plan", "later", "failed", "copies"])
def test_nothing_that_comes_later_changes_a_closed_day(hall: Hall, what: str) -> None:
    view = hall.filled()
    hall.desk.invoices.keep(view.id, Invoicing("later"))
    sold = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    network_answers(hall)
    day_after(hall)
    before = everything(hall)
    LATER[what](hall, sold)
    assert everything(hall) == before
    if what == "rename":  # by nobody's edition: that is all that verify says
        assert {line.partition(":")[0] for line in findings(hall)} <= {"row is what headquarters signed"}
    else:
        assert sound(hall)


def _rename(hall: Hall, _sold: Outcome) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "names", "test"), journalled=False) as tx:
        for model in (Outlet, Product):
            for row in tx.all(model):
                tx.change(row, name_zh="新名字", name_en="New name")
        tx.change(tx.one(Operator, staff_no=FACTS.clerk), name="新名字")


def _plan(hall: Hall, sold: Outcome) -> None:
    """The line has another plan today."""
    number = str(sold.facts["number"])
    (owner,) = hall.rows(Customer, id=sold.facts["customer_id"])
    shown = {"number": number, "document_number": owner.document_number, "starts": "now"}
    view = hall.desk.forms.begin("C8", {**shown, "plan": "P88"})
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)] if view.quote.due else [])
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=number)
    assert line.plan == "P88"


def _later(hall: Hall, sold: Outcome) -> None:
    """The invoice that was put off is drawn today, and stands on today's report."""
    hall.desk.invoices.draw(sold.serial)
    assert [fact for fact in report(hall).summary if "later" in fact.label.template]


def _failed(hall: Hall, _sold: Outcome) -> None:
    """An order of the closed day ends in another state."""
    with hall.store.transaction(Author(FACTS.outlet, "state", "test")) as tx:
        tx.change(tx.all(ProductOrder, business_date=MONDAY, business="C1")[0], state="failed")


def _copies(hall: Hall, sold: Outcome) -> None:
    for paper in hall.desk.lookups.papers(sold.serial):
        hall.desk.papers.reprint(paper.id, "丢失")
    found = section(report(hall), "exception")
    assert found["reprint"][0] == len(hall.desk.lookups.papers(sold.serial))


LATER: dict[str, Callable[[Hall, Outcome], None]] = {
    "rename": _rename,
    "plan": _plan,
    "later": _later,
    "failed": _failed,
    "copies": _copies,
}


def test_closes_are_numbered_one_by_one(hall: Hall) -> None:
    before = max(row.number or 0 for row in hall.rows(BusinessDay))
    for _ in range(3):
        day_after(hall)
    numbers = [row.number for row in hall.rows(ClosingReport, kind="day")]
    assert numbers == [before + 1, before + 2, before + 3]
    assert sound(hall)


def test_a_closed_day_is_printed_again_as_a_numbered_copy_on_record(hall: Hall) -> None:
    day_after(hall)
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    for n in (1, 2):
        said = "\n".join(supervisor.reports.print("day", MONDAY).preview)
        assert f"补打 第{n}次" in said
    assert "补打 第" not in "\n".join(supervisor.reports.print("day").preview)  # today's is no copy: it is not closed
    acts = [(row.operator, row.subject) for row in hall.rows(AccessLog, act="reprint")]
    assert acts == [(FACTS.supervisor, f"{FACTS.outlet} {MONDAY}")] * 2
    assert section(report(hall), "exception")["reprint"][0] == 2


def test_any_z_of_the_past_is_found_by_till_and_number(hall: Hall) -> None:
    sold = hall.open_account()
    day_after(hall)
    day_after(hall)
    number = report_number(hall)
    made = report(hall, "z", f"{FACTS.counter}/{number}")
    assert made.summary[0].value == sold.due
    for key in (f"{FACTS.counter}/{number + 5}", f"{FACTS.counter}/0", f"{FACTS.counter}/x", "HZ9999/1"):
        with pytest.raises(NotFound):
            report(hall, "z", key)
    with pytest.raises(NotFound):
        report(hall, "day", "2001-01-01")


def test_a_clerk_sees_their_own_shifts_and_those_of_their_counter(hall: Hall) -> None:
    day_after(hall)
    number = report_number(hall)
    other = hall.counter("1002", "HZ0102")
    with hall.store.reading() as reading, pytest.raises(NotAllowed, match="a supervisor may look"):
        other.reports.data(reading, "z", f"{FACTS.counter}/{number}")
    here = hall.counter("1002", FACTS.counter)
    with hall.store.reading() as reading:
        here.reports.data(reading, "z", f"{FACTS.counter}/{number}")
    seen = {(one.kind, one.key) for one in other.reports.past(MONDAY)}
    assert ("z", f"{FACTS.counter}/{number}") not in seen
    assert ("day", MONDAY) in seen
    assert ("x", FACTS.counter) not in seen
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    told = [(one.kind, one.key) for one in supervisor.reports.past(MONDAY)]
    assert told == [("day", "2026-11-24"), ("x", FACTS.counter), ("day", MONDAY), ("z", f"{FACTS.counter}/{number}")]
    assert [one.key for one in supervisor.reports.past(MONDAY, MONDAY)] == [MONDAY, f"{FACTS.counter}/{number}"]


def test_nothing_is_dated_on_a_closed_day(hall: Hall) -> None:
    day_after(hall)
    author = Author(FACTS.outlet, "late", FACTS.clerk, FACTS.counter, business_date=MONDAY)
    lines = [Leg("1122", 100, "bill"), Leg("6001", -100, "bill")]
    said = {"outlet": FACTS.outlet, "business_date": MONDAY, "business": "C9", "operator": FACTS.clerk}
    with pytest.raises(DayClosed, match=MONDAY), hall.store.transaction(author) as tx:
        post(tx, lines=lines, **said)
    with pytest.raises(DayClosed, match=MONDAY), hall.store.transaction(author) as tx:  # past the ledger's door, too
        tx.add(Posting, id="late", made_at=tx.now(), **said)
    with pytest.raises(DayClosed, match="not open"), hall.store.transaction(author) as tx:
        tx.add(Posting, id="late", made_at=tx.now(), **{**said, "business_date": ""})
    assert not hall.rows(Posting, id="late")


def test_no_paper_is_drawn_while_no_day_is_open(hall: Hall) -> None:
    view = hall.filled()
    hall.desk.invoices.keep(view.id, Invoicing("later"))
    sold = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    hall.desk.till.close_shift(pieces(FLOAT + sold.due))
    hall.counter(FACTS.supervisor, "HZ0102").day.close()
    with pytest.raises(NotAllowed, match="not open"):
        hall.desk.invoices.draw(sold.serial)
    assert sound(hall)


def pieces(amount: int) -> dict[int, int]:
    return {1000: amount // 1000, 10: amount % 1000 // 10, 1: amount % 10}


def test_what_the_network_answers_while_no_day_is_open_counts_on_the_next(hall: Hall) -> None:
    sold = hall.open_account()
    hall.desk.till.close_shift(pieces(FLOAT + sold.due))
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    supervisor.day.close()
    before = everything(hall)
    network_answers(hall)
    assert [order.state for order in hall.rows(ProductOrder, serial=sold.serial)] == ["inProgress"]
    assert everything(hall) == before
    supervisor.day.open("2026-11-24")
    assert complete_finished(hall.store, FACTS.outlet) == [sold.serial]
    assert everything(hall) == before
    assert [
        row.business_date
        for row in hall.rows(Figure, business="C1", measure="opened")
        if row.operator == FACTS.clerk and row.business_date >= MONDAY
    ] == ["2026-11-24"]
    assert sound(hall)


BEHIND = {
    "content": ("UPDATE closing_report SET content = '{}' WHERE kind = 'day'", "as it was kept"),
    "digest": ("UPDATE closing_report SET digest = 'x' WHERE kind = 'z'", "as it was kept"),
    "figure": (
        "UPDATE figure SET count = count + 1, amount = amount + 1 WHERE business_date = '2026-11-23' AND "
        "measure = 'cancelled'",
        "never changes",
    ),
    "order": ("UPDATE product_order SET amount = amount + 1 WHERE business_date = '2026-11-23'", "never changes"),
    "paper": ("UPDATE paper_document SET ended_on = '2026-11-23' WHERE ended_on = '2026-11-24'", "never changes"),
    "posting": (
        "UPDATE posting_line SET amount = amount + 1 WHERE posting_id IN (SELECT id FROM posting WHERE "
        "business_date = '2026-11-23') AND account = '1001'",
        "never changes",
    ),
    "shift": ("UPDATE shift SET difference = 1 WHERE business_date = '2026-11-23'", "never changes"),
    "number": ("UPDATE business_day SET number = number + 1 WHERE business_date = '2026-11-24'", "rise by one"),
    "lost": ("DELETE FROM closing_report WHERE kind = 'day' AND business_date = '2026-11-24'", "keeps its report"),
}
"""What is done to a closed day behind the program's back, and the rule that finds it."""


@pytest.mark.parametrize("what", BEHIND)
@pytest.mark.whole  # another connection writes into it
def test_what_was_done_to_a_closed_day_is_found(hall: Hall, what: str) -> None:
    sold, other = hall.open_account(), hall.open_account()
    cancel(hall, other.serial)
    day_after(hall)
    cancel(hall, sold.serial)
    day_after(hall)
    assert hall.rows(Figure, measure="cancelled", business_date=MONDAY)
    assert sound(hall)
    statement, rule = BEHIND[what]
    with hall.store.engine.connect() as connection:
        for guard in guards(is_sqlite=True):
            connection.exec_driver_sql(f"DROP TRIGGER {guard.split()[2]}")
        assert connection.exec_driver_sql(statement).rowcount
        for guard in guards(is_sqlite=True):
            connection.exec_driver_sql(guard)
    assert [told for told in findings(hall) if rule in told.partition(":")[0]]
