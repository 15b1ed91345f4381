"""A printer's file of recharge cards for tests: ten of 50 yuan, their PINs under transport key 7."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

from boss_tui.desk import Desk
from boss_tui.headquarters import card_keys
from boss_tui.remote import secret_files
from tests.boss_tui.desk.stock_intake import headed
from tests.head_office import CHECKER

NAME = "M5/recharge_card"
PARTS = ("0F" * 16, "A5" * 16)
KEY = bytes([0xAA] * 16)
FIRST, ORDER = 33011269000000001, "CZ2026-31"


def with_key(maker: Desk, checker: Desk, folder: Path) -> None:
    """Both desks of an office that keeps the printer's key."""
    card_keys.keep(maker, folder, "7", PARTS, CHECKER, "华力")
    for desk in (maker, checker):
        desk.seat.transport_key = lambda index: secret_files.transport_key(folder, index)


def pin(n: int) -> str:
    return f"{700_000_000_000_000_000 + n}"


def wrapped(text: str, key: bytes = KEY) -> str:
    return aes_key_wrap_with_padding(key, text.encode()).hex()


def cards(count: int = 10, first: int = FIRST) -> list[list[str]]:
    return [[str(first + n), wrapped(pin(first + n))] for n in range(count)]


def written(folder: Path, rows: list[list[str]], **said: str) -> Path:
    head = {
        "order": ORDER,
        "maker": "华力",
        "sequence": "12",
        "first_serial": rows[0][0],
        "face_value": "50.00",
        "sum": f"{len(rows) * 50}.00",
        "valid_to": "2028-12-31",
        "key": "7",
        **said,
    }
    return headed(folder / "cards.csv", "recharge_card", "serial,pin_cipher", rows, head)
