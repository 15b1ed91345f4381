"""What holds once a line of an act was obeyed, what shows it, and what is still to be told: each condition alone."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.network import book, outstanding, present
from boss_tui.network.book import Had
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import Step
from boss_tui.network.expected import asked_by, expected, shown
from data.tables.life import ServiceParameter
from data.tables.network import NetworkElement, WorkOrder
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import Rows, row

GIVEN: dict[str, Any] = {
    "imsi": "1",
    "new_imsi": "2",
    "msisdn": "13900000001",
    "new_msisdn": "13900000002",
    "profile": "7",
    "access": "both",
    "data": "on",
    "long_distance": "none",
    "roaming": "national",
    "services": ["clip", "hold"],
    "service": "clip",
    "on": "off",
    "kind": "always",
    "number": "13900000009",
}
OUT = {"outgoing_barred": True, "incoming_barred": False}


@pytest.mark.parametrize(
    ("act", "step", "without", "wants"),
    [
        ("create_subscriber", Step("A {imsi} {ki}"), [], {"key": "1"}),
        ("change_sim", Step("A {new_imsi} {ki}"), [], {"key": "2"}),
        ("change_sim", Step("A {imsi} {new_imsi}"), [], {"imsi": "2"}),
        ("change_sim", Step("A {imsi}"), [], {"no_key": "1"}),
        ("change_sim", Step("A {msisdn}"), [], {}),
        ("delete_subscriber", Step("A {imsi}"), [], {"no_key": "1"}),
        ("delete_subscriber", Step("A {msisdn}"), [], {"absent": True}),
        ("delete_subscriber", Step("A {msisdn} {imsi}"), [], {"absent": True}),
        (
            "create_subscriber",
            Step("A {msisdn} {imsi} {profile}"),
            [],
            {"imsi": "1", "msisdn": "13900000001", "profile": "7"},
        ),
        (
            "change_number",
            Step("A {new_msisdn} {imsi} {profile}"),
            [],
            {"imsi": "1", "msisdn": "13900000002", "profile": "7"},
        ),
        ("change_number", Step("A {msisdn} {new_msisdn}"), [], {"msisdn": "13900000002"}),
        ("change_number", Step("A {msisdn}"), [], {"absent_or": {"msisdn": "13900000002"}}),
        ("change_profile", Step("A {msisdn}"), [], {"absent_or": {"profile": "7"}}),
        ("bar_outgoing", Step("A {msisdn}"), [], {**OUT, "data_barred": False}),
        ("bar_outgoing", Step("A {msisdn}"), ["imsi"], OUT),
        ("bar_all", Step("A {msisdn}"), ["imsi"], {"outgoing_barred": True, "incoming_barred": True}),
        ("unbar", Step("A {msisdn}"), ["imsi"], {"outgoing_barred": False, "incoming_barred": False}),
        ("unbar", Step("A {msisdn} {long_distance}"), [], {"long_distance": "none", "outgoing_barred": False}),
        ("set_long_distance", Step("A {msisdn} {long_distance}"), [], {"long_distance": "none"}),
        ("set_roaming", Step("A {roaming}"), [], {"roaming": "national"}),
        ("create_subscriber", Step("A {access}"), [], {"access": "both"}),
        ("set_data", Step("A {msisdn}", when="data=on"), [], {"data": True}),
        ("set_data", Step("A {msisdn}", when="data"), [], {}),
        ("set_data", Step("A {data}"), [], {"data": True}),
        ("change_number", Step("A {services}"), [], {"services": {"clip": True, "hold": True}}),
        ("set_supplementary", Step("A {service}", when="on=off"), [], {"services": {"clip": False}}),
        ("register_forwarding", Step("A {kind} {number}"), [], {"forwarding": {"always": "8613900000009"}}),
        ("erase_forwarding", Step("A {kind}"), [], {"forwarding": {"always": None}}),
        ("query", Step("A {msisdn}"), [], {}),
        ("query", Step("A {opc}"), [], {}),
        ("bar_all", Step("A {opc}"), [], {}),
    ],
)
def test_what_a_line_brings_about(act: str, step: Step, without: list[str], wants: dict[str, Any]) -> None:
    assert expected(act, step, {name: value for name, value in GIVEN.items() if name not in without}) == wants


HERE = Record(
    "1", "13900000001", access="both", data=False, forwarding=(("always", "86"),), services=frozenset({"clip"})
)


@pytest.mark.parametrize(
    ("wants", "record", "told"),
    [
        ({}, HERE, None),
        ({"key": "1"}, HERE, True),
        ({"key": "2"}, HERE, None),
        ({"key": "1"}, None, None),
        ({"no_key": "1"}, HERE, False),
        ({"no_key": "2"}, HERE, None),
        ({"no_key": "1"}, None, None),
        ({"absent": True}, None, True),
        ({"absent": True}, HERE, False),
        ({"absent_or": {"imsi": "2"}}, None, True),
        ({"absent_or": {"imsi": "2"}}, HERE, False),
        ({"absent_or": {"imsi": "1"}}, HERE, True),
        ({"imsi": "1"}, None, False),
        ({"imsi": "1"}, HERE, True),
        ({"imsi": "1", "access": "packet"}, HERE, False),
        ({"imsi": "1", "data": False}, HERE, True),
        ({"imsi": "1", "roaming": "national"}, HERE, None),
        ({"imsi": "2", "roaming": "national"}, HERE, False),
        ({"outgoing_barred": True}, HERE, None),
        ({"services": {"clip": True}}, HERE, True),
        ({"services": {"clip": True, "hold": False}}, HERE, True),
        ({"services": {"clip": True, "hold": True}}, HERE, False),
        ({"services": {"clip": False}}, HERE, False),
        ({"forwarding": {"always": "86"}}, HERE, True),
        ({"forwarding": {"always": "87"}}, HERE, False),
        ({"forwarding": {"busy": None}}, HERE, True),
        ({"forwarding": {"always": "86", "busy": "1"}}, HERE, False),
        ({"services": {"clip": True}}, Record("1", "2"), None),
    ],
)
def test_whether_a_record_shows_it(wants: dict[str, Any], record: Record | None, told: bool | None) -> None:
    assert shown(wants, record) is told


@pytest.mark.parametrize(
    ("values", "by"),
    [
        ({"imsi": 1, "msisdn": "2"}, {"imsi": "1"}),
        ({"imsi": "1", "new_imsi": "3", "msisdn": "2"}, {"msisdn": "2"}),
        ({"msisdn": "2"}, {"msisdn": "2"}),
        ({"imsi": "1", "new_imsi": "3"}, {}),
        ({}, {}),
    ],
)
def test_an_element_is_asked_by_what_does_not_change(values: dict[str, Any], by: dict[str, str]) -> None:
    assert asked_by(values) == by


# as the book stands now

LINE = row(Subscription, id="s", number="13900000001", imsi="1", state="active")
WHO = {"msisdn": "13900000001"}
BOTH = {**WHO, "imsi": "1"}


class Asked:
    """Rows, and what is asked of the work that was done, and of what others do."""

    def __init__(self, *told: Any, done: Any = (), others: Any = (), moved: Any = ()) -> None:
        kept = Rows(row(NetworkElement, code="HLR1", dialect="huawei"), *told)
        self.all, self.find, self.one = kept.all, kept.find, kept.one
        self._answers = {outstanding._DONE: done, outstanding._OTHERS: others, present._MOVED: moved}

    def rows(self, query: Any, **_: Any) -> Any:
        return [tuple(each) for each in self._answers[query]]


def had(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    has = Had(**{"long_distance": "domestic", "roaming": "national", "profile": "1", **values})
    monkeypatch.setattr(book, "of", lambda *_: has)


def done(act: str, **values: Any) -> tuple[str, str, str]:
    return act, json.dumps({**BOTH, **values}), "HLR1"


MADE = done("create_subscriber", profile="1", access="both", data="on", long_distance="domestic", roaming="national")
ANEW = done("change_profile", profile="1", access="both", data="on", long_distance="domestic", roaming="national")
DATA = {"acts": {"data"}}


@pytest.mark.parametrize(
    ("was_done", "has", "acts"),
    [
        ([], {}, []),
        ([MADE], DATA, []),
        ([MADE], {}, [("set_data", {**WHO, "data": "off"})]),
        ([done("set_data", data="off")], DATA, [("set_data", {**WHO, "data": "on"})]),
        ([done("set_data", data="off"), done("set_data", data="on")], DATA, []),
        ([done("set_data", data="off"), done("delete_subscriber")], DATA, []),
        ([done("unheard", data="off")], DATA, []),
        (
            [done("set_roaming", roaming="none", old_roaming="national")],
            {},
            [("set_roaming", {**WHO, "roaming": "national", "old_roaming": "national"})],
        ),
        (
            [done("set_long_distance", long_distance="none", old_long_distance="domestic")],
            {},
            [("set_long_distance", {**WHO, "long_distance": "domestic", "old_long_distance": "domestic"})],
        ),
        (
            [done("set_long_distance", long_distance="none", old_long_distance="domestic")],
            {"bar": "outgoing"},
            [("bar_outgoing", {**BOTH, "long_distance": "domestic"})],
        ),
        # bars are absolute, and bring the type that holds once they are lifted
        ([done("bar_all", long_distance="domestic")], {}, [("unbar", {**BOTH, "long_distance": "domestic"})]),
        ([done("bar_all", long_distance="domestic")], {"bar": "all"}, []),
        (
            [done("bar_all", long_distance="domestic")],
            {"bar": "outgoing"},
            [("bar_outgoing", {**BOTH, "long_distance": "domestic"})],
        ),
        (
            [done("bar_all", long_distance="none")],
            {"bar": "all"},
            [("bar_all", {**BOTH, "long_distance": "domestic"})],
        ),
        (
            [
                done("bar_outgoing", long_distance="domestic"),
                done("set_long_distance", long_distance="domestic", old_long_distance="none"),
            ],
            {"bar": "outgoing"},
            [("bar_outgoing", {**BOTH, "long_distance": "domestic"})],
        ),
        # services and forwarding
        ([done("set_supplementary", service="clip", on="on")], {"acts": {"service:clip"}}, []),
        (
            [done("set_supplementary", service="clip", on="on")],
            {},
            [("set_supplementary", {**WHO, "service": "clip", "on": "off"})],
        ),
        (
            [done("set_supplementary", service="clip", on="off"), done("set_supplementary", service="hold", on="off")],
            {"acts": {"service:clip"}},
            [("set_supplementary", {**WHO, "service": "clip", "on": "on"})],
        ),
        (
            [done("register_forwarding", kind="always", number="13900000009")],
            {},
            [("erase_forwarding", {**WHO, "kind": "always"})],
        ),
        (
            [done("erase_forwarding", kind="always")],
            {"forwarding": [("always", "8613900000009")]},
            [("register_forwarding", {**WHO, "kind": "always", "number": "13900000009"})],
        ),
        (
            [done("change_sim", new_imsi="1", long_distance="domestic")],
            {"forwarding": [("always", "8613900000009")]},
            [("register_forwarding", {**WHO, "kind": "always", "number": "13900000009"})],
        ),
        # made anew: nothing is left but what was put back
        (
            [done("set_supplementary", service="clip", on="on"), ANEW],
            {"acts": {"data", "service:clip"}},
            [("set_supplementary", {**WHO, "service": "clip", "on": "on"})],
        ),
        (
            [MADE],
            {"acts": {"data", "service:hold"}},
            [("set_supplementary", {**WHO, "service": "hold", "on": "on"})],
        ),
        (
            [MADE],
            {**DATA, "bar": "outgoing"},
            [("bar_outgoing", {**BOTH, "long_distance": "domestic"})],
        ),
        (
            [MADE],
            {**DATA, "forwarding": [("always", "8613900000009")]},
            [("register_forwarding", {**WHO, "kind": "always", "number": "13900000009"})],
        ),
        (
            [done("create_subscriber", profile="1")],
            DATA,
            [
                ("set_data", {**WHO, "data": "on"}),
                ("set_roaming", {**WHO, "roaming": "national", "old_roaming": "national"}),
                ("set_long_distance", {**WHO, "long_distance": "domestic", "old_long_distance": "domestic"}),
            ],
        ),
    ],
)
def test_what_the_network_must_still_be_told(
    monkeypatch: pytest.MonkeyPatch, was_done: list[Any], has: dict[str, Any], acts: list[Any]
) -> None:
    had(monkeypatch, **has)
    values = [("cfu", "13900000009")] if has.get("forwarding") else [("cfb", "1")]
    kept = [row(ServiceParameter, subscription_id="s", service=s, name="forward_to", value=v) for s, v in values]
    reading: Any = Asked(*kept, done=was_done)
    assert outstanding.outstanding(reading, LINE, "o") == acts
    gone: Any = SimpleNamespace(state="terminated")
    assert outstanding.outstanding(reading, gone, "o") == []


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ([], ["set_data", "unbar"]),
        ([(*done("set_data", data="on"), "done")], ["unbar"]),
        ([(*done("set_data", data="on"), "open")], ["set_data", "unbar"]),
        ([(*done("unbar", long_distance="domestic"), "open")], ["set_data"]),
        ([(*done("unbar", long_distance="domestic"), "done")], ["set_data", "unbar"]),
        ([(*done("set_roaming", roaming="none", old_roaming="none"), "open")], ["set_data", "unbar"]),
    ],
)
def test_what_another_order_tells_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch, others: list[Any], left: list[str]
) -> None:
    had(monkeypatch)
    told = [done("set_data", data="on"), done("bar_all", long_distance="domestic")]
    reading: Any = Asked(done=told, others=others)
    assert [act for act, _ in outstanding.outstanding(reading, LINE, "o")] == left


def work(act: str, kind: str = "automatic", **values: Any) -> Any:
    return row(WorkOrder, id="w", order_id="o", act=act, kind=kind, parameters=json.dumps(values))


REACH = {"long_distance": "domestic", "roaming": "national"}


@pytest.mark.parametrize(
    ("order", "has", "now"),
    [
        (work("set_data", msisdn="old", data="on"), {}, ("set_data", {**WHO, "data": "on"})),
        (work("set_data", kind="manual", msisdn="old"), {}, ("set_data", {"msisdn": "old"})),
        (work("create_subscriber", msisdn="old"), {}, ("create_subscriber", {"msisdn": "old"})),
        (work("delete_subscriber", msisdn="old"), {}, ("delete_subscriber", {"msisdn": "old"})),
        (work("unheard", msisdn="old"), {}, ("unheard", {"msisdn": "old"})),
        (
            work("change_number", msisdn="old", new_msisdn="n", profile="9", data="on", services=["x"]),
            {"acts": {"service:clip"}},
            (
                "change_number",
                {**WHO, "new_msisdn": "n", "profile": "1", "data": "off", **REACH, "services": ["clip"]},
            ),
        ),
        (
            work("change_profile", msisdn="old", profile="9", roaming="none"),
            DATA,
            ("change_profile", {**WHO, "profile": "9", "data": "on", **REACH}),
        ),
        (work("unbar", msisdn="old", long_distance="x"), {}, ("unbar", {**WHO, "long_distance": "domestic"})),
        (
            work("unbar", msisdn="old", long_distance="x"),
            {"bar": "all"},
            ("bar_all", {**WHO, "long_distance": "domestic"}),
        ),
        (
            work("set_long_distance", msisdn="old", long_distance="none"),
            {"bar": "outgoing"},
            ("bar_outgoing", {**BOTH, "long_distance": "none"}),
        ),
        (
            work("set_long_distance", msisdn="old", long_distance="none"),
            {},
            ("set_long_distance", {**WHO, "long_distance": "none"}),
        ),
        (work("set_roaming", msisdn="old", roaming="x"), {"bar": "all"}, ("set_roaming", {**WHO, "roaming": "x"})),
    ],
)
def test_what_a_work_order_asks_for_now(
    monkeypatch: pytest.MonkeyPatch, order: Any, has: dict[str, Any], now: tuple[str, dict[str, Any]]
) -> None:
    had(monkeypatch, **has)
    told = (row(ProductOrder, id="o", subscription_id="s"), LINE)
    reading: Any = Asked(*told)
    assert present.asked_now(reading, order) == now
    assert present.differs(reading, order) is (now != (order.act, json.loads(order.parameters)))
    on_no_line: Any = Asked(row(ProductOrder, id="o"), LINE)
    assert present.asked_now(on_no_line, order) == (order.act, json.loads(order.parameters))


def test_a_line_is_known_by_what_the_network_has_changed_already() -> None:
    moved = [
        ("change_number", json.dumps({"new_msisdn": "13900000005"})),
        ("change_sim", json.dumps({"new_imsi": "5"})),
        ("change_number", json.dumps({"msisdn": "13900000005"})),
    ]
    reading: Any = Asked(moved=moved)
    assert present.known_by(reading, LINE) == {"msisdn": "13900000005", "imsi": "5"}


@pytest.mark.parametrize(
    ("name", "sample"),
    [("msisdn", "13900000001"), ("old_roaming", "BROHPLMN"), ("services", "CW&HOLD"), ("card", "SIM"), ("fly", "0")],
)
def test_a_template_is_tried_with_a_lawful_value(name: str, sample: str) -> None:
    assert dialect("huawei")._sample(name) == sample
