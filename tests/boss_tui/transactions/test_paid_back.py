"""Money that goes back has a refund voucher: for whom, why, of which order, how, in figures and in words, to be signed;
and what binds for months has an agreement of its own."""

from __future__ import annotations

import json

import pytest

from boss_tui.answers.business import Outcome, PaperView, Tender
from data.tables.document import PaperDocument
from data.tables.life import Agreement
from data.tables.order import ProductOrder
from data.tables.sync import PrintJob
from tests.boss_tui.transactions.following import sound
from tests.boss_tui.transactions.test_c09_close_account import begin as closing
from tests.boss_tui.transactions.test_c09_close_account import complete, line_of, typed
from tests.boss_tui.transactions.test_contracts import P50
from tests.hall import FACTS, Hall, numbered


def taken_back(hall: Hall, sold: Outcome) -> Outcome:
    return hall.desk.orders.cancel(sold.serial, "客户不要了", FACTS.supervisor, FACTS.password)


def said(paper: PaperView) -> str:
    return "\n".join(paper.preview)


def vouchers(hall: Hall, order_id: str) -> list[PrintJob]:
    return hall.rows(PrintJob, document_id=order_id)


@pytest.mark.parametrize("tendered", ["cash", "card"])
def test_a_cancelled_order_pays_out_against_a_voucher(hall: Hall, tendered: str) -> None:
    view = hall.filled(prepayment="50")
    sold = hall.desk.orders.complete(view.id, [Tender(tendered, view.quote.due, "" if tendered == "cash" else "POS77")])
    back = taken_back(hall, sold)
    (voucher,) = [paper for paper in back.papers if paper.kind == "refund"]
    told = said(voucher)
    for part in ("退  款  凭  证", sold.serial, "客户不要了", "客户签名", "经办人签字", "值班长签字"):
        assert part in told, told
    assert f"{-back.due / 100:,.2f}" in told
    assert ("现金" in told) == (tendered == "cash")
    assert ("POS77" in told) == (tendered == "card")
    (job,) = vouchers(hall, sold.order_id)
    assert json.loads(job.source)["kind"] == "cash"
    assert "drawer" not in job.source  # the red-letter receipt opens it, where cash goes out
    assert hall.desk.lookups.papers(sold.serial)[-1] == voucher
    copy = hall.desk.papers.reprint(voucher.id, "customer lost it")
    assert "补打" in said(copy)
    assert "退  款  凭  证" in said(copy)
    assert sound(hall)


def test_what_pays_nothing_out_has_none(hall: Hall) -> None:
    sold = hall.open_account()
    assert vouchers(hall, sold.order_id) == []
    assert "refund" not in [paper.kind for paper in hall.desk.lookups.papers(sold.serial)]


def test_a_handset_with_its_contract_is_sold_with_an_agreement(hall: Hall) -> None:
    line = line_of(hall, plan="P88")
    view = hall.desk.forms.begin("C10", {"imei": P50, "bundle": "BD-P50", **typed(hall, line)})
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    done = hall.desk.orders.complete(view.id, [numbered("card", view.quote.due, view)])
    (bound,) = hall.rows(Agreement, order_id=done.order_id)
    agreements = [paper for paper in done.papers if paper.kind == "contract"]
    (told,) = map(said, agreements)
    for part in (
        "业  务  协  议",
        str(bound.months),
        bound.starts_on,
        bound.ends_on,
        f"{bound.penalty_percent}",
        "1. ",
    ):
        assert part in told, told
    (row,) = hall.rows(PaperDocument, order_id=done.order_id, kind="contract")
    assert row.state == "normal"
    taken_back(hall, done)
    (row,) = hall.rows(PaperDocument, order_id=done.order_id, kind="contract")
    assert row.state == "void"
    assert sound(hall)


def test_a_closing_pays_out_against_a_voucher_that_names_the_orders_of_its_deposits(hall: Hall) -> None:
    """What is paid out by a business of its own: what makes it up, its reason, the business itself."""
    line = line_of(hall, plan="P88")
    view = closing(hall, line)
    done = complete(hall, view)
    (voucher,) = [paper for paper in done.papers if paper.kind == "refund"]
    told = said(voucher)
    assert f"{-done.due / 100:,.2f}" in told
    assert done.serial in told
    assert "销户" in told or "销号" in told
    named = {line.source for line in view.quote.lines if line.source and line.amount < 0}
    assert all(order.serial in told for order in hall.rows(ProductOrder) if order.id in named)
    assert sound(hall)


def test_a_handset_alone_has_no_agreement(hall: Hall) -> None:
    view = hall.desk.forms.begin("C10", hall.desk.forms.example("C10"))
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert "contract" not in [paper.kind for paper in done.papers]
