"""A run of credit control 信控批处理: all lines, a page a step, into a list (who, which stage, which sum, why spared).

What is to be done comes into editions as orders to the outlets whose lines they are: another person signs them by
approving them, line by line if they like; the outlets look again and do it (`chores.controlling`). One line has one
order in a run, and none while an earlier one of it waits. Whoever is spared a stop by the red list or abroad is called
instead; of a key account its manager is asked first. Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.credit.control_stages import STOPS
from boss_tui.components.credit.credit_control import CreditControl, Spared, Verdict
from boss_tui.components.products.suspending import ARREARS
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rules
from boss_tui.forms.typed import yuan
from boss_tui.management.kit import jobs, runs
from boss_tui.management.m03_2.checks import OWN
from data.choices import choice_name
from data.clock import new_key
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import Message, listed, say
from data.parameters import BLACKLIST_FROM
from data.statements import table_name
from data.store import Reading
from data.tables.credit import ControlStage
from data.tables.credit_control import ControlDone, ControlItem, ControlOrder
from data.tables.customer import Customer, ListedPerson
from data.tables.job import Job
from data.tables.order import Subscription

PAGE, TOLD = 200, 200
"""Lines of a step; of those who are spared so many are told one by one: all are in the list (`ControlItem`)."""
CALLED = ("red_list", "roaming")
"""What spares a line a stop, and has its owner called instead."""
_line = Subscription.table()
_LIVING = _line.c.state.in_(("active", "suspended"))
_HOW_MANY = select(func.count()).where(_LIVING)
_PAGE = select(*_line.c).where(_line.c.id > bindparam("after"), _LIVING).order_by(_line.c.id).limit(bindparam("most"))


class Found(Struct, frozen=True):
    """What a run makes of a line: the act (empty: nothing, it is spared), the stage, and why it is spared."""

    line: Subscription
    act: str
    stage: str
    at_stake: int
    spared: tuple[Spared, ...] = ()
    occasion: str = ""
    any_time: bool = False


def begin(context: Context, said: Mapping[str, str]) -> Job:
    """A run as a job, of the open business date. `said`: title, reason of its editions. NotAllowed: there is no stage
    that counts, the title is missing (`title`)."""
    day = drafts.must_be_open(context)
    if not said.get("title", "").strip():
        raise NotAllowed(say("Say in a few words what it changes."), field="title")
    if not any(row.state == "active" for row in context.tx.all(ControlStage)):
        raise NotAllowed(say("There is no stage of credit control: add one first."))
    how = {"title": said["title"], "reason": said.get("reason", ""), "day": day, "stages": _digest(context.tx)}
    begun = {"after": "", "lines": 0, "listed": 0, "acts": {}, "sums": {}, "spared": {}, "who": [], "editions": []}
    return jobs.begin_run(context, table_name(ControlOrder), how, begun, int(context.tx.scalar(_HOW_MANY)))


def step(context: Context, job: Job, rules: Rules) -> Job:
    """The next page of lines. Conflict: the stages, or the business date, are not those that it began with."""
    tx, how, said = context.tx, json.loads(job.how), json.loads(job.said)
    if how["stages"] != _digest(tx):
        raise Conflict(say("The stages have changed since this run began: begin another."))
    if how["day"] != context.business_date:
        raise Conflict(say("This run is of {day}, which is over: begin another.", day=how["day"]))
    lines = tx.models(Subscription, _PAGE, after=said["after"], most=PAGE)
    found = [each for line in lines for each in _found(context, line)]
    edits = [_order(context, job.id, each, how["day"]) if each.act else None for each in found]
    listed_ = enumerate(zip(found, edits, strict=True), said["listed"])
    tx.add_many(ControlItem, [_item(job.id, position, *pair) for position, pair in listed_])
    _count(said, found)
    said |= {"after": lines[-1].id if lines else said["after"], "listed": said["listed"] + len(found)}
    blacklisted = [_blacklisted(context, each, how["day"]) for each in found if _is_bad_debt(context.tx, each)]
    runs.into_editions(context, [*(edit for edit in edits if edit is not None), *blacklisted], how, said, rules)
    return runs.stepped(context, job, job.done + len(lines), said, over=len(lines) < PAGE)


def _found(context: Context, line: Subscription) -> Iterator[Found]:
    """What is to be done with a line, if anything: to resume it goes before its stages."""
    if _waits(context.tx, line):
        return
    control = CreditControl(context)
    stopped = [cause for cause in reversed(ARREARS) if line.state == "suspended" and control.is_stopped(line, cause)]
    if any(control.may_lift(line, cause) for cause in stopped[:1]):
        yield Found(line, "resume", "", 0)
        return
    verdict = control.judge(line)
    if verdict.due is not None:
        yield _of_stage(verdict, verdict.due.stage.row, {condition.when for condition in verdict.due.held})


def _of_stage(verdict: Verdict, row: ControlStage, held: set[str]) -> Found:
    line = verdict.subscription
    kinds = {each.kind for each in verdict.spared}
    act = row.act
    if kinds:
        act = "call" if act in STOPS and kinds & {*CALLED} else ""
    any_time = bool(row.any_time) and "limit" in held
    return Found(line, act, row.code, verdict.at_stake, verdict.spared, verdict.money.about, any_time)


def _is_bad_debt(reading: Reading, found: Found) -> bool:
    """Whether who is cancelled owes so much that they come onto our black list (management-facts 4)."""
    if found.act != "cancel" or found.at_stake <= BLACKLIST_FROM.of(reading, "M8"):
        return False
    owner = reading.one(Customer, id=found.line.customer_id)
    return not reading.all(ListedPerson, list="black", document_number=owner.document_number, source=OWN)


def _blacklisted(context: Context, found: Found, day: str) -> RowEdit:
    owner = context.tx.one(Customer, id=found.line.customer_id)
    values = {
        "list": "black",
        "document_kind": owner.document_kind,
        "document_number": owner.document_number,
        "name": owner.name,
        "reason": f"欠费销号 {yuan(found.at_stake)} 元",
        "basis": "入网协议",
        "source": OWN,
        "valid_from": day,
        "valid_to": "",
    }
    return RowEdit(table_name(ListedPerson), (new_key(context.tx.clock),), "add", values)


def _waits(reading: Reading, line: Subscription) -> bool:
    """Whether an order of an earlier run has come to nothing yet."""
    orders = reading.all(ControlOrder, subscription_id=line.id, state="active")
    return any(reading.find(ControlDone, control_order=order.id) is None for order in orders)


def _order(context: Context, run: str, found: Found, day: str) -> RowEdit:
    values = {
        "run": run,
        "outlet": found.line.outlet,
        "subscription_id": found.line.id,
        "number": found.line.number,
        "stage": found.stage,
        "act": found.act,
        "at_stake": found.at_stake,
        "occasion": found.occasion,
        "made_on": day,
        "any_time": int(found.any_time),
        "state": "active",
    }
    return RowEdit(table_name(ControlOrder), (new_key(context.tx.clock),), "add", values)


def _item(run: str, position: int, found: Found, edit: RowEdit | None) -> dict[str, Any]:
    return {
        "run": run,
        "position": position,
        "outlet": found.line.outlet,
        "number": found.line.number,
        "stage": found.stage,
        "act": found.act,
        "at_stake": found.at_stake,
        "spared": canonical([[each.kind, each.why.as_json()] for each in found.spared]) if found.spared else "",
        "control_order": str(edit.key[0]) if edit is not None else "",
    }


def _count(said: dict[str, Any], found: Sequence[Found]) -> None:
    """How many come to which stage, with which sum; how many are spared, and by what."""
    for each in found:
        if each.act:
            said["acts"][each.act] = said["acts"].get(each.act, 0) + 1
            said["sums"][each.act] = said["sums"].get(each.act, 0) + each.at_stake
        for kind in dict.fromkeys(one.kind for one in each.spared):
            said["spared"][kind] = said["spared"].get(kind, 0) + 1
        if each.spared and len(said["who"]) < TOLD:
            why = [[one.kind, one.why.as_json()] for one in each.spared]
            said["who"].append([each.line.number, each.stage, each.at_stake, each.act, why])


def told(job: Job) -> list[Message]:
    """How many lines were looked at, into which editions it came; by act, how many with which sum; who is spared."""
    said = json.loads(job.said)
    numbers = ", ".join(f"#{number}" for _, number in said["editions"])
    if said["editions"]:
        first = say(
            "{n} {n:line was|lines were} looked at, {orders} are in edition {numbers}: another person signs it.",
            n=job.done,
            orders=said["lines"],
            numbers=numbers,
        )
    else:
        first = say("{n} {n:line was|lines were} looked at: nothing is to be done.", n=job.done)
    acts = [
        say(
            "{act}: {n}, {yuan} yuan",
            act=choice_name(table_name(ControlOrder), "act", act),
            n=n,
            yuan=yuan(said["sums"][act]),
        )
        for act, n in said["acts"].items()
    ]
    spared = [
        say("spared, {kind}: {n}", kind=choice_name("credit_exemption", "kind", kind), n=n)
        for kind, n in said["spared"].items()
    ]
    return [first, *acts, *spared, *(_who(*each) for each in said["who"])]


def _who(number: str, stage: str, at_stake: int, act: str, why: list[list[Any]]) -> Message:
    """A line that is spared a stage, and why; whether its owner is called instead."""
    reasons = listed(Spared(kind, Message.from_json(told_)).in_words for kind, told_ in why)
    sum_ = yuan(at_stake)
    if act:
        return say("{number}, {stage}, {yuan} yuan: called; {why}", number=number, stage=stage, yuan=sum_, why=reasons)
    return say("{number}, {stage}, {yuan} yuan: spared; {why}", number=number, stage=stage, yuan=sum_, why=reasons)


def _digest(reading: Reading) -> str:
    """Of the stages as they stand."""
    rows = reading.all(ControlStage, order=("code",))
    return hashlib.sha256(canonical([[row.code, row.revision] for row in rows]).encode()).hexdigest()
