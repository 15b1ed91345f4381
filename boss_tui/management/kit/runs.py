"""What runs of a subject's rules share: what they find comes into editions; each step says how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit.jobs import logged
from data.journal import canonical
from data.message import say
from data.tables.job import Job


def into_editions(
    context: Context, lines: list[RowEdit], how: Mapping[str, str], said: dict[str, Any], rules: Rules
) -> None:
    """Lines into the run's edition; into a new one, where that is full. `how`: their title, reason, effective_from.

    `said`: what came of the run so far; its `lines` and `editions` (key and number of each) go on with it.
    """
    while lines:
        room = MOST_LINES - said["lines"] % MOST_LINES
        if room == MOST_LINES:
            part = len(said["editions"]) + 1
            edition = drafts.new(
                context,
                title=how["title"] if part == 1 else f"{how['title']} ({part})",
                reason=how.get("reason", ""),
                effective_from=how.get("effective_from", ""),
            )
            said["editions"] = [*said["editions"], [edition.id, edition.number]]
        drafts.put_lines(context, said["editions"][-1][0], lines[:room], rules)
        said["lines"] += len(lines[:room])
        lines = lines[room:]


def stepped(context: Context, job: Job, done: int, said: Mapping[str, Any], *, over: bool) -> Job:
    """A step is done: how far the run is now (`done`, of all that it is over), what came of it so far."""
    tx = context.tx
    return tx.change(
        job,
        done=done,
        total=done if over else max(done, job.total),
        said=canonical(said),
        state="done" if over else "running",
        fault="",
        changed_at=tx.now(),
        log=logged(tx, job, say("done"), done) if over else job.log,
    )
