"""Which printer a paper comes out of: what the hall has set, else a default that says what it is (design 8).

In this order, the first printer that takes the kind of paper: the one set for this counter and kind; for this counter;
the counter's own, as headquarters has it; the hall's for this kind; the hall's. A hall that has set none uses the only
printer that takes it. All of this is read from published rows: it holds in every program from the next transaction on.
A printer that is off keeps its papers until it is on again; who else may take them is in `printers.jobs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select, text

from data.errors import BadForm, NotFound, OutOfStock
from data.message import Message, say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.organisation import Counter
from data.tables.printing import ANY, PrinterRoute
from data.tables.sync import UNSETTLED, Printer, PrintJob

KINDS = ("invoice", "receipt", "slip", "contract", "report", "cash")
"""The kinds of paper that a printer may take."""

_routes = PrinterRoute.table()
_jobs = PrintJob.table()
_DELETE = delete(_routes).where(_routes.c.counter == bindparam("of_counter"), _routes.c.kind == bindparam("of_kind"))
_WAITING = select(func.count()).where(
    text(f"print_job.{UNSETTLED}"), _jobs.c.printer == bindparam("printer"), _jobs.c.state.in_(("queued", "refused"))
)

SET = say("set for this counter and paper")
OF_COUNTER = say("set for this counter")
OWN = say("the counter's own")
OF_KIND = say("the hall's for this paper")
OF_HALL = say("the hall's")
ONLY = say("the only one that takes it")
FIRST = say("none is set: the first by its code")


class ChosenPrinter(Struct, frozen=True):
    """The printer that takes a paper, and by what."""

    printer: Printer
    by: Message


def printers(reading: Reading) -> list[Printer]:
    """The printers of this outlet, also those that are off."""
    return [row for row in reading.all(Printer, order=("code",)) if row.state != "removed"]


def takes(printer: Printer, kind: str) -> bool:
    """Whether it takes a kind of paper."""
    return kind in printer.kinds.split(",")


def first_taken(reading: Reading, kinds: Sequence[str]) -> str:
    """The first of these kinds of paper that a printer here takes; the last where none is taken."""
    able = printers(reading)
    return next((kind for kind in kinds if any(takes(printer, kind) for printer in able)), kinds[-1])


def printer_for(reading: Reading, counter: str, kind: str) -> Printer:
    """The printer for a kind of paper of a counter. OutOfStock when none takes it."""
    return taken(reading, counter, kind).printer


def taken(reading: Reading, counter: str, kind: str) -> ChosenPrinter:
    """The same, and by what. `counter`, `kind`: `ANY` asks for what is set for all."""
    return reading.worked_out(f"printer of {counter} {kind}", lambda: _taken(reading, counter, kind))


def _taken(reading: Reading, counter: str, kind: str) -> ChosenPrinter:
    able = {row.code: row for row in printers(reading) if kind == ANY or takes(row, kind)}
    if not able:
        raise OutOfStock(
            say("No printer takes this kind of paper: {kind}. Set one up (boss printer set).", kind=name_of(kind))
        )
    for code, by in _chosen(reading, counter, kind):
        if code in able:
            return ChosenPrinter(able[code], by)
    in_use = [row for row in able.values() if row.state == "active"] or list(able.values())
    return ChosenPrinter(in_use[0], ONLY if len(in_use) == 1 else FIRST)


def _chosen(reading: Reading, counter: str, kind: str) -> Iterator[tuple[str, Message]]:
    rows = {(row.counter, row.kind): row.printer for row in reading.all(PrinterRoute)}
    of_kind = kind if kind != ANY else ""
    if counter != ANY:
        at = reading.find(Counter, code=counter)
        yield rows.get((counter, of_kind), ""), SET
        yield rows.get((counter, ANY), ""), OF_COUNTER
        yield (at.printer if at else ""), OWN
    yield rows.get((ANY, of_kind), ""), OF_KIND
    yield rows.get((ANY, ANY), ""), OF_HALL


def names_of(kinds: Sequence[str]) -> Message:
    """Several kinds of paper in words."""
    if set(kinds) == set(KINDS):
        return name_of(ANY)
    together = ", ".join(f"{{k{place}}}" for place in range(len(kinds)))
    return Message(together, {f"k{place}": name_of(kind) for place, kind in enumerate(kinds)})


class Place(Struct, frozen=True):
    """Where a counter's papers of a kind come out, and by what. `is_set`: a row of its own says so."""

    counter: str
    kind: str
    printer: str
    is_set: bool
    by: Message


