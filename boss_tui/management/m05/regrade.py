"""Free numbers graded anew 重新分级, page by page, by the patterns that stand: those that nobody has sold yet, and that
the office holds. What an outlet holds keeps the grade that it was handed with, what is in use the one that it was sold
with (management-facts 5.1).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.resources.grading import grader
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import jobs
from boss_tui.management.kit.runs import stepped
from boss_tui.management.kit.subject import RuleRun
from boss_tui.management.m05.number_stock import NUMBERS
from boss_tui.management.stock_events import events
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.job import Job
from data.tables.resource import PhoneNumber

STEP = 5_000
_n = PhoneNumber.table()
_FREE = (_n.c.outlet == "", _n.c.state == "idle")
_COUNT = select(func.count()).where(*_FREE)
_PAGE = (
    select(_n.c.number, _n.c.grade, _n.c.revision)
    .where(*_FREE, _n.c.number > bindparam("after"))
    .order_by(_n.c.number)
    .limit(STEP)
)


def begin(context: Context, said: Mapping[str, str]) -> Job:
    """A run over all free numbers of the office. NotAllowed: there is none."""
    del said
    total = int(context.tx.scalar(_COUNT))
    if not total:
        raise NotAllowed(say("No number is free here."))
    return jobs.begin_run(context, NUMBERS.name, {}, {"after": "", "moves": {}}, total)


def step(context: Context, job: Job, rules: Rules) -> Job:
    """The next page. A number that no pattern fits keeps its grade."""
    del rules
    tx, said = context.tx, json.loads(job.said)
    found, grade_of = tx.rows(_PAGE, after=said["after"]), grader(context.tx)
    moves = [
        (number, grade, new, revision)
        for number, grade, revision in found
        if (new := grade_of(number)) and new != grade
    ]
    if moves:
        with tx.received():
            tx.change_many(
                PhoneNumber,
                [((number,), revision, {"grade": new, "revision": revision + 1}) for number, _, new, revision in moves],
            )
        events(context.tx, "number", "graded", [(number, grade, new) for number, grade, new, _ in moves])
    counts = Counter(said["moves"]) + Counter(f"{grade} -> {new}" for _, grade, new, _ in moves)
    over = len(found) < STEP
    after = found[-1][0] if found else said["after"]
    return stepped(context, job, job.done + len(found), {"after": after, "moves": dict(counts)}, over=over)


def told(job: Job) -> Sequence[Message]:
    """How many were looked at, and which grades changed."""
    moves = json.loads(job.said)["moves"]
    first = say(
        "{n} {n:number was|numbers were} looked at, {moved} graded anew.", n=job.done, moved=sum(moves.values())
    )
    return [first, *(say("{what}: {n}", what=what, n=n) for what, n in moves.items())]


REGRADE = RuleRun(say("Grade free numbers anew"), begin, step, told, asks=())
