"""What the network was told of a line by all work that was done, and what it must still be told to agree with the book.

An order does not end with its own work alone: what the network holds then must be what the book says then. The work
orders of a line that are done are read in the order in which that happened, each line of a template for what it brings
about (`expected`); where a subscriber was made anew, nothing is left but what was put back. What was never told of is
taken to be as the book says. So it does not matter in which order work was refused, tried again, done by a person or
given up, nor which order changed what in the book meanwhile. Source: design 5.5 and 7; catalogue C2, C3, C6;
domain-facts 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.network_elements import BARS, FORWARDINGS
from boss_tui.components.products.suspending import FORWARD_TO
from boss_tui.network import book
from boss_tui.network.dialects.acts import ACTS
from boss_tui.network.dialects.templates import Step, holds, names
from boss_tui.network.expected import expected
from boss_tui.network.present import BAR, known_by
from boss_tui.network.rows import orders, work
from boss_tui.network.tables import dialect_in_force
from data.store import Reading
from data.tables.life import ServiceParameter
from data.tables.network import NetworkElement
from data.tables.order import Subscription

Facts = dict[str, Any]
"""What the network holds of a line, fact by fact: `data`, `long_distance`, `roaming`, the bars; `service:…` (on or not)
and `forwarding:…` (the number, or None). A fact that is not there was never told of."""
Act = tuple[str, dict[str, Any]]

SERVICE, FORWARDING = "service:", "forwarding:"
BARRED = ("outgoing_barred", "incoming_barred", "data_barred")
REACH = ("long_distance", "roaming")
_KINDS = tuple(FORWARDINGS.values())
_ABSOLUTE = (*BARRED, *REACH, "data")
_ANEW = "made anew"
"""Among the facts: all of the line is known, since its subscriber was made by us."""
_NEVER = "?"
"""What an element holds of a fact that it was not told when it made the subscriber: nothing that the book could say."""

_DONE = (
    select(work.c.act, work.c.parameters, work.c.element)
    .select_from(work.join(orders, orders.c.id == work.c.order_id))
    .where(orders.c.subscription_id == bindparam("of_subscription"), work.c.kind == "automatic", work.c.state == "done")
    .order_by(work.c.done_at, orders.c.created_at, work.c.position)
)
_OTHERS = (
    select(work.c.act, work.c.parameters, work.c.element, work.c.state)
    .select_from(work.join(orders, orders.c.id == work.c.order_id))
    .where(
        orders.c.subscription_id == bindparam("of_subscription"),
        orders.c.id != bindparam("but_order"),
        orders.c.state == "inProgress",
        work.c.kind == "automatic",
        work.c.state.in_(("open", "done")),
    )
)


def outstanding(reading: Reading, subscription: Subscription, but_order: str) -> list[Act]:
    """What the network must still be told of a line, seen from the end of an order.

    What another order has told already, and the book learns with that one's end, is left to it; and so is a bar that
    another order has yet to tell.
    """
    if subscription.state not in book.LIVING:
        return []
    there, had = _told(reading, subscription.id), book.of(reading, subscription)
    if there.pop(_ANEW, False):
        there = {**{f"{SERVICE}{name}": False for name in had.services}, **there}
    theirs = _theirs(reading, subscription.id, but_order)
    wrong = {fact for fact, value in there.items() if fact not in theirs and value != _by_book(fact, had)}
    return list(_acts(reading, subscription, had, wrong))


def _told(reading: Reading, subscription_id: str) -> Facts:
    facts: Facts = {}
    for act, parameters, element in reading.rows(_DONE, of_subscription=subscription_id):
        _tell(facts, reading, act, parameters, element)
    return facts


def _theirs(reading: Reading, subscription_id: str, but_order: str) -> set[str]:
    """The facts that are left to other orders."""
    found: set[str] = set()
    for act, parameters, element, state in reading.rows(_OTHERS, of_subscription=subscription_id, but_order=but_order):
        if state == "open":
            found |= {*BARRED} if act in BAR else set()
            continue
        facts: Facts = {}
        _tell(facts, reading, act, parameters, element)
        found |= facts.keys() - {*BARRED}
    return found


def _tell(facts: Facts, reading: Reading, act: str, parameters: str, element: str) -> None:
    """What one act that was done leaves of the facts."""
    if act not in ACTS:
        return
    if act == "delete_subscriber":
        facts.clear()
        return
    values = json.loads(parameters)
    for step in dialect_in_force(reading, reading.one(NetworkElement, code=element).dialect, act).templates[act]:
        if holds(step.when, values):
            _line(facts, act, step, values)
    if act == "change_sim":  # it loses call forwarding (domain-facts 2)
        facts.update({f"{FORWARDING}{kind}": None for kind in _KINDS})
    if act in BAR:
        facts["long_distance"] = values["long_distance"]  # that which holds once it is lifted (`acts.ACTS`)
    if act == "set_long_distance" and facts.get("outgoing_barred"):
        facts["outgoing_barred"] = False  # some elements keep both in one place


def _line(facts: Facts, act: str, step: Step, values: dict[str, Any]) -> None:
    """What one line leaves of the facts."""
    if "profile" in names(step.command):
        facts.update(_anew(facts))
    brought = expected(act, step, values)
    facts.update({name: brought[name] for name in _ABSOLUTE if name in brought})
    facts.update({f"{SERVICE}{name}": on for name, on in brought.get("services", {}).items()})
    facts.update({f"{FORWARDING}{kind}": number for kind, number in brought.get("forwarding", {}).items()})


def _anew(before: Facts) -> Facts:
    """A subscriber that was just made: what was switched on is off, and what must be told is not told yet."""
    fresh: Facts = {_ANEW: True, **dict.fromkeys(BARRED, False), **dict.fromkeys(REACH, _NEVER), "data": False}
    fresh |= {fact: False for fact in before if fact.startswith(SERVICE)}
    return fresh | {f"{FORWARDING}{kind}": None for kind in _KINDS}


def _by_book(fact: str, had: book.Had) -> Any:
    """What the book says of a fact."""
    kind, colon, name = fact.partition(":")
    if colon:
        return name in had.services if f"{kind}:" == SERVICE else dict(had.forwarding).get(name)
    if fact in BARRED:
        return had.bar == "all" or (fact == BARRED[0] and had.bar != "")
    return "data" in had.acts if fact == "data" else getattr(had, fact)


def _acts(reading: Reading, line: Subscription, had: book.Had, wrong: set[str]) -> Iterator[Act]:
    """The acts that make these facts what the book says; while a line is barred, its bar brings how far it calls."""
    known = known_by(reading, line)
    who = {"msisdn": known["msisdn"]}
    if "data" in wrong:
        yield "set_data", {**who, "data": had.carried()["data"]}
    if "roaming" in wrong:
        yield "set_roaming", {**who, "roaming": had.roaming, "old_roaming": had.roaming}
    for name in sorted(fact.removeprefix(SERVICE) for fact in wrong if fact.startswith(SERVICE)):
        yield "set_supplementary", {**who, "service": name, "on": "on" if name in had.services else "off"}
    yield from _forwarding(reading, line, who, wrong)
    if wrong & {*BARRED} or ("long_distance" in wrong and had.bar):
        yield BARS[had.bar], {**known, "long_distance": had.long_distance}
    elif "long_distance" in wrong:
        reach = had.long_distance
        yield "set_long_distance", {**who, "long_distance": reach, "old_long_distance": reach}


def _forwarding(reading: Reading, line: Subscription, who: Mapping[str, str], wrong: set[str]) -> Iterator[Act]:
    for code, kind in FORWARDINGS.items():
        if f"{FORWARDING}{kind}" in wrong:
            row = reading.find(ServiceParameter, subscription_id=line.id, service=code, name=FORWARD_TO)
            if row is not None and row.value:
                yield "register_forwarding", {**who, "kind": kind, "number": row.value}
            else:
                yield "erase_forwarding", {**who, "kind": kind}
