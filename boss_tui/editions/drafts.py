"""Working an edition out: its rows added, changed, ended, its title and date; and what moved meanwhile, taken in.

A draft is its author's alone, and one plan of work: rows of any business join it, each put in through a business that
keeps its table and by whoever may change that. An edit of what was submitted takes it back into the draft, so that
nobody approves what they have not seen; what was published is not edited any more. Source: design 12; management-facts
1.3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.operators.grades import works_at
from boss_tui.editions import columns
from boss_tui.editions.allowed import must_manage, of_each
from boss_tui.editions.lines import Op, RowEdit, Values, by_table, key_text, places_on, published_table
from boss_tui.editions.noting import note
from boss_tui.editions.rehearsal import MOST_LINES, has_ended
from boss_tui.editions.scope import must_be
from boss_tui.editions.standing import EDITABLE, TAKEN_OVER, MovedField, day_of, key, line, moved, rows_of
from boss_tui.editions.subjects import Fault, Rules, Telling, Unsound
from boss_tui.forms.typed import day_typed
from data.clock import new_key
from data.dated import NOT_OPEN
from data.errors import DayClosed, NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.statements import any_of, instance, row_values
from data.store import Reading, UnitOfWork
from data.tables.edition import Edition, EditionLine

_edition = Edition.table()
_line = EditionLine.table()
_LAST_NUMBER = select(func.coalesce(func.max(_edition.c.number), 0))
_STANDING = select(
    func.coalesce(func.sum(1 - _line.c.dropped), 0), func.coalesce(func.max(_line.c.position) + 1, 0)
).where(_line.c.edition == bindparam("of_edition"))
"""How many lines stand in an edition, and the position of its next."""


@cache
def _said(most: int) -> Select[Any]:
    """What an edition says of a block of rows of a table."""
    return select(*_line.c).where(
        _line.c.edition == bindparam("of_edition"),
        _line.c.table_name == bindparam("of_table"),
        any_of(_line.c.row_key, most),
    )


def new(
    context: Context, *, title: str, reason: str = "", effective_from: str = "", scope: str = "", rolls_back: str = ""
) -> Edition:
    """A new draft of the context's business, and the act of making it; see `begun`."""
    made = begun(context, title=title, reason=reason, effective_from=effective_from, scope=scope, rolls_back=rolls_back)
    note(context, "edition.new", made.id, {"title": made.title, "number": made.number})
    return made


def begun(
    context: Context, *, title: str, reason: str = "", effective_from: str = "", scope: str = "", rolls_back: str = ""
) -> Edition:
    """A new draft of the context's business. `effective_from`: as typed; empty: at once when it is approved.

    NotAllowed: no right; the title is missing (`title`); the date is not a later one (`effective_from`).
    """
    must_manage([context], "")
    tx, today = context.tx, must_be_open(context)
    return tx.add(
        Edition,
        id=new_key(tx.clock),
        number=int(tx.scalar(_LAST_NUMBER)) + 1,
        subject=context.business,
        title=_titled(title),
        reason=reason.strip(),
        scope=must_be(tx, scope),
        effective_from=a_later_day(effective_from, today),
        author=context.operator,
        made_at=tx.now(),
        rolls_back=rolls_back,
    )


def must_be_open(context: Context) -> str:
    """The office's open business date; DayClosed when there is none."""
    if not context.business_date:
        raise DayClosed(NOT_OPEN)
    return context.business_date


def _titled(title: str) -> str:
    if not title.strip():
        raise NotAllowed(say("Say in a few words what it changes."), field="title")
    return title.strip()


def a_later_day(typed: str, today: str) -> str:
    """The business date that was typed; empty for today, which is at once. NotAllowed: it is over."""
    if not typed.strip():
        return ""
    day = day_typed(typed, "effective_from").isoformat()
    if day < today:
        told = say("{day} is over: type a later date, or none for at once.", day=day)
        raise NotAllowed(told, field="effective_from")
    return "" if day == today else day


