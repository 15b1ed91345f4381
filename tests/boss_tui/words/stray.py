"""Words of the wrong language in what is shown to a person: Latin ones in Chinese, Han ones in English.

What has no other language is no fault: serials and codes that hold digits, addresses of e-mail and the web, what a
customer or clerk typed, and the abbreviations that Chinese writes in Latin letters too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LATIN = frozenset(
    {
        "SIM",
        "IMEI",
        "IMSI",
        "ICCID",
        "PIN",
        "PUK",
        "STK",
        "MB",
        "GB",
        "HLR",
        "QR",
        "CODE",
        "X",
        "Z",
        "F",
        "Ctrl",
        "Esc",
        "y",
        "n",
        "TRAINING",
        "AAAAA",
        "ABAB",
        "Pro",
    }
)
"""What Chinese papers, lists and dialogs write in Latin letters: abbreviations, keys, yes and no, grades, models."""
_NO_WORD = re.compile(r"https?://\S+|[\w.*]+@[\w.]+|\b(?=[A-Za-z_-]*\d)[\w-]+\b|\[\w+\]", re.ASCII)
_MASKED = re.compile(r"\w\*+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z_]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CAPITALS = re.compile(r"人民币\S+")
_TWO_SIGNS = re.compile(r"[-−][ ]?[-−][ ]?[0-9]")
_OWN = re.compile(r"\b(?:[a-z]+_[a-z_]+|[a-z]+[A-Z][A-Za-z]+)\b")

_SIGNS = "−-"
_DOUBTFUL = {
    "zh_CN": re.compile(f"[A-Za-z{_SIGNS}]"),
    "en": re.compile(f"{_HAN.pattern}|[{_SIGNS}]|[a-z][A-Z_]"),
}
"""Texts that hold none of these are of their language, whatever else stands in them."""


def stray(text: str, language: str, data: Iterable[str] = ()) -> list[str]:
    """The words in a text that are not of the language, nor `data`, nor known to be written so; and in each language
    names as only the store writes them: of columns (valid_until) and states (inProgress)."""
    if not _DOUBTFUL[language].search(text):
        return []
    for known in sorted(filter(None, data), key=len, reverse=True):
        text = text.replace(known, " ")
    text = _MASKED.sub(" ", _CAPITALS.sub(" ", _NO_WORD.sub(" ", text)))
    signs = _TWO_SIGNS.findall(text)
    if language == "zh_CN":
        return signs + [word for word in _LATIN.findall(text) if word not in LATIN]
    return [*signs, *_HAN.findall(text), *_OWN.findall(text)]
