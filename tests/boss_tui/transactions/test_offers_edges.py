"""Where paid services (C7.5) and plans (C8) turn: the months back, the last fen, the first day."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions.c07_5 import looks as c07_5_looks
from boss_tui.transactions.c07_5.looks import ACTIONS, PaidServiceCase, service_choices
from boss_tui.transactions.c08 import change_plan as c08_change_plan
from boss_tui.transactions.c08.compare import Comparison, Offer, in_words
from data.errors import NotAllowed
from data.message import Message
from data.tables.life import Agreement
from data.tables.order import ProductOrder
from data.tables.product import Product
from data.tables.provider import Dispute, ProviderService, ProviderSubscription
from data.tables.stock import HandsetBundle
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import line, parts, step
from tests.boss_tui.transactions.stand_in import told as beside

PAID: Any = BUSINESSES["C7.5"]
PLAN: Any = BUSINESSES["C8"]


# paid services


def service(rhythm: str = "month", fee: int = 800) -> Any:
    return row(ProviderService, code="S", partner="SP", name_zh="服", name_en="Service", fee=fee, rhythm=rhythm)


def had(state: str = "active", code: str = "S") -> Any:
    return row(ProviderSubscription, service=code, state=state, since="2026-07-13", told_by="counter")


@pytest.mark.parametrize(
    ("month", "since", "disputed", "said"),
    [
        ("2026-11", "2026-07-13", False, ""),
        ("2026-12", "2026-07-13", False, "did not have it"),
        ("2026-07", "2026-07-13", False, ""),
        ("2026-06", "2026-07-13", False, "did not have it"),
        ("", "2026-07-13", False, "Which month"),
        ("2026-06", "2020-01-01", False, ""),
        ("2026-05", "2020-01-01", False, "Only the last 5 months"),
        ("2025-11", "2020-01-01", False, "Only the last"),
        ("2026-11", "2026-07-13", True, "in dispute already"),
    ],
)
def test_a_month_is_disputed_in_which_it_was_had_five_months_back_at_most(
    month: str, since: str, disputed: bool, said: str
) -> None:
    run = step(partners=parts(disputed=disputed))
    form = SimpleNamespace(month=month, service="S")
    with run.beside("month"):
        c07_5_looks._may_dispute(run, form, line(), since)
    assert bool(run.errors) is bool(said)
    assert said in "".join(beside(run).values())


@pytest.mark.parametrize(("month", "passes"), [("2025-10", True), ("2025-09", True), ("2025-08", False)])
def test_five_months_back_reach_over_the_new_year(month: str, passes: bool) -> None:
    run = step(about={"business_date": "2026-02-01"}, partners=parts(disputed=None))
    with run.beside("month"):
        c07_5_looks._may_dispute(run, SimpleNamespace(month=month, service="S"), line(), "2020-01-01")
    assert (not run.errors) is passes


@pytest.mark.parametrize(
    ("typed", "amount", "wrong"),
    [(None, 800, []), (1, 1, []), (800, 800, []), (801, 800, ["amount"]), (0, 800, ["amount"]), (-1, 800, ["amount"])],
)
def test_no_more_is_disputed_than_was_charged(typed: int | None, amount: int, wrong: list[str]) -> None:
    run, change = step(partners=parts(had=[had()], disputed=None)), PaidServiceCase(service())
    form = SimpleNamespace(month="2026-11", service="S", amount=typed, reason="x")
    c07_5_looks._disputes(run, form, line(), change)
    assert (change.amount, list(run.errors)) == (amount, wrong)


@pytest.mark.parametrize(("reason", "rows", "wrong"), [("", [had()], ["reason"]), ("x", [had(code="T")], ["service"])])
def test_a_dispute_has_its_reason_and_a_service_that_was_had(reason: str, rows: list[Any], wrong: list[str]) -> None:
    run = step(partners=parts(had=rows, disputed=None))
    form = SimpleNamespace(month="2026-11", service="S", amount=None, reason=reason)
    with run.beside("service"):
        c07_5_looks._disputes(run, form, line(), PaidServiceCase(service()))
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("which", "charged", "amount"),
    [(service(), 55, 800), (service("piece"), 55, 55), (service("piece"), 1, 1), (service("piece"), 0, None)],
)
def test_by_the_month_its_fee_was_charged_by_the_piece_its_content(
    which: Any, charged: int, amount: int | None
) -> None:
    run = step(billing=parts(charged=charged))
    if amount is None:
        with pytest.raises(NotAllowed, match="Nothing was charged"):
            c07_5_looks._charged(run, "2026-11", line(), PaidServiceCase(which))
        return
    assert c07_5_looks._charged(run, "2026-11", line(), PaidServiceCase(which)) == amount


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"sold": []}, ["service"]),
        ({"barred": True}, ["service"]),
        ({"having": True}, ["service"]),
        ({"price_told": False}, ["price_told"]),
        ({"agrees_again": False}, ["agrees_again"]),
        ({"price_told": False, "agrees_again": None}, ["price_told", "agrees_again"]),
    ],
)
@pytest.mark.parametrize(("rhythm", "unit"), [("month", "a month"), ("piece", "a piece")])
def test_to_subscribe_each_condition_alone_refuses(
    changes: dict[str, Any], wrong: list[str], rhythm: str, unit: str
) -> None:
    what = service(rhythm)
    asks = {"sold": [what], "barred": None, "having": None, "price_told": True, "agrees_again": True, **changes}
    run = step(partners=parts(**{name: asks[name] for name in ("sold", "barred", "having")}))
    form = SimpleNamespace(service="S", price_told=asks["price_told"], agrees_again=asks["agrees_again"])
    with run.beside("service"):
        c07_5_looks._subscribes(run, form, line(), PaidServiceCase(what, "SP"))
    assert list(run.errors) == wrong
    assert all(str(notice.text) == f"Say the price: 8.00 yuan {unit}." for notice in run.notices)
    assert str(c07_5_looks.fee(what)) == f"8.00 yuan {unit}"


@pytest.mark.parametrize(("barred", "bars", "unbars"), [(None, True, False), ("bar", False, True)])
def test_a_provider_is_barred_that_is_not_and_the_other_way_round(barred: Any, bars: bool, unbars: bool) -> None:
    for look, passes in ((c07_5_looks._bars, bars), (c07_5_looks._unbars, unbars)):
        run = step(partners=parts(barred=barred, had=[]))
        with run.beside("service"):
            look(run, None, line(), PaidServiceCase(service(), "SP"))
        assert (not run.errors) is passes


@pytest.mark.parametrize(
    ("rows", "partner", "told_"), [([had()], "SP", 1), ([had("ended")], "SP", 0), ([had()], "SP2", 0), ([], "SP", 0)]
)
def test_what_ends_with_a_bar_is_told(rows: list[Any], partner: str, told_: int) -> None:
    run = step(partners=parts(barred=None, had=rows, service=service()))
    c07_5_looks._bars(run, None, line(), PaidServiceCase(service(), partner))
    assert len(run.notices) == told_


@pytest.mark.parametrize(("action", "refunds"), [("refunded", True), ("refused", False)])
def test_only_a_refund_gives_back(action: str, refunds: bool) -> None:
    dispute = row(Dispute, month="2026-10", amount=7)
    change = PaidServiceCase(service())
    run = step(partners=parts(disputed=dispute))
    c07_5_looks._answers(run, SimpleNamespace(service="S", action=action), line(), change)
    assert (change.amount, change.answered, change.refund) == (7, dispute, dispute if refunds else None)
    with pytest.raises(NotAllowed, match="No dispute"):
        c07_5_looks._answers(
            step(partners=parts(disputed=None)), SimpleNamespace(service="S"), line(), PaidServiceCase()
        )


@pytest.mark.parametrize(
    ("action", "known", "codes"),
    [
        ("subscribe", False, ["S"]),
        ("bar", False, ["S"]),
        ("unbar", False, ["S"]),
        ("cancel", False, []),
        ("cancel", True, ["A"]),
        ("dispute", True, ["A", "E"]),
        ("refunded", True, ["A", "E"]),
        (None, False, []),
    ],
)
def test_what_a_line_has_is_listed_once_the_customer_is_known(
    action: str | None, known: bool, codes: list[str]
) -> None:
    def of(code: str) -> Any:
        return row(ProviderService, code=code, partner="SP", name_zh=code)

    rows = [had(code="A"), had("ended", "E")]
    run = step(partners=parts(sold=[service()], had=rows, service=of, name=Message("SP")))
    found = service_choices(run, SimpleNamespace(action=action), line(), known)
    assert [choice.value for choice in found] == codes


@pytest.mark.parametrize(
    ("action", "with_service", "labels"),
    [
        ("subscribe", True, ["Subscribe", "Price"]),
        ("subscribe", False, ["Subscribe"]),
        ("cancel", True, ["Unsubscribe"]),
        ("dispute", True, ["Dispute", "In dispute"]),
    ],
)
def test_a_slip_has_the_price_or_what_is_in_dispute(action: str, with_service: bool, labels: list[str]) -> None:
    run, one = step(), line()
    run.notes["service"] = Message("x")
    one.more = PaidServiceCase(service() if with_service else None)
    form = SimpleNamespace(action=action, month="2026-10")
    assert [str(label) for label, _ in PAID.about(run, form, one)] == labels
    assert len(PAID.advice(run, form, one)) == (action == "dispute")


def test_each_action_names_its_order() -> None:
    for action, label in ACTIONS.items():
        assert str(PAID.titled({"action": action})) == f"Paid service: {label}"
    assert PAID.titled({}) == PAID.name


@pytest.mark.parametrize(("partner", "touches"), [("SP", ("provider:SP",)), ("", ())])
def test_an_order_touches_its_provider(partner: str, touches: tuple[str, ...]) -> None:
    one = line()
    one.more = PaidServiceCase(partner=partner)
    assert PAID.touches(step(), None, one) == touches


# plans


@pytest.mark.parametrize(
    ("starts", "opened", "today", "day"),
    [
        ("now", "2020-01-01", date(2026, 11, 23), date(2026, 11, 23)),
        ("next", "2026-11-01", date(2026, 11, 23), date(2026, 12, 1)),
        ("", "2026-11-01", date(2026, 11, 23), date(2026, 11, 23)),
        ("", "2026-10-31", date(2026, 11, 23), date(2026, 12, 1)),
        (None, "2025-11-01", date(2026, 11, 23), date(2026, 12, 1)),
        ("next", "2020-01-01", date(2026, 12, 31), date(2027, 1, 1)),
        ("next", "2020-01-01", date(2026, 1, 31), date(2026, 2, 1)),
        ("next", "2020-01-01", date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_a_plan_starts_today_or_on_the_1st_of_next_month(
    starts: str | None, opened: str, today: date, day: date
) -> None:
    form: Any = SimpleNamespace(starts=starts)
    assert c08_change_plan.first_day(form, line(opened_on=opened).subscription, today) == day


def offer(code: str, *months: int, fee: int = 5) -> Offer:
    return Offer(row(Product, code=code, name_zh=code, name_en=code), fee, months)


@pytest.mark.parametrize(
    ("offers", "months", "said"),
    [
        ([offer("B", 99), offer("P88", 100)], ("2026-10",), "0.01 yuan less in 1 month"),
        ([offer("B", 100), offer("P88", 100)], ("2026-10",), ""),
        ([offer("P88", 1), offer("B", 2)], ("2026-10",), ""),
        ([offer("B", 1)], ("2026-10",), ""),
        ([offer("B"), offer("P88", fee=9)], (), ""),
    ],
)
def test_a_cheaper_plan_is_told_by_what_was_used(offers: list[Offer], months: tuple[str, ...], said: str) -> None:
    found = in_words(Comparison(months, tuple(offers)), "P88")
    assert (found is not None) is bool(said)
    assert said in str(found or "")


def test_without_any_month_a_plan_costs_its_fee() -> None:
    assert (offer("A", fee=7).total, offer("A", 1, 2, fee=7).total, offer("A", 0, fee=7).total) == (7, 3, 0)


@pytest.mark.parametrize(
    ("plans", "to", "keep", "ends", "verdict"),
    [
        ("P88,P128", "P39", False, True, "yes"),
        ("P88,P128", "P128", False, False, "yes"),
        ("", "P39", False, False, "yes"),
        ("P88,P128", "P39", True, False, "override"),
        ("P88,P128", "P12", False, True, "yes"),
        (None, "P39", False, False, "yes"),
    ],
)
def test_a_handsets_contract_ends_with_a_plan_it_is_not_sold_with(
    monkeypatch: pytest.MonkeyPatch, plans: str | None, to: str, keep: bool, ends: bool, verdict: str
) -> None:
    monkeypatch.setattr("boss_tui.transactions.contracts.in_words", lambda *_: Message("told"))
    monkeypatch.setattr("boss_tui.transactions.contracts.penalty_of", lambda *_: 1)
    agreement = None if plans is None else row(Agreement, kind="handset", product="B")
    run = step(
        products=parts(bound=agreement), handsets=parts(contract=row(HandsetBundle, name_zh="B", plans=plans or ""))
    )
    form: Any = SimpleNamespace(plan=to, keep=keep)
    assert (c08_change_plan._handset_left(run, form, line()) is not None) is ends
    assert (run.qualification.verdict, "keep" in run.notes, len(run.notices)) == (verdict, ends, int(ends))


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 11, 23), False), (date(2026, 11, 24), True), (date(2026, 11, 22), False)]
)
def test_a_plan_from_a_later_day_waits_for_it(day: date, state: bool) -> None:
    one = line()
    one.more = c08_change_plan.PlanCase(day=day)
    run = step(network=parts(ordered=False))
    assert (PLAN.state(run, None, one) == "pending") is state
    assert (str(PLAN.starts(run, one)) == day.isoformat()) is state


@pytest.mark.parametrize(("causes", "waits"), [(["request"], True), (["loss"], False), (["loss", "request"], True)])
def test_a_plan_waits_while_its_line_is_stopped_on_request(causes: list[str], waits: bool) -> None:
    def form_of(_order: Any) -> Any:
        raise LookupError  # what comes after the refusal

    found = type(PLAN)(PLAN)
    found.form_of = form_of
    run = step(products=parts(owned=line().subscription, causes=[SimpleNamespace(cause=cause) for cause in causes]))
    with pytest.raises(NotAllowed if waits else LookupError):
        found.due(run, row(ProductOrder, subscription_id="line"))
