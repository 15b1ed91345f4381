"""Questions to services of others 远程接口: what is sent, what an answer means, what is kept (catalogue F1, M2.1).

Nothing is asked here: a step that finds no answer leaves its question with the context, the desk asks outside of any
transaction, and the step is taken again. What is sent is chosen fact by fact, and nothing goes along (PIPL 6): a line
each, as `name = customer.name`, or the fact alone under its own last word; `?` behind it: left out where there is none.
Without it the question waits until the fact is known.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.base import Context
from boss_tui.components.qualification.expressions import condition
from boss_tui.components.qualification.rule_facts import FACTS, RuleFacts
from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.eligibility import Interface
from data.tables.order import Draft

ANSWER = "answer"
"""What conditions on an answer call it."""
MOST_SENT = 20
_LINE = re.compile(r"(?:(?P<field>[A-Za-z_][\w.-]*)\s*=\s*)?(?P<fact>[a-z_]+\.[a-z_]+)\s*(?P<optional>\??)")
_ROOT = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*[.\[]")
_PATH = re.compile(r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*")
_REASON = 120
"""Characters that are kept of a reason in a service's own words."""


COUNTS: dict[str, Message] = {
    "yes": say("it may be done without"),
    "later": say("it may be done, and is asked again later"),
    "override": say("a supervisor must allow it; it is asked again later"),
    "rule": say("our own rule decides; it is asked again later"),
    "no": say("it may not be done without"),
}
"""What counts while a service can't be asked, by its offline rule."""


class Sent(Struct, frozen=True):
    """A field of a question, and the fact that it tells; `optional`: left out where there is none."""

    field: str
    fact: str
    optional: bool

    @property
    def group(self) -> str:
        """Whose fact it is, such as customer."""
        return self.fact.partition(".")[0]

    @property
    def own(self) -> str:
        """What the fact is called among theirs, such as name."""
        return self.fact.partition(".")[2]


@lru_cache(64)
def sent_by(text: str) -> tuple[Sent, ...]:
    """What an interface sends, as a manager has written it. NotAllowed (`sends`): a line is none, tells what there is
    no fact of, or a field is told twice."""
    found: list[Sent] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line.strip())
        if read is None:
            told = say("Line {n}: a line is such as name = customer.name.", n=number)
            raise NotAllowed(told, field="sends")
        if read["fact"] not in FACTS:
            names = ", ".join(FACTS)
            told = say("There is no fact {name}; there are {names}.", name=read["fact"], names=names)
            raise NotAllowed(told, field="sends")
        found.append(Sent(read["field"] or read["fact"].partition(".")[2], read["fact"], bool(read["optional"])))
    names_sent = [each.field for each in found]
    twice = next((name for name in names_sent if names_sent.count(name) > 1), "")
    if twice:
        raise NotAllowed(say("{name} is told twice: call one of them otherwise.", name=twice), field="sends")
    if len(found) > MOST_SENT:
        raise NotAllowed(say("At most {n} facts are told.", n=MOST_SENT), field="sends")
    return tuple(found)


def must_read_an_answer(text: str) -> None:
    """NotAllowed: it is no condition on an answer."""
    condition(text)
    bare = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "''", text)
    others = [root for root in _ROOT.findall(bare) if root not in (ANSWER, "in")]
    if others or ANSWER not in bare:
        raise NotAllowed(say("It is about the answer: such as answer.result == 'match'."), field="rule")


def is_path(text: str) -> bool:
    """Whether it says where in an answer something stands: reason, or data.reason."""
    return _PATH.fullmatch(text) is not None


def question(at: Context, interface: Interface, known: RuleFacts) -> Question | None:
    """What an interface is asked for this form; None while a fact that it needs is not known. NotAllowed: what it sends
    can't be read."""
    told = _told_of(interface, known)
    sends = {each.field: value for each, value in told if value != ""}
    if not sends or _wanting(told):
        return None
    about = [at.draft_id or at.trial, at.business_date, interface.code, interface.revision, sends]
    return Question(interface, hashlib.sha256(canonical(about).encode()).hexdigest()[:32], sends)


def unknown(interface: Interface, known: RuleFacts) -> tuple[str, ...]:
    """The facts that an interface must be told and that are not known of them (customer.name)."""
    return _wanting(_told_of(interface, known))


def _told_of(interface: Interface, known: RuleFacts) -> list[tuple[Sent, Any]]:
    """What an interface is told, each with its value; empty: not known."""
    fields = sent_by(interface.sends)
    facts = known.named({each.fact for each in fields})
    return [(each, facts.get(each.group, {}).get(each.own, "")) for each in fields]


def _wanting(told: Iterable[tuple[Sent, Any]]) -> tuple[str, ...]:
    return tuple([each.fact for each, value in told if value == "" and not each.optional])


def read(interface: Interface, told: Any) -> ServiceAnswer:
    """What an answer means. One that its conditions can't be told from says nothing, whatever it says."""
    facts = {ANSWER: told}
    try:
        if condition(interface.yes_when).holds(facts):
            return ServiceAnswer("yes", reason_in(told, interface.reason_at))
        override = bool(interface.override_when) and condition(interface.override_when).holds(facts)
    except NotAllowed as fault:
        return ServiceAnswer("", fault=say("Its answer is not understood: {why}", why=fault.message).as_json())
    return ServiceAnswer("override" if override else "no", reason_in(told, interface.reason_at))


def reason_in(told: Any, path: str) -> str:
    """The reason in an answer: one line of text, without what a terminal or a printer would act on; empty: none."""
    for name in path.split(".") if path else ():
        told = told.get(name) if isinstance(told, Mapping) else None
    if not path or isinstance(told, bool) or not isinstance(told, str | int | float):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in str(told)).split())[:_REASON]


def answers_of(draft: Draft) -> dict[str, ServiceAnswer]:
    """What was answered to a form so far, by question."""
    return {key: ServiceAnswer(**told) for key, told in json.loads(draft.answers_json).items()}


def keep(tx: UnitOfWork, draft: Draft, answers: Iterable[tuple[str, ServiceAnswer]]) -> None:
    """Keep answers with a form. One that came stays, whatever else is said of its question later."""
    kept = answers_of(draft)
    for key, answer in answers:
        if answer.verdict or key not in kept or not kept[key].verdict:
            kept[key] = replace(answer, told="")
    told = {key: asdict(answer) for key, answer in kept.items()}
    tx.change(draft, answers_json=json.dumps(told, ensure_ascii=False))


def fault_of(answer: ServiceAnswer) -> Message | None:
    """Why none came."""
    return Message.from_json(dict(answer.fault)) if answer.fault else None
