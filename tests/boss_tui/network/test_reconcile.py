"""Book and network compared; an element that knows a hall's subscribers from the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.network import reconcile
from boss_tui.network.machine.ericsson import EricssonMachine
from boss_tui.network.machine.huawei import HuaweiMachine
from boss_tui.network.machine.state import State
from boss_tui.network.preload import preload
from boss_tui.network.queue import lines_for
from data.tables.order import Subscription
from tests.tiers import NIGHTLY

from .outlet import ELEMENT, OUTLET, Hall, completed, open_at_the_desk

pytestmark = pytest.mark.both_engines(NIGHTLY)


def _load(hall: Hall) -> int:
    with hall.store.reading() as reading:
        return preload(hall.element.state, reading)


def _differences(hall: Hall, **more: object) -> list[tuple[str, str]]:
    with hall.store.reading() as reading:
        found = list(reconcile.differences(reading, ELEMENT, hall.element.subscribers(), **more))  # type: ignore[arg-type]
    assert all(str(difference.message) for difference in found)
    return [(difference.number, difference.field) for difference in found]


def test_a_preloaded_element_agrees_with_the_book(either: Hall) -> None:
    assert _load(either) == len(either.element.subscribers()) > 8
    assert _differences(either) == []
    assert all(either.element.has_key(record.imsi) for record in either.element.subscribers())


def test_what_is_opened_and_completed_agrees_too(either: Hall) -> None:
    _load(either)
    serials = open_at_the_desk(either, 2)
    either.run()
    assert _differences(either) == []  # what is under way is passed over
    assert set(completed(either)) <= set(serials)
    assert _differences(either) == []


def test_a_preloaded_subscriber_is_as_if_created_by_commands(either: Hall, tmp_path: Path) -> None:
    _load(either)
    record = either.element.subscribers()[0]
    state = State(tmp_path / "other.db")
    machine = HuaweiMachine("X") if either.language == "huawei" else EricssonMachine("X")
    created = {
        "imsi": record.imsi,
        "msisdn": record.msisdn,
        "profile": record.profile,
        "access": record.access,
        "data": "on" if record.data else "off",
        "long_distance": record.long_distance,
        "roaming": record.roaming,
    }
    acts = [("create_subscriber", created)]
    acts += [
        ("set_supplementary", {"msisdn": record.msisdn, "service": service, "on": "on"})
        for service in sorted(record.services or ())
    ]
    with either.store.reading() as reading:
        lines = [line for act, values in acts for line in lines_for(reading, either.language, act, dict(values))]
    for line in lines:
        machine.obey(state, line.text)
    assert state.facts(record.imsi) == either.element.state.facts(record.imsi)
    assert (
        state.db.execute("SELECT * FROM auth").fetchall()
        == either.element.state.db.execute("SELECT * FROM auth WHERE imsi = ?", (record.imsi,)).fetchall()
    )
    state.close()


@pytest.mark.parametrize(
    ("harm", "field"),
    [
        ("UPDATE fact SET value = 'FALSE' WHERE name = 'GPRS' AND imsi = ?", "data"),
        ("UPDATE fact SET value = 'TRUE' WHERE name = 'OC' AND imsi = ?", "outgoing_barred"),
        ("UPDATE fact SET value = 'NOBOC' WHERE name = 'ODBOC' AND imsi = ?", "long_distance"),
        ("UPDATE fact SET value = 'TRUE' WHERE name = 'CLIP' AND imsi = ?", ""),
        ("DELETE FROM fact WHERE name = 'CLIP' AND imsi = ?", "services"),
        ("DELETE FROM subscriber WHERE imsi = ?", "subscriber"),
    ],
)
def test_every_kind_of_difference_is_found(hall: Hall, harm: str, field: str) -> None:
    _load(hall)
    victim = next(record for record in hall.element.subscribers() if "clip" in (record.services or ()))
    hall.element.state.db.execute(harm, (victim.imsi,))
    assert _differences(hall) == ([(victim.msisdn, field)] if field else [])


def test_strangers_are_found(hall: Hall) -> None:
    _load(hall)
    hall.element.state.add_key("460009999999999", "00")
    facts = hall.element.state.facts(hall.element.subscribers()[0].imsi)
    hall.element.state.create("460009999999999", "8618257489999", facts)
    assert _differences(hall) == [("18257489999", "subscriber")]
    assert _differences(hall, numbers=["13957007919"]) == []


def test_an_element_is_asked_about_numbers(either: Hall) -> None:
    _load(either)
    with either.store.reading() as reading:
        (first, second, *_) = [one.number for one in reading.all(Subscription, state="active", order=("id",))]
    since = either.store.clock.now().isoformat()[:10]
    gone = next(record.imsi for record in either.element.subscribers() if record.msisdn == second)
    either.element.state.remove(gone)
    with either.writing() as tx:
        reconcile.ask(tx, OUTLET, ELEMENT, [first, second])
    either.run()
    with either.store.reading() as reading:
        answers = reconcile.answers(reading, ELEMENT, since)
        known = [record for record in answers.values() if record]
        found = list(reconcile.differences(reading, ELEMENT, known, list(answers)))
    assert set(answers) == {first, second}
    assert [(one.number, one.field, one.element) for one in found] == [(second, "subscriber", None)]


def test_a_question_that_gets_no_answer_leaves_nothing_behind(hall: Hall) -> None:
    hall.element.faults.lose, hall.element.faults.rubbish = 1, 1
    with hall.writing() as tx:
        reconcile.ask(tx, OUTLET, ELEMENT, ["18257480001", "18257480002"])
    hall.run()
    hall.pass_time()
    with hall.store.reading() as reading:
        assert reconcile.answers(reading, ELEMENT, "") == {}
    assert not hall.network.step()
