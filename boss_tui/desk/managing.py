"""What managers keep, at the desk of the office: lists of rows, rows into drafts, history.

Which subjects there are and what each declares is in `boss_tui.management`; editions as such (submitted, approved, …)
are the part `editions`, files of rows the part `row_files`, what is tried the part `trying`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context
from boss_tui.components.operators.delegations import rights
from boss_tui.desk.managed import DraftedRows, EntityView, ListPage, Made, RowView
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from boss_tui.editions import differences
from boss_tui.editions import scope as scopes
from boss_tui.editions.ahead import ahead
from boss_tui.editions.drafts import a_later_day
from boss_tui.editions.rehearsal import given_up
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.standing import businesses, on_row
from boss_tui.forms.fields import Choice
from boss_tui.management import called, choosing, meanings, subjects, words
from boss_tui.management.aliases import ALIASES
from boss_tui.management.kit import listing, one_form, past, working
from boss_tui.management.kit.coming import coming
from boss_tui.management.kit.entity import Entity, Key, Values
from boss_tui.management.kit.filters import day_or, names, read_filter
from boss_tui.management.kit.listing import Count, Page
from boss_tui.management.kit.naming import unnamed
from boss_tui.management.kit.stored import ListQuery, Place
from boss_tui.management.kit.subject import Subject
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, say
from data.store import Reading
from data.tables.edition import Edition

if TYPE_CHECKING:
    from boss_tui.editions.differences import Difference
    from boss_tui.editions.subjects import Rules
    from boss_tui.management.words import InWords
    from data.tables.edition import EditionLine

T = TypeVar("T")


class Managing:
    """The part of the desk that the kit stands on. Changes: NotAllowed anywhere but at headquarters' office."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs) -> None:
        self._seat, self._trust, self._runs = seat, trust, runs

    # lists

    def entities(self) -> list[EntityView]:
        """What there is to manage for whoever works here."""
        with self._seat.reading() as reading:
            found = [(code, self._rights(reading, code)) for code in subjects.MODULES]
            return [
                self._view(code, entity, rights)
                for code, rights in found
                if rights
                for entity in subjects.subject(code).entities
            ]

    def _view(self, code: str, entity: Entity, rights: set[str]) -> EntityView:
        name = f"{code}/{entity.name}"
        acts = (act.says for act in subjects.subject(code).acts if act.stands_at(entity.name))
        found_by = (BUSINESS_NAMES[code], *acts)
        return EntityView(name, entity.says, self._may_change(rights), found_by, ALIASES.get(name, ()))

    def entity(self, name: str) -> Entity:
        """What is meant by M6, or M6/tax_rate."""
        return subjects.named(name)[1]

    def page(
        self,
        name: str,
        typed: str = "",
        *,
        sort: str = "",
        as_of: str = "",
        after: Place | None = None,
        before: Place | None = None,
        last: bool = False,
        size: int = listing.PAGE,
    ) -> ListPage:
        """A page of a list. `sort`: a column, as it is called, a - before it turns the order round.

        BadForm: filter, sort. NotAllowed: no right to look; `as_of` is no day.
        """
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            rights = self.must_look(reading, subject)
            asked = self.asked(reading, entity, typed, sort, as_of)
            new, more = ([], False) if after or before or last else coming(reading, entity, asked)
            most = max(size - len(new), 1)
            found = listing.page(reading, entity, asked, after=after, before=before, last=last, size=most)
            names_ = words.names_of(reading, entity, (row.values for row in (*new, *found.rows)))
            may_change = self._may_change(rights)
            return ListPage(entity, found, asked.day, asked.today, may_change, names_, tuple(new), more)

    def count(self, name: str, typed: str = "", as_of: str = "", shown: Page | None = None) -> tuple[Count, Count]:
        """How many rows fit, and how many there are. `shown`: the first page of those that fit, if it is known."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self.must_look(reading, subject)
            return listing.counted(reading, entity, self.asked(reading, entity, typed, "", as_of), shown)

    def asked(self, reading: Reading, entity: Entity, typed: str, sort: str, as_of: str) -> ListQuery:
        """A list as it is typed for. BadForm: filter, sort. NotAllowed: `as_of`."""
        today_ = self.today(reading)
        column = names(entity).get(sort.lstrip("-").casefold(), "") if sort else ""
        if sort and not column:
            told = say(
                "There is no column {column}; there are {columns}.",
                column=sort.lstrip("-"),
                columns=", ".join(each.name for each in entity.columns),
            )
            raise BadForm({"sort": told})
        narrowed = read_filter(entity, typed, partial(choosing.codes_called, reading, entity))
        day, falling = day_or(as_of, today_), sort.startswith("-")
        return ListQuery(narrowed, column, falling, day, today_, stands_on(reading))

    # one row

    def row(self, name: str, key: Key, edition: str = "") -> RowView:
        """A row, and what one's open draft (or a named edition) makes of it; where another draft of one's own is at it,
        that one; a piece of stock, as it is. NotFound: there is none, or in which edition it is."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            rights = self.must_look(reading, subject)
            if entity.stock is not None:
                found, at = None, working.piece(reading, entity, key)
            else:
                found, at = self._drafted(reading, subject, entity, key, edition)
            if at.before is None and at.after is None and not at.op:
                raise NotFound(meanings.nowhere(reading, entity, key))
            before, after = (None if row is None else entity.typed(row) for row in (at.before, at.after))
            called = words.row_said(reading, entity.name, key, at.after or at.before)
            others = tuple(on_row(reading, entity.name, key, but=found.id if found else ""))
            met = tuple(words.meeting_in_words(reading, each) for each in others)
            return RowView(key, called, before, after, at.op, found, others, met, self._may_change(rights))

    def _drafted(
        self, reading: Reading, subject: Subject, entity: Entity, key: Key, edition: str
    ) -> tuple[Edition | None, working.BeforeAndAfter]:
        """The draft that a row is worked on in, and the row before and after it."""
        found, today_ = self.draft_of(reading, subject, edition), self.today(reading)
        at = working.standing(reading, entity, found, key, today_)
        if edition or at.op:
            return found, at
        me = self._seat.person(reading).staff_no
        for met in on_row(reading, entity.name, key):
            if (met.edition.author, met.edition.state) == (me, "draft"):
                return met.edition, working.standing(reading, entity, met.edition, key, today_)
        return found, at

    def meant(self, name: str, typed: Mapping[str, str]) -> dict[str, Message]:
        """What the codes in a form mean, by field."""
        with self._seat.reading() as reading:
            return dict(meanings.meant(self.entity(name), typed, reading))

    def cell_words(self, name: str, column: str) -> dict[str, Mapping[str, Message]]:
        """What codes in the rows that a column holds are called, by the field of such a row."""
        with self._seat.reading() as reading:
            return called.cell_words(reading, self.entity(name), column)

    def choices(self, name: str, column: str, text: str = "") -> list[Choice]:
        """What may stand in a column: the code that is typed, and what it is called."""
        with self._seat.reading() as reading:
            return choosing.choices(reading, self.entity(name), column, text)

    def blank(self, name: str) -> dict[str, str]:
        """What stands in the form of a new row."""
        return working.blank(self.entity(name))

    def copied(self, name: str, key: Key) -> dict[str, str]:
        """What stands in the form of a copy of a row."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self.must_look(reading, subject)
            found, _ = self._drafted(reading, subject, entity, key, "")
            return working.copied(reading, entity, key, found, self.today(reading))

    def history(self, name: str, key: Key) -> list[tuple[past.PastChange, tuple[words.FieldInWords, ...]]]:
        """Every change of a row, the latest first; and its fields in words."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self.must_look(reading, subject)
            return [
                (change, tuple(words.field_in_words(reading, entity.name, key, each) for each in change.fields))
                for change in past.of_row(reading, entity, key)
            ]

    def difference(self, name: str, first: str, last: str = "") -> list[tuple[Difference, InWords]]:
        """What is other on a later business date (by default today's) than on an earlier one; and in words."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self.must_look(reading, subject)
            today_ = self.today(reading)
            found = past.difference(reading, entity, day_or(first, today_), day_or(last, today_))
            return list(zip(found, words.in_words(reading, found, today_), strict=True))

    def draft(self, name: str) -> Edition | None:
        """The draft that whoever works here has open, with rows of its subject or begun there."""
        subject, _ = subjects.named(name)
        with self._seat.reading() as reading:
            return self.draft_of(reading, subject)

    def drafts(self) -> list[Edition]:
        """The drafts that whoever works here has open, of whatever subject, the one begun last first: rows may join
        each of them."""
        with self._seat.reading() as reading:
            return working.open_drafts(reading, self._seat.person(reading).staff_no)

    def at_hand(self, name: str) -> Edition | None:
        """What whoever works here is at: their open draft of its subject, else the one that they began last."""
        subject, _ = subjects.named(name)
        with self._seat.reading() as reading:
            return self.draft_at_hand(reading, subject)

    def reaches(self, scope: str) -> Message:
        """Whom an edition reaches, in words. BadForm: nobody."""
        with self._seat.reading() as reading:
            return scopes.in_words(reading, scopes.must_be(reading, scope))

    def scopes(self) -> list[Choice]:
        """Whom an edition may reach."""
        with self._seat.reading() as reading:
            return [Choice(scope, told) for scope, told in scopes.choices(reading)]

    def later_day(self, typed: str) -> str:
        """A business date from which an edition may count; empty: at once. NotAllowed: it is none, or over."""
        with self._seat.reading() as reading:
            return a_later_day(typed, self.today(reading))

    # into a draft

    def unnamed(self, name: str, typed: Values) -> dict[str, Message]:
        """What of a row, as it is typed, names nothing that there is, by field; see `kit.naming`."""
        with self._seat.reading() as reading:
            return unnamed(reading, self.entity(name), typed, self._seat.person(reading).staff_no)

    def add(
        self, name: str, typed: Values, edition: str = "", copy_of: Key | None = None, /, **said: str
    ) -> DraftedRows:
        """A new row into the draft that is meant: the named one, the open one, or a new one (`title`, …).

        `copy_of`: the row of which it is a copy, with all that belongs to it."""
        return self._into(
            name, edition, said, lambda at, entity, to, rules: working.added(at, entity, to, typed, rules, copy_of)
        )

    def change(self, name: str, wanted: Sequence[Key], typed: Values, edition: str = "", **said: str) -> DraftedRows:
        """Rows changed to what was typed, each in the same fields; see `working.changed`."""
        return self._into(
            name, edition, said, lambda at, entity, to, rules: working.changed(at, entity, to, wanted, typed, rules)
        )

    def end(self, name: str, wanted: Sequence[Key], edition: str = "", **said: str) -> DraftedRows:
        """Rows that end."""
        return self._into(
            name, edition, said, lambda at, entity, to, rules: working.ended(at, entity, to, wanted, rules)
        )

    def _into(
        self,
        name: str,
        edition: str,
        said: Mapping[str, str],
        what: Callable[[Context, Entity, str, Rules], Sequence[EditionLine]],
    ) -> DraftedRows:
        subject, entity = subjects.named(name)
        rules = self.rules()

        def do(at: Context) -> DraftedRows:
            draft = working.draft_for(
                at, edition, said.get("title", ""), **{name: text for name, text in said.items() if name != "title"}
            )
            rows = what(at, entity, draft.id, rules)
            into = at.tx.one(Edition, id=draft.id)
            # only what may take money away can ask for two, and a draft of thousands of lines is not tried for nothing
            income = rules.together(businesses(at.tx, into)).income
            two = income and ahead(at.tx, into, at.business_date, rules).needs_two
            return DraftedRows(into, len(rows), two or None)

        return self.doing(subject, do)

    # from one form

    def example(self, code: str) -> dict[str, Any]:
        """A form of a subject that could be submitted here now; see `kit.one_form`."""
        with self._seat.reading() as reading:
            return one_form.example(reading, subjects.subject(code))

    def make(self, code: str, form: Values, *, check: bool = False) -> Made:
        """An edition from one form, submitted. `check`: it is only looked whether it could be; nothing is left of it.

        BadForm: by row and field. NotAllowed: with all reasons.
        """
        subject, asked, rules = subjects.subject(code), one_form.read(form), self.rules()

        def do(at: Context) -> Made:
            edition = one_form.made(at, subject, asked, rules)
            return Made(edition, at.serial, tuple(differences.of_edition(at.tx, edition, at.business_date)))

        def look(at: Context) -> Made:
            with given_up(at.tx):
                found = do(at)
            return found  # noqa: RET504 (within, mypy sees no way out of it)

        return self.doing(subject, look if check else do)

    # for what is built upon it

    def rules(self) -> Rules:
        """What editions go by. NotAllowed anywhere but at headquarters' office."""
        rules = self._seat.rules
        if rules is None:
            raise NotAllowed(say("Editions are worked on at headquarters' office."))
        return rules

    def today(self, reading: Reading) -> str:
        """The open business date, else the next."""
        return self._seat.today(reading)

    def _rights(self, reading: Reading, code: str) -> set[str]:
        """Which rights of a subject whoever works here has: change (""), check, emergency, or some act of a hall."""
        person = self._seat.person(reading)
        held = rights(reading, person.staff_no, person.role)
        known = ("", "check", "emergency", *(act.right for act in subjects.subject(code).acts))
        return {right for right in known if (f"{code}.{right}" if right else code) in held}

    def _may_change(self, rights: set[str]) -> bool:
        """Whether rows are put into editions here by whoever has these rights: that is done at the office."""
        return self._seat.is_office and "" in rights

    def must_look(self, reading: Reading, subject: Subject) -> set[str]:
        """The rights of whoever works here. NotAllowed: they have none of this subject."""
        rights = self._rights(reading, subject.code)
        if not rights:
            raise NotAllowed(say("Your role may not look at this: it lacks the right {right}.", right=subject.code))
        return rights

    def must_change(self, reading: Reading, subject: Subject) -> None:
        """NotAllowed: whoever works here may look at this subject's rows, or check them, but not move them."""
        if "" not in self.must_look(reading, subject):
            told = say("Your role may only look at this: it lacks the right {right}.", right=subject.code)
            raise NotAllowed(told)

    def draft_of(self, reading: Reading, subject: Subject, edition: str = "") -> Edition | None:
        """The draft of a subject that whoever works here has open, or the named edition."""
        if edition:
            return reading.one(Edition, id=edition)
        return working.open_draft(reading, subject.code, self._seat.person(reading).staff_no)

    def draft_meant(self, reading: Reading, subject: Subject, edition: str | None) -> Edition | None:
        """The draft that a row would come into: the named one, else the one at hand; of None a new one, of which there
        is nothing yet."""
        if edition is None:
            return None
        return reading.one(Edition, id=edition) if edition else self.draft_at_hand(reading, subject)

    def draft_at_hand(self, reading: Reading, subject: Subject) -> Edition | None:
        """As `at_hand`."""
        mine = working.open_drafts(reading, self._seat.person(reading).staff_no)
        return self.draft_of(reading, subject) or next(iter(mine), None)

    def doing(self, subject: Subject, what: Callable[[Context], T]) -> T:
        """Do something of a subject, in one transaction."""
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            return what(self._runs.context(tx, subject.code))
