"""Batch files against one write and fsync of the same bytes; papers against encoding the same text, and against the
printer library."""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path
from re import sub

from msgspec.structs import replace

from boss_tui.network.batch import Batch, BatchEntry, write_batch
from data.store import Store
from data.tables.document import PaperDocument
from printers import charset, rendering
from printers.connectors import connectors
from printers.document import Document
from printers.document import Row as Item
from printers.escpos import preview, to_bytes
from printers.layout import layout
from printers.profiles import profile
from printers.rendering import rolled
from tests.benchmarks.table import Row
from tests.benchmarks.timing import repeat

COMMANDS = 10_000
AIM_PAPER = 1.0
"""Laying a paper out and writing its bytes may not take longer than the printer library takes to write its lines."""


def batch_rows(folder: Path, commands: int = COMMANDS) -> list[Row]:
    """A batch file of so many commands."""
    entries = tuple(
        BatchEntry(f"0571-01/1/{n}/1", f'MOD LCK: ISDN="86139{n:08d}", IC=FALSE, OC=TRUE, GPRSLOCK=FALSE;')
        for n in range(commands)
    )
    numbers = count(1)

    def ours() -> Path:
        stamp = "2026-11-23T01:00:00.000001Z"
        return write_batch(folder, Batch("HLR01", "0571-01", 1, next(numbers), stamp, "huawei", entries))

    content = ours().read_bytes()

    def raw() -> None:
        with (folder / f"raw-{next(numbers)}").open("wb", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())

    mine, floor = repeat(ours, 7), repeat(raw, 7)
    what = f"batch file, {commands:,} commands ({len(content) >> 10:,} KiB): check, seal, write, fsync twice, rename"
    return [Row(f"{what} / one write + fsync; best", mine.best, floor.best)]


def paper_rows(store: Store) -> list[Row]:
    """An invoice and a receipt become bytes, and their preview; against encoding the same text as GBK. Nothing of them
    is known from before but what the two have in common: the next sale is another customer's."""
    with store.reading() as reading:
        kinds = (reading.find(PaperDocument, kind="invoice"), reading.find(PaperDocument, kind="receipt"))
    papers = [Document.from_json(json.loads(paper.content)) for paper in kinds if paper]
    assert len(papers) == 2, "the hall has no papers"
    about = profile("80mm")
    text = "\n".join("\n".join(preview(layout(paper, about.columns))) for paper in papers)

    long = _of_thirty_lines(papers[1], about.columns)
    latin = [sub(r"[^ -~]", "#", line.text) for line in layout(long, about.columns) if line.kind == "text"]

    def forgetful() -> None:
        for known in (rendering._blocks, charset.true, charset.width):
            known.cache_clear()

    def ours() -> None:
        forgetful()
        for paper in papers:
            rolled(paper, about)

    def thirty() -> None:
        forgetful()
        to_bytes(layout(long, about.columns), about)

    def by_the_library() -> None:
        printer = connectors().Dummy()
        for line in latin:  # it knows no Chinese
            printer.textln(line)

    one, plain = repeat(thirty, 100, warm=5), repeat(by_the_library, 100, warm=5)
    mine, bare = repeat(ours, 100, warm=5), repeat(lambda: text.encode("gbk"), 100, warm=5)
    return [
        Row("two papers of a sale: layout, bytes, preview / the same text as GBK; median", mine.middle, bare.middle),
        Row(
            "a paper of 30 lines: layout, bytes / its lines, in Latin letters, by python-escpos; median",
            one.middle,
            plain.middle,
            AIM_PAPER,
        ),
    ]


def _of_thirty_lines(paper: Document, columns: int) -> Document:
    """The paper with as many more rows as it needs for 30 lines."""
    lines = sum(line.kind == "text" for line in layout(paper, columns))
    more = tuple(Item((f"话费充值 {n}", f"{n}.00")) for n in range(30 - lines))
    return replace(paper, blocks=(*paper.blocks[:-1], *more, paper.blocks[-1]))
