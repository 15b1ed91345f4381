"""The command that shows whether the machine's clock can be right, and takes a supervisor's word for it: `clock`."""

from __future__ import annotations

import typer

from boss_tui.commands.at_work import AtWork, approver_password, by_operator
from boss_tui.commands.options import ApproverOption, JsonOption
from boss_tui.commands.shared import show_facts
from data.clock import on_the_wall, stamp
from data.errors import ClockDoubted
from data.message import say

app = typer.Typer()
_LABELS = {"now": say("This PC's clock"), "doubt": say("Doubt")}


@app.command()
@by_operator
def clock(work: AtWork, approver: ApproverOption = "", as_json: JsonOption = False) -> None:
    """Whether this PC's clock can be right; with --approver a supervisor vouches for it, and work goes on.

    Ends with 1 while it is doubted: by the journal's last entry, or by headquarters' clock.
    """
    if approver:
        work.desk.trust.vouch_for_clock(approver, approver_password(approver))
    why = work.desk.queues.counts().clock
    now = on_the_wall(stamp(work.store.clock.now()))
    show_facts({"now": now, "doubt": why}, _LABELS, as_json)
    if why is not None:
        raise ClockDoubted(why)
