"""Printers, and where papers come out: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from data.message import Message

if TYPE_CHECKING:  # what the first frame does not wait for
    from boss_tui.answers.hall import LogoView
    from printers.routes import Place


class PrinterView(Protocol):
    """A printer of the hall. state: active, off. fail_over: never, ask, self. `waiting`, `unknown`: papers; `refused`:
    it did not take the last one. near_end_since: stored time, or empty."""

    @property
    def code(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def kinds(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def stand_in(self) -> str: ...
    @property
    def fail_over(self) -> str: ...
    @property
    def waiting(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def refused(self) -> bool: ...
    @property
    def near_end_since(self) -> str: ...


class PrintersPort(Protocol):
    """Printers, and which counter's papers come out of which. What a change brings is told line by line."""

    def lines(self) -> Sequence[PrinterView]:
        """The printers of the hall as they stand."""
        ...

    def places(self) -> Sequence[Place]:
        """Where papers come out: the hall's, then counter by counter, kind by kind."""
        ...

    def set_route(self, counter: str, kind: str, printer: str) -> Sequence[Message]:
        """Papers of a kind, of a counter, come out of this printer; `printer` empty: as the hall's do."""
        ...

    def set_up(self, code: str, values: Mapping[str, str]) -> Sequence[Message]:
        """Set up a printer, or change what is said of it. BadForm beside each field."""
        ...

    def remove(self, code: str, to: str = "") -> Sequence[Message]:
        """A printer is no more; its papers go `to` another."""
        ...

    def logo(self) -> LogoView | None:
        """The logo at the top of papers; None where none is set."""
        ...

    def set_logo(self, path: str, kinds: str = "") -> LogoView:
        """Put a picture file at the top of these kinds of paper. BadForm beside picture or kinds."""
        ...

    def put_logo_away(self) -> None:
        """No paper carries a logo from now on."""
        ...

    def test(self, code: str) -> None:
        """A test page for a printer, after what waits there."""
        ...
