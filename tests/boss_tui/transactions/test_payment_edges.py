"""Where arrears and another way of paying (C4.3) turn: each condition that fails alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions import arrears
from boss_tui.transactions.arrears import nothing_owed, resume_paid
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount
from data.tables.life import Agreement
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, step, told

PAYMENT: Any = BUSINESSES["C4.3"]


def owed(*days: int) -> list[Any]:
    """Bills of 10 yuan that are so many days late."""
    return [SimpleNamespace(amount=1_000, days=late, bill=SimpleNamespace(month="2026-10")) for late in days]


def refused(run: Run, method: Any, form: Any, one: Line) -> str:
    """What is said beside which field when it can't be."""
    with run.beside("change"):
        method(run, form, one)
    return " ".join(f"{field}: {message}" for field, message in told(run).items())


# arrears


@pytest.mark.parametrize(
    ("bills", "overdue", "kept"),
    [
        ([], False, ""),
        ([0], False, "10.00"),
        ([0, 1], False, "20.00"),
        ([0], True, ""),
        ([1], True, "10.00"),
        ([0, 1], True, "10.00"),
    ],
)
def test_arrears_keep_back_what_is_owed_or_only_what_is_overdue(bills: list[int], overdue: bool, kept: str) -> None:
    run = step(billing=parts(owed=owed(*bills)))
    if not kept:
        nothing_owed(run, line().account, overdue=overdue)
        return
    with pytest.raises(NotAllowed, match=kept):
        nothing_owed(run, line().account, overdue=overdue)


@pytest.mark.parametrize(
    ("causes", "lifted", "numbers"),
    [
        (["arrears_all"], ["arrears_all"], 1),
        (["arrears_all"], [], 0),
        ([], [], 0),
        (["arrears_outgoing", "arrears_all"], ["arrears_outgoing", "arrears_all"], 1),
        (["arrears_outgoing", "arrears_all"], ["arrears_all"], 1),
    ],
)
def test_what_arrears_had_stopped_resumes_as_far_as_what_is_paid_lifts_it(
    monkeypatch: pytest.MonkeyPatch, causes: list[str], lifted: list[str], numbers: int
) -> None:
    """What lifts a stop is credit control's to say (M8); here each cause is asked about, and that alone resumes."""
    monkeypatch.setattr(arrears, "may_lift", lambda _run, _line, cause: cause in lifted)
    set_: list[str] = []
    one = line()
    run = step(
        billing=parts(stopped=causes),
        accounts=parts(charged=[one.subscription]),
        processes=parts(schedule=lambda _who, _day, form, **_: set_.append(form["cause"])),
    )
    assert len(resume_paid(run, [one.account])) == numbers
    assert set_ == lifted


# C4.3


@pytest.mark.parametrize(("method", "said"), [("cash", "already"), ("bank_debit", "")])
def test_who_pays_at_the_counter_does_so_already(method: str, said: str) -> None:
    assert said in refused(step(), PAYMENT._cash, None, line(account={"pay_method": method}))


@pytest.mark.parametrize(
    ("account", "typed", "said"),
    [
        ({}, ("ICBC", "1"), ""),
        ({"pay_type": "prepaid"}, ("ICBC", "1"), "change: A prepaid"),
        ({}, ("", "1"), "bank: This"),
        ({}, ("ICBC", ""), "bank_account: This"),
        ({"bank": "ICBC", "bank_account": "1"}, ("ICBC", "1"), "debited already"),
        ({"bank": "ICBC", "bank_account": "1"}, ("ABC", "1"), ""),
        ({"bank": "ICBC", "bank_account": "1"}, ("ICBC", "2"), ""),
        ({}, (None, None), ""),
    ],
)
def test_a_debit_has_a_bank_and_an_account_that_it_has_not_now(
    account: dict[str, Any], typed: tuple[Any, Any], said: str
) -> None:
    found = refused(
        step(), PAYMENT._debit, SimpleNamespace(bank=typed[0], bank_account=typed[1]), line(account=account)
    )
    assert bool(found) is bool(said)
    assert said in found


def test_no_bank_at_all_is_not_debited_already() -> None:
    found = refused(step(), PAYMENT._debit, SimpleNamespace(bank="", bank_account=""), line())
    assert "already" not in found


