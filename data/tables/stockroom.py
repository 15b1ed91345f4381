"""What becomes of stock at headquarters (catalogue M5): the batches that it came in, and what was done to a piece."""

from data.tables.base import OFFICE, Index, Table, UniqueConstraint, fen, integer, options, revision, state, text


class StockBatch(Table, table=True):
    """Pieces that came into stock together. `kind` as a lease's (number, sim, blank, imsi, handset, card); `how`: from
    a file (its `name` and `digest`), or made (of what, in `name`). `pieces`: how many are in."""

    __owner__ = OFFICE
    __table_args__ = options(Index("stock_batch_kind", "kind", "id"))
    id: str = text(key=True)
    kind: str = text()
    how: str = state("how", "file", "made")
    name: str = text("")
    digest: str = text("")
    pieces: int = integer(0)
    operator: str = text()
    business_date: str = text()
    made_at: str = text()
    revision: int = revision()


class TransportKey(Table, table=True):
    """A transport key 传输密钥, under which a maker of cards enciphers their keys: that there is one of this index, who
    put it together, and its check value (the first 3 bytes of zeros enciphered with it). The key itself is in no row.
    State: active, ended."""

    __owner__ = OFFICE
    __table_args__ = options()
    key_index: str = text(key=True)
    check_value: str = text()
    maker: str = text("")
    state: str = state("state", "active", "ended", default="active")
    kept_by: str = text()
    approved_by: str = text()
    made_at: str = text()
    revision: int = revision()


class SimBatch(Table, table=True):
    """A batch of SIM cards as it was ordered and has come whole; before that nobody is handed any of it.

    `id`: its `StockBatch`. `preloaded_at`, `preloaded_by`: when its keys went to the element, and who saw to it.
    """

    __owner__ = OFFICE
    __table_args__ = options(UniqueConstraint("order_no", name="sim_batch_order"))
    id: str = text(key=True)
    order_no: str = text()
    quantity: int = integer()
    kind: str = text()
    profile: str = text("")
    first_iccid: str = text()
    first_imsi: str = text()
    key_index: str = text("")
    element: str = text("")
    preloaded_at: str = text("")
    preloaded_by: str = text("")
    revision: int = revision()


class CardBatch(Table, table=True):
    """A batch of recharge cards as it was ordered, which has come whole: a run of serials of one face value (fen), file
    `sequence` of its `maker`'s. Nobody is handed any of it before another person than who took the file in has counted
    the cards themselves: `accepted_at`, `accepted_by`. `id`: its `StockBatch`."""

    __owner__ = OFFICE
    __table_args__ = options(
        UniqueConstraint("order_no", name="card_batch_order"),
        UniqueConstraint("maker", "sequence", name="card_batch_file"),
    )
    id: str = text(key=True)
    order_no: str = text()
    maker: str = text()
    sequence: int = integer()
    quantity: int = integer()
    first_serial: str = text()
    face_value: int = fen()
    valid_to: str = text()
    key_index: str = text()
    accepted_at: str = text("")
    accepted_by: str = text("")
    revision: int = revision()


class StockEvent(Table, table=True):
    """Something that was done at headquarters to one piece of stock: `act` (released, graded, withdrawn, locked, …),
    with what it was before and after, where that says more."""

    __owner__ = OFFICE
    __append_only__ = True
    __table_args__ = options(Index("stock_event_piece", "piece", "id"))
    id: str = text(key=True)
    kind: str = text()
    piece: str = text()
    act: str = text()
    before: str = text("")
    after: str = text("")
    reason: str = text("")
    operator: str = text()
    business_date: str = text()
    made_at: str = text()
