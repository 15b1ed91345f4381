"""A sale is judged by what its outlet had read by then, not only by what was published in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.verify import verify
from data.tables.sync import SyncException
from tests.boss_tui.headquarters.test_scoped import HERE, dearer, in_force
from tests.boss_tui.sync.world import journal
from tests.linked_hall import LinkedHall, make_template


@pytest.fixture(scope="module")
def linked_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("linked"))


@pytest.fixture
def linked(linked_made: Path, tmp_path: Path) -> Iterator[LinkedHall]:
    made = LinkedHall.copied(linked_made, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("scope", ["", HERE])
def test_a_sale_between_two_prices_is_noted_and_stands(linked: LinkedHall, scope: str) -> None:
    in_force(linked, "M6", scope, dearer("66"))
    linked.exchange()
    linked.hall.open_account()
    in_force(linked, "M6", scope, dearer("88"))
    linked.exchange()
    assert [(row.reason, row.state) for row in linked.central_rows(SyncException)] == [("price", "noted")]
    assert journal(linked.hall.store, "HZ01") == journal(linked.office.store, "HZ01")
    with linked.office.store.reading() as reading:
        assert verify(reading) == []
