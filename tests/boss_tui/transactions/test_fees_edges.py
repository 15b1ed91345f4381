"""Where C12 turns: one fen more than is owed, the last fen of a balance, whose payment it was, whose account."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.identity.proofs import by_document
from boss_tui.components.tenders.dues import DuesPart, Owed
from boss_tui.components.tenders.refunds import Back
from boss_tui.transactions.c12 import ways as c12_ways
from boss_tui.transactions.c12.form import FeesCase, FeesForm
from boss_tui.transactions.payers import Payer
from data.errors import NotAllowed, NotFound
from data.message import Message
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, parts, priced, step

FEES: Any = BUSINESSES["C12"]


def account(number: str = "A1", state: str = "active", customer: str = "owner") -> Any:
    return row(BillingAccount, id=number.lower(), number=number, state=state, customer_id=customer)


def payer(*accounts: Any, subscription: Any = None) -> Payer:
    return Payer(row(Customer, id="owner", name="张小明"), list(accounts or [account()]), subscription)


def bill(amount: int, days: int = 0, *, state: str = "sent", due_on: str = "2026-11-10", key: str = "b") -> Owed:
    """A bill that is so many days late, at 3 per mille a day."""
    row_ = row(CustomerBill, id=key, month="2026-10", state=state, due_on=due_on)
    return Owed(row_, "A1", amount, days, 3)


class _Typed(SimpleNamespace):
    """What is typed, with what the form itself says of that."""

    waives = FeesForm.waives


def form(**typed: Any) -> Any:
    empty = {
        "action": "collect",
        "amount": None,
        "surplus": "",
        "waive": False,
        "reason": "",
        "document_number": "",
        "serial": "",
        "right": "",
    }
    return _Typed(**{**empty, **typed})


def money(amount: int, held: int = 0, **more: Any) -> Any:
    """Accounts whose balance is so much, of which so much is held."""
    bucket = row(BalanceBucket, id="bucket", kind="prepaid", amount=amount)
    return parts(bucket=bucket, available=max(0, amount - held), **more)


# collecting


@pytest.mark.parametrize(
    ("typed", "lines", "wrong"),
    [
        (None, [("bill_payment", 1_000), ("late_fee", 30)], ""),
        (0, [], "amount"),
        (-1, [], "amount"),
        (1, [("bill_payment", 1)], ""),
        (1_029, [("bill_payment", 999), ("late_fee", 30)], ""),
        (1_030, [("bill_payment", 1_000), ("late_fee", 30)], ""),
        (1_031, [("bill_payment", 1_000), ("late_fee", 30), ("prepayment", 1)], ""),
    ],
)
def test_one_fen_more_than_is_owed_goes_into_the_balance(
    typed: int | None, lines: list[tuple[str, int]], wrong: str
) -> None:
    run, case = step(accounts=money(0)), FeesCase(payer(), [bill(1_000, 10)])
    c12_ways.collect(run, form(amount=typed), case)
    assert amounts(case.lines) == lines
    assert list(run.errors) == ([wrong] if wrong else [])
    note = str(run.notes.get("amount", ""))
    assert note.startswith("Part of it") is (typed is not None and 0 < typed < 1_030)
    assert note.startswith("0.01 yuan more") is (typed == 1_031)


def test_nothing_is_collected_where_nothing_is_owed() -> None:
    run, case = step(accounts=money(0)), FeesCase(payer())
    c12_ways.collect(run, form(amount=5), case)
    assert (list(run.errors), case.lines) == (["action"], [])


@pytest.mark.parametrize(
    ("accounts", "said", "over", "chosen", "wrong"),
    [
        ([account()], "", 0, "A1", ""),
        ([account()], "", 1, "A1", ""),
        ([account()], "A2", 0, None, "surplus"),
        ([account(state="closed")], "", 0, "A1", ""),
        ([account(state="closed")], "", 1, None, "amount"),
        ([account(), account("A2")], "", 0, None, ""),
        ([account(), account("A2")], "", -1, None, ""),
        ([account(), account("A2")], "", 1, None, "surplus"),
        ([account(), account("A2")], "A2", 1, "A2", ""),
        ([account(), account("A2", "closed")], "A2", 1, None, "amount"),
        ([account(), account("A2", "closed")], "A2", 0, "A2", ""),
    ],
)
def test_what_is_more_than_owed_goes_where_it_may(
    accounts: list[Any], said: str, over: int, chosen: str | None, wrong: str
) -> None:
    run = step()
    found = c12_ways._surplus(run, form(surplus=said), FeesCase(payer(*accounts)), over)
    assert (found.number if found else None) == chosen
    assert list(run.errors) == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("days", "reason", "wrong"),
    [(10, "x", []), (10, "", ["reason"]), (0, "x", ["waive"]), (0, "", ["reason", "waive"])],
)
def test_a_late_fee_is_left_out_for_a_reason_by_a_supervisor(days: int, reason: str, wrong: list[str]) -> None:
    run, case = step(accounts=money(0)), FeesCase(payer(), [bill(1_000, days)])
    c12_ways.collect(run, form(waive=True, reason=reason), case)
    assert sorted(run.errors) == wrong
    assert amounts(case.lines) == [("bill_payment", 1_000)]
    assert [(one.verdict, one.amount) for one in case.reasons] == [("override", 3 * days)]


def test_what_is_in_dispute_is_told_and_not_collected_the_longest_due_first() -> None:
    late, later, held = bill(1, due_on="2026-10-10", key="z"), bill(2, key="a"), bill(4, state="onHold")
    run = step(tariff=parts(rate=3), billing=parts(owed=[later, held, late]))
    assert [one.amount for one in c12_ways.bills_of(run, payer())] == [1, 2]
    assert [str(notice.text) for notice in run.notices] == ["The bill of 2026-10 is in dispute: it is not collected."]


# out of the balance


@pytest.mark.parametrize(
    ("balance", "held", "typed", "used", "wrong"),
    [
        (1_000, 0, None, 1_000, False),
        (1_001, 0, None, 1_000, False),
        (999, 0, None, 999, False),
        (1_000, 1, None, 999, False),
        (0, 0, None, 0, True),
        (500, 500, None, 0, True),
        (0, 0, 1, 0, True),
        (1_000, 0, 1_001, 0, True),
        (1_000, 0, 1, 1, False),
        (1_000, 0, 0, 0, True),
        (600, 100, 500, 500, False),
        (600, 100, 501, 0, True),
    ],
)
def test_a_balance_pays_up_to_what_is_free_of_it(
    balance: int, held: int, typed: int | None, used: int, wrong: bool
) -> None:
    run, case = step(accounts=money(balance, held)), FeesCase(payer(), [bill(1_000)])
    c12_ways.from_balance(run, form(amount=typed), case)
    assert amounts(case.lines) == ([("bill_payment", used), ("prepayment", -used)] if used else [])
    assert list(run.errors) == (["amount"] if wrong else [])
    if wrong and typed != 0:
        assert ("rest on it" in str(run.errors["amount"])) is bool(held)


def test_it_is_said_of_which_of_several_accounts() -> None:
    for way in (c12_ways.from_balance, c12_ways.advance):
        run, case = step(accounts=money(5_000)), FeesCase(payer(account(), account("A2")), [bill(1)])
        way(run, form(amount=1), case)
        assert (list(run.errors), case.lines) == (["accounts"], [])


@pytest.mark.parametrize(
    ("amount", "state", "wrong", "said"),
    [
        (1, "active", "", ""),
        (None, "active", "amount", "needed"),
        (0, "active", "amount", "More than nothing"),
        (1, "closed", "who", "closed"),
    ],
)
def test_an_advance_is_more_than_nothing_into_an_account_that_is_open(
    amount: int | None, state: str, wrong: str, said: str
) -> None:
    run, case = step(accounts=money(0)), FeesCase(payer(account(state=state)))
    c12_ways.advance(run, form(amount=amount), case)
    assert list(run.errors) == ([wrong] if wrong else [])
    assert said in "".join(map(str, run.errors.values()))
    assert (amounts(case.lines), case.advanced) == (([], {}) if wrong else ([("prepayment", 1)], {"a1": 1}))


@pytest.mark.parametrize(
    ("payable", "cards", "held", "typed", "back", "wrong"),
    [
        (1_000, 0, 0, None, 1_000, []),
        (1_000, 0, 0, 1_000, 1_000, []),
        (1_000, 0, 0, 1_001, 0, ["amount"]),
        (1_000, 0, 0, 1, 1, []),
        (1_000, 0, 0, 0, 0, ["amount"]),
        (1_000, 0, 0, -1, 0, ["amount"]),
        (900, 0, 0, None, 900, []),
        (900, 0, 0, 901, 0, ["amount"]),
        (1_000, 300, 0, None, 700, []),
        (1_000, 300, 0, 701, 0, ["amount"]),
        (1_000, 0, 400, None, 600, []),
        (1_000, 300, 400, 601, 0, ["amount"]),
        (1_000, 1_000, 0, None, 0, ["amount"]),
        (500, 600, 0, None, 0, ["amount"]),
    ],
)
def test_a_balance_is_paid_out_as_far_as_it_is_cleared_free_and_no_cards_value(
    payable: int, cards: int, held: int, typed: int | None, back: int, wrong: list[str]
) -> None:
    held_as = Back(total=1_000, cards=cards, uncleared=1_000 - payable)
    run = step(accounts=money(1_000, held), finance=parts(held_as=held_as))
    case = FeesCase(payer())
    known(run, case)
    c12_ways.refund(run, form(amount=typed, reason="x"), case)
    assert amounts(case.lines) == ([("prepayment", -back)] if back else [])
    assert sorted(run.errors) == wrong


def known(run: Run, case: FeesCase) -> None:
    """Its owner has shown their document."""
    run.context.identified = frozenset({by_document(case.payer.customer.id)})


@pytest.mark.parametrize(
    ("changes", "owed", "shown", "wrong"),
    [
        ({}, 0, True, []),
        ({"reason": ""}, 0, True, ["reason"]),
        ({}, 1, True, ["action"]),
        ({}, 0, False, ["document_number"]),
        ({"document_number": "D1"}, 0, False, []),
        ({"reason": ""}, 1, False, ["action", "document_number", "reason"]),
    ],
)
def test_a_refund_has_a_reason_its_owner_and_nothing_owed(
    changes: dict[str, str], owed: int, shown: bool, wrong: list[str]
) -> None:
    held_as = Back(total=1_000)
    run = step(accounts=money(1_000), finance=parts(held_as=held_as), customers=parts(shows=None))
    case = FeesCase(payer(), [bill(owed)] if owed else [])
    if shown:
        known(run, case)
    c12_ways.refund(run, form(**{"reason": "x", **changes}), case)
    assert sorted(run.errors) == wrong
    assert bool(case.lines) is not owed
    assert bool(run.proven) is ("document_number" in changes)


def test_what_is_kept_back_of_a_refund_is_told() -> None:
    held_as = Back(total=1_000, cards=200, uncleared=100)
    run = step(accounts=money(1_000), finance=parts(held_as=held_as))
    case = FeesCase(payer())
    known(run, case)
    c12_ways.refund(run, form(reason="x"), case)
    assert [n for n in ("10.00", "1.00", "2.00", "7.00") if n not in str(run.notes["amount"])] == []


# a wrong payment


PAID = {"serial": "S", "business": "C12", "customer_id": "owner", "amount": 1, "state": "completed"}


@pytest.mark.parametrize(
    ("changes", "back", "refused"),
    [
        ({}, None, ""),
        ({"business": "C11"}, None, "no payment"),
        ({"customer_id": "other"}, None, "no payment"),
        (None, None, "no payment"),
        ({"amount": 0}, None, "brought no money"),
        ({"amount": -1}, None, "brought no money"),
        ({"state": "cancelled"}, None, "brought no money"),
        ({"reverses": "x"}, None, "brought no money"),
        ({}, "order", "taken back already"),
    ],
)
def test_a_payment_is_corrected_once_and_only_one_of_this_customer(
    changes: dict[str, Any] | None, back: Any, refused: str
) -> None:
    order = None if changes is None else row(ProductOrder, **{**PAID, **changes})
    run = step(about={"business": "C12"}, processes=parts(order_of=order, taken_back=back))
    if not refused:
        assert c12_ways._wrong_payment(run, "S", payer()) is order
        return
    with pytest.raises((NotAllowed, NotFound), match=refused):
        c12_ways._wrong_payment(run, "S", payer())


@pytest.mark.parametrize(
    ("right", "owed", "refused"),
    [
        ([account("A2")], 0, ""),
        ([account("A2"), account("A3")], 0, "one account"),
        ([account("A1")], 0, "where it went"),
        ([account("A2", "closed")], 0, "closed"),
        ([account("A2", "closed")], 1, ""),
        ([], 0, "one account"),
    ],
)
def test_it_goes_to_one_other_account_that_can_use_it(right: list[Any], owed: int, refused: str) -> None:
    run = step(tariff=parts(rate=3), billing=parts(owed=[bill(owed)] if owed else []))
    to = Payer(row(Customer, id="r"), right)
    if not refused:
        c12_ways._other_than(run, to, payer())
        return
    with pytest.raises(NotAllowed, match=refused):
        c12_ways._other_than(run, to, payer())


@pytest.mark.parametrize(
    ("missing", "wrong"),
    [
        ((), []),
        (("serial",), ["serial"]),
        (("right",), ["right"]),
        (("reason",), ["reason"]),
        (("serial", "right", "reason"), ["reason", "right", "serial"]),
    ],
)
def test_a_correction_needs_the_payment_where_to_and_why(missing: tuple[str, ...], wrong: list[str]) -> None:
    typed = {"serial": "S", "right": "A2", "reason": "x", **dict.fromkeys(missing, "")}
    run = step(
        about={"business": "C12"},
        processes=parts(order_of=row(ProductOrder, **PAID), taken_back=None),
        accounts=parts(numbered=account("A2", customer="r"), moved={"bucket": 1}, bucket=row(BalanceBucket, id="to")),
        customers=parts(owner=row(Customer, id="r", name="李")),
        tariff=parts(rate=3, line=priced),
        billing=parts(owed=[], paid_by=[]),
        finance=parts(posting_of="p"),
    )
    case = FeesCase(payer())
    c12_ways.correct(run, form(**typed), case)
    moved = amounts(case.lines)
    assert sorted(run.errors) == wrong
    assert moved == ([] if {"serial", "right"} & set(missing) else [("prepayment", -1), ("prepayment", 1)])
    assert [one.verdict for one in case.reasons] == (["override"] if moved else [])


@pytest.mark.parametrize(
    ("wrong_amount", "owed", "advanced"), [(1_000, 999, {"a2": 1}), (1_000, 1_000, {}), (1_000, 1_001, {})]
)
def test_what_the_right_account_does_not_owe_is_paid_in(wrong_amount: int, owed: int, advanced: dict[str, int]) -> None:
    run = step(
        tariff=parts(rate=3, line=priced),
        billing=parts(owed=[bill(owed)], paid_by=[DuesPart("w", "2026-09", "A1", 1_000)]),
        accounts=parts(moved={}, bucket=row(BalanceBucket, id="to")),
        finance=parts(posting_of="p"),
    )
    case = FeesCase(payer())
    c12_ways._move(run, case, row(ProductOrder, **{**PAID, "amount": wrong_amount}), payer(account("A2")))
    assert case.advanced == advanced
    assert sum(one.amount for one in case.lines) == 0
    assert sum(part.amount for part in case.parts) == min(owed, wrong_amount) - 1_000


@pytest.mark.parametrize(("fee", "items"), [(0, ["bill_payment"]), (1, ["bill_payment", "late_fee"])])
def test_late_fee_is_a_line_of_its_own_where_there_is_any(fee: int, items: list[str]) -> None:
    found = c12_ways.bill_lines(step(), [DuesPart("b", "2026-10", "A1", 5, fee)])
    assert [one.item for one in found] == items


@pytest.mark.parametrize(
    ("lines", "amount"), [([5, -2], 3), ([-5], 5), ([5, -5], 5), ([5, 7, -12], 12), ([], 0), ([-5, 2], 3)]
)
def test_the_operators_limit_is_asked_for_what_moves(lines: list[int], amount: int) -> None:
    assert FeesCase(payer(), lines=[priced("x", fen) for fen in lines]).amount == amount


@pytest.mark.parametrize(
    ("paid", "points"),
    [([99], None), ([100], 1), ([199], 1), ([200], 2), ([60, 40], 1), ([1, 99], 1), ([-500, 100], 1), ([], None)],
)
def test_each_yuan_of_a_bill_that_is_paid_earns_a_point(paid: list[int], points: int | None) -> None:
    given: list[int] = []
    run = step(loyalty=parts(award=lambda _who, many, _code: given.append(many)))
    case = FeesCase(payer(), parts=[DuesPart("b", "2026-10", "A1", fen) for fen in paid])
    FEES._award(run, case)
    assert given == ([] if points is None else [points])


@pytest.mark.parametrize(
    ("case", "due", "kept"),
    [
        (FeesCase(payer()), 1, True),
        (FeesCase(payer()), 0, False),
        (FeesCase(payer()), -1, False),
        (None, 1, False),
        (FeesCase(payer(account(), account("A2"))), 1, False),
        (FeesCase(payer(account(), account("A2")), surplus=account("A2")), 1, True),
    ],
)
def test_the_rest_of_the_change_stays_on_an_account_that_is_known(case: FeesCase | None, due: int, kept: bool) -> None:
    run = step(accounts=money(0), tariff=parts(rest=priced("prepayment", 3)))
    run.quote = SimpleNamespace(due=due)  # type: ignore[assignment]
    assert (FEES.rest_line(run, case, 3) is not None) is kept


# what its papers call it


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "Fees collected"),
        ({"action": "refund"}, "Refund of the balance"),
        ({"action": "advance"}, "Advance payment"),
    ],
)
def test_a_payment_is_called_by_its_way(values: dict[str, str], title: str) -> None:
    assert str(FEES.titled(values)) == title
    assert isinstance(FEES.titled({"action": "else"}), Message)
