"""C2 改号: a change of number that is taken back on the spot, with all that came with the new number."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Outcome, Tender
from data.errors import NotAllowed
from data.journal import Author
from data.tables.document import PaperDocument
from data.tables.life import Agreement
from data.tables.order import Subscription
from data.tables.resource import NumberGrade, PhoneNumber
from tests.boss_tui.transactions.following import network_answers, next_day, sound
from tests.hall import FACTS, Hall


def changed(hall: Hall, **typed: str) -> tuple[Subscription, Outcome]:
    """A whole C2 that the network has done; the line as it was."""
    form = {**hall.desk.forms.example("C2"), **typed}
    before: Subscription = hall.rows(Subscription, number=form["number"])[0]
    view = hall.desk.forms.begin("C2", form)
    assert not view.errors, view.errors
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    network_answers(hall)
    return before, outcome


def taken_back(hall: Hall, outcome: Outcome) -> Outcome:
    """The order taken back by the clerk who did it, with a supervisor."""
    return hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)


def test_the_old_number_is_the_lines_again_and_the_new_one_rests(hall: Hall) -> None:
    before, outcome = changed(hall)
    back = taken_back(hall, outcome)
    assert (back.due, back.state) == (-outcome.due, "inProgress")
    assert sound(hall)
    network_answers(hall)
    (after,) = hall.rows(Subscription, id=before.id)
    assert (after.number, after.tail, after.minimum_spend) == (before.number, before.tail, before.minimum_spend)
    states = {n: hall.rows(PhoneNumber, number=n)[0].state for n in (before.number, outcome.facts["new_number"])}
    assert states == {before.number: "in_use", outcome.facts["new_number"]: "quarantined"}
    papers = {row.kind: row.state for row in hall.rows(PaperDocument, order_id=outcome.order_id)}
    assert papers == {"invoice": "red", "receipt": "red", "slip": "void"}
    assert sound(hall)


def test_the_contract_of_a_beautiful_number_never_began(hall: Hall) -> None:
    grades = {row.code: row for row in hall.rows(NumberGrade)}
    beautiful = next(
        n for n in hall.rows(PhoneNumber, state="idle", outlet=FACTS.outlet) if grades[n.grade].contract_months
    )
    before, outcome = changed(hall, new_number=beautiful.number)
    assert [row.state for row in hall.rows(Agreement, subscription_id=before.id, kind="number")] == ["active"]
    taken_back(hall, outcome)
    network_answers(hall)
    assert [row.state for row in hall.rows(Agreement, subscription_id=before.id, kind="number")] == ["terminated"]
    assert hall.rows(Subscription, id=before.id)[0].minimum_spend == before.minimum_spend
    assert sound(hall)


def test_a_number_that_was_given_on_stays_there(hall: Hall) -> None:
    before, outcome = changed(hall)
    with hall.store.transaction(Author(FACTS.outlet, "M5", FACTS.manager)) as tx:
        tx.change(tx.one(PhoneNumber, number=before.number), state="withdrawn", quarantine_until="")
    with pytest.raises(NotAllowed, match="not free"):
        taken_back(hall, outcome)


def test_it_is_on_the_spot_only(hall: Hall) -> None:
    _, outcome = changed(hall)
    hall.clock.move(minutes=31)
    with pytest.raises(NotAllowed, match="once more"):
        taken_back(hall, outcome)
    next_day(hall, "2026-11-24")
    with pytest.raises(NotAllowed, match="business date"):
        taken_back(hall, outcome)
