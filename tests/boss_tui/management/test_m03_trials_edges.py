"""What M3's rules make of people, and trials of them: each case of a move, and each bound on both sides."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.m03_1.trial import CategoryTrialForm, compared
from boss_tui.management.m03_2 import classifying, trial
from boss_tui.management.m03_2 import conditions as m03_conditions
from boss_tui.management.m03_2.classifying import BY_HAND, BY_RULE, Looked, Move, Rule, looked_at
from boss_tui.management.m03_2.conditions import COMPARISONS, FACTS, Known, read
from boss_tui.management.m03_2.trial import ClassTrialForm, would_move
from boss_tui.management.m04.trial import SaleTrialForm, sold_or_ended
from data.errors import BadForm
from data.message import say
from data.tables.customer import CustomerClass, DocumentKind
from data.tables.product import ProductRelation
from tests.boss_tui.components.rows import DAY, Rows, context, row
from tests.boss_tui.management import test_m03_categories as stage
from tests.boss_tui.management import test_m04_trial as shop

BEFORE = "2026-11-22"
SILVER = Rule("R", "silver", ())


@pytest.mark.parametrize("since", ["2020-01-31", None])
def test_what_is_known_of_somebody_is_filled_in(since: str | None) -> None:
    told = {
        m03_conditions._LINES: [("k", 3, since), ("other", 9, "x")],
        m03_conditions._SPENT: [("k", 500, "2026-10"), ("other", 9, "x")],
        m03_conditions._OWED: [("k", 70), ("other", 9)],
    }
    reading: Any = SimpleNamespace(rows=lambda statement, **_: told[statement])
    known: Any = Known(person().customer)
    m03_conditions._fill(reading, {"k": known}, {"first": "k", "last": "k"}, DAY)
    assert (known.lines, known.since, known.bills, known.owed) == (3, since or "", {"2026-10": 500}, 70)


def person(number: str = "1", **values: Any) -> Any:
    standard = {"id": f"c{number}", "name": "王小明", "document_kind": "00", "document_number": number}
    return SimpleNamespace(customer=SimpleNamespace(**{**standard, "category": "ordinary", "outlet": "HZ01", **values}))


def classified(**values: Any) -> Any:
    standard = {"document_kind": "00", "document_number": "1", "category": "silver", "how": BY_RULE, "rule": "R"}
    return row(CustomerClass, **{**standard, **values})


@pytest.mark.parametrize(
    ("said", "own", "rule", "move"),
    [
        (None, "ordinary", None, None),
        (None, "silver", SILVER, None),
        (None, "ordinary", SILVER, ("ordinary", "silver", "R", "add")),
        (classified(), "ordinary", SILVER, None),
        (classified(), "silver", SILVER, None),
        (classified(), "ordinary", None, ("silver", "ordinary", "", "end")),
        (classified(valid_to=DAY), "ordinary", None, ("silver", "ordinary", "", "end")),
        (classified(valid_to=BEFORE), "ordinary", None, ("ordinary", "ordinary", "", "end")),
        (classified(valid_to=BEFORE), "ordinary", SILVER, ("ordinary", "silver", "R", "change")),
        (classified(rule="Q"), "ordinary", SILVER, ("silver", "silver", "R", "change")),
        (classified(category="gold"), "ordinary", SILVER, ("gold", "silver", "R", "change")),
    ],
)
def test_a_rule_moves_somebody(said: Any, own: str, rule: Rule | None, move: tuple[str, ...] | None) -> None:
    found = classifying._move(person(), said, own, rule, DAY)
    assert (found and (found.before, found.after, found.rule, found.line.op)) == move


def test_what_is_said_of_who_moves_is_all_that_changes() -> None:
    new = classifying._move(person(), None, "ordinary", SILVER, DAY)
    standard = {"category": "silver", "how": "rule", "rule": "R", "reason": "", "valid_to": ""}
    assert new is not None
    assert (new.line.table, new.line.key, new.line.values) == (
        "customer_class",
        ("00", "1"),
        {"outlet": "HZ01", **standard},
    )
    changed = classifying._move(person(), classified(rule="Q", reason="x"), "ordinary", SILVER, DAY)
    assert changed is not None
    assert changed.line.values == {"rule": "R", "reason": ""}


class People(Rows):
    """With rows by their keys."""

    def several(self, model: Any, wanted: Any) -> dict[Any, Any]:
        rows = {(each.document_kind, each.document_number): each for each in self.all(model)}
        return {key: rows[key] for key in wanted if key in rows}


@pytest.fixture
def customers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Those of a page."""
    found: list[Any] = []
    monkeypatch.setattr(classifying, "page", lambda *_: found)
    monkeypatch.setattr(classifying, "best", lambda _, codes: next(iter(codes)))
    return found


