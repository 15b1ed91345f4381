"""Several exceptions at once: those that are alike, each by itself, none of what whoever decides did themselves."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.exceptions import TOGETHER_AT_ONCE
from boss_tui.headquarters.exceptions_together import together
from data.errors import NotAllowed
from data.tables.sync import JournalEntry, SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Stored
from tests.boss_tui.headquarters.test_exceptions_at_the_office import BEFORE, acts, planted, state
from tests.head_office import CHECKER, MAKER
from tests.linked_hall import LinkedHall


def at_the_office(linked: LinkedHall) -> Any:
    return linked.at_office().office_exceptions


def looked(linked: LinkedHall, *keys: str) -> list[tuple[str, int]]:
    rows = {found.id: found.revision for found in linked.central_rows(SyncException)}
    return [(key, rows[key]) for key in keys]


def test_several_end_each_by_itself_and_what_can_t_stays(linked: LinkedHall) -> None:
    for key in "abc":
        planted(linked, key, reason="price")
    planted(linked, "mine", reason="price", operator=MAKER)
    office = at_the_office(linked)
    all_of_them = office.together(["a", "b", "c", "mine"])
    assert [line.id for line in all_of_them.lines] == ["a", "b", "c"]
    assert (all_of_them.mine, [each.way for each in all_of_them.endings]) == (1, ["accept", "refuse", "resolve"])
    seen = looked(linked, "a", "b", "c", "mine")
    linked.at_office(CHECKER).office_exceptions.end("b", "resolve", "first")
    ended = office.end_all(seen, "resolve", "seen")
    assert ended.ended == 2
    assert [(left.id, "first" in str(left.why) or "did or allowed" in str(left.why)) for left in ended.left] == [
        ("b", True),
        ("mine", True),
    ]
    assert [state(linked, key)[1:] for key in ("a", "b", "c")] == [(MAKER, "seen"), (CHECKER, "first"), (MAKER, "seen")]
    assert state(linked, "mine")[0] == "open"
    assert sorted(who for act, _, who in acts(linked) if act == "exception.resolve") == [MAKER, MAKER, CHECKER]


@pytest.mark.parametrize(("way", "words", "field"), [("resolve", " ", "resolution"), ("forget", "seen", "way")])
def test_without_a_note_or_a_way_none_of_them_ends(linked: LinkedHall, way: str, words: str, field: str) -> None:
    keys = [planted(linked, key) for key in "ab"]
    with pytest.raises(NotAllowed) as refused:
        at_the_office(linked).end_all(looked(linked, *keys), way, words)
    assert refused.value.field == field
    assert {state(linked, key)[0] for key in keys} == {"open"}


def stored(*told: dict[str, Any]) -> Any:
    """Exceptions a, b, … and their entries."""
    rows = []
    for at, values in enumerate(told):
        of = {"outlet": "HZ01", "epoch": 1, "seq": at}
        entry = {"operator": "1001", "business_date": DAY, "made_at": BEFORE, "kind": "C1", "body": "{}"}
        exception = {"state": "open", "reason": "price", "raised_at": BEFORE, "revision": 1, "held": 100}
        rows.append(row(JournalEntry, **of, **{name: values.pop(name, one) for name, one in entry.items()}))
        rows.append(row(SyncException, id="ab"[at], **of, **{**exception, **values}))
    return Stored(*rows)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, ""),
        ({"held": 1}, ""),
        ({"detail": '{"also": [["price", {}]]}'}, ""),
        ({"kind": "C2"}, "not alike"),
        ({"reason": "date"}, "not alike"),
        ({"detail": '{"also": [["date", {}]]}'}, "not alike"),
        ({"held": 0}, "not alike"),
        ({"held": -100}, "not alike"),
        ({"state": "noted"}, "not alike"),
    ],
)
def test_only_what_is_alike_ends_together(values: dict[str, Any], why: str) -> None:
    reading = stored({}, dict(values))
    if why:
        with pytest.raises(NotAllowed, match=why):
            together(reading, ["a", "b"], MAKER)
        return
    found = together(reading, ["b", "a"], MAKER)
    assert [str(each) for each in found.named] == ["HZ01 0", "HZ01 1"]
    assert found.held == 100 + values.get("held", 100)


def test_nothing_is_left_to_end(linked: LinkedHall) -> None:
    office = at_the_office(linked)
    planted(linked, "gone", state="resolved", resolution="so")
    planted(linked, "mine", operator=MAKER)
    for keys, why in ((["gone"], "have ended"), (["mine", "gone"], "another manager"), (["x"] * 501, "At most 500")):
        assert len(keys) in (1, 2, TOGETHER_AT_ONCE + 1)
        with pytest.raises(NotAllowed, match=why):
            office.together(keys)
