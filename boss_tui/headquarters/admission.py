"""What headquarters asks of an outlet's entry before it stands: whose rows it writes, when, whether the books agree.

An outlet is trusted with nothing: whoever has its key can push what no counter would do. What fails is put aside as an
exception with its reason, and the entries behind it go on. Source: design 5.1, 5.8 and 6. Not whether rows are as the
change was based on: `sync.effects`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from boss_tui.headquarters.rules import judged
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.rules.writes import frozen
from boss_tui.sync.effects import Fault, Foreign, changes_in
from boss_tui.sync.rows import Unfit
from boss_tui.sync.shapes import Entry
from boss_tui.sync.wire import Rubbish, loads
from data.clock import on_the_wall, stamp
from data.journal import Change
from data.message import say
from data.statements import keys
from data.tables import all_tables

MOST = 10**13
"""No line of a posting is of so many fen, no figure grows by so much; the databases would not hold sums of such."""
FIRST_YEAR = "1900"
"""Nothing that is told of happened before: there is no counting back from the first day of the calendar."""
RUBBISH = (KeyError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)
"""What is raised over a row that lacks a column, or holds there what no program of ours wrote."""
AHEAD, BEHIND = timedelta(days=2), timedelta(days=400)
"""How far an entry's date may be from today: a PC's clock is not always right, and a village is not always linked."""


class Inadmissible(Unfit):
    """An entry that can't stand; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(say("An entry can't stand: {reason}.", reason=fault.reason))
        self.fault = fault


def admitted(entry: Entry, now: datetime) -> list[Change]:
    """The changes of an entry that may stand. Inadmissible: it may not."""
    changes = changes_of(entry)
    for fault in _against(entry, changes, now):
        raise Inadmissible(fault)
    return changes


def changes_of(entry: Entry) -> list[Change]:
    """The changes that an entry tells. Inadmissible: it can't be read, or tells what is not its outlet's to write."""
    try:
        return changes_in(entry.body, entry.outlet)
    except Foreign as fault:
        raise Inadmissible(Fault("foreign", fault.detail)) from fault
    except Unfit as fault:
        raise Inadmissible(Fault("unknown", {"what": str(fault)})) from fault


def _against(entry: Entry, changes: list[Change], now: datetime) -> list[Fault]:
    """What is wrong with when an entry was made, with its books, and with what it makes another."""
    try:
        found = {
            "date": _dates(entry, changes, now),
            "books": _too_much(changes) or _books(changes),
            "foreign": frozen(changes),
            "unknown": _unreadable(changes),
        }
    except RUBBISH as fault:
        return [Fault("unknown", {"what": f"{type(fault).__name__}: {fault}"})]
    return [Fault(reason, {"what": what}) for reason, what in found.items() if what]


def _by_rules(known: Known, entry: Entry, changes: list[Change]) -> list[Fault]:
    """What is against an entry by the businesses' own rules, or to be noted of it."""
    try:
        return judged(known, entry, changes)
    except RUBBISH as fault:
        return [Fault("unknown", {"what": f"{type(fault).__name__}: {fault}"})]


def against(known: Known, entry: Entry, changes: list[Change]) -> list[Fault]:
    """All that is against an entry, and what is to be noted of it: one reason must not
    hide another from whoever decides what becomes of it."""
    found = [*_against(entry, changes, known.reading.clock.now()), *_by_rules(known, entry, changes)]
    return [fault for at, fault in enumerate(found) if fault not in found[:at]]


def lawful(known: Known, entry: Entry, changes: list[Change]) -> list[Fault]:
    """What is to be noted of an entry that stands by the businesses' own rules. Inadmissible: it does not."""
    found = _by_rules(known, entry, changes)
    for each in found:
        if not each.note:
            raise Inadmissible(each)
    return found


