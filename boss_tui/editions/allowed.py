"""Who may do something with an edition: whoever has the right to it in each business of which it has rows."""

from __future__ import annotations

from collections.abc import Iterable

from boss_tui.components.base import Context
from boss_tui.components.operators.operators import Operators
from boss_tui.editions.standing import businesses
from data.tables.edition import Edition


def of_each(context: Context, edition: Edition) -> dict[str, Context]:
    """The same step, as it is one of each business of an edition: what is asked of a business is in its trail."""
    return {code: context.but(business=code) for code in businesses(context.tx, edition)}


def must_manage(steps: Iterable[Context], right: str) -> frozenset[str]:
    """Who has handed this operator the right in any of these businesses; see `Operators.may_manage`.

    NotAllowed: it is lacking in one of them."""
    return frozenset(Operators(step).may_manage(right) for step in steps) - {""}
