"""What an outlet's journal entry did, as its people call it: the business of an order, a close, a box, a count.

The journal's kinds are codes of the program's; several parts of the desk write under one beginning (`shift.open`).
"""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.desk.deeds import on_record
from boss_tui.editions.noting import ACTS
from data.message import Message, quoted, say

KINDS: Mapping[str, Message] = {
    "shift.open": say("Shift begun"),
    "shift.close": say("Shift ended"),
    "shift.hand_over": say("Drawer handed over"),
    "shift": say("Shift"),
    "day.open": say("Business day opened"),
    "day.close": say("Business day closed"),
    "till.cash_in": say("Cash put into a drawer"),
    "till.cash_out": say("Cash taken out of a drawer"),
    "till": say("Till"),
    "safe.deposit": say("Cash to the bank"),
    "safe.withdrawal": say("Cash from the bank"),
    "safe.count": say("Safe counted"),
    "safe": say("Safe"),
    "stock.count": say("Stock counted"),
    "stock.pieces": say("Stock counted by serials"),
    "stock.transfer": say("Box packed or unpacked"),
    "number.porting": say("Number on its way to another operator"),
    "number": say("Document numbers"),
    "invoice.red": say("Invoice red-lettered"),
    "invoice": say("Invoice"),
    "slip": say("Slip written by hand"),
    "settle": say("What waited settled"),
    "payment": say("Mobile payment"),
    "question": say("Service of others asked"),
    "collection": say("Several orders paid in one go"),
    "draft": say("Form begun"),
    "quotation": say("Quotation"),
    "inquiry": say("Inquiry"),
    "authority": say("Authority given in advance"),
    "control": say("Credit control"),
    "due": say("Dated act"),
    "completion": say("Order completed by the network"),
    "quarantine": say("Numbers out of quarantine"),
    "network": say("Answer of the network"),
    "work": say("Manual work order"),
    "sms": say("Messages to customers"),
    "report": say("Report printed"),
    "printer": say("Printer"),
    "print": say("Printing"),
    "feed": say("What headquarters handed down"),
    "sync": say("Exchange with headquarters"),
    "language": say("Language chosen"),
    "clock": say("Vouched for the clock"),
    "password": say("Password"),
    "staff": say("Staff"),
}
"""By the kind, or by its beginning up to the dot."""


def entry_words(kind: str) -> Message:
    """What an entry of a kind did; a kind that no program of ours writes, as it is."""
    code = next((code for code in (kind, kind.rpartition(".")[0]) if code in BUSINESS_NAMES), "")
    if code:
        return Message("{code} {name}", {"code": code, "name": BUSINESS_NAMES[code]})
    for said in (kind, kind.partition(".")[0]):
        told = KINDS.get(said) or ACTS.get(said) or on_record(said)
        if isinstance(told, Message):
            return told
    return quoted(kind)
