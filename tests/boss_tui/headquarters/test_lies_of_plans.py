"""An outlet that begins a plan which binds without its contract, or on other terms than it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boss_tui.headquarters.sly import Sly, made, tell

P88 = ("13957005838", "13957003352", "13957009190", "13957004218")
P58 = ("13957000000", "13957005028", "13957008785", "13957002137")
"""Under no plan's contract, as P128 has one: for twelve months, at 30 %."""
PLAN = "UPDATE product SET {} WHERE code = 'P128'"
BACK = PLAN.format("contract_months = 12, penalty_percent = 30")


def day(sly: Sly) -> None:
    sly.done(sly.at.filled(plan="P128", services=""))
    for terms in ("contract_months = 0", "contract_months = 11", "penalty_percent = 29"):
        view = sly.at.filled(plan="P128", services="")
        with sly.lie("price", PLAN.format(terms), undo=[BACK]):
            sly.done(view)
    back = sly.done(sly.at.filled(plan="P128", services=""))
    sly.at.desk.orders.cancel(back.serial, "客户反悔", "2001", "demo-1234")
    sly.goes_on()
    sly.do("C8", P58[0], plan="P128", starts="now")
    sly.do("C8", P58[0], plan="P39", starts="now")  # for its penalty
    back = sly.do("C8", P58[1], plan="P128", starts="now")
    sly.at.desk.orders.cancel(back.serial, "客户反悔", "2001", "demo-1234")
    sly.goes_on()
    with sly.lie("price", PLAN.format("contract_months = 0"), undo=[BACK]):
        sly.do("C8", P58[2], plan="P128", starts="now")
    with sly.lie("price", PLAN.format("penalty_percent = 0"), undo=[BACK]):
        sly.do("C8", P58[3], plan="P128", starts="now")
    sly.do("C8", P88[0], plan="P128", starts="next")
    sly.do("C8", P88[1], plan="P128", starts="next")
    sly.next_day("2026-12-01")
    assert sly.line(P88[0]).plan == "P128"


told = made("plans", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_a_plan_binds_on_its_terms(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
