"""Who is at work now 在岗 (M7): at which counter, since when, with which forms open and whose drawer.

It is read from the record of sign-ons; a desk that did not end in order is told as signed on until another signs on
there. At headquarters it is told of all outlets, as far as they have pushed; forms are known at their hall alone.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, or_, select

from data.clock import stamp
from data.store import Reading
from data.tables.finance import Shift
from data.tables.order import Draft
from data.tables.organisation import Operator
from data.tables.sync import AccessLog

LONGEST = timedelta(hours=24)
"""Nobody works longer at a stretch: who signed on before that is told no more."""

_log = AccessLog.table()
_SIGNS = (
    select(*_log.c)
    .where(
        _log.c.act.in_(("sign_on", "sign_off", "lock", "unlock")),
        _log.c.made_at >= bindparam("after"),
        or_(bindparam("outlet") == "", _log.c.outlet == bindparam("outlet")),
    )
    .order_by(_log.c.made_at, _log.c.id)
)


class AtWork(Struct, frozen=True):
    """Somebody at a counter. `since`: a stored time; `locked`: they went away; `forms`: the businesses of the
    forms that they are in; `drawer`: whether a shift is open there."""

    outlet: str
    counter: str
    staff_no: str
    name: str
    since: str
    locked: bool = False
    forms: tuple[str, ...] = ()
    drawer: bool = False


def at_work(reading: Reading, outlet: str = "") -> list[AtWork]:
    """Who is at work, by counter; `outlet` empty: everywhere."""
    found: dict[str, AtWork] = {}
    after = stamp(reading.present() - LONGEST)
    for line in reading.models(AccessLog, _SIGNS, after=after, outlet=outlet):
        counter = line.counter or ""
        here = found.get(counter)
        if line.act == "sign_on":
            found[counter] = AtWork(line.outlet or "", counter, line.operator, "", line.made_at)
        elif here is not None and line.act == "sign_off":
            del found[counter]
        elif here is not None and here.staff_no == line.operator:
            found[counter] = replace(here, locked=line.act == "lock")
    return [_with_work(reading, found[counter]) for counter in sorted(found)]


def _with_work(reading: Reading, here: AtWork) -> AtWork:
    person = reading.find(Operator, staff_no=here.staff_no)
    drafts = reading.all(Draft, operator=here.staff_no, counter=here.counter, state="open", order=("number",))
    return replace(
        here,
        name=person.name if person else "",
        forms=tuple(draft.code for draft in drafts),
        drawer=reading.find(Shift, till=here.counter, state="open") is not None,
    )
