"""Acts on rows that no edition changes: of the office, stock is made, handed out, asked back (M5); of a hall, somebody
is trusted for a time (M8)."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.components.base import Context
from boss_tui.components.operators.operators import Operators
from boss_tui.components.resources.number_life import LifeLine
from boss_tui.desk.managing import Managing
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trying import listed
from boss_tui.editions.noting import note
from boss_tui.editions.rehearsal import given_up
from boss_tui.forms.fields import Choice
from boss_tui.forms.form import Form
from boss_tui.management import choosing, subjects
from boss_tui.management.kit import listing
from boss_tui.management.kit.acts import AT_HALL, AT_OFFICE, At, OfficeAct, OnwardAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.kit.entity import Entity, Key, Values
from boss_tui.management.kit.subject import Subject
from data.clock import is_made_key
from data.errors import BadForm, NotAllowed
from data.message import say
from data.statements import keys
from data.store import Reading


class Acting:
    """The part of the desk that does what no edition does."""

    def __init__(self, seat: Seat, managing: Managing, supervisors: Supervisors) -> None:
        self._seat, self._managing, self._supervisors = seat, managing, supervisors

    def acts(self, name: str) -> list[OfficeAct]:
        """What can be done here at a list (M5/phone_number); of a subject by its code alone (M5) all of it."""
        subject, entity = subjects.named(name)
        here = [act for act in subject.acts if act.is_done(self._seat.is_office)]
        return [act for act in here if "/" not in name or act.stands_at(entity.name)]

    def act(self, name: str, which: str) -> OfficeAct:
        """One of them. NotAllowed says which there are."""
        return subjects.named(name)[0].act(which)

    def begun(self, name: str, which: str, key: Key | None = None, narrowed: str = "") -> dict[str, str]:
        """What stands in the form of an act at first, at a row of a list; `narrowed`: its filter, as it is typed."""
        subject, entity = subjects.named(name)
        act = subject.act(which)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            found = dict(act.begun(reading, _row(reading, entity.model, key)))
            return {**found, **self._narrowed(reading, entity, act, narrowed)} if narrowed.strip() else found

    def then(self, name: str, which: str, typed: Values) -> OnwardAct | None:
        """What goes on with what an act made, which was done with this in its form; None: nothing does. Its form begins
        as at the list of what was made, narrowed to that."""
        subject = subjects.named(name)[0]
        act = subject.act(which)
        if not act.then:
            return None
        onward = subject.act(act.then)
        at = f"{name.partition('/')[0]}/{onward.entity}"
        made = (f"{column}:{typed[each]}" for each, column in onward.narrowed.items() if typed.get(each))
        return OnwardAct(at, onward, self.begun(at, onward.name, narrowed=" ".join(made)))

    def _narrowed(self, reading: Reading, entity: Entity, act: OfficeAct, typed: str) -> dict[str, str]:
        """What a filter says that an act's form can say, too; and how many rows fit, where it can say all of it."""
        asked = self._managing.asked(reading, entity, typed, "", "").filter
        found: dict[str, str] = {}
        for name, column in act.narrowed.items():
            said = (term.only(column) for term in asked.conditions)
            if text := next((each for each in said if each and _can_be(act, name, each)), ""):
                found[name] = text
        if act.counted and len(found) == len(asked.conditions) and not asked.marks:
            among = self._managing.asked(reading, entity, f"{typed} {act.among}", "", "")
            fit = str(listing.count(reading, entity, among).rows)
            found |= {act.counted: fit} if _can_be(act, act.counted, fit) else {}
        return found

    def choices(self, name: str, which: str, field: str, text: str = "") -> list[Choice]:
        """What may stand in a field of an act's form, as far as it is listed; nothing where anything may. NotAllowed:
        it has no such field."""
        subject = subjects.named(name)[0]
        act = subject.act(which)
        if field not in act.form.model_fields:
            raise NotAllowed(act.form.no_such_field(), field=field)
        own, named = act.choices.get(field), next(s.ask.choices for s in act.form.fields() if s.name == field)
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            if own is not None:
                return [each for each in own(reading, text) if choosing.fits(each, text.strip().casefold())]
            found = listed(reading, named, text) if named else []
            here = self._seat.station.outlet if named == "outlet" else ""
            return [each for each in found if each.value != here]  # nothing is handed to where it is handed from

    def life(self, name: str, key: Key) -> list[LifeLine]:
        """What became of a piece of stock, the earliest first. NotAllowed: such rows are no stock; NotFound."""
        subject, entity = subjects.named(name)
        if entity.stock is None or entity.stock.life is None:
            raise NotAllowed(say("{name} is published: its history tells what became of it.", name=entity.name))
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject)
            return list(entity.stock.life(reading, str(key[0])))

    def do(self, name: str, which: str, typed: Values, approver: str = "", password: str = "") -> list[Fact]:
        """Do it, on record; answers what came of it. BadForm by field; NotAllowed: nothing was done, or (`approved_by`)
        another person has to allow it, who is the `approver`, by their own sign-on."""
        subject, act, form = self._meant(name, which, typed)
        signer = self._supervisors.other(approver, password) if approver else ""

        def do(at: Context) -> list[Fact]:
            giver = self._must(at, subject, act)
            found = list(act.do(self._at(at), form))
            if act.is_signed:
                Operators(at).other_must_check(signer)
                giver = signer
            note(at, act.record, said=dict(typed), approved_by=giver)
            return found

        return self._managing.doing(subject, do)

    def ahead(self, name: str, which: str, typed: Values) -> list[Fact]:
        """What would come of it, nothing being done; refused as `do` is."""
        subject, act, form = self._meant(name, which, typed)

        def look(at: Context) -> list[Fact]:
            self._must(at, subject, act)
            found: list[Fact] = []
            with given_up(at.tx):
                found += act.do(self._at(at), form)
            return [fact.expected for fact in found if not is_made_key(fact.value)]  # of which there will be another

        return self._managing.doing(subject, look)

    def _meant(self, name: str, which: str, typed: Values) -> tuple[Subject, OfficeAct, Form]:
        subject = subjects.named(name)[0]
        act = subject.act(which)
        if not act.is_done(self._seat.is_office):
            raise NotAllowed(AT_HALL if act.right else AT_OFFICE)
        return subject, act, act.form.read({name: text for name, text in typed.items() if str(text).strip()})

    def _must(self, at: Context, subject: Subject, act: OfficeAct) -> str:
        """Whose word it is done by, where it is another's. NotAllowed: whoever works here may not."""
        if act.right:
            return Operators(at).may_manage(act.right)
        self._managing.must_change(at.tx, subject)
        return ""

    def _at(self, at: Context) -> At:
        rules = self._seat.rules
        return At(at, rules.leasing if rules else None)


def _can_be(act: OfficeAct, field: str, text: str) -> bool:
    """Whether a field of an act's form takes a text."""
    try:
        act.form.one(field, text)
    except BadForm:
        return False
    return True


def _row(reading: Reading, model: type, key: Key | None) -> Mapping[str, object] | None:
    if key is None:
        return None
    found = reading.find(model, **dict(zip(keys(model), key, strict=True)))
    return None if found is None else dict(found.__dict__)
