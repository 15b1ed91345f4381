"""Each kind of damage is found, by the right invariant and rule, and the row is named."""

from __future__ import annotations

import pytest

from boss_tui.verify import Finding, verify
from data.store import Store
from tests.boss_tui.verify.damages import ALL
from tests.boss_tui.verify.damages.damage import Damage, plant
from tests.boss_tui.verify.damages.documents import DOCUMENTS
from tests.boss_tui.verify.damages.holders import HOLDERS
from tests.boss_tui.verify.damages.journal import JOURNAL, PUBLISHED, UNIQUE
from tests.boss_tui.verify.damages.ledger import BILLS, HELD, LEDGER
from tests.boss_tui.verify.damages.orders import DATED, ORDERS, VERSIONS
from tests.boss_tui.verify.damages.payments import PAYMENTS, TAXES
from tests.boss_tui.verify.damages.subscriptions import PROVIDED, STOPPED
from tests.boss_tui.verify.damages.tills import TILLS
from tests.tiers import some_by_day

pytestmark = pytest.mark.usefixtures("files_may_be_damaged")

ON_POSTGRES = (
    *LEDGER[:6],
    *HELD,
    *BILLS,
    *TAXES,
    *PAYMENTS[1:3],
    TILLS[1],
    TILLS[6],
    JOURNAL[0],
    JOURNAL[2],
    JOURNAL[8],
    JOURNAL[12],
    HOLDERS[0],
    HOLDERS[10],
    HOLDERS[17],
    DOCUMENTS[3],
    DOCUMENTS[7],
    *ORDERS[:3],
    *VERSIONS,
    *DATED,
    *STOPPED,
    *PROVIDED,
    *PUBLISHED[:6],
    *UNIQUE,
)


def named(damage: Damage) -> str:
    return damage.name.replace(" ", "-")


def found(store: Store, *only: str) -> list[Finding]:
    with store.reading() as reading:
        return verify(reading, only=only)


def places(store: Store, *only: str) -> set[tuple[int, str, str, str]]:
    return {(finding.invariant, finding.rule, finding.table, finding.key) for finding in found(store, *only)}


def test_a_hall_that_was_only_worked_in_holds(store: Store) -> None:
    assert found(store) == []


def test_a_hall_on_postgresql_holds(postgres_store: Store) -> None:
    assert found(postgres_store) == []


@pytest.mark.parametrize("damage", ALL, ids=named)
def test_damage_is_found_and_named(store: Store, damage: Damage) -> None:
    key = plant(store, damage)
    assert (damage.invariant, damage.rule, damage.table, key) in places(store, damage.rule)


@pytest.mark.parametrize("damage", some_by_day(ALL, 10), ids=named)
def test_no_rule_stumbles_over_damage(store: Store, damage: Damage) -> None:
    """All of them are asked of a store in which something is damaged: by day of every tenth, at night of each."""
    key = plant(store, damage)
    assert (damage.invariant, damage.rule, damage.table, key) in places(store)


@pytest.mark.parametrize("damage", some_by_day(ON_POSTGRES, 4), ids=named)
def test_damage_is_found_on_postgresql_too(postgres_store: Store, damage: Damage) -> None:
    key = plant(postgres_store, damage)
    assert (damage.invariant, damage.rule, damage.table, key) in places(postgres_store, damage.rule)


def test_each_kind_of_damage_stands_once() -> None:
    assert len({damage.name for damage in ALL}) == len(ALL)
