"""The states that rows are in, in words. The store keeps codes; a person reads what stands here.

The codes are those of `data.tables`. Not here: how the order screen words and colours its states (`screens.orders`).
"""

from __future__ import annotations

from collections.abc import Mapping

from data.message import Message, say

_STATES = {
    # numbers, cards, handsets
    "idle": say("idle"),
    "sold": say("sold"),
    "in_use": say("in use"),
    "quarantined": say("in quarantine"),
    "ported": say("with another operator"),
    "withdrawn": say("withdrawn"),
    "in_stock": say("in stock"),
    "in_transit": say("on its way"),
    "disputed": say("in dispute"),
    "rented": say("rented"),
    "given_up": say("given up"),
    "confirmed": say("confirmed"),
    "unasked": say("not asked"),
    "received": say("received"),
    "missing": say("missing"),
    "lost": say("lost"),
    "differs": say("received, some missing"),
    "void": say("void"),
    "returned": say("returned"),
    "faulty": say("faulty"),
    "scrapped": say("scrapped"),
    "used": say("used"),
    "locked": say("locked"),
    # subscriptions
    "pendingActive": say("being opened"),
    "active": say("active"),
    "suspended": say("suspended"),
    "pendingTerminate": say("being closed"),
    "terminated": say("closed for good"),
    # orders
    "acknowledged": say("acknowledged"),
    "inProgress": say("in progress"),
    "held": say("held"),
    "pending": say("pending"),
    "completed": say("completed"),
    "cancelled": say("cancelled"),
    "failed": say("failed"),
    "issuing": say("being issued"),
    "issued": say("issued"),
    "electronic": say("electronic"),
    # a confirmation slip of the tax platform, by its own codes
    "10": say("being applied for"),
    "01": say("no confirmation needed"),
    "02": say("the buyer is to confirm"),
    "03": say("the seller is to confirm"),
    "04": say("both confirmed"),
    "05": say("the buyer denied"),
    "06": say("the seller denied"),
    "07": say("lapsed after 72 hours"),
    "08": say("withdrawn"),
    "09": say("withdrawn after it was confirmed"),
    "partial": say("partial"),
    "rejected": say("rejected"),
    # what goes out: journal entries, commands, work orders, prints
    "syncing": say("syncing"),
    "retrying": say("retrying"),
    "dead-letter": say("DEAD LETTER"),
    "queued": say("queued"),
    "sending": say("sending"),
    "sent": say("sent"),
    "delivered": say("delivered"),
    "undone": say("taken back"),
    "answered": say("answered"),
    "done": say("done"),
    "unconfirmed": say("sent, unconfirmed"),
    "unknown": say("UNKNOWN"),
    "refused": say("REFUSED"),
    "authorised": say("code given"),
    "lapsed": say("not taken over in time"),
    # forms, documents
    "open": say("open"),
    "expired": say("out of time"),
    "abandoned": say("given up"),
    "normal": say("valid"),
    "unused": say("unused"),
    "entered": say("entered"),
    "removed": say("removed"),
    "red": say("red-lettered"),
    "declined": say("none was wanted"),
    "drawn": say("drawn later"),
    "parked": say("left in suspense"),
    # mobile payments
    "asked": say("asked"),
    "paid": say("paid"),
    "reversed": say("taken back"),
    "refunded": say("refunded"),
    # accounts, days, shifts, signals: what takes nothing more; also a mobile payment for which no money moved
    "closed": say("closed"),
    # bills, causes of a stop, contracts
    "settled": say("paid"),
    "partiallyPaid": say("paid in part"),
    "planned": say("planned"),
    "waiting": say("waiting"),
    "stopped": say("stopped"),
    "published": say("published"),
    # resources of stock, partners, signals
    "blank": say("blank"),
    "written": say("written"),
    "spoiled": say("spoiled"),
    "free": say("free"),
    "requested": say("asked back"),
    "raised": say("raised"),
    "seen": say("seen"),
    "running": say("running"),
    "lifted": say("lifted"),
    "ended": say("ended"),
    # what headquarters alone looks at
    "noted": say("noted"),
    # editions (design 12); `draft`, `withdrawn`, `rejected`, `failed` are said above or below
    "submitted": say("waits for approval"),
    "approved": say("approved, waits for its date"),
    "in_force": say("in force"),
    "proposed": say("proposed"),
    "stale": say("overtaken"),
    "to_come": say("to come"),
    # bills not sent yet, what is set up or handed down
    "new": say("not sent yet"),
    "validated": say("checked"),
    "initialized": say("not checked yet"),
    "onHold": say("in dispute"),
    "draft": say("draft"),
    "retired": say("not sold any more"),
    "off": say("off"),
    "near_end": say("paper low"),
    # counts that are made blind
    "put_down": say("put down"),
    "accepted": say("accepted"),
    "used_up": say("used up"),
    "handed": say("handed out"),
    "reclaimed": say("reclaimed"),
    "built": say("built"),
    "released": say("let go"),
    "resolved": say("settled"),
    "applied": say("applied"),
    "left": say("has left"),
}

