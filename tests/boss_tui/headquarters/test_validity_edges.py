"""Where headquarters' rules turn of how long a prepaid line lives, and of what a line has of its pieces; and lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import validity
from data.journal import Change
from data.tables.account import BalanceEntry
from data.tables.life import ServiceParameter
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import claim, known, order, told
from tests.boss_tui.headquarters.liar import headquarters, lying, morning, orders, push
from tests.boss_tui.headquarters.test_lies import Alter, values

Found = list[tuple[str, bool]]
WRONG = [("sums", False)]
OF: dict[str, Any] = {"subscription_id": "l", "service": "prepaid", "name": "valid_until"}


def lives(until: str, *amounts: int, was: str = "", revision: int = 1, **entry: Any) -> Found:
    """What is said of a line that lives until a day, with so much that came into its balance."""
    came = [(BalanceEntry, {"id": f"e{n}", "bucket_id": "u", "amount": amount}) for n, amount in enumerate(amounts)]
    if not was:
        return told(validity.judge(known(), claim((ServiceParameter, {**OF, "value": until}), *came, **entry)))
    here = known(row(ServiceParameter, **OF, value=was, revision=revision))
    moved = Change("service_parameter", "change", tuple(OF.values()), 1, {"value": until, "revision": 2})
    return told(validity.judge(here, claim(*came, changed=[moved], **entry)))


@pytest.mark.parametrize(
    ("until", "amounts", "was", "wrong"),
    [
        ("2027-02-21", [5_000], "", []),
        ("2027-02-22", [5_000], "", WRONG),
        ("2026-12-08", [1_000], "", []),
        ("2026-12-09", [1_000], "", WRONG),
        ("2026-11-24", [999], "", WRONG),
        ("2027-05-22", [5_000, 5_000], "", []),  # two payments in one go
        ("2027-05-23", [5_000, 5_000], "", WRONG),
        ("2027-05-02", [5_000], "2027-02-01", []),
        ("2027-05-03", [5_000], "2027-02-01", WRONG),
        ("2027-01-31", [5_000], "2027-02-01", WRONG),
        ("2027-02-01", [], "2027-02-01", []),
        ("2027-02-02", [-5_000], "2027-02-01", WRONG),
        ("2027-02-21", [5_000], "2026-01-01", []),  # it was over
        ("2027-02-22", [5_000], "2026-01-01", WRONG),
    ],
)
def test_a_prepaid_line_lives_for_its_money(until: str, amounts: list[int], was: str, wrong: Found) -> None:
    assert lives(until, *amounts, was=was) == wrong
    if was:
        assert lives(until, *amounts, was=was, revision=2) == []  # told elsewhere


def test_what_is_taken_back_takes_its_time_with_it() -> None:
    assert lives("2026-12-01", was="2027-02-01") == WRONG
    assert lives("2026-12-01", was="2027-02-01", kind="C11.cancellation") == []
    assert lives("2027-02-02", was="2027-02-01", kind="C11.cancellation") == WRONG
    here = known(row(ServiceParameter, **OF, value="2027-02-01", revision=1), row(ProductOrder, id="o0"))
    moved = Change("service_parameter", "change", tuple(OF.values()), 1, {"value": "2026-12-01"})
    assert told(validity.judge(here, claim(order(reverses="o0"), changed=[moved]))) == []


def test_other_parameters_are_no_matter() -> None:
    other = Change("service_parameter", "change", ("l", "forward", "to"), 1, {"value": "x"})
    gone = Change("service_parameter", "change", tuple(OF.values()), 1, {"value": "2099-01-01"})
    added = (ServiceParameter, {**OF, "name": "to", "value": "2099-01-01"})
    assert told(validity.judge(known(), claim(added, changed=[other, gone]))) == []


LIES: dict[str, Alter] = {
    "a line with another card's IMSI": values("subscription", imsi="460009999999999"),
    "a line that is not found by its last digits": values("subscription", tail="0000"),
}


@pytest.mark.parametrize("on_a_stick", [False, True])
@pytest.mark.parametrize("what", LIES)
def test_a_line_is_as_its_pieces_are(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    lie, office = lying(morning(), LIES[what]), headquarters(tmp_path)
    found = push(office, lie, tmp_path if on_a_stick else None)
    assert [(each.reason, each.state) for each in found] == [("form", "open")]
    assert orders(office, lie) == [True, True, False, True]
