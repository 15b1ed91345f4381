"""What is done with an edition once it is worked out: submitted, decided by another person, in force from its date.

Each act is by a named operator of the office, in one transaction, with a serial and a trail (`Processes.act`). Nobody
decides what they made themselves, whatever their role. What was published is never deleted: what has not counted yet is
undone by lines that say so, what has is rolled back (`opposite`). States: `data.tables.edition.Edition`. Source: design
12; management-facts 1.2 and 1.3.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.content import ScreenContent
from boss_tui.components.customers.applicant import NOBODY
from boss_tui.components.qualification.eligibility import Eligibility
from boss_tui.editions.allowed import must_manage, of_each
from boss_tui.editions.drafts import moved_in_words, must_be_open, must_not_have_moved
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.noting import note
from boss_tui.editions.opposite import taking_back
from boss_tui.editions.rehearsal import rehearse
from boss_tui.editions.second import why_two
from boss_tui.editions.standing import (
    businesses,
    content_hash,
    day_of,
    lines_of,
    makers,
    meetings,
    moved,
    overdue_reviews,
    rows_of,
)
from boss_tui.editions.subjects import Fault, Rules, Telling, Unsound
from data.clock import day_after
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import Message, listed, quoted, say
from data.states import state_name
from data.store import UnitOfWork
from data.tables.base import Table
from data.tables.edition import Edition, Publication


def submit(context: Context, edition_id: str, rules: Rules) -> Edition:
    """Hand a draft over to be decided: it is tried out first, and what would refuse it later refuses it now.

    NotAllowed: not one's own, no draft, no right, its date is over, no reason. Unsound: by line and column.
    """
    tx, edition = context.tx, _draft_of(context, edition_id)
    steps = of_each(context, edition)
    must_manage(steps.values(), "")
    today = must_be_open(context)
    _must_say(edition.reason, "reason")
    _must_not_be_over(edition, today)
    must_not_have_moved(tx, edition, today, rules.telling)
    _must_not_clash(tx, edition, ("submitted", "approved"), rules.telling)
    _must_be_sound(steps, edition, today, rules)
    signed = content_hash(edition, rows_of(tx, edition.id))
    why = why_two(tx, edition, today, rules)
    done = tx.change(
        edition,
        state="submitted",
        submitted_at=tx.now(),
        content_hash=signed,
        needs_two=canonical(why.as_json()) if why else "",
    )
    told = [notice.text.as_json() for step in steps.values() for notice in ScreenContent(step).published()]
    note(context, "edition.submit", edition.id, {"hash": signed, **({"told": told} if told else {})})
    return done


def withdraw(context: Context, edition_id: str, why: str, rules: Rules) -> Edition:
    """Its author takes an edition back: out of a draft, before it was decided, or approved before its date comes.

    One that was approved is taken back also by who may check; what was published of it is undone from the same date.
    NotAllowed: in force (it is rolled back), ended, another's. Unsound: something rests on it.
    """
    tx, edition = context.tx, context.tx.one(Edition, id=edition_id)
    if edition.state not in {"draft", "submitted", "rejected", "stale", "approved"}:
        raise NotAllowed(_is_past(edition))
    if edition.author != context.operator:
        if edition.state != "approved":
            raise NotAllowed(say("Only {staff_no} takes this back.", staff_no=edition.author))
        must_manage(of_each(context, edition).values(), "check")
    if edition.state == "approved":
        _must_say(why, "why")
        _take_back(context, edition, rules)
    done = tx.change(edition, state="withdrawn", decided_at=tx.now(), decision=why.strip())
    note(context, "edition.withdraw", edition.id, {"why": why.strip()})
    return done


def approve(context: Context, edition_id: str, rules: Rules, seen: str = "") -> Edition:
    """Let what another person submitted count, from its date or at once. `seen`: the hash of what the approver saw.

    Of what two people approve (`editions.second`) the first leaves it submitted. Else
    the answer's state is approved, in force, or stale: what it was based on has moved, and it goes back to its author
    (`fault` says what). NotAllowed: one's own, no right, its date is over. Conflict: it is not what was seen, or not
    what was submitted. Unsound: by line and column; it stays submitted.
    """
    tx, (edition, givers) = context.tx, _decided_by_another(context, edition_id)
    today, steps = must_be_open(context), of_each(context, edition)
    signed = content_hash(edition, rows_of(tx, edition.id))
    if signed != edition.content_hash or seen not in ("", signed):
        raise Conflict(say("This is not what was submitted and looked at: look again."))
    _must_not_be_over(edition, today)
    gone = moved(tx, edition, today)
    if gone:
        fault = stored([moved_in_words(tx, each, rules.telling) for each in gone])
        done = tx.change(edition, state="stale", decided_at=tx.now(), fault=fault, **_decider(context, givers))
        note(context, "edition.stale", edition.id)
        return done
    _must_not_clash(tx, edition, ("approved",), rules.telling)
    _must_be_sound(steps, edition, today, rules)
    why = why_two(tx, edition, today, rules)
    if why is not None and not edition.first_approver:
        return _first_of_two(context, edition, why, givers)
    done = tx.change(edition, decided_at=tx.now(), **_decider(context, givers))
    done = _publish(tx, done, today, rules)
    said = {"hash": signed, **_for(givers)}
    note(context, "edition.approve", edition.id, said, approved_by=context.operator)
    return done


def _decider(context: Context, givers: frozenset[str]) -> dict[str, str]:
    return {"decided_by": context.operator, "decided_for": _named(givers)}


def _for(givers: frozenset[str]) -> dict[str, str]:
    """What an act says of whom its right was of, where it was handed over."""
    return {"for": _named(givers)} if givers else {}


def _named(givers: frozenset[str]) -> str:
    """Who has handed over a right, as it is kept; of several businesses it may be several people."""
    return ",".join(sorted(givers))


def _first_of_two(context: Context, edition: Edition, why: Message, givers: frozenset[str]) -> Edition:
    """The first of two people approves: it waits for the other."""
    tx = context.tx
    done = tx.change(
        edition,
        first_approver=context.operator,
        first_for=_named(givers),
        first_approved_at=tx.now(),
        needs_two=canonical(why.as_json()),
    )
    said = {"hash": edition.content_hash, **_for(givers)}
    note(context, "edition.approve_first", edition.id, said, approved_by=context.operator)
    return done


def reject(context: Context, edition_id: str, why: str) -> Edition:
    """Send what another person submitted back to them, with a reason (`why`). NotAllowed: as `approve`."""
    tx, (edition, givers) = context.tx, _decided_by_another(context, edition_id)
    _must_say(why, "why")
    told = {"decided_at": tx.now(), "decision": why.strip(), **_decider(context, givers)}
    done = tx.change(edition, state="rejected", **told)
    note(context, "edition.reject", edition.id, {"why": why.strip(), **_for(givers)})
    return done


def let_count_at_once(context: Context, edition_id: str, rules: Rules) -> Edition:
    """An emergency 应急: its author lets a draft count at once, unapproved; another person reviews it afterwards.

    A right of its own. NotAllowed: it has a date, no reason; one of theirs in the same business is not reviewed, though
    it had to be. Unsound: by line and column.
    """
    tx, edition = context.tx, _draft_of(context, edition_id)
    steps = of_each(context, edition)
    must_manage(steps.values(), "emergency")
    today = must_be_open(context)
    _must_say(edition.reason, "reason")
    if edition.effective_from:
        raise NotAllowed(say("An emergency counts at once: leave the date empty."), field="effective_from")
    for late in overdue_reviews(tx, today):
        if late.author == context.operator and steps.keys() & set(businesses(tx, late)):
            told = say(
                "Edition {number} counted at once and had to be reviewed by {day}: let another person review it first.",
                number=late.number,
                day=late.review_by,
            )
            raise NotAllowed(told)
    must_not_have_moved(tx, edition, today, rules.telling)
    _must_be_sound(steps, edition, today, rules)
    signed = content_hash(edition, rows_of(tx, edition.id))
    by = day_after(today, 1)
    done = tx.change(edition, submitted_at=tx.now(), content_hash=signed, emergency=1, review_by=by)
    done = _publish(tx, done, today, rules)
    note(context, "edition.emergency", edition.id, {"hash": signed})
    return done


def review(context: Context, edition_id: str, words: str) -> Edition:
    """Another person says what an emergency was, afterwards. What was wrong with it is rolled back by an edition."""
    tx, edition = context.tx, context.tx.one(Edition, id=edition_id)
    givers = must_manage(of_each(context, edition).values(), "check")
    must_be_open(context)
    if not edition.emergency or edition.state != "in_force":
        raise NotAllowed(say("Only what counted at once, unapproved, is reviewed afterwards."))
    if edition.reviewed_at:
        raise NotAllowed(say("{staff_no} has reviewed this.", staff_no=edition.reviewed_by))
    _must_be_another(context, edition, givers)
    _must_say(words, "words")
    done = tx.change(edition, reviewed_by=context.operator, reviewed_at=tx.now(), review=words.strip())
    said = {"words": words.strip(), **_for(givers)}
    note(context, "edition.review", edition.id, said, approved_by=context.operator)
    return done


# inside


def _draft_of(context: Context, edition_id: str) -> Edition:
    edition = context.tx.one(Edition, id=edition_id)
    if edition.author != context.operator:
        raise NotAllowed(say("{staff_no} works on this: make an edition of your own.", staff_no=edition.author))
    if edition.state != "draft":
        raise NotAllowed(say("Only a draft can be submitted."))
    return edition


def _decided_by_another(context: Context, edition_id: str) -> tuple[Edition, frozenset[str]]:
    """An edition, and who has handed over the right to decide it, if anybody. NotAllowed: nothing is to be decided, or
    not by them."""
    edition = context.tx.one(Edition, id=edition_id)
    givers = must_manage(of_each(context, edition).values(), "check")
    must_be_open(context)
    if edition.state != "submitted":
        raise NotAllowed(say("Nothing is to be decided about this ({state}).", state=state_name(edition.state)))
    _must_be_another(context, edition, givers)
    if {edition.first_approver, *edition.first_for.split(",")} & {context.operator, *givers}:
        raise NotAllowed(say("You have approved this: another person does, too."))
    return edition, givers


def _must_be_another(context: Context, edition: Edition, givers: frozenset[str]) -> None:
    """NotAllowed: one's own in any of its lines, or of who has handed the right to decide it (`givers`)."""
    if not makers(context.tx, edition).isdisjoint({context.operator, *givers}):
        raise NotAllowed(say("Nobody decides what they made themselves: another person must."))


