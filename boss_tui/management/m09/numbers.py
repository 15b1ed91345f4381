"""Document numbers as the office works on them (catalogue M9): received from the printer's or the tax bureau, handed to
outlets, asked back. Who took numbers in hands none of them out: paper stock leaves by another's hands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import bindparam, func, or_, select

from boss_tui.components.documents.number_stock import printed_number
from boss_tui.components.resources.leases import Block
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Whole
from boss_tui.management.choosing import CHOICES, rows_like
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from data.clock import new_key, stamp
from data.errors import BadForm, NotAllowed, OutOfStock
from data.message import Message, say
from data.parameters import LEASE_DAYS
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.document import DocumentRange, DocumentReceipt
from data.tables.organisation import Outlet
from data.tables.sync import EnrolledOutlet, Lease

KINDS = ("invoice", "receipt", "slip", "contract")
MOST = 10_000_000
"""Numbers of one delivery at most."""
LAST = 99_999_999
"""The last number that a paper can show."""
_CODE = re.compile(r"[0-9A-Z]{2,20}")
_INVOICE_CODE = re.compile(r"[0-9]{10}|[0-9]{12}")
"""Of paper invoices (domain-facts 7)."""
_PRINTED = re.compile(r"([0-9A-Z]{2,20})-([0-9]{1,8})")

_r = DocumentRange.table()
_NEXT = (
    select(_r.c.code, _r.c.next_number)
    .where(_r.c.outlet == "", _r.c.state == "open", _r.c.kind == bindparam("of_kind"))
    .where(or_(bindparam("of_code") == "", _r.c.code == bindparam("of_code")))
    .order_by(_r.c.code, _r.c.first_number)
    .limit(1)
)
_HOLDS = (
    select(_r.c.lease_id)
    .where(_r.c.code == bindparam("of_code"), _r.c.outlet != "", _r.c.lease_id != "")
    .where(_r.c.first_number <= bindparam("number"), _r.c.last_number >= bindparam("number"))
)
_l = Lease.table()
_BLOCKS = (
    select(_l.c.kind, _r.c.code, func.min(_r.c.first_number), _l.c.pieces, _l.c.outlet)
    .join(_r, _r.c.lease_id == _l.c.id)
    .where(_l.c.recalled_at == "", _l.c.state.not_in(("returned", "reclaimed")))
    .where(or_(_l.c.outlet.like(bindparam("sought")), _r.c.code.like(bindparam("sought"))))
    .group_by(_l.c.id, _l.c.kind, _r.c.code, _l.c.pieces, _l.c.outlet)
    .order_by(_l.c.outlet, _r.c.code, func.min(_r.c.first_number))
    .limit(CHOICES)
)

KIND = Annotated[str, Ask(say("Paper"), help=say("invoice, receipt, slip or contract."), length=20)]
REASON = Annotated[str, Ask(say("Reason"), help=say("Why: it is kept with the numbers."), width=40, length=80)]


class DeliveryForm(Form):
    """A delivery of numbers."""

    kind: KIND
    code: Annotated[str, Ask(say("Code"), "code", help=say("The code that is printed on them."), length=20)]
    first: Annotated[Whole, Ask(say("First number"), "digits", width=8, length=8), Field(ge=1, le=LAST)]
    last: Annotated[Whole, Ask(say("Last number"), "digits", width=8, length=8), Field(ge=1, le=LAST)]
    supplier: Annotated[str, Ask(say("Delivered by"), help=say("The printer's shop, or the tax bureau."), length=60)]
    paper: Annotated[str, Ask(say("Delivery note"), help=say("The number of the delivery note."), length=40)]
    pieces: Annotated[
        Whole,
        Ask(say("Pieces"), "digits", help=say("How many the note says there are; 0: it says nothing."), width=8),
        Field(le=MOST),
    ] = 0


class HandOutForm(Form):
    """Numbers for an outlet, in one run."""

    outlet: Annotated[str, Ask(say("Outlet"), "code", length=20)]
    kind: KIND
    code: Annotated[str, Ask(say("Code"), "code", help=say("Of this code alone; empty: any."), length=20)] = ""
    pieces: Annotated[
        Whole, Ask(say("Pieces"), "digits", help=say("How many, in one run."), width=8), Field(ge=1, le=MOST)
    ]
    reason: REASON


class AskBackForm(Form):
    """A block that is asked back, by any of its numbers."""

    number: Annotated[
        str, Ask(say("A number of it"), "code", help=say("With its code: SJ26HZ01-10000018."), width=30, length=30)
    ]
    reason: REASON


def receive(at: At, form: DeliveryForm) -> Iterator[Fact]:
    """Take a run of numbers in: they are headquarters' stock from now on. BadForm by field."""
    tx, context = at.context.tx, at.context
    _must_be_a_run(form)
    _must_be_new(tx, form)
    run = {"kind": form.kind, "code": form.code, "first_number": form.first, "last_number": form.last}
    with tx.received():
        tx.add(DocumentRange, id=new_key(tx.clock), next_number=form.first, outlet="", **run)
    tx.add(
        DocumentReceipt,
        id=new_key(tx.clock),
        supplier=form.supplier,
        paper=form.paper,
        received_by=context.operator,
        business_date=context.business_date,
        made_at=tx.now(),
        **run,
    )
    yield Fact(say("Received"), f"{form.last - form.first + 1:,}", say("To be received"))
    yield Fact(say("First number"), printed_number(form.code, form.first))
    yield Fact(say("Last number"), printed_number(form.code, form.last))


