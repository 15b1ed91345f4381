"""A plan that binds: what is signed for, from when until when it runs, what takes it back, what an early end costs."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, PaperView, Tender
from boss_tui.chores.scheduling import perform_due
from data.tables.customer import Customer
from data.tables.life import Agreement
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

TODAY = "2026-11-23"


def binds(hall: Hall, plan: str, months: int = 12, percent: int = 30) -> None:
    """A manager lets a plan bind."""
    line = row_line(Product, "change", code=plan, contract_months=months, penalty_percent=percent)
    hand_down(hall.store, line)


def contracts(hall: Hall, line: str) -> list[tuple[Any, ...]]:
    """The plan's contracts of a line."""
    rows = hall.rows(Agreement, subscription_id=line, kind="plan", order=("starts_on", "product"))
    return [(a.product, a.months, a.value, a.penalty_percent, a.starts_on, a.ends_on, a.state) for a in rows]


def said(paper: PaperView) -> str:
    return "".join("".join(paper.preview).split())


def done(hall: Hall, view: DraftView) -> Outcome:
    assert not view.errors, view.errors
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)] if view.quote.due else [])
    network_answers(hall)
    return outcome


def opened(hall: Hall, plan: str = "P58") -> tuple[Outcome, Subscription]:
    outcome = done(hall, hall.filled(plan=plan, services=""))
    return outcome, hall.rows(Subscription, number=outcome.facts["number"])[0]


def changing(hall: Hall, line: Subscription, plan: str, starts: str = "now", code: str = "C8", **typed: Any) -> Any:
    (owner,) = hall.rows(Customer, id=hall.rows(Subscription, id=line.id)[0].customer_id)
    of = {"number": line.number, "document_number": owner.document_number, "plan": plan}
    return hall.desk.forms.begin(code, {**of, **({"starts": starts} if code == "C8" else {}), **typed})


def take_back(hall: Hall, outcome: Outcome) -> None:
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    network_answers(hall)


def penalty(view: DraftView) -> int:
    return sum(line.amount for line in view.quote.lines if line.item == "plan_penalty")


@pytest.mark.parametrize(("months", "ends"), [(0, ""), (1, "2026-12-22"), (12, "2027-11-22"), (60, "2031-11-22")])
def test_a_new_line_is_bound_from_the_day_on_which_it_works(hall: Hall, months: int, ends: str) -> None:
    binds(hall, "P58", months, 30 if months else 0)
    view = hall.filled(plan="P58", services="")
    told = [str(term) for term in view.quote.terms if "The plan binds" in str(term)]
    assert [ends in term and f"{58 * months}.00" in term for term in told] == ([True] if months else [])
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    (paper,) = [paper for paper in outcome.papers if paper.kind == "contract"]
    assert ("套餐在网" in said(paper)) is bool(months)
    assert contracts(hall, line.id) == []  # it does not work yet
    network_answers(hall)
    made = ("P58", months, 5_800 * months, 30, TODAY, ends, "active")
    assert contracts(hall, line.id) == ([made] if months else [])
    assert sound(hall)


def test_what_is_taken_back_never_bound(hall: Hall) -> None:
    binds(hall, "P58")
    outcome, line = opened(hall)
    take_back(hall, outcome)
    assert [each[-1] for each in contracts(hall, line.id)] == ["terminated"]
    assert sound(hall)


def test_a_contract_keeps_its_terms_when_the_plan_has_others(hall: Hall) -> None:
    binds(hall, "P58")
    _, line = opened(hall)
    binds(hall, "P58", 24, 50)
    assert [each[1:4] for each in contracts(hall, line.id)] == [(12, 12 * 5_800, 30)]


@pytest.mark.parametrize(
    ("day", "percent", "due"),
    [(TODAY, 30, 1_740), ("2026-12-21", 30, 116), ("2026-12-22", 30, 58), ("2026-12-23", 30, 0), (TODAY, 0, 0)],
)
def test_leaving_it_costs_until_its_last_day(hall: Hall, day: str, percent: int, due: int) -> None:
    """58 yuan for 30 days."""
    binds(hall, "P58", 1, percent)
    _, line = opened(hall)
    if day != TODAY:
        next_day(hall, day)
    assert penalty(changing(hall, line, "P88")) == due


