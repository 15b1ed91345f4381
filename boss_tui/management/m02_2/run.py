"""A run of the questions of all businesses against their orders of the past, before they count: a page a step.

What the manager's own draft would change counts as if it stood already. Services of others are not asked: an order of
the past is no ground to tell them of anybody. Nothing is changed. Source: catalogue M2.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.qualification.eligibility import Eligibility
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rehearsal import as_if
from boss_tui.editions.standing import day_of, lines_of
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import jobs, runs, working
from boss_tui.management.past_orders import NOW, how_many, past_orders
from data.errors import NotAllowed
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.eligibility import BusinessInterface
from data.tables.job import Job

MOST = 500
"""Orders of each business."""
STEP = 25
"""Orders that one transaction looks at: nobody waits for it long."""
NAMED = 200
"""Orders that are told of by name; all are counted, and kept with the job is no more than fits a step's row."""
_SUBJECTS = ("M2.1", "M2.2")


def begin(context: Context, _said: Mapping[str, str]) -> Job:
    """A run as a job. NotAllowed: no business asks anything, or none of them was ever done."""
    tx = context.tx
    today = drafts.must_be_open(context)
    day = max([day_of(each, today) for each in _drafts(tx, context.operator)], default=today)
    with as_if(tx, _lines(tx, context.operator), today, day):
        asking = sorted({row.business for row in tx.all(BusinessInterface)})
    of = {code: n for code in asking if (n := how_many(tx, code, MOST))}
    if not of:
        raise NotAllowed(say("There are no orders of businesses that ask anything."))
    begun = {"left": list(of), "before": list(NOW), "of": of, "seen": {}, "refused": {}, "override": {}, "named": []}
    return jobs.begin_run(context, table_name(BusinessInterface), {"day": day}, begun, sum(of.values()))


def step(context: Context, job: Job, _rules: Rules) -> Job:
    """The next orders of the business that is looked at; then the next business."""
    tx, said = context.tx, json.loads(job.said)
    code = said["left"][0]
    room = min(STEP, said["of"][code] - said["seen"].get(code, 0))
    today = drafts.must_be_open(context)
    looked = 0
    with as_if(tx, _lines(tx, context.operator), today, max(json.loads(job.how)["day"], today)):
        for order, at, applicant in past_orders(context, code, room, tuple(said["before"])):
            looked += 1
            said["before"] = [order.created_at, order.id]
            answer = Eligibility(at).ask(applicant)
            if answer.verdict == "yes":
                continue
            kind = "refused" if answer.verdict == "no" else "override"
            said[kind][code] = said[kind].get(code, 0) + 1
            if len(said["named"]) < NAMED:
                told = answer.reasons[0].message.as_json()
                said["named"].append([code, order.serial, order.business_date, told])
    said["seen"][code] = said["seen"].get(code, 0) + looked
    if looked < room or said["seen"][code] >= said["of"][code]:
        said["left"], said["before"] = said["left"][1:], list(NOW)
    return runs.stepped(context, job, job.done + looked, said, over=not said["left"])


def told(job: Job) -> Sequence[Message]:
    """How many would have been refused, in all and by business; the first of them."""
    said: dict[str, Any] = json.loads(job.said)
    first = say(
        "{refused} of {n} {n:order|orders} would have been refused, {override} would have needed a supervisor.",
        refused=sum(said["refused"].values()),
        override=sum(said["override"].values()),
        n=sum(said["seen"].values()),
    )
    by = [
        say(
            "{code}: {refused} of the last {n} refused, {override} by a supervisor",
            code=code,
            refused=said["refused"].get(code, 0),
            override=said["override"].get(code, 0),
            n=n,
        )
        for code, n in said["seen"].items()
    ]
    named = [
        say("{code} {serial} of {day}: {why}", code=code, serial=serial, day=day, why=Message.from_json(why))
        for code, serial, day, why in said["named"]
    ]
    more = sum(said["refused"].values()) + sum(said["override"].values()) - len(named)
    return [first, *by, *named, *([say("and {n} more", n=more)] if more > 0 else [])]


def _drafts(reading: Reading, staff_no: str) -> list[Any]:
    found = (working.open_draft(reading, code, staff_no) for code in _SUBJECTS)
    return list({draft.id: draft for draft in found if draft is not None}.values())


def _lines(reading: Reading, staff_no: str) -> dict[int, RowEdit]:
    """What the manager's drafts would change."""
    lines = [line for draft in _drafts(reading, staff_no) for line in lines_of(reading, draft.id).values()]
    return dict(enumerate(lines))
