"""How many papers wait at the printers, asked again and again by every counter: in the same time however many wait.

What a printer holds up (it is sent, refused, unknown) is little, and has an index of its own. What waits may be very
much after a day without paper: beyond `MOST` it is not counted on.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, func, literal, select, text

from data.states import MOST
from data.store import Reading
from data.tables.sync import HELD_UP, UNSETTLED, PrintJob

_jobs = PrintJob.table()
_HELD_UP = (
    select(_jobs.c.printer, _jobs.c.state, func.count())
    .where(text(f"print_job.{HELD_UP}"))  # in the index's own words, so that it is used
    .group_by(_jobs.c.printer, _jobs.c.state)
)
_some = select(literal(1)).select_from(_jobs).where(text(f"print_job.{UNSETTLED}"))
_OF_ALL = select(func.count()).select_from(_some.limit(MOST).subquery())
_OF_ONE = select(func.count()).select_from(_some.where(_jobs.c.printer == bindparam("printer")).limit(MOST).subquery())

HeldUp = Mapping[tuple[str, str], int]


def held_up(reading: Reading) -> HeldUp:
    """Papers by printer and state that are sent, refused or unknown."""
    return {(printer, state): count for printer, state, count in reading.rows(_HELD_UP)}


def waiting(reading: Reading, held: HeldUp, printer: str = "") -> int:
    """Papers that wait at a printer (empty: at all of them), those that it refused with them; `MOST` at most."""
    asked = reading.scalar(_OF_ONE, printer=printer) if printer else reading.scalar(_OF_ALL)
    found = int(asked)
    if found >= MOST:
        return MOST
    return found - sum(n for (at, state), n in held.items() if printer in ("", at) and state != "refused")
