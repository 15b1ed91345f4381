"""Options and arguments that more than one command takes, each declared once: where, who, for whom, in which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

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
RecordedOption = Annotated[
    str,
    typer.Option(
        "--operator",
        help="The manager as whom it is recorded: a staff number; the password comes from BOSS_PASSWORD or is asked "
        "for. While headquarters is being founded the user of this machine is; in a demonstration a manager of its "
        "office.",
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


def with_options(
    run: Callable[..., None], command: Callable[..., None], options: Mapping[str, tuple[Any, Any]]
) -> Callable[..., None]:
    """`run`, which is told more than the command that it runs: it has these options beside what the command asks for
    itself, before --json where that has it. `options`: each with what it is when it is not said. The command's first
    parameter is what `run` hands it."""
    hints = get_type_hints(command, localns={"AtWork": Any, "Desk": Any}, include_extras=True)
    own = [each.replace(annotation=hints[each.name]) for each in [*signature(command).parameters.values()][1:]]
    of = Parameter.POSITIONAL_OR_KEYWORD
    more = [Parameter(name, of, default=usual, annotation=told) for name, (told, usual) in options.items()]
    place = len(own) - 1 if own and own[-1].name.endswith("as_json") else len(own)
    asks = [*own[:place], *more, *own[place:]]
    run.__signature__ = Signature(asks)  # type: ignore[attr-defined]  # by it Typer reads what to ask for
    run.__annotations__ = {each.name: each.annotation for each in asks}
    return run
