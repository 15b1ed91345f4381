"""What an M row of the catalogue declares: the tables that it keeps, as data. Everything else comes from that.

A `Subject` is the row (M6), an `Entity` (`kit.entity`) one kind of row that it keeps (a tax rate).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from boss_tui.components.base import Context
from boss_tui.editions import subjects as engine
from boss_tui.forms.form import Form
from boss_tui.management.kit import answering
from boss_tui.management.kit.acts import OfficeAct
from boss_tui.management.kit.entity import Entity, Values
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.job import Job

Fact = answering.Fact
Try = Callable[[Context, Any], Iterable[Fact]]
"""What comes of a form on the context's business date, by the rows as they stand then and the components over them."""


class TryOut(Struct, frozen=True):
    """What a manager can try before anything counts: what is asked for (`form`), and what answers it. `example`: a form
    that works here now, as it would be typed."""

    form: type[Form]
    run: Try
    example: Callable[[Reading], Values]


class Change(Struct, frozen=True):
    """A row of an edition that is made from one form (`kit.one_form`): of which table; what is done to it (add, change,
    end); its key as typed (of a new row none: it is among the values, or made); its fields as typed."""

    table: str
    op: str
    key: str = ""
    values: Values = field(default_factory=dict)


class RuleRun(Struct, frozen=True):
    """What a subject's rules are run by, over all that they are about: a job, step by step (`kit.runs`).

    Attributes:
        says: what it is called.
        begin: given what was asked for, makes the job (`jobs.begin_run`).
        step: one transaction of it.
        told: what came of it so far, a line each; the first is what is announced at its end. Of a line that names the
            `serial` of an order or the `number` of a line, that is a key away.
        asks: what is asked for at its beginning: title, reason, effective_from of the editions that it will make, or
            some of them; without any it is only confirmed.
    """

    says: Message
    begin: Callable[[Context, Mapping[str, str]], Job]
    step: Callable[[Context, Job, engine.Rules], Job]
    told: Callable[[Job], Sequence[Message]]
    asks: tuple[str, ...] = ("title", "reason", "effective_from")


class Subject(Struct, frozen=True, eq=False):
    """An M row: its code (M6), what it keeps, what must be so of it, and what can be tried.

    Who may change, check and change at once: the rights `M6`, `M6.check`, `M6.emergency`.

    Attributes:
        example: rows of an edition that could be submitted here now (`kit.one_form`).
        empty: components that it has no use for, each with its reason. All others are used by its editions, by the
            tables that they change and name (`Table.__component__`), or by what is tried.
        checks: what only this subject knows of its rows, looked at whenever an edition is tried (`editions.subjects`).
        tries: what can be tried before anything counts.
        more_tables: that its editions write beside those of its entities.
        income: what its editions may take away (`editions.second`).
        warns: what is said before one is submitted or approved (`editions.subjects`).
        runs: how its rules are run, by the table whose rows they come to (`Job.entity`).
        acts: what is done to rows that no edition changes.
    """

    code: str
    entities: tuple[Entity, ...]
    example: Callable[[Reading], Iterable[Change]]
    empty: Mapping[str, Message]
    checks: tuple[engine.Check, ...] = ()
    tries: TryOut | None = None
    more_tables: frozenset[str] = field(default_factory=frozenset)
    income: engine.Income | None = None
    runs: Mapping[str, RuleRun] = field(default_factory=dict)
    acts: tuple[OfficeAct, ...] = ()
    warns: tuple[engine.Check, ...] = ()

    def act(self, name: str) -> OfficeAct:
        """One of its acts. NotAllowed says which there are."""
        for each in self.acts:
            if each.name == name:
                return each
        names = ", ".join(each.name for each in self.acts) or "-"
        raise NotAllowed(
            say("There is no act {act} of {code}; there are {names}.", act=name, code=self.code, names=names)
        )

    def entity(self, name: str = "") -> Entity:
        """One of them by its table's name; the first, where none is said. NotAllowed says which there are."""
        for each in self.entities:
            if name in ("", each.name):
                return each
        told = say(
            "{code} keeps no {name}; it keeps {names}.",
            code=self.code,
            name=name,
            names=", ".join(each.name for each in self.entities),
        )
        raise NotAllowed(told, field="entity")

    def run_of(self, entity: str) -> RuleRun | None:
        """The run that is begun at a list of these rows: their own, or the only one; of stock its own alone."""
        is_stock = self.entity(entity).stock is not None
        only = next(iter(self.runs.values())) if len(self.runs) == 1 and not is_stock else None
        return self.runs.get(entity, only)

    @property
    def of_engine(self) -> engine.EditionSubject:
        """As the engine of editions is told of it."""
        published = frozenset(each.name for each in self.entities if each.stock is None)
        return engine.EditionSubject(self.code, published | self.more_tables, self.checks, self.income, self.warns)
