"""What every component stands on: the context of one step of a run, and the trail that its real calls leave.

A component's public methods are marked `@traced`: calling one writes its cell (such as `C1-F5`) into the trail. Beside
them only the engine of editions writes there, of the tables that it changes or asks (`Table.__component__`): the trail
says what was really used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from msgspec import Struct

from boss_tui.answers.business import AS_USUAL, Handwritten, Invoicing
from boss_tui.locale import DEFAULT
from data.message import Message
from data.statements import table_name
from data.store import UnitOfWork
from data.tables.base import Table

if TYPE_CHECKING:
    from boss_tui.components.asked import Question, ServiceAnswer

M = TypeVar("M", bound=Callable[..., Any])


class Piece(Struct):
    """Something that is sold, or comes back (`count` below nothing): kind and product as in `OrderItem`."""

    kind: str
    product: str
    count: int = 1


@dataclass(slots=True)
class Context:
    """One step of one run: the transaction that it happens in, and who does it where.

    Attributes:
        tx: the unit of work; the only way to the store.
        business: the catalogue's code, such as C1.
        outlet, counter: where. The counter is also its till.
        operator, role: who.
        business_date: the open business date, as stored (YYYY-MM-DD).
        draft_id: the draft that is being filled or completed.
        order_id, serial: the order, once it is being made.
        shift_id: the operator's open shift, if any.
        trail: the cells used so far, each with the method that was called.
        online: whether headquarters was reached at the last try; an outlet that has none is never cut off from it.
        collection: what is paid in one go with others; empty for one alone.
        shown: the digest of what an approver of this step sees; empty while it is not known.
        paid_out: how money is paid out, as JSON, empty when none is; None while nobody has said.
        identified: what the customer in view has proven: by document who they are, by password the right to a number.
        in_view: the customer in view; empty: nobody.
        fresh: whether what the form says in proof of it was typed while this customer is in view.
        language: of the papers that are printed here. reads: what whoever works here reads.
        invoicing: when the order's invoice is written, and for whom.
        slip: the slip that was written by hand, where it is entered later.
        sold: what this step sells, or takes back, piece by piece (`components.sold`).
        noted: what its papers say beside, label and value: of fields that managers have added.
        trial: the key of a trial, by which services know its questions from those of another.
        answers: what services have answered to this form, by question. unasked: questions that nobody has asked yet:
            the step is taken again once they are. asked: those that this step went by (`components.asked`).
        tried_by: the business that only tries how this one would be done: its cells are used.
        handed: what the operator may beside their role: each right with who has handed it to them.
        process: the version of its process that its form keeps (`processes.kept_process`); empty: it has no form.
    """

    tx: UnitOfWork
    business: str
    outlet: str
    counter: str
    operator: str
    role: str
    business_date: str
    draft_id: str = ""
    order_id: str = ""
    serial: str = ""
    shift_id: str = ""
    trail: list[list[str]] = field(default_factory=list)
    online: bool = True
    collection: str = ""
    identified: frozenset[str] = frozenset()
    shown: str = ""
    paid_out: str | None = None
    in_view: str = ""
    fresh: bool = True
    language: str = DEFAULT
    reads: str = DEFAULT
    invoicing: Invoicing = AS_USUAL
    slip: Handwritten | None = None
    sold: list[Piece] = field(default_factory=list)
    noted: tuple[tuple[Message, Message], ...] = ()
    trial: str = ""
    answers: Mapping[str, ServiceAnswer] = field(default_factory=dict)
    unasked: list[Question] = field(default_factory=list)
    asked: list[tuple[Question, ServiceAnswer]] = field(default_factory=list)
    tried_by: str = ""
    handed: Mapping[str, str] = field(default_factory=dict)
    process: str = ""
    _used: set[tuple[str, str]] = field(default_factory=set, init=False, repr=False)

    @property
    def today(self) -> date:
        """The business date."""
        return date.fromisoformat(self.business_date)

    @property
    def priced_on(self) -> str:
        """The business date whose products, prices and rates count: of what is entered later, when it was written."""
        return self.slip.written_on if self.slip else self.business_date

    def use(self, component: str, call: str) -> None:
        """Write into the trail that a component was used, and by what."""
        if (component, call) in self._used:
            return
        self._used.add((component, call))
        cell = [f"{self.tried_by or self.business}-{component}", call]
        if cell not in self.trail:
            self.trail.append(cell)

    def but(self, **values: Any) -> Context:
        """The same step with other values of these."""
        return replace(self, **values)

    def trying(self, business: str, outlet: str) -> Context:
        """The same step, as if another business were done at some outlet: what that uses is used by this one."""
        return self.but(business=business, outlet=outlet, tried_by=self.tried_by or self.business)

    def use_rows(self, model: type[Table]) -> None:
        """Write into the trail that rows of a table were used, by the component that they are of."""
        if model.__component__:
            self.use(model.__component__, table_name(model))


class Component:
    """A column of the catalogue, in one step of one run."""

    code: ClassVar[str]

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tx = context.tx


def traced(method: M) -> M:
    """Let a component's method leave its cell in the trail."""
    name = method.__name__

    @wraps(method)
    def call(self: Component, *args: Any, **kwargs: Any) -> Any:
        self.context.use(self.code, name)
        return method(self, *args, **kwargs)

    return cast(M, call)


def valid_on(row: Any, day: str) -> bool:
    """Whether a row with valid_from and valid_to (empty: open) stands on a business date."""
    return (not row.valid_from or row.valid_from <= day) and (not row.valid_to or day <= row.valid_to)
