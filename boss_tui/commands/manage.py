"""`boss manage CODE …`: the rows that managers keep, by command: listed, changed into a draft, tried.

CODE is a row of the catalogue (M6: the first that it keeps), or one thing that it keeps (M6/tax_rate).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands import editions
from boss_tui.commands.editions import facts_of
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show, show_json, show_table, spoken, tell
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.states import state_name
from data.table_words import row_words

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.desk.managed import DraftedRows
    from boss_tui.management.called import Names
    from boss_tui.management.kit.entity import Entity, Key
    from boss_tui.management.kit.listing import ListRow

manage = typer.Typer(
    name="manage",
    invoke_without_command=True,
    help="What managers keep, such as prices: boss manage M6 list; boss manage M6 edit C1-01 amount=45.",
)

KeyArgument = Annotated[str, typer.Argument(help="The row's key; of several parts with / between.")]
Fields = Annotated[list[str], typer.Argument(help="As typed on the screen; - empties.", metavar="FIELD=VALUE…")]
EditionOption = Annotated[
    str,
    typer.Option(
        "--edition",
        help="Number of a draft of one's own, of whatever business; by default the open one of this.",
        show_default=False,
    ),
]
TitleOption = Annotated[str, typer.Option(help="A new edition with this title.", show_default=False)]
ReasonOption = Annotated[str, typer.Option(help="Why; of a new edition.", show_default=False)]
FromOption = Annotated[
    str, typer.Option("--from", help="The business date from which a new edition counts; at once.", show_default=False)
]
AnywayOption = Annotated[
    bool, typer.Option("--anyway", help="Though it would be refused as it is: another row may mend it.")
]
FilterOption = Annotated[
    str, typer.Option("--filter", help='Such as "card amount>10 is:pending !state:withdrawn".', show_default=False)
]
SortOption = Annotated[
    str, typer.Option("--sort", help="A column; -column for the greatest first.", show_default=False)
]
AsOfOption = Annotated[str, typer.Option("--as-of", help="The business date as of which.", show_default=False)]


@manage.callback()
@errors_in_words
def subjects(
    at: typer.Context,
    code: Annotated[str, typer.Argument(help="Such as M6 or M6/tax_rate; without one they are listed.")] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What there is to manage, and whether one may change it; of one of them, what a command after its code does."""
    at.obj = code
    if at.invoked_subcommand is not None:
        return
    with at_office(home, operator, store) as desk:
        if at.obj:
            desk.managing.entity(at.obj)  # it says which there are
        found = [each for each in desk.managing.entities() if each.name.casefold().startswith(at.obj.casefold())]
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table(
        [
            (each.name, speak(each.says), speak(say("may be changed") if each.may_change else say("to be looked at")))
            for each in found
        ]
    )


