"""Until when pieces of a block are sold: up to the moment that it says, and no more once it is asked back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from boss_tui.components.resources.leases import must_not_be_over, not_over, sold_at
from data.errors import NotAllowed
from data.tables.resource import PhoneNumber
from data.tables.sync import Lease
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import Rows, context, row

NOW, LATER = "2026-11-23T01:00:00.000000Z", "2026-11-23T01:00:00.000001Z"
SOLD = select(PhoneNumber.table().c.number).where(
    not_over(PhoneNumber.table().c.lease_id, PhoneNumber.table().c.number)
)
BLOCKS = [
    ({"sell_until": NOW}, NOW, True),
    ({"sell_until": NOW}, LATER, False),
    ({"sell_until": LATER, "recalled_at": NOW}, NOW, False),
    ({"sell_until": LATER, "part_first": "1", "part_last": "1", "part_asked_at": NOW}, NOW, False),
    ({"sell_until": LATER, "part_first": "0", "part_last": "0", "part_asked_at": NOW}, NOW, True),
    ({"sell_until": LATER, "part_first": "2", "part_last": "3", "part_asked_at": NOW}, NOW, True),
]


@pytest.mark.parametrize(("block", "moment", "is_sold"), BLOCKS)
def test_a_number_of_a_block_is_found_while_the_block_is_sold(
    tx: Loose, block: dict[str, str], moment: str, is_sold: bool
) -> None:
    """Other blocks are nothing to it, and what came in none has no end."""
    tx.put(row(Lease, id="L", outlet="HZ01", **block), row(Lease, id="M", outlet="HZ01", recalled_at=NOW))
    tx.put(row(PhoneNumber, number="1", lease_id="L"), row(PhoneNumber, number="2", lease_id="M"))
    tx.put(row(PhoneNumber, number="3"))
    assert sorted(number for (number,) in tx.rows(SOLD, sold_at=moment)) == (["1", "3"] if is_sold else ["3"])


@pytest.mark.parametrize(("block", "moment", "is_sold"), BLOCKS)
def test_a_piece_of_a_block_is_sold_as_long_as_it_is_found(block: dict[str, str], moment: str, is_sold: bool) -> None:
    reading: Any = Rows(row(Lease, id="L", **block))
    must_not_be_over(reading, "", "1", moment)
    if is_sold:
        must_not_be_over(reading, "L", "1", moment)
    else:
        with pytest.raises(NotAllowed, match="2026-11-23"):
            must_not_be_over(reading, "L", "1", moment)


def test_of_a_slip_its_day_counts() -> None:
    assert sold_at(context(Rows())).startswith("2026-11-23T01:00:00")
    slip: Any = SimpleNamespace(written_on="2026-11-20")
    assert sold_at(context(Rows(), slip=slip)) == "2026-11-19T16:00:00.000000Z"
