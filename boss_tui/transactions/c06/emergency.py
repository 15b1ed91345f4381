"""Part of C6: an emergency resume 紧急开机. A line that arrears have stopped works for a time though it is not paid.

By rule (`credit.hall_credit`): from the outgoing or the full stop alone, from four stars on, once in a time, with a
reason and a supervisor's word. Its stops are planned again for the day after: they come by themselves, linked or not,
unless what is owed is paid by then. Source: management-facts 4; domain-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from boss_tui.business.process import Run
from boss_tui.components.credit.hall_credit import HallCrediting
from boss_tui.components.products.suspending import extent_of
from boss_tui.transactions.arrears import may_lift
from boss_tui.transactions.c06.dated import schedule
from boss_tui.transactions.c06.form import SuspendForm
from boss_tui.transactions.lines import Line
from data.errors import NotAllowed
from data.message import say
from data.tables.life import Suspension

FROM = ("arrears_outgoing", "arrears_all")
"""The stops that are lifted so; a number that is kept is not."""


def words_of(run: Run) -> HallCrediting:
    """What halls trust customers with, as M8 asks."""
    return HallCrediting(run.context.but(business="M8", trail=[]))


def lifted(form: SuspendForm, causes: Iterable[Suspension]) -> Suspension | None:
    """A stop that the form lifts, though it names another one: all that arrears have stopped is resumed."""
    return next((each for each in causes if form.cause in FROM and each.cause in FROM), None)


def look(run: Run, form: SuspendForm, line: Line) -> None:
    """Whether the line may be resumed so."""
    with run.beside("emergency"):
        if form.action != "resume" or form.cause not in FROM:
            raise NotAllowed(say("In an emergency a line is resumed that arrears have stopped, outgoing or both ways."))
        if run.billing.stopped(line.subscription.id, ("arrears_kept",)):
            raise NotAllowed(say("The number is kept only: it is not resumed in an emergency."))
        stopped = run.billing.stopped(line.subscription.id, FROM)
        if stopped and all(may_lift(run, line.subscription, cause) for cause in stopped):
            raise NotAllowed(say("Nothing keeps it stopped any more: resume it without."))
        words_of(run).may_resume(line.customer, line.subscription)


def act(run: Run, form: SuspendForm, line: Line, causes: Sequence[Suspension]) -> None:
    """Trust the customer for a time, lift what arrears stop, and plan those stops again for the day after. `causes`: of
    all stops now."""
    trusted = words_of(run).resume(line.customer, line.subscription, form.reason)
    lifted = [each for each in causes if each.cause in FROM]
    for each in lifted:
        run.products.lift(each)
    left = [each for each in causes if each not in lifted]
    run.network.bar(line.subscription, extent_of(causes), extent_of(left))
    after = date.fromisoformat(trusted.valid_to) + timedelta(days=1)
    for each in lifted:
        planned = run.products.suspend(
            line.subscription, each.cause, extent=each.extent, starts=after, ends=None, reason=form.reason
        )
        schedule(run, planned, "suspend", after)
