"""The bytes: only safe commands, what the preview shows, and a strict reader of our own that finds no fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.charset import fold
from printers.decoder import Decoder
from printers.document import QR, Cut, Document, Drawer, Text, copy_of
from printers.escpos import preview, to_bytes
from printers.glyphs import way
from printers.layout import PrintLine, layout
from printers.paper import Paper, render
from printers.profiles import PROFILES, Profile, profile
from tests.printers.samples import DOCUMENTS, INVOICE, RECEIPT

GOLDEN = Path(__file__).parent / "golden"
PAPERS = {"receipt": RECEIPT, "invoice": INVOICE, "receipt-copy": copy_of(RECEIPT, 1)}


def printed(job: bytes, columns: int) -> Paper:
    """The paper that a printer makes of the job, read by the simulated printer's own decoder."""
    paper, decoder = Paper(columns), Decoder()
    for action in decoder.feed(job):
        paper.do(action)
    return paper


def shown(paper: Paper) -> list[str]:
    return [text for line in paper.lines for text in render(line, paper.columns)]


def on_paper(line: PrintLine, kind: Profile) -> str:
    """What this printer makes of a line, without any font."""
    return "".join(c if way(c, kind, line.scale) == "code" else fold(c) for c in line.text).rstrip()


def squeezed(lines: list[str]) -> list[str]:
    """Without the blanks of centred lines: the printer centres symbols by dots, the preview by columns."""
    return [line.strip() for line in lines]


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("name", PAPERS)
def test_papers_look_as_they_were_approved(name: str, columns: int) -> None:
    """After a change that is meant: BOSS_GOLDEN=write pytest …, then look at the difference."""
    text = "\n".join(preview(layout(PAPERS[name], columns))) + "\n"
    golden = GOLDEN / f"{name}-{columns}.txt"
    if os.environ.get("BOSS_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("kind", ["58mm-cutter", "80mm-42", "80mm"])
def test_paper_and_preview_agree(name: str, kind: str) -> None:
    lines = layout(PAPERS[name], profile(kind).columns)
    paper = printed(to_bytes(lines, profile(kind)), profile(kind).columns)
    assert paper.faults == []
    assert squeezed(shown(paper)) == squeezed([fold(line) for line in preview(lines)])
    assert paper.drawer_pulses == (name == "receipt")
    assert len(paper.receipts) == 1


@given(DOCUMENTS, st.integers(2, 64), st.sampled_from(list(PROFILES.values())))
def test_any_document_prints_without_a_fault_and_as_previewed(document: Document, columns: int, kind: Profile) -> None:
    lines = layout(document, columns)
    job = to_bytes(lines, kind)
    paper = printed(job, columns)
    assert paper.faults == []
    assert not any(command in job for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    wanted = [line for line in lines if line.kind == "text"]
    texts = [line for line in paper.lines if line.kind == "text" and line.text]
    assert [line.text for line in texts] == [on_paper(line, kind) for line in wanted if line.text]
    assert [line.bold for line in texts] == [line.bold for line in wanted if line.text]
    assert [line.scale for line in texts] == [(line.scale, line.scale) for line in wanted if line.text]
    assert paper.drawer_pulses == sum(isinstance(block, Drawer) for block in document.blocks)


def test_the_bytes_of_a_small_paper() -> None:
    lines = layout(Document("slip", (Text("应付¥1", bold=True), Text("中", scale=2), Cut())), 32)
    assert to_bytes(lines, profile("58mm-cutter")) == (
        b"\x1b@\x1c&\x1bE\x01\xd3\xa6\xb8\xb6\xa3\xa41\n\x1bE\x00\x1d!\x11\xd6\xd0\n\x1d!\x00\x1dV\x42\x00"
    )


def test_paper_without_a_knife_is_fed_to_be_torn() -> None:
    lines = layout(Document("slip", (Cut(),)), 32)
    assert to_bytes(lines, profile("58mm")) == b"\x1b@\x1c&\x1bd\x05"


def test_a_qr_code_has_blank_lines_around_it_and_stands_in_the_centre() -> None:
    job = to_bytes(layout(Document("slip", (QR("https://a.cn"),)), 48), profile("80mm"))
    assert job.startswith(b"\x1b@\x1c&\x1ba\x01\n\x1d(k")
    assert job.endswith(b"\x1d(k\x03\x00\x31\x51\x30\n\x1ba\x00")


def test_a_printer_that_draws_no_qr_codes_gets_a_picture() -> None:
    job = to_bytes(layout(Document("slip", (QR("https://a.cn"),)), 32), profile("58mm-silent"))
    paper = printed(job, 32)
    assert [line.text for line in paper.lines if line.kind == "picture"] == ["128x126"]
    assert paper.faults == []
