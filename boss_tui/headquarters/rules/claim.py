"""What is judged: an entry's changes by table; the rows that it rests on; what stood in headquarters' own rows then."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.operators.operators import paid_out
from boss_tui.editions.rows_date import stands_on
from boss_tui.forms.form import Form
from boss_tui.headquarters.absence import Absence, Answer
from boss_tui.headquarters.rules.published_rows import PublishedRows
from boss_tui.sync.items import numbers_told
from boss_tui.sync.rows import key_of
from boss_tui.sync.shapes import Entry
from data.clock import on_the_wall, stamp
from data.journal import Change
from data.message import Message
from data.parameters import Declared
from data.statements import columns, defaults, instance, keys, table_name
from data.store import Reading
from data.tables import all_tables
from data.tables.base import Table
from data.tables.order import HandwrittenSlip
from data.tables.parameter import Parameter
from data.tables.sync import JournalEntry, SyncException

Row = Mapping[str, Any]
Key = tuple[Any, ...]
T = TypeVar("T", bound=Table)
NEVER_AWAY = Absence()
LATELY = 20
"""So many entries are looked at for what an outlet last took of the stream."""
_j = JournalEntry.table().c
_TAKEN = (
    select(*_j)
    .where(_j.outlet == bindparam("of"), _j.epoch <= bindparam("of_epoch"), _j.seq < bindparam("before"))
    .where(_j.kind == "feed")
    .order_by(_j.seq.desc())
    .limit(LATELY)
)


class OneByOne(Exception):
    """An entry can only be judged once those before it in its batch are in the store."""


class Filled(Struct, frozen=True):
    """The form of an order: its class, what was typed, the form that it makes, and what is wrong with it."""

    of: type[Form]
    values: Mapping[str, Any]
    filled: Any
    errors: Mapping[str, Message]


class Claim:
    """An entry, its new rows as it leaves them, its changes and what it adds to figures, by table."""

    __slots__ = ("_forms", "added", "changed", "entry", "grown")

    def __init__(self, entry: Entry, changes: Iterable[Change]) -> None:
        self.entry = entry
        self._forms: dict[str, Filled | None] = {}
        self.added: defaultdict[str, list[Row]] = defaultdict(list)
        self.changed: defaultdict[str, list[Change]] = defaultdict(list)
        self.grown: defaultdict[str, list[Change]] = defaultdict(list)
        places: dict[tuple[str, Key], int] = {}
        for change in changes:
            place = (change.table, change.key)
            if change.op == "add":
                places[place] = len(self.added[change.table])
                self.added[change.table].append(_whole(change))
            elif change.op == "change":
                self.changed[change.table].append(change)
                if place in places:
                    rows, at = self.added[change.table], places[place]
                    rows[at] = {**rows[at], **change.values}
            else:
                self.grown[change.table].append(change)

    def form(self, order: Row) -> Filled | None:
        """The form that an order was made from; None when it is none."""
        if order["id"] not in self._forms:
            self._forms[order["id"]] = _form_of(order)
        return self._forms[order["id"]]

    def row(self, known: Known, model: type[Table], key: Any) -> Row | None:
        """A row by a key of one column, as the entry makes it, else as it is known."""
        (name,) = keys(model)
        added = (row for row in self.added.get(table_name(model), ()) if row[name] == key)
        return next(added, None) or known.row(model, key)

    def after(self, known: Known, model: type[Table], **where: Any) -> list[Row]:
        """Rows of outlets' that have these values in columns which never become others, as the entry leaves them."""
        table = table_name(model)
        rows = {key_of(model, row): row for row in known.told(model, **where)}
        for change in self.changed.get(table, ()):
            if change.key in rows:
                rows[change.key] = {**rows[change.key], **change.values}
        for row in self.added.get(table, ()):
            if all(row[name] == value for name, value in where.items()):
                rows[key_of(model, row)] = row
        return list(rows.values())

    def cancels(self, order_id: str) -> bool:
        """Whether the entry cancels an order that was there."""
        changed = self.changed.get("product_order", ())
        return any(each.key[0] == order_id for each in changed if each.values.get("state") == "cancelled")

    def of_order(self, table: str, order_id: str) -> list[Row]:
        """The new rows of a table that are of an order."""
        return [row for row in self.added.get(table, ()) if row["order_id"] == order_id]

    def paid_out(self) -> Iterator[tuple[str, str, str, int]]:
        """What was paid out, by an order or out of suspense: outlet, by whom, business date, fen."""
        for order in self.added.get("product_order", ()):
            if order["amount"] < 0 and order["state"] != "cancelled":
                yield order["outlet"], order["operator"], order["business_date"], -order["amount"]
        postings = {posting["id"]: posting for posting in self.added.get("posting", ())}
        for entry in self.added.get("suspense_entry", ()):
            if entry["act"] == "given_back":
                by = postings[entry["posting_id"]]["operator"]
                yield entry["outlet"], by, entry["business_date"], -entry["amount"]


