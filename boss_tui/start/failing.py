"""What the faults of a demonstration's simulated machines (`boss_tui.desk.machines`) are at the machines themselves.

Each function makes a machine be as it is wanted, whatever was wrong with it before; no fault: it is in order.
"""

from __future__ import annotations

from boss_tui.messages.centre import CentreFaults
from boss_tui.network.machine.faults import UNTIL_SET, Faults
from printers.simulator import Simulator


def let_printer(printer: Simulator, fault: str) -> None:
    """Off, open, or out of paper, nothing is printed; a new roll or a closed cover lets out what was kept."""
    if fault == "paper-out":
        printer.paper_out()
    printer.cover(fault == "cover-open")
    if fault != "paper-out":
        printer.refill()
    printer.near_end(fault == "near-end")
    if fault == "off":
        printer.switch_off()
    else:
        printer.switch_on()


def let_element(faults: Faults, fault: str) -> None:
    """What it does with each command from now on."""
    faults.off, faults.slow = fault == "down", int(fault == "slow")
    faults.refuse, faults.lose = _every(fault, "refuse"), _every(fault, "lose")
    faults.rubbish, faults.cut = _every(fault, "rubbish"), _every(fault, "cut")
    faults.duplicate = _every(fault, "duplicate")


def let_sms_centre(faults: CentreFaults, fault: str) -> None:
    """What it does with each message from now on."""
    faults.off, faults.lose = fault == "down", _every(fault, "lose")


def _every(fault: str, name: str) -> int:
    return UNTIL_SET if fault == name else 0
