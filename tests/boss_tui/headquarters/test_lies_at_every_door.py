"""One day in which every opening but the first and the last lies in another way, and after it every lie beside orders,
told to headquarters over the link, over signed files and, each night, to one that stands on PostgreSQL: each lie has
its own reason, the honest ones are booked. By itself each is tried in its own module, some by day, all each night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.office import Office
from boss_tui.verify import verify
from data.clock import SeededClock
from data.store import Store
from tests.boss_tui.headquarters.liar import (
    Body,
    Told,
    behind,
    hall,
    headquarters,
    lying,
    opened,
    orders,
    push,
    row,
    sold,
    undecided,
)
from tests.boss_tui.headquarters.test_decisions import by_http, by_stick
from tests.boss_tui.headquarters.test_lies import AT_HEADQUARTERS
from tests.boss_tui.headquarters.test_lies import LIES as OF_ORDERS
from tests.boss_tui.headquarters.test_lies_of_counts import LIES as OF_COUNTS
from tests.boss_tui.headquarters.test_lies_of_forms import LIES as OF_FORMS
from tests.boss_tui.headquarters.test_lies_of_owed import LIES as OF_OWED
from tests.boss_tui.headquarters.test_lies_of_the_network import ANSWERED
from tests.boss_tui.headquarters.test_lies_of_the_network import LIES as OF_THE_NETWORK
from tests.boss_tui.headquarters.test_lies_without_orders import FROZEN, NO_ACT, POSTED, WORDS
from tests.boss_tui.headquarters.test_of_its_own_people import TOLD
from tests.boss_tui.headquarters.test_unjudged import ODD
from tests.boss_tui.headquarters.test_whose import DATES
from tests.homes import of_this_run
from tests.simulation.honest import OWN, make_headquarters

OPENINGS = (OF_ORDERS, OF_COUNTS, OF_FORMS, OF_OWED, OF_THE_NETWORK, DATES, ODD, TOLD)
"""The lies in an opening: each alters one, and has its reason."""
LIES = [
    lie
    for of in OPENINGS
    for what, lie in of.items()
    if what not in AT_HEADQUARTERS and lie[1] not in ("", "stale")  # what is only stale is booked
]
Behind = tuple[str, dict[str, str], Callable[[Body], list[list[Any]]], str]
"""A lie in an entry of its own: its kind, who told of it, its changes, its reason."""


def _behind(first: Body) -> Iterator[Behind]:
    """The lies beside orders; what answers for the network does so under the serial of the first opening."""
    serial = row(first, "product_order")["serial"]
    for of, reason in ((FROZEN, "foreign"), (NO_ACT, "act"), (POSTED, "act")):
        yield from ((kind, {}, lie, reason) for kind, lie in of.values())
    yield from ((kind, {}, lie, reason) for kind, lie, reason in WORDS.values())
    for kind, entry, lie, reason in ANSWERED.values():
        yield kind, {"operator": "network", "serial": serial, **entry}, lie, reason


@cache
def _day() -> tuple[Told, list[str]]:
    """The day, and the reasons of its lies."""
    at = hall(of_this_run("doors"))
    told = opened(at, len(LIES) + 2)
    at.store.close()
    for nth, (alter, _) in enumerate(LIES, start=1):
        told = lying(told, alter, nth)
    reasons = [reason for _, reason in LIES]
    honest = told[-1]
    for kind, entry, lie, reason in _behind(sold(told)):
        who = {name: honest[name] for name in ("operator", "serial", "kind_version")}
        told = behind(told, kind, lie(sold(told)), **{**who, **entry})
        reasons.append(reason)
    return told, reasons


def stand(office: Office) -> None:
    """Each lie is put aside with its reason, and no honest opening with them."""
    (told, reasons), found = _day(), undecided(office)
    assert [each.reason for each in found] == reasons
    assert {each.state for each in found} == {"open"}
    openings = orders(office, told)[: len(LIES) + 2]
    assert openings == [True, *(False for _ in LIES), True]
    with office.store.reading() as reading:
        assert verify(reading, only=["suspense is the money of open exceptions"]) == []


@pytest.mark.parametrize("door", [by_http, by_stick])
def test_each_lie_is_put_aside_at_every_door(tmp_path: Path, door: Callable[[Office, Told, Path], None]) -> None:
    office = headquarters(tmp_path)
    door(office, _day()[0], tmp_path)
    stand(office)


@pytest.mark.nightly
def test_on_postgresql(postgres_databases: Callable[[], str]) -> None:
    url = postgres_databases()
    make_headquarters(url)
    clock = SeededClock()
    clock.move(hours=3)
    office = Office(Store(url, clock=clock), OWN)
    push(office, _day()[0])
    stand(office)
    office.store.close()
