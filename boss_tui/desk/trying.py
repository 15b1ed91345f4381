"""Try-outs at the desk of the office: what would come of a subject's rows, on a date, with an edition in them.

Whatever is tried is given back: nothing is left of it but the act that it was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.asked import ServiceAnswer
from boss_tui.desk.asking import Asking, Unasked
from boss_tui.desk.editing import waiting_at
from boss_tui.desk.managing import Managing
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.editions import scope as scopes
from boss_tui.editions import standing
from boss_tui.editions.lines import RowEdit, row_on
from boss_tui.editions.noting import note
from boss_tui.editions.rehearsal import as_if, rehearse
from boss_tui.editions.second import why_two_of
from boss_tui.editions.standing import day_of, lines_of, on_row
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Choice, FieldSpec
from boss_tui.forms.form import Form
from boss_tui.management import choosing, subjects, words
from boss_tui.management.called import capital
from boss_tui.management.kit import working
from boss_tui.management.kit.entity import Entity, Key, Values
from boss_tui.management.kit.filters import day_or
from boss_tui.management.kit.spans import spans
from boss_tui.management.kit.subject import Fact, Subject, TryOut
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.message import FIRST, Message, first_of, say
from data.statements import keys
from data.states import state_name
from data.store import Reading, UnitOfWork
from data.table_words import no_such
from data.tables import all_tables
from data.tables.edition import Edition
from data.tables.organisation import Outlet

EDITIONS = 200
"""Editions to choose from at once."""
_e = Edition.table()
_OPEN = select(*_e.c).where(_e.c.state.in_(standing.OPEN)).order_by(_e.c.number.desc()).limit(EDITIONS)


class Ending(Struct, frozen=True):
    """What is to be known before rows end: which, and what their business says of it."""

    rows: Message
    told: tuple[Message, ...]


class Begun(Struct, frozen=True):
    """A try-out as it is begun of a row, or of what an edition changes: whose it is (M6), what stands in its form, the
    edition by its number, the business date as it is typed (empty: today's), whether it is worked out at once."""

    code: str
    typed: Mapping[str, str]
    edition: str
    on: str
    at_once: bool = True


class Trying:
    """The part of the desk that tries what managers keep."""

    def __init__(self, seat: Seat, runs: Runs, asking: Asking, managing: Managing) -> None:
        self._seat, self._runs, self._asking, self._managing = seat, runs, asking, managing

    def example(self, code: str) -> dict[str, str]:
        """What could be tried of a subject here now, as it would be typed. NotAllowed: there is nothing to try."""
        subject, tries = self._tries(code)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            return {name: str(value) for name, value in tries.example(reading).items()}

    def begun(self, which: str, position: int | None = None, code: str = "") -> Begun:
        """The try-out of what an edition changes: of one of its lines, else of the first that can be tried; `code`: of
        that subject. NotFound; NotAllowed: nothing of it can be tried."""
        with self._seat.reading() as reading:
            edition, today = standing.named(reading, which), self._managing.today(reading)
            day = day_of(edition, today)
            number, on = str(edition.number), day if day > today else ""
            rows = sorted(standing.rows_of(reading, edition.id), key=lambda row: row.position != position)
            for row in rows:
                subject, entity = subjects.named(f"{row.subject}/{row.table_name}")
                if entity.trial is not None and code in ("", subject.code):
                    at = working.standing(reading, entity, edition, standing.key(row), today)
                    typed = _own_trial(subject, entity, entity.typed(at.after or at.before or {}))
                    if typed is not None:
                        return Begun(subject.code, typed, number, on)
            for each in [code] if code else standing.businesses(reading, edition):
                if subjects.subject(each).tries is not None:
                    return Begun(each, {}, number, on)
        raise NotAllowed(say("There is nothing to try of it."))

    def at_first(self, code: str) -> Edition | None:
        """The edition with which a subject is tried at first: what whoever works here is at, else what waits for them
        and has rows of it."""
        subject, _ = subjects.named(code)
        with self._seat.reading() as reading:
            mine = self._managing.draft_at_hand(reading, subject)
            waiting = waiting_at(self._seat, reading)
            return mine or next((e for e in waiting if subject.code in standing.businesses(reading, e)), None)

    def opened(self, name: str, key: Key | None = None) -> Begun:
        """A subject's try-out as it is begun at a list: with the edition at hand, about the row that is marked there.
        Of rows that have a trial of their own it is that; else what the row says of what is asked for."""
        subject, entity = subjects.named(name)
        edition = self.at_first(name)
        with self._seat.reading() as reading:
            at = None
            if key is not None and entity.stock is not None:
                at = working.piece(reading, entity, key)
            elif key is not None:
                at = working.standing(reading, entity, edition, key, self._managing.today(reading))
                at, edition = self._with_its_edition(reading, entity, key, at, edition)
            stands = None if at is None else at.after or at.before
            row = entity.typed(stands) if stands else {}
        own = _own_trial(subject, entity, row) if row else None
        typed = own if own is not None else _said_by(subject, entity, row)
        return Begun(subject.code, typed, str(edition.number) if edition else "", "", own is not None)

    def _with_its_edition(
        self, reading: Reading, entity: Entity, key: Key, at: working.BeforeAndAfter, edition: Edition | None
    ) -> tuple[working.BeforeAndAfter, Edition | None]:
        """A row, and the edition that it is tried with: where it is in no table, and not in the edition at hand, the
        one that adds it."""
        if at.after is None and at.before is None:
            for met in on_row(reading, entity.name, key):
                if met.op == "add":
                    found = working.standing(reading, entity, met.edition, key, self._managing.today(reading))
                    return found, met.edition
        return at, edition

    def editions(self) -> list[Choice]:
        """The editions that may be tried: those that may still come to count, the one begun last first, so many."""
        with self._seat.reading() as reading:
            found = reading.models(Edition, _OPEN)
            return [
                Choice(
                    str(e.number),
                    say("{title}: {state}, by {author}", title=e.title, state=state_name(e.state), author=e.author),
                )
                for e in found
            ]

    def choices(self, code: str, field: str, text: str = "") -> list[Choice]:
        """What may stand in a field of a try-out, as far as it is listed (`Ask.choices`). NotAllowed: it has no such
        field."""
        subject, tries = self._tries(code)
        if field not in tries.form.model_fields:
            raise NotAllowed(tries.form.no_such_field(), field=field)
        named = next(spec.ask.choices for spec in tries.form.fields() if spec.name == field)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            found = listed(reading, named, text) if named else []
            here = self._seat.station.outlet if field == "outlet" else ""
            return [each for each in found if each.value != here]  # it is tried where something is sold

    def fields(self, code: str) -> tuple[FieldSpec, ...]:
        """What a subject's try-out asks for. NotAllowed: there is nothing to try."""
        return self._tries(code)[1].form.fields()

    @staticmethod
    def _tries(code: str) -> tuple[Subject, TryOut]:
        subject, _ = subjects.named(code)
        if subject.tries is None:
            raise NotAllowed(say("There is nothing to try of {code}.", code=subject.code))
        return subject, subject.tries

    def try_out(self, code: str, typed: Values, on: str = "", edition: str = "") -> list[Fact]:
        """What comes of a subject's try-out on a business date, with an edition's lines in the rows if one is named, by
        its number or key. `on`: today or later; empty: the edition's. Nothing is left of it but the act.

        NotAllowed: there is nothing to try; `on` is over. NotFound: no such edition.
        """
        subject, tries = self._tries(code)
        form, trial = tries.form.read(typed), new_key(self._seat.store.clock)

        def tried(answers: Mapping[str, ServiceAnswer]) -> list[Fact]:
            return self._tried(subject, form, {**typed, "on": on}, edition, trial, answers)

        return self._asking.once_answered(tried)

    def _tried(
        self,
        subject: Subject,
        form: Form,
        typed: Values,
        edition: str,
        trial: str,
        answers: Mapping[str, ServiceAnswer],
    ) -> list[Fact]:
        """With what services have answered so far. Unasked: one must be asked before; nothing is left of it then."""
        on = typed["on"]
        with self._seat.writing("try") as tx:
            self._managing.must_look(tx, subject)
            at = self._runs.context(tx, subject.code)
            row = standing.named(tx, edition) if edition else None
            day = day_or(on, max(at.business_date, day_of(row, at.business_date)) if row else at.business_date)
            if day < at.business_date:
                raise NotAllowed(say("{day} is over: try today, or a later date.", day=day), field="on")
            outlet = _outlet(tx, form)
            lines, scope = (lines_of(tx, row.id), row.scope) if row else ({}, scopes.ALL)
            with as_if(tx, lines, at.business_date, day, scope=scope, outlet=outlet):
                assert subject.tries is not None
                _must_name(tx, form)
                trying = at.but(business_date=day, trial=trial, answers=answers)
                found = [*_reach(tx, row, outlet), *subject.tries.run(trying, form)]
            if at.unasked:
                raise Unasked("", at.unasked)
            note(at, "try", row.id if row else "", {**typed, "on": day})
            return found

    def preview(
        self,
        name: str,
        key: Key | None,
        typed: Mapping[str, str],
        edition: str | None = "",
        copy_of: Key | None = None,
    ) -> list[Fact]:
        """What the subject's try-out says of a row as it is typed (key: of one that is there), with what belongs to the
        row of which it is a copy and the rest of the draft that it would come into (`Managing.draft_meant`), on its
        date. Nothing is left of it. Empty: there is none of such rows. BadForm, NotAllowed: it can't be a row yet, or
        nothing can come of it."""
        subject, entity = subjects.named(name)
        asked = _own_trial(subject, entity, typed)
        if asked is None or subject.tries is None:
            return []
        with self._seat.writing("try") as tx:
            self._managing.must_look(tx, subject)
            at = self._runs.context(tx, subject.code)
            draft = self._managing.draft_meant(tx, subject, edition)
            day = day_of(draft, at.business_date) if draft else at.business_date
            row = working.as_typed(tx, entity, draft, key, typed, at.business_date)
            form = subject.tries.form.read(asked)
            on = max(day, str(row.values.get("valid_from") or ""))  # what does not hold yet is tried as it will
            (position,), lines = working.among(tx, draft, row)
            if copy_of is not None:
                lines |= dict(enumerate(working.parts(at, entity, copy_of, row.key, day), position + 1))
            with as_if(tx, lines, at.business_date, on):
                found = list(subject.tries.run(at.but(business_date=on), form))
            two = why_two_of(tx, subject.income, lines, at.business_date, day)
            own = str(row.key[0])  # what is said of the row itself comes first
            found.sort(key=lambda fact: own not in map(str, fact.label.values.values()))
            spanned = spans(at, lines, day, {position: entity}).get(position, ())
            return [*([Fact(say("Approver"), two)] if two else []), *spanned, *found]

    def against(
        self, name: str, key: Key | None, typed: Mapping[str, str], edition: str | None = ""
    ) -> dict[str, Message]:
        """What would refuse a row as it is typed (key: of one that is there), by field, with the rest of the draft that
        it would come into (`Managing.draft_meant`). Nothing is left of it. What is against the row as a whole is told
        of the edition."""
        subject, entity = subjects.named(name)
        with self._seat.writing("try") as tx:
            draft = self._managing.draft_meant(tx, subject, edition)
            row = working.as_typed(tx, entity, draft, key, typed, self._managing.today(tx))
            places, lines = working.among(tx, draft, row)
            own = (each for each in self._refusals(tx, subject, draft, lines) if each.position in places)
            return {each.column: words.rows_named_in(tx, lines, each.message) for each in own if each.column}

    def against_ending(self, name: str, wanted: Sequence[Key], edition: str | None = "") -> tuple[Message, ...]:
        """What would refuse it that rows end, as the edition tells it, with the rest of the draft that this would come
        into (`against`). What that draft adds itself is only dropped from it."""
        subject, entity = subjects.named(name)
        with self._seat.writing("try") as tx:
            draft = self._managing.draft_meant(tx, subject, edition)
            ends = working.ending(tx, entity, draft, wanted, self._managing.today(tx))
            places, lines = working.among(tx, draft, *ends)
            own = (each for each in self._refusals(tx, subject, draft, lines) if each.position in places)
            return tuple([words.fault_in_words(tx, lines, each) for each in own])

    def _refusals(
        self, tx: UnitOfWork, subject: Subject, draft: Edition | None, lines: Mapping[int, RowEdit]
    ) -> list[Fault]:
        """What would refuse lines, be they a draft's or those of one to come."""
        today, codes = self._managing.today(tx), standing.businesses(tx, draft) if draft else ()
        checks = self._managing.rules().together(dict.fromkeys((subject.code, *codes))).checks
        day, scope = (day_of(draft, today), draft.scope) if draft else (today, scopes.ALL)
        return rehearse(tx, lines, today, day, checks, scope=scope)

    def ending(self, name: str, wanted: Sequence[Key]) -> Ending:
        """What is to be known before rows end: which they are, by name, and what their business says of it."""
        subject, entity = subjects.named(name)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            day = self._managing.today(reading)
            lines = {place: RowEdit(entity.name, key, "end", {}) for place, key in enumerate(wanted)}
            at = Rehearsal(reading, lines, day)
            faults = [fault for warns in subject.warns for fault in warns(at)]
            told = [words.fault_in_words(reading, lines, each) if len(wanted) > 1 else each.message for each in faults]
            return Ending(capital(self._named(reading, entity, wanted)), tuple(told))

    def rows_named(self, name: str, wanted: Sequence[Key]) -> Message:
        """How many rows are meant, and the first of them by name."""
        _, entity = subjects.named(name)
        with self._seat.reading() as reading:
            return self._named(reading, entity, wanted)

    def _named(self, reading: Reading, entity: Entity, wanted: Sequence[Key]) -> Message:
        day = self._managing.today(reading)
        shown = [
            words.row_said(reading, entity.name, key, row_on(reading, entity.name, key, day)) for key in wanted[:FIRST]
        ]
        names = first_of(shown, len(wanted))
        return names if len(wanted) == 1 else say("{n} rows: {names}", n=len(wanted), names=names)


def _own_trial(subject: Subject, entity: Entity, row: Values) -> Mapping[str, str] | None:
    """What a subject's try-out is asked for a row, as it is typed; None: it has none, or another subject's, or the row
    does not say what it must be asked."""
    if subject.tries is None or entity.trial is None:
        return None
    asked, fields = entity.trial(row), subject.tries.form.model_fields
    is_whole = all(asked.get(name) for name, field in fields.items() if field.is_required())
    return asked if is_whole and asked.keys() <= fields.keys() else None


def _said_by(subject: Subject, entity: Entity, row: Values) -> dict[str, str]:
    """What a row says of what a try-out asks for: itself, where a field lists such rows, and what it calls the same."""
    found = dict[str, str]()
    for spec in subject.tries.form.fields() if subject.tries is not None else ():
        said = str(row.get(keys(entity.model)[0] if spec.ask.choices == entity.name else spec.name, ""))
        if said:
            found[spec.name] = said
    return found


def listed(reading: Reading, named: str, text: str) -> list[Choice]:
    """A list by its name: businesses of the counter, or any; rows of a table (outlet); what a column may hold
    (paper_layout.kind)."""
    table, _, column = named.partition(".")
    if named.endswith("business"):
        known = [code for code in BUSINESS_NAMES if named == "any_business" or code in BUSINESSES]
        found = [Choice(code, BUSINESS_NAMES[code]) for code in known]
        return [each for each in found if choosing.fits(each, text.strip().casefold())]
    if column:
        entity = subjects.of_table(table)
        assert entity is not None, named
        return choosing.choices(reading, entity, column, text)
    return choosing.rows_like(reading, all_tables()[table], text)


def _must_name(reading: Reading, form: Form) -> None:
    """BadForm: what is named in a field of a try-out, as rows are listed for it, is not there."""
    wrong = dict[str, Message]()
    for spec in form.fields():
        model = all_tables().get(spec.ask.choices)
        if model is not None and (said := getattr(form, spec.name)):
            for code in said if isinstance(said, tuple) else (said,):
                if reading.find(model, **{keys(model)[0]: code}) is None:
                    wrong.setdefault(spec.name, no_such(model, code))
    if wrong:
        raise BadForm(wrong)


def _outlet(reading: Reading, form: Form) -> str:
    """Where a try-out is asked about, if it says; BadForm: there is no such place."""
    outlet = str(getattr(form, "outlet", "") or "")
    if outlet and reading.find(Outlet, code=outlet) is None:
        raise BadForm({"outlet": say("There is no outlet {outlet}.", outlet=outlet)})
    return outlet


def _reach(reading: Reading, edition: Edition | None, outlet: str) -> Iterator[Fact]:
    """Whom an edition that is tried is for, where not for all: its lines are left out elsewhere."""
    if edition is None or edition.scope == scopes.ALL:
        return
    whom = scopes.in_words(reading, edition.scope)
    told = say("for {whom}", whom=whom)
    if outlet and edition.scope not in scopes.scopes_of(reading, outlet):
        told = say("for {whom}, not for {outlet}: tried without it", whom=whom, outlet=outlet)
    yield Fact(say("Edition {number} {title}", number=edition.number or "-", title=edition.title), told)
