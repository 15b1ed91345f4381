"""What a hall trusts a customer with by a word of its own: by who may, within what headquarters leaves to a hall.

A limit that is lent, a word for a key account, an emergency resume; each is judged by what stood on its day. Source:
management-facts 4; at the hall: `boss_tui.components.credit.hall_credit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from boss_tui.components.credit.credit import NEW_CUSTOMER
from boss_tui.components.credit.hall_credit import DAY_HOURS
from boss_tui.components.customers.categories import RED
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.people import has_right
from boss_tui.sync.effects import Fault
from data.clock import day_after
from data.parameters import (
    EMERGENCY_HOURS,
    EMERGENCY_REST,
    EMERGENCY_STARS,
    HALL_RAISE,
    RAISE_DAYS,
    VOUCH_DAYS,
    VOUCHES,
)
from data.tables.account import CreditRating, CustomerCredit
from data.tables.base import Table
from data.tables.credit import CustomerRating, HallCredit
from data.tables.customer import Category, Customer, CustomerClass, DocumentKind, ListedPerson

TAKEN_BACK = {"state", "withdrawn_by", "withdrawn_for", "revision"}
"""What becomes another of a word that is taken back; nothing else ever does."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's words is beyond a hall."""
    for row in told.added.get("hall_credit", ()):
        yield from _word(known, told, row)
    for change in told.changed.get("hall_credit", ()):
        if not change.values.keys() <= TAKEN_BACK or change.values.get("state") != "withdrawn":
            yield Fault("move", {"what": f"hall_credit {change.key[0]}", "table": "hall_credit"})


def _word(known: Known, told: Claim, row: Row) -> Iterator[Fault]:
    what = {"what": f"{row['kind']} {row['operator']}", "table": "hall_credit"}
    if row["kind"] == "emergency":
        of_order = [each for each in told.added.get("product_order", ()) if each["id"] == row["order_id"]]
        may: Answer = "yes" if [each["business"] for each in of_order] == ["C6"] else "no"
    else:
        may = has_right(known, row["operator"], row["outlet"], f"M8.{row['kind']}", row["business_date"])
    if may != "yes":
        yield Fault("right", what, note=may == "perhaps")
    sure = "no" if _stands_beside(known, row) else the_less_sure([_lasts(known, row), _within(known, row)])
    if sure != "yes":
        yield Fault("trust", what, note=sure == "perhaps")


def _stands_beside(known: Known, row: Row) -> bool:
    """Whether another word of that kind stands for them on one of its days."""
    rows = known.told(HallCredit, customer_id=row["customer_id"], kind=row["kind"], state="active")
    others = [other for other in rows if other["id"] != row["id"]]
    return any(
        other["business_date"] <= row["valid_to"] and row["business_date"] <= other["valid_to"] for other in others
    )


def _lasts(known: Known, row: Row) -> Answer:
    """Whether it lasts no longer than it may."""
    day = row["business_date"]
    days = (date.fromisoformat(row["valid_to"]) - date.fromisoformat(day)).days
    if row["kind"] == "emergency":
        return known.number_stood(EMERGENCY_HOURS, "M8", day, lambda most: 0 <= days <= -(-most // DAY_HOURS))
    lent = RAISE_DAYS if row["kind"] == "raise" else VOUCH_DAYS
    return known.number_stood(lent, "M8", day, lambda most: 0 <= days < most)


def _within(known: Known, row: Row) -> Answer:
    """Whether who is trusted may be, and with so much."""
    customer, day = known.row(Customer, row["customer_id"]), row["business_date"]
    if customer is None:
        return "no"
    if row["kind"] == "emergency":
        return the_less_sure([_has_stars(known, customer, day), _often(known, row)])
    if row["kind"] == "vouch":
        key = of_any(known, Category, may_be_in(known, customer), day, lambda each: bool(each["key_account"]))
        return the_less_sure([key, _often(known, row)])
    return known.number_stood(
        HALL_RAISE, "M8", row["business_date"], lambda value: covers(known, customer, day, row["credit_limit"], value)
    )


def _has_stars(known: Known, customer: Row, day: str) -> Answer:
    """Whether somebody has stars enough for a line that works though it is not paid."""
    ratings = ratings_of(known, customer)

    def have(least: int) -> bool:
        return of_any(known, CreditRating, ratings, day, lambda rating: bool(rating["stars"] >= least)) != "no"

    return known.number_stood(EMERGENCY_STARS, "M8", day, have)


def _often(known: Known, row: Row) -> Answer:
    """Whether a hall gives its word no more often than it may: an emergency resume once in a time, its word for a key
    account so often a month. Of what others gave it may not have heard."""
    day = row["business_date"]
    given = known.told(HallCredit, customer_id=row["customer_id"], kind=row["kind"], state="active")

    def rarely(of: list[Row]) -> Answer:
        if row["kind"] == "vouch":
            times = sum(each["business_date"][:7] == day[:7] for each in of)
            return known.number_stood(VOUCHES, "M8", day, lambda most: times < most)
        latest = max((each["valid_to"] for each in of), default="")
        return known.number_stood(EMERGENCY_REST, "M8", day, lambda rest: not latest or day_after(latest, rest) < day)

    before = [each for each in given if each["id"] != row["id"]]
    own, all_of_them = rarely([each for each in before if each["outlet"] == row["outlet"]]), rarely(before)
    return own if all_of_them == "yes" or own == "no" else "perhaps"


def covers(known: Known, customer: Row, day: str, limit: int, most: int) -> bool:
    """Whether one of the limits that may be a customer's own, taken `most` times (of 10,000), is so high."""
    has = known.row(CustomerCredit, customer["id"])

    def fits(row: Row) -> bool:
        return bool(limit <= row["credit_limit"] * most // 10_000)

    return (
        (has is not None and fits(has))
        or known.stood(CustomerRating, document(customer), day, fits) != "no"
        or of_any(known, CreditRating, ratings_of(known, customer), day, fits) != "no"
        or of_any(known, Category, may_be_in(known, customer), day, fits) != "no"
    )


def ratings_of(known: Known, customer: Row) -> set[str]:
    """Those that a customer may have: as the outlet has them, by what headquarters says, as anybody new."""
    rows = (known.row(CustomerCredit, customer["id"]), known.row(CustomerRating, *document(customer)))
    return {row["rating"] for row in rows if row is not None} or {NEW_CUSTOMER}


def may_be_in(known: Known, customer: Row) -> set[str]:
    """The categories that a customer may be in: as the outlet has them, by their document, by what headquarters says,
    by the red list where they stand on it."""
    key, number = document(customer)
    kind, said = known.row(DocumentKind, key), known.row(CustomerClass, key, number)
    found = {customer["category"]} | {row["category"] for row in (kind, said) if row is not None}
    listed = known.all(ListedPerson, document_kind=key, document_number=number, list=RED)
    return found | {RED} if listed else found


def document(customer: Row) -> tuple[str, str]:
    """What somebody is known by."""
    return customer["document_kind"], customer["document_number"]


def of_any(known: Known, model: type[Table], codes: Iterable[str], day: str, fits: Callable[[Row], bool]) -> Answer:
    """Whether what stood in one of some rows fits; the surest answer."""
    answers = {known.stood(model, (code,), day, fits) for code in codes}
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"
