"""Whom the desk serves: who comes into view by what, what forms begin with, what a line at the prompt says."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.desk.runs import business
from data.parameters import PROOF_MINUTES
from data.tables.customer import Customer
from data.tables.order import Draft, Subscription
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import Rows
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

LASTS = timedelta(minutes=PROOF_MINUTES.first)


def someone(shop: Shop, n: int = 0) -> tuple[Subscription, Customer]:
    """A number of theirs, and who."""
    known = next(row for row in shop.rows(Customer) if row.document_number == FACTS.customers[n].document_number)
    return shop.rows(Subscription, customer_id=known.id, state="active")[0], known


def acts(shop: Shop, *of: str) -> list[tuple[str, str, str]]:
    return sorted((row.act, row.subject, row.reason) for row in shop.rows(AccessLog) if row.act in of)


# who comes into view


def test_who_was_looked_for_and_chosen_is_in_view_and_on_record_once(shop: Shop) -> None:
    line, owner = someone(shop)
    for _ in range(2):
        card = shop.desk.serving.meet(owner.id, line.number)
        assert (card.customer_id, card.number, card.sought) == (owner.id, line.number, True)
    assert shop.desk.serving.in_view() == card
    shop.desk.lookups.customer(owner.id)
    assert acts(shop, "look.customer") == [("look.customer", owner.id, "")]
    _, other = someone(shop, 1)
    assert shop.desk.lookups.customer(other.id).sought is False
    seen = shop.desk.serving.in_view()
    assert seen is not None
    assert seen.customer_id == owner.id, "who is only looked at does not come into view"
    assert len(acts(shop, "look.customer")) == 2
    shop.desk.serving.next_customer()
    assert shop.desk.serving.in_view() is None
    shop.desk.lookups.customer(other.id)
    assert len(acts(shop, "look.customer")) == 3, "to the next customer it is another look"


@pytest.mark.parametrize(("text", "kept"), [(" 33010219850412173X ", "…173X"), ("139", "…139"), ("王", "…王")])
def test_a_list_that_is_written_out_is_on_record_with_the_end_of_what_was_looked_for(
    shop: Shop, text: str, kept: str
) -> None:
    shop.desk.finding.listed(text, 3)
    assert acts(shop, "find") == [("find", kept, "3")]


@pytest.mark.parametrize(
    ("facts", "values", "view"),
    [
        ({"customer_id": "c"}, {"number": "１３９５７０００００１"}, ("c", "13957000001")),
        ({"customer_id": "c"}, {"number": "1395700000"}, ("c", "")),
        ({"customer_id": "c"}, {"number": "139570000011"}, ("c", "")),
        ({"customer_id": "c"}, {"number": "23957000001"}, ("c", "")),
        ({"customer_id": "c"}, {"number": None}, ("c", "")),
        ({"customer_id": "c"}, {}, ("c", "")),
        ({"customer_id": ""}, {"number": "13957000001"}, ("", "")),
        ({}, {"number": "13957000001"}, ("before", "n")),
        ({"customer_id": None}, {}, ("before", "n")),
    ],
)
def test_a_form_brings_into_view_whom_it_is_about(
    shop: Shop, facts: dict[str, Any], values: dict[str, Any], view: tuple[str, str]
) -> None:
    desk, draft = shop.desk, Draft(id="d")
    desk.seat.in_view.come("before", "n", shop.store.present(), LASTS)
    desk.seat.in_view.typed_on("d", shop.store.present())
    run: Any = SimpleNamespace(facts=facts, proven={"proof"}, context=SimpleNamespace(tx=Rows()))
    assert desk.serving.about(business("C2"), draft, run, values) == view
    proven = desk.seat.in_view.proven(shop.store.present())
    assert proven == (frozenset({"proof"}) if view[0] == "c" else frozenset())


def test_what_is_about_the_payer_is_read_in_its_own_field(shop: Shop) -> None:
    run: Any = SimpleNamespace(facts={"customer_id": "c"}, proven=set(), context=SimpleNamespace(tx=Rows()))
    draft = Draft(id="d")
    typed = {"who": "13957000001", "number": "13957000009"}
    assert shop.desk.serving.about(business("C12"), draft, run, typed) == ("c", "13957000001")
    assert shop.desk.serving.about(business("C1"), draft, run, {"number": "13957000009"}) == ("c", "13957000009")


@pytest.mark.parametrize(("found_by", "shown"), [("document", True), ("name", False), ("proven", True), ("", False)])
def test_a_document_is_told_to_who_has_shown_it_or_was_found_by_it(shop: Shop, found_by: str, shown: bool) -> None:
    line, owner = someone(shop)
    if found_by == "proven":
        shop.desk.forms.begin("C2", {"number": line.number, "document_number": owner.document_number})
    elif found_by:
        shop.desk.finding.find(f" {owner.document_number.lower()} " if found_by == "document" else owner.name)
    kind, number = shop.desk.serving.document(owner.id)
    assert (kind, number) == (owner.document_kind, owner.document_number if shown else "")


# what forms begin with


@pytest.mark.parametrize(
    ("code", "sought", "typed", "begins"),
    [
        ("C2", True, {}, {"number": "{n}"}),
        ("C2", False, {}, {"number": "{n}"}),
        ("C2", True, {"number": "1"}, {"number": "1"}),
        ("C12", False, {}, {"who": "{n}"}),
        ("C12", True, {"amount": "5"}, {"amount": "5", "who": "{n}"}),
        ("C10", False, {}, {}),
        ("C10", True, {}, {"number": "{n}"}),
        ("C1", True, {"plan": "P88"}, {"plan": "P88"}),
        ("C1", False, {}, {}),
        ("C1", True, {}, "document"),
    ],
)
def test_a_form_begins_with_the_number_or_the_document_of_who_is_in_view(
    shop: Shop, code: str, sought: bool, typed: dict[str, str], begins: Any
) -> None:
    line, owner = someone(shop)
    assert shop.desk.forms.assumed(code, typed) == typed, "nobody is in view"
    if sought:
        shop.desk.finding.find(owner.document_number)
        shop.desk.serving.meet(owner.id, line.number)
    else:
        shop.desk.seat.in_view.come(owner.id, line.number, shop.store.present(), LASTS)
    if begins == "document":
        begins = {"document_kind": owner.document_kind, "document_number": owner.document_number}
    assert shop.desk.forms.assumed(code, typed) == {name: v.format(n=line.number) for name, v in begins.items()}


def test_without_a_document_that_was_shown_only_its_kind_is_assumed(shop: Shop) -> None:
    line, owner = someone(shop)
    shop.desk.serving.meet(owner.id, line.number)
    assert shop.desk.forms.assumed("C1", {}) == {"document_kind": owner.document_kind}


def test_who_has_no_number_begins_no_form_with_one(shop: Shop) -> None:
    line, owner = someone(shop)
    for row in shop.rows(Subscription, customer_id=owner.id):
        shop.alter(Subscription, {"id": row.id}, state="terminated")
    shop.desk.serving.meet(owner.id, line.number)
    assert shop.desk.forms.assumed("C2", {}) == {}


# what a line at the prompt says

SAID: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("C12", "{n} 50 60", {"who": "{n}", "amount": "50"}),
    ("C12", "50", {"who": "50"}),
    ("C12", "{n} xx 50", {"who": "{n}", "amount": "50"}),
    ("C12", "{n} 123456 50", {"who": "{n}", "amount": "123456"}),
    (
        "C6",
        "{n} suspend loss 123456",
        {"number": "{n}", "action": "suspend", "cause": "loss", "document_number": "123456"},
    ),
    ("C6", "{n} suspend loss 12345", {"number": "{n}", "action": "suspend", "cause": "loss"}),
    ("C6", "{n} suspend loss abcdefg", {"number": "{n}", "action": "suspend", "cause": "loss"}),
    ("C6", "{n} loss suspend", {"number": "{n}", "cause": "loss"}),
    ("C2", "{n} 王小明", {"number": "{n}"}),
    ("C2", "{n} n 王小明", {"number": "{n}", "by_agent": "n"}),
    ("C2", "{n} y 王小明", {"number": "{n}", "by_agent": "y", "agent_name": "王小明"}),
    ("C2", "{n} y 13812345678", {"number": "{n}", "by_agent": "y", "agent_document_number": "13812345678"}),
    (
        "C2",
        "{n} y 07 E1234567 13812345678 王小明",
        {
            "number": "{n}",
            "by_agent": "y",
            "agent_document_kind": "07",
            "agent_document_number": "E1234567",
            "agent_phone": "13812345678",
        },
    ),
    ("C1", "07 E12345 王小明", {"document_kind": "07", "document_number": "E12345", "name": "王小明"}),
    ("C1", "07 E1234 王小明", {"document_kind": "07", "name": "王小明"}),
    ("C1", "王小明3", {}),
    ("C1", "王小明", {"name": "王小明"}),
    ("C1", "ABCDEFG", {"name": "ABCDEFG"}),
    ("C1", "P88", {"plan": "P88"}),
    ("C1", "p39 100", {"plan": "p39", "prepayment": "100"}),
    ("C1", "VMAIL", {"services": "VMAIL"}),
    ("C2", "139 5700-0000", {"number": "13957000000"}),
    ("C2", "１３９ ５７００ ００００", {"number": "13957000000"}),
    ("C2", "x139 5700 0000", {"number": "x139"}),
    ("C2", "139 57000 000", {"number": "139"}),
    ("C2", "139-5700-0000 {d}", {"number": "13957000000", "document_number": "{d}"}),
    ("C8", "{n} P88 {d}", {"number": "{n}", "plan": "P88"}),
    ("C8", "{n} p88 NEXT", {"number": "{n}", "plan": "p88", "starts": "NEXT"}),
    ("C13", "{n} balances xx", {"number": "{n}", "part": "balances", "matter": "xx"}),
    ("C10", "sell", {"action": "sell"}),
    ("C10", "{n}", {"number": "{n}"}),
    ("C4.2", "{n} email", {"number": "{n}", "bill_medium": "email"}),
    ("C2", "", {}),
    ("C2", "   ", {}),
)


@pytest.mark.parametrize(("code", "rest", "values"), SAID)
def test_each_datum_goes_into_the_next_field_that_takes_it(
    shop: Shop, code: str, rest: str, values: dict[str, str]
) -> None:
    line, owner = someone(shop)
    held = {"n": line.number, "d": owner.document_number}
    said = shop.desk.forms.said(code, code, rest.format(**held))
    assert said == {name: value.format(**held) for name, value in values.items()}


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("挂失", {"action": "suspend", "cause": "loss"}),
        ("ＧＳ", {"action": "suspend", "cause": "loss"}),
        ("Gs", {"action": "suspend", "cause": "loss"}),
        ("c6", {}),
        ("?", {}),
    ],
)
def test_the_word_itself_may_say_more_in_any_case_and_width(shop: Shop, word: str, values: dict[str, str]) -> None:
    assert shop.desk.forms.said("C6", word, "") == values


def test_what_stands_behind_the_word_does_not_unsay_it(shop: Shop) -> None:
    line, _ = someone(shop)
    said = {"action": "suspend", "cause": "loss", "number": line.number}
    for rest in ("{n} resume", "{n} request", "{n} resume request"):
        assert shop.desk.forms.said("C6", "挂失", rest.format(n=line.number)) == said
