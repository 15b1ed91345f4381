"""A reference in its one spelling, and once in a payment: rules that need no rows."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.tenders.tenders import as_compared, check_tenders, net_of_change, standard
from data.errors import NotAllowed


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("POS1", "POS1"),
        ("pos1", "POS1"),
        (" P OS 1 ", "POS1"),
        ("ＰＯＳ１", "POS1"),
        ("ｐｏｓ\u30001", "POS1"),
        ("POS\u200b1\x00", "POS1"),
        ("T-1", "T-1"),
        ("Ｔ－１", "T-1"),
        ("POS01", "POS01"),
        ("  \u3000", ""),
    ],
)
def test_a_reference_has_one_spelling(typed: str, compared: str) -> None:
    assert as_compared(typed) == compared


@pytest.mark.parametrize(
    ("tenders", "ok"),
    [
        ([("card", "POS1"), ("card", "POS1")], False),
        ([("card", "POS1"), ("cash", ""), ("card", "pos 1")], False),
        ([("cheque", "CH1"), ("cheque", "ＣＨ１")], False),
        ([("transfer", "T1"), ("transfer", "t1")], False),
        ([("card", "POS1"), ("card", "POS2")], True),
        ([("card", "POS1"), ("cheque", "POS1")], True),  # of another kind: another paper
        ([("cash", ""), ("cash", "")], True),
    ],
)
def test_a_number_stands_once_in_a_payment(tenders: list[tuple[str, str]], ok: bool) -> None:
    given = [Tender(kind, 100, reference) for kind, reference in tenders]
    if ok:
        assert check_tenders(100 * len(given), given) == 0
        return
    with pytest.raises(NotAllowed, match="stands here twice") as refused:
        check_tenders(100 * len(given), given)
    assert refused.value.field == "tenders"


@pytest.mark.parametrize("reference", ["", " ", "\u3000", "\u200b"])
def test_nothing_that_can_be_seen_is_no_reference(reference: str) -> None:
    with pytest.raises(NotAllowed, match="needs its reference"):
        check_tenders(100, [Tender("card", 100, reference)])


def test_it_is_booked_in_that_spelling_and_a_mobile_payments_as_it_is() -> None:
    given = [Tender("card", 100, " pos 1"), Tender("wechat", 50, "0a1b"), Tender("cash", 70)]
    booked = (Tender("card", 100, "POS1"), Tender("wechat", 50, "0a1b"), Tender("cash", 50))
    assert net_of_change(given, 20) == booked


def test_what_pays_once() -> None:
    assert {code for code, way in standard().items() if way.once} == {"card", "cheque", "transfer"}
