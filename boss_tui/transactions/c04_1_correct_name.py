"""C4.1 改名 correct the name: the data of the same person as their document has them; never a change of owner.

The document itself may have been mistyped: its kind and number change with a supervisor's approval, never to one that
another customer has, and never together with the whole name (that is a transfer, C5). What they are searched
by follows.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from boss_tui.answers import Qualification, Reason
from boss_tui.components.customers import Person, same_name
from boss_tui.components.identity import check_name, check_organisation
from boss_tui.components.wording import masked_document
from boss_tui.forms import Ask, Choice, Expiry, Flag, folded
from boss_tui.process import Run, business
from boss_tui.transactions.corrections import Corrected, changed, identified, must_change
from boss_tui.transactions.lines import Fact, Line, LineTransaction, OwnerForm
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.errors import NotAllowed
from data.message import both, say
from data.tables.customer import Customer

LABELS = {"name": say("Name"), "document_kind": say("Document"), "document_expires": say("Valid until")}


class CorrectName(OwnerForm):
    """The form of C4.1. `document_number` is as the document in hand has it."""

    name: Annotated[
        str, Ask(say("Name"), "name", say("As on the document. What is known stands here."), section=say("Corrected"),
                 width=40, length=128)
    ] = ""  # fmt: skip
    document_expires: Annotated[
        Expiry | None,
        Ask(say("Valid until"), "date", say("The document's last day, such as 20360517; long-term when it has none."),
            width=10, length=10),
    ] = None  # fmt: skip
    mistyped: Annotated[
        Flag, Ask(say("Doc. mistyped"), "flag",
                  say("y when the document in hand has another number or kind than was typed; a supervisor approves."),
                  width=2)
    ] = False  # fmt: skip
    document_kind: Annotated[
        str, Ask(say("Right kind"), "choice", say("The kind of the document in hand."), "document_kinds", width=4,
                 length=2, when="mistyped")
    ] = ""  # fmt: skip


@business
class CorrectNameTransaction(LineTransaction[CorrectName]):
    """C4.1 改名."""

    code = "C4.1"
    name = both("改名", "Correct the name")
    aliases = ("改名", "gm", "correct name")
    form = CorrectName
    offline = "form_only"
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

    def shown(self, run: Run, form: CorrectName, line: Line, typed: str) -> None:
        """The owner's document, or the one that should have been entered; one that was renewed has its new last day."""
        renewed = form.document_expires is not None and form.document_expires >= run.context.today
        if form.mistyped:
            return  # a supervisor approves: this proves nothing for other businesses
        if renewed and folded(typed).upper() == line.customer.document_number:
            run.proven.add(line.customer.id)
            return
        super().shown(run, form, line, typed)

    def look(self, run: Run, form: CorrectName, line: Line) -> None:
        """What differs from what is known, each by its own rule."""
        owner = line.customer
        if identified(run, line):
            run.facts.update(name=owner.name, document_expires=owner.document_expires)
        typed: dict[str, Any] = {"name": self._name(run, form, owner)}
        with run.beside("document_expires"):
            if form.document_expires and form.document_expires < run.context.today:
                raise NotAllowed(say("This document is no longer valid."))
            typed["document_expires"] = form.document_expires.isoformat() if form.document_expires else ""
        if form.mistyped and form.document_number:
            with run.beside("document_number"):
                typed.update(self._document(run, form, owner))
        kinds = {kind.code: both(kind.name_zh, kind.name_en) for kind in run.customers.kinds()}
        line.more = changed(run, owner, typed, {"document_kind": kinds})
        must_change(run, line.more)
        if {"document_kind", "document_number"} & line.more.after.keys():
            self._must_be_approved(run)

    @staticmethod
    def _name(run: Run, form: CorrectName, owner: Customer) -> str:
        if form.name:
            with run.beside("name"):
                return (check_organisation if owner.holder == "organization" else check_name)(form.name)
        return ""

    def _document(self, run: Run, form: CorrectName, owner: Customer) -> dict[str, Any]:
        """The right document, with what it says of its holder; NotAllowed when it is somebody else's."""
        person = run.customers.identify(form.document_kind or owner.document_kind, form.document_number)
        self._must_be_the_same(person, form, owner)
        found = {"document_kind": person.document_kind, "document_number": person.document_number}
        return {**found, "birth_date": person.birth_date, "gender": person.gender}

    @staticmethod
    def _must_be_the_same(person: Person, form: CorrectName, owner: Customer) -> None:
        if person.known is not None and person.known.id != owner.id:
            raise NotAllowed(say("This document belongs to another customer: use C5 for a new owner."))
        if person.holder != owner.holder:
            raise NotAllowed(say("A person does not become an organisation: use C5 for a new owner."))
        if person.document_number != owner.document_number and form.name and not same_name(owner, form.name):
            raise NotAllowed(say("Another name and another number are another person: use C5."))

    @staticmethod
    def _must_be_approved(run: Run) -> None:
        told = say("The number or kind of the document is changed: compare it with the document in hand.")
        reason = Reason("document", "override", told)
        run.qualification = Qualification((*run.qualification.reasons, reason))

    def act(self, run: Run, form: CorrectName, line: Line) -> None:
        """Correct what differs; the history keeps what it was."""
        line.customer = run.customers.correct(line.customer, **line.more.after)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: CorrectName, line: Line) -> tuple[Fact, ...]:
        """Before and after; of a document's number the ends only."""
        found: Corrected = line.more
        if "document_number" not in found.after:
            return tuple(found.told(LABELS))
        was, now = masked_document(found.before["document_number"]), masked_document(found.after["document_number"])
        return (*found.told(LABELS), (say("Document no."), say("{before} to {after}", before=was, after=now)))

    def facts(self, run: Run, form: CorrectName, line: Line) -> dict[str, Any]:
        """The name as it is now."""
        return {**super().facts(run, form, line), "customer": line.customer.name}

    def choices(self, run: Run, form: CorrectName, field: str, text: str) -> list[Choice]:
        """The kinds of document, beside what these forms share."""
        return super().choices(run, form, "agent_document_kind" if field == "document_kind" else field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number, its owner's name with one character right at last."""
        subscription, typed = self.example_line(run)
        name = run.customers.owner(subscription.customer_id).name
        return {**typed, "name": name[:-1] + ("晗" if name[-1] != "晗" else "涵")}
