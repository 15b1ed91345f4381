"""A payment gateway that plays all providers, for the demonstration and for tests. It keeps a file of its own.

How a customer behaves is said by the last two digits of the code that is shown:

    …01  asks for the password: pays after six seconds      …04  refuses: no money on it
    …02  never confirms: closed after 45 seconds            …05  is lost on the way: nobody knows of it
    …03  pays, but the answer is lost                       all else pays at once

A code is good once, also when the payment fails. `down`: nobody answers from now on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from boss_tui.payments.gateway import Answer, State
from data.clock import Clock, SystemClock, moment, stamp, wall_date
from data.errors import Outside
from data.message import say

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    order_no TEXT PRIMARY KEY, provider TEXT NOT NULL, amount INTEGER NOT NULL, code TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL, asked_at TEXT NOT NULL, pays_at TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
    refund_no TEXT PRIMARY KEY, order_no TEXT NOT NULL REFERENCES payment, amount INTEGER NOT NULL,
    made_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY);
"""
PASSWORD_SECONDS, UNPAID_SECONDS = 6, 45
_NEVER = "9999"
FEE_RATE = 6
"""Of 1,000: what the providers keep."""


class SimulatedGateway:
    """See the module. Every call opens the file anew: several programs of a hall may use it at once."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self._path, self._clock = path, clock or SystemClock()

    @property
    def down(self) -> bool:
        """Whether nobody answers."""
        with self._memory() as memory:
            return memory.execute("SELECT 1 FROM switch WHERE name = 'down'").fetchone() is not None

    @down.setter
    def down(self, wanted: bool) -> None:
        with self._memory() as memory:
            memory.execute(
                "INSERT OR IGNORE INTO switch VALUES ('down')" if wanted else "DELETE FROM switch WHERE name = 'down'"
            )

    def ask(self, order_no: str, provider: str, amount: int, code: str) -> Answer:
        """Ask for money by the code that the customer shows."""
        with self._up() as memory:
            if self._row(memory, order_no) is None:
                if memory.execute("SELECT 1 FROM payment WHERE code = ?", (code,)).fetchone():
                    return Answer("closed", "", "the code was used before")
                if code.endswith("05"):
                    raise _lost()
                self._take(memory, order_no, provider, amount, code)
            answer = self._stands(memory, order_no)
        if code.endswith("03"):
            raise _lost()
        return answer

    def query(self, order_no: str) -> Answer:
        """How a payment stands. One that never arrived is closed."""
        with self._up() as memory:
            return self._stands(memory, order_no)

    def reverse(self, order_no: str) -> Answer:
        """Take a payment back, whether it is paid or not."""
        with self._up() as memory:
            answer = self._stands(memory, order_no)
            if answer.state in {"paid", "waiting"}:
                state = "reversed" if answer.state == "paid" else "closed"
                memory.execute("UPDATE payment SET state = ? WHERE order_no = ?", (state, order_no))
            return self._stands(memory, order_no)

    def refund(self, order_no: str, refund_no: str, amount: int) -> Answer:
        """Give back so much of what was paid; once under each refund number."""
        with self._up() as memory:
            if memory.execute("SELECT 1 FROM refund WHERE refund_no = ?", (refund_no,)).fetchone():
                return Answer("refunded")
            row = self._row(memory, order_no)
            (back,) = memory.execute(
                "SELECT coalesce(sum(amount), 0) FROM refund WHERE order_no = ?", (order_no,)
            ).fetchone()
            if row is None or row[2] != "paid" or back + amount > row[1]:
                return Answer("closed", "", "more than what was paid")
            memory.execute("INSERT INTO refund VALUES (?, ?, ?, ?)", (refund_no, order_no, amount, self._now()))
            return Answer("refunded", f"R{row[3]:010d}")

    def bill(self, day: str) -> str:
        """The provider's list of a day: each value led by a back-tick, totals in the last row."""
        with self._up() as memory:
            paid = memory.execute(
                "SELECT asked_at, provider, number, order_no, state, amount FROM payment"
                " WHERE state IN ('paid', 'reversed') ORDER BY number"
            ).fetchall()
            back = memory.execute(
                "SELECT r.made_at, p.provider, p.number, p.order_no, 'refund', r.amount, r.refund_no"
                " FROM refund r JOIN payment p USING (order_no) ORDER BY r.made_at"
            ).fetchall()
        rows = [row for row in (*paid, *back) if _day(row[0]) == day]
        lines = ["time,provider,transaction,order_no,state,amount,refund_no,refund_amount,fee"]
        lines += [_bill_line(*row) for row in rows]
        took = sum(row[5] for row in rows if row[4] == "paid")
        gave = sum(row[5] for row in rows if row[4] == "refund")
        lines.append(f"`total,`{len(rows)},,,,`{_yuan(took)},,`{_yuan(gave)},")
        return "\n".join(lines) + "\n"

    def _take(self, memory: sqlite3.Connection, order_no: str, provider: str, amount: int, code: str) -> None:
        now = self._clock.now()
        ends = code[-2:]
        pays = {"01": stamp(now + timedelta(seconds=PASSWORD_SECONDS)), "02": _NEVER}.get(ends, stamp(now))
        (number,) = memory.execute("SELECT count(*) + 1 FROM payment").fetchone()
        state = "closed" if ends == "04" else "waiting"
        memory.execute(
            "INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (order_no, provider, amount, code, state, stamp(now), pays, number),
        )

    def _stands(self, memory: sqlite3.Connection, order_no: str) -> Answer:
        row = self._row(memory, order_no)
        if row is None:
            return Answer("closed", "", "no such payment")
        asked_at, _, state, number, pays_at = row[0], *row[1:]
        now = self._clock.now()
        if state == "waiting" and pays_at <= stamp(now):
            state = "paid"
        elif state == "waiting" and now - moment(asked_at) >= timedelta(seconds=UNPAID_SECONDS):
            state = "closed"
        memory.execute("UPDATE payment SET state = ? WHERE order_no = ?", (state, order_no))
        reason = {"closed": "not paid", "waiting": "the customer is confirming"}.get(state, "")
        return Answer(cast("State", state), f"T{number:010d}", reason)

    @staticmethod
    def _row(memory: sqlite3.Connection, order_no: str) -> tuple[str, int, str, int, str] | None:
        found: tuple[str, int, str, int, str] | None = memory.execute(
            "SELECT asked_at, amount, state, number, pays_at FROM payment WHERE order_no = ?", (order_no,)
        ).fetchone()
        return found

    def _now(self) -> str:
        return stamp(self._clock.now())

    @contextmanager
    def _up(self) -> Iterator[sqlite3.Connection]:
        with self._memory() as memory:
            if memory.execute("SELECT 1 FROM switch WHERE name = 'down'").fetchone():
                raise _lost()
            yield memory

    @contextmanager
    def _memory(self) -> Iterator[sqlite3.Connection]:
        memory = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        try:
            memory.executescript(_SCHEMA)
            memory.execute("BEGIN IMMEDIATE")
            yield memory
            memory.execute("COMMIT")
        finally:
            memory.close()


def _lost() -> Outside:
    return Outside(say("The payment service does not answer: {fault}", fault="simulated"))


def _day(made_at: str) -> str:
    when: datetime = moment(made_at)
    return wall_date(when).isoformat()


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _bill_line(
    made_at: str, provider: str, number: int, order_no: str, state: str, amount: int, refund_no: str = ""
) -> str:
    back = _yuan(amount) if refund_no or state == "reversed" else "0.00"
    shown = (
        made_at,
        provider,
        f"T{number:010d}",
        order_no,
        state,
        "0.00" if refund_no else _yuan(amount),
        refund_no,
        back,
        _yuan(amount * FEE_RATE // 1000),
    )
    return ",".join(f"`{value}" for value in shown)
