"""Exceptions as the office's screens and commands have them: the list, one in full, who may end one and who not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.exceptions import SORTS
from boss_tui.headquarters import deciding, exception_contents
from boss_tui.headquarters.entry_words import entry_words
from boss_tui.headquarters.exceptions import can_be_accepted
from boss_tui.headquarters.office import author
from boss_tui.locale import words
from boss_tui.matrix import BEGUN
from data.errors import BadForm, Conflict, NotAllowed, NotFound
from data.journal import canonical
from data.message import Message
from data.tables.act import Act
from data.tables.organisation import Operator, RoleRight
from data.tables.sync import AccessLog, EnrolledOutlet, JournalEntry, SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Stored
from tests.hall import FACTS
from tests.head_office import CHECKER, MAKER
from tests.linked_hall import LinkedHall

pytestmark = pytest.mark.light

WAYS = ("accept", "compensate", "refuse", "income", "resolve")
BEFORE = "2026-11-20T01:00:00.000000Z"


def planted(linked: LinkedHall, key: str = "x", *, operator: str = FACTS.clerk, body: Any = None, **values: Any) -> str:
    """An exception at headquarters, and the entry that it is about; its key."""
    seq = 9_000 + len(linked.central_rows(SyncException))
    entry = {"outlet": FACTS.outlet, "epoch": 1, "seq": seq, "made_at": BEFORE, "kind": "shift.open", "counter": ""}
    told = {"id": key, "outlet": FACTS.outlet, "epoch": 1, "seq": seq, "reason": "act", "raised_at": BEFORE}
    with linked.office.store.transaction(author(FACTS.outlet, "test"), journalled=False) as tx:
        shown = canonical(body or {"changes": []})
        tx.add(JournalEntry, **entry, operator=operator, business_date=DAY, body=shown, prev_hash="", hash="")
        tx.add(SyncException, **{**told, "detail": "{}", **values})
    return key


def state(linked: LinkedHall, key: str = "x") -> tuple[str, str, str]:
    (found,) = linked.central_rows(SyncException, id=key)
    return found.state, found.decided_by, found.resolution


def acts(linked: LinkedHall) -> list[tuple[str, str, str]]:
    return [(act.act, act.business, act.operator) for act in linked.central_rows(Act)]


def test_it_ends_under_the_managers_number_on_record_and_in_the_offices_journal(linked: LinkedHall) -> None:
    office, key = linked.at_office(), planted(linked)
    assert office.editions.first_look().exceptions == 1
    ended = office.office_exceptions.end(key, "resolve", " seen ")
    assert office.editions.first_look().exceptions == 0
    assert (ended.state, ended.decision, ended.words) == ("resolved", "", "seen")
    assert ended.decided_by.startswith(f"{MAKER} ")
    assert ended.decided_at
    assert state(linked) == ("resolved", MAKER, "seen")
    assert acts(linked) == [("exception.resolve", "M11", MAKER)]
    (act,) = linked.central_rows(Act)
    assert json.loads(act.form_json)["exception"] == "x"
    (entry,) = linked.central_rows(JournalEntry, kind="exception.resolve")
    assert (entry.outlet, entry.operator, entry.serial) == (office.seat.station.outlet, MAKER, act.serial)
    assert "sync_exception" not in entry.body, "what is headquarters' stands in no journal of the office's"


def test_the_matrix_says_what_is_built_of_the_accountants_business(linked: LinkedHall) -> None:
    office = linked.at_office()
    assert all((cell.state, cell.reason) == ("unbuilt", Message("")) for cell in office.lookups.matrix("M11"))
    office.office_exceptions.end(planted(linked), "resolve", "seen")
    found = office.lookups.matrix("M11")
    assert {cell.state for cell in found} == {"alive", "unbuilt"}
    assert all(cell.reason == (BEGUN if cell.state == "unbuilt" else Message("")) for cell in found)


@pytest.mark.parametrize("way", WAYS)
def test_without_a_note_nothing_is_decided(linked: LinkedHall, way: str) -> None:
    key = planted(linked, held=0 if way == "resolve" else 100)
    for note in ("", "  "):
        with pytest.raises(NotAllowed) as refused:
            linked.at_office().office_exceptions.end(key, way, note)
        assert refused.value.field == "resolution"
    assert state(linked) == ("open", "", "")
    assert acts(linked) == []


@pytest.mark.parametrize("lacks", [["M11"], ["M11", "M11.check"]])
def test_who_lacks_the_right_decides_nothing_and_looks_only_to_check(
    linked: LinkedHall, lacks: tuple[str, ...]
) -> None:
    key = planted(linked)
    with linked.office.store.transaction(author(FACTS.outlet, "test"), journalled=False) as tx:
        for right in lacks:
            tx.remove(tx.one(RoleRight, role="office", business=right))
    desk = linked.at_office()
    with pytest.raises(NotAllowed, match="M11"):
        desk.office_exceptions.end(key, "resolve", "seen")
    assert state(linked)[0] == "open"
    assert desk.editions.first_look().exceptions == 0, "they need not see to it"
    if "M11.check" not in lacks:
        assert desk.office_exceptions.sheet(key).line.id == key
        return
    for look in (desk.office_exceptions.listed, lambda: desk.office_exceptions.sheet(key)):
        with pytest.raises(NotAllowed, match="M11"):
            look()


def test_a_hall_has_none_of_it(linked: LinkedHall) -> None:
    with pytest.raises(NotAllowed, match="headquarters' office"):
        _ = linked.hall.desk.office_exceptions


def test_nobody_decides_about_their_own_act(linked: LinkedHall) -> None:
    key = planted(linked, operator=MAKER)
    mine, other = linked.at_office().office_exceptions, linked.at_office(CHECKER).office_exceptions
    assert "did or allowed" in str(mine.sheet(key).barred)
    assert other.sheet(key).barred is None
    with pytest.raises(NotAllowed, match="another manager"):
        mine.end(key, "resolve", "all is well")
    assert state(linked)[0] == "open"
    other.end(key, "resolve", "all is well")
    assert state(linked)[1] == CHECKER


@pytest.mark.parametrize(
    ("operator", "approved_by", "outlet", "barred"),
    [
        ("3001", "", "HQ", True),
        ("1001", "2001,3001", "HZ01", True),
        ("1001", "2001,3001", "HQ", False),  # who never worked there can't have allowed it
        ("1001", "2001", "HZ01", False),
    ],
)
def test_who_did_it_or_could_have_allowed_it(operator: str, approved_by: str, outlet: str, barred: bool) -> None:
    body = canonical(
        {"changes": [["product_order", "add", ["o"], 0, {"operator": "1001", "approved_by": approved_by}]]}
    )
    entry = row(
        JournalEntry, outlet="HZ01", epoch=1, seq=1, operator=operator, business_date=DAY, made_at=BEFORE, body=body
    )
    person = row(Operator, staff_no="3001", outlet=outlet, role="office", state="active", confirmed_on=DAY, revision=1)
    reading: Any = Stored(entry, person, row(EnrolledOutlet, outlet="HZ01"))
    told = row(SyncException, id="x", outlet="HZ01", epoch=1, seq=1, state="open", raised_at=BEFORE)
    assert (deciding.barred_from(reading, told, "3001") is not None) is barred


def test_what_another_has_ended_meanwhile_stays_so(linked: LinkedHall) -> None:
    key = planted(linked)
    mine, other = linked.at_office().office_exceptions, linked.at_office(CHECKER).office_exceptions
    looked = mine.sheet(key).line
    other.end(key, "resolve", "first")
    for way in WAYS:
        with pytest.raises(NotAllowed, match="has ended: first"):
            mine.end(key, way, "second", looked.revision)
    assert state(linked) == ("resolved", CHECKER, "first")
    assert mine.sheet(key).endings == ()


def test_what_was_found_since_somebody_looked_is_looked_at_first(linked: LinkedHall) -> None:
    """Who accepts vouches for what they were told, not for what another was told meanwhile."""
    lie = ["price_rule", "change", ["1"], 1, {"amount": 1, "revision": 2}]
    key = planted(linked, reason="form", body={"changes": [lie]})
    mine, other = linked.at_office().office_exceptions, linked.at_office(CHECKER).office_exceptions
    looked = mine.sheet(key).line
    with pytest.raises(NotAllowed, match="still can't be applied"):
        other.end(key, "accept", "let it stand", looked.revision)
    assert acts(linked) == [], "nothing was decided"
    with pytest.raises(Conflict, match="look again"):
        mine.end(key, "accept", "let it stand", looked.revision)
    again = mine.sheet(key)
    assert again.line.revision == looked.revision + 1
    assert len(again.reasons) > 1, "what was found stands there now"


def test_what_rests_on_what_was_missing_may_be_taken_once_that_is_there() -> None:
    """Sums that did not agree since the order was missing agree with it: it is judged anew."""
    also = json.dumps({"also": [["sums", {"what": "figure"}]]})
    held = {"id": "x", "detail": also, "state": "open"}
    assert can_be_accepted(row(SyncException, reason="dangling", **held))
    assert not can_be_accepted(row(SyncException, reason="date", **held))


def test_the_list_is_found_sorted_and_told_whole_or_in_part(linked: LinkedHall) -> None:
    office = linked.at_office().office_exceptions
    planted(linked, "noted", state="noted", reason="price")
    planted(linked, "late", held=500, raised_at="2026-11-22T01:00:00.000000Z")
    planted(linked, "early", held=-90_000, operator=FACTS.supervisor)
    planted(linked, "gone", state="resolved", decision="refused", decided_by=CHECKER, resolution="wrong till")

    def found(typed: str = "", **asked: Any) -> list[str]:
        return [line.id for line in office.listed(typed, **asked)]

    assert found() == ["early", "late", "noted"]
    assert found(ended=True) == ["early", "late", "noted", "gone"]
    assert found(ended=True, most=2) == ["early", "late"]
    assert found(sort="sum") == ["early", "late", "noted"]
    assert found(sort="person") == ["late", "early", "noted"]
    assert found(sort="outlet") == ["late", "early", "noted"]
    for sort in SORTS:
        assert found(sort=sort)[-1] == "noted"
    with pytest.raises(BadForm):
        found(sort="colour")
    assert found(">900") == ["early"]
    assert found(">900.01") == []
    assert found(">") == ["early", "late", "noted"]
    assert found("开班 HZ01") == found("begun hz01")
    assert found("wrong", ended=True) == ["gone"]
    assert found("nowhere") == []


def test_one_in_full_is_on_record_and_says_what_each_way_does_to_the_money(linked: LinkedHall) -> None:
    body = {
        "changes": [
            ["payment_tender", "add", ["t"], 0, {"kind": "cash", "amount": 12_100}],
            ["posting_line", "add", ["p", 1], 0, {"account": "1001", "amount": 12_100}],
            ["product_order", "add", ["o"], 0, {"business": "C6", "form_json": '{"number": "13800000000"}'}],
            ["phone_number", "change", ["13800000000"], 1, {"state": "in_use", "revision": 2}],
        ]
    }
    office = linked.at_office().office_exceptions
    sheet = office.sheet(planted(linked, body=body, reason="price", held=12_100))
    assert [each.way for each in sheet.endings] == ["accept", "compensate", "refuse", "income"]
    assert all("121.00" in words("en")(each.effect) for each in sheet.endings)
    assert [fen for _, fen in sheet.money] == [12_100, 12_100]
    assert ("13800000000" in str(sheet.typed), sheet.line.person.split()[0]) == (True, FACTS.clerk)
    assert any("13800000000" in words("en")(told) and "in use" in words("en")(told) for told in sheet.writes)
    office.sheet("x")
    assert [log.subject for log in linked.central_rows(AccessLog, act="look.exception")] == ["x"]
    with pytest.raises(NotFound):
        office.sheet("none")


@pytest.mark.parametrize(
    ("values", "ways"),
    [
        ({}, ["accept", "refuse", "resolve"]),
        ({"reason": "books"}, ["refuse", "resolve"]),
        ({"held": 1}, ["accept", "compensate", "refuse", "income"]),
        ({"held": -1}, ["accept", "refuse", "income"]),
        ({"reason": "sums", "held": 1}, ["compensate", "refuse", "income"]),
        ({"state": "noted"}, ["resolve"]),
    ],
)
def test_the_ways_out_are_those_that_hold(values: dict[str, Any], ways: list[str]) -> None:
    told = row(SyncException, **{"id": "x", "reason": "price", "detail": "{}", "state": "open", **values})
    found = list(deciding.endings(told))
    assert [each.way for each in found] == ways
    assert len({words("en")(each.effect) for each in found}) == len(ways), "each does something else"
    if ways[-1] == "resolve":
        assert ("booked already" in str(found[-1].effect)) is (told.state == "noted")


def test_the_list_goes_into_a_file(linked: LinkedHall, tmp_path: Path) -> None:
    planted(linked, held=12_345)
    planted(linked, "gone", state="resolved", decision="refused", decided_by=CHECKER, resolution="wrong till")
    office = linked.at_office().office_exceptions
    where, whole = tmp_path / "list.csv", tmp_path / "whole.csv"
    assert office.export("csv", str(where)) == str(where)
    told = where.read_text("utf-8-sig")
    assert "123.45" in told
    assert FACTS.outlet in told
    office.export("csv", str(whole), ended=True)
    assert ["wrong till" in each.read_text("utf-8-sig") for each in (where, whole)] == [False, True]


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"changes": 5}', '{"changes": [5, ["t", "add", 1, 0, {}]]}'])
def test_an_entry_may_be_anything(body: str) -> None:
    reading: Any = Stored()
    assert exception_contents.writes(reading, body) == ()
    assert exception_contents.typed(body) == ()
    assert exception_contents.people(body) == frozenset()


@pytest.mark.parametrize("value", [None, [], {}, -1, "x" * 300, "\x1b[2J"])
def test_what_a_row_holds_may_be_anything(linked: LinkedHall, value: Any) -> None:
    columns = ("state", "name", "number", "amount", "kind", "account", "form_json", "business", "gender", "operator")
    rows = [[table, "add", [value], 0, dict.fromkeys(columns, value)] for table in ("customer", "product_order", "t")]
    money = [[t, "add", [value], 0, {"kind": value, "amount": value}] for t in ("payment_tender", "posting_line")]
    sheet = linked.at_office().office_exceptions.sheet(planted(linked, body={"changes": [*rows, *money]}))
    for told in sheet.writes:
        assert words("zh_CN")(told)


def test_every_kind_of_entry_has_a_word() -> None:
    """As the parts of the desk write them, and what goes on beside it."""
    root = Path(deciding.__file__).parents[1]
    of_outlets = ("desk", "chores", "network", "payments", "messages", "sync")
    sources = [path.read_text("utf-8") for name in of_outlets for path in (root / name).rglob("*.py")]
    kinds = {kind for source in sources for kind in re.findall(r'writing\(\s*"([a-z_.]+)"', source)}
    kinds |= {kind for source in sources for kind in re.findall(r'Author\([^()"]*, "([a-z_.]+)",', source)}
    assert len(kinds) > 40
    of_management = {"edition", "try", "job", "delegation", "look"}
    assert {kind for kind in kinds - of_management if str(entry_words(kind)) == kind} == set()
    in_chinese = words("zh_CN")
    assert [kind for kind in kinds if in_chinese(entry_words(kind)).endswith("时间")] == []  # what was done, not when
    for kind, code in (("C1", "C1 "), ("C7.5", "C7.5 "), ("C1.ask", "C1 "), ("nobody's", "nobody's")):
        assert str(entry_words(kind)).startswith(code)
