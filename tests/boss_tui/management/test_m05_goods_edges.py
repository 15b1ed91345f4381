"""A supplier's file of handsets or blank cards: what is wrong with a piece, how it comes in, what ends a dispute."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit.acts import At
from boss_tui.management.kit.intake import StockRow
from boss_tui.management.m05.goods import GOODS_ACTS, BlankIntake, HandsetIntake
from data.errors import BadForm
from data.tables.product import Product
from data.tables.resource import SimKind
from data.tables.stock import BlankCard, Handset
from data.tables.stockroom import StockEvent
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import Rows, context, row

__all__ = ["empty_store", "tx"]

RIGHT, ANOTHER, KEPT = "356938035643809", "490154203237518", "012345678901237"
"""IMEIs whose last digit is that of the fourteen before it."""
PHONE = {"imei": RIGHT, "model": "A100", "colour": "黑", "imei2": "", "cost": 99_900, "dispute": ""}
THERE = (
    row(Product, code="A100", kind="goods"),
    row(Product, code="P50", kind="plan"),
    row(Handset, imei=KEPT, model="A100"),
    row(SimKind, code="64K", state="active"),
    row(SimKind, code="8K", state="ended"),
)
SENT: Any = SimpleNamespace(batch="NOTE-7")


def lines(*pieces: dict[str, Any]) -> list[StockRow]:
    return [StockRow(line, (), values) for line, values in enumerate(pieces, 2)]


def faults(intake: type[HandsetIntake | BlankIntake], *pieces: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Line, column and why, of what is wrong."""
    there: Any = Rows(*THERE)
    found = intake(there, SENT).judge(there, lines(*pieces))
    return [(fault.line, fault.column, str(fault.message)) for fault in found]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, []),
        ({"imei2": ANOTHER}, []),
        ({"imei": RIGHT[:-1] + "8"}, [("imei", "The check digit is wrong: it must be 9.")]),
        ({"imei2": ANOTHER[:-1] + "9"}, [("imei2", "The check digit is wrong: it must be 8.")]),
        ({"imei2": RIGHT}, [("imei2", "Both IMEIs are the same.")]),
        ({"imei2": KEPT}, [("imei2", f"{KEPT} is there already.")]),
        ({"model": "B200"}, [("model", "There is no model B200.")]),
        ({"model": "P50"}, [("model", "There is no model P50.")]),  # a plan is no handset
        (
            {"imei": "0" * 14 + "1", "model": ""},
            [("imei", "The check digit is wrong: it must be 0."), ("model", "There is no model .")],
        ),
    ],
)
def test_a_handset_of_a_note_is_of_a_model_and_its_imeis_check(
    said: dict[str, str], wrong: list[tuple[str, str]]
) -> None:
    assert faults(HandsetIntake, PHONE, {**PHONE, **said}) == [(3, *each) for each in wrong]


def test_a_blank_card_is_of_a_kind_that_is_sold() -> None:
    cards = [{"serial": f"{n:016}", "kind": kind} for n, kind in enumerate(("64K", "8K", "64K", "1M"))]
    assert faults(BlankIntake, *cards) == [
        (3, "kind", "There is no kind of SIM card 8K."),
        (5, "kind", "There is no kind of SIM card 1M."),
    ]


def test_what_was_short_or_broken_comes_in_and_is_nobody_s_to_sell(tx: Loose) -> None:
    intake = HandsetIntake(tx, SENT)
    intake.write(tx, [])
    intake.write(tx, lines(PHONE, {**PHONE, "imei": ANOTHER, "dispute": "short"}))
    assert tx.told(Handset, "imei", "state", "dispute", "cost", "batch_id", order=("imei",)) == [
        (RIGHT, "in_stock", "", 99_900, "NOTE-7"),
        (ANOTHER, "disputed", "short", 99_900, "NOTE-7"),
    ]
    assert not [*intake.end(tx)]


def test_blank_cards_come_in_with_their_batch(tx: Loose) -> None:
    intake = BlankIntake(tx, SENT)
    intake.write(tx, [])
    intake.write(tx, lines({"serial": "1" * 16, "kind": "64K"}))
    assert tx.told(BlankCard, "serial", "kind", "state", "batch_id") == [("1" * 16, "64K", "blank", "NOTE-7")]
    assert not [*intake.end(tx)]


(SETTLE,) = GOODS_ACTS


@pytest.mark.parametrize("outcome", ["in_stock", "scrapped"])
def test_a_dispute_is_ended_once_and_stands_in_the_life_of_the_piece(tx: Loose, outcome: str) -> None:
    tx.put(row(Handset, imei=RIGHT, state="disputed", dispute="damaged"), row(Handset, imei=ANOTHER, state="in_stock"))
    at = At(context(tx), None)

    def settle(imei: str) -> list[str]:
        form = SETTLE.form.read({"imei": imei, "outcome": outcome, "reason": "供应商认可"})
        return [str(fact.value) for fact in SETTLE.do(at, form)]

    assert len(settle(RIGHT)) == 1
    assert tx.told(Handset, "state", "dispute", imei=RIGHT) == [(outcome, "")]
    told = tx.told(StockEvent, "kind", "act", "piece", "before", "after", "reason")
    assert told == [("handset", "settled", RIGHT, "disputed", outcome, "供应商认可")]
    for other in (RIGHT, ANOTHER, KEPT):  # settled already; never disputed; not there
        with pytest.raises(BadForm) as refusal:
            settle(other)
        assert set(refusal.value.errors) == {"imei"}
    assert len(tx.told(StockEvent, "id")) == 1


@pytest.mark.parametrize(("shown", "begun"), [(None, {}), ({"imei": RIGHT}, {"imei": RIGHT})])
def test_the_act_begins_with_the_piece_that_is_looked_at(shown: Any, begun: dict[str, str]) -> None:
    there: Any = Rows()
    assert SETTLE.begun(there, shown) == begun
