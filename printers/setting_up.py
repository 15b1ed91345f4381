"""Printers are set up, changed, switched off and removed; each answers what becomes of the papers that they take.

The first printer of a hall takes every paper. Another one takes none until the hall says so (`printers.routes`): what
came out at one place does not come out at another because somebody added a printer. Rules stand here for the screen and
the command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import bindparam, select, text, update

from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.printing import ANY, PrinterRoute
from data.tables.sync import UNSETTLED, Printer, PrintJob
from printers.jobs import fail_over, is_down, move
from printers.links import check_address
from printers.profiles import profile
from printers.routes import KINDS, Changes, no_printer, printer_for, printers, the_printer, waiting, waits

FAIL_OVER = {
    "never": say("never: its papers wait"),
    "ask": say("ask: a person says so"),
    "self": say("by itself"),
}
"""Whether a printer's papers go to its stand-in while it can't print."""

USUAL = "80mm"
"""The profile of a new printer of which nothing is said."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
_jobs = PrintJob.table()
_routes = PrinterRoute.table()
_LEFT = (
    select(*_jobs.c)
    .where(text(f"print_job.{UNSETTLED}"), _jobs.c.printer == bindparam("printer"))
    .order_by(_jobs.c.rank, _jobs.c.queued_at, _jobs.c.id)
)


def set_up(tx: UnitOfWork, outlet: str, code: str, values: Mapping[str, str]) -> list[Message]:
    """Set up a printer, or change what is said of it: address, profile, kinds, state, stand_in, fail_over; what is not
    said stays. Answers what changes by it. BadForm beside each field that is wrong."""
    before = tx.find(Printer, code=code)
    if "kinds" in values:
        values = {**values, "kinds": ",".join(re.split(r"[,，、;\s]+", values["kinds"].strip().lower()))}
    if before is not None and before.state == "removed":
        values = {"state": "active", "stand_in": "", "fail_over": "never", **values}
    _must_be_right(tx, code, before, values)
    first = not printers(tx)
    _keep_shared(tx)
    with Changes(tx, outlet) as changes:
        if before is None:
            tx.add(Printer, code=code, **{"profile": USUAL, **values})
        else:
            tx.change(before, **values)
        if first:
            _share(tx, code)
    told = changes.in_words()
    if not first and (before is None or before.state == "removed") and not told:
        told = [
            say(
                "No paper comes out of {printer} yet: say which (boss printer route set COUNTER KIND {printer}, or "
                "the place 'printers').",
                printer=code,
            )
        ]
    row = tx.one(Printer, code=code)
    if values.get("stand_in") and row.fail_over == "never":
        told.append(
            say(
                "{other} takes no paper of {printer} before that is chosen (--fail-over ask, or self).",
                other=row.stand_in,
                printer=code,
            )
        )
    return [*told, *_of_state(tx, row)]


def switch(tx: UnitOfWork, outlet: str, code: str, on: bool) -> list[Message]:
    """Switch a printer off, so that its papers wait or its stand-in has them, or on again."""
    return set_up(tx, outlet, the_printer(tx, code).code, {"state": "active" if on else "off"})


def remove(tx: UnitOfWork, outlet: str, code: str, to: str = "") -> list[Message]:
    """A printer is no more: what waits at it, and what is set to come out of it, goes `to` another. Answers what
    changes by it. NotAllowed while a paper is at it that nobody knows the end of, or that has nowhere to go."""
    gone = the_printer(tx, code)
    jobs = tx.models(PrintJob, _LEFT, printer=code)
    _must_be_removable(tx, gone, jobs, to)
    with Changes(tx, outlet) as changes:
        for job in jobs:
            move(tx, job.id, to)
        if to:
            tx.run(update(_routes).where(_routes.c.printer == code).values(printer=to))
        else:
            tx.run(_routes.delete().where(_routes.c.printer == code))
        orphans = [row for row in printers(tx) if row.stand_in == code]
        for row in orphans:
            tx.change(row, stand_in="", fail_over="never")
        tx.change(gone, state="removed", stand_in="", fail_over="never")
    told = changes.in_words()
    if jobs:
        told.append(say("Papers that waited at {printer} come out of {to}: {n}.", n=len(jobs), printer=code, to=to))
    told += [say("{printer} has no stand-in any more: its papers wait.", printer=row.code) for row in orphans]
    return told


