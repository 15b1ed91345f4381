"""A run of credit control at the office: its list, what is signed, who is spared; gone on with, taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management.m08 import control as m08_control
from boss_tui.management.words import cell_said
from data.errors import Conflict, NotAllowed
from data.journal import Author
from data.statements import keys
from data.tables.credit import CreditExemption
from data.tables.credit_control import ControlDone, ControlItem, ControlOrder
from data.tables.customer import Customer
from data.tables.job import Job
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import FeedItem
from tests.head_office import HeadOffice

SAID = {"title": "Control of the day", "reason": "daily"}


def ran(office: HeadOffice) -> tuple[Job, dict[str, Any]]:
    files = office.maker.row_files
    job = files.begin_run("M8/control_order", **SAID)
    while job.state == "running":
        job = files.step(job.id)
    return job, json.loads(job.said)


def signed(office: HeadOffice, said: dict[str, Any]) -> None:
    for edition, _ in said["editions"]:
        office.maker.editions.submit(edition)
        assert office.checker.editions.approve(edition).state == "in_force"


def overdue(office: HeadOffice) -> Subscription:
    """A line that the demonstration has overdue."""
    (line,) = office.rows(Subscription, number=office.rows(ControlItem, act="stop_outgoing")[0].number)
    assert isinstance(line, Subscription)
    return line


def put(office: HeadOffice, model: Any, **values: Any) -> None:
    with office.store.transaction(Author("HQ", "test", "test")) as tx:
        tx.add(model, **values)


def test_a_run_lists_what_is_due_and_another_person_signs_it(head_office: HeadOffice) -> None:
    job, said = ran(head_office)
    items = head_office.rows(ControlItem, order=("position",))
    lines = [line for line in head_office.rows(Subscription) if line.state in ("active", "suspended")]
    assert (job.state, job.done, said["listed"]) == ("done", len(lines), len(items))
    assert said["acts"]["stop_outgoing"] >= 1
    assert head_office.rows(ControlOrder) == [], "nobody has signed it"
    shown = head_office.maker.managing.page("M8/control_order")
    assert {str(cell_said(shown.entity, shown.entity.column("state"), row, {})) for row in shown.coming} == {"proposed"}
    view = head_office.maker.managing.row("M8/control_order", shown.coming[0].key)
    assert str(view.told).startswith("Only proposed")
    head_office.maker.editions.submit(said["editions"][0][0])
    with pytest.raises(NotAllowed):
        head_office.maker.editions.approve(said["editions"][0][0])
    assert head_office.checker.editions.approve(said["editions"][0][0]).state == "in_force"
    assert {row.validity for row in head_office.maker.managing.page("M8/control_order").page.rows} == {"in_force"}
    orders = {row.id: row for row in head_office.rows(ControlOrder)}
    assert {item.control_order for item in items if item.act} == set(orders)
    assert {(row.run, row.made_on, row.state) for row in orders.values()} == {(job.id, "2026-11-23", "active")}
    scopes = {item.scope for item in head_office.rows(FeedItem) if '"control_order"' in item.body}
    assert scopes == {f"outlet:{row.outlet}" for row in orders.values()}
    told = [str(line) for line in head_office.maker.row_files.told(job)]
    assert f"#{said['editions'][0][1]}" in told[0]
    assert any(line.startswith("Outgoing stop: ") for line in told)
    assert head_office.is_sound()


def test_no_line_has_a_second_order_while_one_waits(head_office: HeadOffice) -> None:
    signed(head_office, ran(head_office)[1])
    before = len(head_office.rows(ControlOrder))
    _, said = ran(head_office)
    assert (said["editions"], said["lines"], len(head_office.rows(ControlOrder))) == ([], 0, before)


def test_who_is_told_is_not_told_again_of_the_same(head_office: HeadOffice) -> None:
    signed(head_office, ran(head_office)[1])
    orders = head_office.rows(ControlOrder)
    for row in orders:
        put(
            head_office,
            ControlDone,
            control_order=row.id,
            outlet=row.outlet,
            outcome="done",
            business_date="2026-11-23",
            done_at=row.made_on,
        )
    _, said = ran(head_office)
    assert not {"remind", "call"} & said["acts"].keys()


@pytest.mark.parametrize(
    ("kind", "act"), [("red_list", "call"), ("roaming", "call"), ("key_account", ""), ("emergency", "")]
)
def test_who_is_spared_is_listed_with_the_reason(head_office: HeadOffice, kind: str, act: str) -> None:
    ran(head_office)
    line = overdue(head_office)
    (owner,) = head_office.rows(Customer, id=line.customer_id)
    who = {"document_kind": owner.document_kind, "document_number": owner.document_number}
    about = {"person": "3001", "reason": "劳模", "valid_to": "2026-12-31"}
    put(head_office, CreditExemption, id="e", kind=kind, **who, **about)
    job, said = ran(head_office)
    (item,) = head_office.rows(ControlItem, run=job.id, number=line.number)
    assert (item.act, item.stage, bool(item.control_order)) == (act, "B-HALF", bool(act))
    assert json.loads(item.spared)[0][0] == kind
    assert said["spared"] == {kind: 1}
    lines = [str(each) for each in head_office.maker.row_files.told(job)]
    (told,) = [each for each in lines if each.startswith(line.number)]
    assert "劳模" in told
    assert ("called" in told) is bool(act)


def test_who_has_paid_is_resumed_before_anything_else(head_office: HeadOffice) -> None:
    ran(head_office)
    paid = next(
        line
        for line in head_office.rows(Subscription, pay_type="prepaid", state="active")
        if line.number not in {item.number for item in head_office.rows(ControlItem)}
    )
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx:
        some = tx.all(ProductOrder)[0]
        tx.change(paid, state="suspended")
        tx.add(
            Suspension,
            id="s",
            subscription_id=paid.id,
            cause="arrears_outgoing",
            extent="outgoing",
            starts_on="2026-11-01",
            order_id=some.id,
        )
    _, said = ran(head_office)
    assert said["acts"]["resume"] == 1


def test_it_goes_on_where_it_was_stopped(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m08_control, "PAGE", 2)
    files = head_office.maker.row_files
    job = files.step(files.begin_run("M8/control_order", **SAID).id)
    files.stop(job.id)
    job = files.go_on(job.id)
    while job.state == "running":
        job = files.step(job.id)
    items = head_office.rows(ControlItem)
    assert [keys(ControlItem), len({item.number for item in items})] == [("run", "position"), len(items)]
    assert sorted(item.position for item in items) == list(range(len(items)))


def test_a_whole_run_is_taken_back_within_its_day(head_office: HeadOffice) -> None:
    _, said = ran(head_office)
    signed(head_office, said)
    back, left_out = head_office.maker.editions.roll_back(said["editions"][0][0], "wrong limit")
    assert not left_out
    head_office.maker.editions.submit(back.id)
    assert head_office.checker.editions.approve(back.id).state == "in_force"
    assert {row.state for row in head_office.rows(ControlOrder)} == {"undone"}
    assert head_office.is_sound()


@pytest.mark.parametrize(("said", "field"), [({"title": " "}, "title"), ({}, "title")])
def test_what_is_wrong_begins_no_run(head_office: HeadOffice, said: dict[str, str], field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        head_office.maker.row_files.begin_run("M8/control_order", **said)
    assert (refused.value.field, head_office.rows(Job)) == (field, [])


def test_stages_that_change_meanwhile_end_the_run(head_office: HeadOffice) -> None:
    job = head_office.maker.row_files.begin_run("M8/control_order", **SAID)
    made = head_office.maker.managing.end("M8/control_stage", [("P-END",)], title="No end", reason="x").edition
    head_office.maker.editions.submit(made.id)
    assert head_office.checker.editions.approve(made.id).state == "in_force"
    with pytest.raises(Conflict):
        head_office.maker.row_files.step(job.id)