def hand_out(at: At, form: HandOutForm) -> Iterator[Fact]:
    """Hand numbers to an outlet, in one run; its next exchange brings them. NotAllowed: who took them in hands none
    out; BadForm: there is no such outlet, the code is another paper's, or there are no such numbers."""
    tx = at.context.tx
    _must_be_a_kind(form.kind)
    if tx.find(EnrolledOutlet, outlet=form.outlet) is None:
        raise BadForm({"outlet": say("Outlet {outlet} is not enrolled.", outlet=form.outlet)})
    _must_be_of_the_kind(tx, form)
    _must_be_another(tx, form, at.context.operator)
    until = stamp(tx.clock.now() + timedelta(days=LEASE_DAYS.of(tx)))
    try:
        lease = at.leasing.hand(tx, Block(form.outlet, form.kind, form.pieces, until, form.code))
    except OutOfStock as fault:
        raise BadForm({"code": fault.message}) from fault
    given = tx.all(DocumentRange, lease_id=lease.id)[0]
    yield Fact(say("Outlet"), lease.outlet)
    yield Fact(say("Pieces"), f"{lease.pieces:,}")
    yield Fact(say("First number"), printed_number(given.code, given.first_number))
    yield Fact(say("Last number"), printed_number(given.code, given.last_number))


def ask_back(at: At, form: AskBackForm) -> Iterator[Fact]:
    """Ask an outlet for a block of numbers back: what it has not used is free again once it has heard of that.
    BadForm: no block has this number; NotAllowed: it was asked back before."""
    tx = at.context.tx
    read = _PRINTED.fullmatch(form.number)
    if read is None:
        raise BadForm({"number": say("With its code, as it is printed: SJ26HZ01-10000018.")})
    found = tx.scalar(_HOLDS, of_code=read[1], number=int(read[2]))
    lease = tx.find(Lease, id=found) if found else None
    if lease is None:
        raise BadForm({"number": say("No outlet was handed this number in a block.")})
    asked = at.leasing.recall(tx, lease.id)
    told = say("{n} {n:piece|pieces} of {outlet}", n=f"{asked.pieces:,}", outlet=asked.outlet)
    yield Fact(say("Asked back"), told, say("To be asked back"))


def _must_be_a_kind(kind: str) -> None:
    if kind not in KINDS:
        raise BadForm({"kind": say("One of {words}.", words=", ".join(KINDS))})


