"""C3 换卡/补卡: who may ask, which card fits, what it costs, and that the old card works until the network answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.components.products.suspending import FORWARD_TO
from boss_tui.network.queue import lines_for
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.customer import Customer, CustomerAgent
from data.tables.document import PaperDocument
from data.tables.life import ServiceParameter, Suspension, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import SimCard
from data.tables.stock import BlankCard, ImsiReserve
from data.tables.sync import JournalEntry
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import FACTS, Hall


def blank(hall: Hall, kind: str = "32K") -> str:
    """The serial of a blank card."""
    return str(hall.rows(BlankCard, kind=kind, state="blank", order=("serial",))[0].serial)


def begin(hall: Hall, **changes: Any) -> DraftView:
    """A form of C3: the example, with these changes."""
    return hall.desk.forms.begin("C3", {**hall.desk.forms.example("C3"), **changes})


def exchange(hall: Hall, **changes: Any) -> Outcome:
    """A whole C3, paid in cash."""
    view = begin(hall, **changes)
    assert not view.errors, view.errors
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)] if view.quote.due else [])


def line_of(hall: Hall, **where: Any) -> dict[str, str]:
    """The first number like this, and its owner's document."""
    line = next(s for s in hall.rows(Subscription, state="active", **where) if s.outlet == FACTS.outlet)
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return {"number": line.number, "document_number": owner.document_number}


def stop(hall: Hall, number: str, cause: str) -> None:
    """The number is stopped, as C6 would leave it."""
    with hall.store.transaction(Author(FACTS.outlet, "C6", FACTS.clerk)) as tx:
        line = tx.one(Subscription, number=number)
        order = tx.all(ProductOrder, business="C1")[0]
        tx.change(line, state="suspended")
        tx.add(
            Suspension,
            id=new_key(tx.clock),
            subscription_id=line.id,
            cause=cause,
            starts_on="2026-11-23",
            order_id=order.id,
        )


def test_the_old_card_works_until_the_network_has_the_new_one(hall: Hall) -> None:
    outcome = exchange(hall)
    (before,) = hall.rows(Subscription, number=outcome.facts["number"])
    (new,) = hall.rows(SimCard, iccid=outcome.facts["iccid"])
    assert (outcome.state, outcome.due, new.state, new.subscription_id) == ("inProgress", 2_000, "sold", before.id)
    assert before.iccid != new.iccid
    assert sound(hall)
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    told = {"msisdn": before.number, "imsi": before.imsi, "new_imsi": new.imsi}
    assert (work.act, json.loads(work.parameters)) == ("change_sim", told)
    network_answers(hall)
    (after,) = hall.rows(Subscription, id=before.id)
    (used,) = hall.rows(SimCard, iccid=new.iccid)
    (old,) = hall.rows(SimCard, iccid=before.iccid)
    assert (after.number, after.iccid, after.imsi) == (before.number, new.iccid, new.imsi)
    assert (used.state, old.state, old.subscription_id) == ("in_use", "void", None)
    (fate,) = hall.rows(ValueChange, subject=old.iccid)
    assert (fate.field, fate.after) == ("fate", "returned")
    assert sound(hall)


def test_a_blank_card_is_written_on_the_spot_and_its_key_stands_in_no_journal(hall: Hall) -> None:
    serial = blank(hall)
    outcome = exchange(hall, iccid=serial)
    (written,) = hall.rows(BlankCard, serial=serial)
    (kept,) = hall.rows(ImsiReserve, iccid=written.iccid)
    (card,) = hall.rows(SimCard, iccid=written.iccid)
    assert (written.state, kept.state, card.state, card.kind) == ("written", "used", "sold", "32K")
    assert card.imsi == kept.imsi
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    with hall.store.reading() as reading:
        commands = [line.text for line in lines_for(reading, "huawei", work.act, json.loads(work.parameters))]
    assert kept.ki in commands[0]
    assert not any(kept.ki in entry.body for entry in hall.rows(JournalEntry))
    assert sound(hall)
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert (line.iccid, line.imsi) == (kept.iccid, kept.imsi)
    assert sound(hall)


def test_the_first_letter_of_the_reason_is_enough(hall: Hall) -> None:
    outcome = exchange(hall, why="b", returned="y")
    assert outcome.due == 0


