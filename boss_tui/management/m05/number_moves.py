"""Numbers that lie with an outlet are asked back, or moved to another one: some of a lease, or of several (M5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator
from sqlalchemy import bindparam, func, select

from boss_tui.components.resources.grading import DIGITS
from boss_tui.components.resources.leases import Part
from boss_tui.components.stock.stock_book import place
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import wrong
from boss_tui.management.kit.acts import At, OfficeAct
from boss_tui.management.kit.answering import Fact
from boss_tui.management.m05.meant import MOST, are_digits, between, told_of
from boss_tui.management.m05.number_stock import NUMBERS
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.states import state_name
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.resource import PhoneNumber

_n = PhoneNumber.table()
_MEANT = (_n.c.outlet == bindparam("outlet"), _n.c.number >= bindparam("first"), _n.c.number <= bindparam("last"))
_FREE = (*_MEANT, _n.c.state == "idle", _n.c.lease_id != "")
_HOLDERS = (
    select(_n.c.outlet)
    .where(_n.c.outlet != "", _n.c.number >= bindparam("first"), _n.c.number <= bindparam("last"))
    .distinct()
    .order_by(_n.c.outlet)
)
_BLOCKS = select(_n.c.lease_id).where(*_FREE).distinct().order_by(_n.c.lease_id)
_ASKED = select(_n.c.number).where(*_FREE).order_by(_n.c.number).limit(MOST + 1)
_STAYING = (
    select(_n.c.state, func.count()).where(*_MEANT, _n.c.state != "idle").group_by(_n.c.state).order_by(_n.c.state)
)


def _run(typed: str) -> str:
    first, dash, last = (part.strip() for part in typed.partition("-"))
    if not dash and are_digits(first):
        return first
    if not (are_digits(first) and are_digits(last) and len(first) == len(last) == DIGITS):
        raise wrong("The first 7 to 11 digits of the numbers, or the first and the last number with a dash.")
    if last < first:
        raise wrong("The last number is before the first.")
    return f"{first}-{last}"


Run = Annotated[str, AfterValidator(_run)]


class MoveForm(Form):
    """Which numbers an outlet is to give up, and who gets them."""

    numbers: Annotated[
        Run,
        Ask(
            say("Which numbers"),
            help=say("Their first 7 to 11 digits, or FIRST-LAST: 13957991000-13957991499."),
            length=25,
        ),
    ]
    outlet: Annotated[
        str, Ask(say("Outlet"), "code", choices="outlet", help=say("Who has them; empty: whoever has."), length=20)
    ] = ""
    to: Annotated[
        str, Ask(say("Move to"), "code", choices="outlet", help=say("An outlet; empty: free at the office."), length=20)
    ] = ""


def move(at: At, form: MoveForm) -> Iterator[Fact]:
    """What of these numbers an outlet has not sold is asked back, from however many leases, and goes on to another
    outlet once the first has heard. BadForm: nobody has any of it free, several outlets do, or nobody can get it."""
    tx = at.context.tx
    first, last = _ends(form.numbers)
    outlet = _holder(tx, form, first, last)
    to = _receiver(at, form, outlet)
    meant = {"outlet": outlet, "first": first, "last": last}
    numbers = [str(number) for (number,) in tx.rows(_ASKED, **meant)]
    if not numbers:
        told = say("None of these numbers is free with outlet {outlet}.", outlet=outlet)
        raise BadForm({"numbers": told})
    if len(numbers) > MOST:
        raise BadForm({"numbers": say("More than {n}: ask for them part by part.", n=f"{MOST:,}")})
    blocks = [str(key) for (key,) in tx.rows(_BLOCKS, **meant)]
    for lease in blocks:
        try:
            at.leasing.recall_part(tx, lease, Part(first, last, to))
        except NotAllowed as fault:
            raise BadForm({fault.field or "numbers": fault.message}) from fault
    yield Fact(say("Outlet"), place(tx, outlet))
    yield Fact(
        say("Asked back"),
        say("{n}, of {leases} {leases:lease|leases}", n=f"{len(numbers):,}", leases=len(blocks)),
        say("To be asked back"),
    )
    yield told_of(numbers)
    for state, n in tx.rows(_STAYING, **meant):
        yield Fact(say("Stays there"), say("{n} {state}", n=f"{n:,}", state=state_name(state)))
    yield Fact(say("Then"), _then(outlet, to))


def _then(outlet: str, to: str) -> Message:
    told = {"outlet": outlet, "to": to}
    if to:
        return say("what {outlet} has not sold when it hears of it goes on to {to} at once", **told)
    return say("what {outlet} has not sold when it hears of it is free here then", **told)


def _ends(numbers: str) -> tuple[str, str]:
    first, _, last = numbers.partition("-")
    return (first, last) if last else between(first)


def _holder(reading: Reading, form: MoveForm, first: str, last: str) -> str:
    """The outlet that has these numbers."""
    if form.outlet:
        if reading.find(Outlet, code=form.outlet) is None:
            raise BadForm({"outlet": say("There is no outlet {code}.", code=form.outlet)})
        return form.outlet
    found = [str(outlet) for (outlet,) in reading.rows(_HOLDERS, first=first, last=last)]
    if not found:
        raise BadForm({"numbers": say("No outlet has any of these numbers.")})
    if len(found) > 1:
        told = say("{outlets} have some of them: say whose are meant.", outlets=", ".join(found))
        raise BadForm({"outlet": told})
    return found[0]


def _receiver(at: At, form: MoveForm, outlet: str) -> str:
    """The outlet that gets them; empty: nobody."""
    if not form.to:
        return ""
    if form.to == at.context.outlet:
        raise BadForm({"to": say("The office sells nothing: leave this empty to have them free here.")})
    found = at.context.tx.find(Outlet, code=form.to)
    if found is None or found.state != "active":
        raise BadForm({"to": say("There is no outlet {code}.", code=form.to)})
    if form.to == outlet:
        raise BadForm({"to": say("They are with outlet {outlet} already.", outlet=outlet)})
    return form.to


def _of_row(_: Reading, row: Mapping[str, Any] | None) -> dict[str, str]:
    return {"numbers": str(row["number"]), "outlet": str(row["outlet"])} if row and row["lease_id"] else {}


MOVE_ACTS: Sequence[OfficeAct] = (
    OfficeAct(
        "move",
        say("Ask numbers of an outlet back, or move them"),
        NUMBERS.name,
        MoveForm,
        move,
        _of_row,
        many=True,
        narrowed={"numbers": "number", "outlet": "outlet"},
    ),
)