@pytest.mark.parametrize(
    ("rows", "kept", "moves"),
    [
        ([], 0, 1),
        ([classified(how=BY_HAND)], 1, 0),
        ([classified(how=BY_HAND, valid_to=DAY)], 1, 0),
        ([classified(how=BY_HAND, valid_to=BEFORE)], 0, 1),
        ([classified()], 0, 0),
    ],
)
def test_who_is_classified_by_hand_is_kept_as_long_as_it_stands(
    customers: list[Any], rows: list[Any], kept: int, moves: int
) -> None:
    customers.append(person())
    tx: Any = People(row(DocumentKind, code="00", category="ordinary"), *rows)
    found = looked_at(tx, [SILVER], DAY, most=9)
    assert (found.customers, found.kept, len(found.moves)) == (1, kept, moves)


def test_who_comes_after_one_who_is_kept_is_looked_at_too(customers: list[Any]) -> None:
    customers += [person("1"), person("2"), person("3")]
    rows = classified(how=BY_HAND), classified(document_number="2")
    tx: Any = People(row(DocumentKind, code="00", category="ordinary"), *rows)
    found = looked_at(tx, [SILVER], DAY, most=9)
    assert (found.kept, [move.known.customer.document_number for move in found.moves]) == (1, ["3"])
    assert found.counts == {("ordinary", "silver"): 1}


@pytest.mark.parametrize(
    ("people", "most", "number", "last"),
    [(2, 2, "", "c1"), (3, 3, "", "c2"), (1, 2, "", ""), (0, 2, "", ""), (1, 1, "0", "")],
)
def test_a_page_that_is_full_has_another_behind_it(
    customers: list[Any], people: int, most: int, number: str, last: str
) -> None:
    customers.extend(person(str(n)) for n in range(people))
    tx: Any = People(row(DocumentKind, code="00", category="ordinary"))
    assert looked_at(tx, [], DAY, most=most, number=number).last == last


# trials


def test_bills_of_three_months_are_told_and_of_what_is_not_monthly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def of(_known: Any, _day: str, months: int) -> int:
        asked.append(months)
        return months

    facts = [SimpleNamespace(says=say("fact"), of=of, kind="", monthly=monthly) for monthly in (True, False)]
    monkeypatch.setattr(trial, "FACTS", dict(enumerate(facts)))
    for name in ("category_of", "class_of", "first_that_fits"):
        monkeypatch.setattr(trial, name, lambda *_: None)
    monkeypatch.setattr(trial, "_called", lambda *_: "ordinary")
    monkeypatch.setattr(trial, "looked_at", lambda *_, **__: Looked())
    told = [str(fact.value) for fact in trial._person(context(Rows()), [], person())]
    assert (asked, told[2:]) == ([3, 0], ["3", "0", "none"])


@pytest.mark.parametrize(
    ("has", "kind", "said"),
    [
        (None, "yuan", "not known"),
        (None, "", "not known"),
        (1050, "yuan", "10.50"),
        (3, "months", "3"),
        ("x", "yuan", "x"),
    ],
)
def test_what_is_known_of_somebody_is_told_in_its_unit(has: Any, kind: str, said: str) -> None:
    assert str(trial._value(has, kind)) == said


