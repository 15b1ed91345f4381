"""Monthly charges: when they begin, rest and end; bills, what settles them; what was used and would cost (B1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.answers.business import QuoteLine
from boss_tui.components.billing.billing import Billing
from boss_tui.components.tenders.dues import DuesPart
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BillingAccount
from data.tables.billing import BillLine, BillPayment, CustomerBill, PlanRate, UsageMonth
from data.tables.life import Suspension, ValueChange
from data.tables.service import ChargeSchedule
from data.tables.sync import JournalHead
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

BEFORE = "2026-11-22"


def quoted(item: str, amount: int, product: str = "", *, monthly: bool = True) -> QuoteLine:
    return QuoteLine(item, say("x"), 0, amount, amount, monthly=monthly, resource=product)


def charge(key: str, **values: Any) -> Any:
    standard = {
        "id": key,
        "subscription_id": "s",
        "item": "fee",
        "product": key,
        "amount": 100,
        "starts_on": "2026-01-01",
        "state": "running",
    }
    return row(ChargeSchedule, **{**standard, **values})


def schedules(tx: Loose) -> list[tuple[str, int, str, str, str]]:
    """Product, fen, first day, last day, state."""
    found = tx.told(ChargeSchedule, "product", "amount", "starts_on", "ends_on", "state")
    return sorted(found)


def bill(key: str, amount: int, paid: int = 0, **values: Any) -> Any:
    standard = {"id": key, "outlet": "HZ01", "account_id": "a", "month": key, "due_on": "2026-11-20", "state": "sent"}
    return row(CustomerBill, **{**standard, "amount": amount, "paid": paid, **values})


# charges


def test_monthly_lines_wait_until_the_line_works_then_run(tx: Loose) -> None:
    b1 = Billing(context(tx))
    b1.schedule("s", (quoted("fee", 8800, "P88"), quoted("once", 100, monthly=False), quoted("ring", 500, "ring")))
    assert schedules(tx) == [("P88", 8800, "", "", "waiting"), ("ring", 500, "", "", "waiting")]
    tx.put(charge("ended", state="ended", ends_on=BEFORE), charge("other", subscription_id="t", state="waiting"))
    b1.start("s")
    assert [one[2:] for one in schedules(tx)] == [
        (DAY, "", "running"),
        ("2026-01-01", BEFORE, "ended"),
        ("2026-01-01", "", "waiting"),
        (DAY, "", "running"),
    ]


@pytest.mark.parametrize(("day", "last"), [("", DAY), ("2026-11-30", "2026-11-30")])
def test_nothing_is_charged_after_the_end(tx: Loose, day: str, last: str) -> None:
    tx.put(charge("a"), charge("b", state="waiting"), charge("c", state="ended", ends_on=BEFORE))
    Billing(context(tx)).end("s", day)
    assert [one[3:] for one in schedules(tx)] == [(last, "ended"), (last, "ended"), (BEFORE, "ended")]


@pytest.mark.parametrize(
    ("rows", "used"),
    [
        ([], False),
        ([row(UsageMonth, subscription_id="s", month="2026-11", kind="voice")], True),
        ([row(UsageMonth, subscription_id="t", month="2026-11", kind="voice")], False),
        ([bill("b", 1)], True),
        ([bill("b", 1, account_id="x")], False),
    ],
)
def test_a_line_that_was_used_or_billed_is_not_unused(tx: Loose, rows: list[Any], used: bool) -> None:
    tx.put(*rows)
    b1 = Billing(context(tx))
    if not used:
        b1.must_be_unused("s", "a")
        return
    with pytest.raises(NotAllowed):
        b1.must_be_unused("s", "a")


@pytest.mark.parametrize(
    ("lines", "about", "charged"),
    [
        ([quoted("fee", 100, "a")], ["a"], [("a", 100, "2026-01-01", "", "running")]),  # nothing changes
        ([quoted("fee", 90, "a")], ["a"], [("a", 90, DAY, "", "running"), ("a", 100, "2026-01-01", BEFORE, "ended")]),
        ([], ["a"], [("a", 100, "2026-01-01", BEFORE, "ended")]),
        ([], ["b"], [("a", 100, "2026-01-01", "", "running")]),
        ([quoted("fee", 50, "b")], ["b"], [("a", 100, "2026-01-01", "", "running"), ("b", 50, DAY, "", "running")]),
        (
            [quoted("more", 100, "a")],
            ["a"],
            [("a", 100, "2026-01-01", BEFORE, "ended"), ("a", 100, DAY, "", "running")],
        ),
    ],
)
def test_from_a_day_on_just_these_lines_are_charged_for_these_products(
    tx: Loose, lines: list[QuoteLine], about: list[str], charged: list[tuple[str, int, str, str, str]]
) -> None:
    tx.put(charge("a"), charge("x", subscription_id="t"), charge("w", product="a", state="waiting"))
    Billing(context(tx)).charge_from("s", lines, about, date.fromisoformat(DAY))
    others = [("x", 100, "2026-01-01", "", "running"), ("a", 100, "2026-01-01", "", "waiting")]
    assert schedules(tx) == sorted([*charged, *others])


def test_what_hangs_on_another_product_hides_nothing_that_comes_after_it(tx: Loose) -> None:
    tx.put(charge("a"), charge("b"))
    Billing(context(tx)).charge_from("s", [], ["b"], date.fromisoformat(DAY))
    assert schedules(tx) == [("a", 100, "2026-01-01", "", "running"), ("b", 100, "2026-01-01", BEFORE, "ended")]


@pytest.mark.parametrize(
    ("stopped", "ends", "begins"),
    [
        ("2026-11-01", "2026-11-30", "2026-12-01"),
        ("2026-11-30", "2026-11-30", "2026-12-01"),
        ("2026-12-15", "2026-12-31", "2027-01-01"),
        ("2026-02-03", "2026-02-28", "2026-03-01"),
    ],
)
def test_the_month_of_stopping_is_charged_and_then_only_the_number(
    tx: Loose, stopped: str, ends: str, begins: str
) -> None:
    tx.put(charge("a"), charge("b", state="ended", ends_on=BEFORE), charge("x", subscription_id="t"))
    stop = row(Suspension, id="z", subscription_id="s", starts_on=stopped)
    Billing(context(tx)).keep_number(stop, quoted("keep", 500))
    assert schedules(tx) == [
        ("", 500, begins, "", "running"),
        ("a", 100, "2026-01-01", ends, "ended"),
        ("b", 100, "2026-01-01", BEFORE, "ended"),
        ("x", 100, "2026-01-01", "", "running"),
    ]
    assert tx.told(ValueChange, "subject", "field", "before", "after") == [("a", "kept", "running", "ended")]


@pytest.mark.parametrize(
    ("ended", "again"),
    [
        ("2026-10-31", [("a", 100, "2026-01-01", "", "running")]),  # no full month lies between
        ("2026-11-30", [("a", 100, "2026-01-01", "", "running")]),
        ("2026-10-30", [("a", 100, "2026-01-01", "2026-10-30", "ended"), ("a", 100, "2026-11-01", "", "running")]),
        ("2026-09-30", [("a", 100, "2026-01-01", "2026-09-30", "ended"), ("a", 100, "2026-11-01", "", "running")]),
    ],
)
def test_the_month_of_working_again_is_charged_from_its_first_day(
    tx: Loose, ended: str, again: list[tuple[str, int, str, str, str]]
) -> None:
    tx.put(
        charge("a", state="ended", ends_on=ended),
        charge("keep", item="keep", starts_on="2026-10-01"),
        charge("k", item="keep", subscription_id="t"),
        charge("o", state="ended", ends_on=ended),
        row(ValueChange, id="1", subject="a", field="kept", order_id="stop"),
        row(ValueChange, id="2", subject="o", field="kept", order_id="other"),
        row(ValueChange, id="3", subject="o", field="state", order_id="stop"),
    )
    Billing(context(tx)).charge_again(row(Suspension, id="z", subscription_id="s", order_id="stop"), "keep")
    assert schedules(tx) == sorted(
        [
            *again,
            ("keep", 100, "2026-10-01", "2026-10-31", "ended"),
            ("k", 100, "2026-01-01", "", "running"),
            ("o", 100, "2026-01-01", ended, "ended"),
        ]
    )


def test_each_charge_that_a_stop_ended_runs_again_in_its_own_way(tx: Loose) -> None:
    """One ended last month and runs on; a full month lies after the other, which begins anew."""
    tx.put(
        charge("a", state="ended", ends_on="2026-10-31"),
        charge("b", state="ended", ends_on="2026-09-30"),
        row(ValueChange, id="1", subject="a", field="kept", order_id="stop"),
        row(ValueChange, id="2", subject="b", field="kept", order_id="stop"),
    )
    Billing(context(tx)).charge_again(row(Suspension, id="z", subscription_id="s", order_id="stop"), "keep")
    assert schedules(tx) == [
        ("a", 100, "2026-01-01", "", "running"),
        ("b", 100, "2026-01-01", "2026-09-30", "ended"),
        ("b", 100, "2026-11-01", "", "running"),
    ]


# bills


@pytest.mark.parametrize(
    ("paid", "part", "now", "state"),
    [
        (0, 100, 100, "settled"),
        (0, 99, 99, "partiallyPaid"),
        (40, 60, 100, "settled"),
        (40, -40, 0, "sent"),
        (100, -1, 99, "partiallyPaid"),
        (0, 101, 101, "partiallyPaid"),
    ],
)
def test_a_bill_is_settled_when_all_of_it_is_paid(tx: Loose, paid: int, part: int, now: int, state: str) -> None:
    tx.put(bill("b", 100, paid), row(BillingAccount, id="a", number="A1"))
    b1 = Billing(context(tx))
    entered = DuesPart("b", "b", "A1", part, 3, 600, 5)
    b1.settle([entered], "posting")
    assert (tx.one(CustomerBill, id="b").paid, tx.one(CustomerBill, id="b").state) == (now, state)
    assert b1.paid_by("order") == [entered]
    assert tx.told(BillPayment, "posting_id", "late_fee", "tax_rate", "tax") == [("posting", 3, 600, 5)]
    assert b1.paid_by("other") == []


@pytest.mark.parametrize(
    ("state", "owed"),
    [
        ("sent", True),
        ("partiallyPaid", True),
        ("onHold", True),
        ("settled", False),
        ("new", False),
        ("validated", False),
    ],
)
def test_what_is_owed_is_what_was_sent_and_not_settled(tx: Loose, state: str, owed: bool) -> None:
    tx.put(
        bill("b", 109, 9, state=state),
        row(BillLine, bill_id="b", line=1, amount=109, tax_rate=900),
        bill("x", 1, account_id="other"),
    )
    found = Billing(context(tx)).owed(row(BillingAccount, id="a", number="A1"), 3)
    assert [(one.bill.id, one.account, one.amount, one.days, one.rate) for one in found] == (
        [("b", "A1", 100, 3, 3)] if owed else []
    )


def test_the_oldest_bill_comes_first(tx: Loose) -> None:
    tx.put(bill("c", 1, due_on="2026-09-20"), bill("b", 1, due_on="2026-10-20"), bill("a", 1, due_on="2026-10-20"))
    b1 = Billing(context(tx))
    assert [one.bill.id for one in b1.owed(row(BillingAccount, id="a", number="A1"), 0)] == ["c", "a", "b"]
    assert b1.unpaid() == ["a"]


def test_examples_of_debtors_are_of_this_outlet_and_have_paid_nothing(tx: Loose) -> None:
    tx.put(
        bill("1", 1, account_id="late", due_on="2026-08-20"),
        bill("2", 1, account_id="now"),
        bill("3", 1, account_id="part", state="partiallyPaid"),
        bill("4", 1, account_id="far", outlet="NB01"),
        bill("5", 1, account_id="late"),
    )
    b1 = Billing(context(tx))
    assert b1.unpaid() == ["late", "now"]
    assert b1.unpaid(1) == ["late"]
    tx.put(*(bill(f"m{n:02}", 1, account_id=f"m{n:02}") for n in range(60)))
    assert len(Billing(context(tx)).unpaid()) == 49  # of fifty bills; one has two


def test_what_is_known_of_bills_is_as_old_as_the_last_word_of_headquarters(tx: Loose) -> None:
    tx.put(row(JournalHead, outlet="HZ01", last_contact="then"), row(JournalHead, outlet="NB01", last_contact="x"))
    assert Billing(context(tx)).as_of() == "then"


def test_the_causes_that_bar_a_line_now_are_told_of_those_that_are_asked(tx: Loose) -> None:
    causes = (("loss", "running"), ("arrears_all", "running"), ("fraud", "planned"), ("court", "lifted"))
    tx.put(*(row(Suspension, id=cause, subscription_id="s", cause=cause, state=state) for cause, state in causes))
    assert Billing(context(tx)).stopped("s", ("arrears_all", "fraud", "court", "loss")) == ["arrears_all", "loss"]
    assert Billing(context(tx)).stopped("s", ("fraud",)) == []


# usage


def used(month: str, kind: str, quantity: int, amount: int) -> Any:
    return row(UsageMonth, subscription_id="s", month=month, kind=kind, quantity=quantity, amount=amount)


@pytest.fixture
def months(tx: Loose) -> Loose:
    tx.put(
        used("2026-07", "data", 9, 1),
        used("2026-08", "voice", 600, 30),
        used("2026-09", "voice", 660, 33),
        used("2026-09", "data", 2048, 5),
        used("2026-10", "voice", 61, 9),
        used("2026-11", "voice", 1, 2),
    )
    return tx


@pytest.mark.parametrize(
    ("most", "known"),
    [(1, ["2026-10"]), (2, ["2026-09", "2026-10"]), (9, ["2026-07", "2026-08", "2026-09", "2026-10"])],
)
def test_the_latest_closed_months_are_looked_at_the_running_one_never(
    months: Loose, most: int, known: list[str]
) -> None:
    found = Billing(context(months)).used("s", most)
    assert list(found) == known
    assert list(Billing(context(months)).used("s")) == ["2026-08", "2026-09", "2026-10"]
    assert [len(rows) for rows in found.values()] == [2 if month == "2026-09" else 1 for month in known]


@pytest.mark.parametrize(
    ("month", "kind", "fen"), [("2026-09", "voice", 33), ("2026-09", "data", 5), ("2026-10", "data", 0)]
)
def test_what_usage_of_a_kind_was_charged(months: Loose, month: str, kind: str, fen: int) -> None:
    assert Billing(context(months)).charged("s", month, kind) == fen


def test_another_plan_s_cost_is_by_its_rates_and_what_it_has_no_rate_for_as_it_was(months: Loose) -> None:
    months.put(
        row(PlanRate, plan="P", kind="voice", included=600, unit=60, price=10),
        row(PlanRate, plan="Q", kind="data", price=1),
    )
    b1 = Billing(context(months))
    assert b1.would_cost("P", 1000, b1.used("s")) == [1000, 1000 + 10 + 5, 1000]
    assert b1.would_cost("none", 0, b1.used("s")) == [30, 38, 9]
