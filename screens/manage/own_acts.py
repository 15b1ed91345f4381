"""What can be done at the lists of some kinds of rows alone, beside what the kit has for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from data.message import Message
from screens.frame import DeskScreen


def own_acts(
    screen: DeskScreen, kind: str, here: str, at_office: bool
) -> list[tuple[Message, Callable[[], Awaitable[None]]]]:
    """By the words of the list of what can be done. `kind`: the rows' table; `here`: the key under the cursor."""
    if kind == "operator":
        from screens.manage import people

        return people.acts(screen, here, at_office)
    if kind == "process":
        from screens import processes

        return processes.acts(screen, here)
    if kind == "listed_person":
        from screens.manage.list_files import ListFilesScreen

        async def files() -> None:
            await screen.desk.push_screen(ListFilesScreen())

        return [(ListFilesScreen.title_of, files)]
    return []
