"""Invariant 4: every document number of a range is accounted for.

A range's next number is within it, or one past its end, when it is used up. Each number before the next one has exactly
one document (which may be void or red-lettered since), no document stands outside, and each is of its range's kind,
code and outlet. Ranges of a kind and code do not overlap. Nothing is printed anew without a
supervisor's word; nor does a count of the stock differ from the books without one and a reason. Source: catalogue F9,
M9; domain-facts 7; I1, I7.
"""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select, union_all

from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.document import DocumentRange, NumberMove, PaperDocument
from data.tables.stock import PieceCount, StockCount, StockPiece

_m, _s, _p = columns_of(NumberMove), columns_of(StockCount), columns_of(StockPiece)
_pc = columns_of(PieceCount)
_r, _r2, _d = columns_of(DocumentRange), columns_of(DocumentRange).alias(), columns_of(PaperDocument)

_used = union_all(
    select(_d.c.range_id, _d.c.number)
    .select_from(_d.join(_r, _r.c.id == _d.c.range_id))
    .where(_d.c.number >= _r.c.first_number, _d.c.number < _r.c.next_number),
    select(_r.c.id, _r.c.first_number - 1),
    select(_r.c.id, _r.c.next_number),
).subquery()
_runs = select(
    _used.c.range_id,
    _used.c.number,
    func.lead(_used.c.number).over(partition_by=_used.c.range_id, order_by=_used.c.number).label("following"),
).subquery()
_twice = (
    select(_d.c.kind, _d.c.code, _d.c.number)
    .group_by(_d.c.kind, _d.c.code, _d.c.number)
    .having(func.count() > 1)
    .subquery()
)

RULES = (
    Rule(
        4,
        "next number is within the range",
        DocumentRange,
        select(
            _r.c.id.label("key"),
            _r.c.first_number.label("first"),
            _r.c.last_number.label("last"),
            _r.c.next_number.label("next"),
        ).where(
            or_(
                _r.c.first_number > _r.c.last_number,
                _r.c.next_number < _r.c.first_number,
                _r.c.next_number > _r.c.last_number + 1,
            )
        ),
        say("The range runs from {first} to {last}, but its next number is {next}."),
    ),
    Rule(
        4,
        "range is used up at its end",
        DocumentRange,
        select(_r.c.id.label("key"), _r.c.state.label("state"), _r.c.next_number.label("next")).where(
            or_(
                and_(_r.c.state == "open", _r.c.next_number > _r.c.last_number),
                and_(_r.c.state == "used_up", _r.c.next_number <= _r.c.last_number),
            )
        ),
        say("The range is {state}, but its next number is {next}."),
    ),
    Rule(
        4,
        "used number has its document",
        DocumentRange,
        select(
            _runs.c.range_id.label("key"), (_runs.c.number + 1).label("first"), (_runs.c.following - 1).label("last")
        )
        .where(_runs.c.following > _runs.c.number + 1)
        .order_by(_runs.c.range_id, _runs.c.number),
        say("The numbers {first} to {last} were used, but there is no document."),
    ),
    Rule(
        4,
        "document is of a used number",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.number.label("number"), _r.c.next_number.label("next"))
        .select_from(_d.join(_r, _r.c.id == _d.c.range_id))
        .where(or_(_d.c.number < _r.c.first_number, _d.c.number >= _r.c.next_number)),
        say("The document's number {number} was not used yet: the range's next is {next}."),
    ),
    Rule(
        4,
        "document fits its range",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.kind.label("kind"), _d.c.code.label("code"))
        .select_from(_d.join(_r, _r.c.id == _d.c.range_id))
        .where(or_(_d.c.kind != _r.c.kind, _d.c.code != _r.c.code, _d.c.outlet != _r.c.outlet)),
        say("The document is of {kind} {code}, or of an outlet, that its range is not of."),
    ),
    Rule(
        4,
        "document number is used once",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.code.label("code"), _d.c.number.label("number")).select_from(
            _d.join(
                _twice,
                and_(_twice.c.kind == _d.c.kind, _twice.c.code == _d.c.code, _twice.c.number == _d.c.number),
            )
        ),
        say("Another document has the number {code}-{number} too."),
    ),
    Rule(
        4,
        "ranges do not overlap",
        DocumentRange,
        select(_r.c.id.label("key"), _r2.c.id.label("other")).where(
            _r.c.kind == _r2.c.kind,
            _r.c.code == _r2.c.code,
            _r.c.id != _r2.c.id,
            _r.c.first_number <= _r2.c.last_number,
            _r2.c.first_number <= _r.c.last_number,
        ),
        say("The range has numbers of range {other} too."),
    ),
    Rule(
        4,
        "a count that differs has its reason and word",
        StockCount,
        select(_s.c.id.label("key"), _s.c.number.label("number")).where(
            exists(_p.c.count_id == _s.c.id, _p.c.expected != _p.c.counted),
            or_(_s.c.reason == "", _s.c.approved_by == ""),
        ),
        say("Count {number} of the stock differs from the books, without a reason or a supervisor's word."),
    ),
    Rule(
        4,
        "a count of serials that is closed is on record",
        PieceCount,
        select(_pc.c.id.label("key")).where((_pc.c.state == "closed") != _pc.c.count_id.is_not(None)),
        say("The count is closed, but there is none on record that it came to; or the other way about."),
    ),
    Rule(
        4,
        "what is printed anew has a supervisor's word",
        NumberMove,
        select(_m.c.id.label("key"), _m.c.code.label("code"), _m.c.first_number.label("number")).where(
            _m.c.act == "anew", _m.c.approved_by == ""
        ),
        say("Document {code}-{number} was printed anew without a supervisor's word."),
    ),
)
