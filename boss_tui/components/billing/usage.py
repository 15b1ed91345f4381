"""Usage in the measures that people know: minutes, MB, pieces; stored are seconds, KiB and pieces (B1)."""

from __future__ import annotations

from data.message import Message, say
from data.tables.billing import UsageMonth

_MEASURES = {
    "voice": (60, say("{n} min"), say("Calls: {n} min"), say("Calls")),
    "voice_international": (60, say("{n} min"), say("Calls abroad: {n} min"), say("Calls abroad")),
    "voice_roaming": (60, say("{n} min"), say("Calls while roaming: {n} min"), say("Calls while roaming")),
    "data": (1024, say("{n} MB"), say("Data: {n} MB"), say("Data")),
    "data_roaming": (1024, say("{n} MB"), say("Data while roaming: {n} MB"), say("Data while roaming")),
    "message": (1, say("{n} {n:message|messages}"), say("Messages: {n}"), say("Messages")),
}
"""How many units of the store make one that is told; how it is told where its kind stands beside it, and alone; what
its kind is called."""


def usage_in_words(row: UsageMonth) -> Message:
    """What was used; begun units count."""
    unit = _MEASURES[row.kind][0] if row.kind in _MEASURES else 1
    return measured(row.kind, -(-row.quantity // unit) * unit)


def measured(kind: str, quantity: int) -> Message:
    """So much usage of a kind, and which."""
    if kind not in _MEASURES:
        return say("{kind}: {quantity}", kind=kind, quantity=quantity)
    unit, _, told, _ = _MEASURES[kind]
    return Message(told.template, {"n": _parts(quantity, unit)})


def called(kind: str) -> Message:
    """What a kind of usage is called."""
    return _MEASURES[kind][3] if kind in _MEASURES else Message(kind)


def amount(kind: str, quantity: int) -> Message:
    """So much usage, where its kind stands beside it."""
    unit, told = _MEASURES[kind][:2] if kind in _MEASURES else (1, Message("{n}"))
    return Message(told.template, {"n": _parts(quantity, unit)})


def _parts(quantity: int, unit: int) -> str:
    """To the hundredth, where it is no whole number."""
    return f"{quantity / unit:.2f}".rstrip("0").rstrip(".")
