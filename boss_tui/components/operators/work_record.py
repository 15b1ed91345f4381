"""Who did what 工作记录 (M7): how much each person did on some business dates, and one person's acts, one by one.

It is read from what everybody leaves behind: orders, acts of management, and the record of sign-ons, look-ups and
refusals. An exception is what a supervisor asks about: what needed another's word, was taken back, refused, reprinted.
At headquarters it is told of all outlets, as far as they have pushed. Fen. Source: management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Select, bindparam, case, func, or_, select

from data.characters import is_digits
from data.store import Reading
from data.tables.act import Act
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.organisation import Operator
from data.tables.sync import AccessLog

MOST = 2_000
"""Acts of one person that are listed."""
LOOKS = ("find", "look.%", "customer.%", "inquiry%")
"""Acts of the record that are looks at customers' data."""

_orders, _acts, _log = ProductOrder.table(), Act.table(), AccessLog.table()


class Total(Struct, frozen=True):
    """What one person did: orders, what was taken in and paid out; how many took another back or were taken back, how
    many needed another's word; words that they gave; reprints; looks at customers; what they were refused; acts of
    management."""

    staff_no: str
    name: str = ""
    orders: int = 0
    taken: int = 0
    paid_out: int = 0
    back: int = 0
    worded: int = 0
    words_given: int = 0
    reprints: int = 0
    looks: int = 0
    refused: int = 0
    managed: int = 0

    @property
    def looks_alone(self) -> int:
        """Looks with no order after them: the more, the more there is to ask."""
        return max(0, self.looks - self.orders)


class Deed(Struct, frozen=True):
    """One act. kind: order, act (of management) or access. `what`: the business, or the act; `subject`: the serial of
    an order or act, else what it was about; `why`: what makes it an exception (word, back, refused, reprint)."""

    at: str
    counter: str
    kind: str
    what: str
    subject: str
    amount: int = 0
    why: tuple[str, ...] = ()
    approved_by: str = ""


class Sought(Struct, frozen=True):
    """Which acts are meant: of these business dates, of one outlet (empty: all), of a business (empty: any), of at
    least so many fen either way, exceptions alone."""

    since: str
    until: str
    outlet: str = ""
    business: str = ""
    amount: int = 0
    exceptions: bool = field(default=False)


def _within(table: Any) -> Any:
    return (
        table.c.business_date.between(bindparam("since"), bindparam("until")),
        or_(bindparam("outlet") == "", table.c.outlet == bindparam("outlet")),
    )


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum(condition: Any, value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)


_LOOKED = or_(*(_log.c.act.like(act) for act in LOOKS))
_BY_ORDERS = (
    select(
        _orders.c.operator,
        func.count(),
        _sum(_orders.c.amount > 0, _orders.c.amount),
        _sum(_orders.c.amount < 0, -_orders.c.amount),
        _count(or_(_orders.c.reverses.is_not(None), _orders.c.state == "cancelled")),
        _count(_orders.c.approved_by != ""),
    )
    .where(*_within(_orders))
    .group_by(_orders.c.operator)
)
_BY_LOG = (
    select(
        _log.c.operator,
        _count(_log.c.act == "reprint"),
        _count(_LOOKED),
        _count(_log.c.act.like("%.refused")),
    )
    .where(*_within(_log), _log.c.operator != "")
    .group_by(_log.c.operator)
)
_BY_ACTS = select(_acts.c.operator, func.count()).where(*_within(_acts)).group_by(_acts.c.operator)
_WORDS = select(_orders.c.approved_by, func.count()).where(*_within(_orders), _orders.c.approved_by != "")
_WORDS = _WORDS.group_by(_orders.c.approved_by)


