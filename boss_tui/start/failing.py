"""What the faults of a demonstration's simulated machines (`boss_tui.desk.machines`) are at the machines themselves.

Each function makes a machine be as it is wanted, whatever was wrong with it before; no fault: it is in order.
"""

from __future__ import annotations

from collections.abc import Collection

from boss_tui.messages.centre import CentreFaults
from boss_tui.network.machine.faults import UNTIL_SET, Faults
from printers.simulator import Simulator


def let_printer(printer: Simulator, wrong: Collection[str]) -> None:
    """Off, open, or out of paper, nothing is printed; a new roll or a closed cover lets out what was kept."""
    if "paper-out" in wrong:
        printer.paper_out()
    printer.cover("cover-open" in wrong)
    if "paper-out" not in wrong:
        printer.refill()
    printer.near_end("near-end" in wrong)
    if "off" in wrong:
        printer.switch_off()
    else:
        printer.switch_on()


def let_element(faults: Faults, wrong: Collection[str]) -> None:
    """What it does with each command from now on."""
    faults.off, faults.slow = "down" in wrong, int("slow" in wrong)
    faults.refuse, faults.lose = _every(wrong, "refuse"), _every(wrong, "lose")
    faults.rubbish, faults.cut = _every(wrong, "rubbish"), _every(wrong, "cut")
    faults.duplicate = _every(wrong, "duplicate")


def let_sms_centre(faults: CentreFaults, wrong: Collection[str]) -> None:
    """What it does with each message from now on."""
    faults.off, faults.lose = "down" in wrong, _every(wrong, "lose")


def _every(wrong: Collection[str], name: str) -> int:
    return UNTIL_SET if name in wrong else 0
