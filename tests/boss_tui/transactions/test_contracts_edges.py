"""Where contracts and the running month turn: the last month of a prepayment, the last fen of a penalty, the first day
that a new owner pays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from boss_tui.transactions import contracts
from boss_tui.transactions.c05.month import Settled, bill, settled
from boss_tui.transactions.c05.month import in_words as month_told
from boss_tui.transactions.contracts import HANDSET, PLAN, ending, left_of, penalty_line, penalty_of, share
from data.tables.account import BalanceBucket
from data.tables.life import Agreement, ScheduledAct
from data.tables.stock import HandsetBundle
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, priced, step


def bundle(prepay: int, months: int) -> Any:
    return row(HandsetBundle, code="B", model="P50", name_zh="合约", name_en="Contract", prepay=prepay, months=months)


def agreed(kind: str = HANDSET, **values: Any) -> Any:
    standard = {"product": "B", "subscription_id": "line", "starts_on": "2026-11-01", "ends_on": "2027-10-31"}
    return row(Agreement, kind=kind, **{**standard, **values})


def waiting(month: int, *, business: str = "C10", which: str = "B") -> Any:
    return row(ScheduledAct, business=business, parameters=f'{{"month": {month}, "bundle": "{which}"}}')


@pytest.mark.parametrize(
    ("prepay", "months", "parts_"),
    [(1_000, 3, [333, 333, 334]), (999, 3, [333, 333, 333]), (2, 3, [0, 0, 2]), (500, 1, [500])],
)
def test_each_month_gives_back_an_equal_part_and_the_last_what_is_left(
    prepay: int, months: int, parts_: list[int]
) -> None:
    assert [share(bundle(prepay, months), month) for month in range(1, months + 1)] == parts_


@pytest.mark.parametrize(
    ("acts", "left"),
    [
        ([waiting(1)], 1_000),
        ([waiting(2)], 667),
        ([waiting(3)], 334),
        ([], 0),
        ([waiting(1, business="C8")], 0),
        ([waiting(1, which="OTHER")], 0),
        ([waiting(1, which="OTHER"), waiting(3)], 334),
        ([waiting(1, business="C8"), waiting(2)], 667),
    ],
)
def test_what_is_left_of_a_prepayment_is_the_month_that_waits_and_those_after_it(acts: list[Any], left: int) -> None:
    run = step(processes=parts(waiting=acts), handsets=parts(contract=bundle(1_000, 3)))
    assert left_of(run, agreed()) == left


@pytest.mark.parametrize(("kind", "due"), [(HANDSET, 77), (PLAN, 0), ("number", 0)])
def test_a_handsets_contract_is_priced_by_its_own_rule(kind: str, due: int) -> None:
    asked: list[Any] = []

    def early_end(_agreement: Any, retail: int, left: int) -> int:
        asked.append((retail, left))
        return 77

    run = step(
        processes=parts(waiting=[waiting(2)]),
        tariff=parts(rate=399_900, line=priced),
        handsets=parts(contract=bundle(1_000, 3), early_end=early_end),
    )
    assert penalty_of(run, line(), agreed(kind)) == due  # another kind costs a part of its value, which is 0 here
    assert asked == ([(399_900, 667)] if kind == HANDSET else [])


@pytest.mark.parametrize(
    ("kind", "item"), [(PLAN, "plan_penalty"), (HANDSET, "contract_penalty"), ("number", "contract_penalty")]
)
def test_a_plans_penalty_is_an_item_of_its_own(kind: str, item: str) -> None:
    assert amounts([penalty_line(step(), agreed(kind), 5)]) == [(item, 5)]


@pytest.mark.parametrize(
    ("due", "acts", "lines"),
    [
        (0, [], []),
        (1, [], [("contract_penalty", 1)]),
        (0, [waiting(3)], [("contract_prepay", -334), ("prepayment", 334)]),
        (1, [waiting(3)], [("contract_penalty", 1), ("contract_prepay", -334), ("prepayment", 334)]),
    ],
)
def test_a_contract_ends_for_its_penalty_and_its_rest_goes_into_the_balance(
    due: int, acts: list[Any], lines: list[tuple[str, int]]
) -> None:
    buckets = parts(gift=row(BalanceBucket, id="held"), bucket=row(BalanceBucket, id="balance"))
    run = step(
        processes=parts(waiting=acts),
        tariff=parts(rate=0, line=priced),
        accounts=buckets,
        handsets=parts(contract=bundle(1_000, 3), early_end=due),
    )
    found = ending(run, line(), agreed())
    assert amounts(found) == lines
    assert [one.bucket_id for one in found if one.bucket_id] == (["held", "balance"] if acts else [])


def test_a_plans_contract_has_no_prepayment_to_give_back() -> None:
    run = step(processes=parts(waiting=[waiting(1)]), handsets=parts(contract=bundle(1_000, 3)))
    assert ending(run, line(), agreed(PLAN)) == []


@pytest.mark.parametrize(("kind", "called_off"), [(HANDSET, [{"bundle": "B"}]), (PLAN, [])])
def test_only_a_handsets_contract_has_months_to_call_off(kind: str, called_off: list[Any]) -> None:
    done: list[Any] = []
    unbound: list[Any] = []
    run = step(
        processes=parts(unschedule=lambda *_, **which: done.append(which)),
        products=parts(unbind=lambda *which: unbound.append(which)),
    )
    contracts.end(run, agreed(kind))
    assert (done, unbound) == (called_off, [("line", kind)])


@pytest.mark.parametrize(("kind", "name"), [(HANDSET, "Contract"), (PLAN, "Plan of that name")])
def test_a_contract_is_called_by_its_bundle_or_its_plan(kind: str, name: str) -> None:
    run = step(handsets=parts(contract=bundle(1, 1)), products=parts(name=name))
    assert str(contracts.name_of(run, agreed(kind))) == name


# the month of a transfer


@pytest.mark.parametrize(
    ("today", "choice", "until"),
    [
        (DAY, "day", date(2026, 11, 22)),
        (DAY, "first", date(2026, 10, 31)),
        ("2026-11-01", "day", date(2026, 10, 31)),
        ("2026-11-01", "first", date(2026, 10, 31)),
        ("2026-03-02", "day", date(2026, 3, 1)),
        ("2026-03-02", "first", date(2026, 2, 28)),
        ("2026-01-01", "day", date(2025, 12, 31)),
    ],
)
def test_the_old_owner_pays_until_the_day_before_or_the_month_before(today: str, choice: str, until: date) -> None:
    asked: list[date] = []

    def unbilled(_line: Any, _account: Any, last: date) -> list[Any]:
        asked.append(last)
        return []

    run = step(about={"business_date": today}, billing=parts(unbilled=unbilled, brings=[]))
    month = settled(run, line(), choice)
    assert (asked, month.until, month.due) == ([until], until, 0)
    assert (until.isoformat() in str(month_told(month, choice))) is (choice == "day")


def test_what_is_due_is_the_sum_of_the_lines_that_are_priced_not_of_the_books() -> None:
    month = Settled(date(2026, 11, 22), [], [priced("bill_payment", 30), priced("bill_payment", 12)], [priced("x", 7)])
    assert month.due == 42


@pytest.mark.parametrize("issued", [[], ["part"]])
def test_a_final_bill_is_settled_only_where_there_is_one(issued: list[str]) -> None:
    paid: list[Any] = []
    run = step(
        billing=parts(issue_final=issued, settle=lambda *what: paid.append(what)),
        finance=parts(bill=None, latest_posting="posting"),
    )
    bill(run, line(), Settled(date(2026, 11, 22), [], [], []))
    assert paid == ([(issued, "posting")] if issued else [])
