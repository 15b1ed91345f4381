"""Files of red and black lists at the desk of the office: read and told, taken into editions, the rejects as a file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from boss_tui.components.base import Context
from boss_tui.desk.exporting import Exporting
from boss_tui.desk.managing import Managing
from boss_tui.desk.seat import Seat
from boss_tui.management.m03_2 import list_files as files
from boss_tui.management.m03_2.list_files import ReadList
from boss_tui.management.subjects import subject
from data.message import Message
from data.statements import table_name
from data.tables.customer import ListedPerson, ListFile
from data.tables.edition import Edition

CODE = "M3.2"


class TakenList(Struct, frozen=True):
    """A file that was taken: what it is in words, and the first edition that it came into."""

    file: ListFile
    says: Message
    edition: Edition


class ListFiles:
    """The part of the desk that takes in lists of people."""

    def __init__(self, seat: Seat, managing: Managing, files_: Exporting) -> None:
        self._seat, self._managing, self._files = seat, managing, files_

    def is_one(self, name: str, path: Path) -> bool:
        """Whether a file says that it is a list, where lists of people are kept (`name`: M3.2/listed_person). Outside:
        it can't be read, wherever."""
        return files.is_one(path) and name.partition("/")[2] == table_name(ListedPerson)

    def read(self, path: Path) -> ReadList:
        """A file against the list as it stands. BadForm (`file`), Outside: see `m03_2.list_files.read`."""
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject(CODE))
            return files.read(reading, path, self._managing.today(reading))

    def rejected(self, found: ReadList, where: str = "") -> str:
        """The lines that can't be into a file, with line, field and why; its path."""
        path = self._files.free_place(where, f"{Path(found.name).stem}-rejects", "csv")
        return self._files.put_bytes(files.rejected(found, self._seat.words()), path)

    def take(self, path: Path, **said: str) -> list[Edition]:
        """A file into editions, all in one go, read again as it is now. Without a title they are called by what the
        file is. NotAllowed: nothing of it is taken."""
        rules = self._managing.rules()

        def taken(at: Context) -> list[Edition]:
            found = files.read(at.tx, path, at.business_date)
            title = said.get("title", "").strip() or self._seat.words()(files.called(at.tx, found.head))
            return files.take(at, found, {**said, "title": title}, rules)

        return self._managing.doing(subject(CODE), taken)

    def taken(self) -> list[TakenList]:
        """The files that were taken, the last first."""
        with self._seat.reading() as reading:
            self._managing.must_look(reading, subject(CODE))
            files_taken = reading.all(ListFile, order=("-taken_at", "-id"))
            editions = reading.several(Edition, ((row.edition,) for row in files_taken))
            return [TakenList(row, files.called(reading, row), editions[row.edition,]) for row in files_taken]
