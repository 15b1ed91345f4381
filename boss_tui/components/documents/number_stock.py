"""Document numbers in hand 票据领用存: which counter has which, what its paper shows, what was spoiled, what went back.

Plain functions over a unit of work. A range is cut where numbers in the middle of it go another way, so that each row
stays one run of numbers with one holder and one next number; used numbers never move. Every number is accounted for:
used, void with a reason, red-lettered, returned or left (catalogue F9, M9; domain-facts 7; design 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from sqlalchemy import bindparam, select

from boss_tui.answers.hall import NumberRun
from boss_tui.components.documents.paper_ranges import meant
from boss_tui.components.till.business_days import next_day
from boss_tui.locale import Words
from data.clock import new_key
from data.errors import NotAllowed, NotFound
from data.message import say
from data.parameters import VOID_ALONE
from data.store import Reading, UnitOfWork
from data.tables.document import DocumentRange, NumberMove, PaperDocument
from data.tables.organisation import Counter

MOST = 1_000
"""Numbers that are made void in one go at most; what is more is a whole range, which goes back."""

GIVEN_BEFORE = say("Given before an older store was put back")

_d = PaperDocument.table()
_OF_RANGE = select(_d.c.number, _d.c.state, _d.c.reason).where(_d.c.range_id == bindparam("of")).order_by(_d.c.number)


def numbered(row: PaperDocument) -> str:
    """A document's number as it is printed."""
    return printed_number(row.code, row.number)


def printed_number(code: str, number: int) -> str:
    """A number with its code, as papers show it."""
    return f"{code}-{number:08d}"


def accounted(reading: Reading, row: DocumentRange) -> list[NumberRun]:
    """What became of every number of a range, in runs."""
    fates = [_fate(number, state, reason) for number, state, reason in reading.rows(_OF_RANGE, of=row.id)]
    if row.next_number <= row.last_number:
        rest = "returned" if row.state == "returned" else "unused"
        fates.append(NumberRun(row.next_number, row.last_number, rest))
    return list(_joined(fates))


def _fate(number: int, state: str, reason: str) -> NumberRun:
    if state == "void":
        return NumberRun(number, number, "void", reason)
    return NumberRun(number, number, "red" if state == "red" else "used")


def _joined(runs: Iterable[NumberRun]) -> Iterator[NumberRun]:
    """Neighbours with one fate as one run."""
    whole: NumberRun | None = None
    for run in runs:
        if whole and (run.fate, run.reason, run.first) == (whole.fate, whole.reason, whole.last + 1):
            whole = NumberRun(whole.first, run.last, run.fate, run.reason)
            continue
        if whole:
            yield whole
        whole = run
    if whole:
        yield whole


def issue(tx: UnitOfWork, row: DocumentRange, counter: str, pieces: int = 0) -> DocumentRange:
    """Give the unused numbers of a range, or so many of the first of them, to a counter; empty: to the whole hall."""
    if counter and tx.find(Counter, code=counter, outlet=row.outlet) is None:
        raise NotAllowed(say("There is no counter {counter} here.", counter=counter), field="counter")
    if counter == row.counter:
        raise NotAllowed(say("They are there already."), field="counter")
    left = _left(row)
    if not 0 <= pieces <= left:
        raise NotAllowed(say("Of this range {n} {n:number is|numbers are} left.", n=left), field="pieces")
    before = row.counter
    given = _cut(tx, row, row.next_number, row.next_number + (pieces or left) - 1)
    given = tx.change(given, counter=counter)
    _note(tx, given, "issued", before=before)
    return given


def return_range(tx: UnitOfWork, row: DocumentRange, reason: str) -> DocumentRange:
    """Return the unused numbers of a range: none of them is used any more."""
    reason = _said(reason)
    _left(row)
    gone = tx.change(_cut(tx, row, row.next_number, row.last_number), state="returned")
    _note(tx, gone, "returned", reason=reason)
    return gone


def seen(tx: UnitOfWork, counter: str, kind: str, number: int, reason: str, speak: Words, approved_by: str = "") -> int:
    """The paper at a counter shows this number next: a roll was put in, or the shift's paper is counted. Answers how
    many numbers were jumped over: they are void, which needs a reason, and many of them a supervisor's word.

    NotFound: the counter has no numbers of its own. NotAllowed: the number is used already, or not of what it has.
    """
    own = tx.all(
        DocumentRange, kind=kind, outlet=tx.author.outlet, counter=counter, state="open", order=("code", "first_number")
    )
    if not own or not counter:
        raise NotFound(
            say("No numbers of this paper are issued to {counter}: issue some to it first.", counter=counter or "-")
        )
    row = own[0]
    if row.first_number <= number < row.next_number:
        raise NotAllowed(
            say("Number {number} is used already: look at the paper again.", number=number), field="number"
        )
    if not row.first_number <= number <= row.last_number:
        raise NotAllowed(
            say(
                "It is not of the numbers that are used next here: {code} {first} to {last}.",
                code=row.code,
                first=row.first_number,
                last=row.last_number,
            ),
            field="number",
        )
    jumped = number - row.next_number
    if jumped:
        if not reason.strip():
            told = say(
                "{n} {n:number was|numbers were} jumped over. Why? {n:It is|They are} void from now on.", n=jumped
            )
            raise NotAllowed(told, field="reason")
        void(tx, row, row.next_number, number - 1, reason, speak, approved_by)
    _note(tx, row, "seen", first=number, last=number, reason=reason)
    return jumped


