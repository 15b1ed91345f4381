"""Why a connection came to nothing, in words: what a machine says of it is English, and for engineers."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

from data.message import Message, say

_LONGEST = 120
"""Characters of what there are no words for."""
_HUNG_UP = say("it hung up without an answer")
_NO_WAY = say("no network leads there")
_BY_NUMBER = {
    errno.ECONNREFUSED: say("nobody listens there"),
    errno.ECONNRESET: _HUNG_UP,
    errno.EPIPE: _HUNG_UP,
    errno.ENETUNREACH: _NO_WAY,
    errno.EHOSTUNREACH: _NO_WAY,
    errno.ENETDOWN: _NO_WAY,
}


def unreached(fault: BaseException) -> Message | str:
    """Why, by what caused a fault of httpx; what there are no words for is told as the machine says it."""
    for each in _behind(fault):
        if isinstance(each, socket.gaierror):
            return say("nobody knows this name")
        if isinstance(each, OSError) and each.errno in _BY_NUMBER:
            return _BY_NUMBER[each.errno]
        if "disconnected" in str(each):  # httpcore has no type of its own for it
            return _HUNG_UP
    return (str(fault).splitlines() or [type(fault).__name__])[0][:_LONGEST].rstrip(".")


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault, and each that led to it."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__
