"""What all commands share: the home, the language, plain or JSON output, exit codes. Nothing heavy is imported here.

Exit codes: 0 done · 1 refused by a rule · 2 wrong usage or form · 3 something outside failed (store, printer, link).
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import typer
from msgspec import Struct

from boss_tui.locale import DEFAULT, LANGUAGES, Words, words
from data.characters import is_visible
from data.errors import BadForm, BossError, NotAllowed, Outside, reason_of
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.answers.business import PaperView
    from boss_tui.home.settings import Home
    from boss_tui.management.kit.subject import Fact
    from data.store import Store

P = ParamSpec("P")
R = TypeVar("R")
HOME_VARIABLE = "BOSS_HOME"
STOPPED = 130
"""The exit code of what Ctrl-C stopped, as every shell has it."""
AWAKE = 0.5
"""Seconds after which one that waits for a signal looks whether it came."""


def spoken() -> Words:
    """The words of the command line: BOSS_LANGUAGE, else what the shell speaks, else Chinese."""
    chosen = os.environ.get("BOSS_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or DEFAULT
    for language in LANGUAGES:
        if chosen.startswith(language):
            return words(language)
    return words("en")


class Unshown(Outside):
    """Something was done or found out, and could not be written to standard output."""


def folder_of(chosen: Path | None) -> Path:
    """The folder that a command works on: its own --home, the one before the command, BOSS_HOME, or ~/.boss."""
    from boss_tui.home.folder import home_folder

    return home_folder(chosen)


def opened(chosen: Path | None) -> Home:
    """The home that a command works on. Outside when there is none."""
    from boss_tui.home.settings import Home

    return Home(folder_of(chosen))


@contextmanager
def store_of(home: Home) -> Iterator[Store]:
    """The home's store, closed at the end. Damaged when it is of another version or was never made."""
    from data.migrations import check

    store = home.open_store()
    try:
        check(store)
        yield store
    finally:
        store.close()


def errors_in_words(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error of ours into words on standard error and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except KeyboardInterrupt as stop:
            tell(spoken()(say("Stopped. Nothing half is left.")))
            raise typer.Exit(STOPPED) from stop
        except BossError as error:
            _tell(error, [name for name, value in kwargs.items() if value in ("", None)])
            raise typer.Exit(error.exit_code) from error
        except OSError as fault:
            _tell(found := Outside(_of_system(fault)))
            raise typer.Exit(found.exit_code) from fault
        except Exception as fault:
            _tell(found := _unreached(fault))
            raise typer.Exit(found.exit_code) from fault

    return run


def _unreached(fault: Exception) -> Outside:
    """A store that can't be reached, or whose URL is none, before our own store speaks; any other fault is ours."""
    if "sqlalchemy" in sys.modules:
        from sqlalchemy import exc

        if isinstance(fault, (exc.OperationalError, exc.ArgumentError)):
            return Outside(say("The store can't be opened: {fault}", fault=(str(fault).splitlines() or ["?"])[0]))
    raise fault


_ENDS = ".。!！?？"
_PARTS = f"{_ENDS}:：,，;；"
_KEY = re.compile(r"(?<![A-Za-z0-9])F\d{1,2}(?![A-Za-z0-9])")
_END = re.compile(f"[{_ENDS}]")


def _tell(error: BossError, left_out: Collection[str] = ()) -> None:
    """Say what went wrong; where it is about an option that was left out (by its name), which one."""
    speak = spoken()
    if isinstance(error, BadForm):
        for field, message in error.errors.items():
            tell(f"{field}: {by_command(speak(message))}")
    elif isinstance(error, NotAllowed):
        wanted = f" (--{error.field.replace('_', '-')})" if error.field in left_out else ""
        for reason in error.reasons:
            tell(by_command(speak(reason)) + wanted)
    else:
        tell(by_command(speak(error.message)))


def by_command(told: str) -> str:
    """What is told, without the sentence, or the part of one, in which a function key is named; as it is, where it
    tells nothing else. What was typed stands in it, and may be of any length."""
    left, at = "", 0
    while key := _KEY.search(told, at):
        begins = max(told.rfind(sign, at, key.start()) for sign in _PARTS)
        ends = _END.search(told, key.end())
        left += told[at : max(begins + (told[begins] in _ENDS), at)]
        at = ends.end() if ends else len(told)
    left = (left + told[at:]).strip()
    if not left or left == told:
        return told
    return left if left[-1] in _ENDS else left + ("." if left.isascii() else "。")


def _of_system(fault: OSError) -> Message:
    """What the machine said no to: a full disk, a folder that is gone, rights."""
    path, why = fault.filename, reason_of(fault)
    return say("{path}: {fault}", path=str(path), fault=why) if path else say("{fault}", fault=why)


TOLD = 500
"""Characters of a line that are shown: what was typed may be of any length, and stands in what is said of it."""


def tell(line: str) -> None:
    """A line on standard error: how it goes, or what went wrong. Facts go to standard output."""
    with suppress(OSError):  # nobody reads it: the exit code says the rest
        print(harmless(line), file=sys.stderr, flush=True)


def harmless(text: str) -> str:
    """Text of whoever typed it, for a terminal: what would move its cursor or colour it is spelled out, and what is
    very long is cut."""
    shown = text if text.isprintable() else "".join(c if is_visible(c) else f"\\x{ord(c):02x}" for c in text)
    return shown if len(shown) <= TOLD else f"{shown[:TOLD]}…"


def show(text: str) -> None:
    """Print facts. Unshown: they could not be written; nobody may take that for a refusal."""
    try:
        print(text, flush=True)
    except OSError as fault:
        raise _unshown(fault) from fault


def put(content: bytes, output: Path | None) -> None:
    """Write a file; `-` or nothing is standard output. Outside: it can't be written."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with _writing(output):
        output.write_bytes(content)


def must_be_writable(output: Path) -> None:
    """Outside: the file can't be written. Asked before what can't be undone."""
    there = output.exists()
    with _writing(output), output.open("ab"):
        pass
    if not there:
        output.unlink()


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        unwritten = say("{path} can't be written: {fault}", path=str(output), fault=reason_of(fault))
        raise Outside(unwritten) from fault


class _Piped(io.FileIO):
    """Where what is said goes, whose reader may want no more of it (`boss … | head`): the rest is let go, and the
    command comes to its own end with its own status."""

    def write(self, data: Any, /) -> int:
        """As a file does."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def let_readers_leave() -> None:
    """Whoever reads what a command says may stop at any line."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not stream.isatty():
            file = io.BufferedWriter(_Piped(stream.fileno(), "w", closefd=False))
            by_line = name == "stderr"
            setattr(sys, name, io.TextIOWrapper(file, stream.encoding, stream.errors, line_buffering=by_line))


def end_of_output() -> None:
    """Write what still waits to be written; a command whose facts nobody got has not succeeded."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        tell(spoken()(_unshown(fault).message))
        raise SystemExit(Unshown.exit_code) from fault


def _unshown(fault: OSError) -> Unshown:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits in its buffer is not tried again
    return Unshown(say("What came of it could not be written: {fault}", fault=reason_of(fault)))


def plain(value: Any) -> Any:
    """A value of ours as plain JSON values, messages in words."""
    if isinstance(value, Message):
        return spoken()(value)
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    show(json.dumps(plain(value), ensure_ascii=False, indent=2))


def show_table(rows: Sequence[tuple[str, ...]], line: Callable[[str], None] = show) -> None:
    """Print rows in columns, measured in cells; a text of several lines goes on beneath, in its own column. Of none it
    is told, apart from facts. `line`: where each goes."""
    from rich.cells import cell_len

    if not rows:
        tell(spoken()(say("There are none.")))
    rows = [line for row in rows for line in _lines_of(row)]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))
        line(harmless("  ".join(cells).rstrip()))


