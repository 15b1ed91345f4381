"""C7.4 value-added services (增值业务变更). Special here is what is on now, what will be, and what that costs."""

from __future__ import annotations

from typing import Any

from boss_tui.answers.business import DraftView
from boss_tui.forms.typed import yuan
from data.message import Message, say
from screens.business import BusinessScreen


class ValueAddedScreen(BusinessScreen):
    """The services of the line; what begins and what ends is marked."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """Each service with its fee (catalogue C7.2, C7.4)."""
        services = draft.facts.get("services")
        if services is None:
            return [(say("The services of the line are shown here, once it is found."), "dim")]
        before = sum(one["fee"] for one in services if one["now"])
        after = sum(one["fee"] for one in services if one["then"])
        lines = [_service(one) for one in services]
        if before or after:
            told = say("These services, a month: {before}, then {after}", before=yuan(before), after=yuan(after))
            lines.append((told, "strong"))
        return lines


def _service(one: dict[str, Any]) -> tuple[Message, str]:
    fee = yuan(one["fee"]) if one["fee"] else say("no fee")
    values = {"code": one["code"], "name": Message.from_json(one["name"]), "fee": fee}
    if one["then"] and not one["now"]:
        return say("+ {code} {name} {fee}", **values), "strong"
    if one["now"] and not one["then"]:
        return say("- {code} {name} {fee}", **values), "strong"
    return say("  {code} {name} {fee}", **values), ""
