"""Any acts by several people, on several rows and dates, in any order: what must hold after each, and at the end."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from boss_tui.editions import drafts, lifecycle, opposite, standing
from boss_tui.editions.lines import RowEdit, row_on
from boss_tui.verify import verify
from data.clock import SeededClock
from data.errors import Conflict, NotAllowed
from data.tables.edition import Edition, EditionLine
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import CHECKER, CLERK, MAKER, RULES, THIRD, TODAY, Desk
from tests.hall import START
from tests.homes import of_this_run

pytestmark = pytest.mark.whole  # each example has an office of its own

FIRST = {("P1", "amount"): 1000, ("P1", "percent"): 100, ("P2", "amount"): 2000, ("P2", "percent"): 100}
Values = Mapping[tuple[str, str], int]
PEOPLE = st.sampled_from((MAKER, CHECKER, THIRD, CLERK))
VALUES = st.dictionaries(st.sampled_from(list(FIRST)), st.integers(1, 99), min_size=1, max_size=3)
WHICH = st.integers(0, 20)
NEXT = {
    "draft": {"draft", "submitted", "in_force", "withdrawn"},
    "submitted": {"draft", "submitted", "in_force", "approved", "withdrawn", "rejected", "stale"},
    "approved": {"approved", "in_force", "withdrawn", "failed"},
    "rejected": {"rejected", "draft", "withdrawn"},
    "stale": {"stale", "draft", "withdrawn"},
    "in_force": {"in_force"},
    "withdrawn": {"withdrawn"},
    "failed": {"failed"},
}


@dataclass(frozen=True)
class Said:
    """What an edition that was approved says, in our own book: from when, as which of all."""

    day: str
    order: int
    values: Values


@cache
def _template() -> Path:
    path = of_this_run("editions") / "office.db"
    Desk.make_template(f"sqlite:///{path}")
    return path


class AnyActs(RuleBasedStateMachine):
    """The office, and our own book of what was approved beside it."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-acts-"))
        shutil.copyfile(_template(), self.folder / "office.db")
        self.clock = SeededClock(START)
        self.office = Desk(f"sqlite:///{self.folder / 'office.db'}", self.clock)
        self.today = TODAY
        self.book: dict[str, Said] = {}
        self.states: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "office"):
            with self.office.store.reading() as reading:
                assert verify(reading) == []
            self.office.store.close()
            shutil.rmtree(self.folder)

    # our own book

    def expected(self, day: str) -> dict[tuple[str, str], int]:
        """What the book says of a day."""
        said = sorted((one for one in self.book.values() if one.day <= day), key=lambda one: (one.day, one.order))
        found = dict(FIRST)
        for one in said:
            found.update(one.values)
        return found

    def day(self, ahead: int) -> str:
        return (date.fromisoformat(self.today) + timedelta(days=ahead)).isoformat()

    def editions(self) -> list[Edition]:
        with self.office.store.reading() as reading:
            return reading.all(Edition, order=("number",))

    def lines(self, edition: str) -> list[tuple[str, dict[str, int], dict[str, int]]]:
        with self.office.store.reading() as reading:
            rows = standing.rows_of(reading, edition)
        return [(json.loads(row.row_key)[0], json.loads(row.before), json.loads(row.after)) for row in rows]

    def told(self, edition: str) -> dict[tuple[str, str], int]:
        """What an edition wants."""
        return {(key, name): value for key, _, after in self.lines(edition) for name, value in after.items()}

    def attempt(self, by: str, act: Callable[..., Any], *said: Any, **more: Any) -> Any:
        """Do something; what is refused has done nothing."""
        before = self.all_there_is()
        try:
            return self.office.act(by, act, *said, **more)
        except (NotAllowed, Conflict):
            assert self.all_there_is() == before
            return None

    def all_there_is(self) -> list[Any]:
        with self.office.store.reading() as reading:
            return [reading.all(model, order=("id",)) for model in (Edition, PriceRule)] + [
                reading.all(EditionLine, order=("edition", "position"))
            ]

    # acts

    @rule(by=PEOPLE, values=VALUES, ahead=st.integers(-1, 3), acts_of=st.integers(0, 3), other=PEOPLE)
    def make(self, by: str, values: Values, ahead: int, acts_of: int, other: str) -> None:
        when = self.day(ahead) if ahead else ""
        made = self.attempt(by, drafts.new, title="t", reason="r", effective_from=when)
        assert (made is None) == (ahead < 0)
        if made:
            self.attempt(by, drafts.put_lines, made.id, _lines(values), RULES)
            if acts_of and self.attempt(by, lifecycle.submit, made.id, RULES) and acts_of > 1:
                self.decide(made.id, other)

    @rule(which=WHICH, by=PEOPLE, values=VALUES)
    def edit(self, which: int, by: str, values: Values) -> None:
        if edition := self.one(which, "draft", "submitted", "rejected"):
            done = self.attempt(by, drafts.put_lines, edition.id, _lines(values), RULES)
            assert done is None or edition.author == by

    @rule(which=WHICH)
    def rebase(self, which: int) -> None:
        if edition := self.one(which, "stale"):
            self.attempt(edition.author, drafts.rebase, edition.id)

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        if edition := self.one(which, "draft"):
            self.attempt(edition.author, lifecycle.submit, edition.id, RULES)

    @rule(which=WHICH, by=PEOPLE)
    def approve(self, which: int, by: str) -> None:
        if edition := self.one(which, "submitted"):
            self.decide(edition.id, by)

    def decide(self, which: str, by: str) -> None:
        """Approve, and put it into the book, if it is not stale."""
        edition = self.office.edition(which)
        day = max(edition.effective_from, self.today)
        stood, wanted, found = self.expected(day), self.told(edition.id), self.lines(edition.id)
        done = self.attempt(by, lifecycle.approve, edition.id, RULES)
        if done is None:
            return
        assert by not in (edition.author, CLERK)
        moved = any(stood[key, name] != value for key, before, _ in found for name, value in before.items())
        assert (done.state == "stale") == moved
        if not moved:
            assert done.state == ("in_force" if day == self.today else "approved")
            self.book[edition.id] = Said(day, len(self.book), wanted)

    @rule(which=WHICH)
    def emergency(self, which: int) -> None:
        if edition := self.one(which, "draft"):
            wanted = self.told(edition.id)
            if self.attempt(edition.author, lifecycle.let_count_at_once, edition.id, RULES):
                self.book[edition.id] = Said(self.today, len(self.book), wanted)

    @rule(which=WHICH, by=PEOPLE)
    def reject(self, which: int, by: str) -> None:
        if edition := self.one(which, "submitted"):
            assert self.attempt(by, lifecycle.reject, edition.id, "no") is None or by != edition.author

    @rule(which=WHICH, by=PEOPLE)
    def withdraw(self, which: int, by: str) -> None:
        if (edition := self.one(which, "approved")) and self.attempt(by, lifecycle.withdraw, edition.id, "no", RULES):
            self.book.pop(edition.id, None)

    @rule(which=WHICH)
    def roll_back(self, which: int) -> None:
        if (edition := self.one(which, "in_force")) and edition.state == "in_force":
            self.attempt(MAKER, opposite.roll_back, edition.id, RULES, "wrong")

    @precondition(lambda self: self.book)
    @rule(days=st.integers(1, 2))
    def open_day(self, days: int) -> None:
        self.today = self.day(days)
        self.clock.move(minutes=days * 24 * 60)
        done = self.office.open_day(self.today)
        assert [each.state for each in done] == ["in_force"] * len(done)

    def one(self, which: int, *states: str) -> Edition | None:
        """An edition, mostly in one of these states; in any other where there is none, or now and then."""
        there = self.editions()
        there = [each for each in there if each.state in states and which % 7] or there
        return there[which % len(there)] if there else None

    # what always holds

    @invariant()
    def rows_are_what_the_book_says_today_and_on_every_day_to_come(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.office.store.reading() as reading:
            for ahead in range(5):
                expected = self.expected(self.day(ahead))
                for key in ("P1", "P2"):
                    row = row_on(reading, "price_rule", (key,), self.day(ahead)) or {}
                    assert {name: row[name] for name in ("amount", "percent")} == {
                        name: expected[key, name] for name in ("amount", "percent")
                    }
                    if ahead == 0:
                        assert reading.one(PriceRule, id=key).__dict__ == row

    @invariant()
    def states_go_their_way_and_nobody_approves_alone(self) -> None:
        if not hasattr(self, "office"):
            return
        for edition in self.editions():
            before = self.states.get(edition.id)
            assert edition.state in (NEXT[before] if before else NEXT["draft"] | NEXT["submitted"]), edition
            self.states[edition.id] = edition.state
            if edition.state in ("approved", "in_force") and not edition.emergency:
                assert edition.decided_by not in ("", edition.author)
            assert (edition.id in self.book) == (edition.state in ("approved", "in_force"))


def _lines(values: Values) -> list[RowEdit]:
    rows: dict[str, dict[str, int]] = {}
    for (key, name), value in values.items():
        rows.setdefault(key, {})[name] = value
    return [RowEdit("price_rule", (key,), "change", columns) for key, columns in rows.items()]


TestAnyActs = AnyActs.TestCase
TestAnyActs.settings = settings(max_examples=settings().max_examples // 3, stateful_step_count=25, deadline=None)
