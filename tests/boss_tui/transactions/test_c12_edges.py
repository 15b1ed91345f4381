"""What C12 does at each of its steps: who is shown what they owe, money taken, papers, a payment taken back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.tenders.dues import DuesPart, Owed
from boss_tui.components.tenders.refunds import Back
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c12 import fees as c12_fees
from boss_tui.transactions.c12 import ways as c12_ways
from boss_tui.transactions.c12.form import FeesCase, FeesForm
from boss_tui.transactions.payers import Payer
from data.errors import NotAllowed, NotFound, OutOfStock
from data.message import Message
from data.tables.account import BillingAccount
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import amounts, priced, told

FEES: Any = BUSINESSES["C12"]
ONE = row(Subscription, id="line", number="13957000001")


def account(number: str = "A1", state: str = "active") -> Any:
    return row(BillingAccount, id=number.lower(), number=number, state=state, customer_id="owner")


def payer(*accounts: Any, key: str = "owner", subscription: Any = None) -> Payer:
    return Payer(row(Customer, id=key, name=f"Zhang {key}"), list(accounts or [account()]), subscription)


def bill(amount: int, days: int = 0, state: str = "sent") -> Owed:
    return Owed(row(CustomerBill, id="b", month="2026-10", due_on="2026-11-10", state=state), "A1", amount, days, 3)


def asked(action: str = "collect", **typed: Any) -> Any:
    empty = {
        "who": "139",
        "accounts": "",
        "amount": None,
        "surplus": "",
        "waive": False,
        "reason": "",
        "serial": "",
        "right": "",
        "document_number": "",
    }
    return FeesForm.model_construct(**{**empty, "action": action, **typed})


def working(*, owed: list[Owed] | None = None, held: int = 0, **more: Any) -> tuple[Run, list[str]]:
    """A step in which so much is owed and is in the balance of each account."""
    answers: dict[str, Any] = {
        "billing": {"owed": owed or [], "as_of": "", "paid_by": [], "stopped": []},
        "accounts": {
            "bucket": lambda key, kind: SimpleNamespace(id=f"{kind} of {key}", amount=held),
            "available": lambda bucket: bucket.amount,
            "charged": [],
            "extend": "",
        },
        "partners": {"channel": None},
        "finance": {"take": Taken("p", 500, 600, 100, ()), "posting_of": "posting", "ready": []},
        "documents": {"of": ("paper",)},
        "tariff": {"rate": 3, "rest": lambda fen, bucket: priced(bucket, fen)},
        "operators": {"may": []},
        "eligibility": {"ask": SimpleNamespace(reasons=())},
    }
    about = more.pop("about", None)
    for name, said in more.items():
        answers[name] = {**answers.get(name, {}), **said}
    return doing(about=about, **answers)


# looking


@pytest.mark.parametrize("who", ["", None])
def test_without_a_customer_only_the_operator_is_looked_at(who: str | None) -> None:
    run, _ = working(operators={"may": [Reason("right", "no", Message(""))]})
    case = FEES.fill(run, asked(who=who))
    assert (case, [one.rule for one in run.qualification.reasons]) == (None, ["right"])


@pytest.mark.parametrize(
    ("action", "amount", "waives"),
    [
        ("collect", None, True),
        ("collect", 500, True),
        ("balance", None, True),
        ("balance", 500, False),  # the sum that is said pays late fees, too
        ("advance", 500, False),
        ("refund", None, False),
    ],
)
def test_a_supervisor_is_asked_where_a_late_fee_is_left_out(action: Any, amount: int | None, *, waives: bool) -> None:
    form = asked(action, waive=True, amount=amount)
    assert (form.waives, FEES.supervised(form)) == (waives, waives)
    assert not FEES.supervised(asked(action, amount=amount))


@pytest.mark.parametrize(
    ("action", "balance", "due", "limit"), [("collect", 0, 500, 500), ("balance", 500, 0, 0), (None, 0, 0, 0)]
)
def test_the_operator_is_asked_for_what_is_paid_in(
    monkeypatch: pytest.MonkeyPatch, action: Any, balance: int, due: int, limit: int
) -> None:
    monkeypatch.setattr(c12_fees, "find_payer", lambda *_: payer())
    limits: list[int] = []
    run, _ = working(
        owed=[bill(500)],
        held=balance,
        operators={"may": hears(limits, [Reason("a", "yes", Message(""))])},
        finance={"ready": [Reason("b", "yes", Message(""))]},
        eligibility={"ask": SimpleNamespace(reasons=(Reason("c", "yes", Message("")),))},
    )
    FEES.fill(run, asked(action, waive=action == "collect", reason="x"))
    assert (run.quote.due, limits) == (due, [limit])
    waived = ["late_fee"] if action == "collect" else []
    assert [one.rule for one in run.qualification.reasons] == ["a", "b", "c", *waived]


def test_what_is_paid_out_is_no_limit_of_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    def refund(_run: Run, _form: Any, case: FeesCase) -> None:
        case.lines = [priced("prepayment", -500)]

    monkeypatch.setattr(c12_fees, "find_payer", lambda *_: payer())
    monkeypatch.setitem(c12_ways.WAYS, "refund", refund)
    limits: list[int] = []
    run, _ = working(operators={"may": hears(limits, [])})
    FEES.fill(run, asked("refund"))
    assert (run.quote.due, limits) == (-500, [0])


@pytest.mark.parametrize(("accounts", "wanted"), [("A2", "A2"), ("", ""), (None, "")])
def test_only_said_accounts_are_looked_at(monkeypatch: pytest.MonkeyPatch, accounts: Any, wanted: str) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(c12_fees, "find_payer", hears(heard, payer()))
    run, _ = working()
    FEES.fill(run, asked(accounts=accounts))
    assert [what[1:] for what in heard] == [("139", wanted)]


def test_nobody_is_found() -> None:
    def nobody(*_: Any) -> Any:
        raise NotFound(Message("Nobody."))

    run, _ = working(products={"subscription": nobody}, accounts={"numbered": nobody})
    case = FEES.fill(run, asked(who="13957000001"))
    assert (list(run.errors), case) == (["who"], None)


@pytest.mark.parametrize(
    ("owed", "held", "online", "known", "notices"),
    [
        ([], 0, True, "", []),
        ([bill(500, 10)], 0, True, "", []),
        ([], 700, True, "", []),
        ([bill(500, 10)], 700, True, "", ["The balance of 14.00 yuan can pay for it: choose balance."]),
        ([], 0, False, "2026-11-23T01:05:00Z", ["Bills as of 2026-11-23 09:05: what came later is not known here."]),
        ([], 0, True, "2026-11-23T01:05:00Z", []),
        ([], 0, False, "", []),
    ],
)
def test_who_it_is_and_what_they_owe_is_shown(
    owed: list[Owed], held: int, online: bool, known: str, notices: list[str]
) -> None:
    run, _ = working(held=held, about={"online": online}, billing={"as_of": known})
    c12_fees._show(run, FeesCase(payer(account(), account("A2")), owed))
    assert run.facts == {
        "customer_id": "owner",
        "bills": [
            {"account": "A1", "month": "2026-10", "due_on": "2026-11-10", "amount": 500, "late_fee": 15} for _ in owed
        ],
    }
    assert str(run.notes["who"]).endswith(f"owed: {'5.15' if owed else '0.00'}  accounts: 2")
    assert [str(notice.text) for notice in run.notices] == notices


# doing it


@pytest.mark.parametrize("missing", [None, FeesCase(payer())])
def test_nothing_is_done_without_a_line(missing: Any) -> None:
    run, done = working()
    with pytest.raises(NotAllowed, match="not complete"):
        FEES.perform(run, asked(), missing, [])
    assert done == []


@pytest.mark.parametrize(
    ("due", "rate", "commission"),
    [
        (500, 100, 5),
        (599, 100, 5),
        (500, 33, 1),
        (-500, 100, -5),
        (500, None, 0),
        (999_999, 100, 9_999),
        (1_000_000, 100, 10_000),
    ],
)
@pytest.mark.parametrize("subscription", [ONE, None])
def test_a_payment_settles_its_bills_and_pays_its_channel(
    due: int, rate: int | None, commission: int, subscription: Any
) -> None:
    owed: list[Any] = []
    run, done = working(
        partners={"channel": None if rate is None else SimpleNamespace(id="agent", rate=rate)},
        finance={"take": Taken("p", due, 600, 100, ())},
        settlement={"owe": hears(owed)},
    )
    case = FeesCase(
        payer(subscription=subscription),
        parts=[DuesPart("b", "2026-10", "A1", 500)],
        lines=[priced("bill_payment", 500)],
    )
    result = FEES.perform(run, asked(), case, [])
    assert done == [
        "billing.settle([DuesPart('b', '2026-10', 'A1', 500)], 'posting')",
        "loyalty.award('owner', 5, 'C12')",
        "behaviour.watch('owner')",
        f"statistics.count('accepted', {due})",
        "statistics.count('collect', 500)",
    ]
    assert [what[1:] for what in owed] == [("commission", commission)]
    assert (result.customer_id, result.subscription_id) == ("owner", "line" if subscription else None)
    assert (result.amount, result.tendered, result.change, result.state) == (due, 600, 100, "completed")
    assert (result.papers, result.facts) == (
        ("paper",),
        {"customer": "Zhang owner", "action": "collect", "resumed": []},
    )


def test_a_correction_moves_points_time_and_figures() -> None:
    wrong = row(ProductOrder, id="wrong", amount=500)
    run, done = working(
        documents={"red_letter": ["red"], "invoice": "invoice", "slip": "slip"},
        finance={"take": Taken("p", 0, 0, 0, ())},
    )
    case = FeesCase(
        payer(),
        wrong=wrong,
        right=payer(account("A2"), key="right"),
        parts=[DuesPart("w", "2026-09", "A1", -500), DuesPart("b", "2026-10", "A2", 400)],
        lines=[priced("bill_payment", -500), priced("bill_payment", 400), priced("prepayment", 100)],
        advanced={"a2": 100},
    )
    result = FEES.perform(run, asked("correct", reason="why"), case, [])
    assert done == [
        "billing.settle([DuesPart('w', '2026-09', 'A1', -500), DuesPart('b', '2026-10', 'A2', 400)], 'posting')",
        "accounts.shorten('wrong')",
        "loyalty.reverse('wrong')",
        "loyalty.award('right', 4, 'C12')",
        "behaviour.watch('owner')",
        "settlement.owe(None, 'commission', 0)",
        "statistics.count('correct', 500)",
    ]
    assert result.papers == ("red", "invoice", "slip")


@pytest.mark.parametrize(
    ("advanced", "found"), [({}, ""), ({"a1": 100}, "2027-02-01"), ({"a1": 100, "a2": 200}, "2027-03-01")]
)
def test_money_that_is_paid_in_prolongs_each_line_of_its_account(advanced: dict[str, int], found: str) -> None:
    asked_for: list[Any] = []

    def extend(subscription: str, money: int) -> str:
        asked_for.append((subscription, money))
        return {"a1 1": "2027-02-01", "a1 2": "2027-01-01", "a2 1": "2027-01-15", "a2 2": "2027-03-01"}[subscription]

    run, _ = working(accounts={"charged": lambda key: [f"{key} 1", f"{key} 2"], "extend": extend})
    assert FEES._extend(run, FeesCase(payer(), advanced=advanced)) == found
    assert asked_for == [(f"{key} {n}", money) for key, money in advanced.items() for n in (1, 2)]


@pytest.mark.parametrize(
    ("advanced", "bucket", "parts", "valid", "said"),
    [
        ({}, "", [], "", []),
        ({}, "", ["part"], "", ["Still owed: 5.15."]),
        ({"a1": 100}, "", [], "", ["The balance is 14.00."]),
        ({}, "b", [], "", ["The balance is 14.00."]),
        (
            {"a1": 100},
            "b",
            ["part"],
            "2027-02-01",
            ["Still owed: 5.15.", "The balance is 14.00.", "Valid until 2027-02-01."],
        ),
    ],
)
def test_who_pays_is_told_what_is_left_and_what_they_have(
    advanced: dict[str, int], bucket: str, parts: list[Any], valid: str, said: list[str]
) -> None:
    run, _ = working(held=700, billing={"owed": lambda account, _: [bill(500, 10)] if account.id == "a1" else []})
    lines = [priced("bill_payment", 1), priced("x", 1, bucket_id=bucket)]
    case = FeesCase(payer(account(), account("A2")), advanced=advanced, parts=parts, lines=lines)
    assert [str(text) for text in c12_fees._advice(run, case, valid)] == said


@pytest.mark.parametrize(
    ("action", "reason", "subscription", "labels", "invoiced"),
    [
        ("collect", "", ONE, ["Number"], True),
        ("collect", "x", None, ["Account", "Reason"], True),
        ("balance", "", ONE, ["Number"], False),
        ("refund", "x", ONE, ["Number", "Reason"], True),
    ],
)
def test_a_paper_knows_its_payer_by_number_or_account(
    action: str, reason: str, subscription: Any, labels: list[str], invoiced: bool
) -> None:
    sales: list[Any] = []
    run, _ = working(documents={"of": hears(sales, ("paper",))})
    case = FeesCase(payer(subscription=subscription))
    assert FEES._papers(run, asked(action, reason=reason), case, Taken("p", 0, 0, 0, ()), "") == ("paper",)
    [sale] = sales
    assert ([str(label) for label, _ in sale.about], sale.invoiced) == (labels, invoiced)
    assert sale.about[0][1] == ("13957000001" if subscription else "A1")


def test_a_correction_has_an_invoice_for_who_was_meant_and_a_slip_for_both() -> None:
    red: list[Any] = []
    papers: list[Any] = []
    run, _ = working(
        documents={
            "red_letter": hears(red, ["red"]),
            "invoice": hears(papers, "invoice"),
            "slip": hears(papers, "slip"),
        }
    )
    case = FeesCase(
        payer(), wrong=row(ProductOrder, id="wrong"), right=payer(account("A2"), key="right", subscription=ONE)
    )
    run.quote = Quote((priced("a", -500), priced("b", 499), priced("c", 0), priced("d", 1)))
    taken = Taken("p", 0, 0, 0, ())
    assert FEES._papers(run, asked("correct", reason="why"), case, taken, "") == ("red", "invoice", "slip")
    assert red == [("why", c12_fees.NOTHING, "wrong")]
    assert taken.__class__("", 0, 0, 0, ()) == c12_fees.NOTHING
    invoice, slip = papers
    assert (invoice.customer_id, amounts(invoice.quote.lines)) == ("right", [("b", 499), ("d", 1)])
    assert [(str(label), value) for label, value in invoice.about] == [("Number", "13957000001")]
    assert (slip.customer_id, len(slip.quote.lines)) == ("owner", 4)
    assert [(str(label), value) for label, value in slip.about] == [
        ("Account", "A1"),
        ("Reason", "why"),
        ("Should go to", "Zhang right 13957000001"),
    ]


@pytest.mark.parametrize(("surplus", "lines"), [("", [500]), ("A2", [500, 1])])
def test_more_than_is_owed_waits_until_it_is_said_where_it_goes(surplus: str, lines: list[int]) -> None:
    run, _ = working()
    case = FeesCase(payer(account(), account("A2")), [bill(500)])
    c12_ways.collect(run, asked(amount=501, surplus=surplus), case)
    assert [one.amount for one in case.lines] == lines
    assert (list(run.errors), case.advanced) == (([], {"a2": 1}) if surplus else (["surplus"], {}))


@pytest.mark.parametrize(("paid", "left"), [(600, {"a2": 85}), (515, {}), (514, {})])
def test_what_the_right_account_owes_is_paid_with_its_late_fee(paid: int, left: dict[str, int]) -> None:
    run, _ = working(owed=[bill(500, 10)], billing={"paid_by": []}, accounts={"moved": {"from": paid}})
    case = FeesCase(payer())
    c12_ways._move(run, case, row(ProductOrder, id="wrong", amount=paid), payer(account("A2")))
    assert (case.advanced, sum(one.amount for one in case.lines)) == (left, 0)


@pytest.mark.parametrize(("payable", "cards", "most"), [(500, 600, "0.00"), (500, 500, "0.00"), (500, 499, "0.01")])
def test_what_can_be_refunded_is_never_less_than_nothing(payable: int, cards: int, most: str) -> None:
    run, _ = working(held=1_000, finance={"held_as": Back(total=1_000, cards=cards, uncleared=1_000 - payable)})
    c12_ways.refund(run, asked("refund", reason="x"), FeesCase(payer()))
    assert f"{most} can be refunded" in str(run.notes["amount"])


# afterwards


@pytest.mark.parametrize(
    ("action", "found", "taken_back"), [("correct", True, True), ("correct", False, False), ("collect", True, False)]
)
def test_a_correction_takes_the_wrong_payment_back(action: str, found: bool, taken_back: bool) -> None:
    run, done = working(processes={"order_of": row(ProductOrder, id="wrong") if found else None})
    FEES.finish(run, order({"action": action, "serial": "S"}))
    assert done == (["processes.takes_back(order, wrong)"] if taken_back else [])


def test_a_payment_that_is_taken_back_leaves_its_bills_open() -> None:
    run, done = working(billing={"paid_by": [DuesPart("b", "2026-10", "A1", 500, 15)]})
    assert FEES.reverse(run, order({})) is False
    assert done == [
        "billing.settle([DuesPart('b', '2026-10', 'A1', -500, -15)], 'posting')",
        "accounts.shorten('order')",
        "settlement.reverse('order')",
        "loyalty.reverse('order')",
    ]


# lists and examples


@pytest.mark.parametrize(
    ("field", "who", "values"),
    [
        ("who", "", ["payer"]),
        ("right", "", ["payer"]),
        ("accounts", "", []),
        ("serial", "", []),
        ("action", "", ["collect", "balance", "advance", "refund", "correct"]),
        ("accounts", "139", ["all", "A1", "A2"]),
        ("surplus", "139", ["A2"]),
        ("serial", "139", ["S1"]),
    ],
)
def test_lists_of_the_fields(monkeypatch: pytest.MonkeyPatch, field: str, who: str, values: list[str]) -> None:
    def choice(value: str) -> Any:
        return SimpleNamespace(value=value)

    monkeypatch.setattr(c12_fees, "payer_choices", lambda *_: [choice("payer")])
    monkeypatch.setattr(c12_fees, "account_choices", lambda *_: [choice("A1"), choice("A2")])
    monkeypatch.setattr(c12_fees, "find_payer", lambda _run, _who, wanted="": payer(account(wanted or "A1")))
    latest = [row(ProductOrder, serial=f"S{fen}", amount=fen, business_date="2026-11-20") for fen in (1, 0, -1)]
    run, _ = working(processes={"latest": latest})
    assert [one.value for one in FEES.choices(run, asked(who=who, accounts="A2"), field, "")] == values


def test_an_example_is_a_number_that_owes_something() -> None:
    run, _ = working(billing={"unpaid": ["a", "b"]}, accounts={"charged": lambda key: [] if key == "a" else [ONE]})
    assert FEES.example(run) == {"who": "13957000001", "action": "collect"}
    run, _ = working(billing={"unpaid": ["a"]})
    with pytest.raises(OutOfStock):
        FEES.example(run)


# what the ways share


@pytest.mark.parametrize(
    ("waive", "days", "reason", "wrong"),
    [(True, 10, "x", []), (True, 10, "", ["reason"]), (True, 0, "x", ["waive"]), (False, 10, "", [])],
)
def test_late_fee_is_left_out_for_a_reason(waive: bool, days: int, reason: str, wrong: list[str]) -> None:
    run, _ = working()
    case = FeesCase(payer(), [bill(500, days), bill(300, 0)])
    total = c12_ways._total(run, asked(waive=waive, reason=reason), case)
    assert (total, list(run.errors)) == (800 if waive else 815, wrong)
    assert [(one.rule, one.verdict, one.amount) for one in case.reasons] == (
        [("late_fee", "override", 15 if days else 0)] if waive else []
    )


@pytest.mark.parametrize(("refused", "wrong"), [("serial", ["serial"]), ("right", ["right"]), ("", [])])
def test_a_correction_of_what_is_not_known_moves_nothing(
    monkeypatch: pytest.MonkeyPatch, refused: str, wrong: list[str]
) -> None:
    def find(*_: Any) -> Payer:
        if refused == "right":
            raise NotFound(Message("Nobody."))
        return payer(account("A2"), key="right")

    monkeypatch.setattr(c12_ways, "find_payer", find)
    paid = row(
        ProductOrder,
        id="wrong",
        serial="S",
        business="C1" if refused == "serial" else "C12",
        customer_id="owner",
        amount=500,
        state="completed",
        business_date="2026-11-20",
    )
    run, _ = working(
        about={"business": "C12"}, processes={"order_of": paid, "taken_back": None}, accounts={"moved": {"from": 500}}
    )
    case = FeesCase(payer())
    c12_ways.correct(run, asked("correct", serial="S", right="A2", reason="x"), case)
    assert (sorted(told(run)), bool(case.lines), bool(case.reasons)) == (wrong, not refused, not refused)
    if not refused:
        assert (case.advanced, str(run.notes["right"]), str(run.notes["serial"])) == (
            {"a2": 500},
            "Zhang right",
            "5.00 yuan on 2026-11-20",
        )
        assert [(one.amount, one.bucket_id) for one in case.lines] == [(-500, "from"), (500, "prepaid of a2")]


@pytest.mark.parametrize("accounts", ["", None])
def test_where_no_account_was_said_a_surplus_may_go_to_any_of_theirs(
    monkeypatch: pytest.MonkeyPatch, accounts: Any
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(c12_fees, "find_payer", hears(heard, payer()))
    monkeypatch.setattr(c12_fees, "account_choices", lambda *_: [])
    run, _ = working()
    assert FEES.choices(run, asked(accounts=accounts), "surplus", "") == []
    assert [what[2:] for what in heard] == [(), ("",)]
