"""How what is typed at the prompt and in the palette finds an action or a business, and how its words are told."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from boss_tui.locale import LANGUAGES, words

if TYPE_CHECKING:
    from boss_tui.desk.managed import EntityView

EXACT = 3
"""How well a text fits that is one of the names."""
_INITIALS = 5
"""Letters of a business at most; what is longer is English."""
_AT_MOST = 2


def matches(text: str, *names: str) -> int:
    """How well a typed text fits some names: 3 is one of them, 2 begins one, 1 is in one, 0 does not fit.

    Latin letters are in a name only where one of its words begins with them: initials are no part of a word.
    """
    sought = unicodedata.normalize("NFKC", text).strip().casefold()
    within = f" {sought}" if sought.isascii() else sought
    best = 0
    for name in names:
        held = name.casefold()
        best = max(best, 3 if held == sought else 2 if held.startswith(sought) else 1 if within in held else 0)
    return best


def kept_fits(text: str, kept: EntityView) -> int:
    """How well a typed text fits what managers keep, as `matches` says it of its code, of what its list is headed with
    behind that (`price_rule` of M6/price_rule), its name and its aliases, in whatever language; 1 also where the text
    stands within its name, or in what else it is found by."""
    sought, code = text.strip().casefold(), kept.name.partition("/")[0].casefold()
    if sought == code or (sought and kept.name.casefold().startswith(sought) and "/" in sought):
        return 3
    said = [words(language)(each) for language in LANGUAGES for each in (kept.says, *kept.found_by)]
    names = [kept.name.partition("/")[2], *(words(language)(kept.says) for language in LANGUAGES)]
    fits = max(2 * code.startswith(sought), matches(text, *names, *kept.aliases))
    return fits or int(any(sought in each.casefold() for each in said))


def known_by(aliases: Sequence[str], language: str, name: str = "") -> str:
    """The words that open a business, as its reader would type them: two in English; in Chinese the initials.

    name: what stands beside them already: of the Chinese words only those that it does not hold are told.
    """
    if language == "en":
        return "/".join(sorted((word for word in aliases if word.isascii()), key=len, reverse=True)[:2])
    initials = [word for word in aliases if word.isascii() and len(word) <= _INITIALS][:_AT_MOST]
    return "/".join([*initials, *(word for word in aliases if not word.isascii() and word not in name)])
