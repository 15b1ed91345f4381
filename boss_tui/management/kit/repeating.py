"""Rows within a row, such as the steps of a process: typed as lines, a field after the other with | between them.

A column holds them as a JSON list: of objects, or of values where a row has one field. What is wrong is said by row and
field, in the one field that they are typed into.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BeforeValidator

from boss_tui.forms.form import Form
from boss_tui.forms.typed import wrong, yuan
from data.errors import BadForm
from data.journal import canonical

BETWEEN = "|"
_SEVERAL = "//"
Several = Annotated[
    tuple[str, ...],
    BeforeValidator(
        lambda typed: (
            [part.strip() for part in typed.split(_SEVERAL) if part.strip()] if isinstance(typed, str) else typed
        )
    ),
]
"""A field of such a row that holds several texts, with // between them."""


def rows_of(form: type[Form]) -> BeforeValidator:
    """What reads a field (a text, kind `multiline`) that holds rows of this form; empty lines are none."""

    def read(typed: Any) -> Any:
        if not isinstance(typed, str):
            return typed
        lines = [line for line in typed.split("\n") if line.strip()]
        return canonical([_row(form, number, line) for number, line in enumerate(lines, 1)])

    return BeforeValidator(read)


def _row(form: type[Form], number: int, line: str) -> Any:
    specs = form.fields()
    cells = [cell.strip() for cell in line.split(BETWEEN)]
    if len(cells) > len(specs):
        raise wrong("Row {n}: at most {most} fields, with | between them.", n=number, most=len(specs))
    typed = {spec.name: cell for spec, cell in zip(specs, cells, strict=False)}
    try:
        read = form.read(typed).model_dump(mode="json")
        return read if len(specs) > 1 else read[specs[0].name]
    except BadForm as fault:
        label = next((spec.ask.label for spec in specs if spec.name == fault.field), fault.field)
        raise wrong("Row {n}, {field}: {why}", n=number, field=label, why=fault.message) from None


def lines_of(form: type[Form], held: str) -> str:
    """What a column holds, as it is typed."""
    rows: list[Any] = json.loads(held) if held else []
    specs = form.fields()
    lines = []
    for row in rows:
        values = row if isinstance(row, dict) else {specs[0].name: row}
        cells = [_cell(values.get(spec.name), spec.ask.kind) for spec in specs]
        lines.append(f" {BETWEEN} ".join(cells).rstrip(f" {BETWEEN}"))
    return "\n".join(lines)


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, list):
        return f" {_SEVERAL} ".join(value)
    return yuan(value) if kind == "money" else str(value)
