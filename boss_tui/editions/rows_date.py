"""The business date that headquarters' rows stand at in a store.

As a rule it is the open one. At headquarters it is a later one while a hall is ahead of the office
(`headquarters.push`): what the office is shown of an earlier day is then not what its tables hold.
"""

from __future__ import annotations

from data.store import Reading, UnitOfWork
from data.tables.sync import Setting

STANDS_ON = "rows_stand_on"


def stands_on(reading: Reading) -> str:
    """The business date that headquarters' rows stand at here; empty before there are any."""
    found = reading.find(Setting, name=STANDS_ON)
    return found.value if found else ""


def stand_on(tx: UnitOfWork, day: str) -> None:
    """Note the business date that the rows stand at from now on."""
    before = tx.find(Setting, name=STANDS_ON)
    if before is None:
        tx.add(Setting, name=STANDS_ON, value=day)
    else:
        tx.change(before, value=day)