def table(reading: Reading, outlet: str) -> list[Place]:
    """Where everything comes out: of the hall first, then counter by counter; and all that is set, kind by kind."""
    rows = {(row.counter, row.kind) for row in reading.all(PrinterRoute)}
    return [
        _place(reading, counter, kind, (counter, kind) in rows)
        for counter in (ANY, *counters(reading, outlet))
        for kind in (ANY, *KINDS)
        if kind != ANY or counter == ANY or (counter, kind) in rows
    ]


def _place(reading: Reading, counter: str, kind: str, is_set: bool) -> Place:
    try:
        found = taken(reading, counter, kind)
    except OutOfStock as none:
        return Place(counter, kind, "", is_set, none.message)
    return Place(counter, kind, found.printer.code, is_set, found.by)


def name_of(kind: str) -> Message:
    """A kind of paper, or all of them, in words."""
    return say("every paper") if kind == ANY else kind_name(kind)


def counters(reading: Reading, outlet: str) -> list[str]:
    """The counters of the outlet."""
    return [row.code for row in reading.all(Counter, outlet=outlet, order=("code",))]


def waiting(reading: Reading, printer: str) -> int:
    """How many papers wait at a printer."""
    return int(reading.scalar(_WAITING, printer=printer))


def waits(printer: Printer, count: int) -> Message:
    """What is said of a printer that is off, at which so many papers wait."""
    return say("{printer} is off: its papers wait until it is on again (now: {n}).", printer=printer.code, n=count)


def set_route(tx: UnitOfWork, outlet: str, counter: str, kind: str, printer: str) -> list[Message]:
    """Papers of a kind, of a counter, come out of a printer from now on. Answers what changes by it. BadForm says
    beside which of the three what is wrong."""
    counter, kind = _folded(counter), kind.strip().lower()
    _must_be_there(tx, outlet, counter, kind, printer)
    with Changes(tx, outlet) as changes:
        row = tx.find(PrinterRoute, counter=counter, kind=kind)
        if row is None:
            tx.add(PrinterRoute, counter=counter, kind=kind, printer=printer)
        else:
            tx.change(row, printer=printer)
    told, to = changes.in_words(), the_printer(tx, printer)
    return told if to.state == "active" else [*told, waits(to, waiting(tx, printer))]


def _folded(counter: str) -> str:
    """A counter as it is called, however it was typed."""
    typed = counter.strip()
    return ANY if typed.lower() == ANY else typed.upper()


def clear_route(tx: UnitOfWork, outlet: str, counter: str, kind: str) -> list[Message]:
    """What was set for a counter and kind holds no more: the default does. Answers what changes by it. BadForm when
    nothing was set, or when it is the hall's own choice between several printers."""
    counter, kind = _folded(counter), kind.strip().lower()
    if tx.find(PrinterRoute, counter=counter, kind=kind) is None:
        told = say("Nothing is set for {counter} and {kind}.", counter=counter, kind=name_of(kind))
        raise BadForm({"counter": told})
    if (counter, kind) == (ANY, ANY) and len(printers(tx)) > 1:
        raise BadForm({"counter": say("The hall has several printers: set another as its own instead.")})
    with Changes(tx, outlet) as changes:
        tx.run(_DELETE, of_counter=counter, of_kind=kind)
    return changes.in_words()