def _is_past(edition: Edition) -> Message:
    if edition.state == "in_force":
        return say("This is in force: roll it back by a new edition.")
    return say("This has ended already.")


def _must_say(words: str, field: str) -> None:
    if not words.strip():
        raise NotAllowed(say("Say why."), field=field)


def over(edition: Edition, today: str) -> Message | None:
    """That the date of an edition is over; None: it is not, or there is none."""
    if not edition.effective_from or edition.effective_from >= today:
        return None
    return say("{day} is over: type a later date, or none for at once.", day=edition.effective_from)


def _must_not_be_over(edition: Edition, today: str) -> None:
    if told := over(edition, today):
        raise NotAllowed(told, field="effective_from")


def _must_not_clash(tx: UnitOfWork, edition: Edition, states: Iterable[str], telling: Telling) -> None:
    """Unsound when another edition in one of these states sets the same field from the same date, or the row."""
    faults = []
    rows = {(row.table_name, row.row_key): row for row in rows_of(tx, edition.id)}
    lines = lines_of(tx, edition.id)
    for met in meetings(tx, edition):
        other = met.edition
        if other.state not in states or (other.counts_from or other.effective_from) != edition.effective_from:
            continue
        row = rows[met.table, canonical(list(met.key))]
        both = sorted(set(met.columns) & set(lines[row.position].values))
        if both or met.op != "change" or row.op != "change":
            told = say(
                "{row} is changed from the same date by edition {number} of {author} ({state}): {columns}. Take "
                "another date, or take it out here.",
                row=telling.row(tx, met.table, met.key),
                number=other.number,
                author=other.author,
                state=state_name(other.state),
                columns=listed(quoted(telling.column(met.table, each)) for each in both) if both else "-",
            )
            faults.append(Fault(row.position, both[0] if both else "", told))
    if faults:
        raise Unsound(faults)


