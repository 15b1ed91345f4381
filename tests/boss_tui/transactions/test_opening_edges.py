"""What an opening (C1) makes of what is typed: who it is for, what goes together, what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.credit.credit import Assessment
from boss_tui.components.customers.customers import Person
from boss_tui.components.products.products import Basket
from boss_tui.components.resources.resources import Resources
from boss_tui.transactions.c01.form import OpenAccountForm
from boss_tui.transactions.c01.open_account import OpeningCase
from data.errors import NotAllowed
from data.message import say
from data.tables.customer import Customer
from data.tables.product import Product
from data.tables.resource import NumberGrade, SimCard
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.acts import Acts, Does
from tests.boss_tui.transactions.stand_in import priced, told

TODAY = date.fromisoformat(DAY)
OPENING: Any = BUSINESSES["C1"]
NUMBER, ICCID = "13957000001", "89860012345678901234"
TYPED = {
    "document_number": "D1",
    "name": "王小明",
    "address": "城关镇人民路12号",
    "contact_phone": "057188886666",
    "plan": "P88",
    "number": NUMBER,
    "iccid": ICCID,
    "password": "H",
    "repeat_password": "H",
}


def form(**typed: Any) -> Any:
    empty = {name: field.default for name, field in OpenAccountForm.model_fields.items() if not field.is_required()}
    return OpenAccountForm.model_construct(**{**empty, **TYPED, **typed})


def person(**values: Any) -> Person:
    """Somebody of 30 who shows a resident's card."""
    standard = {"birth_date": "1996-05-17", "age": 30, "category": "ordinary", "born_by_document": "1996-05-17"}
    return Person("00", **{"document_number": "D1", **standard, **values})


def known(**values: Any) -> Any:
    standard = {
        "id": "known",
        "name": "王小明",
        "name_key": "王小明",
        "address": "A",
        "contact_phone": "P",
        "email": "E",
        "created_at": "2020-01-02T03:04:05Z",
    }
    return row(Customer, **{**standard, **values})


def product(code: str = "P88", **values: Any) -> Any:
    standard = {"name_zh": code, "name_en": code, "kind": "plan", "pay_type": "postpaid"}
    return row(Product, code=code, **{**standard, **values})


def basket(plan: Any = None, *services: Any) -> Basket:
    return Basket(plan or product(), (), services)


PREPAID = basket(product("CARD", pay_type="prepaid"))
GRADE = row(NumberGrade, code="N", name_zh="普通", name_en="Plain", minimum_spend=100)


def step(acts: Acts | None = None, **said: Any) -> Run:
    """A step whose components answer as they do for a first opening by somebody new."""
    standard: dict[str, dict[str, Any]] = {
        "customers": {"identify": lambda *_: person(), "category_name": say("Ordinary"), "brings": None},
        "operators": {"may": []},
        "finance": {"ready": ()},
        "eligibility": {"ask": SimpleNamespace(reasons=())},
        "products": {"recommend": [], "basket": lambda *_: basket()},
        "credit": {"assess": Does(Assessment("B", 1, 500))},
        "resources": {
            "grade": GRADE,
            "sim": row(SimCard, kind="sim"),
            "reserve": Does(None),
            "kind_must_fit": Resources.kind_must_fit,
        },
        "tariff": {"price": Does(Quote((priced("fee", 5),)))},
    }
    both = {name: {**standard.get(name, {}), **said.get(name, {})} for name in {*standard, *said}}
    return (Acts() if acts is None else acts).step(**both)


def filled(typed: Any, acts: Acts | None = None, **said: Any) -> Run:
    return worked_out(typed, acts, **said)[0]


def worked_out(typed: Any, acts: Acts | None = None, **said: Any) -> tuple[Run, Any]:
    run = step(acts, **said)
    return run, OPENING.fill(run, typed)


# who it is for


def test_a_whole_form_is_identified_qualified_reserved_and_priced() -> None:
    acts = Acts()
    run = filled(form(), acts)
    assert acts == [
        f"resources.reserve(number, {NUMBER})",
        f"resources.reserve(sim, {ICCID})",
        "credit.assess(, ordinary, international=False)",
        "tariff.price(PriceQuery)",
    ]
    assert (run.errors, run.quote.due, run.touches) == ({}, 5, frozenset({"line"}))
    assert {field: str(note) for field, note in run.notes.items() if field != "number"} == {
        "document_number": "Ordinary",
        "document_expires": "Look at its last day, and type it.",
        "plan": "P88",
        "iccid": str(run.notes["iccid"]),
    }
    assert run.facts == {"birth_date": "1996-05-17", "customer_id": ""}