def describe(context: Context, edition_id: str, **said: str) -> Edition:
    """Say something else of a draft: title, reason, scope, effective_from. The lines stay as they are."""
    edition = edited(context, edition_id)
    if "title" in said:
        said["title"] = _titled(said["title"])
    if "effective_from" in said:
        said["effective_from"] = a_later_day(said["effective_from"], must_be_open(context))
    if "scope" in said:
        said["scope"] = must_be(context.tx, said["scope"])
    return context.tx.change(edition, **said)


_AS_A_DRAFT = {
    "state": "draft",
    **dict.fromkeys(("content_hash", "submitted_at", "needs_two"), ""),
    **dict.fromkeys(("first_approver", "first_approved_at", "first_for"), ""),
    **dict.fromkeys(("decided_by", "decided_for", "decided_at", "decision", "fault"), ""),
}
"""What a draft says of its decision: nothing."""


def edited(context: Context, edition_id: str) -> Edition:
    """An edition that its author edits: in the draft again, whatever was submitted. NotAllowed: another's, or past
    editing."""
    tx, edition = context.tx, context.tx.one(Edition, id=edition_id)
    if edition.author != context.operator:
        raise NotAllowed(say("{staff_no} works on this: make an edition of your own.", staff_no=edition.author))
    if edition.state not in EDITABLE:
        raise NotAllowed(say("This is not edited any more: make a new edition."))
    if edition.state == "draft":
        return edition
    return tx.change(edition, **_AS_A_DRAFT)


def take_over(context: Context, edition_id: str) -> Edition:
    """Go on with what somebody made who works here no more: it is a draft again, of whoever takes it over.

    NotAllowed: its author still works at the office, it was decided, no right.
    """
    tx, edition = context.tx, context.tx.one(Edition, id=edition_id)
    must_manage(of_each(context, edition).values(), "")
    if works_at(tx, edition.author, context.outlet):
        raise NotAllowed(say("{staff_no} still works here, and goes on with it.", staff_no=edition.author))
    if edition.state not in EDITABLE:
        raise NotAllowed(say("This is not edited any more: make a new edition."))
    done = tx.change(edition, author=context.operator, **_AS_A_DRAFT)
    note(context, TAKEN_OVER, edition.id, {"from": edition.author})
    return done


def put_line(context: Context, edition_id: str, told: RowEdit, rules: Rules) -> EditionLine:
    """Add a row to a draft, change or end one: what the edition said of that row before is replaced. It is a row of the
    context's business, whichever the draft was begun in.

    Unsound: the table can't take it (position 0, by column); NotAllowed: it is another business's, no right to it.
    """
    return put_lines(context, edition_id, [told], rules)[0]


def put_lines(context: Context, edition_id: str, told: Iterable[RowEdit], rules: Rules) -> list[EditionLine]:
    """Several lines at once, as `put_line`; all or none. `Fault.position` counts them from 0."""
    tx, edition, lines = context.tx, edited(context, edition_id), list(told)
    subject, day = rules.of(context.business), day_of(edition, must_be_open(context))
    must_manage([context], "")
    faults = [Fault(at, *fault) for at, each in enumerate(lines) for fault in columns.faults(each)]
    if faults:
        raise Unsound(faults)
    standing, first = tx.rows(_STANDING, of_edition=edition_id)[0]
    if standing + len(lines) > MOST_LINES:
        told_ = say("It has {count} lines; {most} is the most.", count=standing + len(lines), most=MOST_LINES)
        raise Unsound([Fault(0, "", told_)])
    for each in lines:
        subject.must_have(each)
    return _written(context, edition, lines, first, day)


def _written(context: Context, edition: Edition, lines: Sequence[RowEdit], first: int, day: str) -> list[EditionLine]:
    """The lines as the edition has them now; `first`: the position of the next that is new."""
    tx = context.tx
    stand = places_on(tx, [(each.table, each.key) for each in lines], day, edition.scope)
    places = [(each.table, key_text(each.key)) for each in lines]
    there = {
        (table, row.row_key): row
        for table, wanted in by_table(places).items()
        for row in tx.models_among(EditionLine, _said, wanted, of_edition=edition.id, of_table=table)
    }
    new_: dict[tuple[str, str], Values] = {}
    for place, told in zip(places, lines, strict=True):
        values = {
            "subject": context.business,
            "op": told.op,
            "dropped": 0,
            **_based(told, stand.get((told.table, told.key))),
        }
        if place in there:
            there[place] = tx.change(there[place], **values)
        else:
            position = first + len(new_)
            named = {"edition": edition.id, "position": position, "table_name": place[0], "row_key": place[1]}
            new_[place] = row_values(EditionLine, {**new_.get(place, named), **values})
    if new_:
        tx.add_many(EditionLine, list(new_.values()))
    there |= {place: instance(EditionLine, values) for place, values in new_.items()}
    return [there[place] for place in places]