MOVES: Mapping[str, Mapping[str, frozenset[str]]] = {
    table: {state: frozenset(after.split()) for state, after in moves.items()}
    for table, moves in {
        "subscription": {
            "pendingActive": "active cancelled",
            "active": "suspended pendingTerminate",
            "suspended": "active pendingTerminate",
            "pendingTerminate": "active suspended terminated cancelled",
            "terminated": "",
            "cancelled": "",
        },
        "product_order": {
            "acknowledged": "inProgress held pending completed cancelled failed partial rejected",
            "inProgress": "held pending completed cancelled failed partial",
            "held": "inProgress pending cancelled failed",
            "pending": "inProgress completed cancelled failed",
            "failed": "pending inProgress held completed cancelled",
            "partial": "inProgress completed cancelled failed",
            "completed": "",
            "cancelled": "",
            "rejected": "",
        },
        "phone_number": {
            "idle": "sold withdrawn",
            "sold": "idle in_use quarantined",
            "in_use": "quarantined ported",
            "ported": "quarantined",
            "quarantined": "idle sold withdrawn",
            "withdrawn": "",
        },
        "sim_card": {
            "in_stock": "sold void in_transit",
            "in_transit": "in_stock",
            "sold": "in_stock in_use void",
            "in_use": "void",
            "void": "sold",
        },
        "handset": {
            "disputed": "in_stock scrapped",
            "in_stock": "sold returned faulty scrapped in_transit",
            "in_transit": "in_stock",
            "sold": "in_stock returned faulty",
            "returned": "sold faulty scrapped",
            "faulty": "sold in_stock scrapped",
            "scrapped": "",
        },
        "recharge_card": {
            "idle": "sold void locked expired in_transit",
            "in_transit": "idle",
            "sold": "idle used void locked expired",
            "used": "sold",
            "void": "idle sold",
            "locked": "idle sold",
            "expired": "idle sold",
        },
        "paper_document": {"normal": "void red", "void": "", "red": ""},
        "document_range": {"open": "used_up returned", "used_up": "returned", "returned": ""},
        "mobile_payment": {
            "asked": "unknown paid closed reversed refunded",
            "unknown": "asked paid closed reversed refunded",
            "paid": "reversed refunded",
            "closed": "asked unknown paid",
            "reversed": "",
            "refunded": "",
        },
        "electronic_invoice": {
            "waiting": "issuing issued failed cancelled",
            "issuing": "waiting issued failed cancelled",
            "failed": "waiting issuing issued cancelled",
            "issued": "cancelled",
            "cancelled": "",
        },
        "billing_account": {"active": "closed", "closed": ""},
        "agreement": {"active": "ended terminated", "terminated": "active", "ended": ""},
        "suspension": {
            "planned": "running cancelled",
            "running": "lifted cancelled",
            "lifted": "running",
            "cancelled": "",
        },
        "number_porting": {
            "authorised": "refused lapsed left",
            "left": "returned",
            "refused": "",
            "lapsed": "",
            "returned": "",
        },
        "scheduled_act": {
            "waiting": "done cancelled failed",
            "failed": "waiting cancelled",
            "cancelled": "waiting",
            "done": "",
        },
        "work_order": {
            "open": "done failed cancelled",
            "failed": "open done cancelled",
            "done": "",
            "cancelled": "",
        },
        "dispute": {"requested": "refunded refused", "refunded": "", "refused": ""},
        "authority": {"active": "used_up withdrawn", "used_up": "active withdrawn", "withdrawn": ""},
        "piece_count": {"open": "closed given_up", "closed": "", "given_up": ""},
        "blank_card": {"blank": "written spoiled in_transit", "in_transit": "blank", "written": "", "spoiled": ""},
        "imsi_reserve": {"free": "used", "used": "", "void": ""},
    }.items()
}
"""Which states follow which, by table: what a business does, the network answers, or a taking back restores."""

