"""Sending one job to one printer, and finding out what became of it (printing-facts 6.3 and 6.4).

One job is one connection and one piece of bytes. That bytes were taken proves nothing, so a printer that can is asked
to confirm, in its turn, after the job. Nothing is sent twice: whether to try again, the spool or a person decides.
Sending waits for the printer, so it belongs in a thread.
"""

from __future__ import annotations

import contextlib
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from data.errors import BadForm, Outside
from data.message import Message, say
from printers.links import Link, Untaken, open_link
from printers.profiles import Profile
from printers.status import ASK_PRINTER, Answers, Status, is_confirmation, is_status, near_end, read_status

CONFIRM = b"\x1dr\x01"
LONGEST_COMMANDS = (8_192, 65_536)
"""Bytes that a command that was cut off may still want: of ours, a picture of a QR code most; and the most that one can
ask for, where what came next was taken for its length."""
_CHATTER = 20  # pieces of answer for one silence, before what talks is taken for no printer


class Patience(Struct, frozen=True):
    """How long to wait, in seconds.

    Attributes:
        connect: for the connection.
        status: for the answer to a status question.
        silence: after which the printer is asked whether it is still there.
        confirm: for the confirmation of a job, to which `per_byte` adds.
        per_byte: a slow serial line takes a millisecond for a byte.
        longest: for the confirmation while the printer keeps saying that it is online.
        settle: the same, for what it still has of jobs before, until something is done about it.
    """

    connect: float = 2
    status: float = 1
    silence: float = 0.3
    confirm: float = 5
    per_byte: float = 0.001
    longest: float = 120
    settle: float = 4


PATIENCE = Patience()


class Sent(Struct, frozen=True):
    """What became of a job.

    Attributes:
        state: acknowledged: the printer said so. refused: not a byte of the job was sent, it may be tried again.
            unknown: it may have come out, or may yet; a person decides. unconfirmed: sent to a printer that can't say.
        reason: for refused and unknown: why, and what to do.
        near_end: the printer said that its paper is nearly used up.
    """

    state: Literal["acknowledged", "refused", "unknown", "unconfirmed"]
    reason: Message = field(default_factory=lambda: Message(""))
    near_end: bool = False


def status(address: str, profile: Profile, patience: Patience = PATIENCE) -> Status:
    """Ask the printer how it is: unanswered where it can't say. BadForm if the address is none; Outside if it cannot be
    reached."""
    link = open_link(address, patience.connect)
    try:
        return read_status(link, patience.status) if profile.status and link.answers else Status()
    except OSError as fault:
        raise Outside(_broken(fault)) from fault
    finally:
        _let_go(link)


def send(address: str, profile: Profile, job: bytes, patience: Patience = PATIENCE) -> Sent:
    """Print the job. Whatever fails is in the answer; an address that is none is a refusal too."""
    try:
        link = open_link(address, patience.connect)
    except (Outside, BadForm) as fault:
        return Sent("refused", fault.message)
    if not link.answers:
        profile = replace(profile, status=False, ack="none")
    try:
        refused = _refusal(link, profile, patience)
        return refused or _deliver(link, profile, job, patience)
    finally:
        _let_go(link)


def _let_go(link: Link) -> None:
    with contextlib.suppress(OSError):  # a cable that was pulled; what became of the job is known already
        link.close()


def _refusal(link: Link, profile: Profile, patience: Patience) -> Sent | None:
    """Why the job is not sent, if there is a reason: the printer is not ready, or does not do what its profile says."""
    try:
        if profile.status:
            found = read_status(link, patience.status)
            if not (found.answered and found.online):
                return Sent("refused", found.message())
        return None if profile.ack == "none" else _settled(link, profile, patience)
    except OSError as fault:
        return Sent("refused", _broken(fault))


