"""C4.1 改名 correct the name: the data of the same person as their document has them; never a change of owner.

Another name has its ground and a supervisor's approval. The document itself may have been mistyped: its kind and number
change with a supervisor's approval, to one that would be taken for an opening. Name and number do not both change, at
once or one after the other (that is a transfer, C5; see `c04_1_same_person`). What they are searched by follows.
"""

from __future__ import annotations

from typing import Any, ClassVar

from boss_tui.answers.business import Qualification
from boss_tui.business.process import Run
from boss_tui.components.customers.consistency import LONGEST_YEARS, expiry_fault
from boss_tui.components.customers.customers import Person, same_name
from boss_tui.components.identity.kinds import check_name, check_organisation, document_number
from boss_tui.components.wording import masked_document
from boss_tui.forms.fields import Choice
from boss_tui.transactions.c04_1.form import GROUNDS, CorrectNameForm
from boss_tui.transactions.c04_1.same_person import must_add_up, must_be_theirs, must_have_ground, must_qualify
from boss_tui.transactions.corrections import Corrected, changed, must_change
from boss_tui.transactions.lines import Fact, Line, LineTransaction, identified
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.errors import NotAllowed
from data.message import both, say
from data.tables.customer import Customer

LABELS = {"name": say("Name"), "document_kind": say("Document kind"), "document_expires": say("Valid until")}


class CorrectNameTransaction(LineTransaction[CorrectNameForm, Corrected]):
    """C4.1 改名."""

    form = CorrectNameForm
    states = ("active", "suspended", "pendingActive", "pendingTerminate")
    touched = ()
    paid = False
    empty: ClassVar = {
        "F5": say("Number and card stay as they are."),
        "F8": say("The same person has the same credit."),
        "F10": say("The network knows no names."),
        "F11": say("No money moves."),
        "A2": say("Nothing has to be followed up: it is done at once."),
        "A3": say("The same person keeps points and tenure."),
        "A4": NO_PARTNER,
        "B1": say("What is charged stays the same."),
        "B2": NO_SHARE,
    }

    def shown(self, run: Run, form: CorrectNameForm, line: Line, typed: str) -> None:
        """The owner's document, or the one that should have been entered; one that was renewed has its new last day."""
        renewed = form.document_expires is not None and form.document_expires >= run.context.today
        same = document_number(typed) == line.customer.document_number
        if (form.mistyped and not same) or (renewed and same):
            return  # a supervisor approves the one, the other is not known yet: neither proves anything to others
        super().shown(run, form, line, typed)

    def look(self, run: Run, form: CorrectNameForm, line: Line) -> None:
        """What differs from what is known, each by its own rule."""
        owner = line.customer
        if identified(run, line):
            run.facts.update(name=owner.name, document_expires=owner.document_expires)
        typed: dict[str, Any] = {"name": self._name(run, form, owner)}
        with run.beside("document_expires"):
            shown = Person(owner.document_kind, owner.document_number, owner.holder)
            if (fault := expiry_fault(shown, form.document_expires, run.context.today)) is not None:
                raise NotAllowed(fault)
            typed["document_expires"] = form.document_expires.isoformat() if form.document_expires else ""
        person = None
        if form.mistyped and form.document_number:
            with run.beside("document_number"):
                person = self._document(run, form, owner)
                typed.update(
                    document_kind=person.document_kind,
                    document_number=person.document_number,
                    birth_date=person.birth_date,
                    gender=person.gender,
                )
        kinds = {kind.code: both(kind.name_zh, kind.name_en) for kind in run.customers.kinds()}
        line.more = found = changed(run, owner, typed, {"document_kind": kinds})
        must_change(run, found)
        self._approve(run, form, line, person)
        with run.beside("document_number" if "document_number" in found.after else "name"):
            must_add_up(run, owner, found.after)

    @staticmethod
    def _approve(run: Run, form: CorrectNameForm, line: Line, person: Person | None) -> None:
        """What a supervisor looks at, and what is against it."""
        after, reasons = line.more.after, list(run.qualification.reasons)
        if "name" in after and not same_name(line.customer, after["name"]):
            reasons += must_have_ground(run, form, line.customer, after["name"])
        if person is not None and {"document_kind", "document_number"} & after.keys():
            reasons += must_qualify(run, form, line, person)
        run.qualification = Qualification(tuple(reasons))

    @staticmethod
    def _name(run: Run, form: CorrectNameForm, owner: Customer) -> str:
        if form.name:
            with run.beside("name"):
                return (check_organisation if owner.holder == "organization" else check_name)(form.name)
        return ""

    @staticmethod
    def _document(run: Run, form: CorrectNameForm, owner: Customer) -> Person:
        """The right document, with what it says of its holder; NotAllowed when it is somebody else's."""
        kind = form.document_kind or owner.document_kind
        person = run.customers.identify(kind, form.document_number, owner.birth_date)
        must_be_theirs(run, person, owner)
        return person

    def act(self, run: Run, form: CorrectNameForm, line: Line) -> None:
        """Correct what differs; the history keeps what it was."""
        line.customer = run.customers.correct(line.customer, **line.more.after)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: CorrectNameForm, line: Line) -> tuple[Fact, ...]:
        """Before and after; of a document's number the ends only."""
        found: Corrected = line.more
        ground = ((say("Ground"), GROUNDS[form.ground]),) if form.ground and "name" in found.after else ()
        paper = ((say("Certificate"), form.certificate),) if ground and form.certificate else ()
        if "document_number" not in found.after:
            return (*found.facts(LABELS), *ground, *paper)
        was, now = masked_document(found.before["document_number"]), masked_document(found.after["document_number"])
        return (
            *found.facts(LABELS),
            *ground,
            *paper,
            (say("Document no."), say("{before} to {after}", before=was, after=now)),
        )

    def facts(self, run: Run, form: CorrectNameForm, line: Line) -> dict[str, Any]:
        """The name as it is now."""
        return {**super().facts(run, form, line), "customer": line.customer.name}

    def choices(self, run: Run, form: CorrectNameForm, field: str, text: str) -> list[Choice]:
        """The kinds of document and the grounds, beside what these forms share."""
        if field == "ground":
            return [Choice(code, label) for code, label in GROUNDS.items()]
        return super().choices(run, form, "agent_document_kind" if field == "document_kind" else field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number, whose owner's document was renewed."""
        subscription, typed = self.example_line(run)
        day = run.context.today.replace(day=1, year=run.context.today.year + LONGEST_YEARS)
        if run.customers.owner(subscription.customer_id).document_expires == day.isoformat():
            day = day.replace(year=day.year - 1)  # it is known already: nothing would be corrected
        return {**typed, "document_expires": day.isoformat()}