SHIFT_STATES = {"open": say("Open"), "suspended": say("Suspended"), "closed": say("Closed")}
"""Of business days and shifts: a suspended shift 挂起 is not what a suspended number 停机 is."""

_KINDS = {
    "invoice": say("Invoice"),
    "receipt": say("Receipt"),
    "slip": say("Service slip"),
    "contract": say("Entry contract"),
    "report": say("Report"),
    "cash": say("Cash slip"),
    "refund": say("Refund voucher"),
    "customer": say("customer"),
    "subscription": say("number"),
    "order": say("order"),
    "document": say("document"),
    "number": say("number"),
    "sim": say("SIM"),
    "handset": say("handset"),
    "card": say("recharge card"),
    "blank": say("blank card"),
    "imsi": say("IMSI for a blank card"),
}

ACTS = {
    "create_subscriber": say("Create the subscriber"),
    "set_supplementary": say("Set a service"),
    "set_data": say("Set mobile data"),
    "change_number": say("Change the number"),
    "change_sim": say("Change the card"),
    "change_profile": say("Change the way of paying"),
    "bar_outgoing": say("Bar outgoing calls"),
    "bar_all": say("Bar all calls and data"),
    "unbar": say("Lift the bar"),
    "set_long_distance": say("Set long distance"),
    "set_roaming": say("Set roaming"),
    "register_forwarding": say("Set call forwarding"),
    "erase_forwarding": say("End call forwarding"),
    "delete_subscriber": say("Delete the subscriber"),
    "query": say("Ask for the subscriber"),
    "manual": say("By hand"),
}
"""What the network is told to do, in words; other acts are shown by their name."""


_CARDS = {"prepaid": say("prepaid"), "stk": say("STK")}


def card_kinds(codes: str) -> Message:
    """The kinds of SIM card in a list of codes with commas between, in words; one that is not known stays as it is."""
    named = [_CARDS.get(code.lower(), Message("{code}", {"code": code})) for code in codes.split(",")]
    told = named[0]
    for more in named[1:]:
        told = say("{these} or {one}", these=told, one=more)
    return told


MOST = 1_000
"""What waits is not counted on beyond so many: a clerk need not know more, and it would take its time."""


def counted(pieces: int) -> str:
    """A count that ends at `MOST`, as it is shown."""
    return f"{MOST}+" if pieces >= MOST else str(pieces)


def state_name(code: str) -> Message:
    """What a state is called; a code that is not known stays as it is."""
    return _STATES.get(code) or Message("{code}", {"code": code})


def kind_name(code: str) -> Message:
    """What a kind of paper or stock is called; a code that is not known stays as it is."""
    return _KINDS.get(code) or Message("{code}", {"code": code})


def act_name(code: str) -> Message:
    """What the network is told to do; an act that is not known stays as it is."""
    return ACTS.get(code) or Message("{code}", {"code": code})
