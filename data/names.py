"""Names as they are searched for: the key, the pinyin and its initials. Pure functions; nothing is stored here.

Readings come from `data.readings`, loaded at the first Chinese character that is asked for. A surname may be read
otherwise than the same character elsewhere (单 is Shàn, not dān), which no dictionary knows: `SURNAMES` says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from data.characters import assigned, is_han, is_variation
from data.readings import readings

SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "曾": "zeng",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "乐": "yue",
    "覃": "qin",
    "缪": "miao",
    "隗": "wei",
    "尉": "wei",
    "种": "chong",
    "翟": "zhai",
    "牟": "mu",
    "长孙": "zhang sun",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "单于": "chan yu",
    "澹台": "tan tai",
    "鲜于": "xian yu",
    "令狐": "ling hu",
    "宰父": "zai fu",
    "夏侯": "xia hou",
    "皇甫": "huang fu",
}
"""Readings of surnames that differ from, or are surer than, the dictionary's; compound surnames in two syllables."""

ORGANIZATION_ENDINGS = (
    "公司",
    "厂",
    "店",
    "局",
    "院",
    "学校",
    "大学",
    "中学",
    "小学",
    "银行",
    "中心",
    "集团",
    "社",
    "会",
)
_LONGEST_PERSON = 4  # longer names without a dot are organisations, or people of the minorities: no surname to read


DOTS = "·•‧∙⋅・･‥．●◦᛫⸱ꞏ˙"
"""What stands for the dot between the parts of a name on cards, in readers and on keyboards."""
_PARTS = frozenset(DOTS + ".-'’‘＇`´‐‑‒–—−_ ")
_BLANK = "[ \u3000\u00a0]"
_DOT = re.compile(f"{_BLANK}*[{re.escape(DOTS)}]+{_BLANK}*")
_BLANKS = re.compile(f"{_BLANK}+")
_STOP = re.compile(r"(?<=\S) ?[.。] ?(?=\S)")


def as_stored(typed: str) -> str:
    """A name as it is checked, stored and printed, however it was typed: composed, letters and digits in half width,
    private codes by what they stand for, one · between the parts of a name, no blank between two Han characters.

    Not yet whether it may stand in a name: that is the field's rule.
    """
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" and c.isalnum() else c for c in assigned(typed))
    text = unicodedata.normalize("NFC", "".join(c for c in half if not is_variation(c)))
    text = _BLANKS.sub(" ", _DOT.sub("·", text)).strip(" ·")
    text = _STOP.sub(lambda stop: _between(text, stop), text)
    return re.sub(r"(?<=\S) (?=\S)", lambda blank: _blank(text, blank.start()), text)


def _between(text: str, stop: re.Match[str]) -> str:
    """A full stop between two Han characters is the dot of a name; elsewhere (J. Smith) it is itself."""
    return "·" if is_han(text[stop.start() - 1]) and is_han(text[stop.end()]) else stop[0]


def _blank(text: str, at: int) -> str:
    return "" if is_han(text[at - 1]) and is_han(text[at + 1]) else " "


def name_key(name: str) -> str:
    """What names are compared and found by: as it is stored, in capitals, without what stands between its parts.

    买买提·艾力 is the same with •, a full stop, a blank or nothing, and Mary-Ann O'Brien without hyphen and apostrophe.
    """
    plain = unicodedata.normalize("NFKC", as_stored(name)).upper()
    return "".join(c for c in plain if c not in _PARTS and not c.isspace())


def pinyin(name: str) -> str:
    """The whole reading in small letters, without tones or blanks (张小明 is zhangxiaoming; ü is v, as it is typed)."""
    return "".join(_syllables(name))


def initials(name: str) -> str:
    """The first letter of each syllable, or of each Latin word, in small letters (张小明 is zxm, John Smith js)."""
    return "".join(syllable[0] for syllable in _syllables(name))


@lru_cache(maxsize=1024)
def first_letters(words: str) -> str:
    """The same of words that are nobody's name: no surname is read at their head (解除屏蔽 is jcpb), and numbers are
    whole (畅聊58套餐 is cl58tc)."""
    syllables = _read_all(unicodedata.normalize("NFKC", words))
    return "".join(s if s.isdecimal() else s[0] for s in syllables if s)


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    """The readings of a name's characters and its Latin words, in order."""
    name = unicodedata.normalize("NFKC", as_stored(name))
    surname = _surname(name)
    found = SURNAMES[surname].split() if surname else []
    found += _read_all(name[len(surname) :])
    return tuple(syllable for syllable in found if syllable)


def _read_all(text: str) -> list[str]:
    """The readings of Chinese characters, and the Latin words between them, in order."""
    found: list[str] = []
    for chinese, characters in groupby(text, is_han):
        run = "".join(characters)
        found += readings().read(run) if chinese else _words(run)
    return found


def _surname(name: str) -> str:
    """The surname at the head of a person's name that has a reading of its own, or nothing."""
    if len(name) > _LONGEST_PERSON or name.endswith(ORGANIZATION_ENDINGS):
        return ""
    return next((name[:length] for length in (2, 1) if name[:length] in SURNAMES and len(name) > length), "")


def _words(run: str) -> list[str]:
    """Latin words in small letters without accents; what is neither letter nor digit parts words."""
    parted = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", run).replace("'", ""))
    return [_plain(word) for word in parted.split()]


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if c.isascii() and c.isalnum())
