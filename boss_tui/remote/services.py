"""The services of others that this machine asks for interfaces (catalogue M2.1): where each is, what it knows us by.

It asks, and says what the answer means; it reads and writes no store.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from boss_tui.components.asked import Question, ServiceAnswer
from boss_tui.components.qualification.questions import read
from boss_tui.remote import Call, Caller, Endpoint, Unanswered
from boss_tui.remote.address import SIMULATED
from boss_tui.remote.running import address_of
from boss_tui.remote.secret_files import secret_of
from data.clock import Clock, stamp
from data.message import say
from data.tables.eligibility import Interface

_TOLD = 1_000
"""Characters of an answer that whoever tries an interface is shown."""
PURPOSE = "service"
"""What the secrets of interfaces are kept for."""


class Services:
    """Those of one home, for one program: connections and breakers are kept."""

    def __init__(self, home: Path, clock: Clock, caller: Caller | None = None) -> None:
        self._home, self._clock = home, clock
        self.caller = caller or Caller(lambda code: secret_of(home, PURPOSE, code))

    def ask(self, question: Question, operator: str, stop: threading.Event | None = None) -> ServiceAnswer:
        """What a service answers; where none comes, why. `stop`: set once nobody waits any more."""
        row, at = question.interface, stamp(self._clock.now())
        try:
            reply = self.caller.ask(self.endpoint(row), Call(row.method, row.path, question.sends, question.key), stop)
        except Unanswered as fault:
            took = round(fault.seconds * 1000)
            return ServiceAnswer("", "", fault.message.as_json(), operator, at, took, fault.tries)
        took = round(reply.seconds * 1000)
        told = json.dumps(reply.answer, ensure_ascii=False)[:_TOLD]
        found = read(row, reply.answer)
        return replace(found, operator=operator, asked_at=at, took_ms=took, tries=reply.tries, told=told)

    def told(self, row: Interface, path: str, body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """What a service tells at a path below its own. Unanswered: no answer came, or none that is one."""
        answer = self.caller.ask(self.endpoint(row), Call("POST", row.path + path, body, key)).answer
        if not isinstance(answer, dict):
            raise Unanswered("unreadable", say("Its answer can't be read."))
        return answer

    def endpoint(self, row: Interface) -> Endpoint:
        """Where an interface is asked, and how. Unanswered: it is simulated, and that runs nowhere now."""
        address = row.address
        if address == SIMULATED:
            address = address_of(self._home)
            if not address:
                raise Unanswered("unreachable", say("The simulated services are not running."))
        return Endpoint(
            row.code,
            address,
            row.timeout_ms / 1000,
            1 + (row.retries if row.repeatable else 0),
            row.certificate,
            row.failures,
            row.rest_seconds,
        )
