"""What all commands share: the home, the language, plain or JSON output, exit codes.

Exit codes: 0 done · 1 refused by a rule · 2 wrong usage or form · 3 something outside failed (store, printer, link).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from boss_tui.locale import DEFAULT, LANGUAGES, Words, words
from boss_tui.settings import Home, home_folder
from data.errors import BadForm, BossError, NotAllowed
from data.message import Message

P = ParamSpec("P")
R = TypeVar("R")

HomeOption = Annotated[Path | None, typer.Option("--home", help="The home folder; BOSS_HOME says it too.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Facts as JSON.")]


def spoken() -> Words:
    """The words of the command line: BOSS_LANGUAGE, else what the shell speaks, else Chinese."""
    chosen = os.environ.get("BOSS_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or DEFAULT
    for language in LANGUAGES:
        if chosen.startswith(language):
            return words(language)
    return words("en")


def opened(folder: Path | None) -> Home:
    """The home that a command works on."""
    return Home(home_folder(folder))


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error of ours into words on standard error and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BossError as error:
            _tell(error)
            raise typer.Exit(error.exit_code) from error

    return run


def _tell(error: BossError) -> None:
    speak = spoken()
    if isinstance(error, BadForm):
        for field, message in error.errors.items():
            print(f"{field}: {speak(message)}", file=sys.stderr)
    elif isinstance(error, NotAllowed):
        for reason in error.reasons:
            print(speak(reason), file=sys.stderr)
    else:
        print(speak(error.message), file=sys.stderr)


def plain(value: Any) -> Any:
    """A value of ours as plain JSON values, messages in words."""
    if isinstance(value, Message):
        return spoken()(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def show_table(rows: list[tuple[str, ...]]) -> None:
    """Print rows in columns, measured in cells."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
