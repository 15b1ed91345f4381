"""The books of the past sales: postings with their running totals, and the shifts in whose drawers the cash was."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from data.bulk import Keys
from data.demo.hall import OUTLET
from data.demo.opening import moment
from data.tables.base import Table
from data.tables.finance import (
    Posting,
    PostingLine,
    RunningTotal,
    Shift,
    ShiftCount,
)

FLOAT = 20_000  # fen of change in a till in the morning


RESERVE = 1_000_000  # fen in the safe before the first day


_NOTES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1)


Entered = tuple[str, int, str, Any, int]
"""A line of a posting: account, fen, item, bucket, rate of tax."""


class Books:
    """Enters what was done as the desk does: a till's cash is its float plus its postings. Rows go into `rows`."""

    def __init__(self, rows: dict[type[Table], list[dict[str, Any]]], keys: Keys) -> None:
        self._rows, self._key = rows, keys
        self._shifts: dict[tuple[str, str], dict[str, Any]] = {}
        self._totals: dict[tuple[str, str, str], list[int]] = {}

    def shift(self, till: str, operator: str, day: date) -> dict[str, Any]:
        """The cashier's shift of that day at that till, opened with a float from the safe."""
        key = (till, day.isoformat())
        if key not in self._shifts:
            z_number = sum(1 for other, _ in self._shifts if other == till) + 1
            shift: dict[str, Any] = {
                "id": self._key(),
                "outlet": OUTLET,
                "till": till,
                "operator": operator,
                "business_date": key[1],
                "opened_at": moment(day, 8, 50),
                "float_amount": FLOAT,
                "z_number": z_number,
                "expected_cash": FLOAT,
            }
            self._shifts[key] = shift
            lines: list[Entered] = [("1001", FLOAT, "float", None, 0), ("1004", -FLOAT, "float", None, 0)]
            self.enter(key[1], moment(day, 8, 50), till, operator, lines, None, str(shift["id"]))
        return self._shifts[key]

    def close(self) -> None:
        """End every shift with its count, and write the running totals."""
        for shift in self._shifts.values():
            self._close_shift(shift)
        self._rows[RunningTotal] += [
            {"outlet": OUTLET, "business_date": day, "till": till, "account": account, "amount": amount, "postings": n}
            for (day, till, account), (amount, n) in self._totals.items()
        ]

    def _close_shift(self, shift: dict[str, Any]) -> None:
        cash, at = shift["expected_cash"], moment(date.fromisoformat(shift["business_date"]), 18, 0)
        lines: list[Entered] = [("1004", cash, "handover", None, 0), ("1001", -cash, "handover", None, 0)]
        self.enter(shift["business_date"], at, shift["till"], shift["operator"], lines, None, shift["id"])
        shift.update(state="closed", closed_at=at, closed_by=shift["operator"], counted_cash=cash)
        self._rows[Shift].append(shift)
        left = cash
        for note in _NOTES:
            pieces, left = divmod(left, note)
            if pieces:
                self._rows[ShiftCount].append({"shift_id": shift["id"], "denomination": note, "pieces": pieces})

    def enter(
        self,
        day: str,
        at: str,
        till: str,
        operator: str,
        lines: list[Entered],
        order_id: str | None = None,
        shift_id: str | None = None,
        note: str = "",
        business: str = "M11",
    ) -> str:
        """A posting with its lines, added to the running totals; answers its key."""
        key = self._key()
        self._rows[Posting].append(
            {
                "id": key,
                "outlet": OUTLET,
                "business_date": day,
                "business": "C1" if order_id else business,
                "order_id": order_id,
                "shift_id": shift_id,
                "till": till,
                "operator": operator,
                "made_at": at,
                "note": note,
            }
        )
        moved: Counter[str] = Counter()
        for number, (account, amount, item, bucket, rate) in enumerate(lines, 1):
            self._rows[PostingLine].append(
                {
                    "posting_id": key,
                    "line": number,
                    "account": account,
                    "amount": amount,
                    "item": item,
                    "bucket_id": bucket,
                    "tax_rate": rate,
                }
            )
            moved[account] += amount
        for account, amount in moved.items():
            total = self._totals.setdefault((day, till, account), [0, 0])
            total[0] += amount
            total[1] += 1
        return key
