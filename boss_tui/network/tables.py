"""The dialect of an element with the tables that are in force: the program's own, and what a manager changed (M10).

Not the editing of those tables.
"""

from __future__ import annotations

import json
from typing import Any

from boss_tui.network.dialects import DIALECTS, dialect
from boss_tui.network.dialects.answers import Code
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.templates import Step
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.network import AnswerCode, CommandTemplate


def dialect_in_force(reading: Reading, name: str, act: str = "") -> Dialect:
    """The dialect of that name; `act` is the one that is to be rendered, so that one bad template stops that act alone.

    NotFound: there is no such dialect. NotAllowed: a manager's template of the act can't be read.
    """
    plain = dialect(name)
    edited = {row.act: steps_of(row) for row in reading.all(CommandTemplate, dialect=name, act=act)}
    coded = {row.code: _code(row, plain.codes.get(row.code)) for row in reading.all(AnswerCode, dialect=name)}
    if not edited and not coded:
        return plain
    return DIALECTS[name]({**plain.templates, **edited}, plain.values, {**plain.codes, **coded})


def _code(row: AnswerCode, known: Code | None) -> Code:
    """A manager says done, retry or refused; the finer meaning stays where it does not contradict."""
    if row.meaning == "done":
        return Code("done")
    meaning = known.meaning if known and known.meaning != "done" else "busy" if row.meaning == "retry" else "other"
    return Code(meaning, retry=row.meaning == "retry")


def steps_of(row: CommandTemplate) -> tuple[Step, ...]:
    """The steps that a template row holds: a JSON list of lines, or of {"command", "undo": […], "when"}."""
    try:
        return tuple(_step(line) for line in json.loads(row.lines))
    except (ValueError, TypeError, KeyError) as fault:
        name = f"{row.dialect} {row.act}"
        raise NotAllowed(say("The command template {name} can't be read.", name=name), field="act") from fault


def _step(line: Any) -> Step:
    if isinstance(line, str):
        return Step(line)
    if not isinstance(line, dict):
        raise TypeError("a step is a line or an object")
    undo, when = line.get("undo", []), line.get("when", "")
    texts = [line["command"], when, *undo]
    if isinstance(undo, str) or not all(isinstance(text, str) for text in texts):
        raise TypeError("a step is made of texts")
    return Step(line["command"], tuple(undo), when)


def lines_of(steps: tuple[Step, ...]) -> str:
    """The text that a template row keeps of these steps."""
    listed = [{"command": step.command, "undo": list(step.undo), "when": step.when} for step in steps]
    return json.dumps(listed, ensure_ascii=False)
