"""Characters that the counter's printer lacks: said beside the field at once, not found on the customer's paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from data.errors import OutOfStock
from data.message import Message, say
from data.tables.order import Draft
from printers.charset import unprintable

PAPER = "receipt"
"""The kind of paper whose printer is asked."""


def notes(run: Run, draft: Draft, typed: Mapping[str, Any]) -> dict[str, Message]:
    """What stands beside each field that holds such a character; behind what is said there already."""
    found = {
        spec.name: said
        for spec in BUSINESSES[draft.code].form_for(run).fields()
        if spec.ask.kind in {"text", "name"} and (said := _said(run, draft, str(typed.get(spec.name) or "")))
    }
    return {
        name: say("{first}  {second}", first=run.notes[name], second=said) if name in run.notes else said
        for name, said in found.items()
    }


def _said(run: Run, draft: Draft, text: str) -> Message | None:
    lost = () if text.isascii() else unprintable(text)
    return _on_paper(run, draft, lost) if lost else None


def _on_paper(run: Run, draft: Draft, lost: Sequence[str]) -> Message | None:
    from printers.glyphs import way  # as a rule a form is read without a printer
    from printers.profiles import profile
    from printers.routes import printer_for

    try:
        about = profile(printer_for(run.context.tx, draft.counter, PAPER).profile)
    except OutOfStock:
        return None
    ways = {character: way(character, about) for character in lost}
    missing = "".join(c for c in lost if ways[c] == "missing")
    drawn = "".join(c for c in lost if ways[c] == "drawn")
    if missing:
        return say("The printer has no {characters}: 〓 on paper.", characters=missing)
    return say("The printer has no {characters}: drawn on paper.", characters=drawn) if drawn else None
