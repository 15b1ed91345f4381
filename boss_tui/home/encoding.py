"""Which bytes a terminal sends and takes for a character, and how they are read one piece at a time.

A terminal's encoding is that of the locale that it was started in, as with every program, unless the settings or
`BOSS_TERMINAL_ENCODING` say another: PuTTY and readers behind a serial line don't always send what the locale promises.
GB 2312, GBK and GB 18030 are all read as GB 18030, which holds the other two.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

UTF_8 = "utf-8"
VARIABLE = "BOSS_TERMINAL_ENCODING"
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030"}
_WRITTEN_AS = {"gb2312": "gbk"}
_UNREADABLE = re.compile("([\udc80-\udcff]+)")
_ESCAPED = 0xDC00  # where Python's own 'surrogateescape' puts bytes, too


class Unread(Struct, frozen=True):
    """Bytes, one after the other, that are no character in the terminal's encoding."""

    data: bytes


def _escape(fault: UnicodeError) -> tuple[str, int]:
    """Set one byte aside, and go on with the next: an Esc behind half a character is an Esc."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return chr(_ESCAPED + fault.object[fault.start]), fault.start + 1


def _question(fault: UnicodeError) -> tuple[str, int]:
    """As many question marks as the character has cells: what stands to its right stays where it is."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lost = fault.object[fault.start : fault.end]
    return "".join("??" if unicodedata.east_asian_width(each) in "WF" else "?" for each in lost), fault.end


codecs.register_error("boss-unread", _escape)
codecs.register_error("boss-cells", _question)


def known(name: str) -> str:
    """An encoding by Python's name for it; empty when there is none that a terminal could have."""
    try:
        info = codecs.lookup(name)
        usable = info._is_text_encoding and "\x1b[A~".encode(name) == b"\x1b[A~"
    except (LookupError, ValueError):
        return ""
    return {"ascii": UTF_8}.get(info.name, info.name) if usable else ""


def terminal_encoding(environment: Mapping[str, str], chosen: str = "", stream: str = "") -> str:
    """The encoding of a terminal: as the environment says for us, as `chosen` in the settings, of the locale (what its
    name ends with, else what the interpreter took for the `stream` from it), else UTF-8."""
    said = (environment.get(VARIABLE, ""), chosen, _charset(environment), stream)
    return next((found for name in said if name and (found := known(name))), UTF_8)


def _charset(environment: Mapping[str, str]) -> str:
    """What the name of the locale ends with. LC_CTYPE is passed over when the interpreter itself has set it, because
    the locale that was asked for is not installed (PEP 538): the terminal speaks it all the same."""
    names = [environment.get("LC_ALL", ""), environment.get("LC_CTYPE", ""), environment.get("LANG", "")]
    if not names[0] and names[1] in {"C.UTF-8", "C.utf8", "UTF-8"} and "." in names[2]:
        names[1] = ""
    name = next((name for name in names if name), "")
    return name.partition(".")[2].partition("@")[0]


class Reader:
    """Bytes of a terminal in, text out; what can't be read is set aside. `encoding` as Python names it."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.spoken = _READ_AS.get(encoding, encoding)
        self._decoder = codecs.getincrementaldecoder(self.spoken)("boss-unread")

    @property
    def pending(self) -> bool:
        """Whether the last character is still without its end."""
        return bool(self._decoder.getstate()[0])

    def read(self, data: bytes) -> Iterator[str | Unread]:
        """What has arrived, in its order. A character that is split over reads comes with its last byte."""
        yield from _parted(self._decoder.decode(data))

    def give_up(self) -> Iterator[str | Unread]:
        """The rest of the last character will not come: set its beginning aside."""
        half = self._decoder.getstate()[0]
        self._decoder.reset()
        if half:
            yield Unread(half)


def _parted(text: str) -> Iterator[str | Unread]:
    for piece in _UNREADABLE.split(text):
        if piece and _ESCAPED <= ord(piece[0]) <= _ESCAPED + 0xFF:
            yield Unread(bytes(ord(character) - _ESCAPED for character in piece))
        elif piece:
            yield piece


def written(text: str, encoding: str) -> bytes:
    """Text as the terminal takes it; what it has no code for is a question mark of the same width."""
    return text.encode(_WRITTEN_AS.get(encoding, encoding), "boss-cells")
