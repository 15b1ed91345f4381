"""An outlet that sells a handset at a contract's price without the contract, or lets one end for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.tables.resource import PhoneNumber
from data.tables.stock import Handset
from tests.boss_tui.headquarters.sly import Sly, made, tell

P88 = ("13957005838", "13957003352", "13957009190", "13957004218")
P128 = ("13957001676", "13957000866", "13957006299")
"""The last ones are under a plan's contract."""
P58 = ("13957000000", "13957005028", "13957008785", "13957002137")
BUNDLE = "UPDATE handset_bundle SET {} WHERE code = 'BD-M30'"
GRADE = "UPDATE number_grade SET contract_months = {} WHERE code = 'AAAA'"
RUNS_OUT = "UPDATE agreement SET ends_on = '2026-01-01' WHERE subscription_id = '{}' AND kind = '{}'"


def day(sly: Sly) -> None:
    units = {each.imei: each.model for each in sly.at.rows(Handset, state="in_stock", order=("imei",))}

    def sold(number: str, model: str = "M30") -> None:
        imei = next(imei for imei in units if units[imei] == f"HS-{model}")
        del units[imei]
        sly.do("C10", number, action="sell", imei=imei, bundle=f"BD-{model}")

    for number in (P88[0], P58[0], P58[1], P58[2]):
        sold(number)
    sold(P88[1], "P50")
    with sly.lie("price", BUNDLE.format("months = 1"), undo=[BUNDLE.format("months = 12")]):
        sold(P88[2])
    with sly.lie("price", BUNDLE.format("penalty_percent = 0"), undo=[BUNDLE.format("penalty_percent = 30")]):
        sold(P88[3])
    sly.do("C10", P88[0], action="end", reason="客户不要了")
    line = sly.line(P58[0]).id
    with sly.lie("price", f"UPDATE agreement SET penalty_percent = 0 WHERE subscription_id = '{line}'"):
        sly.do("C10", P58[0], action="end", reason="客户不要了")
    with sly.lie("price", RUNS_OUT.format(sly.line(P88[1]).id, "handset")):
        sly.do("C8", P88[1], plan="P39", starts="now")
    with sly.lie("price", RUNS_OUT.format(sly.line(P128[0]).id, "plan")):
        sly.do("C8", P128[0], plan="P39", starts="now")
    sly.do("C8", P128[1], plan="P39", starts="now")
    sly.do("C9", P128[2], action="close")
    sly.do("C9", P58[2], action="close")
    fine = [row.number for row in sly.at.rows(PhoneNumber, state="idle", order=("number",)) if row.grade == "AAAA"]
    sly.done(sly.at.filled(number=fine[0]))
    with sly.lie("price", GRADE.format(0), undo=[GRADE.format(24)]):
        sly.done(sly.at.filled(number=fine[1]))
    sly.next_day("2026-12-01")
    with sly.lie("price", RUNS_OUT.format(sly.line(P58[1]).id, "handset")):
        sly.do("C9", P58[1], action="close")


told = made("contracts", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_a_contract_binds_and_its_end_is_paid(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
