"""What another way of paying (C4.3) moves and does, act by act, and once the network has it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.credit.credit import Assessment
from boss_tui.components.network_elements import PROFILES
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c04_3 import form as c04_3_form
from boss_tui.transactions.c04_3.form import CHANGES
from data.codes import BANKS
from data.errors import OutOfStock
from data.message import say
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount
from data.tables.customer import DocumentKind
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does, changing, order
from tests.boss_tui.transactions.stand_in import amounts, line, priced

PAYMENT: Any = BUSINESSES["C4.3"]
NUMBER = "13957000001"


def form(change: str | None, **typed: Any) -> Any:
    return SimpleNamespace(**{"change": change, "plan": "", "bank": "", "bank_account": "", "account": "", **typed})


def target(**values: Any) -> Any:
    standard = {"id": "other", "number": "A2", "customer_id": "owner", "pay_type": "postpaid"}
    return row(BillingAccount, **{**standard, **values})


def moved() -> PlanMove:
    """A plan of another name, that ends one product and begins another."""
    plan, contained = row(Product, code="P39", pay_type="any"), row(Product, code="CLIP", pay_type="any")
    return PlanMove(Basket(plan, (contained,), ()), ("P88",), ("P39",))


# looked at


@pytest.mark.parametrize(("change", "asked"), [("cash", ["change"]), (None, [])])
def test_each_change_is_asked_by_its_own_rule(change: str | None, asked: list[str]) -> None:
    run = Acts().step()
    PAYMENT.look(run, form(change), line())
    assert list(run.errors) == asked
    assert str(run.notes["change"]).startswith("Now: ")


@pytest.mark.parametrize("later", [False, True])
def test_who_becomes_postpaid_is_trusted_without_international_services(*, later: bool) -> None:
    acts = Acts()
    one = line(pay_type="prepaid", customer={"category": "student"})
    run = acts.step(
        credit={"assess": Does(Assessment("B", 1, 0))},
        network={"element_of": "HLR01", "stands": {}},
        products={"on": []},
        accounts={"charged": [one.subscription]},
    )
    if later:
        PAYMENT.act(run, form("postpaid"), one)
    else:
        PAYMENT.look(run, form("postpaid"), one)
        assert str(run.notes["change"]) == "Credit: 0.01 yuan"
    assert acts[0] == "credit.assess(owner, student, international=False)"


# what moves


HELD = {"deposit": 300, "prepaid": 200}
TO = {"deposit": "other-deposit", "prepaid": "other-prepaid"}


def bucket(key: str, kind: str) -> Any:
    return row(BalanceBucket, id=f"{key}-{kind}", amount=HELD[kind] if key == "account" else 0)


@pytest.mark.parametrize(
    ("change", "more", "charged", "wrong", "lines"),
    [
        ("prepaid", None, 1, False, [("deposit", -300, "account-deposit"), ("prepayment", 300, "account-prepaid")]),
        ("prepaid", None, 1, True, []),
        ("postpaid", None, 1, False, []),
        ("cash", None, 1, False, []),
        (
            "prepaid",
            moved(),
            1,
            False,
            [("deposit", -300, "account-deposit"), ("prepayment", 300, "account-prepaid"), ("fee", 39, "")],
        ),
        ("postpaid", moved(), 1, False, [("fee", 39, "")]),
        (
            "merge",
            target(),
            1,
            False,
            [
                ("deposit", -300, "account-deposit"),
                ("deposit", 300, "other-deposit"),
                ("prepayment", -200, "account-prepaid"),
                ("prepayment", 200, "other-prepaid"),
            ],
        ),
        ("merge", target(), 2, False, []),
        ("merge", None, 1, False, []),
        ("split", target(), 1, False, []),
    ],
)
def test_only_the_customers_own_money_moves(
    change: str, more: Any, charged: int, wrong: bool, lines: list[tuple[str, int, str]]
) -> None:
    one = line()
    one.more = more
    run = Acts().step(
        accounts={"bucket": bucket, "charged": ["x"] * charged},
        tariff={
            "line": priced,
            "price": Quote(),
            "monthly": lambda codes, _who: [priced("fee", 39)] if codes == ["P39", "CLIP"] else [],
        },
    )
    if wrong:
        run.errors["change"] = say("no")
    found = PAYMENT.price(run, form(change), one).lines
    assert [(each.item, each.amount, each.bucket_id) for each in found] == lines


def test_what_the_business_costs_comes_first() -> None:
    run = Acts().step(tariff={"price": Quote((priced("fee", 5),))})
    assert amounts(PAYMENT.price(run, form("cash"), line()).lines) == [("fee", 5)]


@pytest.mark.parametrize("merged", [True, False])
def test_what_services_rest_on_goes_along_with_a_merge(*, merged: bool) -> None:
    acts, one = Acts(), line()
    one.more = target() if merged else None
    rests = [row(BalanceHold, bucket_id="b", service="roaming", amount=500)]
    run = acts.step(
        accounts={"bucket": bucket, "let_go": Does(rests), "kind_of": "deposit"},
        finance={"take": Does(Taken("p", 0, 0, 0, ()))},
    )
    run.quote = Quote((priced("a", 5), priced("b", -5)))
    assert PAYMENT.take(run, one, []).payment_id == "p"
    took = "finance.take(Quote, [], {1: account-deposit, 2: account-prepaid})"
    along = ["accounts.let_go(line)", took, "accounts.hold(other-deposit, line, roaming, 500)"]
    assert acts == (along if merged else [took])


# done


CHANGED = "products.change_subscription(line, account_id={})"
TOLD = f"network.order(change_profile, HLR01, msisdn={NUMBER}, imsi=460, profile={{}})"
AGAIN = f"network.forward_again(line, HLR01, {NUMBER})"


@pytest.mark.parametrize(
    ("typed", "more", "left", "done"),
    [
        (form("cash"), None, 1, ["accounts.change(account, pay_method=cash, bank=, bank_account=)"]),
        (
            form("debit", bank="ICBC", bank_account="62"),
            None,
            1,
            ["accounts.change(account, pay_method=bank_debit, bank=ICBC, bank_account=62)"],
        ),
        (form("prepaid"), None, 1, [TOLD.format(PROFILES["prepaid"]), AGAIN]),
        (form("postpaid"), None, 1, ["credit.open(owner, Assessment)", TOLD.format(PROFILES["postpaid"]), AGAIN]),
        (form("prepaid"), moved(), 1, [TOLD.format(PROFILES["prepaid"]), AGAIN, "told P39"]),
        (form("merge"), target(), 0, [CHANGED.format("other"), "accounts.close(account)"]),
        (form("merge"), target(), 1, [CHANGED.format("other")]),
        (form("split"), None, 1, ["accounts.open(owner, postpaid)", CHANGED.format("fresh")]),
    ],
)
def test_what_is_ours_changes_now_and_another_type_waits_for_the_network(
    monkeypatch: pytest.MonkeyPatch, typed: Any, more: Any, left: int, done: list[str]
) -> None:
    acts, one = Acts(), line()
    one.more = more

    def tell(_run: Any, _line: Any, what: PlanMove) -> None:
        acts.append(f"told {what.basket.plan.code}")

    monkeypatch.setattr("boss_tui.transactions.c04_3.change_payment.tell_network", tell)
    run = acts.step(
        accounts={"charged": ["x"] * left, "open": Does(target(id="fresh"))},
        products={"change_subscription": Does(changing)},
        credit={"assess": Assessment("B", 1, 0)},
        network={"element_of": "HLR01", "stands": {"imsi": "460", "profile": "old"}},
    )
    PAYMENT.act(run, typed, one)
    assert acts == [*done, "behaviour.watch(owner)"]
    charged = {"merge": "other", "split": "fresh"}.get(typed.change, "account")
    assert (one.account.id, one.subscription.account_id) == (charged, charged)


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({"change": "cash"}, []),
        (
            {"change": "prepaid"},
            [
                "products.change_subscription(line, pay_type=prepaid)",
                "accounts.change(account, pay_type=prepaid, pay_method=cash, bank=, bank_account=)",
                "network.done()",
            ],
        ),
        (
            {"change": "postpaid"},
            [
                "products.change_subscription(line, pay_type=postpaid)",
                "accounts.change(account, pay_type=postpaid)",
                "network.done()",
            ],
        ),
        (
            {"change": "postpaid", "plan": "P88"},
            [
                "products.change_subscription(line, pay_type=postpaid)",
                "accounts.change(account, pay_type=postpaid)",
                "network.done()",
            ],
        ),
        (
            {"change": "postpaid", "plan": "P39"},
            [
                "products.change_subscription(line, pay_type=postpaid)",
                "accounts.change(account, pay_type=postpaid)",
                "products.move(line, PlanMove, 2026-11-23)",
                "billing.charge_from(line, [fee 39], [CLIP, P39, P88], 2026-11-23)",
                "products.unbind(line, plan)",
                "products.bind(line, plan, 1, product=P39, value=39, penalty_percent=0)",
                "network.done()",
            ],
        ),
        ({"change": "merge", "account": "A2"}, []),
    ],
)
def test_number_and_account_are_of_the_other_type_once_the_network_has_it(
    monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], changed: list[str]
) -> None:
    monkeypatch.setattr("boss_tui.transactions.c04_3.change_payment.moved_to", lambda *_: moved())
    acts, one = Acts(), line()
    run = acts.step(
        products={"owned": one.subscription, "product": row(Product, code="P39", contract_months=1)},
        accounts={"of": one.account},
        customers={"owner": one.customer},
        billing={"fee": 39},
        tariff={"monthly": lambda codes, _who: [priced("fee", 39)] if codes == ["P39", "CLIP"] else []},
    )
    PAYMENT.finish(run, order(**typed))
    assert acts == [*changed, "statistics.count(changed, 700)"]


def test_called_off_nothing_was_changed() -> None:
    acts = Acts()
    PAYMENT.cancel(acts.step(), order(change="prepaid"))
    assert acts == []


# papers and lists


@pytest.mark.parametrize(
    ("typed", "more", "facts"),
    [
        (form("cash"), None, {"Account": "A1"}),
        (form("prepaid", plan="P39"), moved(), {"Account": "A1", "New plan": "P"}),
        (form("prepaid", plan="P39"), None, {"Account": "A1"}),
    ],
)
def test_a_slip_has_the_account_and_a_new_plan(typed: Any, more: Any, facts: dict[str, str]) -> None:
    one = line()
    one.more = more
    found = PAYMENT.about(Acts().step(products={"name": "P"}), typed, one)
    assert {str(label): str(value) for label, value in found} == facts


def test_of_a_bank_account_only_the_ends_are_shown() -> None:
    typed = form("debit", bank="ICBC", bank_account="6222020200112230012")
    shown = str(PAYMENT.about(Acts().step(), typed, line())[-1][1])
    assert "0012" in shown
    assert "020020011223" not in shown


def test_whoever_called_learns_the_account() -> None:
    assert PAYMENT.facts(Acts().step(), form("split"), line(customer={"name": "张"})) == {
        "number": NUMBER,
        "customer": "张",
        "change": "split",
        "account": "A1",
    }


@pytest.mark.parametrize(
    ("field", "values"),
    [("bank", list(BANKS)), ("agent_document_kind", ["00"]), ("bank_account", []), ("change", list(CHANGES))],
)
def test_banks_and_changes_have_lists(field: str, values: list[str]) -> None:
    run = Acts().step(customers={"kinds": [row(DocumentKind, code="00")]})
    assert [choice.value for choice in PAYMENT.choices(run, form("cash"), field, "")] == values


def test_without_a_line_there_are_no_accounts_to_choose() -> None:
    typed = form("merge", number="")
    assert PAYMENT.choices(Acts().step(), typed, "account", "") == []


@pytest.mark.parametrize(("method", "change"), [("bank_debit", "cash"), ("cash", "debit")])
def test_an_example_is_the_other_way_of_paying(method: str, change: str) -> None:
    one = line(customer={"document_number": "D"})

    def some(_states: Any, **wanted: str) -> list[Any]:
        return [one.subscription] if wanted == {"pay_type": "postpaid"} else []

    run = Acts().step(
        products={"some_lines": some},
        processes={"running": False},
        customers={"owner": one.customer},
        accounts={"of": target(pay_method=method)},
    )
    found = PAYMENT.example(run)
    assert (found["change"], found["number"], "bank" in found) == (change, NUMBER, change == "debit")
    with pytest.raises(OutOfStock):
        PAYMENT.example(Acts().step(products={"some_lines": []}))


@pytest.mark.parametrize(("typed", "taken"), [("", True), ("ICBC", True), ("NONE", False)])
def test_a_bank_is_one_of_the_list(typed: str, taken: bool) -> None:
    if taken:
        assert c04_3_form._bank(typed) == typed
    else:
        with pytest.raises(PydanticCustomError):
            c04_3_form._bank(typed)


@pytest.mark.parametrize(("typed", "wrong"), [("", False), ("6222020200112230012", False), ("1", True), ("62a", True)])
def test_a_bank_account_is_right_where_one_is_typed(typed: str, wrong: bool) -> None:
    _, errors = c04_3_form.ChangePaymentForm.partial({"number": NUMBER, "change": "debit", "bank_account": typed})
    assert ("bank_account" in errors) is wrong
