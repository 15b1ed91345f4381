"""Electronic invoices by command: `boss einvoice …`: asked for, sent, looked at, taken back; the month's credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import AtWork, approver_password, by_operator
from boss_tui.commands.options import ApproverOption, JsonOption
from boss_tui.commands.shared import show_facts, show_json, show_table, spoken

if TYPE_CHECKING:
    from boss_tui.chores.issuing import Issuing
    from boss_tui.desk.electronic import ElectronicView

einvoice = typer.Typer(
    name="einvoice", no_args_is_help=True, help="Electronic invoices: asked of the tax platform, taken back by slips."
)
SerialArgument = Annotated[str, typer.Argument(help="The order's serial.", metavar="SERIAL")]
TitleOption = Annotated[str, typer.Option(help="For whom, if not as it was said then.", show_default=False)]
TaxNumberOption = Annotated[str, typer.Option("--tax-number", help="The buyer's tax number.", show_default=False)]


@einvoice.command()
@by_operator
def draw(
    work: AtWork,
    serial: SerialArgument,
    title: TitleOption = "",
    tax_number: TaxNumberOption = "",
    mail: Annotated[str, typer.Option(help="Where it is sent.", show_default=False)] = "",
    as_json: JsonOption = False,
) -> None:
    """Ask for the electronic invoice of an order that was paid with --invoice later: once."""
    _show([work.desk.electronic.draw(serial, title, tax_number, mail)], as_json)


@einvoice.command()
@by_operator
def anew(
    work: AtWork,
    serial: SerialArgument,
    title: TitleOption = "",
    tax_number: TaxNumberOption = "",
    as_json: JsonOption = False,
) -> None:
    """Ask once more for one that the tax platform refused."""
    _show([work.desk.electronic.anew(serial, title, tax_number)], as_json)


@einvoice.command("list")
@by_operator
def listed(
    work: AtWork,
    state: Annotated[str, typer.Option(help="waiting, issuing, issued, failed or cancelled.", show_default=False)] = "",
    as_json: JsonOption = False,
) -> None:
    """The outlet's electronic invoices, the latest first, with their slips."""
    _show(work.desk.electronic.listed(state), as_json)


@einvoice.command()
@by_operator
def red(
    work: AtWork,
    serial: SerialArgument,
    amount: Annotated[str, typer.Argument(help="Yuan that are taken back.")],
    reason: Annotated[str, typer.Option(help="01 wrong, 02 goods returned, 03 service ended, 04 discount.")],
    approver: ApproverOption = "",
    as_json: JsonOption = False,
) -> None:
    """Apply for a confirmation slip: so much of an electronic invoice is taken back (a supervisor)."""
    from boss_tui.forms.typed import fen_typed

    password = approver_password(approver)
    _show([work.desk.electronic.red(serial, fen_typed(amount), reason, approver, password)], as_json)


@einvoice.command()
@by_operator
def send(work: AtWork, as_json: JsonOption = False) -> None:
    """Ask the tax platform now, as is done beside the desk by itself."""
    _issuing(work).step()
    _show(work.desk.electronic.listed(), as_json)


@einvoice.command()
@by_operator
def credit(work: AtWork, as_json: JsonOption = False) -> None:
    """What the tax platform allows this month: limit, used, left."""
    from boss_tui.components.invoices.electronic_invoices import CREDIT
    from boss_tui.forms.typed import yuan

    told = work.desk.electronic.credit()
    show_facts({name: yuan(fen) for name, fen in told.items()}, CREDIT, as_json)


def _issuing(work: AtWork) -> Issuing:
    from boss_tui.chores.issuing import Issuing
    from boss_tui.start.home_files import services_of

    return Issuing(work.store, work.home.settings.outlet, services_of(work.home.folder, work.store.clock))


def _show(found: list[ElectronicView], as_json: bool) -> None:
    from boss_tui.components.invoices.electronic_invoices import STATES
    from boss_tui.forms.typed import yuan

    if as_json:
        show_json(found)
        return
    speak = spoken()
    rows = []
    for one in found:
        rows.append((one.serial, one.shown, yuan(one.amount), speak(STATES[one.state]), one.number or "-", one.message))
        rows += [
            ("", slip.slip, yuan(-slip.amount), f"{slip.state} {speak(slip.told)}", slip.number, "")
            for slip in one.slips
        ]
    show_table(rows)
