"""C7.3 漫游变更 roaming: none, province, national, international, which is sold with an end date (domain-facts 2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from boss_tui.business.process import Run
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import Day
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.reach import ReachTransaction
from data.message import say
from data.parameters import ROAMING_DAYS

_OFFERED = (7, 15, 30)


class RoamingForm(PasswordForm):
    """The form of C7.3."""

    roaming: Annotated[
        Literal["none", "province", "national", "international"],
        Ask(
            say("Roaming"),
            "choice",
            help=say("none, province, national, international (needs a deposit)."),
            choices="roaming",
            section=say("Roaming"),
            width=14,
        ),
    ]
    until: Annotated[
        Day | None,
        Ask(
            say("Until"),
            "date",
            help=say("International ends after this day by itself. F4 shows some, and the latest."),
            choices="until",
            width=12,
            length=10,
            when="roaming=international",
        ),
    ] = None


class RoamingTransaction(ReachTransaction[RoamingForm]):
    """C7.3 漫游变更."""

    form = RoamingForm
    column = "roaming"
    kinds = ("none", "province", "national", "international")
    prepaid = ("none", "province")
    longest = ROAMING_DAYS
    empty: ClassVar = {
        **ReachTransaction.empty,
        "A4": say("Roaming is agreed between networks, for all numbers alike: no partner is asked for one line."),
        "B2": say("Roaming partners are settled by what is used, not by the right to roam."),
    }

    def choices(self, run: Run, form: RoamingForm, field: str, text: str) -> list[Choice]:
        """Some last days, beside what both share."""
        if field != "until":
            return super().choices(run, form, field, text)
        longest = self.longest.of(run.context.tx)
        last = {
            days: run.context.today + timedelta(days=days - 1)
            for days in sorted({*_OFFERED, longest})
            if days <= longest
        }
        return [Choice(day.isoformat(), say("{n} {n:day|days}", n=days)) for days, day in last.items()]
