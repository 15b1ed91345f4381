"""The porting centre 携号转网集中业务管理系统, simulated: one of the services of others (`remote.simulated`).

    POST /v1/porting         {"number", "document_kind", "document_number"}
                             {"result": "authorised" | "refused", "code", "minutes", "reason"}
    POST /v1/porting/status  {"number", "code"}    {"state": "waiting" | "taken_over" | "lapsed" | "unknown"}

A code has six digits; one that is asked for anew ends the one before. Another operator takes a number over by its code
(`take_over`). A number that the centre keeps (`keep`) gets none: a ban on it is known there alone.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from data.errors import NotAllowed
from data.message import say

BASE = "/v1/porting"
PATHS = {"porting": BASE, "porting-status": f"{BASE}/status"}
MINUTES = 60
"""For how long a code counts."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS porting (code TEXT PRIMARY KEY, number TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS porting_kept (number TEXT PRIMARY KEY, reason TEXT NOT NULL);
"""
Memory = sqlite3.Connection
Told = dict[str, Any]


def answer(memory: Memory, path: str, sent: Told) -> Told:
    """What it answers at one of its paths."""
    return _authorise(memory, sent) if path == BASE else _status(memory, sent)


def take_over(memory: Memory, number: str) -> None:
    """Another operator takes a number over, by the code that was given last. NotAllowed: none counts."""
    taken = memory.execute("UPDATE porting SET state = 'taken_over' WHERE number = ? AND state = 'waiting'", (number,))
    if not taken.rowcount:
        raise NotAllowed(say("No authorisation code of number {number} waits at the porting centre.", number=number))


def keep(memory: Memory, number: str, reason: str) -> None:
    """From now on the centre gives no code for a number."""
    memory.execute("INSERT OR REPLACE INTO porting_kept VALUES (?, ?)", (number, reason))


def _authorise(memory: Memory, sent: Told) -> Told:
    number = str(sent["number"])
    kept = memory.execute("SELECT reason FROM porting_kept WHERE number = ?", (number,)).fetchone()
    if kept is not None:
        return {"result": "refused", "reason": kept[0]}
    memory.execute("UPDATE porting SET state = 'lapsed' WHERE number = ? AND state = 'waiting'", (number,))
    (given,) = memory.execute("SELECT count(*) FROM porting").fetchone()
    code = f"{(given + 1) * 314_159 % 1_000_000:06d}"
    memory.execute("INSERT INTO porting VALUES (?, ?, 'waiting')", (code, number))
    return {"result": "authorised", "code": code, "minutes": MINUTES, "reason": ""}


def _status(memory: Memory, sent: Told) -> Told:
    asked = (str(sent["number"]), str(sent["code"]))
    row = memory.execute("SELECT state FROM porting WHERE number = ? AND code = ?", asked).fetchone()
    return {"state": row[0] if row is not None else "unknown"}
