"""Desks in a real terminal, each of which serves one test after the other: starting one takes longer than most tests.

A test is lent one that stands at home, and leaves it wherever it likes: it is brought home again. One that a test
failed with, or that does not find home, ends; so does one that stood at home when it was told to go back. What is about
a program's start has processes of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.screens.terminal_process import F, TerminalProcess

PROGRAM = "tests.screens.desk_program"
HOME = {"en": "What is to be done?", "zh_CN": "请输入业务"}


class LentDesk:
    """One of them.

    Attributes:
        terminal: its terminal; the keys go there.
    """

    def __init__(self, terminal: TerminalProcess, out: Path, language: str) -> None:
        self.terminal = terminal
        self._out, self._home = out, HOME[language]
        self._before = dict[str, int]()

    @property
    def done(self) -> list[Any]:
        """Businesses that this test completed: code, values, tendered (fen)."""
        return self._since("done")

    @property
    def drafts(self) -> list[dict[str, Any]]:
        """The values of drafts that this test began."""
        return self._since("drafts")

    @property
    def draft(self) -> dict[str, Any]:
        """The newest of them."""
        return (self.drafts or [{}])[-1]

    def begin(self) -> None:
        """A test begins."""
        self.terminal.wait(lambda: self.terminal.shows(self._home))
        self._before = {name: len(rows) for name, rows in self._written().items()}

    def leave(self) -> None:
        """The way home: an outcome is closed, a form given up."""
        terminal = self.terminal
        terminal.read(0.5)  # hands rest: what was dropped before is no matter any more
        terminal.send(F[3])
        terminal.wait(lambda: terminal.shows(self._home) or terminal.shows("Give it up?") or terminal.shows("放弃"))
        if not terminal.shows(self._home):
            terminal.read(0.5)  # what is typed ahead is no answer
            terminal.send(b"y")
            terminal.wait(lambda: terminal.shows(self._home))

    def left(self) -> bool:
        """Whether the program has ended, as one does that goes back from home; AssertionError where it died."""
        ended = self.terminal.ended()
        assert not ended or self.terminal.code() == 0
        return ended

    def _since(self, name: str) -> list[Any]:
        return self._written().get(name, [])[self._before.get(name, 0) :]

    def _written(self) -> dict[str, list[Any]]:
        return dict(json.loads(self._out.read_text())) if self._out.exists() else {}


class LentDesks:
    """All of them, by what they were started with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._at_home = dict[Any, LentDesk]()
        self._started = 0

    @contextmanager
    def lent(
        self,
        delay: float = 0.0,
        language: str = "en",
        charset: str = "utf-8",
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[LentDesk]:
        """One at home, as long as a test needs it. delay: seconds that the desk takes for each answer."""
        key = (delay, language, charset, tuple((environment or {}).items()))
        desk = self._at_home.pop(key, None)
        if desk is None or desk.left():
            self._started += 1
            out = self._folder / f"{self._started}.json"
            arguments = (str(out), f"delay={delay}", f"language={language}")
            desk = LentDesk(
                TerminalProcess(PROGRAM, *arguments, environment=environment, charset=charset), out, language
            )
        try:
            desk.begin()
            yield desk
            desk.leave()
        except BaseException:
            desk.terminal.end()
            raise
        self._at_home[key] = desk

    def end(self) -> None:
        """All end."""
        for desk in self._at_home.values():
            desk.terminal.end()
