"""What stays of a transfer (C5): its papers, the month that it splits, and what follows once the network has it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import QuoteLine
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.c05 import month as c05_month
from boss_tui.transactions.c05.case import TransferCase
from boss_tui.transactions.c05.month import Settled
from data.errors import NotAllowed, OutOfStock
from data.tables.customer import DocumentKind
from data.tables.network import WorkOrder
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does, order
from tests.boss_tui.transactions.stand_in import line, priced
from tests.boss_tui.transactions.test_transfer_edges import NUMBER, TODAY, TRANSFER, form, ready

COUNTED = ["statistics.count(transferred, 700)", "service.call_back(owner, 3, C5)"]


@pytest.mark.parametrize(
    ("works", "changed"),
    [
        ([], []),
        (["set_roaming"], ["products.change_subscription(line, roaming=national)"]),
        (["set_long_distance"], ["products.change_subscription(line, long_distance=domestic)"]),
        (
            ["set_long_distance", "set_roaming"],
            ["products.change_subscription(line, long_distance=domestic, roaming=national)"],
        ),
        (["change_profile"], []),
    ],
)
def test_what_a_deposit_stood_for_has_ended_once_the_network_has_it(works: list[str], changed: list[str]) -> None:
    acts = Acts()
    done = [row(WorkOrder, act=act) for act in works]
    TRANSFER.finish(acts.step(products={"owned": line().subscription}, network={"done": done}), order())
    assert acts == [*changed, *COUNTED]


def test_what_both_have_signed_is_not_called_off() -> None:
    with pytest.raises(NotAllowed, match="Transfer it back"):
        TRANSFER.cancel(Acts().step(), order())


@pytest.mark.parametrize(
    ("month", "words"), [("", "up to the day"), ("day", "up to the day"), ("first", "from the 1st")]
)
@pytest.mark.parametrize("agent", [None, Person("00", "AG")])
def test_both_owners_stand_on_the_slip(month: str, words: str, agent: Any) -> None:
    one, typed = ready(agent=agent), form(month=month, new_agent_name="王芳")
    facts = {str(label): str(value) for label, value in TRANSFER.about(Acts().step(), typed, one)}
    labels = ["Old owner", "New owner", "New account", "This month", *(["New owner's agent"] if agent else [])]
    assert list(facts) == labels
    assert (facts["Old owner"].split()[0], facts["New owner"].split()[0], facts["New account"]) == (
        "张小明",
        "沈佳音",
        "A9",
    )
    assert words in facts["This month"]


@pytest.mark.parametrize(
    ("case", "signers"),
    [
        ({}, [("owner", "X"), ("new", "")]),
        ({"customer": None}, [("owner", "X")]),
        ({"agent": Person("00", "AG"), "form": form(new_agent_name="王芳")}, [("owner", "X"), ("new", "王芳")]),
        ({"form": form(new_agent_name="王芳")}, [("owner", "X"), ("new", "")]),
    ],
)
def test_both_owners_or_who_acts_for_them_sign(case: Any, signers: list[tuple[str, str]]) -> None:
    found = TRANSFER.parties(Acts().step(), ready(**case), "X")
    assert [(party.customer_id, party.signer) for party in found] == signers


@pytest.mark.parametrize(("case", "account"), [({}, "A9"), ({"account": None}, "")])
def test_whoever_called_learns_both_owners(case: Any, account: str) -> None:
    assert TRANSFER.facts(Acts().step(), form(), ready(**case)) == {
        "number": NUMBER,
        "customer": "张小明",
        "new_customer": "沈佳音",
        "account": account,
    }


def test_what_both_sign_says_first_who_pays_the_month() -> None:
    one = ready(ends=(("roaming", "national"),))
    one.subscription = line(minimum_spend=100).subscription
    words = [str(each)[:30] for each in TRANSFER.advice(Acts().step(), form(), one)]
    assert [each.split()[0] for each in words] == ["The", "International", "This"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("month", ["day", "first"]),
        ("balance", ["goes", "back"]),
        ("new_document_kind", ["00"]),
        ("new_agent_document_kind", ["00"]),
        ("agent_document_kind", ["00"]),
        ("new_name", []),
    ],
)
def test_month_balance_and_documents_have_lists(field: str, values: list[str]) -> None:
    run = Acts().step(customers={"kinds": [row(DocumentKind, code="00")]})
    assert [choice.value for choice in TRANSFER.choices(run, form(), field, "")] == values


FREE: dict[str, Any] = {"owed": [], "bound": None, "ban": 0, "running": False, "plan": {}}


@pytest.mark.parametrize(
    ("first", "taken"),
    [
        ({}, "1"),
        ({"owed": [1]}, "2"),
        ({"bound": "x"}, "2"),
        ({"ban": 1}, "2"),
        ({"running": True}, "2"),
        ({"plan": {"categories": "staff"}}, "2"),
        ({"plan": {"minimum_age": 1}}, "2"),
        ({"pay_type": "prepaid"}, "2"),
    ],
)
def test_an_example_is_a_number_that_may_go_to_anybody(first: dict[str, Any], taken: str) -> None:
    """A postpaid one first."""
    about = {"line1": {**FREE, **first}, "line2": FREE}
    lines = [
        line(
            id=f"line{n}",
            number=str(n),
            plan=f"line{n}",
            account_id=f"line{n}",
            pay_type=about[f"line{n}"].get("pay_type", "postpaid"),
        ).subscription
        for n in (1, 2)
    ]
    run = Acts().step(
        products={
            "some_lines": lines,
            "bound": lambda key, *_: about[key]["bound"],
            "product": lambda key: row(Product, code=key, **about[key]["plan"]),
        },
        customers={"owner": line(customer={"document_number": "OLD"}).customer},
        accounts={"of": lambda key: SimpleNamespace(id=key)},
        billing={"owed": lambda account, *_: about[account.id]["owed"]},
        resources={"transfer_ban": lambda number: about[f"line{number}"]["ban"]},
        processes={"running": lambda key: about[key]["running"]},
    )
    found = TRANSFER.example(run)
    assert (found["number"], found["document_number"], found["new_password"]) == (
        taken,
        "OLD",
        found["repeat_password"],
    )


def test_without_such_a_number_there_is_no_example() -> None:
    with pytest.raises(OutOfStock):
        TRANSFER.example(Acts().step(products={"some_lines": []}))


# the month


@pytest.mark.parametrize(
    ("choice", "day", "until"),
    [
        ("day", "2026-11-23", date(2026, 11, 22)),
        ("first", "2026-11-23", date(2026, 10, 31)),
        ("day", "2026-11-01", date(2026, 10, 31)),
        ("first", "2026-11-01", date(2026, 10, 31)),
        ("day", "2026-11-02", date(2026, 11, 1)),
    ],
)
def test_the_old_owner_pays_the_days_before_or_none_of_the_month(
    monkeypatch: pytest.MonkeyPatch, choice: str, day: str, until: date
) -> None:
    priced_, entered = [priced("bill_payment", 40), priced("bill_payment", 30)], [priced("entry", 70)]
    monkeypatch.setattr(c05_month, "final_bill", lambda *_: (priced_, entered))
    run = Acts().step(about={"business_date": day}, billing={"unbilled": lambda _line, _account, last: [last]})
    found = c05_month.settled(run, line(), choice)
    assert (found.until, str(found.charged), found.due) == (until, str([until]), 70)
    assert (found.lines, found.entries) == (priced_, entered)


@pytest.mark.parametrize(("parts", "settled"), [(["part"], ["billing.settle([part], posting)"]), ([], [])])
def test_a_final_bill_is_paid_by_this_payment(parts: list[str], settled: list[str]) -> None:
    acts = Acts()
    entries: list[QuoteLine] = [priced("entry", 70)]
    run = acts.step(billing={"issue_final": Does(parts)}, finance={"latest_posting": "posting"})
    c05_month.bill(run, line(), Settled(TODAY, [], [], entries))
    assert acts == ["billing.issue_final(account, line, [])", "finance.bill([entry 70])", *settled]


@pytest.mark.parametrize(("choice", "words"), [("day", "until 2026-11-23"), ("first", "from the 1st on")])
def test_both_sign_who_pays_the_month(choice: str, words: str) -> None:
    assert words in str(c05_month.in_words(Settled(TODAY, [], [], []), choice))
    assert TransferCase(form()).bound == ()


@pytest.mark.parametrize(("month", "words"), [("", "until 2026-11-23"), ("first", "from the 1st on")])
def test_what_they_sign_is_what_they_chose(month: str, words: str) -> None:
    assert words in str(TRANSFER.advice(Acts().step(), form(month=month), ready())[0])
