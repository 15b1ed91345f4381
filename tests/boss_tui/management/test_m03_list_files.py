"""A partner's list as a file: whole or nothing, in its order, full and delta; what is wrong is told by line."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from boss_tui.management.m03_2 import list_files
from boss_tui.management.m03_2.list_files import ReadList
from data.errors import BadForm, NotAllowed, Outside
from data.message import say
from data.tables.customer import ListedPerson, ListFile
from data.tables.edition import Edition
from tests.boss_tui.components.rows import DAY, Rows, row
from tests.head_office import HeadOffice

ONE, TWO, THREE = "E48261973", "E48261974", "E48261975"
HEADING = "op,document_kind,document_number,name,reason,basis,valid_from,valid_to"


@pytest.fixture(scope="module")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where partners' files lie."""
    return tmp_path_factory.mktemp("lists")


@pytest.fixture
def folder(desk_folder: Path) -> Path:
    """It, with no file in it."""
    for path in desk_folder.iterdir():
        path.unlink()
    return desk_folder


def person(number: str = ONE, **other: str) -> str:
    cells = {"op": "add", "kind": "07", "number": number, "name": "TEST", "reason": "异网欠费", "basis": "协议1号"}
    return ",".join({**cells, "since": "2026-11-01", "until": "2027-10-31", **other}.values())


def written(folder: Path, *people: str, heading: str = HEADING, encoding: str = "utf-8", **head: Any) -> Path:
    """A file; `head`: what its head says otherwise."""
    body = "\n".join([heading, *people, ""]).encode(encoding)
    said = {
        "mark": "#LIST",
        "source": "IN001",
        "list": "black",
        "kind": "delta",
        "sequence": 1,
        "count": len(people),
        "sha256": hashlib.sha256(body).hexdigest(),
        **head,
    }
    path = folder / "list.csv"
    path.write_bytes(",".join(map(str, said.values())).encode() + b"\n" + body)
    return path


def looked(office: HeadOffice, path: Path) -> ReadList:
    return office.maker.list_files.read(path)


def test_a_second_line_of_somebody_names_the_first_as_the_file_counts_them(
    head_office: HeadOffice, folder: Path
) -> None:
    (reject,) = looked(head_office, written(folder, person(TWO), person(), person())).rejects
    assert (reject.line, str(reject.why)) == (5, "Line 4 has the same key.")


def taken(office: HeadOffice, path: Path) -> list[Edition]:
    """Taken in, and in force."""
    made = office.maker.list_files.take(path)
    for edition in made:
        office.maker.editions.submit(edition.id)
        assert office.checker.editions.approve(edition.id).state == "in_force"
    return made


