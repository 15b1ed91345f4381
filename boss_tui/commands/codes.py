"""Codes that headquarters makes: with one an outlet enrols, with another somebody signs on again whom it shut out."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.commands.office import signed_office
from boss_tui.commands.options import HomeOption, JsonOption, OutletArgument, RecordedOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_json

app = typer.Typer()


@app.command()
@errors_in_words
def code(
    outlet: OutletArgument,
    operator: RecordedOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time code with which an outlet enrols within three days."""
    from boss_tui.headquarters.enrolment import make_code

    with signed_office(home, operator, store) as (office, by):
        made = make_code(office, outlet, by)
    if as_json:
        show_json({"outlet": outlet, "code": made})
    else:
        print(made)


@app.command("unlock-code")
@errors_in_words
def unlock_code(
    outlet: Annotated[str, typer.Argument(help="The outlet's code, as it is read out.")],
    staff_no: Annotated[str, typer.Argument(help="The staff number that is locked there.")],
    challenge: Annotated[str, typer.Argument(help="What the outlet's screen shows, such as ABCD-EFGH.")],
    operator: RecordedOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The code to read out over the phone that lets somebody sign on again whom wrong passwords locked out.

    Make sure who is calling before: whoever has the code and the password is let in. It is good once, at that outlet,
    for that staff number, within half an hour of the challenge; that it was given is on record here.
    """
    from boss_tui.headquarters.unlocking import unlock_code as made

    with signed_office(home, operator, store) as (office, by):
        answer = made(office, outlet, staff_no, challenge, by)
    if as_json:
        show_json({"outlet": outlet, "staff_no": staff_no, "code": answer})
    else:
        print(answer)
