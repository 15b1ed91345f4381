"""The simulated element: whole journeys in both dialects, its refusals, its memory, each of its faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boss_tui.network.batch import as_bytes
from boss_tui.network.dialects.templates import undoing
from boss_tui.network.element import Element
from boss_tui.network.machine.state import ElementRefusal, State
from boss_tui.network.replies import read_replies
from boss_tui.network.textfile import NotComplete
from data.errors import NotFound, Outside

from .conftest import CREATE, IMSI, KEY, NUMBER, OTHER_IMSI, OTHER_NUMBER, Desk, MakeDesk

LIFE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # act, parameters, what the element then holds (domain-facts 2)
    ("bar_outgoing", {"long_distance": "domestic"}, {"outgoing_barred": True, "incoming_barred": False}),
    ("unbar", {"long_distance": "domestic"}, {"outgoing_barred": False, "long_distance": "domestic"}),
    (
        "bar_all",
        {"long_distance": "domestic", "imsi": IMSI},
        {"outgoing_barred": True, "incoming_barred": True, "data_barred": True},
    ),
    (
        "unbar",
        {"long_distance": "domestic", "imsi": IMSI},
        {"outgoing_barred": False, "incoming_barred": False, "data_barred": False, "long_distance": "domestic"},
    ),
    (
        "set_long_distance",
        {"long_distance": "international", "old_long_distance": "domestic"},
        {"long_distance": "international"},
    ),
    ("set_roaming", {"roaming": "international", "old_roaming": "national"}, {"roaming": "international"}),
    ("register_forwarding", {"kind": "busy", "number": "13911112222"}, {"forwarding": (("busy", "8613911112222"),)}),
    (
        "register_forwarding",
        {"kind": "always", "number": "057112345678"},
        {"forwarding": (("always", "8657112345678"), ("busy", "8613911112222"))},
    ),
    ("erase_forwarding", {"kind": "busy"}, {"forwarding": (("always", "8657112345678"),)}),
    ("set_supplementary", {"service": "waiting", "on": "on"}, {"services": frozenset({"waiting"})}),
    ("set_supplementary", {"service": "clip", "on": "on"}, {"services": frozenset({"waiting", "clip"})}),
    ("set_supplementary", {"service": "waiting", "on": "off"}, {"services": frozenset({"clip"})}),
    ("set_data", {"data": "off"}, {"data": False}),
    ("set_data", {"data": "on"}, {"data": True}),
]


def test_a_whole_life(desk: Desk) -> None:
    desk.create()
    for act, values, then in LIFE:
        _, answers = desk.do(act, msisdn=NUMBER, **values)
        assert {answer.state for answer in answers} == {"done"}, (act, answers)
        record = desk.only()
        assert {name: getattr(record, name) for name in then} == then, act
    _, (told,) = desk.do("query", msisdn=NUMBER)
    assert told.record == desk.only()
    keep = {"data": "on", "long_distance": "international", "roaming": "international", "services": ("clip",)}
    desk.do("change_number", msisdn=NUMBER, new_msisdn=OTHER_NUMBER, imsi=IMSI, profile="1", **keep)  # type: ignore[arg-type]
    assert (desk.only().msisdn, desk.only().services) == (OTHER_NUMBER, frozenset({"clip"}))
    desk.do("change_sim", msisdn=OTHER_NUMBER, imsi=IMSI, new_imsi=OTHER_IMSI, **KEY)  # type: ignore[arg-type]
    assert (desk.only().imsi, desk.only().forwarding, desk.only().services) == (OTHER_IMSI, (), frozenset({"clip"}))
    assert (desk.element.has_key(IMSI), desk.element.has_key(OTHER_IMSI)) == (False, True)
    desk.do("change_profile", msisdn=OTHER_NUMBER, imsi=OTHER_IMSI, profile="7", data="on")
    assert (desk.only().profile, desk.only().data) == ("7", True)
    _, answers = desk.do("delete_subscriber", msisdn=OTHER_NUMBER, imsi=OTHER_IMSI)
    assert {answer.state for answer in answers} == {"done"}
    assert desk.element.subscribers() == ()
    assert not desk.element.has_key(OTHER_IMSI)


def test_refusals_say_what_they_mean(desk: Desk) -> None:
    def meanings(act: str, **values: str) -> list[str]:
        return [answer.meaning for answer in desk.do(act, **values)[1]]

    assert meanings("set_data", msisdn=NUMBER, data="on") == ["no_subscriber"]
    assert meanings("query", msisdn=NUMBER) == ["no_subscriber"]
    assert meanings("create_subscriber", imsi=IMSI, msisdn=NUMBER, profile="1") == ["no_key"]
    desk.create()
    again: dict[str, Any] = {**CREATE}
    assert meanings("create_subscriber", **again)[:2] == ["key_exists", "imsi_in_use"]
    assert meanings("create_subscriber", **{**again, "imsi": OTHER_IMSI})[:2] == ["done", "number_in_use"]
    assert desk.run("RMV EVERYTHING:;")[0].state in {"refused", "unknown"}
    assert len(desk.element.subscribers()) == 1


UNDOABLE = [row for row in LIFE if row[0] not in {"unbar", "erase_forwarding"}] + [
    ("erase_forwarding", {"kind": "always", "number": "057112345678"}, {}),
    ("change_sim", {"imsi": IMSI, "new_imsi": OTHER_IMSI, **KEY}, {}),
    (
        "change_number",
        {
            "new_msisdn": OTHER_NUMBER,
            "imsi": IMSI,
            "profile": "1",
            "data": "on",
            "access": "both",
            "long_distance": "domestic",
            "roaming": "national",
        },
        {},
    ),
]


@pytest.mark.parametrize("name", ["huawei", "ericsson"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_act_stopped_anywhere_can_be_taken_back(make_desk: MakeDesk, name: str, data: st.DataObject) -> None:
    """Only as many commands as were done are undone, and the element then holds what it held before."""
    desk = make_desk(name)
    act, values, _ = data.draw(st.sampled_from([("create_subscriber", {}, {}), *UNDOABLE]))
    values = {**CREATE} if act == "create_subscriber" else {"msisdn": NUMBER, **values}
    if act != "create_subscriber":
        desk.create()
    if act == "erase_forwarding":
        desk.do("register_forwarding", **values)
    if values.get("on") == "off" or values.get("data") == "off":
        desk.do(act, **{name: "on" if value == "off" else value for name, value in values.items()})
    if act == "set_data" and values["data"] == "on":
        desk.do(act, msisdn=NUMBER, data="off")
    before, key = desk.element.subscribers(), desk.element.has_key(IMSI)
    commands = desk.dialect.render(act, values)
    # the old card's key, once removed at the very end, is not known to us any more
    done = commands[: data.draw(st.integers(1, len(commands) - (act == "change_sim")))]
    assert {answer.state for answer in desk.run(*(command.text for command in done))} == {"done"}
    assert {answer.state for answer in desk.run(*undoing(done))} == {"done"}
    assert desk.element.subscribers() == before
    assert desk.element.has_key(IMSI) == key
    assert not desk.element.has_key(OTHER_IMSI)


def test_a_batch_is_obeyed_once_whatever_comes_twice(desk: Desk) -> None:
    texts = [command.text for command in desk.dialect.render("create_subscriber", CREATE)]
    batch = desk.put(texts)
    assert desk.element.step().commands == len(texts)
    first = read_replies(desk.gateway.fetch(desk.gateway.responses()[0]))
    (desk.gateway.path / "outbox" / batch.name).write_bytes(as_bytes(batch))  # the same file once more
    done = desk.element.step()
    assert done.commands == 0
    assert "ignored" in str(done.lines[0])
    later = desk.batch(texts)
    renamed = later.__class__(**{**{f: getattr(later, f) for f in later.__struct_fields__}, "entries": batch.entries})
    desk.gateway.put(renamed.name, as_bytes(renamed))  # the same keys in another file
    desk.element.step()
    assert read_replies(desk.gateway.fetch(desk.gateway.responses()[1])).replies == first.replies
    assert len(desk.element.subscribers()) == 1


def test_a_key_used_for_another_command_is_refused(desk: Desk) -> None:
    desk.create()
    batch = desk.batch([c.text for c in desk.dialect.render("set_data", {"msisdn": NUMBER, "data": "off"})])
    entry = type(batch.entries[0])("0571-01/1/1/1", batch.entries[0].text)
    stolen = type(batch)(**{**{f: getattr(batch, f) for f in batch.__struct_fields__}, "entries": (entry,)})
    desk.gateway.put(stolen.name, as_bytes(stolen))
    desk.sent[entry.key] = entry.text
    desk.element.step()
    assert desk.collect()[entry.key].state == "refused"
    assert desk.only().data is True


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("huawei", f'MOD LCK: ISDN="86{NUMBER}", IC=TRUE, OC=MAYBE;'),
        ("ericsson", f"HGSDC:MSISDN=86{NUMBER},SUD=OBI-1&NOPE-1;"),
    ],
)
def test_a_refused_command_leaves_nothing_half_done(make_desk: MakeDesk, name: str, text: str) -> None:
    desk = make_desk(name)
    desk.create()
    before = desk.only()
    assert desk.run(text)[0].state == "refused"
    assert desk.only() == before


def test_an_element_that_was_restarted_remembers(desk: Desk, tmp_path: Path) -> None:
    desk.create()
    batch = desk.put([command.text for command in desk.dialect.render("query", {"msisdn": NUMBER})])
    desk.element.close()
    desk.element = Element(tmp_path / "0.db", desk.dialect, desk.gateway, clock=desk.clock, code="HLR-1")
    desk.element.step()
    assert desk.collect()[batch.entries[0].key].record == desk.only()


class Crash(BaseException):
    """The element's machine stopped."""


