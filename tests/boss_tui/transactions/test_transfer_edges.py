"""What a transfer (C5) asks of the new owner, what it does act by act, and once the network has it."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, Reason, Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.credit.credit import Assessment
from boss_tui.components.customers.customers import Person
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c05 import new_owner
from boss_tui.transactions.c05.case import TransferCase
from boss_tui.transactions.c05.form import TransferForm
from boss_tui.transactions.c05.month import Settled
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Customer
from data.tables.life import Agreement
from data.tables.product import Product
from data.tables.provider import ProviderService, ProviderSubscription
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.acts import Acts, Does
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

TODAY = date.fromisoformat(DAY)
TRANSFER: Any = BUSINESSES["C5"]
NUMBER = "13957000001"
TYPED = {
    "number": NUMBER,
    "document_number": "OLD",
    "new_document_kind": "00",
    "new_document_number": "NEW",
    "new_name": "沈佳音",
    "new_address": "浙江省杭州市西湖区文三路138号",
    "new_phone": "13812345678",
    "new_password": "H",
    "repeat_password": "H",
}
PLAN = {"code": "P88", "name_zh": "套", "name_en": "Plan"}


def form(**typed: Any) -> Any:
    empty = {name: field.default for name, field in TransferForm.model_fields.items() if not field.is_required()}
    return TransferForm.model_construct(**{**empty, **TYPED, **typed})


def person(**values: Any) -> Person:
    """Somebody of 30 who shows a resident's card."""
    standard = {"birth_date": "1996-05-17", "age": 30, "category": "ordinary", "born_by_document": "1996-05-17"}
    return Person("00", **{"document_number": "NEW", **standard, **values})


def known(**values: Any) -> Any:
    standard = {"id": "new", "name": "沈佳音", "name_key": "沈佳音", "address": "A", "contact_phone": "P"}
    return row(Customer, **{**standard, **values})


# the new owner


def looked_at(
    typed: Any, who: Person, *, case: TransferCase | None = None, acts: Acts | None = None, **said: Any
) -> Any:
    """What is said of this new owner: the run, and what is known of the transfer."""
    case = case or TransferCase(typed)
    one = line(**said.pop("line", {}))
    plan = row(Product, **{**PLAN, **said.pop("plan", {})})
    components = {
        "customers": {"identify": lambda *_: who, "category_name": say("Ordinary")},
        "eligibility": {"ask": SimpleNamespace(reasons=())},
        "products": {"product": plan},
        "credit": {"assess": Does(Assessment("B", 100, 5))},
        **said,
    }
    run = (Acts() if acts is None else acts).step(**components)
    with run.beside("new_document_number"):
        new_owner.look_at(run, typed, one, case)
    return run, case


@pytest.mark.parametrize(
    ("who", "plan", "wrong"),
    [
        (person(), {}, {}),
        (person(known=known()), {}, {}),
        (person(known=known(id="owner")), {}, {"new_document_number": "owner already"}),
        (person(birth_date="", age=None), {}, {"new_birth_date": "does not hold"}),
        (person(birth_date="", age=None, holder="organization"), {}, {"new_by_agent": "always acted for"}),
        (person(), {"categories": "ordinary,staff"}, {}),
        (person(), {"categories": "staff,student"}, {"new_document_number": "not for the new owner"}),
        (person(), {"minimum_age": 30}, {}),
        (person(), {"minimum_age": 31}, {"new_document_number": "not for the new owner"}),
        (person(age=None), {"minimum_age": 31}, {}),
        (person(), {"categories": "ordinary", "minimum_age": 31}, {"new_document_number": "not for the new owner"}),
        (person(), {"categories": "staff", "minimum_age": 1}, {"new_document_number": "not for the new owner"}),
    ],
)
def test_a_new_owner_is_another_and_may_have_the_plan(who: Person, plan: Any, wrong: dict[str, str]) -> None:
    run, _ = looked_at(form(), who, plan=plan)
    found = told(run)
    assert list(found) == list(wrong)
    assert all(said in found[field] for field, said in wrong.items())


@pytest.mark.parametrize(("born", "asked"), [(None, ""), (date(1990, 5, 17), "1990-05-17")])
def test_a_document_is_read_with_the_birth_date_that_is_typed(born: date | None, asked: str) -> None:
    case: list[Any] = []

    def identify(*given: Any) -> Person:
        case.append(given)
        return person()

    run, _ = looked_at(form(new_birth_date=born), person(), customers={"identify": identify, "category_name": say("O")})
    assert (case, str(run.notes["new_document_number"])) == ([("00", "NEW", asked)], "O")


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        (person(), {"new_birth_date": "1996-05-17"}),
        (person(birth_date=""), {}),
        (
            person(known=known(document_expires="2030-01-01")),
            {
                "new_birth_date": "1996-05-17",
                "new_name": "沈佳音",
                "new_address": "A",
                "new_phone": "P",
                "new_expires": "2030-01-01",
            },
        ),
    ],
)
def test_nobody_is_asked_for_what_is_known(who: Person, facts: dict[str, str]) -> None:
    run, _ = looked_at(form(), who)
    assert run.facts == facts


