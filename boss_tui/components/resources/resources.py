"""F5 product resources 产品资源: numbers and SIM cards: searched, reserved for a time, sold, in use.

A reservation belongs to a draft and frees itself: past its time it counts for nothing, and the next one who asks for
the resource clears it away. The database holds that a resource has at most one active reservation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, exists, false, or_, select, union, update

from boss_tui.answers.business import Held
from boss_tui.components.base import Piece, traced
from boss_tui.components.history import note
from boss_tui.components.products.suiting import works_on_card
from boss_tui.components.resources.blank_cards import BlankCards, free_blanks
from boss_tui.components.resources.leases import must_not_be_over, not_over, sold_at
from boss_tui.components.resources.number_locks import must_not_be_locked, not_locked
from boss_tui.components.resources.number_rest import days_of_rest
from data.clock import new_key, stamp
from data.errors import Conflict, Expired, NotAllowed
from data.message import Message, both, say
from data.statements import columns
from data.states import card_kinds, state_name
from data.tables.product import Product
from data.tables.resource import NumberGrade, PhoneNumber, Reservation, ReservationLimit, SimCard
from data.tables.stock import BlankCard, Handset

_MINUTES = 30
_reservation = Reservation.table()
_number = PhoneNumber.table()
_grade = NumberGrade.table()
_sim = SimCard.table()
_blank = BlankCard.table()

EXPIRE_DUE = (
    update(_reservation)
    .values(state="expired", revision=_reservation.c.revision + 1)
    .where(_reservation.c.state == "active", _reservation.c.until <= bindparam("moment"))
)


def _not_held(kind: str, key: Any) -> Any:
    held = select(_reservation.c.id).where(
        _reservation.c.kind == kind,
        _reservation.c.resource == key,
        _reservation.c.state == "active",
        _reservation.c.until > bindparam("moment"),
    )
    return ~exists(held)


_FREE_SIMS = (
    select(*_sim.c)
    .where(_sim.c.outlet == bindparam("outlet"), _sim.c.state == "in_stock", _not_held("sim", _sim.c.iccid))
    .where(_sim.c.kind == bindparam("of_kind"), not_over(_sim.c.lease_id, _sim.c.iccid))
    .order_by(_sim.c.iccid)
    .limit(bindparam("most"))
)
_KINDS = union(
    select(_sim.c.kind).where(_sim.c.outlet == bindparam("outlet"), _sim.c.state == "in_stock"),
    select(_blank.c.kind).where(_blank.c.outlet == bindparam("outlet"), _blank.c.state == "blank"),
)
_FREE_BLANKS = free_blanks(_not_held)


class _Kind(Struct, frozen=True):
    """What is particular to a kind of resource."""

    model: type[PhoneNumber] | type[SimCard] | type[BlankCard] | type[Handset]
    key: str
    free: str
    field: str
    missing: Message
    taken: Message


KINDS = {
    "number": _Kind(
        PhoneNumber,
        "number",
        "idle",
        "number",
        say("This number is not in this outlet's stock. F4 shows the free ones."),
        say("This number was just taken. Choose another (F4)."),
    ),
    "sim": _Kind(
        SimCard,
        "iccid",
        "in_stock",
        "iccid",
        say("This card is not in this outlet's stock. Take another card."),
        say("This card was just taken. Take another card."),
    ),
    "blank": _Kind(
        BlankCard,
        "serial",
        "blank",
        "iccid",
        say("This card is not in this outlet's stock. Take another card."),
        say("This card was just taken. Take another card."),
    ),
    "handset": _Kind(
        Handset,
        "imei",
        "in_stock",
        "imei",
        say("This handset is not in this outlet's stock. F4 shows what is."),
        say("This handset was just taken. Take another one."),
    ),
}


def _why_not(about: _Kind, row: Any, key: str) -> Message:
    """Why a resource can't be had: another has just taken it, or it is in a state of which a clerk can do nothing."""
    if row.state in (about.free, "sold"):
        return about.taken
    state = state_name(row.state)
    if row.state == "quarantined" and row.quarantine_until:
        state = say("{state}, until {day}", state=state, day=row.quarantine_until)
    return say("{key} is {state}: take another (F4).", key=key, state=state)


