"""The Huawei dialect (HLR9820, HSS9860): its commands, and what its replies come to (domain-facts 1.1).

Not the session: commands leave in batch files (design 7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from boss_tui.network.dialects import huawei_printout
from boss_tui.network.dialects.acts import national
from boss_tui.network.dialects.answers import Answer, Code, answer_of, unclear
from boss_tui.network.dialects.dialect import Dialect, Shape, Templates
from boss_tui.network.dialects.huawei_frame import frames
from boss_tui.network.dialects.huawei_syntax import read
from boss_tui.network.dialects.huawei_tables import CODES, TEMPLATES, VALUES
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import Words
from data.errors import NotAllowed
from data.message import say

_SECRET = re.compile(r'\b(KIVALUE|OPCVALUE|PWD)(\s*=\s*)(?:"[^"]*"?|[^,;\s]+)', re.IGNORECASE)


class Huawei(Dialect):
    """`VERB OBJECT: NAME=VALUE;` and the `+++ … --- END` frame."""

    name: ClassVar[str] = "huawei"

    def __init__(
        self, templates: Templates | None = None, values: Words | None = None, codes: Mapping[str, Code] | None = None
    ) -> None:
        super().__init__(templates or TEMPLATES, values or VALUES, codes or CODES)

    def shape(self, text: str) -> Shape:
        """Verb, object and parameter names."""
        call = read(text)
        return (call.name, *call.parameters)

    def masked(self, text: str) -> str:
        """KI, OPc and password hidden."""
        return _SECRET.sub(r'\1\2"***"', text)

    def answer(self, text: str, raw: str) -> Answer:
        """By the one frame that echoes this command. No such frame, two of them, or one that contradicts itself:
        unknown."""
        mine = [frame for frame in frames(raw) if _same(text, frame.command)]
        if len(mine) != 1:
            return unclear(say("The reply has no whole frame for this command."), raw)
        frame = mine[0]
        if not frame.code:
            return unclear(say("The reply's message line can't be read: {line}", line=frame.text), raw)
        answer = answer_of(frame.code, frame.text, self.codes)
        if answer.state != "done" or not self._asks(text):
            return answer
        record = self.record(frame.body)
        if record is None:
            return unclear(say("The printout names no subscriber."), raw)
        return answer_of(frame.code, frame.text, self.codes, record)

    def _asks(self, text: str) -> bool:
        call = read(text)
        return call.name == "LST SUB" and call.parameters.get("DETAIL") == "TRUE"

    def record(self, printout: str) -> Record | None:
        """The subscriber that a `LST SUB` printout shows; None when it names no IMSI and ISDN."""
        found = huawei_printout.pairs(printout)
        imsi, isdn = found.get("IMSI", ""), found.get("ISDN", "")
        if not imsi or not isdn:
            return None
        parts = huawei_printout.groups(printout)
        return Record(
            imsi=imsi,
            msisdn=national(isdn),
            profile=found.get("TPLID", ""),
            access=self.neutral("access", found.get("NAM", "")),
            data=_flag(parts.get("GPRS Data"), "PROV"),
            outgoing_barred=_flag(parts.get("Lock Data"), "OC"),
            incoming_barred=_flag(parts.get("Lock Data"), "IC"),
            data_barred=_flag(parts.get("Lock Data"), "GPRSLOCK"),
            long_distance=self.neutral("long_distance", found.get("ODBOC", "")),
            roaming=self.neutral("roaming", found.get("ODBROAM", "")),
            forwarding=self._forwarding(parts.get("SS Data")),
            services=self._services(parts.get("SS Data")),
        )

    def _forwarding(self, lines: list[str] | None) -> tuple[tuple[str, str], ...] | None:
        if lines is None:
            return None
        found = huawei_printout.forwarding(lines)
        return tuple(sorted((self.neutral("kind", kind), number) for kind, number in found.items()))

    def _services(self, lines: list[str] | None) -> frozenset[str] | None:
        if lines is None:
            return None
        told_of = huawei_printout.pairs("\n".join(lines))
        return frozenset(word for word, wire in self.values.get("service", {}).items() if told_of.get(wire) == "TRUE")


def _flag(lines: list[str] | None, key: str) -> bool | None:
    value = huawei_printout.pairs("\n".join(lines or ())).get(key)
    return None if value is None else value == "TRUE"


def _same(sent: str, echoed: str) -> bool:
    """Whether an echo is of this command. An element may hide secrets in its echo, as stars."""
    try:
        ours, theirs = read(sent), read(re.sub(r"=\s*\*+", "=STARS", re.sub(r'"\*+"', "STARS", echoed)))
    except NotAllowed:
        return False
    pairs = zip(ours.parameters.items(), theirs.parameters.items(), strict=False)
    alike = all(a == b and other in {value, "STARS"} for (a, value), (b, other) in pairs)
    return ours.name == theirs.name and len(ours.parameters) == len(theirs.parameters) and alike
