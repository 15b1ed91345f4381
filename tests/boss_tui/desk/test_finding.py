"""Whatever is found leads to its customer and number; a line at the prompt says what its words mean."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.resource import PhoneNumber
from data.tables.stock import Handset, RechargeCard
from tests.boss_tui.desk.test_in_view import people
from tests.hall import Hall

pytestmark = pytest.mark.light


def leads(hall: Hall, typed: str, kind: str) -> dict[str, str]:
    """What the one hit of a kind leads to."""
    (hit,) = [hit for hit in hall.desk.finding.find(typed) if hit.kind == kind]
    return dict(hit.values)


def test_a_number_its_card_and_its_owner_lead_to_the_same(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    whole = {"customer_id": owner.id, "number": line.number}
    assert leads(hall, line.number, "subscription") == whole
    assert leads(hall, f"{line.number[:3]} {line.number[3:7]} {line.number[7:]}", "subscription") == whole
    assert leads(hall, line.iccid, "sim") == whole
    assert leads(hall, owner.document_number, "customer") == {"customer_id": owner.id}
    assert not [hit for hit in hall.desk.finding.find(line.number) if hit.kind == "number"], "it is said once"


def test_orders_and_papers_are_found_as_lists_and_papers_print_them(hall: Hall) -> None:
    done = hall.open_account()
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    lead = {"customer_id": order.customer_id, "number": done.facts["number"], "serial": order.serial}
    end = order.serial[-10:]
    for typed in (order.serial, order.serial.lower(), end, f"{end[:6]}-{end[6:]}", f"{order.serial[:-10]}-{end}"):
        assert leads(hall, typed, "order") == lead, typed
    assert not [hit for hit in hall.desk.finding.find(end[1:]) if hit.kind == "order"], "an end is found whole"
    for paper in hall.rows(PaperDocument, order_id=order.id):
        for typed in (f"{paper.code}-{paper.number:08d}", f"{paper.code} {paper.number:08d}", f"{paper.number:08d}"):
            assert lead in [hit.values for hit in hall.desk.finding.find(typed) if hit.kind == "document"], typed
        other = f"X{paper.code}-{paper.number:08d}"
        assert lead not in [hit.values for hit in hall.desk.finding.find(other) if hit.kind == "document"]


def test_handsets_and_recharge_cards_lead_to_whom_they_went(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    view = hall.desk.forms.begin("C10", {**hall.desk.forms.example("C10"), "number": line.number})
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (sold,) = hall.rows(Handset, sold_order=done.order_id)
    assert leads(hall, sold.imei, "handset") == {"customer_id": owner.id, "number": line.number}
    unsold = hall.rows(Handset, state="in_stock")[0]
    assert leads(hall, unsold.imei, "handset") == {}
    card = hall.rows(RechargeCard, state="idle")[0]
    assert leads(hall, card.serial, "card") == {}
    free = hall.rows(PhoneNumber, state="idle")[0]
    assert leads(hall, free.number, "number") == {}


SAID: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("C12", "c12", "{n} 50", {"who": "{n}", "amount": "50"}),
    ("C12", "缴费", "{n} 50", {"action": "collect", "who": "{n}", "amount": "50"}),
    ("C12", "c12", "{n} advance 50", {"who": "{n}", "action": "advance", "amount": "50"}),
    ("C12", "c12", "{n} 预存 50", {"who": "{n}", "action": "预存", "amount": "50"}),
    ("C12", "c12", "{g} 12.50", {"who": "{n}", "amount": "12.50"}),
    ("C2", "c2", "{g}", {"number": "{n}"}),
    ("C2", "c2", "1381234", {"number": "1381234"}),  # what is wrong with it stands beside it
    ("C6", "挂失", "{n}", {"action": "suspend", "cause": "loss", "number": "{n}"}),
    ("C6", "gs", "", {"action": "suspend", "cause": "loss"}),
    ("C6", "报停", "", {"action": "suspend", "cause": "request"}),
    ("C6", "解挂", "", {"action": "resume", "cause": "loss"}),
    ("C6", "复机", "{n} 挂失", {"action": "resume", "number": "{n}", "cause": "挂失"}),
    ("C6", "c6", "{n} resume loss", {"number": "{n}", "action": "resume", "cause": "loss"}),
    ("C3", "补卡", "{n}", {"why": "lost", "number": "{n}"}),
    ("C3", "hk", "{n} {d}", {"why": "exchange", "number": "{n}", "document_number": "{d}"}),
    ("C3", "c3", "{n} broken", {"number": "{n}", "why": "broken"}),
    ("C8", "c8", "{n} {d} P88 next", {"number": "{n}", "document_number": "{d}", "plan": "P88", "starts": "next"}),
    ("C1", "kh", "{d}", {"document_number": "{d}"}),
    ("C1", "kh", "07 {d}", {"document_kind": "07", "document_number": "{d}"}),
    ("C7.2", "c7.2", "{n}", {"number": "{n}"}),
    ("C13", "cx", "{n} {d} balances", {"number": "{n}", "document_number": "{d}", "part": "balances"}),
)


@pytest.mark.parametrize(("code", "word", "rest", "values"), SAID)
def test_a_line_says_what_its_words_mean(hall: Hall, code: str, word: str, rest: str, values: dict[str, str]) -> None:
    (line, owner), _ = people(hall)
    number = line.number
    grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
    held = {"n": number, "g": grouped, "d": owner.document_number}
    said = hall.desk.forms.said(code, word, rest.format(**held))
    assert said == {name: value.format(**held) for name, value in values.items()}
    assert not set(said) - {spec.name for spec in hall.desk.forms.form(code).fields()}


def test_each_word_that_means_more_is_a_word_of_its_business() -> None:
    for found in BUSINESSES.values():
        names = {spec.name for spec in found.form.fields()}
        for word, values in found.means.items():
            assert word in found.aliases
            read, wrong = found.form.partial(values)
            assert not wrong, (found.code, word, read)
            assert set(values) <= names


def numbers(choices: list[Any]) -> list[str]:
    """What a list offers."""
    return [choice.value for choice in choices]


def test_the_first_list_begins_with_the_numbers_of_who_is_in_view(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    opened = hall.open_account(document_number=owner.document_number, name=owner.name)
    hall.desk.serving.meet(owner.id, line.number)
    own = {line.number, opened.facts["number"]}
    for code, field in (("C2", "number"), ("C6", "number"), ("C11", "number")):
        view = hall.desk.forms.begin(code)
        assert set(numbers(hall.desk.forms.choices(view.id, field, ""))) == own
        assert numbers(hall.desk.forms.choices(view.id, field, line.number[4:9]))[0] == line.number
    view = hall.desk.forms.begin("C12")
    offered = hall.desk.forms.choices(view.id, "who", "")
    assert {number for choice in offered for number in str(choice.detail).split()} >= own
    hall.desk.serving.next_customer()
    view = hall.desk.forms.begin("C2")
    assert numbers(hall.desk.forms.choices(view.id, "number", "")) == []


def test_a_form_opens_with_the_number_that_was_chosen(hall: Hall) -> None:
    (line, owner), _ = people(hall)
    opened = hall.open_account(document_number=owner.document_number, name=owner.name)
    second = opened.facts["number"]
    for number in (line.number, second):
        hall.desk.serving.meet(owner.id, number)
        assert hall.desk.forms.assumed("C3", {"why": "lost"}) == {"why": "lost", "number": number}
    hall.desk.serving.next_customer()
    hall.desk.serving.meet(owner.id)
    card = hall.desk.serving.in_view()
    assert card is not None
    assert not card.certain
    assert hall.desk.forms.assumed("C3", {})["number"] in {line.number, second}
