"""The command `boss` without its commands: what stands before every one of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from boss_tui.commands.shared import HOME_VARIABLE


class Group(TyperGroup):
    """Commands whose options may stand before their name, too: `boss manage M6 --operator 3001 list`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read what was typed, in whatever order."""
        return super().parse_args(ctx, self.in_order(args))

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """A command by its name; what it says of itself flows: its lines end where the window does."""
        found = super().get_command(ctx, cmd_name)
        if found is not None and found.help:
            found.help = "\n\n".join(" ".join(part.split()) for part in found.help.split("\n\n"))
        return found

    def in_order(self, args: list[str]) -> list[str]:
        """What was typed, with the options of the command behind its name."""
        at = next((at for at, each in enumerate(args) if each in self.commands), 0)
        if not at:  # it stands first, or nowhere
            return args
        name, *behind = args[at:]
        before, moved = self._parted(args[:at], _options(self.commands[name], behind))
        return [*before, name, *moved, *behind]

    def _parted(self, typed: Sequence[str], known: Mapping[str, bool]) -> tuple[list[str], list[str]]:
        """What is the group's, and the options that its command knows. Where a group does something by itself, its own
        are for that: behind a command's name, which may not know them, they are not passed over."""
        own, kept, moved = _options(self), list[str](), list[str]()
        rest = iter(typed)
        for each in rest:
            name = each.partition("=")[0]
            to = moved if (self.invoke_without_command if name in own else name in known) else kept
            to.append(each)
            if {**known, **own}.get(each):
                to += [value for value in [next(rest, None)] if value is not None]
        return kept, moved


def _options(command: Any, args: Sequence[str] = ()) -> dict[str, bool]:
    """The options of a command, of a group those of the one that is named; each with whether a value follows it."""
    options = [each for each in command.params if each.param_type_name == "option"]
    found = {name: not each.is_flag for each in options for name in (*each.opts, *each.secondary_opts)}
    inside = command.commands if isinstance(command, TyperGroup) else {}
    inner = next((inside[each] for each in args if each in inside), None)
    return found if inner is None else {**_options(inner, args[1:]), **found}


class _Root(Group):
    """Says what is wrong with an argument as people would."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """The command that was typed."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as fault:
            fault.message = _plainly(fault)
            raise


def _plainly(fault: typer.BadParameter) -> str:
    """What is wrong with a value, without the words of the library that read it."""
    errors: list[dict[str, Any]] = getattr(fault.__cause__, "errors", list)()
    if errors and errors[0]["type"] == "int_parsing":
        return f"{errors[0]['input']} is no whole number."
    return fault.message.removeprefix("Value error, ")


def root() -> typer.Typer:
    """`boss`, to hang commands on."""
    app = typer.Typer(
        name="boss",
        cls=_Root,
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        help="The counter desk of a mobile operator. Without a command it opens the desk.",
        epilog="Exit codes: 0 done, 1 refused by a rule, 2 wrong usage or form, 3 something outside failed.",
    )
    app.callback()(_before)
    return app


def _before(
    folder: Annotated[
        Path | None, typer.Option("--home", help="The home folder of the command.", show_default=False)
    ] = None,
) -> None:
    """What stands before every command."""
    if folder is not None:
        os.environ[HOME_VARIABLE] = str(folder)  # every command asks there