@pytest.mark.parametrize(
    ("there", "most", "asked"),
    [
        (1_300, 1_200, [("", 500), ("c500", 500), ("c1000", 200)]),
        (1_300, 20_000, [("", 500), ("c500", 500), ("c1000", 500)]),
        (1_300, 500, [("", 500)]),
        (1_300, 501, [("", 500), ("c500", 1)]),
        (1_300, 1, [("", 1)]),
    ],
)
def test_so_many_are_looked_at_and_no_more(
    monkeypatch: pytest.MonkeyPatch, there: int, most: int, asked: list[tuple[str, int]]
) -> None:
    calls = []

    def pages(_tx: Any, _rules: Any, _day: str, *, after: str, most: int) -> Looked:
        calls.append((after, most))
        first = int(after[1:] or 0)
        count = min(most, there - first)
        return Looked(count, kept=1, last=f"c{first + count}" if count == most else "")

    monkeypatch.setattr(trial, "looked_at", pages)
    monkeypatch.setattr(trial, "rules_on", lambda *_: [])
    facts = [str(fact.value) for fact in would_move(context(Rows(), business="M3.2"), ClassTrialForm(most=most))]
    assert calls == asked
    assert facts[0].startswith(f"{min(most, there)} ")
    assert facts[-1] == str(len(asked))


def test_three_of_each_move_are_told_by_name() -> None:
    line: Any = None
    examples: dict[tuple[str, str], list[str]] = {("a", "b"): [], ("a", "c"): []}
    trial._note(examples, [Move(person(str(n)), "a", "b", "R", line) for n in range(5)])
    trial._note(examples, [Move(person("9"), "a", "c", "R", line)])
    assert [len(named) for named in examples.values()] == [3, 1]


@pytest.mark.parametrize(("limit", "told"), [(1, True), (2, False), (3, False), (0, True)])
def test_who_has_more_numbers_than_the_category_allows_is_told(limit: int, told: bool) -> None:
    rows: Any = Rows(*stage.HALL, stage.category("other", rank=300, number_limit=limit))
    asked = CategoryTrialForm.read({"number": "13800000001", "becomes": "other"})
    facts = {str(fact.label) for fact in compared(context(rows, business="M3.1"), asked)}
    assert ("Has already" in facts) is told


@pytest.mark.parametrize(
    ("relation", "state", "told"),
    [
        ("contains", "active", True),
        ("needs", "active", True),
        ("excludes", "active", False),
        ("contains", "retired", False),
    ],
)
def test_what_is_left_behind_is_what_is_sold_itself(relation: str, state: str, told: bool) -> None:
    more = [
        shop.product("OTHER", state=state),
        row(ProductRelation, product="OTHER", other="BANK", relation=relation),
        row(ProductRelation, product="NOWHERE", other="BANK", relation=relation),
    ]
    rows: Any = Rows(*shop.HALL, *more, scalars=(0, 0, 0))
    asked = SaleTrialForm.read({"product": "BANK", "ends": "y"})
    values = [str(fact.value) for fact in sold_or_ended(context(rows, business="M4"), asked)]
    assert ("OTHER Other" in values) is told


COUNTED = next(name for name, fact in FACTS.items() if fact.kind not in ("text", "yuan") and not fact.monthly)


@pytest.mark.parametrize(
    ("value", "number"),
    [("0", 0), ("999999", 999_999), ("1000000", None), ("-1", None), ("1.5", None), ("", None), ("²", None)],
)
def test_a_condition_counts_in_whole_numbers(value: str, number: int | None) -> None:
    held = json.dumps([{"fact": COUNTED, "comparison": COMPARISONS[0], "value": value, "months": ""}])
    if number is not None:
        assert [condition.number for condition in read(held)] == [number]
        return
    with pytest.raises(BadForm) as refused:
        read(held)
    assert set(refused.value.errors) == {"conditions"}
