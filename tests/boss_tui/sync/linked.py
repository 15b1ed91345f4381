"""What tests of the link share: a journal of nine entries, headquarters' word about it, a link to nowhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from boss_tui.sync.link import LONGEST_DELAY, START, Link
from boss_tui.sync.shapes import Standing
from boss_tui.sync.wire import unpack
from data.clock import stamp
from data.journal import canonical
from data.message import say
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import NOW, row

WHY = canonical(say("No.").as_json())


def head(**values: Any) -> Any:
    return row(JournalHead, outlet="HZ01", **{"epoch": 2, "seq": 9, "hash": "h9", "acked_seq": 5, **values})


def entry(seq: int, epoch: int = 2, **values: Any) -> Any:
    return row(JournalEntry, outlet="HZ01", epoch=epoch, seq=seq, hash=f"h{seq}", **values)


def standing(**values: Any) -> Standing:
    """Headquarters' word about a journal of nine entries, all of which it has."""
    standard = {
        "outlet": "HZ01",
        "epoch": 2,
        "next_seq": 10,
        "head": "",
        "durable_seq": 9,
        "receipt": "",
        "stopped": "",
    }
    return Standing.model_construct(**{**standard, "feed_next": 4, "time": stamp(NOW), **values})


def linked(tx: Loose | None = None, **values: Any) -> Any:
    """A link to nowhere; what it sends is in `asked`."""
    made: Any = object.__new__(Link)
    made.outlet, made.server_key, made.key = "HZ01", "K", SimpleNamespace(sign=lambda _: "signed")
    made.every, made.longest, made.size, made.in_flight, made._next = 30.0, LONGEST_DELAY, START, None, None
    made.store = OneWork(tx) if tx is not None else None
    made.asked = []

    def ask(_shape: Any, method: str, target: str, body: bytes = b"", **_: Any) -> Any:
        made.asked.append((method, target.rpartition("/")[2], unpack(body) if body[:1] == b"\x28" else body))
        return standing()

    made.client = SimpleNamespace(ask=ask, checked=lambda each: each)
    for name, value in values.items():
        setattr(made, name, value)
    return made
