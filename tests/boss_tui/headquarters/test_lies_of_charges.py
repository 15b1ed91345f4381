"""An outlet that lets a customer go without what they owe, or have what nobody charges for."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.tables.resource import PhoneNumber
from data.tables.stock import Handset
from tests.boss_tui.headquarters.sly import Sly, made, tell

OWES, LEAVES, GOES, CLOSES = "13957002947", "13957004623", "13957005433", "13957009190"
HAS, CHANGES, CALLS, ROAMS = "13957005028", "13957002137", "13957005838", "13957003352"
HOLDS = "13957000000"
SETTLED = "UPDATE customer_bill SET paid = amount, state = 'settled' WHERE account_id = '{}'"
LATE_FEE = "UPDATE price_rule SET amount = {} WHERE item = 'late_fee'"
MONTHLY = "UPDATE price_rule SET state = '{}' WHERE business = 'C1' AND monthly = 1"
FREE, CHARGED = MONTHLY.format("draft"), MONTHLY.format("published")
WAIVED = "UPDATE credit_rating SET deposit_waived = {} WHERE code = 'C'"
SOLD_ON = "UPDATE handset SET sold_on = '{}' WHERE imei = '{}'"


def day(sly: Sly) -> None:
    at = sly.at
    transfer = at.desk.forms.example("C5")
    early, late, cheap, *_ = [each.imei for each in at.rows(Handset, state="in_stock", order=("imei",))]
    good = next(row.number for row in at.rows(PhoneNumber, state="idle", order=("number",)) if row.grade == "AAAA")
    sly.do("C2", HOLDS, new_number=good)
    for imei in (early, late):
        sly.done(at.desk.forms.begin("C10", {"action": "sell", "imei": imei}))
    sly.do("C7.3", ROAMS, roaming="international", until="2026-12-04")
    sly.next_day("2026-11-30")
    sly.done(at.desk.forms.begin("C10", {"action": "return", "imei": early, "reason": "不想要"}))
    sly.next_day("2026-12-05")
    sly.done(at.desk.forms.begin("C10", {"action": "sell", "imei": cheap}))
    with sly.lie("price", LATE_FEE.format(0), undo=[LATE_FEE.format(3)]):
        sly.done(at.desk.forms.begin("C12", {"who": OWES, "action": "collect"}))
    with sly.lie("price", SETTLED.format(sly.line(LEAVES).account_id)):
        sly.do("C9", LEAVES, action="close")
    with sly.lie("price", SETTLED.format(sly.line(GOES).account_id)):
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(GOES)}))
    with sly.lie("price", f"UPDATE charge_schedule SET amount = 0 WHERE subscription_id = '{sly.line(CLOSES).id}'"):
        sly.do("C9", CLOSES, action="close")
    with sly.lie("price", FREE, undo=[CHARGED]):
        sly.do("C7.4", HAS, subscribe="RBT")
    with sly.lie("price", FREE, undo=[CHARGED]):
        sly.do("C8", CHANGES, plan="P39", starts="now")
    with sly.lie("trust", WAIVED.format(1), undo=[WAIVED.format(0)]):
        sly.do("C7.1", CALLS, long_distance="international")
    dearer = next(each.imei for each in at.rows(Handset, state="in_stock") if each.model == "HS-P50")
    with sly.lie("price", f"UPDATE handset SET model = 'HS-A10' WHERE imei = '{dearer}'"):
        exchange = {"action": "exchange", "imei": cheap, "new_imei": dearer, "reason": "坏了", "faulty": "y"}
        sly.done(at.desk.forms.begin("C10", exchange))
    with sly.lie("price", "UPDATE product SET categories = '' WHERE code = 'PSTU'"):
        sly.done(at.filled(plan="PSTU"))
    with sly.lie("price", "UPDATE agreement SET ends_on = '2026-01-01' WHERE kind = 'number'"):
        sly.do("C2", good, new_number=at.desk.forms.example("C2")["new_number"])
    with sly.lie("reversal", SOLD_ON.format("2026-12-04", late)):
        sly.done(at.desk.forms.begin("C10", {"action": "return", "imei": late, "reason": "不想要"}))


told = made("charges", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_what_is_owed_is_paid_and_what_one_has_is_charged(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
