"""What M5 asks of segments, grades, patterns and IMSI blocks, each rule failing alone; and how numbers are graded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from boss_tui.components.resources.grading import LONGEST, grader, pattern_fault
from boss_tui.editions.lines import RowEdit
from boss_tui.management.m05.numbering import (
    NOWHERE,
    binds_who_spends,
    ends_what_passes,
    grades_every_number,
    holds_its_numbers,
    is_safe,
    locks_what_is_ours,
    overlaps_no_block,
)
from boss_tui.management.m05.resources import ImsiBlockForm, PatternForm, SegmentForm
from data.demo.numbers import _PATTERNS, grade_of
from data.errors import BadForm
from data.tables.resource import ImsiBlock, NumberGrade, NumberLock, NumberPattern, NumberSegment
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row


def found(check: Any, rows: Iterable[Any], *lines: RowEdit, scalars: tuple[int, ...] = ()) -> list[tuple[int, str]]:
    seen = check(rehearsal(Rows(*rows, scalars=scalars), dict(enumerate(lines, 1)), DAY))
    return [(fault.position, fault.column) for fault in seen]


def segment(**changes: Any) -> Any:
    return row(NumberSegment, **{"prefix": "1825748", "element": "HLR01", **changes})


def grade(**changes: Any) -> Any:
    return row(NumberGrade, **{"code": "A", "name_zh": "靓", **changes})


def pattern(code: str, rank: int, looks: str = "", **changes: Any) -> Any:
    return row(NumberPattern, **{"code": code, "rank": rank, "grade": "A", "pattern": looks, **changes})


def of(table: str, key: str, op: Any = "change", **values: Any) -> RowEdit:
    return RowEdit(table, (key,), op, values)


@pytest.mark.parametrize(
    ("changes", "outside", "columns"),
    [
        ({}, 0, []),
        ({"first": "9999", "last": "9999"}, 0, []),
        ({"first": "5000", "last": "4999"}, 0, ["last"]),
        ({"element": ""}, 0, ["element"]),
        ({"last": "4999"}, 1, ["last"]),
        ({"state": "ended"}, 1, [""]),
        ({"state": "ended", "element": ""}, 0, []),
    ],
)
def test_a_segment_holds_the_numbers_that_are_there(changes: dict[str, Any], outside: int, columns: list[str]) -> None:
    line = of("number_segment", "1825748")
    rows = [segment(**changes)]
    assert found(holds_its_numbers, rows, line, scalars=(outside,)) == [(1, column) for column in columns]
    assert found(holds_its_numbers, rows, of("number_grade", "A")) == []


@pytest.mark.parametrize(
    ("changes", "first", "last"),
    [
        ({"first": "1000", "last": "4999"}, "18257481000", "18257484999"),
        ({"first": "1000", "last": "4999", "state": "ended"}, *NOWHERE),
    ],
)
def test_a_segment_that_has_ended_holds_no_number(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], first: str, last: str
) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(Rows, "scalar", lambda _, __, **values: asked.append(values))
    with pytest.raises(TypeError):  # of nothing there is no count
        found(holds_its_numbers, [segment(**changes)], of("number_segment", "1825748"))
    assert asked == [{"block_first": "18257480000", "block_last": "18257489999", "first": first, "last": last}]


@pytest.mark.parametrize(("spend", "months", "sound"), [(0, 0, True), (100, 12, True), (100, 0, True), (0, 12, False)])
def test_months_bind_to_a_minimum_spend(spend: int, months: int, sound: bool) -> None:
    rows = [grade(minimum_spend=spend, contract_months=months)]
    assert found(binds_who_spends, rows, of("number_grade", "A")) == ([] if sound else [(1, "minimum_spend")])


@pytest.mark.parametrize(
    "looks",
    [
        "",
        r"(\d)\1{4}$",
        r"^1[38]\d{4}(?:0123|9876)$",
        r"([0-9])([^4])\2\1$",
        r"(\d)\1(?!\1)\d$",
        r"^\d+88\d*$",
        r".6{2,3}\d?",
        r"^1.*8.*8$",
        r"(88){2}$",
        r"(?:1|2)3{3}",
        r"(1+)2*",
        "1" * LONGEST,
    ],
)
def test_a_pattern_that_is_safe_is_taken(looks: str) -> None:
    assert pattern_fault(looks) is None


@pytest.mark.parametrize(
    "looks",
    [
        "abc",
        "１３８",
        r"\w+",
        r"\D",
        "(?P<a>1)",
        "(?<=1)2",
        "(?i:1)",
        "(1",
        "1)",
        "[18",
        "[]",
        r"\1",
        r"(1\1)",
        "*1",
        "^*",
        "(+1)",
        "1**",
        r"(\d+)+",
        r"(\d*){2}",
        r"((\d?)8)*",
        r"(1|11)+",
        r"((?:1|2)3){3}",
        "1*2*3*4*",
        "8{4,1}",
        "1" * (LONGEST + 1),
        r"1\n",
        "8 8",
        "8#",
    ],
)
def test_a_pattern_that_is_none_or_may_take_for_ever_is_refused(looks: str) -> None:
    assert pattern_fault(looks) is not None
    rows = [grade(), pattern("P", 10, looks)]
    assert found(is_safe, rows, of("number_pattern", "P")) == [(1, "pattern")]
    assert found(is_safe, rows, of("number_pattern", "P", "end")) == []


def test_a_pattern_is_of_a_grade_that_there_is_and_wants_digits() -> None:
    rows = [grade(state="ended"), pattern("P", 10, "8$", must_contain="8,x")]
    assert found(is_safe, rows, of("number_pattern", "P")) == [(1, "must_contain"), (1, "grade")]
    rows = [grade(), pattern("P", 10, "8$", must_contain="8,66")]
    assert found(is_safe, rows, of("number_pattern", "P")) == []


@pytest.mark.parametrize(
    ("patterns", "faults"),
    [
        ([("P", 10, "8$"), ("REST", 99, "")], []),
        ([("P", 10, "8$"), ("Q", 10, "6$"), ("REST", 99, "")], [(1, "rank")]),
        ([("P", 10, "8$")], [(1, "")]),
        ([("P", 10, ""), ("REST", 99, "")], [(1, "rank")]),
        ([("P", 100, "8$"), ("REST", 99, "")], [(1, "rank")]),
    ],
)
def test_every_number_has_one_grade(patterns: list[Any], faults: list[Any]) -> None:
    assert found(grades_every_number, [pattern(*each) for each in patterns], of("number_pattern", "P")) == faults


def test_a_pattern_with_a_condition_is_not_the_rest() -> None:
    for more in ({"forbids_four": 1}, {"must_contain": "8"}):
        rows = [pattern("P", 10, "8$"), pattern("REST", 99, "", **more)]
        assert found(grades_every_number, rows, of("number_pattern", "P")) == [(1, "")]


def test_a_grade_ends_after_its_patterns() -> None:
    rows = [grade(state="ended"), pattern("P", 10, "8$"), pattern("REST", 99, "", grade="N")]
    assert found(grades_every_number, rows, of("number_grade", "A", "end")) == [(1, "")]
    rows = [grade(state="ended"), pattern("P", 10, "8$", state="ended"), pattern("REST", 99, "", grade="N")]
    assert found(grades_every_number, rows, of("number_grade", "A", "end")) == []


@pytest.mark.parametrize(
    ("lock", "columns"),
    [
        ({"cause": "porting", "valid_to": DAY}, []),
        ({"cause": "porting"}, ["valid_to"]),
        ({"cause": "porting", "state": "ended"}, []),
        ({"cause": "ported"}, []),
        ({"cause": "court", "valid_from": DAY, "valid_to": DAY}, []),
        ({"cause": "court", "valid_from": DAY, "valid_to": "2026-11-22"}, ["valid_to"]),
    ],
)
def test_a_porting_ends_and_no_lock_ends_before_it_begins(lock: dict[str, str], columns: list[str]) -> None:
    rows = [row(NumberLock, number="13957000001", reason="x", **lock)]
    line = of("number_lock", "13957000001")
    assert found(ends_what_passes, rows, line) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("number", "state", "columns"),
    [("13957000001", "active", []), ("19900000000", "active", ["number"]), ("19900000000", "ended", [])],
)
def test_what_is_locked_is_of_a_segment_of_ours(number: str, state: str, columns: list[str]) -> None:
    rows = [row(NumberLock, number=number, reason="x", state=state), row(NumberSegment, prefix="1395700")]
    assert found(locks_what_is_ours, rows, of("number_lock", number)) == [(1, column) for column in columns]


def block(first: int, last: int, **changes: Any) -> Any:
    return row(ImsiBlock, **{"first": f"4600{first:011d}", "last": f"4600{last:011d}", "element": "HLR01", **changes})


@pytest.mark.parametrize(
    ("first", "last", "columns"),
    [
        (200, 299, []),
        (100, 199, ["last"]),
        (150, 150, ["last"]),
        (0, 100, ["last"]),
        (199, 300, ["last"]),
        (0, 99, []),
        (0, 300, ["last"]),
        (310, 300, ["last"]),
        (300, 10_000_000_300, ["last"]),
        (400, 499, []),
    ],
)
def test_no_imsi_is_in_two_blocks(first: int, last: int, columns: list[str]) -> None:
    mine = block(first, last)
    others = [] if (first, last) == (100, 199) else [block(100, 199)]
    ended = block(400, 499, state="ended")
    rows = [mine, *others, *([block(50, 199)] if not others else []), ended if first != 400 else mine]
    assert found(overlaps_no_block, rows, of("imsi_block", mine.first)) == [(1, column) for column in columns]


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        (SegmentForm, {"prefix": "182574"}),
        (SegmentForm, {"prefix": "1257480"}),
        (SegmentForm, {"prefix": "1825748", "first": "123"}),
        (SegmentForm, {"prefix": "1825748", "last": "x999"}),
        (SegmentForm, {"prefix": "1825748", "received_on": "2026-02-30"}),
        (ImsiBlockForm, {"first": "46000000000000", "last": "460000000000009", "element": "H"}),
        (ImsiBlockForm, {"first": "460000000000000", "last": "46000000000000x", "element": "H"}),
        (PatternForm, {"code": "P", "rank": "-1", "grade": "A"}),
        (PatternForm, {"code": "P", "rank": "10000", "grade": "A"}),
        (PatternForm, {"code": "P", "grade": "A"}),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(form: Any, typed: dict[str, str]) -> None:
    with pytest.raises(BadForm):
        form.read(typed)


NUMBERS = ("18257488888", "18257481111", "18257480222", "18257480123", "18257481122", "18257481212", "18257480168")


@pytest.mark.parametrize("number", [*NUMBERS, "18257480044", "18257489870", "18257486789", "18257480166"])
def test_the_demonstrations_patterns_grade_as_its_stock_is(number: str) -> None:
    rows = [pattern(code, rank, looks, grade=of_) for code, rank, of_, looks in _PATTERNS]
    assert grader(Rows(*rows))(number) == grade_of(number)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "number", "expected"),
    [
        ({}, "13500004445", "A"),
        ({"forbids_four": 1}, "13500004445", "A"),  # 000 is there too
        ({"forbids_four": 1}, "13512344456", "N"),
        ({"forbids_four": 1}, "13512355546", "A"),  # the 4 is outside
        ({"must_contain": "8,66"}, "13512355567", "N"),
        ({"must_contain": "8,66"}, "13512366657", "A"),
        ({"must_contain": "8,66"}, "13512388857", "A"),
        ({"must_contain": "8", "forbids_four": 1}, "13544488857", "A"),
        ({"state": "ended"}, "13512388857", "N"),
    ],
)
def test_what_was_found_has_no_four_and_contains_one(more: dict[str, Any], number: str, expected: str) -> None:
    rows = [pattern("P", 10, r"(\d)\1\1", **more), pattern("REST", 99, "", grade="N")]
    assert grader(Rows(*rows))(number) == expected  # type: ignore[arg-type]


def test_without_a_pattern_nothing_is_graded() -> None:
    assert grader(Rows())("13800000000") == ""  # type: ignore[arg-type]


def test_each_line_is_judged_whatever_comes_before_it() -> None:
    turned, unserved = segment(prefix="1825747", first="5000", last="4999"), segment(element="")
    lines = [of("number_segment", "1825747"), of("number_segment", "1825748")]
    assert found(holds_its_numbers, [turned, unserved], *lines, scalars=(0,)) == [(1, "last"), (2, "element")]
    ended, wrong = pattern("A", 1, "(", state="ended"), pattern("B", 2, "(")
    patterns = [of("number_pattern", "A"), of("number_pattern", "B")]
    assert found(is_safe, [ended, wrong], *patterns) == [(2, "pattern")]
    assert found(is_safe, [pattern("A", 1), wrong], of("number_pattern", "A", "end"), patterns[1]) == [(2, "pattern")]
    first = row(ImsiBlock, first="460001000000000", last="460001000000009", state="ended")
    other = row(ImsiBlock, first="460002000000009", last="460002000000000")
    blocks = [of("imsi_block", first.first), of("imsi_block", other.first)]
    assert found(overlaps_no_block, [first, other], *blocks) == [(2, "last")]


def test_patterns_that_nobody_touches_hide_no_meeting_of_those_behind_them() -> None:
    stand = [pattern("A", 1, "1"), pattern("B", 2, "2"), pattern("C", 3, "3"), pattern("D", 3), pattern("E", 4)]
    assert found(grades_every_number, stand, of("number_pattern", "D"))[:1] == [(1, "rank")]


def test_that_a_pattern_is_missing_is_told_to_who_changes_one() -> None:
    stand = [pattern("A", 1, "1")]  # nothing fits whatever is left
    assert found(grades_every_number, stand, of("number_pattern", "A")) == [(1, "")]
    assert found(grades_every_number, stand, of("number_grade", "B", name_zh="普")) == []
