"""Every kind of paper as bytes, on both widths, in both languages: read by the simulated printer's decoder, printed by
a simulator that is not ours, its symbols read by a barcode reader that is not ours."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.locale import words
from printers.charset import fold
from printers.document import QR, Barcode, Document
from printers.escpos import preview, to_bytes
from printers.layout import PrintLine, layout
from printers.profiles import profile
from tests.boss_tui.papers.kinds import KINDS
from tests.printers import oracle
from tests.printers.test_escpos import printed as decoded
from tests.printers.test_escpos import shown, squeezed
from tests.tiers import some_by_day

PRINTERS = ("58mm-cutter", "80mm")
CASES = [(kind, language, printer) for kind in KINDS for language in ("en", "zh_CN") for printer in PRINTERS]
every_case = pytest.mark.parametrize(("kind", "language", "printer"), some_by_day(CASES, 3))


def made(kind: str, language: str) -> Document:
    return KINDS[kind](words(language))


def lines_of(kind: str, language: str, printer: str) -> tuple[PrintLine, ...]:
    return layout(made(kind, language), profile(printer).columns)


@every_case
def test_our_decoder_reads_what_the_preview_shows(kind: str, language: str, printer: str) -> None:
    lines, of = lines_of(kind, language, printer), profile(printer)
    paper = decoded(to_bytes(lines, of), of.columns)
    assert paper.faults == []
    assert squeezed(shown(paper)) == squeezed([fold(line) for line in preview(lines)])


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str, str], dict[str, Any]]:
    jobs = [
        (profile(case[2]).columns * 12, to_bytes(lines_of(*case), profile(case[2])) + b"\x1dr\x01") for case in CASES
    ]
    try:
        return dict(zip(CASES, oracle.run(jobs), strict=True))
    except oracle.NoOracle as why:
        pytest.skip(str(why))


@pytest.mark.whole
@every_case
def test_another_printer_prints_what_the_preview_shows(
    printed: dict[tuple[str, str, str], dict[str, Any]], kind: str, language: str, printer: str
) -> None:
    found = printed[kind, language, printer]
    oracle.agrees(found, lines_of(kind, language, printer))
    wanted = {block.data for block in made(kind, language).blocks if isinstance(block, QR | Barcode)}
    assert oracle.read(found) == wanted
