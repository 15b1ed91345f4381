"""Files of stock, row by row: how a file is looked through and cut into rows, and what is wrong with a row of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.locale import words
from boss_tui.management.kit import stock
from boss_tui.management.kit.faults import CELL, CELLS, FILE, KEY, THERE, TWICE, CellFault
from boss_tui.management.kit.files import FileRow
from boss_tui.management.kit.intake import Stock, StockRow
from boss_tui.management.kit.stock import Reader, StockJudged, bad_rows, judge, opened, within_page
from boss_tui.management.kit.streamed import Place, StreamedFile, looked_through
from boss_tui.management.m05.number_stock import NUMBERS
from data.errors import BadForm, Outside
from data.message import say

N = [f"1825748{n:04}" for n in range(10)]
UNGRADED = "X"
"""What the intake of these tests takes for no grade."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stock")


def written(folder: Path, content: bytes, head: str = "", name: str = "numbers.csv") -> Path:
    path = folder / name
    digest = hashlib.sha256(content).hexdigest()
    path.write_bytes((f"#{head.format(digest=digest)}\n".encode() if head else b"") + content)
    return path


def looked(folder: Path, content: str | bytes, head: str = "", encoding: str = "utf-8") -> StreamedFile:
    return looked_through(written(folder, content if isinstance(content, bytes) else content.encode(encoding), head))


# looked through


@pytest.mark.parametrize(
    ("content", "head", "start", "lines"),
    [
        ("number,grade\n1,A\n2,B\n", "", Place(13, 2), 2),
        ("number,grade\n1,A\n2,B", "", Place(13, 2), 2),
        ("number,grade\n", "", Place(13, 2), 0),
        ("number,grade", "", Place(12, 2), 0),
        ("number,grade\r\n1,A\r\n", "", Place(14, 2), 1),
        ("\ufeffnumber,grade\n1,A\n", "", Place(16, 2), 1),
        ("number,grade\n1,A\n", "phone_number,count=1", Place(35, 3), 1),
        ("number,grade\n1,A\n", "phone_number,count=1,sha256={digest}", Place(107, 3), 1),
    ],
)
def test_rows_begin_behind_head_and_heading(folder: Path, content: str, head: str, start: Place, lines: int) -> None:
    found = looked(folder, content, head)
    assert (found.start, found.lines, found.heading, found.between) == (start, lines, ("number", "grade"), ",")
    assert found.digest == hashlib.sha256(found.path.read_bytes()).hexdigest()
    assert found.is_as_it_was()
    assert (found.head is not None) == bool(head)
    if found.head is not None:
        assert (found.head.of, found.head.said["count"]) == ("phone_number", "1")
    found.path.write_bytes(b"number\n")
    assert not found.is_as_it_was()


@pytest.mark.parametrize(
    ("content", "encoding", "codec", "between"),
    [
        ("号码;grade\n1;A\n", "utf-8", "utf-8", ";"),
        ("号码\tgrade\n1\tA\n", "gb18030", "gb18030", "\t"),
        ("a,b;c,d\n", "utf-8", "utf-8", ","),
    ],
)
def test_encoding_and_the_sign_between_cells_are_found(
    folder: Path, content: str, encoding: str, codec: str, between: str
) -> None:
    found = looked(folder, content, encoding=encoding)
    assert (found.codec, found.between) == (codec, between)


@pytest.mark.parametrize(
    ("content", "head", "says"),
    [
        (b"\xff\xfen\x00", "", "UTF-16"),
        (b"number\n1\n\xff\xff\n", "", "line 3: neither"),
        (b"\n1\n", "", "no heading"),
        (b"number\n1\n", "phone_number,sha256=00", "not as it was sent"),
        (b"number\n1\n", "phone_number,count=x", "whole number"),
        (b"number\n1\n", "phone_number,count=" + "1" * 12, "whole number"),
        (b"number\n1\n", ",count=1", "its first line is such as"),
        (b"number\n1\n", "phone_number,=1", "its first line is such as"),
    ],
)
def test_what_is_no_such_file_or_not_whole_is_said(folder: Path, content: bytes, head: str, says: str) -> None:
    with pytest.raises(BadForm, match=says):
        looked(folder, content, head)
    with pytest.raises(Outside):
        looked_through(folder / "none.csv")


