"""A run of the rules of classification 批量分类: all customers, a page a step; who moves comes into editions.

What it finds counts when the editions are approved, as anything else that a manager changes; until then it can be
looked at line by line, and given up. Source: catalogue M3.2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import jobs
from boss_tui.management.m03_classifying import looked_at, rules_on
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.customer import ClassRule, Customer, CustomerClass
from data.tables.job import Job

_customer = Customer.table()
_HOW_MANY = select(func.count()).where(_customer.c.state != "closed")


def begin(context: Context, said: Mapping[str, str]) -> Job:
    """A run as a job. `said`: title, reason, effective_from of its editions. NotAllowed: there is no rule that counts,
    the title is missing (`title`), the date is over (`effective_from`)."""
    day = drafts.a_later_day(said.get("effective_from", ""), drafts.must_be_open(context)) or context.business_date
    if not said.get("title", "").strip():
        raise NotAllowed(say("Say in a few words what it changes."), field="title")
    if not rules_on(context.tx, day):
        raise NotAllowed(say("There is no rule that counts on {day}.", day=day))
    how = {**said, "day": day, "rules": _digest(context.tx)}
    begun = {"after": "", "lines": 0, "kept": 0, "moves": {}, "editions": []}
    total = int(context.tx.scalar(_HOW_MANY) or 0)
    return jobs.begin_run(context, table_name(CustomerClass), how, begun, total)


def step(context: Context, job: Job, rules: Rules) -> Job:
    """The next page of customers. Conflict: the rules have changed since the run began."""
    tx, how, said = context.tx, json.loads(job.how), json.loads(job.said)
    if how["rules"] != _digest(tx):
        raise Conflict(say("The rules have changed since this run began: begin another."))
    found = looked_at(tx, rules_on(tx, how["day"]), how["day"], after=said["after"])
    moves, kept = dict(said["moves"]), said["kept"] + found.kept
    for (before, after), n in found.counts.items():
        moves[f"{before} -> {after}"] = moves.get(f"{before} -> {after}", 0) + n
    said |= {"after": found.last, "moves": moves, "kept": kept}
    _put(context, [move.line for move in found.moves], how, said, rules)
    done = job.done + found.customers
    state = "running" if found.last else "done"
    return tx.change(
        job,
        done=done,
        total=max(done, job.total) if found.last else done,
        said=canonical(said),
        state=state,
        fault="",
        changed_at=tx.now(),
    )


def _put(context: Context, lines: list[RowEdit], how: Mapping[str, str], said: dict[str, Any], rules: Rules) -> None:
    """Lines into the run's edition; into a new one, where that is full."""
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


def _digest(reading: Reading) -> str:
    """Of the rules as they stand."""
    rows = reading.all(ClassRule, order=("code",))
    return hashlib.sha256(canonical([[row.code, row.revision] for row in rows]).encode()).hexdigest()
