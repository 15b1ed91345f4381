"""C7.1 长途 and C7.3 漫游: what international needs and gives back, its last day, what the network is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.desk import Desk, Station
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket
from data.tables.customer import Customer
from data.tables.life import ScheduledAct
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalHead
from tests.boss_tui.transactions.following import findings, network_answers, next_day
from tests.hall import FACTS, Hall

FIELDS = {"C7.1": "long_distance", "C7.3": "roaming"}
DEPOSIT = 100_000


def a_line(hall: Hall, pay_type: str = "postpaid", **wanted: Any) -> Subscription:
    """The first active line of an ordinary customer that has little money on it."""
    poor = {b.account_id for b in hall.rows(BalanceBucket, kind="prepaid") if b.amount < 50_000}
    ordinary = {c.id for c in hall.rows(Customer, category="ordinary")}
    lines: list[Subscription] = hall.rows(Subscription, state="active", pay_type=pay_type, order=("number",), **wanted)
    return next(line for line in lines if line.account_id in poor and line.customer_id in ordinary)


def begin(hall: Hall, code: str, line: Subscription, wanted: str, **more: Any) -> DraftView:
    """A form of one of the two."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    typed = {"number": line.number, "document_number": owner.document_number, FIELDS[code]: wanted}
    if code == "C7.3" and wanted == "international":
        typed["until"] = "2026-12-22"
    return hall.desk.forms.begin(code, {**typed, **more})


def change(hall: Hall, code: str, line: Subscription, wanted: str, **more: Any) -> Outcome:
    """The whole of it."""
    view = begin(hall, code, line, wanted, **more)
    assert not view.errors, view.errors
    due = view.quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])


def now(hall: Hall, line: Subscription, code: str) -> str:
    """How far it reaches now."""
    return str(getattr(hall.rows(Subscription, id=line.id)[0], FIELDS[code]))


def deposit(hall: Hall, line: Subscription) -> int:
    """The deposit on its account, in fen."""
    return int(hall.rows(BalanceBucket, account_id=line.account_id, kind="deposit")[0].amount)


