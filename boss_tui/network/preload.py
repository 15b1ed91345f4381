"""A simulated element that knows a hall's subscribers already, as if they had been created on it one by one.

For demonstration and tests; a real element is never loaded like this.
"""

from __future__ import annotations

from boss_tui.network.book import Line, lines
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.acts import international
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.machine import ericsson, huawei
from boss_tui.network.machine.state import State
from data.store import Reading
from data.tables.network import NetworkElement


def preload(state: State, reading: Reading, element: str = "") -> int:
    """Load the living subscriptions of the book with their cards' keys into an element's empty memory; how many.

    `element`: its code; empty is the store's only one (the first, where there are several).
    """
    row = reading.one(NetworkElement, code=element) if element else reading.all(NetworkElement, order=("code",))[0]
    speaks, count = dialect(row.dialect), 0
    with state.transaction():
        for page in lines(reading, row.code):
            _insert(state, speaks, page)
            count += len(page)
    return count


def _insert(state: State, speaks: Dialect, page: list[Line]) -> None:
    facts_of = _ericsson if isinstance(speaks, Ericsson) else _huawei
    known = [(line.record.imsi, international(line.record.msisdn)) for line in page]
    facts = [(line.record.imsi, *fact) for line in page for fact in facts_of(speaks, line).items()]
    state.db.executemany("INSERT INTO auth VALUES (?, ?, ?)", [(line.record.imsi, line.ki, "") for line in page])
    state.db.executemany("INSERT INTO subscriber VALUES (?, ?)", known)
    state.db.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)


def _huawei(speaks: Dialect, line: Line) -> dict[str, str]:
    record, words = line.record, speaks.values
    services = {words["service"][name]: "TRUE" for name in record.services or () if name in words["service"]}
    return {
        **huawei.NEW, "TPLID": record.profile, "NAM": words["access"][record.access],
        "ODBOC": words["long_distance"][record.long_distance], "ODBROAM": words["roaming"][record.roaming],
        "GPRS": "TRUE" if record.data else "FALSE", "OC": "TRUE" if line.barred else "FALSE", **services,
    }  # fmt: skip


def _ericsson(speaks: Dialect, line: Line) -> dict[str, str]:
    record, words = line.record, speaks.values
    services = {words["service"][name]: "1" for name in record.services or () if name in words["service"]}
    return {
        **ericsson.NEW, "PROFILE": record.profile, "NAM": words["access"][record.access],
        "OBO": "1" if line.barred else words["long_distance"][record.long_distance],
        "OBR": words["roaming"][record.roaming], "PDPCP": "1" if record.data else "0", **services,
    }  # fmt: skip
