"""The keys of the table of actions (`screens.actions`): as they are bound, as they are printed, as a sheet of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.binding import Binding

from data.message import Message
from screens.actions import ACTIONS
from screens.meanings import NOTHING, Meaning


def bindings() -> list[Binding]:
    """The keys of every screen."""
    return [
        Binding(action.keys, f"do('{action.name}')", action.tooltip.template, show=False, priority=action.priority)
        for action in ACTIONS
        if action.keys
    ]


def shown(key: str) -> str:
    """A key as it is printed on it: f10 is F10, ctrl+s is Ctrl+S."""
    return "+".join(part.upper() if len(part) < 4 else part.capitalize() for part in key.split("+"))


def key_sheet(
    words: Callable[[Message | str], str],
    means: Mapping[str, Meaning] | None = None,
    off: Mapping[str, Message] | None = None,
) -> list[tuple[str, str, str, str]]:
    """Key, alias, word and what it does, of each action, in one language: for the help and the manual. `means`: what
    some of them do on the screen that is helped with; `off`: why others do nothing there now, which have a dash as in
    the footer: what never does anything there is left out."""
    why, meant = off or {}, means or {}
    told = [(a, meant.get(a.name, a)) for a in ACTIONS if a.key and why.get(a.name) != NOTHING]
    return [
        (
            shown(a.key),
            shown(a.alias),
            ("-" if a.name in why else "") + words(about.label),
            words(why.get(a.name, about.tooltip)),
        )
        for a, about in told
    ]
