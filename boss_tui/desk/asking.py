"""Services of others are asked for a form 远程核查 (catalogue F1, M2.1): outside of any transaction, beside the screen.

A step that wants an answer leaves its question here; whoever has the form on the screen lets it be asked, and takes
the step again. What is under way is asked once, whoever waits for it; what a clerk gives up goes by the offline rule,
unless the answer comes after all before the form is completed. What was asked when the program was killed is asked
again under the same key.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct, field

from boss_tui.answers.business import AskedView
from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.base import Context
from boss_tui.components.qualification import questions
from boss_tui.desk.seat import Seat
from data.clock import stamp
from data.errors import Conflict
from data.journal import Author
from data.message import Message, both, say
from data.tables.eligibility import Interface
from data.tables.order import Draft

T = TypeVar("T")
KIND = "draft"
_ROUNDS = 3
"""So often may asking bring up a question that nobody has asked yet."""


class Unasked(Exception):
    """Within a transaction: a form can't be completed before questions of it are asked; nothing of it is kept."""

    def __init__(self, draft_id: str, wanting: Iterable[Question]) -> None:
        super().__init__(draft_id)
        self.draft_id, self.wanting = draft_id, tuple(wanting)


class _UnderWay(Struct):
    """A question that is being asked. `stop`: nobody waits any more; `ended`: nobody need wait."""

    question: Question
    draft_id: str
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    fault: BaseException | None = None


class Asking:
    """The part of the desk that asks services of others."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._lock = threading.Lock()
        self._open: dict[str, tuple[Question, ...]] = {}
        self._under_way: dict[str, _UnderWay] = {}

    def note(self, draft_id: str, wanting: Iterable[Question]) -> None:
        """What a step of a form still wants to know."""
        with self._lock:
            self._open[draft_id] = tuple(wanting)
            if not self._open[draft_id]:
                del self._open[draft_id]

    def wanting(self, draft_id: str) -> tuple[Question, ...]:
        """What is open of a form."""
        with self._lock:
            return self._open.get(draft_id, ())

    def ask(self, draft_id: str) -> None:
        """Ask what is open of a form, all at once, and wait until each has its answer, or is given up."""
        operator = self._seat.operator
        with self._lock:
            wanted, started = [], []
            for asked in self._open.get(draft_id, ()):
                if asked.key not in self._under_way:
                    self._under_way[asked.key] = _UnderWay(asked, draft_id)
                    started.append(self._under_way[asked.key])
                wanted.append(self._under_way[asked.key])
        staff_no = operator.staff_no if operator else ""
        for each in started:
            threading.Thread(target=self._go, args=(each, staff_no), name="boss-asking", daemon=True).start()
        for each in wanted:
            each.ended.wait()
        fault = next((each.fault for each in wanted if each.fault is not None), None)
        if fault is not None:
            raise fault

    def give_up(self, draft_id: str) -> None:
        """Nobody waits for the answers to a form any more: the offline rules count."""
        told = say("Not waited for, by {staff_no}.", staff_no=self._seat.person().staff_no)
        with self._lock:
            left = self._open.get(draft_id, ())
            waited = [each for each in self._under_way.values() if each.draft_id == draft_id]
        operator, now = self._seat.person().staff_no, stamp(self._seat.store.clock.now())
        answer = ServiceAnswer("", "", told.as_json(), operator, now)
        self._keep(draft_id, [(asked.key, answer) for asked in left], operator)
        for each in waited:
            each.stop.set()
            each.ended.set()

    def once_asked(self, work: Callable[[], T]) -> T:
        """Do it; what must be asked before is asked outside of its transaction, and it is done then."""
        for _ in range(_ROUNDS):
            try:
                return work()
            except Unasked as wanting:
                self.note(wanting.draft_id, wanting.wanting)
                self.ask(wanting.draft_id)
        raise Conflict(say("What is asked of services keeps changing: look at the form again."))

    def once_answered(self, work: Callable[[Mapping[str, ServiceAnswer]], T]) -> T:
        """The same of what is no form: `work` is given the answers that there are so far."""
        answers: dict[str, ServiceAnswer] = {}
        staff_no = self._seat.person().staff_no
        for _ in range(_ROUNDS):
            try:
                return work(answers)
            except Unasked as wanting:
                for asked in wanting.wanting:
                    answers[asked.key] = self._answer(_UnderWay(asked, ""), staff_no)
        raise Conflict(say("What is asked of services keeps changing: try again."))

    def _go(self, each: _UnderWay, operator: str) -> None:
        try:
            answer = self._answer(each, operator)
            self._keep(each.draft_id, [(each.question.key, answer)], operator)
        except BaseException as fault:
            each.fault = fault
        finally:
            with self._lock:
                self._under_way.pop(each.question.key, None)
            each.ended.set()

    def _answer(self, each: _UnderWay, operator: str) -> ServiceAnswer:
        if self._seat.services is None:
            told = say("No services are asked from here.")
            return ServiceAnswer("", "", told.as_json(), operator, stamp(self._seat.store.clock.now()))
        return self._seat.services().ask(each.question, operator, each.stop)

    def _keep(self, draft_id: str, answers: Iterable[tuple[str, ServiceAnswer]], operator: str) -> None:
        """With the form, while it can be worked on; by whoever asked, also where they have signed off meanwhile."""
        at = self._seat.station
        with self._seat.store.transaction(Author(at.outlet, KIND, operator, at.counter)) as tx:
            draft = tx.find(Draft, id=draft_id)
            if draft is not None and draft.state in {"open", "held"}:
                questions.keep(tx, draft, answers)


def views(at: Context) -> tuple[AskedView, ...]:
    """What services were asked in a step, or are being asked, as the screen shows it."""
    asked = {question.key: _view(question, answer) for question, answer in at.asked}
    wanting = {
        question.key: AskedView(name_of(question.interface), "asking", questions.COUNTS[question.interface.offline])
        for question in at.unasked
    }
    return (*asked.values(), *wanting.values())


def _view(question: Question, answer: ServiceAnswer) -> AskedView:
    name = name_of(question.interface)
    if answer.verdict:
        return AskedView(name, answer.verdict, Message("{text}", {"text": answer.reason}), answer.took_ms)
    why = questions.fault_of(answer) or say("Not asked.")
    return AskedView(
        name, "", say("{why} Meanwhile: {counts}.", why=why, counts=questions.COUNTS[question.interface.offline])
    )


def name_of(interface: Interface) -> Message:
    """What an interface is called."""
    return both(interface.name_zh, interface.name_en)
