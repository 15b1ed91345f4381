"""C7.5 paid services (付费业务变更). Special here is what partners charge the line for, and who ordered it."""

from __future__ import annotations

from typing import Any

from boss_tui.answers.business import DraftView
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.business import BusinessScreen


class PaidServicesScreen(BusinessScreen):
    """The services with their fee, since when, by counter or message."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What the line has first, then what it had (catalogue C7.5)."""
        services = draft.facts.get("paid_services")
        if services is None:
            return [(say("Once the customer has shown who they are: what partners charge for."), "dim")]
        if not services:
            return [(say("The line has nothing of partners."), "dim")]
        now = [one for one in services if one["state"] == "active"]
        past = [one for one in services if one["state"] != "active"]
        return [*(line for one in now for line in _now(one)), *(_past(one) for one in past)]


def _now(one: dict[str, Any]) -> list[tuple[Message, str]]:
    values = {"code": one["code"], "name": Message.from_json(one["name"]), "fee": yuan(one["fee"])}
    by = {"day": one["since"], "provider": Message.from_json(one["provider"])}
    told = say("  {provider}, at the counter {day}", **by)
    if one["told_by"] == "message":
        told = say("  {provider}, by message {day}", **by)
    return [(say("{code} {name} {fee}", **values), "strong"), (told, "")]


def _past(one: dict[str, Any]) -> tuple[Message, str]:
    return say("{code} until {day}", code=one["code"], day=one["until"]), "dim"
