"""Commands of headquarters about what is scarce: blocks handed to outlets, asked for, taken back."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.headquarters import office_of
from boss_tui.commands.office import signed_office
from boss_tui.commands.options import HomeOption, JsonOption, LeaseArgument, OutletArgument, RecordedOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken, tell
from boss_tui.commands.two_people import CheckerOption, MakerOption, two_people
from data.message import say

if TYPE_CHECKING:
    from boss_tui.headquarters.closing import Holdings
    from data.tables.sync import Lease

app = typer.Typer()


class Scarce(StrEnum):
    """What is handed down in blocks (`boss_tui.sync.scarce.KINDS`)."""

    NUMBER = "number"
    SIM = "sim"
    BLANK = "blank"
    IMSI = "imsi"
    HANDSET = "handset"
    CARD = "card"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    SLIP = "slip"
    CONTRACT = "contract"


@app.command()
@errors_in_words
def lease(
    outlet: OutletArgument,
    kind: Annotated[Scarce, typer.Argument(help="What is handed down.")],
    pieces: Annotated[int, typer.Argument(min=1, max=1_000_000, help="How many.")],
    of: Annotated[
        str,
        typer.Option(
            help="A grade of numbers, a kind of card, a model, a face value in fen, a code of documents.",
            show_default=False,
        ),
    ] = "",
    days: Annotated[
        int,
        typer.Option(
            min=0,
            max=3650,
            help="How many days it may be sold from; 0: as what it asks for by itself.",
            show_default=False,
        ),
    ] = 0,
    operator: RecordedOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand a block of something scarce to an outlet; its next sync brings it."""
    from boss_tui.commands.progress import waited
    from boss_tui.headquarters.leases import hand_down as hand
    from data.clock import stamp
    from data.parameters import LEASE_DAYS

    with signed_office(home, operator, store) as (office, by):
        with office.store.reading() as reading:
            until = stamp(office.store.clock.now() + timedelta(days=days or LEASE_DAYS.of(reading)))
        handed = waited(
            say("Handing down the block"), lambda: hand(office.store, outlet, kind.value, pieces, until, of=of, by=by)
        )
    facts = {"lease": handed.id, "pieces": handed.pieces, "sell_until": handed.sell_until}
    show_facts(
        facts,
        {"lease": say("Lease"), "pieces": say("Pieces"), "sell_until": say("Sold until")},
        as_json,
    )


