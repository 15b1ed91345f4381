"""Invariant 7: an order, and a form, goes by the version of its process that was in force when it was begun.

A version is how many of the process's published lines count (`editions.lines`): it is there, and counts by the order's
business date. At the outlet itself, whose journal tells when lines came, and whose days when their dates were reached,
it is no older than the one that was in force at the form's beginning. Of the version that is in force now, what is kept
is what the process says. Orders that are older than their form tell of a clock that was put back, and are not judged by
time; neither are lines that had to wait. Source: catalogue M19, F14; design 12.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate

from sqlalchemy import bindparam, func, select

from boss_tui.components.processes.kept_process import kept, of_order, of_row, stored
from boss_tui.editions.scope import ALL
from boss_tui.sync.dates import STREAM
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import columns_of
from data.clock import first_key, moment
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.edition import PublishedLine
from data.tables.finance import BusinessDay
from data.tables.order import Draft, Process, ProductOrder
from data.tables.sync import JournalEntry, WaitingItem

RULE = "a run goes by the process that it began with"
_o, _b, _j, _line = (columns_of(model) for model in (ProductOrder, BusinessDay, JournalEntry, PublishedLine))
_LINES = (
    select(*_line.c)
    .where(_line.c.table_name == table_name(Process))
    .order_by(_line.c.effective_from, _line.c.number, _line.c.position)
)
_noted = _o.c.process_version > 0
_key = (_o.c.id, _o.c.serial)
_kind = (_o.c.business, _o.c.process_version)
_BY_VERSION = (
    select(*_kind, func.min(_o.c.business_date), func.min(_o.c.limits), func.max(_o.c.limits))
    .where(_noted)
    .group_by(*_kind)
)
_of_version = (_o.c.business == bindparam("of_business"), _o.c.process_version == bindparam("of_version"))
_TOO_EARLY = select(*_key).where(*_of_version, _o.c.business_date < bindparam("day")).order_by(_o.c.id)
_OTHERWISE = select(*_key).where(*_of_version, _o.c.limits != bindparam("said")).order_by(_o.c.id)
_LAST_BEGUN = select(*_kind, func.max(_o.c.draft_id)).where(_o.c.outlet == bindparam("of"), _noted).group_by(*_kind)
_TOO_LATE = (
    select(*_key, _o.c.draft_id, _o.c.created_at)
    .where(_o.c.outlet == bindparam("of"), *_of_version, _o.c.draft_id >= bindparam("over"))
    .order_by(_o.c.id)
)
_CAME = select(_j.c.made_at, _j.c.body).where(_j.c.outlet == bindparam("of"), _j.c.kind == "feed")
_OPENED = select(_b.c.business_date, _b.c.opened_at).where(_b.c.outlet == bindparam("of")).order_by(_b.c.business_date)
NEVER = "9999"
"""A date that is not reached."""


@dataclass
class _Published:
    """A process here, and its lines in their order. `row` None: it is not here."""

    row: Process | None = None
    lines: list[PublishedLine] = field(default_factory=list)

    def reached(self, version: int) -> str:
        """The business date from which there are that many lines, whatever their scope; `NEVER`: there are fewer."""
        if not self.lines:  # of a row that no line tells of, the row says how often it was written
            return "" if self.row is not None and version <= self.row.revision else NEVER
        days = sorted("" if line.at_once else line.effective_from for line in self.lines)
        return days[version - 1] if version <= len(days) else NEVER


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every order that notes a version, and every form that is kept."""
    found = _published(reading)
    yield from _orders(reading, found)
    yield from _forms(reading, found)
    for head in journals.own_outlets(reading):
        yield from _overtaken(reading, found, head.outlet)


def _published(reading: Reading) -> defaultdict[str, _Published]:
    found: defaultdict[str, _Published] = defaultdict(_Published)
    for row in reading.all(Process):
        found[row.business].row = row
    for line in reading.models(PublishedLine, _LINES):
        (business,) = json.loads(line.row_key)
        found[business].lines.append(line)
    return found


def _finding(key: str, message: Message) -> Finding:
    return Finding(7, RULE, "product_order", key, message)


def _orders(reading: Reading, found: defaultdict[str, _Published]) -> Iterator[Finding]:
    for business, version, first, *limits in reading.rows(_BY_VERSION):
        of = {"of_business": business, "of_version": version}
        process = found[business]
        if first < (day := process.reached(version)):
            for key, serial in reading.rows(_TOO_EARLY, **of, day=day):
                told = say("Order {serial} goes by version {n}, which there was not then.", serial=serial, n=version)
                yield _finding(key, told)
        elif process.row is not None and process.row.revision == version:
            said = of_order(of_row(process.row.__dict__))["limits"]
            if any(each != said for each in limits):
                for key, serial in reading.rows(_OTHERWISE, **of, said=said):
                    told = say("The limits of order {serial} are not those of version {n}.", serial=serial, n=version)
                    yield _finding(key, told)


def _forms(reading: Reading, found: defaultdict[str, _Published]) -> Iterator[Finding]:
    for draft in (each for state in ("open", "held") for each in reading.all(Draft, state=state)):
        process, version = found[draft.code], kept(draft.process_json).version
        row = process.row
        otherwise = row is not None and row.revision == version and draft.process_json != stored(row)
        if otherwise or process.reached(version) == NEVER:
            told = say("Form {number} goes by a version of its process that there is not.", number=draft.number)
            yield Finding(7, RULE, "draft", draft.id, told)


def _overtaken(reading: Reading, found: defaultdict[str, _Published], outlet: str) -> Iterator[Finding]:
    """Orders of this store's own outlet whose form was begun when a later version was in force."""
    since = _since(reading, outlet)
    for business, version, last in reading.rows(_LAST_BEGUN, of=outlet):
        counted = sorted(at for line in found[business].lines if line.scope == ALL and (at := since(line)) is not None)
        if version >= len(counted) or last < (over := _keys_after(counted[version])):
            continue
        for key, serial, draft, made in reading.rows(
            _TOO_LATE, of=outlet, of_business=business, of_version=version, over=over
        ):
            if draft < _keys_after(made):
                told = say(
                    "Order {serial} goes by version {n}, which a later one had replaced.", serial=serial, n=version
                )
                yield _finding(key, told)


def _keys_after(at: str) -> str:
    """What keys begin with that were made after a moment, for certain: they tell no less than milliseconds."""
    return first_key(moment(at) + timedelta(milliseconds=1))


def _since(reading: Reading, outlet: str) -> Callable[[PublishedLine], str | None]:
    """Since which moment a line counts at an outlet, by its journal and its days; None: not yet, or nobody can tell."""
    put_off = {row.number for row in reading.all(WaitingItem, outlet=STREAM)}
    entries = sorted((str(at), max(_applied(body), default=0)) for at, body in reading.rows(_CAME, of=outlet))
    read_to = [*accumulate((number for _, number in entries), max)]
    days = [(str(day), str(opened)) for day, opened in reading.rows(_OPENED, of=outlet)]

    def since(line: PublishedLine) -> str | None:
        came = bisect_left(read_to, line.number)
        if line.number in put_off or came == len(entries):
            return None
        opened = [""] if line.at_once else [at for day, at in days if day >= line.effective_from]
        return max(entries[came][0], min(opened)) if opened else None

    return since


def _applied(body: str) -> list[int]:
    """The items of the stream that an entry of a journal tells of; none, where it can't be read: `chain` says so."""
    try:
        return [int(number) for number in json.loads(body).get("stream", {}).get("applied", ())]
    except (ValueError, TypeError, AttributeError):
        return []
