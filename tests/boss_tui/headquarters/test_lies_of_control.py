"""An outlet that leaves a line stopped though headquarters told it to let it work again, and what it owed is paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.chores.controlling import perform_orders
from data.tables.credit_control import ControlDone
from tests.boss_tui.headquarters.liar import by_hand
from tests.boss_tui.headquarters.sly import Sly, made, tell
from tests.hall import FACTS

PAID, OWES, KEPT = "13957004218", "13957003757", "13957009595"
STOPPED = [
    "INSERT INTO suspension (id, subscription_id, cause, extent, starts_on, ends_on, reason, state, order_id, "
    "revision) SELECT 'stop-' || s.number, s.id, 'arrears_outgoing', 'outgoing', '2026-11-20', '', 'stage', 'running', "
    f"(SELECT min(o.id) FROM product_order o), 1 FROM subscription s WHERE s.number IN ('{PAID}', '{OWES}', '{KEPT}')",
    f"UPDATE subscription SET state = 'suspended' WHERE number IN ('{PAID}', '{OWES}', '{KEPT}')",
    "UPDATE customer_bill SET paid = amount, state = 'settled' WHERE account_id IN "
    f"(SELECT account_id FROM subscription WHERE number = '{KEPT}')",
]
ORDERED = (
    "INSERT INTO control_order (id, run, outlet, subscription_id, number, stage, act, at_stake, occasion, made_on, "
    "any_time, state, revision) SELECT 'resume-' || number, '', outlet, id, number, '', 'resume', 0, '', '2026-11-23', "
    "0, 'active', 1 FROM subscription WHERE number = '{}'"
)
UNPAID = "UPDATE customer_bill SET paid = 0, state = 'sent', due_on = '2026-11-01' WHERE account_id = '{}'"


def day(sly: Sly) -> None:
    by_hand(sly.at.store, *STOPPED)

    def come(number: str) -> str:
        by_hand(sly.at.store, ORDERED.format(number))
        perform_orders(sly.at.store, FACTS.outlet, FACTS.counter)
        sly.goes_on()
        (done,) = sly.at.rows(ControlDone, control_order=f"resume-{number}")
        return str(done.outcome)

    assert come(PAID) == "done"
    assert come(OWES) == "not_needed"
    with sly.lie("trust", UNPAID.format(sly.line(KEPT).account_id)):
        assert come(KEPT) == "not_needed"


told = made("control", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_who_has_paid_works_again(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), *STOPPED, *(ORDERED.format(each) for each in (PAID, OWES, KEPT)), on_a_stick=on_a_stick)
