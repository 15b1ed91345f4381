"""What a question about an edition says first: the sums, of the rows that have any."""

from typing import Any

from boss_tui.management.kit.answering import Fact
from boss_tui.management.words import InWords
from data.message import Message
from screens.manage.changes import by_row, in_short


def field(row: str, label: str, after: str, **more: Any) -> InWords:
    given = {"op": "add", "happens": Message("new"), "before": "", "stands": None, "position": 0, "column": label}
    return InWords(row=Message(row), label=label, after=after, **{**given, **more})


def test_sums_come_first_and_what_is_usual_or_ended_has_no_line_where_there_is_no_room() -> None:
    said = [
        field("plan", "Code", "S39"),
        field("plan", "Paid", "any", is_usual=True),
        field("plan", "State", "on sale", is_usual=True),
        field("price", "Item", "monthly"),
        field("price", "Amount", "39.00", is_sum=True),
        field("price", "Percent", "50", is_sum=True),
        field("old", "Name", "", op="end", happens=Message("ended")),
    ]
    assert [str(each) for each in in_short(said, {}, "en")] == [
        "Price  new",
        "- Amount: 39.00",
        "- Percent: 50",
        "- Item: monthly",
        "Plan  new",
        "- Code: S39",
        "Old  ended",
    ]


def test_what_is_usual_is_said_where_there_is_room() -> None:
    said = [field("segment", "Paper", "7"), field("segment", "First number", "0000", is_usual=True)]
    assert [str(each) for each in in_short(said, {}, "en")] == ["Segment  new", "- Paper: 7", "- First number: 0000"]


def test_what_counts_when_is_said_first_of_what_ends_and_of_a_new_row_for_whom_and_where() -> None:
    said = [
        field("fee", "Amount", "59.00", op="change"),
        field("promotion", "Product", "P58 Talk 58", position=1, column="product"),
        field("promotion", "Category", "student Student", position=1, column="category"),
        field("promotion", "Region", "杭州", position=1, column="region"),
        field("promotion", "Amount", "29.50", position=1),
    ]
    days = {0: ("Until", "From"), 1: ("Until", "From", "Then")}
    effects = {at: [Fact(Message(day), "x") for day in told] for at, told in days.items()}
    told = [str(each) for each in in_short(said, effects, "en")]
    promotion = ["Promotion  new", "- P58 Talk 58, student Student, 杭州", "Until: x", "From: x", "Then: x"]
    assert told == [*promotion, "Fee  new", "- Amount: - -> 59.00", "Until: x", "From: x"]


def test_a_single_row_is_named_once() -> None:
    said = [field("C1-10", "Amount", "120.00", op="change")]
    told = in_short(said, {0: [Fact(Message("From today"), "120.00")]}, "en")
    assert [str(each) for each in told] == ["C1-10  new", "- Amount: - -> 120.00", "From today: 120.00"]


def test_what_is_said_in_both_languages_is_told_in_the_reader_s_first() -> None:
    names = [("Code", "code"), ("Chinese name", "name_zh"), ("English name", "name_en"), ("Kind", "kind")]
    said = [field("plan", label, label, column=column) for label, column in names]
    for language, place in (("en", 2), ("zh_CN", 1)):
        (_, fields), *_ = by_row(said, language)
        assert fields[1].label == names[place][0]
        assert [fields[0].label, fields[3].label] == ["Code", "Kind"]