DAYS = frozenset({"birth_date", "business_date", "quarantine_until", "since", "tenure_from", "valid_from", "valid_to"})
"""The columns that say a day, beside those whose names end so."""
BY_THE_CLOCK = frozenset({"written_at"})
"""Those that say hours and minutes: what stands on a slip (`rules.slips`)."""
IN_JSON: Mapping[str, tuple[str, ...]] = {
    "act": ("cells", "form_json"),
    "alarm": ("message",),
    "blind_count": ("pieces_json",),
    "closing_report": ("content",),
    "interface_answer": ("sent",),
    "invoice_request": ("says",),
    "paper_document": ("content",),
    "piece_count": ("expected",),
    "product_order": ("limits",),
    "scheduled_act": ("parameters",),
    "trail": ("cells",),
    "work_order": ("parameters",),
}
"""The columns that hold JSON where they hold anything, beside an order's form (`rules.moves`)."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
HAPPENED = frozenset(
    {
        *("activated_at", "asked_at", "closed_at", "completed_at", "created_at", "done_at", "granted_at", "issued_on"),
        *("last_at", "made_at", "opened_at", "opened_on", "raised_at", "settled_at", "sold_on"),
    }
)
"""The columns that say when something happened; others say when it will."""


def _dates(entry: Entry, changes: Iterable[Change], now: datetime) -> str:
    """The first moment or business date that is none, or lies too far from today."""
    latest = stamp(now + AHEAD)
    if not _is_moment(entry.made_at) or entry.made_at > latest:
        return entry.made_at or "-"
    first, last = (on_the_wall(stamp(at), "%Y-%m-%d") for at in (now - BEHIND, now + AHEAD))
    told = list(changes)
    days = {entry.business_date, *(str(change.values.get("business_date") or "") for change in told)}
    days.update(str(part) for change in told for part in _dates_in_key(change))
    for day in sorted(filter(None, days)):
        if not is_day(day) or not first <= day <= last:
            return day
    for change in told:
        for name, value in change.values.items():
            if (is_right := _calendar(name)) is None or not value:
                continue
            if not is_right(value) or (name in HAPPENED and not FIRST_YEAR < value <= latest):
                return str(value)
    return ""


@cache
def _calendar(name: str) -> Callable[[Any], bool] | None:
    """How what stands in a column of a name is written, if that says a moment or a day; either is empty where there is
    none yet."""
    if name.endswith("_at") and name not in BY_THE_CLOCK:
        return _is_moment
    return is_day if name.endswith("_on") or name in DAYS else None


def _dates_in_key(change: Change) -> Iterator[str]:
    """The business date in the key of a figure, a total or a day that is moved."""
    names = keys(all_tables()[change.table])
    if change.op != "add" and "business_date" in names:
        yield change.key[names.index("business_date")]


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None and is_day(value[:10])


def is_day(value: Any) -> bool:
    """Whether something that was told is a business date, as one is written."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _too_much(changes: Iterable[Change]) -> str:
    """The first figure, total or balance that grows or shrinks by more than any could."""
    for change in changes:
        if change.op == "increase" and any(abs(value) >= MOST for value in change.values.values()):
            return f"{change.table} {' '.join(map(str, change.key))}"
    return ""


def _books(changes: Iterable[Change]) -> str:
    """What of the books does not agree: each posting adds up to nothing, and running totals and balances moved by what
    was posted, and by nothing else."""
    postings: dict[str, tuple[str, str, str]] = {}
    lines: defaultdict[str, int] = defaultdict(int)
    accounts, totals = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    posts, counted = set[tuple[str, ...]](), Counter[tuple[str, ...]]()
    owed, entered, moved = Counter[str](), Counter[str](), Counter[str]()
    posted = []
    for change in changes:
        values = change.values
        match change.table, change.op:
            case "posting", "add":
                postings[values["id"]] = (values["outlet"], values["business_date"], values.get("till", ""))
            case "posting_line", "add":
                posted.append(values)
                lines[values["posting_id"]] += values["amount"]
                if values.get("bucket_id") is not None:
                    owed[values["bucket_id"]] -= values["amount"]
            case "running_total", "increase":
                totals[change.key] += values.get("amount", 0)
                counted[change.key] += values.get("postings", 0)
            case "balance_entry", "add":
                entered[values["bucket_id"]] += values["amount"]
            case "balance_bucket", "increase":
                moved[change.key[0]] += values.get("amount", 0)
            case (("running_total" | "balance_bucket"), _) if values.get("amount"):
                return f"{change.table} {' '.join(map(str, change.key))}"
    if huge := [line["posting_id"] for line in posted if abs(line["amount"]) >= MOST]:
        return f"posting {huge[0]}"
    for posting in postings.keys() | lines.keys():
        if lines.get(posting) != 0 or posting not in postings:
            return f"posting {posting}"
    for line in posted:
        accounts[(*postings[line["posting_id"]], line["account"])] += line["amount"]
        posts.add((*postings[line["posting_id"]], line["account"], line["posting_id"]))
    made = Counter(of[:-1] for of in posts)
    of_books = _differing("running_total", accounts, totals) or _differing("running_total", made, counted)
    return of_books or _differing("balance_bucket", owed, entered, moved)


def _unreadable(changes: Iterable[Change]) -> str:
    """The first column that is to hold JSON, as whoever looks at it reads it, and does not."""
    for change in changes:
        for name in IN_JSON.get(change.table, ()):
            value = change.values.get(name)
            if value and not isinstance(_read(value), list | dict):
                return f"{change.table} {name}"
    return ""


def _read(text: str) -> Any:
    try:
        return loads(text)
    except Rubbish:
        return None


def _differing(what: str, *sums: Counter[str] | Counter[tuple[str, ...]]) -> str:
    first, *others = ({key: amount for key, amount in each.items() if amount} for each in sums)
    return "" if all(each == first for each in others) else what
