"""The businesses by their codes, each made when it is asked for the first time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from boss_tui.business.entries import ENTRIES, BusinessEntry
from data.message import Message, both

if TYPE_CHECKING:
    from boss_tui.business.process import Transaction


class Businesses(Mapping[str, "Transaction[Any, Any]"]):
    """The businesses by their codes. Whoever looks one up, has it imported; whoever only asks which there are, none."""

    def __init__(self, entries: Iterable[BusinessEntry]) -> None:
        self._entries = {entry.code: entry for entry in entries}
        self._made: dict[str, Transaction[Any, Any]] = {}

    def __getitem__(self, code: str) -> Transaction[Any, Any]:
        if code not in self._made:
            entry = self._entries[code]
            module, _, name = entry.transaction.partition(":")
            made = getattr(import_module(f"boss_tui.{module}"), name)(entry)
            self._made.setdefault(code, made)
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, code: object) -> bool:
        return code in self._entries


BUSINESSES = Businesses(ENTRIES)


def title_of(code: str, form_json: str = "{}") -> Message:
    """What an order did, by its business and its form as JSON."""
    return BUSINESSES[code].titled(json.loads(form_json)) if code in BUSINESSES else both(code, code)
