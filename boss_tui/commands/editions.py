"""Commands about editions of any subject: found, shown, decided, taken back; and the office's business date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.office import by_manager
from boss_tui.commands.options import JsonOption
from boss_tui.commands.shared import show, show_facts, show_json, show_table, spoken
from data.errors import NotAllowed
from data.message import Message, say
from data.states import state_name

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.desk.editing import EditionView
    from data.tables.edition import Edition

edition = typer.Typer(
    name="edition",
    no_args_is_help=True,
    help="Editions, by which managers change what headquarters publishes: looked at, decided, taken back.",
)
office_day = typer.Typer()

Which = Annotated[str, typer.Argument(help="Its number, from `boss edition list`, or its key.")]
Why = Annotated[str, typer.Argument(help="Why.")]


@edition.command("list")
@by_manager
def listed(
    desk: Desk,
    state: Annotated[
        str, typer.Option(help="Such as submitted, approved, in_force, stale, failed.", show_default=False)
    ] = "",
    subject: Annotated[str, typer.Option(help="A row of the catalogue, such as M6.", show_default=False)] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="What waits for me to decide.")] = False,
    reviews: Annotated[bool, typer.Option("--reviews", help="Emergencies that nobody has reviewed.")] = False,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="How many, from the latest on.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Editions, the latest first: number, subject, state, from when, who made it, title."""
    if waiting:
        found = desk.editions.waiting()
    elif reviews:
        found = desk.editions.reviews()
    else:
        found = desk.editions.listed(state, subject, most)
    if as_json:
        show_json([facts_of(each) for each in found])
        return
    speak, people = spoken(), desk.editions.people([e.author for e in found])
    show_table(
        [
            (
                str(e.number),
                e.subject,
                speak(state_name(e.state)),
                e.counts_from or e.effective_from or "-",
                people[e.author],
                e.title,
            )
            for e in found
        ]
    )


@edition.command("show")
@by_manager
def shown(
    desk: Desk,
    which: Which,
    as_json: JsonOption = False,
) -> None:
    """An edition with all that is to be known before it is decided: each field before and after, who else is at it."""
    found = desk.editions.show(which)
    if as_json:
        show_json(_all_of(found))
        return
    _show_head(found)
    speak = spoken()
    show_table(
        [
            (
                speak(d.row),
                speak(d.happens),
                said(d.label),
                said(d.before),
                "->",
                said(d.after),
                "" if d.stands is None else speak(say("now {value}", value=said(d.stands))),
            )
            for d in found.in_words
        ]
    )
    notices = (notice.text for notice in found.notices)
    for text in (*found.met, *found.faults, *found.against, *found.warnings, *notices):
        show(speak(text))


def _show_head(found: EditionView) -> None:
    from boss_tui.components.operators.delegations import in_words

    e = found.edition
    labels = {
        "number": say("Edition"),
        "subject": say("Business"),
        "title": say("Edition title"),
        "reason": say("Reason"),
        "state": say("State"),
        "from": say("Counts from"),
        "scope": say("Reaches"),
        "author": say("Author"),
        "needs_two": say("Approvals"),
        "first_approver": say("First of two"),
        "decided_by": say("Decided by"),
        "decision": say("Decision"),
        "withdrawal": say("Withdrawal"),
        "rolls_back": say("Rolls back"),
        "review": say("Review"),
        "seen": say("Hash"),
    }
    facts = {name: value or None for name, value in facts_of(e).items()} | {"seen": found.seen}
    facts["decided_by"] = in_words(e.decided_by, e.decided_for) if e.decided_by else None
    facts["first_approver"] = in_words(e.first_approver, e.first_for) if e.first_approver else None
    facts["rolls_back"] = found.rolls_back or None
    facts["withdrawal"] = found.withdrawal if e.state == "withdrawn" else None
    if e.state == "withdrawn":  # who decided is who had approved it
        facts |= {"decided_by": None, "decision": None}
    facts["scope"] = found.reaches
    facts["needs_two"] = found.needs_two
    facts["state"] = state_name(e.state)
    facts["from"] = e.counts_from or e.effective_from or say("at once, when it is approved")
    show_facts(facts, labels, as_json=False)


def said(told: Message | str) -> str:
    """A value in words; - where there is none."""
    return (spoken()(told) if isinstance(told, Message) else told) or "-"


def facts_of(found: Edition) -> dict[str, Any]:
    """An edition as plain facts."""
    return dict(found.__dict__)


