"""Writing down what was done in a business of management: counted, with a serial and the trail of what was used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.processes.processes import Processes
from boss_tui.components.statistics import Statistics
from data.message import Message, say
from data.tables.act import Act

ACTS: dict[str, Message] = {
    "edition.new": say("Edition begun"),
    "edition.take_over": say("Edition taken over"),
    "edition.submit": say("Edition submitted"),
    "edition.approve": say("Edition approved"),
    "edition.approve_first": say("Edition approved by the first of two"),
    "edition.stale": say("Edition found stale"),
    "edition.reject": say("Edition rejected"),
    "edition.withdraw": say("Edition withdrawn"),
    "edition.emergency": say("Emergency, let count at once"),
    "edition.review": say("Emergency reviewed"),
    "try": say("Tried out"),
    "work.take": say("Manual work order taken"),
    "work.hand": say("Manual work order handed over"),
    "work.hold": say("Manual work order put off"),
    "work.resume": say("Manual work order taken up again"),
    "work.done": say("Manual work order done"),
    "work.give_up": say("Manual work order given up"),
    "delegation.hand": say("Right handed to another person"),
    "delegation.withdraw": say("Delegation withdrawn"),
    "outlet.close": say("Outlet closed for good"),
    "stock.block": say("Numbers made of a segment"),
    "stock.lease": say("Numbers leased to an outlet"),
    "stock.recall": say("A lease asked back"),
    "stock.move": say("Numbers of an outlet asked back or moved"),
    "stock.take_back": say("A lease taken back"),
    "stock.withdraw": say("Numbers withdrawn"),
    "stock.release": say("Rested numbers let go"),
    "stock.begin": say("Stock from a file begun"),
    "stock.import": say("Stock from a file taken in"),
    "stock.settle": say("Dispute with a supplier ended"),
    "stock.accept": say("Recharge cards counted and accepted"),
    "stock.found": say("Missing pieces found, back to stock"),
    "credit.raise": say("Limit lent by a hall"),
    "credit.vouch": say("Key account vouched for"),
    "credit.withdraw": say("A hall's word taken back"),
    "key.keep": say("Transport key put together"),
    "key.file": say("Keys of a batch written for the element"),
    "numbers.receive": say("Document numbers received"),
    "numbers.issue": say("Document numbers handed to an outlet"),
    "numbers.recall": say("Document numbers asked back"),
    "transfer.draft": say("Transfer note written"),
    "transfer.recall": say("Stock recalled with a note"),
    "transfer.cancel": say("Transfer note cancelled"),
    "transfer.send": say("Box packed and sent"),
    "transfer.receive": say("Box unpacked"),
    "transfer.settle": say("Missing pieces settled"),
    "exception.accept": say("Exception ended: its entry taken"),
    "exception.compensate": say("Exception ended: money back to the customer"),
    "exception.refuse": say("Exception ended: its entry refused"),
    "exception.resolve": say("Exception ended with a note"),
}
"""What can be done in a business of management, in words."""


def note(
    context: Context, act: str, edition: str = "", said: Mapping[str, Any] | None = None, approved_by: str = ""
) -> Act:
    """One more of this act (of `ACTS`) in the figures (F13), and the act itself (F14). See `Processes.act`."""
    if act not in ACTS:
        raise KeyError(act)
    Statistics(context).count(act)
    return Processes(context).act(act, edition, said, approved_by)