@pytest.mark.parametrize(
    ("values", "ends", "who", "trusted"),
    [
        ({}, (), person(), "credit.assess(, ordinary, international=False)"),
        ({}, (), person(known=known()), "credit.assess(new, ordinary, international=False)"),
        ({"long_distance": "international"}, (), person(), "credit.assess(, ordinary, international=True)"),
        ({"roaming": "international"}, (), person(), "credit.assess(, ordinary, international=True)"),
        (
            {"roaming": "international"},
            (("roaming", "national"),),
            person(),
            "credit.assess(, ordinary, international=False)",
        ),
        ({"pay_type": "prepaid"}, (), person(), None),
    ],
)
def test_who_takes_a_postpaid_line_over_is_trusted_anew(values: Any, ends: Any, who: Person, trusted: Any) -> None:
    acts = Acts()
    _, case = looked_at(form(), who, case=TransferCase(form(), ends=ends), line=values, acts=acts)
    assert acts == ([trusted] if trusted else [])
    assert (case.assessment is not None, case.person) == (bool(trusted), who)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [(None, ("", "", None, "")), (Person("02", "AG", age=40), ("02", "AG", 40, "张伟"))],
)
def test_they_are_asked_what_an_opening_asks_beside_their_own_fields(agent: Any, expected: Any) -> None:
    asked: list[Any] = []

    def ask(subject: Any) -> Any:
        asked.append(subject)
        return SimpleNamespace(
            reasons=(Reason("a", "no", say("a"), "document_number"), Reason("b", "override", say("b")))
        )

    who = person(known=known())
    typed = form(new_agent_name="张伟")
    run, _ = looked_at(typed, who, case=TransferCase(typed, agent=agent), eligibility={"ask": ask})
    (subject,) = asked
    assert (subject.agent_kind, subject.agent_number, subject.agent_age, subject.agent_name) == expected
    assert (subject.name, subject.opens_number) == ("沈佳音", True)
    assert (subject.document_kind, subject.document_number, subject.age, subject.category, subject.customer_id) == (
        "00",
        "NEW",
        30,
        "ordinary",
        "new",
    )
    assert [(one.rule, one.field) for one in run.qualification.reasons] == [("a", "new_document_number"), ("b", "")]


@pytest.mark.parametrize(
    ("who", "typed", "wrong"),
    [
        (None, {}, []),
        (person(), {}, []),
        (None, {"new_name": "沈1"}, ["new_name"]),
        (None, {"new_name": ""}, []),
        (person(holder="organization"), {"new_name": "杭州电子1厂"}, []),
        (person(), {"new_name": "杭州电子1厂"}, ["new_name"]),
        (None, {"new_address": "杭州"}, ["new_address"]),
        (None, {"new_address": ""}, []),
        (None, {"new_phone": "123"}, ["new_phone"]),
        (None, {"new_phone": None}, []),
        (None, {"new_expires": TODAY}, []),
        (None, {"new_expires": TODAY - timedelta(days=1)}, ["new_expires"]),
        (person(), {"new_birth_date": date(1996, 5, 17)}, []),
        (person(), {"new_birth_date": date(1996, 5, 18)}, ["new_birth_date"]),
        (person(known=known()), {}, []),
        (person(known=known()), {"new_name": "王小明"}, ["new_name"]),
        (person(known=known()), {"new_name": ""}, []),
        (person(), {"new_name": "王小明"}, []),
    ],
)
def test_each_field_of_theirs_has_its_own_rule(who: Any, typed: dict[str, Any], wrong: list[str]) -> None:
    run = Acts().step()
    new_owner.typed(run, form(**typed), TransferCase(form(), person=who))
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("who", "typed", "notes"),
    [
        (None, {}, []),
        (person(), {}, ["new_expires"]),
        (person(), {"new_expires": TODAY}, []),
        (None, {"new_name": "沈"}, ["new_name"]),
        (person(known=known(document_expires="2030-01-01")), {}, []),
    ],
)
def test_what_may_be_a_slip_of_theirs_is_noted(who: Any, typed: dict[str, Any], notes: list[str]) -> None:
    run = Acts().step()
    new_owner.typed(run, form(**typed), TransferCase(form(), person=who))
    assert list(run.notes) == notes


# looked at


