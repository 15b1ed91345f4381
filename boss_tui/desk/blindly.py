"""A count that is put down before the books are asked about it, at the desk (`boss_tui.components.till.blind`).

It is put down in a transaction of its own, as one to which they have answered; who is killed meanwhile has had their
answer. Where they were not asked after all, because something else was wrong, that is taken back. Nothing that is said
until then tells whether the count is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from boss_tui.components.till import blind
from data.errors import Differs, NotAllowed
from data.message import say
from data.store import UnitOfWork

Writing = Callable[[str], AbstractContextManager[UnitOfWork]]


@contextmanager
def put_down_first(
    writing: Writing, act: str, put_down: Callable[[UnitOfWork], blind.PutDown | None]
) -> Iterator[None]:
    """Put a count down; then do what it is for. NotAllowed (field `approved_by`): a supervisor must sign on for it."""
    with writing(f"{act}.count") as tx:
        put = put_down(tx)
    if put is None:
        yield
        return
    if put.refusal is not None:
        raise put.refusal
    try:
        yield
    except Differs as refusal:
        if put.hidden and refusal.field == "reason":
            told = say("Your count is put down. It differs from the books: give a reason.")
            raise Differs(told, field="reason") from refusal
        raise
    except NotAllowed:
        with writing(f"{act}.count") as tx:
            blind.not_answered(tx, put.key)
        raise
