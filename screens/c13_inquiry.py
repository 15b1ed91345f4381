"""C13 inquiry (查询和咨询). Special here: F4 beside 'Look at' opens the customer's data; F9 prices a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boss_tui.answers.business import DraftView
from data.characters import is_digits
from data.message import Message, say
from screens.business import BusinessScreen
from screens.dialogs.one_line import OneLine
from screens.list_screen import ListScreen
from screens.preview import PreviewScreen
from screens.widgets.listing import ListRow


class InquiryScreen(BusinessScreen):
    """The form, and the way into the data."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """How the data is reached."""
        said = [say("F4 beside 'Look at': the customer's data. F9: the price of a held form, as a slip.")]
        if not draft.facts.get("customer_id"):
            said.insert(0, say("The number first; then document or password."))
        return [(line, "dim") for line in said]

    async def do_list(self) -> None:
        """The parts of the customer, beside 'Look at'; else the field's own list."""
        if self.panel.current != "part":
            await super().do_list()
            return
        await self.save()
        parts = await self.desk.call(self.desk.port.forms.choices, self.draft.id, "part", "")
        if await self._allowed():
            await self.desk.push_screen(PartsScreen(self.draft.id, [(c.value, c.label) for c in parts]))

    async def do_price(self) -> None:
        """The price of a held form, printed as a quotation."""
        number = await self.desk.ask(OneLine(say("Price quotation"), say("Number of the held form"), needed=True))
        if number is None:
            return
        if not is_digits(number.strip()):
            self.tell(say("The number of a held form, such as 12."), "error")
            return
        paper = await self.desk.call(self.desk.port.forms.quotation, int(number))
        await self.desk.push_screen(PreviewScreen(say("Price quotation"), [paper], reprint=False))


class PartsScreen(ListScreen):
    """The parts of a customer; Enter opens one, typing narrows."""

    title_of = say("What there is to know")
    widths: ClassVar[tuple[int, ...]] = (40,)

    def __init__(self, draft_id: str, parts: Sequence[tuple[str, Message]]) -> None:
        super().__init__()
        self.draft_id, self._offered = draft_id, parts

    async def load(self, text: str) -> Sequence[ListRow]:
        """Each part by its name; its code finds it too."""
        lines = [ListRow((title,), (code, title)) for code, title in self._offered]
        return [line for line in lines if line.holds(text) or text.strip().casefold() in line.value[0].casefold()]

    async def chosen(self, line: ListRow) -> None:
        """Look at it: this is logged."""
        code, title = line.value
        rows = await self.desk.call(self.desk.port.inquiry.inquire, self.draft_id, code)
        await self.desk.push_screen(PartScreen(title, rows))


class PartScreen(ListScreen):
    """What a part holds, row by row; typing narrows."""

    hint: ClassVar[Message] = say("Type to narrow. Esc: the other parts")
    empty: ClassVar[Message] = say("Nothing is on file.")

    def __init__(self, title: Message, rows: Sequence[tuple[str | Message, ...]]) -> None:
        super().__init__()
        self._title, self._held = title, rows

    def on_mount(self) -> None:
        """The columns take what the rows need."""
        self.listing.fit_to([ListRow(row) for row in self._held])
        super().on_mount()

    def heading(self) -> Message:
        """The part."""
        return self._title

    async def load(self, text: str) -> Sequence[ListRow]:
        """The rows that hold what is typed."""
        return [line for line in map(ListRow, self._held) if line.holds(text)]

    async def chosen(self, line: ListRow) -> None:
        """A row has nothing behind it."""
