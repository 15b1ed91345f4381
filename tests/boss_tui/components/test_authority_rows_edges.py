"""What was allowed in advance and what is paid out in a day: who, how much, until when, how often (F7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.answers.hall import Bounds
from boss_tui.components.operators import authorities
from boss_tui.components.operators.operators import Operators
from data.clock import stamp
from data.errors import NotFound
from data.message import say
from data.tables.order import ProductOrder
from data.tables.organisation import Authority, Grant, Operator, RoleRight
from data.tables.sync import AccessLog
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, NOW, context, row

LATE, EARLY = stamp(NOW + timedelta(hours=1)), stamp(NOW - timedelta(hours=1))


@pytest.fixture
def loose(tx: Loose) -> Loose:
    tx.put(
        row(Operator, staff_no="2001", role="supervisor"),
        row(Operator, staff_no="1001", role="clerk"),
        row(Operator, staff_no="2009", role="manager", state="left"),
    )
    return tx


def authority(**values: Any) -> Any:
    standard = {
        "id": "x",
        "outlet": "HZ01",
        "number": 12,
        "kind": "grant",
        "supervisor": "2001",
        "uses_left": 1,
        "valid_until": LATE,
        "state": "active",
    }
    return row(Authority, **{**standard, **values})


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({}, True),
        ({"uses_left": 0}, False),
        ({"uses_left": 2}, True),
        ({"valid_until": EARLY}, False),
        ({"valid_until": stamp(NOW)}, False),
        ({"state": "withdrawn"}, False),
        ({"outlet": "NB01"}, False),
        ({"supervisor": "1001"}, False),
        ({"supervisor": "2009"}, False),
        ({"supervisor": "none"}, False),
    ],
)
def test_an_authority_holds_in_time_while_uses_are_left_and_its_giver_may_give(
    loose: Loose, values: dict[str, Any], holds: bool
) -> None:
    loose.put(authority(**values))
    assert bool(authorities.valid(loose, "HZ01")) is holds
    assert (authorities.standing(context(loose), 0, lambda _: True) is not None) is holds
    loose.change(loose.one(Authority, id="x"), kind="code")
    assert (authorities.code(loose, "HZ01", "12") is not None) is holds


@pytest.mark.parametrize(
    ("kind", "limit", "standing", "code"),
    [("grant", 0, True, False), ("code", 0, False, True), ("grant", 99, False, False), ("grant", 100, True, False)],
)
def test_a_grant_stands_by_itself_and_a_code_by_its_number(
    loose: Loose, kind: str, limit: int, standing: bool, code: bool
) -> None:
    loose.put(authority(kind=kind, amount_limit=limit))
    assert (authorities.standing(context(loose), 100, lambda _: True) is not None) is standing
    assert (authorities.code(loose, "HZ01", "12") is not None) is code
    assert authorities.code(loose, "HZ01", "13") is None


@pytest.mark.parametrize(("before", "number"), [([], 1), ([1], 2), ([12, 3], 13)])
def test_authorities_are_numbered_by_outlet(loose: Loose, before: list[int], number: int) -> None:
    loose.put(*(authority(id=str(n), number=n) for n in before), authority(id="far", outlet="NB01", number=77))
    made = authorities.make(loose, "HZ01", "grant", "2001", Bounds(hours=2, uses=3, amount=5, business="C1"), "hash")
    names = ("number", "kind", "uses_left", "amount_limit", "business", "operator", "secret_hash", "state")
    assert tuple(getattr(made, name) for name in names) == (number, "grant", 3, 5, "C1", "", "hash", "active")
    assert made.valid_until[:16] == stamp(NOW + timedelta(hours=2))[:16]


@pytest.mark.parametrize(("hours", "uses", "amount"), [(1, 1, 0), (14 * 24, 1_000, 1), (2, 999, 10**9)])
def test_bounds_may_be_as_wide_as_is_said(loose: Loose, hours: int, uses: int, amount: int) -> None:
    made = authorities.make(loose, "HZ01", "code", "2001", Bounds(hours=hours, uses=uses, amount=amount))
    assert (made.uses_left, made.amount_limit) == (uses, amount)


@pytest.mark.parametrize(
    ("bits", "digits"),
    [(0, "000000"), (42, "000042"), (999_999, "999999"), (1_000_000, "000000"), (1_234_567, "234567")],
)
def test_a_code_s_secret_has_six_digits(bits: int, digits: str) -> None:
    assert authorities.secret(bits) == digits


@pytest.mark.parametrize(("uses", "left", "state"), [(3, 2, "active"), (2, 1, "active"), (1, 0, "used_up")])
def test_each_use_is_counted_and_on_record(loose: Loose, uses: int, left: int, state: str) -> None:
    loose.put(authority(uses_left=uses, kind="code"))
    used = authorities.use(loose, loose.one(Authority, id="x"), "C12")
    assert (used.uses_left, used.state) == (left, state)
    assert loose.told(AccessLog, "act", "subject", "reason") == [("authority", "HZ01 code 12 C12", "2001")]


def test_one_is_withdrawn_by_its_number(loose: Loose) -> None:
    loose.put(authority(), authority(id="far", outlet="NB01"))
    assert authorities.withdraw(loose, "HZ01", 12).state == "withdrawn"
    assert loose.told(Authority, "state", id="far") == ["active"]
    with pytest.raises(NotFound):
        authorities.withdraw(loose, "HZ01", 13)


# paying out


@pytest.mark.parametrize(
    ("right", "amount", "before", "told"),
    [
        (None, 10**9, 0, ""),
        ({}, 10**9, 10**9, ""),
        ({"refund_limit": 100}, 100, 0, ""),
        ({"refund_limit": 100}, 101, 0, "More than 1.00 yuan paid out at once"),
        ({"refund_day_limit": 100}, 60, 40, ""),
        ({"refund_day_limit": 100}, 61, 40, "0.40 yuan were paid out today"),
        ({"refund_day_limit": 100}, 100, 0, ""),
        ({"refund_day_limit": 100}, 101, 0, "0.00 yuan were paid out today"),
        ({"refund_limit": 100, "refund_day_limit": 50}, 51, 0, "a day needs"),
        ({"role": "manager"}, 10**9, 0, ""),
        ({"refund_limit": 1, "business": "C2"}, 5, 0, ""),
        ({"refund_day_limit": 100}, 1, 100, "1.00 yuan were paid"),
    ],
)
def test_a_role_pays_out_so_much_at_once_and_a_day(
    loose: Loose, right: dict[str, Any] | None, amount: int, before: int, told: str
) -> None:
    if right is not None:
        loose.put(row(RoleRight, **{"role": "clerk", "business": "C1", **right}))
    if before:
        loose.put(row(ProductOrder, id="p", outlet="HZ01", operator="1001", business_date=DAY, amount=-before))
    reasons = Operators(context(loose)).may_pay_out(amount)
    assert [(one.rule, one.verdict) for one in reasons] == [("refund", "override")] * bool(told)
    assert told in "".join(str(one.message) for one in reasons)


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"operator": "1002"}, False),
        ({"outlet": "HZ02"}, False),
        ({"business_date": "2026-11-22"}, False),
        ({"amount": 7}, False),
        ({"amount": 0}, False),
        ({"state": "cancelled"}, False),
        ({"amount": -1}, True),
    ],
)
def test_what_was_paid_out_today_is_this_person_s_and_not_called_off(
    loose: Loose, values: dict[str, Any], counts: bool
) -> None:
    paid = {"outlet": "HZ01", "operator": "1001", "business_date": DAY}
    loose.put(
        row(RoleRight, role="clerk", business="C1", refund_day_limit=1_000),
        row(ProductOrder, **{"id": "p", **paid, "amount": -500, **values}),
        row(ProductOrder, id="q", **paid, amount=-100),
    )
    out = 100 - (values.get("amount", -500) if counts else 0)
    f7 = Operators(context(loose))
    assert f7.may_pay_out(1_000 - out) == []
    assert len(f7.may_pay_out(1_001 - out)) == 1


@pytest.mark.parametrize(
    ("right", "verdicts"),
    [({}, []), ({"amount_limit": 5}, []), ({"approval": "supervised"}, ["override"]), ({"role": "manager"}, ["no"])],
)
def test_a_business_without_money_is_asked_for_nothing_but_the_right(
    loose: Loose, right: dict[str, Any], verdicts: list[str]
) -> None:
    loose.put(row(RoleRight, **{"role": "clerk", "business": "C1", **right}))
    assert [one.verdict for one in Operators(context(loose)).may()] == verdicts


def test_what_a_supervisor_allowed_is_tied_to_the_order(loose: Loose) -> None:
    about = {"shown": "d", "draft_id": "draft"}
    f7 = Operators(context(loose, **about, paid_out="way"))
    f7.grant("fee", "2001", LATE)
    Operators(context(loose, **about)).grant("right", "2001", EARLY, "auth")
    names = ("rule", "supervisor", "shown", "paid_out", "authority", "expires_at", "draft_id", "used_order")
    assert sorted(loose.told(Grant, *names)) == [
        ("fee", "2001", "d", "way", None, LATE, "draft", None),
        ("right", "2001", "d", "", "auth", EARLY, "draft", None),
    ]
    assert f7.granted() == {"fee"}
    assert (f7.use_grants(), f7.use_grants()) == ("2001", "2001")
    assert Operators(context(loose, **about, order_id="other", paid_out="way")).granted() == set()
    assert dict(loose.told(Grant, "rule", "used_order")) == {"fee": "order", "right": None}


@pytest.mark.parametrize(("state", "holds"), [("active", True), ("used_up", True), ("withdrawn", False)])
def test_what_a_code_allowed_holds_unless_it_was_withdrawn(loose: Loose, state: str, holds: bool) -> None:
    loose.put(authority(state=state))
    f7 = Operators(context(loose, shown="d", draft_id="draft"))
    f7.grant("fee", "2001", LATE, "x")
    assert f7.granted() == ({"fee"} if holds else set())


@pytest.mark.parametrize(("role", "asked"), [("clerk", 1), ("supervisor", 0), ("manager", 0)])
def test_a_supervisor_at_work_asks_nobody(loose: Loose, role: str, asked: int) -> None:
    assert len(Operators(context(loose, role=role)).supervised("fee", say("Fee"))) == asked
