"""What a character is, whatever the interpreter knows of it: Han by its block, private codes by what they stand for.

The tables of a Python are those of one edition of Unicode. A name that uses a character of a later one is a name all
the same, so that Han is told by the blocks that are set apart for it (Unicode 16, chapter 18). GBK and GB 18030 had
private codes for characters that Unicode had not assigned yet; cards, readers and old systems still send those.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from data.message import Message, say

_HAN = (
    (0x2E80, 0x2FD5),  # radicals, which input methods and readers take for the characters
    (0x3007, 0x3007),  # 〇
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # compatibility
    (0x20000, 0x3FFFD),  # extensions B to J, and what the two planes still have room for
)
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE815, 0xE864
"""Where the codes FE50 to FEA0 of GBK stood before Unicode had their characters."""
_ASSIGNED_LATER = {
    0xE7C7: 0x1E3F,
    0xE7C8: 0x01F9,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}
"""What GB 18030-2005 and -2022 moved out of the private area, and the codec of the interpreter has there still."""


def is_digits(text: str) -> bool:
    """Whether a text is digits from 0 to 9 alone, and not empty: those that `int` reads, of one script."""
    return text.isascii() and text.isdigit()


def is_han(character: str) -> bool:
    """Whether a character is a Han character, in whatever edition of Unicode it came."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HAN)


@lru_cache(maxsize=8_192)
def kind_of(character: str) -> str:
    """Unicode's category of a character (Lo, Nd, Cc, …), that of Han being known for all of it."""
    return "Lo" if is_han(character) else unicodedata.category(character)


def is_visible(character: str) -> bool:
    """Whether there is something to be seen of it: no control, format, line end or half a pair. What nobody knows, or
    is private, is visible: it is a character that somebody meant."""
    return kind_of(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} and not is_variation(character)


def is_variation(character: str) -> bool:
    """Whether it only asks for another shape of the character before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def assigned(text: str) -> str:
    """The text with the characters that private codes of GBK and GB 18030 stand for."""
    return text.translate(_private()) if not text.isascii() and _any_private().search(text) else text


def private_code(character: str) -> str:
    """The private code that GB 18030-2000 had for a character, which printers and cards of that time know it by; empty
    where it had none."""
    return chr(_private_codes()[ord(character)]) if ord(character) in _private_codes() else ""


@cache
def _private_codes() -> dict[int, int]:
    return {code: private for private, code in _ASSIGNED_LATER.items()}


@cache
def _private() -> dict[int, int]:
    trails = (trail for trail in range(0x50, 0xA1) if trail != 0x7F)
    codes = zip(range(_FIRST_PRIVATE, _LAST_PRIVATE + 1), trails, strict=True)
    known = {private: ord(bytes((0xFE, trail)).decode("gb18030")) for private, trail in codes}
    return {**{private: code for private, code in known.items() if private != code}, **_ASSIGNED_LATER}


@cache
def _any_private() -> re.Pattern[str]:
    """Finds one of them: most texts have none, and looking costs a tenth of translating."""
    return re.compile(f"[{''.join(map(chr, _private()))}]")


def shown(character: str) -> str:
    """A character as a message can name it: itself where it can be seen, and its code."""
    code = f"U+{ord(character):04X}"
    seen = is_han(character) or (character.isprintable() and not character.isspace())
    return f"{character} ({code})" if seen else code


def stray(text: str) -> Message | None:
    """What is wrong with a text that holds what is no text: control, format, private or unknown characters; the first
    of them by its name."""
    for character in text:
        if kind_of(character)[0] == "C":
            return say("{character} is no character that can be stored here: leave it out.", character=shown(character))
    return None


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula; the wide ones in China and Japan."""


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet would run a cell: blanks before its sign, and tabs and line ends, are none of it there."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