SOLD_AS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "number": lambda row: ("number", row.grade),
    "sim": lambda row: ("sim", row.kind),
    "handset": lambda row: ("goods", row.model),
}
"""What is sold with a resource: kind and product, as figures have them."""


class Resources(BlankCards):
    """F5: the outlet's stock."""

    code = "F5"

    @traced
    def numbers(self, pattern: str = "", limit: int = 30) -> list[tuple[PhoneNumber, NumberGrade]]:
        """Free numbers with their grade, those without a fee first.

        `pattern`: digits at the end, `139…` at the start, `*` for any run, or a grade: its code, or a part of its name.
        """
        grades = {grade.code: grade for grade in self.tx.all(NumberGrade)}
        statement = _search(pattern, tuple(_meant(pattern, grades.values())), limit)
        day = self.context.priced_on
        found = self.tx.models(PhoneNumber, statement, outlet=self.context.outlet, lock_day=day, **self._moments())
        return [(number, grades[number.grade]) for number in found]

    @traced
    def sims(self, limit: int = 30, kinds: Iterable[str] | None = None) -> list[SimCard]:
        """Free SIM cards of this outlet, kind by kind; of these kinds, or of all."""
        at, moments, found = self.context.outlet, self._moments(), list[SimCard]()
        for kind in sorted(self.kinds_of_sims() if kinds is None else kinds):
            most = limit - len(found)
            found += self.tx.models(SimCard, _FREE_SIMS, outlet=at, most=most, of_kind=kind, **moments)
        return found

    def kinds_of_sims(self) -> list[str]:
        """The kinds of SIM card that this outlet has in stock, paired or blank."""
        return [str(kind) for (kind,) in self.tx.rows(_KINDS, outlet=self.context.outlet)]

    @traced
    def blanks(self, limit: int = 30) -> list[BlankCard]:
        """Free blank cards of this outlet, kind by kind."""
        return self.tx.models(BlankCard, _FREE_BLANKS, outlet=self.context.outlet, most=limit, **self._moments())

    @traced
    def let_go(self, kind: str) -> None:
        """The draft does not want what it holds of a kind any more."""
        mine = self._mine(kind)
        if mine is not None:
            self.tx.change(mine, state="released")

    @traced
    def reserve(self, kind: str, key: str) -> Held:
        """Hold a resource for the draft until its kind's time limit (catalogue C1-F5, M4); one of its kind is let go.

        NotAllowed: not in stock here. Conflict: another draft has it.
        """
        about = KINDS[kind]
        if kind == "number":
            must_not_be_locked(self.tx, key, self.context.priced_on)
        mine = self._mine(kind)
        if mine and mine.resource == key:
            return Held(kind, key, mine.until)
        self.tx.run(EXPIRE_DUE, moment=self._now())
        row: Any = self.tx.find(about.model, **{about.key: key})
        if row is None or row.outlet != self.context.outlet:
            raise NotAllowed(about.missing)
        must_not_be_over(self.tx, row.lease_id, key, sold_at(self.context))
        if row.state != about.free or self.tx.find(Reservation, kind=kind, resource=key, state="active"):
            raise Conflict(_why_not(about, row, key))
        if mine:
            self.tx.change(mine, state="released")
        until = self._until(kind)
        self.tx.add(
            Reservation, id=new_key(self.tx.clock), kind=kind, resource=key, draft_id=self.context.draft_id, until=until
        )
        return Held(kind, key, until)

    @traced
    def held(self) -> tuple[Held, ...]:
        """What the draft holds now."""
        rows = self.tx.all(Reservation, draft_id=self.context.draft_id, state="active", order=("kind",))
        moment = self._now()
        return tuple(Held(row.kind, row.resource, row.until) for row in rows if row.until > moment)

    @traced
    def sell(self, kind: str, key: str, subscription_id: str | None, field: str = "") -> Any:
        """The held resource is sold: paid for, not yet in the network. Expired when the reservation's time is over.

        field: where the form has it, when that is not the kind's own.
        """
        row = self._use(kind, key, field)
        self.context.sold.append(Piece(*SOLD_AS[kind](row)))
        sold: PhoneNumber | SimCard = self.tx.change(row, state="sold", subscription_id=subscription_id)
        return sold

    @traced
    def write_held(self, serial: str, subscription_id: str) -> SimCard:
        """The held blank card is written and sold. Expired when the reservation's time is over."""
        self._use("blank", serial)
        card = self.write(serial, subscription_id)
        self.context.sold.append(Piece("sim", card.kind))
        return card

    def _use(self, kind: str, key: str, field: str = "") -> Any:
        """What the draft holds, which is used now."""
        about, mine = KINDS[kind], self._mine(kind)
        field = field or about.field
        if mine is None or mine.resource != key:
            raise Expired(say("The reservation ran out. Press F4 and choose again."), field=field)
        row: Any = self.tx.one(about.model, **{about.key: key})
        must_not_be_over(self.tx, row.lease_id, key, sold_at(self.context))
        if row.state != about.free:
            raise Conflict(about.taken, field=field)
        self.tx.change(mine, state="used")
        return row

    @traced
    def put_into_use(self, number: str = "", iccid: str = "") -> None:
        """The network has them: number, card or both are in use (竣工)."""
        for kind, key in (("number", number), ("sim", iccid)):
            if key:
                self.tx.change(self._row(kind, key), state="in_use")

    @traced
    def must_not_be_locked(self, number: str, but: str = "") -> None:
        """NotAllowed: a lock of another cause than `but` holds the number: it is neither given up nor handed on."""
        must_not_be_locked(self.tx, number, self.context.priced_on, but)

    @traced
    def quarantine(self, number: str, *, fraud: bool = False) -> PhoneNumber:
        """A number that is given up rests before it is sold again, as long as M5 says of its grade; longer after
        `fraud`."""
        row = self.tx.one(PhoneNumber, number=number)
        days = days_of_rest(self.tx, row.grade, fraud=fraud)
        until = (self.context.today + timedelta(days=days)).isoformat()
        return self.tx.change(row, state="quarantined", subscription_id=None, quarantine_until=until)

    @traced
    def ported(self, number: str) -> PhoneNumber:
        """The number is with another operator 携出: not ours to sell before it comes back."""
        return self.tx.change(self.tx.one(PhoneNumber, number=number), state="ported", subscription_id=None)

    def days_of_rest(self, number: str) -> int:
        """For how many days a number rests once it is given up."""
        return days_of_rest(self.tx, self.tx.one(PhoneNumber, number=number).grade)

    @traced
    def void(self, iccid: str, fate: str) -> SimCard:
        """A card that is of no use any more; `fate` is noted: returned, exchange (kept), lost, broken, closed."""
        note(self.context, iccid, {"fate": ""}, {"fate": fate})
        return self.tx.change(self.tx.one(SimCard, iccid=iccid), state="void", subscription_id=None)

    @traced
    def number_again(self, number: str, subscription_id: str) -> PhoneNumber:
        """A change of number is taken back: the number that rests is the subscription's once more."""
        row = self.tx.one(PhoneNumber, number=number)
        if row.state != "quarantined":
            raise NotAllowed(say("Number {number} is not free for it any more.", number=number))
        return self.tx.change(row, state="sold", subscription_id=subscription_id, quarantine_until="")

    @traced
    def give_again(self, iccid: str, subscription_id: str) -> SimCard:
        """An exchange is taken back: the card that was void is the subscription's once more."""
        card = self.tx.one(SimCard, iccid=iccid)
        if card.state != "void":
            raise NotAllowed(say("Card {iccid} is not free for it any more.", iccid=iccid))
        note(self.context, iccid, {"fate": "void"}, {"fate": "given again"})
        return self.tx.change(card, state="sold", subscription_id=subscription_id)

    @traced
    def take_back(self, number: str = "", iccid: str = "") -> None:
        """The order is cancelled before the network had them: number, card or both go back into stock."""
        for kind, key in (("number", number), ("sim", iccid)):
            if key:
                self.tx.change(self._row(kind, key), state=KINDS[kind].free, subscription_id=None)

    def _row(self, kind: str, key: str) -> Any:
        about = KINDS[kind]
        return self.tx.one(about.model, **{about.key: key})

    @traced
    def must_fit(self, iccid: str, products: Iterable[Product]) -> None:
        """The card in use must be of a kind that these products work on. NotAllowed names the first that does not."""
        self.kind_must_fit(self.sim(iccid).kind, products)

    @staticmethod
    def kind_must_fit(kind: str, products: Iterable[Product]) -> None:
        """A kind of card must be one that these products work on. NotAllowed names the first that does not."""
        for product in products:
            if not works_on_card(product, kind):
                name = both(product.name_zh, product.name_en)
                raise NotAllowed(
                    say("{product} needs a card of kind {kinds}.", product=name, kinds=card_kinds(product.sim_kinds))
                )

    def grade(self, number: str) -> NumberGrade:
        """The grade of a number."""
        return self.tx.one(NumberGrade, code=self.tx.one(PhoneNumber, number=number).grade)

    @traced
    def transfer_ban(self, number: str) -> int:
        """For how many months from its opening a number may not change its owner (catalogue C5, M5)."""
        return self.grade(number).transfer_ban_months

    def sim(self, iccid: str) -> SimCard:
        """A card by its ICCID."""
        return self.tx.one(SimCard, iccid=iccid)

    def _mine(self, kind: str) -> Reservation | None:
        held = self.tx.all(Reservation, draft_id=self.context.draft_id, state="active")  # as it is let go of in the end
        row = next((each for each in held if each.kind == kind), None)
        return row if row is not None and row.until > self._now() else None

    def _until(self, kind: str) -> str:
        limit = self.tx.find(ReservationLimit, kind=kind)
        minutes = limit.minutes if limit else _MINUTES
        return stamp(self.tx.present() + timedelta(minutes=minutes))

    def _moments(self) -> dict[str, str]:
        """What lists of stock are asked with: when what is held runs out, when it is sold."""
        return {"moment": self._now(), "sold_at": sold_at(self.context)}

    def _now(self) -> str:
        """The time by which what is held runs out, as stored."""
        return stamp(self.tx.present())


