"""What comes back: refused, retried, lost, cut, twice, rubbish, never; and what follows for the work order."""

from __future__ import annotations

import pytest

from boss_tui.network import manual, owning, rows
from boss_tui.network.advance import BACK_OFF
from boss_tui.network.replies import Replies, Reply, as_bytes
from boss_tui.network.work import Network
from data.clock import stamp
from data.errors import NotAllowed, Outside
from data.parameters import NETWORK_TRIES
from data.tables.network import WorkOrder
from tests.tiers import NIGHTLY

from .outlet import CREATED, OUTLET, Hall, completed, open_at_the_desk

pytestmark = pytest.mark.both_engines(NIGHTLY)

MSISDN = "18257480001"


def test_refused_for_now_is_sent_again_later_under_another_key(either: Hall) -> None:
    either.element.faults.refuse = 2
    order = either.opening(1)
    either.run()
    assert either.states(order) == ["open"]
    again = [command for command in either.commands(order) if command.state == "queued"]
    assert again
    assert min(command.not_before for command in again) > stamp(either.clock.now())
    either.clock.move(seconds=BACK_OFF[0] + 1)
    either.run()
    assert either.states(order) == ["done"]
    keys = [key for key, _, _ in either.obeyed()]
    assert len(set(keys)) == len(keys)
    assert either.element.subscribers()[0].roaming == "national"
    assert len(either.applied()) == len(set(either.applied())) == 6


def test_an_element_that_stays_busy_is_left_to_a_person(hall: Hall) -> None:
    hall.element.faults.refuse = 1000
    order = hall.order([("set_data", {"msisdn": MSISDN, "data": "on"})])
    for _ in range(NETWORK_TRIES.first + 2):
        hall.run()
        hall.clock.move(hours=1)
    failed, waits = hall.works(order)
    assert (failed.state, waits.kind) == ("failed", "manual")
    assert len(hall.obeyed()) == NETWORK_TRIES.first


def test_refused_for_good_is_taken_back_in_reverse(either: Hall) -> None:
    taken = either.opening(1)
    either.run()
    imsi = either.card(2)
    order = either.order([("create_subscriber", {"imsi": imsi, "msisdn": MSISDN, **CREATED})])
    either.run()
    failed, waits = either.works(order)
    assert (either.states(taken), failed.state, waits.state) == (["done"], "failed", "open")
    assert "already in use" in str(rows.reason_in_words(failed.reason)).lower()
    assert not either.element.has_key(imsi)
    assert [record.imsi for record in either.element.subscribers()] == ["460000000000001"]
    assert [c.state for c in either.commands(order) if c.purpose == "undo"] == ["answered"]


def test_what_can_t_be_taken_back_is_said(hall: Hall) -> None:
    order = hall.opening(1)
    hall.network.step()
    hall.element.faults.numbers.add(f"86{MSISDN}")
    hall.element.step()
    hall.element.faults.numbers.add("460000000000001")
    hall.run()
    failed, _ = hall.works(order)
    assert failed.state == "failed"
    assert "look at the element" in str(rows.reason_in_words(failed.reason))


@pytest.mark.parametrize("lost", [1, 3, 6])
def test_lost_answers_are_asked_for_and_settled_once(either: Hall, lost: int) -> None:
    either.element.faults.lose = lost
    order = either.opening(1, ["clip"])
    either.run()
    assert either.states(order) == ["open", "open"]
    assert either.batches()[0].state == ("partial" if lost < 6 else "published")
    either.pass_time()
    assert either.states(order) == ["done", "done"]
    applied = either.applied()
    assert len(applied) == len(set(applied))
    assert [batch.state for batch in either.batches()] == ["answered"] * len(either.batches())
    assert any(command.purpose == "query" for command in either.commands(order))


def test_rubbish_is_asked_about_at_once(either: Hall) -> None:
    either.element.faults.rubbish = 4
    order = either.opening(1)
    either.run()
    assert either.states(order) == ["done"]
    assert len(either.applied()) == len(set(either.applied()))


def test_what_was_never_obeyed_is_sent_again_only_after_the_element_was_asked(either: Hall) -> None:
    order = either.opening(1)
    either.network.step()
    (name,) = either.gateway.batches()
    either.gateway.taken(name)  # taken and lost, for good
    either.run()
    assert either.obeyed() == []
    either.pass_time()
    either.clock.move(minutes=1)
    either.run()
    assert either.states(order) == ["done"]
    assert either.obeyed()[0][1].startswith(("LST", "HGSDP"))
    assert len(either.applied()) == len(set(either.applied())) == 6


def test_nothing_is_asked_while_the_batch_waits_at_the_gateway(hall: Hall) -> None:
    """An element that is off, or slow, has not lost anything: a question would only stand behind what it asks about."""
    hall.element.faults.off = True
    order = hall.opening(1)
    hall.pass_time(times=3)
    assert {command.state for command in hall.commands(order) if command.purpose == "act"} == {"unknown"}
    assert len(hall.batches()) == 1
    hall.element.faults.off = False
    hall.run()
    assert hall.states(order) == ["done"]
    assert len(hall.obeyed()) == 6


