"""Boxes on their way: pieces go into one, and come out of one, by a count of a note that two people of that end signed.

Source: management-facts 5.4; what the counts come to: `boss_tui.headquarters.transfers`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from boss_tui.sync.scarce import IN_TRANSIT, LYING, PIECES
from boss_tui.sync.transfers import ON_ITS_WAY, SENDABLE
from data.journal import Change
from data.statements import table_name
from data.tables.transfer import TransferNote

_OF = {table_name(PIECES[kind].model): PIECES[kind] for kind in LYING}


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's boxes does not go with its notes."""
    counted = set[tuple[str, str]]()
    for count in told.added.get("transfer_count", ()):
        note = known.row(TransferNote, count["note_id"])
        table = table_name(PIECES[note["kind"]].model) if note is not None else ""
        moved = {str(change.key[0]): change for change in told.changed.get(table, ()) if _moves(known, table, change)}
        counted |= {(table, piece) for piece in moved}
        if note is None or not _fits(known, told, note, count, moved):
            yield Fault("stock", {"what": f"transfer_count {count['note_id']}", "table": "transfer_count"})
    for table in _OF.keys() & told.changed.keys():
        for change in told.changed[table]:
            if _moves(known, table, change) and (table, str(change.key[0])) not in counted:
                yield Fault("stock", {"what": f"{table} {change.key[0]}", "table": table})


def _moves(known: Known, table: str, change: Change) -> bool:
    """Whether a change puts a piece into a box, or takes it out of one."""
    after = change.values.get("state")
    if after is None:
        return False
    here = known.row(_OF[table].model, *change.key)
    return bool(after == IN_TRANSIT or (here is not None and here["state"] == IN_TRANSIT))


def _fits(known: Known, told: Claim, note: Row, count: Row, moved: dict[str, Change]) -> bool:
    """Whether a count is of its note's end, signed by two, and tells of the pieces that moved and of no others."""
    listed = _listed(count["listed"])
    signed = count["approved_by"] not in ("", count["counted_by"]) and count["pieces"] == len(moved)
    if listed is None or not signed:
        return False
    about, outlet = PIECES[note["kind"]], told.entry.outlet
    rows = [(change, known.row(about.model, piece)) for piece, change in moved.items()]
    if count["end_of"] == "sent":
        its_end = note["sender"] == outlet and note["state"] in SENDABLE and 0 < len(listed) <= note["pieces"]
        sort = about.sort_of(note["of"]) if note["of"] else None
        return (
            its_end
            and listed == moved.keys()
            and all(
                row is not None
                and change.values["state"] == IN_TRANSIT
                and row["state"] == about.free
                and (sort is None or row[about.sort] == sort)
                and note["from_lease"] in ("", row["lease_id"])
                for change, row in rows
            )
        )
    its_end = note["receiver"] == outlet and note["state"] in ON_ITS_WAY and not listed & moved.keys()
    return its_end and all(
        row is not None
        and change.values["state"] == about.free
        and row["state"] == IN_TRANSIT
        and row["lease_id"] == note["lease_id"]
        for change, row in rows
    )


def _listed(text: str) -> frozenset[str] | None:
    """The serials of a count; None where they are no list of such, or one is there twice."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(serial, str) for serial in found):
        return None
    return frozenset(found) if len(set(found)) == len(found) else None
