"""A printer simulator that is not ours prints our bytes; a barcode reader that is not ours reads its pictures."""

from __future__ import annotations

from typing import Any

import pytest

from printers.document import Barcode, Document, copy_of
from printers.escpos import preview, to_bytes
from printers.layout import layout
from printers.profiles import profile
from tests.printers import oracle
from tests.printers.samples import INVOICE, LINK, RECEIPT, SERIAL

pytestmark = pytest.mark.whole  # another printer is a program

DIGITS = Document("slip", (Barcode("16040112"),))
PAPERS = {"receipt": RECEIPT, "invoice": INVOICE, "copy": copy_of(RECEIPT, 3), "digits": DIGITS}
CASES = [(name, kind) for name in PAPERS for kind in ("58mm-cutter", "80mm", "58mm", "58mm-silent")]


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], dict[str, Any]]:
    jobs = []
    for name, kind in CASES:
        printer = profile(kind)
        job = to_bytes(layout(PAPERS[name], printer.columns), printer)
        jobs.append((printer.columns * 12, job + b"\x1dr\x01"))
    try:
        return dict(zip(CASES, oracle.run(jobs), strict=True))
    except oracle.NoOracle as why:
        pytest.skip(str(why))


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_it_prints_what_the_preview_shows(printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str) -> None:
    found = printed[name, kind]
    lines = layout(PAPERS[name], profile(kind).columns)
    oracle.agrees(found, lines)
    assert found["events"].count("drawer.opened") == (name == "receipt")
    text, ours = "".join(receipt["text"] for receipt in found["receipts"]), "".join(preview(lines))
    assert ("张〓" in text, "张㛃" in ours) == ((True, True) if "receipt" in PAPERS[name].kind else (False, False))


@pytest.mark.parametrize("name", ["receipt", "invoice", "copy"])
@pytest.mark.parametrize("kind", ["58mm-cutter", "80mm"])
def test_it_is_cut_once(printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str) -> None:
    assert [receipt["boundary"] for receipt in printed[name, kind]["receipts"]].count("cut") == 1


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_reader_reads_the_symbols(printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str) -> None:
    wanted = {"receipt": {LINK, SERIAL}, "copy": {LINK, SERIAL}, "invoice": {LINK}, "digits": {"16040112"}}[name]
    assert oracle.read(printed[name, kind]) == wanted