def _all_of(found: EditionView) -> dict[str, Any]:
    plain = {
        name: getattr(found, name)
        for name in (
            "seen",
            "differences",
            "in_words",
            "moved",
            "faults",
            "acts",
            "notices",
            "needs_two",
            "against",
            "warnings",
        )
    }
    meetings = [
        {**facts_of(met.edition), "table": met.table, "row_key": list(met.key), "columns": list(met.columns)}
        for met in found.meetings
    ]
    return {**facts_of(found.edition), **plain, "meetings": meetings}


def _say_state(found: Edition, as_json: bool, **more: Any) -> None:
    """What became of an edition. NotAllowed, with the reasons, where that is not what was asked for."""
    from boss_tui.editions.lifecycle import faults_of

    if as_json:
        show_json({**facts_of(found), **more})
    else:
        speak = spoken()
        show(speak(say("Edition {number}: {state}.", number=found.number, state=state_name(found.state))))
        if found.state == "submitted" and found.needs_two:
            first = say("{who}, and another", who=found.first_approver) if found.first_approver else say("two people")
            why = Message.from_json(json.loads(found.needs_two))
            show(speak(say("Approved by {who}: {why}", who=first, why=why)))
    if found.state in ("stale", "failed"):
        reasons: list[Message] = faults_of(found)
        raise NotAllowed(reasons[0], reasons=reasons)


@edition.command()
@by_manager
def describe(
    desk: Desk,
    which: Which,
    title: Annotated[str | None, typer.Option(help="What it changes, in a few words.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option(help="Why.", show_default=False)] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", help="The business date from which it counts; - at once.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say something else of one's own draft; its lines stay as they are."""
    typed = {"title": title, "reason": reason, "effective_from": "" if since == "-" else since}
    done = desk.editions.describe(which, **{name: text for name, text in typed.items() if text is not None})
    _say_state(done, as_json)


@edition.command()
@by_manager
def submit(
    desk: Desk,
    which: Which,
    as_json: JsonOption = False,
) -> None:
    """Hand one's own draft over to be decided: it is tried out first."""
    done = desk.editions.submit(which)
    _say_state(done, as_json)


@edition.command()
@by_manager
def approve(
    desk: Desk,
    which: Which,
    seen: Annotated[
        str, typer.Option(help="The hash that `show` told: refused if it is another by now.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Approve what another person submitted. Exit code 1, with what moved, when it turns out to be stale."""
    done = desk.editions.approve(which, seen)
    _say_state(done, as_json)


@edition.command()
@by_manager
def reject(
    desk: Desk,
    which: Which,
    why: Why,
    as_json: JsonOption = False,
) -> None:
    """Send what another person submitted back to them, with a reason."""
    done = desk.editions.reject(which, why)
    _say_state(done, as_json)


@edition.command()
@by_manager
def withdraw(
    desk: Desk,
    which: Which,
    why: Annotated[str, typer.Argument(help="Why; needed once it was approved.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Take an edition back before it counts: its author does, or who may check, once it was approved."""
    done = desk.editions.withdraw(which, why)
    _say_state(done, as_json)


@edition.command()
@by_manager
def emergency(
    desk: Desk,
    which: Which,
    as_json: JsonOption = False,
) -> None:
    """Let one's own draft count at once, unapproved: a right of its own. Another person reviews it the next day."""
    done = desk.editions.let_count_at_once(which)
    _say_state(done, as_json)


@edition.command()
@by_manager
def review(
    desk: Desk,
    which: Which,
    words: Annotated[str, typer.Argument(help="What it was.")],
    as_json: JsonOption = False,
) -> None:
    """Say what an emergency of another person was, afterwards."""
    done = desk.editions.review(which, words)
    _say_state(done, as_json)


@edition.command("roll-back")
@by_manager
def roll_back(
    desk: Desk,
    which: Which,
    why: Why,
    since: Annotated[
        str, typer.Option("--from", help="The business date from which it counts; at once.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """A new draft with the opposite of what is in force; what was changed again since is left as it is, and told."""
    made, left = desk.editions.roll_back(which, why, since)
    _say_state(made, as_json, left_out=left)
    if not as_json:
        from boss_tui.management.words import left_in_words

        for each in left:
            show(spoken()(left_in_words(each)))


@office_day.command("open-day")
@by_manager
def open_day(
    desk: Desk,
    business_date: Annotated[str, typer.Argument(help="The business date; by default the next.")] = "",
) -> None:
    """Open the office's business date: what was approved for it comes to count."""
    day = business_date or desk.day.next()
    desk.day.open(day)
    show(spoken()(say("Business date {date} is open.", date=day)))


@office_day.command("close-day")
@by_manager
def close_day(
    desk: Desk,
) -> None:
    """Close the office's business date."""
    desk.day.close()
    show(spoken()(say("The office's business date is closed.")))
