"""A file of stock page by page: what a bad row does to it, where the next page begins, and when it is done."""

from __future__ import annotations

import json
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit import stock_jobs
from boss_tui.management.kit.streamed import Place
from data.errors import Conflict, NotAllowed
from data.message import say
from data.tables.job import Job
from data.tables.stockroom import StockBatch
from tests.boss_tui.components.rows import Rows, context, row

FAULT = SimpleNamespace(line=7, message=say("No."))


class Received(Rows):
    """Rows of which no journal tells."""

    def received(self) -> Any:
        return nullcontext()


class Step:
    """A job over `total` rows, of which this page holds so many, some of them bad."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, *, good: int, bad: int = 0, total: int = 9, done: int = 0
    ) -> None:
        self.written: list[int] = []
        self.noted: list[Any] = []
        self.whole_file, self.good_rows, self.as_it_was, self.digest = False, False, True, "d"
        self.total, self.done, self.records = total, done, good + bad
        looked = SimpleNamespace(faults=[FAULT] * bad, good=[*range(good)])
        monkeypatch.setattr(stock_jobs, "_as_judged", lambda *_: None)
        monkeypatch.setattr(stock_jobs, "look_at", lambda *_: looked)
        monkeypatch.setattr(stock_jobs, "note", lambda *said, **more: self.noted.append((said[1:], more)))

    def run(self) -> Job:
        said = json.dumps({"byte": 10, "line": 2, "taken": 3})
        job = row(
            Job,
            id="j",
            state="running",
            digest="d",
            path="/in/numbers.csv",
            total=self.total,
            done=self.done,
            how=json.dumps({"good_rows": self.good_rows}),
            said=said,
            log="[]",
            started_at="2026-11-23T00:59:00Z",
        )
        file = SimpleNamespace(
            digest=self.digest,
            page=lambda place, _: ([place] * self.records, Place(place.byte + 100, place.line + self.records)),
            is_as_it_was=lambda: self.as_it_was,
        )
        intake = SimpleNamespace(write=lambda _, rows: self.written.extend(rows), taken=lambda _: None)
        self.tx = Received(job, row(StockBatch, id="j", pieces=0))
        made: Any = stock_jobs.step(
            context(self.tx),
            job,
            SimpleNamespace(whole_file=self.whole_file),  # type: ignore[arg-type]
            SimpleNamespace(intake=lambda *_: intake),  # type: ignore[arg-type]
            SimpleNamespace(file=file),  # type: ignore[arg-type]
            SimpleNamespace(page=list),  # type: ignore[arg-type]
        )
        assert isinstance(made, Job)
        return made


@pytest.mark.parametrize(
    ("bad", "whole", "good_rows", "refused"),
    [
        (0, False, False, False),
        (0, True, True, False),
        (1, False, True, False),
        (1, False, False, True),
        (1, True, True, True),
        (1, True, False, True),
    ],
)
def test_a_bad_row_ends_a_file_that_is_wanted_whole(
    monkeypatch: pytest.MonkeyPatch, bad: int, whole: bool, good_rows: bool, refused: bool
) -> None:
    step = Step(monkeypatch, good=2, bad=bad)
    step.whole_file, step.good_rows = whole, good_rows
    if refused:
        with pytest.raises(NotAllowed, match=r"^Line 7: ") as told:
            step.run()
        assert (told.value.field, step.written) == ("file", [])
        return
    made = step.run()
    assert (made.done, made.state, json.loads(made.said)) == (
        2 + bad,
        "running",
        {"byte": 110, "line": 4 + bad, "taken": 5},
    )
    assert step.written == [0, 1]


@pytest.mark.parametrize(
    ("total", "done", "good", "over"),
    [(9, 0, 9, True), (9, 0, 8, False), (9, 6, 3, True), (9, 6, 2, False), (9, 6, 4, True), (9, 6, 0, True)],
)
def test_it_is_done_with_its_last_row_and_then_on_record(
    monkeypatch: pytest.MonkeyPatch, total: int, done: int, good: int, over: bool
) -> None:
    step = Step(monkeypatch, good=good, total=total, done=done)
    made = step.run()
    assert (made.state, made.done) == ("done" if over else "running", done + good)
    assert step.tx.one(StockBatch, id="j").pieces == (3 + good if over else 0)
    said = [(("stock.import",), {"said": {"file": "numbers.csv", "sha256": "d", "pieces": 3 + good}})]
    assert step.noted == (said if over else [])


@pytest.mark.parametrize(
    ("whole", "as_it_was", "digest", "done", "refused"),
    [
        (False, False, "d", 9, False),
        (True, True, "d", 9, False),
        (True, False, "d", 9, True),
        (True, False, "d", 6, False),  # it is looked at once more in the end
        (False, True, "e", 6, True),
    ],
)
def test_a_file_that_has_changed_is_not_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, whole: bool, as_it_was: bool, digest: str, done: int, refused: bool
) -> None:
    step = Step(monkeypatch, good=1, total=10, done=done)
    step.whole_file, step.as_it_was, step.digest = whole, as_it_was, digest
    if not refused:
        assert step.run().done == done + 1
        return
    with pytest.raises(Conflict, match="has changed since"):
        step.run()
