"""Management: a list over many rows, its first page and the next, and a file of many rows, against bare statements."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from boss_tui.desk import Desk
from boss_tui.editions import drafts
from boss_tui.editions.lines import key_text
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.kit import listing
from boss_tui.management.kit.filters import Filter, read_filter
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.subjects import named
from boss_tui.sync.keys import make_key
from data.statements import columns, row_values, table_name
from data.store import Store
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples
from tests.boss_tui.editions.office import MAKER, PASSWORD, TODAY
from tests.boss_tui.editions.office import Desk as Stage

NAME = "M6/charge_item"
PAGE_AIM = 3.0
SEARCH_AIM = 1.25
TRIES, SEARCHES = 40, 5
BARE_MARKS = (
    "SELECT l.row_key, l.op, e.* FROM edition_line AS l JOIN edition AS e ON e.id = l.edition WHERE "
    "l.table_name = 'charge_item' AND l.dropped = 0 AND e.state IN ('draft', 'submitted', 'approved') AND l.row_key IN "
    f"({', '.join('?' * listing.PAGE)}) ORDER BY e.number"
)


def rows(folder: Path, listed: int, imported: int) -> list[Row]:
    """`listed`: rows of the list; `imported`: of the file."""
    stage = Stage.made(f"sqlite:///{folder / 'office.db'}")
    try:
        found = [*_pages(stage, listed), _import(stage, folder, imported)]
    finally:
        stage.store.close()
    return found


def _pages(stage: Stage, count: int) -> list[Row]:
    """While no edition is open, and while one is that changes every tenth row."""
    _, entity = named(NAME)
    raw = stage.store.engine.raw_connection()
    cursor: Any = raw.cursor()
    one = row_values(entity.model, {"code": "", "name_zh": "项目", "ledger_account": "6001", "revision": 1})
    _insert(cursor, entity.model, ({**one, "code": f"I{n:07}"} for n in range(count)))
    what = f"a list over {count:,} rows"
    found = _paged(stage.store, cursor, f"{what}, {{page}} / the bare query", ())
    found.append(_searched(stage.store, cursor, f"{what}, a word that none has: page and count / the bare query"))
    made: Edition = stage.act(MAKER, drafts.new, title="Names")
    line = row_values(
        EditionLine,
        {
            "edition": made.id,
            "subject": made.subject,
            "position": 0,
            "table_name": entity.name,
            "row_key": "",
            "op": "change",
            "after": '{"name_zh":"Name"}',
        },
    )
    numbers = range(0, min(count, MOST_LINES * 10), 10)
    _insert(
        cursor,
        EditionLine,
        ({**line, "position": at, "row_key": key_text((f"I{n:07}",))} for at, n in enumerate(numbers)),
    )
    found += _paged(stage.store, cursor, "  an edition changes each tenth, {page} / and of their lines", (BARE_MARKS,))
    cursor.execute("DELETE FROM edition_line")
    cursor.close()
    raw.close()
    return found


def _insert(cursor: Any, model: type[Table], rows: Iterable[dict[str, Any]]) -> None:
    names = columns(model)
    told = f"INSERT INTO {table_name(model)} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    cursor.execute("BEGIN")
    cursor.executemany(told, (tuple(row[name] for name in names) for row in rows))
    cursor.execute("COMMIT")


def _paged(store: Store, cursor: Any, what: str, more: tuple[str, ...]) -> list[Row]:
    """The first page and the next against the bare query of their rows, and `more` with their keys."""
    _, entity = named(NAME)
    asked = ListQuery(Filter(), "", False, TODAY, TODAY)
    found = []
    with store.reading() as reading:
        start = listing.page(reading, entity, asked).after
        assert start is not None
        for page, place in (("first page with its marks", None), ("next page with its marks", start)):
            ours, bare = Samples(), Samples()
            for _ in range(TRIES):
                with ours.taking():
                    listing.page(reading, entity, asked, after=place)
                with bare.taking():
                    where = " WHERE code > ?" if place else ""
                    bare_page = f"SELECT * FROM charge_item{where} ORDER BY code LIMIT {listing.PAGE + 1}"
                    rows_ = cursor.execute(bare_page, place or ()).fetchall()
                    for told in more:
                        cursor.execute(told, [f'["{row[0]}"]' for row in rows_[: listing.PAGE]]).fetchall()
            found.append(Row(what.format(page=page), ours.middle, bare.middle, PAGE_AIM))
    return found


def _searched(store: Store, cursor: Any, what: str) -> Row:
    """All rows are looked through, once, for what somebody types that is nowhere."""
    _, entity = named(NAME)
    asked = ListQuery(read_filter(entity, "zzz"), "", False, TODAY, TODAY)
    where = " OR ".join(f"lower({column}) LIKE ?" for column in entity.search)
    ours, bare = Samples(), Samples()
    with store.reading() as reading:
        for _ in range(SEARCHES):
            with ours.taking():
                listing.counted(reading, entity, asked, listing.page(reading, entity, asked))
            with bare.taking():
                query = f"SELECT * FROM charge_item WHERE {where} ORDER BY code LIMIT {listing.PAGE + 1}"
                cursor.execute(query, ["%zzz%"] * len(entity.search)).fetchall()
    return Row(what, ours.middle, bare.middle, SEARCH_AIM)


def _import(stage: Stage, folder: Path, count: int) -> Row:
    file = folder / "items.csv"
    lines = "".join(f"N{n},项目{n},6001\n" for n in range(count))
    file.write_text(f"code,name_zh,ledger_account\n{lines}", "utf-8")
    desk = offices.desk(Office(stage.store, make_key(folder / "office.key")))
    desk.signing.sign_on(MAKER, PASSWORD)
    ours, bare = Samples(), Samples()
    with ours.taking():
        edition = _taken(desk, file)
    with stage.store.reading() as reading:
        one = reading.all(EditionLine, edition=edition)[0].__dict__
    names = columns(EditionLine)
    raw = stage.store.engine.raw_connection()
    cursor: Any = raw.cursor()
    values = [tuple({**one, "position": n}[name] for name in names) for n in range(count)]
    with bare.taking():
        cursor.execute("BEGIN")
        cursor.execute("CREATE TABLE bare AS SELECT * FROM edition_line WHERE 0")
        cursor.execute("CREATE UNIQUE INDEX bare_key ON bare (edition, position)")
        cursor.execute("CREATE INDEX bare_row ON bare (table_name, row_key)")
        cursor.executemany(f"INSERT INTO bare ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", values)
        cursor.execute("COMMIT")
    raw.close()
    what = f"a file of {count:,} new rows read, judged, put into editions / bare inserts of their lines"
    return Row(what, ours.middle / 1000, bare.middle / 1000, unit="s")


def _taken(desk: Desk, file: Path) -> str:
    """The file, all the way; its first edition."""
    judged = desk.row_files.preview(NAME, file)
    while desk.row_files.judge(judged):
        pass
    job = desk.row_files.begin_import(NAME, judged, file, title="Many", reason="benchmark")
    while job.state == "running":
        job = desk.row_files.step(job.id)
    first: str = json.loads(job.said)["editions"][0][0]
    return first
