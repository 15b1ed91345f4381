"""What stands of a row, who moved it, and what a roll-back leaves: over an empty store, each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions import differences, drafts, due, lines, opposite, standing
from boss_tui.editions.lines import RowEdit, key_text, places_on
from boss_tui.editions.opposite import LeftOut, _brought_back
from boss_tui.editions.scope import HERE
from boss_tui.editions.standing import Effect, MovedField, Mover
from boss_tui.editions.subjects import Telling
from data.errors import NotFound
from data.journal import canonical
from data.tables.customer import Category
from data.tables.edition import Edition, EditionLine, Publication, PublishedLine
from data.tables.organisation import Operator
from data.tables.sync import Setting, WaitingItem
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row

__all__ = ["empty_store", "tx"]
BEFORE, AFTER = "2026-11-22", "2026-11-24"


def edition(number: int = 1, **values: Any) -> Any:
    standard = {"subject": "M3.1", "author": f"a{number}", "decided_by": f"d{number}", "state": "in_force"}
    return row(Edition, id=f"e{number}", number=number, **{**standard, **values})


def published(
    number: int, op: str = "change", day: str = DAY, *, key: str = "c", scope: str = "", at_once: int = 0, **values: Any
) -> Any:
    return row(
        PublishedLine,
        number=number,
        position=0,
        table_name="category",
        row_key=key_text((key,)),
        op=op,
        content=canonical(values),
        effective_from=day,
        at_once=at_once,
        scope=scope,
    )


def item(number: int, of: int, what: str = "lines") -> Any:
    return row(Publication, number=number, edition=f"e{of}", what=what)


ADDED = published(1, "add", BEFORE, name_zh="x", rank=1)


@pytest.mark.parametrize(
    ("lines", "column", "by"),
    [
        ([], "", None),
        ([ADDED], "", 1),
        ([ADDED], "rank", 1),
        ([ADDED, published(2, rank=2)], "rank", 2),
        ([ADDED, published(2, rank=2)], "colour", 1),
        ([ADDED, published(2, rank=2)], "", 2),
        ([ADDED, published(2, "end")], "rank", 2),
        ([ADDED, published(2, rank=2, day=AFTER)], "rank", 1),
        ([ADDED, published(2, rank=2, day=AFTER, at_once=1)], "rank", 2),
        ([ADDED, published(2, rank=2), published(3, "undo", item=2)], "rank", 1),
        ([ADDED, published(9, rank=2)], "rank", None),  # no edition did
        ([ADDED, published(2, rank=2, scope="region:x")], "rank", 1),
        ([ADDED, published(2, rank=2, key="d")], "rank", 1),
    ],
)
def test_who_moved_a_row_is_who_said_it_last(tx: Loose, lines: list[Any], column: str, by: int | None) -> None:
    tx.put(*lines, *(edition(n) for n in (1, 2, 3)), *(item(n, n) for n in (1, 2, 3)))
    found = standing.mover(tx, "category", ("c",), DAY, column)
    assert (found and (found.number, found.author, found.approver)) == (by and (by, f"a{by}", f"d{by}"))


@pytest.mark.parametrize(("in_force_at", "at"), [("", "1"), ("2", "2")])
def test_it_was_moved_when_its_edition_came_to_count_else_when_that_was_decided(
    tx: Loose, in_force_at: str, at: str
) -> None:
    tx.put(edition(1, decided_at="1", in_force_at=in_force_at), item(1, 1))
    moved = standing.of_item(tx, 1)
    assert moved is not None
    assert moved.at == at


def line(op: str, after: dict[str, Any], before: dict[str, Any] | None = None, position: int = 0, **values: Any) -> Any:
    told = {"edition": "e9", "subject": "M3.1", "table_name": "category", "row_key": key_text(("c",)), "op": op}
    told |= {"after": canonical(after), "before": canonical(before or {})}
    return row(EditionLine, position=position, **{**told, **values})


@pytest.mark.parametrize(
    ("lines", "op", "after", "before", "moved"),
    [
        ([ADDED], "change", {"rank": 5}, {"rank": 1}, []),
        ([ADDED], "change", {"rank": 5}, {"rank": 2}, [("rank", 2, 5, 1, 1)]),
        ([ADDED], "change", {"rank": 5, "name_zh": "y"}, {"rank": 1, "name_zh": "z"}, [("name_zh", "z", "y", "x", 1)]),
        ([], "change", {"rank": 5}, {"rank": 1}, [("", {"rank": 1}, {"rank": 5}, None, None)]),
        ([ADDED, published(2, "end")], "change", {"rank": 5}, {"rank": 1}, []),  # it has ended, and is there still
        ([ADDED], "end", {}, {"rank": 1}, []),
        ([ADDED, published(2, "end")], "end", {}, {"rank": 1}, ["gone"]),
        ([], "end", {}, {"rank": 1}, ["gone"]),
        ([], "add", {"rank": 5}, {}, []),
        ([ADDED, published(2, "end")], "add", {"rank": 5}, {}, []),
        ([ADDED], "add", {"rank": 5}, {}, ["there"]),
        ([ADDED, published(2, rank=7, day=AFTER)], "change", {"rank": 5}, {"rank": 1}, []),
    ],
)
def test_what_is_not_any_more_as_it_was_found(
    tx: Loose, lines: list[Any], op: str, after: dict[str, Any], before: dict[str, Any], moved: list[Any]
) -> None:
    own = edition(9, state="submitted")
    tx.put(*lines, own, edition(1), edition(2), item(1, 1), item(2, 2), line(op, after, before))
    tx.put(line("change", {"rank": 99}, {"rank": 98}, 1, dropped=1))
    found = standing.moved(tx, own, DAY)
    if moved and isinstance(moved[0], str):
        assert [(each.column, each.mine) for each in found] == [("", after)]
    else:
        shown = [(each.column, each.before, each.mine, each.theirs, each.by and each.by.number) for each in found]
        assert shown == moved
    assert standing.moved(tx, edition(9, effective_from=AFTER), DAY) == (
        found if not any(each.effective_from == AFTER for each in lines) else standing.moved(tx, own, AFTER)
    )


MOVED = {"position": 0, "table": "category", "key": ("c",), "column": "", "before": {}, "mine": {}, "theirs": None}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "was ended by somebody else"),
        ({"theirs": {"rank": 1}, "mine": {}}, "was ended by"),
        ({"theirs": {"rank": 1}, "mine": {"rank": 2}}, "was added by"),
        ({"theirs": None, "mine": {"rank": 2}}, "was ended by"),
        ({"by": Mover("e", 7, "1001", "", "")}, "by edition 7 of 1001"),
        ({"column": "rank", "before": 1, "theirs": 2}, "rank was 1, and is 2 by"),
        ({"column": "colour", "before": "", "theirs": "red"}, "colour was -, and is red by"),
    ],
)
def test_what_moved_is_said(tx: Loose, values: dict[str, Any], told: str) -> None:
    each = MovedField(**{**MOVED, "by": None, **values})
    assert told in str(drafts.moved_in_words(tx, each, Telling()))


# what an edition made, and its opposite


def state(**values: Any) -> dict[str, Any]:
    return {"code": "c", "name_zh": "x", "rank": 1, "state": "active", "revision": 1, **values}


ENDED = state(state="ended")


@pytest.mark.parametrize(
    ("before", "after", "here", "brought", "left"),
    [
        # changed
        (state(), state(rank=2), state(rank=2), ("change", {"rank": 1}), []),
        (state(), state(rank=2), state(rank=3), None, [("rank", 3)]),
        (state(), state(rank=2, name_zh="y"), state(rank=3, name_zh="y"), ("change", {"name_zh": "x"}), [("rank", 3)]),
        (state(), state(rank=2), state(rank=2, name_zh="z"), ("change", {"rank": 1}), []),  # that was not its own
        (state(), state(rank=2), None, None, [("", None)]),
        (state(), state(rank=2), ENDED, None, [("", None)]),
        # added
        (None, state(), state(), ("end", {}), []),
        (None, state(), state(rank=9), None, [("rank", 9)]),
        (ENDED, state(), state(), ("end", {}), []),
        (None, state(), None, None, [("", None)]),
        # ended
        (state(), ENDED, ENDED, ("add", {"name_zh": "x", "rank": 1, "state": "active"}), []),
        (state(), None, None, ("add", {"name_zh": "x", "rank": 1, "state": "active"}), []),
        (state(), ENDED, state(), None, [("", None)]),
        (None, None, None, None, [("", None)]),
    ],
)
def test_the_opposite_of_what_was_done_to_a_row(
    before: Any, after: Any, here: Any, brought: tuple[str, dict[str, Any]] | None, left: list[tuple[str, Any]]
) -> None:
    def leaving(column: str = "", value: Any = None) -> LeftOut:
        return LeftOut("category", ("c",), column, value, None)

    found, kept = _brought_back(Effect("category", ("c",), before, after), here, leaving)
    assert (found and (found.op, found.values)) == brought
    assert [(each.column, each.stands) for each in kept] == left


def test_what_an_edition_made_of_its_rows_whatever_came_since(tx: Loose) -> None:
    tx.put(ADDED, published(2, rank=2), published(3, rank=3), published(4, rank=4, day=BEFORE))
    tx.put(edition(2), item(2, 2), item(9, 2, "taken_back"))
    (made,) = standing.effects(tx, edition(2))
    assert made.before is not None
    assert made.after is not None
    assert (made.before["rank"], made.after["rank"]) == (4, 2)
    assert [each.number for each in standing.published(tx, "e2")] == [2]
    assert opposite.taking_back(tx, edition(2)) == [RowEdit("category", ("c",), "undo", {"item": 2})]
    tx.put(edition(1), item(1, 1))
    (none,) = standing.effects(tx, edition(1))
    assert (none.before, none.after and none.after["rank"]) == (None, 1)


def test_what_was_taken_back_waits_no_more(tx: Loose) -> None:
    tx.put(item(3, 1), item(4, 1, "taken_back"), item(5, 2))
    tx.put(
        *(row(WaitingItem, outlet="", number=number) for number in (3, 4, 5)), row(WaitingItem, outlet="HZ01", number=3)
    )
    due._waits_no_more(tx, edition(1))
    found = tx.told(WaitingItem, "outlet", "number", state="applied")
    assert found == [("", 3)]


# who meets whom


@pytest.mark.parametrize(
    ("state", "dropped", "key", "meets"),
    [
        ("draft", 0, "c", True),
        ("submitted", 0, "c", True),
        ("approved", 0, "c", True),
        ("in_force", 0, "c", False),
        ("withdrawn", 0, "c", False),
        ("draft", 1, "c", False),
        ("draft", 0, "d", False),
    ],
)
def test_others_that_are_open_on_a_row_are_met(tx: Loose, state: str, dropped: int, key: str, meets: bool) -> None:
    about: dict[str, Any] = {"edition": "e1", "dropped": dropped, "row_key": key_text((key,))}
    tx.put(
        edition(1, state=state),
        edition(9, state="draft"),
        line("change", {"rank": 5}),
        line("change", {"rank": 5, "colour": "red"}, **about),
    )
    found = standing.meetings(tx, edition(9))
    assert [(each.edition.number, each.columns) for each in found] == ([(1, ("colour", "rank"))] if meets else [])


def test_of_a_row_that_is_added_or_ended_no_columns_are_told(tx: Loose) -> None:
    tx.put(edition(1, state="draft"), line("end", {"rank": 5}, edition="e1"))
    assert [each.columns for each in standing.on_row(tx, "category", ("c",))] == [()]


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({}, True),
        ({"state": "draft"}, False),
        ({"author": "me"}, False),
        ({"first_approver": "me"}, False),
        ({"subject": "M6"}, False),
    ],
)
def test_what_waits_for_somebody_is_others_and_of_their_businesses(
    tx: Loose, values: dict[str, Any], waits: bool
) -> None:
    tx.put(
        edition(1, **{"state": "submitted", "submitted_at": "1", **values}),
        edition(2, state="submitted", submitted_at="0"),
    )
    found = [each.number for each in standing.waiting_for(tx, "me", {"M3.1": True})]
    assert found == ([2, 1] if waits else [2])


@pytest.mark.parametrize(
    ("values", "open_", "late"),
    [
        ({}, True, True),
        ({"review_by": DAY}, True, False),
        ({"reviewed_at": "1"}, False, False),
        ({"emergency": 0}, False, False),
        ({"state": "approved"}, False, False),
    ],
)
def test_an_emergency_is_looked_at_in_time(tx: Loose, values: dict[str, Any], open_: bool, late: bool) -> None:
    tx.put(edition(1, **{"emergency": 1, "review_by": BEFORE, **values}))
    assert bool(standing.open_reviews(tx)) is open_
    assert bool(standing.overdue_reviews(tx, DAY)) is late
    assert standing.overdue_reviews(tx, "") == []


@pytest.mark.parametrize(
    ("which", "found"), [("7", "e7"), ("e7", "e7"), ("123456789", "e123456789"), ("1234567890", "1234567890")]
)
def test_an_edition_is_named_by_its_number_or_its_key(tx: Loose, which: str, found: str) -> None:
    """What is longer than any number is a key."""
    tx.put(edition(7), edition(123_456_789), row(Edition, id="1234567890", number=8))
    assert standing.named(tx, which).id == found
    for nobody in ("8x", "e8", "77"):
        with pytest.raises(NotFound, match=nobody):
            standing.named(tx, nobody)


# differences


@pytest.mark.parametrize(("column", "shown"), [("password_hash", ("***", "", None)), ("staff_no", ("a", "", None))])
def test_a_hash_is_shown_as_one_where_there_is_one(column: str, shown: tuple[Any, ...]) -> None:
    assert differences._shown(Operator, column, "a", "", None) == shown


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, state(), {"name_zh": "add", "rank": "add", "state": "add"}),
        (state(), None, {"name_zh": "end", "rank": "end", "state": "end"}),
        (state(), state(rank=2, revision=9), {"rank": "change"}),
        (state(), ENDED, {"state": "end"}),
        (ENDED, state(), {"state": "add"}),
        (state(), state(), {}),
        (None, ENDED, {"name_zh": "change", "rank": "change", "state": "change"}),
    ],
)
def test_what_differs_between_two_states_of_a_row(before: Any, after: Any, told: dict[str, str]) -> None:
    assert {each.column: each.op for each in differences.of_rows("category", ("c",), before, after)} == told


def test_an_edition_says_what_it_changes(tx: Loose) -> None:
    tx.put(
        ADDED,
        edition(9),
        line("change", {"rank": 5}, {"rank": 2}),
        line("add", {"name_zh": "n"}, position=1, row_key=key_text(("d",))),
    )
    tx.put(line("end", {}, {"state": "active"}, position=2))
    found = differences.of_edition(tx, edition(9), DAY)
    assert [(each.before, each.after, each.stands) for each in found if each.position == 0] == [(2, 5, 1)]
    new = {each.column: (each.before, each.after, each.stands) for each in found if each.position == 1}
    assert (new["name_zh"], new["rank"], "code" in new, "revision" in new) == (
        (None, "n", None),
        (None, 100, None),
        False,
        False,
    )
    assert [(each.column, each.before, each.after, each.stands) for each in found if each.position == 2] == [
        ("state", "active", "ended", "active")
    ]


# lines as they are published


def test_what_was_published_since_an_item_and_what_is_to_come_are_found_by_number_and_date(tx: Loose) -> None:
    assert lines.last_published(tx) == 0
    tx.put(ADDED, published(2, rank=2), published(3, rank=3, key="d", day=AFTER), published(4, day="2026-12-01"))
    assert lines.last_published(tx) == 4
    assert [lines.published_since(tx, "category", number) for number in (1, 2, 3, 4)] == [
        {("c",), ("d",)},
        {("c",), ("d",)},
        {("c",)},
        set(),
    ]
    assert lines.published_since(tx, "role", 0) == set()
    assert [lines.later_days(tx, day) for day in (BEFORE, DAY, AFTER, "2026-12-01")] == [
        [DAY, AFTER, "2026-12-01"],
        [AFTER, "2026-12-01"],
        ["2026-12-01"],
        [],
    ]
    assert [lines.touched(tx, DAY, day) for day in (DAY, AFTER)] == [[], [("category", ("d",))]]


@pytest.mark.parametrize(("at_once", "then", "rank"), [(0, 1, 1), (1, 1, 7)])
def test_what_came_at_once_stood_from_its_own_date_on(tx: Loose, at_once: int, then: int, rank: int) -> None:
    """It counts here at once; in what is told of days that have been, it does not go back to before its date."""
    tx.put(ADDED, published(2, rank=7, day=AFTER, at_once=at_once))
    found = [lines.as_of(tx, "category", ("c",), day) or {} for day in (DAY, AFTER)]
    assert [row["rank"] for row in found] == [then, 7]
    assert (lines.row_on(tx, "category", ("c",), DAY) or {})["rank"] == rank
    assert [told.number for told in lines.to_come(tx, "category", ("c",), DAY)] == ([] if at_once else [2])


def test_a_key_is_found_by_its_canonical_json() -> None:
    """Also one that is no text throughout."""
    keys = [("a", 'b"中'), ("a", 1), (1,)]
    assert [key_text(key) for key in keys] == ['["a","b\\"中"]', '["a",1]', "[1]"]


def test_a_row_that_somebody_altered_here_is_told_of_where_what_stood_before_is_known(tx: Loose) -> None:
    tx.put(
        ADDED, published(2, "add", BEFORE, key="d", name_zh="y"), published(3, rank=3, key="d"), published(4, rank=4)
    )
    places = [("category", ("c",)), ("category", ("d",))]
    assert lines.put(tx, places, BEFORE) == places
    assert lines.bring(tx, places, BEFORE, lambda _: True) == lines.Brought([], [])
    tx.change(tx.one(Category, code="c"), rank=9)
    assert lines.bring(tx, places, DAY, lambda told: told.number > 2) == lines.Brought(places, [places[0]])
    assert tx.told(Category, "rank", order=("code",)) == [4, 3]
    tx.change(tx.one(Category, code="d"), rank=9)
    assert lines.bring(tx, places, DAY, lambda _: False) == lines.Brought([places[1]], [places[1]])
    assert lines.bring(tx, [places[1]], DAY, lambda _: True) == lines.Brought([], [])


# by scope


def test_where_a_store_stands_its_own_lines_count(tx: Loose) -> None:
    lines = [ADDED, published(2, rank=2, scope="region:x"), published(3, rank=3, scope="region:y")]
    tx.put(*lines)

    def rank() -> Any:
        found = places_on(tx, [("category", ("c",))], DAY)
        return found["category", ("c",)]["rank"]

    assert rank() == 1  # headquarters: where it was published to
    tx.put(row(Setting, name=HERE, value=canonical(["", "region:x"])))
    assert rank() == 2


def test_a_row_that_some_are_told_stands_at_headquarters_as_they_have_it(tx: Loose) -> None:
    """With what everybody is told of it; what undoes a line is for whoever had that."""
    added = published(1, "add", BEFORE, name_zh="x", rank=1, scope="region:x")
    of = [published(n, scope=scope, rank=n) for n, scope in ((2, "region:x"), (3, "region:y"), (4, ""))]
    undone = published(5, "undo", item=4, scope="region:x")
    told = [added, *of, undone]
    ranks = [(lines.folded_in(None, "category", ("c",), told[:n]) or {}).get("rank") for n in range(1, 6)]
    assert ranks == [1, 2, 2, 4, 2]
    assert lines.folded_in(frozenset(("", "region:y")), "category", ("c",), told) is None
    assert lines.seen_in(tx, "region:x", "category") == frozenset(("", "region:x"))
    assert lines.seen_in(tx, "outlet:H1", "category") == frozenset(("", "outlet:H1"))
    assert lines.seen_in(tx, "region:x", "operator") is None, "that is one outlet's alone"
    assert lines.seen_in(tx, "", "category") is None