def totals(reading: Reading, sought: Sought) -> list[Total]:
    """What everybody did who did anything, by staff number."""
    of = {"since": sought.since, "until": sought.until, "outlet": sought.outlet}
    found: dict[str, dict[str, Any]] = {}
    _gather(found, reading.rows(_BY_ORDERS, **of), ("orders", "taken", "paid_out", "back", "worded"))
    _gather(found, reading.rows(_BY_LOG, **of), ("reprints", "looks", "refused"))
    _gather(found, reading.rows(_BY_ACTS, **of), ("managed",))
    for approvers, count in reading.rows(_WORDS, **of):
        for staff_no in str(approvers).split(","):
            mine = found.setdefault(staff_no, {})
            mine["words_given"] = mine.get("words_given", 0) + int(count)
    names = {staff_no: person.name for staff_no in found if (person := reading.find(Operator, staff_no=staff_no))}
    return [Total(staff_no, names.get(staff_no, ""), **found[staff_no]) for staff_no in sorted(found)]


def _gather(found: dict[str, dict[str, Any]], rows: Iterable[Any], columns: tuple[str, ...]) -> None:
    for staff_no, *values in rows:
        found.setdefault(str(staff_no), {}).update(zip(columns, map(int, values), strict=True))


def _of(table: Any) -> Select[Any]:
    return (
        select(*table.c)
        .where(*_within(table), table.c.operator == bindparam("operator"))
        .order_by(table.c.id.desc())
        .limit(MOST)
    )


_ORDERS_OF, _ACTS_OF, _LOG_OF = _of(_orders), _of(_acts), _of(_log)


def deeds(reading: Reading, staff_no: str, sought: Sought) -> list[Deed]:
    """What one person did, the latest first."""
    of = {"since": sought.since, "until": sought.until, "outlet": sought.outlet, "operator": staff_no}
    found = [
        *map(_of_order, reading.models(ProductOrder, _ORDERS_OF, **of)),
        *map(_of_act, reading.models(Act, _ACTS_OF, **of)),
        *map(_of_log, reading.models(AccessLog, _LOG_OF, **of)),
    ]
    return sorted(_meant(found, sought), key=lambda deed: deed.at, reverse=True)[:MOST]


def run_of(reading: Reading, deed: Deed) -> str:
    """The serial of the order or act behind a deed: itself, or the order that was looked at or whose paper was copied.
    Empty: there is none here."""
    if deed.kind != "access":
        return deed.subject
    subject, _, rest = deed.subject.partition(" ")
    if deed.what == "reprint":
        code, _, number = rest.partition(" ")[0].rpartition("-")
        papers = reading.all(PaperDocument, kind=subject, code=code, number=int(number)) if is_digits(number) else []
        order = reading.find(ProductOrder, id=papers[0].order_id) if papers and papers[0].order_id else None
    else:
        order = reading.find(ProductOrder, serial=subject)
    return order.serial if order is not None else ""


def _meant(found: Iterable[Deed], sought: Sought) -> Iterator[Deed]:
    for deed in found:
        fits = not sought.business or (deed.kind != "access" and deed.what.split(" ")[0] == sought.business)
        if fits and abs(deed.amount) >= sought.amount and (deed.why or not sought.exceptions):
            yield deed


def _of_order(order: ProductOrder) -> Deed:
    why = [
        *(["word"] if order.approved_by else []),
        *(["back"] if order.reverses or order.state == "cancelled" else []),
    ]
    return Deed(
        order.created_at,
        order.counter,
        "order",
        order.business,
        order.serial,
        order.amount,
        tuple(why),
        order.approved_by,
    )


def _of_act(act: Act) -> Deed:
    why = ("word",) if act.act == "edition.emergency" else ()
    return Deed(act.made_at, act.counter, "act", f"{act.business} {act.act}", act.serial, 0, why, act.approved_by)


def _of_log(line: AccessLog) -> Deed:
    why = ("refused",) if line.act.endswith(".refused") else ("reprint",) if line.act == "reprint" else ()
    return Deed(line.made_at, line.counter or "", "access", line.act, f"{line.subject} {line.reason}".strip(), 0, why)
