"""Commands over what waits for a person at the desk: the list of the queue monitor, and what can be done about each."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.commands.at_work import CounterOption, OperatorOption, at_work
from boss_tui.commands.shared import HomeOption, JsonOption, show_json, show_table, spoken, told

waiting = typer.Typer(
    name="waiting", no_args_is_help=True, help="What waits for a person: prints, work by hand, what failed on its day."
)


@waiting.command("list")
@told
def listed(
    operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Item by item, with the ways that there are."""
    with at_work(home, operator, counter) as work:
        found = work.desk.waiting()
    if as_json:
        show_json(found)
        return
    say_it = spoken()
    show_table([
        (item.kind, item.key, item.state, say_it(item.title), say_it(item.reason), "|".join(w.name for w in item.ways))
        for item in found
    ])  # fmt: skip


@waiting.command()
@told
def settle(
    kind: Annotated[str, typer.Argument(help="As listed: print, manual or dated.")],
    key: Annotated[str, typer.Argument(help="As listed.")],
    way: Annotated[str, typer.Argument(help="One of the ways that are listed.")],
    words: Annotated[str, typer.Option(help="Why, or what was done, where that must be said.")] = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Do something about an item."""
    with at_work(home, operator, counter) as work:
        work.desk.settle(kind, key, way, words)
