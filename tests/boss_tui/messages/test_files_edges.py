"""Files for and from an SMS centre: which line is wrong is named, and each bound of what a line may hold."""

from __future__ import annotations

import pytest

from boss_tui.messages.files import (
    DELIVERED,
    FAILED,
    REPORT_TITLE,
    TITLE,
    Text,
    file_of,
    read_file,
    read_report,
    report_name,
    report_of,
    sent_name,
)
from boss_tui.network.textfile import BadFile, sealed

MADE = "2026-11-23T01:00:00.000001Z"
GOOD = Text("k1", "13912345678", "您好")
HEAD = [TITLE, "sender: HQ", "sequence: 7", f"created: {MADE}", "count: 1", ""]
REPORT_HEAD = [REPORT_TITLE, "sequence: 7", "count: 1", ""]


def wrong_line(read: object, content: bytes) -> int:
    assert callable(read)
    with pytest.raises(BadFile) as wrong:
        read(content)
    return wrong.value.line


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (GOOD, True),
        (Text("", "13912345678", "您好"), False),
        (Text("k 1", "13912345678", "您好"), False),
        (Text("k1", "139", "您好"), True),
        (Text("k1", "13", "您好"), False),
        (Text("k1", "1" * 20, "您好"), True),
        (Text("k1", "1" * 21, "您好"), False),
        (Text("k1", "13912345678", "好"), True),
        (Text("k1", "13912345678", ""), False),
    ],
)
def test_a_message_is_a_key_a_number_and_a_text(text: Text, right: bool) -> None:
    content = file_of("HQ", 7, MADE, [GOOD, text])
    if right:
        assert read_file(content) == (7, [GOOD, text])
    else:
        assert wrong_line(read_file, content) == 8


@pytest.mark.parametrize("row", ["k1", "k1\t13912345678", "k1 13912345678 您好"])
def test_a_line_without_its_tabs_is_named(row: str) -> None:
    assert wrong_line(read_file, sealed([*HEAD, row], 1)) == 7


@pytest.mark.parametrize("code", [DELIVERED, *FAILED])
def test_a_report_has_the_codes_of_smpp(code: str) -> None:
    assert read_report(report_of(7, [("k1", code)])) == (7, [("k1", code)])


@pytest.mark.parametrize("row", ["k1", "k1\t", "k1\tdelivrd", "k 1\tDELIVRD", f"k1 {DELIVERED}", f"\t{DELIVERED}"])
def test_another_line_of_a_report_is_named(row: str) -> None:
    assert wrong_line(read_report, sealed([*REPORT_HEAD, row], 1)) == 5


@pytest.mark.parametrize(
    ("lines", "count", "line"),
    [
        ([TITLE.lower(), *HEAD[1:]], 0, 1),
        ([*HEAD[:2], "sequence: 07", *HEAD[3:]], 0, 3),
        ([*HEAD[:2], "sequence: 1000000000", *HEAD[3:]], 0, 3),
        ([*HEAD[:3], "created: today", *HEAD[4:]], 0, 4),
        ([*HEAD, *2 * ["k1\t13912345678\t您好"]], 2, 5),  # the header says one
        ([*HEAD, "k1\t13912345678\t您好"], 2, 8),  # the trailer says two
        (HEAD[:5], 1, 6),
    ],
)
def test_the_header_line_that_is_wrong_is_named(lines: list[str], count: int, line: int) -> None:
    assert wrong_line(read_file, sealed(lines, count)) == line


def test_nothing_is_a_file_too() -> None:
    assert read_file(file_of("HQ", 0, MADE, [])) == (0, [])
    assert read_report(report_of(999_999_999, [])) == (999_999_999, [])


def test_files_are_named_by_their_number() -> None:
    assert (sent_name(7), report_name(7, 1)) == ("sms_000007.batch", "sms_000007.0001.answers")
