"""Rows into a draft by their form: new, changed, ended, copied, one or many; what it says of a row goes on."""

from __future__ import annotations

import json

import pytest

from boss_tui.editions import lifecycle
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.standing import rows_of
from boss_tui.editions.subjects import Rehearsal, Unsound
from boss_tui.management.kit import past, working
from boss_tui.management.kit.entity import Key
from boss_tui.management.m19.checks import within
from boss_tui.management.rules import rules
from boss_tui.management.subjects import named
from data.errors import BadForm, NotAllowed
from data.tables.billing import PlanRate
from data.tables.edition import Edition
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import Rows, context, row
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, RULES, TODAY, TOMORROW, Desk, price

SUBJECT, PRICES = named("M6")
_, TAXES = named("M6/tax_rate")
_, TEXTS = named("M1")
M6 = rules(RULES.publish)
NEW = {"item": "card", "business": "c2", "amount": "12.50", "valid_from": "20261201", "name_zh": "补卡费"}


def draft(office: Desk, **said: str) -> str:
    return office.act(MAKER, working.draft_for, "", "Prices", reason="because", **said).id


def lines(office: Desk, edition: str) -> list[tuple[str, str, dict[str, object], dict[str, object]]]:
    with office.store.reading() as reading:
        return [
            (json.loads(row.row_key)[0], row.op, json.loads(row.before), json.loads(row.after))
            for row in rows_of(reading, edition)
        ]


def change(office: Desk, edition: str, wanted: list[Key], **typed: str) -> None:
    office.act(MAKER, working.changed, PRICES, edition, wanted, typed, M6)


# new


def test_a_new_row_is_read_as_it_is_typed_and_given_a_key(office: Desk) -> None:
    made = draft(office)
    (row,) = office.act(MAKER, working.added, PRICES, made, NEW, M6)
    values = json.loads(row.after)
    assert len(json.loads(row.row_key)[0]) > 8
    assert {name: values[name] for name in ("business", "amount", "valid_from", "valid_to", "monthly", "percent")} == {
        "business": "C2",
        "amount": 1250,
        "valid_from": "2026-12-01",
        "valid_to": "",
        "monthly": 0,
        "percent": 100,
    }


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "12.505"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"percent": "101"}, "percent"),
        ({"percent": "-1"}, "percent"),
        ({"percent": "x"}, "percent"),
        ({"state": "gone"}, "state"),
        ({"valid_to": "20260230"}, "valid_to"),
        ({"valid_from": "", "valid_to": "20261122"}, "valid_to"),
        ({"name_zh": "长" * 61}, "name_zh"),
        ({"name_zh": "a\x07b"}, "name_zh"),
        ({"colour": "red"}, "colour"),
        ({"id": "P1"}, "id"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(office: Desk, typed: dict[str, str], field: str) -> None:
    made = draft(office)
    with pytest.raises(BadForm) as refused:
        office.act(MAKER, working.added, PRICES, made, {**NEW, **typed}, M6)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    "typed", [{"percent": "100"}, {"percent": "0"}, {"name_zh": "长" * 60}, {"state": "withdrawn"}]
)
def test_the_last_that_can_be_is_taken(office: Desk, typed: dict[str, str]) -> None:
    office.act(MAKER, working.added, PRICES, draft(office), {**NEW, **typed}, M6)


def test_a_text_has_lines_where_its_form_has_and_nowhere_else(office: Desk) -> None:
    _, article = named("M1/article")
    row = article.read({"code": "A", "title_zh": "问", "text_zh": "一\n二"})
    assert row["text_zh"] == "一\n二"
    with pytest.raises(BadForm) as refused:
        article.read({"code": "A", "title_zh": "问\n答", "text_zh": "一\a二"})
    assert set(refused.value.errors) == {"title_zh", "text_zh"}


# changed, ended


