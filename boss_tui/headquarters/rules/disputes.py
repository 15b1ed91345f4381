"""What a provider gives back is of a month that was in dispute: of a service that the line had, no more than its fee,
once; the partner bears it, and a supervisor enters it.

Source: catalogue C7.5, A4, B2; at the desk: `boss_tui.transactions.c07_5`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.people import gives_word
from boss_tui.headquarters.rules.prices import posted_for
from boss_tui.headquarters.rules.reversals import is_opposite, rows_naming
from boss_tui.sync.effects import Fault
from data.tables.provider import Dispute, ProviderService, ProviderSubscription

GIVEN_BACK, REFUNDED, ASKED = "provider_refund", "refunded", "requested"
"""The charge item of what is given back; the states of a dispute that is, and of one that is not answered."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The disputes of what nobody charged; what is given back of none."""
    day = told.entry.business_date
    for dispute in told.added.get("dispute", ()):
        sure = _was_charged(known, told, dispute, day)
        if sure != "yes":
            what = {"what": f"dispute {dispute['service']} {dispute['month']}", "table": "dispute"}
            yield Fault("sums", what, note=sure == "perhaps")
    answered = [
        (row, change)
        for change in told.changed.get("dispute", ())
        if (row := known.row(Dispute, *change.key)) is not None and change.values.get("state") == REFUNDED
    ]
    for order in told.added.get("product_order", ()):
        if is_opposite(known, told, order):
            continue
        line = order["subscription_id"]
        asked = sum(row["amount"] for row, _ in answered if row["subscription_id"] == line and row["state"] == ASKED)
        back = -posted_for(told, order["id"])[GIVEN_BACK]
        if not back and not asked:
            continue
        borne = -sum(row["amount"] for row in told.of_order("settlement_entry", order["id"]))
        what = {"what": f"{order['business']} {GIVEN_BACK}", "order": order["id"]}
        if not back == asked == borne:
            yield Fault("sums", what)
        approvers = [each for each in (order["operator"], *order["approved_by"].split(",")) if each]
        words = {gives_word(known, each, order["outlet"], order["business_date"], "") for each in approvers}
        if "yes" not in words:
            yield Fault("approval", what, note="perhaps" in words)


def _was_charged(known: Known, told: Claim, dispute: Row, day: str) -> Answer:
    """Whether a line had the service in dispute, at so much a month at least, and disputes that month once. What is
    charged by the piece stands on bills, which headquarters' billing has."""
    line, service = dispute["subscription_id"], dispute["service"]
    had = rows_naming(known, told, ProviderSubscription, "subscription_id", line)
    others = rows_naming(known, told, Dispute, "subscription_id", line)
    of = (service, dispute["month"])
    again = any((row["service"], row["month"]) == of and row["id"] != dispute["id"] for row in others if _stands(row))
    if dispute["state"] != ASKED or dispute["amount"] <= 0 or again or service not in {row["service"] for row in had}:
        return "no"
    return known.stood(
        ProviderService,
        (service,),
        day,
        lambda row: row["rhythm"] != "month" or dispute["amount"] <= row["fee"],
    )


def _stands(dispute: Row) -> bool:
    return bool(dispute["state"] in (ASKED, REFUNDED))
