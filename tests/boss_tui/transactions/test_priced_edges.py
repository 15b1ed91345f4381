"""What headquarters reckons an order's price by, and what of it counts against the limit of working without a link."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.priced import Priced
from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions.c03.exchange_sim import CHARGED
from data.tables.order import Subscription
from data.tables.stock import Handset, HandsetBundle

BOOKS = {
    (Subscription, "s"): {"plan": "P88"},
    (Handset, "356"): {"model": "X1"},
    (HandsetBundle, "B1"): {"code": "B1", "price": 100},
}


def priced(code: str, form: dict[str, Any], subscription: str = "s") -> Priced | None:
    books: Any = SimpleNamespace(row=lambda model, key: BOOKS.get((model, key)))
    return BUSINESSES[code].priced(SimpleNamespace(**form), {"subscription_id": subscription}, books)


SELLS = {"action": "sell", "imei": "356", "bundle": "", "month": 0}


@pytest.mark.parametrize(
    ("code", "form", "found"),
    [
        ("C1", {"plan": "P88", "services": ("CLIP",), "number": "139"}, Priced(("P88", "CLIP"), "139")),
        ("C1", {"plan": "P88", "services": None, "number": "139"}, Priced(("P88",), "139")),
        ("C2", {"new_number": "139"}, Priced(("P88",), "139")),
        ("C3", {"why": "lost"}, Priced(("P88",), items=frozenset(CHARGED["lost"]))),
        ("C3", {"why": "broken"}, Priced(("P88",), items=frozenset(CHARGED.get("broken", ())))),
        ("C3", {"why": None}, Priced(("P88",), items=frozenset())),
        ("C6", {"cause": "request", "action": "suspend"}, Priced(("P88",))),
        ("C6", {"cause": "request", "action": "resume"}, Priced(("P88",), items=frozenset())),
        ("C6", {"cause": "loss", "action": "suspend"}, Priced(("P88",), items=frozenset())),
        ("C7.1", {}, Priced(("P88",))),
        ("C7.5", {"action": "subscribe"}, Priced(("P88",))),
        ("C7.5", {"action": "refunded"}, None),
        ("C9", {}, None),
        ("C10", SELLS, Priced(("X1",))),
        ("C10", {**SELLS, "bundle": "B9"}, Priced(("X1",))),
        ("C10", {**SELLS, "bundle": "B1"}, Priced(("X1", "B1"), instead={"handset": 100})),
        ("C10", {**SELLS, "action": "return"}, None),
        ("C10", {**SELLS, "month": 1}, None),
        ("C10", {**SELLS, "imei": "999"}, None),
    ],
)
def test_an_order_is_priced_by_what_it_is_about(code: str, form: dict[str, Any], found: Priced | None) -> None:
    assert priced(code, form) == found


@pytest.mark.parametrize("code", ["C2", "C3", "C6", "C7.1"])
def test_one_of_a_number_that_nobody_knows_is_not_priced(code: str) -> None:
    typed = {"new_number": "139", "why": "lost", "cause": "loss", "action": "suspend"}
    assert priced(code, typed, "nobody") is None


@pytest.mark.parametrize(
    ("code", "form", "amount", "fen"),
    [
        ("C1", {"prepayment": 500}, 900, 500),
        ("C1", {"prepayment": 0}, 900, 0),
        ("C1", {"prepayment": None}, 900, 0),
        ("C2", {}, 900, 0),
        *((code, {}, amount, max(0, amount)) for code in ("C10", "C11", "C12") for amount in (-1, 0, 1, 900)),
    ],
)
def test_what_is_taken_in_counts_against_the_limit(code: str, form: dict[str, Any], amount: int, fen: int) -> None:
    assert BUSINESSES[code].limited_by(SimpleNamespace(**form), {"amount": amount}) == fen
