"""A close that is kept, held against the books as they are now: each difference alone, of new and of old reports."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.reports.closing import digest_of
from boss_tui.reports.left_open import TABLE
from boss_tui.reports.parts import BACK
from boss_tui.reports.report import Fact, Report, Section, as_json
from boss_tui.verify import closings
from boss_tui.verify.closings import AGREES, ANSWERED, SAFE_APART, WHOLE
from data.message import say
from data.tables.finance import BusinessDay, ClosingReport
from tests.boss_tui.components.rows import Rows, row

TITLE = say("Report")


def table(key: str, *rows: tuple[str, int], stood: bool = False) -> Section:
    keys = tuple(name for name, _ in rows)
    return Section(TITLE, (), tuple((name, amount) for name, amount in rows), key=key, keys=keys, stood=stood)


def report(*sections: Section, cash: int = 7, facts: tuple[str, ...] = ()) -> Report:
    said = tuple(Fact(TITLE, fact) for fact in facts)
    return Report("r", TITLE, said, sections, (Fact(TITLE, cash, "money"), Fact(TITLE, "words")))


def found(
    monkeypatch: pytest.MonkeyPatch, kept: Report, now: Report | None, kind: str = "day", word: str = "", **values: Any
) -> list[tuple[str, str]]:
    """The rule that a kept report breaks, and the part or the name that is told of it."""
    monkeypatch.setattr(closings, "_made_again", lambda *_: now)
    content = json.dumps(as_json(kept))
    about = {"outlet": "HZ01", "kind": kind, "till": "T", "number": 3, "business_date": "2026-11-23"}
    held = row(ClosingReport, **{**about, "content": content, "digest": digest_of(content), **values})
    day = row(BusinessDay, outlet="HZ01", number=3, closing_word=word)
    told: Any = closings._of(Rows(day), held)  # type: ignore[arg-type]
    return [(each.rule, str(each.message.values.get("part", ""))) for each in told]


SAFE = table(SAFE_APART, ("x", 1))
SALES = table("sales", ("C1", 5), ("C2", 2))


@pytest.mark.parametrize(
    ("now", "parts"),
    [
        (report(SAFE, SALES), []),
        (report(SAFE, SALES, cash=8), ["summary"]),
        (report(SAFE, table("sales", ("C1", 5), ("C2", 3))), ["sales"]),
        (report(SAFE, table("sales", ("C1", 5), ("C3", 2))), ["sales"]),
        (report(SAFE), ["sales"]),
        (report(SAFE, SALES, table("more", ("a", 1))), ["more"]),
        (report(table(SAFE_APART, ("x", 2)), SALES, cash=8), ["safe", "summary"]),
        (report(SAFE, SALES, table("", ("a", 1)), table("queue", ("a", 1), stood=True)), []),
    ],
)
def test_each_part_that_says_otherwise_is_told(monkeypatch: pytest.MonkeyPatch, now: Report, parts: list[str]) -> None:
    assert found(monkeypatch, report(SAFE, SALES), now) == [(AGREES, part) for part in parts]
    assert found(monkeypatch, report(SAFE, SALES), now, "z") == [(AGREES, part) for part in parts]


def test_what_was_never_closed_or_is_not_what_was_kept_is_told_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert found(monkeypatch, report(SALES), None) == [(AGREES, "")]
    assert found(monkeypatch, report(SALES), report(), digest="x") == [(WHOLE, "")]
    assert found(monkeypatch, report(SALES), None, digest="x") == [(WHOLE, "")]


OLD, ROWS = [("C1", 5), (BACK, 2)], [("C1", 5)]


@pytest.mark.parametrize(
    ("kept", "now", "kind", "parts"),
    [
        # of a day that was closed before the safe stood apart, what it had otherwise is passed over
        ([table("business", *OLD)], [table("business", *ROWS), SAFE], "day", []),
        ([table("outside", ("M11", 2), ("C1", 1))], [table("outside", ("C1", 1)), SAFE], "day", []),
        ([table("business", ("C1", 6), (BACK, 2))], [table("business", *ROWS), SAFE], "day", ["business"]),
        ([table("business", *ROWS)], [table("business", *OLD)], "day", []),
        # and nothing of one that has it
        ([table("business", *OLD), SAFE], [table("business", *ROWS), SAFE], "day", ["business"]),
        ([table("outside", ("M11", 2)), SAFE], [table("outside"), SAFE], "day", ["outside"]),
        ([table("sales", (BACK, 2))], [table("sales"), SAFE], "day", ["sales"]),
        # nor of a shift's
        ([table("business", *OLD)], [table("business", *ROWS)], "z", ["business"]),
    ],
)
def test_a_report_of_before_the_safe_stood_apart_is_held_against_what_both_say(
    monkeypatch: pytest.MonkeyPatch, kept: list[Section], now: list[Section], kind: str, parts: list[str]
) -> None:
    assert found(monkeypatch, report(*kept), report(*now), kind) == [(AGREES, part) for part in parts]


WANTS, LOOKS = table(TABLE, ("word slips", 1)), table(TABLE, ("look drafts", 1))


@pytest.mark.parametrize(
    ("left", "word", "facts", "rules"),
    [
        ([], "", (), []),
        ([LOOKS], "", (), []),
        ([WANTS], "", (), [ANSWERED]),
        ([WANTS], "seen", ("seen",), []),
        ([WANTS], "seen", ("other",), [ANSWERED]),
        ([], "seen", (), [ANSWERED]),
        ([replace(WANTS, key="other")], "", (), []),
    ],
)
def test_what_was_left_open_has_a_word_that_stands_on_the_report(
    monkeypatch: pytest.MonkeyPatch, left: list[Section], word: str, facts: tuple[str, ...], rules: list[str]
) -> None:
    closed = report(SAFE, *left, facts=facts)
    assert [rule for rule, _ in found(monkeypatch, closed, closed, word=word)] == rules
    assert found(monkeypatch, closed, closed, "z", word=word) == []


def test_a_report_is_named_by_its_day_or_by_its_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closings, "_made_again", lambda *_: None)
    for kind, name in (("day", "2026-11-23"), ("z", "T Z000003")):
        content = json.dumps(as_json(report()))
        about = {"outlet": "HZ01", "till": "T", "number": 3, "business_date": "2026-11-23", "kind": kind}
        held = row(ClosingReport, **about, content=content, digest=digest_of(content))
        (told,) = closings._of(Rows(), held)  # type: ignore[arg-type]
        assert (told.invariant, told.table, told.key) == (9, "closing_report", f"HZ01/{kind}/T/3")
        assert told.message.values["name"] == name
