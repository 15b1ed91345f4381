"""The command `boss`: with nothing else it opens the desk at once; everything else is in `boss_tui.commands`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line."""
    os.umask(0o077)  # whatever a home holds is its owner's alone
    arguments = sys.argv[1:]
    import gc

    if _opens_the_desk(arguments):
        from screens.early import hold_keys

        hold_keys()  # before anything that takes time: what is typed from here on is kept
        gc.disable()  # what a start makes stays: looking through it again and again takes a tenth of the start
        from boss_tui.start.opening import open_desk

        sys.exit(open_desk(arguments[1] if arguments else ""))
    gc.set_threshold(200_000, 20, 20)  # imports make much that stays: looking through it took a tenth of a command
    from boss_tui.commands import run

    run()


def _opens_the_desk(arguments: list[str]) -> bool:
    """`boss`, or `boss --home FOLDER`: nothing that needs a parser."""
    return not arguments or (len(arguments) == 2 and arguments[0] == "--home")


if __name__ == "__main__":
    main()
