"""What M3.2 asks of its rows, each rule failing alone; conditions at their edges; who moves, who is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m03_2.checks import (
    classes_are_sound,
    entries_are_sound,
    rules_are_read,
    rules_have_an_order,
)
from boss_tui.management.m03_2.classes import ClassRuleForm
from boss_tui.management.m03_2.classifying import Rule, first_that_fits, looked_at, rules_on
from boss_tui.management.m03_2.conditions import Known, read
from data.demo.facts import facts
from data.errors import BadForm, BossError
from data.journal import Author
from data.tables.act import Act
from data.tables.customer import Category, ClassRule, Customer, CustomerClass, DocumentKind, ListedPerson
from data.tables.order import Subscription
from data.tables.organisation import Outlet
from data.tables.service import Partner
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row
from tests.head_office import HeadOffice

BEFORE, AFTER = "2026-11-22", "2026-11-24"
RESIDENT = "11010519491231002X"


def condition(fact: str, comparison: str, value: str, months: int = 0) -> dict[str, Any]:
    return {"fact": fact, "comparison": comparison, "value": value, "months": months}


def person(**values: Any) -> Customer:
    standard = {"id": "c", "outlet": "HZ01", "document_kind": "00", "document_number": RESIDENT}
    found: Customer = row(Customer, **{**standard, "category": "ordinary", "holder": "individual", **values})
    return found


def known(customer: Customer | None = None, **values: Any) -> Known:
    return Known(customer or person(), **values)


@pytest.mark.parametrize(
    ("asked", "who", "fits"),
    [
        (condition("lines", ">=", "2"), known(lines=2), True),
        (condition("lines", ">=", "2"), known(lines=1), False),
        (condition("lines", "<=", "2"), known(lines=2), True),
        (condition("lines", "<=", "2"), known(lines=3), False),
        (condition("lines", "=", "2"), known(lines=2), True),
        (condition("lines", "!=", "2"), known(lines=2), False),
        (condition("owed", "<=", "0.01"), known(owed=1), True),
        (condition("owed", "<=", "0.01"), known(owed=2), False),
        (condition("age", ">=", "60"), known(person(birth_date="1966-11-23")), True),
        (condition("age", ">=", "60"), known(person(birth_date="1966-11-24")), False),
        (condition("age", "<=", "200"), known(person(birth_date="")), False),  # not known
        (condition("age", "!=", "30"), known(person(birth_date="")), False),
        (condition("tenure", ">=", "12"), known(since="2025-11-23"), True),
        (condition("tenure", ">=", "12"), known(since="2025-11-24"), False),
        (condition("tenure", "<=", "99"), known(), False),
        (condition("document_kind", "=", "00,07"), known(), True),
        (condition("document_kind", "=", "07, 08"), known(), False),
        (condition("document_kind", "!=", "07"), known(), True),
        (condition("document_kind", "!=", "00,07"), known(), False),
        (condition("category", "=", "ordinary"), known(), True),
        (condition("outlet", "=", "HZ01"), known(), True),
        (condition("holder", "=", "organization"), known(), False),
        (condition("spend", ">=", "300", 3), known(bills={"2026-10": 20_000, "2026-08": 10_000}), True),
        (condition("spend", ">=", "300", 3), known(bills={"2026-10": 20_000, "2026-07": 10_000}), False),
        (condition("spend", ">=", "300", 3), known(bills={"2026-11": 30_000}), False),  # the month is not over
        (condition("spend", "<=", "0", 1), known(), True),
    ],
)
def test_a_condition_holds_at_its_edge_and_not_beyond(asked: dict[str, Any], who: Known, fits: bool) -> None:
    (only,) = read(json.dumps([asked]))
    assert only.holds(who, DAY) is fits


@pytest.mark.parametrize(
    "asked",
    [
        condition("income", ">=", "1"),
        condition("lines", ">", "1"),
        condition("lines", ">=", "-1"),
        condition("lines", ">=", "1.5"),
        condition("lines", ">=", ""),
        condition("lines", ">=", "2", 3),
        condition("spend", ">=", "300"),
        condition("spend", ">=", "300.001", 3),
        condition("document_kind", ">=", "00"),
        condition("document_kind", "=", " , "),
    ],
)
def test_a_condition_that_can_not_be_is_said_with_its_line(asked: dict[str, Any]) -> None:
    with pytest.raises(BadForm) as refused:
        read(json.dumps([condition("lines", ">=", "1"), asked]))
    assert str(refused.value.errors["conditions"]).startswith("Condition 2: ")


def test_all_conditions_hold_and_the_first_rule_wins() -> None:
    both = tuple(read(json.dumps([condition("lines", ">=", "2"), condition("owed", "=", "0")])))
    rules = [Rule("A", "key", both), Rule("B", "student", both[:1])]
    assert [
        fit.code if (fit := first_that_fits(rules, who, DAY)) else ""
        for who in (known(lines=2), known(lines=2, owed=1), known(lines=1))
    ] == ["A", "B", ""]


def class_rule(**values: Any) -> Any:
    standard = {"code": "R", "name_zh": "规则", "category": "key", "rank": 10}
    return row(ClassRule, **{**standard, "conditions": json.dumps([condition("lines", ">=", "1")]), **values})


def test_only_rules_of_the_day_count_in_their_order() -> None:
    rows: Any = Rows(
        class_rule(code="B", rank=20),
        class_rule(code="A", rank=5, valid_from=DAY),
        class_rule(code="C", valid_from=AFTER),
        class_rule(code="D", valid_to=BEFORE),
        class_rule(code="E", valid_to=DAY),
        class_rule(code="F", state="ended"),
    )
    assert [rule.code for rule in rules_on(rows, DAY)] == ["A", "E", "B"]


# checks


def classed(**values: Any) -> Any:
    standard = {"document_kind": "00", "document_number": RESIDENT, "category": "key", "reason": "批准"}
    return row(CustomerClass, **{**standard, **values})


def entry(**values: Any) -> Any:
    standard = {"id": "e", "list": "black", "document_kind": "00", "document_number": RESIDENT}
    return row(ListedPerson, **{**standard, "reason": "欠费", "basis": "协议", "source": "own", **values})


THERE = [
    row(Category, code="key", name_zh="大"),
    row(DocumentKind, code="00", name_zh="身份证", rule="resident_id", category="ordinary"),
    row(Outlet, code="HZ01", name_zh="厅", province="浙"),
    row(Partner, code="IN001", name_zh="联通"),
]


def found(check: Any, rows: list[Any], line: RowEdit) -> list[str]:
    return [fault.column for fault in check(rehearsal(Rows(*THERE, *rows), {1: line}, DAY))]


OF_RULE = RowEdit("class_rule", ("R",), "change", {})


@pytest.mark.parametrize(
    ("conditions", "wrong"),
    [
        ([condition("lines", ">=", "1")], 0),
        ([], 1),
        ([condition("lines", ">", "1")], 1),
        ([condition("document_kind", "=", "00")], 0),
        ([condition("document_kind", "=", "00,99")], 1),
        ([condition("category", "!=", "none")], 1),
        ([condition("outlet", "=", "HZ01")], 0),
        ([condition("outlet", "=", "HZ99")], 1),
        ([condition("holder", "=", "individual")], 0),
    ],
)
def test_a_rule_can_be_read_and_names_what_there_is(conditions: list[Any], wrong: int) -> None:
    rows = [class_rule(conditions=json.dumps(conditions))]
    assert found(rules_are_read, rows, OF_RULE) == ["conditions"] * wrong


@pytest.mark.parametrize(
    ("other", "columns"),
    [({"rank": 10}, ["rank"]), ({"rank": 11}, []), ({"rank": 10, "state": "ended"}, [])],
)
def test_rules_have_an_order(other: dict[str, Any], columns: list[str]) -> None:
    assert found(rules_have_an_order, [class_rule(), class_rule(code="S", **other)], OF_RULE) == columns


@pytest.mark.parametrize(
    ("changes", "op", "values", "columns"),
    [
        ({}, "add", {"outlet": "HZ01"}, []),
        ({"reason": " "}, "add", {}, ["reason"]),
        ({"how": "rule", "rule": "R", "reason": ""}, "add", {}, []),
        ({"how": "rule"}, "add", {}, ["rule"]),
        ({"rule": "R"}, "add", {}, ["rule"]),
        ({"category": "red"}, "add", {}, ["category"]),
        ({}, "change", {"outlet": "HZ01"}, ["outlet"]),
        ({}, "change", {"category": "key"}, []),
    ],
)
def test_a_class_has_its_reason(changes: dict[str, Any], op: Any, values: dict[str, Any], columns: list[str]) -> None:
    line = RowEdit("customer_class", ("00", RESIDENT), op, values)
    assert found(classes_are_sound, [classed(**changes)], line) == columns


@pytest.mark.parametrize(
    ("number", "columns"),
    [("330106199605170010", ["document_number"]), ("1", ["document_number"]), (RESIDENT, [])],
)
def test_a_document_number_can_be_one(number: str, columns: list[str]) -> None:
    line = RowEdit("customer_class", ("00", number), "add", {})
    assert found(classes_are_sound, [classed(document_number=number)], line) == columns


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, []),
        ({"reason": ""}, ["reason"]),
        ({"basis": " "}, ["basis"]),
        ({"source": "IN001"}, []),
        ({"source": ""}, ["source"]),
        ({"document_kind": "99"}, ["document_kind"]),
        ({"document_number": "123"}, ["document_number"]),
    ],
)
def test_an_entry_says_why_and_whose_it_is(changes: dict[str, Any], columns: list[str]) -> None:
    line = RowEdit("listed_person", ("e",), "add", {})
    assert found(entries_are_sound, [entry(**changes)], line) == columns


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        ({}, True),
        ({"list": "red"}, False),
        ({"source": "IN001"}, False),
        ({"valid_to": BEFORE}, False),
        ({"valid_to": DAY}, True),
        ({"valid_from": "2026-12-01"}, False),
        ({"valid_from": "2026-11-30"}, True),
    ],
)
def test_a_list_has_nobody_twice_at_one_time(other: dict[str, Any], twice: bool) -> None:
    rows = [entry(valid_from=DAY, valid_to="2026-11-30"), entry(id="f", **other)]
    assert found(entries_are_sound, rows, RowEdit("listed_person", ("e",), "add", {})) == ["document_number"] * twice


def test_conditions_are_typed_a_line_each() -> None:
    typed = {"code": "R", "name_zh": "规则", "category": "key", "conditions": "spend | >= | 300 | 3\n\nage | >= | 60"}
    held = json.loads(ClassRuleForm.read(typed).conditions)
    assert held == [condition("spend", ">=", "300", 3), condition("age", ">=", "60")]
    with pytest.raises(BadForm):
        ClassRuleForm.read({**typed, "conditions": "spend | >= | 300 | 25"})


# who moves


def moved(office: HeadOffice, *conditions: dict[str, Any], **class_row: Any) -> list[tuple[str, str, str, str]]:
    """The first customer's moves under one rule."""
    with office.store.reading() as reading:
        first = reading.all(Customer, order=("id",))[0]
        rule = Rule("YOUNG", "key", tuple(read(json.dumps(conditions))))
        looked = looked_at(reading, [rule], DAY, number=first.document_number)
        return [(move.before, move.after, move.rule, move.line.op) for move in looked.moves]


