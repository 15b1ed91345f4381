"""Reports and figures as files, from the desk: what of a closed shift or day becomes a sheet (PDF) is a marked copy.

Each is on record. A file that is there already is never written over.

A copy is counted before its file is written: a number left out harms nobody, two copies of one number do. One that
could not be written is said to be none, on record and to who wanted it; nothing of its file is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from boss_tui.components.operators.access import note_access
from boss_tui.components.till import shifts as till
from boss_tui.desk.figures import Figures
from boss_tui.desk.reporting import Reporting
from boss_tui.desk.seat import Seat
from boss_tui.desk.station import Files
from boss_tui.reports.ranking import AS_IT_STANDS, Ranking
from data.errors import NotAllowed, Outside, reason_of
from data.message import Message, say
from data.tables.sync import TRAINING, Setting
from printers import logos
from printers.spool import WORTHLESS

if TYPE_CHECKING:
    from boss_tui.reports.files import Format
    from boss_tui.reports.report import Report
    from boss_tui.reports.sheets import Printing
    from data.store import UnitOfWork

EXPORT = "report.export"
"""The act on record."""
UNWRITTEN = "report.unwritten"
"""The act on record when a file that was counted as a copy could not be written."""
FORMATS: dict[Format, Message] = {
    "pdf": say("PDF: A4 pages, marked as a copy where it is of a close"),
    "xlsx": say("XLSX: a spreadsheet"),
    "csv": say("CSV: plain tables"),
    "text": say("Text: as on the roll"),
}
_ENDINGS = {"text": "txt"}


class Exporting:
    """The part of the desk that writes files."""

    def __init__(self, seat: Seat, reports: Reporting, figures: Figures) -> None:
        self._seat, self._reports, self._figures = seat, reports, figures

    def folder(self) -> str:
        """Where files go that nobody has named a place for."""
        return str(self._files().folder)

    def report(self, kind: str, key: str, form: Format, where: str = "") -> str:
        """Write a report (asked for as `Reporting` says) to a file; answers its path.

        where: a folder, or a file that is not there yet; empty: `folder`. NotAllowed (field `where`): it is there
        already, or its folder is not. Outside: it can't be written.
        """
        place = self._place(where)
        with self._seat.writing(EXPORT) as tx:
            report = self._as_copy(tx, self._reports.data(tx, kind, key), kind, key, form)
            if kind == "day" and form in {"pdf", "xlsx"}:
                report = self._figures.compared_data(tx, report, key)
            note_access(tx, EXPORT, report.name, form)
            printing = self._printing(tx)
        try:
            return self._write(report, form, place, printing)
        except (NotAllowed, Outside) as fault:
            if report.copy:
                self._note_unwritten(report, fault)
            raise

    def _note_unwritten(self, report: Report, fault: NotAllowed | Outside) -> None:
        """Put on record that a copy was counted and is none, where the store can still take that."""
        with suppress(Outside), self._seat.writing(UNWRITTEN) as tx:
            note_access(tx, UNWRITTEN, report.name, str(report.copy))
        told = say(
            "{fault} It was counted as copy no. {n}, which is none: the next one has another number.",
            fault=fault.message,
            n=report.copy,
        )
        raise type(fault)(told, field=fault.field) from fault

    def figures(
        self, since: str, until: str, by: str, form: Format, where: str = "", how: Ranking = AS_IT_STANDS
    ) -> str:
        """Write the figures of a period (`Figures.period`) to a file; answers its path. See `report`."""
        return self.put_report(lambda tx: self._figures.period_data(tx, since, until, by, how), form, where)

    def put_report(self, make: Callable[[UnitOfWork], Report], form: Format, where: str = "") -> str:
        """Write what is made here and now to a file; answers its path. See `report`."""
        place = self._place(where)
        with self._seat.writing(EXPORT) as tx:
            report = make(tx)
            note_access(tx, EXPORT, report.name, form)
            printing = self._printing(tx)
        return self._write(report, form, place, printing)

    def report_copy(self, kind: str, key: str, form: Format) -> Report:
        """A report as data for a file that somebody prints: of a close, marked and counted as a copy; on record."""
        with self._seat.writing(EXPORT) as tx:
            report = self._as_copy(tx, self._reports.data(tx, kind, key), kind, key, form)
            note_access(tx, EXPORT, report.name, form)
        return report

    def free_place(self, where: str, name: str, ending: str) -> Path:
        """A file that is not there yet: the one that is meant, else the first that is free under this name. NotAllowed
        as in `report`."""
        place = self._place(where)
        with self._writing(place):
            return next(path for path in _names(place, name, ending) if path == place or not path.exists())

    def put_bytes(self, content: bytes, path: Path) -> str:
        """Write a file under the name that `free_place` found; answers its path."""
        return self.put_pieces([content], path)

    def put_pieces(self, pieces: Iterable[bytes], path: Path) -> str:
        """As `put_bytes`, a long file piece by piece."""
        with self._writing(path):
            return str(_put(pieces, path, path.stem, path.suffix.lstrip(".")))

    def _as_copy(self, tx: UnitOfWork, report: Report, kind: str, key: str, form: Format) -> Report:
        of = self._reports.of_close(tx, kind, key) if form == "pdf" else None
        if of is None or of.state != "closed":
            return report
        return replace(report, copy=till.note_reprint(tx, of, tx.author.operator, "PDF"))

    def _files(self) -> Files:
        return self._seat.files if self._seat.files is not None else Files(Path.cwd())

    def _place(self, where: str) -> Path:
        """Where a file is to go, looked at before anything is put on record. NotAllowed."""
        folder = self._files().folder
        place = folder / Path(where.strip()).expanduser() if where.strip() else folder
        if place == folder or place.is_dir():
            return place
        if place.exists():
            raise _taken(place)
        if place.parent != folder and not place.parent.is_dir():
            raise NotAllowed(say("There is no folder {path}.", path=str(place.parent)), field="where")
        return place

    def _write(self, report: Report, form: Format, place: Path, printing: Printing) -> str:
        from boss_tui.reports.files import written

        content = written(report, form, self._seat.words(), printing)
        with self._writing(place):
            return str(_put([content], place, report.name, _ENDINGS.get(form, form)))

    @contextmanager
    def _writing(self, place: Path) -> Iterator[None]:
        """The house's own folder is made where it is wanted. Outside: it can't be written."""
        try:
            folder = self._files().folder
            if folder in {place, place.parent}:
                folder.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as fault:
            told = say("{path} can't be written: {fault}", path=str(place), fault=reason_of(fault))
            raise Outside(told) from fault

    def _printing(self, tx: UnitOfWork) -> Printing:
        from boss_tui.reports.sheets import Printing

        person = self._seat.person(tx)
        worthless = WORTHLESS if tx.find(Setting, name=TRAINING) is not None else ""
        by = f"{person.staff_no} {person.name}"
        return Printing(by, tx.clock.now(), self._files().font, worthless, logos.current(tx))


def _put(pieces: Iterable[bytes], place: Path, name: str, ending: str) -> Path:
    """Write under the first name that is free, and answer it. NotAllowed: somebody else has just taken it."""
    for path in _names(place, name, ending):
        with suppress(FileExistsError):
            return _made(path, pieces)
    raise _taken(place)


def _made(path: Path, pieces: Iterable[bytes]) -> Path:
    """A new file, whole or not at all. FileExistsError."""
    out = path.open("xb")
    try:
        with out:
            out.writelines(pieces)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _taken(place: Path) -> NotAllowed:
    return NotAllowed(say("{path} is there already: choose another name.", path=str(place)), field="where")


def _names(place: Path, name: str, ending: str) -> Iterator[Path]:
    """In a folder the report's own name, then numbered ones; else the file that was named."""
    if not place.is_dir():
        yield place
        return
    yield place / f"{name}.{ending}"
    yield from (place / f"{name}-{n}.{ending}" for n in count(2))
