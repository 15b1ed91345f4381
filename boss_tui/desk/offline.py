"""What may be done while headquarters can't be reached: each business has its own rule (catalogue; design 6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from boss_tui.answers.business import Notice, Reason
from boss_tui.business.entries import needs_link
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.typed import yuan
from data.message import Message, say
from data.parameters import OFFLINE_FORM_DAYS, OFFLINE_LIMIT
from data.store import Reading

RULE = "offline"


def reasons(run: Run) -> tuple[Reason, ...]:
    """Why the business can't be completed without a link; nothing while there is one."""
    business = BUSINESSES[run.context.business]
    if run.context.online or business.offline == "allowed":
        return ()
    if not needs_link(business.offline, run.quote.due, OFFLINE_LIMIT.of(run.context.tx, business.code)):
        return ()
    return (Reason(RULE, "no", in_words(run.context.tx, business.code)),)


def kept_until(reading: Reading, code: str, *, online: bool) -> datetime | None:
    """Until when a form that is held now is kept, where that is longer than usual: only headquarters can decide it."""
    waits = BUSINESSES[code].offline == "form_only" and not online
    return reading.present() + timedelta(days=OFFLINE_FORM_DAYS.of(reading)) if waits else None


def in_words(reading: Reading, code: str) -> Message:
    """What the clerk is told of a business without a link, before anything is typed."""
    business = BUSINESSES[code]
    if business.offline == "up_to_amount":
        return say("Without a link: up to {limit} yuan.", limit=yuan(OFFLINE_LIMIT.of(reading, code)))
    if business.offline == "form_only":
        return say("Without a link only the form is taken: hold it (F6) until headquarters can decide.")
    return say("This needs headquarters, which can't be reached now.")


def notices(run: Run) -> tuple[Notice, ...]:
    """The same as a notice, shown from the first moment on."""
    business = BUSINESSES[run.context.business]
    if run.context.online or business.offline == "allowed":
        return ()
    return (Notice("notice", in_words(run.context.tx, business.code)),)
