"""C8 change plan (优惠变更). Special here is the comparison: what each plan would have cost, month by month."""

from __future__ import annotations

from typing import Any

from boss_tui.answers.business import DraftView
from boss_tui.forms.typed import yuan
from data.message import Message, both, say
from screens.business import BusinessScreen


class ChangePlanScreen(BusinessScreen):
    """The plans side by side, the cheapest first; the one in force is marked."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The comparison over the months that are known (catalogue C8)."""
        offers = draft.facts.get("comparison")
        if offers is None:
            return [(say("Once the customer has shown who they are: what each plan would have cost them."), "dim")]
        months = draft.facts["months"]
        if not months:
            return [(say("Nothing is known of what was used yet."), "dim"), *(_fee(offer) for offer in offers)]
        first, last = months[0], months[-1]
        heading = say("What {first} to {last} would have cost:", first=first, last=last)
        return [(heading, "strong"), *(_offer(offer) for offer in offers)]


def _offer(offer: dict[str, Any]) -> tuple[Message, str]:
    values = {
        "plan": _name(offer),
        "total": yuan(offer["total"]),
        "months": " ".join(yuan(fen) for fen in offer["months"]),
    }
    if offer["in_force"]:
        return say("{plan} (now) {total}: {months}", **values), "strong"
    return say("{plan} {total}: {months}", **values), ""


def _fee(offer: dict[str, Any]) -> tuple[Message, str]:
    return say("{plan} {fee} a month", plan=_name(offer), fee=yuan(offer["fee"])), ""


def _name(offer: dict[str, Any]) -> Message:
    return both(offer["name"]["zh_CN"], offer["name"]["en"])
