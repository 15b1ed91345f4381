"""The simulated machines around a demonstration hall: how each is, and what is to go wrong there (Enter)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boss_tui.answers.machines import IN_ORDER, WELL, MachineLine, outcome
from data.message import Message, say
from screens.dialogs.pick_list import pick
from screens.list_screen import ListScreen
from screens.meanings import AGAIN, Meaning, here
from screens.widgets.listing import ListRow


class MachinesScreen(ListScreen):
    """A line for each machine; Enter asks what is to go wrong, F10 mends all."""

    means = here(restore=AGAIN, complete=Meaning(say("Mend"), say("All of them are in order again")))
    title_of = say("Simulated machines")
    hint: ClassVar[Message] = say("Enter: what is to go wrong there until it is mended. F10: mend all")
    widths: ClassVar[tuple[int, ...]] = (32, 40)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Narrowed by what is typed."""
        return self.narrowed(map(_line, await self.desk.call(self.desk.port.machines.lines)), text)

    async def chosen(self, line: ListRow) -> None:
        """One fault more, one that it has mended, or none any more."""
        machine: MachineLine = line.value
        ways = [
            ListRow((say("{fault}: mend it", fault=told) if code in machine.now else told,), code)
            for code, told in {WELL: IN_ORDER, **machine.faults}.items()
        ]
        fault = await self.desk.ask(pick(machine.name, ways))
        if fault is not None:
            faults = () if fault == WELL else {*machine.now} ^ {fault}
            self._told(await self.desk.call(self.desk.port.machines.fail, machine.code, *faults))

    async def do_complete(self) -> None:
        """All are in order."""
        self._told(await self.desk.call(self.desk.port.machines.mend))

    def _told(self, counts: bool) -> None:
        self.tell(outcome(counts), "good" if counts else "warn")
        self.entry.value = ""
        self.reload()


def _line(machine: MachineLine) -> ListRow:
    return ListRow((machine.name, machine.state), machine, "error" if machine.now else "")
