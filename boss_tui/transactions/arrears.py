"""What arrears keep back, and what follows when they are paid: a line that they had stopped works again (catalogue C6,
domain-facts 6 and 8)."""

from __future__ import annotations

from collections.abc import Iterable

from boss_tui.business.process import Run
from boss_tui.components.credit.credit_control import CreditControl
from boss_tui.components.products.suspending import ARREARS
from boss_tui.components.tenders.dues import Owed
from boss_tui.forms.typed import yuan
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BillingAccount
from data.tables.order import Subscription


def nothing_owed(run: Run, account: BillingAccount, *, overdue: bool = False) -> None:
    """What arrears keep back until they are paid (domain-facts 6): transfer, stopping on request, another way of
    paying, and, once they are `overdue`, another service password. NotAllowed says how much it is."""
    must_be_nothing(one for one in run.billing.owed(account) if one.days or not overdue)


def must_be_nothing(bills: Iterable[Owed]) -> None:
    """NotAllowed where these bills are owed, with how much it is."""
    owed = sum(one.amount for one in bills)
    if owed:
        raise NotAllowed(say("{yuan} yuan of bills are unpaid: collect them first (C12).", yuan=yuan(owed)))


def may_lift(run: Run, subscription: Subscription, cause: str) -> bool:
    """Whether what is paid by now lifts a stop for arrears; by the rules of credit control (M8), as M8 asks."""
    return CreditControl(run.context.but(business="M8", trail=[])).may_lift(subscription, cause)


RESUMES = "C6"


def resume_paid(run: Run, accounts: Iterable[BillingAccount]) -> list[str]:
    """Have every line of these accounts resumed that arrears had stopped, as far as what is paid allows (`may_lift`).

    No other cause of a stop is touched.

    Each becomes an order of C6 of its own, by the dated acts of this business date; answers the numbers. The form that
    it is given: number, action `resume`, the cause.
    """
    resumed = []
    for account in accounts:
        for subscription in run.accounts.charged(account.id):
            if resume_line(run, subscription, run.billing.stopped(subscription.id, ARREARS)):
                resumed.append(subscription.number)
    return list(dict.fromkeys(resumed))


def resume_line(run: Run, subscription: Subscription, causes: Iterable[str]) -> bool:
    """Have a line resumed of these causes, as far as `resume_paid`; whether any is lifted."""
    lifted = [cause for cause in causes if may_lift(run, subscription, cause)]
    for cause in lifted:
        form = {"number": subscription.number, "action": "resume", "cause": cause}
        run.processes.schedule(subscription.id, run.context.today, form, business=RESUMES)
    return bool(lifted)
