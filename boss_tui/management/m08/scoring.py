"""A run of the scoring rule 信用评分: all customers, a page a step; whose rating changes comes into editions.

Points are of tenure, of what is spent a month, and off for bills that are overdue; the rating is the one that asks the
most of them. Whom headquarters has rated by hand stays. Source: catalogue M8; management-facts 4.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.components.base import Context
from boss_tui.components.credit.credit import NEW_CUSTOMER, rated
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import jobs, runs
from boss_tui.management.m03_2.conditions import FACTS, Known, page
from data.errors import Conflict, NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.account import BillingAccount, CreditRating, CustomerCredit
from data.tables.billing import CustomerBill
from data.tables.credit import CustomerRating, RatingScore
from data.tables.customer import Customer
from data.tables.job import Job

PAGE = 500
MONTHS = 6
"""Of so many whole months is the mean of what is spent."""
BY_SCORE, BY_HAND = "score", "hand"
FEN = 100
_customer, _bill, _account = Customer.table(), CustomerBill.table(), BillingAccount.table()
_HOW_MANY = select(func.count()).where(_customer.c.state != "closed")
_OVERDUE = (
    select(_account.c.customer_id, func.count())
    .join_from(_bill, _account, _bill.c.account_id == _account.c.id)
    .where(
        _account.c.customer_id.between(bindparam("first"), bindparam("last")),
        _bill.c.state.not_in(("settled", "new", "onHold")),
        _bill.c.due_on < bindparam("day"),
        _bill.c.amount > _bill.c.paid,
    )
    .group_by(_account.c.customer_id)
)


class Rerated(Struct, frozen=True):
    """That a score brings somebody another rating: before and after, with how many points; the row that says so."""

    before: str
    after: str
    line: RowEdit


def points_of(scores: Iterable[RatingScore], measures: Mapping[str, int]) -> int:
    """The points of somebody by what they have of each measure; never below nothing."""
    best: dict[str, RatingScore] = {}
    for row in scores:
        reached = row.state == "active" and measures.get(row.measure, 0) >= row.at_least
        if reached and (row.measure not in best or row.at_least > best[row.measure].at_least):
            best[row.measure] = row
    return max(0, sum(-row.points if row.measure == "overdue" else row.points for row in best.values()))


def rating_for(ratings: Iterable[CreditRating], points: int) -> CreditRating | None:
    """The rating that so many points bring; None: none does."""
    reached = [row for row in ratings if row.state == "active" and row.by_score and row.points_from <= points]
    return max(reached, key=lambda row: row.points_from, default=None)


def measured(known: Known, overdue: int, day: str) -> dict[str, int]:
    """What a customer has of each measure on a business date; what is not known counts nothing."""
    tenure, spent = FACTS["tenure"].of(known, day, 0), FACTS["spend"].of(known, day, MONTHS)
    return {"tenure": int(tenure or 0), "spend": int(spent or 0) // MONTHS // FEN, "overdue": overdue}


def begin(context: Context, said: Mapping[str, str]) -> Job:
    """A run as a job. `said`: title, reason, effective_from of its editions. NotAllowed: there is no row of points, or
    no rating that comes of them; the title is missing (`title`), the date is over (`effective_from`)."""
    day = drafts.a_later_day(said.get("effective_from", ""), drafts.must_be_open(context)) or context.business_date
    if not said.get("title", "").strip():
        raise NotAllowed(say("Say in a few words what it changes."), field="title")
    scores, ratings = _rules(context.tx)
    if not any(row.state == "active" for row in scores) or rating_for(ratings, 9_999) is None:
        raise NotAllowed(say("There are no points, or no rating that comes of them."))
    how = {**said, "day": day, "rules": _digest(context.tx)}
    begun = {"after": "", "lines": 0, "kept": 0, "moves": {}, "editions": []}
    return jobs.begin_run(context, table_name(CustomerRating), how, begun, int(context.tx.scalar(_HOW_MANY)))


def step(context: Context, job: Job, rules: Rules) -> Job:
    """The next page of customers. Conflict: points or ratings have changed since the run began."""
    tx, how, said = context.tx, json.loads(job.how), json.loads(job.said)
    if how["rules"] != _digest(tx):
        raise Conflict(say("The rules have changed since this run began: begin another."))
    people = page(tx, said["after"], how["day"], PAGE)
    moves, kept = _moves(tx, people, how["day"])
    for move in moves:
        way = f"{move.before} -> {move.after}"
        said["moves"][way] = said["moves"].get(way, 0) + 1
    said |= {"after": people[-1].customer.id if people else "", "kept": said["kept"] + kept}
    runs.into_editions(context, [move.line for move in moves], how, said, rules)
    return runs.stepped(context, job, job.done + len(people), said, over=len(people) < PAGE)


def told(job: Job) -> list[Message]:
    """How many are rated otherwise, into which edition; from which rating to which; whom a person has rated."""
    said = json.loads(job.said)
    numbers = ", ".join(f"#{number}" for _, number in said["editions"])
    if numbers:
        first = say(
            "{n} {n:customer was|customers were} looked at, {moves} move: edition {numbers}, to be submitted.",
            n=job.done,
            moves=said["lines"],
            numbers=numbers,
        )
    else:
        first = say("{n} {n:customer was|customers were} looked at: all are as the rules say.", n=job.done)
    ways = [say("{way}: {n}", way=way, n=n) for way, n in said["moves"].items()]
    return [first, *ways, say("by hand, kept: {n}", n=said["kept"])]


def _moves(reading: Reading, people: Sequence[Known], day: str) -> tuple[list[Rerated], int]:
    """Who of a page is rated otherwise; how many stay as a person has rated them."""
    if not people:
        return [], 0
    bounds = {"first": people[0].customer.id, "last": people[-1].customer.id}
    overdue = {str(key): int(n) for key, n in reading.rows(_OVERDUE, day=day, **bounds)}
    scores, ratings = _rules(reading)
    moves, kept = [], 0
    for known in people:
        said = rated(reading, known.customer, day)
        if said is not None and said.how == BY_HAND:
            kept += 1
            continue
        points = points_of(scores, measured(known, overdue.get(known.customer.id, 0), day))
        after = rating_for(ratings, points)
        move = _move(reading, known.customer, said, after, points) if after is not None else None
        if move is not None:
            moves.append(move)
    return moves, kept


def _move(
    reading: Reading, customer: Customer, said: CustomerRating | None, after: CreditRating, points: int
) -> Rerated | None:
    has = reading.find(CustomerCredit, customer_id=customer.id)
    before = said.rating if said else has.rating if has else NEW_CUSTOMER
    if before == after.code:
        return None
    key = (customer.document_kind, customer.document_number)
    name, values = table_name(CustomerRating), {"rating": after.code, "points": points}
    if reading.find(CustomerRating, document_kind=key[0], document_number=key[1]) is not None:
        change = {**values, "how": BY_SCORE, "reason": "", "valid_to": "", "credit_limit": 0}
        return Rerated(before, after.code, RowEdit(name, key, "change", change))
    new = {**values, "outlet": customer.outlet, "how": BY_SCORE, "reason": "", "valid_to": "", "credit_limit": 0}
    return Rerated(before, after.code, RowEdit(name, key, "add", new))


def _rules(reading: Reading) -> tuple[list[RatingScore], list[CreditRating]]:
    return reading.all(RatingScore, order=("code",)), reading.all(CreditRating, order=("code",))


def _digest(reading: Reading) -> str:
    """Of points and ratings as they stand."""
    rows = [[row.code, row.revision] for found in _rules(reading) for row in found]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()
