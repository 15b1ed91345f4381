"""Blind counting: what a cashier is not told before the count, on screen, paper, in files; and that a supervisor is."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.locale import words
from boss_tui.reports.files import as_csv
from boss_tui.reports.paper import text
from boss_tui.reports.report import Report
from data.errors import NotAllowed
from data.tables.sync import AccessLog
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS, FLOAT


def takings(shop: Shop) -> tuple[int, int]:
    """Two fees, one in cash and one by card: what each took, in fen."""
    taken = []
    for kind in ("cash", "card"):
        view = shop.desk.forms.begin("C12", shop.desk.forms.example("C12"))
        shop.desk.orders.complete(view.id, [Tender(kind, view.quote.due, "POS77" if kind == "card" else "")])
        taken.append(view.quote.due)
    return taken[0], taken[1]


def turned(shop: Shop, *, on: bool = True) -> None:
    shop.counter(FACTS.supervisor, "HZ0102").till.count_blind(on=on)


def numbers(report: Report) -> set[object]:
    """Every amount that a report has."""
    rows = [cell for section in report.sections for row in (*section.rows, section.total) for cell in row]
    return {value for value in (*rows, *(fact.value for fact in report.summary)) if isinstance(value, int)}


def test_the_x_hides_what_must_be_in_the_drawer_and_all_that_it_follows_from(shop: Shop) -> None:
    cash, card = takings(shop)
    with shop.store.reading() as reading:
        seen = numbers(shop.desk.reports.data(reading, "x"))
    hidden = {FLOAT + cash, cash, cash + card}
    assert hidden <= seen
    turned(shop)
    with shop.store.reading() as reading:
        report = shop.desk.reports.data(reading, "x")
        chief = shop.counter(FACTS.supervisor, FACTS.counter).reports.data(reading, "x")
    assert not hidden & numbers(report)
    assert {card, FLOAT} <= numbers(report)  # what does not lie in the drawer is told, and what the cashier moved
    assert hidden <= numbers(chief)
    told = "\n".join(shop.desk.reports.shown("x").preview) + "\n".join(shop.desk.reports.print("x").preview)
    told += as_csv(report, words("en")).decode() + text(report, words("en"))
    for fen in hidden:
        assert f"{fen / 100:.2f}" not in told, fen


def test_a_slip_tells_no_cashier_what_is_left(shop: Shop) -> None:
    assert any("491.00" in line for line in shop.desk.till.cash_out(900, "drop", "x").preview)
    turned(shop)
    assert not any("482.00" in line for line in shop.desk.till.cash_out(900, "drop", "x").preview)
    chief = shop.counter(FACTS.supervisor, FACTS.counter)
    assert any("473.00" in line for line in chief.till.cash_out(900, "drop", "x").preview)


@pytest.mark.parametrize(
    ("on", "fen", "noted"), [(True, FLOAT + 1, 1), (False, FLOAT + 1, 0), (True, FLOAT, 0), (True, 0, 1)]
)
def test_who_tries_amounts_to_find_out_is_on_record(shop: Shop, on: bool, fen: int, noted: int) -> None:
    turned(shop, on=on)
    if fen == FLOAT:
        shop.desk.till.cash_out(fen, "drop", "x")
    else:
        with pytest.raises(NotAllowed):
            shop.desk.till.cash_out(fen, "drop", "x")
    assert len(shop.rows(AccessLog, act="cash.refused")) == noted


def test_the_x_of_a_suspended_shift_is_told_by_its_cashier(shop: Shop) -> None:
    shop.desk.till.suspend_shift()
    (one,) = [past for past in shop.desk.reports.past() if past.state == "suspended"]
    assert one.key == f"{FACTS.counter}@{FACTS.clerk}"
    shop.counter("1002", FACTS.counter).till.open_shift(0)
    assert FACTS.clerk in "".join(shop.desk.reports.shown("x", one.key).preview)


def test_the_open_day_is_the_supervisor_s_and_the_z_is_everybody_s(shop: Shop) -> None:
    turned(shop)
    with pytest.raises(NotAllowed, match="counted blind"):
        shop.desk.reports.shown("day")
    assert shop.counter(FACTS.supervisor, "HZ0102").reports.shown("day").preview
    z = shop.desk.till.close_shift({10_000: 5})
    assert any("500.00" in line for line in z.preview)
    assert shop.desk.reports.shown("z").preview


def test_a_supervisor_turns_it_and_it_holds_at_every_counter(shop: Shop) -> None:
    with pytest.raises(NotAllowed, match="A supervisor says"):
        shop.desk.till.count_blind(on=True)
    other = shop.counter("1002", "HZ0103")
    assert (shop.desk.till.blind(), other.till.blind()) == (False, False)
    turned(shop)
    assert (shop.desk.till.blind(), other.till.blind()) == (True, True)
    turned(shop, on=False)
    assert (shop.desk.till.blind(), other.till.blind()) == (False, False)
    assert [row.reason for row in shop.rows(AccessLog, act="till.blind", order=("made_at", "id"))] in (
        ["yes", "no"],
        ["no", "yes"],  # the clock of the shop stands still
    )
