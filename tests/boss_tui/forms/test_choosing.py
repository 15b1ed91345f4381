"""Choices as typed: the code, the word of either language, its initials, the beginning of one; never one by chance."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import DraftView
from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.choosing import called, chosen, narrowed
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import message_of
from boss_tui.locale import words
from data.message import both
from data.names import first_letters
from tests.hall import Hall

zh, en = words("zh_CN"), words("en")
WAYS = [
    Choice("collect", both("收欠费", "Collect what is owed")),
    Choice("advance", both("预存", "Pay in advance")),
    Choice("refund", both("退预存款", "Refund the balance")),
    Choice("correct", both("更正错缴", "Correct a payment")),
    Choice("unbar", both("解除屏蔽", "Lift the bar")),
]
FIELDS = [
    (code, spec.name)
    for code, business in BUSINESSES.items()
    for spec in business.form.fields()
    if spec.ask.kind == "choice"
]
SEVERAL = [
    (code, spec.name)
    for code, business in BUSINESSES.items()
    for spec in business.form.fields()
    if spec.ask.several and spec.ask.choices
]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("refund", "refund"),
        ("REFUND", "refund"),
        ("ref", "refund"),
        ("r", "refund"),
        ("ｒｅｆ", "refund"),
        ("预存", "advance"),
        ("yc", "advance"),
        ("y", "advance"),
        ("pay in", "advance"),
        ("退", "refund"),
        ("tyck", "refund"),
        ("错缴", "correct"),
        ("col", "collect"),
        ("jcpb", "unbar"),
        (" 收欠费 ", "collect"),
    ],
)
def test_each_way_of_typing_means_its_choice(typed: str, value: str) -> None:
    assert chosen(typed, WAYS) == value


@pytest.mark.parametrize("typed", ["c", "co", "欠存", "xyz", "fund", "", "费"])
def test_what_is_not_clear_is_never_taken_for_a_choice(typed: str) -> None:
    if typed in {"c", "co"}:
        with pytest.raises(PydanticCustomError) as refusal:
            chosen(typed, WAYS)
        told = message_of(refusal.value)
        assert zh(told) == "是哪一个：收欠费（collect）、更正错缴（correct）？"
        assert en(told) == "Which one: Collect what is owed (collect), Correct a payment (correct)?"
    else:
        assert chosen(typed, WAYS) == ("collect" if typed == "费" else typed)


def test_more_than_can_be_named_are_counted() -> None:
    many = [Choice(f"P{n}8", both(f"套餐{n}8", f"Plan {n}8")) for n in range(1, 7)]
    with pytest.raises(PydanticCustomError) as refusal:
        chosen("p", many)
    assert "2" in en(message_of(refusal.value))
    assert en(message_of(refusal.value)).count("(P") == 4


def test_several_are_each_looked_for() -> None:
    services = [Choice("GPRS", both("上网", "Data")), Choice("RING", both("彩铃", "Ring-back tone"))]
    assert chosen("上网、cl", services, several=True) == "GPRS,RING"
    assert chosen("gprs nothing", services, several=True) == "GPRS,NOTHING"
    told = called("GPRS,RING", services)
    assert told is not None
    assert (zh(told), en(told)) == ("上网、彩铃", "Data, Ring-back tone")
    assert called("GPRS,NOTHING", services) is None


def test_a_whole_code_that_the_list_does_not_offer_now_is_not_the_beginning_of_another() -> None:
    offered = [Choice("NETCARD", both("纯上网", "Data only"))]
    assert chosen("data", offered) == "NETCARD"
    assert chosen("data", offered, known=["DATA", "NETCARD"]) == "DATA"
    assert chosen("data 纯上网", offered, several=True, known=["DATA"]) == "DATA,NETCARD"


def test_a_list_is_narrowed_by_any_spelling() -> None:
    assert [choice.value for choice in narrowed("预存", WAYS)] == ["advance", "refund"]
    assert [choice.value for choice in narrowed("gz", WAYS)] == ["correct"]
    assert narrowed("", WAYS) == WAYS


PLANS = [
    Choice("P158", both("畅聊158套餐", "Chat 158"), both("月费 158.00 元", "158.00 a month")),
    Choice("P58", both("畅聊58套餐", "Chat 58"), both("送 500 分钟", "500 minutes")),
    Choice("QQT88", both("全球通88套餐", "GoTone 88"), both("月费 88.00 元，蓝色", "88.00 a month, blue")),
]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("58", ["P58", "P158"]),
        ("5８", ["P58", "P158"]),
        ("套餐", ["P158", "P58", "QQT88"]),
        ("聊58", ["P58"]),
        ("l58", ["P58"]),
        ("tone", ["QQT88"]),
        ("qt", ["QQT88"]),
        ("500", ["P58"]),
        ("蓝", ["QQT88"]),
        ("BLUE", ["QQT88"]),
        ("88.00", ["QQT88"]),
        ("p158", ["P158"]),
        ("59", []),
        ("5 8", []),
    ],
)
def test_a_list_is_narrowed_by_any_part_of_a_line(typed: str, left: list[str]) -> None:
    assert {choice.value for choice in narrowed(typed, PLANS)} == set(left)


def test_the_nearest_line_comes_first() -> None:
    lines = [
        Choice("X", both("大红", "dark red")),
        Choice("Y", both("红米", "red rice")),
        Choice("Z", both("红", "red")),
    ]
    assert [choice.value for choice in narrowed("red", lines)] == ["Z", "Y", "X"]
    assert [choice.value for choice in narrowed("红", lines)] == ["Z", "Y", "X"]


@pytest.mark.parametrize(("typed", "value"), [("58", "P58"), ("158", "P158"), ("88", "QQT88"), ("８８", "QQT88")])
def test_a_number_that_stands_whole_in_a_name_is_that_choice(typed: str, value: str) -> None:
    assert chosen(typed, PLANS) == value


@pytest.mark.parametrize("typed", ["5", "8", "15", "580", "500"])
def test_a_part_of_a_number_or_of_what_is_only_told_is_never_taken_for_a_choice(typed: str) -> None:
    assert chosen(typed, PLANS) == typed


def opened(hall: Hall, code: str) -> DraftView:
    """A form that works, in which choices are changed."""
    view = hall.desk.forms.begin(code)
    return hall.desk.forms.fill(view.id, hall.desk.forms.example(code))


@pytest.mark.parametrize(("code", "field"), FIELDS)
def test_every_choice_of_every_business_is_typed_in_each_way(hall: Hall, code: str, field: str) -> None:
    view = opened(hall, code)
    for choice in hall.desk.forms.choices(view.id, field, ""):
        sure = {choice.value, choice.value.upper(), zh(choice.label), en(choice.label)}
        for typed in [*sorted(sure), first_letters(zh(choice.label)), choice.value[:3], zh(choice.label)[:2]]:
            told = hall.desk.forms.fill(view.id, {field: typed})
            if told.values[field] == choice.value:
                assert field in {**told.notes, **told.errors}, typed
                continue
            assert typed not in sure, (typed, told.errors.get(field))
            assert told.values[field] == typed, "another one was taken"
            assert zh(told.errors[field]).startswith("是哪一个：")


@pytest.mark.parametrize(("code", "field"), SEVERAL)
def test_several_services_are_typed_by_their_words(hall: Hall, code: str, field: str) -> None:
    view = opened(hall, code)
    offered = hall.desk.forms.choices(view.id, field, "")
    typed = "，".join(zh(choice.label) for choice in offered[:2])
    told = hall.desk.forms.fill(view.id, {field: typed})
    assert told.values[field] == ",".join(choice.value for choice in offered[:2])


def test_what_was_chosen_stands_in_words_beside_its_field_until_the_order(hall: Hall) -> None:
    view = hall.filled(roaming="省内", long_distance="gn", document_kind="居民身份证")
    assert (view.values["roaming"], view.values["long_distance"], view.values["document_kind"]) == (
        "province",
        "domestic",
        "00",
    )
    assert zh(view.notes["roaming"]) == "省内"
    assert (zh(view.notes["long_distance"]), en(view.notes["long_distance"])) == ("国内", "Domestic")


def test_one_that_is_not_in_the_list_is_refused_beside_its_field(hall: Hall) -> None:
    view = hall.filled(document_kind="火星证")
    assert "F4" in str(view.errors["document_kind"])
