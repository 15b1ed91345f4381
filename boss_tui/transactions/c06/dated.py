"""What of C6 waits for a day: a stop that is set for it, and the end of one."""

from __future__ import annotations

from datetime import date

from boss_tui.business.process import Run
from boss_tui.components.products.suspending import ERASES
from data.tables.life import Suspension


def schedule(run: Run, cause: Suspension, action: str, day: date) -> None:
    """Have a cause set, or lifted, on a business date."""
    number = run.products.owned(cause.subscription_id).number
    form = {"number": number, "action": action, "cause": cause.cause}
    run.processes.schedule(cause.subscription_id, day, form, touches=touched(cause.cause, action))


def touched(cause: str, action: str | None) -> tuple[str, ...]:
    """What setting or lifting a cause touches of a line (`components.processes.touching`)."""
    erased = ("forwarding",) if action == "suspend" and cause in ERASES else ()
    return (f"stop:{cause}", *erased)
