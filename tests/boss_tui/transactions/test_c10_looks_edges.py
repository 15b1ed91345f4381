"""What C10 looks at: the unit, whose number it is for, its contract and its owner, what may come back, what ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Reason
from boss_tui.business.process import Run
from boss_tui.transactions.c10 import looks as c10_looks
from boss_tui.transactions.c10.looks import LOOKS, HandsetCase
from data.errors import NotAllowed
from data.message import Message
from data.tables.life import Agreement
from data.tables.product import Product
from data.tables.stock import Handset, HandsetBundle
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

IMEI, OTHER = "490154203237518", "356938035643809"


def unit(imei: str = IMEI, model: str = "M", **values: Any) -> Any:
    return row(Handset, imei=imei, model=model, colour="black", **values)


BUNDLE = row(HandsetBundle, code="B", model="M", name_zh="B", name_en="Bundle", price=10, prepay=1_000, months=3)


def asked(**typed: Any) -> Any:
    empty = {"imei": IMEI, "new_imei": "", "number": "", "bundle": "", "document_number": ""}
    return SimpleNamespace(**{**empty, **typed})


def looking(*, owed: tuple[tuple[int, int], ...] = (), state: str = "active", **more: Any) -> tuple[Run, list[str]]:
    one = line(state=state, customer={"name": "Zhang"})
    answers: dict[str, Any] = {
        "products": {
            "goods": row(Product, code="M", name_en="Model"),
            "subscription": one.subscription,
            "bound": None,
            "name": Message,
            "owned": one.subscription,
        },
        "handsets": {"unit": unit, "bundle": BUNDLE, "sale_of": "sale", "paid_for": 9_900},
        "customers": {"owner": one.customer},
        "accounts": {"of": one.account, "of_customer": [one.account]},
        "tariff": {"price": SimpleNamespace(lines=(priced("handset", 99), priced("handling_fee", 1)))},
        "billing": {"owed": [SimpleNamespace(amount=fen, days=days) for fen, days in owed]},
        "operators": {"supervised": lambda rule, _why: [Reason(rule, "override", Message(""))]},
    }
    for name, said in more.items():
        answers[name] = {**answers.get(name, {}), **said}
    return doing(**answers)


# selling


@pytest.mark.parametrize(
    ("typed", "owed", "notices", "rules", "wrong"),
    [
        ({}, (), 0, [], []),
        ({"number": "139"}, (), 0, [], []),
        ({"number": "139"}, ((5, 0),), 0, [], []),
        ({"number": "139"}, ((5, 1),), 1, [], []),
        ({"number": "139", "bundle": "B", "document_number": "D"}, ((5, 1),), 1, ["arrears"], []),
        ({"number": "139", "bundle": "B", "document_number": "D"}, (), 0, [], []),
        ({"number": "139", "bundle": "B"}, (), 0, [], ["document_number"]),
        ({"bundle": "B"}, (), 0, [], ["number"]),
        ({"bundle": "B", "number": None}, (), 0, [], ["number"]),
    ],
)
def test_a_unit_is_reserved_and_a_contract_is_for_a_number_and_its_owner(
    typed: dict[str, Any], owed: Any, notices: int, rules: list[str], wrong: list[str]
) -> None:
    run, done = looking(owed=owed)
    case = HandsetCase()
    LOOKS["sell"](run, asked(**typed), case)
    assert done[0] == f"resources.reserve('handset', '{IMEI}')"
    assert (len(run.notices), [one.rule for one in case.reasons], list(run.errors)) == (notices, rules, wrong)
    assert (case.bundle is BUNDLE, case.line is not None) == ("bundle" in typed, bool(typed.get("number")))
    assert str(run.notes["imei"]) == "Model  black"
    with_contract = bool(typed.get("number")) and "bundle" in typed
    assert amounts(run.quote.lines) == (
        [("handset", 10), ("handling_fee", 1), ("contract_prepay", 1_000)]
        if with_contract
        else [("handset", 99), ("handling_fee", 1)]
    )
    assert str(run.quote.lines[0].discount) == ("Bundle" if with_contract else "")
    assert run.proven == ({"document:owner"} if typed.get("document_number") else set())


def test_a_unit_that_can_not_be_sold_has_no_price() -> None:
    def refused(*_: Any) -> Any:
        raise NotAllowed(Message("No."))

    run, _ = looking(resources={"reserve": refused})
    case = HandsetCase()
    LOOKS["sell"](run, asked(bundle="B", number="139"), case)
    assert (told(run), case.unit, case.bundle, run.quote.lines) == ({"imei": "No."}, None, None, ())


@pytest.mark.parametrize(
    ("bound", "number", "plans", "has"),
    [(None, "139", ["P88"], True), ("bound", "139", ["P88"], False), ("bound", "", [""], True)],
)
def test_a_number_has_one_handset_under_contract_at_a_time(
    bound: Any, number: str, plans: list[str], has: bool
) -> None:
    asked_for: list[Any] = []
    kinds: list[Any] = []
    run, _ = looking(products={"bound": hears(kinds, bound)}, handsets={"bundle": hears(asked_for, BUNDLE)})
    run.proven.add("document:owner")
    case = HandsetCase()
    LOOKS["sell"](run, asked(bundle="B", number=number), case)
    assert (case.bundle is BUNDLE, asked_for) == (has, [("B", "M", plans[0])])
    assert kinds == ([("line", "handset")] if number else [])
    assert ("bundle" in run.errors) is not has


@pytest.mark.parametrize(("state", "passes"), [("active", True), ("suspended", False), ("pendingActive", False)])
def test_a_unit_is_sold_for_a_number_that_works(state: str, passes: bool) -> None:
    run, _ = looking(state=state)
    case = HandsetCase()
    LOOKS["sell"](run, asked(number="139"), case)
    assert (case.line is not None, "number" in run.errors) == (passes, not passes)
    assert run.facts == ({"customer_id": "owner"} if passes else {})
    if passes:
        assert str(run.notes["number"]) == "Zhang"


@pytest.mark.parametrize(
    ("case", "customer"),
    [
        (HandsetCase(), None),
        (HandsetCase(unit(customer_id="buyer")), "buyer"),
        (HandsetCase(line=line()), "owner"),
        (HandsetCase(unit(customer_id="buyer"), line=line()), "owner"),
        (HandsetCase(unit(customer_id=None)), None),
    ],
)
def test_a_unit_is_its_numbers_owners_or_its_buyers(case: HandsetCase, customer: str | None) -> None:
    assert case.customer_id == customer


# exchanging and taking back


@pytest.mark.parametrize(
    ("new_imei", "model", "fresh", "wrong"),
    [(OTHER, "M", True, []), (OTHER, "N", False, ["new_imei"]), ("", "M", False, ["new_imei"])],
)
def test_a_unit_is_exchanged_for_one_of_its_model_within_15_days(
    new_imei: str, model: str, fresh: bool, wrong: list[str]
) -> None:
    run, done = looking(handsets={"unit": lambda imei: unit(imei, model if imei == OTHER else "M")})
    case = HandsetCase()
    LOOKS["exchange"](run, asked(new_imei=new_imei), case)
    assert (case.fresh is not None, list(run.errors)) == (fresh, wrong)
    reserved = [f"resources.reserve('handset', '{OTHER}')"] if fresh else []
    assert done == [f"handsets.must_be_within({IMEI}, 15)", *reserved]


def test_of_a_unit_that_is_not_known_the_other_is_still_looked_at() -> None:
    def refused(*_: Any) -> Any:
        raise NotAllowed(Message("Too late."))

    run, _ = looking(handsets={"must_be_within": refused})
    case = HandsetCase()
    LOOKS["exchange"](run, asked(new_imei=OTHER), case)
    assert (told(run), case.unit, case.fresh is not None) == ({"imei": "Too late."}, None, True)
    run, _ = looking(handsets={"must_be_within": refused})
    case = HandsetCase()
    LOOKS["return"](run, asked(), case)
    assert (told(run), run.quote.lines, [one.rule for one in case.reasons]) == ({"imei": "Too late."}, (), ["return"])


def test_a_unit_comes_back_within_7_days_for_what_was_paid() -> None:
    run, done = looking()
    case = HandsetCase()
    LOOKS["return"](run, asked(), case)
    assert done == [f"handsets.must_be_within({IMEI}, 7)"]
    assert [(one.item, one.amount, one.resource, one.source) for one in run.quote.lines] == [
        ("handset", -9_900, "M", "sale")
    ]
    assert ([one.rule for one in case.reasons], case.sale) == (["return"], "sale")
    assert str(run.notes["imei"]) == "M  paid 99.00"


# ending


def agreement(kind: str, product: str) -> Any:
    return row(
        Agreement,
        kind=kind,
        product=product,
        value=36_500,
        penalty_percent=100,
        starts_on="2026-01-01",
        ends_on="2026-12-31",
    )


@pytest.mark.parametrize(
    ("shown", "document", "wrong"), [(True, "", []), (False, "D", []), (False, "", ["document_number"])]
)
def test_a_contract_is_ended_by_its_owner_for_its_penalty(shown: bool, document: str, wrong: list[str]) -> None:
    run, _ = looking(products={"agreed": [agreement("plan", "P88"), agreement("number", "N")]})
    if shown:
        run.proven.add("document:owner")
    case = HandsetCase()
    LOOKS["end"](run, asked(number="139", document_number=document), case)
    assert list(run.errors) == wrong
    assert amounts(run.quote.lines) == [("plan_penalty", 3_900)]
    assert [one.product for one in case.ends] == ["P88"]


def test_what_runs_is_listed_of_a_number_that_is_said() -> None:
    run, _ = looking(products={"agreed": [agreement("plan", "P88"), agreement("number", "N")]})
    form: Any = asked(number="139")
    assert [one.value for one in c10_looks.running(run, form)] == ["P88"]
    form.number = ""
    assert c10_looks.running(run, form) == []
    case = HandsetCase()
    LOOKS["end"](run, form, case)
    assert told(run) == {"number": "This field is needed."}