def _must_be_sound(steps: Mapping[str, Context], edition: Edition, today: str, rules: Rules) -> None:
    """NotAllowed when something that is asked of one of its businesses (M2.2) forbids it; Unsound when its lines can't
    be."""
    context = steps[edition.subject]
    against = [reason for step in steps.values() for reason in Eligibility(step).ask(NOBODY).reasons]
    refusals = [reason.message for reason in against if reason.verdict == "no"]
    if refusals:
        raise NotAllowed(refusals[0], reasons=refusals)
    tx, day = context.tx, day_of(edition, today)
    of_line = {row.position: steps[row.subject] for row in rows_of(tx, edition.id)}
    checks = rules.together(steps).checks

    def uses(position: int, model: type[Table]) -> None:
        of_line[position].use_rows(model)

    faults = rehearse(tx, lines_of(tx, edition.id), today, day, checks, scope=edition.scope, uses=uses)
    if faults:
        raise Unsound(faults)


def _publish(tx: UnitOfWork, edition: Edition, today: str, rules: Rules) -> Edition:
    day = day_of(edition, today)
    at_once = day <= today
    values = {"state": "in_force", "in_force_at": tx.now()} if at_once else {"state": "approved"}
    done = tx.change(edition, counts_from=day, at_once=int(at_once), **values)
    hand_over(tx, done, list(lines_of(tx, edition.id).values()), "lines", rules)
    return done


def hand_over(tx: UnitOfWork, edition: Edition, lines: Sequence[RowEdit], what: str, rules: Rules) -> None:
    """Publish lines of an edition: its own, or those that take them back (`Publication.what`)."""
    for number in rules.publish(tx, edition, lines):
        tx.add(Publication, number=number, edition=edition.id, what=what, published_at=tx.now())


def _take_back(context: Context, edition: Edition, rules: Rules) -> None:
    """Undo what was published, from the same date. Unsound: something rests on it."""
    tx, lines = context.tx, taking_back(context.tx, edition)
    faults = rehearse(tx, dict(enumerate(lines)), must_be_open(context), edition.counts_from, scope=edition.scope)
    if faults:
        raise Unsound(faults)
    hand_over(tx, edition, lines, "taken_back", rules)


def stored(messages: Iterable[Message]) -> str:
    """Why an edition is stale or has failed, as it keeps that."""
    return canonical([message.as_json() for message in messages])


def faults_of(edition: Edition) -> list[Message]:
    """Why an edition is stale or has failed."""
    told: list[dict[str, Any]] = json.loads(edition.fault) if edition.fault else []
    return [Message.from_json(each) for each in told]
