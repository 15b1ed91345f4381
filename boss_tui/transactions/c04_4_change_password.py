"""C4.4 改产品密码 change product password: by the old one, or reset with the owner's document.

The new one is typed twice, must be hard to guess, is kept as a hash alone, and works at once. The slip says only that
it was changed. Wrong old ones are counted; after five a day the document is needed (catalogue C4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from boss_tui.business.process import Run
from boss_tui.business.vault import Vault
from boss_tui.transactions import secrets
from boss_tui.transactions.arrears import nothing_owed
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line, LineTransaction
from boss_tui.transactions.reasons import NO_PARTNER, NO_SHARE
from data.message import Message, say


class ChangePasswordForm(PasswordForm):
    """The form of C4.4."""

    new_password: secrets.NewPassword
    repeat_password: secrets.RepeatPassword


class ChangePasswordTransaction(LineTransaction[ChangePasswordForm]):
    """C4.4 改产品密码."""

    form = ChangePasswordForm
    identity = "password"
    states = ("active", "suspended", "pendingActive")
    touched = ()
    paid = False
    empty: ClassVar = {
        "F5": say("Number and card stay as they are."),
        "F8": say("A password says nothing of credit."),
        "F10": say("Our own systems ask for the password; the network does not know it."),
        "F11": say("No money moves."),
        "A2": say("Nothing has to be followed up: it is done at once."),
        "A3": say("A password earns no points, and tenure runs on."),
        "A4": NO_PARTNER,
        "B1": say("What is charged stays the same."),
        "B2": NO_SHARE,
    }

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """The old password proves who asks; of the new one only its hash goes on."""
        document = str(values.get("document_number") or "")
        return {**super().protect(values, vault), **secrets.chosen(values, vault, document)}

    def look(self, run: Run, form: ChangePasswordForm, line: Line) -> None:
        """Nothing is overdue (domain-facts 6); the new password was typed twice alike."""
        with run.beside("number"):
            nothing_owed(run, line.account, overdue=True)
        secrets.must_agree(run, form.new_password, form.repeat_password)

    def act(self, run: Run, form: ChangePasswordForm, line: Line) -> None:
        """It works from now on; history knows that it was changed, not what it is."""
        run.products.change_subscription(line.subscription, password_hash=form.new_password)
        run.behaviour.watch(line.customer.id)

    def about(self, run: Run, form: ChangePasswordForm, line: Line) -> tuple[Fact, ...]:
        """That it was changed."""
        return ((say("Password"), "********"),)

    def advice(self, run: Run, form: ChangePasswordForm, line: Line) -> tuple[Message, ...]:
        """Whom to tell it."""
        return (say("The service password was changed. Tell it to nobody; our staff never ask for it."),)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number, reset with its owner's document."""
        _, typed = self.example_line(run)
        return {**typed, "new_password": "274916", "repeat_password": "274916"}
