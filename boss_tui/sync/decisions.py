"""What headquarters decided about an entry that it put aside, as the outlet hears of it: a task, where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from boss_tui.components.alarms import raise_alarm
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.order import ProductOrder
from data.tables.sync import JournalEntry, SyncException

KIND = "compensate"


def hear(tx: UnitOfWork, told: Iterable[Mapping[str, Any]]) -> None:
    """Raise a task for each customer who gets back what was taken; before the decisions are written, so that one that
    is known already raises none."""
    for row in told:
        if row.get("decision") == "compensated":
            here = tx.find(SyncException, id=row["id"])
            if here is None or here.decision != "compensated":
                raise_alarm(tx, KIND, _task(tx, row))


def _task(tx: UnitOfWork, row: Mapping[str, Any]) -> Message:
    entry = tx.find(JournalEntry, outlet=row["outlet"], epoch=row["epoch"], seq=row["seq"])
    order = tx.find(ProductOrder, serial=entry.serial) if entry is not None and entry.serial else None
    return say(
        "Headquarters can't book order {serial} (entry {seq}): the customer gets {yuan} yuan back. Take the order "
        "back, do it anew for them, or hand it to headquarters; then say here what was done. {words}",
        serial=order.serial if order is not None else "-",
        seq=row["seq"],
        yuan=yuan(row["held"]),
        words=row["resolution"],
    )
