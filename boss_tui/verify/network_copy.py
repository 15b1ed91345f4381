"""Invariant 5: the network's copy agrees with the book, once its commands are answered.

Each living subscription with no order under way and no command on its way is known to the element that serves its
number: by that number and IMSI, with the long distance, roaming, data, bars and call forwarding of the book, and with
the supplementary services that are sold and the book has. What an element does not tell is passed over;
while a line is barred so is long distance, since some elements keep both in one place. What the element has of this
store's own numbers, the book has too; or an order under way puts it there, with that very IMSI, and its work order has
left: it is done, sent or failed, while the rest of the order (an announcement by hand, say) waits. An order that waits
for its day alone has touched nothing, and is no excuse. Source: design 5.5 and 7; I5; catalogue C2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from msgspec.structs import replace
from sqlalchemy import bindparam, or_, select

from boss_tui.components.network_elements import SERVICE
from boss_tui.network.book import Had, had
from boss_tui.network.dialects.record import Record
from boss_tui.verify.finding import Finding
from boss_tui.verify.holders import UNDER_WAY, living
from boss_tui.verify.rule import columns_of, exists
from data.message import Message, say
from data.progress import Report, unreported
from data.store import Reading
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from data.tables.resource import NumberSegment, PhoneNumber
from data.tables.sync import JournalHead

AGREES, KNOWN = "network agrees with the book", "network knows only what the book has"
PAGE = 2_000


class NetworkCopy(Protocol):
    """An element as it can be read: such as `boss_tui.network.element.Element`, or a dump that was read in."""

    @property
    def code(self) -> str:
        """The element's code, as number segments name it."""

    def subscribers(self) -> Iterable[Record]:
        """Everyone that it knows."""


@runtime_checkable
class LargeCopy(NetworkCopy, Protocol):
    """One that is asked for each subscriber as it is needed, since all of them at once would fill the memory."""

    def by_number(self) -> Mapping[str, Record]:
        """Everyone that it knows by their number (11 digits)."""


_s, _p = columns_of(Subscription), columns_of(Product)
_n, _g, _c = columns_of(PhoneNumber), columns_of(NumberSegment), columns_of(NetworkCommand)
_o, _w, _h = columns_of(ProductOrder), columns_of(WorkOrder), columns_of(JournalHead)

_moving = (_o.c.state.in_(UNDER_WAY), _o.c.state != "pending")
_waiting = or_(
    exists(_o.c.subscription_id == _s.c.id, *_moving),
    exists(_o.c.subscription_id == _s.c.id, _w.c.order_id == _o.c.id, _w.c.state.in_(("open", "failed"))),
    exists(_c.c.subscriber == _s.c.number, _c.c.state.in_(("queued", "sent", "unknown"))),
)
_BOOK = (
    select(_s.c.id, _s.c.number, _s.c.imsi, _s.c.long_distance, _s.c.roaming)
    .select_from(_s.join(_n, _n.c.number == _s.c.number).join(_g, _g.c.prefix == _n.c.segment))
    .where(_g.c.element == bindparam("element"), living, ~_waiting, _s.c.id > bindparam("after"))
    .order_by(_s.c.id)
    .limit(PAGE)
)
_SOLD = select(_p.c.network_act).where(_p.c.network_act.like(f"{SERVICE}%"))
_OURS = select(_n.c.state, exists(_s.c.number == _n.c.number, living)).where(
    _n.c.number == bindparam("number"), exists(_h.c.outlet == _n.c.outlet)
)
_LEFT = (
    select(_w.c.parameters)
    .select_from(_n.join(_o, _o.c.subscription_id == _n.c.subscription_id).join(_w, _w.c.order_id == _o.c.id))
    .where(
        _n.c.number == bindparam("number"),
        *_moving,
        _w.c.act.in_(("create_subscriber", "change_number")),
        or_(
            _w.c.state.in_(("done", "failed")),
            exists(_c.c.work_order_id == _w.c.id, _c.c.state.in_(("sent", "unknown", "answered"))),
        ),
    )
)
"""The work orders that give a number to the network and have left, of orders under way that hold it."""


def check(reading: Reading, copies: Iterable[NetworkCopy], tell: Report = unreported) -> Iterator[Finding]:
    """The book against each element, and each element against the book."""
    sold = {str(act).removeprefix(SERVICE) for (act,) in reading.rows(_SOLD)}
    for copy in copies:
        known = _known(copy)
        yield from _book(reading, copy.code, known, sold, tell)
        yield from _strangers(reading, copy.code, known, tell)


def _known(copy: NetworkCopy) -> Mapping[str, Record]:
    if isinstance(copy, LargeCopy):
        return copy.by_number()
    return {record.msisdn: record for record in copy.subscribers()}


def _book(
    reading: Reading, element: str, known: Mapping[str, Record], sold: set[str], tell: Report
) -> Iterator[Finding]:
    after, done, of = "", 0, len(known)
    while page := reading.rows(_BOOK, element=element, after=after):
        has = had(reading, after, page[-1][0])
        for row in page:
            for fault in _faults(element, row, has[row[0]], known.get(row[1]), sold):
                yield Finding(5, AGREES, "subscription", row[0], fault)
        after, done = page[-1][0], done + len(page)
        tell(say("Comparing the book with {element}", element=element), min(done, of), of)


def _faults(element: str, row: tuple[Any, ...], has: Had, record: Record | None, sold: set[str]) -> Iterator[Message]:
    _, number, imsi, long_distance, roaming = row
    if record is None:
        yield say("{element} does not know {number}.", element=element, number=number)
        return
    expected = has.put_into(
        Record(imsi, number, long_distance="" if record.outgoing_barred else long_distance, roaming=roaming)
    )
    here = expected.services or frozenset()
    for field, book, there in replace(expected, services=None).differences(record):
        yield say(
            "{number}: {field} is {there} at {element}, {book} in the book.",
            number=number,
            field=field,
            there=str(there),
            element=element,
            book=str(book),
        )
    if record.services is not None:
        for service in sorted(here ^ (record.services & sold)):
            where = element if service in record.services else "-"
            yield say(
                "{number}: the service {service} is not alike in book and network (there: {where}).",
                number=number,
                service=service,
                where=where,
            )


def _strangers(reading: Reading, element: str, known: Mapping[str, Record], tell: Report) -> Iterator[Finding]:
    """Subscribers with a number of ours that no living subscription has."""
    for done, number in enumerate(known):
        if done % PAGE == 0:
            tell(say("Comparing {element} with the book", element=element), done, len(known))
        ours = reading.rows(_OURS, number=number)
        if ours and not ours[0][1] and not _being_put(reading, known[number]):
            told = say(
                "{element} has a subscriber with this number (IMSI {imsi}); the book has none ({state}).",
                element=element,
                imsi=known[number].imsi,
                state=ours[0][0],
            )
            yield Finding(5, KNOWN, "phone_number", number, told)


def _being_put(reading: Reading, record: Record) -> bool:
    """Whether an order under way has put, or may have put, this subscriber with this number there already."""
    for (parameters,) in reading.rows(_LEFT, number=record.msisdn):
        told = json.loads(parameters)
        if told.get("new_msisdn", told.get("msisdn")) == record.msisdn and told.get("imsi") == record.imsi:
            return True
    return False
