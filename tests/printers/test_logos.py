"""A logo at the top of papers: set once from a picture file, in dots of each width, on rolls and on A4; what waits
keeps the one that it has."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from data.errors import BadForm
from data.tables.printing import LogoRaster
from data.tables.sync import PrintJob
from printers import jobs, logos, pictures, rendering
from printers.decoder import RealTime
from printers.document import Cut, Document, Logo, Row
from printers.escpos import logo_mark, preview, to_bytes
from printers.layout import layout
from printers.pictures import HIGH, MOST_BYTES, MOST_SIDE, cleaned, millimetres, rastered
from printers.profiles import profile
from printers.spool import queue
from tests.printers import oracle
from tests.printers.reading import pages_of
from tests.printers.test_escpos import printed
from tests.printers.test_routes import ADDRESS, ONE, Hall, hall

__all__ = ["hall"]

RECEIPT = (Row(("话费", "100.00")), Cut())


def picture(across: int = 300, down: int = 80, *, mode: str = "RGBA", margin: int = 20) -> bytes:
    """A black ring and a grey bar in the middle of a clear picture."""
    image = Image.new(mode, (across, down), (255, 255, 255, 0) if mode == "RGBA" else 255)
    draw = ImageDraw.Draw(image)
    black, grey = ((0, 0, 0, 255), (128, 128, 128, 255)) if mode == "RGBA" else (0, 128)
    draw.ellipse((margin, margin, down - margin, down - margin), outline=black, width=6)
    draw.rectangle((down, margin, across - margin, down - margin), fill=grey)
    return as_file(image)


def as_file(image: Image.Image, kind: str = "PNG") -> bytes:
    into = io.BytesIO()
    image.save(into, kind)
    return into.getvalue()


def set_logo(hall: Hall, content: bytes | None = None, kinds: str = "") -> logos.Heading:
    with hall.work() as tx:
        return logos.put(tx, content or picture(), kinds)


def sold(hall: Hall, kind: str = "receipt") -> PrintJob:
    """A paper is queued."""
    with hall.work() as tx:
        key = queue(
            tx, Document(kind, RECEIPT), document_id="d", order_id="", title=kind, counter=ONE, operator="1001"
        ).job_id
        return tx.one(PrintJob, id=key)


def sent(hall: Hall, job: PrintJob, name: str = "80mm") -> bytes:
    with hall.store.reading() as reading:
        return rendering.sent(reading, reading.one(PrintJob, id=job.id), profile(name))


@pytest.mark.parametrize("name", ["80mm", "80mm-42", "58mm"])
def test_a_receipt_carries_it_in_the_dots_of_its_paper(hall: Hall, name: str) -> None:
    hall.set_up("P", address=ADDRESS, profile=name)
    set_logo(hall)
    job = sold(hall)
    about = profile(name)
    assert job.preview.splitlines()[0].strip() == "[LOGO]"
    assert len(job.content) < 200  # what the store keeps of it is its number
    paper = printed(sent(hall, job, name), about.columns)
    assert paper.faults == []
    (logo,) = [line for line in paper.lines if line.kind == "picture"]
    across, down = map(int, logo.text.split("x"))
    assert 0 < across <= about.columns * 12
    assert 0 < down <= HIGH
    assert [line.text.strip() for line in paper.lines if line.text.strip()][-1].split() == ["话费", "100.00"]
    assert paper.lines[0] == logo


def test_the_decoder_knows_the_mark_of_one_that_is_not_filled_in(hall: Hall) -> None:
    hall.set_up("P", address=ADDRESS)
    set_logo(hall)
    paper = printed(sold(hall).content, 48)
    assert (paper.faults, paper.lines[0].kind) == ([], "picture")


@pytest.mark.parametrize(
    ("kinds", "carry"),
    [
        ("", {"invoice", "receipt", "slip", "contract"}),
        ("receipt", {"receipt"}),
        ("cash, report", {"cash", "report"}),
        ("INVOICE，slip", {"invoice", "slip"}),
    ],
)
def test_the_kinds_that_carry_it(hall: Hall, kinds: str, carry: set[str]) -> None:
    hall.set_up("P", address=ADDRESS)
    set_logo(hall, kinds=kinds)
    assert {kind for kind in logos.ALL if "[LOGO]" in sold(hall, kind).preview} == carry


def test_a_kind_that_is_none_is_refused(hall: Hall) -> None:
    with pytest.raises(BadForm) as refusal:
        set_logo(hall, kinds="receipt,postcard")
    assert set(refusal.value.errors) == {"kinds"}


def test_what_waits_keeps_its_own_when_another_is_set_or_none(hall: Hall) -> None:
    hall.set_up("P", address=ADDRESS)
    set_logo(hall, picture(300))
    first = sold(hall)
    before = sent(hall, first)
    set_logo(hall, picture(200))
    second = sold(hall)
    with hall.work() as tx:
        assert logos.put_away(tx)
        assert not logos.put_away(tx)
    assert sent(hall, first) == before
    assert sent(hall, second) != before
    third = sold(hall)
    assert "[LOGO]" not in third.preview
    assert sent(hall, third) == third.content == to_bytes(layout(Document("receipt", RECEIPT), 48), profile("80mm"))


def test_a_paper_that_goes_to_another_printer_has_it_in_that_one_s_dots(hall: Hall) -> None:
    hall.set_up("P80", address=ADDRESS, profile="80mm")
    hall.set_up("P58", address=ADDRESS, profile="58mm", kinds="receipt")
    set_logo(hall, picture(900, 300))
    job = sold(hall)
    wide = sent(hall, job, "80mm")
    with hall.work() as tx:
        jobs.move(tx, job.id, "P58")
    narrow = sent(hall, job, "58mm")
    with hall.store.reading() as reading:
        rasters = {row.dots: row.content for row in reading.all(LogoRaster)}
    assert rasters[576] in wide
    assert rasters[384] in narrow
    assert narrow.count(b"\x1dv0") == 1


def test_each_width_is_rastered_once_and_no_layout_draws(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.set_up("P", address=ADDRESS)
    set_logo(hall)
    with hall.store.reading() as reading:
        assert tuple(sorted(row.dots for row in reading.all(LogoRaster))) == logos.WIDTHS == (384, 504, 576)

    def drawn(*_: object) -> bytes:
        raise AssertionError("a paper drew its logo")

    monkeypatch.setattr(logos, "rastered", drawn)
    monkeypatch.setattr(pictures, "rastered", drawn)
    for _ in range(3):
        assert b"\x1dv0" in sent(hall, sold(hall))


# the picture file


def test_what_is_clear_is_paper_and_what_is_blank_around_it_goes() -> None:
    kept = Image.open(io.BytesIO(cleaned(picture(300, 80, margin=20))))
    assert kept.size == (261, 41)
    assert cleaned(picture()) == cleaned(cleaned(picture()))


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    image = Image.new("L", (64, 64), 255)
    ImageDraw.Draw(image).rectangle((10, 10, 50, 50), fill=0)
    content = cleaned(as_file(image.convert(mode)))
    assert Image.open(io.BytesIO(content)).size == (41, 41)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no PNG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (as_file(Image.new("L", (9, 9), 0), "JPEG"), "no PNG"),
        (as_file(Image.new("L", (9, 9), 0), "GIF"), "no PNG"),
        (b"<svg/>", "no PNG"),
        (picture()[:200], "damaged"),
        (as_file(Image.new("L", (9, 9), 255)), "blank"),
        (as_file(Image.new("RGBA", (9, 9), (0, 0, 0, 0))), "blank"),
        (as_file(Image.new("1", (MOST_SIDE + 1, 1), 0)), "too large"),
        (b"x" * (MOST_BYTES + 1), "too large"),
    ],
    ids=["nothing", "a head alone", "jpeg", "gif", "svg", "cut off", "white", "clear", "a side too long", "bytes"],
)
def test_a_bad_file_is_told_beside_the_picture(content: bytes, told: str) -> None:
    with pytest.raises(BadForm) as refusal:
        cleaned(content)
    assert told in str(refusal.value.errors["picture"])


def test_a_side_that_is_just_short_enough_is_taken() -> None:
    assert Image.open(io.BytesIO(cleaned(as_file(Image.new("1", (MOST_SIDE, 8), 0))))).width == pictures.KEPT[0]


@pytest.mark.parametrize(
    ("size", "dots", "lined"),
    [
        ((576, 60), 576, (576, 60)),
        ((577, 60), 576, (576, 60)),
        ((1152, 100), 576, (576, 50)),
        ((100, 121), 576, (99, 120)),
        ((100, 120), 576, (100, 120)),
        ((10, 10), 384, (10, 10)),
        ((800, 200), 384, (384, 96)),
    ],
)
def test_it_is_made_smaller_where_it_does_not_fit_and_never_larger(
    size: tuple[int, int], dots: int, lined: tuple[int, int]
) -> None:
    command = rastered(cleaned(as_file(Image.new("L", size, 0))), dots)
    across, down = int.from_bytes(command[4:6], "little"), int.from_bytes(command[6:8], "little")
    assert (across, down) == ((lined[0] + 7) // 8, lined[1])
    assert len(command) == 8 + across * down


def test_black_is_dots_white_is_none_and_grey_is_some() -> None:
    def dark(grey: int) -> float:
        image = Image.new("L", (80, 80), 0)  # a black edge, so that nothing is cut off
        ImageDraw.Draw(image).rectangle((8, 8, 71, 71), fill=grey)
        command = rastered(cleaned(as_file(image)), 384)
        rows = [command[8 + 10 * row : 18 + 10 * row] for row in range(8, 72)]
        return sum(byte.bit_count() for row in rows for byte in row[1:9]) / 64**2

    assert (dark(0), dark(255)) == (1.0, 0.0)
    assert 0.4 < dark(128) < 0.6


def test_no_picture_holds_a_real_time_command() -> None:
    noise = random.Random(8)
    for _ in range(20):
        image = Image.frombytes("L", (256, 100), noise.randbytes(25_600))
        command = rastered(as_file(image), 576)
        assert [found for _, found in RealTime().split(command) if found] == []


@pytest.mark.parametrize("number", [1, 2, 94, 95, 96, 9_024])
def test_each_logo_has_a_mark_of_its_own(number: int) -> None:
    mark = logo_mark(number)
    assert mark != logo_mark(number + 1)
    assert all(32 <= byte < 127 for byte in mark[7:9])
    assert mark in to_bytes(layout(Document("x", (Logo(number),)), 48), profile("80mm"))


def test_the_preview_names_it_in_the_middle() -> None:
    assert preview(layout(Document("x", (Logo(7),)), 32)) == (" " * 13 + "[LOGO]",)


# A4


def images_of(content: bytes) -> list[tuple[float, float]]:
    """How large the pictures are that a PDF holds, in millimetres."""
    found = []
    for page in pages_of(content):
        for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = drawn.get_bounds()
            found.append(((right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72))
    return found


def test_an_office_printer_has_the_picture_itself(hall: Hall, tmp_path: Path) -> None:
    hall.set_up("OFFICE", address=f"file:{tmp_path}", profile="a4")
    before = images_of(sent(hall, sold(hall), "a4"))
    logo = set_logo(hall)
    job = sold(hall)
    ((width, height),) = images_of(sent(hall, job, "a4"))
    assert before == []
    assert (width, height) == pytest.approx(millimetres(logo.picture), abs=0.2)
    set_logo(hall, picture(120))
    assert images_of(sent(hall, job, "a4")) == [(width, height)]


# another printer than ours


def test_a_simulator_that_is_not_ours_prints_it(hall: Hall) -> None:
    hall.set_up("P", address=ADDRESS, profile="80mm")
    set_logo(hall)
    job = sold(hall)
    try:
        (found,) = oracle.run([(576, sent(hall, job) + b"\x1dr\x01")])
    except oracle.NoOracle as why:
        pytest.skip(str(why))
    assert not [event for event in found["events"] if "unknown" in event or "unsupported" in event]
    (receipt,) = found["receipts"]
    image = Image.open(io.BytesIO(base64.b64decode(receipt["png"]))).convert("L")
    top = image.crop((0, 0, 576, 41))
    dark = top.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert dark is not None
    assert abs((dark[0] + dark[2]) / 2 - 288) < 10  # in the middle
    assert abs((dark[2] - dark[0]) - 261) < 10
