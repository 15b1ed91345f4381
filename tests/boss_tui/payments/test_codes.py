"""Whose code it is, by its digits: the last that passes and the first that doesn't (management-facts 7.4)."""

from __future__ import annotations

import pytest

from boss_tui.payments.codes import provider_of


@pytest.mark.parametrize(
    ("code", "provider"),
    [
        ("10" + "0" * 16, "wechat"),
        ("15" + "9" * 16, "wechat"),
        ("09" + "0" * 16, ""),
        ("16" + "0" * 16, ""),
        ("13" + "0" * 15, ""),
        ("13" + "0" * 17, ""),
        ("25" + "0" * 14, "alipay"),
        ("30" + "0" * 22, "alipay"),
        ("28" + "1" * 16, "alipay"),
        ("24" + "0" * 14, ""),
        ("31" + "0" * 14, ""),
        ("28" + "0" * 13, ""),
        ("28" + "0" * 23, ""),
        ("62" + "0" * 17, "unionpay"),
        ("62" + "0" * 16, ""),
        ("62" + "0" * 18, ""),
        ("61" + "0" * 17, ""),
        ("1345 6789 0123 4567 89", "wechat"),
        ("１３４５６７８９０１２３４５６７８９", "wechat"),
        ("", ""),
        ("1", ""),
        ("POS4711", ""),
        ("13456789012345678X", ""),
        ("²" * 18, ""),
        ("200.00", ""),
    ],
)
def test_whose_code_it_is(code: str, provider: str) -> None:
    assert provider_of(code) == provider
