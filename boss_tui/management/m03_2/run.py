"""A run of the rules of classification 批量分类: all customers, a page a step; who moves comes into editions.

What it finds counts when the editions are approved, as anything else that a manager changes; until then it can be
looked at line by line, and given up. Source: catalogue M3.2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import func, select

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import jobs, runs
from boss_tui.management.m03_2.classifying import looked_at, rules_on
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.billing import CustomerBill
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
    total = int(context.tx.scalar(_HOW_MANY))
    return jobs.begin_run(context, table_name(CustomerClass), how, begun, total)


def step(context: Context, job: Job, rules: Rules) -> Job:
    """The next page of customers. Conflict: the rules have changed since the run began."""
    tx, how, said = context.tx, json.loads(job.how), json.loads(job.said)
    if how["rules"] != _digest(tx):
        raise Conflict(say("The rules have changed since this run began: begin another."))
    context.use_rows(CustomerBill)
    found = looked_at(tx, rules_on(tx, how["day"]), how["day"], after=said["after"])
    moves, kept = dict(said["moves"]), said["kept"] + found.kept
    for (before, after), n in found.counts.items():
        moves[f"{before} -> {after}"] = moves.get(f"{before} -> {after}", 0) + n
    said |= {"after": found.last, "moves": moves, "kept": kept}
    runs.into_editions(context, [move.line for move in found.moves], how, said, rules)
    return runs.stepped(context, job, job.done + found.customers, said, over=not found.last)


def told(job: Job) -> list[Message]:
    """How many move, into which edition; from which category into which; whom a person has classified."""
    said = json.loads(job.said)
    numbers = ", ".join(f"#{number}" for _, number in said["editions"])
    if not numbers:
        first = say("{n} {n:customer was|customers were} looked at: all are as the rules say.", n=job.done)
    else:
        first = say(
            "{n} {n:customer was|customers were} looked at, {moves} move: edition {numbers}, to be submitted.",
            n=job.done,
            moves=said["lines"],
            numbers=numbers,
        )
    ways = [say("{way}: {n}", way=way, n=n) for way, n in said["moves"].items()]
    return [first, *ways, say("by hand, kept: {n}", n=said["kept"])]


def _digest(reading: Reading) -> str:
    """Of the rules as they stand."""
    rows = reading.all(ClassRule, order=("code",))
    return hashlib.sha256(canonical([[row.code, row.revision] for row in rows]).encode()).hexdigest()
