"""A simulated element that is told work orders one by one, without batches: it knows the hall's subscribers, obeys
each whole or not at all, and is compared with the book."""

from __future__ import annotations

from pathlib import Path

from boss_tui.network import present, rows
from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.machine.state import ElementRefusal
from boss_tui.network.preload import preload
from boss_tui.network.queue import lines_for
from data.clock import Clock
from data.demo.hall import ELEMENT
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.network import WorkOrder


def element_of(store: Store, folder: Path, clock: Clock, speaks: str = "huawei") -> Element:
    """The hall's element, which knows all living subscribers already."""
    folder.mkdir(exist_ok=True)
    element = Element(folder / "e.db", dialect(speaks), FolderGateway(folder / "g"), clock=clock, code=ELEMENT)
    with store.reading() as reading:
        preload(element.state, reading, ELEMENT, element.dialect)
    return element


def obey(tx: UnitOfWork, element: Element, work: WorkOrder) -> str:
    """Have the element do an automatic work order; answers its refusal, and nothing of it is done then."""
    lines = lines_for(tx, element.dialect.name, *present.asked_now(tx, work))
    try:
        with element.state.transaction():
            for line in lines:
                element.machine.obey(element.state, line.text)
    except ElementRefusal as refusal:
        return f"{work.act}: {refusal}"
    return ""


def answer(tx: UnitOfWork, element: Element, work: WorkOrder) -> str:
    """The element does it, or refuses and a person has to; answers the refusal."""
    if present.differs(tx, work):
        work = present.renew(tx, work)
    refusal = obey(tx, element, work)
    if refusal:
        rows.fail(tx, work, say("The element refused: {code} {text}", code="13", text=refusal))
    else:
        rows.finish(tx, work, element.code)
    return refusal