def put_money(hall: Hall, line: Subscription, fen: int) -> None:
    """Let its balance be so much (behind the books)."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(BalanceBucket, account_id=line.account_id, kind="prepaid"), amount=fen)


@pytest.mark.parametrize("code", FIELDS)
def test_the_network_is_told_from_what_to_what_and_the_book_follows_it(hall: Hall, code: str) -> None:
    line = a_line(hall)
    outcome = change(hall, code, line, "none")
    (work,) = hall.rows(WorkOrder, order_id=outcome.order_id)
    before = getattr(line, FIELDS[code])
    assert (work.act, json.loads(work.parameters)) == (
        f"set_{FIELDS[code]}",
        {"msisdn": line.number, FIELDS[code]: "none", f"old_{FIELDS[code]}": before},
    )
    assert (outcome.state, now(hall, line, code)) == ("inProgress", before)
    network_answers(hall)
    assert now(hall, line, code) == "none"
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert findings(hall) == []


@pytest.mark.parametrize("code", FIELDS)
def test_international_takes_a_deposit_and_giving_it_up_returns_it(hall: Hall, code: str) -> None:
    line = a_line(hall)
    before = getattr(line, FIELDS[code])
    outcome = change(hall, code, line, "international")
    assert (outcome.due, deposit(hall, line)) == (DEPOSIT, DEPOSIT)
    assert [paper.kind for paper in outcome.papers] == ["receipt", "slip"]
    network_answers(hall)
    assert now(hall, line, code) == "international"
    assert findings(hall) == []
    back = change(hall, code, line, before)
    assert (back.due, deposit(hall, line)) == (-DEPOSIT, 0)
    network_answers(hall)
    assert now(hall, line, code) == before
    assert findings(hall) == []


def test_one_deposit_secures_both_and_goes_back_with_the_last(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, "C7.1", line, "international")
    network_answers(hall)
    assert change(hall, "C7.3", line, "international").due == 0
    network_answers(hall)
    assert change(hall, "C7.1", line, "domestic").due == 0
    network_answers(hall)
    assert change(hall, "C7.3", line, "national").due == -DEPOSIT
    network_answers(hall)
    assert findings(hall) == []


def test_a_large_balance_does_instead_but_not_without_a_link(hall: Hall) -> None:
    line = a_line(hall)
    put_money(hall, line, 50_000)
    assert begin(hall, "C7.1", line, "international").quote.due == 0
    with hall.store.transaction(Author(FACTS.outlet, "link", "test")) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), attempts=3)
    hall.desk = Desk(hall.store, Station(FACTS.outlet, FACTS.counter, linked=True))
    hall.desk.signing.sign_on(FACTS.clerk, FACTS.password)
    view = begin(hall, "C7.1", line, "international")
    assert (view.quote.due, view.errors, view.qualification.verdict) == (DEPOSIT, {}, "yes")


def test_a_cancelled_order_gives_the_deposit_back(hall: Hall) -> None:
    line = a_line(hall)
    outcome = change(hall, "C7.3", line, "international")
    back = hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (back.due, deposit(hall, line), now(hall, line, "C7.3")) == (-DEPOSIT, 0, line.roaming)
    assert [act.state for act in hall.rows(ScheduledAct)] == ["cancelled"]
    assert findings(hall) == []


# the last day


def test_international_roaming_ends_by_itself_after_its_last_day_and_the_deposit_waits(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, "C7.3", line, "international")
    network_answers(hall)
    next_day(hall, "2026-12-22")
    assert perform_due(hall.store, FACTS.outlet) == 0
    next_day(hall, "2026-12-24")
    assert perform_due(hall.store, FACTS.outlet) == 1
    network_answers(hall)
    assert now(hall, line, "C7.3") == line.roaming
    assert deposit(hall, line) == DEPOSIT
    assert findings(hall) == []
    hall.desk.till.open_shift(200_000)
    assert change(hall, "C7.3", line, line.roaming).due == -DEPOSIT


def test_its_last_day_can_be_put_off(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, "C7.3", line, "international")
    network_answers(hall)
    later = change(hall, "C7.3", line, "international", until="2027-01-10")
    assert (later.state, later.due) == ("completed", 0)
    waiting = [(a.due_on, json.loads(a.parameters)["roaming"]) for a in hall.rows(ScheduledAct, state="waiting")]
    assert waiting == [("2027-01-11", line.roaming)]
    assert findings(hall) == []


def test_giving_it_up_before_calls_the_end_off_and_cancelling_that_sets_it_again(hall: Hall) -> None:
    line = a_line(hall)
    change(hall, "C7.3", line, "international")
    network_answers(hall)
    given_up = change(hall, "C7.3", line, "national")
    assert [act.state for act in hall.rows(ScheduledAct)] == ["cancelled"]
    hall.desk.orders.cancel(given_up.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [act.due_on for act in hall.rows(ScheduledAct, state="waiting")] == ["2026-12-23"]
    assert deposit(hall, line) == DEPOSIT
    assert findings(hall) == []


# what can't be done

WRONG: list[tuple[str, dict[str, str], str, str]] = [
    ("C7.1", {"number": "13900000000"}, "number", "Nobody has the number"),
    ("C7.1", {"document_number": ""}, "document_number", "owner's document"),
    ("C7.1", {"document_number": FACTS.red_listed.document_number}, "document_number", "not the document"),
    ("C7.1", {"document_number": "", "password": "111111"}, "password", "wrong"),
    ("C7.1", {"long_distance": "province"}, "long_distance", "Not one of the choices"),
    ("C7.1", {"long_distance": "domestic"}, "long_distance", "so already"),
    ("C7.3", {"roaming": "everywhere"}, "roaming", "Not one of the choices"),
    ("C7.3", {"roaming": "national"}, "roaming", "so already"),
    ("C7.3", {"roaming": "international", "until": ""}, "until", "2027-01-21 at the latest"),
    ("C7.3", {"roaming": "international", "until": "2027-01-22"}, "until", "At most 60 days"),
    ("C7.3", {"roaming": "international", "until": "2026-11-22"}, "until", "day is over"),
    ("C7.3", {"roaming": "international", "until": "soon"}, "until", "day"),
    ("C7.3", {"roaming": "none", "until": "2026-12-22"}, "until", "Only international"),
]


@pytest.mark.parametrize(("code", "wrong", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(
    hall: Hall, code: str, wrong: dict[str, str], field: str, words: str
) -> None:
    orders = len(hall.rows(ProductOrder))
    line = a_line(hall, long_distance="domestic", roaming="national")
    view = begin(hall, code, line, "none", **wrong)
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [])
    assert len(hall.rows(ProductOrder)) == orders


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("C7.1", "international"),
        ("C7.3", "international"),
        ("C7.3", "national"),
    ],
)
def test_a_prepaid_line_stays_in_its_province(hall: Hall, code: str, wanted: str) -> None:
    line = next(iter(hall.rows(Subscription, state="active", pay_type="prepaid")))
    assert "prepaid" in str(begin(hall, code, line, wanted).errors[FIELDS[code]])


@pytest.mark.parametrize("code", FIELDS)
def test_not_while_it_is_barred(hall: Hall, code: str) -> None:
    line = a_line(hall)
    view = hall.desk.forms.begin(
        "C6", {"number": line.number, "action": "suspend", "cause": "loss", "password": "274916"}
    )
    hall.desk.orders.complete(view.id, [])
    assert "suspended" in str(begin(hall, code, line, "none").errors["number"])
    network_answers(hall)
    assert "can't be done now" in str(begin(hall, code, line, "none").errors["number"])


@pytest.mark.parametrize("code", FIELDS)
def test_each_cell_is_alive_or_says_why_not(hall: Hall, code: str) -> None:
    change(hall, code, a_line(hall), "international")
    network_answers(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix(code)}
    assert [name for name, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20


def test_a_deposit_that_is_paid_with_others_has_its_receipt_with_theirs(hall: Hall) -> None:
    line = a_line(hall)
    hall.desk.basket.collect(begin(hall, "C7.1", line, "international").id)
    hall.desk.basket.collect(hall.filled().id)
    done = hall.desk.basket.complete([Tender("cash", hall.desk.basket.shown().quote.due)])
    assert [paper.kind for paper in done.papers] == ["receipt"]
    assert [paper.kind for paper in done.outcomes[0].papers] == ["slip"]
    assert findings(hall) == []
    hall.desk.orders.cancel(done.outcomes[0].serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert findings(hall) == []
