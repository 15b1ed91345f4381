"""A desk that is locked, or at which nobody is signed on, refuses every act: each by name, in one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.desk import Desk
from data.errors import NotAllowed
from data.parameters import PROOF_MINUTES
from data.tables.order import Draft
from data.tables.sync import AccessLog, JournalEntry
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

LASTS = timedelta(minutes=PROOF_MINUTES.first)
ACTS: dict[str, Callable[[Desk, str], Any]] = {
    "speak": lambda desk, _: desk.signing.speak("en"),
    "begin": lambda desk, _: desk.forms.begin("C2"),
    "fill": lambda desk, draft: desk.forms.fill(draft, {}),
    "quote": lambda desk, draft: desk.forms.quote(draft),
    "hold": lambda desk, draft: desk.forms.hold(draft),
    "recall": lambda desk, _: desk.forms.recall(1),
    "held": lambda desk, _: desk.held.forms(),
    "in_work": lambda desk, _: desk.held.in_work(),
    "ended": lambda desk, draft: desk.forms.ended(draft),
    "abandon": lambda desk, draft: desk.forms.abandon(draft),
    "expire": lambda desk, _: desk.forms.expire(),
    "last_values": lambda desk, _: desk.forms.last_values("C2"),
    "choices": lambda desk, draft: desk.forms.choices(draft, "plan", ""),
    "example": lambda desk, _: desk.forms.example("C2"),
    "order": lambda desk, _: desk.lookups.order("1"),
    "orders": lambda desk, _: desk.lookups.orders(""),
    "papers": lambda desk, _: desk.lookups.papers("1"),
    "reprint": lambda desk, _: desk.papers.reprint("1", "lost"),
    "waiting": lambda desk, _: desk.queues.items(),
    "printers": lambda desk, _: desk.printers.lines(),
    "places": lambda desk, _: desk.printers.places(),
    "set_route": lambda desk, _: desk.printers.set_route("any", "receipt", "P80"),
    "set_printer": lambda desk, _: desk.printers.set_up("P80", {"state": "off"}),
    "remove_printer": lambda desk, _: desk.printers.remove("P80"),
    "test_printer": lambda desk, _: desk.printers.test("P80"),
    "settle": lambda desk, _: desk.settling.settle("order", "1", "again"),
    "approve": lambda desk, draft: desk.approvals.approve(draft, FACTS.supervisor, FACTS.password),
    "authorities": lambda desk, _: desk.approvals.authorities(),
    "grant": lambda desk, _: desk.approvals.grant(Bounds(hours=1)),
    "make_codes": lambda desk, _: desk.approvals.make_codes(1, Bounds(hours=1)),
    "withdraw_authority": lambda desk, _: desk.approvals.withdraw_authority(1),
    "cancel": lambda desk, _: desk.orders.cancel("1", "wrong", FACTS.supervisor, FACTS.password),
    "complete": lambda desk, draft: desk.orders.complete(draft, [Tender("cash", 100)]),
    "collect": lambda desk, draft: desk.basket.collect(draft),
    "find": lambda desk, _: desk.finding.find("139"),
    "meet": lambda desk, _: desk.serving.meet("1"),
    "customer": lambda desk, _: desk.lookups.customer("1"),
    "staff": lambda desk, _: desk.signing.staff(),
    "unlock_staff": lambda desk, _: desk.signing.unlock_staff("1001"),
    "accept_store": lambda desk, _: desk.trust.accept_store(),
    "accesses": lambda desk, _: desk.signing.accesses(),
    "open_day": lambda desk, _: desk.day.open("2026-11-24"),
    "close_day": lambda desk, _: desk.day.close(),
    "open_shift": lambda desk, _: desk.till.open_shift(0),
    "cash_in": lambda desk, _: desk.till.cash_in(100, "change", ""),
    "cash_out": lambda desk, _: desk.till.cash_out(100, "change", ""),
    "basket": lambda desk, _: desk.basket.shown(),
    "complete_basket": lambda desk, _: desk.basket.complete([Tender("cash", 100)]),
    "inquire": lambda desk, draft: desk.inquiry.inquire(draft, "money"),
    "quotation": lambda desk, _: desk.forms.quotation(1),
    "invoicing": lambda desk, draft: desk.invoices.asked(draft),
    "draw_invoice": lambda desk, _: desk.invoices.draw("1"),
    "tender_ways": lambda desk, _: desk.paying.tender_ways(),
    "tendered": lambda desk, draft: desk.paying.tendered(draft),
    "keep_tenders": lambda desk, draft: desk.paying.keep_tenders(draft, [Tender("cash", 100)]),
    "ask_payment": lambda desk, draft: desk.mobile.ask(draft, 100, "134567890123456789"),
    "look_at_payment": lambda desk, _: desk.mobile.look_at("1"),
    "drop_payment": lambda desk, _: desk.mobile.drop("1"),
    "document": lambda desk, _: desk.serving.document("1"),
    "said": lambda desk, _: desk.forms.said("C2", "C2", "139"),
    "listed": lambda desk, _: desk.finding.listed("139", 2),
    "report": lambda desk, _: desk.reports.shown("day"),
    "print_report": lambda desk, _: desk.reports.print("day"),
    "close_shift": lambda desk, _: desk.till.close_shift({}),
    "change_password": lambda desk, _: desk.signing.change_password(FACTS.password, "New2026pass!"),
    "must_be_sure": lambda desk, _: desk.trust.must_be_sure(),
    "must_know_time": lambda desk, _: desk.trust.must_know_time(),
    "vouch_for_clock": lambda desk, _: desk.trust.vouch_for_clock(FACTS.supervisor, FACTS.password),
}


def locked(desk: Desk) -> None:
    desk.signing.lock()


def signed_off(desk: Desk) -> None:
    desk.signing.sign_off()


def on_record(hall: Hall) -> tuple[int, int]:
    return len(hall.rows(JournalEntry)), len(hall.rows(AccessLog))


def answer(act: Callable[[Desk, str], Any], desk: Desk, draft: str) -> str:
    """What is said to an act that is refused; empty when it is done."""
    try:
        act(desk, draft)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("shut", [locked, signed_off])
def test_a_desk_where_nobody_works_refuses_every_act_and_writes_nothing(
    hall: Hall, shut: Callable[[Desk], None]
) -> None:
    draft = hall.desk.forms.begin("C2").id
    shut(hall.desk)
    before, kept = on_record(hall), hall.rows(Draft)
    for name, act in ACTS.items():
        assert answer(act, hall.desk, draft) == "Sign on first.", name
    assert (on_record(hall), hall.rows(Draft)) == (before, kept)


def test_an_unlocked_desk_works_again(hall: Hall) -> None:
    draft = hall.desk.forms.begin("C2").id
    hall.desk.signing.lock()
    hall.desk.signing.unlock(FACTS.password)
    assert hall.desk.forms.fill(draft, {}).id == draft
    assert hall.desk.forms.ended(draft) is None


def test_what_was_proven_lapses_on_lock(hall: Hall) -> None:
    hall.desk.seat.in_view.come("customer", "13957000000", hall.store.present(), LASTS)
    hall.desk.seat.in_view.typed_on("draft", hall.store.present())
    hall.desk.seat.in_view.prove({"document"}, "draft")
    hall.desk.signing.lock()
    assert hall.desk.seat.in_view.proven(hall.store.present()) == frozenset()
