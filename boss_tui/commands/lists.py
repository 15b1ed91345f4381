"""`boss lists`: red and black lists as files, with head, count, hash and sequence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from boss_tui.commands.manage import FromOption, ReasonOption, TitleOption
from boss_tui.commands.office import at_office
from boss_tui.commands.options import GoOption, HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show, show_json, show_table, spoken, tell
from data.errors import BadForm
from data.message import say

lists = typer.Typer(
    name="lists", no_args_is_help=True, help="Red and black lists of people: files of partners taken in (M3.2)."
)
TOLD = 20


@lists.command("import")
@errors_in_words
def imported(
    file: Annotated[Path, typer.Argument(help="Its first line is #LIST,source,list,kind,sequence,count,sha256.")],
    go: GoOption = False,
    bad: Annotated[str, typer.Option(help="Where the rejects go, with line, field and why.", show_default=False)] = "",
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A list into an edition (several, where it is long), whole or not at all: first only looked at, then with --go."""
    with at_office(home, operator, store) as desk:
        found = desk.list_files.read(file)
        bad_file = desk.list_files.rejected(found, str(Path(bad).absolute())) if bad and found.rejects else ""
        made = []
        if go and not found.rejects:
            made = desk.list_files.take(file, title=title, reason=reason, effective_from=since)
    faults = [{"line": each.line, "column": each.column, "why": each.why} for each in found.rejects]
    counts = found.counts()
    if as_json:
        editions = [edition.number for edition in made]
        show_json({"head": found.head, **counts, "faults": faults, "bad_file": bad_file, "editions": editions})
    else:
        speak = spoken()
        show(speak(say("new {new}, changed {changed}, ended {ended}, the same {same}, wrong {bad}", **counts)))
        for each in found.rejects[:TOLD]:
            tell(speak(say("line {line}, {column}: {why}", line=each.line, column=each.column or "-", why=each.why)))
        for edition in made:
            show(speak(say("Edition {number}: {title}", number=edition.number, title=edition.title)))
    if found.rejects:
        first = found.rejects[0]
        raise BadForm({f"line {first.line} {first.column}".strip(): first.why})


@lists.command("files")
@errors_in_words
def files(
    operator: ManagerOption = "", store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """The files that were taken in, the last first."""
    from data.clock import wall_day
    from data.states import state_name

    with at_office(home, operator, store) as desk:
        found = desk.list_files.taken()
    if as_json:
        show_json([{**each.file.__dict__, "state": each.edition.state} for each in found])
        return
    speak = spoken()
    show_table(
        [
            (
                speak(each.says),
                str(each.file.rows),
                wall_day(each.file.taken_at),
                str(each.edition.number),
                speak(state_name(each.edition.state)),
            )
            for each in found
        ]
    )