def test_a_slow_element_answers_in_parts_and_late(hall: Hall) -> None:
    hall.element.faults.slow = 1
    order = hall.opening(1)
    for _ in range(4):
        hall.network.step()
        hall.element.step()
        hall.clock.move(minutes=40)
    hall.run()
    assert hall.states(order) == ["done"]
    assert len(hall.applied()) == 6


def test_questions_without_an_answer_end_with_a_person(hall: Hall) -> None:
    hall.element.faults.lose = 1000
    order = hall.opening(1)
    hall.run()
    hall.pass_time(times=2 * NETWORK_TRIES.first + 2)
    assert hall.states(order) == ["failed", "open"]
    assert "could not be found out" in str(rows.reason_in_words(hall.works(order)[0].reason))
    assert sum(command.purpose == "query" for command in hall.commands(order)) == NETWORK_TRIES.first
    assert len(hall.applied()) == 6


def test_a_question_that_finds_the_element_busy_is_asked_again(hall: Hall) -> None:
    hall.element.faults.lose = 6
    order = hall.opening(1)
    hall.run()
    hall.element.faults.refuse = 2
    hall.pass_time()
    hall.clock.move(minutes=5)
    hall.run()
    hall.clock.move(minutes=5)
    hall.run()
    assert hall.states(order) == ["done"]


def test_a_late_answer_is_taken_and_the_question_dropped(hall: Hall) -> None:
    hall.element.faults.lose = 6
    order = hall.opening(1)
    hall.run()
    hall.element.faults.off = True
    hall.clock.move(minutes=61)
    hall.run()
    hall.element.faults.off = False
    hall.element.resend(hall.batches()[0].file_name)
    hall.network.step()
    assert hall.states(order) == ["done"]
    hall.run()
    hall.pass_time()
    assert hall.states(order) == ["done"]
    assert len(hall.applied()) == 6


def test_a_cut_response_changes_nothing_and_is_told_once(hall: Hall) -> None:
    hall.element.faults.cut = 1
    order = hall.opening(1)
    hall.run()
    assert {command.state for command in hall.commands(order)} == {"sent"}
    assert len(hall.network.reports) == 1
    assert "no trailer" in str(hall.network.reports[0].message)
    assert len(hall.gateway.responses()) == 1
    hall.element.resend(hall.batches()[0].file_name)
    hall.run()
    assert hall.states(order) == ["done"]
    assert len(hall.network.reports) == 1


def test_a_duplicate_response_changes_nothing(hall: Hall) -> None:
    hall.element.faults.duplicate = 1
    order = hall.opening(1)
    hall.run()
    assert hall.states(order) == ["done"]
    assert hall.gateway.responses() == ()
    hall.element.resend(hall.batches()[0].file_name)
    before = hall.commands(order)
    assert hall.network.step()
    assert [c.revision for c in hall.commands(order)] == [c.revision for c in before]
    assert not hall.network.reports


def test_files_and_keys_that_nobody_knows_are_told(hall: Hall) -> None:
    order = hall.opening(1)
    hall.network.step()
    hall.network.step()
    name = hall.batches()[0].file_name
    key = hall.commands(order)[0].command_key
    now = stamp(hall.clock.now())
    files = {
        "strange": Replies(name, 7, now, (Reply("HZ01/1/777", "X"), Reply("HZ01/1/1", "nonsense"))),
        "other batch": Replies("HLR01_HZ01_0001_00000009.batch", 1, now, (Reply(key, "X"),)),
    }
    for one in files.values():
        hall.gateway.respond(one.name, as_bytes(one))
    hall.gateway.respond("HLR01_HZ01_0001_00000001.0008.answers", b"\x00rubbish\xff")
    hall.gateway.respond("HLR01_HZ01_0001_00000001.0009.answers", as_bytes(files["strange"]))
    hall.gateway.respond("HLR01_HZ02_0001_00000001.0001.answers", b"another outlet's")
    hall.network.step()
    told = [str(report.message) for report in hall.network.reports]
    assert len(told) == 4
    assert sum("Nothing was sent under the key" in one for one in told) == 2
    assert hall.gateway.responses() == (
        "HLR01_HZ01_0001_00000001.0008.answers",
        "HLR01_HZ01_0001_00000001.0009.answers",
        "HLR01_HZ02_0001_00000001.0001.answers",
    )
    hall.run()
    assert hall.states(order) == ["done"]


def test_a_gateway_that_is_away_is_told_and_everything_follows_when_it_is_back(hall: Hall) -> None:
    order = hall.opening(1)
    folder = hall.folder / "gateway"
    hall.network.step()
    hidden = hall.folder / "hidden"
    folder.rename(hidden)
    folder.write_text("no folder")
    other = hall.opening(2)
    with pytest.raises(Outside):
        hall.run()
    assert "HLR01" in hall.network.faults
    hall.clock.move(minutes=90)
    folder.unlink()
    hidden.rename(folder)
    hall.run()
    assert not hall.network.faults
    assert hall.states(order) == hall.states(other) == ["done"]
    assert len(hall.applied()) == 12


