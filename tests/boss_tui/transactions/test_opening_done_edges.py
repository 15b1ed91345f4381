"""What an opening (C1) does act by act, once the network has it, and when it is called off or taken back."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, QuoteLine, Tender
from boss_tui.business.process import Done
from boss_tui.business.run import LISTED
from boss_tui.components.credit.credit import Assessment
from boss_tui.components.customers.customers import Person
from boss_tui.components.products.products import Basket
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c01 import lists as c01_lists
from boss_tui.transactions.c01.open_account import WORKS, OpeningCase
from boss_tui.transactions.lines import ONCE_DONE
from boss_tui.transactions.lists import CARDS
from data.errors import NotAllowed, NotFound, OutOfStock
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import DocumentKind
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does, order
from tests.boss_tui.transactions.stand_in import line, priced
from tests.boss_tui.transactions.test_opening_edges import (
    GRADE,
    ICCID,
    NUMBER,
    OPENING,
    PREPAID,
    basket,
    form,
    known,
    person,
    product,
)

PARTNER = SimpleNamespace(opening_commission=900)


def done(typed: Any, **case: Any) -> tuple[Done, Acts, Any]:
    """An opening that is performed: what it answers, does, and the sale that its papers are of."""
    acts, sales = Acts(), []

    def papers(sale: Any) -> tuple[Any, ...]:
        sales.append(sale)
        return ()

    one = OpeningCase(**{"person": person(), "basket": basket(), "grade": GRADE, **case})
    pay_type = "prepaid" if one.prepaid else "postpaid"
    run = acts.step(
        customers={"enter": Does(known(birth_date="1996-05-17"))},
        documents={"of": papers},
        accounts={
            "open": Does(row(BillingAccount, id="fresh", number="A1")),
            "bucket": lambda _key, kind: row(BalanceBucket, id=kind),
        },
        resources={"sim": row(SimCard, imsi="460")},
        network={"element_of": "HLR01"},
        products={"open_subscription": Does(line(pay_type=pay_type).subscription)},
        finance={"take": Does(Taken("p", 500, 600, 100, ()))},
        content={"clauses": (say("clause"),)},
    )
    run.quote = Quote((priced("fee", 500),), (say("term"),))
    return OPENING.perform(run, typed, one, [Tender("cash", 600)]), acts, sales[0]


def opened(kind: str = "postpaid", roaming: str = "national", expires: str = "", long: str = "domestic") -> list[str]:
    """What any opening does first."""
    return [
        "customers.enter(Person, name=王小明, address=城关镇人民路12号, phone=057188886666, email=, "
        f"expires={expires})",
        f"accounts.open(known, {kind})",
        f"products.open_subscription(Basket, customer_id=known, account_id=fresh, number={NUMBER}, iccid={ICCID}, "
        f"imsi=460, long_distance={long}, roaming={roaming}, minimum_spend=100, password_hash=H)",
        f"resources.sell(number, {NUMBER}, line)",
        f"resources.sell(sim, {ICCID}, line)",
        "finance.take(Quote, [Tender], {1: deposit, 2: prepaid})",
    ]


def created(profile: str, data: str = "off", roaming: str = "national") -> str:
    return (
        f"network.order(create_subscriber, HLR01, imsi=460, msisdn={NUMBER}, profile={profile}, access=both, "
        f"data={data}, long_distance=domestic, roaming={roaming})"
    )


SCHEDULED = "billing.schedule(line, [fee 500])"
LAST = ["behaviour.watch(known)", "statistics.count(accepted, 500)"]


def profile_of(acts: Acts) -> str:
    """The template that the network was told."""
    return next(act for act in acts if "create_subscriber" in act).split("profile=")[1].split(",")[0]


def test_everything_of_an_opening_is_done_at_once() -> None:
    answer, acts, sale = done(form(document_expires=date(2030, 1, 2)))
    assert acts == [*opened(expires="2030-01-02"), SCHEDULED, created(profile_of(acts)), *LAST]
    facts = {"number": NUMBER, "account": "A1", "customer": "王小明"}
    assert answer == Done("known", "line", "inProgress", 500, 600, 100, (), facts)
    assert (sale.starts, sale.clauses, sale.advice) == (ONCE_DONE, (say("clause"),), (WORKS, say("term")))
    assert [(party.customer_id, party.signer) for party in sale.parties] == [("known", "")]
    assert [str(label) for label, _ in sale.about] == [
        "Number",
        "Plan",
        "Long distance",
        "Roaming",
        "Account",
        "SIM card",
    ]
    assert sale.about[0][1] == "139 5700 0001"


def test_each_service_is_told_to_the_network_and_what_it_can_not_be_to_a_person() -> None:
    services = [
        product("D", network_act="data"),
        product("W", network_act="service:cw"),
        product("C", network_act="service:clip"),
        product("M", network_act="manual"),
        product("N", network_act=""),
    ]
    _, acts, sale = done(form(), basket=basket(product("P88", network_act=""), *services))
    assert acts[-6:-2] == [
        created(profile_of(acts), data="on"),
        f"network.order(set_supplementary, HLR01, msisdn={NUMBER}, service=clip, on=on)",
        f"network.order(set_supplementary, HLR01, msisdn={NUMBER}, service=cw, on=on)",
        f"network.order(manual, , product=M, msisdn={NUMBER})",
    ]
    assert str({str(label): value for label, value in sale.about}["Services"]) == "D, W, C, M, N"


@pytest.mark.parametrize(("typed", "roams"), [("national", "province"), ("province", "province"), ("none", "none")])
def test_a_prepaid_card_roams_in_its_province(typed: str, roams: str) -> None:
    _, acts, _ = done(form(roaming=typed), basket=PREPAID)
    assert acts == [*opened("prepaid", roams), SCHEDULED, created(profile_of(acts), roaming=roams), *LAST]


def test_prepaid_and_postpaid_are_other_templates() -> None:
    assert len({profile_of(done(form(), basket=chosen)[1]) for chosen in (basket(), PREPAID)}) == 2


@pytest.mark.parametrize(("deposit", "holds"), [(0, []), (500, ["accounts.hold_for(line, deposit, 500)"])])
def test_who_is_trusted_is_entered_and_their_deposit_held(deposit: int, holds: list[str]) -> None:
    _, acts, _ = done(form(), assessment=Assessment("B", 1, deposit))
    first, *rest = opened()
    assert acts[: -len(LAST) - 2] == [first, "credit.open(known, Assessment)", *rest, *holds]


@pytest.mark.parametrize(
    ("agent", "typed", "signer", "told"),
    [
        (None, {"agent_name": "王芳"}, "", False),
        (Person("00", "AG"), {"agent_name": "王芳", "by_agent": True}, "王芳", True),
    ],
)
def test_who_acts_for_them_is_recorded_and_signs(agent: Any, typed: Any, signer: str, told: bool) -> None:
    _, acts, sale = done(form(**typed), agent=agent)
    assert ("customers.acted_by(known, Person, 王芳, )" in acts) is bool(agent)
    assert [party.signer for party in sale.parties] == [signer]
    assert ("Acted for by" in [str(label) for label, _ in sale.about]) is told


@pytest.mark.parametrize("missing", ["person", "basket", "grade"])
def test_a_form_that_is_not_complete_opens_nothing(missing: str) -> None:
    with pytest.raises(NotAllowed, match="not complete"):
        done(form(), **{missing: None})


def test_change_goes_into_the_account_that_is_opened() -> None:
    run = Acts().step(tariff={"rest": lambda amount: priced("prepayment", amount)})
    rest: QuoteLine = OPENING.rest_line(run, None, 3)
    assert (rest.item, rest.amount) == ("prepayment", 3)


# once the network has it


@pytest.mark.parametrize(
    ("channel", "partner", "owed"),
    [(None, None, [0, 0]), (PARTNER, None, [900, 0]), (None, PARTNER, [0, 900]), (PARTNER, PARTNER, [900, 900])],
)
def test_an_opening_is_used_billed_rewarded_and_called(channel: Any, partner: Any, owed: list[int]) -> None:
    acts = Acts()
    one = line(iccid="IC").subscription
    plan = product(contract_months=12, penalty_percent=30)
    run = acts.step(
        products={"activate": (one, [product()]), "owned": one, "product": plan},
        partners={"channel": channel, "provider": partner},
        resources={"grade": row(NumberGrade, code="A", contract_months=24, minimum_spend=900)},
        billing={"fee": 5_800},
    )
    OPENING.finish(run, order())
    pairs = zip((channel, partner), owed, strict=True)
    payments = [f"settlement.owe({who}, commission, {fen})" for who, fen in pairs]
    assert acts == [
        "network.done()",
        f"resources.put_into_use({NUMBER}, IC)",
        "billing.start(line)",
        "products.bind(line, number, 24, value=900)",
        f"products.bind(line, plan, 12, product={plan.code}, value=69600, penalty_percent=30)",
        "loyalty.award(owner, 100, C1)",
        *payments,
        "statistics.count(opened, 700)",
        "service.call_back(owner, 3, C1)",
    ]


def test_called_off_it_is_as_if_it_had_not_been() -> None:
    acts = Acts()
    OPENING.cancel(acts.step(products={"cancel_opening": line(iccid="IC").subscription}), order())
    assert acts == [f"resources.take_back({NUMBER}, IC)", "billing.end(line)", "accounts.close(account)"]


def test_taken_back_it_was_never_charged_and_the_network_forgets_it() -> None:
    acts = Acts()
    run = acts.step(products={"owned": line().subscription, "on": []})
    assert OPENING.reverse(run, order()) is True
    assert acts == [
        "accounts.must_be_untouched(account, order)",
        "billing.must_be_unused(line, account)",
        "billing.end(line, 2026-11-22)",
        "loyalty.reverse(order)",
        "settlement.reverse(order)",
        "service.call_no_more(order)",
        "products.reverse_contracts(line, order)",
        "network.delete(line, [])",
        "products.change_subscription(line, state=pendingTerminate)",
    ]


def test_once_forgotten_its_number_rests_and_its_card_is_void() -> None:
    acts = Acts()
    OPENING.finish_reversal(acts.step(products={"cancel_opening": line(iccid="IC").subscription}), order())
    assert acts == [
        f"resources.quarantine({NUMBER})",
        "resources.void(IC, returned)",
        "accounts.close_if_done(account)",
        "network.done()",
    ]


# lists


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("document_kind", ["00"]),
        ("agent_document_kind", ["00"]),
        ("plan", ["plan"]),
        ("services", ["service"]),
        ("iccid", ["IC"]),
        ("long_distance", ["none", "domestic", "international"]),
        ("roaming", ["none", "province", "national", "international"]),
        ("name", []),
    ],
)
def test_each_list_has_what_may_be_chosen(field: str, values: list[str]) -> None:
    run = Acts().step(
        customers={"kinds": [row(DocumentKind, code="00")], "identify": lambda *_: person()},
        products={"offered": lambda kind, *_: [product(kind)]},
        resources={"sims": [row(SimCard, iccid="IC", kind="sim")]},
    )
    assert [choice.value for choice in OPENING.choices(run, form(), field, "")] == values


def refused(*_: Any) -> None:
    raise NotFound(say("no such"))


@pytest.mark.parametrize(
    ("typed", "identify", "asked"),
    [
        ({}, person, ("plan", "ordinary", 30)),
        ({"document_number": ""}, person, ("plan",)),
        ({"document_kind": ""}, person, ("plan",)),
        ({}, None, ("plan",)),
    ],
)
def test_plans_are_those_for_this_customer_where_they_are_known(typed: Any, identify: Any, asked: Any) -> None:
    case: list[Any] = []

    def offered(*given: Any) -> list[Any]:
        case.append(given)
        return []

    who = (lambda *_: identify()) if identify else refused
    run = Acts().step(customers={"identify": who}, products={"offered": offered})
    assert (OPENING.choices(run, form(**typed), "plan", ""), case) == ([], [asked])


@pytest.mark.parametrize(
    ("plan", "kinds"), [("P1", {"stk", "sim"}), ("P2", None), ("P3", None), ("", None), (None, None)]
)
def test_cards_are_of_the_kinds_that_the_plan_takes(plan: str | None, kinds: Any) -> None:
    asked: list[Any] = []

    def sims(count: int, wanted: Any = None) -> list[Any]:
        asked.append((count, wanted))
        return [row(SimCard, iccid=str(n), kind="sim", imsi="4") for n in range(LISTED + 1)]

    plans = [product("P1", sim_kinds="stk,sim"), product("P2", sim_kinds="")]
    run = Acts().step(products={"offered": plans}, resources={"sims": sims})
    assert len(OPENING.choices(run, form(plan=plan), "iccid", "")) == LISTED
    assert asked == [(CARDS, kinds)]


def numbers(*fees: int) -> list[Any]:
    return [(row(PhoneNumber, number=str(n)), row(NumberGrade, fee=fee)) for n, fee in enumerate(fees)]


@pytest.mark.parametrize(
    ("plans", "free", "kinds", "chosen"),
    [
        ([product()], numbers(0), ["sim"], ("P88", "0", "0")),
        ([product("C", pay_type="prepaid"), product()], numbers(5, 0), ["sim"], ("P88", "1", "0")),
        ([product()], numbers(5, 6), ["sim", "sim"], ("P88", "0", "0")),
        ([product()], numbers(0, 0), ["sim"], ("P88", "0", "0")),
        ([product("S", sim_kinds="stk"), product()], numbers(0), ["sim"], ("P88", "0", "0")),
        ([product("S", sim_kinds="stk,usim")], numbers(0), ["sim", "stk"], ("S", "0", "1")),
        ([product()], [], ["sim"], None),
        ([product()], numbers(0), [], None),
        ([], numbers(0), ["sim"], None),
        ([product("C", pay_type="prepaid")], numbers(0), ["sim"], None),
    ],
)
def test_an_example_has_plan_number_and_card_that_go_together(
    plans: list[Any], free: list[Any], kinds: list[str], chosen: Any
) -> None:
    cards = [row(SimCard, iccid=str(n), kind=kind) for n, kind in enumerate(kinds)]
    run = Acts().step(
        products={"offered": lambda *asked: plans if asked == ("plan", "ordinary", 25) else []},
        resources={
            "numbers": lambda *asked: free if asked == ("", 50) else [],
            "sims": lambda *asked: cards if asked == (500,) else [],
        },
    )
    if chosen is None:
        with pytest.raises(OutOfStock):
            c01_lists.example(run)
        return
    found = OPENING.example(run)
    assert (found["plan"], found["number"], found["iccid"]) == chosen
    assert found["password"] == found["repeat_password"]
    assert isinstance(basket(), Basket)
