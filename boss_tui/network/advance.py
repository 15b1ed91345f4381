"""What follows from answers: a work order is done, goes on, asks the element, is taken back, or fails.

Decided from the rows of one work order alone, so that it comes out the same whenever and by whomever it is looked at.
What is unknown is asked for and compared, never sent again blindly (design 7).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select

from boss_tui.network import rows
from boss_tui.network.expected import asked_by, shown
from boss_tui.network.queue import query_text
from boss_tui.network.receive import record_of
from boss_tui.network.rows import batches, commands, values_of
from boss_tui.network.tables import dialect_in_force
from data.clock import stamp
from data.errors import BossError
from data.message import Message, say
from data.parameters import NETWORK_TRIES
from data.store import Store, UnitOfWork
from data.tables.network import NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder

BACK_OFF = (10, 60, 300, 900)
"""Seconds before the second try, the third, …; the last holds for all after it."""
AT_ONCE = 500
OLD_REFUSAL = 2
_KEY_SAYS = {"key_exists": "key", "no_key": "no_key"}

Rows = Sequence[NetworkCommand]

_OVERDUE = (
    select(*commands.columns)
    .select_from(commands.join(batches, batches.c.id == commands.c.batch_id))
    .where(
        commands.c.state == "sent",
        commands.c.closed == 0,
        commands.c.due_at <= bindparam("moment"),
        batches.c.state != "built",
    )
    .order_by(commands.c.due_at, commands.c.number)
    .limit(AT_ONCE)
)
_NEWS = (
    select(commands.c.work_order_id)
    .where(commands.c.news == 1, commands.c.closed == 0)
    .group_by(commands.c.work_order_id)
    .order_by(commands.c.work_order_id)
    .limit(AT_ONCE)
)


def overdue(store: Store, outlet: str) -> bool:
    """What was sent and not answered within the process's time is unknown now. Answers whether there was any."""
    moment = stamp(store.clock.now())
    with store.reading() as reading:
        if not reading.models(NetworkCommand, _OVERDUE, moment=moment):
            return False
    with store.transaction(rows.author(outlet)) as tx:
        late = tx.models(NetworkCommand, _OVERDUE, moment=moment)
        for command in late:
            if command.work_order_id:
                tx.change(command, state="unknown", news=1)
            else:
                tx.change(command, state="cancelled", closed=1)
    return bool(late)


def advance(store: Store, outlet: str) -> bool:
    """Look at every work order that has news. Answers whether there was any."""
    with store.reading() as reading:
        found = [work_order_id for (work_order_id,) in reading.rows(_NEWS)]
    for work_order_id in found:
        advance_one(store, outlet, work_order_id)
    return bool(found)


def advance_one(store: Store, outlet: str, work_order_id: str) -> None:
    """Decide one work order, in one transaction; its end is journalled with the order's serial."""
    with store.reading() as reading:
        order = reading.one(WorkOrder, id=work_order_id)
        product_order = reading.one(ProductOrder, id=order.order_id)
    with store.transaction(rows.author_for(outlet, product_order)) as tx:
        order = tx.one(WorkOrder, id=work_order_id)
        held = tx.all(NetworkCommand, work_order_id=work_order_id, closed=0, order=("number",))
        if any(command.news for command in held):
            for command in held:
                tx.change(command, news=0)
            Decision(tx, outlet, order).decide()


