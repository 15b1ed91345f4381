"""Writes data/readings.txt anew from pypinyin's dictionaries: `python .ci/readings.py`. What stores hold of names stays
as it was read: a new file goes with a migration that reads them anew."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from importlib.metadata import version

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from data.characters import is_han
from data.readings import FILE

HEAD = f"""\
# How Chinese characters are read; data/readings.py says how this is laid out. Made by .ci/readings.py, not by hand,
# from the dictionaries of pypinyin {version("pypinyin")}, Copyright (c) 2016 mozillazg, 闲耘 (the MIT licence, as in
# LICENSE)."""


def syllables(text: str) -> list[str]:
    """The syllables of a text in plain small letters, without tones; ü is v, as it is typed."""
    read = lazy_pinyin(text, errors="ignore")
    return ["".join(c for c in unicodedata.normalize("NFKD", s) if c.isascii() and c.isalnum()) for s in read]


def made() -> str:
    """The file, whole."""
    one = {character: syllables(character) for character in map(chr, sorted(PINYIN_DICT)) if is_han(character)}
    characters: dict[str, list[str]] = defaultdict(list)
    for character, read in one.items():
        characters[read[0]].append(character)
    words = {word: syllables(word) for word in sorted(PHRASES_DICT) if all(map(is_han, word))}
    plain = [word for word, read in words.items() if read == [s for c in word for s in one.get(c, [])]]
    known = set(plain)
    special = [f"{word} {' '.join(read)}" for word, read in words.items() if word not in known]
    lines = [f"{syllable} {''.join(read_so)}" for syllable, read_so in sorted(characters.items())]
    return "\n\n".join([HEAD, *("\n".join(part) for part in (lines, plain, special))]) + "\n"


if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")
