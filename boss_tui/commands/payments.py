"""Commands of mobile payment: what was asked for, closing what is open, reconciliation with the provider's bill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.options import HomeOption, JsonOption
from boss_tui.commands.shared import errors_in_words, opened, show_json, show_table, spoken, store_of
from data.errors import NotAllowed, Outside
from data.message import say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from boss_tui.payments import Gateway

payment = typer.Typer(name="payment", no_args_is_help=True, help="Mobile payment: what was asked, and its bill.")
LISTED = 50


@payment.command("list")
@errors_in_words
def listed(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The latest payments and refunds, and how each stands."""
    from boss_tui.forms.typed import yuan
    from data.tables.mobile import MobilePayment

    with store_of(opened(home)) as store, store.reading() as reading:
        rows = reading.all(MobilePayment, order=("-asked_at",))[:LISTED]
    if as_json:
        show_json([dict(row.__dict__) for row in rows])
    else:
        show_table(
            [
                (
                    row.order_no,
                    row.kind,
                    yuan(row.amount),
                    row.state,
                    "+" if row.booked else "",
                    row.asked_at,
                    row.reason,
                )
                for row in rows
            ]
        )


@payment.command()
@errors_in_words
def close(home: HomeOption = None) -> None:
    """Bring to rest what nobody waits for any more, as the desk does beside its work; 3 when nobody answers."""
    from boss_tui.payments.closing import Closing

    found = opened(home)
    gateway = _gateway(found)
    with store_of(found) as store:
        Closing(store, found.settings.outlet, gateway).step()


@payment.command()
@errors_in_words
def reconcile(
    day: Annotated[str, typer.Argument(help="The business date, such as 2026-11-27.")],
    bill: Annotated[Path | None, typer.Option(help="The bill as a file; by default it is asked for.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a day with the provider's bill, by our order numbers. Ends with 1 when they differ."""
    from boss_tui.forms.typed import day_typed, yuan
    from boss_tui.payments.reconciling import differences

    found = opened(home)
    date = day_typed(day, "day").isoformat()
    try:
        text = bill.read_text(encoding="utf-8-sig") if bill else _gateway(found).bill(date)
    except (OSError, UnicodeDecodeError) as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(bill), fault=str(fault))) from fault
    with store_of(found) as store, store.reading() as reading:
        wrong = list(differences(reading, found.settings.outlet, date, text))
    speak = spoken()
    if as_json:
        show_json(wrong)
    else:
        show_table([(d.order_no, yuan(d.ours), yuan(d.theirs), speak(d.what)) for d in wrong])
    if wrong:
        raise NotAllowed(say("Bill and books differ in {n} {n:place|places}.", n=len(wrong)))
    if not as_json:
        print(speak(say("Bill and books agree.")))


@payment.command()
@errors_in_words
def simulate(
    down: Annotated[bool, typer.Option("--down/--up", help="Whether the simulated service answers nobody.")],
    home: HomeOption = None,
) -> None:
    """Let the simulated payment service of a demonstration hall fail, or answer again."""
    from boss_tui.payments.simulated import SimulatedGateway

    gateway = _gateway(opened(home))
    if not isinstance(gateway, SimulatedGateway):
        raise NotAllowed(say("Only the simulated payment service can be switched."))
    gateway.down = down
    told_now = say("The payment service is down from now on.") if down else say("The payment service answers again.")
    print(spoken()(told_now))


def _gateway(home: Home) -> Gateway:
    from boss_tui.payments import open_gateway

    gateway = open_gateway(home)
    if gateway is None:
        raise NotAllowed(say("No payment service is set up here."))
    return gateway
