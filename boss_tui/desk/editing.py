"""Editions 变更单, as they are worked on at headquarters' office: found, shown, made, decided (design 12)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from sqlalchemy import bindparam, exists, func, or_, select

from boss_tui.answers.business import Notice
from boss_tui.components.base import Context
from boss_tui.components.content import published
from boss_tui.components.operators import rights_review
from boss_tui.components.operators.delegations import rights
from boss_tui.components.till.business_days import calendar_ahead, next_day, today
from boss_tui.desk.act_lines import ActLine, act_line, who_is
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from boss_tui.editions import differences, drafts, lifecycle, opposite, scope, standing
from boss_tui.editions.ahead import Ahead, ahead, warnings
from boss_tui.editions.differences import Difference
from boss_tui.editions.lines import Key, RowEdit
from boss_tui.editions.opposite import LeftOut
from boss_tui.editions.standing import Meeting, MovedField
from boss_tui.editions.subjects import Rules, Unsound
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine
from data.tables.organisation import Operator
from data.tables.sync import SyncException

if TYPE_CHECKING:
    from boss_tui.management.kit.answering import Fact
    from boss_tui.management.next_steps import NextStep
    from boss_tui.management.words import InWords, MovedInWords

T = TypeVar("T")
MOST = 200
SOON = 2
"""Editions that come into force next, as the first look shows them."""

_edition, _line = Edition.table(), EditionLine.table()
_UNDECIDED = select(func.count()).where(SyncException.table().c.state == "open")
_LATEST = (
    select(*_edition.c)
    .where(or_(bindparam("state") == "", _edition.c.state == bindparam("state")))
    .where(
        or_(
            bindparam("subject") == "",
            _edition.c.subject == bindparam("subject"),
            exists().where(
                _line.c.edition == _edition.c.id, _line.c.subject == bindparam("subject"), _line.c.dropped == 0
            ),
        )
    )
    .order_by(_edition.c.number.desc())
    .limit(bindparam("most"))
)


class EditionView(Struct, frozen=True):
    """An edition as somebody looks at it before they decide.

    `in_words`: the differences, one for one; `reaches`: whom it reaches, in words. `seen`: the hash of what is
    shown, for `approve`. `meetings`: other open editions on its rows, `met`: the same in words; `moved`: what it was
    based on and is not so any more, `moved_in_words`: the same in words; `faults`: why it is stale or failed;
    `needs_two`: why two people approve it (None: one does), of a draft as it would be if it were submitted now;
    `against`: what would refuse a draft then; `warnings`: what is to be known of it before it is decided; `notices`:
    the texts of its businesses (M1); `businesses`: through which its rows were put in;
    `effects`: what counts before, while and after its rows hold, by their positions, while it may still come to count;
    `rolls_back`: the number of the edition whose opposite it is; 0: of none;
    `next_steps`: what is to be done once it is in force, and is not yet;
    `deciders`: who may approve it, by number and name, while it is to be approved (or to be submitted);
    `places`: where each of its lines is kept (M6/price_rule) and its row's key, by position.
    """

    edition: Edition
    seen: str
    differences: tuple[Difference, ...]
    meetings: tuple[Meeting, ...]
    moved: tuple[MovedField, ...]
    faults: tuple[Message, ...]
    acts: tuple[ActLine, ...]
    in_words: tuple[InWords, ...]
    reaches: Message
    met: tuple[Message, ...]
    moved_in_words: tuple[MovedInWords, ...]
    notices: tuple[Notice, ...] = ()
    needs_two: Message | None = None
    against: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    businesses: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    places: Mapping[int, tuple[str, Key]] = field(default_factory=dict)
    effects: Mapping[int, Sequence[Fact]] = field(default_factory=dict)
    next_steps: tuple[NextStep, ...] = ()
    rolls_back: int = 0

    @property
    def withdrawal(self) -> Message:
        """Who took it back, and why; of one that was not, nobody did."""
        who = next((act.who for act in reversed(self.acts) if act.act == "edition.withdraw"), "-")
        return say("{who}: {words}", who=who, words=self.edition.decision or "-")


class FirstLook(Struct, frozen=True):
    """What a manager sees first: editions that wait for them, emergencies to be reviewed, their own drafts and what
    came back to them, what comes into force next, how many exceptions of outlets nobody has decided, of how many
    people the review of rights is overdue, how many emergencies had to be reviewed by now, by whomever. `behind`: the
    calendar's day, where the open business date is an earlier one."""

    waiting: int
    reviews: int
    drafts: int
    back: int
    soon: tuple[Edition, ...]
    exceptions: int
    rights: int = 0
    overdue: int = 0
    behind: str = ""


