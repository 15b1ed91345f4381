"""What somebody did, in words: orders, acts of management, and what else stands on record. Codes stay in JSON."""

from __future__ import annotations

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.operators.work_record import Deed
from boss_tui.editions.noting import ACTS
from data.message import Message, say

ON_RECORD: dict[str, Message] = {
    "sign_on": say("Signed on"),
    "sign_off": say("Signed off"),
    "lock": say("Counter locked"),
    "unlock": say("Counter unlocked"),
    "approve": say("Gave their word"),
    "authority": say("Used a word given in advance"),
    "password": say("Typed the old password"),
    "password.changed": say("Password changed"),
    "staff.unlock": say("Staff number unlocked"),
    "unlock_code": say("Unlocking code told"),
    "lease": say("A block handed to an outlet"),
    "lease.recall": say("A block asked back"),
    "lease.end": say("A block taken back"),
    "release": say("An outlet's freeze ended"),
    "load": say("Rows loaded from a file"),
    "access.read": say("Read this record"),
    "find": say("Looked for somebody"),
    "look.customer": say("Looked at a customer"),
    "look.order": say("Looked at an order"),
    "look.papers": say("Looked at papers"),
    "look.exception": say("Looked at an exception"),
    "reprint": say("Copy printed"),
    "print.lost": say("Print said not to have come out"),
    "print.cancel": say("Print given up"),
    "printer.route": say("Said which printer prints what"),
    "printer.set": say("Printer set up"),
    "printer.remove": say("Printer removed"),
    "printer.logo": say("Logo on papers changed"),
    "report.export": say("Written into a file"),
    "report.unwritten": say("A file could not be written"),
    "vouchers": say("Vouchers written"),
    "clock.vouched": say("Vouched for the clock"),
    "store.accept": say("Accepted the store as it is"),
    "till.blind": say("Blind counting turned on or off"),
    "count.again": say("Counted again"),
    "cash.refused": say("Cash not moved"),
    "drawer.open": say("Drawer opened"),
    "cancel": say("Order cancelled"),
    "reversal": say("Order reversed"),
}
"""What stands on record beside orders and acts of management (`components.access`)."""
_REFUSED = ".refused"


def on_record(act: str) -> Message | str:
    """What an entry of the record is called; one that nobody has a word for, by its code."""
    if act.endswith(_REFUSED) and (tried := ON_RECORD.get(act.removesuffix(_REFUSED))) is not None:
        return say("{what}: refused", what=tried)
    if act not in ON_RECORD and act.startswith("look."):
        from boss_tui.components.inquiry import PARTS

        part = PARTS.get(act.partition(".")[2])
        return say("Looked at {part}", part=part.title) if part is not None else act
    return ON_RECORD.get(act, act)


def deed_said(deed: Deed) -> Message | str:
    """What somebody did: the business of an order, an act of management, an entry of the record."""
    if deed.kind == "access":
        return on_record(deed.what)
    code, _, act = deed.what.partition(" ")
    business = Message("{code} {name}", {"code": code, "name": BUSINESS_NAMES.get(code, "")})
    if not act:
        return business
    return Message("{code} {act}", {"code": code, "act": ACTS.get(act, act)})
