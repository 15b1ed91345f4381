"""A printer simulator that is not ours prints our bytes; a barcode reader that is not ours reads its pictures."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from printers.charset import fold
from printers.document import Barcode, Document, copy_of
from printers.escpos import preview, to_bytes
from printers.layout import layout
from printers.profiles import profile
from tests.printers import oracle
from tests.printers.samples import INVOICE, LINK, RECEIPT, SERIAL

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


def as_named_there(line: str) -> str:
    """Our name of a symbol, and the data beneath it, are one line there: compared apart."""
    return re.sub(r"\s", "", line)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_it_prints_what_the_preview_shows(printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str) -> None:
    found = printed[name, kind]
    assert not [event for event in found["events"] if "unknown" in event or "unsupported" in event]
    assert bytes.fromhex(found["answers"]) == b"\x00"
    assert found["events"].count("drawer.opened") == (name == "receipt")
    lines = layout(PAPERS[name], profile(kind).columns)
    text = "".join(receipt["text"] for receipt in found["receipts"])
    for line in lines:
        if line.kind == "text" and line.scale == 1 and line.text:
            assert fold(line.text) in text.splitlines()  # what the printer lacks, and no font draws, is 〓 on paper
        elif line.kind == "text":
            assert as_named_there(fold(line.text)) in as_named_there(text)
    plain = re.sub(r"\[(qr|barcode CODE128|image)[^\]]*\]", "", text)
    ours = "".join(preview(tuple(line for line in lines if line.kind == "text")))
    assert as_named_there(plain) == as_named_there(fold(ours))
    assert ("张〓" in text, "张㛃" in ours) == ((True, True) if "receipt" in PAPERS[name].kind else (False, False))


@pytest.mark.parametrize("name", ["receipt", "invoice", "copy"])
@pytest.mark.parametrize("kind", ["58mm-cutter", "80mm"])
def test_it_is_cut_once(printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str) -> None:
    assert [receipt["boundary"] for receipt in printed[name, kind]["receipts"]].count("cut") == 1


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg (package zbar-tools) is not installed")
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_reader_reads_the_symbols(
    printed: dict[tuple[str, str], dict[str, Any]], name: str, kind: str, tmp_path: Path
) -> None:
    read = ""
    for number, receipt in enumerate(printed[name, kind]["receipts"]):
        picture = tmp_path / f"{number}.png"
        picture.write_bytes(base64.b64decode(receipt["png"]))
        done = subprocess.run(["zbarimg", "-q", str(picture)], capture_output=True, text=True, check=False)
        read += done.stdout
    wanted = {"receipt": {LINK, SERIAL}, "copy": {LINK, SERIAL}, "invoice": {LINK}, "digits": {"16040112"}}[name]
    assert {line.partition(":")[2] for line in read.splitlines()} == wanted