@app.command()
@errors_in_words
def close(
    outlet: OutletArgument,
    reason: Annotated[str, typer.Argument(help="Why; without it what the outlet holds is only listed.")] = "",
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Close an outlet that is gone for good: first what it holds is listed; then, with a reason and another person's
    word, its blocks are taken back, its money is due from it, and headquarters waits for it no longer.

    What was put aside of its entries stays to be decided (boss headquarters exceptions).
    """
    from boss_tui.headquarters import closing

    with office_of(home, store) as office:
        with office.store.reading() as reading:
            found = closing.holdings(reading, outlet)
        _show_holdings(found, as_json)
        if not reason:
            tell(spoken()(say("Nothing was done: give a reason, and --operator and --approver, to close it.")))
            return
        with two_people(office, home, store, operator, approver) as (desk, checker):
            closing.close(desk, office, outlet, reason, checker)
    tell(spoken()(say("Outlet {outlet} is closed.", outlet=outlet)))


@app.command("release")
@errors_in_words
def release_outlet(
    outlet: OutletArgument, operator: RecordedOption = "", store: StoreOption = "", home: HomeOption = None
) -> None:
    """End an outlet's freeze, once a person has found out what it was; who did is on record."""
    from boss_tui.headquarters.overview import release

    with signed_office(home, operator, store) as (office, by):
        release(office.store, outlet, by)


def _show_holdings(found: Holdings, as_json: bool) -> None:
    from boss_tui.forms.typed import yuan
    from data.states import kind_name

    if as_json:
        show_json(found)
        return
    speak = spoken()
    heads = (say("Lease"), say("Kind"), say("Pieces"), say("Left"))
    rows = [
        (each.lease, f"{speak(kind_name(each.kind))} {each.of}".strip(), str(each.pieces), str(each.left))
        for each in found.blocks
    ]
    show_table([tuple(speak(head) for head in heads), *rows])
    facts = {
        "received": found.received,
        "last_contact": found.last_contact,
        "in_hand": yuan(sum(found.in_hand.values())),
        "suspense": yuan(found.suspense),
        "exceptions": found.exceptions,
        "held": yuan(found.held),
    }
    names = {
        "received": say("Received up to entry"),
        "last_contact": say("Last contact"),
        "in_hand": say("In drawers and safe, yuan"),
        "suspense": say("Taken for slips that wait, yuan"),
        "exceptions": say("Entries put aside"),
        "held": say("Their money in suspense, yuan"),
    }
    show_facts(facts, names, as_json=False)


@app.command()
@errors_in_words
def leases(
    outlet: Annotated[str, typer.Argument(help="The outlet's code; by default all.", show_default=False)] = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The blocks that outlets have: of what, how many pieces, until when they are sold from, in what state."""
    from data.clock import wall_day
    from data.states import kind_name, state_name
    from data.tables.sync import EnrolledOutlet, Lease

    with office_of(home, store) as office, office.store.reading() as reading:
        if outlet:
            reading.one(EnrolledOutlet, outlet=outlet)
        found = reading.all(Lease, **({"outlet": outlet} if outlet else {}), order=("outlet", "kind", "handed_at"))
    if as_json:
        names = ("id", "outlet", "kind", "of", "pieces", "handed_at", "sell_until", "recalled_at", "state")
        show_json([{name: getattr(row, name) for name in names} for row in found])
        return
    speak = spoken()
    heads = (say("Lease"), say("Outlet"), say("Kind"), say("Pieces"), say("Sold until"), say("State"))
    rows = [
        (
            row.id,
            row.outlet,
            f"{speak(kind_name(row.kind))} {_of(row)}".strip(),
            str(row.pieces),
            wall_day(row.recalled_at or row.sell_until),
            speak(say("recalled") if _recalled(row) else state_name(row.state)),
        )
        for row in found
    ]
    show_table([tuple(speak(head) for head in heads), *rows])


def _of(lease: Lease) -> str:
    """Of what sort a block is; recharge cards by what stands on them, in yuan."""
    from boss_tui.forms.typed import yuan

    return yuan(int(lease.of)) if lease.kind == "card" and lease.of else lease.of


def _recalled(lease: Lease) -> bool:
    """Whether a block was asked for, and its outlet has not said yet that it knows."""
    return bool(lease.recalled_at) and lease.state in {"handed", "running"}


@app.command("recall")
@errors_in_words
def recall_lease(
    lease: LeaseArgument,
    first: Annotated[str, typer.Option(help="Only its pieces from this one on.", show_default=False)] = "",
    last: Annotated[str, typer.Option(help="To this one.", show_default=False)] = "",
    to: Annotated[str, typer.Option(help="The outlet that gets them; by default nobody.", show_default=False)] = "",
    operator: RecordedOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """Ask an outlet for a block back, or for a part of it. Once it has heard, it sells no more from it, and what is
    left is free again, or goes on to another outlet."""
    from boss_tui.components.resources.leases import Part
    from boss_tui.headquarters.lease_parts import recall_part
    from boss_tui.headquarters.leases import END_OF_KEYS, recall

    with signed_office(home, operator, store) as (office, by):
        if first or last or to:
            recall_part(office.store, lease, Part(first, last or END_OF_KEYS, to), by)
        else:
            recall(office.store, lease, by)


@app.command("take-back")
@errors_in_words
def take_back_lease(
    lease: LeaseArgument,
    operator: RecordedOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """Take what is unsold of a block out of an outlet's hands without its word, long after its time."""
    from boss_tui.headquarters.leases import reclaim

    with signed_office(home, operator, store) as (office, by):
        reclaim(office.store, lease, by)
