"""After headquarters was restored from a copy: nothing is handed out before every outlet was heard."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from boss_tui.headquarters.office import enrolled
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.sync import Setting

RESTORED = "headquarters_restored_at"


_SILENT = select(enrolled.c.outlet).where(enrolled.c.last_contact < bindparam("since"), enrolled.c.closed_at == "")


def all_heard(tx: UnitOfWork) -> None:
    """After a restore nothing is handed out before every outlet was heard: what it holds may have been forgotten."""
    restored = tx.find(Setting, name=RESTORED)
    if restored is None:
        return
    silent = tx.rows(_SILENT, since=restored.value)
    if silent:
        names = ", ".join(str(name) for (name,) in sorted(silent))
        told = say(
            "Headquarters was restored and has not heard from {outlets} since: wait for them, or close those that are "
            "gone for good (boss headquarters close).",
            outlets=names,
        )
        raise NotAllowed(told)
