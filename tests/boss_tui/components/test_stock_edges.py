"""Recharge cards and handsets: which run may be sold, when they are exchanged, what is put back (F5)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.resources.handsets import Handsets
from boss_tui.components.resources.recharge_cards import RechargeCards, last_of
from data.errors import BossError, Conflict, NotAllowed, NotFound
from data.tables.finance import Posting, PostingLine
from data.tables.life import ValueChange
from data.tables.stock import Handset, HandsetBundle, RechargeCard
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row


def card(serial: str, **values: Any) -> Any:
    standard = {"serial": serial, "face_value": 5000, "outlet": "HZ01", "valid_to": "2027-12-31", "state": "idle"}
    return row(RechargeCard, **{**standard, **values})


def cards(tx: Loose, **about: Any) -> RechargeCards:
    return RechargeCards(context(tx, **about))


@pytest.mark.parametrize(
    ("first", "count", "last"), [("0001", 1, "0001"), ("0001", 9, "0009"), ("0099", 3, "0101"), ("9999", 2, "10000")]
)
def test_a_run_s_last_serial_keeps_its_zeros(first: str, count: int, last: str) -> None:
    assert last_of(first, count) == last


@pytest.mark.parametrize(
    ("rows", "count", "told", "field"),
    [
        ({"01": {}, "02": {}, "03": {}}, 3, "", None),
        ({"01": {}, "02": {}, "03": {}}, 2, "", None),
        ({"02": {}, "03": {}}, 2, "not in this outlet's stock", None),
        ({"01": {"outlet": "NB01"}, "02": {}}, 2, "not in this outlet's stock", None),
        ({"01": {}, "03": {}}, 3, "02 is not in stock here", "count"),
        ({"01": {}, "02": {"outlet": "NB01"}, "03": {}}, 3, "02 is not in stock here", "count"),
        ({"01": {}, "02": {}}, 3, "03 is not in stock here", "count"),
        ({"01": {}}, 2, "02 is not in stock", "count"),
        ({"01": {"state": "sold"}}, 1, "Card 01 is sold", None),
        ({"01": {}, "02": {"state": "void"}}, 2, "Card 02 is void", None),
        ({"01": {}, "02": {"face_value": 3000}}, 2, "Card 02 has another face value", "count"),
        ({"01": {"valid_to": DAY}}, 1, "", None),
        ({"01": {}, "02": {"valid_to": "2026-11-22"}}, 2, "Card 02 expired on 2026-11-22", None),
        ({"01": {}, "015": {}, "02": {}}, 2, "", None),
        ({}, 1, "not in this outlet's stock", None),
    ],
)
def test_an_unbroken_run_of_one_value_that_is_here_and_idle_is_sold(
    tx: Loose, rows: dict[str, dict[str, Any]], count: int, told: str, field: str | None
) -> None:
    tx.put(*(card(serial, **values) for serial, values in rows.items()))
    if not told:
        found = cards(tx).run_of("01", count)
        assert [one.serial for one in found] == [f"{n:02}" for n in range(1, count + 1)]
        return
    with pytest.raises(BossError, match=told) as refusal:
        cards(tx).run_of("01", count)
    assert (refusal.value.field or None) == field
    assert isinstance(refusal.value, Conflict) is (" is sold" in told or " is void" in told)


def test_what_may_be_sold_here_is_told_by_value_with_its_first_serial(tx: Loose) -> None:
    tx.put(
        card("03"),
        card("02"),
        card("01", state="sold"),
        card("09", face_value=3000),
        card("00", outlet="NB01"),
        card("05", valid_to="2026-11-22"),
        card("06", valid_to=DAY),
    )
    assert cards(tx).for_sale() == [(3000, "09", 1), (5000, "02", 3)]


def test_a_card_is_found_by_its_serial_or_pin(tx: Loose) -> None:
    tx.put(card("01", pin_check="x"))
    assert (cards(tx).of_pin("x").serial, cards(tx).card("01").serial) == ("01", "01")
    with pytest.raises(NotFound):
        cards(tx).of_pin("y")
    with pytest.raises(NotFound):
        cards(tx).card("02")


@pytest.mark.parametrize(("state", "good"), [("sold", True), ("idle", False), ("used", False), ("locked", False)])
def test_what_is_redeemed_was_sold(tx: Loose, state: str, good: bool) -> None:
    if good:
        cards(tx).must_be_sold(card("01", state=state))
        return
    with pytest.raises(NotAllowed):
        cards(tx).must_be_sold(card("01", state=state))


@pytest.mark.parametrize(("last", "good"), [(DAY, True), ("2026-11-24", True), ("2026-11-22", False)])
def test_what_is_redeemed_is_valid_to_its_last_day(tx: Loose, last: str, good: bool) -> None:
    if good:
        cards(tx).must_be_valid(card("01", valid_to=last))
        return
    with pytest.raises(NotAllowed, match=last):
        cards(tx).must_be_valid(card("01", valid_to=last))


@pytest.mark.parametrize(
    ("last", "good"),
    [("2026-11-28", True), ("2026-11-29", False), (DAY, True), ("2026-08-20", True), ("2026-08-19", False)],
)
def test_a_card_is_exchanged_from_5_days_before_its_end_to_95_after(tx: Loose, last: str, good: bool) -> None:
    if good:
        cards(tx).must_be_near_its_end(card("01", valid_to=last))
        return
    with pytest.raises(NotAllowed, match="from 5 days before its last day"):
        cards(tx).must_be_near_its_end(card("01", valid_to=last))


def test_what_an_order_did_with_cards_is_noted_and_put_back(tx: Loose) -> None:
    tx.put(card("01"), card("02", state="sold", sold_order="sale"), card("03"))
    made = cards(tx)
    made.sell([tx.one(RechargeCard, serial="01")])
    made.use(tx.one(RechargeCard, serial="02"), "it was typed")
    made.put_aside([tx.one(RechargeCard, serial="03")], "locked", "wet")
    names = ("serial", "state", "sold_order", "used_order", "reason")
    assert tx.told(RechargeCard, *names, order=("serial",)) == [
        ("01", "sold", "order", None, ""),
        ("02", "used", "sale", "order", ""),
        ("03", "locked", None, None, "wet"),
    ]
    assert made.used_by("order").serial == "02"
    tx.put(
        row(ValueChange, id="x", subject="s", field="state", before="a", after="b", order_id="order"),
        row(ValueChange, id="y", subject="01", field="fate", order_id="order"),
    )
    assert [one.serial for one in cards(tx, order_id="undo").restore("order")] == ["01", "02", "03"]
    assert tx.told(RechargeCard, *names, order=("serial",)) == [
        ("01", "idle", None, None, ""),
        ("02", "sold", "sale", None, ""),
        ("03", "idle", None, None, ""),
    ]
    assert sorted(tx.told(ValueChange, "subject", "before", "after", order_id="undo")) == [
        ("01", "sold", "idle"),
        ("02", "used", "sold"),
        ("03", "locked", "idle"),
    ]


@pytest.mark.parametrize(("before", "sold_order"), [("idle", None), ("locked", None), ("sold", "sale")])
def test_a_card_that_was_not_sold_before_has_no_sale(tx: Loose, before: str, sold_order: str | None) -> None:
    change = row(ValueChange, id="v", subject="01", field="state", before=before, after="used", order_id="order")
    tx.put(card("01", state="used", sold_order="sale", used_order="order"), change)
    (again,) = cards(tx).restore("order")
    assert (again.state, again.sold_order, again.used_order) == (before, sold_order, None)


def test_a_card_that_changed_since_stays(tx: Loose) -> None:
    tx.put(
        card("01", state="used"),
        row(ValueChange, id="v", subject="01", field="state", before="idle", after="sold", order_id="order"),
    )
    with pytest.raises(NotAllowed, match="01 is used by now"):
        cards(tx).restore("order")


# handsets


def unit(imei: str, **values: Any) -> Any:
    return row(Handset, **{"imei": imei, "model": "M", "outlet": "HZ01", "state": "in_stock", **values})


def handsets(tx: Loose, **about: Any) -> Handsets:
    return Handsets(context(tx, **about))


def test_units_that_may_be_sold_here_model_by_model(tx: Loose) -> None:
    tx.put(unit("3"), unit("1", model="N"), unit("2"), unit("4", state="sold"), unit("5", outlet="NB01"))
    assert [one.imei for one in handsets(tx).in_stock()] == ["2", "3", "1"]
    assert [one.imei for one in handsets(tx).in_stock(1)] == ["2"]
    tx.put(*(unit(f"x{n:02}") for n in range(30)))
    assert len(Handsets(context(tx)).in_stock()) == 30
    assert handsets(tx).unit("1").model == "N"
    with pytest.raises(NotFound):
        handsets(tx).unit("9")


def test_contracts_of_a_model_are_those_of_today(tx: Loose) -> None:
    bundle = {"model": "M", "name_zh": "x"}
    tx.put(
        row(HandsetBundle, code="B", **bundle),
        row(HandsetBundle, code="A", **bundle, valid_to=DAY),
        row(HandsetBundle, code="C", **bundle, valid_to="2026-11-22"),
        row(HandsetBundle, code="D", model="N"),
    )
    assert [one.code for one in handsets(tx).bundles("M")] == ["A", "B"]
    assert handsets(tx).contract("C").code == "C"


@pytest.mark.parametrize("state", ["in_stock", "sold", "returned", "faulty", "scrapped"])
def test_a_unit_goes_back_and_forth_between_states(tx: Loose, state: str) -> None:
    tx.put(unit("1", state=state, sold_order="order", sold_on=DAY, customer_id="c", subscription_id="s"))
    one = handsets(tx)
    if state in ("returned", "faulty"):
        assert one.reverse_return(one.unit("1")).state == "sold"
        assert tx.told(ValueChange, "before", "after") == [(state, "sold")]
    else:
        with pytest.raises(NotAllowed):
            one.reverse_return(one.unit("1"))
    tx.change(one.unit("1"), state=state)
    if state == "sold":
        (again,) = one.reverse_sale("order")
        assert (again.state, again.sold_order, again.sold_on, again.customer_id, again.subscription_id) == (
            "in_stock",
            None,
            "",
            None,
            None,
        )
        assert one.reverse_sale("other") == []
    else:
        with pytest.raises(NotAllowed):
            one.reverse_sale("order")


@pytest.mark.parametrize(("sold_on", "day"), [("", DAY), ("2026-10-01", "2026-10-01")])
def test_a_unit_is_the_customer_s_and_its_warranty_goes_on(tx: Loose, sold_on: str, day: str) -> None:
    tx.put(unit("1", state="sold"))
    given = handsets(tx).hand_over(tx.one(Handset, imei="1"), "c", sold_on)
    assert (given.customer_id, given.sold_order, given.sold_on) == ("c", "order", day)
    back = handsets(tx).come_back(given, "faulty")
    assert back.state == "faulty"
    assert tx.told(ValueChange, "subject", "before", "after") == [("1", "sold", "faulty")]


def test_what_was_paid_for_a_unit_is_what_the_first_one_cost(tx: Loose) -> None:
    tx.put(
        unit("1", sold_order="sale"),
        unit("2", sold_order="exchange"),
        unit("3", sold_order="again"),
        row(ValueChange, id="a", subject="1", field="state", order_id="exchange"),
        row(ValueChange, id="b", subject="2", field="state", order_id="again"),
        row(ValueChange, id="c", subject="2", field="fate", order_id="sale"),
        row(Posting, id="p", order_id="sale"),
        row(Posting, id="q", order_id="other"),
        *(
            row(PostingLine, posting_id=posting, line=n, item=item, amount=fen)
            for posting, n, item, fen in (
                ("p", 1, "handset", -900),
                ("p", 2, "handset", -117),
                ("p", 3, "", 1017),
                ("q", 1, "handset", -5),
            )
        ),
    )
    assert [handsets(tx).sale_of(handsets(tx).unit(imei)) for imei in "123"] == ["sale"] * 3
    assert [handsets(tx).paid_for(handsets(tx).unit(imei)) for imei in "123"] == [1017] * 3
