"""Stock that is counted by the piece: handsets, blank SIM cards, recharge cards (catalogue F5, C3, C10, C11)."""

from data.tables.base import (
    LEASED,
    LOCAL,
    OUTLET,
    Index,
    Partial,
    Table,
    UniqueConstraint,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class Handset(Table, table=True):
    """A handset by IMEI (`imei2`: of its second slot; `cost`: what the supplier charged, in fen; `batch_id`: the
    supplier's note that it came with).

    State: disputed (short or damaged on arrival: `dispute`), in_stock, in_transit (on a transfer note), sold, returned
    (not to be sold as new), faulty, scrapped.
    """

    __owner__ = LEASED
    __free__ = ("in_stock", "in_transit")
    __table_args__ = options(
        Index("handset_stock", "outlet", "state", "model", "imei"),
        Index("handset_lease", "lease_id"),
    )
    imei: str = text(key=True)
    model: str = ref("product.code", index=False)
    colour: str = text("")
    imei2: str = text("")
    cost: int = fen(0)
    dispute: str = text("")
    batch_id: str = text("")
    outlet: str = text("")
    lease_id: str = text("")
    state: str = state(
        "state", "disputed", "in_stock", "in_transit", "sold", "returned", "faulty", "scrapped", default="in_stock"
    )
    sold_order: str | None = ref("product_order.id", None)
    sold_on: str = text("")
    customer_id: str | None = ref("customer.id", None)
    subscription_id: str | None = ref("subscription.id", None)
    revision: int = revision()


class HandsetBundle(Table, table=True):
    """A handset at a price that binds (购机合约): `price` now, `prepay` given back month by month, for so many months.

    Fen. Ending it early costs the difference to the retail price and 30 % of what is left (domain-facts 9).
    """

    __owner__ = headquarters("products")
    __component__ = "F4"
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    model: str = ref("product.code", index=False)
    plans: str = text("")
    price: int = fen()
    prepay: int = fen(0)
    months: int = integer(12)
    penalty_percent: int = integer(30)
    valid_from: str = text("")
    valid_to: str = text("")
    revision: int = revision()


class BlankCard(Table, table=True):
    """A blank SIM card (空卡) by its serial of 16 digits, written at the counter with an IMSI that is kept for it.

    State: blank, in_transit (on a transfer note), written (it is a SimCard now), spoiled.
    """

    __owner__ = LEASED
    __free__ = ("blank", "in_transit")
    __table_args__ = options(
        Index("blank_card_stock", "outlet", "state", "serial"),
        Index("blank_card_lease", "lease_id"),
    )
    serial: str = text(key=True)
    kind: str = text("32K")
    batch_id: str = text("")
    outlet: str = text("")
    lease_id: str = text("")
    state: str = state("state", "blank", "in_transit", "written", "spoiled", default="blank")
    iccid: str | None = text(None)
    revision: int = revision()


class ImsiReserve(Table, table=True):
    """An IMSI with its ICCID and key, kept for a card that is written at the counter. State: free, used,
    void (taken back from an outlet that may have used it)."""

    __owner__ = LEASED
    __free__ = ("free",)
    __enciphered__ = ("ki",)
    __table_args__ = options(
        Index("imsi_reserve_stock", "outlet", "state", "imsi"),
        Index("imsi_reserve_lease", "lease_id"),
    )
    imsi: str = text(key=True)
    iccid: str = text(unique=True)
    ki: str = text("")
    outlet: str = text("")
    lease_id: str = text("")
    state: str = state("state", "free", "used", "void", default="free")
    revision: int = revision()


class RechargeCard(Table, table=True):
    """A recharge card 充值卡 by serial. `face_value` in fen; the PIN is kept enciphered and is never shown;
    at an outlet to which headquarters handed the card down not even that is there.

    State: idle, in_transit (on a transfer note: not activated yet), sold, used, void, expired, locked (domain-facts 4).
    `pin_check` finds a card by a PIN that is typed.
    """

    __owner__ = LEASED
    __free__ = ("idle", "in_transit")
    __secret__ = ("pin_cipher",)
    __table_args__ = options(
        Index("recharge_card_stock", "outlet", "state", "face_value", "serial"),
        Index("recharge_card_lease", "lease_id"),
    )
    serial: str = text(key=True)
    face_value: int = fen()
    outlet: str = text("")
    lease_id: str = text("")
    pin_cipher: str = text("")
    pin_check: str = text("", index=True)
    valid_to: str = text("")
    batch_id: str = text("")
    state: str = state("state", "idle", "in_transit", "sold", "used", "void", "expired", "locked", default="idle")
    sold_order: str | None = ref("product_order.id", None)
    used_order: str | None = ref("product_order.id", None)
    reason: str = text("")
    revision: int = revision()


class StockCount(Table, table=True):
    """A count of the stock 库存盘点: by whom, when, under which number, which runs on in the outlet. Where it differs
    from the books it has a reason, and `approved_by`: the supervisor whose word it has."""

    __owner__ = OUTLET
    __table_args__ = options(
        UniqueConstraint("outlet", "number", name="stock_count_number"),
        Index("stock_count_day", "outlet", "business_date"),
    )
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    number: int = integer()
    business_date: str = text()
    reason: str = text("")
    counted_by: str = text()
    approved_by: str = text("")
    made_at: str = text()


class StockPiece(Table, table=True):
    """What a count found of one kind of stock (sim, blank, handset, card) and what it is of (a kind of card, a model, a
    face value), beside what the books expected."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    count_id: str = ref("stock_count.id", key=True)
    kind: str = text(key=True)
    of: str = text(key=True)
    expected: int = integer()
    counted: int = integer()


class PieceCount(Table, table=True):
    """A count of one kind of stock serial by serial 逐件盘点: what must be there is frozen when it begins.

    `expected`: JSON, the serials that could be sold then. One is open for each kind in an outlet. States: open, closed
    (`count_id`: the count on record that it came to), given_up (`reason`).
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Partial("piece_count_open", "outlet", "kind", unique=True, where="state = 'open'"),
    )
    id: str = text(key=True)
    outlet: str = text()
    kind: str = text()
    business_date: str = text()
    expected: str = text("[]")
    started_by: str = text()
    started_at: str = text()
    count_id: str | None = ref("stock_count.id", None)
    reason: str = text("")
    state: str = state("state", "open", "closed", "given_up", default="open")
    revision: int = revision()


class PieceScan(Table, table=True):
    """A serial that was found while a count is open: by whom, when."""

    __owner__ = LOCAL
    __table_args__ = options()
    count_id: str = text(key=True)
    piece: str = text(key=True)
    scanned_by: str = text()
    scanned_at: str = text()
    revision: int = revision()


class PieceDifference(Table, table=True):
    """A serial that was not as it was expected when a count was closed.

    `verdict`: missing (it was not found: never sold as new), found (an earlier count had missed it: it is in stock
    again), extra (nobody knows it), wrong_place (it is another's), wrong_state (by the books it can't be here);
    left, came (it was sold, sent or returned while the count was open: excused). `detail`: the state, the holder, or
    the order that tells of it.
    """

    __owner__ = OUTLET
    __append_only__ = True
    __table_args__ = options(Index("piece_difference_piece", "piece"))
    count_id: str = ref("piece_count.id", key=True)
    piece: str = text(key=True)
    verdict: str = state("verdict", "missing", "found", "extra", "wrong_place", "wrong_state", "left", "came")
    detail: str = text("")