def _must_be_removable(tx: UnitOfWork, gone: Printer, jobs: list[PrintJob], to: str) -> None:
    others = [row.code for row in printers(tx) if row.code != gone.code]
    if not others:
        raise NotAllowed(
            say(
                "{printer} is the only printer. Set up another first, or switch it off: papers wait then.",
                printer=gone.code,
            )
        )
    if to and to not in others:
        raise NotAllowed(no_printer(tx, to), field="to")
    doubtful = [job for job in jobs if job.state in {"sending", "unknown"}]
    if doubtful:
        told = say(
            "Papers that are at {printer}, or of which nobody knows whether they came out: {n}. Decide them "
            "first (queues, or boss print decide).",
            n=len(doubtful),
            printer=gone.code,
        )
        raise NotAllowed(told)
    shared = tx.find(PrinterRoute, counter=ANY, kind=ANY)
    if not to and shared is not None and shared.printer == gone.code:
        raise NotAllowed(
            say(
                "{printer} is the hall's own. Say which takes its place (--to): {others}.",
                printer=gone.code,
                others=", ".join(others),
            ),
            field="to",
        )
    if not to and jobs:
        raise NotAllowed(
            say(
                "Papers that wait at {printer}: {n}. Say where they come out (--to): {others}.",
                printer=gone.code,
                n=len(jobs),
                others=", ".join(others),
            ),
            field="to",
        )


def _must_be_right(tx: UnitOfWork, code: str, before: Printer | None, values: Mapping[str, str]) -> None:
    wrong: dict[str, Message] = {}
    if before is None and (not _CODE.fullmatch(code) or code.casefold() == ANY):
        wrong["code"] = say("Letters and digits, 16 at most, such as P80.")
    if "address" in values:
        try:
            check_address(values["address"])
        except BadForm as fault:
            wrong |= fault.errors
    elif before is None:
        wrong["address"] = say("Where is it? Such as tcp://192.168.1.50:9100.")
    if "profile" in values:
        profile(values["profile"])
    wrong |= _wrong_kinds(values.get("kinds", KINDS[0]))
    wrong |= _wrong_stand_in(tx, code, before, values)
    if wrong:
        raise BadForm(wrong)


def _wrong_kinds(kinds: str) -> dict[str, Message]:
    unknown = [kind for kind in kinds.split(",") if kind not in KINDS]
    if not unknown:
        return {}
    told = say("There is no kind of paper {kind}. There are: {known}.", kind=unknown[0], known=", ".join(KINDS))
    return {"kinds": told}


def _wrong_stand_in(tx: UnitOfWork, code: str, before: Printer | None, values: Mapping[str, str]) -> dict[str, Message]:
    if not values.keys() & {"stand_in", "fail_over"}:
        return {}
    stand_in = values.get("stand_in", before.stand_in if before else "")
    fail_over = values.get("fail_over", before.fail_over if before else "never")
    if fail_over not in FAIL_OVER:
        return {"fail_over": say("One of: {known}.", known=", ".join(FAIL_OVER))}
    if stand_in and stand_in == code:
        return {"stand_in": say("Another printer than itself.")}
    if stand_in and stand_in not in {row.code for row in printers(tx)}:
        return {"stand_in": no_printer(tx, stand_in)}
    if fail_over != "never" and not stand_in:
        return {"stand_in": say("Say which printer stands in for it.")}
    return {}


def _keep_shared(tx: UnitOfWork) -> None:
    """A hall with printers has one that is its own: whichever takes papers now, before anything is changed."""
    if printers(tx) and tx.find(PrinterRoute, counter=ANY, kind=ANY) is None:
        _share(tx, printer_for(tx, ANY, ANY).code)


def _share(tx: UnitOfWork, code: str) -> None:
    row = tx.find(PrinterRoute, counter=ANY, kind=ANY)
    if row is None:
        tx.add(PrinterRoute, counter=ANY, kind=ANY, printer=code)
    else:
        tx.change(row, printer=code)


def _of_state(tx: UnitOfWork, row: Printer) -> list[Message]:
    """What becomes of the papers of a printer that can't print."""
    gone = fail_over(tx, row) if row.fail_over == "self" and is_down(tx, row) else []
    names = {"printer": row.code, "other": row.stand_in, "n": len(gone)}
    told = [say("Papers that waited at {printer} come out of {other}, its stand-in: {n}.", **names)] if gone else []
    if row.state == "active":
        return told
    if row.fail_over == "self":
        told.append(say("{printer} is off: {other} has its papers until it is on again.", **names))
    count = waiting(tx, row.code)
    if row.fail_over != "self" or count:
        told.append(waits(row, count))
    return told
