"""Commands of the network: where its work is, handing over and fetching by hand, and a simulated element."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.options import HomeOption, JsonOption
from boss_tui.commands.shared import (
    errors_in_words,
    interrupted,
    opened,
    show_facts,
    show_json,
    show_table,
    spoken,
    store_of,
    tell,
)
from data.errors import NotAllowed, Outside
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from boss_tui.network.element import Element
    from boss_tui.network.work import Network
    from data.store import Reading
    from data.tables.network import NetworkElement

network = typer.Typer(
    name="network", no_args_is_help=True, help="Work orders, commands and batches on their way to network elements."
)
POLL_SECONDS = 1.0

ElementArgument = Annotated[str, typer.Argument(help="An element's code; by default all.", show_default=False)]


@contextmanager
def network_of(folder: Path | None) -> Iterator[Network]:
    """The network of a home's outlet. Without a headquarters there is none to wait for."""
    from boss_tui.network.work import Network

    home = opened(folder)
    with store_of(home) as store:
        yield Network(store, home.settings.outlet, home.folder, alone=is_alone(home))


def is_alone(home: Home) -> bool:
    """Whether a home has no headquarters that its commands would wait for."""
    return not (home.settings.headquarters or home.settings.demo)


def _elements(reading: Reading, code: str) -> list[NetworkElement]:
    from data.tables.network import NetworkElement

    return [reading.one(NetworkElement, code=code)] if code else reading.all(NetworkElement, order=("code",))


@network.command("status")
@errors_in_words
def status(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Each element's commands and batches by state, and the work orders that wait or failed."""
    from boss_tui.network.work import status as look

    with store_of(opened(home)) as store, store.reading() as reading:
        found = look(reading)
    if as_json:
        show_json(found)
        return
    speak = spoken()
    heads = (say("Element"), say("State"), say("Commands"), say("Batches"), say("Oldest"))
    rows = [tuple(speak(head) for head in heads)]
    for each in found.elements:
        rows.append((each.code, each.state, _counts(each.commands), _counts(each.batches), each.oldest))
    show_table(rows)
    print(
        speak(
            say(
                "Work orders: {open} open, {failed} failed, {manual} manual",
                open=found.open,
                failed=found.failed,
                manual=found.manual,
            )
        )
    )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{state} {count}" for state, count in counts.items()) or "-"


@network.command("work")
@errors_in_words
def work(
    once: Annotated[
        bool, typer.Option("--once/--forever", help="Until nothing is left to do now, or until Ctrl-C.")
    ] = True,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """All of it in turn: queue, fetch answers, settle, hand over; orders that are done are completed."""
    with network_of(home) as net:
        if once:
            turns, completed = _until_idle(net)
            _report(net)
            show_facts(
                {"turns": turns, "completed": completed},
                {"turns": say("Turns"), "completed": say("Orders completed")},
                as_json,
            )
            return
        with interrupted() as ended:
            while not ended.wait(POLL_SECONDS):
                _carefully(net)


def _until_idle(net: Network) -> tuple[int, list[str]]:
    """Turns until nothing moves. Outside when a gateway is away and nothing else can be done."""
    from boss_tui.chores.completion import complete_finished

    turns, completed = 0, []
    moved = True
    while moved:
        moved = net.step()
        finished = complete_finished(net.store, net.outlet)
        completed += finished
        moved = moved or bool(finished)
        turns += 1
    return turns, completed


def _carefully(net: Network) -> None:
    """A gateway that is away now may be back at the next turn."""
    try:
        _until_idle(net)
    except Outside as fault:
        tell(spoken()(fault.message))
    _report(net)


def _report(net: Network) -> None:
    """Say what came and could not be used, once each."""
    while net.reports:
        report = net.reports.popleft()
        tell(f"{report.file}: {spoken()(report.message)}")


@network.command("send")
@errors_in_words
def send(code: ElementArgument = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Queue what is open and hand batch files over to the gateways; nothing is fetched."""
    from boss_tui.network.queue import queue_open
    from boss_tui.network.send import Sender

    with network_of(home) as net:
        queue_open(net.store, net.outlet)
        with net.store.reading() as reading:
            elements = [each for each in _elements(reading, code) if each.state == "active"]
        sender = Sender(net.store, net.outlet, alone=is_alone(opened(home)), at=lambda _: None)
        sent = [each.code for each in elements if _all_of(partial(sender.send, each, net.gateway(each)))]
    show_facts({"sent": sent}, {"sent": say("Handed over to")}, as_json)


@network.command("receive")
@errors_in_words
def receive(code: ElementArgument = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Fetch the answers that wait at the gateways, settle what they end; nothing is handed over."""
    from boss_tui.chores.completion import complete_finished
    from boss_tui.network.advance import advance
    from boss_tui.network.receive import Receiver

    def unusable(file: str, message: Message) -> None:
        tell(f"{file}: {spoken()(message)}")

    with network_of(home) as net:
        with net.store.reading() as reading:
            elements = _elements(reading, code)
        receiver = Receiver(net.store, net.outlet, tell=unusable, at=lambda _: None)
        came = [each.code for each in elements if receiver.receive(each, net.gateway(each))]
        advance(net.store, net.outlet)
        completed = complete_finished(net.store, net.outlet)
    show_facts(
        {"received": came, "completed": completed},
        {"received": say("Answers from"), "completed": say("Orders completed")},
        as_json,
    )


def _all_of(step: Callable[[], bool]) -> bool:
    """Repeat a step while it moves something; answers whether anything moved."""
    moved = False
    while step():
        moved = True
    return moved


@network.command("simulate")
@errors_in_words
def simulate(
    code: Annotated[str, typer.Argument(help="The element's code; may be left out where there is one.")] = "",
    home: HomeOption = None,
) -> None:
    """A simulated element at this terminal: it takes batches at its gateway, and fails as it is told to.

    It keeps its subscribers in the home folder. A demonstration's own runs inside its desk already.
    """
    from boss_tui.network.simulate import simulate as run

    at = opened(home)
    with store_of(at) as store, store.reading() as reading:
        found = _elements(reading, code)
    if len(found) != 1:
        raise NotAllowed(say("Say which element: {codes}", codes=", ".join(each.code for each in found)))
    if at.settings.demo:
        _not_running(at)
    element = element_of(at, found[0])
    try:
        with interrupted() as ended:
            run(element, lambda line: print(spoken()(line), flush=True), sys.stdin, seconds=POLL_SECONDS, ended=ended)
    finally:
        element.close()


def element_of(home: Home, row: NetworkElement) -> Element:
    """A simulated element of the home, on the state that it keeps there."""
    from boss_tui.network.dialects import dialect
    from boss_tui.network.element import Element
    from boss_tui.network.gateway_address import open_gateway
    from boss_tui.network.gateway_secrets import secret_of
    from data.clock import SystemClock

    gateway = open_gateway(row.gateway, home.folder, secret_of(home.folder, row.code))
    return Element(element_file(home, row.code), dialect(row.dialect), gateway, clock=SystemClock(), code=row.code)


def element_file(home: Home, code: str) -> Path:
    """Where a home's simulated element keeps its subscribers."""
    from boss_tui.start.demonstration import ELEMENT_FILE

    return home.folder / (ELEMENT_FILE if home.settings.demo else f"element-{code}.db")


def _not_running(home: Home) -> None:
    """NotAllowed while another program runs the demonstration's machines: two of one element would fight."""
    from boss_tui.start.demonstration import LOCK_FILE

    with (home.folder / LOCK_FILE).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise NotAllowed(say("The demonstration's element runs already, in a desk or boss demo.")) from fault
