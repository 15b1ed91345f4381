"""What is held by somebody who leaves (M7): each kind of it while it holds, what must end first, what stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.operators import authorities, delegations, leaving
from boss_tui.components.operators.leaving import Held
from data.message import say
from data.tables.document import DocumentRange
from data.tables.edition import Edition
from data.tables.finance import Shift
from data.tables.network import WorkOrder
from data.tables.order import Draft
from data.tables.organisation import Authority, Delegation, Grant, Operator
from data.tables.resource import Reservation
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, Rows, row

NOW_, LATER = "2026-11-23T01:00:00.000000Z", "2026-11-23T01:00:01.000000Z"


def told(found: Any) -> list[tuple[str, bool, bool]]:
    return [(str(each.what), each.first, each.by_hand) for each in found]


def shift(state: str = "open", **values: Any) -> Any:
    standard = {"operator": "1001", "till": "HZ0101", "outlet": "HZ01", "business_date": "2026-11-23"}
    return row(Shift, **{**standard, "id": state, "state": state, **values})


def papers(first: int, last: int, state: str = "open", counter: str = "HZ0101") -> Any:
    about = {"id": f"{first}", "kind": "invoice", "first_number": first, "next_number": first, "last_number": last}
    return row(DocumentRange, counter=counter, state=state, **about)


DRAWER = ("A drawer at till HZ0101 of HZ01, since 2026-11-23", True, True)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([shift("closed")], []),
        ([shift("suspended")], [DRAWER]),
        ([shift(operator="1002")], []),
        ([shift(), papers(7, 7)], [DRAWER, ("1 paper (Invoice) at till HZ0101", False, False)]),
        ([shift(), papers(7, 9)], [DRAWER, ("3 papers (Invoice) at till HZ0101", False, False)]),
        ([shift(), papers(8, 7)], [DRAWER]),
        ([shift(), papers(7, 9, "used")], [DRAWER]),
        ([shift(), papers(7, 9, counter="HZ0102")], [DRAWER]),
    ],
)
def test_a_drawer_comes_up_until_it_is_closed_with_its_papers(rows: list[Any], found: list[Any]) -> None:
    assert told(leaving._drawer(Rows(*rows), "1001")) == found  # type: ignore[arg-type]


def draft(state: str = "open", typed: str = '{"a": "b"}', **values: Any) -> Any:
    about = {"id": "d", "operator": "1001", "number": 7, "code": "C1", "counter": "HZ0101", "expires_at": LATER}
    return row(Draft, **{**about, "state": state, "values_json": typed, **values})


FORM = "Form 7 of C1, at HZ0101"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([draft()], [FORM]),
        ([draft("held")], [FORM]),
        ([draft("done")], []),
        ([draft(typed="{}")], []),
        ([draft(operator="1002")], []),
        ([draft("done", id="e"), draft()], [FORM]),
        ([draft(), row(Reservation, id="r", draft_id="d", state="active")], [f"{FORM} (it keeps 1 of the stock)"]),
        ([draft(), row(Reservation, id="r", draft_id="d", state="released")], [FORM]),
    ],
)
def test_a_form_comes_up_that_was_begun_with_what_it_keeps(rows: list[Any], found: list[str]) -> None:
    assert told(leaving._forms(Rows(*rows), "1001")) == [(each, False, True) for each in found]  # type: ignore[arg-type]


def authority(**values: Any) -> Any:
    return row(Authority, **{"supervisor": "2001", "state": "active", "outlet": "HZ01", "uses_left": 2, **values})


def grant(**values: Any) -> Any:
    return row(Grant, **{"id": "g", "supervisor": "2001", "used_order": None, "expires_at": LATER, **values})


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([authority(number=3)], ["Authority 3 of theirs, 2 more times"]),
        ([authority(number=3, uses_left=1)], ["Authority 3 of theirs, 1 more time"]),
        ([authority(number=3), authority(number=4, supervisor="2002")], ["Authority 3 of theirs, 2 more times"]),
        ([authority(number=3, state="withdrawn")], []),
        ([grant()], ["Their word for a form that is not done"]),
        ([grant(draft_id="d"), draft()], ["Their word for form 7 of C1"]),
        ([grant(expires_at=NOW_)], []),
        ([grant(used_order="o")], []),
        ([grant(supervisor="2002")], []),
    ],
)
def test_words_that_were_given_come_up_while_they_count(
    monkeypatch: pytest.MonkeyPatch, rows: list[Any], found: list[str]
) -> None:
    given = [each for each in rows if isinstance(each, Authority) and each.state == "active"]
    monkeypatch.setattr(authorities, "valid", lambda *_: given)
    assert told(leaving._words_given(Rows(*rows), "2001")) == [(each, False, False) for each in found]  # type: ignore[arg-type]


@pytest.mark.parametrize("known", [False, True])
def test_what_was_not_used_yet_is_found_in_the_store(tx: Loose, known: bool) -> None:
    """Nothing equals what is not there, in a database; whether more is known already or not."""
    tx.put(grant(), grant(id="used", used_order="o"), grant(id="other", supervisor="2002"))
    if known:
        tx.all(Grant, supervisor="2001")
    assert [each.id for each in tx.all(Grant, supervisor="2001", used_order=None)] == ["g"]
    assert [each.id for each in tx.all(Grant, supervisor="2001", used_order="o")] == ["used"]
    assert len(told(leaving._words_given(tx, "2001"))) == 1


@pytest.mark.parametrize(
    ("stands", "giver", "taker", "comes_up"),
    [
        ("in_force", "1001", "1002", True),
        ("to_come", "1002", "1001", True),
        ("in_force", "1002", "1003", False),
        ("over", "1001", "1002", False),
        ("withdrawn", "1001", "1002", False),
        ("idle", "1001", "1002", False),
    ],
)
def test_delegations_come_up_on_either_side(
    monkeypatch: pytest.MonkeyPatch, stands: str, giver: str, taker: str, comes_up: bool
) -> None:
    monkeypatch.setattr(delegations, "when", lambda *_: stands)
    rows: Any = Rows(row(Delegation, number=5, giver=giver, taker=taker, right="C9", until="2026-11-30"))
    found = [each.partition(":")[0] for each, _, _ in told(leaving._delegated(rows, "1001"))]
    assert found == ["Delegation 5"] * comes_up


@pytest.mark.parametrize(
    ("values", "comes_up"), [({}, True), ({"state": "done"}, False), ({"assigned": "1002"}, False)]
)
def test_work_by_hand_comes_up_while_it_is_open(values: dict[str, str], comes_up: bool) -> None:
    rows: Any = Rows(row(WorkOrder, **{"assigned": "1001", "state": "open", "kind": "manual", "act": "bar", **values}))
    assert [by_hand for _, _, by_hand in told(leaving._work(rows, "1001"))] == [True] * comes_up


@pytest.mark.parametrize(
    ("values", "then"),
    [
        ({"state": "draft"}, "Somebody else takes it over"),
        ({"state": "submitted"}, "Somebody else takes it over"),
        ({"state": "stale"}, "Somebody else takes it over"),
        ({"state": "rejected"}, "Somebody else takes it over"),
        ({"state": "approved"}, "It comes into force without them"),
        ({"state": "in_force"}, None),
        ({"state": "in_force", "emergency": 1}, "It is reviewed without them"),
        ({"state": "in_force", "emergency": 1, "reviewed_at": NOW_}, None),
        ({"state": "draft", "author": "3002"}, None),
    ],
)
def test_editions_come_up_until_they_are_decided_and_emergencies_until_they_are_reviewed(
    values: dict[str, Any], then: str | None
) -> None:
    rows: Any = Rows(row(Edition, **{"author": "3001", "number": 4, "title": "Fees", **values}))
    found = list(leaving._editions(rows, "3001"))
    assert [str(each.then).startswith(then or "-") for each in found] == [True] * (then is not None)
    assert [each.by_hand for each in found] == [(then or "").startswith("Somebody")] * len(found)


def test_what_must_end_first_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ("_forms", "_words_given", "_words_for_them", "_delegated", "_work", "_editions")
    for n, name in enumerate(parts):
        monkeypatch.setattr(leaving, name, lambda *_, n=n: [Held(say("{n}", n=n), say("x"))])
    monkeypatch.setattr(leaving, "_drawer", lambda *_: [Held(say("papers"), say("x")), Held(say("d"), say("x"), True)])
    assert [str(each.what) for each in leaving.held_by(Rows(), "1001")] == ["d", "papers", *map(str, range(6))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "outlet", "left"),
    [
        ("active", "", 0),
        ("active", "HZ01", 0),
        ("active", "HZ02", 1),
        ("left", "", 1),
        ("left", "HZ01", 1),
        (None, "", 1),
    ],
)
def test_who_works_here_no_more_has_left_what_somebody_must_see_to(
    monkeypatch: pytest.MonkeyPatch, state: str | None, outlet: str, left: int
) -> None:
    held = [Held(say("by itself"), say("x")), Held(say("by hand"), say("x"), by_hand=True)]
    monkeypatch.setattr(leaving, "held_by", lambda *_: held)
    rows = Rows(*([row(Operator, staff_no="1001", name="王芳", outlet="HZ01", state=state)] if state else []))
    reading: Any = SimpleNamespace(find=rows.find, rows=lambda _: [("1001",)], present=lambda: NOW)
    found = leaving._leaver(reading, "1001", outlet)
    assert (found.name, [str(each.what) for each in found.left]) == ("王芳" if state else "", ["by hand"] * left)
