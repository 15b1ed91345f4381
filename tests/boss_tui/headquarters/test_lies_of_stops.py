"""An outlet that lets a line work though nothing was paid, or a number be sold before it has rested."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.tables.resource import PhoneNumber
from tests.boss_tui.headquarters.sly import Sly, made, tell

UNPAID, PAID, STARS, STOPPED = "13957003757", "13957009595", "13957007109", "13957000461"
CHANGED, GIVEN_UP = "13957000000", "13957008785"
GRADE = "UPDATE role SET grade = '{}' WHERE code = 'clerk'"
SETTLED = "UPDATE customer_bill SET paid = amount, state = 'settled' WHERE account_id = '{}'"
REST = "UPDATE number_grade SET quarantine_days = {}"


def day(sly: Sly) -> None:
    numbers = iter([row.number for row in sly.at.rows(PhoneNumber, state="idle", grade="N", order=("number",))])
    for number in (UNPAID, PAID, STARS):
        sly.do("C6", number, action="suspend", cause="arrears_all")
    sly.do("C6", STOPPED, action="suspend", cause="fraud", reason="疑似诈骗")
    bills = (
        f"UPDATE customer_bill SET paid = amount, state = 'settled' WHERE account_id = '{sly.line(UNPAID).account_id}'"
    )
    with sly.lie("trust", bills):
        sly.do("C6", UNPAID, action="resume", cause="arrears_all")
    sly.done(sly.at.desk.forms.begin("C12", {"who": PAID, "action": "collect"}))
    assert sly.line(PAID).state == "active"
    with sly.lie("approval", GRADE.format("supervisor"), undo=[GRADE.format("clerk")]):
        sly.do("C6", STOPPED, action="resume", cause="fraud", reason="没事了")
    with sly.lie("trust", "UPDATE credit_rating SET stars = 5"):
        sly.do("C6", STARS, action="resume", cause="arrears_all", emergency="y", reason="家人住院")
    sly.do("C2", GIVEN_UP, new_number=next(numbers))
    with sly.lie("move", REST.format(1), undo=[REST.format(180)]):
        sly.do("C2", CHANGED, new_number=next(numbers))
    with sly.lie("move", f"UPDATE phone_number SET state = 'idle' WHERE number = '{GIVEN_UP}'"):
        sly.done(sly.at.filled(number=GIVEN_UP))


told = made("stops", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_a_stop_is_lifted_and_a_number_free_when_they_are(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
