"""Drafts: a business being filled in, on disk from the first key: held, recalled, taken over, expired, abandoned."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.answers.business import DraftView, Handwritten, Notice
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.documents import handwritten
from boss_tui.components.draft_rows import is_past, values_of
from boss_tui.components.processes import kept_process
from boss_tui.components.resources.reservations import release
from boss_tui.desk import asking, offline, rare
from boss_tui.desk.held import is_left
from boss_tui.desk.station import Operator, Station
from data.clock import new_key, stamp
from data.errors import Expired, NotAllowed, NotFound
from data.message import Message, say
from data.states import state_name
from data.store import Reading, UnitOfWork
from data.tables.order import Draft, Process, ProductOrder, Sequence

SECRET_SHOWN = ""

_drafts = Draft.table()
_OVERDUE = select(*_drafts.c).where(_drafts.c.state.in_(("open", "held")), _drafts.c.expires_at <= bindparam("moment"))
_LAST = (
    select(*_drafts.c)
    .where(
        _drafts.c.code == bindparam("code"), _drafts.c.operator == bindparam("operator"), _drafts.c.state == "completed"
    )
    .order_by(_drafts.c.touched_at.desc(), _drafts.c.number.desc())
    .limit(1)
)


def begin(tx: UnitOfWork, station: Station, operator: Operator, code: str, slip: Handwritten | None = None) -> Draft:
    """A new draft, open for as long as its process allows; it keeps that version. `slip`: what it enters later."""
    process = tx.one(Process, business=code)
    tx.increase(Sequence, {"name": "draft"}, value=1)
    now = tx.now()
    return tx.add(
        Draft,
        id=new_key(tx.clock),
        number=tx.one(Sequence, name="draft").value,
        code=code,
        operator=operator.staff_no,
        counter=station.counter,
        created_at=now,
        touched_at=now,
        expires_at=stamp(tx.present() + timedelta(minutes=process.draft_minutes)),
        slip_json=handwritten.stored(slip) if slip else "{}",
        process_json=kept_process.stored(process),
    )


def current(reading: Reading, draft_id: str) -> Draft:
    """A draft that can be worked on. Expired or NotAllowed when its time is over or it has ended."""
    draft = reading.find(Draft, id=draft_id)
    if draft is None:
        raise NotFound(say("There is no such form."))
    if draft.state == "expired" or (draft.state in {"open", "held"} and is_past(draft, reading.present())):
        raise Expired(say("This form is past its time: what it held is free."))
    if draft.state not in {"open", "held"}:
        raise NotAllowed(_ended(reading, draft))
    return draft


def ended(reading: Reading, draft_id: str) -> Message | None:
    """Who completed a draft or gave it up, where somebody did; None while it can be worked on, or ran out by itself."""
    draft = reading.one(Draft, id=draft_id)
    return None if draft.state in {"open", "held", "expired"} else _ended(reading, draft)


def _ended(reading: Reading, draft: Draft) -> Message:
    """Who took it up last, and what became of it with them."""
    order = reading.find(ProductOrder, id=draft.order_id) if draft.order_id else None
    by = {"operator": draft.operator, "counter": draft.counter}
    if order is not None:
        by = {"operator": order.operator, "counter": order.counter}
        return say("This form is completed, by {operator} at {counter}: order {serial}.", serial=order.serial, **by)
    return say("This form has ended, with {operator} at {counter}: {state}.", state=state_name(draft.state), **by)


def change(tx: UnitOfWork, draft: Draft, values: Mapping[str, Any], trail: list[list[str]]) -> Draft:
    """Keep what was typed."""
    return tx.change(
        draft,
        values_json=json.dumps(dict(values), ensure_ascii=False),
        trail_json=json.dumps(trail),
        touched_at=tx.now(),
    )


@cache
def secret_fields(code: str) -> frozenset[str]:
    """The fields that are never shown again."""
    return frozenset(spec.name for spec in BUSINESSES[code].form.fields() if spec.ask.kind == "password")


def secrets_of(code: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The secrets among the values of a form, hashed or proven."""
    return {name: values[name] for name in secret_fields(code) if values.get(name)}


