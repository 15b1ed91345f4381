"""Words: what the program says, in Chinese and in English (gettext; English is also the key).

A `Words` belongs to one language. Screens and papers are handed one; nothing here is global, so that two languages can
be shown side by side.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from data.message import Message, filled

LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT = "zh_CN"


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations = gettext.translation(
            "boss", localedir=Path(__file__).parent, languages=[language], fallback=language == "en"
        )

    def __call__(self, message: Message | str) -> str:
        """A message, or a bare template, in this language. Empty stays empty."""
        if isinstance(message, str):
            return self._translations.gettext(message) if message else ""
        if not message.template:
            return str(message.values.get(self.language, ""))
        template = self._translations.gettext(message.template)
        if not message.values:
            return template
        values = {k: self(v) if isinstance(v, Message) else v for k, v in message.values.items()}
        return filled(template, values)


@cache
def words(language: str = DEFAULT) -> Words:
    """The words of a language, read once."""
    return Words(language)