def test_call_forwarding_is_set_again(hall: Hall) -> None:
    typed = hall.desk.forms.example("C3")
    with hall.store.transaction(Author(FACTS.outlet, "C7.2", FACTS.clerk)) as tx:
        line = tx.one(Subscription, number=typed["number"])
        tx.add(ServiceParameter, subscription_id=line.id, service="cfb", name=FORWARD_TO, value="057188886666")
    outcome = exchange(hall)
    works = hall.rows(WorkOrder, order_id=outcome.order_id, order=("position",))
    assert [work.act for work in works] == ["change_sim", "register_forwarding"]
    assert json.loads(works[1].parameters)["number"] == "057188886666"


@pytest.mark.parametrize(
    ("why", "category", "lines"),
    [
        ("exchange", "ordinary", {"sim_fee": 2_000}),
        ("lost", "ordinary", {"sim_fee": 2_000, "handling_fee": 1_000}),
        ("broken", "ordinary", {}),
        ("lost", "key", {"sim_fee": 0, "handling_fee": 0}),
    ],
)
def test_what_it_costs_depends_on_why_and_on_who(hall: Hall, why: str, category: str, lines: dict[str, int]) -> None:
    customer = hall.rows(Customer, category=category)[0]
    view = begin(hall, **line_of(hall, customer_id=customer.id, pay_type="postpaid"), why=why, iccid="")
    assert {line.item: line.amount for line in view.quote.lines} == lines


def test_a_broken_card_is_replaced_free_with_a_slip(hall: Hall) -> None:
    outcome = exchange(hall, why="broken", returned="n")
    assert (outcome.due, [paper.kind for paper in outcome.papers]) == (0, ["slip"])
    network_answers(hall)
    assert "broken" in {row.after for row in hall.rows(ValueChange, field="fate")}
    assert sound(hall)


def test_an_agent_may_exchange_a_card_but_not_replace_one(hall: Hall) -> None:
    agent = {
        "by_agent": "y",
        "agent_document_number": FACTS.new_customer.document_number,
        "agent_name": "仇丽华",
        "agent_phone": "13800000000",
    }
    outcome = exchange(hall, **agent)
    (acted,) = hall.rows(CustomerAgent, order_id=outcome.order_id)
    assert acted.name == "仇丽华"
    for why in ("lost", "broken"):
        assert "in person" in str(begin(hall, **agent, why=why, iccid="").errors["by_agent"])


def test_an_organisation_sends_somebody(hall: Hall) -> None:
    owner = hall.rows(Customer, holder="organization")[0]
    typed = line_of(hall, customer_id=owner.id)
    view = begin(
        hall,
        **typed,
        why="lost",
        iccid="",
        by_agent="y",
        agent_name="仇丽华",
        agent_phone="13800000000",
        agent_document_number=FACTS.new_customer.document_number,
    )
    assert not {"by_agent", "document_number"} & set(view.errors)


def test_a_replacement_wants_the_document_even_from_who_was_here_just_now(hall: Hall) -> None:
    assert not begin(hall, iccid="").errors.keys() & {"document_number"}
    nobody = {"number": hall.desk.forms.example("C3")["number"]}
    assert "document_number" not in hall.desk.forms.begin("C3", {**nobody, "why": "exchange"}).errors
    assert "document_number" in hall.desk.forms.begin("C3", {**nobody, "why": "lost"}).errors
    wrong = {**nobody, "why": "lost", "document_number": FACTS.customers[2].document_number}
    assert "not the document" in str(hall.desk.forms.begin("C3", wrong).errors["document_number"])


def test_a_line_stopped_for_loss_gets_its_card_and_stays_stopped(hall: Hall) -> None:
    typed = line_of(hall, pay_type="postpaid", plan="P58")
    stop(hall, typed["number"], "loss")
    assert "lost" in str(begin(hall, **typed, iccid="").errors["why"])
    outcome = exchange(hall, **typed, why="lost", returned="n", iccid=blank(hall))
    (slip,) = [row for row in hall.rows(PaperDocument, order_id=outcome.order_id) if row.kind == "receipt"]
    assert "挂失" in slip.content
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=typed["number"])
    assert (line.state, line.iccid) == ("suspended", outcome.facts["iccid"])
    assert [row.state for row in hall.rows(Suspension, subscription_id=line.id)] == ["running"]
    assert sound(hall)


def test_a_line_stopped_for_anything_else_keeps_its_card(hall: Hall) -> None:
    typed = line_of(hall, pay_type="postpaid", plan="P58")
    stop(hall, typed["number"], "loss")
    stop(hall, typed["number"], "arrears_all")
    assert "resumed first" in str(begin(hall, **typed, why="lost", iccid="").errors["number"])


