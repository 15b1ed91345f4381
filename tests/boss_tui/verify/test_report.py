"""Findings as lines and as JSON; damage to the file itself; guards; progress."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from boss_tui.locale import words
from boss_tui.verify import INVARIANTS, Finding, as_json, render, verify
from data.errors import Outside
from data.message import say
from data.store import Store

ONE = Finding(
    1,
    "posting balances",
    "posting",
    "p1",
    say("The lines of this posting add up to {over_fen} yuan, not to nothing.", over_fen="0.01"),
)


def test_a_line_for_each_invariant_when_all_holds() -> None:
    lines = list(render([], words("en")))
    assert len(lines) == len(INVARIANTS)
    assert all(line.endswith(": holds") for line in lines)


def test_rows_stand_below_their_invariant_and_rule() -> None:
    lines = list(render([ONE, Finding(9, "r", "draft", "d", say("x"))], words("en")))
    assert lines[1].endswith("1 found")
    assert lines[2:4] == [
        "   [posting balances]",
        "     posting p1: The lines of this posting add up to 0.01 yuan, not to nothing.",
    ]
    assert lines[-1] == "     draft d: x"


def test_many_of_one_rule_are_counted() -> None:
    lines = list(render([ONE] * 25, words("en"), shown=20))
    assert sum("posting p1" in line for line in lines) == 20
    assert any("and 5 more" in line for line in lines)


def test_findings_as_json() -> None:
    told = json.loads(json.dumps(as_json([ONE])))
    assert told["holds"] is False
    assert told["invariants"]["1"] == 1
    assert told["findings"][0]["key"] == "p1"
    assert told["findings"][0]["message"]["values"] == {"over_fen": "0.01"}


def test_progress_is_told(store: Store) -> None:
    steps: list[tuple[int, int]] = []
    with store.reading() as reading:
        verify(reading, each=lambda done, of: steps.append((done, of)))
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)]


def test_a_guard_that_is_gone(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("DROP TRIGGER posting_no_update"))
    with store.reading() as reading:
        assert [(f.invariant, f.rule, f.table) for f in verify(reading)] == [
            (0, "append-only table is guarded", "posting")
        ]


def test_a_guard_that_is_off_on_postgresql(postgres_store: Store) -> None:
    with postgres_store.engine.connect() as connection:
        connection.execute(text("ALTER TABLE journal DISABLE TRIGGER journal_append_only"))
    with postgres_store.reading() as reading:
        assert [(f.invariant, f.table) for f in verify(reading)] == [(0, "journal")]


def test_pages_of_the_file_that_were_overwritten(store: Store, tmp_path: Path) -> None:
    store.close()
    path = tmp_path / "hall.db"
    content = bytearray(path.read_bytes())
    for page in range(len(content) - 60 * 4096, len(content) - 20 * 4096, 4096):
        content[page : page + 512] = b"\xa5" * 512
    path.write_bytes(content)
    findings: list[Finding] = []
    with suppress(Outside), store.reading() as reading:  # the end of the reading may fail too: by then all is known
        findings = verify(reading)
    assert any(finding.rule == "store is sound" for finding in findings)
