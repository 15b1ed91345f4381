"""What the network must do for an order, why lines are stopped, and the parameters of their services (F10, F4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.components.network_elements import NetworkElements
from boss_tui.components.products.suspending import Suspending
from data.tables.life import ServiceParameter, Suspension, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

NUMBER = "13957000001"


def line(**values: Any) -> Any:
    standard = {"id": "s", "number": NUMBER, "imsi": "m", "pay_type": "postpaid", "state": "active"}
    return row(Subscription, **{**standard, **values})


@pytest.fixture
def f10(tx: Loose) -> NetworkElements:
    tx.put(
        row(NumberSegment, prefix="1395700", element="HLR01"),
        row(NumberSegment, prefix="139570", element="X"),
        row(NumberSegment, prefix="13957000", element="Y"),
    )
    return NetworkElements(context(tx))


def ordered(tx: Loose) -> list[tuple[Any, ...]]:
    """Position, act, element, kind and parameters of the work orders of this order."""
    names = ("position", "act", "element", "kind", "parameters")
    found: list[Any] = tx.told(WorkOrder, *names, order=("position",), order_id="order")
    return found


def test_work_orders_stand_in_their_order_for_the_element_that_serves_the_number(
    tx: Loose, f10: NetworkElements
) -> None:
    tx.put(row(WorkOrder, id="x", order_id="other", position=7))
    assert f10.element_of(NUMBER) == "HLR01"
    assert not f10.ordered()
    follows = f10.follow_up(product="P")
    assert (follows.follow_up, f10.ordered()) == (1, False)
    f10.order("unbar", "HLR01", msisdn=NUMBER)
    assert ordered(tx) == [
        (1, "manual", "", "manual", '{"product":"P"}'),
        (2, "unbar", "HLR01", "automatic", f'{{"msisdn":"{NUMBER}"}}'),
    ]
    assert f10.ordered()
    assert [one.act for one in f10.done()] == ["manual", "unbar"]


@pytest.mark.parametrize(("state", "left"), [("done", True), ("cancelled", True), ("open", False)])
def test_what_is_called_off_has_nothing_open(tx: Loose, f10: NetworkElements, state: str, left: bool) -> None:
    tx.put(
        row(WorkOrder, id="a", order_id="order", position=2, state=state),
        row(WorkOrder, id="b", order_id="order", position=1, state="done"),
    )
    if left:
        assert [one.id for one in f10.called_off()] == ["b", "a"]
        return
    with pytest.raises(ValueError, match="called off before"):
        f10.called_off()


@pytest.mark.parametrize(
    ("pay_type", "acts", "data", "services"),
    [
        ("postpaid", ["service:Z", "data", "service:A", "manual"], "on", ["A", "Z"]),
        ("prepaid", [], "off", None),
        ("prepaid", ["data"], "on", None),
        ("postpaid", ["service:A"], "off", ["A"]),
    ],
)
def test_how_the_network_has_a_line(
    tx: Loose, f10: NetworkElements, pay_type: str, acts: list[str], data: str, services: list[str] | None
) -> None:
    for n, act in enumerate(acts):
        tx.put(row(Product, code=str(n), network_act=act))
        tx.put(row(SubscriptionProduct, subscription_id="s", product=str(n)))
    tx.put(
        row(Product, code="e", network_act="service:E"),
        row(SubscriptionProduct, subscription_id="s", product="e", state="ended"),
    )
    found = f10.stands(line(pay_type=pay_type, roaming="none"))
    expected = {
        "imsi": "m",
        "profile": "1" if pay_type == "postpaid" else "2",
        "access": "both",
        "data": data,
        "long_distance": "domestic",
        "roaming": "none",
    }
    assert found == ({**expected, "services": services} if services else expected)


@pytest.mark.parametrize(
    ("before", "after", "state", "moving", "act"),
    [
        ("", "all", "active", (), "bar_all"),
        ("all", "", "active", (), "unbar"),
        ("all", "outgoing", "active", (), "bar_outgoing"),
        ("all", "all", "active", (), None),
        ("", "all", "pendingActive", (), None),
        ("all", "all", "pendingActive", ("bar_all",), None),
        ("all", "all", "active", ("unbar",), "bar_all"),
        ("all", "all", "active", ("bar_all",), "bar_all"),
        ("", "", "active", ("bar_outgoing",), "unbar"),
        ("all", "all", "active", ("set_data",), None),
    ],
)
def test_a_bar_is_told_where_it_changes_or_the_network_may_not_have_it(
    tx: Loose, f10: NetworkElements, before: str, after: str, state: str, moving: tuple[str, ...], act: str | None
) -> None:
    tx.put(
        row(ProductOrder, id="moving", subscription_id="s", state="inProgress"),
        row(ProductOrder, id="over", subscription_id="s", state="completed"),
        row(WorkOrder, id="z", order_id="over", act="bar_all"),
    )
    tx.put(*(row(WorkOrder, id=f"w{n}", order_id="moving", act=one) for n, one in enumerate(moving)))
    f10.bar(line(state=state), before, after)
    told = f'{{"imsi":"m","long_distance":"domestic","msisdn":"{NUMBER}"}}'
    assert ordered(tx) == ([(1, act, "HLR01", "automatic", told)] if act else [])


def test_a_bar_is_of_the_card_that_the_line_has_by_then(tx: Loose, f10: NetworkElements) -> None:
    f10.bar(line(), "", "all", "n")
    assert '"imsi":"n"' in ordered(tx)[0][4]


def test_with_a_line_a_person_ends_what_no_command_provides(tx: Loose, f10: NetworkElements) -> None:
    f10.delete(line(), [row(Product, code="a", network_act="manual"), row(Product, code="b", network_act="data")])
    assert [(act, element) for _, act, element, *_ in ordered(tx)] == [("delete_subscriber", "HLR01"), ("manual", "")]
    assert tx.told(WorkOrder, "follow_up", order=("position",)) == [0, 1]
    assert ordered(tx)[1][4] == f'{{"msisdn":"{NUMBER}","on":"off","product":"a"}}'


def test_forwarding_is_erased_and_ordered_again(tx: Loose, f10: NetworkElements) -> None:
    for kind, value in (("cfu", "1"), ("cfb", ""), ("cfnry", "2"), ("cfnrc", "3")):
        tx.put(row(ServiceParameter, subscription_id="s", service=kind, name="forward_to", value=value))
    tx.put(
        row(ServiceParameter, subscription_id="s", service="cfu", name="other", value="9"),
        row(ServiceParameter, subscription_id="t", service="cfu", name="forward_to", value="9"),
    )
    assert Suspending(context(tx)).forwarding("s") == {"cfu": "1", "cfnry": "2", "cfnrc": "3"}
    f10.forward_again("s", "HLR01", NUMBER)
    f10.erase_forwarding(line(), {"cfb": "5"})
    kinds = [("not_reachable", "3"), ("no_reply", "2"), ("always", "1"), ("busy", "5")]
    assert [(act, parameters) for _, act, _, _, parameters in ordered(tx)] == [
        (
            "erase_forwarding" if kind == "busy" else "register_forwarding",
            f'{{"kind":"{kind}","msisdn":"{NUMBER}","number":"{to}"}}',
        )
        for kind, to in kinds
    ]


# causes


def f4(tx: Loose, **about: Any) -> Suspending:
    class F4(Suspending):
        code = "F4"

    return F4(context(tx, **about))


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (DAY, None, ("running", "")),
        ("2026-11-24", None, ("planned", "")),
        ("2026-11-22", None, ("running", "")),
        (DAY, "2026-12-01", ("running", "2026-12-01")),
    ],
)
def test_a_cause_runs_from_today_or_is_planned(
    tx: Loose, starts: str, ends: str | None, found: tuple[str, str]
) -> None:
    last = date.fromisoformat(ends) if ends else None
    made = f4(tx).suspend(line(), "loss", extent="all", starts=date.fromisoformat(starts), ends=last, reason="x")
    assert (made.state, made.ends_on, made.starts_on, made.order_id) == (*found, starts, "order")


@pytest.mark.parametrize(
    ("state", "stands", "lifted"),
    [("running", True, "lifted"), ("planned", True, "cancelled"), ("lifted", False, ""), ("cancelled", False, "")],
)
def test_a_cause_that_runs_is_lifted_one_that_is_planned_never_comes(
    tx: Loose, state: str, stands: bool, lifted: str
) -> None:
    tx.put(
        row(Suspension, id="x", subscription_id="s", cause="loss", state=state, order_id="o"),
        row(Suspension, id="y", subscription_id="s", cause="fraud", state="running", order_id="p"),
    )
    one = f4(tx).cause("s", "loss")
    assert (one is not None) is stands
    assert [each.id for each in f4(tx).causes("s")] == (["x", "y"] if state == "running" else ["y"])
    assert (f4(tx).set_by("o") is not None) is (state == "running")
    if one is not None:
        after = f4(tx).lift(one)
        assert (after.state, after.lifted_order_id) == (lifted, "order")
        assert (f4(tx).lifted_by("order") is not None) is (lifted == "lifted")


def test_a_planned_cause_is_its_order_s_when_its_day_comes(tx: Loose) -> None:
    tx.put(row(Suspension, id="x", subscription_id="s", cause="loss", state="planned", order_id="o"))
    begun = f4(tx).begin(tx.one(Suspension, id="x"))
    assert (begun.state, begun.order_id) == ("running", "order")


def test_of_an_order_that_the_network_never_had_nothing_is_set_nor_lifted(tx: Loose) -> None:
    tx.put(
        row(Suspension, id="set", subscription_id="s", cause="loss", state="running", order_id="o"),
        row(
            Suspension, id="was", subscription_id="s", cause="fraud", state="lifted", order_id="p", lifted_order_id="o"
        ),
    )
    again = f4(tx).cancel_suspension("o")
    assert again is not None
    assert (again.id, again.state, again.lifted_order_id) == ("was", "running", None)
    assert tx.one(Suspension, id="set").state == "cancelled"
    assert f4(tx).cancel_suspension("other") is None


# parameters of services


@pytest.mark.parametrize(
    ("has", "value", "rows", "noted"),
    [
        (None, "1", ["1"], [("", "1")]),
        (None, "", [], []),
        ("1", "2", ["2"], [("1", "2")]),
        ("1", "1", ["1"], []),
        ("1", "", [""], [("1", "")]),
        ("", "1", ["1"], [("", "1")]),
    ],
)
def test_a_parameter_is_set_and_what_it_was_is_noted(
    tx: Loose, has: str | None, value: str, rows: list[str], noted: list[tuple[str, str]]
) -> None:
    key = {"subscription_id": "s", "service": "cfu", "name": "forward_to"}
    if has is not None:
        tx.put(row(ServiceParameter, **key, value=has))
    f4(tx).set_parameter("s", "cfu", "forward_to", value)
    assert tx.told(ServiceParameter, "value") == rows
    assert tx.told(ValueChange, "before", "after", field="cfu.forward_to", subject="s") == noted
    assert f4(tx).parameter("s", "cfu", "forward_to") == value
    assert f4(tx).parameter("s", "cfu", "other") == ""


def test_parameters_that_the_network_never_had_are_as_before(tx: Loose) -> None:
    tx.put(
        row(ServiceParameter, subscription_id="s", service="cfu", name="forward_to", value="2"),
        row(ValueChange, id="a", subject="s", field="cfu.forward_to", before="1", order_id="o"),
        row(ValueChange, id="b", subject="s", field="plan", before="x", order_id="o"),
        row(ValueChange, id="c", subject="s", field="cfu.forward_to", before="0", order_id="p"),
    )
    f4(tx).restore_parameters("s", "o")
    assert tx.told(ServiceParameter, "value") == ["1"]
