"""Counting the stock 库存盘点: a field for each kind of card and model; what the books expect is not shown before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import create_model

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import StockLine
from boss_tui.forms.fields import Ask, FieldSpec
from boss_tui.forms.form import Form
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import Message, both, say
from data.states import kind_name
from screens.dialogs.approval import Approval
from screens.dialogs.one_line import OneLine
from screens.local_form import LocalFormScreen
from screens.preview import PreviewScreen

DIGITS = 7


def _specs(lines: Sequence[StockLine]) -> tuple[FieldSpec, ...]:
    """A field for the pieces of each kind of stock."""
    fields: dict[str, Any] = {
        f"piece_{place}": (Annotated[str, Ask(kind_name(line.kind), "digits", help=HELP, width=9, length=DIGITS)], "")
        for place, line in enumerate(lines)
    }
    form: type[Form] = create_model("StockForm", __base__=Form, **fields)
    return form.fields()


HELP = say("How many pieces are there. Empty: not counted.")


class StockCountScreen(LocalFormScreen):
    """Pieces by kind. F10 puts the count on record and prints its slip."""

    title_of = say("Count the stock")
    about = say(
        "Count the pieces of each kind; an empty field is not counted. F10 puts the count on record and prints its "
        "slip. When it differs from the books a reason is asked for, and a supervisor."
    )

    wanted = say("How many pieces of each? An empty field is not counted. F10: on record")

    def __init__(self, lines: Sequence[StockLine]) -> None:
        super().__init__(_specs(lines))
        self._lines = lines
        self._of = {
            f"piece_{place}": line.of if isinstance(line.of, Message) else both(line.of, line.of)
            for place, line in enumerate(lines)
        }

    def on_mount(self) -> None:
        """What each is of beside its field: before it there is little room."""
        self.panel.notes = dict(self._of)
        self.panel.redraw()

    def check(self) -> dict[str, Message]:
        """Whole numbers. What is wrong stands in place of what the field is of, and says that too."""
        return {
            name: say("{what}: how many pieces, such as 12.", what=self._of[name])
            for name, value in self.panel.values().items()
            if value.strip() and not is_digits(value.strip())
        }

    async def do_complete(self) -> None:
        """Send the count; ask for what is wanting; show its slip."""
        wrong = self.check()
        if wrong:
            self.refuse(wrong)
            return
        values = self.panel.values()
        typed = [values[f"piece_{place}"].strip() for place in range(len(self._lines))]
        found = {line.key: int(text) for line, text in zip(self._lines, typed, strict=True) if text}
        done: list[PaperView] = []
        reason = ""

        async def send(staff_no: str = "", password: str = "") -> None:
            done.append(await self.desk.call(self.desk.port.stock.count, found, reason, staff_no, password))

        while not done:
            try:
                await send()
            except NotAllowed as refusal:
                if refusal.field == "reason":
                    reason = await self.desk.ask(OneLine(self.title_of, refusal.message, needed=True)) or ""
                    given = bool(reason)
                elif refusal.field == "approved_by":
                    about = (say("{label}: {value}", label=say("Reason"), value=reason),)
                    given = await self.desk.ask(Approval(send, (refusal.message,), about)) is True
                else:
                    self.tell(refusal.message, "error")
                    return
                if not given:
                    self.tell(say("Not completed. The form is still here."), "warn")
                    return
        await self.desk.pop_screen()
        await self.desk.push_screen(PreviewScreen(say("Stock count"), done, reprint=False))
