"""`VERB OBJECT: NAME=VALUE, NAME=VALUE;` (domain-facts 1.1): read and written. Not what the commands mean.

Text and digit strings stand in double quotes, numbers and enumerations bare. How a quote inside a text would be written
is not known from any source, so a text with a quote, a semicolon, a per cent sign or a control character is no command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from data.errors import NotAllowed
from data.message import say

_VALUE = r'"[^"%;\x00-\x1f\x7f]*"|[A-Za-z0-9_.:&+-]+'
_PAIR = re.compile(rf"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*({_VALUE})\s*(,|$)")
_COMMAND = re.compile(r"\s*([A-Za-z]{3}|LGI|LGO)(?:\s+([A-Za-z0-9_]+))?\s*:([^\n\r]*);\s*")


class MmlCommand(Struct, frozen=True):
    """A command: its verb, its object (empty for LGI and LGO), and its parameters in order, without their quotes."""

    verb: str
    object: str
    parameters: Mapping[str, str]

    @property
    def name(self) -> str:
        """Verb and object, such as `ADD KI`."""
        return f"{self.verb} {self.object}".strip()


def read(text: str) -> MmlCommand:
    """The one command that a text holds. NotAllowed: none, more than one, or a name that comes twice."""
    found = _COMMAND.fullmatch(text)
    if not found:
        raise NotAllowed(say("This is not one command: {text}", text=text))
    rest, at = found[3], 0
    parameters: dict[str, str] = {}
    while rest[at:].strip():
        pair = _PAIR.match(rest, at)
        if not pair or pair[1].upper() in parameters or (pair[3] and not rest[pair.end() :].strip()):
            raise NotAllowed(say("The parameters of this command can't be read: {text}", text=text))
        parameters[pair[1].upper()] = pair[2].strip('"')
        at = pair.end()
    return MmlCommand(found[1].upper(), (found[2] or "").upper(), parameters)


def write(call: MmlCommand, quoted: frozenset[str]) -> str:
    """The text of a command; the parameters named in `quoted` stand in quotes."""
    pairs = (f'{name}="{value}"' if name in quoted else f"{name}={value}" for name, value in call.parameters.items())
    text = f"{call.name}: {', '.join(pairs)};" if call.parameters else f"{call.name}:;"
    read(text)
    return text


QUOTED = frozenset({"IMSI", "NEWIMSI", "ISDN", "NEWISDN", "KIVALUE", "OPCVALUE", "FTN", "OPNAME", "PWD", "IMPU"})
"""Parameters that this project's templates write in quotes."""