def test_into_a_plan_that_binds_and_out_of_it(hall: Hall) -> None:
    """As it was before the change, once that is taken back: also the contract that it ended."""
    binds(hall, "P58")
    _, line = opened(hall)
    binds(hall, "P88", 24, 50)
    view = changing(hall, line, "P88")
    assert penalty(view) == 69_600 * 30 // 100
    assert any("2028-11-22" in str(term) and "2112.00" in str(term) for term in view.quote.terms)
    outcome = done(hall, view)
    (paper,) = [paper for paper in outcome.papers if paper.kind == "contract"]
    assert "剩余部分的50%" in said(paper)
    old = ("P58", 12, 69_600, 30, TODAY, "2027-11-22")
    new = ("P88", 24, 211_200, 50, TODAY, "2028-11-22")
    assert contracts(hall, line.id) == [(*old, "terminated"), (*new, "active")]
    assert sound(hall)
    take_back(hall, outcome)
    assert contracts(hall, line.id) == [(*old, "active"), (*new, "terminated")]
    assert sound(hall)
    out = done(hall, changing(hall, line, "P39"))
    assert [each[-1] for each in contracts(hall, line.id)] == ["terminated", "terminated"]
    assert [paper.kind for paper in out.papers if paper.kind == "contract"] == []
    assert sound(hall)


def test_from_next_month_on_it_binds_as_it_comes_in_force(hall: Hall) -> None:
    _, line = opened(hall)
    binds(hall, "P88")
    view = changing(hall, line, "P88", "next")
    assert any("2027-11-30" in str(term) for term in view.quote.terms)
    outcome = done(hall, view)
    assert contracts(hall, line.id) == []
    next_day(hall, "2026-12-01")
    assert perform_due(hall.store, FACTS.outlet)
    network_answers(hall)
    assert contracts(hall, line.id) == [("P88", 12, 105_600, 30, "2026-12-01", "2027-11-30", "active")]
    assert outcome.state == "pending"
    assert sound(hall)


def test_the_terms_are_those_that_were_signed(hall: Hall) -> None:
    """Published since, for who orders it then."""
    _, line = opened(hall)
    (plan,) = hall.rows(Product, code="P88")
    signed = {**plan.__dict__, "contract_months": 12, "penalty_percent": 30}
    hand_down(hall.store, row_line(Product, "add", **signed), on=TODAY)
    done(hall, changing(hall, line, "P88", "next"))
    other = row_line(Product, "change", code="P88", contract_months=24, penalty_percent=50)
    hand_down(hall.store, other, on="2026-11-24")
    next_day(hall, "2026-12-01")
    assert [row.contract_months for row in hall.rows(Product, code="P88")] == [24]
    assert perform_due(hall.store, FACTS.outlet)
    network_answers(hall)
    assert [each[1:4] for each in contracts(hall, line.id)] == [(12, 105_600, 30)]
    assert sound(hall)


def test_one_that_goes_along_with_another_way_of_paying_binds_too(hall: Hall) -> None:
    binds(hall, "P39")
    view = next(
        view
        for line in hall.rows(Subscription, state="active", plan="P88", pay_type="postpaid", outlet=FACTS.outlet)
        if not (view := changing(hall, line, "P39", code="C4.3", change="prepaid")).errors
        and view.qualification.verdict == "yes"
    )
    assert any("The plan binds" in str(term) for term in view.quote.terms)
    outcome = done(hall, view)
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert [paper.kind for paper in outcome.papers if paper.kind == "contract"] == ["contract"]
    assert contracts(hall, line.id) == [("P39", 12, 46_800, 30, TODAY, "2027-11-22", "active")]
    back = changing(hall, line, "P88", code="C4.3", change="postpaid")
    assert [reason.rule for reason in back.qualification.reasons if reason.verdict == "override"] == ["contract"]
    stays = changing(hall, line, "", code="C4.3", change="postpaid")
    assert stays.qualification.verdict == "yes"
    back = hall.desk.approvals.approve(back.id, FACTS.supervisor, FACTS.password, [])
    done(hall, back)
    assert [each[-1] for each in contracts(hall, line.id)] == ["terminated"]
    assert hall.rows(Subscription, id=line.id)[0].plan == "P88"
    assert sound(hall)