def _must_be_a_run(form: DeliveryForm) -> None:
    _must_be_a_kind(form.kind)
    wrong: dict[str, Message] = {}
    pieces = form.last - form.first + 1
    if not _CODE.fullmatch(form.code):
        wrong["code"] = say("2 to 20 letters and digits.")
    elif form.kind == "invoice" and not _INVOICE_CODE.fullmatch(form.code):
        wrong["code"] = say("The code of an invoice has 10 or 12 digits.")
    if pieces < 1:
        wrong["last"] = say("From the first on, of 8 digits at most.")
    elif pieces > MOST:
        wrong["last"] = say("At most {n} in one delivery.", n=MOST)
    elif form.pieces and form.pieces != pieces:
        wrong["pieces"] = say("The note says {said}, the numbers are {found}.", said=form.pieces, found=pieces)
    if wrong:
        raise BadForm(wrong)


def _must_be_new(tx: UnitOfWork, form: DeliveryForm) -> None:
    """BadForm: some of the numbers were received before, or are somebody's already."""
    of = {"kind": form.kind, "code": form.code}
    runs: list[Any] = [*tx.all(DocumentReceipt, **of), *tx.all(DocumentRange, **of)]
    for row in sorted(runs, key=lambda row: row.first_number):
        if row.first_number <= form.last and form.first <= row.last_number:
            told = say(
                "{code} {first} to {last} are here already.",
                code=form.code,
                first=f"{row.first_number:08d}",
                last=f"{row.last_number:08d}",
            )
            raise BadForm({"first": told})


def _must_be_of_the_kind(tx: UnitOfWork, form: HandOutForm) -> None:
    """BadForm: the code is one of other papers."""
    if form.code and not tx.all(DocumentRange, kind=form.kind, code=form.code):
        raise BadForm({"code": say("No {kind} has the code {code}.", kind=kind_name(form.kind), code=form.code)})


def _must_be_another(tx: UnitOfWork, form: HandOutForm, operator: str) -> None:
    """NotAllowed: the numbers that come next were taken in by who would hand them out."""
    for code, number in tx.rows(_NEXT, of_kind=form.kind, of_code=form.code):
        for row in tx.all(DocumentReceipt, kind=form.kind, code=code, received_by=operator):
            if row.first_number <= number <= row.last_number:
                raise NotAllowed(
                    say("{staff_no} took these numbers in: another person hands them out.", staff_no=operator)
                )


def _kinds(_: Reading, __: str) -> Iterable[Choice]:
    return [Choice(kind, kind_name(kind)) for kind in KINDS]


def _outlets(reading: Reading, text: str) -> Iterable[Choice]:
    """Those that numbers can be handed to."""
    there = {row.outlet for row in reading.all(EnrolledOutlet)}
    return [each for each in rows_like(reading, Outlet, text) if each.value in there]


def _codes(reading: Reading, _: str) -> Iterable[Choice]:
    """Of what is in stock."""
    stock = reading.all(DocumentRange, outlet="", state="open", order=("kind", "code"))
    return [Choice(code, kind_name(kind)) for kind, code in dict.fromkeys((row.kind, row.code) for row in stock)]


def _blocks(reading: Reading, text: str) -> Iterable[Choice]:
    """What outlets hold and was not asked back, a block each, by its first number."""
    for kind, code, first, pieces, outlet in reading.rows(_BLOCKS, sought=f"%{text.strip().upper()}%"):
        told = say("{kind}, {n} of {outlet}", kind=kind_name(kind), n=f"{pieces:,}", outlet=outlet)
        yield Choice(printed_number(code, first), told)


_RECORD = "numbers"
RECEIVE = OfficeAct(
    "receive",
    say("Take a delivery of numbers in"),
    "",
    DeliveryForm,
    receive,
    choices={"kind": _kinds},
    of=_RECORD,
    many=True,
)
ISSUE = OfficeAct(
    "issue",
    say("Hand numbers to an outlet"),
    "",
    HandOutForm,
    hand_out,
    choices={"outlet": _outlets, "kind": _kinds, "code": _codes},
    of=_RECORD,
    many=True,
)
RECALL = OfficeAct(
    "recall",
    say("Ask an outlet for a block back"),
    "",
    AskBackForm,
    ask_back,
    choices={"number": _blocks},
    of=_RECORD,
    many=True,
    is_careful=True,
)
NUMBER_ACTS = (RECEIVE, ISSUE, RECALL)
