"""The simulated printer at a terminal: its paper runs up the screen, and lines typed in do to it what people do.

It is the whole of the command `boss printer simulate`.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from data.characters import is_digits
from data.errors import Outside
from data.message import Message, say
from printers.paper import PaperLine, render
from printers.simulator import Simulator


class Command(Struct, frozen=True):
    """What can be typed: a word, what it does (a number may follow), and how that is described."""

    word: str
    do: Callable[[Simulator, int], None]
    help: Message


COMMANDS = (
    Command("out", lambda printer, lines: printer.paper_out(lines), say("the paper ends, now or after N lines")),
    Command("refill", lambda printer, _: printer.refill(), say("a new roll; what was kept is printed")),
    Command("near", lambda printer, _: printer.near_end(), say("the paper is nearly used up")),
    Command("cover", lambda printer, _: printer.cover(), say("open the cover")),
    Command("close", lambda printer, _: printer.cover(False), say("close the cover")),
    Command("off", lambda printer, _: printer.switch_off(), say("switch off; what was not printed is lost")),
    Command("on", lambda printer, _: printer.switch_on(), say("switch on")),
    Command("slow", lambda printer, speed: printer.slow(speed), say("print N bytes a second; 0 is full speed")),
    Command("mute", lambda printer, _: printer.mute(), say("answer nothing any more")),
    Command("talk", lambda printer, _: printer.mute(False), say("answer again")),
)
QUIT = {"quit", "exit", "q"}


def simulate(
    host: str = "127.0.0.1",
    port: int = 9100,
    columns: int = 48,
    *,
    source: TextIO = sys.stdin,
    sink: TextIO = sys.stdout,
    words: Callable[[Message], str] = str,
) -> None:
    """Run a simulated printer until `quit`, the end of typing, or Ctrl-C. Outside if the port is taken.

    With no terminal to type at (a service, a script's background) it runs until it is interrupted.
    """
    writing = threading.Lock()

    def show(*lines: str) -> None:
        with writing:
            print(*lines, sep="\n", file=sink, flush=True)

    def on_line(line: PaperLine) -> None:
        show(*(f"│ {text}" for text in render(line, columns)))

    printer = Simulator(host, port, columns, on_line=on_line)
    try:
        printer.start()
    except OSError as fault:
        taken = say(
            "The simulated printer cannot listen on {host}:{port}: {fault}", host=host, port=port, fault=str(fault)
        )
        raise Outside(taken) from fault
    try:
        show(
            words(say("A printer of {n} columns listens at {address}.", n=columns, address=printer.address)),
            *_help(words),
        )
        _obey(printer, source, show, words)
    except KeyboardInterrupt:
        show("")
    finally:
        printer.stop()


def _help(words: Callable[[Message], str]) -> list[str]:
    rows = [(command.word, words(command.help)) for command in COMMANDS]
    return [f"  {word:<8}{text}" for word, text in (*rows, ("quit", words(say("end"))))]


def _obey(printer: Simulator, source: TextIO, show: Callable[..., None], words: Callable[[Message], str]) -> None:
    while typed := source.readline():
        word, _, number = typed.strip().lower().partition(" ")
        if word in QUIT:
            return
        command = next((each for each in COMMANDS if each.word == word), None)
        if command and is_digits(number.strip() or "0"):
            command.do(printer, int(number or 0))
            show(words(say("done: {what}", what=command.help)))
        elif word:
            show(*_help(words))
    if not source.isatty():
        threading.Event().wait()
