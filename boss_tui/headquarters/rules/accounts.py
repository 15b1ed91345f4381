"""An account is opened as one is: of its outlet, paid in cash, under the number that its order's papers say; a closed
one never opens again (F12).

How it is paid afterwards: `paid_how`. Source: catalogue F12, C4.3; at the desk: `Accounts.open`, `Accounts.close`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.characters import is_digits

TABLE = "billing_account"
NEW: Mapping[str, str] = {"pay_method": "cash", "bank": "", "bank_account": "", "state": "active"}
"""What any new account is."""


def judge(_known: Known, told: Claim) -> Iterator[Fault]:
    """The first account that is opened otherwise than one is, or again."""
    for row in told.added.get(TABLE, ()):
        if not _is_new(told, row):
            yield Fault("form", {"what": f"{TABLE} {row['number']}", "table": TABLE})
            return
    for change in told.changed.get(TABLE, ()):
        if change.values.get("state") == "active":
            yield Fault("move", {"what": f"{TABLE} {change.key[0]}: closed → active", "table": TABLE})
            return


def _is_new(told: Claim, row: Row) -> bool:
    outlet, number = told.entry.outlet, row["number"].removeprefix(told.entry.outlet)
    of_outlet = row["number"].startswith(outlet) and is_digits(number)
    said = any(row["number"] in paper["content"] for paper in told.added.get("paper_document", ()))
    return of_outlet and said and all(row[name] == value for name, value in NEW.items())
