"""What a printer says about itself, read strictly: one question, one byte of the right shape, or nothing is known.

python-escpos trusts any byte, takes silence for plenty of paper and can't see an open cover (printing-facts 5.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from data.message import Message, say
from printers.links import Link

ASK_PRINTER, ASK_CAUSE, ASK_ERROR, ASK_PAPER = (b"\x10\x04" + bytes([which]) for which in (1, 2, 3, 4))


class Status(Struct, frozen=True):
    """A printer's state. `answered` False: it said nothing that makes sense, and the rest means nothing."""

    answered: bool = False
    online: bool = False
    cover_open: bool = False
    paper_out: bool = False
    near_end: bool = False
    fault: bool = False

    def message(self) -> Message:
        """What a person should know or do."""
        states = (
            (not self.answered, say("The printer does not answer. Is it switched on?")),
            (self.paper_out, say("The printer is out of paper.")),
            (self.cover_open, say("The printer's cover is open.")),
            (self.fault, say("The printer reports a fault, perhaps of its cutter. Switch it off and on.")),
            (not self.online, say("The printer is off-line.")),
            (self.near_end, say("The printer is ready; its paper is nearly used up.")),
        )
        return next((message for holds, message in states if holds), say("The printer is ready."))


def is_status(byte: int) -> bool:
    """Whether it answers DLE EOT: 0xx1xx10."""
    return byte & 0x93 == 0x12


def is_confirmation(byte: int) -> bool:
    """Whether it answers GS r: bits 4 and 7 are clear."""
    return byte & 0x90 == 0


class Answers:
    """Tells answers from automatic status, which comes in four bytes, the last three of which look like answers."""

    def __init__(self) -> None:
        self._skip = 0

    def read(self, received: bytes) -> Iterator[int]:
        """The bytes that answer a question."""
        for byte in received:
            if self._skip:
                self._skip -= 1
            elif byte & 0x93 == 0x10:  # the first of four
                self._skip = 3
            else:
                yield byte


def read_status(link: Link, seconds: float) -> Status:
    """Ask for everything. OSError if the wire fails."""
    printer = _ask(link, ASK_PRINTER, seconds)
    if printer is None:
        return Status()
    status = Status(answered=True, online=not printer & 0x08)
    paper = _ask(link, ASK_PAPER, seconds) or 0
    status = replace(status, near_end=bool(paper & 0x0C), paper_out=bool(paper & 0x60))
    if status.online:
        return status
    cause = _ask(link, ASK_CAUSE, seconds) or 0
    error = _ask(link, ASK_ERROR, seconds) or 0
    return replace(
        status,
        cover_open=bool(cause & 0x04),
        paper_out=status.paper_out or bool(cause & 0x20),
        fault=bool(cause & 0x40 or error & 0x68),
    )


def near_end(link: Link, seconds: float) -> bool:
    """Whether its paper is nearly used up, by DLE EOT 4. OSError if the wire fails."""
    return bool((_ask(link, ASK_PAPER, seconds) or 0) & 0x0C)


def _ask(link: Link, question: bytes, seconds: float) -> int | None:
    """The one byte that answers; None after silence or nonsense."""
    link.send(question, seconds)
    answers = Answers()
    while received := link.receive(seconds):
        for byte in answers.read(received):
            return byte if is_status(byte) else None
    return None
