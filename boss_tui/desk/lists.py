"""What is typed into fields with a list (F4), held against that list: it becomes the code, whose word stands beside it.

One way for every business: `Transaction.choices` answers the whole list of a field, and knows nothing of how a clerk
types it. The lists are made in a run of their own, so that looking at them leaves no trail.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from boss_tui.business.process import Run, Transaction
from boss_tui.forms.choosing import called, chosen, narrowed
from boss_tui.forms.fields import Choice, FieldSpec
from boss_tui.forms.form import Form
from boss_tui.forms.typed import message_of
from data.errors import BossError
from data.message import Message, say


def chooses(spec: FieldSpec) -> bool:
    """Whether a field takes what is in its list, and nothing else: not a number that the list only helps to find."""
    return spec.ask.choices != "" and (spec.ask.kind == "choice" or spec.ask.several)


def lines(found: Transaction[Any, Any], run: Run, form: Form, spec: FieldSpec, text: str) -> list[Choice]:
    """The list of a field, narrowed by what is typed."""
    if chooses(spec):
        return narrowed(text, _choices(found, run, form, spec.name))
    return found.choices(run, form, spec.name, text)


class Typed:
    """The values of a form, each choice as its code.

    Attributes:
        values: as they are kept.
        doubtful: fields in which more than one choice fits. unknown: none does, which the business may say better.
        words: what each choice is called.
        form, wrong: the form that the values make, and what is wrong with them; see `Form.partial`.
    """

    def __init__(self, found: Transaction[Any, Any], run: Run, values: Mapping[str, Any]) -> None:
        self.values, self.words = dict(values), dict[str, Message]()
        self.doubtful, self.unknown = dict[str, Message](), dict[str, Message]()
        asked = found.form_for(run)
        self.form, self.wrong = asked.partial(self.values)
        for spec in asked.fields():
            text = self.values.get(spec.name)
            if chooses(spec) and text and isinstance(text, str):
                whole = _whole_list(found, run, self.form, spec.name)
                self._choose(spec, text, whole, found.known(run, spec.name))
                self.form, self.wrong = asked.partial(self.values)

    def _choose(self, spec: FieldSpec, text: str, whole: list[Choice], known: Collection[str]) -> None:
        try:
            code = chosen(text, whole, several=spec.ask.several, known=known)
        except PydanticCustomError as refusal:
            self.doubtful[spec.name] = message_of(refusal)
            return
        self.values[spec.name] = code
        word = called(code, whole)
        if word:
            self.words[spec.name] = word
        elif whole and not spec.ask.several:
            self.unknown[spec.name] = say("Not one of the choices. F4 shows them.")


def _whole_list(found: Transaction[Any, Any], run: Run, form: Form, field: str) -> list[Choice]:
    """A field's list; none while what it hangs on is missing or wrong, which is told beside that."""
    try:
        return _choices(found, run, form, field)
    except BossError:
        return []


def _choices(found: Transaction[Any, Any], run: Run, form: Form, field: str) -> list[Choice]:
    """The whole list of a field: the business's own, or what a manager declared."""
    declared = next((extra for extra in run.extras if extra.name == field), None)
    return declared.listed() if declared else found.choices(run, form, field, "")