def test_who_fits_moves_and_who_has_it_already_needs_no_word(head_office: HeadOffice) -> None:
    own = head_office.rows(Customer)
    first = min(own, key=lambda each: each.id)
    assert moved(head_office, condition("lines", ">=", "0")) == [(first.category, "key", "YOUNG", "add")]
    assert moved(head_office, condition("lines", ">=", "99")) == []


def test_pages_go_over_all_customers_once(head_office: HeadOffice) -> None:
    seen, after = [], ""
    everybody = Rule("YOUNG", "key", tuple(read(json.dumps([condition("lines", ">=", "0")]))))
    with head_office.store.reading() as reading:
        while True:
            looked = looked_at(reading, [everybody], DAY, after=after, most=2)
            seen += [move.known.customer.id for move in looked.moves]
            after = looked.last
            if not after:
                break
    wanted = [each.id for each in head_office.rows(Customer) if each.category != "key"]
    assert sorted(seen) == sorted(wanted)


def test_a_trial_of_a_draft_s_rules_says_who_would_move_and_writes_nothing(head_office: HeadOffice) -> None:
    managing, trying = head_office.maker.managing, head_office.maker.trying
    typed = {"code": "ALL", "name_zh": "全部", "category": "key", "rank": "1", "conditions": "lines | >= | 0"}
    draft = managing.add("M3.2/class_rule", typed, title="All of them", reason="a trial").edition
    facts = {str(fact.label): str(fact.value) for fact in trying.try_out("M3.2", {}, edition=draft.id)}
    customers = head_office.rows(Customer)
    assert facts["Looked at"].startswith(f"{len(customers)} customers")
    assert facts["Would move"] == str(sum(each.category != "key" for each in customers))
    assert head_office.rows(CustomerClass) == []
    assert "ALL" not in {rule.code for rule in head_office.rows(ClassRule)}


