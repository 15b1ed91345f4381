"""The rows of mobile payments: what an answer changes, what may be booked, what is asked back (F11)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.finance.mobile import book, order_number, paid_for, refund, settle, view
from boss_tui.components.tenders.tenders import standard
from data.errors import NotAllowed
from data.tables.mobile import MobilePayment
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row

STATES = ("asked", "unknown", "paid", "closed", "reversed", "refunded")
FINAL = ("paid", "closed", "reversed", "refunded")
ALLOWED = (
    {("asked", state) for state in STATES if state != "asked"}
    | {("unknown", state) for state in FINAL}
    | {("paid", "reversed")}
)


def payment(**values: Any) -> Any:
    standard = {
        "order_no": "n",
        "kind": "wechat",
        "provider": "wechat",
        "amount": 100,
        "draft_id": "d",
        "state": "paid",
        "transaction_no": "t0",
        "reason": "r0",
        "asked_at": "1",
    }
    return row(MobilePayment, **{**standard, **values})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("now", STATES)
@pytest.mark.parametrize("booked", [0, 1])
def test_an_answer_changes_what_is_not_at_rest_and_no_order_has(tx: Loose, now: str, state: str, booked: int) -> None:
    tx.put(payment(state=now, booked=booked))
    after = settle(tx, tx.one(MobilePayment, order_no="n"), state, "t1", "r1")
    if (now, state) not in ALLOWED or booked:
        assert (after.state, after.transaction_no, after.settled_at) == (now, "t0", "")
        return
    assert (after.state, after.transaction_no, after.reason) == (state, "t1", "r1")
    assert bool(after.settled_at) is (state in FINAL)


def test_what_an_answer_does_not_say_stays(tx: Loose) -> None:
    tx.put(payment(state="asked"))
    after = settle(tx, tx.one(MobilePayment, order_no="n"), "paid")
    assert (after.transaction_no, after.reason) == ("t0", "r0")


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"state": "asked"}, False),
        ({"booked": 1}, False),
        ({"dropped": 1}, False),
        ({"refund_of": "m"}, False),
        ({"draft_id": "e"}, False),
    ],
)
def test_what_was_paid_for_a_form_is_its_tender(tx: Loose, values: dict[str, Any], counts: bool) -> None:
    tx.put(payment(**values), payment(order_no="later", asked_at="2"))
    assert [one.reference for one in paid_for(tx, "d")] == ["n"] * counts + ["later"]
    assert paid_for(tx, "d")[-1] == Tender("wechat", 100, "later")


@pytest.mark.parametrize(
    ("values", "tender", "told"),
    [
        ({}, {}, ""),
        ({}, {"reference": "m"}, "was not asked"),
        ({"kind": "alipay"}, {}, "was not asked"),
        ({"draft_id": "other"}, {}, "was not asked"),
        ({"refund_of": "m"}, {}, "was not asked"),
        ({"state": "asked"}, {}, "can't be booked"),
        ({"booked": 1}, {}, "can't be booked"),
        ({"dropped": 1}, {}, "can't be booked"),
        ({"amount": 99}, {}, "can't be booked"),
        ({"draft_id": "e"}, {}, ""),
    ],
)
def test_a_payment_is_booked_whole_and_once_by_its_form(
    tx: Loose, values: dict[str, Any], tender: dict[str, Any], told: str
) -> None:
    tx.put(payment(**values))
    mine = Tender(**{"kind": "wechat", "amount": 100, "reference": "n", **tender})
    handed = [Tender("cash", 5), Tender("odd", 5), mine]
    if told:
        with pytest.raises(NotAllowed, match=told) as refusal:
            book(tx, handed, standard(), {"d", "e"})
        assert refusal.value.field == "tenders"
        assert tx.told(MobilePayment, "booked") == [values.get("booked", 0)]
        return
    book(tx, handed, standard(), {"d", "e"})
    assert tx.told(MobilePayment, "booked") == [1]


@pytest.mark.parametrize(
    ("tender", "asked"),
    [
        (("wechat", -100, "n"), 1),
        (("wechat", 0, "n"), 0),
        (("wechat", 100, "n"), 0),
        (("cash", -100), 0),
        (("odd", -100), 0),
        (("wechat", -1, "n"), 1),
    ],
)
def test_what_goes_back_by_a_provider_is_asked_of_it(tx: Loose, tender: tuple[Any, ...], asked: int) -> None:
    refund(context(tx, draft_id="d"), [Tender(*tender), Tender("wechat", -7, "m")], standard())
    rows = tx.told(MobilePayment, "kind", "provider", "amount", "refund_of", "booked", "state", "draft_id")
    expected = [(tender[0], "wechat", tender[1], "n", 0, "asked", "d")] * asked
    assert sorted(rows) == sorted([*expected, ("wechat", "wechat", -7, "m", 0, "asked", "d")])
    assert len({*tx.told(MobilePayment, "order_no")}) == asked + 1


def test_our_number_of_a_payment_is_32_hexadecimal_digits(tx: Loose) -> None:
    made = order_number(tx)
    assert len(made) == 32
    assert int(made, 16)
    shown = view(payment())
    assert (shown.order_no, shown.kind, shown.amount, shown.state, shown.reason) == ("n", "wechat", 100, "paid", "r0")
