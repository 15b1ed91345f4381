"""What an order touches of its line: by that, and by nothing else, two orders are in each other's way (catalogue F14).

Words such as `number`, `card`, `plan`, `account`, `stop:loss`, `service:CLIP`, `forwarding:cfu`, `provider:SP001`: what
an order changes, and what it rests on so that another one must not change it meanwhile. A word without its second part
means all of them; `line` means everything. The order keeps its words until it ends, and changes in the book only what
they name.
"""

from __future__ import annotations

from collections.abc import Iterable

LINE = "line"


def meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two orders touch the same."""
    there = tuple(others)
    return any(_same(one, other) for one in some for other in there)


def _same(one: str, other: str) -> bool:
    return LINE in (one, other) or one == other or one.startswith(f"{other}:") or other.startswith(f"{one}:")


def stored(words: Iterable[str]) -> str:
    """The words as a row keeps them."""
    return " ".join(sorted(words))


def read(text: str) -> frozenset[str]:
    """The words that a row keeps."""
    return frozenset(text.split())
