"""Reports as files, from the desk: which are marked copies, what is on record, and that nothing is written over."""

from __future__ import annotations

from collections.abc import Iterable
from errno import ENOSPC
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from boss_tui.desk.exporting import EXPORT, FORMATS
from boss_tui.desk.station import Files
from boss_tui.reports.files import Format
from data.errors import NotAllowed, NotFound, Outside
from data.tables.finance import Shift
from data.tables.sync import AccessLog, PrintJob
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

pytestmark = pytest.mark.light

DAY = "2026-11-23"
DRAWN = pytest.mark.whole
"""A sheet is set and drawn, or a book of tables written: half a second each."""


@pytest.fixture
def closed(shop: Shop, tmp_path: Path) -> Shop:
    """A shift and its day closed; the supervisor's desk."""
    shop.desk.till.close_shift({10000: 5})
    shop.desk = shop.counter(FACTS.supervisor, FACTS.counter)
    shop.desk.day.close()
    shop.desk.seat.files = Files(tmp_path / "reports")
    return shop


def record(shop: Shop, act: str) -> list[tuple[str, str]]:
    return [(row.subject, row.reason) for row in shop.rows(AccessLog) if row.act == act]


@pytest.mark.parametrize(
    "form", [pytest.param(form, marks=DRAWN if form in {"pdf", "xlsx"} else ()) for form in get_args(Format)]
)
def test_every_form_can_be_asked_for_on_the_screen_and_is_on_record(closed: Shop, form: Format) -> None:
    assert form in FORMATS
    path = Path(closed.desk.files.report("day", DAY, form))
    ending = {"text": ".txt"}.get(form, f".{form}")
    assert (path.suffix, path.stem, path.parent) == (ending, f"day-HZ01-{DAY}", Path(closed.desk.files.folder()))
    assert path.stat().st_size > 100
    assert record(closed, EXPORT) == [(f"day-HZ01-{DAY}", form)]
    assert len(record(closed, "reprint")) == (form == "pdf"), "a sheet of a close is a copy, a table is not"


@DRAWN
@pytest.mark.parametrize("kind", ["day", "z"])
def test_a_sheet_of_a_close_is_counted_with_its_other_copies(closed: Shop, kind: str) -> None:
    number = max(row.z_number for row in closed.rows(Shift, till=FACTS.counter) if row.state == "closed")
    key = f"{FACTS.counter}/{number}" if kind == "z" else DAY
    assert "第1次" in "\n".join(closed.desk.reports.print(kind, key).preview)
    assert closed.desk.files.report_copy(kind, key, "pdf").copy == 2
    closed.desk.files.report(kind, key, "pdf")
    closed.desk.files.report(kind, key, "csv")
    told = closed.desk.reports.print(kind, key)
    assert "第4次" in "\n".join(told.preview)
    assert told.summary.template == "{name} is printed, marked as copy no. {n}."


@DRAWN
def test_a_sheet_of_what_is_open_is_no_copy(shop: Shop, tmp_path: Path) -> None:
    shop.desk.seat.files = Files(tmp_path)
    for kind in ("x", "day"):
        shop.desk.files.report(kind, "", "pdf")
    assert record(shop, "reprint") == []
    assert len(record(shop, EXPORT)) == 2


def test_nothing_is_written_over(closed: Shop, tmp_path: Path) -> None:
    names = [Path(closed.desk.files.report("day", DAY, "csv")).name for _ in range(3)]
    assert names == [f"day-HZ01-{DAY}{more}.csv" for more in ("", "-2", "-3")]
    mine = tmp_path / "mine.csv"
    assert closed.desk.files.report("day", DAY, "csv", str(mine)) == str(mine)
    kept, asked = mine.read_bytes(), len(record(closed, EXPORT))
    for taken in (str(mine), f" {mine} "):
        with pytest.raises(NotAllowed, match="is there already") as refused:
            closed.desk.files.report("day", DAY, "pdf", taken)
        assert refused.value.field == "where"
    with pytest.raises(NotAllowed, match="There is no folder"):
        closed.desk.files.report("day", DAY, "csv", str(tmp_path / "none" / "mine.csv"))
    assert (mine.read_bytes(), len(record(closed, EXPORT))) == (kept, asked), "what was refused is not on record"


def test_a_folder_that_is_named_takes_the_report_under_its_own_name(closed: Shop, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = closed.desk.files.figures("", "", "operator", "csv", str(tmp_path / "stick"))
    assert Path(made).parent == tmp_path / "stick"
    within = closed.desk.files.figures("", "", "day", "csv", "month.csv")
    assert within == str(tmp_path / "reports" / "month.csv")


def test_what_can_t_be_written_is_told(closed: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    closed.desk.seat.files = replace(closed.desk.seat.files or Files(tmp_path), folder=tmp_path / "file" / "below")
    with pytest.raises(Outside, match="can't be written"):
        closed.desk.files.report("day", DAY, "csv")
    with pytest.raises(NotFound):
        closed.desk.files.report("day", "2001-01-01", "csv", str(tmp_path))


def test_who_may_not_see_a_report_writes_no_file_of_it(shop: Shop, tmp_path: Path) -> None:
    other = shop.counter("1002", "HZ0102")
    other.seat.files = Files(tmp_path)
    with pytest.raises(NotAllowed, match="a supervisor may look at it"):
        other.files.report("x", FACTS.counter, "csv")
    assert list(tmp_path.iterdir()) == []


class Full:
    """A file on a disk that takes some bytes and no more."""

    def __init__(self, path: Path) -> None:
        path.touch()

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_fault: object) -> None: ...

    def writelines(self, _content: Iterable[bytes]) -> None:
        raise OSError(ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("kind", "form", "counted"),
    [
        pytest.param("day", "pdf", 1, marks=DRAWN),
        pytest.param("z", "pdf", 1, marks=DRAWN),
        ("day", "csv", 0),
    ],
)
def test_a_copy_that_could_not_be_written_is_none_and_its_number_is_not_given_again(
    closed: Shop, monkeypatch: pytest.MonkeyPatch, kind: str, form: Format, counted: int
) -> None:
    folder = Path(closed.desk.files.folder())
    with monkeypatch.context() as full:
        full.setattr(Path, "open", lambda path, _mode: Full(path))
        with pytest.raises(Outside, match="the disk is full") as fault:
            closed.desk.files.report(kind, "", form)
    assert ("copy no. 1, which is none" in str(fault.value)) is bool(counted)
    assert list(folder.iterdir()) == [], "nothing half is left"
    assert [reason for _, reason in record(closed, "report.unwritten")] == ["1"] * counted
    assert closed.desk.files.report_copy(kind, "", "pdf").copy == counted + 1


def test_copies_of_a_report_are_counted_under_one_name_however_they_are_made(closed: Shop) -> None:
    for kind in ("day", "z"):
        before = len(record(closed, "reprint"))
        closed.desk.reports.print(kind)
        jobs = closed.rows(PrintJob, order=("queued_at", "id"))
        name = closed.desk.reports.shown(kind).number
        ours = [job for job in jobs if job.title.endswith(name)]
        assert len(ours) == 2, "as it was closed, and the copy"
        for job in ours:
            closed.desk.papers.reprint(job.id, "once more")
        made = record(closed, "reprint")[before:]
        assert len(made) == 3
        assert len({subject for subject, _ in made}) == 1, made
        assert closed.desk.files.report_copy(kind, "", "pdf").copy == 4
