"""What a business is: its Transaction, the Run that does it, and what each step answers.

A transaction module says only what is special to its business; the desk does what all share. It reaches the store
through the components of its Run alone, so that the trail tells which of them were really used.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct, field

from boss_tui.answers.business import PaperView, QuoteLine, Tender
from boss_tui.business.entries import BusinessEntry
from boss_tui.business.priced import Books, Priced
from boss_tui.business.reversal import NEVER, Reversal
from boss_tui.business.run import Run
from boss_tui.business.vault import Vault
from boss_tui.components.extra_fields import extended
from boss_tui.forms.fields import Choice
from boss_tui.forms.form import Form
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.order import ProductOrder

__all__ = ["Done", "Run", "Transaction", "meant"]

F = TypeVar("F", bound=Form)
W = TypeVar("W")
"""What a business works out of its form."""


class Done(Struct, frozen=True):
    """What a transaction has done, for the order that the desk writes. Amounts in fen.

    `state` is the order's: inProgress while the network has work orders, completed when there are none.
    """

    customer_id: str | None = None
    subscription_id: str | None = None
    state: str = "completed"
    amount: int = 0
    tendered: int = 0
    change: int = 0
    papers: tuple[PaperView, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


class Transaction(ABC, Generic[F, W]):
    """A business of the catalogue: its form F, and its case W, which `fill` works out of it and all that follows gets.

    Its code, name, aliases and what may be done of it offline are its entry's.

    Class attributes:
        means: words among the aliases that say more than which business it is: the fields that each fills.
        form: what it asks for.
        empty: cells that the business has no use for, each with its reason.
        instead: what undoes it once the network has done it, where an order can be cancelled before that.
        reversal: until when it can be taken back once it is completed.
        binds: whether it binds the customer, who signs its slip 业务受理单 then (domain-facts 7).
        gives_back: whether it gives back what was earned without taking an order back: headquarters believes that of no
            other (`boss_tui.headquarters.rules.items`).
    """

    means: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    form: type[F]
    empty: ClassVar[Mapping[str, Message]] = {}
    instead: ClassVar[Message] = Message("")
    reversal: ClassVar[Reversal] = NEVER
    binds: ClassVar[bool] = False
    gives_back: ClassVar[bool] = False

    def __init__(self, entry: BusinessEntry) -> None:
        self.code, self.name, self.aliases, self.offline = entry.code, entry.name, entry.aliases, entry.offline

    def form_for(self, run: Run) -> type[F]:
        """What is asked for here and now: its form, and the fields that managers have added to it."""
        return extended(self.form, run.extras)

    def titled(self, values: Mapping[str, Any]) -> Message:
        """What was done, by the values of its form, as papers, lists and dialogs name it: the business's name where
        it does one thing alone."""
        return self.name

    def chosen(self, values: Mapping[str, Any], name: str) -> str:
        """What stands in a field of the form, or would if nobody typed it."""
        return str(values.get(name) or self.form.model_fields[name].get_default() or "")

    def begin(self, run: Run) -> None:
        """Before anything is typed: the notices, and whether this operator may do it at all."""
        run.processes.started()
        if run.processes.informs():
            run.notices += run.content.published()

    @abstractmethod
    def fill(self, run: Run, form: F) -> W | None:
        """Look at what is typed so far: fields that are missing are None. Reserve, qualify, price. Repeatable. Answers
        the case; None while there is nothing to go by."""

    def explain(self, run: Run, form: F, case: W | None) -> None:
        """After `fill`, where somebody looks at it: what they should see beside that decides nothing."""

    @abstractmethod
    def perform(self, run: Run, form: F, case: W | None, tenders: Sequence[Tender]) -> Done:
        """Do it, inside the one transaction, after `fill` found nothing against it."""

    def rest_line(self, run: Run, case: W | None, amount: int) -> QuoteLine | None:
        """The line that puts so many fen of the change into the customer's balance, after `fill`; None where they have
        none that it could go into."""
        return None

    def begins(self, run: Run, form: F, case: W | None) -> Iterable[str]:
        """The plan and services that this sells, by their codes, after `fill`; pieces of stock tell themselves."""
        return ()

    def limited_by(self, form: F, order: Mapping[str, Any]) -> int:
        """The fen of an order that what a role may take in is held against, where there is such a limit (F7)."""
        return 0

    def supervised(self, form: F) -> bool:
        """For headquarters: whether a form is never done without a supervisor, who does it or allows it."""
        return False

    def priced(self, form: F, order: Mapping[str, Any], books: Books) -> Priced | None:
        """For headquarters, which prices each order once more: what its price rules were asked for. None: its price
        follows from more than rules (bills, contracts, what an earlier order brought)."""
        return None

    def finish(self, run: Run, order: ProductOrder) -> None:
        """The network has done all its work orders (竣工)."""

    def due(self, run: Run, order: ProductOrder) -> bool:
        """The business date has come that this order waited for, or that another had set for it (`Processes.schedule`).

        Answers whether the network has work now; without any the order is completed at once. A refusal is told to
        people, and the act is tried no more.
        """
        raise NotAllowed(say("{business} has nothing that waits for a date.", business=self.name))

    def reverse(self, run: Run, order: ProductOrder) -> bool:
        """Take back, on the same record, what the completed `order` did. Its money and papers are the desk's.

        The run's own order is the one that reverses. Answers whether the network has work for it. NotAllowed undoes
        all of it.
        """
        raise NotAllowed(say("{business} can't be taken back.", business=self.name))

    def finish_reversal(self, run: Run, order: ProductOrder) -> None:
        """The network has done all the work of an order that reverses another one."""

    def form_of(self, order: ProductOrder) -> F:
        """The form that an order was made from; secrets are None."""
        return self.form.partial(json.loads(order.form_json))[0]

    def cancel(self, run: Run, order: ProductOrder) -> None:
        """Undo what is special to the business: resources back, what it opened closed.

        The network has nothing of the order then, its money was given back and its papers are reversed: all that is the
        desk's. A business without this can't be cancelled. NotAllowed undoes all of it.
        """
        raise NotAllowed(say("{business} can't be cancelled.", business=self.name))

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the business has a cancellation."""
        return type(self).cancel is not Transaction.cancel

    def choices(self, run: Run, form: F, field: str, text: str) -> list[Choice]:
        """The list of a field (F4), narrowed by what is typed.

        Of a field that takes a choice alone it is the whole list: how it is typed and narrowed is the desk's.
        """
        return []

    def known(self, run: Run, field: str) -> Collection[str]:
        """The codes that there are, of a field whose list offers only some of them to this customer now."""
        return ()

    def protect(self, values: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """Check the secrets among the values, and hash or prove them; the desk keeps only what this answers.

        Raises `typed.wrong` for whatever was typed of them, BadForm for a certain one.
        """
        return {}

    def example(self, run: Run) -> dict[str, Any]:
        """A form that works in this store now, as it would be typed."""
        raise NotImplementedError(f"{self.code} has no example")


def meant(words: Collection[str], **values: str) -> dict[str, Mapping[str, str]]:
    """What words of the prompt fill, for `Transaction.means`."""
    return dict.fromkeys(words, values)