class Editing:
    """The part of the desk that works on editions. NotAllowed anywhere but at headquarters' office."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs) -> None:
        self._seat, self._trust, self._runs = seat, trust, runs

    # looking

    def listed(self, state: str = "", subject: str = "", most: int = MOST) -> list[Edition]:
        """Editions, the latest first."""
        self._rules()
        with self._seat.reading() as reading:
            return reading.models(Edition, _LATEST, state=state, subject=subject, most=max(1, most))

    def businesses(self, found: Iterable[Edition]) -> dict[str, tuple[str, ...]]:
        """Through which businesses the rows of editions were put in, by the editions' keys."""
        with self._seat.reading() as reading:
            return {each.id: standing.businesses(reading, each) for each in found}

    def people(self, numbers: Iterable[str]) -> dict[str, str]:
        """Who staff numbers are, by number and name."""
        with self._seat.reading() as reading:
            return {each: who_is(reading, each) for each in set(numbers) if each}

    def waiting(self) -> list[Edition]:
        """What waits for whoever works here to decide: submitted by others, of subjects that they may check."""
        self._rules()
        with self._seat.reading() as reading:
            return waiting_at(self._seat, reading)

    def reviews(self) -> list[Edition]:
        """Emergencies that nobody has reviewed, the oldest first."""
        self._rules()
        with self._seat.reading() as reading:
            return standing.open_reviews(reading)

    def first_look(self) -> FirstLook:
        """What whoever works here has to see to, and what is to come."""
        waiting, reviews = self.waiting(), self.reviews()
        with self._seat.reading() as reading:
            me = self._seat.person(reading).staff_no
            approved = reading.all(Edition, state="approved", order=("counts_from", "number"))
            return FirstLook(
                len(waiting),
                sum(each.author != me for each in reviews),
                len(reading.all(Edition, author=me, state="draft")),
                sum(len(reading.all(Edition, author=me, state=state)) for state in ("stale", "rejected", "failed")),
                tuple(approved[:SOON]),
                self._exceptions(reading),
                self._rights_due(reading),
                len(standing.overdue_reviews(reading, self._seat.today(reading))),
                calendar_ahead(reading, self._seat.station.outlet),
            )

    def _exceptions(self, reading: Reading) -> int:
        """How many exceptions of outlets nobody has decided, for who may decide one."""
        person = self._seat.person(reading)
        if "M11" not in rights(reading, person.staff_no, person.role):
            return 0
        return int(reading.scalar(_UNDECIDED) or 0)

    def _rights_due(self, reading: Reading) -> int:
        """Whose rights are to be confirmed and were not, for who looks after the staff."""
        person = self._seat.person(reading)
        if "M7" not in rights(reading, person.staff_no, person.role):
            return 0
        day = self._seat.today(reading)
        return sum(each.state in ("due", "lapsed") for each in rights_review.of_all(reading, day))

    def show(self, which: str) -> EditionView:
        """An edition by its number or key, with all that is to be known before it is decided. NotFound."""
        from boss_tui.management import words
        from boss_tui.management.next_steps import next_steps

        rules, (coming, against) = self._rules(), self._ahead(which)
        effects = self._effects(which)
        with self._seat.reading() as reading:
            edition, here = standing.named(reading, which), self._seat.station.outlet
            today = self._today(reading)
            open_, codes = edition.state in standing.OPEN, standing.businesses(reading, edition)
            found = words.as_in_form(differences.of_edition(reading, edition, today))
            moved = standing.moved(reading, edition, today) if edition.state in standing.EDITABLE else []
            meetings = standing.meetings(reading, edition) if open_ else []
            return EditionView(
                edition,
                standing.content_hash(edition, standing.rows_of(reading, edition.id)),
                tuple(found),
                tuple(meetings),
                tuple(moved),
                tuple(lifecycle.faults_of(edition)),
                tuple(
                    act_line(reading, act)
                    for act in reading.all(Act, edition=edition.id, outlet=here, order=("made_at", "serial"))
                ),
                tuple(words.in_words(reading, found, standing.day_of(edition, today))),
                scope.in_words(reading, edition.scope),
                tuple(words.meeting_in_words(reading, each) for each in meetings),
                tuple(words.moved_in_words(reading, each) for each in moved),
                tuple(each for code in codes for each in published(reading, code, today)) if open_ else (),
                coming.needs_two,
                against,
                tuple(self._warnings(reading, edition, today, rules)),
                codes,
                tuple(self._deciders(reading, edition, codes)),
                {
                    row.position: (f"{row.subject}/{row.table_name}", standing.key(row))
                    for row in standing.rows_of(reading, edition.id)
                },
                effects,
                tuple(next_steps(reading, edition)) if edition.state in (*standing.OPEN, "in_force") else (),
                reading.one(Edition, id=edition.rolls_back).number if edition.rolls_back else 0,
            )

    def _deciders(self, reading: Reading, edition: Edition, codes: Collection[str]) -> Iterator[str]:
        """Who works at the office and may approve it: none of those who made it, or approved it already."""
        if edition.state not in ("draft", "submitted"):
            return
        apart = {*standing.makers(reading, edition), edition.first_approver}
        for person in reading.all(Operator, outlet=self._seat.station.outlet, state="active", order=("staff_no",)):
            held = rights(reading, person.staff_no, person.role) if person.staff_no not in apart else {}
            if codes and all(f"{code}.check" in held for code in codes):
                yield f"{person.staff_no} {person.name}"

    @staticmethod
    def _warnings(reading: Reading, edition: Edition, today: str, rules: Rules) -> Iterator[Message]:
        """What is to be known of an edition, in words; nothing of one that comes to nothing."""
        from boss_tui.management import words

        if edition.state in (*standing.OPEN, "in_force"):  # it is to be known of what was decided, too
            lines = standing.lines_of(reading, edition.id)
            for each in warnings(reading, edition, today, rules):
                yield words.fault_in_words(reading, lines, each)

    def _ahead(self, which: str) -> tuple[Ahead, tuple[Message, ...]]:
        """What is ahead of a draft, and what is against it in words; of what was submitted: what was found then."""
        from boss_tui.management import words

        rules = self._rules()
        with self._seat.reading() as reading:
            edition = standing.named(reading, which)
        if edition.state != "draft":
            told = json.loads(edition.needs_two) if edition.needs_two else None
            return Ahead(needs_two=Message.from_json(told) if told else None), ()
        with self._seat.writing("try") as tx:
            edition = standing.named(tx, which)
            found = ahead(tx, edition, self._today(tx), rules)
            lines = standing.lines_of(tx, edition.id)
            return found, tuple(words.fault_in_words(tx, lines, each) for each in found.faults)

    def _effects(self, which: str) -> dict[int, list[Fact]]:
        """What counts before, while and after the rows of an edition hold, while it may still come to count."""
        from boss_tui.management import subjects
        from boss_tui.management.kit.spans import spans

        with self._seat.writing("try") as tx:
            edition = standing.named(tx, which)
            if edition.state not in standing.OPEN:
                return {}
            at, today = self._runs.context(tx, edition.subject), self._today(tx)
            rows = standing.rows_of(tx, edition.id)
            of = {row.position: subjects.named(f"{row.subject}/{row.table_name}")[1] for row in rows}
            lines = standing.lines_of(tx, edition.id)
            return spans(at.but(business_date=today), lines, standing.day_of(edition, today), of)

    # making

    def new(self, subject: str, title: str, reason: str = "", effective_from: str = "", scope: str = "") -> Edition:
        """A new draft of a subject; see `editions.drafts.new`."""
        with_ = {"title": title, "reason": reason, "effective_from": effective_from, "scope": scope}
        return self._done(subject, lambda at: drafts.new(at, **with_))

    def put(self, which: str, lines: Iterable[RowEdit]) -> None:
        """Rows that a draft adds, changes or ends; see `editions.drafts.put_lines`."""
        rules = self._rules()
        self._on(which, lambda at, edition: drafts.put_lines(at, edition, lines, rules))

    def drop(self, which: str, position: int) -> None:
        """Take a line out of a draft."""
        self._on(which, lambda at, edition: drafts.drop_line(at, edition, position))

    def describe(self, which: str, **said: str) -> Edition:
        """Say something else of a draft: title, reason, scope, effective_from."""
        return self._on(which, lambda at, edition: drafts.describe(at, edition, **said))

    def rebase(self, which: str, theirs: Collection[tuple[int, str]] = ()) -> list[MovedField]:
        """Base a draft on what stands now; see `editions.drafts.rebase`."""
        return self._on(which, lambda at, edition: drafts.rebase(at, edition, theirs))

    def submit(self, which: str) -> Edition:
        """Hand a draft over to be decided."""
        rules = self._rules()
        return self._judged(which, lambda at, edition: lifecycle.submit(at, edition, rules))

    def roll_back(self, which: str, reason: str, effective_from: str = "") -> tuple[Edition, list[LeftOut]]:
        """A draft with the opposite of what is in force, and what it leaves as it is."""
        rules = self._rules()
        return self._on(which, lambda at, edition: opposite.roll_back(at, edition, rules, reason, effective_from))

    # deciding

    def approve(self, which: str, seen: str = "") -> Edition:
        """Approve what another person submitted; `seen`: the hash of what was shown. It may turn out to be stale."""
        rules = self._rules()
        return self._judged(which, lambda at, edition: lifecycle.approve(at, edition, rules, seen))

    def reject(self, which: str, why: str) -> Edition:
        """Send what another person submitted back to them."""
        return self._on(which, lambda at, edition: lifecycle.reject(at, edition, why))

    def withdraw(self, which: str, why: str = "") -> Edition:
        """Take an edition back before it counts."""
        rules = self._rules()
        return self._judged(which, lambda at, edition: lifecycle.withdraw(at, edition, why, rules))

    def let_count_at_once(self, which: str) -> Edition:
        """An emergency: a draft counts at once, unapproved, and is reviewed afterwards."""
        rules = self._rules()
        return self._judged(which, lambda at, edition: lifecycle.let_count_at_once(at, edition, rules))

    def review(self, which: str, words: str) -> Edition:
        """Say what an emergency of another person was."""
        return self._on(which, lambda at, edition: lifecycle.review(at, edition, words))

    # inside

    def _rules(self) -> Rules:
        rules = self._seat.rules
        if rules is None:
            raise NotAllowed(say("Editions are worked on at headquarters' office."))
        return rules

    def _today(self, reading: Reading) -> str:
        day = today(reading, self._seat.station.outlet)
        return day.business_date if day else next_day(reading, self._seat.station.outlet)

    def _done(self, subject: str, what: Callable[[Context], T]) -> T:
        self._rules()
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            return what(self._runs.context(tx, subject))

    def _on(self, which: str, what: Callable[[Context, str], T]) -> T:
        self._rules()
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            edition = standing.named(tx, which)
            return what(self._runs.context(tx, edition.subject), edition.id)

    def _judged(self, which: str, what: Callable[[Context, str], T]) -> T:
        """As `_on`; what can't be is told by row and field."""
        try:
            return self._on(which, what)
        except Unsound as fault:
            from boss_tui.management import words

            with self._seat.reading() as reading:
                lines = standing.lines_of(reading, standing.named(reading, which).id)
                fault.reasons = tuple(words.fault_in_words(reading, lines, each) for each in fault.faults)
            raise


def waiting_at(seat: Seat, reading: Reading) -> list[Edition]:
    """What waits for whoever works at a seat to decide: submitted by others, of subjects that they may check."""
    person = seat.person(reading)
    held = rights(reading, person.staff_no, person.role)
    checks = {right.removesuffix(".check"): True for right in held if right.endswith(".check")}
    return standing.waiting_for(reading, person.staff_no, checks)
