"""From work orders to files: openings at the desk, what is rendered, what is released, in which order it leaves."""

from __future__ import annotations

import pytest

from boss_tui.network import rows
from boss_tui.network.queue import queue_open
from boss_tui.network.send import MOST, whole_orders
from boss_tui.network.tables import lines_of
from boss_tui.network.work import status
from data.clock import new_key
from data.journal import canonical
from data.tables.network import AnswerCode, CommandTemplate, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder
from data.tables.resource import SimCard
from data.tables.sync import JournalEntry, JournalHead, SyncException
from tests.tiers import NIGHTLY

from .outlet import CREATED, ELEMENT, KEY, OUTLET, Hall, completed, open_at_the_desk

pytestmark = pytest.mark.both_engines(NIGHTLY)


def test_openings_at_the_desk_are_done_and_completed(either: Hall) -> None:
    serials = open_at_the_desk(either, 3)
    either.run()
    with either.store.reading() as reading:
        opened = [reading.one(ProductOrder, serial=serial) for serial in serials]
        works = [work for order in opened for work in reading.all(WorkOrder, order_id=order.id)]
        entries = [entry for serial in serials for entry in reading.all(JournalEntry, serial=serial, order=("seq",))]
    automatic = [work for work in works if work.kind == "automatic"]
    assert {(work.state, work.done_by) for work in automatic} == {("done", ELEMENT)}
    assert [entry.kind for entry in entries if entry.kind != "C1"] == [rows.ANSWER] * len(automatic)
    assert not any("ki" in work.parameters for work in works)
    assert len(either.element.subscribers()) == 3
    done = completed(either)
    assert sorted(done) == sorted(serials[n] for n in range(3) if all(w.kind != "manual" for w in works))
    assert not any("KIVALUE" in entry.body or "EKI" in entry.body for entry in entries)


def test_a_card_whose_key_is_held_has_it_loaded_and_it_is_not_kept_once_it_is_done(either: Hall) -> None:
    order = either.opening(1)
    queue_open(either.store, OUTLET)
    assert KEY in either.commands(order)[0].command
    either.run()
    assert either.element.has_key("460000000000001")
    assert either.states(order) == ["done"]
    assert not any(KEY in command.command for command in either.commands(order))


def test_a_card_without_a_key_here_is_expected_to_be_known(hall: Hall) -> None:
    with hall.writing() as tx:
        tx.add(SimCard, iccid="8986009", imsi="460009999999999", kind="32K")
    hall.element.state.add_key("460009999999999", KEY)
    order = hall.order([("create_subscriber", {"imsi": "460009999999999", "msisdn": "18257480009", **CREATED})])
    hall.run()
    assert hall.states(order) == ["done"]
    assert hall.commands(order)[0].command.startswith("ADD TPLSUB")


@pytest.mark.parametrize(
    ("act", "parameters", "element"),
    [
        ("fly", {}, ELEMENT),
        ("set_data", {"data": "on"}, ELEMENT),
        ("set_data", {"msisdn": "18257480001", "data": "sideways"}, ELEMENT),
        ("set_data", {"msisdn": '18257480001";RMV', "data": "on"}, ELEMENT),
        ("set_data", {"msisdn": 18257480001, "data": "on"}, ELEMENT),
        ("set_data", {"msisdn": ["18257480001"], "data": "on"}, ELEMENT),
        ("set_data", {"msisdn": "18257480001", "data": "on"}, "HLR77"),
        ("create_subscriber", {"msisdn": None}, ELEMENT),
    ],
)
def test_what_cannot_be_rendered_fails_with_its_reason_and_waits_for_a_person(
    hall: Hall, act: str, parameters: dict[str, object], element: str
) -> None:
    order = hall.order([(act, parameters), ("set_data", {"msisdn": "18257480001", "data": "on"})])
    with hall.writing() as tx:
        tx.change(tx.all(WorkOrder, order_id=order, order=("position",))[0], element=element)
    hall.run()
    failed, waits, manual = hall.works(order)
    assert (failed.state, waits.state, manual.kind, manual.state) == ("failed", "open", "manual", "open")
    assert "No command could be made" in str(rows.reason_in_words(failed.reason))
    assert rows.reason_in_words(manual.reason) == rows.reason_in_words(failed.reason)
    assert hall.obeyed() == []  # the rest of the order waits


def test_parameters_that_are_no_json_fail_too(hall: Hall) -> None:
    order = hall.order([("set_data", {})])
    for text in ("[]", "{", "7"):
        with hall.writing() as tx:
            (work, *_) = tx.all(WorkOrder, order_id=order, order=("position",))
            tx.change(work, parameters=text, state="open")
        hall.run()
        assert hall.works(order)[0].state == "failed"


def test_a_manager_s_templates_and_codes_are_in_force(hall: Hall) -> None:
    step = 'MOD CLIP: ISDN="86{msisdn}", PROV=TRUE;'
    with hall.writing() as tx:
        tx.add(CommandTemplate, dialect="huawei", act="set_supplementary", lines=canonical([step]))
        tx.change(tx.one(AnswerCode, dialect="huawei", code="3001"), meaning="done")
    order = hall.order([("set_supplementary", {"msisdn": "18257480001", "service": "waiting", "on": "on"})])
    hall.run()
    (command,) = hall.commands(order)
    assert (command.command, command.answer_code, command.state) == (
        step.format(msisdn="18257480001"),
        "3001",
        "answered",
    )


