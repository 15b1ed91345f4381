"""An order's papers when it is taken back: red-letter ones, what is void, what of several paid in one go (F9)."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.taken import Taken
from data.errors import NotAllowed
from data.tables.document import PaperTax
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row
from tests.boss_tui.components.test_documents_edges import FEE, f9, line, loose, paper, papers, put_off, text

__all__ = ["loose"]


def back(due: int) -> Taken:
    return Taken("", due, due, 0, (Tender("cash", due),) if due else ())


def test_every_paper_of_an_order_is_reversed_a_slip_is_void(loose: Loose) -> None:
    loose.put(
        paper("1", amount=1090, tax=90, drawn_later=1),
        paper("2", kind="receipt", code="R", amount=1090),
        paper("3", kind="slip", code="S"),
        paper("4", number=4, state="red", amount=7),
        paper("5", number=50, order_id="other", amount=9),
        row(PaperTax, document_id="1", rate=900, amount=1090, tax=90),
    )
    made = f9(loose, order_id="next").red_letter("a mistake", back(-1090), "order")
    assert [view.kind for view in made] == ["invoice", "receipt", "refund"]
    assert papers(loose, "id", "state", "reason", order_id="order") == [
        ("1", "red", "a mistake"),
        ("2", "red", "a mistake"),
        ("3", "void", "a mistake"),
        ("4", "red", ""),
    ]
    names = ("kind", "amount", "tax", "reason", "drawn_later", "customer_id", "state")
    assert papers(loose, *names, order_id="next") == [
        ("invoice", -1090, -90, "I-00000001", 1, "c", "normal"),
        ("receipt", -1090, 0, "R-00000001", 0, "c", "normal"),
    ]
    assert loose.told(PaperTax, "rate", "amount", "tax", document_id=made[0].id) == [(900, -1090, -90)]
    assert papers(loose, "state", order_id="other") == ["normal"]


def test_this_order_s_papers_are_meant_where_no_other_is_named(loose: Loose) -> None:
    loose.put(paper("1", amount=1090))
    assert [view.kind for view in f9(loose).red_letter("x", back(0))] == ["invoice"]


def test_an_invoice_of_which_a_part_went_back_is_not_taken_back(loose: Loose) -> None:
    loose.put(paper("1", amount=1090), paper("2", number=9, order_id="part", amount=-90, reason="I-00000001"))
    with pytest.raises(NotAllowed, match="I-00000001 was given back"):
        f9(loose, order_id="next").red_letter("x", back(-1090), "order")


@pytest.mark.parametrize(("due", "receipts"), [(-1, 1), (0, 0), (5, 0)])
def test_of_one_paid_with_others_a_receipt_says_what_is_paid_back(loose: Loose, due: int, receipts: int) -> None:
    loose.put(paper("1", amount=1090), paper("2", kind="receipt", code="R", order_id=None, collection="go", number=77))
    made = f9(loose, order_id="next").red_letter("x", back(due), "order")
    assert [view.kind for view in made] == ["invoice"] + ["receipt", "refund"] * receipts
    if receipts:
        assert papers(loose, "amount", "reason", "customer_id", "order_id", kind="receipt")[1:] == [
            (-1, "R-00000077", "c", "next"),
        ]
        assert "R-00000077" in text(made[1])


@pytest.mark.parametrize("asked", [True, False])
def test_its_tax_goes_back_where_the_receipt_told_it(loose: Loose, asked: bool) -> None:
    if asked:
        put_off(loose, line(FEE, 1090, tax_rate=900))
    loose.put(paper("2", kind="receipt", code="R", order_id=None, collection="go", number=77))
    made, _voucher = f9(loose, order_id="next").red_letter("x", back(-1090), "order")
    assert papers(loose, "tax", id=made.id) == [-90 if asked else 0]
    assert loose.told(PaperTax, "rate", "amount", "tax", document_id=made.id) == [(900, -1090, -90)] * asked
