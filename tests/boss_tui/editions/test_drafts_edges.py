"""A draft that is based anew: what of it stands, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.standing import rows_of
from tests.boss_tui.editions.office import CHECKER, MAKER, Desk, end, new_price, price


def stands(office: Desk, edition: str) -> list[tuple[str, str]]:
    with office.store.reading() as reading:
        return [(row.op, row.row_key) for row in rows_of(reading, edition)]


NEW, CHANGED, ENDED = new_price("N1"), price(1500), end("price_rule", "P2")


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        ([], [("add", '["N1"]'), ("change", '["P1"]'), ("end", '["P2"]')]),
        ([end("price_rule", "P2")], [("add", '["N1"]'), ("change", '["P1"]')]),
        ([price(1500)], [("add", '["N1"]'), ("end", '["P2"]')]),
        ([price(1600)], [("add", '["N1"]'), ("change", '["P1"]'), ("end", '["P2"]')]),
        ([new_price("N1", amount=9)], [("change", '["N1"]'), ("change", '["P1"]'), ("end", '["P2"]')]),
        ([new_price("N1")], [("change", '["P1"]'), ("end", '["P2"]')]),
    ],
)
def test_what_stands_already_is_not_said_again(office: Desk, meanwhile: list[RowEdit], left: list[Any]) -> None:
    made = office.drafted(NEW, CHANGED, ENDED)
    if meanwhile:
        office.approved(*meanwhile, by=CHECKER)
    office.act(MAKER, drafts.rebase, made)
    assert stands(office, made) == left


@pytest.mark.parametrize(
    ("theirs", "left"),
    [
        ([(0, "")], [("change", '["P1"]'), ("end", '["P2"]')]),
        ([(1, "")], [("add", '["N1"]'), ("end", '["P2"]')]),
        ([(1, "amount")], [("add", '["N1"]'), ("end", '["P2"]')]),
        ([(1, "name_zh")], [("add", '["N1"]'), ("change", '["P1"]'), ("end", '["P2"]')]),
        ([(2, "")], [("add", '["N1"]'), ("change", '["P1"]')]),
    ],
)
def test_what_is_left_to_the_others_falls_away(office: Desk, theirs: list[tuple[int, str]], left: list[Any]) -> None:
    made = office.drafted(NEW, CHANGED, ENDED)
    office.act(MAKER, drafts.rebase, made, theirs)
    assert stands(office, made) == left


def test_what_was_added_and_ended_meanwhile_is_added(office: Desk) -> None:
    made = office.drafted(NEW)
    office.approved(NEW, by=CHECKER)
    office.approved(end("price_rule", "N1"), by=CHECKER)
    office.act(MAKER, drafts.rebase, made)
    assert stands(office, made) == [("add", '["N1"]')]
