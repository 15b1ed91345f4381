"""The small family of errors that a person can read and act on.

Each carries a `Message`, and the field that it belongs to where there is one. Anything else that is raised is a fault
of the program or of the machine.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable

from data.message import Message, say


class BossError(Exception):
    """Something that a person can be told. `exit_code` is what the command line ends with."""

    exit_code = 1

    def __init__(self, message: Message, *, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowed(BossError):
    """A rule says no. `reasons` has every reason, the first of which is the message."""

    def __init__(self, message: Message, *, field: str = "", reasons: Iterable[Message] = ()) -> None:
        super().__init__(message, field=field)
        self.reasons = tuple(reasons) or (message,)


class NeedsApproval(NotAllowed):
    """What only a supervisor's word is wanting for: ask one, and repeat."""


class Differs(NotAllowed):
    """A count differs from the books: its reason is wanting, or a supervisor's word."""


class ClockDoubted(NotAllowed):
    """The machine's clock can't be right: set it, or a supervisor vouches for it; then repeat."""


class StoreDoubted(NotAllowed):
    """The store is not the one that was noted outside: headquarters brings it up, or a supervisor accepts it."""


class DayClosed(NotAllowed):
    """Nothing is dated on a business date that is closed: the next one is opened first; then repeat."""


class Locked(NotAllowed):
    """Too many wrong passwords: another person unlocks, or a code that headquarters reads out."""


class SignedOff(NotAllowed):
    """Who worked here may no more (locked, left): they are signed off, and somebody signs on."""


class NotFound(BossError):
    """What was asked for is not in the store."""


class OutOfStock(BossError):
    """No number, card, document number or other resource of the kind asked for is left here."""


class Conflict(BossError):
    """Somebody else changed or took it first. Nothing was done; look again and repeat."""


class Expired(BossError):
    """A draft, reservation, grant or lease is past its time."""


class BadForm(BossError):
    """What was typed does not make a form. `errors` maps a field to what is wrong with it and what to do."""

    exit_code = 2

    def __init__(self, errors: dict[str, Message]) -> None:
        field, message = next(iter(errors.items()))
        super().__init__(message, field=field)
        self.errors = errors


class Outside(BossError):
    """Something outside the program failed: disk, store, printer, link, gateway. Nothing was done."""

    exit_code = 3


class Damaged(Outside):
    """A store, backup or file is damaged, foreign, or from a newer version."""


NO_NETWORK, HUNG_UP = say("no network leads there"), say("it hung up without an answer")
_BY_NUMBER = {
    errno.ENOENT: say("there is nothing of this name"),
    errno.EACCES: say("there is no right to it"),
    errno.EPERM: say("there is no right to it"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("part of its path is no folder"),
    errno.EEXIST: say("there is one of this name already"),
    errno.ENAMETOOLONG: say("its name is too long"),
    errno.EROFS: say("its disk can only be read"),
    errno.ENOSPC: say("the disk is full"),
    errno.EADDRINUSE: say("another program listens there"),
    errno.ECONNREFUSED: say("nobody listens there"),
    errno.ECONNRESET: HUNG_UP,
    errno.EPIPE: HUNG_UP,
    errno.ENETUNREACH: NO_NETWORK,
    errno.EHOSTUNREACH: NO_NETWORK,
    errno.ENETDOWN: NO_NETWORK,
}


def reason_of(fault: OSError) -> Message | str:
    """What the machine said no to, in words: no such file, a full disk, no right; what there are no words for as it is
    told there."""
    return _BY_NUMBER.get(fault.errno or 0) or fault.strerror or str(fault)
