"""`boss report vouchers`: closed days of a hall in a file for its accounts."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount import loader

from data.tables.finance import BusinessDay
from data.tables.sync import AccessLog
from tests.boss_tui.commands.conftest import SUPERVISOR, Boss


@pytest.fixture
def day(boss: Boss) -> str:
    """A day with a sale, closed."""
    boss("do", "C1", "--form", "-", typed=boss.example())
    assert (
        boss("till", "close", "0", "--reason", "x", "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD="demo-1234").code
        == 0
    )
    assert boss("till", "day-close", "--operator", SUPERVISOR).code == 0
    with boss.reading() as reading:
        last = reading.all(BusinessDay, state="closed", order=("-business_date",))[0]
    return last.business_date


def rows(said: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(said.lstrip("\ufeff"))))


def test_a_day_in_each_form(boss: Boss, day: str, tmp_path: Path) -> None:
    first, *lines = rows(boss("report", "vouchers", "--date", day, "--format", "u8").out)
    assert first == ["填制凭证", "V800"]
    assert sum(Decimal(line[6]) for line in lines) == sum(Decimal(line[7]) for line in lines) > 0
    head, *entries = rows(boss("report", "vouchers", "--date", day, "--format", "kingdee").out)
    assert len(entries) == len(lines)
    debit = head.index("FDEBIT")
    assert sum(Decimal(entry[debit] or 0) for entry in entries) == sum(Decimal(line[6]) for line in lines)
    assert boss("report", "vouchers", "--date", day).out == boss("report", "vouchers", "--format", "hledger").out
    target = tmp_path / "day.beancount"
    assert boss("report", "vouchers", "--format", "beancount", "--output", target).code == 0
    loaded: Any = loader.load_file(str(target))
    assert loaded[1] == []
    assert boss("verify").code == 0


def test_a_month_has_all_its_closed_days_and_says_which_are_open(boss: Boss, day: str) -> None:
    made = boss("report", "vouchers", "--month", day[:7])
    assert f"{day} * (" in made.out
    assert "are open" not in made.err
    assert boss("report", "vouchers", "--month", "2031-01").code == 1


def test_a_day_that_is_open_is_left_out_of_its_month_and_refused_alone(boss: Boss) -> None:
    with boss.reading() as reading:
        running = reading.one(BusinessDay, state="open").business_date
    made = boss("report", "vouchers", "--month", running[:7])
    assert running not in made.out
    assert (made.code, f"since they are open: {running}" in made.err) == (0, True) or "still open" in made.err
    alone = boss("report", "vouchers", "--date", running)
    assert (alone.code, alone.out, "still open" in alone.err) == (1, "", True)


def test_an_export_is_on_record_and_a_second_one_replaces_it(boss: Boss, day: str, tmp_path: Path) -> None:
    target = tmp_path / "v.csv"
    line = ("report", "vouchers", "--date", day, "--format", "u8", "--encoding", "gb18030", "--output", target)
    assert "before" not in boss(*line).err
    first = target.read_bytes()
    again = boss(*line)
    assert "Exported before (1)" in again.err
    assert target.read_bytes() == first
    assert first.decode("gb18030").startswith("填制凭证")
    with boss.reading() as reading:
        noted = reading.all(AccessLog, act="vouchers")
    assert len(noted) == 2
    assert len({row.reason for row in noted}) == 1
    assert noted[0].subject.endswith(f"{day}/{day} u8")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("vouchers", "--date", "2026-11-24", "--month", "2026-11"), 2),
        (("vouchers", "--month", "2026-13"), 2),
        (("vouchers", "--month", "november"), 2),
        (("vouchers", "--format", "pdf"), 2),
        (("vouchers", "--format", "u8", "--encoding", "latin-1"), 2),
        (("vouchers", "--print"), 2),
        (("vouchers", "--format", "hledger", "--encoding", "gb18030"), 2),
        (("vouchers", "--date", "1999-01-01"), 1),
        (("vouchers", "--date", "yesterday-ish"), 1),
        (("day", "--format", "u8"), 2),
        (("day", "--month", "2026-11"), 2),
        (("z", "--encoding", "gb18030"), 2),
        (("vouchers", "--output", "/nowhere/at/all.csv"), 3),
        (("vouchers", "--chart", "/nowhere/at/all.csv"), 3),
        (("day", "--chart", "/nowhere/at/all.csv"), 2),
    ],
)
def test_what_makes_no_sense_is_refused(boss: Boss, line: tuple[str, ...], code: int) -> None:
    ran = boss("report", *line)
    assert ran.code == code, ran
    assert ran.err.strip()
    assert ran.out == ""
    with boss.reading() as reading:
        assert reading.all(AccessLog, act="vouchers") == []
