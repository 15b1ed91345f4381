"""Commands of interfaces to services of others: what they know us by, and the services that ship simulated."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import ask_password
from boss_tui.commands.options import HomeOption, JsonOption, NoneOption
from boss_tui.commands.shared import (
    errors_in_words,
    interrupted,
    opened,
    show,
    show_facts,
    show_json,
    show_table,
    spoken,
    store_of,
)
from data.errors import BadForm, NotAllowed
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.remote.simulated import ServiceState

interfaces = typer.Typer(
    name="interface", no_args_is_help=True, help="Services of others that interfaces ask; those that ship simulated."
)
_SECRET = "BOSS_INTERFACE_SECRET"
ServiceOption = Annotated[str, typer.Option(help="At one service: number-check or identity.", show_default=False)]


@interfaces.command("secret")
@errors_in_words
def secret(
    code: Annotated[str, typer.Argument(help="The interface's code, as M2.1 has it.")],
    remove: NoneOption = False,
    home: HomeOption = None,
) -> None:
    """Keep what a service knows this home by: from BOSS_INTERFACE_SECRET, or asked for. It is never shown."""
    from boss_tui.remote.secret_files import keep_secret
    from boss_tui.remote.services import PURPOSE
    from data.tables.eligibility import Interface

    at = opened(home)
    with store_of(at) as store, store.reading() as reading:
        reading.one(Interface, code=code)
    typed = "" if remove else os.environ.get(_SECRET, "") or ask_password(_SECRET, f"Secret of {code}")
    keep_secret(at.folder, PURPOSE, code, typed)
    show(spoken()(say("Removed.") if remove else say("Kept.")))


@interfaces.command("again")
@errors_in_words
def again(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Ask again now what could not be asked when it was done; a no stands in `boss waiting list`."""
    from boss_tui.chores.asking_again import AskingAgain
    from boss_tui.components.qualification import refusals
    from boss_tui.start.home_files import services_of

    at = opened(home)
    with store_of(at) as store:
        AskingAgain(store, at.settings.outlet, services_of(at.folder, store.clock)).step()
        with store.reading() as reading:
            outlet = at.settings.outlet
            waiting, refused = len(refusals.to_ask(reading, outlet)), refusals.count(reading, outlet)
    labels = {"waiting": say("Not answered still"), "refused": say("Refused, to be seen to")}
    show_facts({"waiting": waiting, "refused": refused}, labels, as_json)


@interfaces.command("simulate")
@errors_in_words
def simulate(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Where they listen; 0: anywhere.")] = 0,
    home: HomeOption = None,
) -> None:
    """The simulated services at this terminal; lines that are typed are obeyed, as `boss interface fault` is.

    A demonstration's own run inside its desk already.
    """
    from boss_tui.remote.running import address_of
    from boss_tui.remote.simulated import Simulated

    folder, speak = opened(home).folder, spoken()
    if address_of(folder):
        raise NotAllowed(say("The simulated services run already, at {address}.", address=address_of(folder)))
    with Simulated(folder, port) as services, interrupted() as ended:
        print(speak(say("The simulated services listen at {address}.", address=services.address)), flush=True)
        print(speak(_HELP), flush=True)
        threading.Thread(target=_listen, args=(services.state, ended), daemon=True).start()
        ended.wait()


def _listen(state: ServiceState, ended: threading.Event) -> None:
    """Obey what is typed, until somebody quits."""
    speak = spoken()
    for line in sys.stdin:
        words = line.split()
        if words == ["quit"]:
            ended.set()
            return
        try:
            print(speak(_obeyed(state, words)), flush=True)
        except NotAllowed as fault:
            print(speak(fault.message), flush=True)
        except ValueError:
            print(speak(_HELP), flush=True)


_HELP = say(
    "ok | down, broken, garbage, wrong, lose [TIMES] | slow SECONDS [TIMES] | elsewhere DOCUMENT COUNT |"
    " person NUMBER NAME | alert NUMBER NAME WORDS | secret WORDS | asked | quit"
)


