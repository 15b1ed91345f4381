"""The numbers that managers own (catalogue M1–M19): days, limits, points, tries. Which there are: `data.parameters`."""

from data.tables.base import Table, headquarters, integer, options, revision, text


class Parameter(Table, table=True):
    """A number that a rule turns on; of one business, or of all for which none is said (`business` is empty)."""

    __owner__ = headquarters("rules")
    __component__ = "F14"
    __table_args__ = options()
    name: str = text(key=True)
    business: str = text("", key=True)
    value: int = integer()
    revision: int = revision()
