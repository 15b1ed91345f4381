"""The simulated printer's ear: a stream of ESC/POS bytes, in pieces of any size, becomes actions.

It knows the commands that Chinese receipt printers share, by their lengths, and shares no code with what makes our
bytes. What it does not know it reports as an `unknown` action, so that a test can insist on none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

# Commands of fixed length: what they are called, and how many parameter bytes follow.
_FIXED = {
    b"\x1b@": ("reset", 0),
    b"\x1bE": ("bold", 1),
    b"\x1ba": ("align", 1),
    b"\x1bd": ("feed", 1),
    b"\x1bp": ("drawer", 3),
    b"\x1c&": ("chinese", 0),
    b"\x1c.": ("latin", 0),
    b"\x1d!": ("size", 1),
    b"\x1dB": ("inverse", 1),
    b"\x1dr": ("ask", 1),
    b"\x1dh": ("bar_height", 1),
    b"\x1dw": ("bar_width", 1),
    b"\x1dH": ("bar_text", 1),
    b"\x1df": ("bar_font", 1),
}


_ALONE = {0x00: "nothing", 0x0A: "line_feed", 0x0D: "return"}


class Action(Struct, frozen=True):
    """What the printer is told: a name and the bytes that go with it.

    Names: character (1 byte, 2 of GBK, 4 of GB 18030), line_feed, cut, qr_… (the functions of GS ( k), barcode,
    picture, stored_picture (its key), drawn (a character that is a picture), nothing (a zero), real_time, unknown, and
    those of the table of fixed commands.
    """

    name: str
    data: bytes = b""
    length: int = 1  # bytes that it took in the stream


class Decoder:
    """Turns bytes into actions, keeping what is not yet whole."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._chinese = True  # Chinese models start so

    def clear(self) -> None:
        """Forget what came, as at power on."""
        self._rest.clear()
        self._chinese = True

    def feed(self, received: bytes) -> Iterator[Action]:
        """The actions that are whole by now."""
        self._rest += received
        while self._rest:
            action = _next(bytes(self._rest), self._chinese)
            if action is None:
                return
            del self._rest[: action.length]
            if action.name in {"chinese", "latin", "reset"}:
                self._chinese = action.name != "latin"
            yield action


def _next(stream: bytes, chinese: bool) -> Action | None:
    first = stream[0]
    if first in (0x1B, 0x1C, 0x1D):
        return _command(stream)
    if first in _ALONE:
        return Action(_ALONE[first])
    if first < 0x20 or first == 0x7F:
        return Action("unknown", stream[:1])
    if first >= 0x81 and chinese:
        return _character(stream)
    return Action("character", stream[:1])


def _character(stream: bytes) -> Action | None:
    """Two bytes; four where the second is a digit, which no code of GBK has."""
    length = 4 if 0x30 <= stream[1:2].ljust(1, b"\0")[0] <= 0x39 else 2
    return Action("character", stream[:length], length) if len(stream) >= length else None


def _command(stream: bytes) -> Action | None:
    if len(stream) < 2:
        return None
    head = stream[:2]
    if head in _FIXED:
        name, count = _FIXED[head]
        return _whole(stream, name, 2, count)
    special = _SPECIAL.get(head)
    return special(stream) if special else Action("unknown", head, 2)


def _whole(stream: bytes, name: str, start: int, count: int) -> Action | None:
    end = start + count
    return Action(name, stream[start:end], end) if len(stream) >= end else None


def _cut(stream: bytes) -> Action | None:
    if len(stream) < 3:
        return None
    return _whole(stream, "cut", 2, 2 if stream[2] in (65, 66) else 1)


def _symbol(stream: bytes) -> Action | None:
    """GS ( k pL pH cn fn …: only QR codes (cn 49) are known. GS ( L pL pH 48 69 …: a picture out of its memory."""
    if len(stream) < 7:
        return None
    count = int.from_bytes(stream[3:5], "little")
    name = f"qr_{stream[6]}" if stream[2:3] == b"k" and stream[5] == 49 and count >= 2 else "unknown"
    if stream[2:3] == b"L" and stream[5:7] == b"\x30\x45" and count == 6:
        name = "stored_picture"
    return Action(name, stream[7 : 5 + count], 5 + count) if len(stream) >= 5 + count else None


def _barcode(stream: bytes) -> Action | None:
    """GS k 73 n d1…dn: CODE128."""
    if len(stream) > 2 and stream[2] != 73:
        return Action("unknown", stream[:3], 3)
    return _whole(stream, "barcode", 4, stream[3]) if len(stream) > 3 else None


def _picture(stream: bytes) -> Action | None:
    """GS v 0 m xL xH yL yH d1…: the size stays in front of the dots."""
    if len(stream) < 8:
        return None
    across, down = int.from_bytes(stream[4:6], "little"), int.from_bytes(stream[6:8], "little")
    return _whole(stream, "picture", 4, 4 + across * down)


def _inline_picture(stream: bytes) -> Action | None:
    """ESC * 33 nL nH d1…: 24 dots high, in the line; nothing else of the kind is known."""
    if len(stream) < 5:
        return None
    if stream[2] != 33:
        return Action("unknown", stream[:3], 3)
    return _whole(stream, "drawn", 5, 3 * int.from_bytes(stream[3:5], "little"))


_SPECIAL: dict[bytes, Callable[[bytes], Action | None]] = {
    b"\x1dV": _cut,
    b"\x1d(": _symbol,
    b"\x1dk": _barcode,
    b"\x1dv": _picture,
    b"\x1b*": _inline_picture,
}

_REAL_TIME = {0x04: 3, 0x05: 3, 0x14: 5}  # DLE EOT n, DLE ENQ n, DLE DC4 1 m t


class RealTime:
    """Takes real-time commands out of the stream, wherever they stand, as printers do (printing-facts 5.1)."""

    def __init__(self) -> None:
        self._rest = b""

    def split(self, received: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Pairs of ordinary bytes and the whole command that came after them; at the end with no command."""
        stream, self._rest = self._rest + received, b""
        start = at = 0
        while (at := stream.find(b"\x10", at)) >= 0:
            length = _REAL_TIME.get(stream[at + 1], 1) if at + 1 < len(stream) else 2
            if at + length > len(stream):
                stream, self._rest = stream[:at], stream[at:]
                break
            if length > 1:
                yield stream[start:at], stream[at : at + length]
                start = at + length
            at += length
        yield stream[start:], b""
