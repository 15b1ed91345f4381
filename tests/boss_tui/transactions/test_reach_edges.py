"""How far a line reaches: deposits, last days, what one order keeps another from; and services by the day (C7)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.network_elements import SERVICE
from boss_tui.transactions import services
from boss_tui.transactions.reach import ReachCase
from boss_tui.transactions.services import Wanted
from data.errors import NotAllowed
from data.message import say
from data.parameters import INTERNATIONAL_BALANCE, ROAMING_DAYS
from data.tables.account import BalanceBucket, BalanceHold
from data.tables.order import ProductOrder
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, priced, step, told

CALLS, ROAMING = "C7.1", "C7.3"
DISTANCE: Any = BUSINESSES[CALLS]
ROAM: Any = BUSINESSES[ROAMING]


def buckets(deposit: int = 0, prepaid: int = 0) -> Any:
    held = {"deposit": deposit, "prepaid": prepaid}
    return lambda _account, kind: row(BalanceBucket, id=kind, kind=kind, amount=held[kind])


# the last day


@pytest.mark.parametrize(
    ("wanted", "until", "refused"),
    [
        ("international", date(2026, 11, 23), ""),
        ("international", date(2026, 11, 22), "over"),
        ("international", None, "Until which day"),
        ("national", None, ""),
        ("national", date(2026, 12, 1), "Only"),
        ("none", date(2026, 12, 1), "Only"),
    ],
)
def test_international_roaming_has_a_last_day_and_nothing_else_has(
    wanted: str, until: date | None, refused: str
) -> None:
    form = SimpleNamespace(until=until)
    if not refused:
        assert ROAM._last_day(step(), form, wanted) == (until if wanted == "international" else None)
        return
    with pytest.raises(NotAllowed, match=refused):
        ROAM._last_day(step(), form, wanted)


def test_its_last_day_is_within_the_most_days_of_which_today_is_one() -> None:
    days = ROAMING_DAYS.first
    last = date.fromordinal(date(2026, 11, 23).toordinal() + days - 1)
    assert ROAM._last_day(step(), SimpleNamespace(until=last), "international") == last
    after = SimpleNamespace(until=date.fromordinal(last.toordinal() + 1))
    with pytest.raises(NotAllowed, match=f"At most {days} days: {last}"):
        ROAM._last_day(step(), after, "international")


def test_calls_have_no_last_day() -> None:
    assert DISTANCE._last_day(step(), SimpleNamespace(), "international") is None


@pytest.mark.parametrize(
    ("until", "known", "extends"),
    [
        (date(2026, 12, 1), "2026-11-30", True),
        (date(2026, 11, 30), "2026-11-30", False),
        (None, "2026-11-30", False),
        (date(2026, 12, 1), "", False),
    ],
)
def test_only_another_last_day_extends_what_is_on(until: date | None, known: str, extends: bool) -> None:
    run = step(products=parts(parameter=known))
    assert ROAM._extends(run, SimpleNamespace(until=until), line()) is extends
    assert DISTANCE._extends(run, SimpleNamespace(until=until), line()) is False


# what an order touches


@pytest.mark.parametrize(
    ("before", "wanted", "touches", "begins"),
    [
        ("none", "domestic", ("long_distance",), False),
        ("domestic", "international", ("long_distance", "international:long_distance"), True),
        ("international", "international", ("long_distance", "international:long_distance"), False),
        ("international", "domestic", ("long_distance", "international"), False),
    ],
)
def test_two_may_become_international_together_but_none_end_meanwhile(
    before: str, wanted: str, touches: tuple[str, ...], begins: bool
) -> None:
    one = line()
    one.more = change = ReachCase(before, wanted)
    assert DISTANCE.touches(step(), SimpleNamespace(), one) == touches
    assert change.begins is begins


# the deposit


@pytest.mark.parametrize(
    ("asked", "held", "balance", "online", "deposit", "rests"),
    [
        (300, 0, 0, True, 300, ("deposit", 300)),
        (300, 299, 0, True, 1, ("deposit", 300)),
        (300, 300, 0, True, 0, ("deposit", 300)),
        (300, 301, 0, True, 0, ("deposit", 300)),
        (0, 0, 0, True, 0, None),
        (300, 0, INTERNATIONAL_BALANCE.first - 1, True, 300, ("deposit", 300)),
        (300, 0, INTERNATIONAL_BALANCE.first, True, 0, ("prepaid", INTERNATIONAL_BALANCE.first)),
        (300, 0, INTERNATIONAL_BALANCE.first, False, 300, ("deposit", 300)),
        (300, 300, INTERNATIONAL_BALANCE.first, True, 0, ("deposit", 300)),
        (300, 299, INTERNATIONAL_BALANCE.first, True, 0, ("prepaid", INTERNATIONAL_BALANCE.first)),
    ],
)
def test_a_deposit_is_asked_for_as_far_as_neither_one_held_nor_a_balance_stands_for_it(
    asked: int, held: int, balance: int, online: bool, deposit: int, rests: tuple[str, int] | None
) -> None:
    change = ReachCase("domestic", "international")
    run = step(
        about={"online": online},
        accounts=parts(bucket=buckets(held, balance)),
        credit=parts(assess=SimpleNamespace(deposit=asked)),
    )
    DISTANCE._deposit(run, line(), change)
    assert (change.deposit, change.rests) == (deposit, rests)
    assert bool(run.notices) is (rests is not None and rests[0] == "prepaid")


@pytest.mark.parametrize(
    ("wanted", "held", "others", "deposit"),
    [
        ("domestic", 300, False, -300),
        ("domestic", 1, False, -1),
        ("domestic", 0, False, 0),
        ("domestic", 300, True, 0),
        ("international", 300, False, 0),
    ],
)
def test_a_deposit_goes_back_with_the_last_that_is_international(
    wanted: str, held: int, others: bool, deposit: int
) -> None:
    change, mine = ReachCase("international", wanted), line(long_distance="international")
    second = line(id="second", roaming="international" if others else "national").subscription
    run = step(
        accounts=parts(bucket=buckets(held), charged=[mine.subscription, second], resting=[]),
    )
    DISTANCE._deposit(run, mine, change)
    assert change.deposit == deposit


@pytest.mark.parametrize(
    ("mine", "other", "holds", "found"),
    [
        ({"long_distance": "international"}, {}, [], False),
        ({"roaming": "international"}, {}, [], True),
        ({}, {"long_distance": "international"}, [], True),
        ({}, {"roaming": "international"}, [], True),
        ({}, {}, [("line", "long_distance")], False),
        ({}, {}, [("line", "roaming")], True),
        ({}, {}, [("second", "long_distance")], True),
        ({}, {}, [("second", "other")], False),
        ({}, {}, [], False),
    ],
)
def test_what_else_is_international_or_is_to_be(
    mine: dict[str, Any], other: dict[str, Any], holds: list[tuple[str, str]], found: bool
) -> None:
    plain: dict[str, Any] = {"long_distance": "domestic", "roaming": "national"}
    one, second = line(**{**plain, **mine}), line(**{**plain, **other, "id": "second"})

    def resting(key: str) -> list[Any]:
        return [row(BalanceHold, service=service) for whose, service in holds if whose == key]

    run = step(accounts=parts(charged=[one.subscription, second.subscription], resting=resting))
    assert DISTANCE._others(run, one) is found


@pytest.mark.parametrize(
    ("pay_type", "before", "wanted", "field"),
    [
        ("postpaid", "none", "domestic", ""),
        ("postpaid", "domestic", "domestic", "already"),
        ("prepaid", "none", "international", "prepaid"),
        ("postpaid", "domestic", None, ""),
    ],
)
def test_a_reach_changes_to_what_it_is_not_and_may_be(
    pay_type: str, before: str, wanted: str | None, field: str
) -> None:
    one = line(pay_type=pay_type, long_distance=before)
    run = step(
        accounts=parts(bucket=buckets(), charged=[one.subscription], resting=[]),
        products=parts(parameter=""),
    )
    DISTANCE.look(run, SimpleNamespace(long_distance=wanted, until=None), one)
    assert field in told(run).get("long_distance", "")
    assert ("long_distance" in run.errors) is bool(field)
    assert one.more.wanted == (wanted or before)


@pytest.mark.parametrize(
    ("rests", "deposit", "said"),
    [
        (("prepaid", 500), 0, "of the balance stay"),
        (("deposit", 500), 500, "is given back when"),
        (("deposit", 500), 1, "is given back when"),
        (("deposit", 500), 0, ""),
        (None, 0, ""),
        (None, -500, ""),
    ],
)
def test_a_slip_says_what_becomes_of_the_money(rests: tuple[str, int] | None, deposit: int, said: str) -> None:
    one = line()
    one.more = ReachCase("domestic", "international", deposit, rests)
    advice = [str(text) for text in DISTANCE.advice(step(), SimpleNamespace(), one)]
    assert len(advice) == bool(said)
    assert said in "".join(advice)


@pytest.mark.parametrize(("until", "lines"), [(None, 1), (date(2026, 12, 1), 2)])
def test_a_slip_says_until_when_where_it_ends(until: date | None, lines: int) -> None:
    one = line()
    one.more = ReachCase("national", "international", until=until)
    assert len(ROAM.about(step(), SimpleNamespace(), one)) == lines


@pytest.mark.parametrize(("deposit", "lines"), [(1, []), (0, []), (-1, [("deposit", -1)])])
def test_only_a_deposit_that_goes_back_has_a_line_of_its_own(deposit: int, lines: list[tuple[str, int]]) -> None:
    asked: list[int] = []

    def price(what: Any) -> Any:
        asked.append(what.deposit)
        return Quote(lines=())

    one = line()
    one.more = ReachCase("international", "domestic", deposit)
    run = step(tariff=parts(price=price, line=priced), accounts=parts(bucket=row(BalanceBucket, id="b")))
    quote = DISTANCE.price(run, SimpleNamespace(), one)
    assert amounts(quote.lines) == lines
    assert asked == [max(0, deposit)]


@pytest.mark.parametrize(
    ("state", "reach", "due"),
    [
        ("active", "international", True),
        ("suspended", "international", True),
        ("active", "national", False),
        ("terminated", "international", False),
        ("cancelled", "international", False),
    ],
)
def test_a_last_day_ends_only_what_is_still_there(state: str, reach: str, due: bool) -> None:
    told_network: list[Any] = []
    one = line(state=state, roaming=reach)
    run = step(
        products=parts(owned=one.subscription, set_parameter=None),
        network=parts(element_of="HLR01", order=lambda act, *_, **what: told_network.append((act, what))),
        processes=parts(),
    )
    ending = type(ROAM)(ROAM)
    ending.form_of = lambda _order: SimpleNamespace(roaming="national")
    assert ending.due(run, row(ProductOrder, subscription_id="line")) is due
    assert [(act, what["roaming"], what["old_roaming"]) for act, what in told_network] == (
        [("set_roaming", "national", "international")] if due else []
    )


# services


@pytest.mark.parametrize(
    ("ends", "begins", "touched", "left"),
    [
        (("A",), ("B",), {"service:A", "service:B"}, Wanted(("A",), ("B",))),
        (("A",), ("B",), {"service:A"}, Wanted(("A",), ())),
        (("A",), ("B",), {"service:B"}, Wanted((), ("B",))),
        (("A",), ("B",), {"A", "B"}, Wanted()),
    ],
)
def test_only_what_an_order_touches_is_its_own(
    ends: tuple[str, ...], begins: tuple[str, ...], touched: set[str], left: Wanted
) -> None:
    marks = {mark.replace("service:", SERVICE) for mark in touched}
    assert Wanted(ends, begins).among(marks) == left


@pytest.mark.parametrize(("wanted", "any_"), [(Wanted(), False), (Wanted(("A",)), True), (Wanted((), ("B",)), True)])
def test_something_is_wanted_where_anything_ends_or_begins(wanted: Wanted, any_: bool) -> None:
    assert bool(wanted) is any_


@pytest.mark.parametrize(
    ("day", "fee", "rate", "share"),
    [
        ("2026-11-01", 3_000, 5_000, 1_500),
        ("2026-11-30", 3_000, 5_000, 50),
        ("2026-11-30", 3_000, 10_000, 100),
        ("2026-11-16", 3_000, 10_000, 1_500),
        ("2026-11-30", 59, 5_000, 0),
        ("2026-11-30", 60, 5_000, 1),
        ("2026-02-28", 2_800, 10_000, 100),
        ("2028-02-28", 2_900, 10_000, 200),
        ("2026-12-31", 3_100, 10_000, 100),
        ("2026-11-16", 3_000_000, 10_000, 1_500_000),
        ("2026-11-16", 2_999_999, 10_000, 1_499_999),
    ],
)
def test_a_partners_share_is_of_the_days_that_are_left_today_included(
    day: str, fee: int, rate: int, share: int
) -> None:
    owed: list[int] = []
    run = step(
        about={"business_date": day},
        products=parts(product=row(Product, code="S", partner="SP")),
        partners=parts(provider=SimpleNamespace(rate=rate)),
        settlement=parts(owe=lambda *what: owed.append(what[2])),
    )
    services._share(run, "S", [priced("x", fee, resource="S"), priced("x", 77_777, resource="OTHER")])
    assert owed == [share]


def test_nobody_shares_in_what_is_no_partners() -> None:
    run = step(products=parts(product=row(Product, code="S", partner="")))
    services._share(run, "S", [priced("x", 100, resource="S")])  # nothing is looked up nor owed


@pytest.mark.parametrize(
    ("begins", "fee", "said"),
    [
        (True, 0, "X begins today, without a fee."),
        (False, 0, "X ends today."),
        (True, 1, "X begins today: 0.01 yuan a month, this month by days."),
        (False, 1, "X ends today: 0.01 yuan a month less."),
    ],
)
def test_what_begins_or_ends_is_told_with_its_fee(begins: bool, fee: int, said: str) -> None:
    assert str(services._one(begins, say("X"), fee)) == said
