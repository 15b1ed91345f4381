"""The matrix: a cell of a C business is alive once a run used the component, or empty for a reason that is said."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import COMPONENTS
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.inquiry import PARTS
from boss_tui.desk import Desk
from boss_tui.locale import words
from data.demo.handsets import imei
from data.demo.recharge import printed
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.provider import ProviderSubscription
from tests.boss_tui.transactions.following import network_answers, next_day
from tests.boss_tui.transactions.test_c04_3_change_payment import any_pay_type
from tests.hall import FACTS, START, Hall

CODES = sorted(BUSINESSES)
CLOSES = "2026-12-01"


def test_every_cell_is_alive_after_a_day_or_empty_for_a_reason(hall: Hall) -> None:
    for code in CODES:
        do(hall, code, **hall.desk.forms.example(code))
    line = hall.rows(Subscription, id=hall.rows(ProviderSubscription, service="STARS")[0].subscription_id)[0]
    one_line(hall, line)
    a_provider_gives_back(hall, line.number)
    others(hall)
    next_day(hall, CLOSES)
    perform_due(hall.store, FACTS.outlet)  # the number that was closed becomes free, in time
    network_answers(hall)
    found = [cell for code in CODES for cell in hall.desk.lookups.matrix(code)]
    assert len(found) == len(CODES) * len(COMPONENTS)
    assert [cell.code for cell in found if cell.state == "waiting"] == []


def one_line(hall: Hall, line: Subscription) -> None:
    """What the examples don't ask for: going abroad, a telephone with a contract, a stop on request, every question."""
    proof = {"number": line.number, "document_number": hall.rows(Customer, id=line.customer_id)[0].document_number}
    do(hall, "C12", who=line.number)
    do(hall, "C7.1", **proof, long_distance="international")
    do(hall, "C7.3", **proof, roaming="international", until="2026-12-20")
    do(hall, "C7.2", **proof, clir="y")
    do(hall, "C7.4", **proof, subscribe="WEATHER")
    do(hall, "C10", **proof, imei=imei("86012305", 1), bundle="BD-M30")
    for action in ("suspend", "resume"):
        do(hall, "C6", **proof, action=action, cause="request")
    for part in PARTS:
        do(hall, "C13", **proof, part=part)


def a_provider_gives_back(hall: Hall, number: str) -> None:
    """C7.5: a charge in dispute; the provider agrees, a supervisor enters it."""
    proof = {"number": number, "password": "274916", "service": "STARS"}
    do(hall, "C7.5", **proof, action="dispute", month="2026-10", reason="没有订过")
    chief = hall.counter(FACTS.supervisor, "HZ0102")
    chief.till.open_shift(10_000)
    done_at(chief, hall, "C7.5", **proof, action="refunded")


def others(hall: Hall) -> None:
    """A recharge card is used, and a number becomes prepaid and postpaid again."""
    prepaid = hall.rows(Subscription, pay_type="prepaid", state="active")[0].number
    do(hall, "C11", action="redeem", number=prepaid, pin=next(printed(2026, START.date())).pin)
    example = hall.desk.forms.example("C4.3")
    proof = {name: example[name] for name in ("number", "document_number")}
    any_pay_type(hall, proof["number"])
    do(hall, "C4.3", **proof, change="prepaid")
    do(hall, "C4.3", **proof, change="postpaid")


def do(hall: Hall, code: str, **form: Any) -> Outcome:
    """A whole business at the clerk's desk."""
    return done_at(hall.desk, hall, code, **form)


def done_at(desk: Desk, hall: Hall, code: str, **form: Any) -> Outcome:
    """A whole business, allowed and paid to the fen, and the network's answer."""
    view = desk.forms.begin(code, form)
    assert not view.errors, (code, view.errors)
    if view.qualification.verdict == "override":
        view = desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    outcome = desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
    network_answers(hall)
    return outcome


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_reason_is_said_in_both_languages(language: str) -> None:
    say = words(language)
    reasons = [say(reason) for business in BUSINESSES.values() for reason in business.empty.values()]
    assert all(reason.strip() for reason in reasons)
    assert all((reason.isascii()) == (language == "en") for reason in reasons)