def _settled(link: Link, profile: Profile, patience: Patience) -> Sent | None:
    """Let it finish what it still has, and hear all it has to say about that.

    A job that stopped for want of paper confirms itself when it is printed at last. That must not be taken for the
    confirmation of the next job, from which no bit of it differs. One that was cut off in the middle of a command, such
    as a QR code's, swallows what comes next, whoever sends it: as many zeros as its longest command may want, which
    print nothing, end that (printing-facts 6.1 i).
    """
    link.send(CONFIRM, patience.status)
    heard, asked, quiet = _heard(link, profile, patience.confirm, _settling(patience)), 1, patience.silence
    for zeros in LONGEST_COMMANDS:
        if heard is None:  # what was cut off in the middle of a command takes all that comes for its rest
            quiet, asked = patience.confirm + zeros * patience.per_byte, asked + 1
            link.send(bytes(zeros) + CONFIRM, quiet)
            heard = _heard(link, profile, patience.confirm, _settling(patience))
    if isinstance(heard, Status):
        return Sent("refused", heard.message())
    if heard is None:
        return Sent("refused", say("The printer does not confirm. Is it still printing, and is its profile right?"))
    return _quiet(link, asked, quiet, patience)


def _quiet(link: Link, asked: int, quiet: float, patience: Patience) -> Sent | None:
    """Nothing more is to come, once one confirmation was heard. It may be that of an earlier question, where several
    were asked of a printer that was only slow: the last one's is waited for, or the job would be taken for printed."""
    answers, heard = Answers(), 1
    for _turn in range(_CHATTER):
        received = link.receive(quiet if heard < asked else patience.silence)
        if not received:
            return None
        heard += sum(is_confirmation(byte) for byte in answers.read(received))
    return Sent("refused", say("What answers at the printer's address is not a printer."))


def _settling(patience: Patience) -> Patience:
    return replace(patience, longest=patience.settle)


def _deliver(link: Link, profile: Profile, job: bytes, patience: Patience) -> Sent:
    """From here on, nobody but the printer knows."""
    waiting = patience.confirm + len(job) * patience.per_byte
    confirms = profile.ack == "gs_r"
    try:
        link.send(job + (CONFIRM if confirms else b""), waiting)
        sent = _outcome(_heard(link, profile, waiting, patience)) if confirms else Sent("unconfirmed")
    except Untaken as fault:
        return Sent("refused", fault.why)
    except OSError as fault:
        return Sent("unknown", _broken(fault))
    if sent.state == "acknowledged" and profile.status and not sent.near_end:
        return replace(sent, near_end=_runs_low(link, patience))
    return sent


def _runs_low(link: Link, patience: Patience) -> bool:
    """Whether its paper is nearly used up: some models say so when they are asked for it alone. What became of the job
    is known already, whatever becomes of the wire now."""
    try:
        return near_end(link, patience.status)
    except OSError:
        return False


def _outcome(heard: int | Status | None) -> Sent:
    if isinstance(heard, int):
        return Sent("acknowledged", near_end=bool(heard & 0x0F))
    if heard is None:
        return Sent("unknown", say("The printer took the job but did not confirm it. Look whether it came out."))
    why = heard.message()
    return Sent("unknown", say("The printer stopped while printing and may print the rest later. {why}", why=why))


def _heard(link: Link, profile: Profile, waiting: float, patience: Patience) -> int | Status | None:
    """The byte that confirms; or the printer's status if it stopped; or None if it said neither in time.

    Time is counted in silences, and does not run out as long as the printer says that it is online.
    """
    answers = Answers()
    left, most = (max(1, round(seconds / patience.silence)) for seconds in (waiting, patience.longest))
    for _turn in range(most * _CHATTER):
        received = link.receive(patience.silence)
        for byte in answers.read(received):
            if is_confirmation(byte):
                return byte
            if is_status(byte) and byte & 0x08:
                return read_status(link, patience.status)
            left += is_status(byte)
        if received:
            continue
        left, most = left - 1, most - 1
        if left <= 0 or most <= 0:
            break
        if profile.status:
            link.send(ASK_PRINTER, patience.status)
    return None


def _broken(fault: OSError) -> Message:
    if isinstance(fault, TimeoutError):
        return say("The printer takes no data.")
    return say("The connection to the printer broke: {fault}", fault=str(fault) or type(fault).__name__)