def test_a_count_of_eleven_digits_is_one(folder: Path) -> None:
    found = looked(folder, "number\n1\n", "phone_number,count=" + "1" * 11)
    assert found.head is not None


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ("1,A\n2,B\n3,C\n", [[(2, ("1", "A")), (3, ("2", "B"))], [(4, ("3", "C"))]]),
        ("1,A\r\n2,B\r\n", [[(2, ("1", "A")), (3, ("2", "B"))], []]),
        ("1,A\n2,B\n3,C", [[(2, ("1", "A")), (3, ("2", "B"))], [(4, ("3", "C"))]]),
        ('1,"A\nB"\n2,B\n3,C\n', [[(2, ("1", "A\nB")), (4, ("2", "B"))], [(5, ("3", "C"))]]),
        ("1,A\n\n , \n2,B\n3,C\n", [[(2, ("1", "A")), (5, ("2", "B"))], [(6, ("3", "C"))]]),
        ("'=1,'A\n2,B\n", [[(2, ("=1", "'A")), (3, ("2", "B"))], []]),
        ("", [[]]),
    ],
)
def test_rows_come_page_by_page_with_their_lines(folder: Path, body: str, pages: list[Any]) -> None:
    source = looked(folder, f"number,grade\n{body}")
    place, found = source.start, []
    for _ in pages:
        rows, place = source.page(place, 2)
        found.append([(row.line, row.cells) for row in rows])
    assert found == pages
    assert source.page(place, 2)[0] == []


def test_a_quote_that_is_not_closed_is_told_with_its_line(folder: Path) -> None:
    source = looked(folder, 'number,grade\n1,A\n2,"B\n')
    with pytest.raises(BadForm, match="line 3: no CSV"):
        source.page(source.start, 9)


# judged


class Judging:
    """An intake that takes no grade X, and at the end says what it was told to."""

    last: tuple[CellFault, ...] = ()

    def __init__(self, *_: Any) -> None:
        pass

    def judge(self, _reading: Any, rows: list[StockRow]) -> list[CellFault]:
        return [CellFault(row.line, "grade", CELL, say("No.")) for row in rows if row.values["grade"] == UNGRADED]

    def end(self, _reading: Any) -> tuple[CellFault, ...]:
        return self.last


