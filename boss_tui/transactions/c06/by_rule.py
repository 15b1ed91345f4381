"""C6 as credit control (M8) does it, without anybody at the counter: a stop for arrears is set, or lifted.

What the network is told, and how the order ends, is as of any other order of C6 (`suspend`).
"""

from __future__ import annotations

from boss_tui.business.process import Run
from boss_tui.transactions.c06.form import EXTENTS
from boss_tui.transactions.c06.suspend import bar, unbar
from data.tables.life import Suspension
from data.tables.order import Subscription

CAUSE_OF = {"stop_outgoing": "arrears_outgoing", "stop_all": "arrears_all", "precancel": "arrears_kept"}
"""The cause that an act of credit control sets, the milder one first."""


def stop(run: Run, line: Subscription, cause: str, why: str) -> Suspension:
    """Bar a line for a cause from now on. `why`: the stage."""
    before = run.products.causes(line.id)
    extent = EXTENTS.get(cause, "all")
    planned = run.products.cause(line.id, cause)
    if planned is not None:
        new = run.products.begin(planned)
    else:
        new = run.products.suspend(line, cause, extent=extent, starts=run.context.today, ends=None, reason=why)
    bar(run, line, before, new)
    return new


def lift(run: Run, line: Subscription, known: Suspension) -> None:
    """A cause is gone: what the others bar stays barred."""
    unbar(run, line, run.products.causes(line.id), known)