def _obeyed(state: ServiceState, words: list[str]) -> Message:
    """Obey one line. ValueError: it is none."""
    match words:
        case []:
            return _HELP
        case ["ok"]:
            state.mend()
        case ["slow", seconds, *times]:
            state.fault("slow", float(seconds), int(times[0]) if times else -1)
        case ["elsewhere", document, count]:
            state.elsewhere(document, int(count))
        case ["person", number, name]:
            state.person(number, name)
        case ["alert", number, name, *why]:
            state.person(number, name, " ".join(why) or "?")
        case ["secret", *told]:
            state.secret(" ".join(told))
        case ["asked"]:
            lines = [f"{each.path} {each.sent} -> {each.answer} x{each.times}" for each in state.asked()[-20:]]
            return Message("{text}", {"text": "\n".join(lines) or "-"})
        case [fault, *times]:
            state.fault(fault, times=int(times[0]) if times else -1)
    return say("Done.")


@interfaces.command("fault")
@errors_in_words
def fault(
    name: Annotated[str, typer.Argument(help="down, slow, broken, garbage, wrong, lose; ok: all is well again.")],
    seconds: Annotated[float, typer.Option(min=0, max=600, help="Of slow: answers come after so many.")] = 10.0,
    times: Annotated[int, typer.Option(min=0, help="The next so many questions; 0: until ok.")] = 0,
    service: ServiceOption = "",
    home: HomeOption = None,
) -> None:
    """Let something go wrong at the simulated services of a home, also while a desk runs them.

    down: hangs up. slow: answers late. broken: status 500. garbage: no JSON. wrong: other JSON. lose: takes the
    question, and loses the answer.
    """
    state = _state(home)
    try:
        if name == "ok":
            state.mend()
        else:
            state.fault(name, seconds, times or -1, service)
    finally:
        state.close()
    show(spoken()(say("Done.")))


@interfaces.command("know")
@errors_in_words
def know(
    document: Annotated[str, typer.Argument(help="A document's number.")],
    name: Annotated[str, typer.Option(help="Whose it is, by the police.")] = "",
    alert: Annotated[str, typer.Option(help="Why a supervisor should look at whoever shows it.")] = "",
    elsewhere: Annotated[int | None, typer.Option(min=0, help="Numbers that it has at other operators.")] = None,
    home: HomeOption = None,
) -> None:
    """Tell the simulated services of a document: whose it is, how many numbers it has elsewhere."""
    if not name and elsewhere is None:
        raise BadForm({"--name": say("Say --name, or --elsewhere.")})
    state = _state(home)
    try:
        if name:
            state.person(document, name, alert)
        if elsewhere is not None:
            state.elsewhere(document, elsewhere)
    finally:
        state.close()
    show(spoken()(say("Done.")))


@interfaces.command("port")
@errors_in_words
def port(
    number: Annotated[str, typer.Argument(help="A number that was given an authorisation code.")],
    keep: Annotated[str, typer.Option(help="Instead: give it none, and say why.", show_default=False)] = "",
    home: HomeOption = None,
) -> None:
    """Let another operator take a number over, at the simulated porting centre."""
    from boss_tui.remote import simulated_porting

    state = _state(home)
    try:
        if keep:
            state.tell(simulated_porting.keep, number, keep)
        else:
            state.tell(simulated_porting.take_over, number)
    finally:
        state.close()
    show(spoken()(say("Done.")))


@interfaces.command("asked")
@errors_in_words
def asked(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What the simulated services were asked, and what they answered; what goes wrong there now."""
    from boss_tui.remote.running import address_of

    state = _state(home)
    try:
        found, faults = state.asked(), state.faults()
    finally:
        state.close()
    if as_json:
        show_json({"asked": found, "faults": faults})
        return
    show_table([(each.path, f"{each.sent}", f"{each.answer}", f"x{each.times}") for each in found])
    told = ", ".join(f"{name} {path}".strip() for name, path, *_ in faults) or "-"
    facts = {"address": address_of(opened(home).folder) or "-", "faults": told}
    show_facts(facts, {"address": say("Address"), "faults": say("Goes wrong")}, as_json=False)


def _state(home: Path | None) -> ServiceState:
    """What the simulated services of a home know."""
    from boss_tui.remote.simulated import STATE_FILE, ServiceState

    return ServiceState(opened(home).folder / STATE_FILE)
