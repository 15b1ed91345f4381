"""By which version of its process an order was done: one that there was; and whether whoever it asks for gave their
word (M19, F14)."""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.operators.delegations import APPROVALS
from boss_tui.components.processes.kept_process import gives, of_row
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.people import giver_of, rest_of, roles_of
from boss_tui.headquarters.rules.reversals import is_left, is_opposite
from boss_tui.sync.effects import Fault
from data.clock import made_at, on_the_wall, stamp
from data.tables.order import Process


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What is wrong with the versions that the orders of an entry go by, and with the words that they were given. Who
    takes an order back has a supervisor's anyway, and what the program does on its day was asked for before."""
    for order in told.added.get("product_order", ()):
        yield from _version(known, order)
        if order["operator"] != SCHEDULER and not (is_opposite(known, told, order) or is_left(known, told, order)):
            yield from _order(known, told, order)


def _version(known: Known, order: Row) -> Iterator[Fault]:
    """An order goes by a version of its process that was published at some time; 0: its program noted none."""
    key, version = (order["business"],), order["process_version"]

    def is_it(row: Row) -> bool:
        return bool(row["revision"] == version)

    untold = not version or not known.was_published(Process, key)
    if not untold and known.stood(Process, key, order["business_date"], is_it) == "no":
        yield Fault("form", {"what": f"{order['business']} {version}", "table": "process"})


def _order(known: Known, told: Claim, order: Row) -> Iterator[Fault]:
    """By what the process says on that date; else by the version that the order goes by, as it stood when its form was
    begun."""
    key, asked_for = (order["business"],), max(0, abs(order["amount"]) - rest_of(told, order))
    approvers = [each for each in order["approved_by"].split(",") if each and each != order["operator"]]
    givers = (giver_of(known, order["outlet"], each, APPROVALS, order["business_date"]) for each in approvers)
    day, begun = order["business_date"], made_at(order["draft_id"])
    begun_on = on_the_wall(stamp(begun), "%Y-%m-%d") if begun else day
    had = [roles for each in (*approvers, *givers) if each and (roles := roles_of(known, each, day))]

    def given_by(roles: list[str]) -> Answer:
        def has_word(row: Row) -> bool:
            word = of_row(row).word(asked_for)
            return word is None or any(gives(known.reading, word, role) for role in roles)

        def keeps(row: Row) -> bool:
            return row["revision"] == order["process_version"] and has_word(row)

        if known.stood(Process, key, day, has_word) == "yes" or known.stood(Process, key, begun_on, keeps) == "yes":
            return "yes"
        return "perhaps" if known.stood(Process, key, day, keeps) == "perhaps" else "no"

    if not known.was_published(Process, key) or (sure := given_by([first for first, *_ in had])) == "yes":
        return
    might = sure == "perhaps" or given_by([role for roles in had for role in roles]) != "no"
    yield Fault("approval", {"what": f"{order['business']} {order['operator']}", "order": order["id"]}, note=might)
