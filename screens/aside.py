"""Work that others take their time over, in a thread that the program's end does not wait for."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def in_a_thread(work: Callable[[], T]) -> T:
    """What it answers, or raises."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[Any], None], what: Any) -> None:
        if not answer.done():
            settle(what)

    def run() -> None:
        try:
            settled: tuple[Callable[[Any], None], Any] = (answer.set_result, work())
        except BaseException as fault:
            settled = (answer.set_exception, fault)
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(tell, *settled)

    threading.Thread(target=run, name="boss-apart", daemon=True).start()
    return await answer