def test_only_what_differs_is_said_with_what_stood_there(office: Desk) -> None:
    made = draft(office)
    change(office, made, [("P1",)], amount="11", name_zh="卡费", percent="100")
    assert lines(office, made) == [
        ("P1", "change", {"amount": 1000, "name_zh": ""}, {"amount": 1100, "name_zh": "卡费"})
    ]


def test_a_second_change_goes_on_from_the_first(office: Desk) -> None:
    made = draft(office)
    change(office, made, [("P1",)], amount="11")
    change(office, made, [("P1",)], name_zh="卡费")
    assert lines(office, made)[0][3] == {"amount": 1100, "name_zh": "卡费"}
    change(office, made, [("P1",)], amount="10.00")
    assert lines(office, made)[0][3] == {"name_zh": "卡费"}
    change(office, made, [("P1",)], name_zh="-")
    assert lines(office, made)[0][3] == {}


def test_many_are_changed_alike_or_none(office: Desk) -> None:
    made = draft(office)
    change(office, made, [("P1",), ("P2",)], percent="90")
    assert [(key, after) for key, _, _, after in lines(office, made)] == [
        ("P1", {"percent": 90}),
        ("P2", {"percent": 90}),
    ]
    with pytest.raises(NotAllowed):
        change(office, made, [("P1",), ("gone",)], percent="80")
    assert lines(office, made)[0][3] == {"percent": 90}


def test_a_row_of_the_draft_itself_is_changed_copied_and_dropped(office: Desk) -> None:
    made = draft(office)
    office.act(MAKER, working.added, PRICES, made, {**NEW, "id": "N1"}, M6)
    change(office, made, [("N1",)], amount="13")
    assert [(op, after["amount"], after["business"]) for _, op, _, after in lines(office, made)] == [
        ("add", 1300, "C2")
    ]
    with office.store.reading() as reading:
        typed = working.copied(reading, PRICES, ("N1",), office.edition(made), TODAY)
    assert (typed["id"], typed["amount"], typed["valid_from"], typed["monthly"]) == ("", "13.00", "2026-12-01", "n")
    office.act(MAKER, working.ended, PRICES, made, [("N1",), ("P2",)], M6)
    assert [(key, op) for key, op, _, _ in lines(office, made)] == [("P2", "end")]
    with pytest.raises(NotAllowed):
        change(office, made, [("P2",)], amount="1")  # it ends in this draft


def test_a_key_that_people_type_is_copied_with_the_rest(office: Desk) -> None:
    made = draft(office)
    office.act(MAKER, working.added, TAXES, made, {"category": "std", "valid_from": "20261201", "rate": "13"}, M6)
    with office.store.reading() as reading:
        typed = working.copied(reading, TAXES, ("std", "2026-12-01"), office.edition(made), TODAY)
    assert typed == {"category": "std", "valid_from": "2026-12-01", "rate": "13"}


@pytest.mark.parametrize(
    ("begins", "on", "stands"),
    [(TODAY, "", TODAY), (TODAY, TOMORROW, ""), ("2026-11-22", "", ""), (TOMORROW, TOMORROW, TOMORROW), ("", "", "")],
)
def test_a_copy_that_would_have_begun_before_its_edition_begins_with_it(
    office: Desk, begins: str, on: str, stands: str
) -> None:
    made = draft(office, effective_from=on)
    office.act(MAKER, working.added, PRICES, made, {**NEW, "id": "N1", "valid_from": begins}, M6)
    with office.store.reading() as reading:
        assert working.copied(reading, PRICES, ("N1",), office.edition(made), TODAY)["valid_from"] == stands


def test_what_belongs_to_a_copy_and_would_have_begun_before_its_edition_begins_with_it() -> None:
    _, products = named("M4")
    days = (("P1", "2026-11-22", ""), ("P2", TODAY, ""), ("P3", TOMORROW, ""), ("P4", "", TODAY))
    rows = Rows(*(row(PriceRule, id=key, product="PLAN", valid_from=a, valid_to=b) for key, a, b in days))
    for on, expected in ((TODAY, ["", "", TODAY, TOMORROW]), (TOMORROW, ["", "", TOMORROW])):
        found = working.parts(context(rows), products, ("PLAN",), ("NEW",), on)
        assert sorted(each.values["valid_from"] for each in found) == expected


