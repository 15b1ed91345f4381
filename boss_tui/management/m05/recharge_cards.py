"""Recharge cards as stock: as they are listed, and how a printer's file of a batch comes in (catalogue M5, C11).

The head says what was ordered: an unbroken run of serials of one face value, with one last day. Each row is a card, its
PIN wrapped under the transport key that the head names (`data.card_pins.unwrapped`). A batch comes whole or not at all,
one of its maker's after the other, and is like money from then on: nobody is handed any of it before another person
than who took the file in has counted the cards that came. PINs are written (enciphered anew, for this store) and never
read: no list, form, export, file of bad rows or log has them.

    #recharge_card,count=2,sha256=…,order=CZ2026-31,maker=华力,sequence=12,first_serial=33011265000000001,face_value=50.00,
        sum=100.00,valid_to=2028-12-31,key=7   (one line)
    serial,pin_cipher

Source: management-facts 5.4 (recharge batch), domain-facts 9 (17 and 18 digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import bindparam, select

from boss_tui.components.stock.piece_count import MISSING
from boss_tui.components.stock.piece_life import life_of
from boss_tui.components.stock.pieces import named
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Whole, yuan
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.faults import CELL, CellFault
from boss_tui.management.kit.intake import FileIn, Stock, StockRow
from boss_tui.management.kit.stock import having
from boss_tui.management.m05.batch_heads import key_faults, missing, of_file, out_of_turn
from boss_tui.management.stock_events import events
from data.card_pins import check_of, encipher, find_secret, made_secret, unwrapped
from data.errors import NotAllowed, NotFound
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.stock import RechargeCard
from data.tables.stockroom import CardBatch, StockBatch

SERIAL, WRAPPED = r"^[0-9]{17}$", r"^[0-9A-Fa-f]{64}$"
_SEQUENCE = 999_999_999


class CardForm(Form):
    """A recharge card of the stock, as it may be seen."""

    serial: Annotated[str, Ask(say("Card serial"), "digits", length=17)] = Field(pattern=SERIAL)
    face_value: Annotated[Fen, Ask(say("Face value"), "money"), Field(gt=0)]
    valid_to: Annotated[Day, Ask(say("Usable until"), "date")]
    state: Annotated[str, Ask(say("State"), "choice")] = "idle"
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Who may sell it; empty: nobody yet."), length=20)] = ""


class CardFileForm(Form):
    """A row of a batch's file."""

    serial: Annotated[str, Ask(say("Card serial"), "digits", length=17)] = Field(pattern=SERIAL)
    pin_cipher: Annotated[str, Ask(say("PIN, enciphered"), help=say("64 hexadecimal digits."), length=64)] = Field(
        pattern=WRAPPED
    )


class CardHeadForm(Form):
    """What the head of a batch's file says beside count and hash."""

    order: Annotated[str, Field(max_length=40)]
    maker: Annotated[str, Field(max_length=40)]
    sequence: Annotated[int, Field(ge=1, le=_SEQUENCE)]
    first_serial: Annotated[str, Field(pattern=SERIAL)]
    face_value: Annotated[Fen, Field(gt=0)]
    sum: Annotated[Fen, Field(gt=0)]
    valid_to: Day
    key: str


