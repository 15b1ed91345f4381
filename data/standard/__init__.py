"""What every headquarters begins with 建局: chart of accounts, taxes, identity documents, processes, roles with rights,
credit control.

Managers change it by editions as anything else. What is sold, at what price, where and by whom is theirs from the first
row on.
"""

from __future__ import annotations

from data.standard import credit, money, people, rules
from data.standard.rows import Rows

__all__ = ["Rows", "rows"]


def rows() -> Rows:
    """All of it."""
    yield from people.rows()
    yield from money.rows()
    yield from rules.rows()
    yield from credit.rows()