def looked(typed: Any, **said: Any) -> tuple[Any, TransferCase]:
    """A form of C5 looked at, on a line that may go."""
    one = line(opened_on="2020-01-01", customer={"document_number": "OLD"})
    standard: dict[str, dict[str, Any]] = {
        "billing": {"owed": [], "unbilled": [], "brings": []},
        "resources": {"transfer_ban": 0},
        "processes": {"waiting": []},
        "products": {"bound": None, "product": row(Product, **PLAN)},
        "partners": {"had": []},
        "accounts": {"bucket": row(BalanceBucket, amount=0)},
        "eligibility": {"ask": SimpleNamespace(reasons=())},
        "customers": {"identify": lambda *_: person(), "category_name": say("O")},
        "credit": {"assess": Assessment("B", 100, 5)},
    }
    run = Acts().step(**{name: {**standard.get(name, {}), **said.get(name, {})} for name in {*standard, *said}})
    TRANSFER.look(run, typed, one)
    return run, one.more


@pytest.mark.parametrize(
    ("typed", "wrong", "is_known"),
    [
        ({}, [], True),
        ({"new_document_number": ""}, [], False),
        ({"new_document_kind": ""}, [], False),
        ({"repeat_password": "G"}, ["repeat_password"], True),
        ({"new_name": "沈1"}, ["new_name"], True),
        ({"new_by_agent": True}, ["new_agent_document_number", "new_agent_name", "new_agent_phone"], True),
    ],
)
def test_it_is_looked_at_as_far_as_it_is_filled(typed: dict[str, Any], wrong: list[str], is_known: bool) -> None:
    run, case = looked(form(**typed))
    assert (list(run.errors), case.person is not None) == (wrong, is_known)


@pytest.mark.parametrize(
    ("month", "until"), [("", date(2026, 11, 22)), ("day", date(2026, 11, 22)), ("first", date(2026, 10, 31))]
)
def test_as_a_rule_the_month_is_settled_to_the_day(month: str, until: date) -> None:
    _, case = looked(form(month=month))
    assert case.month is not None
    assert case.month.until == until


@pytest.mark.parametrize(("bills", "notices", "wrong"), [([], 0, []), ([0], 1, ["number"]), ([0, 3], 2, ["number"])])
def test_what_is_owed_is_shown_bill_by_bill(bills: list[int], notices: int, wrong: list[str]) -> None:
    owed = [SimpleNamespace(amount=1_000, days=days, bill=SimpleNamespace(month="2026-10")) for days in bills]
    run, _ = looked(form(), billing={"owed": owed})
    assert (len(run.notices), list(run.errors)) == (notices, wrong)


@pytest.mark.parametrize(("states", "names"), [(["active"], 1), (["ended"], 0), (["active", "ended"], 1), ([], 0)])
def test_what_the_old_owner_takes_of_providers_ends(states: list[str], names: int) -> None:
    rows = [row(ProviderSubscription, service=str(n), state=state) for n, state in enumerate(states)]
    run, _ = looked(
        form(),
        partners={
            "had": rows,
            "service": lambda code: row(ProviderService, code=code, name_zh=code, name_en=f"S{code}"),
        },
    )
    assert [str(one.text) for one in run.notices] == ["Paid services that end with the transfer: S0"] * names


# the price


@pytest.mark.parametrize(
    ("who", "assessment", "asked"),
    [
        (None, None, ("old", 0)),
        (person(category="student"), None, ("student", 0)),
        (person(), Assessment("B", 1, 500), ("ordinary", 500)),
    ],
)
def test_the_new_owners_category_and_deposit_are_priced(who: Any, assessment: Any, asked: Any) -> None:
    one = line(customer={"category": "old"})
    one.more = TransferCase(form(), person=who, assessment=assessment)
    found = TRANSFER.asked(Acts().step(), form(), one)
    assert (found.products, found.category, found.deposit) == (("P88",), *asked)


