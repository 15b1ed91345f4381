"""Words: what the program says, in Chinese and in English (gettext; English is also the key).

A `Words` belongs to one language. Screens and papers are handed one; nothing here is global, so that two languages can
be shown side by side.
"""

from __future__ import annotations

import gettext
import re
from functools import cache, lru_cache
from pathlib import Path

from data.message import Message, filled

LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT = "zh_CN"

_HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uff60"
"""Chinese characters, and the signs that stand between them."""
_BLANK = re.compile(rf"(?<=[{_HAN}]) (?=\{{)|(?<=\}}) (?=[{_HAN}])")
_LABELLED = re.compile(r"[^{，。：；]* \{\w+\}")
_IF_LATIN = "\0"
"""In a template, a blank that is there for a number or a Latin word: between Chinese and Chinese there is none."""
_IN_CHINESE = re.compile(rf"(?<=[{_HAN}]){_IF_LATIN}+(?=[{_HAN}])")


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        translations = gettext.translation(
            "boss", localedir=Path(__file__).parent, languages=[language], fallback=language == "en"
        )
        self._said = lru_cache(maxsize=4096)(translations.gettext)

    def __call__(self, message: Message | str) -> str:
        """A message, or a bare template, in this language. Empty stays empty."""
        if isinstance(message, str):
            return self._said(message) if message else ""
        if not message.template:
            return str(message.values.get(self.language, ""))
        template = self._said(message.template)
        if not message.values:
            return template
        values = {k: self(v) if isinstance(v, Message) else v for k, v in message.values.items()}
        if self.language == DEFAULT and template != (marked := _marked(template)):
            return _IN_CHINESE.sub("", filled(marked, values)).replace(_IF_LATIN, " ")
        return filled(template, values)


@cache
def _marked(template: str) -> str:
    """A Chinese template, with a mark for each blank beside a value whose words may be Chinese, too; of what is only a
    label and its value the blank is what tells them apart."""
    return template if _LABELLED.fullmatch(template) else _BLANK.sub(_IF_LATIN, template)


@cache
def words(language: str = DEFAULT) -> Words:
    """The words of a language, read once."""
    return Words(language)
