"""Whom an edition reaches: all outlets, those of a region or a channel, or one; a text, such as `region:杭州`.

Headquarters' own store holds what it publishes to anybody; an outlet's what is published to it, by what headquarters
last said that it is (`scopes_here`). Source: design 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from data.errors import BadForm
from data.journal import canonical
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.sync import Setting

ALL = ""
REGION, CHANNEL, OUTLET = "region", "channel", "outlet"
HERE = "stream_scopes"


def scope_of(kind: str, what: str) -> str:
    """The scope of a region, a channel or an outlet."""
    return f"{kind}:{what}"


def checked(scope: str) -> str:
    """A scope as it was typed; BadForm when it is none."""
    kind, colon, what = scope.strip().partition(":")
    if not scope.strip():
        return ALL
    if kind not in (REGION, CHANNEL, OUTLET) or not colon or not what.strip() or not what.isprintable():
        raise BadForm({"scope": say("region:NAME, channel:own, channel:agent, outlet:CODE, or nothing for all.")})
    return scope_of(kind, what.strip())


def scopes_of(reading: Reading, outlet: str) -> tuple[str, ...]:
    """The scopes that an outlet is in, as its row stands."""
    row = reading.find(Outlet, code=outlet)
    own = scope_of(OUTLET, outlet)
    if row is None:
        return ALL, own
    region = (scope_of(REGION, row.region),) if row.region else ()
    return ALL, *region, scope_of(CHANNEL, row.channel), own


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
