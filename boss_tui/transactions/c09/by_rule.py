"""C9 as credit control (M8) does it, without anybody at the counter: a line that owes is closed.

The final bill is made and stays owed; contracts and what a balance holds are settled when the owner comes (C12). It is
closed for good on the 1st of next month, and can be undone until then, as any other closing.
"""

from __future__ import annotations

from boss_tui.business.process import Run
from boss_tui.components.billing.final_bills import next_month
from boss_tui.components.products.suspending import extent_of
from boss_tui.transactions.c09.close_account import CAUSE, CLOSES, GIVE_MONTHLY
from boss_tui.transactions.c09.form import FINAL
from boss_tui.transactions.c09.quote import final_bill
from data.tables.order import Subscription


def close(run: Run, line: Subscription) -> None:
    """Bill what is on no bill yet, where nothing else is charged to the account; bar; set the day."""
    account = run.accounts.of(line.account_id)
    if [other.id for other in run.accounts.charged(account.id)] == [line.id]:
        charged = run.billing.unbilled(line, account)
        _, booked = final_bill(run, account, charged)
        run.billing.issue_final(account, line.id, charged)
        run.finance.bill(booked)
    before = run.products.causes(line.id)
    run.products.suspend(line, CAUSE, extent="all", starts=run.context.today, ends=None, reason="")
    run.network.bar(line, extent_of(before), "all")
    for code in GIVE_MONTHLY:
        run.processes.unschedule(line.id, code, CLOSES)
    run.processes.schedule(line.id, next_month(run.context.today), {"number": line.number, "action": FINAL})
