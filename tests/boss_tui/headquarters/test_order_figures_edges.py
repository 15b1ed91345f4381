"""Figures that orders and acts make, and slips that were entered later, as headquarters works them out."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.slip_numbers import known_as
from boss_tui.headquarters.rules import figures, slips
from data.journal import Change
from data.parameters import SLIP_DAYS
from data.tables.act import Act
from data.tables.finance import Posting, PostingLine
from data.tables.order import HandwrittenSlip, ProductOrder
from data.tables.organisation import Operator
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, told
from tests.boss_tui.headquarters.test_staff_edges import LEFT_LATER, staff

BEFORE = "2026-11-22"


def figure(measure: str, count: int = 1, amount: int = 0, **key: str) -> Change:
    of = {"day": DAY, "operator": "1001", "business": "C12", **key}
    values = {"count": count, "amount": amount}
    return Change("figure", "increase", ("HZ01", *of.values(), measure), 0, values)


def wrong(*facts: Fact, changed: Any = (), rows: Any = ()) -> str:
    """The measure of the first figure that the entry does not make."""
    found = list(figures.judge(known(*rows), claim(*facts, changed=changed)))
    assert [fault.reason for fault in found] == ["sums"] * len(found)
    return found[0].detail["what"].rsplit(" ", 1)[-1] if found else ""


ONE = figure("accepted", 1, 500)


@pytest.mark.parametrize(
    ("facts", "changed", "measure"),
    [
        ([], [], ""),
        ([order(amount=500)], [ONE], ""),
        ([order(amount=500)], [], "accepted"),
        ([], [ONE], "accepted"),
        ([order(amount=500)], [figure("accepted", 2, 500)], "accepted"),
        ([order(amount=500)], [figure("accepted", 1, 499)], "accepted"),
        ([order(amount=500)], [figure("accepted", 1, 500, day=BEFORE)], "accepted"),
        ([order(amount=500)], [figure("accepted", 1, 500, operator="1002")], "accepted"),
        ([order(amount=500)], [figure("accepted", 1, 500, business="C1")], "accepted"),
        ([order(amount=500)], [figure("accepted", 1, 200), figure("accepted", 0, 300)], ""),
        ([order(amount=500), order(id="o2", amount=200)], [figure("accepted", 2, 700)], ""),
        ([order(amount=500), order(id="o2", amount=200)], [ONE], "accepted"),
        # what takes an order back is none that was accepted
        ([order(amount=-500, reverses="o0")], [], ""),
        ([order(amount=-500, reverses="o0")], [figure("accepted", 1, -500)], "accepted"),
        # with another's word, and entered later
        ([order(amount=500, approved_by="2001")], [ONE, figure("approved", 1, 500)], ""),
        ([order(amount=500, approved_by="2001")], [ONE], "approved"),
        ([order(amount=500)], [ONE, figure("approved", 1, 500)], "approved"),
        ([order(amount=500), (HandwrittenSlip, {"id": "s", "order_id": "o1"})], [ONE], "entered_later"),
        (
            [order(amount=500), (HandwrittenSlip, {"id": "s", "order_id": "o1"})],
            [ONE, figure("entered_later", 1, 500)],
            "",
        ),
        # acts
        ([(Act, {"act": "look", "operator": "1001", "business": "C12", "business_date": DAY})], [figure("look")], ""),
        ([(Act, {"act": "look", "operator": "1001", "business": "C12", "business_date": DAY})], [], "look"),
        (
            [(Act, {"act": "look", "operator": "1001", "business": "C12", "business_date": DAY})],
            [figure("look", 1, 1)],
            "look",
        ),
    ],
)
def test_what_is_counted_of_orders_and_acts_is_what_there_was(
    facts: list[Fact], changed: list[Change], measure: str
) -> None:
    assert wrong(*facts, changed=changed) == measure


def posted(*amounts: int, of: str = "o1") -> list[Fact]:
    lines = [(PostingLine, {"posting_id": "p", "line": at, "amount": fen}) for at, fen in enumerate(amounts)]
    return [(Posting, {"id": "p", "order_id": of}), *lines]


@pytest.mark.parametrize(
    ("facts", "said", "right"),
    [
        ([], figure("cards", 1), True),
        ([], figure("cards", 1, 500), True),
        ([], figure("cards", 1, -500), True),
        ([], figure("cards", 1, 501), False),
        ([], figure("cards", 1, -501), False),
        ([], figure("cards", 0), False),
        ([], figure("cards", -1), False),
        ([], figure("cards", 2), False),
        ([order(id="o2", amount=200)], figure("cards", 2, 700), True),
        ([order(id="o2", amount=200, operator="1002")], figure("cards", 1, operator="1002"), True),
        ([], figure("cards", 1, operator="1002"), False),
        ([], figure("cards", 1, day=BEFORE), False),
        ([], figure("cards", 1, business="C1"), False),
        (posted(900, 100, -1_000), figure("cards", 1, 1_000), True),
        (posted(900, 100, -1_000), figure("cards", 1, 1_001), False),
        (posted(900, 100, -1_000, of="o9"), figure("cards", 1, 501), False),
    ],
)
def test_what_a_business_counts_beside_is_of_its_orders_and_their_money(
    facts: list[Fact], said: Change, right: bool
) -> None:
    orders = [order(amount=500), *facts]
    of = [fact[1] for fact in orders if fact[0] is ProductOrder]
    accepted = [figure("accepted", 1, each["amount"], operator=each["operator"]) for each in of]
    assert wrong(*orders, changed=[*accepted, said]) == ("" if right else "cards")


@pytest.mark.parametrize(("fen", "measure"), [(1, ""), (-1, ""), (2, "cards")])
def test_each_fen_that_an_order_moves_counts(fen: int, measure: str) -> None:
    said = [figure("accepted"), figure("cards", 1, fen)]
    assert wrong(order(amount=0), *posted(1, -1), changed=said) == measure


@pytest.mark.parametrize(
    ("was", "becomes", "said", "measure"),
    [
        ("inProgress", {"state": "cancelled"}, [figure("cancelled", 1, -500)], ""),
        ("inProgress", {"state": "cancelled"}, [figure("cancelled", 1, 500)], "cancelled"),
        ("inProgress", {"state": "cancelled"}, [], "cancelled"),
        ("cancelled", {"state": "cancelled"}, [], ""),
        ("cancelled", {"state": "cancelled"}, [figure("cancelled", 1, -500)], "cancelled"),
        ("inProgress", {"state": "completed"}, [], ""),
        ("inProgress", {"state": "completed"}, [figure("done", 1, 500)], ""),
        ("inProgress", {"state": "completed"}, [figure("done", 2, 500)], "done"),
        ("inProgress", {"approved_by": "2001"}, [figure("cancelled", 1, -500)], "cancelled"),
    ],
)
def test_an_order_that_is_cancelled_is_counted_by_who_does_it(
    was: str, becomes: dict[str, Any], said: list[Change], measure: str
) -> None:
    there = row(ProductOrder, **{**order(amount=500)[1], "operator": "1002", "state": was})
    moved = change("product_order", "o1", **becomes)
    assert wrong(changed=[moved, *said], rows=[there]) == measure
    assert wrong(changed=[moved]) == ""  # what is not here is told elsewhere


def test_an_order_that_is_moved_in_the_entry_that_makes_it_is_counted_once() -> None:
    moved = change("product_order", "o1", state="cancelled")
    assert wrong(order(amount=500), changed=[ONE, moved]) == ""


def test_an_opposite_is_counted_with_no_word_of_its_own() -> None:
    there = row(ProductOrder, id="o0", business="C12", form_json="{}")
    back: dict[str, Any] = {"reverses": "o0", "approved_by": "2001", "amount": -500}
    assert wrong(order(form_json="{}", **back), rows=[there]) == ""
    assert wrong(order(form_json="1", **back), rows=[there]) == "approved"


# slips


def slip(number: str = "SG-17", **values: Any) -> Fact:
    standard = {"written_on": DAY, "written_at": "09:30", "written_by": "1001", "business_date": DAY}
    about = {"id": "s", "outlet": "HZ01", "number": number, "known_as": known_as(number), "order_id": "o1"}
    return HandwrittenSlip, {**about, **standard, **values}


OLDEST = f"2026-10-{23 + 31 - SLIP_DAYS.first:02d}"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"number": ""}, ["form"]),
        ({"known_as": "other"}, ["form"]),
        ({"written_at": "24:00"}, ["form"]),
        ({"written_at": "23:59"}, []),
        ({"written_at": "9:30"}, ["form"]),
        ({"written_at": "19:60"}, ["form"]),
        ({"written_at": "0９:30"}, ["form"]),
        ({"written_on": OLDEST}, []),
        ({"written_on": "2026-10-22"}, ["date"]),
        ({"written_on": "2026-11-24"}, ["date"]),
        ({"written_by": "9999"}, ["staff"]),
        ({"written_by": "2009"}, ["staff"]),
    ],
)
def test_a_slip_is_numbered_timed_young_and_somebody_s(values: dict[str, Any], found: list[str]) -> None:
    far = row(Operator, staff_no="2009", outlet="HZ02", role="clerk", state="active")
    judged = told(slips.judge(known(far, *staff()), claim(slip(**values))))
    assert judged == [(reason, False) for reason in found]


def test_who_may_have_written_it_then_is_noted() -> None:
    assert told(slips.judge(known(*staff(clerk={"outlet": "HZ02", "revision": 2})), claim(slip()))) == [("staff", True)]
    assert told(slips.judge(known(*staff(clerk=LEFT_LATER)), claim(slip()))) == []  # they were of that outlet


@pytest.mark.parametrize(
    ("done", "written", "found"),
    [
        ({"hand_slip": "SG-17"}, {}, []),
        ({"hand_slip": "SG-17"}, None, ["form"]),
        ({"hand_slip": "SG-18"}, {}, ["form"]),
        ({"hand_slip": ""}, {}, []),
        ({"hand_slip": "SG-17"}, {"written_on": BEFORE}, ["approval"]),
        ({"hand_slip": "SG-17", "approved_by": "2001"}, {"written_on": BEFORE}, []),
        ({"hand_slip": "SG-17", "approved_by": "1001"}, {"written_on": BEFORE}, ["approval"]),
        ({"hand_slip": "SG-17", "operator": "2001"}, {"written_on": BEFORE}, []),
        ({"hand_slip": "SG-17"}, {"order_id": "o9"}, ["form"]),
    ],
)
def test_an_order_of_an_earlier_day_s_prices_is_allowed(
    done: dict[str, Any], written: dict[str, Any] | None, found: list[str]
) -> None:
    facts = [order(**done), *([] if written is None else [slip(**written)])]
    assert told(slips.judge(known(*staff()), claim(*facts))) == [(reason, False) for reason in found]


def test_a_slip_that_was_put_down_before_counts_too() -> None:
    there = row(HandwrittenSlip, **{**slip()[1], "order_id": None, "written_on": BEFORE})
    entered = [change("handwritten_slip", "s", order_id="o1")]
    found = slips.judge(known(there, *staff()), claim(order(hand_slip="SG-17"), changed=entered))
    assert told(found) == [("approval", False)]
    later = slips.judge(known(there, *staff(boss=LEFT_LATER)), claim(order(operator="2001"), changed=entered))
    assert told(later) == [("approval", True)]
