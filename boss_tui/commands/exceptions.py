"""Commands of headquarters about what it put aside of outlets' entries: to see it, and to end it with a decision."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from boss_tui.commands.headquarters import StoreOption, office_of
from boss_tui.commands.shared import HomeOption, JsonOption, show_json, show_table, spoken, told

app = typer.Typer()


@app.command()
@told
def exceptions(store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What could not be applied and is open: key, outlet, entry, reason."""
    from boss_tui.sync.states import reason_words
    from data.tables.sync import SyncException

    with office_of(home, store) as office, office.store.reading() as reading:
        found = reading.all(SyncException, state="open", order=("raised_at", "id"))
    lines: list[dict[str, Any]] = [
        {"id": e.id, "outlet": e.outlet, "entry": e.seq, "reason": e.reason, "means": reason_words(e.reason)}
        for e in found
    ]
    if as_json:
        show_json(lines)
    else:
        show_table([(str(e["id"]), str(e["outlet"]), str(e["entry"]), spoken()(e["means"])) for e in lines])


@app.command("resolve")
@told
def resolve_exception(
    exception: Annotated[str, typer.Argument(help="Its key, from `boss headquarters exceptions`.")],
    resolution: Annotated[str, typer.Argument(help="What was decided.")],
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """End an exception with what was decided; its outlet is told by the next sync."""
    from boss_tui.headquarters.exceptions import resolve

    with office_of(home, store) as office:
        resolve(office.store, exception, resolution)


@app.command("accept")
@told
def accept_exception(
    exception: Annotated[str, typer.Argument(help="Its key, from `boss headquarters exceptions`.")],
    resolution: Annotated[str, typer.Argument(help="Why it is taken after all.")],
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """Take an entry that was put aside, whatever its date, where nothing is in its way any more."""
    from boss_tui.headquarters.exceptions import accept

    with office_of(home, store) as office:
        accept(office.store, exception, resolution)
