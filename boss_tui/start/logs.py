"""The log of a home: what went wrong beside the screen. Kept small, so that it can be left alone for years.

Five files of a megabyte at most. What is said again and again (a gateway that is away is asked twice a second) stands
there once an hour, with how often it was said in between.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
BYTES, FILES = 1_000_000, 5
AGAIN_AFTER = 3600.0
"""Seconds after which the same line is written again."""
REMEMBERED = 200


class Repeats(logging.Filter):
    """Lets a line through once, then after an hour again, with how many of it were left out."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._said: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written."""
        line = (record.name, record.levelno, record.getMessage())
        since, left_out = self._said.pop(line, (float("-inf"), 0))
        if self._now() - since < AGAIN_AFTER:
            self._said[line] = (since, left_out + 1)
            return False
        self._said[line] = (self._now(), 0)
        if len(self._said) > REMEMBERED:
            del self._said[next(iter(self._said))]
        if left_out:
            record.msg, record.args = f"{line[2]} ({left_out} times more since)", None
        return True


class Log(RotatingFileHandler):
    """A log that can't be written (a full disk, a folder that is gone) never stops what wanted to be noted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(FORMAT))
        self.addFilter(Repeats())

    def emit(self, record: logging.LogRecord) -> None:
        """Note it, if that can be."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def log_to(path: Path) -> Log:
    """Faults go to a file: the screen belongs to the application. OSError when the folder can't be made."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handler = Log(path)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)
    return handler


def end_log(handler: Log) -> None:
    """Nothing is noted there any more."""
    logging.getLogger().removeHandler(handler)
    handler.close()
