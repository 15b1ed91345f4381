"""An act tried against the simulated element, in a memory that is thrown away: commands, answers, undoing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from boss_tui.components.base import Context
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Flag
from boss_tui.management.kit.subject import Fact
from boss_tui.network.dialects import DIALECTS, dialect
from boss_tui.network.dialects.acts import ACTS, CHOSEN, LISTED, SAMPLES
from boss_tui.network.dialects.answers import Answer
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.templates import Command, Values, undoing
from boss_tui.network.element import machine_of
from boss_tui.network.machine.state import ElementRefusal, State
from boss_tui.network.tables import dialect_in_force
from data.errors import BadForm, NotAllowed
from data.message import say
from data.states import act_name

_CODE = "HLR00"
_FIRST = "create_subscriber"


class CommandTrialForm(Form):
    """Which act is tried, and with what."""

    dialect: Annotated[
        str, Ask(say("Dialect"), choices="network_element.dialect", help=say("huawei, ericsson."), length=20)
    ]
    act: Annotated[str, Ask(say("Act"), choices="command_template.act", length=40)]
    values: Annotated[
        str,
        Ask(
            say("With values"),
            help=say("Such as data=on roaming=national; what is needed and not said is made up."),
            length=200,
        ),
    ] = ""
    known: Annotated[Flag | None, Ask(say("Known before"), "flag", help=say("Empty: as the act needs it."))] = None


def told_to_an_element(at: Context, asked: CommandTrialForm) -> Iterator[Fact]:
    """Each command with its answer, by the templates that stand; then all of it is taken back.

    BadForm: there is no such dialect, act or parameter.
    """
    if asked.dialect not in DIALECTS:
        raise BadForm({"dialect": say("One of {words}.", words=", ".join(DIALECTS))})
    if asked.act not in ACTS:
        raise BadForm({"act": say("One of {words}.", words=", ".join(sorted(ACTS)))})
    element = _Tried(dialect_in_force(at.tx, asked.dialect, asked.act), at)
    try:
        yield from _told(element, asked)
    except NotAllowed as refused:
        raise BadForm({"values" if refused.field != "act" else "act": refused.message}) from refused
    finally:
        element.close()


def _told(element: _Tried, asked: CommandTrialForm) -> Iterator[Fact]:
    if asked.known if asked.known is not None else asked.act != _FIRST:
        for command in dialect(asked.dialect).render(_FIRST, _made_up(element.dialect, _FIRST, {})):
            element.tell(command.text)
    done: list[Command] = []
    for command in element.dialect.render(asked.act, _made_up(element.dialect, asked.act, _read(asked.values))):
        answer = element.tell(command.text)
        told = say("{act}, {command}", act=act_name(asked.act), command=element.dialect.masked(command.text))
        yield Fact(told, answer.message)
        if answer.state != "done":
            break
        done.append(command)
    for text in undoing(done):
        yield Fact(say("taken back, {command}", command=element.dialect.masked(text)), element.tell(text).message)


class _Tried:
    """An element that remembers nothing but this trial."""

    def __init__(self, spoken: Dialect, at: Context) -> None:
        self.dialect, self._machine, self._state = spoken, machine_of(spoken, _CODE), State(Path(":memory:"))
        self._present, self._serial = at.tx.present(), 0
        for imsi in ("imsi", "new_imsi"):  # as the cards' maker has them loaded
            self._state.add_key(SAMPLES[imsi], SAMPLES["ki"])

    def tell(self, text: str) -> Answer:
        """What it answers to a command."""
        body, refused = "", None
        try:
            with self._state.transaction():
                body = self._machine.obey(self._state, text)
        except ElementRefusal as fault:
            refused = fault
        self._serial += 1
        raw = self._machine.frame(self.dialect.masked(text), body, refused, self._present, self._serial)
        return self.dialect.answer(text, raw)

    def close(self) -> None:
        """Forget it."""
        self._state.close()


def _read(typed: str) -> dict[str, str | list[str]]:
    """Parameters as they are typed, name=value with blanks between; several words of one with commas."""
    found: dict[str, str | list[str]] = {}
    for part in typed.split():
        name, sign, value = part.partition("=")
        if not sign:
            raise BadForm({"values": say("Parameters are typed as name=value: {part}.", part=part)})
        found[name] = value.split(",") if name in LISTED else value
    return found


def _made_up(spoken: Dialect, act: str, said: Mapping[str, str | list[str]]) -> Values:
    """What was said, and a lawful value for all else that the act needs."""
    needed = {name: _sample(spoken, name) for name in ACTS[act].needs or {"msisdn"} if name not in said}
    return {**needed, **said}


def _sample(spoken: Dialect, name: str) -> str | list[str]:
    if name in CHOSEN:
        return next(iter(spoken.values[name.removeprefix("old_")]))
    if name in LISTED:
        return [next(iter(spoken.values[name]))]
    return SAMPLES[name]