def _must_be_there(tx: UnitOfWork, outlet: str, counter: str, kind: str, printer: str) -> None:
    wrong: dict[str, Message] = {}
    known = counters(tx, outlet)
    found = {row.code: row for row in printers(tx)}
    if counter not in (ANY, *known):
        wrong["counter"] = say(
            "There is no counter {counter}, but: {known}, and {any} for all.",
            counter=counter,
            known=", ".join(known),
            any=ANY,
        )
    if kind not in (ANY, *KINDS):
        wrong["kind"] = say(
            "There is no kind of paper {kind}, but: {known}, and {any} for all.",
            kind=kind,
            known=", ".join(KINDS),
            any=ANY,
        )
    if printer not in found:
        wrong["printer"] = no_printer(tx, printer)
    elif kind in KINDS and not takes(found[printer], kind):
        wrong["printer"] = say(
            "{printer} does not take this: {kind}. It takes: {kinds}.",
            printer=printer,
            kind=name_of(kind),
            kinds=found[printer].kinds,
        )
    if wrong:
        raise BadForm(wrong)


def the_printer(reading: Reading, code: str) -> Printer:
    """A printer by its code. NotFound says which there are."""
    found = next((row for row in printers(reading) if row.code == code), None)
    if found is None:
        raise NotFound(no_printer(reading, code), field="printer")
    return found


def no_printer(reading: Reading, code: str) -> Message:
    """What is said of a printer that there is none of."""
    known = ", ".join(row.code for row in printers(reading))
    if not known:
        return say("There is no printer {printer}. Set one up (boss printer set).", printer=code)
    return say("There is no printer {printer}, but: {known}.", printer=code, known=known)


class Changes:
    """What a piece of work changes about where papers come out, counter by counter and kind by kind, to be told."""

    def __init__(self, tx: UnitOfWork, outlet: str) -> None:
        self._tx, self._outlet = tx, outlet
        self._before: dict[tuple[str, str], str] = {}
        self._after: dict[tuple[str, str], str] = {}

    def __enter__(self) -> Changes:
        self._before = self._now()
        return self

    def __exit__(self, fault: object, *_: object) -> None:
        if fault is None:
            self._after = self._now()

    def _now(self) -> dict[tuple[str, str], str]:
        found = {}
        for counter in counters(self._tx, self._outlet) or [ANY]:
            for kind in KINDS:
                try:
                    found[counter, kind] = printer_for(self._tx, counter, kind).code
                except OutOfStock:
                    found[counter, kind] = ""
        return found

    def in_words(self) -> list[Message]:
        """One line for all kinds that move alike at the same counters; what waits stays where it is."""
        moved: dict[tuple[str, str, str], list[str]] = {}
        for (counter, kind), after in self._after.items():
            if after != self._before[counter, kind]:
                moved.setdefault((kind, self._before[counter, kind], after), []).append(counter)
        alike: dict[tuple[str, str, str], list[str]] = {}
        for (kind, before, after), at in moved.items():
            alike.setdefault((before, after, ", ".join(at)), []).append(kind)
        lines = [self._line(kinds, *where) for where, kinds in alike.items()]
        left = sorted({before for before, _, _ in alike if before})
        return [*lines, *(stays for code in left if (stays := self._stays(code)))]

    def _line(self, kinds: list[str], before: str, after: str, at: str) -> Message:
        where = {"kind": names_of(kinds), "counters": at, "before": before, "after": after}
        if not after:
            return say(
                "At {counters}, {kind}: no printer takes it any more, and nothing that needs it can be done. "
                "Set one up (boss printer set).",
                **where,
            )
        if not before:
            return say("At {counters}, {kind}: out of {after} now.", **where)
        return say("At {counters}, {kind}: out of {after} now, no more of {before}.", **where)

    def _stays(self, code: str) -> Message | None:
        count = waiting(self._tx, code)
        row = next((row for row in printers(self._tx) if row.code == code), None)
        if not count or row is None:
            return None
        return say(
            "Papers that wait at {printer} stay there: {n} (boss print move, or the queues, move them).",
            n=count,
            printer=code,
        )
