"""Till and reports: a whole day by commands, and the reports in every form."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.tables.finance import BusinessDay
from tests.boss_tui.commands.conftest import PASSWORD, SUPERVISOR, Boss


def test_a_day_is_closed_and_the_next_one_opened(boss: Boss) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    assert boss("till", "in", "50", "--purpose", "change", "--note", "coins").code == 0
    assert boss("till", "out", "20.50", "--purpose", "expense", "--note", "tea").code == 0
    day = boss("report", "day", "--json").json
    assert boss("till", "day-close", "--operator", SUPERVISOR).code == 1  # the shift is open

    expected = 50_000 + 17_000 + 5_000 - 2_050
    count = [f"100={expected // 10_000}", f"1={expected % 10_000 // 100}", f"0.10={expected % 100 // 10}"]
    closed = boss("till", "close", *count)
    assert closed.code == 0, closed.err
    assert "699.50" in closed.out
    assert boss("report", "z", "--json").json["title"] == "Shift closed (Z)"
    assert boss("report", "x").code == 1
    assert boss("till", "day-close", "--operator", SUPERVISOR).code == 0
    assert boss("till", "open", "500").code == 1
    today = next(fact["value"] for fact in day["facts"] if fact["label"] == "Business date")
    assert boss("till", "day-open", today, "--operator", SUPERVISOR).code == 1
    assert boss("verify").code == 0


def test_a_difference_needs_a_reason_and_a_large_one_a_supervisor(boss: Boss) -> None:
    short = ["till", "close", "100=4"]
    assert boss(*short).code == 1
    assert boss(*short, "--reason", "lost").code == 1
    wrong = boss(*short, "--reason", "lost", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD="guess")
    assert wrong.code == 1
    ran = boss(*short, "--reason", "lost", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert ran.code == 0, ran.err
    facts = {fact["label"]: fact["value"] for fact in boss("report", "z", "--json").json["summary"]}
    assert facts["Over or short"] == -10_000


@pytest.mark.parametrize(
    "counts",
    [
        ["100"],
        ["100=x"],
        ["100=-1"],
        ["100=1", "100=2"],
        ["ten=1"],
        ["=5"],
        ["3=1"],
        ["1,0=5"],
        ["0,50=1"],
        ["100=1,5"],
        ["¥100=1"],
    ],
)
def test_a_count_that_is_none_is_refused(boss: Boss, counts: list[str]) -> None:
    ran = boss("till", "close", "--reason", "x", *counts)
    assert ran.code in {1, 2}, ran
    assert ran.err.strip()
    assert boss("till", "x").code == 0  # the shift is still open


def test_wrong_amounts_and_purposes_are_refused(boss: Boss) -> None:
    for line in (
        ("in", "ten", "--purpose", "change", "--note", "n"),
        ("in", "-5", "--purpose", "change", "--note", "n"),
        ("in", "12,50", "--purpose", "change", "--note", "n"),
        ("out", "1,5", "--purpose", "drop", "--note", "n"),
        ("in", "5", "--purpose", "drop", "--note", "n"),
        ("out", "5", "--purpose", "change", "--note", "n"),
        ("out", "99999", "--purpose", "drop", "--note", "n"),
        ("in", "5", "--purpose", "change", "--note", " "),
        ("open", "500"),
        ("day-open", "soon"),
        ("day-open",),
    ):
        ran = boss("till", *line)
        assert ran.code in {1, 2}, (line, ran)
        assert ran.err.strip(), line


def test_a_report_is_the_same_in_every_form(boss: Boss, tmp_path: Path) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    total = "170.00"
    assert total in boss("report", "x").out
    assert boss("report", "x").out == boss("report", "x", "--output", "-").out
    rows = list(csv.reader(io.StringIO(boss("report", "x", "--format", "csv").out)))
    assert ["Cash", "1", total] in rows
    sheet, paper = tmp_path / "x.xlsx", tmp_path / "x.pdf"
    assert boss("report", "x", "--format", "xlsx", "--output", sheet).code == 0
    cells = [str(cell.value) for row in load_workbook(sheet).worksheets[0].iter_rows() for cell in row]
    assert "170" in cells
    assert boss("report", "x", "--format", "pdf", "--output", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert boss("report", "x", "--output", tmp_path / "no" / "x.txt").code == 3


def test_a_report_is_printed_and_a_second_z_is_a_copy(boss: Boss) -> None:
    assert boss("report", "x", "--print").code == 0
    boss("till", "close", "100=5")
    copy = boss("report", "z", "--print")
    assert copy.code == 0
    assert "1" in next(line for line in copy.out.splitlines() if "***" in line)
    assert len(boss("print", "list", "--json").json) == 3


def _closed(boss: Boss) -> str:
    """The clerk's shift counted and the day closed; the date."""
    held = boss("report", "x", "--json").json["summary"]
    expected = next(fact["value"] for fact in held if fact["label"] == "Cash expected")
    assert boss("till", "close", f"0.10={expected // 10}").code == 0
    day = next(f["value"] for f in boss("report", "day", "--json").json["facts"] if f["label"] == "Business date")
    assert boss("till", "day-close", "--operator", SUPERVISOR).code == 0
    return str(day)


