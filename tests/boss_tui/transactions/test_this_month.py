"""The month so far, of usage and of fees: in an inquiry, before a plan is changed, and in the final bill."""

from __future__ import annotations

import pytest

from boss_tui.forms.typed import yuan
from data.journal import Author
from data.message import Message
from data.tables.billing import UsageMonth
from data.tables.order import Subscription
from tests.boss_tui.transactions.test_what_is_signed import slips
from tests.hall import FACTS, Hall

THIS, BEFORE = "2026-11", "2026-10"


def used(hall: Hall, number: str, kind: str, quantity: int, amount: int, month: str = THIS) -> Subscription:
    """So much used by a number in a month, as billing hands it down."""
    line: Subscription = hall.rows(Subscription, number=number)[0]
    with hall.store.transaction(Author(FACTS.outlet, "usage", "billing")) as tx:
        key = {"subscription_id": line.id, "month": month, "kind": kind}
        if tx.find(UsageMonth, **key) is None:
            tx.add(UsageMonth, **key, quantity=quantity, amount=amount)
    return line


def looked(hall: Hall) -> list[tuple[str, str, str]]:
    """The part of an inquiry, in English words."""
    view = hall.desk.forms.begin("C13", hall.desk.forms.example("C13"))
    rows = hall.desk.inquiry.inquire(view.id, "month")
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]


@pytest.mark.parametrize(("seconds", "minutes"), [(60, 1), (61, 2), (1, 1)])
def test_an_inquiry_tells_usage_fees_and_their_sum(hall: Hall, seconds: int, minutes: int) -> None:
    number = hall.desk.forms.example("C13")["number"]
    used(hall, number, "voice", seconds, 19)
    after = {what: amount for _, what, amount in looked(hall)}
    assert f"Calls: {minutes} min" in after
    assert {row[0] for row in looked(hall)} == {number}
    amounts = [float(amount.replace(",", "")) for what, amount in after.items() if amount and what != "Not billed yet"]
    assert yuan(round(sum(amounts) * 100)) == after["Not billed yet"]


def test_what_was_used_in_another_month_is_no_part_of_it(hall: Hall) -> None:
    number = hall.desk.forms.example("C13")["number"]
    used(hall, number, "message_test", 3, 30, BEFORE)
    assert not any("message_test" in what for _, what, _ in looked(hall))


def test_a_change_of_plan_and_a_closing_tell_it_before_and_the_slip_after(hall: Hall) -> None:
    for code in ("C8", "C9"):
        typed = hall.desk.forms.example(code)
        used(hall, typed["number"], "data", 2_048, 0)
        view = hall.desk.forms.begin(code, typed)
        told = [str(notice.text) for notice in view.notices]
        assert any(text.startswith("This month so far: ") and "Data: 2 MB" in text for text in told), told
        hall.desk.serving.next_customer()
    view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    from boss_tui.answers.business import Tender

    due = view.quote.due
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
    assert "本月使用量流量2MB" in slips(outcome)[0]


def test_nobody_sees_it_before_they_show_who_they_are(hall: Hall) -> None:
    number = hall.desk.forms.example("C8")["number"]
    view = hall.desk.forms.begin("C8", {"number": number})
    assert not [notice for notice in view.notices if isinstance(notice.text, Message) and "so far" in str(notice.text)]
