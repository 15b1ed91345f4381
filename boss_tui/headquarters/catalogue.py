"""Handing the catalogue down: one part of it as a whole, with a content hash and the business date it counts from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.office import author
from boss_tui.sync.items import CATALOGUE, content_hash
from boss_tui.sync.rows import shared_table
from data.errors import NotFound
from data.message import say
from data.statements import keys
from data.store import Reading, Store


def snapshot(reading: Reading, part: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a part of the catalogue, by table, in the order of their keys."""
    found = {}
    for name in CATALOGUE[part]:
        model = shared_table(name)
        found[name] = [dict(row.__dict__) for row in reading.all(model, order=keys(model))]
    return found


def hand_down_catalogue(
    store: Store, outlets: Iterable[str], parts: Iterable[str] = tuple(CATALOGUE), *, effective_from: str = ""
) -> None:
    """Publish parts of the catalogue to outlets, each as one item; it replaces what is older there, all at once.

    `effective_from`: the business date from which it counts; empty is at once. NotFound for a part that there is not.
    """
    wanted = tuple(parts)
    unknown = [part for part in wanted if part not in CATALOGUE]
    if unknown:
        raise NotFound(say("There is no part {part} of the catalogue.", part=unknown[0]))
    with store.reading() as reading:
        bodies = [_body(reading, part, effective_from) for part in wanted]
    for outlet in outlets:
        with store.transaction(author(outlet, "catalogue"), journalled=False, lock=outlet) as tx:
            for body in bodies:
                publish(tx, outlet, "catalogue", body)


def _body(reading: Reading, part: str, effective_from: str) -> dict[str, Any]:
    rows = snapshot(reading, part)
    return {"part": part, "rows": rows, "hash": content_hash(rows), "effective_from": effective_from}