class Remembered:
    """What was seen before, in memory."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def add(self, keys: list[tuple[str, int]]) -> dict[int, int]:
        return {line: first for key, line in keys if (first := self._first.setdefault(key, line)) != line}

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "Seen", Remembered)


KIND = Stock("number", ("number", "grade"), Judging)  # type: ignore[arg-type]


class There:
    """A reading of a stock that has these numbers."""

    def __init__(self, *numbers: str) -> None:
        self._numbers = numbers

    def among(self, _statement: Any, wanted: list[str]) -> list[tuple[str]]:
        return [(number,) for number in wanted if number in self._numbers]


def file_of(folder: Path, *rows: str, heading: str = "number,grade", head: str = "") -> StockJudged:
    content = "\n".join([heading, *rows, ""])
    return opened(NUMBERS, KIND, looked(folder, content, head))


def told(judged: StockJudged) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.kind) for fault in judged.faults]


@pytest.mark.parametrize(
    ("rows", "there", "faults"),
    [
        ([f"{N[0]},A", f"{N[1]},"], [], []),
        ([f"{N[0]},A,", N[1]], [], []),
        ([f"{N[0]},A,x"], [], [(2, "", CELLS)]),
        ([",A"], [], [(2, "number", KEY)]),
        (["1,A"], [], [(2, "number", CELL)]),
        ([f"{N[0]},{'x' * 21}"], [], [(2, "grade", CELL)]),
        ([f"{N[0]},A", f"{N[0]},B"], [], [(3, "number", TWICE)]),
        ([f"{N[0]},A", f"{N[1]},A"], [N[1]], [(3, "number", THERE)]),
        ([f"{N[0]},X", f"{N[1]},A"], [], [(2, "grade", CELL)]),
        (
            [f"{N[0]},X", f"{N[1]},X", f"{N[1]},A"],
            [N[0]],
            [(2, "number", THERE), (3, "grade", CELL), (4, "number", TWICE)],
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_line_column_and_class(
    folder: Path, rows: list[str], there: list[str], faults: list[tuple[int, str, str]]
) -> None:
    judged = file_of(folder, *rows)
    assert not judge(There(*there), judged)  # type: ignore[arg-type]
    assert told(judged) == faults
    bad = {line for line, _, _ in faults}
    assert (judged.read, judged.bad, judged.good) == (len(rows), len(bad), len(rows) - len(bad))
    assert judged.counts() == {"new": judged.good, "changed": 0, "same": 0, "bad": judged.bad}
    assert sum(judged.classes().values()) == len(faults)
    assert {line for line in range(9) if judged.cells_of(line)} == bad


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("number", set()),
        ("Grade, number ", set()),
        ("grade", {"number"}),
        ("number,number", {"number"}),
        ("number,colour", {"colour"}),
        ("colour", {"colour"}),
        ("number,", {"column 2"}),
    ],
)
def test_columns_are_known_once_and_those_that_must_be_are_there(folder: Path, heading: str, wrong: set[str]) -> None:
    if wrong:
        with pytest.raises(BadForm) as refused:
            file_of(folder, heading=heading)
        assert set(refused.value.errors) == wrong
    else:
        assert len(file_of(folder, heading=heading).columns) == len(heading.split(","))


@pytest.mark.parametrize(
    ("head", "needs", "is_one"),
    [
        ("", False, True),
        ("phone_number,count=0", False, True),
        ("sim_card,count=0", False, False),
        ("", True, False),
        ("phone_number,count=0", True, False),
        ("phone_number,count=0,sha256={digest}", True, True),
    ],
)
def test_a_file_says_what_it_is_where_it_must(folder: Path, head: str, needs: bool, is_one: bool) -> None:
    kind = Stock("number", ("number", "grade"), Judging, needs_head=needs)  # type: ignore[arg-type]
    source = looked(folder, "number\n", head)
    if is_one:
        assert opened(NUMBERS, kind, source).source is source
    else:
        with pytest.raises(BadForm):
            opened(NUMBERS, kind, source)


def test_so_many_faults_and_good_rows_are_kept_and_all_are_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock, "SHOWN", 3)
    monkeypatch.setattr(stock, "SAMPLE", 3)
    judged = file_of(folder, *(f"{number},{'X' if n % 2 else 'A'}" for n, number in enumerate(N)))
    reading: Any = There()
    pages = 1
    while judge(reading, judged, 4):
        pages += 1
    assert (pages, judged.read, judged.good, judged.bad, judged.classes()) == (3, 10, 5, 5, {CELL: 5})
    assert told(judged) == [(3, "grade", CELL), (5, "grade", CELL), (7, "grade", CELL)]
    assert [(each.line, each.edit.key) for each in judged.verdicts] == [(2, (N[0],)), (4, (N[2],)), (6, (N[4],))]


def test_a_page_that_is_full_may_have_another_behind_it(folder: Path) -> None:
    judged = file_of(folder, *N[:4])
    reading: Any = There()
    assert judge(reading, judged, 2)
    assert (judged.is_ended, judged.total) == (False, 4)
    assert judge(reading, judged, 2)
    assert not judge(reading, judged, 2)
    assert (judged.is_ended, judged.total, judged.good) == (True, 4, 4)


@pytest.mark.parametrize(("count", "is_right"), [(1, False), (2, True), (3, False)])
def test_a_file_has_as_many_rows_as_its_head_says(folder: Path, count: int, is_right: bool) -> None:
    judged = file_of(folder, *N[:2], head=f"phone_number,count={count}")
    judge(There(), judged)  # type: ignore[arg-type]
    assert told(judged) == ([] if is_right else [(1, "", FILE)])
    assert judged.bad == (0 if is_right else 1)


def test_the_bad_rows_come_out_with_what_is_wrong(folder: Path) -> None:
    judged = file_of(folder, f"{N[0]},A", f"{N[1]},X", f"{N[2]},A,x", f"{N[0]},X")
    made = b"".join(bad_rows(There(), judged, words("en")))  # type: ignore[arg-type]
    heading, *rows = made.decode("utf-8-sig").splitlines()
    assert heading == "number,grade,Field,What is wrong"
    assert rows == [
        f"{N[1]},X,grade,No.",
        f'{N[2]},A,,"3 cells, where the heading has 2."',
        f"{N[0]},X,number,Line 2 has the same key.",
    ]


def test_rows_of_a_page_are_held_against_earlier_ones() -> None:
    rows = [StockRow(line, (), {"number": key}) for line, key in ((2, "a"), (3, "b"), (4, "a"), (5, "a"))]
    assert within_page("number", rows) == {4: 2, 5: 2}


def test_a_page_whose_cells_mean_what_they_are_is_read_at_once() -> None:
    """A column that may need more reading, or one that is left out, is read cell by cell."""
    of = [NUMBERS.column("number")]
    plain = NUMBERS.stock
    assert plain is not None
    records = [FileRow(2, (N[0],)), FileRow(3, (N[1],))]
    alone = Stock("number", ("number",), Judging, plain=plain.plain)  # type: ignore[arg-type]
    assert Reader(NUMBERS, alone, of).plainly(records) == (("number",), [(N[0],), (N[1],)])
    assert Reader(NUMBERS, alone, of).plainly([*records, FileRow(4, ("1",))]) is None
    assert Reader(NUMBERS, plain, of).plainly(records) is None
    for kind in (alone, plain):
        first, second = Reader(NUMBERS, kind, of).page(records)
        assert isinstance(first, StockRow)
        assert (first.line, first.values["number"]) == (2, N[0])
        assert isinstance(second, StockRow)


def test_what_is_never_shown_is_left_out() -> None:
    judged: Any = SimpleNamespace(
        entity=NUMBERS,
        columns=[NUMBERS.column("number"), NUMBERS.column("grade")],
        stock=SimpleNamespace(secret=("grade",)),
    )
    assert stock._shown(("1", "A", "x"), stock._hidden(judged)) == ("1", "", "x")
