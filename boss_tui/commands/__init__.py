"""The command line: each command a few lines over the rooms below. Everything a screen does, a command can do.

Nothing heavy is imported before a command runs, so that `boss --help` answers at once; and what scripts call again and
again (`ALONE`) is run without loading the other commands.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

ALONE = {
    "find": "looking",
    "order": "looking",
    "matrix": "looking",
    "do": "business",
    "cancel": "business",
    "invoice": "business",
}
"""The module of each command that is loaded without the others."""


def run() -> None:
    """Run the command that was typed."""
    from boss_tui.commands.shared import end_of_output, let_readers_leave

    let_readers_leave()
    module = ALONE.get(_named(sys.argv[1:]))
    try:
        if module is None:
            from boss_tui.commands.tree import app
        else:
            from boss_tui.commands.root import root

            app = root()
            app.registered_commands += import_module(f"{__name__}.{module}").app.registered_commands
        app()
    finally:
        end_of_output()


def _named(arguments: Sequence[str]) -> str:
    """Which command is typed; empty where other options than --home stand before it."""
    rest = iter(arguments)
    for each in rest:
        if each == "--home":
            next(rest, None)
        elif not each.startswith("--home="):
            return each
    return ""
