"""An outlet that lets a number go for less than its final bill, or to another operator though it may not leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.chores.porting_out import ACT, PortingOut
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.remote import Caller, simulated_porting
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import Simulated
from data.clock import new_key
from data.journal import Author
from data.tables.life import ScheduledAct
from data.tables.order import ProductOrder
from data.tables.porting import NumberPorting
from data.tables.resource import PhoneNumber
from tests.boss_tui.headquarters.liar import by_hand
from tests.boss_tui.headquarters.sly import Sly, made, tell
from tests.hall import FACTS
from tests.homes import of_this_run

CLOSES, SHORT, GOES, GIVES = "13957008785", "13957004218", "13957005028", "13957002137"
LEAVES, OWES, NEW, BOUND, FAKED = "13957005838", "13957003757", "13957009190", "13957001676", "13957003352"
LOCKED = "13957006704"
USED = (
    "INSERT INTO usage_month (subscription_id, month, kind, quantity, amount) SELECT id, '2026-11', 'voice', 60000, "
    f"1234 FROM subscription WHERE number IN ('{CLOSES}', '{SHORT}', '{GOES}', '{GIVES}')"
)
LOCK = (
    "INSERT INTO number_lock (number, cause, reason, valid_from, valid_to, state, revision) "
    f"VALUES ('{LOCKED}', 'court', '法院冻结', '', '', 'active', 1)"
)
UNUSED = "UPDATE usage_month SET amount = 0 WHERE subscription_id = '{}' AND month = '2026-11'"
SETTLED = "UPDATE customer_bill SET paid = amount, state = 'settled' WHERE account_id = '{}'"
OPENED = "UPDATE subscription SET opened_on = '2026-01-01' WHERE number = '{}'"
RUNS_OUT = "UPDATE agreement SET ends_on = '2026-01-01' WHERE subscription_id = '{}'"


def day(sly: Sly) -> None:
    at = sly.at
    by_hand(at.store, USED)
    transfer = at.desk.forms.example("C5")
    sly.do("C9", CLOSES, action="close")
    with sly.lie("price", UNUSED.format(sly.line(SHORT).id)):
        sly.do("C9", SHORT, action="close")
    sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(GOES)}))
    with sly.lie("price", UNUSED.format(sly.line(GIVES).id)):
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(GIVES)}))
    with sly.lie("move"):  # headquarters has it locked
        sly.do("C9", LOCKED, action="close")
    (home := of_this_run("leaving-services")).mkdir(exist_ok=True)
    with Simulated(home) as running:
        caller = Caller()
        services = Services(home, at.clock, caller)
        at.desk.seat.services = lambda: services
        work = PortingOut(at.store, FACTS.outlet, lambda: services)

        def leaves(number: str) -> None:
            at.desk.porting.ask(number, sly.typed(number)["document_number"])
            running.state.tell(simulated_porting.take_over, number)
            assert work.step()
            sly.goes_on()
            (piece,) = at.rows(PhoneNumber, number=number)
            assert piece.state == "ported"

        leaves(LEAVES)
        at.desk.porting.came_back(LEAVES, FACTS.supervisor, FACTS.password)
        with sly.lie("move", SETTLED.format(sly.line(OWES).account_id)):
            leaves(OWES)
        with sly.lie("move", OPENED.format(NEW)):
            leaves(NEW)
        with sly.lie("move", RUNS_OUT.format(sly.line(BOUND).id)):
            leaves(BOUND)
        caller.close()
    with sly.lie("move"):
        _is_said_to_have_left(sly, FAKED)


def _is_said_to_have_left(sly: Sly, number: str) -> None:
    """Nobody asked for a code, and nobody took the number over."""
    line = sly.line(number)
    (first, *_) = sly.at.rows(ProductOrder, subscription_id=line.id, order=("created_at", "id"))
    common = {"outlet": FACTS.outlet, "subscription_id": line.id}
    with sly.at.store.transaction(Author(FACTS.outlet, ACT, SCHEDULER, business_date="2026-11-23")) as tx:
        way = {"number": number, "state": "left", "left_on": "2026-11-23", "business_date": "2026-11-23"}
        tx.add(NumberPorting, id=new_key(tx.clock), operator=SCHEDULER, made_at=tx.now(), **common, **way)
        act = {"business": "C9", "due_on": "2026-11-23", "follows": 1, "order_id": first.id}
        told = f'{{"action":"ported","number":"{number}"}}'
        tx.add(ScheduledAct, id=new_key(tx.clock), parameters=told, **common, **act)
    sly.goes_on()


told = made("leaving", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_who_leaves_is_billed_and_may_leave(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), USED, LOCK, on_a_stick=on_a_stick)
