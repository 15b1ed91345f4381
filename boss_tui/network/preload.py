"""A simulated element that knows a hall's subscribers already, as if they had been created on it one by one.

For demonstration and tests; a real element is never loaded like this.
"""

from __future__ import annotations

from boss_tui.network.book import Subscriber, lines
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.acts import international
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.record import Record
from boss_tui.network.machine import ericsson, huawei
from boss_tui.network.machine.state import State
from data.message import say
from data.progress import Report, unreported
from data.store import Reading
from data.tables.network import NetworkElement


def preload(
    state: State, reading: Reading, element: str = "", speaks: Dialect | None = None, tell: Report = unreported
) -> int:
    """Load the living subscriptions of the book with their cards' keys into an element's empty memory; how many.

    `element`: its code; empty is the store's only one (the first, where there are several). `speaks`: its dialect, if
    not the one in the store.
    """
    row = reading.one(NetworkElement, code=element) if element else reading.all(NetworkElement, order=("code",))[0]
    speaks, count = speaks or dialect(row.dialect), 0
    with state.transaction():
        for page in lines(reading, row.code):
            _insert(state, speaks, page)
            count += len(page)
            tell(say("Telling {element} its subscribers", element=row.code), count, 0)
    return count


def _insert(state: State, speaks: Dialect, page: list[Subscriber]) -> None:
    facts_of = _ericsson if isinstance(speaks, Ericsson) else _huawei
    known = [(line.record.imsi, international(line.record.msisdn)) for line in page]
    facts = [(line.record.imsi, *fact) for line in page for fact in facts_of(speaks, line).items()]
    state.db.executemany("INSERT INTO auth VALUES (?, ?, ?)", [(line.record.imsi, line.ki, "") for line in page])
    state.db.executemany("INSERT INTO subscriber VALUES (?, ?)", known)
    state.db.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)


def _huawei(speaks: Dialect, line: Subscriber) -> dict[str, str]:
    record, words = line.record, speaks.values
    services = {words["service"][name]: "TRUE" for name in record.services or () if name in words["service"]}
    return {
        **huawei.NEW,
        "TPLID": record.profile,
        "NAM": words["access"][record.access],
        "ODBOC": words["long_distance"][record.long_distance],
        "ODBROAM": words["roaming"][record.roaming],
        "GPRS": _flag(record.data),
        "OC": _flag(record.outgoing_barred),
        "IC": _flag(record.incoming_barred),
        "GPRSLOCK": _flag(record.data_barred),
        **services,
        **_forwarding(speaks, record, ""),
    }


def _ericsson(speaks: Dialect, line: Subscriber) -> dict[str, str]:
    record, words = line.record, speaks.values
    services = {words["service"][name]: "1" for name in record.services or () if name in words["service"]}
    return {
        **ericsson.NEW,
        "PROFILE": record.profile,
        "NAM": words["access"][record.access],
        "OBO": "1" if record.outgoing_barred else words["long_distance"][record.long_distance],
        "OBI": "1" if record.incoming_barred else "0",
        "EPSODB": "ALL" if record.data_barred else "NONE",
        "OBR": words["roaming"][record.roaming],
        "PDPCP": "1" if record.data else "0",
        **services,
        **_forwarding(speaks, record, "SS "),
    }


def _flag(value: bool | None) -> str:
    return "TRUE" if value else "FALSE"


def _forwarding(speaks: Dialect, record: Record, lead: str) -> dict[str, str]:
    """The numbers that calls go to; the element's own name of each kind has a lead."""
    return {lead + speaks.values["kind"][kind]: number for kind, number in record.forwarding or ()}
