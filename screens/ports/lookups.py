"""What is looked for, and the customer in front of the clerk: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import OrderView, PaperView
from data.message import Message

if TYPE_CHECKING:
    from boss_tui.desk.act_view import ActView
    from boss_tui.management.m19.times import ProcessStanding, Step
    from boss_tui.matrix import Cell


class Hit(Protocol):
    """Something found. kind: customer, subscription, number, order, document, sim, card, handset. `values`: the
    `customer_id` and `number` that it leads to, of an order or paper its `serial`; none of these is ever empty."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str | Message: ...
    @property
    def values(self) -> Mapping[str, str]: ...


class CustomerView(Protocol):
    """The customer in front of the clerk. lines: what is worth seeing at a glance, label and value. number: the one
    that it is about, and whether that is `certain`. sought: they were looked for; else a form brought them. category,
    colour: what they are to the house, and how that is marked (`data.tables.customer.COLOURS`)."""

    @property
    def customer_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def numbers(self) -> tuple[str, ...]: ...
    @property
    def lines(self) -> tuple[tuple[Message, str | Message], ...]: ...
    @property
    def number(self) -> str: ...
    @property
    def certain(self) -> bool: ...
    @property
    def sought(self) -> bool: ...
    @property
    def category(self) -> Message: ...
    @property
    def colour(self) -> str: ...


class ServingPort(Protocol):
    """The customer in view."""

    def meet(self, customer_id: str, number: str = "") -> CustomerView:
        """Somebody who was looked for is in front of the clerk now, with the number that they were found by."""
        ...

    def in_view(self) -> CustomerView | None:
        """The customer in front of the clerk, as they stand now."""
        ...

    def next_customer(self) -> None:
        """The next customer: nobody is in view, and who was there has to show again who they are."""
        ...


class FindingPort(Protocol):
    """Whatever is typed a part of."""

    def find(self, text: str) -> Sequence[Hit]:
        """By number, document, name, pinyin, serial, card, handset."""
        ...


class LookupsPort(Protocol):
    """Whatever is looked for."""

    def order(self, serial: str) -> OrderView:
        """Where an order stands."""
        ...

    def orders(self, text: str, *, under_way: bool = False) -> Sequence[OrderView]:
        """The latest orders that fit a text: a serial or its end, a number or its last digits, a name. Empty: the
        latest of all. under_way: only those that the network is not done with."""
        ...

    def papers(self, serial: str) -> Sequence[PaperView]:
        """The documents of an order."""
        ...

    def act(self, serial: str) -> ActView:
        """An act of management."""
        ...

    def standings(self, business: str = "") -> Sequence[ProcessStanding]:
        """Where the orders of each process stand, or of one."""
        ...

    def at_step(self, business: str, act: str) -> Sequence[Step]:
        """The orders of a business at a step: what is over its limit first."""
        ...

    def matrix_of(self, codes: Iterable[str]) -> Mapping[str, Sequence[Cell]]:
        """The 20 cells of each of these businesses of the catalogue."""
        ...


class InquiryPort(Protocol):
    """A customer's data, for those who may see them."""

    def inquire(self, draft_id: str, part: str) -> Sequence[tuple[str | Message, ...]]:
        """A part of the customer that an inquiry is about; the look is logged. NotAllowed: they have not shown who they
        are."""
        ...
