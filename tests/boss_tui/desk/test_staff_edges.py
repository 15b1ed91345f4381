"""Who works here still, whom a search leads to, and what a person is asked to do by hand: rule by rule, in memory."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.desk import by_hand, hits, staff
from boss_tui.desk.station import Operator, Station
from data.errors import SignedOff
from data.tables.order import Subscription
from data.tables.organisation import Operator as OperatorRow
from data.tables.product import Product
from tests.boss_tui.components.rows import Rows, row

HERE: Any = Station("HZ01", "HZ0101")
PERSON = Operator("1001", "王芳", "clerk", "zh_CN")
AS_SIGNED_ON = {"staff_no": "1001", "name": "王芳", "role": "clerk", "state": "active", "outlet": "HZ01"}


@pytest.mark.parametrize(
    ("changes", "name", "role"),
    [
        ({}, "王芳", "clerk"),
        ({"name": "王芬"}, "王芬", "clerk"),
        ({"role": "supervisor"}, "王芳", "supervisor"),
        ({"name": "王芬", "role": "supervisor"}, "王芬", "supervisor"),
    ],
)
def test_who_works_here_is_as_their_row_stands(changes: dict[str, str], name: str, role: str) -> None:
    rows: Any = Rows(row(OperatorRow, **{**AS_SIGNED_ON, **changes}))
    now = staff.present(rows, HERE, PERSON)
    assert (now.name, now.role, now.staff_no) == (name, role, "1001")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": "locked"}, "is locked"),
        ({"state": "left"}, "no more"),
        ({"outlet": "HZ02"}, "no more"),
        ({"staff_no": "1002"}, "no more"),
    ],
)
def test_who_is_locked_gone_or_elsewhere_works_here_no_more(changes: dict[str, str], told: str) -> None:
    rows: Any = Rows(row(OperatorRow, **{**AS_SIGNED_ON, **changes}))
    with pytest.raises(SignedOff, match=told):
        staff.present(rows, HERE, PERSON)


def test_the_two_reasons_for_another_password_are_told_apart() -> None:
    assert "headquarters gave you" in str(staff.change_first("initial"))
    assert "too old" in str(staff.change_first("expired"))


@pytest.mark.parametrize(
    ("state", "leads"),
    [("active", True), ("suspended", True), ("terminated", False), ("cancelled", False)],
)
def test_a_card_leads_to_whom_it_serves_now(state: str, leads: bool) -> None:
    line = row(Subscription, id="a", iccid="8986", customer_id="c", number="13957000000", state=state)
    rows: Any = Rows(line)
    assert hits._of_card(rows, "8986") == ({"customer_id": "c", "number": "13957000000"} if leads else {})
    assert hits._of_card(rows, "8987") == {}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"task": "provider", "what": "bar", "service": "video", "provider": "P1"}, "Bar video at partner P1"),
        ({"task": "provider", "what": "?", "service": "video", "provider": "P1"}, "By hand video at partner P1"),
        ({"task": "barring", "program": "2"}, "Set call barring 2"),
        ({"product": "roam", "on": "off"}, "Switch off Roaming"),
        ({"product": "roam", "on": "on"}, "Switch on Roaming"),
        ({"product": "roam"}, "Switch on Roaming"),
        ({"product": "gone", "on": "off"}, "Switch off gone"),
        ({"act": "never heard of"}, "never heard of"),
    ],
)
def test_what_is_to_be_done_by_hand_is_told_in_words(told: dict[str, Any], words: str) -> None:
    rows: Any = Rows(row(Product, code="roam", name_zh="漫游", name_en="Roaming"))
    assert str(by_hand._what(rows, told)) == words
