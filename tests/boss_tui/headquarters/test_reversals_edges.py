"""What takes an order back, and what is cancelled, as headquarters works it out: each condition alone."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters.rules import reversals
from data.journal import Change
from data.tables.finance import Payment, PaymentTender, PostingLine
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told

BEFORE = "2026-11-22"
NEVER = next(code for code, business in BUSINESSES.items() if business.reversal.until == "never")
FORM = form(amount="5")


def done(business: str = "C12", **values: Any) -> Any:
    """The order that is taken back, as headquarters has it."""
    standard = {"id": "o0", "state": "completed", "business_date": DAY, "amount": 500, "form_json": FORM}
    return row(ProductOrder, business=business, **{**standard, **values})


def paid(order_id: str, *amounts: int, account: str = "1001", bucket: str | None = None, item: str = "") -> list[Fact]:
    """A payment of an order, each amount a tender, with the line that it was posted as."""
    of = f"p-{order_id}"
    facts: list[Fact] = [(Payment, {"id": of, "order_id": order_id, "posting_id": of})]
    for at, amount in enumerate(amounts):
        line = {"account": account, "amount": amount, "bucket_id": bucket, "item": item}
        facts.append((PostingLine, {"posting_id": of, "line": at, **line}))
        facts.append((PaymentTender, {"payment_id": of, "line": at, "kind": "cash", "amount": amount}))
    return facts


def there(*facts: Fact) -> list[Any]:
    """The same as rows that headquarters has."""
    return [row(model, **values) for model, values in facts]


def opposite(**values: Any) -> Fact:
    return order(**{"id": "o1", "reverses": "o0", "amount": -500, "form_json": FORM, **values})


def reasons(rows: list[Any], *facts: Fact, changed: Any = ()) -> list[str]:
    return [reason for reason, _ in told(reversals.judge(known(*rows), claim(*facts, changed=changed)))]


@pytest.mark.parametrize(
    ("of", "back", "found"),
    [
        ({}, {}, []),
        ({"state": "inProgress"}, {}, ["reversal"]),
        ({"reverses": "o9"}, {}, ["reversal"]),
        ({"amount": 501}, {}, ["reversal"]),
        ({"business_date": BEFORE}, {}, ["reversal"]),
        ({"business": NEVER}, {"business": NEVER}, ["reversal"]),
        ({"business": "C99"}, {"business": "C99"}, ["reversal"]),
        ({}, {"reverses": "o8"}, ["dangling"]),
    ],
)
def test_an_opposite_is_of_a_completed_order_in_its_time_and_to_the_fen(
    of: dict[str, Any], back: dict[str, Any], found: list[str]
) -> None:
    rows = [done(**of), *there(*paid("o0", 500))]
    assert reasons(rows, opposite(**back), *paid("o1", -500)) == found


@pytest.mark.parametrize(("until", "found"), [("any", []), ("day", ["reversal"]), ("never", ["reversal"])])
def test_a_business_says_how_long_it_can_be_taken_back(
    monkeypatch: pytest.MonkeyPatch, until: Any, found: list[str]
) -> None:
    here = BUSINESSES["C12"]
    monkeypatch.setattr(type(here), "reversal", replace(here.reversal, until=until))
    rows = [done(business_date=BEFORE), *there(*paid("o0", 500))]
    assert reasons(rows, opposite(), *paid("o1", -500)) == found


@pytest.mark.parametrize(
    ("posted", "found"),
    [
        (paid("o1", -500), []),
        (paid("o1", -300, -200), []),
        (paid("o1", -499), ["reversal"]),
        (paid("o1", -500, account="1002"), ["reversal"]),
        (paid("o1", -500, bucket="b"), ["reversal"]),
        (paid("o1", -500, item="change"), ["reversal"]),
        ([], ["reversal"]),
    ],
)
def test_an_opposite_gives_back_out_of_what_was_paid_into(posted: list[Fact], found: list[str]) -> None:
    assert reasons([done(), *there(*paid("o0", 500))], opposite(), *posted) == found


@pytest.mark.parametrize(
    ("of", "back", "found"),
    [
        ({}, {}, []),
        ({}, {"amount": -501}, ["reversal"]),
        ({}, {"amount": -499}, []),
        ({}, {"amount": 600}, []),
        ({"amount": 0}, {"amount": 0}, []),
        ({"amount": 0}, {"amount": -1}, ["reversal"]),
        ({"amount": -100}, {"amount": 1}, []),
        ({"amount": -100}, {"amount": -1}, ["reversal"]),
        ({}, {"business": "C11"}, ["reversal"]),
        ({"business_date": BEFORE}, {}, []),
        ({"state": "cancelled"}, {}, ["reversal"]),
        ({"reverses": "o9"}, {}, ["reversal"]),
    ],
)
def test_what_puts_an_order_right_pays_out_no_more_than_it_brought(
    of: dict[str, Any], back: dict[str, Any], found: list[str]
) -> None:
    assert reasons([done(**of)], opposite(form_json=form(action="correct"), **back)) == found


def test_an_order_is_taken_back_once_whether_before_or_twice_in_an_entry() -> None:
    rows = [done(amount=0)]
    first, second = (opposite(id=each, serial=each, amount=0) for each in ("o1", "o2"))
    assert reasons(rows, first) == []
    assert reasons(rows, first, second) == ["reversal", "reversal"]
    assert reasons([*rows, row(ProductOrder, id="o2", reverses="o0")], first) == ["reversal"]
    assert reasons([*rows, row(ProductOrder, id="o2", reverses="o7")], first) == []


def test_what_is_taken_back_may_stand_in_the_same_entry() -> None:
    of = order(id="o0", amount=0, form_json=FORM)
    assert reasons([], of, opposite(amount=0)) == []
    assert reasons([], opposite(amount=0), of) == []


@pytest.mark.parametrize(
    ("values", "is_opposite"),
    [
        ({"reverses": ""}, False),
        ({}, True),
        ({"reverses": "gone"}, True),
        ({"business": "C11"}, False),
        ({"form_json": "{}"}, False),
    ],
)
def test_an_opposite_has_the_form_of_what_it_takes_back(values: dict[str, Any], is_opposite: bool) -> None:
    entry = claim(opposite(**values))
    assert reversals.is_opposite(known(done()), entry, entry.added["product_order"][0]) is is_opposite


@pytest.mark.parametrize(
    ("left", "found"), [((), []), ((500,), ["reversal"]), ((500, -500), []), ((-1,), ["reversal"])]
)
def test_what_is_cancelled_gave_all_back(left: tuple[int, ...], found: list[str]) -> None:
    """As it is made, and later; also when more was given back than taken."""
    tenders = paid("o1", *left)
    assert reasons([], order(state="cancelled"), *tenders) == found
    assert reasons([], order(state="completed"), *tenders) == []
    cancelled = [change("product_order", "o1", state="cancelled")]
    assert reasons([done(id="o1"), *there(*tenders)], changed=cancelled) == found
    assert reasons([done(id="o1"), *there(*tenders)], changed=[change("product_order", "o1", state="failed")]) == []


def test_all_is_given_back_in_the_way_in_which_it_was_paid() -> None:
    by_card = (PaymentTender, {"payment_id": "p-o1", "line": 1, "kind": "card", "amount": -500})
    assert reasons([], order(state="cancelled"), *paid("o1", 500), by_card) == ["reversal"]


@pytest.mark.parametrize("column", sorted(reversals.FIXED))
def test_what_an_order_was_asked_for_stays(column: str) -> None:
    changed = [Change("product_order", "change", ("o0",), 1, {column: "x"})]
    assert reasons([done()], changed=changed) == ["move"]
    assert reasons([], changed=changed) == []  # that it is not here is told elsewhere
    assert reasons([done()], changed=[change("product_order", "o0", note="x")]) == []


def test_each_order_of_an_entry_is_looked_at() -> None:
    good, bad = opposite(id="o1", amount=0), opposite(id="o2", serial="S2", reverses="gone")
    assert reasons([done(amount=0)], good, order(id="o3", state="cancelled"), bad) == ["dangling"]
