"""What M5 keeps beside numbers: the kinds of SIM card, and the SMS ports and access codes that partners rent.

An SMS port 短信端口 begins with 106 and is lengthened by whoever rents it; an access code 接入码 is short, and dialled.
Source: catalogue M5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, func, select

from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Whole
from boss_tui.management.kit.entity import Entity
from data.message import say
from data.statements import table_name
from data.tables.product import Product
from data.tables.resource import AccessCode, SimCard, SimKind
from data.tables.service import Partner
from data.tables.stock import BlankCard

LOOKS = {"sms_port": re.compile(r"106[0-9]{2,17}", re.ASCII), "access_code": re.compile(r"[1-9][0-9]{2,7}", re.ASCII)}
"""An SMS port has 5 to 20 digits, an access code 3 to 8, and is no SMS port."""

_free = {
    table_name(model): select(func.count()).where(
        model.table().c.kind == bindparam("of_kind"), model.table().c.state.in_(free)
    )
    for model, free in ((SimCard, ("in_stock", "in_transit")), (BlankCard, ("blank", "in_transit")))
}


class SimKindForm(Form):
    """A kind of SIM card."""

    code: Annotated[str, Ask(say("Kind"), help=say("As products ask for it, such as 32K."), length=20)] = Field(
        pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$"
    )
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    memory_kb: Annotated[Whole, Ask(say("Memory, KB"), "digits"), Field(le=1_048_576)] = 0
    maker: Annotated[str, Ask(say("Maker"), length=40)] = ""
    profile: Annotated[str, Ask(say("Profile"), help=say("What the maker puts on it, by its name."), length=40)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class AccessCodeForm(Form):
    """An SMS port or an access code."""

    code: Annotated[str, Ask(say("Code"), "digits", length=20)] = Field(pattern=r"^[1-9][0-9]{2,19}$")
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "sms_port"
    state: Annotated[str, Ask(say("State"), "choice", help=say("rented: to the partner."))] = "free"
    partner: Annotated[str, Ask(say("Partner"), "code", help=say("Who rents it."), length=20)] = ""
    rented_from: Annotated[Day | None, Ask(say("Rented from"), "date")] = None
    rented_to: Annotated[Day | None, Ask(say("Rented until"), "date", help=say("Inclusive; empty: for good."))] = None
    fee: Annotated[Fen, Ask(say("Fee a month"), "money"), Field(ge=0)] = 0
    document_no: Annotated[str, Ask(say("Contract no."), length=40)] = ""


SIM_KINDS = Entity(SimKind, SimKindForm, say("Kinds of SIM card"), ("code", "name_zh", "name_en", "maker"))
ACCESS_CODES = Entity(
    AccessCode,
    AccessCodeForm,
    say("SMS ports and access codes"),
    ("code", "partner", "document_no"),
    listed=("code", "kind", "state", "partner", "rented_from", "rented_to", "fee"),
    out=("ended",),
)


def _codes(at: Rehearsal) -> list[tuple[int, AccessCode]]:
    return [(position, row) for position, _, row in at.rows(AccessCode) if row.state != "ended"]


def looks_as_its_kind(at: Rehearsal) -> Iterator[Fault]:
    """A port begins with 106, a code that is dialled is short."""
    for position, row in _codes(at):
        if row.kind == "sms_port" and not LOOKS["sms_port"].fullmatch(row.code):
            yield Fault(position, "code", say("An SMS port is 106 and 2 to 17 digits more."))
        if row.kind == "access_code" and (row.code.startswith("106") or not LOOKS["access_code"].fullmatch(row.code)):
            yield Fault(position, "code", say("An access code has 3 to 8 digits, and does not begin with 106."))


def is_rented_to_somebody(at: Rehearsal) -> Iterator[Fault]:
    """What is rented has a partner that there is, from a day until none before it; what is free has none."""
    for position, row in _codes(at):
        if row.state == "free":
            for column in ("partner", "rented_from", "rented_to"):
                if getattr(row, column):
                    yield Fault(
                        position, column, say("It is free: nobody rents it. Say that it is rented, or empty this.")
                    )
            continue
        partner = at.reading.find(Partner, code=row.partner) if row.partner else None
        if partner is None or partner.state == "ended":
            yield Fault(position, "partner", say("Which partner rents it?"))
        if not row.rented_from:
            yield Fault(position, "rented_from", say("From when on?"))
        if row.rented_to and row.rented_from > row.rented_to:
            told = say("{first} is after {last}.", first=row.rented_from, last=row.rented_to)
            yield Fault(position, "rented_to", told)
        elif row.rented_to and row.rented_to < at.day:
            yield Fault(position, "rented_to", say("That has passed: let it be free, or rent it for longer."))


def is_within_no_other_s(at: Rehearsal) -> Iterator[Fault]:
    """Who rents a code has all that begin with it: a longer one is no other's."""
    touched = _codes(at)
    if not touched:
        return
    stand = {row.code: row for row in at.reading.all(AccessCode) if row.state != "ended"}
    for position, row in touched:
        shorter = (stand.get(row.code[:length]) for length in range(1, len(row.code)))
        longer = (other for code, other in stand.items() if code != row.code and code.startswith(row.code))
        met = next(
            (o for o in (*shorter, *longer) if o is not None and o.kind == row.kind and o.partner != row.partner), None
        )
        if met is not None:
            told = say("{code} is another's: who has a code has all that begin with it.", code=met.code)
            yield Fault(position, "code", told)


def is_asked_for_no_more(at: Rehearsal) -> Iterator[Fault]:
    """No kind ends of which there are cards to be sold, or that a product asks for."""
    for position, _, row in at.rows(SimKind):
        if row.state != "ended":
            continue
        left = sum(int(at.reading.scalar(statement, of_kind=row.code)) for statement in _free.values())
        if left:
            yield Fault(position, "", say("{n} {n:card|cards} of it can be sold: use {n:it|them} up first.", n=left))
        for product in at.reading.all(Product, order=("code",)):
            if row.code in product.sim_kinds.split(",") and product.state != "withdrawn":
                yield Fault(
                    position, "", say("{product} asks for such cards: change it first (M4).", product=product.code)
                )
                break


CODE_CHECKS = (looks_as_its_kind, is_rented_to_somebody, is_within_no_other_s, is_asked_for_no_more)
