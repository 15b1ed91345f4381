"""When a stage of credit control is due: conditions over the money of a line, read and judged. Pure, nothing is stored.

Of the stages of a line's way of paying the furthest one counts of which a condition holds, beyond what the line has
reached already. Any condition of a stage will do. Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from boss_tui.components.base import valid_on
from boss_tui.forms.typed import fen_typed, yuan
from data.characters import is_digits
from data.clock import day_after
from data.errors import BadForm
from data.message import Message, say
from data.tables.credit import ACTS, ControlStage

Of = Literal["prepaid", "postpaid", "any"]
STOPS = ("stop_outgoing", "stop_all", "precancel", "cancel")
"""The acts after which a line can do less."""
MOST_DAYS = 999


class LineMoney(Struct, frozen=True):
    """What a line is judged by on a business date, in fen.

    Attributes:
        balance: prepaid money and gifts of its account; daily: what it uses a day, the mean of three months.
        owed: what is open of bills, and counted; due_on: when the oldest of them was due; empty: none is.
        unbilled: what is charged already and on no bill; limit: how far the customer is trusted.
        latest, mean: the latest monthly bill, and the mean of the three before it; 0: there are no three.
        term_days: how much later stages begin for their rating.
        since: the acts that stand, and since which business date.
        about: the occasion, in a word: the day that a bill was due, or of the last payment in.
        told: the stages that were done on this occasion, and are not done again.
    """

    balance: int = 0
    daily: int = 0
    owed: int = 0
    due_on: str = ""
    unbilled: int = 0
    limit: int = 0
    latest: int = 0
    mean: int = 0
    term_days: int = 0
    since: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    told: frozenset[str] = frozenset()

    @property
    def exposed(self) -> int:
        """What would be lost: owed and unbilled, less what was paid in before."""
        return self.owed + self.unbilled - max(0, self.balance)


Holds = Callable[["Condition", LineMoney, str, Mapping[str, str]], bool]


class Occasion(Struct, frozen=True):
    """What a condition may be about: of which way of paying, what its value is, when it holds, how it is told."""

    of: Of
    value: Literal["yuan", "days", "none"]
    holds: Holds
    told: Message


class Condition(Struct, frozen=True):
    """A condition of a stage, read: its occasion, a number (fen or days), an earlier stage where it counts from one."""

    when: str
    number: int = 0
    stage: str = ""

    def holds(self, money: LineMoney, day: str, acts: Mapping[str, str]) -> bool:
        """Whether it holds on a business date. `acts`: what each stage does, by its code."""
        return OCCASIONS[self.when].holds(self, money, day, acts)

    def in_words(self) -> Message:
        """As a manager reads it."""
        shown = yuan(self.number) if OCCASIONS[self.when].value == "yuan" else self.number
        return Message(OCCASIONS[self.when].told.template, {"n": shown, "stage": self.stage})


def _due(condition: Condition, money: LineMoney, day: str, _: Mapping[str, str]) -> bool:
    """A higher rating's term lets what comes after the due day come later; not what comes before it."""
    days = condition.number + (money.term_days if condition.number >= 0 else 0)
    return money.due_on != "" and day_after(money.due_on, days) <= day


def _stage(condition: Condition, money: LineMoney, day: str, acts: Mapping[str, str]) -> bool:
    since = money.since.get(acts.get(condition.stage, ""), "")
    return since != "" and day_after(since, condition.number) <= day