@pytest.mark.parametrize("moment", ["respond", "taken", "paid"])
def test_a_crash_of_the_element_changes_nothing_for_us(
    desk: Desk, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise Crash

    batch = desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    with monkeypatch.context() as patch:
        patch.setattr(desk.element.memory if moment == "paid" else desk.gateway, moment, crash)
        with pytest.raises(Crash):
            desk.element.step()
    desk.element.step()
    assert desk.gateway.batches() == ()
    answers = desk.collect()
    assert [answers[entry.key].state for entry in batch.entries] == ["done"] * len(batch.entries)
    assert len(desk.element.subscribers()) == 1


def test_files_for_others_and_bad_files_stay_and_are_told_once(desk: Desk) -> None:
    outbox = desk.gateway.path / "outbox"
    batch = desk.batch(["x;"])
    assert desk.gateway.batches() == ()
    (outbox / "HLR-2_0571-01_0001_00000001.batch").write_bytes(b"")
    (outbox / batch.name).write_bytes(as_bytes(batch)[:50])
    (outbox / "HLR-1_0571-01_0001_00000099.batch").write_bytes(as_bytes(batch))
    assert len(desk.element.step().lines) == 2
    assert desk.element.step().lines == ()
    (outbox / batch.name).write_bytes(as_bytes(batch))
    assert desk.element.step().commands == 1


# faults


def test_off(desk: Desk) -> None:
    desk.put(["x;"])
    desk.element.faults.off = True
    assert desk.element.step().commands == 0
    assert len(desk.gateway.batches()) == 1
    desk.element.faults.off = False
    assert desk.element.step().commands == 1


def test_slow_answers_in_parts(desk: Desk) -> None:
    desk.element.faults.slow = 2
    batch = desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    answered = []
    for _ in range(3):
        desk.element.step()
        answered.append(len(desk.collect()))
    assert answered == [2, 2, 1]
    assert len(batch.entries) == 5
    assert desk.gateway.batches() == ()


def test_refuse_the_next_may_be_tried_again(desk: Desk) -> None:
    desk.create()
    desk.element.faults.refuse = 1
    (first,), (second,) = (desk.do("set_data", msisdn=NUMBER, data="off")[1] for _ in range(2))
    assert (first.state, first.meaning, first.retry) == ("refused", "busy", True)
    assert second.state == "done"


def test_refuse_a_number_for_good(desk: Desk) -> None:
    desk.create()
    desk.element.faults.numbers.add(f"86{NUMBER}")
    (answer,) = desk.do("set_data", msisdn=NUMBER, data="off")[1]
    assert (answer.state, answer.meaning, answer.retry) == ("refused", "not_allowed", False)
    assert desk.only().data is True


def test_a_lost_answer_is_found_by_a_query_and_by_sending_again(desk: Desk) -> None:
    desk.create()
    desk.element.faults.lose = 1
    batch = desk.put([command.text for command in desk.dialect.render("set_data", {"msisdn": NUMBER, "data": "off"})])
    desk.element.step()
    assert desk.collect() == {}
    (told,) = desk.do("query", msisdn=NUMBER)[1]
    assert told.record is not None
    assert told.record.data is False
    desk.element.resend(batch.name)
    assert desk.collect()[batch.entries[0].key].state == "done"
    with pytest.raises(NotFound):
        desk.element.resend("HLR-1_none.batch")


def test_rubbish_is_unknown(desk: Desk) -> None:
    desk.create()
    desk.element.faults.rubbish = 1
    (answer,) = desk.do("set_data", msisdn=NUMBER, data="off")[1]
    assert answer.state == "unknown"
    assert desk.only().data is False


def test_a_response_cut_in_half_is_not_used(desk: Desk) -> None:
    desk.element.faults.cut = 1
    desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    desk.element.step()
    (name,) = desk.gateway.responses()
    with pytest.raises(NotComplete):
        read_replies(desk.gateway.fetch(name))


def test_a_response_that_comes_twice_says_the_same(desk: Desk) -> None:
    desk.element.faults.duplicate = 1
    desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    desk.element.step()
    one, two = (read_replies(desk.gateway.fetch(name)) for name in desk.gateway.responses())
    assert (one.replies, one.part, two.part) == (two.replies, 1, 2)


def test_a_gateway_that_is_away_costs_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from boss_tui.network.element import gently
    from data.message import say

    def away(*_: object) -> None:
        raise Outside(say("away"))

    desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    with monkeypatch.context() as patch:
        patch.setattr(desk.gateway, "respond", away)
        assert [str(line) for line in gently(desk.element).lines] == ["away"]
    desk.element.step()
    assert {answer.state for answer in desk.collect().values()} == {"done"}
    assert len(desk.element.subscribers()) == 1


def test_no_key_stands_in_a_response(desk: Desk) -> None:
    desk.put([command.text for command in desk.dialect.render("create_subscriber", CREATE)])
    done = desk.element.step()
    secret = str(KEY["ki"])
    assert secret.encode() not in desk.gateway.fetch(desk.gateway.responses()[0])
    assert not any(secret in str(line) for line in done.lines)


def test_an_element_finds_its_subscriber_by_either_number_and_only_when_both_fit(tmp_path: Path) -> None:
    state = State(tmp_path / "e.db")
    for imsi, msisdn in (("460001", "861"), ("460002", "862")):
        state.add_key(imsi, "00")
        state.create(imsi, msisdn, {})
    assert state.find(imsi="460001") == state.find(msisdn="861") == state.find(imsi="460001", msisdn="861")
    for wrong in ({"imsi": "460001", "msisdn": "862"}, {"imsi": "460003"}, {"msisdn": "863"}, {}):
        with pytest.raises(ElementRefusal):
            state.find(**wrong)
    plans = [
        str(row[3])
        for by in ("imsi", "msisdn")
        for row in state.db.execute(f"EXPLAIN QUERY PLAN SELECT imsi FROM subscriber WHERE {by} = ''")
    ]
    assert all("SEARCH" in plan for plan in plans)
    state.close()