class Decision:
    """One look at one work order, within a transaction."""

    def __init__(self, tx: UnitOfWork, outlet: str, order: WorkOrder) -> None:
        self.tx, self.outlet, self.order = tx, outlet, order
        self.held: Rows = ()
        self._read()

    def _read(self) -> None:
        self.held = self.tx.all(NetworkCommand, work_order_id=self.order.id, closed=0, order=("number",))

    def _latest(self, purpose: str) -> list[NetworkCommand]:
        """The last command of each step, in the order of the steps."""
        found = {command.step: command for command in self.held if command.purpose == purpose}
        return [found[step] for step in sorted(found)]

    def decide(self) -> None:
        """Do what has to be done next, or nothing while something is still on its way."""
        self._doubt_refusals()
        if _has(self._latest("act"), "unknown"):
            self._compare()
        acts, undo = self._latest("act"), self._latest("undo")
        if _has([*acts, *undo], "queued", "sent"):
            return
        if _has(acts, "unknown"):
            self._ask()
            return
        self._drop_queries()
        failed = [command for command in acts if command.state == "failed"]
        if undo:
            self._taken_back(undo, failed)
        elif not failed:
            rows.finish(self.tx, self.order, self.order.element)
        elif _again(self.tx, failed[0]):
            self._send_again(failed)
        else:
            self._take_back(acts, failed[0])

    # unknown

    def _doubt_refusals(self) -> None:
        """A line that was sent again is refused: either what came before it acted after all, or it is refused indeed.

        A key that is there (or is gone) already says so itself; for all else the element is asked once more.
        """
        for command in self._latest("act"):
            if command.state == "failed" and command.doubtful == 1 and not command.answer_retry:
                if _KEY_SAYS.get(command.answer_meaning, "-") in json.loads(command.wants):
                    self.tx.change(command, state="answered")
                else:
                    self.tx.change(command, state="unknown", doubtful=OLD_REFUSAL)
        self._read()

    def _compare(self) -> None:
        """Compare what is unknown with what the element showed since."""
        unknown = [command for command in self._latest("act") if command.state == "unknown"]
        query = self._query(unknown)
        there = query is not None and query.state == "answered"
        nobody = query is not None and query.state == "failed" and query.answer_meaning == "no_subscriber"
        if query is None or not (there or nobody) or _has(self.held, "sent"):
            return
        for command in unknown:
            self._judge(command, shown(json.loads(command.wants), record_of(query)))
        for batch_id in sorted({command.batch_id for command in unknown if command.batch_id}):
            rows.recount(self.tx, batch_id)
        self._read()

    def _query(self, unknown: Rows) -> NetworkCommand | None:
        """The last query that was asked after all this became unknown."""
        last = max(command.number for command in unknown)
        return next((c for c in reversed(self.held) if c.purpose == "query" and c.number > last), None)

    def _judge(self, command: NetworkCommand, verdict: bool | None) -> None:
        """Settle one unknown command by what the element showed: done, not done, or not to be told.

        A card's key shows in no record: it is loaded (or removed) again, and an element that has it (or has it no more)
        then says so.
        """
        wants, now = json.loads(command.wants), self.tx.now()
        if verdict:
            told = str(rows.REASONS["confirmed"])
            self.tx.change(command, state="answered", answered_at=now, answer_meaning="done", answer_text=told)
        elif command.doubtful < OLD_REFUSAL and (verdict is False or {"key", "no_key"} & set(wants)):
            told = str(rows.REASONS["absent"])
            self.tx.change(
                command, state="failed", answered_at=now, answer_retry=1, answer_meaning="unknown", answer_text=told
            )
        else:
            self.tx.change(command, state="failed", answered_at=now, answer_retry=0)

    def _ask(self) -> None:
        """Ask the element, unless a question is under way; after too many a person has to look."""
        unknown = [command for command in self._latest("act") if command.state == "unknown"]
        last = max(command.number for command in unknown)
        asked = [c for c in self.held if c.purpose == "query" and c.number > last]
        if _has(asked, "queued", "sent"):
            return
        text = self._question()
        if not text or len(asked) >= NETWORK_TRIES.of(self.tx):
            rows.fail(self.tx, self.order, say("Whether the element did it could not be found out."))
            return
        later = _later(self.tx, len(asked)) if asked else ""
        rows.follow(self.tx, self.outlet, unknown[0], purpose="query", command=text, not_before=later)

    def _question(self) -> str:
        try:
            asked = asked_by(values_of(self.order))
            element = self.tx.one(NetworkElement, code=self.order.element)
            return query_text(dialect_in_force(self.tx, element.dialect, "query"), asked)
        except BossError:  # a template without a question: the caller says that nothing could be found out
            return ""

    def _drop_queries(self) -> None:
        """Nothing is unknown any more: questions that wait need not be asked."""
        for command in self.held:
            if command.purpose == "query" and command.state == "queued":
                self.tx.change(command, state="cancelled")

    # refused

    def _send_again(self, failed: Rows) -> None:
        """Send the first line that failed again, and what failed after it, perhaps for want of it."""
        later = _later(self.tx, failed[0].attempts)
        for command in failed:
            doubtful = int(command.answer_meaning == "unknown" or command.doubtful == 1)
            rows.follow(
                self.tx,
                self.outlet,
                command,
                purpose=command.purpose,
                step=command.step,
                command=command.command,
                undo=command.undo,
                wants=command.wants,
                attempts=command.attempts,
                not_before=later,
                doubtful=doubtful,
            )

    def _take_back(self, acts: Rows, first: NetworkCommand) -> None:
        """Take back what was done, the last first (domain-facts 1.4); with nothing to take back it has failed."""
        done = [command for command in reversed(acts) if command.state == "answered"]
        lines = [(command, line) for command in done for line in json.loads(command.undo)]
        for step, (command, line) in enumerate(lines, 1):
            rows.follow(self.tx, self.outlet, command, purpose="undo", step=step, command=line)
        if not lines:
            rows.fail(self.tx, self.order, refusal(first))

    def _taken_back(self, undo: Rows, failed: Rows) -> None:
        """What was done is taken back, or can't be."""
        left = [command for command in undo if command.state != "answered"]
        if left and left[0].state == "failed" and _again(self.tx, left[0]):
            self._send_again([command for command in left if command.state == "failed"])
        elif left:
            why = say(
                "{why} What had been done could not all be taken back: look at the element.", why=refusal(failed[0])
            )
            rows.fail(self.tx, self.order, why)
        else:
            rows.fail(self.tx, self.order, refusal(failed[0]))


def _has(held: Sequence[NetworkCommand], *states: str) -> bool:
    return any(command.state in states for command in held)


def _again(tx: UnitOfWork, command: NetworkCommand) -> bool:
    return bool(command.answer_retry) and command.attempts < NETWORK_TRIES.of(tx)


def _later(tx: UnitOfWork, attempts: int) -> str:
    seconds = BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]
    return stamp(tx.clock.now() + timedelta(seconds=seconds))


def refusal(command: NetworkCommand) -> Message:
    """Why a command was refused, as a person reads it."""
    if not command.answer_code:
        return say("Whether the element did it could not be found out.")
    return say("The element refused: {code} {text}", code=command.answer_code, text=command.answer_text)
