"""A report as data: facts and tables of values, in no language and on no paper yet.

Paper, screen text, CSV, spreadsheet and PDF are all made from this one record, so that they say the same.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from msgspec import Struct

from boss_tui.forms.typed import yuan
from boss_tui.locale import Words
from data.message import Message, say

Kind = Literal["text", "count", "money"]
Value = str | int | Message


class Fact(Struct, frozen=True):
    """A label and its value. kind: text, count, or money (fen)."""

    label: Message
    value: Value
    kind: Kind = "text"


class Column(Struct, frozen=True):
    """A column of a table: its heading and what stands in it: text, count, or money (fen)."""

    label: Message
    kind: Kind = "text"


class Section(Struct, frozen=True):
    """A table with its heading.

    Attributes:
        total: a last row, as wide as the others; empty when a sum would mean nothing.
        key: what its figures are by, for those who ask what is behind them (`boss_tui.reports.behind`).
        keys: of each row, what it is of; empty: nothing more can be told of its rows.
        stood: it says how something stood at that moment, and not what happened: it can't be made again later.
    """

    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    key: str = ""
    keys: tuple[str, ...] = ()
    stood: bool = False


class Report(Struct, frozen=True):
    """A report.

    Attributes:
        name: of a file that it is written to, without ending.
        title: its heading.
        facts: what it is about: outlet, till, date, people.
        sections: its tables, in order.
        summary: what it comes to; shown last, in bold.
        copy: which reprint this is; 0 is the first print.
        signed: who signs it: a line for each at its end.
        annex: tables that come after, and are no part of what is signed; they are not kept with a close.
    """

    name: str
    title: Message
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    summary: tuple[Fact, ...] = ()
    copy: int = 0
    signed: tuple[Message, ...] = ()
    annex: tuple[Section, ...] = ()


def compared(section: Section) -> tuple[int, ...]:
    """What the rows of a table are compared by, as bars beside it: their last column, where that is money, nothing of
    it is below nothing, and its sum is said; empty where there is nothing to compare."""
    kinds = [column.kind for column in section.columns]
    if not section.total or len(section.rows) < 2 or kinds[0] != "text" or kinds[-1] != "money":
        return ()
    sums = [row[-1] for row in section.rows]
    amounts = tuple(amount for amount in sums if isinstance(amount, int) and amount >= 0)
    return amounts if len(amounts) == len(sums) and any(amounts) else ()


CASHIER_SIGNS, SUPERVISOR_SIGNS = say("Signature of the cashier"), say("Signature of the supervisor")


def as_json(report: Report) -> dict[str, Any]:
    """A report as plain JSON values, without the mark of a copy."""
    return {
        "name": report.name,
        "title": report.title.as_json(),
        "facts": [_fact_out(fact) for fact in report.facts],
        "sections": [
            {
                "title": section.title.as_json(),
                "columns": [[column.label.as_json(), column.kind] for column in section.columns],
                "rows": [[_out(value) for value in row] for row in section.rows],
                "total": [_out(value) for value in section.total],
                "key": section.key,
                "keys": list(section.keys),
                "stood": section.stood,
            }
            for section in report.sections
        ],
        "summary": [_fact_out(fact) for fact in report.summary],
        "signed": [who.as_json() for who in report.signed],
    }


def from_json(told: dict[str, Any], copy: int = 0) -> Report:
    """The report that `as_json` wrote; `copy`: which reprint it is to be."""
    return Report(
        told["name"],
        Message.from_json(told["title"]),
        tuple(_fact_in(fact) for fact in told["facts"]),
        tuple(
            Section(
                Message.from_json(section["title"]),
                tuple(Column(Message.from_json(label), kind) for label, kind in section["columns"]),
                tuple(tuple(_in(value) for value in row) for row in section["rows"]),
                tuple(_in(value) for value in section["total"]),
                section["key"],
                tuple(section["keys"]),
                section["stood"],
            )
            for section in told["sections"]
        ),
        tuple(_fact_in(fact) for fact in told["summary"]),
        copy,
        tuple(Message.from_json(who) for who in told["signed"]),
    )


def _fact_out(fact: Fact) -> list[Any]:
    return [fact.label.as_json(), _out(fact.value), fact.kind]


def _fact_in(told: list[Any]) -> Fact:
    return Fact(Message.from_json(told[0]), _in(told[1]), told[2])


def _out(value: Value) -> Any:
    return value.as_json() if isinstance(value, Message) else value


def _in(value: Any) -> Value:
    return Message.from_json(value) if isinstance(value, dict) else value


def figure(value: Value) -> int:
    """A figure of a row; what is no number counts nothing."""
    return value if isinstance(value, int) else 0


def shown(value: Value, kind: Kind, words: Words) -> str:
    """A value as a person reads it: money in yuan, words in their language."""
    if isinstance(value, Message):
        return words(value)
    return yuan(value) if kind == "money" and isinstance(value, int) else str(value)


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(value: Value, kind: Kind, words: Words) -> str:
    """A value as it is shown, without what no file can hold."""
    return _CONTROLS.sub("", shown(value, kind, words))