def test_who_is_classified_by_hand_is_kept(head_office: HeadOffice) -> None:
    managing, first = head_office.maker.managing, min(head_office.rows(Customer), key=lambda each: each.id)
    who = {"document_kind": first.document_kind, "document_number": first.document_number}
    made = managing.add(
        "M3.2/customer_class", {**who, "category": "student", "reason": "校方证明"}, title="One", reason="shown"
    ).edition
    head_office.maker.editions.submit(made.id)
    assert head_office.checker.editions.approve(made.id).state == "in_force"
    assert moved(head_office, condition("lines", ">=", "0")) == []
    facts = [
        (str(f.label), str(f.value))
        for f in head_office.maker.trying.try_out("M3.2", {"document_number": first.document_number})
    ]
    assert ("Category", "Student") in facts
    assert ("By hand", "student: 校方证明; no rule moves it") in facts
    assert head_office.is_sound()


def looked_up(office: HeadOffice, **asked: str) -> list[tuple[str, str]]:
    return [(str(fact.label), str(fact.value)) for fact in office.maker.trying.try_out("M3.2", asked)]


def test_lists_are_looked_up_by_document_also_of_who_is_no_customer(head_office: HeadOffice) -> None:
    known = facts()
    (who, own), *more = looked_up(head_office, document_number=f" {known.blacklisted.document_number.lower()} ")
    assert (who, own, len(more)) == ("Customer", "none of ours", 1)
    assert more[0] == ("Blacklist", "欠费未缴 860 元 (our own; 入网协议第八条), - to -: in force")
    shared = looked_up(head_office, document_number=known.blacklisted_by_partner.document_number)
    assert ("Blacklist", "异网欠费 (Unicom shared list; 信息共享协议 2026-01), - to -: in force") in shared
    used = head_office.rows(Act, business="M3.2")[-1].cells
    assert '"M3.2-A4","partner"' in used
    red = looked_up(head_office, document_number=known.red_listed.document_number)
    assert [label for label, _ in red] == ["Customer", "Red list"]


