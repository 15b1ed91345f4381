"""An outlet that skips a document number, uses one twice, or lets nobody answer for what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.headquarters.rules import ranges
from data.journal import Change, canonical
from data.tables.document import DocumentRange, PaperDocument
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, told
from tests.boss_tui.headquarters.liar import Body, Told, at_doors, chained, hall, headquarters, journal, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.hall import FACTS
from tests.homes import of_this_run

Alter = Callable[[Body, dict[str, Any]], None]
OTHER = "HZ0102"


@cache
def _day() -> str:
    """A hall's day as JSON: numbers go to a counter, are void, jumped over, spoiled, returned; and what else is done
    with a supervisor's word beside orders."""
    at = hall(of_this_run("numbers"))
    sign = (FACTS.supervisor, FACTS.password)
    desk, boss = at.desk, at.counter(FACTS.supervisor, OTHER)

    def receipts(counter: str) -> Any:
        found = (each for each in desk.numbers.ranges() if each.kind == "receipt" and each.state == "open")
        return next(each for each in found if each.counter == counter)

    boss.numbers.issue(receipts("").id, FACTS.counter, 50)
    own = receipts(FACTS.counter)
    desk.numbers.void(own.id, f"{own.next}-{own.next + 2}", "wet")
    desk.numbers.void(own.id, f"{own.next + 5}-{own.next + 25}", "wet", *sign)
    desk.numbers.void(receipts("").id, f"{receipts('').next}", "wet", *sign)
    desk.numbers.seen("receipt", receipts(FACTS.counter).next + 1, "torn")
    view = at.filled()
    sold = desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    paper = next(each for each in sold.papers if each.kind == "receipt")
    desk.numbers.print_anew(paper.number, "jammed", *sign)
    desk.serving.next_customer()
    boss.numbers.return_range(receipts("").id, "too many")
    boss.approvals.grant(Bounds(hours=1, operator=FACTS.clerk))
    boss.till.count_blind(on=True)
    desk.till.suspend_shift("lunch", *sign)
    found = json.dumps(journal(at))
    at.store.close()
    return found


def day() -> Told:
    found: Told = json.loads(_day())
    return found


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), day()) == []


def moved_on(body: Body, _: dict[str, Any]) -> None:
    values = next(each[4] for each in body["changes"] if each[0] == "document_range" and "next_number" in each[4])
    values["next_number"] += 1


def of_move(**values: Any) -> Alter:
    return lambda body, _: of_entry(body, "number_move").update(values)


LIES: dict[str, tuple[str, int, Alter, str]] = {
    "a number that is skipped by a sale": ("C1", 0, moved_on, "sums"),
    "a number that is skipped by void ones": ("number.void", 0, moved_on, "sums"),
    "a paper anew by nobody's word": ("number.anew", 0, of_move(approved_by=""), "approval"),
    "many void numbers by nobody's word": ("number.void", 1, of_move(approved_by=""), "approval"),
    "void numbers of the hall by a clerk's word": ("number.void", 2, of_move(approved_by=FACTS.clerk), "approval"),
}


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES, 2))
def test_every_number_is_answered_for(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    kind, nth, alter, reason = LIES[what]
    found = day()
    place = [at for at, entry in enumerate(found) if entry["kind"] == kind][nth]
    body = json.loads(found[place]["body"])
    alter(body, found[place])
    found[place]["body"] = canonical(body)
    lie = chained(found[: place + 1], place)
    told_of = push(headquarters(tmp_path), lie, tmp_path if on_a_stick else None)
    assert [(each.reason, each.state, each.seq) for each in told_of] == [(reason, "open", lie[-1]["seq"])]


# where the rule turns

HERE = row(DocumentRange, id="r", kind="receipt", code="A", first_number=1, last_number=99, next_number=11, revision=1)


def papers(*numbers: int, of: str = "r") -> list[Fact]:
    return [(PaperDocument, {"id": f"{of}{at}", "range_id": of, "number": at}) for at in numbers]


def to(number: int, base: int = 1) -> Change:
    return change("document_range", "r", base, next_number=number, revision=base + 1)


@pytest.mark.parametrize(
    ("facts", "changed", "found"),
    [
        ([], [], 0),
        (papers(11), [to(12)], 0),
        (papers(11), [to(13)], 1),
        ([], [to(12)], 1),
        (papers(12), [to(12)], 1),
        (papers(11, 12), [to(12), to(13, 2)], 0),
        (papers(11, 13), [to(12), to(13, 2)], 1),
        (papers(11), [to(12, 4)], 0),  # another was first
        (papers(11), [], 1),
        ([], [change("document_range", "r", state="returned")], 0),
        (papers(20, 21, of="n"), [change("document_range", "r", last_number=19)], 0),
        (papers(21, of="n"), [change("document_range", "r", last_number=19)], 1),
    ],
)
def test_each_number_that_is_used_is_a_paper_s(facts: Sequence[Fact], changed: Sequence[Change], found: int) -> None:
    new = [(DocumentRange, {"id": "n", "first_number": 20, "last_number": 30, "next_number": 22, "revision": 1})]
    facts = [*facts, *(new if any(values["range_id"] == "n" for _, values in facts) else [])]
    assert told(ranges.judge(known(HERE), claim(*facts, changed=changed))) == [("sums", False)] * found