@pytest.mark.parametrize(
    ("typed", "is_known", "has_basket", "has_grade"),
    [
        ({"document_number": ""}, False, True, True),
        ({"document_kind": ""}, False, True, True),
        ({"plan": ""}, True, False, True),
        ({"number": ""}, True, True, False),
        ({"iccid": "", "repeat_password": None}, True, True, True),
    ],
)
def test_it_is_looked_at_as_far_as_it_is_typed(typed: Any, is_known: bool, has_basket: bool, has_grade: bool) -> None:
    run, case = worked_out(form(**typed))
    found = (case.person is not None, case.basket is not None, case.grade is not None)
    assert (*found, run.errors) == (is_known, has_basket, has_grade, {})
    assert bool(run.quote.lines) is (is_known and has_basket)


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        (person(), {"birth_date": "1996-05-17", "customer_id": ""}),
        (person(birth_date=""), {"customer_id": ""}),
        (
            person(known=known()),
            {
                "birth_date": "1996-05-17",
                "customer_id": "known",
                "name": "王小明",
                "address": "A",
                "contact_phone": "P",
                "email": "E",
                "document_expires": "",
            },
        ),
    ],
)
def test_what_is_known_stands_in_the_fields(who: Person, facts: dict[str, str]) -> None:
    run = filled(form(birth_date=date(1996, 5, 17)), customers={"identify": lambda *_: who})
    assert run.facts == facts
    assert str(run.notes.get("name", "")) == ("Known here since 2020-01-02." if who.known else "")


@pytest.mark.parametrize(
    ("who", "typed", "wrong"),
    [
        (person(known=known()), {}, []),
        (person(known=known()), {"name": "李四"}, ["name"]),
        (person(known=known()), {"name": ""}, []),
        (person(), {"name": "王1"}, ["name"]),
        (person(), {"name": None}, []),
        (person(holder="organization", birth_date=""), {"name": "杭州电子1厂", "by_agent": False}, ["by_agent"]),
        (person(), {"name": "杭州电子1厂"}, ["name"]),
        (person(birth_date=""), {}, ["birth_date"]),
        (person(), {"birth_date": date(1996, 5, 18)}, ["birth_date"]),
        (person(), {"document_expires": TODAY}, []),
        (person(), {"document_expires": TODAY - timedelta(days=1)}, ["document_expires"]),
        (person(), {"repeat_password": "G"}, ["repeat_password"]),
        (person(), {"by_agent": True}, ["agent_document_number", "agent_name", "agent_phone"]),
    ],
)
def test_what_does_not_fit_together_stands_beside_its_field(who: Person, typed: Any, wrong: list[str]) -> None:
    assert list(filled(form(**typed), customers={"identify": lambda *_: who}).errors) == wrong


@pytest.mark.parametrize(("typed", "noted"), [({"name": "王"}, "One character"), ({}, "")])
def test_one_character_may_be_the_whole_name(typed: Any, noted: str) -> None:
    assert str(filled(form(**typed)).notes.get("name", "")).startswith(noted)


@pytest.mark.parametrize(("born", "asked"), [(None, ""), (date(1990, 5, 17), "1990-05-17")])
def test_a_document_is_read_with_the_birth_date_that_is_typed(born: date | None, asked: str) -> None:
    case: list[Any] = []

    def identify(*given: Any) -> Person:
        case.append(given)
        return person(born_by_document="")

    filled(form(birth_date=born), customers={"identify": identify})
    assert case == [("00", "D1", asked)]


@pytest.mark.parametrize(
    ("who", "typed", "reasons", "notices"),
    [
        (person(), {}, ["right-0", "shift", "list"], 1),
        (person(), {"prepayment": 5}, ["right-5", "shift", "list"], 1),
        (None, {"prepayment": None, "document_number": ""}, ["right-0", "shift"], 0),
    ],
)
def test_operator_shift_and_customer_are_asked(who: Any, typed: Any, reasons: list[str], notices: int) -> None:
    run = filled(
        form(**typed),
        customers={"identify": lambda *_: who},
        operators={"may": lambda amount: [Reason(f"right-{amount}", "override", say("r"))]},
        finance={"ready": (Reason("shift", "no", say("s")),)},
        eligibility={"ask": SimpleNamespace(reasons=(Reason("list", "no", say("l")),))},
        products={"recommend": lambda category, age: [product()] if (category, age) == ("ordinary", 30) else []},
    )
    assert [one.rule for one in run.qualification.reasons] == reasons
    assert [one.kind for one in run.notices] == ["recommendation"] * notices


AGENT = {"by_agent": True, "agent_document_number": "AG", "agent_name": "王芳", "agent_phone": "13812345678"}


@pytest.mark.parametrize(
    ("who", "typed", "expected"),
    [
        (person(), {}, ("", "", "", None)),
        (person(known=known()), {}, ("known", "", "", None)),
        (person(), AGENT, ("", "00", "AG", 40)),
    ],
)
def test_eligibility_is_asked_about_both(who: Person, typed: Any, expected: Any) -> None:
    asked: list[Any] = []

    def ask(subject: Any) -> Any:
        asked.append(subject)
        return SimpleNamespace(reasons=())

    def identify(_kind: str, number: str, *_: Any) -> Person:
        return Person("00", "AG", age=40) if number == "AG" else who

    filled(form(**typed), customers={"identify": identify}, eligibility={"ask": ask})
    (one,) = asked
    assert (one.customer_id, one.agent_kind, one.agent_number, one.agent_age) == expected
    assert (one.document_kind, one.document_number, one.age, one.category, one.opens_number) == (
        "00",
        "D1",
        30,
        "ordinary",
        True,
    )


