"""What a receipt says of the money: each amount as it was handed over, and the change once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from boss_tui.answers.business import PaperView, Tender
from boss_tui.forms.typed import yuan
from tests.boss_tui.desk.test_basket import two_forms
from tests.hall import Hall

pytestmark = pytest.mark.light

NAMES = {"cash": "现金", "card": "银行卡", "change": "找零"}


def paid_by(papers: Sequence[PaperView]) -> list[list[str]]:
    """The receipt's lines of money that came and went: what, how much."""
    (receipt,) = [paper for paper in papers if paper.kind == "receipt"]
    cells = [line.split() for line in receipt.preview]
    return [line for line in cells if line and line[0] in NAMES.values()]


def said(what: str, fen: int) -> list[str]:
    """A line as it stands on the paper."""
    return [NAMES[what], yuan(fen)]


@pytest.mark.parametrize("card", [0, 5_000], ids=["cash alone", "card and cash"])
def test_each_amount_stands_as_it_was_handed_over(hall: Hall, card: int) -> None:
    view = hall.filled()
    first = view.quote.due - card - 7_000
    cards = [Tender("card", card, "POS77")] if card else []
    done = hall.desk.orders.complete(view.id, [*cards, Tender("cash", first), Tender("cash", 20_000)])
    handed = [said("card", card)] if card else []
    assert paid_by(done.papers) == [*handed, said("cash", first), said("cash", 20_000), said("change", 13_000)]


def test_so_do_those_of_several_businesses_in_one_go(hall: Hall) -> None:
    due = two_forms(hall)
    done = hall.desk.basket.complete(
        [Tender("card", 5_000, "POS77"), Tender("cash", due - 6_000), Tender("cash", 10_000)]
    )
    assert paid_by(done.papers) == [
        said("card", 5_000),
        said("cash", due - 6_000),
        said("cash", 10_000),
        said("change", 9_000),
    ]
