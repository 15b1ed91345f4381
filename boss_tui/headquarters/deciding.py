"""Who may end an exception, and what each way does to the entry and its money: an act of the office (catalogue M11).

It is one person's: the money is in suspense, and none leaves the house by it. Nobody decides about what they did, or
allowed, themselves. Source: design 6; management-facts 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from boss_tui.answers.exceptions import Ending
from boss_tui.components.base import Context
from boss_tui.components.operators.operators import Operators
from boss_tui.desk import Desk
from boss_tui.editions.noting import note
from boss_tui.forms.typed import yuan
from boss_tui.headquarters import absence, exceptions
from boss_tui.headquarters.admission import is_day
from boss_tui.headquarters.exception_contents import people
from boss_tui.headquarters.exception_lines import RIGHT
from boss_tui.headquarters.exceptions import INCOME, OWED, StillAgainst, Word
from boss_tui.headquarters.office import enrolled_row
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.rules.people import at_work
from data.clock import wall_day
from data.errors import Conflict, NotAllowed
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.sync import JournalEntry, SyncException

ACT = "exception"

_ENDS: Mapping[str, Callable[[UnitOfWork, str, Word], SyncException]] = {
    "accept": exceptions.accept,
    "compensate": exceptions.compensate,
    "refuse": exceptions.refuse,
    "income": lambda tx, key, word: exceptions.refuse(tx, key, word, INCOME),
    "resolve": exceptions.resolve,
}
_RECORDED = {"income": "refuse"}


def end(desk: Desk, key: str, way: str, words: str, revision: int = 0) -> SyncException:
    """End an exception as whoever works at the office; see `desk.office_exceptions.OfficeExceptions.end`."""
    if way not in _ENDS:
        raise NotAllowed(say("One of {words}.", words=", ".join(_ENDS)), field="way")
    with desk.seat.reading() as reading:
        outlet = exceptions.still_undecided(reading, key).outlet
    against: StillAgainst | None = None
    with desk.seat.writing(ACT) as tx:
        tx.lock(outlet)
        context, giver = _allowed(desk, tx)
        told = exceptions.still_undecided(tx, key)
        if revision and told.revision != revision:
            raise Conflict(say("Something else is against it since you looked: look again, then decide."))
        if barred := barred_from(tx, told, context.operator):
            raise NotAllowed(barred)
        with tx.received():  # other than the act itself, all this is headquarters', and no journal's of an office
            try:
                ended = _ENDS[way](tx, key, Word(context.operator, words))
            except StillAgainst as found:  # what was found stays with the exception
                against = found
        if against is None:
            note(context, f"{ACT}.{_RECORDED.get(way, way)}", said=_said(told, way, words), approved_by=giver)
    if against is not None:
        raise against
    return ended


def _allowed(desk: Desk, tx: UnitOfWork) -> tuple[Context, str]:
    """The context of the act, and who has handed the right to it, where it is another's. NotAllowed: no right."""
    if not desk.seat.is_office:
        raise NotAllowed(say("This is done at headquarters' office."))
    context = desk.runs.context(tx, RIGHT)
    return context, Operators(context).may_manage("")


def barred_from(reading: Reading, told: SyncException, staff_no: str) -> Message | None:
    """Why somebody may not decide about an exception: they are said to have done it, or they could have allowed it on
    that day. Whom an outlet names that never worked there, it can't keep from deciding."""
    entry = reading.find(JournalEntry, outlet=told.outlet, epoch=told.epoch, seq=told.seq)
    if entry is None:
        return None
    if entry.operator != staff_no:
        if staff_no not in people(entry.body):
            return None
        known = Known(reading, absence.of(enrolled_row(reading, told.outlet)), told.outlet)
        day = entry.business_date if is_day(entry.business_date) else wall_day(told.raised_at)
        if at_work(known, staff_no, told.outlet, day) == "no":
            return None
    return say("Nobody decides about what they did or allowed themselves: another manager must.")


def _said(told: SyncException, way: str, words: str) -> dict[str, str]:
    becomes = {"becomes": INCOME if way == "income" else OWED} if told.held and way in ("income", "refuse") else {}
    of = {"exception": told.id, "outlet": told.outlet, "entry": str(told.seq), "held": yuan(told.held)}
    return {**of, **becomes, "words": words.strip()}


def endings(told: SyncException) -> Iterator[Ending]:
    """The ways in which an exception can end now, and what each does to its entry and its money."""
    held = yuan(abs(told.held))
    if exceptions.can_be_accepted(told):
        yield Ending("accept", say("Take the entry after all"), _accepted(told, held))
    if exceptions.can_be_compensated(told):
        yield Ending(
            "compensate",
            say("Give the money back to the customer"),
            say(
                "The entry is never booked. {yuan} yuan leave suspense and are owed back to the customer (2242); the "
                "outlet has the task to pay them out.",
                yuan=held,
            ),
        )
    if told.state == "open":
        yield from _refusals(told, held)
    if not told.held:
        yield Ending("resolve", say("End it with a note"), _noted(told))


def _accepted(told: SyncException, held: str) -> Message:
    if told.held > 0:
        return say(
            "The entry is judged anew and booked as it was made. {yuan} yuan leave suspense: what they were taken for "
            "is booked by the entry itself. You vouch for what is against it.",
            yuan=held,
        )
    if told.held < 0:
        return say(
            "The entry is judged anew and booked as it was made. {yuan} yuan that were paid out leave suspense: what "
            "they were paid for is booked by the entry itself. You vouch for what is against it.",
            yuan=held,
        )
    return say("The entry is judged anew and booked as it was made; no money of it is in suspense.")


def _refusals(told: SyncException, held: str) -> Iterator[Ending]:
    if not told.held:
        yield Ending(
            "refuse", say("Refuse the entry"), say("The entry is never booked; no money of it is in suspense.")
        )
        return
    if told.held > 0:
        owed = say(
            "The entry is never booked. {yuan} yuan leave suspense and stay owed to whoever can claim them (2242); "
            "nobody is told to pay them out.",
            yuan=held,
        )
        income = say(
            "The entry is never booked. {yuan} yuan leave suspense and become income of the house (6004).", yuan=held
        )
    else:
        owed = say(
            "The entry is never booked. {yuan} yuan that were paid out leave suspense and are taken off what is owed "
            "to customers (2242).",
            yuan=held,
        )
        income = say(
            "The entry is never booked. {yuan} yuan that were paid out leave suspense and lessen the house's income "
            "(6004).",
            yuan=held,
        )
    yield Ending("refuse", say("Refuse the entry: its money stays owed"), owed)
    yield Ending("income", say("Refuse the entry: its money becomes income"), income)


def _noted(told: SyncException) -> Message:
    if told.state == "noted":
        return say("The entry is booked already and stays so; no money moves. The note says what you found.")
    return say("What was left out of the entry stays out; no money of it is in suspense, and none moves.")