@manage.command("list")
@errors_in_words
def listed(
    at: typer.Context,
    typed: FilterOption = "",
    sort: SortOption = "",
    as_of: AsOfOption = "",
    most: Annotated[int, typer.Option(min=1, max=100_000, help="Rows at most.")] = 50,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rows, with what is pending on them and whether they are in force; how many fit, and how many there are."""
    with at_office(home, operator, store) as desk:
        found = desk.managing.page(at.obj, typed, sort=sort, as_of=as_of, size=most)
        fit, every = desk.managing.count(at.obj, typed, as_of)
    rows = (*found.coming, *found.page.rows)
    if as_json:
        show_json(
            {
                "as_of": found.day,
                "fit": str(fit),
                "of": str(every),
                "more": found.page.after is not None,
                "coming": [_row_facts(found.entity, row) for row in found.coming],
                "rows": [_row_facts(found.entity, row) for row in found.page.rows],
            }
        )
        return
    speak, entity = spoken(), found.entity
    heading = (*(speak(column.label) for column in entity.list_in(speak.language)), "", "")
    show_table([heading, *(_row_line(entity, row, found.names) for row in rows)])
    tell(speak(say("Rows: {fit} of {all} fit the filter, as of {day}", fit=str(fit), all=str(every), day=found.day)))


def _row_facts(entity: Entity, row: ListRow) -> dict[str, Any]:
    """A row as JSON: what people may see of it, never what its table holds besides, such as the hash of a password."""
    seen = {column.name: row.values[column.name] for column in entity.columns}
    return {"key": row.key, "validity": row.validity, "shipped": row.is_shipped, "pending": row.pending, **seen}


def _row_line(entity: Entity, row: ListRow, names: Names) -> tuple[str, ...]:
    from boss_tui.management import words
    from boss_tui.management.kit.entity import IN_FORCE

    speak = spoken()
    marks = ((each, "+" if each.op == "add" else "") for each in row.pending)
    pending = ", ".join(f"{new}#{each.number} {each.author} {speak(state_name(each.state))}" for each, new in marks)
    told = [words.SHIPPED] if row.is_shipped else [] if row.validity == IN_FORCE else [state_name(row.validity)]
    validity = ", ".join(map(speak, told))
    cells = (words.cell_said(entity, column, row, names) for column in entity.list_in(speak.language))
    return (*(speak(cell) if isinstance(cell, Message) else cell for cell in cells), validity, pending)


@manage.command("show")
@errors_in_words
def shown(
    at: typer.Context,
    key: KeyArgument,
    edition: EditionOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A row: as it stands, and as the open draft leaves it."""
    with at_office(home, operator, store) as desk:
        entity = desk.managing.entity(at.obj)
        found = desk.managing.row(at.obj, key_of(entity, key), edition_of(desk, edition))
        meant = [desk.managing.meant(at.obj, typed or {}) for typed in (found.before, found.after)]
    if as_json:
        show_json(
            {
                "key": found.key,
                "before": found.before,
                "after": found.after,
                "op": found.op,
                "edition": facts_of(found.edition) if found.edition else None,
            }
        )
        return
    speak = spoken()
    before, after = (
        {
            name: f"{text} {speak(means[name])}".strip() if name in means else text
            for name, text in (typed or {}).items()
        }
        for typed, means in zip((found.before, found.after), meant, strict=True)
    )
    show_table(
        [
            (
                speak(column.label),
                before.get(column.name, "-"),
                f"-> {after.get(column.name, '-')}" if before.get(column.name) != after.get(column.name) else "",
            )
            for column in entity.columns
        ]
    )
    if found.told is not None:
        tell(speak(found.told))


@manage.command("new")
@errors_in_words
def new(
    at: typer.Context,
    fields: Fields,
    like: Annotated[
        str, typer.Option(help="A row's key: a copy of it, with all that belongs to it.", show_default=False)
    ] = "",
    edition: EditionOption = "",
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    """A new row, into a draft. What would be refused with it is told, and nothing is made."""
    with at_office(home, operator, store) as desk:
        old = key_of(desk.managing.entity(at.obj), like) if like else None
        typed = {**(desk.managing.copied(at.obj, old) if old else {}), **typed_fields(fields)}
        into = edition_of(desk, edition)
        if not anyway:
            _must_go(desk, at.obj, None, {**desk.managing.blank(at.obj), **typed}, None if title else into)
        done = desk.managing.add(at.obj, typed, into, old, **_said(title, reason, since))
    _show_done(done, as_json)


@manage.command()
@errors_in_words
def edit(
    at: typer.Context,
    key: KeyArgument,
    fields: Fields,
    edition: EditionOption = "",
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    """A row changed, in a draft. What would be refused with it is told, and nothing is changed."""
    with at_office(home, operator, store) as desk:
        wanted, typed = key_of(desk.managing.entity(at.obj), key), typed_fields(fields)
        into = edition_of(desk, edition)
        if not anyway:
            from boss_tui.management.kit.working import emptied

            view = desk.managing.row(at.obj, wanted, into)
            stands = view.after or view.before or {}
            _must_go(desk, at.obj, wanted, {**stands, **emptied(typed)}, None if title else into)
        done = desk.managing.change(at.obj, [wanted], typed, into, **_said(title, reason, since))
    _show_done(done, as_json)


@manage.command()
@errors_in_words
def end(
    at: typer.Context,
    keys: Annotated[list[str], typer.Argument(help="Keys of the rows that end.", metavar="KEY…")],
    edition: EditionOption = "",
    title: TitleOption = "",
    reason: ReasonOption = "",
    since: FromOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rows that end, in a draft. What would be refused with that is told, and nothing is changed.

    Nothing published is deleted: a roll-back brings them again."""
    with at_office(home, operator, store) as desk:
        entity = desk.managing.entity(at.obj)
        wanted, into = [key_of(entity, key) for key in keys], edition_of(desk, edition)
        if not anyway and (told := desk.trying.against_ending(at.obj, wanted, None if title else into)):
            raise NotAllowed(told[0], reasons=told)
        done = desk.managing.end(at.obj, wanted, into, **_said(title, reason, since))
    _show_done(done, as_json)


@manage.command()
@errors_in_words
def drop(
    at: typer.Context,
    keys: Annotated[list[str], typer.Argument(help="Keys of rows that the draft changes.", metavar="KEY…")],
    edition: EditionOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rows taken out of a draft: they stay as they stand. They can be put in again."""
    from boss_tui.desk.managed import DraftedRows

    with at_office(home, operator, store) as desk:
        entity, mine = desk.managing.entity(at.obj), desk.managing.draft(at.obj)
        which = edition or (mine.id if mine is not None else "")
        if not which:
            raise NotAllowed(say("No draft is open: say which edition."), field="edition")
        there = {each.key: each.position for each in desk.editions.show(which).differences if each.table == entity.name}
        wanted = [key_of(entity, key) for key in keys]
        if missing := [key for key in wanted if key not in there]:
            raise NotAllowed(say("It does nothing to {row}.", row=row_words(entity.model, missing[0])))
        for key in wanted:
            desk.editions.drop(which, there[key])
        left = desk.editions.show(which)
    _show_done(DraftedRows(left.edition, len({each.position for each in left.differences})), as_json)


def _must_go(desk: Desk, name: str, key: Key | None, typed: dict[str, str], edition: str | None) -> None:
    """BadForm, by field: a row, as it is typed, would be refused in the draft that it is meant for."""
    if unnamed := desk.managing.unnamed(name, typed):
        how = {field: f"boss manage {name} fields {field}" for field in unnamed}
        raise BadForm(
            {
                field: say("{told} {command} lists what there is.", told=told, command=how[field])
                for field, told in unnamed.items()
            }
        )
    if against := desk.trying.against(name, key, typed, edition):
        raise BadForm(against)


def _show_done(done: DraftedRows, as_json: bool) -> None:
    if as_json:
        show_json({"edition": facts_of(done.edition), "rows": done.rows, "needs_two": done.needs_two})
        return
    into = done.edition
    show(
        spoken()(
            say(
                "{n} {n:row|rows} in edition {number}, {title}: {state}.",
                n=done.rows,
                number=into.number,
                title=into.title,
                state=state_name(into.state),
            )
        )
    )
    if done.needs_two:
        show(spoken()(done.needs_two))


manage.command("describe")(editions.describe)


manage.command("submit")(editions.submit)
manage.command("approve")(editions.approve)
manage.command("reject")(editions.reject)
manage.command("withdraw")(editions.withdraw)
manage.command("roll-back")(editions.roll_back)


# inside


def key_of(entity: Entity, typed: str) -> Key:
    """A row's key, as it was typed."""
    from boss_tui.management.kit.working import key_typed

    return key_typed(entity, typed)


def edition_of(desk: Desk, which: str) -> str:
    """The key of an edition by its number; empty where none is named."""
    return desk.editions.show(which).edition.id if which else ""


def _said(title: str, reason: str, since: str) -> dict[str, str]:
    said = {"title": title, "reason": reason, "effective_from": since}
    return {name: text for name, text in said.items() if text}


def typed_fields(fields: list[str]) -> dict[str, str]:
    """FIELD=VALUE, each once."""
    found: dict[str, str] = {}
    for each in fields:
        name, sign, value = each.partition("=")
        if not sign or not name:
            raise BadForm({each: say("Type FIELD=VALUE, such as amount=12.50.")})
        if name in found:
            raise BadForm({name: say("This field is said twice.")})
        found[name] = value
    return found