def _based(told: RowEdit, here: Values | None) -> Values:
    """What a line is based on: the row as it stands on its date. A change says only what it changes."""
    after = dict(told.values)
    if told.op == "change" and here is not None:
        after = {name: value for name, value in after.items() if here[name] != value}
    before: Mapping[str, Any] = here or {}
    if told.op == "change":
        before = {name: before[name] for name in after if name in before}
    return {
        "before": canonical(dict(before)) if told.op != "add" else "{}",
        "after": canonical(after) if told.op != "end" else "{}",
    }


def drop_line(context: Context, edition_id: str, position: int) -> EditionLine:
    """Take a line out of a draft; it can be put in again."""
    edition = edited(context, edition_id)
    row = context.tx.one(EditionLine, edition=edition.id, position=position)
    return context.tx.change(row, dropped=1)


def rebase(context: Context, edition_id: str, theirs: Collection[tuple[int, str]] = ()) -> list[MovedField]:
    """Base a draft on what stands now; answers what had moved. What was stale or submitted is a draft again.

    Each field that moved stays as this edition wants it, but for those in `theirs` (position, column; an empty column:
    the row as a whole), which are left as they stand now. A row that was added by another meanwhile is changed, one
    that was ended by another is not ended again.
    """
    edition = edited(context, edition_id)
    day = day_of(edition, must_be_open(context))
    found = moved(context.tx, edition, must_be_open(context))
    rows = rows_of(context.tx, edition.id)
    stand = places_on(context.tx, [(row.table_name, key(row)) for row in rows], day, edition.scope)
    for row in rows:
        left = {column for position, column in theirs if position == row.position}
        _rebase(context.tx, row, left, stand.get((row.table_name, key(row))))
    return found


def _rebase(tx: UnitOfWork, row: EditionLine, theirs: Collection[str], here: Values | None) -> None:
    model, told = published_table(row.table_name), line(row)
    values = {name: value for name, value in told.values.items() if name not in theirs}
    op: Op = told.op
    if "" in theirs or (op == "end" and here is None) or (op == "change" and not values):
        tx.change(row, dropped=1)
        return
    if op == "add" and here is not None and not has_ended(model, here):
        op = "change"
    based = _based(RowEdit(row.table_name, key(row), op, values), here)
    tx.change(row, op=op, **based, dropped=int(op == "change" and based["after"] == "{}"))


def must_not_have_moved(reading: Reading, edition: Edition, today: str, telling: Telling) -> None:
    """Unsound when what an edition was based on has moved: says what, to what, and who did it."""
    found = moved(reading, edition, today)
    if found:
        raise Unsound([Fault(each.position, each.column, moved_in_words(reading, each, telling)) for each in found])


def moved_in_words(reading: Reading, each: MovedField, telling: Telling) -> Message:
    """A field that moved, in words."""
    row, by = telling.row(reading, each.table, each.key), each.by
    who = say("edition {number} of {author}", number=by.number, author=by.author) if by else say("somebody else")
    if each.column:
        before, theirs = (
            telling.value(reading, each.table, each.column, value, each.key) or "-"
            for value in (each.before, each.theirs)
        )
        return say(
            "{row}: {column} was {before}, and is {theirs} by {who}.",
            row=row,
            column=telling.column(each.table, each.column),
            before=before,
            theirs=theirs,
            who=who,
        )
    if each.theirs is None or each.mine == {}:
        return say("{row} was ended by {who}.", row=row, who=who)
    return say("{row} was added by {who}.", row=row, who=who)
