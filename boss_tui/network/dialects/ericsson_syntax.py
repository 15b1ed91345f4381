"""`HGSUI:NAME=VALUE,NAME=VALUE;` (domain-facts 1.2): read and written. Not what the commands mean.

Five letters: two for the block, two for the object, the last for the action (I initiate, E end, C change, P print,
R remove). Subscriber data goes as `SUD=NAME-value`, several joined by `&`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from data.errors import NotAllowed
from data.message import say

_VALUE = r'"[^";\x00-\x1f\x7f]*"|[A-Za-z0-9_.&-]+'
_PART = re.compile(rf"\s*([A-Za-z][A-Za-z0-9]*)\s*(?:=\s*({_VALUE}))?\s*(,|$)")
_COMMAND = re.compile(r"\s*([A-Za-z]{5})\s*(?::([^\n\r;]*))?;\s*")


class MmlCommand(Struct, frozen=True):
    """A command: its five letters and its parameters in order, without quotes; one that has no value holds ''."""

    verb: str
    parameters: Mapping[str, str]


def read(text: str) -> MmlCommand:
    """The one command that a text holds, in capitals. NotAllowed: none, more than one, or a name that comes twice."""
    found = _COMMAND.fullmatch(text)
    if not found:
        raise NotAllowed(say("This is not one command: {text}", text=text))
    rest, at = found[2] or "", 0
    parameters: dict[str, str] = {}
    while rest[at:].strip():
        part = _PART.match(rest, at)
        if not part or part[1].upper() in parameters or (part[3] and not rest[part.end() :].strip()):
            raise NotAllowed(say("The parameters of this command can't be read: {text}", text=text))
        parameters[part[1].upper()] = (part[2] or "").strip('"').upper()
        at = part.end()
    return MmlCommand(found[1].upper(), parameters)


def write(call: MmlCommand) -> str:
    """The text of a command; FNUM stands in quotes."""
    parts = (f'{n}="{v}"' if n == "FNUM" else f"{n}={v}" if v else n for n, v in call.parameters.items())
    text = f"{call.verb}:{','.join(parts)};" if call.parameters else f"{call.verb};"
    read(text)
    return text


def data(sud: str) -> dict[str, str]:
    """`CAW-1&OBO-0` as {"CAW": "1", "OBO": "0"}. NotAllowed: a part without its value."""
    found: dict[str, str] = {}
    for part in sud.split("&"):
        name, dash, value = part.rpartition("-")
        if not dash or not name or not value:
            raise NotAllowed(say("Subscriber data is NAME-value: {text}", text=part))
        found[name] = value
    return found
