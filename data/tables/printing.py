"""Where paper comes out (design 8): which counter's papers of which kind go to which printer, and how its roll is."""

from data.tables.base import LOCAL, Table, blob, integer, options, revision, text

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
    revision: int = revision()


class PrinterRoll(Table, table=True):
    """What a printer said last of its roll 纸卷. `near_end_since`: when it was first seen nearly used up; empty: there
    is enough."""

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    printer: str = text(key=True)
    near_end_since: str = text("")
    revision: int = revision()


class Logo(Table, table=True):
    """A picture that stands at the top of papers 票头标志, as it was set: papers that are on their way keep theirs when
    another is set, so that none is changed. `kinds`: of the papers that carry it now; empty: it was put away.
    `picture`: PNG without what is transparent or blank around it."""

    __owner__ = LOCAL
    __published__ = True
    __table_args__ = options()
    number: int = integer(key=True)
    kinds: str = text("")
    picture: bytes = blob()
    set_by: str = text("")
    set_at: str = text()
    revision: int = revision()


class LogoRaster(Table, table=True):
    """A logo in the dots of a paper's width, as the printer is told it: made once, when the logo is set."""

    __owner__ = LOCAL
    __published__ = True
    __append_only__ = True
    __table_args__ = options()
    number: int = integer(key=True)
    dots: int = integer(key=True)
    content: bytes = blob()