def _whole(change: Change) -> Row:
    """A new row; one of an older program, with the defaults of what it did not have."""
    model = all_tables()[change.table]
    return change.values if len(change.values) == len(columns(model)) else {**defaults(model), **change.values}


def _form_of(order: Row) -> Filled | None:
    business = BUSINESSES.get(order["business"])
    try:
        values = json.loads(order["form_json"])
        if business is None or not isinstance(values, dict):
            return None
        return Filled(business.form, values, *business.form.partial(values))
    except (ValueError, TypeError):
        return None


class Known:
    """Headquarters' rows as they stand before an entry: those of the store, and what entries before it in its batch
    told of them, which may not be written yet. What is published to some outlets only is as `outlet` has it; of none,
    as headquarters itself."""

    def __init__(self, reading: Reading, absence: Absence = NEVER_AWAY, outlet: str = "") -> None:
        self.reading = reading
        self.published = PublishedRows(reading, outlet)
        self._absence = absence
        self._paid_out, self._paid_before = Counter[tuple[str, str, str]](), dict[tuple[str, str, str], int]()
        self.today = on_the_wall(stamp(reading.clock.now()), "%Y-%m-%d")
        self._rows: defaultdict[str, dict[Key, dict[str, Any] | None]] = defaultdict(dict)
        self._moved: defaultdict[str, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._learned: defaultdict[str, list[Row]] = defaultdict(list)
        self._taken: dict[tuple[int, int], int] = {}

    def row(self, model: type[Table], *key: Any) -> Row | None:
        """A row by its key."""
        table = table_name(model)
        rows = self._rows[table]
        if key not in rows:
            if key in self.published.apart(model):
                stands = self.published.on(model, key, stands_on(self.reading))
                rows[key] = None if stands is None else dict(stands)
            else:
                found = self.reading.find(model, **dict(zip(keys(model), key, strict=True)))
                rows[key] = None if found is None else {**found.__dict__, **self._moved[table].pop(key, {})}
        return rows[key]

    def all(self, model: type[T], **where: Any) -> list[T]:
        """Rows of a table of headquarters' by values of columns."""
        apart = self.published.apart(model)
        found = [row for row in self.reading.all(model, **where) if key_of(model, row.__dict__) not in apart]
        others = (self.row(model, *key) for key in sorted(apart))
        return found + [
            instance(model, dict(row))
            for row in others
            if row is not None and all(row[name] == value for name, value in where.items())
        ]

    def of_outlets(self, model: type[T], **where: Any) -> list[T]:
        """Rows of a table of outlets' by values of columns, with those that entries before this one told of."""
        return [instance(model, dict(row)) for row in self.told(model, **where)]

    def told(self, model: type[Table], **where: Any) -> list[Row]:
        """Rows of a table of outlets' by values of columns, with those that entries before this one told of."""
        for key in [*self._moved[table_name(model)]]:
            self.row(model, *key)
        found: dict[Key, Row] = {key_of(model, row.__dict__): row.__dict__ for row in self.reading.all(model, **where)}
        found |= {key: row for key, row in self._rows[table_name(model)].items() if row is not None}
        return [dict(row) for row in found.values() if all(row[name] == value for name, value in where.items())]

    def learn(self, told: Claim) -> None:
        """What an entry that stands makes of rows, and the rows that it adds."""
        for outlet, staff_no, day, fen in told.paid_out():
            self._paid_out[outlet, staff_no, day] += fen
        for table, rows in told.added.items():
            self._learned[table] += rows
            names = keys(all_tables()[table])
            for row in rows:
                self._rows[table][tuple([row[name] for name in names])] = dict(row)
        for table, changes in told.changed.items():
            for change in changes:
                asked_for = change.key in self._rows[table]
                here = self._rows[table][change.key] if asked_for else self._moved[table].setdefault(change.key, {})
                if here is not None:
                    here.update(change.values)

    def learned(self, table: str) -> Sequence[Row]:
        """The new rows of entries before this one in its batch, as they were made."""
        return self._learned[table]

    def linked(self, entry: Entry) -> Answer:
        """Whether an outlet had its link when it made an entry: by its own word, and by when it called."""
        return "no" if json.loads(entry.body).get("offline") else self._absence.linked_at(entry.made_at)

    def has_heard(self, entry: Entry, model: type[Table], key: Key) -> bool:
        """Whether an outlet surely knew all that was published of a row when it made an entry: it had its link, and the
        last of it counted on an earlier date; or its journal says that it took it."""
        lines = self.published.history(model, key)
        if self.linked(entry) == "yes" and all(line.effective_from < entry.business_date for line in lines):
            return True
        return all(line.number <= self._taken_before(entry) for line in lines)

    def _taken_before(self, entry: Entry) -> int:
        """The last number of the stream that an outlet's journal says was taken before an entry; 0: none lately."""
        place = (entry.epoch, entry.seq)
        if place not in self._taken:
            where = {"of": entry.outlet, "of_epoch": entry.epoch, "before": entry.seq}
            told = (json.loads(row.body).get("stream") for row in self.reading.models(JournalEntry, _TAKEN, **where))
            self._taken[place] = max((number for each in told if each for number in numbers_told(each)[0]), default=0)
        return self._taken[place]

    def waits(self, outlet: str, names: Iterable[str]) -> bool:
        """Whether an entry of an outlet waits for a decision that names one of these: what it told is not here."""
        waiting = self.reading.all(SyncException, outlet=outlet, state="open")
        entries = (self.reading.find(JournalEntry, outlet=outlet, epoch=row.epoch, seq=row.seq) for row in waiting)
        wanted = tuple(names)
        return any(entry is not None and any(name in entry.body for name in wanted) for entry in entries)

    def paid_out(self, outlet: str, staff_no: str, day: str) -> int:
        """What somebody paid out in an outlet on a business date before this entry, in fen."""
        of = (outlet, staff_no, day)
        if of not in self._paid_before:
            self._paid_before[of] = paid_out(self.reading, *of)
        return self._paid_before[of] + self._paid_out[of]

    def was_published(self, model: type[Table], key: Key) -> bool:
        """Whether a row of headquarters' is there, or ever was."""
        return self.row(model, *key) is not None or bool(self.published.history(model, key))

    def number_stood(self, declared: Declared, business: str, day: str, fits: Callable[[int], bool]) -> Answer:
        """Whether the number that managers owned on a business date fits: that of the business, else that of all;
        before one was published, what is declared does."""
        for key in ((declared.name, business), (declared.name, "")):
            if self.was_published(Parameter, key):
                return self.stood(Parameter, key, day, lambda row: fits(row["value"]))
        return "yes" if fits(declared.of_business.get(business, declared.first)) else "no"

    def numbers(self, declared: Declared, business: str, day: str) -> list[int]:
        """A number of managers' in each way in which an outlet may have had it on a business date, as it should
        first."""
        found = list[int]()

        def looked_at(value: int) -> bool:
            found.append(value)
            return False

        self.number_stood(declared, business, day, looked_at)
        return found

    def slip_of(self, told: Claim, order_id: str) -> Row | None:
        """The slip written by hand that an entry enters as an order: its own, or one that was put down before."""
        added = [row for row in told.added.get("handwritten_slip", ()) if row["order_id"] == order_id]
        before = (
            self.row(HandwrittenSlip, *change.key)
            for change in told.changed.get("handwritten_slip", ())
            if change.values.get("order_id") == order_id
        )
        return next((row for row in (*added, *before) if row is not None), None)

    def stood(self, model: type[Table], key: Key, day: str, fits: Callable[[Row], bool]) -> Answer:
        """Whether what stood in a row of headquarters' on a business date fits.

        The row itself answers for today. For another day, or when it does not fit, its published lines do: what stood
        on that day says yes, what stood before or after it perhaps, since an outlet goes by what it was handed last. A
        row that was changed, though no line tells of it, says perhaps.
        """
        here = self.row(model, *key)
        if day >= self.today and here is not None and fits(here):
            return "yes"
        lines = self.published.history(model, key)
        if not lines:
            if here is None:
                return "no"
            return "yes" if fits(here) else "no" if here["revision"] == 1 else "perhaps"
        then = self.published.on(model, key, day)
        if then is not None and fits(then):
            return "yes"
        others = (here, *self.published.otherwise(model, key, day))
        return "perhaps" if any(other is not None and fits(other) for other in others) else "no"

    def versions(self, model: type[Table], key: Key, day: str) -> list[Row]:
        """A row of headquarters' in each way in which an outlet may have had it on a business date, as it should first;
        none: there never was one."""
        found = list[Row]()

        def looked_at(row: Row) -> bool:
            found.append(row)
            return False

        self.stood(model, key, day, looked_at)
        return found


def the_less_sure(answers: Sequence[Answer]) -> Answer:
    """One no is a no; else one perhaps is a perhaps."""
    return "no" if "no" in answers else "perhaps" if "perhaps" in answers else "yes"
