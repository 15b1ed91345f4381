"""PINs of recharge cards: what is stored of one is read again with its own card alone, and found by what is typed; the
taxes that a headquarters begins with."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

from data import card_pins
from data.card_pins import (
    DIGITS,
    SETTING,
    check_of,
    decipher,
    encipher,
    find_secret,
    keep_secret,
    made_secret,
    proof_of,
    secret,
    unwrapped,
)
from data.errors import NotAllowed
from data.standard import money
from data.tables.sync import Setting
from tests.boss_tui.components.rows import Rows

KEY, OTHER = bytes(32), bytes(31) + b"\x01"
PIN = "1" * DIGITS


def test_a_pin_is_read_again_with_its_key_and_its_serial_alone() -> None:
    stored = encipher(KEY, "s1", PIN)
    assert decipher(KEY, "s1", stored) == PIN
    assert PIN not in stored
    assert stored == encipher(KEY, "s1", PIN) != encipher(KEY, "s2", PIN)
    for key, serial, text in ((OTHER, "s1", stored), (KEY, "s2", stored), (KEY, "s1", "00" + stored[2:])):
        with pytest.raises(InvalidTag):
            decipher(key, serial, text)


def test_a_card_is_found_by_the_hash_of_its_pin_under_its_key() -> None:
    found = check_of(KEY, PIN)
    assert len(found) == 64
    assert found == check_of(KEY, PIN)
    assert found not in (check_of(OTHER, PIN), check_of(KEY, PIN[1:] + "2"), encipher(KEY, "s1", PIN))


def test_a_proof_is_of_one_pin_in_one_form() -> None:
    found = proof_of(KEY, PIN, "d1")
    assert len(found) == 64
    assert found == proof_of(KEY, PIN, "d1") != check_of(KEY, PIN)
    assert found not in (proof_of(OTHER, PIN, "d1"), proof_of(KEY, PIN[1:] + "2", "d1"), proof_of(KEY, PIN, "d2"))


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (PIN, PIN),
        ("9" * 17, None),
        ("9" * 19, None),
        ("9" * 17 + "x", None),
        ("9" * 16 + "²", None),
        ("", None),
    ],
)
def test_a_printer_s_pin_has_eighteen_digits(sent: str, read: str | None) -> None:
    wrapped = aes_key_wrap_with_padding(KEY, sent.encode() or b"\x00").hex()
    assert unwrapped(KEY, wrapped) == read
    assert unwrapped(OTHER, wrapped) is None
    assert unwrapped(KEY, "00" * 8 + wrapped[16:]) is None


def test_a_secret_is_made_once_and_kept_as_it_was_given() -> None:
    tx: Any = Rows()
    assert find_secret(tx) is None
    with pytest.raises(NotAllowed):
        secret(tx)
    made = made_secret(tx)
    assert (len(made), made_secret(tx), secret(tx)) == (32, made, made)
    for given in (KEY, OTHER):
        keep_secret(tx, given)
        assert [row.value for row in tx.all(Setting, name=SETTING)] == [given.hex()]
        assert find_secret(tx) == given
    fresh: Any = Rows()
    keep_secret(fresh, OTHER)
    assert secret(fresh) == OTHER


def test_the_cipher_s_key_is_not_the_hash_s() -> None:
    assert len(card_pins._derived(KEY, b"cipher")) == 64
    assert card_pins._derived(KEY, b"cipher") != card_pins._derived(KEY, b"check")


@pytest.mark.parametrize(
    ("category", "rates"),
    [
        ("goods", {"2014-06-01": 1_700, "2019-04-01": 1_300}),
        ("basic", {"2014-06-01": 1_100, "2019-04-01": 900}),
        ("value_added", {"2014-06-01": 600}),
        ("none", {"2014-06-01": 0}),
    ],
)
def test_a_headquarters_begins_with_the_taxes_of_telecom(category: str, rates: dict[str, int]) -> None:
    """17, 11 and 6 % from 1 June 2014 (财税〔2014〕43号); 13 and 9 % from 1 April 2019 (公告 2019 年第 39 号)."""
    assert {day: rate for of, day, rate in money._TAX if of == category} == rates
    assert money.TAX_NOW[category] == rates[max(rates)]


def test_each_item_is_credited_to_an_account_and_taxed_in_a_category() -> None:
    accounts = {code: kind for code, _, _, kind, _ in money.ACCOUNTS}
    for code, (_, _, fee_kind, account, category) in money.ITEMS.items():
        assert (account in accounts, category in money.TAX_NOW) == (True, True), code
        assert (accounts[account] == "income") == (category != "none"), code
        assert not fee_kind or accounts[account] == "liability", code
    assert [code for code, *_, per_till in money.ACCOUNTS if per_till] == ["1001"]
