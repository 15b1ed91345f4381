"""Acts of management (design 3): what a manager did, apart from customers' orders."""

from data.tables.base import OUTLET, Index, Table, options, text


class Act(Table, table=True):
    """What somebody did in a business of management: with its serial, form, trail (catalogue F14) and approval.

    No order of a customer's, and in no day's sales. `business`: the catalogue's row, such as M6. `act`: what was done,
    such as `edition.submit`. `edition`: the edition that it was done to, if any. `form_json`: what was said with it.
    `cells`: the cells that it used, as in `Trail`. `approved_by`: who allowed it, where another person had to.
    """

    __owner__ = OUTLET
    __append_only__ = True
    __table_args__ = options(
        Index("act_business", "business", "id"),
        Index("act_edition", "edition", "id"),
        Index("act_day", "business_date"),
    )
    id: str = text(key=True)
    serial: str = text(unique=True)
    outlet: str = text()
    counter: str = text()
    operator: str = text()
    business: str = text()
    act: str = text()
    business_date: str = text()
    edition: str = text("")
    form_json: str = text("{}")
    cells: str = text("[]")
    approved_by: str = text("")
    made_at: str = text()
