"""What becomes of stock at headquarters (catalogue M5): the batches that it came in, and what was done to a piece."""

from data.tables.base import OFFICE, Index, Table, integer, options, revision, state, text


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
