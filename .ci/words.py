"""The words of the program: gathered from the code, compiled, and checked to be complete.

usage: python .ci/words.py gather|compile|check
"""

from __future__ import annotations

import io
import re
import string
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "boss_tui" / "locale" / "zh_CN" / "LC_MESSAGES" / "boss.po"
SOURCES = ("boss_tui", "screens", "data", "printers")
KEYWORDS = {"say": None, "wrong": None}
NARROW = re.compile("[\u4e00-\u9fff][,;:()]|[,;()][\u4e00-\u9fff]")
TYPED = re.compile("列:值|是:变更中")
"""What is typed so, whose sign is the filter's."""
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
"""The date in the file's head, always the same: two branches that add words then agree on it."""


def gathered() -> Catalog:
    """Every template that the code says."""
    translations = Catalog(project="boss", locale="zh_CN", fuzzy=False)
    for source in SOURCES:
        found = extract_from_dir(str(ROOT / source), keywords=KEYWORDS, method_map=[("**.py", "python")])
        for file, _line, message, comments, _context in found:
            translations.add(message, None, [(f"{source}/{file}", 0)], auto_comments=comments)
    return translations


def stored() -> Catalog:
    """The Chinese words as they are."""
    with TRANSLATIONS.open("rb") as file:
        return read_po(file, locale="zh_CN")


def gather() -> int:
    """Bring the words up to what the code says; what is new has no words yet."""
    translations = stored()
    translations.update(gathered(), no_fuzzy_matching=True)
    translations.obsolete.clear()
    translations.creation_date = SINCE
    buffer = io.BytesIO()
    write_po(buffer, translations, sort_output=True, no_location=True, omit_header=False, width=110)
    TRANSLATIONS.write_bytes(buffer.getvalue())
    return 0


def compile_words() -> int:
    """Write the .mo that the program reads."""
    with TRANSLATIONS.with_suffix(".mo").open("wb") as file:
        write_mo(file, stored())
    return 0


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _fault(said: str, words: str) -> str:
    if not words:
        return "no Chinese"
    if _names(words) != _names(said):
        return "other {values} than the English"
    if odd := {c for c in words if unicodedata.east_asian_width(c) == "A"}:
        return f"characters of ambiguous width: {' '.join(sorted(odd))}"
    narrow = NARROW.search(TYPED.sub("", words))
    return f"a half-width sign in Chinese: {narrow[0]}" if narrow else ""


def check() -> int:
    """Name each template without words, or with words that can't be filled in. Answers how many."""
    translations = stored()
    faults = 0
    for message in gathered():
        if message.id:
            known = translations.get(str(message.id))
            fault = _fault(str(message.id), str(known.string) if known else "")
            if fault:
                faults += 1
                print(f"{message.locations[0][0]}: {fault}: {message.id}")
    print(f"{faults} faults in the words" if faults else "words complete")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit({"gather": gather, "compile": compile_words, "check": check}[sys.argv[1]]())
