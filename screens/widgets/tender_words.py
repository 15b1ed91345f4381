"""What the payment box says: what its keys would do now, and what can be done about the change."""

from __future__ import annotations

from boss_tui.answers.business import Tender
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.tender_kinds import JIAO

Said = list[tuple[Message, str]]


def about_tender(tender: Tender, way: Message, left: int, *, out: bool) -> Message:
    """What becomes of a tender while so many fen are left. `out`: money is paid out."""
    amount = yuan(tender.amount)
    if out and tender.amount == left:
        return say("F10: pay out {way} {yuan}, and complete.", way=way, yuan=amount)
    if tender.amount < left:
        return say(
            "Enter: {way} {yuan}; then {left} is still to pay.", way=way, yuan=amount, left=yuan(left - tender.amount)
        )
    if tender.amount > left:
        return say(
            "F10: {way} {yuan}, change {change}, and complete.", way=way, yuan=amount, change=yuan(tender.amount - left)
        )
    return say("F10: {way} {yuan} exactly, and complete.", way=way, yuan=amount)


def about_change(change: int, *, keeps: bool, kept: bool) -> Said:
    """What can be done about so many fen of change: about what no coin pays, and about change at all. `keeps`: some of
    it may stay in a balance; `kept`: some does."""
    if change <= 0:
        return []
    fen = change % JIAO
    if fen and keeps:
        told = say(
            "No coin pays {fen} of the change. F7: give {more}. F8: into the balance.",
            fen=yuan(fen),
            more=yuan(change - fen + JIAO),
        )
    elif fen:
        told = say("No coin pays {fen} of the change. F7: give {more}.", fen=yuan(fen), more=yuan(change - fen + JIAO))
    elif keeps and not kept:
        told = say("F8: the change into the balance.")
    else:
        return []
    return [(told, "warn" if fen else "dim")]
