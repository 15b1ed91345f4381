"""What a line has no more is let go: a number and a card that it changes for others; all that it has, when it ends.

Who keeps one could sell it under the counter, or goes on to charge somebody who has left. What another outlet did with
the line since, the entry's may not have heard of: then it is noted. Source: catalogue C2, C3, C9; design 5.3; at the
desk: `Resources.quarantine`, `Resources.void`, `Subscriptions.terminate`, `Billing.end`, `Processes.unschedule`,
`ProviderServices.end_all`.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.sync.effects import Fault
from data.statements import table_name
from data.tables.base import Table
from data.tables.life import Agreement, ScheduledAct, Suspension
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import ChargeSchedule

TERMINATED = "terminated"
ENDS = (TERMINATED, "cancelled")
PIECES: tuple[tuple[str, type[Table]], ...] = (("number", PhoneNumber), ("iccid", SimCard))
"""By the column of a line, what it has."""
HAS: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (Agreement, ("active",)),
    (ChargeSchedule, ("running", "waiting")),
    (SubscriptionProduct, ("active", "pending")),
    (Suspension, ("planned", "running")),
    (ScheduledAct, ("waiting",)),
    (ProviderSubscription, ("active",)),
)
"""What else a line has, and the states in which it does."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What lines still have that they gave up, or that end. What is not here as the entry found it is told elsewhere
    (`sync.effects`)."""
    for change in told.changed.get("subscription", ()):
        here = known.row(Subscription, *change.key)
        if here is None or here["revision"] != change.base:
            continue
        after = {**here, **change.values}
        ends = here["state"] not in ENDS and after["state"] in ENDS
        for column, model in PIECES:
            if here[column] and (ends or after[column] != here[column]) and _keeps(known, told, model, here, column):
                table = table_name(model)
                yield Fault("move", {"what": f"{table} {here[column]}", "table": table})
        if after["state"] == TERMINATED != here["state"] and (table := _left(known, told, here["id"])):
            what = {"what": f"{table} {here['number']}", "table": table}
            yield Fault("move", what, note=not _is_its_own(known, told, here))


def _keeps(known: Known, told: Claim, model: type[Table], line: Row, column: str) -> bool:
    """Whether a piece is a line's behind an entry as it was before."""
    piece = known.row(model, line[column])
    if piece is None or piece[LINE] != line["id"]:
        return False
    moved = [each.values for each in told.changed.get(table_name(model), ()) if each.key[0] == line[column]]
    return all(values.get(LINE, line["id"]) == line["id"] for values in moved)


def _left(known: Known, told: Claim, line: str) -> str:
    """The first table in which a line that ended has something still; empty: none."""
    for model, states in HAS:
        if any(row["state"] in states for row in told.after(known, model, **{LINE: line})):
            return table_name(model)
    return ""


def _is_its_own(known: Known, told: Claim, line: Row) -> bool:
    """Whether nobody but the entry's outlet ever did anything with a line, and all of that is here."""
    outlets = {row["outlet"] for row in known.told(ProductOrder, **{LINE: line["id"]})}
    own = outlets | {line["outlet"]} == {told.entry.outlet}
    return own and not known.waits(told.entry.outlet, [line["id"]])