def listed(office: HeadOffice) -> dict[str, ListedPerson]:
    return {row.document_number: row for row in office.rows(ListedPerson, source="IN001") if row.document_kind == "07"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_who_is_in_the_file_is_on_the_list(head_office: HeadOffice, folder: Path, encoding: str) -> None:
    path = written(folder, person(), person(TWO, until=""), encoding=encoding)
    assert looked(head_office, path).counts() == {"new": 2, "changed": 0, "ended": 0, "same": 0, "bad": 0}
    taken(head_office, path)
    found = listed(head_office)
    assert (found[ONE].list, found[ONE].reason, found[ONE].basis) == ("black", "异网欠费", "协议1号")
    assert (found[ONE].valid_from, found[ONE].valid_to, found[TWO].valid_to) == ("2026-11-01", "2027-10-31", "")
    (file,) = head_office.rows(ListFile)
    assert (file.sequence, file.rows, file.kind) == (1, 2, "delta")
    assert head_office.is_sound()


def test_a_delta_says_who_comes_and_who_goes(head_office: HeadOffice, folder: Path) -> None:
    taken(head_office, written(folder, person(), person(TWO)))
    path = written(folder, person(op="end"), person(TWO, reason="已缴清"), person(THREE), sequence=2)
    assert looked(head_office, path).counts() == {"new": 1, "changed": 1, "ended": 1, "same": 0, "bad": 0}
    taken(head_office, path)
    found = listed(head_office)
    assert (set(found), found[TWO].reason) == ({TWO, THREE}, "已缴清")


def test_the_files_that_were_taken_are_told_the_last_first_with_their_editions(
    head_office: HeadOffice, folder: Path
) -> None:
    first = taken(head_office, written(folder, person()))[0]
    second = taken(head_office, written(folder, person(TWO), sequence=2))[0]
    found = head_office.maker.list_files.taken()
    assert [(each.file.sequence, each.edition.number) for each in found] == [(2, second.number), (1, first.number)]


def test_who_is_not_in_a_full_file_is_no_more_on_that_list(head_office: HeadOffice, folder: Path) -> None:
    others = {row.id for row in head_office.rows(ListedPerson) if row.source != "IN001" or row.list != "black"}
    taken(head_office, written(folder, person(), person(TWO)))
    path = written(folder, person(TWO), kind="full", sequence=9)
    counts = looked(head_office, path).counts()
    assert (counts["new"], counts["same"]) == (0, 1)
    taken(head_office, path)
    assert {row.document_number for row in head_office.rows(ListedPerson, source="IN001", list="black")} == {TWO}
    assert others <= {row.id for row in head_office.rows(ListedPerson)}, "another list is not touched"


@pytest.mark.parametrize(
    "head",
    [
        {"mark": "#OTHER"},
        {"source": "XX999"},
        {"list": "grey"},
        {"kind": "some"},
        {"sequence": "x"},
        {"sequence": "-1"},
        {"sequence": 0},
        {"sequence": 2},
        {"count": 2},
        {"count": 0},
        {"sha256": "0" * 64},
        {"sha256": ""},
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_read(
    head_office: HeadOffice, folder: Path, head: dict[str, Any]
) -> None:
    with pytest.raises(BadForm) as refused:
        looked(head_office, written(folder, person(), **head))
    assert set(refused.value.errors) == {"file"}


@pytest.mark.parametrize("heading", ["document_kind,reason", f"{HEADING},more", HEADING.replace("name", "reason")])
def test_its_columns_are_those_of_a_list(head_office: HeadOffice, folder: Path, heading: str) -> None:
    with pytest.raises(BadForm):
        looked(head_office, written(folder, person(), heading=heading))


def test_a_file_that_is_not_there_is_said_to_be_so(head_office: HeadOffice, folder: Path) -> None:
    with pytest.raises(Outside):
        looked(head_office, folder / "none.csv")
    with pytest.raises(Outside, match="there is nothing of this name"):
        head_office.maker.list_files.is_one("M3.2/class_rule", folder / "none.csv")
    path = written(folder, person())
    assert head_office.maker.list_files.is_one("M3.2/listed_person", path)
    assert not head_office.maker.list_files.is_one("M3.2/class_rule", path)


@pytest.mark.parametrize(
    ("people", "head", "faults"),
    [
        ([person(op="drop")], {}, [(3, "op")]),
        ([person(op="end")], {"kind": "full"}, [(3, "op")]),
        ([person(op="end")], {}, [(3, "document_number")]),
        ([person(kind="99")], {}, [(3, "document_kind")]),
        ([person("1")], {}, [(3, "document_number")]),
        ([person(), person(TWO, reason="")], {}, [(4, "reason")]),
        ([person(basis="")], {}, [(3, "basis")]),
        ([person(since="2026-02-30")], {}, [(3, "valid_from")]),
        ([person(until="soon")], {}, [(3, "valid_to")]),
        ([person(since="2026-11-02", until="2026-11-01")], {}, [(3, "valid_to")]),
        ([person(), person()], {}, [(4, "document_number")]),
        ([person(name="x" * 61)], {}, [(3, "name")]),
    ],
)
def test_what_is_wrong_is_told_by_line_and_nothing_is_taken(
    head_office: HeadOffice, folder: Path, people: list[str], head: dict[str, Any], faults: list[tuple[int, str]]
) -> None:
    path = written(folder, *people, **head)
    found = looked(head_office, path)
    assert [(reject.line, reject.column) for reject in found.rejects] == faults
    with pytest.raises(NotAllowed):
        head_office.maker.list_files.take(path)
    assert (head_office.rows(Edition), head_office.rows(ListFile)) == ([], [])
    told = Path(head_office.maker.list_files.rejected(found, str(folder / "rejects.csv"))).read_text("utf-8-sig")
    heading, *rows = told.splitlines()
    assert heading.startswith(HEADING)
    assert len(rows) == len(faults)
    assert rows[0].startswith(people[faults[0][0] - 3])


def test_a_file_comes_once_unless_it_was_given_up(head_office: HeadOffice, folder: Path) -> None:
    path = written(folder, person())
    (made,) = head_office.maker.list_files.take(path)
    with pytest.raises(BadForm):
        looked(head_office, path)
    head_office.maker.editions.withdraw(made.id, "the partner sends another")
    assert looked(head_office, path).counts()["new"] == 1


def test_a_long_file_becomes_several_editions_or_none(
    head_office: HeadOffice, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_files, "MOST_LINES", 2)
    made = taken(head_office, written(folder, person(), person(TWO), person(THREE)))
    assert [edition.title.partition("：")[2] for edition in made] == [
        "黑名单第 1 份（增量） (1/2)",
        "黑名单第 1 份（增量） (2/2)",
    ]
    assert set(listed(head_office)) == {ONE, TWO, THREE}


def test_nothing_new_is_said_to_be_so(head_office: HeadOffice, folder: Path) -> None:
    taken(head_office, written(folder, person()))
    with pytest.raises(NotAllowed):
        head_office.maker.list_files.take(written(folder, person(), sequence=2))


@pytest.mark.parametrize(
    ("sequence", "count", "read"),
    [
        ("999999999", "999999999", True),
        ("1000000000", "1", False),
        ("1", "1000000000", False),
        ("1", "²", False),
        ("1.0", "1", False),
    ],
)
def test_sequence_and_count_are_whole_numbers_of_nine_digits_at_most(sequence: str, count: str, read: bool) -> None:
    line = f"#LIST, own,black ,full,{sequence},{count},ABCD\r".encode()
    if read:
        found = list_files._head("list.csv", line)
        assert (found.source, found.list, found.digest) == ("own", "black", "abcd")
        assert (found.sequence, found.count) == (int(sequence), int(count))
    else:
        with pytest.raises(BadForm, match="whole numbers"):
            list_files._head("list.csv", line)


@pytest.mark.parametrize(("kind", "words"), [("full", "add"), ("delta", "add, end")])
def test_what_a_line_may_do_is_said_by_the_kind_of_its_file(kind: str, words: str) -> None:
    head = list_files.Head("own", "black", kind, 1, 1, "")
    ((column, told),) = list_files._faults({"op": "drop"}, head, {}, "2026-11-23")
    assert (column, str(told)) == ("op", f"One of {words}.")


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_nobody_comes_on_a_list_whose_time_is_over(
    head_office: HeadOffice, folder: Path, days: int, told: bool
) -> None:
    today = head_office.maker.signing.state().business_date or ""
    until = (date.fromisoformat(today) + timedelta(days=days)).isoformat()
    found = looked(head_office, written(folder, person(since="", until=until), person(TWO)))
    assert found.counts()["bad"] == int(told)
    assert [(each.line, each.column, str(each.why)) for each in found.rejects] == (
        [(3, "valid_to", f"It is over since {until}.")] if told else []
    )


@pytest.mark.parametrize(("until", "told"), [("2026-11-22", True), ("2026-11-23", False), ("", False)])
def test_who_is_listed_for_one_day_is_listed_from_it_until_it(until: str, told: bool) -> None:
    found = ReadList("list.csv", say("list"), list_files.Head("own", "black", "delta", 1, 1, ""), ())
    typed = {"document_kind": "07", "document_number": ONE, "reason": "R", "basis": "B", "name": "N"}
    faults = list_files._put(found, {**typed, "valid_from": DAY, "valid_to": until}, None, DAY)
    assert [(column, str(why)) for column, why in faults] == (
        [("valid_to", "It ends before it begins.")] if told else []
    )
    assert len(found.edits) == int(not told)


@pytest.mark.parametrize(
    ("kind", "sequence", "why"),
    [
        ("delta", 5, "File 5 of this list was taken already; the next is 6."),
        ("full", 4, "File 4 of this list was taken already; the next is 6."),
        ("delta", 6, ""),
        ("delta", 7, "File 6 comes before 7: take that first, or a full one."),
        ("full", 7, ""),
    ],
)
def test_files_of_a_list_come_one_after_the_other(kind: str, sequence: int, why: str) -> None:
    """The last that was taken is the fifth; one after it was given up. A full one may leave some out."""
    rows: Any = Rows(
        *(row(ListFile, id=str(n), source="own", list="black", sequence=n, edition=f"e{n}") for n in (4, 5, 6)),
        row(ListFile, id="r", source="own", list="red", sequence=9, edition="e5"),
        *(row(Edition, id=f"e{n}", state="in_force" if n < 6 else "withdrawn") for n in (4, 5, 6)),
    )
    head = list_files.Head("own", "black", kind, sequence, 1, hashlib.sha256(b"x").hexdigest())
    if why:
        with pytest.raises(BadForm) as refused:
            list_files._must_be_whole(rows, head, b"x")
        assert [str(told) for told in refused.value.errors.values()] == [why]
    else:
        list_files._must_be_whole(rows, head, b"x")