def test_services_that_need_an_stk_card_keep_the_new_kind_honest(hall: Hall) -> None:
    stk = hall.rows(SimCard, kind="STK", state="in_stock", outlet=FACTS.outlet)[0].iccid
    hall.open_account(plan="PBANK", iccid=stk)
    network_answers(hall)
    typed = line_of(hall, plan="PBANK")
    wrong = begin(hall, **typed, iccid=blank(hall))
    assert "STK" in str(wrong.errors["iccid"])
    offered = {str(choice.label) for choice in hall.desk.forms.choices(wrong.id, "iccid", "")}
    assert offered == {"STK"}
    hall.desk.forms.abandon(wrong.id)
    assert not begin(hall, **typed, iccid=blank(hall, "STK")).errors


def test_prepaid_cards_are_for_prepaid_numbers(hall: Hall) -> None:
    prepaid = hall.rows(SimCard, kind="prepaid", state="in_stock", outlet=FACTS.outlet)[0].iccid
    assert "Prepaid" in str(begin(hall, iccid=prepaid).errors["iccid"])
    typed = line_of(hall, pay_type="prepaid")
    assert "Prepaid" in str(begin(hall, **typed, iccid=blank(hall)).errors["iccid"])
    assert not begin(hall, **typed, iccid=blank(hall, "prepaid")).errors


def test_one_card_is_held_at_a_time_and_nobody_else_gets_it(hall: Hall) -> None:
    serial = blank(hall)
    view = begin(hall)
    view = hall.desk.forms.fill(view.id, {"iccid": serial})
    assert [(held.kind, held.key) for held in view.held] == [("blank", serial)]
    other = hall.counter("1002", "HZ0102")
    taken = other.forms.begin("C3", {**other.forms.example("C3"), "iccid": serial})
    assert "just taken" in str(taken.errors["iccid"])
    assert sound(hall)


def test_without_a_kept_imsi_no_blank_card_is_taken(hall: Hall) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        for kept in tx.all(ImsiReserve):
            tx.change(kept, outlet="")
    assert "No IMSI is left" in str(begin(hall, iccid=blank(hall)).errors["iccid"])


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("number", {"number": "1390000"}),
        ("number", {"number": "13911119999"}),
        ("document_number", {"document_number": ""}),
        ("document_number", {"document_number": FACTS.customers[3].document_number}),
        ("why", {"why": ""}),
        ("why", {"why": "stolen"}),
        ("iccid", {"iccid": ""}),
        ("iccid", {"iccid": "89860012345678901234"}),
        ("iccid", {"iccid": "2611999999999999"}),
        ("iccid", {"iccid": "12345"}),
        ("returned", {"returned": "perhaps"}),
        ("agent_name", {"by_agent": "y", "agent_document_number": FACTS.new_customer.document_number}),
        ("agent_document_number", {"by_agent": "y", "agent_document_number": "330102199"}),
    ],
)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, field: str, changes: dict[str, str]) -> None:
    entries = len(hall.rows(ProductOrder))
    view = begin(hall, **changes)
    with pytest.raises(BadForm) as refused:
        hall.desk.orders.complete(view.id, [Tender("cash", 2_000)])
    assert field in refused.value.errors
    assert len(hall.rows(ProductOrder)) == entries
    assert sound(hall)


@pytest.mark.parametrize("written", [False, True])
def test_a_cancelled_exchange_leaves_the_old_card(hall: Hall, written: bool) -> None:
    outcome = exchange(hall, **({"iccid": blank(hall)} if written else {}))
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.state, back.due) == ("cancelled", -2_000)
    (line,) = hall.rows(Subscription, number=outcome.facts["number"])
    (new,) = hall.rows(SimCard, iccid=outcome.facts["iccid"])
    (old,) = hall.rows(SimCard, iccid=line.iccid)
    assert (new.state, new.subscription_id, old.state) == ("in_stock", None, "in_use")
    assert sound(hall)


def test_once_the_customer_has_left_the_card_is_exchanged_again(hall: Hall) -> None:
    outcome = exchange(hall)
    network_answers(hall)
    hall.clock.move(minutes=31)
    with pytest.raises(NotAllowed, match="once more"):
        hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    exchange(hall)
    network_answers(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C3")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