class CardIntake:
    """What is made of the file of a batch."""

    def __init__(self, reading: Reading, sent: FileIn) -> None:
        self._batch, self._start = sent.batch, sent.file.start.line
        said: Mapping[str, str] = sent.file.head.said if sent.file.head is not None else {}
        self._head, self._count = (
            CardHeadForm.partial({name: said.get(name, "") for name in CardHeadForm.model_fields})[0],
            int(said.get("count") or 0),
        )
        self._wrong = list(_head_faults(reading, said))
        self._key = b""
        if not self._wrong and sent.transport_key is not None:
            self._key = sent.transport_key(self._head.key)
        if not self._wrong and not self._key:
            self._wrong.append(of_file(say("Transport key {index} is not kept at this machine.", index=said["key"])))
        self._pins: dict[str, str] = {}
        """Of the page that was judged last, by serial."""

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:
        """Serials that do not follow each other; PINs that don't open, or are another card's."""
        self._pins.clear()
        if self._wrong:
            return  # by a head that is wrong no row can be judged
        first = int(self._head.first_serial)
        for line, _, values in rows:
            place = line - self._start
            if int(values["serial"]) != first + place:
                yield out_of_turn(line, "serial", place, f"{first + place:017d}")
            pin = unwrapped(self._key, values["pin_cipher"])
            if pin is None:
                told = say("It does not open with transport key {index}, or is no PIN.", index=self._head.key)
                yield CellFault(line, "pin_cipher", CELL, told)
            else:
                self._pins[values["serial"]] = pin
        yield from self._known(reading, rows)

    def _known(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:
        """Cards whose PIN a card in stock has already."""
        secret = find_secret(reading)
        if secret is None:  # no card has one yet
            return
        checks = {serial: check_of(secret, pin) for serial, pin in self._pins.items()}
        there = {check for (check,) in reading.among(having(RechargeCard, "pin_check"), list(checks.values()))}
        for line, _, values in rows if there else ():
            if checks.get(values["serial"]) in there:
                yield CellFault(line, "pin_cipher", CELL, say("Another card has this PIN."))

    def end(self, reading: Reading) -> Iterable[CellFault]:  # noqa: ARG002 (the shape of each)
        """What is wrong with the head."""
        return self._wrong

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """As cards of a batch that nobody has counted yet."""
        if self._wrong:
            raise NotAllowed(self._wrong[0].message, field="file")
        secret, head = made_secret(tx), self._head
        same = {"face_value": head.face_value, "valid_to": head.valid_to.isoformat(), "batch_id": self._batch}
        pins = ((row.values["serial"], self._pins[row.values["serial"]]) for row in rows)
        cards: list[dict[str, Any]] = [
            {"serial": serial, "pin_cipher": encipher(secret, serial, pin), "pin_check": check_of(secret, pin), **same}
            for serial, pin in pins
        ]
        if cards:
            tx.add_many(RechargeCard, cards)

    def taken(self, tx: UnitOfWork) -> None:
        """All of it is in: it can be counted."""
        head = self._head
        tx.add(
            CardBatch,
            id=self._batch,
            order_no=head.order,
            maker=head.maker,
            sequence=head.sequence,
            quantity=self._count,
            first_serial=head.first_serial,
            face_value=head.face_value,
            valid_to=head.valid_to.isoformat(),
            key_index=head.key,
        )


def _head_faults(reading: Reading, said: Mapping[str, str]) -> Iterator[CellFault]:
    if (fault := missing(said, CardHeadForm.model_fields)) is not None:
        yield fault
        return
    head, errors = CardHeadForm.partial({name: said[name] for name in CardHeadForm.model_fields})
    for name, told in errors.items():
        yield of_file(say("The head's {name}: {told}", name=name, told=told))
    if errors:
        return
    yield from key_faults(reading, said)
    value = int(said["count"]) * head.face_value
    if head.sum != value:
        told = say("The head's sum is {said}, the cards come to {value}.", said=yuan(head.sum), value=yuan(value))
        yield of_file(told)
    if reading.find(CardBatch, order_no=head.order) is not None:
        yield of_file(say("Order {order} has come already.", order=head.order))
    before = reading.all(CardBatch, maker=head.maker, order=("-sequence",))
    last = before[0].sequence if before else head.sequence - 1  # what came before this program nobody knows here
    if head.sequence <= last:
        yield of_file(say("File {n} of {maker} was taken already.", n=head.sequence, maker=head.maker))
    elif head.sequence != last + 1:
        yield of_file(say("File {next} of {maker} comes before {n}.", next=last + 1, maker=head.maker, n=head.sequence))


CARDS = Entity(
    RechargeCard,
    CardForm,
    say("Recharge cards"),
    ("serial", "outlet"),
    whole_file=True,
    named_by={"outlet": Outlet},
    stock=Stock(
        "card",
        ("serial", "pin_cipher"),
        CardIntake,
        distinct=("pin_cipher",),
        needs_head=True,
        is_numbered=True,
        plain={"serial": re.compile(SERIAL, re.ASCII), "pin_cipher": re.compile(WRAPPED, re.ASCII)},
        form=CardFileForm,
        life=life_of("card"),
    ),
)


class AcceptForm(Form):
    """What was counted of a batch."""

    order: Annotated[str, Ask(say("Order no."), length=40)]
    pieces: Annotated[Whole, Ask(say("Cards counted"), "digits", help=say("How many came."), length=8)]
    missing: Annotated[
        str, Ask(say("Missing pieces"), help=say("One after another; a run as FIRST-LAST."), length=2000)
    ] = ""
    reason: Annotated[str, Ask(say("Reason"), help=say("Of those that are missing."), length=80)] = ""


def _accept(at: At, form: AcceptForm) -> Iterator[Fact]:
    """Cards that came can be handed to outlets; one that did not is never sold."""
    tx, context = at.context.tx, at.context
    batch = tx.find(CardBatch, order_no=form.order)
    if batch is None:
        raise NotFound(say("No batch of order {order} has come.", order=form.order), field="order")
    if batch.accepted_at:
        raise NotAllowed(say("Order {order} was accepted already.", order=form.order), field="order")
    if tx.one(StockBatch, id=batch.id).operator == context.operator:
        raise NotAllowed(
            say("Who took a file in does not accept its cards: another person counts them."), field="order"
        )
    if batch.valid_to < context.business_date:
        raise NotAllowed(say("These cards expired on {day}.", day=batch.valid_to), field="order")
    absent = _absent(tx, batch, form)
    with tx.received():  # stock is headquarters' own: no journal tells of each piece
        cards = tx.several(RechargeCard, [(serial,) for serial in absent]).values()
        tx.change_alike(list(cards), state="locked", reason=form.reason)
    tx.change(batch, accepted_at=tx.now(), accepted_by=context.operator)
    events(tx, "card", MISSING, [(serial, "idle", "locked") for serial in absent], form.reason)
    yield Fact(say("Face value"), yuan(batch.face_value))
    yield Fact(say("Cards"), f"{batch.quantity - len(absent):,}")
    yield Fact(say("Missing pieces"), f"{len(absent):,}")


def _absent(reading: Reading, batch: CardBatch, form: AcceptForm) -> list[str]:
    """The serials that are missing. NotAllowed: with what was counted they do not come to the batch; it is not told by
    how much, so that whoever counts counts."""
    serials = [str(serial) for (serial,) in reading.rows(_SERIALS, of_batch=batch.id)]
    absent = list(dict.fromkeys(named(form.missing, serials, "missing")))
    if form.pieces + len(absent) != batch.quantity:
        told = say("With those that are missing that is not what the file says: count again.")
        raise NotAllowed(told, field="pieces")
    if absent and not form.reason:
        raise NotAllowed(say("Say what is known of the pieces that are missing."), field="reason")
    return absent


_c, _b = RechargeCard.table(), CardBatch.table()
_SERIALS = select(_c.c.serial).where(_c.c.batch_id == bindparam("of_batch")).order_by(_c.c.serial)
_WAITS = select(_b.c.order_no).where(_b.c.accepted_at == "").order_by(_b.c.id).limit(1)


def _begun(reading: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    """The order of the card's batch; else the one that has waited longest."""
    batch = reading.find(CardBatch, id=str(row["batch_id"])) if row is not None else None
    if batch is not None and not batch.accepted_at:
        return {"order": batch.order_no}
    waits = reading.rows(_WAITS)
    return {"order": str(waits[0][0])} if waits else {}


CARD_ACTS = (
    OfficeAct("accept", say("Accept a batch that was counted"), CARDS.name, AcceptForm, _accept, _begun, many=True),
)