# the product


@pytest.mark.parametrize(
    ("typed", "wrong", "noted"),
    [
        ({"roaming": "none"}, [], False),
        ({"roaming": "province"}, [], False),
        ({"roaming": "national"}, [], True),
        ({"roaming": "international"}, ["roaming"], True),
        ({"roaming": "none", "long_distance": "international"}, ["long_distance"], False),
        ({"roaming": "none", "prepayment": 1}, ["prepayment"], False),
        ({"roaming": "none", "prepayment": None}, [], False),
    ],
)
@pytest.mark.parametrize("prepaid", [True, False])
def test_a_prepaid_card_works_in_its_province_at_a_fixed_face_value(
    typed: Any, wrong: list[str], noted: bool, *, prepaid: bool
) -> None:
    run, case = worked_out(form(**typed), products={"basket": lambda *_: PREPAID if prepaid else basket()})
    assert list(run.errors) == (wrong if prepaid else [])
    assert ("roaming" in run.notes) is (noted and prepaid)
    assert case.prepaid is prepaid
    assert (case.assessment is None) is prepaid


@pytest.mark.parametrize(
    ("who", "typed", "asked"),
    [
        (person(), {}, ("P88", (), "ordinary", 30)),
        (None, {}, ("P88", (), "", None)),
        (person(), {"services": ("CLIP",)}, ("P88", ("CLIP",), "ordinary", 30)),
        (person(), {"services": None}, ("P88", (), "ordinary", 30)),
    ],
)
def test_what_is_offered_is_for_this_customer(who: Any, typed: Any, asked: Any) -> None:
    case: list[Any] = []

    def made(*given: Any) -> Basket:
        case.append(given)
        return basket()

    filled(form(**typed), customers={"identify": lambda *_: who}, products={"basket": made})
    assert case == [asked]


@pytest.mark.parametrize(
    ("kind", "plan", "services", "wrong"),
    [
        ("sim", {}, [], False),
        ("sim", {"sim_kinds": "stk,sim"}, [], False),
        ("sim", {"sim_kinds": "stk"}, [], True),
        ("sim", {}, [{"sim_kinds": "stk"}], True),
        ("stk", {}, [{"sim_kinds": "stk"}], False),
        ("st", {"sim_kinds": "stk"}, [], True),
    ],
)
def test_a_card_is_of_a_kind_that_all_products_take(kind: str, plan: Any, services: list[Any], wrong: bool) -> None:
    chosen = basket(product(**plan), *(product("S", kind="service", **values) for values in services))
    run = filled(form(), products={"basket": lambda *_: chosen}, resources={"sim": row(SimCard, kind=kind)})
    assert list(run.errors) == (["iccid"] if wrong else [])


@pytest.mark.parametrize("field", ["number", "iccid", "plan"])
def test_what_can_not_be_had_stands_beside_its_field(field: str) -> None:
    def refuse(what: str, *_: Any) -> None:
        if field == "plan" or what == {"number": "number", "iccid": "sim"}[field]:
            raise NotAllowed(say("gone"))

    said: dict[str, Any] = {"products": {"basket": refuse}} if field == "plan" else {"resources": {"reserve": refuse}}
    assert told(filled(form(), **said)) == {field: "gone"}


# the price


@pytest.mark.parametrize(
    ("who", "typed", "trusted"),
    [
        (person(), {}, "credit.assess(, ordinary, international=False)"),
        (person(known=known()), {}, "credit.assess(known, ordinary, international=False)"),
        (person(), {"long_distance": "international"}, "credit.assess(, ordinary, international=True)"),
        (person(), {"roaming": "international"}, "credit.assess(, ordinary, international=True)"),
    ],
)
def test_a_postpaid_line_is_trusted_with_what_it_reaches(who: Person, typed: Any, trusted: str) -> None:
    acts = Acts()
    filled(form(**typed), acts, customers={"identify": lambda *_: who})
    assert trusted in acts


@pytest.mark.parametrize(
    ("chosen", "extra", "asked"),
    [
        (basket(), 0, (("P88",), "ordinary", GRADE, 0, 500)),
        (basket(), None, (("P88",), "ordinary", GRADE, 0, 500)),
        (basket(product(), product("CLIP", kind="service")), 7, (("P88", "CLIP"), "ordinary", GRADE, 7, 500)),
        (PREPAID, 7, (("CARD",), "ordinary", GRADE, 0, 0)),
    ],
)
def test_products_number_deposit_and_advance_are_priced(chosen: Basket, extra: Any, asked: Any) -> None:
    case: list[Any] = []

    def price(one: Any) -> Quote:
        case.append((one.products, one.category, one.grade, one.extra_prepayment, one.deposit))
        return Quote()

    filled(form(prepayment=extra, roaming="none"), products={"basket": lambda *_: chosen}, tariff={"price": price})
    assert case == [asked]


@pytest.mark.parametrize(("chosen", "prepaid"), [(None, False), (basket(), False), (PREPAID, True)])
def test_a_card_is_prepaid_by_its_plan(chosen: Basket | None, prepaid: bool) -> None:
    assert OpeningCase(basket=chosen).prepaid is prepaid
