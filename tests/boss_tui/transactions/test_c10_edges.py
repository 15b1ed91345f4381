"""What C10 does with handsets and their contracts, step by step: sold, exchanged, taken back, ended, month by month."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c10 import handsets as c10_handsets
from boss_tui.transactions.c10 import looks as c10_looks
from boss_tui.transactions.c10.form import HandsetForm
from boss_tui.transactions.c10.looks import HandsetCase
from data.errors import NotAllowed, OutOfStock
from data.message import Message
from data.tables.life import Agreement
from data.tables.order import ProductOrder
from data.tables.product import Product
from data.tables.stock import Handset, HandsetBundle
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import line, priced, told

GOODS: Any = BUSINESSES["C10"]
IMEI, OTHER = "490154203237518", "356938035643809"
ACTIONS = ("sell", "exchange", "return", "end")


def unit(imei: str = IMEI, **values: Any) -> Any:
    return row(Handset, **{"imei": imei, "model": "M", "colour": "black", **values})


def bundle(**values: Any) -> Any:
    standard = {
        "code": "B",
        "model": "M",
        "name_zh": "B",
        "name_en": "Bundle",
        "price": 10,
        "prepay": 1_000,
        "months": 3,
        "penalty_percent": 30,
    }
    return row(HandsetBundle, **{**standard, **values})


def agreement(**values: Any) -> Any:
    return row(Agreement, id="bound", kind="handset", product="B", subscription_id="line", **values)


def asked(action: str | None = "sell", **typed: Any) -> Any:
    empty = {
        "imei": "",
        "new_imei": "",
        "number": "",
        "buyer": "",
        "bundle": "",
        "document_number": "",
        "faulty": True,
        "reason": "",
        "month": 0,
    }
    return HandsetForm.model_construct(**{**empty, "action": action, **typed})


def _named(found: list[str], name: str) -> Any:
    return lambda *_: found.append(name)


# what is looked at


@pytest.mark.parametrize(
    ("action", "imei", "reason", "looked", "wrong"),
    [
        ("sell", IMEI, "", ["sell"], []),
        (None, IMEI, "", ["sell"], []),
        ("sell", "", "", [], ["imei"]),
        ("sell", None, "", [], []),
        ("exchange", IMEI, "x", ["exchange"], []),
        ("exchange", IMEI, " ", ["exchange"], ["reason"]),
        ("return", IMEI, None, ["return"], ["reason"]),
        ("return", "", "x", [], ["imei"]),
        ("end", "", "x", ["end"], []),
        ("end", "", "", ["end"], ["reason"]),
        ("end", None, "x", ["end"], []),
    ],
)
def test_a_unit_is_looked_at_by_what_is_done_with_it(
    monkeypatch: pytest.MonkeyPatch,
    action: str | None,
    imei: str | None,
    reason: str | None,
    looked: list[str],
    wrong: list[str],
) -> None:
    found: list[str] = []
    for name in ACTIONS:
        monkeypatch.setitem(c10_looks.LOOKS, name, _named(found, name))
    run, _ = doing(
        operators={"may": []},
        eligibility={"ask": SimpleNamespace(reasons=())},
        finance={"ready": [Reason("shift", "no", Message(""))]},
    )
    GOODS.fill(run, asked(action, imei=imei, reason=reason))
    assert (found, sorted(run.errors)) == (looked, wrong)
    assert bool(run.qualification.reasons) is (action != "exchange")  # no money moves with an exchange


@pytest.mark.parametrize(("due", "limit"), [(500, 500), (0, 0), (-500, 0)])
@pytest.mark.parametrize("with_line", [True, False])
def test_the_operator_is_asked_for_what_is_paid_and_for_whom(
    monkeypatch: pytest.MonkeyPatch, due: int, limit: int, with_line: bool
) -> None:
    def look(run: Any, _form: Any, case: HandsetCase) -> None:
        run.quote, case.reasons = Quote((priced("handset", due),)), [Reason("b", "yes", Message(""))]
        case.line = line() if with_line else None

    monkeypatch.setitem(c10_looks.LOOKS, "sell", look)
    limits: list[int] = []
    subjects: list[Applicant] = []
    run, _ = doing(
        operators={"may": hears(limits, [Reason("a", "yes", Message(""))])},
        eligibility={"ask": hears(subjects, SimpleNamespace(reasons=(Reason("c", "yes", Message("")),)))},
        finance={"ready": [Reason("d", "yes", Message(""))]},
    )
    GOODS.fill(run, asked(imei=IMEI))
    assert (limits, [one.rule for one in run.qualification.reasons]) == ([limit], ["a", "b", "c", "d"])
    about = Applicant(category="ordinary", customer_id="owner", product="P88", account_id="account")
    assert subjects == [about if with_line else Applicant()]


# selling


NEXT = "processes.schedule('line', {day}, {{imei: '{imei}', bundle: 'B', month: {month}}}, touches=[])"
BOUND = "products.bind(line, 'handset', 3, product='B', value=1000, penalty_percent=30)"


@pytest.mark.parametrize(
    ("with_line", "with_bundle", "today", "day"),
    [
        (True, True, "2026-11-23", "2026-12-23"),
        (True, True, "2027-01-31", "2027-02-28"),
        (True, True, "2026-12-01", "2027-01-01"),
        (True, False, "2026-11-23", ""),
        (False, False, "2026-11-23", ""),
        (False, True, "2026-11-23", ""),
    ],
)
def test_a_unit_is_sold_with_its_contract_and_the_first_month_is_set(
    with_line: bool, with_bundle: bool, today: str, day: str
) -> None:
    held: list[Any] = []
    run, done = doing(
        about={"business_date": today},
        partners={"channel": "agent"},
        documents={"of": ("paper",)},
        customers={"owner": line().customer},
        accounts={"gift": SimpleNamespace(id="gift")},
        products={"goods": row(Product, code="M", name_en="Model")},
        resources={"sell": hears(held, unit())},
        finance={"take": hears(held, Taken("p", 5_049, 6_000, 951, ()))},
    )
    run.quote = Quote((priced("handset", 5_049),))
    case = HandsetCase(unit(), line=line() if with_line else None, bundle=bundle() if with_bundle else None)
    result = GOODS.perform(run, asked(imei=IMEI, buyer="Li"), case, [])
    whose = "line" if with_line else None
    assert held == [(run.quote, [], {2: "gift"} if day else {}), ("handset", IMEI, whose)]
    contract = [BOUND, NEXT.format(day=day, imei=IMEI, month=1)] if day else []
    assert done == [
        f"handsets.hand_over({IMEI}, {'owner' if with_line else None!r})",
        *contract,
        *(["behaviour.watch('owner')"] if with_line else []),
        "settlement.owe('agent', 'commission', 100)",
        *(["content.clauses()"] if with_bundle else []),
        "statistics.count('accepted', 5049)",
    ]
    assert (result.customer_id, result.subscription_id) == (("owner", "line") if with_line else (None, None))
    assert (result.amount, result.tendered, result.change, result.papers) == (5_049, 6_000, 951, ("paper",))
    assert (result.state, result.facts) == ("completed", {"imei": IMEI, "new_imei": ""})


@pytest.mark.parametrize(
    ("action", "customer", "buyer", "name", "role", "corrects"),
    [
        ("sell", None, "Li", "Li", "Buyer", ""),
        ("sell", None, "", "Bearer", "Buyer", ""),
        ("sell", "owner", "Li", "Zhang", "Buyer", ""),
        ("return", "owner", "", "Zhang", "Customer", "sale"),
        ("exchange", "owner", "", "Zhang", "Customer", ""),
    ],
)
def test_a_paper_names_who_buys(
    action: str, customer: str | None, buyer: str, name: str, role: str, corrects: str
) -> None:
    sales: list[Any] = []
    run, _ = doing(
        documents={"of": hears(sales, ())},
        resources={"sell": unit()},
        customers={"owner": SimpleNamespace(name="Zhang")},
        products={"goods": row(Product, code="M")},
        handsets={"sale_of": "sale", "unit": unit()},
        processes={"order": row(ProductOrder, amount=1)},
    )
    case = HandsetCase(unit(customer_id=customer), fresh=unit(OTHER), sale=corrects)
    GOODS.perform(run, asked(action, imei=IMEI, new_imei=OTHER, buyer=buyer, reason="why"), case, [])
    [sale] = sales
    assert (str(sale.customer_name), sale.corrects, sale.reason) == (name, corrects, "why")
    [party] = sale.parties
    assert (party.customer_id, str(party.name), str(party.role)) == (customer, name, role)


def test_nothing_is_done_without_a_unit_or_a_contract() -> None:
    run, done = doing()
    for case in (HandsetCase(), HandsetCase(line=line(), bundle=bundle())):
        with pytest.raises(NotAllowed, match="not complete"):
            GOODS.perform(run, asked(), case, [])
    for case in (HandsetCase(unit()), HandsetCase(fresh=unit())):
        with pytest.raises(NotAllowed, match="not complete"):
            c10_handsets._exchanged(run, asked("exchange"), case)
    assert done == []


@pytest.mark.parametrize(("due", "commission"), [(49_999, 999), (50_000, 1_000), (49, 0)])
def test_an_agent_earns_two_hundredths_of_a_handset(due: int, commission: int) -> None:
    run, done = doing(resources={"sell": unit()})
    run.quote = Quote((priced("handset", due),))
    c10_handsets._sold(run, asked(imei=IMEI), HandsetCase(unit()))
    assert done[-1] == f"settlement.owe(None, 'commission', {commission})"


# exchanging, taking back, ending


@pytest.mark.parametrize(("faulty", "state"), [(True, "faulty"), (False, "returned")])
def test_a_unit_is_exchanged_for_another_with_its_owner_and_its_days(faulty: bool, state: str) -> None:
    sold: list[Any] = []
    run, done = doing(resources={"sell": hears(sold, unit(OTHER))})
    case = HandsetCase(unit(subscription_id="line", customer_id="owner", sold_on="2026-11-20"), fresh=unit(OTHER))
    c10_handsets._exchanged(run, asked("exchange", new_imei=OTHER, faulty=faulty), case)
    assert sold == [("handset", OTHER, "line", "new_imei")]
    assert done == [f"handsets.hand_over({OTHER}, 'owner', '2026-11-20')", f"handsets.come_back({IMEI}, '{state}')"]


ENDED = [
    "processes.unschedule('line', 'C10', The contract was ended., bundle='B')",
    "products.unbind('line', 'handset')",
]


@pytest.mark.parametrize(("faulty", "state"), [(True, "faulty"), (False, "returned")])
@pytest.mark.parametrize(("paid", "whole"), [(5_000, True), (5_001, False), (4_999, False)])
def test_a_return_takes_back_its_sale_where_it_was_the_whole_of_it(
    faulty: bool, state: str, paid: int, whole: bool
) -> None:
    run, done = doing(
        handsets={"sale_of": "sale", "unit": unit(), "contract": bundle()},
        processes={"order": row(ProductOrder, id="sale", amount=paid)},
        products={"goods": row(Product, code="M")},
        finance={"take": Taken("p", -5_000, -5_000, 0, ())},
        documents={"red_letter": ["red"], "of": ("paper",)},
    )
    case = HandsetCase(unit(subscription_id="line"), ends=[agreement()])
    run.quote = Quote((priced("handset", -5_000),))
    result = GOODS.perform(run, asked("return", imei=IMEI, faulty=faulty, reason="why"), case, [])
    figure = "reversed" if whole else "accepted"
    assert done == [f"handsets.come_back({IMEI}, '{state}')", *ENDED, f"statistics.count('{figure}', -5000)"]
    assert (result.papers, result.subscription_id) == (("red",) if whole else ("paper",), "line")


def test_a_contract_ends_by_itself_without_a_unit() -> None:
    run, done = doing(
        documents={"of": ()}, customers={"owner": SimpleNamespace(name="Zhang")}, handsets={"contract": bundle()}
    )
    case = HandsetCase(line=line(), ends=[agreement()])
    result = GOODS.perform(run, asked("end", reason="why"), case, [])
    assert done == [*ENDED, "statistics.count('accepted', 0)"]
    assert (result.subscription_id, result.amount) == ("line", 0)
    run, done = doing()
    c10_handsets._returned(run, asked("return"), HandsetCase())
    assert done == []


@pytest.mark.parametrize(
    ("form", "values", "deeds"),
    [
        (
            {"action": "sell"},
            {"amount": 5_000},
            ["service.call_back('owner', 7, 'C10')", "loyalty.award('owner', 5, 'C10')"],
        ),
        (
            {"action": "sell"},
            {"amount": 5_999},
            ["service.call_back('owner', 7, 'C10')", "loyalty.award('owner', 5, 'C10')"],
        ),
        ({"action": "sell"}, {"amount": 5_000, "customer_id": None}, []),
        ({"action": "sell", "month": 1}, {"amount": 5_000}, []),
        ({"action": "exchange"}, {}, []),
        ({"action": "return", "imei": IMEI}, {"amount": -77}, ["processes.takes_back(order, sale)"]),
        ({"action": "return", "imei": IMEI}, {"amount": -78}, []),
        ({"action": "return", "imei": IMEI}, {"amount": 77}, []),
        ({"action": "end"}, {"amount": -77}, []),
    ],
)
def test_a_buyer_is_called_and_earns_points_and_a_whole_sale_is_none(
    form: dict[str, Any], values: dict[str, Any], deeds: list[str]
) -> None:
    run, done = doing(
        handsets={"sale_of": "sale", "unit": unit()}, processes={"order": row(ProductOrder, id="sale", amount=77)}
    )
    GOODS.finish(run, order(form, **values))
    assert done == deeds


@pytest.mark.parametrize(("month", "part", "then"), [(1, 333, 2), (2, 333, 3), (3, 334, None)])
def test_each_month_gives_its_part_back_and_sets_the_next(month: int, part: int, then: int | None) -> None:
    run, done = doing(
        products={"owned": line().subscription, "was_terminated": False},
        handsets={"contract": bundle()},
        accounts={"gift": SimpleNamespace(id="gift"), "bucket": SimpleNamespace(id="prepaid")},
    )
    assert GOODS.due(run, order({"action": "sell", "imei": IMEI, "bundle": "B", "month": month})) is False
    again = [NEXT.format(day="2026-12-23", imei=IMEI, month=then)] if then else []
    assert done == [f"finance.release({part}, 'gift', 'prepaid')", *again]


def test_a_month_of_a_contract_that_ended_gives_nothing_back() -> None:
    run, done = doing(products={"owned": line().subscription, "was_terminated": True})
    with pytest.raises(NotAllowed, match="was ended"):
        GOODS.due(run, order({"imei": IMEI, "bundle": "B", "month": 2}))
    assert done == []


UNSOLD, BACK = "handsets.reverse_sale('order')", f"handsets.reverse_return({IMEI})"
AGAIN = ["products.bind_again('order')", "processes.set_again('line', The contract was ended.)"]
POINTS = "loyalty.reverse('order', 'C10')"


@pytest.mark.parametrize(
    ("form", "values", "deeds"),
    [
        ({"action": "sell"}, {}, [UNSOLD, POINTS]),
        ({"action": "sell"}, {"customer_id": None}, [UNSOLD]),
        (
            {"action": "sell", "bundle": "B"},
            {},
            [
                UNSOLD,
                "products.reverse_contracts('line', 'order')",
                "processes.unschedule('line', 'C10', The handset came back.)",
                POINTS,
            ],
        ),
        ({"action": "sell", "bundle": "B"}, {"subscription_id": None}, [UNSOLD, POINTS]),
        ({"action": "exchange", "imei": IMEI}, {}, [UNSOLD, BACK]),
        ({"action": "return", "imei": IMEI}, {}, [BACK, *AGAIN]),
        ({"action": "return", "imei": IMEI}, {"subscription_id": None}, [BACK]),
        ({"action": "end", "bundle": "B"}, {}, AGAIN),
        ({"action": "end"}, {"subscription_id": None}, []),
    ],
)
def test_goods_contracts_and_points_go_back_as_they_came(
    form: dict[str, Any], values: dict[str, Any], deeds: list[str]
) -> None:
    run, done = doing(handsets={"unit": unit()})
    assert GOODS.reverse(run, order(form, **{"amount": 5_999, **values})) is False
    assert done == deeds


# lists and papers


@pytest.mark.parametrize(
    ("field", "typed", "values"),
    [
        ("action", {}, list(ACTIONS)),
        ("imei", {}, [IMEI, OTHER]),
        ("new_imei", {}, [IMEI, OTHER]),
        ("number", {}, ["139"]),
        ("bundle", {"imei": IMEI}, ["B"]),
        ("bundle", {"imei": ""}, []),
        ("bundle", {"imei": IMEI, "action": "end"}, ["running"]),
        ("reason", {"imei": IMEI}, []),
        ("reason", {"imei": IMEI, "action": "end"}, []),
    ],
)
def test_lists_of_the_fields(
    monkeypatch: pytest.MonkeyPatch, field: str, typed: dict[str, Any], values: list[str]
) -> None:
    monkeypatch.setattr(c10_handsets, "running", lambda *_: [SimpleNamespace(value="running")])
    monkeypatch.setattr(c10_handsets, "find_lines", lambda *_: [SimpleNamespace(value="139")])
    run, _ = doing(
        handsets={"in_stock": lambda **_: [unit(), unit(OTHER)], "unit": unit(), "bundles": [bundle()]},
        products={"name": Message("Model")},
        tariff={"price": SimpleNamespace(due=99_900)},
    )
    found = GOODS.choices(run, asked(**typed), field, "")
    assert [one.value for one in found] == values
    if field == "imei":
        assert str(found[0].detail) == "black  999.00 yuan"
    if values == ["B"]:
        assert (str(found[0].label), str(found[0].detail)) == ("Bundle", "0.10 now, 10.00 prepaid, 3 months")


def test_an_example_sells_the_first_unit_in_stock() -> None:
    assert GOODS.example(doing(handsets={"in_stock": [unit(), unit(OTHER)]})[0]) == {"action": "sell", "imei": IMEI}
    with pytest.raises(OutOfStock):
        GOODS.example(doing(handsets={"in_stock": []})[0])
    assert [str(GOODS.titled({"action": action})) for action in (*ACTIONS, "")] == [
        "Sell a handset",
        "Exchange a handset",
        "Take a handset back",
        "End a contract",
        "Sell a handset",
    ]


@pytest.mark.parametrize(
    ("form", "case", "labels"),
    [
        ({}, {}, []),
        ({"imei": IMEI}, {"unit": unit()}, ["Model", "IMEI"]),
        ({"imei": IMEI}, {"unit": unit(), "bundle": bundle(), "line": line()}, ["Model", "IMEI", "Contract", "Number"]),
        ({"imei": IMEI, "new_imei": OTHER, "reason": "x"}, {"unit": unit()}, ["Model", "IMEI", "New IMEI", "Reason"]),
        ({"reason": "x"}, {"line": line(), "ends": [agreement()]}, ["Contract ended", "Number", "Reason"]),
    ],
)
def test_a_paper_tells_the_unit_its_contract_and_why(
    form: dict[str, Any], case: dict[str, Any], labels: list[str]
) -> None:
    run, _ = doing(products={"goods": row(Product, code="M")}, handsets={"contract": bundle()})
    assert [str(label) for label, _ in c10_handsets._about(run, asked(**form), HandsetCase(**case))] == labels


@pytest.mark.parametrize(
    ("action", "with_bundle", "said"), [("sell", False, 1), ("sell", True, 3), ("return", False, 0), ("end", True, 0)]
)
def test_who_buys_is_told_the_days_and_the_contracts_terms(action: str, with_bundle: bool, said: int) -> None:
    run, _ = doing()
    advice = c10_handsets._advice(run, asked(action), HandsetCase(bundle=bundle() if with_bundle else None))
    assert len(advice) == said
    if said:
        assert str(advice[0]).startswith("Back within 7 days, exchanged within 15:")
    if said == 3:
        assert "3 months: 3.33 yuan" in str(advice[1])
        assert "30 %" in str(advice[2])


def test_what_is_wrong_with_a_unit_stands_beside_it() -> None:
    run, _ = doing(operators={"may": []}, eligibility={"ask": SimpleNamespace(reasons=())}, finance={"ready": []})
    GOODS.fill(run, asked(imei="", reason=""))
    assert told(run) == {"imei": "This field is needed."}
