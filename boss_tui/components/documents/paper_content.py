"""Whether the content of a document, read as data, is that of its row (catalogue F9, M9; domain-facts 7, 8)."""

from __future__ import annotations

import json
from typing import Any

from boss_tui.forms.typed import yuan
from data.message import Message, say


def says_otherwise(kind: str, number: str, amount: int, tax: int, content: str) -> Message | None:
    """What the content of a document says otherwise than its row; None: nothing."""
    try:
        paper = json.loads(content)
        said, said_kind = paper["said"], paper["kind"]
        printed = "\n".join(_printed(block) for block in paper["blocks"])
        made = sum(_fen(line["amount"]) for line in said.get("lines", ()))
        is_there = said["number"] == number and number in printed
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return say("The content can't be read.")
    if said_kind != kind or not is_there:
        return say("The content is that of another document than {kind} {number}.", kind=kind, number=number)
    return None if kind in ("slip", "contract") else _amounts(kind, amount, tax, made, said, printed)


def _printed(block: dict[str, Any]) -> str:
    """What a block of a paper prints."""
    return " ".join([str(block.get(name, "")) for name in ("text", "label", "value")] + list(block.get("cells", ())))


def _amounts(kind: str, amount: int, tax: int, made: int, said: dict[str, Any], printed: str) -> Message | None:
    total = str(said.get("total", said.get("due", yuan(0))))
    if made != amount or total != yuan(amount) or total not in printed:
        return say(
            "The lines of the document make {made} yuan, its total is {total}, that of its row {amount}.",
            made=yuan(made),
            total=total,
            amount=yuan(amount),
        )
    taxed = str(said.get("tax", ""))
    if (kind == "invoice" or tax) and taxed and taxed != yuan(tax):
        return say("The document says {said} yuan of tax, its row {tax}.", said=taxed, tax=yuan(tax))
    return None


def _fen(text: str) -> int:
    """The fen of an amount as papers show it."""
    return int(text.replace(",", "").replace(".", ""))
