"""C7.1 长途类型变更 long-distance type: none, domestic, international; what international needs is in `reach`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from boss_tui.forms.fields import Ask
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.reach import ReachTransaction
from data.message import say


class LongDistanceForm(PasswordForm):
    """The form of C7.1."""

    long_distance: Annotated[
        Literal["none", "domestic", "international"],
        Ask(
            say("Long distance"),
            "choice",
            help=say("none, domestic, international (needs a deposit)."),
            choices="long_distance",
            section=say("Long distance"),
            width=14,
        ),
    ]


class LongDistanceTransaction(ReachTransaction[LongDistanceForm]):
    """C7.1 长途类型变更."""

    form = LongDistanceForm
    column = "long_distance"
    kinds = ("none", "domestic", "international")
    prepaid = ("none", "domestic")
    empty: ClassVar = {
        **ReachTransaction.empty,
        "A4": say("Networks are connected for all numbers alike: no partner is asked for one line."),
        "B2": say("Other networks are settled by the calls that are made, not by the right to make them."),
    }
