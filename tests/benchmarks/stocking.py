"""Numbers as stock: a file of very many judged and taken in, against bare inserts of the same rows, page by page; how
much memory that takes; the list of them, as somebody types.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boss_tui.desk import Desk
from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.stream import publish
from boss_tui.management.kit import listing
from boss_tui.management.kit.filters import read_filter
from boss_tui.management.kit.stock import PAGE
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.subjects import named
from boss_tui.sync.keys import make_key
from data.demo.numbers import _GRADES, _PATTERNS
from data.journal import Author
from data.statements import columns, row_values
from data.tables.edition import Edition
from data.tables.resource import PhoneNumber
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples
from tests.boss_tui.editions.office import MAKER, PASSWORD, TODAY
from tests.boss_tui.editions.office import Desk as Stage

NAME = "M5/phone_number"
AIM = 3.0
FLAT_MB = 64.0
"""What a file of any length may take beyond what the program has."""
TRIES = 40
FIRST = 13_800_000_000
BLOCK = 10_000


def rows(folder: Path, count: int) -> list[Row]:
    """Of so many numbers."""
    stage = Stage.made(f"sqlite:///{folder / 'office.db'}")
    office = Office(stage.store, make_key(folder / "office.key"))
    try:
        with stage.store.transaction(Author("", "first", ""), journalled=False) as tx:
            publish(tx, office.key, _edition(), list(published(count + BLOCK)))
        desk = offices.desk(office)
        desk.signing.sign_on(MAKER, PASSWORD)
        return [*_import(stage, desk, folder, count), _block(stage, desk, count), *_listed(stage, count)]
    finally:
        stage.store.close()


def _edition() -> Edition:
    said: dict[str, Any] = {
        "subject": "load",
        "title": "Numbers",
        "author": "",
        "made_at": "",
        "counts_from": TODAY,
        "at_once": 1,
    }
    return Edition(id="numbers", number=0, **said)


def published(count: int) -> Iterator[RowEdit]:
    """What must be published first: grades, patterns, the segments of so many numbers, the right to take them in."""
    yield RowEdit("role_right", ("manager", "M5"), "add", {})
    yield RowEdit("network_element", ("HLR01",), "add", {"name_zh": "网元", "dialect": "huawei", "gateway": "folder:g"})
    for code, name, *_ in _GRADES:
        yield RowEdit("number_grade", (code,), "add", {"name_zh": name})
    for code, rank, grade, pattern in _PATTERNS:
        yield RowEdit("number_pattern", (code,), "add", {"rank": rank, "grade": grade, "pattern": pattern})
    for block in range(-(-count // BLOCK)):
        yield RowEdit("number_segment", (str(FIRST // BLOCK + block),), "add", {"element": "HLR01"})


def _import(stage: Stage, desk: Desk, folder: Path, count: int) -> list[Row]:
    file = folder / "numbers.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("number\n")
        out.writelines(f"{FIRST + n}\n" for n in range(count))
    ours, bare, memory = Samples(), Samples(), [_resident()]
    with ours.taking():
        judged = desk.row_files.preview(NAME, file)
        while desk.row_files.judge(judged):
            memory.append(_resident())
        job = desk.row_files.begin_import(NAME, judged, file)
        while job.state == "running":
            job = desk.row_files.step(job.id)
            memory.append(_resident())
    with bare.taking():
        _bare(stage, count)
    what = f"import of {count:,} numbers: a file read, judged, graded, taken in / bare inserts, page by page"
    grown = max(memory[1:]) - memory[0]
    return [
        Row(what, ours.middle / 1000, bare.middle / 1000, AIM, unit="s"),
        Row(f"  what it takes of memory / {FLAT_MB:.0f} MB", max(grown, 0.1), FLAT_MB, 1.0, unit="MB"),
    ]


def _resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20


def _bare(stage: Stage, count: int) -> None:
    """The same rows into a table with the same indexes, a transaction for each page."""
    raw = stage.store.engine.raw_connection()
    cursor: Any = raw.cursor()
    cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'phone_number' AND sql IS NOT NULL")
    for (sql,) in cursor.fetchall():
        cursor.execute(sql.replace("phone_number", "bare_number"))
    for at in range(0, count, PAGE):
        _bare_page(cursor, range(FIRST + at, FIRST + min(at + PAGE, count)))
    cursor.close()
    raw.close()


def _bare_page(cursor: Any, wanted: range) -> None:
    names = columns(PhoneNumber)
    one = row_values(PhoneNumber, {"number": "", "segment": "", "grade": "N", "tail": "", "batch_id": "b" * 36})
    made = ({**one, "number": n, "segment": n[:7], "tail": n[-4:]} for n in map(str, wanted))
    cursor.execute("BEGIN IMMEDIATE")
    insert = f"INSERT INTO bare_number VALUES ({', '.join('?' * len(names))})"
    cursor.executemany(insert, [tuple(row[name] for name in names) for row in made])
    cursor.execute("COMMIT")


def _block(stage: Stage, desk: Desk, count: int) -> Row:
    """The numbers of a segment, beside as many as there are: looked for, graded, put into stock, on record."""
    segment = (FIRST + count + BLOCK - 1) // BLOCK
    ours, bare = Samples(), Samples()
    raw = stage.store.engine.raw_connection()
    with bare.taking():
        _bare_page(raw.cursor(), range(segment * BLOCK, (segment + 1) * BLOCK))
    raw.close()
    with ours.taking():
        desk.acting.do("M5/number_segment", "block", {"numbers": str(segment)})
    what = f"a block of {BLOCK:,} numbers made of a segment, beside {count:,}: the act / bare inserts in a transaction"
    return Row(what, ours.middle, bare.middle, AIM)


def _listed(stage: Stage, count: int) -> list[Row]:
    """The list as it is opened, and as the beginning of a number, or its last four digits, are typed."""
    raw = stage.store.engine.raw_connection()
    cursor: Any = raw.cursor()
    middle = str(FIRST + count // 2)
    typed = {
        "": ("", ()),
        middle[:8]: (" WHERE number >= ? AND number < ?", (middle[:8], f"{middle[:8]}:")),
        middle[-4:]: (" WHERE tail = ?", (middle[-4:],)),
    }
    found = [_row(stage, cursor, count, text, *bare) for text, bare in typed.items()]
    cursor.close()
    raw.close()
    return found


def _row(stage: Stage, cursor: Any, count: int, text: str, where: str, values: tuple[str, ...]) -> Row:
    _, entity = named(NAME)
    asked = ListQuery(read_filter(entity, text), "", False, TODAY, TODAY)
    ours, bare = Samples(), Samples()
    with stage.store.reading() as reading:
        for _ in range(TRIES):
            with ours.taking():
                listing.page(reading, entity, asked)
            with bare.taking():
                query = f"SELECT * FROM phone_number{where} ORDER BY number LIMIT {listing.PAGE + 1}"
                cursor.execute(query, values).fetchall()
    what = f"  the list of {count:,} numbers, {text or 'first page'} / the bare query"
    return Row(what, ours.middle, bare.middle, AIM)
