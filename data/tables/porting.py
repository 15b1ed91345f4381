"""Numbers on their way to another operator 携号转网 (catalogue M5, management-facts 5.3)."""

from data.tables.base import OUTLET, Index, Table, options, ref, revision, state, text


class NumberPorting(Table, table=True):
    """A number's way to another operator: the authorisation code that was asked for, and what became of it.

    States: authorised (`code` counts until the time `until`; the other operator may take the number over), refused
    (`reason`, in the porting centre's words), lapsed (nobody took it over in time), left (on the business date
    `left_on`: it is with the other operator), returned (it came back on `back_on`, and rests).
    """

    __owner__ = OUTLET
    __component__ = "F5"
    __table_args__ = options(
        Index("number_porting_number", "number", "state"),
        Index("number_porting_made", "outlet", "made_at", "id"),
    )
    id: str = text(key=True)
    outlet: str = text()
    number: str = text()
    subscription_id: str = ref("subscription.id")
    state: str = state("state", "authorised", "refused", "lapsed", "left", "returned")
    code: str = text("")
    until: str = text("")
    reason: str = text("")
    left_on: str = text("")
    back_on: str = text("")
    operator: str = text()
    business_date: str = text()
    made_at: str = text()
    revision: int = revision()
