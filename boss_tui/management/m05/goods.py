"""Handsets and blank SIM cards as stock: as they are listed, and how a supplier's file of them comes in (catalogue M5).

A handset that was on the supplier's note and not in the box, or was broken in it, comes in all the same, in dispute:
nobody is handed it until a person has settled that. Source: management-facts 5.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import Field

from boss_tui.components.stock.piece_life import life_of
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.faults import CELL, CellFault
from boss_tui.management.kit.intake import FileIn, Stock, StockRow
from boss_tui.management.stock_events import events
from data.check_digits import fits, luhn
from data.errors import BadForm
from data.message import say
from data.states import state_name
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.resource import SimKind
from data.tables.stock import BlankCard, Handset

IMEI, SERIAL = r"^[0-9]{15}$", r"^[0-9]{16}$"
DISPUTES = {"": say("none"), "short": say("not in the box"), "damaged": say("damaged")}


class HandsetForm(Form):
    """A handset of the stock."""

    imei: Annotated[str, Ask(say("IMEI"), "digits", length=15)] = Field(pattern=IMEI)
    model: Annotated[str, Ask(say("Model"), "code", length=20)]
    colour: Annotated[str, Ask(say("Colour"), length=20)] = ""
    imei2: Annotated[str, Ask(say("Second IMEI"), "digits", length=15)] = Field("", pattern=r"^([0-9]{15})?$")
    cost: Annotated[Fen, Ask(say("Cost"), "money"), Field(ge=0)] = 0
    dispute: Annotated[str, Ask(say("In dispute"), help=say("short or damaged; empty: none."), length=10)] = Field(
        "", pattern=r"^(short|damaged)?$"
    )
    state: Annotated[str, Ask(say("State"), "choice")] = "in_stock"
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Who may sell it; empty: nobody yet."), length=20)] = ""


class BlankForm(Form):
    """A blank card of the stock."""

    serial: Annotated[str, Ask(say("Card serial"), "digits", length=16)] = Field(pattern=SERIAL)
    kind: Annotated[str, Ask(say("Kind"), length=20)]
    state: Annotated[str, Ask(say("State"), "choice")] = "blank"
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Who may sell it; empty: nobody yet."), length=20)] = ""


class HandsetIntake:
    """What is made of a supplier's note."""

    def __init__(self, reading: Reading, sent: FileIn) -> None:
        self._batch = sent.batch
        self._models = {row.code for row in reading.all(Product, kind="goods")}

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:
        """Check digits of both IMEIs; models that there are not."""
        for line, _, values in rows:
            for column in ("imei", "imei2"):
                if values[column] and not fits(values[column], luhn):
                    told = say("The check digit is wrong: it must be {digit}.", digit=luhn(values[column][:-1]))
                    yield CellFault(line, column, CELL, told)
            if values["imei2"] == values["imei"]:
                yield CellFault(line, "imei2", CELL, say("Both IMEIs are the same."))
            elif values["imei2"] and reading.find(Handset, imei=values["imei2"]) is not None:
                yield CellFault(line, "imei2", CELL, say("{what} is there already.", what=values["imei2"]))
            if values["model"] not in self._models:
                yield CellFault(line, "model", CELL, say("There is no model {code}.", code=values["model"]))

    def end(self, reading: Reading) -> Iterable[CellFault]:  # noqa: ARG002 (the shape of each)
        """Nothing more."""
        return ()

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """As headquarters' own; what is disputed is sold by nobody."""
        if rows:
            same = {"batch_id": self._batch}
            tx.add_many(Handset, [{**row.values, **same, "state": _state(row.values["dispute"])} for row in rows])

    def taken(self, tx: UnitOfWork) -> None:
        """Nothing more."""


def _state(dispute: str) -> str:
    return "disputed" if dispute else "in_stock"


class BlankIntake:
    """What is made of a file of blank cards."""

    def __init__(self, reading: Reading, sent: FileIn) -> None:
        self._batch = sent.batch
        self._kinds = {row.code for row in reading.all(SimKind, state="active")}

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:  # noqa: ARG002 (the shape of each)
        """Kinds that there are not."""
        for line, _, values in rows:
            if values["kind"] not in self._kinds:
                told = say("There is no kind of SIM card {kind}.", kind=values["kind"])
                yield CellFault(line, "kind", CELL, told)

    def end(self, reading: Reading) -> Iterable[CellFault]:  # noqa: ARG002 (the shape of each)
        """Nothing more."""
        return ()

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """As headquarters' own."""
        if rows:
            tx.add_many(BlankCard, [{**row.values, "batch_id": self._batch} for row in rows])

    def taken(self, tx: UnitOfWork) -> None:
        """Nothing more."""


HANDSETS = Entity(
    Handset,
    HandsetForm,
    say("Handsets"),
    ("imei", "imei2", "model", "colour", "outlet"),
    listed=("imei", "model", "colour", "state", "dispute", "outlet", "cost"),
    words={"dispute": DISPUTES},
    named_by={"outlet": Outlet},
    stock=Stock(
        "handset",
        ("imei", "model", "colour", "imei2", "cost", "dispute"),
        HandsetIntake,
        plain={"imei": re.compile(IMEI, re.ASCII)},
        life=life_of("handset"),
    ),
)
BLANKS = Entity(
    BlankCard,
    BlankForm,
    say("Blank SIM cards"),
    ("serial", "kind", "outlet"),
    named_by={"kind": SimKind, "outlet": Outlet},
    stock=Stock(
        "blank",
        ("serial", "kind"),
        BlankIntake,
        plain={"serial": re.compile(SERIAL, re.ASCII)},
        life=life_of("blank"),
    ),
)


class DisputeForm(Form):
    """What came of a dispute."""

    imei: Annotated[str, Ask(say("IMEI"), "digits", length=15)] = Field(pattern=IMEI)
    outcome: Annotated[str, Ask(say("Outcome"), help=say("in_stock: it is here and whole; scrapped: it is not."))] = (
        Field(pattern=r"^(in_stock|scrapped)$")
    )
    reason: Annotated[str, Ask(say("Reason"), length=80)]


def _settle(at: At, form: DisputeForm) -> Iterator[Fact]:
    tx = at.context.tx
    row = tx.find(Handset, imei=form.imei)
    if row is None or row.state != "disputed":
        raise BadForm({"imei": say("There is no dispute about it.")})
    with tx.received():
        tx.change(row, state=form.outcome, dispute="")
    events(tx, "handset", "settled", [(row.imei, row.state, form.outcome)], form.reason)
    yield Fact(say("State"), state_name(form.outcome))


GOODS_ACTS = (
    OfficeAct(
        "settle",
        say("End a dispute with the supplier"),
        HANDSETS.name,
        DisputeForm,
        _settle,
        lambda _, row: {"imei": str(row["imei"])} if row is not None else {},
    ),
)
