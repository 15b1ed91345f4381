"""A recharge card is redeemed by its PIN, which headquarters alone can read; by its serial with a supervisor's word.

What proves the PIN is of the form that became the order: it proves nothing of another order on a card that came back.
Of a card whose PIN is not kept here nothing can be said. Source: catalogue C11; at the desk: `c11.recharge_cards`,
`data.card_pins`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.components.resources.recharge_cards import PROOF
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.people import word_of_supervisor
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.card_pins import decipher, find_secret, proof_of
from data.tables.stock import RechargeCard


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The cards that are redeemed without their PIN, or by another."""
    orders = {row["id"]: row for row in told.added.get("product_order", ()) if not is_opposite(known, told, row)}
    for change in told.changed.get("recharge_card", ()):
        card, order = known.row(RechargeCard, *change.key), orders.get(change.values.get("used_order"))
        if card is None or order is None or change.values.get("state") != "used":
            continue
        notes = [row for row in told.of_order("value_change", order["id"]) if row["field"] == PROOF]
        proofs = [row["after"] for row in notes if row["subject"] == card["serial"]]
        what = {"what": f"recharge_card {card['serial']}", "order": order["id"]}
        if not proofs and _is_named(told, order, card):
            if (sure := word_of_supervisor(known, order)) != "yes":
                yield Fault("approval", what, note=sure == "perhaps")
        elif (sure := _is_its(known, card, order, proofs)) != "yes":
            yield Fault("form", what, note=sure == "perhaps")


def _is_named(told: Claim, order: Row, card: Row) -> bool:
    """Whether the form gives the serial of a card whose PIN could not be read."""
    form = told.form(order)
    return form is not None and bool(form.filled.serial == card["serial"])


def _is_its(known: Known, card: Row, order: Row, proofs: list[str]) -> Answer:
    """Whether the PIN that the card has was typed for an order."""
    key = find_secret(known.reading)
    if key is None or not card["pin_cipher"]:
        return "yes" if proofs else "no"
    from cryptography.exceptions import InvalidTag  # loaded where a card is judged

    try:
        pin = decipher(key, card["serial"], card["pin_cipher"])
    except InvalidTag:
        return "perhaps" if proofs else "no"
    return "yes" if proofs == [proof_of(key, pin, order["draft_id"])] else "no"