def test_any_day_and_any_z_by_command(boss: Boss, tmp_path: Path) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    day = _closed(boss)
    listed = boss("report", "list", "--since", day, "--json").json
    (z,) = [one for one in listed if one["kind"] == "z"]
    first = boss("report", "z", "--till", z["till"], "--number", str(z["number"]))
    assert first.code == 0
    assert boss("report", "day", "--date", day).out == boss("report", "day", "--date", day.replace("-", "")).out
    for n in (1, 2):
        for asked in (["day", "--date", day], ["z", "--till", z["till"], "--number", str(z["number"])]):
            copy = boss("report", *asked, "--print")
            assert f"Copy no. {n}" in copy.out or f"补打 第{n}次" in copy.out
    assert boss("report", "day", "--date", day, "--format", "csv").out
    for on_paper in ([], ["--print"]):
        sheet = tmp_path / "day.pdf"
        told = ["--format", "pdf", "--output", str(sheet)]
        assert boss("report", "day", "--date", day, *told, *on_paper).code == 0
        assert sheet.read_bytes().startswith(b"%PDF")
    fourth = boss("report", "day", "--date", day, "--print").out
    assert "Copy no. 4" in fourth or "补打 第4次" in fourth, "a printed sheet is counted, a file is not"
    for wrong, code in (
        (["z", "--number", "1"], 2),
        (["x", "--number", "1"], 2),
        (["z", "--date", day], 2),
        (["day", "--till", "HZ0101"], 2),
        (["day", "--date", "2001-01-01"], 1),
        (["day", "--date", "soon"], 1),
        (["z", "--till", z["till"], "--number", "999"], 1),
        (["behind", "--row", "business"], 2),
        (["figures", "--by", "weather"], 1),
    ):
        ran = boss("report", *wrong)
        assert (ran.code, bool(ran.err.strip())) == (code, True), (wrong, ran)


def test_figures_by_command(boss: Boss) -> None:
    boss("do", "C1", "--form", "-", typed=boss.example())
    rows = boss("report", "figures", "--by", "business", "--json").json["sections"][0]["rows"]
    assert rows
    assert boss("report", "compare").code == 0
    (behind,) = boss("report", "behind", "--row", "business/C1", "--json").json
    assert behind["kind"] == "order"


def test_the_day_is_checked_before_it_is_closed(boss: Boss) -> None:
    for asked in (["till", "day-check"], ["till", "day-close", "--check"]):
        ran = boss(*asked, "--operator", SUPERVISOR)
        assert ran.code == 1
        assert "HZ0104" in ran.out
    day = _closed(boss)
    assert boss("till", "day-check", "--operator", SUPERVISOR).code == 1  # no day is open
    assert day


def test_no_key_of_the_program_stands_on_a_chinese_report(boss: Boss) -> None:
    """The days of a hall with a month of sales, bills and stock; and of each business done once."""
    with boss.reading() as reading:
        days = [row.business_date for row in reading.all(BusinessDay, order=("-business_date",))]
    for business in ("C1", "C2", "C6", "C10", "C11", "C12"):
        boss("do", business, "--form", "-", typed=boss("do", business, "--example").out)
    boss("till", "out", "5", "--purpose", "expense", "--note", "打印纸")
    reports = [("report", "x"), *(("report", "day", "--date", day) for day in days[:12])]
    for line in reports:
        said = boss(*line, BOSS_LANGUAGE="zh_CN")
        assert said.code == 0, said
        assert re.findall("[a-z]{3,}|[a-z]+_[a-z]+", re.sub("[0-9a-f]{16,}|Lily", "", said.out)) == [], line


def test_a_blind_count_is_put_down_by_command_too(boss: Boss) -> None:
    boss("till", "blind", "on", "--operator", SUPERVISOR)
    close = ("till", "close")
    first = boss(*close, "100=4")
    assert (first.code, "Your count is put down. It differs from the books" in first.err) == (1, True), first.err
    for counts in ("100=5", "100=3"):  # right or wrong: the same is said
        again = boss(*close, counts, "--reason", "anew")
        assert (again.code, "Your count is put down already" in again.err) == (1, True), again.err
    assert boss(*close, "100=5", "--approver", "1001", BOSS_APPROVER_PASSWORD="demo-1234").code == 1
    done = boss(*close, "100=5", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD="demo-1234")
    assert done.code == 0, done.err
    assert "400.00" in done.out
