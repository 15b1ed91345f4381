"""Invariant 3: a piece that is on its way is on one open note, and what a note says was found is so.

Each count of a box was signed by two people. Source: management-facts 5.4; design 5.3.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_, select

from boss_tui.sync.scarce import IN_TRANSIT, LYING, PIECES
from boss_tui.sync.transfers import ON_ITS_WAY
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.transfer import TransferCount, TransferNote, TransferPiece

_n, _p, _c = columns_of(TransferNote), columns_of(TransferPiece), columns_of(TransferCount)
LEFT = ("in_transit", "missing")


def _has_sent(serial: Any) -> Any:
    """An outlet that packed a piece, of which headquarters has not told yet."""
    return exists(_c.c.end_of == "sent", _c.c.listed.like(cast('%"', String) + serial + cast('"%', String)))


def _on_a_note(kind: str) -> Rule:
    about = PIECES[kind]
    table = columns_of(about.model)
    key = table.c[about.key]
    open_note = exists(
        _p.c.piece == key, _p.c.state.in_(LEFT), _n.c.id == _p.c.note_id, _n.c.kind == kind, _n.c.state.in_(ON_ITS_WAY)
    )
    return Rule(
        3,
        f"piece on its way is on a note: {kind}",
        about.model,
        select(key.label("key")).where(table.c.state == IN_TRANSIT, table.c.outlet != "", ~open_note, ~_has_sent(key)),
        say("It is on its way, but no open transfer note has it."),
    )


def _is_on_its_way(kind: str) -> Rule:
    about = PIECES[kind]
    table = columns_of(about.model)
    return Rule(
        3,
        f"piece of an open note is on its way: {kind}",
        TransferPiece,
        select(_p.c.note_id.label("key_note"), _p.c.piece.label("key_piece"), table.c.state.label("state"))
        .select_from(_p.join(_n, _n.c.id == _p.c.note_id).join(table, table.c[about.key] == _p.c.piece))
        .where(
            _n.c.kind == kind,
            _n.c.state.in_(ON_ITS_WAY),
            _p.c.state.in_(LEFT),
            table.c.state != IN_TRANSIT,
            ~exists(_c.c.note_id == _n.c.id, _c.c.end_of == "received"),
        ),
        say("An open transfer note says that it is on its way, but it is {state}."),
    )


def _pieces(*states: str) -> Any:
    told = case((_p.c.state.in_(states), 1)) if states else _p.c.piece
    return select(func.count(told)).where(_p.c.note_id == _n.c.id).scalar_subquery()


RULES = (
    *(_on_a_note(kind) for kind in LYING),
    *(_is_on_its_way(kind) for kind in LYING),
    Rule(
        3,
        "transfer note is what was counted",
        TransferNote,
        select(_n.c.id.label("key"), _n.c.number.label("number")).where(
            _n.c.sent_at != "",
            or_(
                _pieces() != _n.c.pieces,
                and_(_n.c.state == "received", _pieces("received") != _n.c.pieces),
                and_(_n.c.state == "differs", _pieces("missing") != _n.c.missing),
                and_(_n.c.state == "resolved", _pieces("returned", "lost") != _n.c.missing),
            ),
        ),
        say("The pieces of note {number} are not what was counted of them."),
    ),
    Rule(
        3,
        "count of a box is signed by two",
        TransferCount,
        select(_c.c.id.label("key")).where(or_(_c.c.approved_by == "", _c.c.approved_by == _c.c.counted_by)),
        say("Nobody but who counted has signed this count."),
    ),
)