def test_lists_are_looked_up_by_telephone_number_and_ended_entries_are_told(head_office: HeadOffice) -> None:
    line = next(each for each in head_office.rows(Subscription) if each.state == "active")
    owner = head_office.rows(Customer, id=line.customer_id)[0]
    assert ("Lists", "on none") in looked_up(head_office, number=line.number)
    who = {"document_kind": owner.document_kind, "document_number": owner.document_number}
    why = {"list": "black", "reason": "欠费", "basis": "协议第八条", "source": "IN001"}
    with head_office.store.transaction(Author("", "test", ""), journalled=False) as tx:
        tx.add(ListedPerson, id="over", **who, **why, valid_from="2026-01-01", valid_to="2026-06-30")
    told = ("Blacklist", "欠费 (Unicom shared list; 协议第八条), 2026-01-01 to 2026-06-30: ended")
    assert told in looked_up(head_office, number=line.number)
    assert told in looked_up(head_office, number=line.number, document_number=owner.document_number)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"document_number": "E00000000"}, "document_number"),
        ({"document_number": "%"}, "document_number"),
        ({"number": "13900000000"}, "number"),
        ({"number": "1"}, "number"),
        ({"number": "一二三"}, "number"),
        ({"most": "0"}, "most"),
    ],
)
def test_nobody_is_found_by_what_is_nobody_s(head_office: HeadOffice, asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        looked_up(head_office, **asked)
    assert set(refused.value.errors) == {field}
    assert head_office.rows(Act) == []


def test_a_number_and_a_document_are_of_one_person(head_office: HeadOffice) -> None:
    line = next(each for each in head_office.rows(Subscription) if each.state == "active")
    with pytest.raises(BadForm) as refused:
        looked_up(head_office, number=line.number, document_number=facts().blacklisted.document_number)
    assert set(refused.value.errors) == {"number"}


@pytest.mark.parametrize("source", ["IN999", "AG 001", "owned"])
def test_a_list_is_our_own_or_a_partner_s(head_office: HeadOffice, source: str) -> None:
    form = head_office.maker.managing.example("M3.2")
    entry = next(each for each in form["rows"] if each["table"] == "listed_person")
    entry["values"]["source"] = source
    with pytest.raises(BossError):
        head_office.maker.managing.make("M3.2", {**form, "rows": [entry]})
    assert head_office.rows(Act) == []


@pytest.mark.parametrize(
    ("own", "other", "twice"),
    [
        (("2026-12-01", ""), (DAY, "2026-11-30"), False),
        (("2026-12-01", ""), (DAY, "2026-12-01"), True),
        (("2026-12-01", ""), ("2099-01-01", ""), True),
        ((DAY, "2026-11-30"), ("2026-12-01", ""), False),
        ((DAY, "2026-11-30"), ("2026-11-30", ""), True),
    ],
)
def test_an_entry_without_an_end_meets_all_that_is_later(
    own: tuple[str, str], other: tuple[str, str], twice: bool
) -> None:
    rows = [entry(valid_from=own[0], valid_to=own[1]), entry(id="f", valid_from=other[0], valid_to=other[1])]
    assert found(entries_are_sound, rows, RowEdit("listed_person", ("e",), "add", {})) == ["document_number"] * twice


def test_each_rule_is_looked_at_whatever_comes_before_it() -> None:
    unread = class_rule(conditions=json.dumps([condition("lines", ">", "1")]))
    rows = Rows(*THERE, unread, class_rule(code="S", conditions="[]", rank=11))
    lines = {1: OF_RULE, 2: RowEdit("class_rule", ("S",), "change", {})}
    assert [fault.position for fault in rules_are_read(rehearsal(rows, lines, DAY))] == [1, 2]
