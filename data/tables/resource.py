"""Product resources (catalogue F5, M5): phone numbers, SIM cards, their reservations, and how long those last."""

from typing import ClassVar

from data.tables.base import (
    LEASED,
    LOCAL,
    Index,
    Partial,
    Table,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class NumberGroup(Table, table=True):
    """A number group 号群: segments that are looked after together, such as a city's, or those for companies."""

    __owner__ = headquarters("resources")
    __scope__ = "headquarters"
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    region: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class NumberSegment(Table, table=True):
    """A number segment 号段: of a block of 10,000 with one prefix of 7 digits, those from `first` to `last` (their
    last four digits, inclusive), served by one element. `document_no`: of the paper by which it was received."""

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("element",)
    __refers__: ClassVar = {"element": ("network_element",), "number_group": ("number_group",)}
    __table_args__ = options()
    prefix: str = text(key=True)
    first: str = text("0000")
    last: str = text("9999")
    region: str = text("")
    element: str = text("")
    number_group: str = text("")
    received_on: str = text("")
    document_no: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class NumberGrade(Table, table=True):
    """A grade of numbers 靓号: its fee and minimum monthly spend, in fen, how long they bind, and for how many days a
    number rests once it was given up (0: as the parameter `quarantine_days` says)."""

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    fee: int = fen(0)
    minimum_spend: int = fen(0)
    contract_months: int = integer(0)
    transfer_ban_months: int = integer(0)
    quarantine_days: int = integer(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class NumberPattern(Table, table=True):
    """Which numbers are of a grade: the first pattern by `rank` that fits one. Source: management-facts 5.1.

    `pattern`: a regular expression that is looked for in the 11 digits (empty: any number fits). Of what it finds,
    `forbids_four` wants no 4 inside, `must_contain` (digits, commas between) one of these inside.
    """

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    rank: int = integer(100)
    grade: str = ref("number_grade.code", index=False)
    pattern: str = text("")
    forbids_four: int = integer(0)
    must_contain: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class NumberLock(Table, table=True):
    """A number that stays as it is 号码锁定, between two business dates (empty: from ever, for good), by cause: porting
    (on its way to another operator), ported (with another operator), court, dispute."""

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    number: str = text(key=True)
    cause: str = state("cause", "porting", "ported", "court", "dispute")
    reason: str = text()
    valid_from: str = text("")
    valid_to: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class ImsiBlock(Table, table=True):
    """A block of IMSIs of one element, from the first to the last, both of 15 digits, inclusive. Any IMSI may go with
    any number of the same element (management-facts 5.2)."""

    __owner__ = headquarters("resources")
    __scope__ = "headquarters"
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __refers__: ClassVar = {"element": ("network_element",)}
    __table_args__ = options()
    first: str = text(key=True)
    last: str = text()
    element: str = text()
    received_on: str = text("")
    document_no: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class SimKind(Table, table=True):
    """A kind of SIM card (catalogue M5): what stands on cards and what products ask for, its memory in KB, who makes it
    with which profile."""

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    memory_kb: int = integer(0)
    maker: str = text("")
    profile: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class AccessCode(Table, table=True):
    """An SMS port 短信端口, or a short code that is dialled 特服接入码: which partner rents it, from when until when
    (inclusive; empty: for good), for how much a month, in fen. State: free, rented, ended (it is ours no more)."""

    __owner__ = headquarters("resources")
    __scope__ = "headquarters"
    __component__ = "F5"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("kind",)
    __refers__: ClassVar = {"partner": ("partner",)}
    __table_args__ = options()
    code: str = text(key=True)
    kind: str = state("kind", "sms_port", "access_code")
    partner: str = text("")
    rented_from: str = text("")
    rented_to: str = text("")
    fee: int = fen(0)
    document_no: str = text("")
    state: str = state("state", "free", "rented", "ended", default="free")
    revision: int = revision()


class PhoneNumber(Table, table=True):
    """A phone number. State: idle, sold (paid, not yet in the network), in_use, quarantined (until a date), withdrawn,
    ported (with another operator, until it comes back).

    `outlet` is the only one that may sell it. `batch_id`: the batch that it came into stock in (`StockBatch`).
    """

    __owner__ = LEASED
    __free__ = ("idle",)
    __table_args__ = options(
        Index("phone_number_stock", "outlet", "state", "grade", "number"),
        Index("phone_number_tail", "tail"),
        Index("phone_number_subscription", "subscription_id"),
        Index("phone_number_lease", "lease_id"),
    )
    number: str = text(key=True)
    segment: str = ref("number_segment.prefix", index=False)
    grade: str = ref("number_grade.code", index=False)
    tail: str = text()
    state: str = state("state", "idle", "sold", "in_use", "quarantined", "ported", "withdrawn", default="idle")
    outlet: str = text("")
    lease_id: str = text("")
    subscription_id: str | None = text(None)
    quarantine_until: str = text("")
    batch_id: str = text("")
    revision: int = revision()


class SimCard(Table, table=True):
    """A SIM card by ICCID, paired with its IMSI; of a kind (`SimKind`). State: in_stock, in_transit (on a transfer
    note), sold, in_use, void. `batch_id`: the batch that it came in (`StockBatch`); `ki`: its key, enciphered under the
    transport key of that index (`TransportKey`; empty: as the element has always had them)."""

    __owner__ = LEASED
    __free__ = ("in_stock", "in_transit")
    __enciphered__ = ("ki", "puk")
    __table_args__ = options(
        Index("sim_card_stock", "outlet", "state", "kind", "iccid"),
        Index("sim_card_lease", "lease_id"),
    )
    iccid: str = text(key=True)
    imsi: str = text(unique=True)
    kind: str = text()
    ki: str = text("")
    puk: str = text("")
    state: str = state("state", "in_stock", "in_transit", "sold", "in_use", "void", default="in_stock")
    outlet: str = text("")
    lease_id: str = text("")
    subscription_id: str | None = text(None, index=True)
    batch_id: str = text("")
    key_index: str = text("")
    revision: int = revision()


class ReservationLimit(Table, table=True):
    """How many minutes a draft may keep a resource of a kind (set in M4)."""

    __owner__ = headquarters("resources")
    __component__ = "F5"
    __table_args__ = options()
    kind: str = text(key=True)
    minutes: int = integer(30)
    revision: int = revision()


class Reservation(Table, table=True):
    """That a draft holds a resource until a time. At most one active one for each resource: the database holds that."""

    __owner__ = LOCAL
    __table_args__ = options(
        Partial("reservation_holder", "kind", "resource", unique=True, where="state = 'active'"),
        Index("reservation_due", "state", "until"),
    )
    id: str = text(key=True)
    kind: str = text()
    resource: str = text()
    draft_id: str = text(index=True)
    until: str = text()
    state: str = state("state", "active", "used", "released", "expired", default="active")
    revision: int = revision()
