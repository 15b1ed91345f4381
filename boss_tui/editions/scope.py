"""Whom an edition reaches: all outlets, those of a region or a channel, or one; a text, such as `region:杭州`.

Headquarters' own store holds what it publishes to anybody; an outlet's what is published to it, by what headquarters
last said that it is (`scopes_here`). Source: design 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from boss_tui.components.stations import OFFICE
from data.errors import BadForm
from data.journal import canonical
from data.message import Message, both, say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.sync import Setting

ALL = ""
REGION, CHANNEL, OUTLET = "region", "channel", "outlet"
HERE = "stream_scopes"
CHANNELS = {"own": say("own halls"), "agent": say("agents")}


def scope_of(kind: str, what: str) -> str:
    """The scope of a region, a channel or an outlet."""
    return f"{kind}:{what}"


def home_of(row: Mapping[str, Any]) -> str:
    """The scope of a row that belongs to one outlet; where it names none, all are told."""
    return scope_of(OUTLET, str(row["outlet"])) if row["outlet"] else ALL


def checked(scope: str) -> str:
    """A scope as it was typed; BadForm when it is none."""
    kind, colon, what = scope.strip().partition(":")
    if not scope.strip():
        return ALL
    if kind not in (REGION, CHANNEL, OUTLET) or not colon or not what.strip() or not what.isprintable():
        raise BadForm({"scope": say("region:NAME, channel:own, channel:agent, outlet:CODE, or nothing for all.")})
    return scope_of(kind, what.strip())


def must_be(reading: Reading, typed: str) -> str:
    """A scope as it was typed, which reaches an outlet at least; BadForm (`scope`): it is none, or reaches nobody."""
    scope = checked(typed)
    if scope != ALL and not _reached(reading, scope):
        raise BadForm({"scope": say("No outlet is in {scope}: take one from the list (F4).", scope=scope)})
    return scope


def in_words(reading: Reading, scope: str) -> Message:
    """Whom a scope reaches, in words."""
    if scope == ALL:
        return say("all outlets")
    kind, _, what = scope.partition(":")
    found = _reached(reading, scope)
    if kind == OUTLET:
        return both(found[0].name_zh, found[0].name_en) if found else Message("{what}", {"what": what})
    name = CHANNELS.get(what) or Message("{what}", {"what": what})
    return say("{name}: {n} {n:outlet|outlets}", name=name, n=len(found))


def choices(reading: Reading) -> list[tuple[str, Message]]:
    """The scopes that there are, each with whom it reaches: all, the channels, the regions, the outlets."""
    outlets = open_outlets(reading)
    kinds = [
        *(scope_of(CHANNEL, name) for name in sorted({each.channel for each in outlets}, reverse=True)),
        *(scope_of(REGION, name) for name in sorted({each.region for each in outlets if each.region})),
        *(scope_of(OUTLET, each.code) for each in outlets),
    ]
    return [(scope, in_words(reading, scope)) for scope in ("", *kinds)]


def open_outlets(reading: Reading) -> list[Outlet]:
    """The outlets that sell, by their codes: all that are open but the office."""
    office = reading.find(Setting, name=OFFICE)
    found = reading.all(Outlet, state="active", order=("code",))
    return [each for each in found if office is None or each.code != office.value]


def _reached(reading: Reading, scope: str) -> list[Outlet]:
    kind, _, what = scope.partition(":")
    column = "code" if kind == OUTLET else kind
    return [each for each in open_outlets(reading) if getattr(each, column) == what]


def scopes_of(reading: Reading, outlet: str) -> tuple[str, ...]:
    """The scopes that an outlet is in, as its row stands."""
    row = reading.find(Outlet, code=outlet)
    return (ALL, scope_of(OUTLET, outlet)) if row is None else scopes_by(row.__dict__)


def scopes_by(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The scopes that an outlet is in, as its row stands, stood or will stand."""
    region = (scope_of(REGION, row["region"]),) if row["region"] else ()
    return ALL, *region, scope_of(CHANNEL, row["channel"]), scope_of(OUTLET, row["code"])


def scopes_here(reading: Reading) -> frozenset[str] | None:
    """The scopes that this store is in; None where it holds what is published to anybody."""
    found = reading.find(Setting, name=HERE)
    return None if found is None else frozenset(json.loads(found.value))


def be_in(tx: UnitOfWork, scopes: Iterable[str]) -> None:
    """From now on this store is in these scopes."""
    value, before = canonical(sorted(scopes)), tx.find(Setting, name=HERE)
    if before is None:
        tx.add(Setting, name=HERE, value=value)
    else:
        tx.change(before, value=value)
