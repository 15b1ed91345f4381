"""The simulated machines of a demonstration, and what each can be made to do wrong: for a screen and a command.

Whichever program runs them, a fault counts at once in all programs of the home, and until it is mended. To what runs in
one program it is told by a file of the home (`boss_tui.home.machine_faults`; done in `boss_tui.start.failing`). What is
asked over the line, services of others and payment, keeps its own faults: every program of the home reads them there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from boss_tui.answers.machines import WELL, MachineLine
from boss_tui.home import machine_faults
from boss_tui.payments import SIMULATED_FILE
from boss_tui.payments.simulated import SimulatedGateway
from boss_tui.remote import simulated_porting, simulated_tax
from boss_tui.remote.simulated import PATHS, STATE_FILE, ServiceState
from data.errors import BadForm
from data.message import Message, listed, say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home

SLOW_SECONDS = 10.0
"""After which a slow service answers: none waits so long for it."""
_PAYMENT = "payment"
_SERVICE_FAULTS = {
    "down": say("answers nobody"),
    "slow": say("answers after ten seconds"),
    "broken": say("answers that it is broken"),
    "garbage": say("answers what is no JSON"),
    "wrong": say("answers in a form that nobody expects"),
    "lose": say("takes the question, and loses the answer"),
}
_TAX = "tax"
_TAX_FAULTS = {"buyer": say("refuses each buyer"), "credit": say("has no credit left for this month")}
"""What the tax platform answers wrongly of itself, beside what goes wrong on the way."""


class SimulatedMachine(Struct, frozen=True):
    """One of them: its code, what it is called, its faults by their codes. services: those of `remote.simulated` that
    it is; none: it runs in the program that runs the machines, or is the payment service."""

    code: str
    name: Message
    faults: Mapping[str, Message]
    services: tuple[str, ...] = ()


MACHINES = (
    SimulatedMachine("link", say("Link to headquarters"), {"cut": say("cut")}),
    SimulatedMachine(
        "printer",
        say("Printer"),
        {
            "off": say("switched off"),
            "cover-open": say("cover open"),
            "paper-out": say("out of paper"),
            "near-end": say("paper nearly used up"),
        },
    ),
    SimulatedMachine(
        "element",
        say("Network element"),
        {
            "down": say("does nothing"),
            "slow": say("obeys a command every few seconds"),
            "refuse": say("refuses each command as busy"),
            "lose": say("obeys, and loses each answer"),
            "rubbish": say("answers what can't be read"),
            "cut": say("breaks off each file of answers"),
            "duplicate": say("sends each file of answers twice"),
        },
    ),
    SimulatedMachine(_PAYMENT, say("Payment service"), {"down": say("answers nobody")}),
    SimulatedMachine("identity", say("Identity check by the police"), _SERVICE_FAULTS, ("identity",)),
    SimulatedMachine("number-check", say("Check of numbers per document"), _SERVICE_FAULTS, ("number-check",)),
    SimulatedMachine(_TAX, say("Tax platform"), {**_SERVICE_FAULTS, **_TAX_FAULTS}, tuple(simulated_tax.PATHS)),
    SimulatedMachine("porting", say("Porting centre"), _SERVICE_FAULTS, tuple(simulated_porting.PATHS)),
    SimulatedMachine(
        "sms",
        say("SMS centre"),
        {"down": say("takes no messages"), "lose": say("says of none what became of it")},
    ),
)


class Machines:
    """The machines of a demonstration's home."""

    def __init__(self, home: Home) -> None:
        self._folder = home.folder
        self._machines = tuple(each for each in MACHINES if each.code != _PAYMENT or not home.settings.payments)

    def lines(self, code: str = "") -> list[MachineLine]:
        """Each as it stands; `code`: that one alone. BadForm beside machine: there is no such one."""
        asked = (self._machine(code),) if code else self._machines
        told = machine_faults.wanted(self._folder)
        with self._services() as services:
            struck = [(name, path) for name, path, *_ in services.faults()]
            told[_TAX] = tuple(services.tax(simulated_tax.refusing))
        if self._payment().down:
            told[_PAYMENT] = ("down",)
        return [MachineLine(each.code, each.name, each.faults, tuple(_now(each, told, struck))) for each in asked]

    def failing(self) -> Message | None:
        """Which of them fail, how, and what mends them: for who comes to them later. None: all are in order."""
        wrong = [say("{machine} ({how})", machine=each.name, how=each.state) for each in self.lines() if each.now]
        if not wrong:
            return None
        return say(
            "These simulated machines still fail: {machines}. Type machines; F10 there mends all.",
            machines=listed(wrong),
        )

    def fail(self, code: str, *faults: str) -> bool:
        """Let a machine have these faults and no others; `WELL`: none. Answers whether it counts already: else no
        program runs the machines now, and it counts once one does. BadForm beside machine or fault: there is no such
        one."""
        machine = self._machine(code)
        if not {WELL, *machine.faults}.issuperset(faults):
            names = ", ".join((WELL, *machine.faults))
            raise BadForm({"fault": say("There is no such fault; there are {names}.", names=names)})
        wrong = tuple(fault for fault in machine.faults if fault in faults)
        if machine.services:
            self._fail_services(machine, wrong)
        elif code == _PAYMENT:
            self._payment().down = "down" in wrong
        else:
            machine_faults.want(self._folder, {code: wrong})
        return machine_faults.is_obeyed(self._folder)

    def mend(self) -> bool:
        """All are in order again. Answers as `fail` does."""
        with self._services() as services:
            services.mend()
            _refuse(services, ())
        self._payment().down = False
        machine_faults.want(self._folder, dict.fromkeys(machine_faults.wanted(self._folder), ()))
        return machine_faults.is_obeyed(self._folder)

    def _machine(self, code: str) -> SimulatedMachine:
        found = next((each for each in self._machines if each.code == code), None)
        if found is None:
            codes = ", ".join(each.code for each in self._machines)
            raise BadForm({"machine": say("There is no such machine; there are {names}.", names=codes)})
        return found

    def _fail_services(self, machine: SimulatedMachine, wrong: tuple[str, ...]) -> None:
        with self._services() as services:
            services.mend(machine.services)
            if machine.code == _TAX:
                _refuse(services, wrong)
            for fault, service in product(_SERVICE_FAULTS.keys() & wrong, machine.services):
                services.fault(fault, SLOW_SECONDS, service=service)

    @contextmanager
    def _services(self) -> Iterator[ServiceState]:
        state = ServiceState(self._folder / STATE_FILE)
        try:
            yield state
        finally:
            state.close()

    def _payment(self) -> SimulatedGateway:
        return SimulatedGateway(self._folder / SIMULATED_FILE)


def _refuse(services: ServiceState, wrong: Collection[str]) -> None:
    """What of `_TAX_FAULTS` the tax platform has from now on."""
    services.tax(simulated_tax.refuse, "buyer" in wrong)
    services.tax(simulated_tax.set_credit, 0 if "credit" in wrong else simulated_tax.LIMIT)


def _now(machine: SimulatedMachine, told: machine_faults.Faults, struck: list[tuple[str, str]]) -> Iterator[str]:
    """What is wrong with a machine; what is wrong at one of its services, once."""
    paths = {"", *(PATHS[service] for service in machine.services)} if machine.services else set[str]()
    wrong = {*told.get(machine.code, ()), *(name for name, path in struck if path in paths)}
    yield from (fault for fault in machine.faults if fault in wrong)
