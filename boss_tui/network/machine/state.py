"""What a simulated element keeps, in its own SQLite file: keys, subscribers, their data, commands it obeyed.

Another machine's memory: nothing here is the store, and the store's rules don't hold here. One `transaction` around
one command and its remembered reply is what makes a repeated key harmless.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS auth (imsi TEXT PRIMARY KEY, ki TEXT NOT NULL, opc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subscriber (imsi TEXT PRIMARY KEY, msisdn TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS fact (
    imsi TEXT NOT NULL REFERENCES subscriber ON UPDATE CASCADE ON DELETE CASCADE,
    name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (imsi, name));
CREATE TABLE IF NOT EXISTS obeyed (
    serial INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL, raw TEXT NOT NULL, batch TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS batch (
    name TEXT PRIMARY KEY, done INTEGER NOT NULL, parts INTEGER NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS response (
    name TEXT PRIMARY KEY, content BLOB NOT NULL, handed_over INTEGER NOT NULL);
"""


class ElementRefusal(Exception):
    """The element says no. `meaning` is a `Meaning` of the code table, `text` the element's words."""

    def __init__(self, meaning: str, text: str) -> None:
        super().__init__(text)
        self.meaning = meaning
        self.text = text


class State:
    """The element's memory. Numbers are as on the line: 8613900000001."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; {_SCHEMA}")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; within another transaction, a part of it that can be taken back alone."""
        inner = self.db.in_transaction
        self.db.execute("SAVEPOINT part" if inner else "BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO part" if inner else "ROLLBACK")
            if inner:
                self.db.execute("RELEASE part")
            raise
        self.db.execute("RELEASE part" if inner else "COMMIT")

    # keys of cards

    def has_key(self, imsi: str) -> bool:
        """Whether the card's key is loaded."""
        return self._one("SELECT 1 FROM auth WHERE imsi = ?", imsi) is not None

    def add_key(self, imsi: str, ki: str, opc: str = "") -> None:
        """Load a card's key."""
        if self.has_key(imsi):
            raise ElementRefusal("key_exists", "KI already exists")
        self.db.execute("INSERT INTO auth VALUES (?, ?, ?)", (imsi, ki, opc))

    def drop_key(self, imsi: str) -> None:
        """Remove a card's key."""
        if not self.has_key(imsi):
            raise ElementRefusal("no_key", "KI not defined")
        if self._one("SELECT 1 FROM subscriber WHERE imsi = ?", imsi):
            raise ElementRefusal("not_allowed", "KI in use by a subscriber")
        self.db.execute("DELETE FROM auth WHERE imsi = ?", (imsi,))

    # subscribers

    def find(self, *, imsi: str = "", msisdn: str = "") -> tuple[str, str]:
        """IMSI and MSISDN of the subscriber with this IMSI or this MSISDN; both given must fit together."""
        by = "imsi" if imsi else "msisdn"  # one index is asked: an OR over both would look through everybody
        row = self._one(f"SELECT imsi, msisdn FROM subscriber WHERE {by} = ?", imsi or msisdn)
        if row is None or (imsi and msisdn and row[1] != msisdn):
            raise ElementRefusal("no_subscriber", "Subscriber not defined")
        return str(row[0]), str(row[1])

    def create(self, imsi: str, msisdn: str, facts: dict[str, str]) -> None:
        """A new subscriber with its data; the card's key must be loaded."""
        if not self.has_key(imsi):
            raise ElementRefusal("no_key", "KI not defined")
        if self._one("SELECT 1 FROM subscriber WHERE imsi = ?", imsi):
            raise ElementRefusal("imsi_in_use", "IMSI already in use")
        self._free(msisdn)
        self.db.execute("INSERT INTO subscriber VALUES (?, ?)", (imsi, msisdn))
        for name, value in facts.items():
            self.set(imsi, name, value)

    def remove(self, imsi: str) -> None:
        """Delete a subscriber; the key stays."""
        self.db.execute("DELETE FROM subscriber WHERE imsi = ?", (imsi,))

    def renumber(self, imsi: str, msisdn: str) -> None:
        """Give a subscriber another number."""
        self._free(msisdn)
        self.db.execute("UPDATE subscriber SET msisdn = ? WHERE imsi = ?", (msisdn, imsi))

    def rechip(self, imsi: str, new: str, forwarding: tuple[str, ...]) -> None:
        """Give a subscriber another card, whose key must be loaded. Forwarding is lost (domain-facts 2, C3)."""
        if not self.has_key(new):
            raise ElementRefusal("no_key", "KI not defined")
        if self._one("SELECT 1 FROM subscriber WHERE imsi = ?", new):
            raise ElementRefusal("imsi_in_use", "IMSI already in use")
        self.db.execute("UPDATE subscriber SET imsi = ? WHERE imsi = ?", (new, imsi))
        for kind in forwarding:
            self.unset(new, kind)

    def _free(self, msisdn: str) -> None:
        if self._one("SELECT 1 FROM subscriber WHERE msisdn = ?", msisdn):
            raise ElementRefusal("number_in_use", "ISDN already in use")

    def everyone(self) -> list[str]:
        """Every subscriber's IMSI."""
        return [str(row[0]) for row in self.db.execute("SELECT imsi FROM subscriber ORDER BY imsi")]

    def numbers(self) -> Iterator[str]:
        """Every subscriber's MSISDN, in order, read little by little."""
        return (str(row[0]) for row in self.db.execute("SELECT msisdn FROM subscriber ORDER BY msisdn"))

    def count(self) -> int:
        """How many subscribers there are."""
        row = self._one("SELECT count(*) FROM subscriber")
        return int(str(row[0])) if row else 0

    # a subscriber's data

    def facts(self, imsi: str) -> dict[str, str]:
        """A subscriber's data by name, as on the line."""
        return dict(self.db.execute("SELECT name, value FROM fact WHERE imsi = ? ORDER BY name", (imsi,)).fetchall())

    def set(self, imsi: str, name: str, value: str) -> None:
        """Set one datum."""
        self.db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", (imsi, name, value))

    def unset(self, imsi: str, name: str) -> None:
        """Take one datum away."""
        self.db.execute("DELETE FROM fact WHERE imsi = ? AND name = ?", (imsi, name))

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self.db.execute(query, values).fetchone()
        return row
