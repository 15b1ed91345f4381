"""What may be done while headquarters can't be reached: each business has its own rule (catalogue; design 6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from boss_tui.answers import Notice, Reason
from boss_tui.forms import yuan
from boss_tui.process import BUSINESSES, Run
from data.message import Message, say

RULE = "offline"
FORM_DAYS = 30
"""For how long a form that only headquarters can decide is kept, however long the link is away."""


def reasons(run: Run) -> tuple[Reason, ...]:
    """Why the business can't be completed without a link; nothing while there is one."""
    business = BUSINESSES[run.context.business]
    if run.context.online or business.offline == "allowed":
        return ()
    if business.offline == "up_to_amount" and abs(run.quote.due) <= business.offline_limit:
        return ()
    return (Reason(RULE, "no", told(business.code)),)


def kept_until(code: str, now: datetime, *, online: bool) -> datetime | None:
    """Until when a form that is held now is kept, where that is longer than forms are: it waits for headquarters."""
    waits = BUSINESSES[code].offline == "form_only" and not online
    return now + timedelta(days=FORM_DAYS) if waits else None


def told(code: str) -> Message:
    """What the clerk is told of a business without a link, before anything is typed."""
    business = BUSINESSES[code]
    if business.offline == "up_to_amount":
        return say("Without a link: up to {limit} yuan.", limit=yuan(business.offline_limit))
    if business.offline == "form_only":
        return say("Without a link only the form is taken: hold it (F6) until headquarters can decide.")
    return say("This needs headquarters, which can't be reached now.")


def notices(run: Run) -> tuple[Notice, ...]:
    """The same as a notice, shown from the first moment on."""
    business = BUSINESSES[run.context.business]
    if run.context.online or business.offline == "allowed":
        return ()
    return (Notice("notice", told(business.code)),)