@pytest.mark.parametrize(
    ("agreed", "dues", "lines"),
    [
        (True, 2, [("fee", 2_000), ("plan_penalty", 300), ("plan_penalty", 300), ("bill_payment", 70)]),
        (False, 1, [("fee", 2_000), ("bill_payment", 70)]),
        (True, 0, [("fee", 2_000), ("bill_payment", 70)]),
    ],
)
def test_fee_penalties_and_what_is_left_to_bill_are_one_quote(
    monkeypatch: pytest.MonkeyPatch, agreed: bool, dues: int, lines: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr("boss_tui.transactions.c05.transfer.penalty", lambda one, _day: one.value)
    one = line()
    bound = (*[row(Agreement, value=300)] * dues, row(Agreement, value=0))
    one.more = TransferCase(form(), bound=bound, month=Settled(TODAY, [], [priced("bill_payment", 70)], []))
    run = Acts().step(
        tariff={"price": Quote((priced("fee", 2_000),)), "line": priced},
        accounts={"charged": [], "bucket": row(BalanceBucket, amount=0)},
    )
    assert amounts(TRANSFER.price(run, form(penalty=agreed), one).lines) == lines
    assert TRANSFER.rest_line(run, None, 5) is None


# done


def ready(**case: Any) -> Any:
    """A line whose transfer is ready to be done."""
    one = line(customer={"document_number": "OLD", "name": "张小明", "id": "owner"})
    standard = {
        "customer": known(document_number="NEW"),
        "account": row(BillingAccount, id="fresh", number="A9"),
        "month": Settled(TODAY, [], [], []),
        "person": person(),
    }
    one.more = TransferCase(case.pop("form", form()), **{**standard, **case})
    return one


LEFT = ["accounts.change(account, pay_method=cash, bank=, bank_account=)", "accounts.close(account)"]
BILLED = ["billing.issue_final(account, line, [])", "finance.bill([])"]
OVER = "products.hand_over(line, new, fresh, password_hash=H)"
LAST = "behaviour.watch(new)"


@pytest.mark.parametrize(
    ("case", "charged", "services", "done"),
    [
        (
            {},
            {},
            [],
            [
                *BILLED,
                OVER,
                *LEFT,
                "customers.change(owner, bill_medium=none)",
                "loyalty.join(new)",
                "billing.charge_from(line, [], [], 2026-11-23)",
                LAST,
            ],
        ),
        (
            {},
            {"other": ["x"]},
            [],
            [*BILLED, OVER, *LEFT, "loyalty.join(new)", "billing.charge_from(line, [], [], 2026-11-23)", LAST],
        ),
        (
            {
                "assessment": Assessment("B", 1, 0),
                "agent": Person("00", "AG"),
                "bound": (row(Agreement, kind="plan"),),
                "ends": (("roaming", "national"),),
            },
            {"account": ["x"]},
            ["STARS"],
            [
                *BILLED,
                "credit.open(new, Assessment)",
                "customers.acted_by(new, Person, , )",
                "products.unbind(line, plan)",
                OVER,
                "network.order(set_roaming, HLR01, msisdn=13957000001, roaming=national, old_roaming=international)",
                "loyalty.join(new)",
                "billing.charge_from(line, [], [STARS], 2026-11-23)",
                "network.follow_up(task=provider, provider=SP, service=STARS, msisdn=13957000001, what=cancel)",
                LAST,
            ],
        ),
    ],
)
def test_the_number_goes_and_what_nobody_uses_any_more_ends(
    case: Any, charged: dict[str, list[str]], services: list[str], done: list[str]
) -> None:
    acts = Acts()
    run = acts.step(
        billing={"issue_final": Does([])},
        network={"element_of": "HLR01"},
        accounts={
            "charged": lambda key: charged.get(key, []),
            "of_customer": [row(BillingAccount, id="account"), row(BillingAccount, id="other")],
        },
        partners={"end_all": services, "service": row(ProviderService, partner="SP")},
    )
    TRANSFER.act(run, form(), ready(**case))
    assert acts == done


@pytest.mark.parametrize("missing", ["customer", "account", "month"])
def test_a_transfer_that_is_not_complete_does_nothing(missing: str) -> None:
    acts = Acts()
    with pytest.raises(NotAllowed, match="not complete"):
        TRANSFER.act(acts.step(), form(), ready(**{missing: None}))
    assert acts == []


@pytest.mark.parametrize(
    ("assessment", "expires", "holds"),
    [
        (None, None, []),
        (Assessment("B", 1, 0), None, []),
        (Assessment("B", 1, 500), date(2030, 1, 2), ["accounts.hold_for(line, deposit, 500)"]),
    ],
)
def test_money_goes_into_an_account_that_is_opened_here(assessment: Any, expires: Any, holds: list[str]) -> None:
    acts = Acts()
    one = ready(assessment=assessment, form=form(new_expires=expires), customer=None, account=None)
    run = acts.step(
        customers={"enter": Does(known())},
        finance={"take": Does(Taken("p", 1, 1, 0, ()))},
        accounts={
            "open": Does(row(BillingAccount, id="fresh")),
            "bucket": lambda _key, kind: row(BalanceBucket, id=kind),
        },
    )
    assert TRANSFER.take(run, one, [Tender("cash", 1)]).due == 1
    assert acts == [
        "customers.enter(Person, name=沈佳音, address=浙江省杭州市西湖区文三路138号, phone=13812345678, email=, "
        f"expires={expires or ''})",
        "accounts.open(new, postpaid)",
        "accounts.let_go(line)",
        "finance.take(Quote, [Tender], {1: deposit, 2: prepaid})",
        *holds,
    ]
    assert (one.more.customer.id, one.more.account.id) == ("new", "fresh")


def test_without_a_new_owner_nothing_is_taken() -> None:
    with pytest.raises(NotAllowed, match="not complete"):
        TRANSFER.take(Acts().step(), ready(person=None), [])