def void(
    tx: UnitOfWork, row: DocumentRange, first: int, last: int, reason: str, speak: Words, approved_by: str = ""
) -> None:
    """Make unused numbers of a range void: spoiled blanks (domain-facts 7). Each becomes a document that is void and
    says so. More than `VOID_ALONE` need a supervisor's word."""
    reason, pieces = voidable(row, first, last, reason), last - first + 1
    if pieces > VOID_ALONE.of(tx) and not approved_by:
        raise NotAllowed(
            say("{n} {n:number|numbers} at once: a supervisor must approve.", n=pieces), field="approved_by"
        )
    if first > row.next_number:
        row = _cut(tx, row, first, last)
    row = _used_to(tx, row, last)
    _add_void(tx, row, range(first, last + 1), reason, speak)
    _note(tx, row, "void", first=first, last=last, reason=reason, approved_by=approved_by)


def voidable(row: DocumentRange, first: int, last: int, reason: str) -> str:
    """The reason, as it is kept. NotAllowed, whoever approves: they are not unused numbers of the range in their order,
    or too many, or no reason is said."""
    reason = _said(reason)
    if first > last:
        raise NotAllowed(
            say("The last number, {last}, comes before the first, {first}.", first=first, last=last), field="numbers"
        )
    if first < row.first_number or last > row.last_number:
        raise NotAllowed(
            say("Numbers of this range: {first} to {last}.", first=row.first_number, last=row.last_number),
            field="numbers",
        )
    if first < row.next_number:
        raise NotAllowed(say("Number {number} is used already.", number=first), field="numbers")
    _left(row)
    if last - first + 1 > MOST:
        raise NotAllowed(say("{n} in one go at most. A whole range is returned.", n=MOST), field="numbers")
    return reason


def _add_void(tx: UnitOfWork, row: DocumentRange, numbers: Iterable[int], reason: str, speak: Words) -> None:
    from boss_tui.components.documents.papers import void_sheet  # who only counts numbers makes no papers
    from boss_tui.components.paper_layouts.layouts import at_counter

    author, now, layouts = tx.author, tx.now(), at_counter(tx)
    tx.add_many(
        PaperDocument,
        [
            {
                "id": new_key(tx.clock),
                "outlet": row.outlet,
                "range_id": row.id,
                "kind": row.kind,
                "code": row.code,
                "number": number,
                "content": void_sheet(speak, row.kind, printed_number(row.code, number), reason, layouts).as_text(),
                "state": "void",
                "reason": reason,
                "operator": author.operator,
                "business_date": author.business_date,
                "ended_on": author.business_date,
                "made_at": now,
            }
            for number in numbers
        ],
    )


def make_up(tx: UnitOfWork, numbers: Mapping[str, int], speak: Words) -> None:
    """Numbers that were given before an older store was put back are void: none is given twice. What else is among
    the `numbers` is nothing to this."""
    author = tx.author
    author.business_date = author.business_date or next_day(tx, author.outlet)
    for name, following in numbers.items():
        of = meant(name)
        if of is None:
            continue
        kind, code, start = of
        for row in tx.all(DocumentRange, outlet=author.outlet, kind=kind, code=code, state="open"):
            first, last = max(row.next_number, start), min(following - 1, row.last_number)
            if first <= last:
                part = _cut(tx, row, first, last) if first > row.next_number else row
                _add_void(tx, _used_to(tx, part, last), range(first, last + 1), speak(GIVEN_BEFORE), speak)
                _note(tx, part, "void", first=first, last=last, reason=speak(GIVEN_BEFORE))


def note_anew(tx: UnitOfWork, old: PaperDocument, reason: str, approved_by: str) -> None:
    """Put on record that a paper was spoiled, and by whose word its document has another number."""
    row = tx.one(DocumentRange, id=old.range_id)
    _note(tx, row, "anew", first=old.number, last=old.number, reason=reason, approved_by=approved_by)


def _said(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed(say("Say why: it is kept with the numbers."), field="reason")
    return reason.strip()


def _left(row: DocumentRange) -> int:
    """How many are left. NotAllowed when none are, or they went back."""
    if row.state != "open":
        raise NotAllowed(say("Of this range nothing is left here."))
    return row.last_number - row.next_number + 1


def _used_to(tx: UnitOfWork, row: DocumentRange, last: int) -> DocumentRange:
    return tx.change(row, next_number=last + 1, state="used_up" if last == row.last_number else "open")


def _cut(tx: UnitOfWork, row: DocumentRange, first: int, last: int) -> DocumentRange:
    """Unused numbers of a range as a range of their own; what stands before and after keeps its holder."""
    bounds = [row.first_number, first, last + 1, row.last_number + 1]
    parts = [(start, after - 1) for start, after in pairwise(bounds) if start < after]
    keeps, *new = parts
    kept = (
        tx.change(row, last_number=keeps[1], state="used_up" if row.next_number > keeps[1] else "open") if new else row
    )
    made = [
        tx.add(
            DocumentRange,
            id=new_key(tx.clock),
            kind=row.kind,
            code=row.code,
            first_number=start,
            last_number=end,
            next_number=start,
            outlet=row.outlet,
            counter=row.counter,
            lease_id=row.lease_id,
        )
        for start, end in new
    ]
    return next(part for part in (kept, *made) if part.first_number == first)


def _note(
    tx: UnitOfWork,
    row: DocumentRange,
    act: str,
    *,
    before: str | None = None,
    first: int = 0,
    last: int = 0,
    reason: str = "",
    approved_by: str = "",
) -> None:
    author = tx.author
    tx.add(
        NumberMove,
        id=new_key(tx.clock),
        outlet=row.outlet,
        kind=row.kind,
        code=row.code,
        first_number=first or row.first_number,
        last_number=last or row.last_number,
        act=act,
        counter=row.counter if before is None else before,
        to_counter=row.counter if act == "issued" else "",
        operator=author.operator,
        approved_by=approved_by,
        reason=reason.strip(),
        business_date=author.business_date,
        made_at=tx.now(),
    )
