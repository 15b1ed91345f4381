"""What an element's reply comes to: done, refused (and whether to try again), or unknown.

Not the reading of frames, which is a dialect's. An outcome that can't be told for certain is always `unknown`: the
element is then queried, never guessed at (design 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from boss_tui.network.dialects.record import Record
from data.message import Message, say

State = Literal["done", "refused", "unknown"]

Meaning = Literal[
    "done",
    "no_subscriber",
    "imsi_in_use",
    "number_in_use",
    "key_exists",
    "no_key",
    "busy",
    "not_allowed",
    "syntax",
    "other",
]
"""What a code says, so that a rule can read it without knowing the dialect."""


class Code(Struct, frozen=True):
    """One line of a dialect's code table, which a manager may edit (M10). `retry`: may be sent again, as a new one."""

    meaning: Meaning
    retry: bool = False


_NOTHING = Message("")


class Answer(Struct, frozen=True):
    """What a reply comes to.

    Attributes:
        state: done, refused or unknown.
        code: the element's own code, where it gave one.
        meaning: what the code says, by the code table; `other` where the table does not know it.
        retry: for refused: whether it makes sense to send it again later.
        text: the element's own words.
        message: the answer as a person reads it.
        record: the subscriber, when the command was a query.
    """

    state: State
    code: str = ""
    meaning: Meaning = "other"
    retry: bool = False
    text: str = ""
    message: Message = _NOTHING
    record: Record | None = None


def answer_of(code: str, text: str, codes: Mapping[str, Code], record: Record | None = None) -> Answer:
    """The answer that a code comes to. A code that the table does not know is a refusal without retry: the element
    did understand, and did say no."""
    known = codes.get(code, Code("other"))
    if known.meaning == "done":
        return Answer("done", code, "done", False, text, say("Done."), record)
    message = say("The element refused: {code} {text}", code=code, text=text)
    return Answer("refused", code, known.meaning, known.retry, text, message)


def unclear(why: Message, raw: str = "") -> Answer:
    """An answer that can't be told: unknown."""
    return Answer("unknown", text=raw, message=why)
