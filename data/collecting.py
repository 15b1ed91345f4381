"""When Python looks for circles among its objects 垃圾回收: not in the middle of a page of rows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Work that makes many small objects which hold no circles: looking through them all, again and again, would take
    longer than the work. What is not needed any more goes all the same, by its count."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