def _meant(pattern: str, grades: Iterable[NumberGrade]) -> list[str]:
    """The grades that a pattern names: by their code, else by a part of their name, which is no digits."""
    known = list(grades)
    sought = pattern.strip().casefold()
    if any(grade.code.casefold() == sought for grade in known):
        return [grade.code for grade in known if grade.code.casefold() == sought]
    if not sought.strip("0123456789*"):
        return []
    return [grade.code for grade in known if sought in f"{grade.name_zh}\n{grade.name_en}".casefold()]


@lru_cache(64)  # a list is opened with nothing typed, as a rule: to make its statement takes longer than to ask it
def _search(pattern: str, grades: tuple[str, ...], limit: int) -> Any:
    """A statement for free numbers that fit a pattern, or are of the grades that it names."""
    statement = (
        select(*(_number.c[name] for name in columns(PhoneNumber)))
        .where(_number.c.outlet == bindparam("outlet"), _number.c.state == "idle")
        .where(_not_held("number", _number.c.number), not_over(_number.c.lease_id, _number.c.number))
        .where(not_locked(_number.c.number, bindparam("lock_day")))
        .join(_grade, _grade.c.code == _number.c.grade)
        .order_by(_grade.c.fee, _number.c.number)
        .limit(limit)
    )
    pattern = pattern.strip()
    if grades:
        return statement.where(or_(*(_number.c.grade == grade for grade in grades)))
    if pattern.strip("0123456789*"):
        return statement.where(false())  # no number has anything else, and a LIKE may take it otherwise
    digits = pattern.replace("*", "%")
    if "%" in digits:
        return statement.where(_number.c.number.like(digits))
    if digits.startswith("1") and len(digits) > 2:
        return statement.where(_number.c.number >= digits, _number.c.number < digits + ":")
    if len(digits) == 4:
        return statement.where(_number.c.tail == digits)
    return statement.where(_number.c.number.like(f"%{digits}")) if digits else statement
