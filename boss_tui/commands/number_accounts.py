"""Document numbers accounted for: `boss paper account` at an outlet; `boss headquarters numbers …` at the office, where
they are received, handed to outlets and asked back as well."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import by_operator
from boss_tui.commands.options import (
    HomeOption,
    JsonOption,
    NumbersReasonOption,
    OutletArgument,
    PaperKindArgument,
    StoreOption,
)
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken
from boss_tui.commands.two_people import MakerOption
from data.message import say
from data.states import kind_name

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.components.documents.number_accounts import CodeAccount

account = typer.Typer()
numbers = typer.Typer(
    name="numbers", no_args_is_help=True, help="Document numbers: received, handed to outlets, each accounted for."
)


@account.command("account")
@by_operator
def of_hall(work: AtWork, as_json: JsonOption = False) -> None:
    """Every number that this outlet was handed: where it is, and which are missing."""
    found = work.desk.numbers.accounts()
    _show(found, as_json)


@numbers.command("account")
@errors_in_words
def of_all(
    operator: MakerOption = "", store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Every number that was received, over all outlets: where it is, and which are missing."""
    from boss_tui.commands.office import at_office

    with at_office(home, operator, store) as desk:
        found = desk.numbers.accounts()
    _show(found, as_json)


@numbers.command()
@errors_in_words
def receive(
    kind: PaperKindArgument,
    code: Annotated[str, typer.Argument(help="The code that is printed on them.")],
    first: Annotated[int, typer.Argument(help="The first number.", min=0)],
    last: Annotated[int, typer.Argument(help="The last number.", min=0)],
    supplier: Annotated[str, typer.Option("--from", help="The printer's shop, or the tax bureau.")],
    paper: Annotated[str, typer.Option("--note", help="The number of the delivery note.")],
    pieces: Annotated[int, typer.Option(help="How many the note says there are.", min=0, show_default=False)] = 0,
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a delivery of numbers in; another person hands them out."""
    note = {"supplier": supplier, "paper": paper, "pieces": pieces}
    _do(
        "receive",
        {"kind": kind, "code": code, "first": first, "last": last, **note},
        operator,
        store,
        home,
        as_json=as_json,
    )


@numbers.command()
@errors_in_words
def issue(
    outlet: OutletArgument,
    kind: PaperKindArgument,
    pieces: Annotated[int, typer.Argument(help="How many, in one run.", min=1)],
    reason: NumbersReasonOption,
    code: Annotated[str, typer.Option(help="Of this code alone.", show_default=False)] = "",
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand numbers to an outlet; its next exchange brings them. Not by who took them in."""
    said = {"outlet": outlet, "kind": kind, "code": code, "pieces": pieces, "reason": reason}
    _do("issue", said, operator, store, home, as_json=as_json)


@numbers.command()
@errors_in_words
def recall(
    number: Annotated[str, typer.Argument(help="Any number of the block, with its code: SJ26HZ01-10000018.")],
    reason: NumbersReasonOption,
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask an outlet for a block of numbers back."""
    _do("recall", {"number": number, "reason": reason}, operator, store, home, as_json=as_json)


def _do(act: str, said: Mapping[str, object], operator: str, store: str, home: Path | None, *, as_json: bool) -> None:
    """An act of M9's at the office, and what came of it."""
    from boss_tui.commands.manage_acts import show
    from boss_tui.commands.office import at_office

    with at_office(home, operator, store) as desk:
        found = desk.acting.do("M9", act, {name: str(value) for name, value in said.items()})
    show(found, as_json)


def _show(found: list[CodeAccount], as_json: bool) -> None:
    """Each code with its sums, then whose they are, then each number that is missing or was never received."""
    from boss_tui.components.documents.number_accounts import FATE_NAMES, FATES

    if as_json:
        show_json([{"is_whole": one.is_whole, **_as_json(one)} for one in found])
        return
    speak = spoken()
    heads = [speak(say("Code")), speak(say("Whose")), speak(say("Received"))]
    rows = [(*heads, *(speak(FATE_NAMES[fate]) for fate in FATES))]
    for one in found:
        name = f"{speak(kind_name(one.kind))} {one.code}"
        rows.append((name, "=", str(one.received), *(str(one.total(fate)) for fate in FATES)))
        for line in one.lines:
            whose = "/".join(filter(None, (line.outlet, line.counter))) or "-"
            rows.append(("", whose, "", *(str(getattr(line, fate) or "") for fate in FATES)))
    show_table(rows)
    for one in found:
        for what, runs in ((say("missing"), one.gaps), (say("never received"), one.unexplained)):
            for first, last in runs:
                print(f"!! {one.code} {first:08d}-{last:08d} {speak(what)}")


def _as_json(one: CodeAccount) -> dict[str, object]:
    from msgspec.structs import asdict

    return asdict(one)
