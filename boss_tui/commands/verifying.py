"""What `boss verify` asks of a home: the store's own rules, and the other copies of the truth that can be read here."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from boss_tui.commands.shared import store_of

if TYPE_CHECKING:
    from boss_tui.settings import Home
    from boss_tui.sync.link import Link
    from boss_tui.verify import Finding
    from data.store import Reading


def checked(home: Home, *, by_link: Link | None = None) -> list[Finding]:
    """Every row that breaks a rule. A demonstration's own headquarters and element are looked into, too; another
    headquarters over the outlet's link, where there is one (`by_link`).

    Store, headquarters and element are not read at one moment: while others work, only what is found twice counts.
    """
    found = _once(home, by_link)
    if not found or not (home.settings.demo or by_link):
        return found
    again = _once(home, by_link)
    return [finding for finding in again if finding in found]


def _once(home: Home, link: Link | None) -> list[Finding]:
    from boss_tui.verify import OfLink, verify

    with ExitStack() as parts:
        store = parts.enter_context(store_of(home))
        reading = parts.enter_context(store.reading())
        if home.settings.demo:
            return _demonstration(home, reading, parts)
        return verify(reading, headquarters=OfLink(link) if link else None, each=_progress)


def _demonstration(home: Home, reading: Reading, parts: ExitStack) -> list[Finding]:
    from boss_tui.commands.network import element_of
    from boss_tui.demonstration import headquarters_store
    from boss_tui.verify import OfStore, verify
    from data.demo.hall import ELEMENT
    from data.tables.network import NetworkElement

    central = headquarters_store(home)
    parts.callback(central.close)
    held = OfStore(parts.enter_context(central.reading()))
    element = element_of(home, reading.one(NetworkElement, code=ELEMENT))
    parts.callback(element.close)
    return verify(reading, network=element, headquarters=held, each=_progress)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
