"""Long work in steps: what becomes a job, where a step ends and the next begins, what a file that is written holds."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.locale import words
from boss_tui.management.kit import exporting, jobs
from boss_tui.management.subjects import named
from data.errors import Conflict, NotAllowed, Outside
from data.message import say
from data.tables.job import Job
from tests.boss_tui.components.rows import Rows, context, row

EN = words("en")
_, TAXES = named("M6/tax_rate")
STARTED = "2026-11-20T01:00:00Z"


def job(**values: Any) -> Any:
    standard = {"id": "j", "entity": "tax_rate", "operator": "3001", "started_at": STARTED, "state": "running"}
    return row(Job, **{**standard, "log": "[]", **values})


def judged(**values: Any) -> Any:
    counts = {"new": 1, "changed": 0, "same": 0, "bad": 0, **values}
    entity = SimpleNamespace(name="tax_rate", whole_file=False)
    fault = SimpleNamespace(line=7, column="rate", message=say("No."))
    return SimpleNamespace(entity=entity, source=SimpleNamespace(digest="d"), faults=[fault], counts=lambda: counts)


@pytest.mark.parametrize(
    ("counts", "whole", "good_rows", "says"),
    [
        ({}, False, False, ""),
        ({"new": 0, "changed": 1}, False, False, ""),
        ({"new": 0}, False, False, "Nothing in this file is new"),
        ({"new": 0, "same": 3}, False, False, "Nothing in this file is new"),
        ({"bad": 1}, False, False, "the first in line 7, rate: No."),
        ({"bad": 1}, False, True, ""),
        ({"bad": 1}, True, True, "line 7, rate: No. Such a file is taken whole or not at all"),
        ({"bad": 0}, True, False, ""),
    ],
)
def test_a_file_is_imported_when_it_is_good(
    monkeypatch: pytest.MonkeyPatch, counts: dict[str, int], whole: bool, good_rows: bool, says: str
) -> None:
    monkeypatch.setattr(jobs, "same_file", lambda *_: [])
    file, tx = judged(**counts), Rows()
    file.entity.whole_file = whole
    if not says:
        jobs.must_be_good(tx, file, good_rows=good_rows, again=False)  # type: ignore[arg-type]
        return
    with pytest.raises(NotAllowed, match=says) as refused:
        jobs.must_be_good(tx, file, good_rows=good_rows, again=False)  # type: ignore[arg-type]
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"taken": 3}, "taken in on 2026-11-21 by 3002: 3 pieces"),
        ({"editions": [["e", 4], ["f", 5]]}, "imported on 2026-11-21 by 3002, into edition 4, 5"),
        ({"editions": []}, "into edition -"),
    ],
)
def test_a_file_that_was_imported_is_told_by_its_last_time(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], told: str
) -> None:
    last = job(said=json.dumps(said), operator="3002", started_at="2026-11-21T01:00:00Z")
    monkeypatch.setattr(jobs, "same_file", lambda *_: [job(said='{"taken": 1}'), last])
    with pytest.raises(NotAllowed, match=told):
        jobs.must_be_good(Rows(), judged(), good_rows=False, again=False)  # type: ignore[arg-type]
    jobs.must_be_good(Rows(), judged(), good_rows=False, again=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("digest", "how", "same"), [("d", '{"since": 0}', True), ("e", '{"since": 0}', False), ("d", "{}", False)]
)
def test_a_job_goes_on_with_the_same_file(digest: str, how: str, same: bool) -> None:
    """And by its line alone: one of an older program, which counted rows, is begun anew."""
    file: Any = SimpleNamespace(source=SimpleNamespace(digest=digest))
    if same:
        jobs.must_be_same(job(digest="d", how=how), file)
    else:
        with pytest.raises(Conflict):
            jobs.must_be_same(job(digest="d", how=how), file)


@pytest.mark.parametrize(("there", "count", "room"), [(7, 3, True), (8, 3, False), (0, 10, True), (0, 11, False)])
def test_a_draft_has_room_for_so_many_lines(
    monkeypatch: pytest.MonkeyPatch, there: int, count: int, room: bool
) -> None:
    monkeypatch.setattr(jobs, "MOST_LINES", 10)
    monkeypatch.setattr(drafts, "edited", lambda *_: SimpleNamespace(id="e", number=4))
    monkeypatch.setattr(jobs, "rows_of", lambda *_: [None] * there)
    assert jobs._into(context(Rows()), "", count) == []
    if room:
        assert jobs._into(context(Rows()), "e", count) == [("e", 4)]
    else:
        with pytest.raises(NotAllowed) as refused:
            jobs._into(context(Rows()), "e", count)
        assert refused.value.field == "edition"


@pytest.mark.parametrize(
    ("said", "title"), [({}, "rates.csv"), ({"title": ""}, "rates.csv"), ({"title": "新税率"}, "新税率")]
)
def test_an_import_without_a_title_is_called_by_its_file(
    monkeypatch: pytest.MonkeyPatch, folder: Path, said: dict[str, str], title: str
) -> None:
    monkeypatch.setattr(jobs, "must_be_good", lambda *_, **__: None)
    monkeypatch.setattr(drafts, "must_be_open", lambda _: "2026-11-23")
    monkeypatch.setattr(jobs, "begun", lambda *_, **values: SimpleNamespace(**values))
    file = judged()
    file.source.name, file.day, file.since, file.verdicts = "rates.csv", "2026-12-01", 7, [1, 2]
    made = jobs.begin_import(context(Rows()), "M6", file, folder / "rates.csv", said, good_rows=True, again=False)
    assert (made.total, made.digest, made.entity, json.loads(made.said)["editions"]) == (2, "d", "tax_rate", [])
    assert json.loads(made.how) == {"title": title, "day": "2026-12-01", "good_rows": True, "since": 7}


@pytest.mark.parametrize("edition", ["", "mine"])
def test_rows_go_into_editions_step_by_step(monkeypatch: pytest.MonkeyPatch, edition: str) -> None:
    """Of five lines at most, by three: a step ends where its edition is full. A draft that is said has room for all."""
    put: list[tuple[str, list[int]]] = []
    made: list[str] = []

    def new(_: Any, *, title: str, **_more: Any) -> Any:
        made.append(title)
        return SimpleNamespace(id=f"e{len(made)}", number=len(made))

    monkeypatch.setattr(jobs, "MOST_LINES", 5)
    monkeypatch.setattr(jobs, "STEP", 3)
    monkeypatch.setattr(drafts, "new", new)
    monkeypatch.setattr(
        drafts, "put_lines", lambda _context, key, edits, _rules: put.append((key, [edit.key[0] for edit in edits]))
    )
    monkeypatch.setattr(jobs, "published_since", lambda *_: set())
    edits = [RowEdit("tax_rate", (n,), "add", {}) for n in range(7)]
    verdicts = [SimpleNamespace(line=n + 2, edit=edit) for n, edit in enumerate(edits)]
    file: Any = SimpleNamespace(verdicts=verdicts, seen={}, source=SimpleNamespace(records=verdicts))
    said = {"editions": [[edition, 9]] if edition else []}
    how = {"title": "T", "since": 0, **({"edition": edition} if edition else {})}
    held = job(total=7, how=json.dumps(how), said=json.dumps(said))
    at, states = context(Rows(held)), []
    while held.state == "running":
        held = jobs.import_step(at, held, file, None)  # type: ignore[arg-type]
        states.append((held.done, held.state))
    assert states == [(3, "running"), (5, "running"), (7, "done")]
    first, second = (edition, edition) if edition else ("e1", "e2")
    assert put == [(first, [0, 1, 2]), (first, [3, 4]), (second, [5, 6])]
    assert len(made) == (0 if edition else 2)
    assert [number for _, number in json.loads(held.said)["editions"]] == ([9] if edition else [1, 2])
    assert ("#9" if edition else "#1, #2") in held.log


# exports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def rate(code: str) -> dict[str, Any]:
    return {"code": code, "rate": 600, "name_zh": code, "valid_from": "", "valid_to": "", "state": "active"}


def test_a_list_is_written_step_by_step_and_named_at_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "STEP", 2)
    monkeypatch.setattr(jobs, "heading", lambda *_: ("code",))
    monkeypatch.setattr(jobs, "cells", lambda _, found: (found["code"],))
    path = folder / "rates.csv"
    held = job(path=str(path), how='{"form": "csv"}', said='{"bytes": 0}', total=2)
    tx: Any = Rows(held)
    assert jobs.export_anew(tx, held) is held
    held = jobs.export_step(tx, held, TAXES, [rate("A"), rate("B")], EN)
    assert (held.done, held.total, held.state, path.exists()) == (2, 2, "running", False)
    part = path.with_name("rates.csv.part")
    part.write_bytes(part.read_bytes() + b"cut")  # what a kill left behind is written over
    held = jobs.export_step(tx, held, TAXES, [rate("C"), rate("D")], EN)
    assert (held.done, held.total, held.state) == (4, 4, "running")
    held = jobs.export_step(tx, held, TAXES, [rate("E")], EN)
    assert (held.done, held.total, held.state, part.exists()) == (5, 5, "done", False)
    assert path.read_text("utf-8-sig").splitlines() == ["code", "A", "B", "C", "D", "E"]
    assert json.loads(held.said)["bytes"] == path.stat().st_size
    assert jobs._append(path, 99, b"more", True) == 99, "it was named just before a kill"
    anew = jobs.export_anew(tx, held)
    assert (anew.done, json.loads(anew.said)) == (0, {"bytes": 0})


def test_a_list_of_nothing_is_its_heading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "heading", lambda *_: ("code",))
    path = folder / "none.csv"
    held = job(path=str(path), how='{"form": "csv"}', said='{"bytes": 0}', total=9)
    held = jobs.export_step(Rows(held), held, TAXES, [], EN)  # type: ignore[arg-type]
    assert (held.done, held.total, held.state) == (0, 0, "done")
    assert path.read_text("utf-8-sig").splitlines() == ["code"]


def test_what_can_not_be_written_is_told(folder: Path) -> None:
    with pytest.raises(Outside):
        jobs._append(folder / "nowhere" / "x.csv", 0, b"x", False)
