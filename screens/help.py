"""Help (F1): what is legal in this field, what the business is, and the keys, all from where they are declared."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from data.message import Message, say
from screens.keys import key_sheet
from screens.meanings import Meaning
from screens.scrolled import ScrolledScreen
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, wrapped

_DASH = say("A dash: the key does nothing here now; pressed, it says why. Keys not listed are for other screens.")


class HelpText(Drawn):
    """Sections of messages, then the key sheet."""

    def __init__(
        self, sections: list[tuple[Message, Message]], means: Mapping[str, Meaning], off: Mapping[str, Message]
    ) -> None:
        super().__init__()
        self.sections, self.means_there, self.off_there = sections, means, off

    def rows(self, width: int) -> list[Row]:
        """Everything, wrapped."""
        rows: list[Row] = []
        for title, text in self.sections:
            rows.append([(fit(" " + self.words(title), width), "head")])
            rows += [[("  " + line, "")] for line in wrapped(self.words(text), width - 4)]
        rows.append([(fit(" " + self.words(say("Keys")), width), "head")])
        for key, alias, label, tooltip in key_sheet(self.desk.words, self.means_there, self.off_there):
            rows.append(
                [(fit("  " + key, 9), "key"), (fit(alias, 8), "dim"), (fit(label, 14), "strong"), (tooltip, "")]
            )
        rows += [[("  " + line, "dim")] for line in wrapped(self.words(_DASH), width - 4)]
        return rows


class HelpScreen(ScrolledScreen):
    """Closed with F1, F3 or Esc."""

    title_of = say("Help")
    page = 12

    def __init__(
        self, sections: list[tuple[Message, Message]], means: Mapping[str, Meaning], off: Mapping[str, Message]
    ) -> None:
        """means: what keys do on the screen that is helped with; off: why others do nothing there now."""
        super().__init__()
        self._sections, self._means, self._off = sections, means, off

    def parts(self) -> ComposeResult:
        """The text."""
        with self.form:
            yield HelpText(self._sections, self._means, self._off)

    async def do_help(self) -> None:
        """The same key closes it."""
        await self.do_back()
