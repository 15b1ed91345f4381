"""Small turns: what comes back counts against what was sold; who signs a slip is named; a row is known by its words."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.resources.recharge_cards import RechargeCards
from boss_tui.desk import slips
from boss_tui.desk.vouchers import VoucherExports
from boss_tui.locale import words
from boss_tui.management.words import row_said
from data.errors import NotFound
from data.tables.customer import DocumentKind, ListedPerson
from data.tables.finance import BusinessDay, Payment, PaymentTender, Posting, TenderKind
from data.tables.organisation import Operator
from data.tables.stock import RechargeCard
from tests.boss_tui.components.rows import Rows, context, row


@pytest.mark.parametrize(("state", "counted"), [("sold", [("card", "5000", -1)]), ("idle", []), ("leased", [])])
def test_a_card_that_its_buyer_brings_back_counts_against_what_was_sold(
    state: str, counted: list[tuple[str, str, int]]
) -> None:
    at = context(Rows(card := row(RechargeCard, serial="1", face_value=5_000, state=state)))
    RechargeCards(at).put_aside([card], "locked", "wet")
    assert [(piece.kind, piece.product, piece.count) for piece in at.sold] == counted
    assert (at.tx.one(RechargeCard).state, at.tx.one(RechargeCard).reason) == ("locked", "wet")


def test_each_card_that_is_sold_counts_as_one_of_its_value() -> None:
    cards = [row(RechargeCard, serial=str(n), face_value=fen, state="idle") for n, fen in enumerate((5_000, 3_000))]
    at = context(Rows(*cards))
    RechargeCards(at).sell(cards)
    assert [(piece.kind, piece.product, piece.count) for piece in at.sold] == [("card", "5000", 1), ("card", "3000", 1)]
    assert [(card.state, card.sold_order) for card in at.tx.all(RechargeCard)] == [("sold", "order")] * 2


@pytest.mark.parametrize(("staff_no", "named"), [("1001", "1001 王芳"), ("9999", "9999"), ("", "")])
def test_who_signs_a_slip_stands_there_by_number_and_name(staff_no: str, named: str) -> None:
    nobody, person = row(Operator, staff_no="", name="nobody"), row(Operator, staff_no="1001", name="王芳")
    rows: Any = Rows(nobody, person)
    assert slips._named(rows, staff_no) == named


@pytest.mark.parametrize(("kind", "told"), [("cash", None), ("card", "Card"), ("", None)])
def test_money_that_went_back_another_way_than_the_drawer_says_which(kind: str, told: str | None) -> None:
    rows: Any = Rows(
        row(TenderKind, code="cash", name_zh="现金", name_en="Cash", drawer=1),
        row(TenderKind, code="card", name_zh="刷卡", name_en="Card", drawer=0),
        row(Payment, id="other", posting_id="q"),
    )
    if kind:
        rows.add(Payment, id="y", posting_id="p")
        rows.add(PaymentTender, payment_id="y", kind=kind)
    found = slips._way_back(rows, row(Posting, id="p"))
    assert (None if found is None else words("en")(found)) == told


def test_a_row_is_known_by_its_words_where_only_its_key_is_said() -> None:
    made = "019ab1c2-0000-7abc-8def-000000000001"
    listed = row(ListedPerson, id=made, list="black", name="王芳", document_kind="07", document_number="E48261973")
    rows: Any = Rows(listed, row(DocumentKind, code="07", name_zh="护照", name_en="Passport"))
    told = str(row_said(rows, "listed_person", (made,)))
    assert told == str(row_said(rows, "listed_person", (made,), dict(listed.__dict__)))
    assert made not in told
    gone: Any = Rows()
    assert str(row_said(gone, "listed_person", (made,))).endswith(made)


def test_vouchers_are_made_of_days_that_are_closed() -> None:
    days = [
        row(BusinessDay, outlet=outlet, business_date=day, state=state)
        for outlet, day, state in (
            ("HZ01", "2026-11-20", "closed"),
            ("HZ01", "2026-11-22", "closed"),
            ("HZ01", "2026-11-23", "open"),
            ("HZ02", "2026-11-24", "closed"),
        )
    ]

    def last(*rows: Any) -> str:
        seat: Any = SimpleNamespace(reading=lambda: nullcontext(Rows(*rows)), station=SimpleNamespace(outlet="HZ01"))
        return VoucherExports(seat).last_closed_day()

    assert (last(*days), last(*days[2:0:-1])) == ("2026-11-22", "2026-11-22")
    with pytest.raises(NotFound, match="No business day was closed yet"):
        last(*days[2:])
