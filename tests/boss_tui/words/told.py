"""Everything that is told to a person, out of what the desk answers: each as a message, and where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import DraftView, OrderView, Outcome
from data.message import Message

Told = tuple[str, Message]


def of_form(view: DraftView) -> Iterator[Told]:
    """What a form tells: beside its fields, above them, at the price, in what must be allowed."""
    for name, message in {**view.notes, **view.errors}.items():
        yield f"{view.code}.{name}", message
    parts = {"notice": view.notices, "reason": view.qualification.reasons, "price": view.quote, "title": view.title}
    for where, part in parts.items():
        yield from ((f"{view.code} {where}", message) for message in messages(part))


def of_order(view: OrderView | Outcome) -> Iterator[Told]:
    """What an order tells, in its list and by itself."""
    yield from ((f"order {view.code}", message) for message in messages(view))


def messages(value: Any) -> Iterator[Message]:
    """The messages in a value, however deep."""
    if isinstance(value, Message):
        yield value
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from messages(getattr(value, field))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from messages(one)
