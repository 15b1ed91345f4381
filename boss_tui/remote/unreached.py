"""Why a connection came to nothing, in words: what a machine says of it is English, and for engineers."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from data.errors import HUNG_UP, reason_of
from data.message import Message, say

_LONGEST = 120
"""Characters of what there are no words for."""


def unreached(fault: BaseException) -> Message | str:
    """Why, by what caused a fault of httpx; what there are no words for is told as the machine says it."""
    for each in _behind(fault):
        if isinstance(each, socket.gaierror):
            return say("nobody knows this name")
        if isinstance(each, OSError) and isinstance(told := reason_of(each), Message):
            return told
        if "disconnected" in str(each):  # httpcore has no type of its own for it
            return HUNG_UP
    return (str(fault).splitlines() or [type(fault).__name__])[0][:_LONGEST].rstrip(".")


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault, and each that led to it."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__