def other_type(one: Line, products: list[Any], charged: int = 1, **components: Any) -> Run:
    return step(
        products=parts(on=products, agreed=[], name=say("Plan")),
        billing=parts(owed=[]),
        accounts=parts(charged=[one.subscription] * charged),
        **components,
    )


def product(pay_type: str, kind: str = "plan") -> Any:
    return row(Product, code="P", name_zh="套", name_en="Plan", kind=kind, pay_type=pay_type)


@pytest.mark.parametrize(
    ("now", "products", "charged", "said"),
    [
        ("postpaid", [product("any")], 1, ""),
        ("postpaid", [product("prepaid")], 1, ""),
        ("prepaid", [product("any")], 1, "already"),
        ("postpaid", [product("postpaid")], 1, "choose a new plan"),
        ("postpaid", [product("any"), product("postpaid", "service")], 1, "end it first"),
        ("postpaid", [product("any")], 2, "split it first"),
    ],
)
def test_another_type_is_one_that_all_it_has_goes_with_on_an_account_of_its_own(
    now: str, products: list[Any], charged: int, said: str
) -> None:
    one = line(pay_type=now)
    form = SimpleNamespace(change="prepaid", plan="")
    found = refused(other_type(one, products, charged), PAYMENT._prepaid, form, one)
    assert bool(found) is bool(said)
    assert said in found


@pytest.mark.parametrize(("typed", "looked_up"), [("", 0), (None, 0), ("P88", 0), ("P39", 1)])
def test_a_plan_goes_along_where_it_is_another(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, looked_up: int
) -> None:
    moved: list[str] = []

    def moved_to(_run: Any, _line: Any, plan: str, _type: str) -> Any:
        moved.append(plan)
        return SimpleNamespace(basket=SimpleNamespace(all=[product("any")]))

    monkeypatch.setattr("boss_tui.transactions.c04_3.change_payment.moved_to", moved_to)
    one = line()
    run = other_type(one, [product("any")])
    assert not refused(run, PAYMENT._prepaid, SimpleNamespace(change="prepaid", plan=typed), one)
    assert len(moved) == looked_up
    assert ("plan" in run.notes, one.more is not None) == (bool(looked_up), bool(looked_up))


@pytest.mark.parametrize(
    ("reach", "said"),
    [({}, ""), ({"long_distance": "international"}, "international"), ({"roaming": "international"}, "international")],
)
def test_prepaid_has_nothing_international(reach: dict[str, Any], said: str) -> None:
    one = line(**reach)
    run = other_type(one, [product("any")])
    assert said in refused(run, PAYMENT._prepaid, SimpleNamespace(change="prepaid", plan=""), one)
    assert bool(run.errors) is bool(said)


@pytest.mark.parametrize(("kind", "verdict"), [("handset", "override"), ("plan", "override"), ("number", "yes")])
def test_prepaid_under_a_contract_is_a_supervisors(monkeypatch: pytest.MonkeyPatch, kind: str, verdict: str) -> None:
    monkeypatch.setattr("boss_tui.transactions.c04_3.change_payment.in_words", lambda *_: say("why"))
    one = line()
    run = other_type(one, [product("any")])
    vars(run.products)["agreed"] = lambda _key: [row(Agreement, kind=kind)]
    assert not refused(run, PAYMENT._prepaid, SimpleNamespace(change="prepaid", plan=""), one)
    assert run.qualification.verdict == verdict


@pytest.mark.parametrize(("limit", "said"), [(1, ""), (0, "allows no postpaid"), (-1, "allows no postpaid")])
def test_postpaid_needs_a_limit(limit: int, said: str) -> None:
    one = line(pay_type="prepaid")
    run = other_type(one, [product("any")], credit=parts(assess=SimpleNamespace(limit=limit)))
    found = refused(run, PAYMENT._postpaid, SimpleNamespace(change="postpaid", plan=""), one)
    assert (said in found, bool(found)) == (True, bool(said))


def target(**changes: Any) -> Any:
    standard = {"id": "other", "customer_id": "owner", "number": "A2", "pay_type": "postpaid"}
    return row(BillingAccount, **{**standard, **changes})


