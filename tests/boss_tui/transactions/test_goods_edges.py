"""Where handsets (C10) and recharge cards (C11) turn: contracts with them, their values, where they can be used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions.c10 import looks as c10_looks
from boss_tui.transactions.c11 import recharge_cards as c11_recharge_cards
from boss_tui.transactions.c11.form import RechargeCardsForm
from data.message import Message
from data.tables.life import Agreement
from data.tables.stock import Handset, HandsetBundle, RechargeCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, priced, step

CARDS: Any = BUSINESSES["C11"]


# handsets


def bundle(price: int = 10, prepay: int = 20) -> Any:
    return row(HandsetBundle, code="B", model="M", name_zh="合", name_en="Contract", price=price, prepay=prepay)


@pytest.mark.parametrize(
    ("with_bundle", "with_line", "lines"),
    [
        (False, False, [("handset", 99), ("handling_fee", 1)]),
        (False, True, [("handset", 99), ("handling_fee", 1)]),
        (True, False, [("handset", 99), ("handling_fee", 1)]),
        (True, True, [("handset", 10), ("handling_fee", 1), ("contract_prepay", 20)]),
    ],
)
def test_with_a_contract_only_the_handset_has_the_contracts_price(
    with_bundle: bool, with_line: bool, lines: list[tuple[str, int]]
) -> None:
    asked: list[Any] = []

    def price(what: Any) -> Any:
        asked.append(what.products)
        return SimpleNamespace(lines=(priced("handset", 99), priced("handling_fee", 1)))

    unit = row(Handset, imei="1", model="M")
    case = c10_looks.HandsetCase(unit, line=line() if with_line else None, bundle=bundle() if with_bundle else None)
    quote = c10_looks._price(step(tariff=parts(price=price, line=priced)), case, unit)
    assert amounts(quote.lines) == lines
    assert asked == [("M", "B") if with_bundle else ("M",)]


@pytest.mark.parametrize(
    ("bound_by", "on_line", "fee", "left", "lines"),
    [
        ("sale", "line", 1, 5, [("handling_fee", -1), ("contract_prepay", -5)]),
        ("sale", "line", 0, 5, [("contract_prepay", -5)]),
        ("sale", "line", 1, 0, [("handling_fee", -1)]),
        ("other", "line", 1, 5, []),
        (None, "line", 1, 5, []),
        ("sale", None, 1, 5, []),
    ],
)
def test_the_contract_of_the_same_sale_comes_back_with_its_unit(
    monkeypatch: pytest.MonkeyPatch,
    bound_by: str | None,
    on_line: str | None,
    fee: int,
    left: int,
    lines: list[tuple[str, int]],
) -> None:
    monkeypatch.setattr("boss_tui.transactions.contracts.left_of", lambda *_: left)
    agreement = row(Agreement, kind="handset", order_id=bound_by, subscription_id="line") if bound_by else None
    one = line()
    run = step(
        handsets=parts(sale_of="sale"),
        products=parts(bound=agreement, owned=one.subscription),
        finance=parts(brought=fee),
        accounts=parts(gift=SimpleNamespace(id="gift")),
    )
    case = c10_looks.HandsetCase()
    assert amounts(c10_looks._contract_back(run, case, row(Handset, subscription_id=on_line))) == lines
    assert bool(case.ends) is bool(lines)


@pytest.mark.parametrize(("bills", "late"), [([], 0), ([(5, 0)], 0), ([(5, 1)], 5), ([(5, 0), (7, 1), (9, 30)], 16)])
def test_only_what_is_overdue_keeps_a_contract_back(bills: list[tuple[int, int]], late: int) -> None:
    owed = [SimpleNamespace(amount=amount, days=days) for amount, days in bills]
    one = line()
    assert c10_looks._overdue(step(accounts=parts(of_customer=[one.account]), billing=parts(owed=owed)), one) == late


@pytest.mark.parametrize(
    ("kinds", "typed", "ends"),
    [
        (["handset"], "", 1),
        (["plan"], "", 1),
        (["number"], "", 0),
        ([], "", 0),
        (["handset", "plan"], "", 2),
        (["handset", "plan"], "handset", 1),
        (["handset"], "else", 0),
    ],
)
def test_contracts_end_that_run_all_or_the_one_that_is_said(
    monkeypatch: pytest.MonkeyPatch, kinds: list[str], typed: str, ends: int
) -> None:
    monkeypatch.setattr("boss_tui.transactions.contracts.ending", lambda *_: [])
    monkeypatch.setattr("boss_tui.transactions.contracts.in_words", lambda *_: Message("told"))
    one = line(state="active")
    monkeypatch.setattr(c10_looks, "_line", lambda *_: one)
    run = step(products=parts(agreed=[row(Agreement, kind=kind, product=kind) for kind in kinds]))
    run.proven.add("document:owner")
    case = c10_looks.HandsetCase()
    form: Any = SimpleNamespace(number="139", bundle=typed, document_number="")
    c10_looks._end(run, form, case)
    assert (len(case.ends), len(run.notices), "number" in run.errors) == (ends, ends, not ends)


# cards


def card(serial: str, value: int = 5_000, valid_to: str = "2028-12-31") -> Any:
    return row(RechargeCard, serial=serial, face_value=value, valid_to=valid_to)


def asked(**typed: Any) -> Any:
    standard = {
        "action": "redeem",
        "number": "",
        "pin": "",
        "serial": "",
        "count": 1,
        "more": "",
        "reason": "",
        "new_serial": "",
    }
    return RechargeCardsForm.model_construct(**{**standard, **typed})


@pytest.mark.parametrize(
    ("action", "serial", "reason", "needed"),
    [
        ("sell", "S", "", False),
        ("sell", "", "", False),
        ("redeem", "", "", False),
        ("redeem", "S", "", True),
        ("redeem", "S", "  ", True),
        ("redeem", "S", "x", False),
        ("exchange", "", "", True),
        ("return", "S", None, True),
        ("void", "S", "x", False),
        ("damaged", "S", "", True),
        (None, "S", "", False),
    ],
)
def test_what_is_not_sold_nor_redeemed_by_pin_says_why(
    monkeypatch: pytest.MonkeyPatch, action: str | None, serial: str, reason: str | None, needed: bool
) -> None:
    for name in c11_recharge_cards._LOOKS:
        monkeypatch.setitem(c11_recharge_cards._LOOKS, name, lambda *_: None)
    asks: list[str] = []

    def ready() -> list[Any]:
        asks.append("ready")
        return []

    run = step(
        operators=parts(may=[]),
        eligibility=parts(ask=SimpleNamespace(reasons=())),
        finance=parts(ready=ready),
    )
    CARDS.fill(run, asked(action=action, serial=serial, reason=reason))
    assert ("reason" in run.errors) is needed
    assert bool(asks) is (action in ("sell", "return", None))  # a shift is open where money moves


@pytest.mark.parametrize(
    ("value", "online", "refused"),
    [(10_000, False, False), (10_001, False, True), (10_001, True, False), (0, False, False)],
)
@pytest.mark.parametrize("pin", ["", "1" * 18])
def test_without_a_link_a_card_is_redeemed_up_to_a_hundred_yuan(
    value: int, online: bool, refused: bool, pin: str
) -> None:
    found = card("S", value)
    run = step(about={"online": online}, cards=parts(of_pin=found, card=found, must_be_sold=None, must_be_valid=None))
    case = c11_recharge_cards.CardsCase()
    c11_recharge_cards._redeem_card(run, asked(pin=pin, serial="" if pin else "S"), case)
    assert [reason.rule for reason in case.reasons] == ([] if pin else ["unreadable"]) + (["link"] if refused else [])
    assert list(run.notes) == ["pin" if pin else "serial"]


def test_a_card_is_redeemed_by_its_pin_or_its_serial() -> None:
    run = step()
    c11_recharge_cards._redeem_card(run, asked(), c11_recharge_cards.CardsCase())
    assert list(run.errors) == ["number", "pin"]


@pytest.mark.parametrize(
    ("old", "new", "wrong"), [(5_000, 5_000, []), (5_000, 5_001, ["new_serial"]), (5_000, 4_999, ["new_serial"])]
)
def test_a_card_is_exchanged_for_one_of_the_same_value(old: int, new: int, wrong: list[str]) -> None:
    run = step(
        cards=parts(card=card("S", old), must_be_sold=None, must_be_near_its_end=None, run_of=[card("N", new)]),
    )
    c11_recharge_cards._exchange(
        run, asked(action="exchange", serial="S", new_serial="N"), c11_recharge_cards.CardsCase()
    )
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("further", "twice"), [([card("2")], False), ([card("1")], True), ([card("2"), card("1")], True)]
)
def test_no_card_stands_twice_in_a_sale(further: list[Any], twice: bool) -> None:
    case = c11_recharge_cards.CardsCase(runs=[[card("1")]])
    run = step(cards=parts(run_of=further))
    with run.beside("more"):
        c11_recharge_cards._more(run, asked(more="33011262000000001"), case)
    assert ("more" in run.errors, len(case.runs), "more" in run.notes) == (twice, 1 if twice else 2, not twice)


@pytest.mark.parametrize(
    ("action", "cards", "days"),
    [("sell", [card("1"), card("2", valid_to="2027-01-01")], ["2027-01-01"]), ("void", [card("1")], [])],
)
def test_a_sale_says_until_when_the_first_of_its_cards_is_good(action: str, cards: list[Any], days: list[str]) -> None:
    advice = c11_recharge_cards._advice(asked(action=action), c11_recharge_cards.CardsCase(cards=cards))
    assert len(advice) == len(days)
    assert all(day in str(text) for day, text in zip(days, advice, strict=True))


@pytest.mark.parametrize(
    ("action", "reason", "more", "labels"),
    [
        ("sell", "x", {}, ["Card serial", "Face value"]),
        ("void", "x", {}, ["Card serial", "Face value", "Reason"]),
        ("void", "", {}, ["Card serial", "Face value"]),
        ("redeem", "", {"line": line()}, ["Number", "Card serial", "Face value"]),
        ("exchange", "x", {"fresh": card("9")}, ["Card serial", "Face value", "New card", "Reason"]),
    ],
)
def test_a_paper_tells_the_cards_for_whom_and_why(
    action: str, reason: str, more: dict[str, Any], labels: list[str]
) -> None:
    case = c11_recharge_cards.CardsCase(cards=[card("1"), card("3")], **more)
    about = c11_recharge_cards._about(asked(action=action, reason=reason), case)
    assert [str(label) for label, _ in about] == labels
    assert ("Card serial", "1 - 3") in [(str(label), value) for label, value in about]
    single = c11_recharge_cards._about(asked(action="sell"), c11_recharge_cards.CardsCase(cards=[card("1")]))
    assert single[0][1] == "1"


@pytest.mark.parametrize(
    ("state", "passes"), [("active", True), ("suspended", True), ("terminated", False), ("pendingActive", False)]
)
def test_a_card_fills_a_line_that_is_there(state: str, passes: bool) -> None:
    one = line(state=state)
    run = step(
        products=parts(subscription=one.subscription),
        customers=parts(owner=one.customer),
        accounts=parts(of=one.account),
    )
    with run.beside("number"):
        c11_recharge_cards._line(run, "139")
    assert (not run.errors) is passes
