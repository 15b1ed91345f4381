"""Pieces that are at headquarters after all, though they were put out of stock there: two people put them back (M5).

Recharge cards that were missing when their batch was accepted, what a count at the office missed (a later count there
finds them, too); what a block held that was taken back without its outlet's word. What a count at a hall missed comes
back by a later count there (`components.stock.piece_count`), what was missing in a box by its note
(`headquarters.transfers`). Source: catalogue M5, management-facts 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any

from sqlalchemy import Select, select

from boss_tui.components.resources.leases import RECLAIMED
from boss_tui.components.stock import piece_count
from boss_tui.components.stock.pieces import LYING, PIECES, named
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.stock_events import events
from data.errors import BadForm
from data.message import first_of, quoted, say
from data.statements import columns, table_name
from data.states import kind_name, state_name
from data.store import Reading
from data.tables.stock import RechargeCard
from data.tables.sync import Lease


class FoundForm(Form):
    """What is here after all."""

    serials: Annotated[
        str, Ask(say("Serials"), help=say("One after another; a run as FIRST-LAST."), width=44, length=2000)
    ]
    reason: Annotated[str, Ask(say("Reason"), help=say("Where they were."), length=80)]


@cache
def _away(kind: str) -> Select[Any]:
    """The serials of a kind that nobody holds and nobody can be handed."""
    about = PIECES[kind]
    table = about.model.table()
    key = table.c[about.key]
    return select(key).where(table.c.outlet == "", table.c.state == about.lost).order_by(key)


def _put_back(at: At, form: FoundForm) -> Iterator[Fact]:
    """They can be handed to outlets again. BadForm (`serials`): there is no such piece, or it is not out of stock for
    one of these reasons."""
    tx = at.context.tx
    kind = _kind_of(tx, form.serials)
    about = PIECES[kind]
    away = [str(serial) for (serial,) in tx.rows(_away(kind))]
    _must_be_away(tx, kind, form.serials, away)
    serials = list(dict.fromkeys(named(form.serials, away, "serials")))
    rows: list[Any] = list(tx.several(about.model, [(serial,) for serial in serials]).values())
    for row in rows:
        if not _comes_back(tx, kind, row):
            raise _stays(row, kind)
    no_more = {"reason": ""} if "reason" in columns(about.model) else {}
    with tx.received():  # stock is headquarters' own: no journal tells of each piece
        tx.change_alike(rows, state=about.free, lease_id="", **no_more)
    events(tx, kind, piece_count.FOUND, [(serial, about.lost, about.free) for serial in serials], form.reason)
    yield Fact(say("Kind"), kind_name(kind))
    yield Fact(say("In stock again"), f"{len(serials):,}", say("To be in stock again"))
    yield Fact(say("Serials"), first_of([quoted(serial) for serial in serials], len(serials)))


def _ends(text: str) -> Iterator[str]:
    """The serials that were typed: both ends of a run."""
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("-")
        yield first
        if last:
            yield last


def _kind_of(reading: Reading, typed: str) -> str:
    """Of which kind the pieces are: the first one's."""
    first = next(_ends(typed), "")
    for kind in LYING:
        if reading.find(PIECES[kind].model, **{PIECES[kind].key: first}) is not None:
            return kind
    raise BadForm({"serials": say("No piece of stock has serial {serial}.", serial=first)})


def _must_be_away(reading: Reading, kind: str, typed: str, away: list[str]) -> None:
    """Each serial that was typed is out of stock; of one that is not it is told how it stands."""
    about, there = PIECES[kind], set(away)
    for serial in _ends(typed):
        if serial not in there:
            row = reading.find(about.model, **{about.key: serial})
            if row is None:
                told = say("There is no {kind} with serial {serial}.", kind=kind_name(kind), serial=serial)
                raise BadForm({"serials": told})
            raise _stays(row, kind)


def _comes_back(reading: Reading, kind: str, row: Any) -> bool:
    """Whether a piece was missing when its batch was accepted or when it was counted here; or was taken back without
    its outlet's word."""
    lease = reading.find(Lease, id=row.lease_id) if row.lease_id else None
    if lease is not None:
        return lease.state == RECLAIMED
    return piece_count.is_missing(reading, getattr(row, PIECES[kind].key))


def _stays(row: Any, kind: str) -> BadForm:
    serial, state = getattr(row, PIECES[kind].key), state_name(row.state)
    if row.outlet:
        told = say("{serial} is {state}, with outlet {outlet}.", serial=serial, state=state, outlet=row.outlet)
    elif row.state != PIECES[kind].lost:
        told = say("{serial} is {state}: it is not missing.", serial=serial, state=state)
    else:
        told = say("{serial} is {state}, but not as one that was missing.", serial=serial, state=state)
    return BadForm({"serials": told})


def _at_row(reading: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    """The piece of the list, where it is one that is away."""
    if row is None:
        return {}
    for kind in LYING:
        about = PIECES[kind]
        piece: Any = reading.find(about.model, **{about.key: row[about.key]}) if about.key in row else None
        if piece is not None and (piece.outlet, piece.state) == ("", about.lost):
            return {"serials": str(row[about.key])}
    return {}


FOUND = OfficeAct(
    "found",
    say("What was missing here is found: back to stock"),
    table_name(RechargeCard),
    FoundForm,
    _put_back,
    _at_row,
    also=tuple(table_name(PIECES[kind].model) for kind in LYING if PIECES[kind].model is not RechargeCard),
    many=True,
    is_signed=True,
)
