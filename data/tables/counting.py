"""Counts that are made without being told what must be there (catalogue M7, M11)."""

from data.tables.base import OUTLET, Table, UniqueConstraint, fen, integer, options, revision, state, text


class BlindCount(Table, table=True):
    """A count as it was put down 盲点记录, before the books were asked: of a drawer or of the stock.

    Attributes:
        subject: what was counted: the key of a shift, or `stock`, the business date and the number of the count.
        number: 1 for the first count of this subject; each other one has the next.
        pieces_json: how many of what: {face value in fen, or key of the stock: pieces}.
        amount: fen, of a drawer.
        state: put_down, while the books have not answered to it; answered: whoever asked knows whether it is right;
            accepted: it is the count of the shift or of the stock.
        approved_by: the supervisor who signed on for it, where one had to.
    """

    __owner__ = OUTLET
    __table_args__ = options(UniqueConstraint("outlet", "subject", "number", name="blind_count_number"))
    id: str = text(key=True)
    outlet: str = text()
    counter: str = text("")
    operator: str = text()
    business_date: str = text("")
    subject: str = text(index=True)
    number: int = integer()
    pieces_json: str = text("{}")
    amount: int = fen(0)
    state: str = state("state", "put_down", "answered", "accepted", default="put_down")
    approved_by: str = text("")
    made_at: str = text()
    revision: int = revision()
