"""How Chinese characters are read (pinyin), without tones: frozen in `readings.txt`, so that every counter and
headquarters store the same reading of a name, and so that the first one costs a few milliseconds and megabytes.

A character has its commonest reading, but in the words of the file: 行 is xing, and hang in 银行. Words are found from
the left, the longest first. The file is made of pypinyin's dictionaries by `.ci/readings.py`.
"""

from __future__ import annotations

from array import array
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("readings.txt")
_CODES = 0x40000
"""Beyond the last Han character that Unicode has room for."""


class Readings:
    """What the file says.

    Its parts, each behind a blank line: who made it; each syllable and the characters that are read so; words that are
    read character by character; words that are not, each with its syllables.
    """

    def __init__(self, text: str) -> None:
        _, characters, plain, special = text.strip().split("\n\n")
        self._syllables = [""]
        self._place = array("H", bytes(2 * _CODES))  # of each character's syllable; as a dict it is ten times as large
        for line in characters.splitlines():
            syllable, read_so = line.split(" ")
            for character in read_so:
                self._place[ord(character)] = len(self._syllables)
            self._syllables.append(syllable)
        self._words = dict.fromkeys(plain.splitlines(), "")
        for line in special.splitlines():
            word, _, syllables = line.partition(" ")
            self._words[word] = syllables
        self._longest = max(map(len, self._words), default=0)

    def read(self, characters: str) -> list[str]:
        """The syllables of a run of Han characters; a character without a reading (rare) is left out."""
        found: list[str] = []
        at = 0
        while at < len(characters):
            word = self._word(characters, at)
            found += self._words.get(word, "").split() or [self._syllables[self._place[ord(c)]] for c in word]
            at += len(word)
        return [syllable for syllable in found if syllable]

    def _word(self, characters: str, at: int) -> str:
        """The longest word that begins there; the character itself when none does."""
        for length in range(min(self._longest, len(characters) - at), 1, -1):
            if characters[at : at + length] in self._words:
                return characters[at : at + length]
        return characters[at]


@cache
def readings() -> Readings:
    """What the file says, read when it is first asked for."""
    return Readings(FILE.read_text(encoding="utf-8"))
