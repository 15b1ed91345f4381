"""`boss verify`: what always holds (design 5), checked over a whole store; each row that breaks a rule is named.

    with store.reading() as reading:
        findings = verify(reading)

Questions only: nothing is put right here. One module a rule or a family of rules, with the rule in prose at its top.
A rule is a query where it can be (`rule.Rule`), so that a million subscribers are looked at by the database.
"""

from __future__ import annotations

from boss_tui.verify.finding import Finding
from boss_tui.verify.network_copy import NetworkCopy
from boss_tui.verify.pushed import Headquarters, OfLink, OfStore
from boss_tui.verify.render import INVARIANTS, as_json, render
from boss_tui.verify.run import names, verify

__all__ = [
    "INVARIANTS",
    "Finding",
    "Headquarters",
    "NetworkCopy",
    "OfLink",
    "OfStore",
    "as_json",
    "names",
    "render",
    "verify",
]
