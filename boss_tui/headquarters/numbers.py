"""Document numbers as the office works on them (catalogue M9): received from the printer's or the tax bureau, handed to
outlets, asked back. Who took numbers in hands none of them out: paper stock leaves by another's hands.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.operators import Operators
from boss_tui.desk import Desk
from boss_tui.editions.noting import note
from boss_tui.headquarters import leases
from data.clock import new_key, stamp
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.parameters import LEASE_DAYS
from data.store import UnitOfWork
from data.tables.document import DocumentRange, DocumentReceipt
from data.tables.sync import EnrolledOutlet, Lease

M9 = "M9"
ACT = "number.office"
KINDS = ("invoice", "receipt", "slip", "contract")
MOST = 10_000_000
"""Numbers of one delivery at most."""
_CODE = re.compile(r"[0-9A-Z]{2,20}")
_INVOICE_CODE = re.compile(r"[0-9]{10}|[0-9]{12}")
"""Of paper invoices (domain-facts 7)."""


def receive(
    desk: Desk, *, kind: str, code: str, first: int, last: int, supplier: str, paper: str, pieces: int = 0
) -> DocumentReceipt:
    """Take a run of numbers in: they are headquarters' stock from now on. `paper`: the delivery note; `pieces`: how
    many it says there are. BadForm by field."""
    code, supplier, paper = code.strip().upper(), supplier.strip(), paper.strip()
    _must_be_a_run(kind, code, first, last, supplier, paper, pieces)
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        _must_be_new(tx, kind, code, first, last)
        run = {"kind": kind, "code": code, "first_number": first, "last_number": last}
        with tx.received():
            tx.add(DocumentRange, id=new_key(tx.clock), next_number=first, outlet="", **run)
        made = tx.add(
            DocumentReceipt,
            id=new_key(tx.clock),
            supplier=supplier,
            paper=paper,
            received_by=context.operator,
            business_date=context.business_date,
            made_at=tx.now(),
            **run,
        )
        note(context, "numbers.receive", said={**run, "supplier": supplier, "paper": paper})
    return made


def issue(desk: Desk, outlet: str, kind: str, pieces: int, reason: str, *, code: str = "") -> Lease:
    """Hand numbers to an outlet, in one run; its next exchange brings them. OutOfStock: there are none. NotAllowed: who
    took them in, hands them out."""
    if kind not in KINDS:
        raise BadForm({"kind": say("One of {words}.", words=", ".join(KINDS))})
    if not 0 < pieces <= MOST:
        raise BadForm({"pieces": say("A number from 1 to {most}.", most=MOST)})
    reason = _said(reason)
    outlet = outlet.strip().upper()
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        if tx.find(EnrolledOutlet, outlet=outlet) is None:
            raise NotAllowed(say("Outlet {outlet} is not enrolled.", outlet=outlet), field="outlet")
        tx.lock(outlet)
        until = stamp(tx.clock.now() + timedelta(days=LEASE_DAYS.of(tx)))
        wanted = leases.Wanted(outlet, kind, pieces, code.strip().upper(), new_key(tx.clock))
        _must_be_another(tx, kind, wanted.of, context.operator)
        with tx.received():
            lease = leases.hand(tx, wanted, until)
        said = {"outlet": outlet, "kind": kind, "code": lease.of, "pieces": lease.pieces, "reason": reason}
        note(context, "numbers.issue", said=said)
    return lease


def recall(desk: Desk, lease_id: str, reason: str) -> Lease:
    """Ask an outlet for a block of numbers back: what it has not used is free again once it has heard of that."""
    reason = _said(reason)
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        lease = tx.one(Lease, id=lease_id)
        if lease.kind not in KINDS:
            raise NotAllowed(say("This block is of {kind}: it is asked back by a note.", kind=lease.kind))
        tx.lock(lease.outlet)
        with tx.received():
            lease = leases.ask_back(tx, lease_id)
        note(context, "numbers.recall", said={"lease": lease_id, "outlet": lease.outlet, "reason": reason})
    return lease


def _allowed(desk: Desk, tx: UnitOfWork) -> Context:
    if not desk.seat.is_office:
        raise NotAllowed(say("Numbers are received and handed out at headquarters' office."))
    context = desk.runs.context(tx, M9)
    Operators(context).may_manage("")
    return context


def _said(reason: str) -> str:
    if not reason.strip():
        raise BadForm({"reason": say("Say why: it is kept with the numbers.")})
    return reason.strip()


def _must_be_a_run(kind: str, code: str, first: int, last: int, supplier: str, paper: str, pieces: int) -> None:
    wrong: dict[str, Message] = {}
    if kind not in KINDS:
        wrong["kind"] = say("One of {words}.", words=", ".join(KINDS))
    if not _CODE.fullmatch(code):
        wrong["code"] = say("2 to 20 letters and digits.")
    elif kind == "invoice" and not _INVOICE_CODE.fullmatch(code):
        wrong["code"] = say("The code of an invoice has 10 or 12 digits.")
    if not 0 < first <= 99_999_999:
        wrong["first"] = say("A number of 8 digits at most.")
    elif not first <= last <= 99_999_999:
        wrong["last"] = say("From the first on, of 8 digits at most.")
    elif last - first + 1 > MOST:
        wrong["last"] = say("At most {n} in one delivery.", n=MOST)
    elif pieces and pieces != last - first + 1:
        told = say("The note says {said}, the numbers are {found}.", said=pieces, found=last - first + 1)
        wrong["pieces"] = told
    for name, text in (("supplier", supplier), ("paper", paper)):
        if not text:
            wrong[name] = say("This is needed.")
    if wrong:
        raise BadForm(wrong)


def _must_be_new(tx: UnitOfWork, kind: str, code: str, first: int, last: int) -> None:
    """NotAllowed: some of the numbers were received before, or are somebody's already."""
    runs: list[Any] = [*tx.all(DocumentReceipt, kind=kind, code=code), *tx.all(DocumentRange, kind=kind, code=code)]
    for row in sorted(runs, key=lambda row: row.first_number):
        if row.first_number <= last and first <= row.last_number:
            told = say(
                "{code} {first} to {last} are here already.",
                code=code,
                first=f"{row.first_number:08d}",
                last=f"{row.last_number:08d}",
            )
            raise NotAllowed(told, field="first")


def _must_be_another(tx: UnitOfWork, kind: str, code: str, operator: str) -> None:
    """NotAllowed: the numbers that come next were taken in by who would hand them out."""
    stock = leases.next_numbers(tx, kind, code)
    if stock is None:
        return
    for row in tx.all(DocumentReceipt, kind=kind, code=stock.code):
        if row.first_number <= stock.next_number <= row.last_number and row.received_by == operator:
            told = say("{staff_no} took these numbers in: another person hands them out.", staff_no=operator)
            raise NotAllowed(told, field="operator")
