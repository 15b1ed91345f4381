"""A batch's cards against its order: in their order, with right check digits, of blocks of ours, and whose they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit.intake import StockRow
from boss_tui.management.m05.batch_heads import key_faults
from boss_tui.management.m05.sim_batches import SimIntake, numbered
from data.check_digits import luhn
from data.tables.resource import ImsiBlock, SimKind
from data.tables.stockroom import SimBatch, TransportKey
from tests.boss_tui.components.rows import Rows, row

START = 3
FIRST, IMSI = 8986001100000000010, 460001000000010
BLOCKS = [
    row(ImsiBlock, first=str(IMSI), last=str(IMSI + 2), element="HLR01"),
    row(ImsiBlock, first=str(IMSI + 100), last=str(IMSI + 100), element="HLR02"),
]


def iccid(place: int) -> str:
    return f"{FIRST + place}{luhn(str(FIRST + place))}"


def intake(*others: Any, **said: str) -> SimIntake:
    head = {"order": "D1", "first_iccid": iccid(0), "first_imsi": str(IMSI), "kind": "32K", "key": "7", **said}
    file = SimpleNamespace(start=SimpleNamespace(line=START), head=SimpleNamespace(said=head))
    kinds = row(SimKind, code="32K"), row(SimKind, code="8K", state="ended")
    rows: Any = Rows(*BLOCKS, *kinds, row(TransportKey, key_index="7", check_value="AB"), *others)
    return SimIntake(rows, SimpleNamespace(batch="B", file=file))  # type: ignore[arg-type]


def card(place: int, **changes: Any) -> StockRow:
    values = {"iccid": iccid(place), "imsi": str(IMSI + place)}
    return StockRow(changes.pop("line", START + place), (), {**values, **changes})


def faults(*cards: StockRow) -> list[tuple[int, str]]:
    at = intake()
    assert list(at.end(None)) == []  # type: ignore[arg-type]
    return [(fault.line, fault.column) for fault in at.judge(None, cards)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cards", "wrong"),
    [
        ([card(0), card(1), card(2)], []),
        ([card(1), card(2)], []),
        ([card(0), card(0, line=START + 1)], [(START + 1, "iccid"), (START + 1, "imsi")]),
        ([card(0), card(2)], []),
        ([card(0), card(1, imsi=str(IMSI + 2))], [(START + 1, "imsi")]),
        ([card(0), card(1, iccid=iccid(2))], [(START + 1, "iccid")]),
        ([card(0), card(1, iccid=f"{iccid(1)[:-1]}{(int(iccid(1)[-1]) + 1) % 10}")], [(START + 1, "iccid")]),
        ([card(0), card(1), card(2), card(3)], [(START + 3, "imsi")]),
        ([card(100)], []),
        ([card(101)], [(START + 101, "imsi")]),
        ([card(-1)], [(START - 1, "imsi")]),
        ([], []),
    ],
)
def test_cards_follow_each_other_as_ordered_within_a_block(cards: list[StockRow], wrong: list[tuple[int, str]]) -> None:
    assert faults(*cards) == wrong


def test_a_card_that_does_not_follow_is_told_by_its_place() -> None:
    (fault,) = intake().judge(None, [card(0), card(1, imsi=str(IMSI + 2))])  # type: ignore[arg-type]
    assert str(fault.message) == f"It does not follow: card 2 of the order is {IMSI + 1}."


def test_the_right_check_digit_is_told_with_a_wrong_one() -> None:
    right = iccid(1)
    wrong = card(1, iccid=f"{right[:-1]}{(int(right[-1]) + 1) % 10}")
    (fault,) = intake().judge(None, [card(0), wrong])  # type: ignore[arg-type]
    assert str(fault.message) == f"The check digit is wrong: it must be {right[-1]}."


@pytest.mark.parametrize("first", [898_600_123_456_789_012_0 + n for n in (0, 1, 9)])
def test_numbers_that_follow_each_other_have_the_check_digits_that_are_reckoned_one_by_one(first: int) -> None:
    bodies = range(first, first + 105)
    assert numbered(bodies) == [f"{body}{luhn(str(body))}" for body in bodies]
    assert numbered(range(first, first)) == []


@pytest.mark.parametrize(
    ("imsi", "element"),
    [
        (IMSI - 1, None),
        (IMSI, "HLR01"),
        (IMSI + 2, "HLR01"),
        (IMSI + 3, None),
        (IMSI + 99, None),
        (IMSI + 100, "HLR02"),
        (IMSI + 101, None),
    ],
)
def test_a_block_is_told_by_its_bounds(imsi: int, element: str | None) -> None:
    block = intake()._block(str(imsi))
    assert (block and block[2]) == element


@pytest.mark.parametrize(
    ("index", "kcv", "told"),
    [
        ("7", None, ""),
        ("7", "ab", ""),  # hexadecimal digits, in whatever case
        ("7", "AC", "The maker's transport key 7 is another: its check value differs."),
        ("8", None, "There is no transport key 8 here: put it together first (boss manage M5 key)."),
        ("9", None, "There is no transport key 9 here: put it together first (boss manage M5 key)."),
    ],
)
def test_the_transport_key_of_a_head_is_here_counts_still_and_is_the_maker_s(
    index: str, kcv: str | None, told: str
) -> None:
    rows: Any = Rows(
        row(TransportKey, key_index="7", check_value="AB", state="active"),
        row(TransportKey, key_index="8", check_value="AB", state="ended"),
    )
    said = {"key": index} if kcv is None else {"key": index, "kcv": kcv}
    assert [str(fault.message) for fault in key_faults(rows, said)] == ([told] if told else [])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, []),
        ({"first_iccid": f"{iccid(0)[:-1]}{(int(iccid(0)[-1]) + 1) % 10}"}, ["The head's first ICCID is none"]),
        ({"first_iccid": "0" * 20}, ["The head's first ICCID is none"]),  # whose last digit checks the others
        ({"first_imsi": str(IMSI)[1:]}, ["The head's first IMSI is none"]),
        ({"kind": "64K"}, ["There is no kind of SIM card 64K"]),
        ({"kind": "8K"}, ["There is no kind of SIM card 8K"]),
        ({"order": "D0"}, ["Order D0 has come already"]),
        ({"kind": ""}, ["The head"]),
    ],
)
def test_a_head_names_what_there_is(said: dict[str, str], told: list[str]) -> None:
    found = [*intake(row(SimBatch, id="0", order_no="D0"), **said).end(None)]  # type: ignore[arg-type]
    assert len(found) == len(told)
    assert all(str(fault.message).startswith(begins) for fault, begins in zip(found, told, strict=True))


def test_a_batch_is_on_record_as_its_head_says_and_of_the_block_s_element() -> None:
    rows: Any = Rows()
    intake(count="2", profile="USIM-32K").taken(rows)
    intake(count="1", first_imsi=str(IMSI - 1)).taken(rows)
    assert [(each.id, each.quantity, each.profile, each.element) for each in rows.all(SimBatch)] == [
        ("B", 2, "USIM-32K", "HLR01"),
        ("B", 1, "", ""),
    ]