@pytest.mark.parametrize(("typed", "key"), [("std/2026-12-01", ("std", "2026-12-01")), ("a/", ("a", ""))])
def test_a_key_is_typed_by_its_parts(typed: str, key: Key) -> None:
    assert working.key_typed(TAXES, typed) == key


@pytest.mark.parametrize("typed", ["std", "std/2026/12", ""])
def test_a_key_of_other_parts_is_refused(typed: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        working.key_typed(TAXES, typed)
    assert refused.value.field == "key"


# which draft


def test_the_open_draft_is_gone_on_with_unless_another_is_named(office: Desk) -> None:
    first = draft(office)
    assert office.act(MAKER, working.draft_for, "", "").id == first
    second = draft(office)
    assert office.act(MAKER, working.draft_for, "", "").id == second
    assert office.act(MAKER, working.draft_for, first, "").id == first
    with pytest.raises(NotAllowed) as refused:
        office.act(CHECKER, working.draft_for, "", "")
    assert refused.value.field == "title"
    with pytest.raises(NotAllowed):
        office.act(CHECKER, working.draft_for, first, "")


def test_what_will_be_done_to_many_says_how_many_and_the_first_three() -> None:
    assert working.three([("a", "b"), ("c",), ("d",), ("e",)]) == (4, ("a/b", "c", "d"))
    assert working.three([("a",)]) == (1, ("a",))


# checks of the subject


def test_two_prices_for_the_same_at_one_time_are_refused_at_the_door(office: Desk) -> None:
    made = draft(office)
    typed = {**NEW, "business": "C1", "item": "card"}  # P1 is that, without dates
    office.act(MAKER, working.added, PRICES, made, typed, M6)
    with pytest.raises(Unsound) as refused:
        office.act(MAKER, lifecycle.submit, made, M6)
    assert refused.value.faults[0].column == "valid_from"
    change(office, made, [("P1",)], valid_to="2026-12-01")
    with pytest.raises(Unsound):
        office.act(MAKER, lifecycle.submit, made, M6)  # the last day is inclusive
    change(office, made, [("P1",)], valid_to="2026-11-30")
    office.act(MAKER, lifecycle.submit, made, M6)


@pytest.mark.parametrize(
    ("name", "value", "sound"),
    [
        ("code_tries", "1", True),
        ("code_tries", "100", True),
        ("code_tries", "0", False),
        ("code_tries", "101", False),
        ("nosuch", "5", False),
    ],
)
def test_a_parameter_is_one_that_is_asked_for_between_its_bounds(
    office: Desk, name: str, value: str, sound: bool
) -> None:
    _, parameters = named("M19/parameter")
    values = parameters.read({"name": name, "value": value})
    told = RowEdit("parameter", (values["name"], values["business"]), "add", {"value": values["value"]})
    with office.store.reading() as reading:
        assert (list(within(Rehearsal(reading, {0: told}, TODAY))) == []) == sound


# history, difference


def test_a_rows_history_says_who_when_and_what_the_latest_first(office: Desk) -> None:
    office.approved(price(1500))
    office.drafted(price(1900), by=CHECKER)
    office.approved(price(1700, percent=90), effective_from=TOMORROW)
    with office.store.reading() as reading:
        told = past.of_row(reading, PRICES, ("P1",))
    assert [(c.state, c.op, c.author, c.approver, c.from_day) for c in told] == [
        ("draft", "change", CHECKER, "", ""),
        ("approved", "change", MAKER, CHECKER, TOMORROW),
        ("in_force", "change", MAKER, CHECKER, TODAY),
        ("in_force", "add", "", "", "2026-01-01"),
    ]
    assert [(f.column, f.before, f.after) for f in told[1].fields] == [("amount", 1500, 1700), ("percent", 100, 90)]
    assert [(f.column, f.before, f.after) for f in told[0].fields] == [("amount", 1500, 1900)]


@pytest.mark.parametrize(
    ("in_force", "decided", "at"), [("3", "2", "3"), ("", "2", "2"), ("3", "", "3"), ("", "", "1")]
)
def test_a_change_is_told_with_when_it_came_to_count_else_when_it_was_decided_else_made(
    in_force: str, decided: str, at: str
) -> None:
    by = row(Edition, id="e", made_at="1", decided_at=decided, in_force_at=in_force)
    assert past._change(TODAY, "change", (), by).at == at
    assert past._change(TODAY, "add", (), None).state == "in_force"


def test_a_difference_has_only_what_differs_between_its_dates(office: Desk) -> None:
    office.approved(price(1500), effective_from=TOMORROW)
    with office.store.reading() as reading:
        told = past.difference(reading, PRICES, TODAY, TOMORROW)
        assert [(d.key, d.op, d.column, d.before, d.after) for d in told] == [(("P1",), "change", "amount", 1000, 1500)]
        assert past.difference(reading, PRICES, TOMORROW, TOMORROW) == []
        with pytest.raises(NotAllowed) as refused:
            past.difference(reading, PRICES, TOMORROW, TODAY)
    assert refused.value.field == "to"


def test_a_row_keeps_its_key_and_one_that_is_over_on_the_date_of_its_edition_is_not_added(office: Desk) -> None:
    made = draft(office, effective_from=LATER)
    for typed, field in (({"id": "P9"}, "id"), ({"id": "P9", "amount": "3"}, "id")):
        with pytest.raises(BadForm) as refused:
            change(office, made, [("P1",)], **typed)
        assert set(refused.value.errors) == {field}
    change(office, made, [("P1",)], id="P1", amount="3")
    with pytest.raises(BadForm) as over:
        office.act(MAKER, working.added, PRICES, made, {**NEW, "valid_from": "", "valid_to": TOMORROW}, M6)
    assert set(over.value.errors) == {"valid_to"}
    office.act(MAKER, working.added, PRICES, made, {**NEW, "valid_from": "", "valid_to": LATER}, M6)
    assert [op for _, op, _, _ in lines(office, made)] == ["change", "add"]


def test_what_is_not_there_does_not_end(office: Desk) -> None:
    made = draft(office)
    with pytest.raises(NotAllowed, match="no price rule nothing"):
        office.act(MAKER, working.ended, PRICES, made, [("P1",), ("nothing",)], M6)
    assert lines(office, made) == []


def test_what_belongs_to_a_row_is_copied_with_it_but_for_what_has_ended() -> None:
    """Under keys of its own, where nobody types one; what is to come as well."""
    _, products = named("M4")
    rows = Rows(
        row(PlanRate, plan="OTHER", kind="data"),
        row(PlanRate, plan="PLAN", kind="data", price=5, revision=3),
        row(PriceRule, id="P1", product="PLAN", valid_to="2026-11-22"),
        row(PriceRule, id="P2", product="PLAN", valid_to=TODAY, amount=7),
        row(PriceRule, id="P3", product="PLAN", valid_from=LATER),
    )
    found = list(working.parts(context(rows), products, ("PLAN",), ("NEW",), TODAY))
    rate, *prices = sorted(found, key=lambda each: (each.table, each.values.get("valid_from", "")))
    assert (rate.table, rate.key, rate.op, rate.values["price"]) == ("plan_rate", ("NEW", "data"), "add", 5)
    assert [(each.table, each.values["product"], each.values["amount"]) for each in prices] == [
        ("price_rule", "NEW", 7),
        ("price_rule", "NEW", 0),
    ]
    assert len({each.key for each in prices} - {("P2",), ("P3",)}) == 2
    assert all(name not in each.values for each in found for name in ("id", "plan", "kind", "revision"))
