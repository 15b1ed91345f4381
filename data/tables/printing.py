"""Where paper comes out (design 8): which counter's papers of which kind go to which printer, and how its roll is."""

from __future__ import annotations

from data.tables.base import LOCAL, Table, options, text, version

ANY = "any"


class PrinterRoute(Table, table=True):
    """Papers of a kind, of a counter, come out of a printer 打印路由. `counter` and `kind` may be `ANY`: of all that
    have no row of their own. The hall sets it; `printers.routes` says which row counts."""

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    counter: str = text(key=True)
    kind: str = text(key=True)
    printer: str = text()
    version: int = version()


class PrinterRoll(Table, table=True):
    """What a printer said last of its roll 纸卷. `near_end_since`: when it was first seen nearly used up; empty: there
    is enough."""

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    printer: str = text(key=True)
    near_end_since: str = text("")
    version: int = version()
