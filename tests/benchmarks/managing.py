"""Management: a list over many rows, its first page and the next, and a file of many rows, against bare statements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from boss_tui.desk import Desk
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.kit import listing
from boss_tui.management.kit.filters import Filter
from boss_tui.management.kit.listing import ListQuery
from boss_tui.management.subjects import named
from boss_tui.sync.keys import make_key
from data.statements import columns, row_values
from data.store import Store
from data.tables.edition import EditionLine
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples
from tests.boss_tui.editions.office import MAKER, PASSWORD, TODAY
from tests.boss_tui.editions.office import Desk as Stage

NAME = "M6/charge_item"
PAGE_AIM = 3.0
TRIES = 40


def rows(folder: Path, listed: int, imported: int) -> list[Row]:
    """`listed`: rows of the list; `imported`: of the file."""
    stage = Stage.made(f"sqlite:///{folder / 'office.db'}")
    try:
        found = [*_pages(stage.store, listed), _import(stage, folder, imported)]
    finally:
        stage.store.close()
    return found


def _pages(store: Store, count: int) -> list[Row]:
    _, entity = named(NAME)
    names = columns(entity.model)
    one = row_values(entity.model, {"code": "", "name_zh": "项目", "ledger_account": "6001", "revision": 1})
    insert = f"INSERT INTO charge_item ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    raw = store.engine.raw_connection()
    cursor: Any = raw.cursor()
    cursor.execute("BEGIN")
    cursor.executemany(insert, (tuple({**one, "code": f"I{n:07}"}[name] for name in names) for n in range(count)))
    cursor.execute("COMMIT")
    asked = ListQuery(Filter(), "", False, TODAY, TODAY)
    first, following = (Samples(), Samples()), (Samples(), Samples())
    with store.reading() as reading:
        start = listing.page(reading, entity, asked).after
        assert start is not None
        for _ in range(TRIES):
            with first[0].taking():
                listing.page(reading, entity, asked)
            with following[0].taking():
                listing.page(reading, entity, asked, after=start)
            for samples, place in ((first[1], ()), (following[1], start)):
                where = " WHERE code > ?" if place else ""
                with samples.taking():
                    cursor.execute(f"SELECT * FROM charge_item{where} ORDER BY code LIMIT {listing.PAGE + 1}", place)
                    cursor.fetchall()
    cursor.close()
    raw.close()
    what = f"a list over {count:,} rows"
    return [
        Row(f"{what}, first page with its marks / the bare query", first[0].middle, first[1].middle, PAGE_AIM),
        Row(f"{what}, next page with its marks / the bare query", following[0].middle, following[1].middle, PAGE_AIM),
    ]


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
