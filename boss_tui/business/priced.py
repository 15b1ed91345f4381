"""What an order was priced by, for whoever prices it once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct, field

from data.tables.base import Table


class Books(Protocol):
    """Rows by their keys, as headquarters knows them."""

    def row(self, model: type[Table], *key: Any) -> Mapping[str, Any] | None:
        """A row, or None."""
        ...


class Priced(Struct, frozen=True):
    """What an order's price rules were asked for.

    Attributes:
        products: the codes of what they are for, beside what the order begins.
        number: the number that was chosen with it, whose grade may have a fee.
        items: the charge items that the business charges; None: all that its rules name.
        instead: what is charged for an item instead of what its rule says, in fen.
    """

    products: tuple[str, ...] = ()
    number: str = ""
    items: frozenset[str] | None = None
    instead: Mapping[str, int] = field(default_factory=dict)
