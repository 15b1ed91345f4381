"""Numbers from a file into stock: judged whole, taken in pages, stopped, gone on with, whole or the good rows alone."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from boss_tui.management.kit import stock, stock_jobs
from boss_tui.management.subjects import named
from data.errors import BadForm, Conflict, NotAllowed, Outside
from data.tables.act import Act
from data.tables.job import Job
from data.tables.resource import PhoneNumber
from data.tables.stockroom import StockBatch
from data.tables.sync import JournalEntry
from tests.boss_tui.desk.stock_intake import done, faults, judged
from tests.head_office import HeadOffice

NAME = "M5/phone_number"
SEGMENT = "1825749"
"""Of which headquarters has some numbers, and may take the others in."""


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "PAGE", 40)
    monkeypatch.setattr(stock_jobs, "PAGE", 40)


@pytest.fixture
def missing(head_office: HeadOffice) -> list[str]:
    there = {row.number for row in head_office.rows(PhoneNumber, segment=SEGMENT)}
    return [number for n in range(10_000) if (number := f"{SEGMENT}{n:04d}") not in there]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "numbers.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_file_is_taken_in_page_by_page_and_graded(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    desk, numbers = head_office.maker, missing[:100]
    path = written(tmp_path, "number\n" + "\n".join(numbers))
    before = len(head_office.rows(JournalEntry))
    found = judged(desk, NAME, path)
    assert (found.total, found.counts(), len(found.verdicts)) == (
        100,
        {"new": 100, "changed": 0, "same": 0, "bad": 0},
        20,
    )
    assert not head_office.rows(PhoneNumber, number=numbers[0])
    job = desk.row_files.begin_import(NAME, found, path)
    steps = []
    while job.state == "running":
        job = desk.row_files.step(job.id)
        steps.append(job.done)
    assert (steps, job.state) == ([40, 80, 100], "done")
    rows = head_office.rows(PhoneNumber, batch_id=job.id)
    assert [row.number for row in rows] == numbers
    assert {(row.outlet, row.state, row.segment, row.lease_id) for row in rows} == {("", "idle", SEGMENT, "")}
    assert {row.grade for row in rows} == {"N"}
    (batch,) = head_office.rows(StockBatch)
    assert (batch.kind, batch.how, batch.name, batch.pieces) == ("number", "file", "numbers.csv", 100)
    assert [act.act for act in head_office.rows(Act, order=("serial",))] == ["stock.begin", "stock.import"]
    assert len(head_office.rows(JournalEntry)) == before + 2  # no page tells of its pieces
    assert head_office.is_sound()


def test_a_beautiful_number_is_graded_by_pattern_unless_the_file_says(head_office: HeadOffice, tmp_path: Path) -> None:
    segment(head_office, "1395799")
    path = written(tmp_path, "number,grade\n13957998888,\n13957996666,N\n13957990123,\n13957991212,\n13957990001,a5\n")
    found = judged(head_office.maker, NAME, path)
    assert not found.faults
    done(head_office.maker, head_office.maker.row_files.begin_import(NAME, found, path))
    rows = head_office.rows(PhoneNumber, segment="1395799")
    assert {row.number: row.grade for row in rows} == {
        "13957998888": "AAAA",
        "13957996666": "N",
        "13957990123": "ABCD",
        "13957991212": "ABAB",
        "13957990001": "A5",
    }


def segment(office: HeadOffice, prefix: str, **more: str) -> None:
    form = office.maker.managing.example("M5")
    row = {"table": "number_segment", "op": "add", "values": {"prefix": prefix, "element": "HLR01", **more}}
    made = office.maker.managing.make("M5", {**form, "rows": [row]})
    office.checker.editions.approve(made.edition.id)


def test_what_is_wrong_is_told_by_line_and_cell(head_office: HeadOffice, missing: list[str], tmp_path: Path) -> None:
    segment(head_office, "1395799", last="0999")
    there = head_office.rows(PhoneNumber)[0].number
    lines = [
        missing[0],
        "1825749",
        "",
        f"{missing[1]},ZZ",
        there,
        missing[0],
        "19900000000",
        "13957991000",
        "13957990999",
        f"{missing[2]},N,extra",
        "１８２５７４９０００１x",
    ]
    found = judged(head_office.maker, NAME, written(tmp_path, "number,grade\n" + "\n".join(lines) + "\n"))
    assert faults(found) == [
        (3, "number", "cell"),
        (5, "grade", "cell"),
        (6, "number", "there"),
        (7, "number", "twice"),
        (8, "number", "cell"),
        (9, "number", "cell"),
        (11, "", "cells"),
        (12, "number", "cell"),
    ]
    assert (found.good, found.bad, found.total) == (2, 8, 10)
    assert found.cells_of(5) == (missing[1], "ZZ")
    with pytest.raises(NotAllowed) as refused:
        head_office.maker.row_files.begin_import(NAME, found, found.source.path)
    assert refused.value.field == "file"
    assert head_office.rows(Job) == []


def test_the_bad_rows_come_out_as_a_file_with_two_more_columns(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    lines = [*missing[:50], "123", *missing[50:90], f"{missing[95]},Q"]
    found = judged(head_office.maker, NAME, written(tmp_path, "number,grade\n" + "\n".join(lines)))
    path = head_office.maker.row_files.bad_rows(found, str(tmp_path / "bad.csv"))
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[:3] for row in rows[1:]] == [["123", "", "number"], [missing[95], "Q", "grade"]]
    assert all(row[3] for row in rows)


def test_the_good_rows_alone_are_taken(head_office: HeadOffice, missing: list[str], tmp_path: Path) -> None:
    lines = [missing[0], "123", missing[1], missing[0]]
    path = written(tmp_path, "number\n" + "\n".join(lines))
    found = judged(head_office.maker, NAME, path)
    job = done(head_office.maker, head_office.maker.row_files.begin_import(NAME, found, path, good_rows=True))
    assert (job.done, json.loads(job.said)["taken"]) == (4, 2)
    assert [row.number for row in head_office.rows(PhoneNumber, batch_id=job.id)] == missing[:2]
    assert head_office.is_sound()


def test_an_import_goes_on_where_it_was_after_its_program_is_gone(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    path = written(tmp_path, "number\r\n" + "".join(f'"{number}"\r\n\r\n' for number in missing[:90]))
    desk = head_office.maker
    job = desk.row_files.step(desk.row_files.begin_import(NAME, judged(desk, NAME, path), path).id)
    assert job.done == 40
    anew = head_office.at_work("3001")
    assert done(anew, anew.row_files.go_on(job.id)).state == "done"
    assert [row.number for row in head_office.rows(PhoneNumber, batch_id=job.id)] == missing[:90]


def test_a_stopped_import_rests_and_another_file_waits_for_it(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    path, desk = written(tmp_path, "number\n" + "\n".join(missing[:90])), head_office.maker
    job = desk.row_files.step(desk.row_files.begin_import(NAME, judged(desk, NAME, path), path).id)
    job = desk.row_files.stop(job.id)
    assert desk.row_files.step(job.id).done == 40
    other = tmp_path / "other.csv"
    other.write_text(f"number\n{missing[100]}\n")
    with pytest.raises(NotAllowed, match="is being taken in"):
        desk.row_files.begin_import(NAME, judged(desk, NAME, other), other)
    assert done(desk, desk.row_files.go_on(job.id)).state == "done"
    assert done(desk, desk.row_files.begin_import(NAME, judged(desk, NAME, other), other)).state == "done"


def test_a_file_that_changed_meanwhile_is_not_gone_on_with(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    path, desk = written(tmp_path, "number\n" + "\n".join(missing[:90])), head_office.maker
    job = desk.row_files.step(desk.row_files.begin_import(NAME, judged(desk, NAME, path), path).id)
    written(tmp_path, "number\n" + "\n".join(missing[5:95]))
    anew = head_office.at_work("3001")
    with pytest.raises(Conflict):
        anew.row_files.step(job.id)


def test_the_same_file_is_noticed(head_office: HeadOffice, missing: list[str], tmp_path: Path) -> None:
    path, desk = written(tmp_path, f"number\n{missing[0]}\n{missing[1]}x\n"), head_office.maker
    found = judged(desk, NAME, path)
    assert desk.row_files.seen_before(found) is None
    done(desk, desk.row_files.begin_import(NAME, found, path, good_rows=True))
    found = judged(desk, NAME, path)
    told = desk.row_files.seen_before(found)
    assert told is not None
    assert told.values["n"] == 1
    assert faults(found) == [(2, "number", "there"), (3, "number", "cell")]
    with pytest.raises(NotAllowed):
        desk.row_files.begin_import(NAME, found, path, good_rows=True, again=True)  # nothing in it is new


def whole(body: str, **changes: str) -> str:
    said = {
        "count": str(len(body.splitlines()) - 1),
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        **changes,
    }
    return "#phone_number," + ",".join(f"{name}={text}" for name, text in said.items()) + "\n" + body


def test_a_file_that_says_what_it_is_must_be_that(head_office: HeadOffice, missing: list[str], tmp_path: Path) -> None:
    body = f"number\n{missing[0]}\n{missing[1]}\n"
    found = judged(head_office.maker, NAME, written(tmp_path, whole(body)))
    assert (found.faults, found.total, found.columns[0].name) == ([], 2, "number")
    found = judged(head_office.maker, NAME, written(tmp_path, whole(body, count="3")))
    assert faults(found) == [(1, "", "file")]
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_import(NAME, found, found.source.path)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "file"),
        ("\n\n", "file"),
        ("number,number\n", "number"),
        ("number,colour\n", "colour"),
        ("grade\nN\n", "number"),
        ("number,state\n", "state"),
        ("number,\n", "column 2"),
        ('number\n"1825749000\n', "file"),
        ("#sim_card,count=1\nnumber\n18257490000\n", "file"),
        ("#\nnumber\n", "file"),
        ("#phone_number,count=x\nnumber\n", "file"),
        (whole("number\n18257490000\n", sha256="0" * 64), "file"),
    ],
)
def test_what_is_no_file_of_numbers_is_refused(head_office: HeadOffice, tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(BadForm) as refused:
        judged(head_office.maker, NAME, written(tmp_path, text))
    assert set(refused.value.errors) == {field}
    assert head_office.rows(Job) == []


def test_other_encodings_are_read_or_refused_in_words(
    head_office: HeadOffice, missing: list[str], tmp_path: Path
) -> None:
    body = f"号码\n{missing[0]}\n"
    for encoding, called in (("utf-8-sig", "UTF-8"), ("gb18030", "GB 18030")):
        found = judged(head_office.maker, NAME, written(tmp_path, body, encoding))
        assert (found.source.encoding, found.counts()["new"]) == (called, 1)
    for encoding in ("utf-16", "utf-16-be"):
        with pytest.raises(BadForm):
            judged(head_office.maker, NAME, written(tmp_path, body, encoding))
    (tmp_path / "numbers.csv").write_bytes(b"number\n\xff\xff\n")
    with pytest.raises(BadForm, match="line 2"):
        judged(head_office.maker, NAME, tmp_path / "numbers.csv")
    with pytest.raises(Outside):
        judged(head_office.maker, NAME, tmp_path / "nothing.csv")


def test_numbers_come_to_no_edition(head_office: HeadOffice) -> None:
    managing = head_office.maker.managing
    number = head_office.rows(PhoneNumber)[0].number
    with pytest.raises(NotAllowed):
        managing.add(NAME, {"number": "18257499999"}, title="x")
    with pytest.raises(NotAllowed):
        managing.change(NAME, [(number,)], {"grade": "A5"}, title="x")
    with pytest.raises(NotAllowed):
        managing.end(NAME, [(number,)], title="x")
    rows = [{"table": "phone_number", "op": "change", "key": number, "values": {"grade": "A5"}}]
    with pytest.raises(NotAllowed):
        managing.make("M5", {**managing.example("M5"), "rows": rows})


def test_a_clerk_takes_no_numbers_in(head_office: HeadOffice, tmp_path: Path) -> None:
    assert named(NAME)[1].stock is not None
    path = written(tmp_path, "number\n18257490000\n")
    outsider = head_office.at_work("3001")
    outsider.signing.sign_off()
    with pytest.raises(NotAllowed):
        outsider.row_files.preview(NAME, path)
