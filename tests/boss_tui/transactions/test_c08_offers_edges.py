"""Which plans are compared (C8), what each costs, in which order, and who is shown what it would have cost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.transactions.c08 import change_plan as c08_change_plan
from boss_tui.transactions.c08 import compare as c08_compare
from boss_tui.transactions.c08.compare import Comparison, Offer
from data.errors import NotAllowed, OutOfStock
from data.message import Message
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing
from tests.boss_tui.transactions.stand_in import line, priced

PLAN: Any = BUSINESSES["C8"]
FEES = {"P39": 3_900, "P88": 8_800, "P128": 12_800, "OLD": 100, "VMAIL": 500}


def product(code: str, rank: int = 1) -> Any:
    return row(Product, code=code, name_zh=code, name_en=code, rank=rank)


def asking(offered: list[Any], used: dict[str, Any] | None = None, refused: str = "", **more: Any) -> Run:
    """A step in which these plans are offered, with voicemail that stays; one of them does not fit."""

    def moved_to(_line: Any, plan: str, *_: Any) -> PlanMove:
        if plan == refused:
            raise NotAllowed(Message("No."), field="subscribe")
        return PlanMove(Basket(product(plan), (), (product("VMAIL"),)), (), ())

    one = line()
    run, _ = doing(
        products={"offered": offered, "moved_to": moved_to, "product": product, **more.pop("products", {})},
        tariff={"monthly": lambda codes, _: [priced("monthly_fee", FEES[code]) for code in codes]},
        billing={"used": used or {}, "would_cost": lambda plan, fee, months: [fee + len(plan) for _ in months]},
        customers={"owner": one.customer},
        accounts={"of": one.account},
        **more,
    )
    return run


def test_plans_are_compared_with_the_services_that_stay_the_cheapest_first() -> None:
    found = c08_compare.compare(
        asking([product("P128"), product("P88"), product("P39")], {"2026-09": 1, "2026-10": 2}), line()
    )
    assert found.months == ("2026-09", "2026-10")
    assert [(one.plan.code, one.fee, one.months, one.total) for one in found.offers] == [
        ("P39", 4_400, (4_403, 4_403), 8_806),
        ("P88", 9_300, (9_303, 9_303), 18_606),
        ("P128", 13_300, (13_304, 13_304), 26_608),
    ]


def test_of_two_that_cost_the_same_the_one_of_lower_rank_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FEES, "P39", 8_800)
    for ranks in ((1, 2), (2, 1)):
        run = asking([product("P88", ranks[0]), product("P39", ranks[1])])
        assert [one.plan.rank for one in c08_compare.compare(run, line()).offers] == [1, 2]


@pytest.mark.parametrize(
    ("present", "codes"), [("OLD", ["OLD", "P39", "P88"]), ("P88", ["P39", "P88"]), ("P39", ["P39", "P88"])]
)
def test_the_plan_in_force_is_among_them_also_when_it_is_sold_no_more(present: str, codes: list[str]) -> None:
    found = c08_compare.compare(asking([product("P39"), product("P88")]), line(plan=present))
    assert [one.plan.code for one in found.offers] == codes
    if present == "OLD":
        assert (found.offers[0].fee, found.offers[0].months) == (100, ())


def test_a_plan_that_does_not_fit_is_left_out() -> None:
    found = c08_compare.compare(asking([product("P39"), product("P88")], refused="P39"), line())
    assert [one.plan.code for one in found.offers] == ["P88"]
    assert found.of("P88") is found.offers[0]
    assert found.of("P39") is None


def test_a_refusal_of_a_plan_names_no_other_field() -> None:
    with pytest.raises(NotAllowed) as refusal:
        c08_compare.moved_to(asking([], refused="P39"), line(), "P39")
    assert refusal.value.field == ""


@pytest.mark.parametrize(
    ("shown", "used", "details"),
    [
        (True, {"2026-10": 1}, ["44.00 a month; would have cost 44.03"]),
        (False, {"2026-10": 1}, ["44.00 a month"]),
        (True, {}, ["44.00 a month"]),
    ],
)
def test_the_list_has_the_other_plans_and_what_they_would_have_cost(
    monkeypatch: pytest.MonkeyPatch, shown: bool, used: dict[str, Any], details: list[str]
) -> None:
    monkeypatch.setattr(PLAN, "line", lambda *_: line(), raising=False)
    run = asking([product("P39"), product("P88")], used)
    if shown:
        run.proven.add("document:owner")
    found = PLAN.choices(run, SimpleNamespace(number="139"), "plan", "")
    assert [(one.value, str(one.label), str(one.detail)) for one in found] == [("P39", "P39", details[0])]


def test_lists_of_the_other_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PLAN, "line", lambda *_: None, raising=False)
    run = asking([product("P39")], products={"find_lines": []})
    assert [one.value for one in PLAN.choices(run, None, "starts", "")] == ["now", "next"]
    assert PLAN.choices(run, None, "plan", "") == []
    assert PLAN.choices(run, None, "number", "139") == []
    assert (list(PLAN.known(run, "plan")), list(PLAN.known(run, "starts"))) == (["P39"], [])


def test_an_example_is_another_plan_than_the_one_in_force() -> None:
    own = row(Subscription, id="line", number="139", plan="P39", customer_id="owner", account_id="account")
    lines = {"some_lines": lambda *_, **__: [own]}
    for offered, plan in (("P39", "P88"), "P88"), (("P88", "P39"), "P88"):
        run = asking([product(code) for code in offered], products=lines, processes={"running": None})
        assert PLAN.example(run) == {"number": "139", "document_number": "", "plan": plan, "starts": "now"}
    with pytest.raises(OutOfStock):
        PLAN.example(asking([product("P39")], products=lines, processes={"running": None}))


def test_an_offer_as_a_fact() -> None:
    one = Offer(product("P39"), 5, (3, 4))
    assert one.as_fact() == {
        "plan": "P39",
        "name": {"zh_CN": "P39", "en": "P39"},
        "fee": 5,
        "months": [3, 4],
        "total": 7,
    }
    assert c08_compare.in_words(Comparison(("a", "b"), (one, Offer(product("P88"), 5, (4, 4)))), "P88") is not None


def test_the_price_of_a_change_that_can_not_be_is_the_present_plans() -> None:
    assert c08_compare.asked_for(line(), None).products == ("P88",)
    assert c08_change_plan.STARTS.keys() == {"now", "next"}
