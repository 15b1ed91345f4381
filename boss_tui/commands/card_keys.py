"""`boss manage M5 key` and `key-file`: the transport keys that SIM batches come under; their keys, for the element."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from boss_tui.commands.at_work import ask_password
from boss_tui.commands.headquarters import office_of
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, opened, show_facts
from boss_tui.commands.two_people import CheckerOption, MakerOption, two_people
from data.errors import NotAllowed
from data.message import say

keys = typer.Typer()
PARTS = ("BOSS_KEY_PART_1", "BOSS_KEY_PART_2")


def _must_be_stock(at: typer.Context) -> None:
    """NotAllowed for any other subject."""
    if at.obj.split("/")[0].upper() != "M5":
        raise NotAllowed(say("That is done with M5."), field="code")


@keys.command()
@errors_in_words
def key(
    at: typer.Context,
    index: Annotated[str, typer.Argument(help="As the maker's files name it, such as 7.")],
    maker: Annotated[str, typer.Option(help="Whose cards come under it.", show_default=False)] = "",
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a transport key together of two parts (M5), each typed by one of two people: from BOSS_KEY_PART_1 and _2, or
    asked for. It is never shown; its check value is, to be compared with the maker's."""
    from boss_tui.headquarters import card_keys

    _must_be_stock(at)
    with office_of(home, store) as office, two_people(office, home, store, operator, approver) as (desk, checker):
        first, second = (
            os.environ.get(name, "") or ask_password(name, f"Part of {who}")
            for name, who in zip(PARTS, (operator, approver), strict=True)
        )
        row = card_keys.keep(desk, opened(home).folder, index, (first.strip(), second.strip()), checker, maker)
    facts = {"key": row.key_index, "check_value": row.check_value}
    show_facts(facts, {"key": say("Transport key"), "check_value": say("Check value")}, as_json)


@keys.command("key-file")
@errors_in_words
def key_file(
    at: typer.Context,
    order: Annotated[str, typer.Argument(help="The order number of the batch.")],
    path: Annotated[Path, typer.Argument(help="A new file, for the element alone.")],
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the keys of a batch for its element (M5): by who looks after elements (M10) and did not take it in."""
    from boss_tui.headquarters import card_keys

    _must_be_stock(at)
    with at_office(home, operator, store) as desk:
        batch, count = card_keys.write_file(desk, order, path)
    facts = {"element": batch.element, "keys": count, "file": str(path)}
    show_facts(facts, {"element": say("Element"), "keys": say("Keys"), "file": say("File")}, as_json)
