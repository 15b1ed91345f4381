"""Businesses as they are filled in: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from boss_tui.answers.business import DraftView, Handwritten, PaperView
from data.message import Message

if TYPE_CHECKING:  # what the first frame does not wait for
    from boss_tui.forms.fields import Choice
    from boss_tui.forms.form import Form


class HeldView(Protocol):
    """A form that waits to be recalled. since: stored time. customer: a masked name. unfinished: nobody put it aside,
    the program ended in the middle of it."""

    @property
    def number(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Message: ...
    @property
    def note(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def customer(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def unfinished(self) -> bool: ...
    @property
    def counter(self) -> str: ...


class HeldPort(Protocol):
    """Forms that wait to be taken up."""

    def forms(self) -> Sequence[HeldView]:
        """What waits at this outlet, oldest first."""
        ...

    def in_work(self) -> Sequence[HeldView]:
        """What others are in at other counters, oldest first."""
        ...


class FormsPort(Protocol):
    """Begun, filled, priced, held, taken up again."""

    def assumed(self, code: str, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a form begins with: what was typed with its code, and what the customer in view says."""
        ...

    def said(self, code: str, word: str, rest: str) -> Mapping[str, Any]:
        """What a line at the prompt says of the form that it opens: by its word, and behind it."""
        ...

    def begin(self, code: str, values: Mapping[str, Any] | None = None, slip: Handwritten | None = None) -> DraftView:
        """A new draft, on disk at once."""
        ...

    def fill(self, draft_id: str, changes: dict[str, str]) -> DraftView:
        """Fields as typed. What is wrong comes back in `errors`, not as an exception."""
        ...

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price."""
        ...

    def hold(self, draft_id: str, note: str = "") -> None:
        """Put the draft aside under its number."""
        ...

    def recall(self, number: int) -> DraftView:
        """Take a held draft up again, at whatever counter."""
        ...

    def ended(self, draft_id: str) -> Message | None:
        """Who completed a form or gave it up meanwhile, wherever that was; None while it can be worked on."""
        ...

    def abandon(self, draft_id: str) -> None:
        """Give the draft up and free what it holds."""
        ...

    def last_values(self, code: str) -> Mapping[str, Any]:
        """What this operator typed the last time (F7)."""
        ...

    def choices(self, draft_id: str, field: str, text: str, most: int = 200) -> Sequence[Choice]:
        """The field's list (F4), narrowed by what is typed."""
        ...

    def form(self, code: str) -> type[Form]:
        """What a business asks for."""
        ...

    def help(self, code: str, field: str) -> Message:
        """What there is to know about a business, or about one of its fields."""
        ...

    def quotation(self, number: int) -> PaperView:
        """The price of a held form as a slip, without doing it."""
        ...


class AskingPort(Protocol):
    """Services of others, asked about a form. Both may be called beside other calls."""

    def ask(self, draft_id: str) -> None:
        """Ask what is open of a form, and wait until each has its answer, or is given up."""
        ...

    def give_up(self, draft_id: str) -> None:
        """Wait no more: what counts without an answer counts."""
        ...


class HandwritingPort(Protocol):
    """Slips that were written by hand, and come in later."""

    def check(self, slip: Handwritten) -> Handwritten:
        """A slip that was written by hand, as it will be kept. BadForm: field by field; it came in before."""
        ...

    def put_down(
        self,
        slip: Handwritten,
        code: str,
        why: str,
        taken: int = 0,
        way: str = "cash",
        reference: str = "",
        approver: str = "",
        password: str = "",
    ) -> None:
        """A slip that can't be done as it was promised waits among the queues; what was taken (fen) is in suspense.
        NotAllowed (`approved_by`): it is more than the clerk takes alone."""
        ...

    def waiting(self, key: str) -> tuple[str, Handwritten]:
        """The business and the head of a slip that waits, by its key."""
        ...
