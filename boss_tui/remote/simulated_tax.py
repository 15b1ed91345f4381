"""The tax platform 电子发票服务平台, simulated: one of the services of others (`remote.simulated`).

    POST /v1/invoices            {"key", "title", "tax_number", "lines", "amount", "tax", "month", …}
                                 {"state": "issued" | "issuing" | "failed" | "no_credit", "number", "amount", …}
    POST /v1/invoices/query      {"key"}                      the same; "unknown": it never came
    POST /v1/invoices/red        {"key", "number", "amount", "reason"}   {"state": "01" … "09", "slip", "number"}
    POST /v1/invoices/red/query  {"key"}                      the same; "unknown"
    POST /v1/invoices/credit     {"month"}                    {"limit", "used", "left"}, in fen

It gives 20-digit numbers, up to a month's credit. A red invoice gives its money back to the month. Whoever has used an
invoice already (`used_by_buyer`) is asked to confirm; an unconfirmed slip lapses after 72 hours (`pass_hours`).
"""

from __future__ import annotations

import sqlite3
from typing import Any

BASE = "/v1/invoices"
PATHS = {
    "invoices": BASE,
    "invoices-query": f"{BASE}/query",
    "red": f"{BASE}/red",
    "red-query": f"{BASE}/red/query",
    "credit": f"{BASE}/credit",
}
LIMIT = 100_000_000
"""Fen of a month's credit at first."""
LAPSES = 72
"""Hours after which a slip that nobody confirmed is over."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS tax_invoice (key TEXT PRIMARY KEY, number TEXT NOT NULL, amount INTEGER NOT NULL,
    month TEXT NOT NULL, issued_at TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0, queries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS tax_red (key TEXT PRIMARY KEY, slip TEXT NOT NULL, of TEXT NOT NULL, amount INTEGER NOT NULL,
    state TEXT NOT NULL, number TEXT NOT NULL, hours INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS tax_setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
Memory = sqlite3.Connection
Told = dict[str, Any]
_UNKNOWN: Told = {"state": "unknown"}


def answer(memory: Memory, path: str, sent: Told) -> Told:
    """What it answers at one of its paths."""
    return _ANSWERS[path](memory, sent)


def set_credit(memory: Memory, fen: int) -> None:
    """The credit of each month."""
    memory.execute("INSERT OR REPLACE INTO tax_setting VALUES ('limit', ?)", (fen,))


def take_time(memory: Memory, queries: int) -> None:
    """From now on an invoice is issued only once it was asked about so many times."""
    memory.execute("INSERT OR REPLACE INTO tax_setting VALUES ('queries', ?)", (queries,))


def refuse(memory: Memory, on: bool) -> None:
    """From now on no buyer is taken, or any is again."""
    memory.execute("INSERT OR REPLACE INTO tax_setting VALUES ('refuse', ?)", (int(on),))


def refusing(memory: Memory) -> list[str]:
    """What it refuses of what is right: each `buyer`, or all for want of `credit`."""
    found = {"buyer": _setting(memory, "refuse", 0) > 0, "credit": _setting(memory, "limit", LIMIT) <= 0}
    return [what for what, is_so in found.items() if is_so]


def used_by_buyer(memory: Memory, number: str) -> None:
    """The buyer has booked an invoice, or used it for deduction: what is taken back of it needs their word."""
    memory.execute("UPDATE tax_invoice SET used = 1 WHERE number = ?", (number,))


def confirm(memory: Memory, slip: str, *, yes: bool) -> None:
    """The buyer says something to a slip."""
    state, number = ("04", _next(memory)) if yes else ("05", "")
    memory.execute("UPDATE tax_red SET state = ?, number = ? WHERE slip = ? AND state = '02'", (state, number, slip))


def pass_hours(memory: Memory, hours: int) -> None:
    """So many hours go by."""
    memory.execute("UPDATE tax_red SET hours = hours + ? WHERE state = '02'", (hours,))
    memory.execute("UPDATE tax_red SET state = '07' WHERE state = '02' AND hours >= ?", (LAPSES,))


def issued(memory: Memory) -> list[tuple[str, str, int]]:
    """All invoices: key, number, fen."""
    return list(memory.execute("SELECT key, number, amount FROM tax_invoice ORDER BY rowid"))


def _setting(memory: Memory, name: str, usual: int) -> int:
    row = memory.execute("SELECT value FROM tax_setting WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else usual


def _next(memory: Memory) -> str:
    """The next number of 20 digits: year, region, kind, serial."""
    count = _setting(memory, "serial", 0) + 1
    memory.execute("INSERT OR REPLACE INTO tax_setting VALUES ('serial', ?)", (count,))
    return f"26332000000{count:09d}"


def _used(memory: Memory, month: str) -> int:
    (spent,) = memory.execute("SELECT coalesce(sum(amount), 0) FROM tax_invoice WHERE month = ?", (month,)).fetchone()
    (back,) = memory.execute(
        "SELECT coalesce(sum(r.amount), 0) FROM tax_red r JOIN tax_invoice i ON i.number = r.of "
        "WHERE i.month = ? AND r.state IN ('01', '04')",
        (month,),
    ).fetchone()
    return int(spent) - int(back)


def _issue(memory: Memory, sent: Told) -> Told:
    key, amount = str(sent["key"]), int(sent["amount"])
    if (found := _known(memory, key)) is not _UNKNOWN:
        return found
    if not sent.get("title") or amount <= 0 or amount != sum(int(line["amount"]) for line in sent["lines"]):
        return {"state": "failed", "reason": "抬头、明细与金额不符"}
    if _setting(memory, "refuse", 0):
        return {"state": "failed", "reason": "购买方信息未通过校验"}
    number = str(sent.get("tax_number", ""))
    if number and len(number) not in (15, 18, 20):
        return {"state": "failed", "reason": "购买方税号有误"}
    if _used(memory, str(sent["month"])) + amount > _setting(memory, "limit", LIMIT):
        return {"state": "no_credit", "reason": "本月授信额度不足"}
    (now,) = memory.execute("SELECT datetime('now', '+8 hours')").fetchone()
    row = (key, _next(memory), amount, str(sent["month"]), now)
    memory.execute("INSERT INTO tax_invoice (key, number, amount, month, issued_at) VALUES (?, ?, ?, ?, ?)", row)
    return _known(memory, key)


def _known(memory: Memory, key: str) -> Told:
    row = memory.execute("SELECT number, amount, queries, issued_at FROM tax_invoice WHERE key = ?", (key,)).fetchone()
    if row is None:
        return _UNKNOWN
    if row[2] < _setting(memory, "queries", 0):
        return {"state": "issuing"}
    return {"state": "issued", "number": row[0], "amount": row[1], "issued_at": row[3]}


def _query(memory: Memory, sent: Told) -> Told:
    memory.execute("UPDATE tax_invoice SET queries = queries + 1 WHERE key = ?", (str(sent["key"]),))
    return _known(memory, str(sent["key"]))


def _red(memory: Memory, sent: Told) -> Told:
    key, number, amount = str(sent["key"]), str(sent["number"]), int(sent["amount"])
    if (found := _slip(memory, key)) is not _UNKNOWN:
        return found
    of = memory.execute("SELECT amount, used FROM tax_invoice WHERE number = ?", (number,)).fetchone()
    (gone,) = memory.execute(
        "SELECT coalesce(sum(amount), 0) FROM tax_red WHERE of = ? AND state IN ('01', '02', '03', '04')", (number,)
    ).fetchone()
    if of is None or not 0 < amount <= of[0] - gone:
        return {"state": "06", "slip": "", "reason": "冲红金额超过可冲金额"}
    state, given = ("02", "") if of[1] else ("01", _next(memory))
    slip = f"HZ{_next(memory)}"
    row = (key, slip, number, amount, state, given)
    memory.execute("INSERT INTO tax_red (key, slip, of, amount, state, number) VALUES (?, ?, ?, ?, ?, ?)", row)
    return _slip(memory, key)


def _slip(memory: Memory, key: str) -> Told:
    row = memory.execute("SELECT state, slip, number FROM tax_red WHERE key = ?", (key,)).fetchone()
    return {"state": row[0], "slip": row[1], "number": row[2]} if row else _UNKNOWN


def _red_query(memory: Memory, sent: Told) -> Told:
    return _slip(memory, str(sent["key"]))


def _credit(memory: Memory, sent: Told) -> Told:
    limit, used = _setting(memory, "limit", LIMIT), _used(memory, str(sent["month"]))
    return {"limit": limit, "used": used, "left": limit - used}


_ANSWERS = {
    PATHS["invoices"]: _issue,
    PATHS["invoices-query"]: _query,
    PATHS["red"]: _red,
    PATHS["red-query"]: _red_query,
    PATHS["credit"]: _credit,
}
