"""What `boss verify` asks of a home: the store's own rules, and the other copies of the truth that can be read here."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from typing import TYPE_CHECKING

from boss_tui.commands.shared import store_of
from data.errors import BadForm, BossError
from data.message import Message, say
from data.progress import Report, unreported

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from boss_tui.network.element import Element
    from boss_tui.sync.link import Link
    from boss_tui.sync.noted import NotedHead
    from boss_tui.verify import Finding, OfStore
    from data.store import Reading


Seconds = dict[str, float]
"""How many seconds each rule took."""


def rules_named(typed: Collection[str]) -> list[str]:
    """The rules whose names hold what was typed. BadForm names them all where there is none."""
    from boss_tui.verify import names

    known, found = names(), []
    for part in typed:
        fitting = [part] if part in known else [name for name in known if part.casefold() in name.casefold()]
        if not fitting:
            raise BadForm({"--rule": say("There is no rule {name}. There are: {all}", name=part, all="; ".join(known))})
        found += fitting
    return found


def checked(
    home: Home,
    *,
    by_link: Link | None = None,
    only: Collection[str] = (),
    tell: Report = unreported,
    seconds: Seconds | None = None,
) -> list[Finding]:
    """Every row that breaks a rule. A demonstration's own headquarters and element are looked into, too; another
    headquarters over the outlet's link, where there is one (`by_link`).

    Store, headquarters and element are not read at one moment: while others work, only what is found twice counts.
    `seconds` is filled with the time that each rule took.
    """
    taken: Seconds = {} if seconds is None else seconds
    found = _once(home, by_link, only, tell, taken)
    if not found or not (home.settings.demo or by_link):
        return found
    again = _once(home, by_link, only, tell, taken)
    return [finding for finding in again if finding in found]


def _once(home: Home, link: Link | None, only: Collection[str], tell: Report, taken: Seconds) -> list[Finding]:
    from boss_tui.verify import OfLink, verify

    def clocked(rule: str, seconds: float) -> None:
        taken[rule] = taken.get(rule, 0.0) + seconds

    with ExitStack() as parts:
        store = parts.enter_context(store_of(home))
        reading = parts.enter_context(store.reading())
        at_hand = None, OfLink(link) if link else None
        network, held = _machines(home, reading, parts) if home.settings.demo else at_hand
        return verify(
            reading,
            network=network,
            headquarters=held,
            outside=_outside(home, reading),
            only=only,
            tell=tell,
            clocked=clocked,
        )


def _outside(home: Home, reading: Reading) -> NotedHead | Message | None:
    """Where the journal stood, as noted in the home; headquarters has no journal of its own."""
    from boss_tui.start.home_files import home_key
    from boss_tui.sync.noted import read
    from data.tables.sync import JournalHead

    if reading.find(JournalHead, outlet=home.settings.outlet) is None:
        return None
    try:
        return read(home.folder, home.settings.outlet, home_key(home))
    except BossError as fault:
        return fault.message


def _machines(home: Home, reading: Reading, parts: ExitStack) -> tuple[Element, OfStore]:
    """A demonstration's element and headquarters, as they can be read."""
    from boss_tui.commands.network import element_of
    from boss_tui.start.demonstration import headquarters_store
    from boss_tui.verify import OfStore
    from data.demo.hall import ELEMENT
    from data.tables.network import NetworkElement

    central = headquarters_store(home)
    parts.callback(central.close)
    element = element_of(home, reading.one(NetworkElement, code=ELEMENT))
    parts.callback(element.close)
    return element, OfStore(parts.enter_context(central.reading()))
