"""What differs between the book and an element: of whom it was asked about, but for numbers that are on the move."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.network import reconcile
from boss_tui.network.dialects.record import Record

BOOK = Record("460", "138", profile="1", access="both", long_distance="domestic", roaming="national")


def differing(
    monkeypatch: pytest.MonkeyPatch, *there: Record, moving: tuple[str, ...] = (), asked: list[str] | None = None
) -> list[tuple[str, str]]:
    book = [SimpleNamespace(record=BOOK), SimpleNamespace(record=replace(BOOK, imsi="461", msisdn="139"))]
    monkeypatch.setattr(reconcile, "lines", lambda *_: iter([book[:1], book[1:]]))
    reading: Any = SimpleNamespace(rows=lambda _: [(number,) for number in moving])
    return [(each.number, each.field) for each in reconcile.differences(reading, "HLR1", there, asked)]


SAME = (BOOK, replace(BOOK, imsi="461", msisdn="139"))
OTHER = replace(BOOK, imsi="999")


def test_who_is_missing_or_other_or_too_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert differing(monkeypatch, *SAME) == []
    assert differing(monkeypatch, SAME[1]) == [("138", "subscriber")]
    assert differing(monkeypatch, OTHER, SAME[1]) == [("138", "imsi")]
    many = (replace(BOOK, msisdn="151"), replace(BOOK, msisdn="150"))
    assert differing(monkeypatch, *SAME, *many) == [("150", "subscriber"), ("151", "subscriber")]


@pytest.mark.parametrize(
    ("moving", "asked", "found"),
    [
        ((), None, ["138", "150"]),
        (("138",), None, ["150"]),
        (("150",), None, ["138"]),
        ((), ["138"], ["138"]),
        ((), ["150"], ["150"]),
        ((), ["139"], []),
        ((), [], []),
        (("138", "150"), ["138", "150"], []),
    ],
)
def test_only_who_was_asked_about_and_does_not_move(
    monkeypatch: pytest.MonkeyPatch, moving: tuple[str, ...], asked: list[str] | None, found: list[str]
) -> None:
    there = (OTHER, SAME[1], replace(BOOK, msisdn="150"))
    assert [number for number, _ in differing(monkeypatch, *there, moving=moving, asked=asked)] == found


@pytest.mark.parametrize(("barred", "found"), [(True, []), (False, [("138", "long_distance")])])
def test_a_type_of_long_distance_is_not_seen_behind_a_bar(
    monkeypatch: pytest.MonkeyPatch, barred: bool, found: list[tuple[str, str]]
) -> None:
    there = replace(BOOK, long_distance="none", outgoing_barred=barred)
    told = differing(monkeypatch, there, SAME[1])
    assert [each for each in told if each[1] != "outgoing_barred"] == found
