"""Every number of a range that is used is a paper's: none is skipped, none comes twice (F9).

A number that was spoiled is a paper too, which is void and says why. Of a range that is not here as the entry found it
nothing is said: that is told elsewhere (`sync.effects`). Whose the numbers are: `stock`. `boss verify` holds the same
over the whole store (`ranges`). Source: catalogue F9, M9; design 5.4; in the hall:
`boss_tui.components.documents.number_stock`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from data.tables.document import DocumentRange

TABLE = "document_range"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The ranges of an entry that move on by other numbers than those of its papers."""
    papers = told.added.get("paper_document", ())
    numbers = defaultdict[str, list[int]](list)
    for paper in papers:
        numbers[paper["range_id"]].append(paper["number"])
    moves = {row["id"]: (row["first_number"], row["next_number"]) for row in told.added.get(TABLE, ())}
    for change in told.changed.get(TABLE, ()):
        key = change.key[0]
        here = known.row(DocumentRange, key) if key not in moves else None
        if here is not None and here["revision"] == change.base:
            moves[key] = (here["next_number"], here["next_number"])
        if key in moves:
            moves[key] = (moves[key][0], change.values.get("next_number", moves[key][1]))
    stale = {change.key[0] for change in told.changed.get(TABLE, ())} - moves.keys()
    for key in moves.keys() | numbers.keys() - stale:
        before, after = moves.get(key, (0, 0))
        used = sorted(numbers[key])
        if len(used) != after - before or (used and (used[0], used[-1]) != (before, after - 1)):
            yield Fault("sums", {"what": f"{TABLE} {key}: {before} → {after}", "table": TABLE})
