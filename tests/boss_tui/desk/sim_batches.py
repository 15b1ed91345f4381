"""A maker's file of SIM cards for tests: as many as are wanted, their keys under transport key 7."""

from __future__ import annotations

from pathlib import Path

from data.check_digits import luhn
from tests.boss_tui.desk.stock_intake import headed

BODY, IMSI = 8986009901126000001, 460009900000001
KI = "0123456789ABCDEF0123456789ABC"


def iccid(n: int) -> str:
    body = str(BODY + n)
    return body + luhn(body)


def cards(count: int = 10) -> list[list[str]]:
    return [[iccid(n), str(IMSI + n), f"{KI}{n:03X}", f"{n:08d}"] for n in range(count)]


def written(folder: Path, rows: list[list[str]], **said: str) -> Path:
    head = {
        "order": "DX2026-118",
        "first_iccid": iccid(0),
        "first_imsi": str(IMSI),
        "kind": "32K",
        "profile": "USIM-32K",
        "key": "7",
        **said,
    }
    return headed(folder / "batch.csv", "sim_card", "iccid,imsi,ki,puk", rows, head)
