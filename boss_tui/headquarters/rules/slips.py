"""Slips that were written by hand and entered later: no older than they may be, by whom there was, and at an earlier
day's prices by a supervisor's word. At the desk: `boss_tui.components.documents.handwritten` (F9, F14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from boss_tui.components.slip_numbers import is_number, known_as
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.people import by_another, gives_word
from boss_tui.sync.effects import Fault
from data.parameters import SLIP_DAYS
from data.tables.organisation import Operator

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What is wrong with the slips of an entry, and with the orders that they were entered as."""
    for slip in told.added.get("handwritten_slip", ()):
        yield from _slip(known, slip)
    for order in told.added.get("product_order", ()):
        yield from _order(known, told, order)


def _slip(known: Known, slip: Row) -> Iterator[Fault]:
    number, written_on, day = slip["number"], slip["written_on"], slip["business_date"]
    what = {"what": f"handwritten_slip {number}", "table": "handwritten_slip"}
    if not is_number(number) or known_as(number) != slip["known_as"] or not _CLOCK.fullmatch(slip["written_at"]):
        yield Fault("form", what)
    last = date.fromisoformat(day)
    young = known.number_stood(
        SLIP_DAYS, "", day, lambda most: (last - timedelta(days=most)).isoformat() <= written_on <= day
    )
    if young != "yes" or date.fromisoformat(written_on).isoformat() != written_on:
        yield Fault("date", what, note=young == "perhaps")
    there = known.stood(Operator, (slip["written_by"],), day, lambda row: row["outlet"] == slip["outlet"])
    if there != "yes":
        yield Fault("staff", {**what, "by": slip["written_by"]}, note=there == "perhaps")


def _order(known: Known, told: Claim, order: Row) -> Iterator[Fault]:
    """Whether the slip that an order names is there, and its prices are the day's or were allowed."""
    slip, by = known.slip_of(told, order["id"]), order["operator"]
    what = {"what": f"{order['business']} {order['hand_slip']}".strip(), "order": order["id"]}
    if order["hand_slip"] and (slip is None or slip["known_as"] != known_as(order["hand_slip"])):
        yield Fault("form", what)
    if slip is None or slip["written_on"] == order["business_date"]:
        return
    approvers = [each for each in order["approved_by"].split(",") if each]
    sure = gives_word(known, by, order["outlet"], order["business_date"], by)
    if sure != "yes" and not by_another(order, approvers):
        yield Fault("approval", what, note=sure == "perhaps")