def view(draft: Draft, run: Run, errors: Mapping[str, Message] | None = None, case: Any = None) -> DraftView:
    """The draft as the screen shows it, after a step. `case`: what its business has worked out of it."""
    hidden = secret_fields(draft.code)
    typed = values_of(draft)
    values = {name: SECRET_SHOWN if name in hidden else value for name, value in typed.items()}
    held = frozenset(name for name in hidden if typed.get(name))
    notes = {**run.notes, **rare.notes(run, draft, values), **{name: say("Set.") for name in held}}
    notices = tuple(sorted((*run.notices, *offline.notices(run)), key=_first))
    return DraftView(
        id=draft.id,
        number=draft.number,
        code=draft.code,
        state=draft.state,
        values=values,
        secrets=held,
        errors={**run.errors, **(errors or {})},
        notes=notes,
        facts=run.facts,
        notices=notices,
        qualification=run.qualification,
        held=run.resources.held(),
        quote=run.quote,
        offline=BUSINESSES[draft.code].offline,
        expires_at=draft.expires_at,
        shown=run.context.shown,
        keeps_rest=run.quote.due > 0 and BUSINESSES[draft.code].rest_line(run, case, 1) is not None,
        title=BUSINESSES[draft.code].titled(values),
        slip=run.context.slip,
        asked=asking.views(run.context),
    )


def _first(notice: Notice) -> int:
    """What is lost comes before what to offer this customer, and that before what is always said."""
    return {"change": 0, "recommendation": 1}.get(notice.kind, 2)


def recall(tx: UnitOfWork, number: int, station: Station, operator: Operator, here: Set[str]) -> Draft:
    """Take a held draft up, whoever held it, or one that was left unfinished here: it is this counter's from now on."""
    found = tx.all(Draft, number=number, order=("-created_at",))
    draft = next((d for d in found if d.state == "held" or is_left(tx, d, station, operator, here)), None)
    if draft is None:
        raise NotFound(say("No held form has the number {number}.", number=number))
    current(tx, draft.id)
    return tx.change(
        draft, state="open", collection="", operator=operator.staff_no, counter=station.counter, touched_at=tx.now()
    )


def hold(tx: UnitOfWork, draft: Draft, note: str, *, online: bool) -> None:
    """Put a draft aside; see `offline.kept_until`."""
    until = offline.kept_until(tx, draft.code, online=online)
    expires_at = max(draft.expires_at, stamp(until)) if until else draft.expires_at
    tx.change(draft, state="held", note=note[:80], touched_at=tx.now(), expires_at=expires_at)


def end(tx: UnitOfWork, draft: Draft, state: str) -> None:
    """The draft expires or is abandoned: what it holds is free, and there is no customer."""
    release(tx, draft.id, "expired" if state == "expired" else "released")
    tx.change(draft, state=state, touched_at=tx.now())


def abandon(tx: UnitOfWork, draft_id: str) -> None:
    """Give a draft up. One that ran out, or was given up before, has nothing left to give. NotAllowed: it is done."""
    draft = tx.one(Draft, id=draft_id)
    if draft.state in {"open", "held"}:
        end(tx, draft, "abandoned")
    elif draft.state not in {"expired", "abandoned"}:
        current(tx, draft_id)


def expire(tx: UnitOfWork) -> int:
    """End every draft that is past its time. Answers how many."""
    overdue = tx.models(Draft, _OVERDUE, moment=stamp(tx.present()))
    for draft in overdue:
        end(tx, draft, "expired")
    return len(overdue)


def last_values(reading: Reading, code: str, operator: str) -> dict[str, Any]:
    """What this operator typed the last time, in the fields that say so (F7)."""
    found = reading.models(Draft, _LAST, code=code, operator=operator)
    if not found:
        return {}
    same = {spec.name for spec in BUSINESSES[code].form.fields() if spec.ask.same}
    return {name: value for name, value in values_of(found[0]).items() if name in same}
