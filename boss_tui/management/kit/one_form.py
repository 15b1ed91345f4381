"""An edition from one form (`boss do M6 --form -`): its title, reason and date, and its rows as they are typed.

    {"title": "…", "reason": "…", "effective_from": "", "scope": "", "rows": [
        {"table": "price_rule", "op": "change", "key": "P1", "values": {"amount": "12.00"}}]}

It is made and submitted in one go, or not at all. What is wrong is said by row and field (`rows.0.amount`): the first
row is 0, as the edition counts its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from msgspec import Struct

from boss_tui.components.base import Context
from boss_tui.editions import drafts, lifecycle
from boss_tui.editions.scope import checked
from boss_tui.editions.standing import on_row
from boss_tui.editions.subjects import Rules, Unsound
from boss_tui.forms.form import Form
from boss_tui.management.kit import working
from boss_tui.management.kit.entity import Entity, Values, text_of
from boss_tui.management.kit.repeating import BETWEEN
from boss_tui.management.kit.subject import Change, Subject
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.statements import keys, table_name
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine

OPS = ("add", "change", "end")
_SAID = ("title", "reason", "effective_from", "scope")
_OF_ROW = ("table", "op", "key", "values")


class EditionRequest(Struct, frozen=True):
    """A form of an edition, read: what is said of it (`title`, `reason`, `effective_from`, `scope`), and its rows."""

    said: Mapping[str, str]
    rows: tuple[Change, ...]


def example(reading: Reading, subject: Subject) -> dict[str, Any]:
    """A form of a subject that could be submitted here now. NotAllowed: there is nothing yet to make one of."""
    rows = [{name: told for name in _OF_ROW if (told := getattr(row, name))} for row in subject.example(reading)]
    if not rows:
        raise NotAllowed(say("There is nothing here yet to make an example of."))
    return {"title": f"{subject.code} example", "reason": "to try it", "effective_from": "", "scope": "", "rows": rows}


def read(form: Mapping[str, Any]) -> EditionRequest:
    """A form as it came. BadForm: by field."""
    wrong = {name: say("There is no such field.") for name in form if name not in (*_SAID, "rows")}
    rows = form.get("rows")
    if not isinstance(rows, list) or not rows:
        raise BadForm({**wrong, "rows": say("A list of rows, each with table, op, key, values.")})
    read_rows = [_row(f"rows.{n}", row, wrong) for n, row in enumerate(rows)]
    said = {name: _text(form.get(name)) for name in _SAID}
    if wrong:
        raise BadForm(wrong)
    return EditionRequest({**said, "scope": checked(said["scope"])}, tuple(read_rows))


def _row(at: str, row: Any, wrong: dict[str, Message]) -> Change:
    if not isinstance(row, dict):
        wrong[at] = say("A row has table, op, key, values.")
        return Change("", "")
    wrong.update({f"{at}.{name}": say("There is no such field.") for name in row if name not in _OF_ROW})
    op, values = _text(row.get("op")), row.get("values", {})
    if op not in OPS:
        wrong[f"{at}.op"] = say("One of {words}.", words=", ".join(OPS))
    if not isinstance(values, dict):
        wrong[f"{at}.values"] = say("The fields of the row, each with its value.")
        values = {}
    return Change(_text(row.get("table")), op, _text(row.get("key")), values)


def _text(value: Any) -> str:
    """A value of JSON as it would be typed."""
    if isinstance(value, bool):
        return "y" if value else "n"
    return "" if value is None else str(value)


def _typed(entity: Entity, values: Values) -> dict[str, str]:
    """The fields of a row as they would be typed; several codes, and rows within the row, may be lists. BadForm."""
    wrong = {name: say("This is no text.") for name, value in values.items() if isinstance(value, dict)}
    if wrong:
        raise BadForm(wrong)
    return {
        name: _listed(entity.rows.get(name), value) if isinstance(value, list) else _text(value)
        for name, value in values.items()
    }


def _listed(rows: type[Form] | None, values: list[Any]) -> str:
    if rows is None:
        return ",".join(map(_text, values))
    names = [spec.name for spec in rows.fields()]
    cells = ([_text(row.get(name)) for name in names] if isinstance(row, dict) else [_text(row)] for row in values)
    return "\n".join(BETWEEN.join(row) for row in cells)


def made(context: Context, subject: Subject, asked: EditionRequest, rules: Rules) -> Edition:
    """The edition, submitted: one act. BadForm: what is wrong, by row and field; NotAllowed: as `lifecycle.submit`."""
    with _beside(""):
        edition = drafts.begun(context, **asked.said)
    of_line: dict[int, int] = {}
    for n, row in enumerate(asked.rows):
        with _beside(f"rows.{n}"):
            done = {line.position: n for line in _put(context, subject.entity(row.table), edition.id, row, rules)}
            if not done.keys().isdisjoint(of_line):
                raise BadForm({"key": say("This row is said twice.")})
            of_line |= done
    try:
        return lifecycle.submit(context, edition.id, rules)
    except Unsound as fault:
        raise NotAllowed(
            fault.message,
            field=fault.field,
            reasons=[
                say("{where}: {what}", where=_place(of_line.get(each.position, 0), each.column), what=each.message)
                for each in fault.faults
            ],
        ) from fault
    except NotAllowed as fault:
        if fault.field not in _SAID:
            raise
        raise BadForm({fault.field: fault.message}) from fault


def _put(context: Context, entity: Entity, edition: str, row: Change, rules: Rules) -> Sequence[EditionLine]:
    typed = _typed(entity, row.values)
    if row.op == "add":
        return working.added(context, entity, edition, typed, rules)
    key = working.key_typed(entity, row.key)
    if row.op == "end":
        if typed:
            raise BadForm(dict.fromkeys(typed, say("Nothing is said of a row that ends but its key.")))
        return working.ended(context, entity, edition, [key], rules)
    return working.changed(context, entity, edition, [key], typed, rules)


@contextmanager
def _beside(row: str) -> Iterator[None]:
    """Say what is wrong beside the row and field where it stands."""
    try:
        yield
    except BadForm as fault:
        raise BadForm({_join(row, name): told for name, told in fault.errors.items()}) from fault
    except Unsound as fault:
        raise BadForm({_join(row, each.column): each.message for each in fault.faults}) from fault
    except NotAllowed as fault:
        if not fault.field:
            raise
        raise BadForm({_join(row, "table" if fault.field == "entity" else fault.field): fault.message}) from fault


def _place(row: int, column: str) -> str:
    return _join(f"rows.{row}", column)


def _join(row: str, column: str) -> str:
    return ".".join(filter(None, (row, column)))


# for examples

AMONG = 200
"""Among so many rows of a table that grows an example is looked for: a province has a million customers and lines."""


def untouched(reading: Reading, model: type[Table], **where: Any) -> Any:
    """The first row of a table, with these values, that no open edition is at; None: there is none."""
    for row in reading.all(model, **where, order=keys(model)):
        if not on_row(reading, table_name(model), tuple(getattr(row, key) for key in keys(model))):
            return row
    return None


def adding(table: str, **typed: str) -> Change:
    """A new row."""
    return Change(table, "add", values=typed)


def changing(entity: Entity, row: Any, **values: Any) -> Change:
    """A change of a row to values of its columns."""
    key = "/".join(str(getattr(row, name)) for name in keys(entity.model))
    held = {**row.__dict__, **values}
    typed = {name: text_of(entity.in_row(entity.column(name), held), value) for name, value in values.items()}
    return Change(entity.name, "change", key, typed)


def free_code(reading: Reading, model: type[Table], stem: str) -> str:
    """A code that begins so and that no row of a table has, nor any open edition gives it."""
    return first_free(reading, model, (f"{stem}{n}" for n in count(1)))


def first_free(reading: Reading, model: type[Table], codes: Iterable[str]) -> str:
    """The first of these codes that no row of a table has, nor any open edition gives it."""
    name, key = table_name(model), keys(model)[0]
    return next(
        code for code in codes if reading.find(model, **{key: code}) is None and not on_row(reading, name, (code,))
    )
