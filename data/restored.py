"""What is asked of a store that was put back from a copy until headquarters has given it a new epoch (`backup`)."""

from __future__ import annotations

from data.errors import NotAllowed
from data.message import say
from data.reading import Reading
from data.tables.sync import Setting

EPOCH_WANTED = "epoch_wanted"
RESTORED_AT = "restored_at"


def is_restored(reading: Reading) -> bool:
    """Whether this store waits for a new epoch after a restore."""
    return reading.find(Setting, name=EPOCH_WANTED, value="yes") is not None


def refuse_restored(reading: Reading) -> None:
    """NotAllowed while this store waits for a new epoch after a restore: to be asked before anything is sold."""
    if is_restored(reading):
        raise NotAllowed(
            say("This store was restored from a copy: connect to headquarters (boss sync) before selling.")
        )
