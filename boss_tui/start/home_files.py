"""What a home keeps beside its store: this machine's key, the note of where the journal ends, files of reports."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from boss_tui.desk.station import Files
from data.errors import BossError

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.desk.machines import Machines
    from boss_tui.home.settings import Home
    from boss_tui.remote.services import Services
    from boss_tui.sync.keys import DeviceKey
    from boss_tui.sync.noted import Note
    from data.clock import Clock
    from data.message import Message
    from data.store import Store

log = logging.getLogger("boss.housekeeping")


def home_key(home: Home, name: str = "device") -> DeviceKey:
    """The key of that name in the home's keys; made when there is none yet."""
    from boss_tui.sync.keys import load_key, make_key

    path = home.folder / "keys" / f"{name}.key"
    return load_key(path) if path.exists() else make_key(path)


def note_of(home: Home) -> Note:
    """What is noted of the store's journal in the home, for a desk to ask."""
    from boss_tui.sync.noted import Note

    return Note(home.folder, home.settings.outlet, lambda: home_key(home))


def files_of(home: Home) -> Files:
    """Where the home's reports go as files, for a desk to write them."""
    return Files(home.folder / "reports", home.settings.pdf_font)


def services_of(folder: Path, clock: Clock) -> Callable[[], Services]:
    """The services of others that a home's interfaces ask, for a desk to ask them: one for the whole program, made with
    the first question."""
    return partial(_services, folder, cast("Hashable", clock))


def transport_keys_of(folder: Path) -> Callable[[str], bytes]:
    """The transport keys that a home keeps, by their index, for a desk to read makers' files."""

    def kept(index: str) -> bytes:
        from boss_tui.remote.secret_files import transport_key

        return transport_key(folder, index)

    return kept


def equipped(desk: Desk, home: Home) -> Desk:
    """A desk with what its home has for it, whichever door it is opened by: where files go, the services that its
    interfaces ask, makers' keys, a demonstration's machines."""
    seat = desk.seat
    seat.files, seat.transport_key = files_of(home), transport_keys_of(home.folder)
    seat.services = services_of(home.folder, seat.store.clock)
    if home.settings.demo:
        seat.machines = partial(_machines, home)
    return desk


def _machines(home: Home) -> Machines:
    from boss_tui.desk.machines import Machines

    return Machines(home)


@cache
def _services(folder: Path, clock: Any) -> Services:
    from boss_tui.remote.services import Services

    return Services(folder, clock)


def note_head(home: Home, store: Store) -> bool:
    """Note outside of the store where its journal ends. Damaged while the note that is there does not fit it."""
    from boss_tui.sync.noted import note

    return note(home.folder, store, home.settings.outlet, home_key(home))


def renew_head(home: Home, store: Store) -> None:
    """The same, whatever was noted before: the store was made, or put back on purpose."""
    note_of(home).renew(store)


def note_quietly(home: Home, store: Store) -> None:
    """Note it at the end of something that is done all the same; a fault goes to the log."""
    try:
        note_head(home, store)
    except BossError as fault:
        log.warning("journal's end: %s", fault)


def compare_head(home: Home, store: Store) -> Message | None:
    """Why this store is not the one that was noted, to be told before anybody signs on; None when it is.

    Nothing is sold on it meanwhile, the desk sees to that. A store that lacks entries is treated as one that was put
    back from a copy: headquarters brings it up again. What headquarters can't know of, a supervisor decides.
    """
    from boss_tui.sync.noted import disagreement, is_behind, read

    try:
        noted = read(home.folder, home.settings.outlet, home_key(home))
    except BossError as fault:
        return fault.message
    with store.reading() as reading:
        wrong, behind = disagreement(reading, noted), is_behind(reading, noted)
    if behind and (home.settings.demo or home.settings.headquarters):
        from data.backup import mark_restored

        mark_restored(store, home.settings.outlet)
    return wrong