def _lines_of(row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row in as many lines as its longest text has. The first cell, which names it, has one."""
    first, *others = row
    yield from zip_longest(*([first], *(cell.split("\n") for cell in others)), fillvalue="")


def show_paper(paper: PaperView) -> None:
    """A paper, as it is printed."""
    show("\n".join(paper.preview))


def show_facts(facts: dict[str, Any], labels: dict[str, Message], as_json: bool) -> None:
    """Print facts by name as JSON, or as lines with their labels; what has no label is for JSON alone."""
    if as_json:
        show_json(facts)
        return
    speak = spoken()
    show_table([(speak(label), _shown(facts[name])) for name, label in labels.items() if facts[name] is not None])


def _shown(value: Any) -> str:
    told = plain(value)
    return (", ".join(str(each) for each in told) or "-") if isinstance(told, list) else str(told)


def fen(typed: Any, field: str = "amount") -> int:
    """An amount in yuan as fen. BadForm says what an amount looks like."""
    from boss_tui.forms.typed import fen_typed

    return fen_typed(typed, field)


class Ended(threading.Event):
    """An event that signals set, too. Their handlers run in the main thread, and take no lock, which it may hold; the
    system may hand a signal to another thread, of which a main one that waits without end would not wake."""

    told = False

    def is_set(self) -> bool:
        """Whether it was set, or a signal came."""
        return self.told or super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for so many seconds, or for as long as it takes."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = AWAKE if until is None else min(until - time.monotonic(), AWAKE)
            if left <= 0:
                return False
            super().wait(left)
        return True

    def tell(self, *_: object) -> None:
        """A signal came."""
        self.told = True


@contextmanager
def interrupted() -> Iterator[Ended]:
    """What is set by Ctrl-C, by being told to stop, or by the terminal's hang-up unless that is ignored: each ends the
    command in order."""
    ended = Ended()
    ends = [each for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) != signal.SIG_IGN]
    before = {each: signal.signal(each, ended.tell) for each in ends}
    try:
        yield ended
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def show_tried(found: list[Fact]) -> None:
    """Facts as a table; what has no label, a line of a paper, as it comes."""
    speak, table = spoken(), list[tuple[str, str]]()
    for fact in found:
        value = fact.value if isinstance(fact.value, str) else speak(fact.value)
        if speak(fact.label):
            table.append((speak(fact.label), value))
            continue
        if table:
            show_table(table)
            table = []
        print(value)
    if table:
        show_table(table)