# a person


def test_a_person_does_it_by_hand_and_the_order_is_completed(hall: Hall) -> None:
    hall.element.faults.refuse = 1000
    (serial,) = open_at_the_desk(hall, 1)
    for _ in range(NETWORK_TRIES.first + 2):
        hall.run()
        hall.clock.move(hours=1)
    with hall.store.reading() as reading:
        (found,) = owning.waiting(reading)
    work, order = found.work, found.order
    assert (order.serial, "busy" in str(rows.reason_in_words(work.reason))) == (serial, True)
    hall.element.faults.refuse = 0
    with hall.store.transaction(rows.author_for(OUTLET, order, "2001", "M10")) as tx:
        with pytest.raises(NotAllowed):
            manual.settle(tx, work.id, "2001", done=False)
        manual.settle(tx, work.id, "2001", done=True, words="typed at the element")
        with pytest.raises(NotAllowed):
            manual.settle(tx, work.id, "2001", done=True)
    hall.run()  # what stands after it in the order
    assert set(hall.states(order.id)[:1]) == {"done"}
    assert hall.works(order.id)[0].done_by == "2001"


def test_given_up_stays_failed_and_can_be_queued_again(hall: Hall) -> None:
    hall.element.faults.numbers.add(f"86{MSISDN}")
    order = hall.opening(1, ["clip"])
    hall.run()
    hall.element.faults.numbers.clear()
    failed, waits, work = hall.works(order)
    assert (failed.state, waits.state, work.state) == ("failed", "open", "open")
    with hall.writing() as tx:
        manual.settle(tx, work.id, "2001", done=False, words="not today")
    assert hall.states(order) == ["failed", "open", "cancelled"]
    with hall.writing() as tx:
        manual.requeue(tx, failed.id, "2001")
        with pytest.raises(NotAllowed):
            manual.requeue(tx, failed.id, "2001")
    hall.run()
    assert hall.states(order) == ["done", "done", "cancelled"]


def test_queued_again_while_a_person_was_asked(hall: Hall) -> None:
    hall.element.faults.numbers.add(f"86{MSISDN}")
    (serial,) = open_at_the_desk(hall, 1)
    with hall.store.reading() as reading:
        (number,) = set(_numbers(reading.all(WorkOrder, state="open")))
    hall.element.faults.numbers.add(f"86{number}")
    hall.run()
    hall.element.faults.numbers.clear()
    with hall.store.reading() as reading:
        (found,) = owning.waiting(reading)
        work, order = found.work, found.order
    first = hall.works(order.id)[0]
    with hall.writing() as tx:
        manual.requeue(tx, first.id, "2001")
    hall.run()
    states = dict(zip([w.id for w in hall.works(order.id)], hall.states(order.id), strict=True))
    assert (states[first.id], states[work.id]) == ("done", "cancelled")
    assert completed(hall) in ([], [serial])


def _numbers(works: list[WorkOrder]) -> list[str]:
    import json

    return [json.loads(work.parameters)["msisdn"] for work in works]


def test_cancelled_before_anything_left(hall: Hall) -> None:
    order = hall.order([("set_data", {"msisdn": MSISDN, "data": "on"})], own=True)
    hall.run()
    (work,) = hall.works(order)
    with hall.writing() as tx:
        with pytest.raises(NotAllowed):
            manual.cancel(tx, work.id, "2001", " ")
        manual.cancel(tx, work.id, "2001", "the customer left")
    hall.accept()
    hall.run()
    assert (hall.states(order), hall.obeyed()) == (["cancelled"], [])
    assert str(rows.reason_in_words(hall.works(order)[0].reason)) == "the customer left"


def test_not_cancelled_once_it_left(hall: Hall) -> None:
    order = hall.opening(1)
    hall.network.step()
    with hall.writing() as tx, pytest.raises(NotAllowed):
        manual.cancel(tx, hall.works(order)[0].id, "2001", "too late")
    hall.run()
    with hall.writing() as tx, pytest.raises(NotAllowed):
        manual.cancel(tx, hall.works(order)[0].id, "2001", "too late")


def test_two_programs_step_one_store_and_nothing_is_sent_twice(hall: Hall) -> None:
    store = hall.open()
    other = Network(store, OUTLET, hall.folder)
    orders = [hall.opening(n, ["clip"]) for n in range(1, 6)]
    for _ in range(12):
        for network in (hall.network, other):
            network.step()
        hall.element.step()
    assert all(hall.states(order) == ["done", "done"] for order in orders)
    assert len(hall.obeyed()) == len({text for _, text, _ in hall.obeyed()}) == 35
    store.close()
