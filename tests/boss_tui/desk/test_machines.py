"""The simulated machines of a demonstration: each fault is something at its machine, and stands alone until it is
mended."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from boss_tui.answers.machines import WELL, MachineLine
from boss_tui.desk.machines import MACHINES, Machines
from boss_tui.home.settings import Home
from boss_tui.messages.centre import CentreFaults
from boss_tui.network.machine.faults import Faults
from boss_tui.payments import open_gateway
from boss_tui.remote.simulated import STATE_FILE, ServiceState
from boss_tui.start import failing
from data.errors import BadForm, Outside
from printers.simulator import Simulator

pytestmark = pytest.mark.light

FAULTS = [(each.code, fault) for each in MACHINES for fault in each.faults]
BY_CODE = {each.code: each for each in MACHINES}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.make(tmp_path / "home", outlet="HZ01", counter="HZ0101", demo=True, encrypted=False)


def at(machines: Machines, code: str) -> MachineLine:
    (found,) = machines.lines(code)
    return found


def test_each_fault_of_each_machine_stands_alone_until_it_is_mended(home: Home) -> None:
    machines = Machines(home)
    for code, fault in FAULTS:
        assert not machines.fail(code, fault), "nobody runs them"
        assert {line.code: line.now for line in machines.lines() if line.now} == {code: (fault,)}
        assert at(Machines(home), code).state == BY_CODE[code].faults[fault]
        machines.fail(code, WELL)
        assert not at(machines, code).now


def test_a_machine_fails_in_several_ways_at_once_and_who_comes_later_is_told(home: Home) -> None:
    machines = Machines(home)
    assert machines.failing() is None
    for each in MACHINES:
        machines.fail(each.code, *reversed([*each.faults]))
    assert {line.code: line.now for line in machines.lines()} == {each.code: tuple(each.faults) for each in MACHINES}
    told = Machines(home).failing()
    assert told is not None
    assert all(str(each.name) in str(told) for each in MACHINES)
    machines.fail("printer", "off")
    assert at(machines, "printer").now == ("off",)


def test_all_are_mended_at_once(home: Home) -> None:
    machines = Machines(home)
    for code, fault in FAULTS:
        machines.fail(code, fault)
    assert all(line.now for line in machines.lines())
    machines.mend()
    assert not any(line.now for line in machines.lines())


def test_what_goes_wrong_at_all_services_is_mended_at_one(home: Home) -> None:
    state = ServiceState(home.folder / STATE_FILE)
    state.fault("slow", 3.0)
    machines = Machines(home)
    at_services = [each.code for each in MACHINES if each.services]
    assert [line.code for line in machines.lines() if line.now == ("slow",)] == at_services
    machines.fail("identity", "lose")
    assert at(machines, "identity").now == ("lose",)
    machines.fail("identity", WELL)
    assert [line.code for line in machines.lines() if line.now == ("slow",)] == [
        code for code in at_services if code != "identity"
    ]
    state.close()


def test_the_payment_service_answers_nobody_while_it_is_down(home: Home) -> None:
    gateway = open_gateway(home)
    assert gateway is not None
    Machines(home).fail("payment", "down")
    with pytest.raises(Outside):
        gateway.query("X")
    Machines(home).mend()
    assert gateway.query("X").state == "closed"


def test_a_hall_that_asks_a_real_payment_service_simulates_none(home: Home) -> None:
    home.settings.payments = "https://pay.example"
    machines = Machines(home)
    assert "payment" not in {line.code for line in machines.lines()}
    with pytest.raises(BadForm):
        machines.fail("payment", "down")


@pytest.mark.parametrize(
    ("code", "let", "made"),
    [("element", failing.let_element, Faults), ("sms", failing.let_sms_centre, CentreFaults)],
)
def test_each_fault_is_another_thing_at_the_machine(
    code: str, let: Callable[[object, tuple[str, ...]], None], made: Callable[[], object]
) -> None:
    seen = []
    faults = made()
    for fault in BY_CODE[code].faults:
        let(faults, (fault,))
        seen.append(repr(faults))
    assert len({*seen, repr(made())}) == len(seen) + 1
    let(faults, ())
    assert faults == made()


def is_on(printer: Simulator) -> bool:
    """Whether it takes what is sent to it."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", printer.port)) == 0


def test_the_printer_prints_again_once_it_is_in_order() -> None:
    states: dict[str, tuple[bool, bool]] = {}
    with Simulator() as printer:
        for fault in ("", *BY_CODE["printer"].faults, ""):
            failing.let_printer(printer, (fault,))
            states[fault] = (printer.online, is_on(printer))
    assert states == {
        "": (True, True),
        "off": (True, False),
        "cover-open": (False, True),
        "paper-out": (False, True),
        "near-end": (True, True),
    }
