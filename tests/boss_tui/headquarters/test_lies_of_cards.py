"""An outlet that redeems a recharge card whose PIN nobody typed, or pays out in cash what a card brought."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest

from boss_tui.answers.business import Outcome
from boss_tui.components.resources.recharge_cards import PROOF
from boss_tui.components.tenders import refunds
from boss_tui.desk import vault
from data.demo.recharge import printed
from data.tables.life import ValueChange
from data.tables.stock import RechargeCard
from tests.boss_tui.headquarters.sly import Sly, made, tell
from tests.hall import FACTS, START

TOPPED, OTHER, BROKEN, AGAIN = "13957000461", "13957004218", "13957006704", "13957002137"
CHECK = "UPDATE recharge_card SET pin_check = '{}' WHERE serial = '{}'"
FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = islice(printed(2026, START.date()), 6)


def day(sly: Sly) -> None:
    at = sly.at
    rows = {row.serial: row for row in at.rows(RechargeCard)}
    checks = {card.serial: rows[card.serial].pin_check for card in (FIRST, SECOND, THIRD, FOURTH)}
    sly.done(at.desk.forms.begin("C11", {"action": "sell", "serial": FIRST.serial, "count": "6"}))

    def redeem(number: str, **typed: str) -> Outcome:
        return sly.done(at.desk.forms.begin("C11", {"action": "redeem", "number": number, **typed}))

    redeem(TOPPED, pin=FIRST.pin)
    redeem(BROKEN, serial=SECOND.serial, reason="密码刮坏")  # a supervisor allows it
    # the PIN of a card that was redeemed before is made to find another one
    swapped = CHECK.format(checks[FIRST.serial], THIRD.serial)
    away = CHECK.format("x" * 64, FIRST.serial)
    with sly.lie("form", away, swapped, undo=[CHECK.format(checks[THIRD.serial], THIRD.serial)]):
        redeem(TOPPED, pin=FIRST.pin)
    redeem(OTHER, pin=FOURTH.pin)
    # a card that comes back is redeemed again by its PIN, and not by what proved it once
    for card in (FIFTH, SIXTH):
        at.desk.orders.cancel(redeem(BROKEN, pin=card.pin).serial, "充错号码", FACTS.supervisor, FACTS.password)
    redeem(OTHER, pin=FIFTH.pin)
    old = next(row.after for row in at.rows(ValueChange, subject=SIXTH.serial, field=PROOF))
    with sly.lie("form"), patch.object(vault, "proof_of", lambda *_: old):
        redeem(AGAIN, pin=SIXTH.pin)

    def fees(**typed: str) -> None:
        sly.done(at.desk.forms.begin("C12", {"who": OTHER, "document_number": owner, **typed}))

    owner = sly.typed(OTHER)["document_number"]
    fees(action="advance", amount="30")
    fees(action="refund", amount="30", reason="多交了")
    with sly.lie("approval"), patch.object(refunds, "CARDS_SOLD", "no account"):
        fees(action="refund", amount="80", reason="多交了")


told = made("cards", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_a_card_is_redeemed_by_its_pin(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
