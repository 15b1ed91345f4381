"""What rows and what happens to them are called, each in the words that it is known by: rows in memory, in English."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions.differences import Difference
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.opposite import LeftOut
from boss_tui.editions.standing import Meeting, MovedField, Mover
from boss_tui.editions.subjects import Fault
from boss_tui.management import words
from boss_tui.management.called import rows_said
from boss_tui.management.kit.entity import IN_FORCE, PROPOSED, Entity
from boss_tui.management.kit.listing import ListRow
from boss_tui.management.m01.content import SUBJECT as M1
from boss_tui.management.m06.prices import PRICES
from boss_tui.management.m06.tariffs import RATES
from boss_tui.management.m07.operators import PEOPLE
from boss_tui.management.m19.processes import PROCESSES
from data.clock import SeededClock, new_key
from data.message import say
from data.table_words import row_words
from data.tables.content import Content
from data.tables.edition import Edition
from data.tables.organisation import Operator, Outlet, Role
from tests.boss_tui.components.rows import Rows, row

MADE = new_key(SeededClock())
TEXTS: Entity = M1.entities[0]
HALL = row(Outlet, code="HZ01", name_zh="城关", name_en="Chengguan")
NOTICE = {"business": "C1", "kind": "notice", "position": 0, "text_zh": "停机", "text_en": "Closed", "valid_from": ""}


@pytest.mark.parametrize(
    ("table", "key", "values", "told"),
    [
        ("outlet", ("HZ01",), {"name_zh": "城关", "name_en": "Chengguan"}, "outlet HZ01 Chengguan"),
        ("outlet", ("HZ01",), {}, "outlet HZ01"),
        ("paper_layout", ("L1",), {"kind": "invoice"}, "paper layout L1"),
        ("paper_layout", (MADE,), {"id": MADE, "kind": "invoice", "language": "en"}, "paper layout Invoice, English"),
        ("content", ("T1",), NOTICE, "text of a screen C1 Open account, Notice, 0, Closed"),
        ("content", (MADE,), {**NOTICE, "text_en": ""}, "text of a screen C1 Open account, Notice, 0, 停机"),
        ("parameter", ("days", ""), {"name": "days", "value": 7}, "parameter days"),
        ("tax_rate", ("std", "2026-01-01"), {"rate": 900}, "tax rate std/2026-01-01"),
        ("ledger_account", ("6001",), {"name_zh": "收入", "name_en": "Income"}, "ledger account 6001 Income"),
        ("ledger_account", (MADE,), {}, f"ledger account {MADE}"),
    ],
)
def test_a_row_is_called_by_its_key_and_name_or_by_what_it_says(
    table: str, key: Any, values: dict[str, Any], told: str
) -> None:
    assert str(words.row_said(Rows(HALL), table, key, values)) == told  # type: ignore[arg-type]


def test_a_row_that_is_not_said_is_looked_up_where_its_key_tells_nothing() -> None:
    there: Any = Rows(row(Content, id=MADE, **NOTICE), HALL)
    assert str(words.row_said(there, "content", (MADE,))) == "text of a screen C1 Open account, Notice, 0, Closed"
    assert str(words.row_said(there, "content", ("gone",))) == "text of a screen gone"
    assert str(words.row_said(there, "outlet", ("HZ01",))) == "outlet HZ01"


def in_list(entity: Any, column: str, validity: str = IN_FORCE, *, short: bool = False, **values: Any) -> str:
    shown = ListRow((), {each.name: "" for each in entity.columns} | values, validity)
    return str(words.cell_said(entity, entity.column(column), shown, {}, in_short=short))


def test_a_cell_of_a_list_is_told_in_short_where_that_is_asked() -> None:
    assert in_list(TEXTS, "kind", kind="notice") == "Notice"
    assert in_list(TEXTS, "business", business="C1") == "C1 Open account"
    assert in_list(PEOPLE, "language", language="en") == "en English"
    assert in_list(PEOPLE, "language", language="en", short=True) == "English"
    assert in_list(PEOPLE, "language", PROPOSED, language="en") == "en English"
    assert in_list(PEOPLE, "state", state="active") == "at work"
    assert in_list(PEOPLE, "state", PROPOSED, state="active") == "proposed"
    of_data: dict[str, Any] = {"kind": "data", "included": 10_485_760, "unit": 1, "price": 50}
    assert in_list(RATES, "included", **of_data) == "10 GB"
    assert in_list(RATES, "price", **of_data) == "0.50"
    assert in_list(TEXTS, "text_en", text_zh="停机") == "停机"  # said in one language alone


def test_what_is_wrong_with_a_row_names_it_its_field_and_the_rows_in_the_words() -> None:
    lines = {
        1: RowEdit("outlet", ("HZ09",), "add", {"name_zh": "新", "name_en": "New"}),
        2: RowEdit("outlet", ("HZ01",), "change", {"name_zh": "城关"}),
        3: RowEdit("content", (MADE,), "add", NOTICE),
        4: RowEdit("outlet", ("HZ10",), "add", {"name_zh": "另", "name_en": "Other"}),
    }

    def told(position: int, column: str = "", why: Any = None) -> str:
        return str(words.fault_in_words(Rows(HALL), lines, Fault(position, column, why or say("Why?"))))  # type: ignore[arg-type]

    assert told(1) == "Outlet HZ09 New: Why?"
    assert told(2) == "Outlet HZ01: Why?"  # what changes is not what it adds
    assert told(4, "name_zh") == "Outlet HZ10 Other, Chinese name: Why?"
    assert told(9) == "Why?"  # of no row
    of_text = say("{row} holds.", row=row_words("content", (MADE,)))
    assert told(1, "", of_text) == "Outlet HZ09 New: text of a screen C1 Open account, Notice, 0, Closed holds."
    of_hall = say("{row} holds.", row=row_words("outlet", ("HZ01",)))
    assert told(1, "", of_hall) == "Outlet HZ09 New: outlet HZ01 holds."
    assert told(1, "", say("{n} is none.", n=MADE)) == f"Outlet HZ09 New: {MADE} is none."


def test_what_a_roll_back_leaves_and_whom_an_edition_meets() -> None:
    by = Mover("e", 7, "3002", "3001", "")
    stays = (LeftOut("outlet", ("HZ01",), "", "", by), LeftOut("outlet", ("HZ01",), "region", "", None))
    left = [str(words.left_in_words(each)) for each in stays]
    assert left == [
        "Left as it is: outlet HZ01, changed since by 3002.",
        "Left as it is: outlet HZ01, Region, changed since by -.",
    ]
    edition = row(Edition, number=7, author="3002", state="draft")

    def met(op: str, *columns: str) -> str:
        meeting = Meeting(edition, "operator", ("1001",), op, columns)
        return str(words.meeting_in_words(Rows(row(Operator, staff_no="1001")), meeting))  # type: ignore[arg-type]

    assert met("change", "name", "role") == "Edition 7 of 3002 (draft) is at operator 1001, too: Name, Role"
    assert met("end") == "Edition 7 of 3002 (draft) is at operator 1001, too: leaves"


def test_a_row_that_moved_is_there_or_is_not() -> None:
    reading: Any = Rows(HALL)
    whole = MovedField(1, "outlet", ("HZ01",), "", None, None, {"code": "HZ01"}, None)
    told = words.moved_in_words(reading, whole)
    assert (str(told.row), told.label, str(told.mine), str(told.theirs), told.who) == (
        "outlet HZ01",
        "",
        "is not there",
        "is there",
        "-",
    )


def differs(reading: Any, *found: Difference) -> list[words.InWords]:
    return words.in_words(reading, found, "2026-11-23")


def test_a_field_that_differs_says_whether_it_moved_is_usual_and_is_money(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "row_on", lambda *_: None)

    def one(column: str, op: str, before: Any, after: Any, stands: Any, table: str = "price_rule") -> words.InWords:
        (told,) = differs(Rows(), Difference(table, ("P1",), op, column, before, after, stands, 3))
        return told

    moved = one("amount", "change", 100, 200, 300)
    assert (str(moved.before), str(moved.after), str(moved.stands), moved.is_sum) == ("1.00", "2.00", "3.00", True)
    assert (moved.op, str(moved.happens), moved.position, moved.column) == ("change", "changed", 3, "amount")
    assert one("amount", "change", 100, 200, 100).stands is None
    assert one("amount", "change", 100, 200, 200).stands is None
    assert (one("percent", "change", 100, 90, 100).is_sum, one("rank", "change", 1, 2, 1).is_sum) == (True, False)
    assert [one("percent", op, None, 100, None).is_usual for op in ("add", "change")] == [True, False]
    assert not one("percent", "add", None, 90, None).is_usual
    assert differs(Rows(), Difference("price_rule", ("P1",), "add", "id", None, MADE, None)) == []
    assert differs(Rows(), Difference("price_rule", ("P1",), "end", "id", MADE, None, None)) == []


@pytest.mark.parametrize(
    ("kind", "column", "value", "told"),
    [
        ("message", "included", 1, "1 message"),
        ("message", "included", 50, "50 messages"),
        ("message", "unit", 1, "1 message"),
        ("message", "price", 10, "0.10 (yuan for each begun: 1 message)"),
        ("data", "included", 10_485_760, "10 GB"),
    ],
)
def test_how_much_there_is_of_something_is_said_once(kind: str, column: str, value: int, told: str) -> None:
    rate = Difference("plan_rate", ("P", kind), "add", column, None, value, None, 1)
    row_ = {"plan": "P", "kind": kind, "unit": 1, column: value}
    assert str(words._measured(Rows(), rate, row_, value)) == told  # type: ignore[arg-type]


def test_the_fields_of_a_line_come_as_in_its_form_and_others_last() -> None:
    found = [
        Difference("outlet", ("HZ02",), "change", "name_zh", "", "x", "", 2),
        Difference("outlet", ("HZ01",), "change", "nothing", "", "x", "", 1),
        Difference("outlet", ("HZ01",), "change", "state", "", "x", "", 1),
        Difference("outlet", ("HZ01",), "change", "name_zh", "", "x", "", 1),
    ]
    assert [(each.position, each.column) for each in words.as_in_form(found)] == [
        (1, "name_zh"),
        (1, "state"),
        (1, "nothing"),
        (2, "name_zh"),
    ]


def test_rows_within_a_row_are_told_by_what_their_codes_are_called() -> None:
    column: Any = SimpleNamespace(
        name="c", rows=SimpleNamespace(fields=lambda: [SimpleNamespace(name=name) for name in ("f", "g")])
    )
    names = {("c.f", "a"): say("first"), ("c.g:a", "1"): say("one of a"), ("c.g", "2"): say("two")}
    told = {typed: str(rows_said(column, typed, names)) for typed in ("a | 1", "b | 1", "a, b | 2", "b,c")}
    assert told == {"a | 1": "first | one of a", "b | 1": "b | 1", "a, b | 2": "first, b | two", "b,c": "b,c"}
    assert str(rows_said(column, "a | 2\nb | 2", names)) == "first | two / b | two"


def test_codes_are_called_as_the_rows_that_they_name() -> None:
    reading: Any = Rows(HALL, row(Outlet, code="HZ02", name_zh="河东", name_en="Hedong"))
    shown = [None, {"outlet": "HZ01"}, {"outlet": ""}, {"outlet": "HZ02"}, {"outlet": "gone"}]
    found = words.names_of(reading, PRICES, shown)
    assert {key: str(name) for key, name in found.items()} == {
        ("outlet", "HZ01"): "Chengguan",
        ("outlet", "HZ02"): "Hedong",
    }
    roles: Any = Rows(row(Role, code="boss", name_zh="主管", name_en="Boss"))
    assert ("approvals.role", "boss") in words.names_of(roles, PROCESSES, [{"approvals": "[1]"}, {"approvals": ""}])
    assert words.names_of(roles, PROCESSES, [{"approvals": ""}]) == {}
    assert words.codes_in(PRICES, "outlet", "HZ01") == ["HZ01"]