OCCASIONS: Mapping[str, Occasion] = {
    "below": Occasion(
        "prepaid",
        "yuan",
        lambda condition, money, _day, _acts: money.balance < condition.number,
        say("balance below {n} yuan"),
    ),
    "at_most": Occasion(
        "prepaid",
        "yuan",
        lambda condition, money, _day, _acts: money.balance <= condition.number,
        say("balance at or below {n} yuan"),
    ),
    "use": Occasion(
        "prepaid",
        "days",
        lambda condition, money, _day, _acts: money.balance < condition.number * money.daily,
        say("balance below the use of {n} {n:day|days}"),
    ),
    "due": Occasion(
        "postpaid",
        "days",
        _due,
        say("{n} {n:day|days} after a bill was due"),
    ),
    "limit": Occasion(
        "postpaid",
        "none",
        lambda _condition, money, _day, _acts: money.exposed > money.limit,
        say("owed and unbilled beyond the limit"),
    ),
    "sudden": Occasion(
        "postpaid",
        "days",
        lambda condition, money, _day, _acts: 0 < money.mean * condition.number < money.latest,
        say("a bill of more than {n} {n:time|times} the mean of three months"),
    ),
    "stage": Occasion(
        "any",
        "days",
        _stage,
        say("{n} {n:day|days} after stage {stage}"),
    ),
}


class Stage(Struct, frozen=True):
    """A stage that counts, read."""

    row: ControlStage
    conditions: tuple[Condition, ...]

    @property
    def exempt(self) -> frozenset[str]:
        """The kinds of exemption that spare a line this stage."""
        return frozenset(filter(None, self.row.exempt.split(",")))


class Due(Struct, frozen=True):
    """The stage that is due for a line, and the conditions of it that hold."""

    stage: Stage
    held: tuple[Condition, ...]


def read(held: str) -> list[Condition]:
    """The conditions of a stage, as its column holds them. BadForm (`conditions`): one can't be."""
    rows: list[dict[str, Any]] = json.loads(held or "[]")
    return [_read(n, row) for n, row in enumerate(rows, 1)]


OCCASIONS_CALLED = {name: Message(each.told.template, {"n": "n", "stage": "-"}) for name, each in OCCASIONS.items()}
"""What a condition may be about, as a manager chooses from it: n is the number that is typed."""


def _read(n: int, row: Mapping[str, Any]) -> Condition:
    when, value, stage = (str(row.get(name, "") or "").strip() for name in ("when", "value", "stage"))
    known = OCCASIONS.get(when)
    if known is None:
        raise _bad(n, say("One of {words}.", words=", ".join(OCCASIONS)))
    if (when == "stage") is not bool(stage):
        raise _bad(n, say("After which stage?") if when == "stage" else say("No stage is meant here."))
    if known.value == "none":
        if value:
            raise _bad(n, say("No number is meant here."))
        return Condition(when)
    number = _fen(n, value) if known.value == "yuan" else _days(n, value, least=-MOST_DAYS if when == "due" else 0)
    return Condition(when, number, stage)


def _fen(n: int, typed: str) -> int:
    try:
        return fen_typed(typed)
    except BadForm as fault:
        raise _bad(n, next(iter(fault.errors.values()))) from None


def _days(n: int, typed: str, least: int) -> int:
    digits = typed.removeprefix("-")
    number = int(typed) if is_digits(digits) and len(digits) <= len(str(MOST_DAYS)) else None
    if number is None or not least <= number <= MOST_DAYS:
        raise _bad(n, say("A whole number, from {least} to {most}.", least=least, most=MOST_DAYS))
    return number


def _bad(n: int, why: Message) -> BadForm:
    return BadForm({"conditions": say("Condition {n}: {why}", n=n, why=why)})


def stages_on(rows: Iterable[ControlStage], day: str) -> list[Stage]:
    """The stages that count on a business date, in the order in which they come."""
    found = sorted((row for row in rows if row.state == "active"), key=lambda row: (row.rank, row.code))
    return [Stage(row, tuple(read(row.conditions))) for row in found if valid_on(row, day)]


def due(stages: Sequence[Stage], pay_type: str, money: LineMoney, day: str) -> Due | None:
    """The furthest stage that is due for a line beyond what it has reached; None: nothing is."""
    acts = {stage.row.code: stage.row.act for stage in stages}
    reached = max((ACTS.index(act) for act in money.since), default=-1)
    found = None
    for stage in stages:
        row = stage.row
        if row.pay_type != pay_type or ACTS.index(row.act) <= reached or row.code in money.told:
            continue
        held = tuple(condition for condition in stage.conditions if condition.holds(money, day, acts))
        if held:
            found = Due(stage, held)
    return found