@pytest.mark.parametrize(
    ("account", "bills", "said"),
    [
        (target(), [], ""),
        (None, [], "no such account"),
        (target(customer_id="x"), [], "no such account"),
        (target(state="closed"), [], "no such account"),
        (target(id="account"), [], "charged to this account already"),
        (target(pay_type="prepaid"), [], "change that first"),
        (target(), [0], "are unpaid"),
    ],
)
def test_a_merge_goes_to_an_open_account_of_the_same_customer_and_type(
    account: Any, bills: list[int], said: str
) -> None:
    one = line()
    run = step(accounts=parts(numbered=account, charged=[one.subscription]), billing=parts(owed=owed(*bills)))
    found = refused(run, PAYMENT._merge, SimpleNamespace(account="A2"), one)
    assert (said in found, bool(found)) == (True, bool(said))
    assert (one.more is account) is not bool(said) or account is None


def test_a_merge_says_to_which_account() -> None:
    assert refused(step(), PAYMENT._merge, SimpleNamespace(account=""), line()).startswith("account: This field")


@pytest.mark.parametrize(
    ("charged", "has", "needs", "kept"),
    [(1, 0, 500, False), (2, 500, 500, False), (2, 499, 500, True), (2, 0, 0, False), (2, 501, 500, False)],
)
def test_what_services_rest_on_is_there_or_goes_along(charged: int, has: int, needs: int, kept: bool) -> None:
    one = line()
    run = step(
        accounts=parts(
            charged=[one.subscription] * charged,
            resting=[row(BalanceHold, bucket_id="b", amount=needs)],
            kind_of="deposit",
            bucket=row(BalanceBucket, amount=has),
        ),
    )
    with run.beside("change"):
        PAYMENT._must_rest_on(run, one, target())
    assert bool(run.errors) is kept


@pytest.mark.parametrize(
    ("charged", "rests", "said"), [(2, [], ""), (1, [], "of its own already"), (2, ["x"], "rest on this account")]
)
def test_a_number_is_split_from_others_that_nothing_of_it_rests_with(charged: int, rests: list[str], said: str) -> None:
    one = line()
    run = step(accounts=parts(charged=[one.subscription] * charged, resting=rests))
    found = refused(run, PAYMENT._split, None, one)
    assert (said in found, bool(found)) == (True, bool(said))


@pytest.mark.parametrize(
    ("change", "touches"), [("prepaid", 6), ("postpaid", 6), ("cash", 1), ("debit", 1), ("merge", 1), ("split", 1)]
)
def test_only_prepaid_and_postpaid_ask_what_the_line_has(change: str, touches: int) -> None:
    assert len(PAYMENT.touches(step(), SimpleNamespace(change=change), line())) == touches


@pytest.mark.parametrize(("deposit", "lines"), [(0, []), (1, [("deposit", -1), ("prepayment", 1)])])
def test_only_money_that_is_there_moves(deposit: int, lines: list[tuple[str, int]]) -> None:
    held = {"deposit": deposit, "prepaid": 0}
    run = step(accounts=parts(bucket=lambda _key, kind: row(BalanceBucket, id=kind, amount=held[kind])))
    assert amounts(PAYMENT._moved(run, line().account, line().account, {1: 2})) == lines


@pytest.mark.parametrize(
    ("field", "codes"),
    [("plan", ["ANY", "PRE"]), ("change", ["cash", "debit", "prepaid", "postpaid", "merge", "split"])],
)
def test_a_plan_is_chosen_from_those_that_go_with_the_type(field: str, codes: list[str]) -> None:
    plans = [
        row(Product, code=code, pay_type=kind)
        for code, kind in (("ANY", "any"), ("PRE", "prepaid"), ("POST", "postpaid"))
    ]
    found = PAYMENT.choices(step(products=parts(offered=plans)), SimpleNamespace(change="prepaid"), field, "")
    assert [choice.value for choice in found] == codes


@pytest.mark.parametrize(("other", "codes"), [({}, ["A2"]), ({"state": "closed"}, []), ({"id": "account"}, [])])
def test_an_account_to_merge_with_is_another_open_one(other: dict[str, Any], codes: list[str]) -> None:
    run = step(accounts=parts(of_customer=[target(pay_method="cash", **other)]))
    chosen = type(PAYMENT)(PAYMENT)
    chosen.line = lambda *_: line()
    assert [choice.value for choice in chosen.choices(run, None, "account", "")] == codes
