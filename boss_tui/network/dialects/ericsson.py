"""The Ericsson dialect (AXE HLR/AUC and the layered HLR-FE): its commands, and what its replies come to.

(domain-facts 1.2.) Not the session: commands leave in batch files (design 7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from boss_tui.network.dialects import ericsson_reply
from boss_tui.network.dialects.acts import national
from boss_tui.network.dialects.answers import Answer, Code, answer_of, unclear
from boss_tui.network.dialects.dialect import Dialect, Shape, Templates
from boss_tui.network.dialects.ericsson_syntax import read
from boss_tui.network.dialects.ericsson_tables import CODES, TEMPLATES, VALUES
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import Words
from data.errors import NotAllowed
from data.message import say

_SECRET = re.compile(r"\b(EKI|PASSWORD)(\s*[=:]\s*)[^,;\s]+", re.IGNORECASE)


class Ericsson(Dialect):
    """`HGSUI:NAME=VALUE;` and EXECUTED or NOT ACCEPTED."""

    name: ClassVar[str] = "ericsson"

    def __init__(
        self, templates: Templates | None = None, values: Words | None = None, codes: Mapping[str, Code] | None = None
    ) -> None:
        super().__init__(templates or TEMPLATES, values or VALUES, codes or CODES)

    def shape(self, text: str) -> Shape:
        """The five letters and the parameter names."""
        call = read(text)
        return (call.verb, *call.parameters)

    def masked(self, text: str) -> str:
        """The key hidden."""
        return _SECRET.sub(r"\1\2***", text)

    def answer(self, text: str, raw: str) -> Answer:
        """By the verdict's own line. None, two of them, or a printout without its END: unknown."""
        reply = ericsson_reply.read(raw, text)
        if not reply.code:
            return unclear(say("The reply can't be read: {line}", line=reply.text), raw)
        answer = answer_of(reply.code, reply.text, self.codes)
        if answer.state != "done" or not self._asks(text):
            return answer
        record = self.record("\n".join(reply.lines))
        if record is None:
            return unclear(say("The printout names no subscriber."), raw)
        return answer_of(reply.code, reply.text, self.codes, record)

    @staticmethod
    def _asks(text: str) -> bool:
        try:
            return read(text).verb == "HGSDP"
        except NotAllowed:
            return False

    def record(self, printout: str) -> Record | None:
        """The subscriber that a HGSDP printout shows; None when it names no IMSI and MSISDN."""
        parts = ericsson_reply.sections(tuple(line.strip() for line in printout.split("\n")))
        identity = next(iter(ericsson_reply.table(parts.get("SUBSCRIBER IDENTITY", []))), {})
        if not identity.get("IMSI") or not identity.get("MSISDN"):
            return None
        known = _known(parts.get("PERMANENT SUBSCRIBER DATA"))
        return Record(
            imsi=identity["IMSI"],
            msisdn=national(identity["MSISDN"]),
            profile=" ".join(parts.get("PROFILE", [])),
            access=self.neutral("access", " ".join(parts.get("NAM", []))),
            data=_flag(known, "PDPCP"),
            outgoing_barred=known["OBO"] == "1" if "OBO" in known else None,
            incoming_barred=_flag(known, "OBI"),
            data_barred=known["EPSODB"] != "NONE" if "EPSODB" in known else None,
            long_distance=self.neutral("long_distance", known.get("OBO", "")),
            roaming=self.neutral("roaming", known.get("OBR", "")),
            forwarding=self._forwarding(parts.get("SUPPLEMENTARY SERVICE DATA")),
            services=self._services(known),
        )

    def _forwarding(self, lines: list[str] | None) -> tuple[tuple[str, str], ...] | None:
        if lines is None:
            return None
        rows = ericsson_reply.table(lines)
        return tuple(sorted((self.neutral("kind", row["SS"]), row["FNUM"]) for row in rows if row.get("FNUM")))

    def _services(self, known: Mapping[str, str]) -> frozenset[str] | None:
        if not known:
            return None
        return frozenset(word for word, wire in self.values.get("service", {}).items() if known.get(wire) == "1")


def _known(lines: list[str] | None) -> dict[str, str]:
    """NAME-value of each part of the permanent data."""
    found = {}
    for part in " ".join(lines or []).split():
        name, dash, value = part.rpartition("-")
        if dash:
            found[name] = value
    return found


def _flag(known: Mapping[str, str], name: str) -> bool | None:
    return known[name] == "1" if name in known else None
