"""What a line used and owes so far this month, what arrears keep back, and whose accounts a payer's are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.transactions import agents, arrears, payers, secrets, this_month
from boss_tui.transactions.arrears import nothing_owed, resume_paid
from boss_tui.transactions.corrections import Corrected
from boss_tui.transactions.payers import Payer
from data.message import Message, say
from data.tables.account import BillingAccount
from data.tables.billing import UsageMonth
from data.tables.customer import Customer
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.acts import Acts
from tests.boss_tui.transactions.stand_in import line, priced, told

NUMBER = "13957000001"


# the month so far


def charge(item: str, amount: int) -> Any:
    return SimpleNamespace(item=item, amount=amount)


def so_far(*charges: Any, used: int = 0) -> Any:
    """A step that knows these charges, and so many seconds of calls in the month of the business date."""
    calls = [row(UsageMonth, kind="local_call", quantity=used)] if used else []
    return Acts().step(
        billing={"unbilled": list(charges), "used_in": lambda _key, month: calls if month == DAY[:7] else None},
        accounts={"of": row(BillingAccount, id="account")},
        tariff={"line": lambda item, amount: priced(item, amount, label=Message(item))},
    )


@pytest.mark.parametrize(
    ("charges", "items", "total"),
    [
        ([], [], "0.00"),
        ([charge("a", 5)], [("a", 5)], "0.05"),
        ([charge("a", 5), charge("b", 1), charge("a", 7)], [("a", 12), ("b", 1)], "0.13"),
        ([charge("a", 5), charge("a", -5)], [], "0.00"),
        ([charge("a", 0), charge("b", 100)], [("b", 100)], "1.00"),
        ([charge("a", -1)], [("a", -1)], "-0.01"),
    ],
)
@pytest.mark.parametrize("used", [0, 61])
def test_fees_are_told_item_by_item_with_their_sum(
    charges: list[Any], items: list[tuple[str, int]], total: str, used: int
) -> None:
    run, subscription = so_far(*charges, used=used), line().subscription
    found = this_month.charged(run, subscription)
    assert [(str(label), amount) for label, amount in found] == items
    rows = this_month.rows(run, subscription)
    fees = [(NUMBER, label, f"{fen / 100:.2f}") for label, fen in items]
    kept = [(number, str(label), value) for number, label, value in rows]
    assert kept[bool(used) :] == [*fees, (NUMBER, "Not billed yet", total)]
    assert len(kept) - len(fees) - 1 == bool(used) == len(this_month.used(run, subscription))
    sentence = str(this_month.notice(run, subscription).text)
    assert f"{total} yuan" in sentence
    assert ("no usage" in sentence) is not bool(used)
    assert this_month.notice(run, subscription).kind == "notice"


# arrears


@pytest.mark.parametrize(
    ("lifted", "causes", "acts"),
    [
        ({"arrears_all"}, ["arrears_all"], ["arrears_all"]),
        ({"arrears_outgoing"}, ["arrears_all"], []),
        (set(), ["arrears_all"], []),
        ({"arrears_all"}, [], []),
        ({"arrears_all", "arrears_outgoing"}, ["arrears_outgoing", "arrears_all"], ["arrears_outgoing", "arrears_all"]),
        ({"arrears_all"}, ["arrears_outgoing", "arrears_all"], ["arrears_all"]),
    ],
)
def test_a_line_that_arrears_stopped_is_resumed_today_once_for_each_cause_that_is_paid(
    monkeypatch: pytest.MonkeyPatch, lifted: set[str], causes: list[str], acts: list[str]
) -> None:
    monkeypatch.setattr(arrears, "may_lift", lambda _run, _line, cause: cause in lifted)
    done, one = Acts(), line()
    run = done.step(billing={"stopped": causes}, accounts={"charged": [one.subscription]})
    assert resume_paid(run, [one.account]) == ([NUMBER] if acts else [])
    assert list(done) == [
        f"processes.schedule(line, {DAY}, {{number: {NUMBER}, action: resume, cause: {cause}}}, business=C6)"
        for cause in acts
    ]


@pytest.mark.parametrize(("days", "overdue", "kept"), [([0], None, True), ([0], True, False), ([], None, False)])
def test_as_a_rule_whatever_is_owed_keeps_it_back(days: list[int], overdue: bool | None, kept: bool) -> None:
    run = Acts().step(billing={"owed": [SimpleNamespace(days=late, amount=100) for late in days]})
    with run.beside("number"):
        nothing_owed(run, line().account, **({} if overdue is None else {"overdue": overdue}))
    assert ("number" in run.errors) is kept


@pytest.mark.parametrize(("known", "said"), [(0, "Nobody"), (1, ""), (2, "2 customers"), (3, "3 customers")])
def test_a_name_is_one_customers(known: int, said: str) -> None:
    people = [row(Customer, id=f"c{n}", name="张小明") for n in range(known)]
    run = Acts().step(
        customers={"known_as": people}, accounts={"numbered": None, "of_customer": lambda key: [account(key)]}
    )
    with run.beside("who"):
        found = payers.find_payer(run, "张小明")
        assert (found.customer.id, [one.number for one in found.accounts]) == ("c0", ["c0"])
    assert said in "".join(told(run).values())
    assert bool(run.errors) is bool(said)


# payers


def account(number: str) -> Any:
    return row(BillingAccount, id=number.lower(), number=number, customer_id="owner")


@pytest.mark.parametrize(
    ("subscription", "numbers", "shown"),
    [(line().subscription, ["A1"], NUMBER), (None, ["A1"], "A1"), (None, ["A1", "A2"], "A1, A2"), (None, [], "")],
)
def test_a_payer_is_known_by_the_number_or_the_accounts(subscription: Any, numbers: list[str], shown: str) -> None:
    owner = row(Customer, id="owner", document_kind="00", document_number="D", category="student")
    payer = Payer(owner, [account(number) for number in numbers], subscription)
    assert payer.shown == shown
    found = payers.subject_of(payer)
    assert found.product == (subscription.plan if subscription else "")
    assert found.account_id == (payer.accounts[0].id if len(numbers) == 1 else "")
    assert (found.document_kind, found.document_number, found.category, found.customer_id, found.age) == (
        "00",
        "D",
        "student",
        "owner",
        None,
    )


@pytest.mark.parametrize(
    ("view", "text", "found"),
    [
        ("owner", "", ["V1", "V2"]),
        ("owner", "  ", ["V1", "V2"]),
        ("owner", "张", ["S1", "S2", "T1", "T2"]),
        ("", "", ["S1", "S2", "T1", "T2"]),
        ("", "张", ["S1", "S2", "T1", "T2"]),
    ],
)
def test_accounts_are_those_of_who_is_in_view_until_something_is_typed(view: str, text: str, found: list[str]) -> None:
    people = {key: row(Customer, id=key, name="张小明") for key in "VST"}
    run = Acts().step(
        about={"in_view": view},
        customers={"owner": people["V"], "search": [people["S"], people["T"]]},
        accounts={
            "of_customer": lambda key: [account(f"{key}1"), account(f"{key}2")],
            "charged": lambda key: [line().subscription] * (2 if key.endswith("1") else 0),
        },
    )
    choices = payers.payer_choices(run, text)
    assert [choice.value for choice in choices] == found
    assert {str(choice.label) for choice in choices} == {"张**"}
    assert {str(choice.detail) for choice in choices} == {f"{NUMBER} {NUMBER}", ""}


# small things that many forms share


@pytest.mark.parametrize("begins", ["", "new_"])
def test_an_agents_fields_hang_on_whether_somebody_acts(begins: str) -> None:
    when = f"{begins}by_agent"
    asks = [agents.kind(when), agents.number(when), agents.name(when), agents.phone(when)]
    assert [(ask.kind, ask.length, ask.when) for ask in asks] == [
        ("choice", 0, when),
        ("code", 30, when),
        ("name", 64, when),
        ("digits", 20, when),
    ]
    assert (agents.by_agent(say("help")).kind, agents.RESIDENT_ID) == ("flag", "00")


@pytest.mark.parametrize(("typed", "said"), [("a", 0), ("b", 1), ("", 0)])
def test_two_that_differ_say_so_beside_the_second_and_once(typed: str, said: int) -> None:
    run = Acts().step()
    run.errors.update({} if typed else {"repeat_password": say("before")})
    secrets.must_agree(run, "a", typed)
    secrets.must_agree(run, "a", typed)
    assert len(run.errors) == said + (not typed)


def test_what_a_code_is_called_stands_before_and_after() -> None:
    found = Corrected({"kind": "00"}, {"kind": ""}, {"kind": {"00": say("Resident ID")}})
    assert [(str(label), str(value)) for label, value in found.facts({"kind": say("Document")})] == [
        ("Document", "Resident ID to -"),
    ]
