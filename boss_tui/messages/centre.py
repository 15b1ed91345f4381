"""The simulated SMS centre: takes files from its gateway, and reports on each message. It can be made to fail.

It remembers nothing but what lies in the folders: a file that it has taken is reported once.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from boss_tui.messages.files import DELIVERED, FAILED, read_file, report_name, report_of
from boss_tui.network.gateway import Gateway
from boss_tui.network.machine.faults import Countable
from boss_tui.network.textfile import BadFile, NotComplete
from data.errors import Conflict


@dataclass
class CentreFaults(Countable):
    """What goes wrong.

    Attributes:
        off: it does nothing at all.
        slow: so many next polls it takes nothing.
        wrong: so many next reports can't be read; another one follows at the next poll.
        lose: so many next messages are never reported.
        numbers: to these numbers nothing is delivered.
    """

    off: bool = False
    slow: int = 0
    wrong: int = 0
    lose: int = 0
    numbers: set[str] = field(default_factory=set)


class SmsCentre:
    """A simulated SMS centre at a gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self.faults = gateway, CentreFaults()

    def step(self) -> bool:
        """One poll; whether a file was taken."""
        if self.faults.off or self.faults.use("slow"):
            return False
        taken = [name for name in self.gateway.batches() if self._take(name)]
        return bool(taken)

    def _take(self, name: str) -> bool:
        try:
            sequence, texts = read_file(self.gateway.batch(name))
        except (BadFile, NotComplete):
            return False
        if self.faults.use("wrong"):
            self.gateway.respond(report_name(sequence, 9_999 - self.faults.wrong), b"?? 500 internal error\n")
            return False
        codes = []
        for text in texts:
            if not self.faults.use("lose"):
                codes.append((text.key, FAILED[0] if text.number in self.faults.numbers else DELIVERED))
        with suppress(Conflict):  # it was reported before a restart, and what failed then has been mended since
            self.gateway.respond(report_name(sequence, 1), report_of(sequence, codes))
        self.gateway.taken(name)
        return True
