"""Options and arguments that more than one command takes, each declared once: where, who, for whom, in which form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="The home folder; BOSS_HOME says it too.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Facts as JSON.")]
OperatorOption = Annotated[
    str,
    typer.Option(
        help="Staff number; the password comes from BOSS_PASSWORD or is asked for. "
        "In a demonstration hall: the scripts' own clerk.",
        show_default=False,
    ),
]
CounterOption = Annotated[str, typer.Option(help="Another counter than the home's.", show_default=False)]
ApproverOption = Annotated[
    str,
    typer.Option(
        help="A supervisor's staff number, the password comes from BOSS_APPROVER_PASSWORD or is asked for; "
        "or a one-time code.",
        show_default=False,
    ),
]
StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        help="URL of headquarters' store, such as postgresql+psycopg://…; by default the home's.",
        show_default=False,
    ),
]
ManagerOption = Annotated[
    str,
    typer.Option(
        help="Staff number; the password comes from BOSS_PASSWORD or is asked for. "
        "In a demonstration: a manager of its office.",
        show_default=False,
    ),
]
OutletArgument = Annotated[str, typer.Argument(help="The outlet's code.")]
PrinterCodeArgument = Annotated[str, typer.Argument(help="The printer's code.")]
ElementCodeArgument = Annotated[str, typer.Argument(help="The element's code.")]
LeaseArgument = Annotated[str, typer.Argument(help="Its key, from `boss headquarters leases`.")]
OrderArgument = Annotated[str, typer.Argument(help="The order's serial.")]
WriterOption = Annotated[str, typer.Option(help="The staff number of who wrote it.")]
AddressOption = Annotated[str, typer.Option(help="The address to listen at.")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")]
GoOption = Annotated[bool, typer.Option("--go", help="Do it; without, the file is only looked at.")]
NoneOption = Annotated[bool, typer.Option("--remove", help="Keep none any more.")]
PaperKindArgument = Annotated[str, typer.Argument(help="invoice, receipt, slip or contract.")]
StockKindArgument = Annotated[str, typer.Argument(help="sim, blank, handset or card.")]
NumbersReasonOption = Annotated[str, typer.Option(help="Why; it is kept with the numbers.")]
DifferenceOption = Annotated[str, typer.Option(help="Why it differs from the books; it is kept.")]
NumberArgument = Annotated[int, typer.Argument(help="Its number.")]