@pytest.mark.parametrize(
    "lines", ["{", "[7]", '[{"undo": []}]', '[{"command": "X:;", "undo": "Y"}]', '[{"command": 1}]']
)
def test_a_template_that_cannot_be_read_is_a_reason(hall: Hall, lines: str) -> None:
    with hall.writing() as tx:
        tx.add(CommandTemplate, dialect="huawei", act="set_data", lines=lines)
    order = hall.order([("set_data", {"msisdn": "18257480001", "data": "on"})])
    hall.run()
    assert hall.states(order) == ["failed", "open"]


def test_templates_are_written_as_they_are_read(hall: Hall) -> None:
    steps = hall.element.dialect.templates["create_subscriber"]
    with hall.writing() as tx:
        tx.add(CommandTemplate, dialect="huawei", act="create_subscriber", lines=lines_of(tuple(steps)))
    order = hall.opening(1)
    hall.run()
    assert hall.states(order) == ["done"]


def test_what_others_may_serve_too_waits_for_headquarters(hall: Hall) -> None:
    done = hall.opening(1)
    hall.run()
    waits = hall.order([("set_data", {"msisdn": "18257480001", "data": "off"})], own=True)
    hall.run()
    assert (hall.states(done), [c.state for c in hall.commands(waits)]) == (["done"], ["queued"])
    hall.accept()
    hall.run()
    assert hall.states(waits) == ["done"]


def test_without_headquarters_nothing_waits_for_it(hall: Hall) -> None:
    order = hall.order([("query", {"msisdn": "18257480001"})], own=True)
    hall.network = type(hall.network)(hall.store, OUTLET, hall.folder, alone=True)
    hall.run()
    assert hall.commands(order)[0].attempts == 1


def test_an_entry_that_headquarters_could_not_apply_is_not_accepted(hall: Hall) -> None:
    order = hall.order([("set_data", {"msisdn": "18257480001", "data": "off"})])
    queue_open(hall.store, OUTLET)
    with hall.writing() as tx:
        head = tx.one(JournalHead, outlet=OUTLET)
        dead = tx.add(
            SyncException,
            id=new_key(tx.clock),
            outlet=OUTLET,
            epoch=head.epoch,
            seq=head.seq,
            reason="stale",
            raised_at=tx.now(),
        )
    hall.run()
    assert [command.state for command in hall.commands(order)] == ["queued"]
    with hall.writing() as tx:
        tx.change(tx.one(SyncException, id=dead.id), state="resolved")
    hall.run()
    assert hall.commands(order)[0].attempts == 1


def test_two_subscribers_share_batches_and_each_keeps_their_order(either: Hall) -> None:
    first, second = either.opening(1, ["clip", "waiting"]), either.opening(2, ["clir"])
    either.run()
    assert either.states(first) == ["done"] * 3
    assert either.states(second) == ["done"] * 2
    assert [batch.state for batch in either.batches()] == ["answered"] * 3
    for order in (first, second):
        wanted = [command.command_key for command in either.commands(order)]
        assert [key for key, _, _ in either.obeyed() if key in wanted] == wanted
    assert {batch.commands for batch in either.batches()} >= {12, 2, 1}


def test_the_next_work_order_of_a_subscriber_waits_for_the_answer(hall: Hall) -> None:
    order = hall.opening(1, ["clip"])
    hall.network.step()
    hall.network.step()
    assert [command.state for command in hall.commands(order)] == ["sent"] * 6 + ["queued"]
    later = hall.order([("set_data", {"msisdn": "18257480001", "data": "off"})])
    hall.network.step()
    assert [command.state for command in hall.commands(later)] == ["queued"]
    hall.run()
    assert [text.split(":")[0] for text in hall.applied()][-2:] == ["MOD CLIP", "MOD TPLGPRS"]
    assert hall.states(later) == ["done"]


def test_a_stopped_element_gets_nothing(hall: Hall) -> None:
    order = hall.opening(1)
    with hall.writing() as tx:
        tx.change(tx.one(NetworkElement, code=ELEMENT), state="stopped")
    hall.run()
    assert {command.state for command in hall.commands(order)} == {"queued"}
    assert hall.gateway.batches() == ()
    with hall.writing() as tx:
        tx.change(tx.one(NetworkElement, code=ELEMENT), state="active")
    hall.run()
    assert hall.states(order) == ["done"]


def _command(work_order: str, number: int) -> NetworkCommand:
    return NetworkCommand(
        command_key=str(number),
        work_order_id=work_order,
        element=ELEMENT,
        subscriber="1",
        position=1,
        number=number,
        command="X:;",
        queued_at="",
    )


def test_a_work_order_is_never_cut_in_two() -> None:
    small = [_command(f"{n // 2}", n) for n in range(MOST + 1)]
    assert len(whole_orders(small)) == MOST
    odd = [_command("first", 0), *(_command(f"{n // 2}", n) for n in range(MOST))]
    assert [command.work_order_id for command in whole_orders(odd)][-2:] == ["249", "249"] or len(odd) == MOST + 1
    cut = [*(_command("a", n) for n in range(MOST - 1)), *(_command("b", n) for n in range(2))]
    assert {command.work_order_id for command in whole_orders(cut)} == {"a"}
    huge = [_command("a", n) for n in range(MOST + 1)]
    assert len(whole_orders(huge)) == MOST


def test_status_says_where_everything_is(hall: Hall) -> None:
    hall.opening(1)
    hall.order([("fly", {})])
    hall.network.step()
    hall.network.step()
    with hall.store.reading() as reading:
        found = status(reading)
    (element,) = found.elements
    assert (element.commands, element.batches, element.code) == ({"sent": 6}, {"published": 1}, ELEMENT)
    assert (found.open, found.failed, found.manual) == (1, 1, 1)
    hall.run()
    with hall.store.reading() as reading:
        found = status(reading)
    assert (found.elements[0].commands, found.elements[0].batches, found.open) == ({}, {}, 0)
