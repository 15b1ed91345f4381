"""A count that is made blind is put down before the books are asked: what must be there is not found out by trying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.components.till import shifts as till
from boss_tui.desk import Desk
from boss_tui.locale import words
from boss_tui.reports.paper import text
from boss_tui.verify import verify
from data.errors import Differs, NotAllowed
from data.tables.counting import BlindCount
from data.tables.finance import Shift
from data.tables.stock import StockCount
from data.tables.sync import AccessLog
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS, FLOAT

RIGHT, SHORT, OVER, FAR = {10_000: 5}, {10_000: 4, 5_000: 1, 2_000: 2, 500: 1}, {10_000: 5, 100: 1}, {10_000: 1}
"""The float of 500 yuan and nothing more is right; 5 yuan less, one more, and much less."""
BOSS = (FACTS.supervisor, FACTS.password)
Close = Callable[..., Any]


@pytest.fixture
def blind(shop: Shop) -> Shop:
    """The shop, in which shifts are counted blind."""
    shop.counter(FACTS.supervisor, "HZ0102").till.count_blind(on=True)
    return shop


def refused(act: Callable[..., object], *said: Any, **more: Any) -> NotAllowed:
    with pytest.raises(NotAllowed) as refusal:
        act(*said, **more)
    return refusal.value


def closing(desk: Desk, of: str = "") -> Close:
    def close(counts: dict[int, int], approver: str = "", password: str = "", **more: Any) -> Any:
        return desk.till.close_shift(counts, approver=approver, password=password, of=of, **more)

    return close


def handing_over(desk: Desk) -> Close:
    def hand_over(counts: dict[int, int], approver: str = "", password: str = "", **more: Any) -> Any:
        return desk.till.hand_over(counts, "1002", FACTS.password, approver=approver, password=password, **more)

    return hand_over


WAYS = pytest.mark.parametrize("way", [closing, handing_over])


@WAYS
@pytest.mark.parametrize(
    ("counts", "apart"), [(SHORT, "5.00 yuan short"), (OVER, "1.00 yuan over"), (FAR, "400.00 yuan short")]
)
@pytest.mark.parametrize("on", [False, True])
def test_by_how_much_a_drawer_differs_is_told_unless_it_is_counted_blind(
    shop: Shop, way: Callable[[Desk], Close], counts: dict[int, int], apart: str, on: bool
) -> None:
    shop.counter(FACTS.supervisor, "HZ0102").till.count_blind(on=on)
    no = refused(way(shop.desk), counts)
    assert (no.field, apart in str(no), "short" in str(no) or "over" in str(no)) == ("reason", not on, not on)
    no = refused(way(shop.desk), FAR, reason="stolen")
    assert (no.field, "400.00 yuan short" in str(no)) == ("approved_by", not on)


def test_a_supervisor_is_told_by_how_much_though_clerks_count_blind(blind: Shop) -> None:
    chief = blind.counter(FACTS.supervisor, "HZ0102")
    assert "5.00 yuan short: count again" in str(refused(closing(chief, of=FACTS.clerk), SHORT))
    refused(closing(blind.desk), SHORT)
    assert "1.00 yuan over: count again" in str(refused(closing(chief, of=FACTS.clerk), OVER))


def put_down(shop: Shop) -> list[tuple[int, int, str, str]]:
    return [
        (one.number, one.amount, one.state, one.approved_by)
        for one in shop.rows(BlindCount, order=("subject", "number"))
    ]


@WAYS
def test_the_first_count_is_the_count(blind: Shop, way: Callable[[Desk], Close]) -> None:
    close = way(blind.desk)
    no = refused(close, SHORT)
    assert (no.field, "count again" in str(no)) == ("reason", False)
    close(SHORT, reason="a coin fell down")
    assert put_down(blind) == [(1, 49_500, "accepted", "")]


@WAYS
@pytest.mark.parametrize("counts", [RIGHT, OVER, FAR])
def test_once_the_books_have_answered_another_count_is_made_with_a_supervisor(
    blind: Shop, way: Callable[[Desk], Close], counts: dict[int, int]
) -> None:
    close, reason = way(blind.desk), {"reason": "counted anew"}
    assert refused(close, SHORT).field == "reason"
    no = refused(close, counts, **reason)
    assert (no.field, isinstance(no, Differs)) == ("approved_by", False)
    assert str(no) == str(refused(close, {}, **reason))  # whatever is counted, the same is said
    close(counts, *BOSS, **reason)
    amount = sum(face * n for face, n in counts.items())
    assert put_down(blind) == [
        (1, 49_500, "answered", ""),
        (2, amount, "put_down", ""),
        (3, 0, "put_down", ""),
        (4, amount, "accepted", FACTS.supervisor),
    ]


@WAYS
@pytest.mark.parametrize("counts", [RIGHT, SHORT, FAR])
def test_what_is_wrong_otherwise_is_said_alike_whatever_was_counted(
    blind: Shop, way: Callable[[Desk], Close], counts: dict[int, int]
) -> None:
    close = way(blind.desk)
    no = refused(close, counts, missing={"card": ["POS1"]}, missing_reason="x")
    assert (no.field, str(no)) == ("missing", "POS1 is no reference of this shift.")
    assert [state for _, _, state, _ in put_down(blind)] == ["put_down"]


@WAYS
@pytest.mark.parametrize("last", [RIGHT, OVER])
def test_two_counts_are_the_cashiers_own_while_nothing_was_said_and_the_third_is_not(
    blind: Shop, way: Callable[[Desk], Close], last: dict[int, int]
) -> None:
    close, wrong = way(blind.desk), {"missing": {"card": ["POS1"]}, "missing_reason": "x"}
    for counts in (SHORT, FAR, FAR):  # the same again is no other count
        assert refused(close, counts, **wrong).field == "missing"
    no = refused(close, last)
    assert (no.field, isinstance(no, Differs)) == ("approved_by", False)
    assert len(put_down(blind)) == 3
    close(last, *BOSS, reason="with a supervisor")
    assert put_down(blind)[2][2:] == ("accepted", FACTS.supervisor)


def test_the_second_count_is_the_cashiers_own_while_nothing_was_said(blind: Shop) -> None:
    close = closing(blind.desk)
    assert refused(close, SHORT, missing={"card": ["POS1"]}, missing_reason="x").field == "missing"
    close(RIGHT)
    assert [state for _, _, state, _ in put_down(blind)] == ["put_down", "accepted"]


def test_who_is_killed_before_the_answer_has_had_it(blind: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(till, "close_shift", killed)
        with pytest.raises(KeyboardInterrupt):
            closing(blind.desk)(SHORT)
    assert put_down(blind) == [(1, 49_500, "answered", "")]
    assert refused(closing(blind.desk), RIGHT).field == "approved_by"
    closing(blind.desk)(SHORT, reason="a coin fell down")


@pytest.mark.parametrize("signs", [FACTS.clerk, "1002"])
def test_a_supervisor_signs_and_nobody_else(blind: Shop, signs: str) -> None:
    close = closing(blind.desk)
    assert refused(close, SHORT).field == "reason"
    assert refused(close, RIGHT, signs, FACTS.password).field == "approved_by"
    assert refused(close, RIGHT, FACTS.supervisor, "wrong").field == "password"
    assert blind.rows(Shift, operator=FACTS.clerk, state="open")


def test_a_large_difference_is_signed_for_as_it_was_counted(blind: Shop) -> None:
    close = closing(blind.desk)
    assert refused(close, FAR).field == "reason"
    assert refused(close, FAR, reason="robbed").field == "approved_by"
    close(FAR, *BOSS, reason="robbed")
    assert put_down(blind) == [(1, 10_000, "accepted", FACTS.supervisor)]


def test_nobody_puts_counts_of_a_colleagues_drawer_down(blind: Shop) -> None:
    other = blind.counter("1002", "HZ0103")
    assert refused(closing(other, FACTS.clerk), SHORT).field == "approved_by"
    assert put_down(blind) == []


def test_a_supervisor_counts_as_often_as_needed_but_what_was_put_down_stays(blind: Shop) -> None:
    assert refused(closing(blind.desk), SHORT).field == "reason"
    chief = closing(blind.counter(FACTS.supervisor, "HZ0102"), FACTS.clerk)
    assert refused(chief, FAR).field == "reason"
    chief(RIGHT)
    assert put_down(blind) == [
        (1, 49_500, "answered", ""),
        (2, 10_000, "answered", FACTS.supervisor),
        (3, FLOAT, "accepted", FACTS.supervisor),
    ]


def test_where_shifts_are_not_counted_blind_a_count_is_made_again_at_will(shop: Shop) -> None:
    for counts in (SHORT, FAR, OVER, SHORT):
        no = refused(closing(shop.desk), counts)
        assert (no.field, "count again" in str(no)) == ("reason", True)
    closing(shop.desk)(RIGHT)
    assert put_down(shop) == []


def test_the_z_and_the_day_tell_what_was_counted_before(blind: Shop) -> None:
    close = closing(blind.desk)
    assert refused(close, SHORT).field == "reason"
    assert refused(close, OVER).field == "approved_by"
    z = close(RIGHT, *BOSS)
    assert any("495.00, 501.00" in line for line in z.preview)
    with blind.store.reading() as reading:
        told = text(blind.counter(FACTS.supervisor, "HZ0102").reports.data(reading, "day"), words("en"), 80)
        (line,) = (line for line in told.splitlines() if "Counted again while counting blind" in line)
        assert line.split()[-2:] == ["2", "0.00"]
        assert [found for found in verify(reading) if found.invariant == 1] == []


def test_amounts_of_a_drawer_are_tried_twice(blind: Shop) -> None:
    for fen in (FLOAT + 1, 10 * FLOAT):
        assert refused(blind.desk.till.cash_out, fen, "drop", "x").field == "amount"
    no = refused(blind.desk.till.cash_out, FLOAT, "drop", "x")
    assert (no.field, str(no)) == ("approved_by", str(refused(blind.desk.till.cash_out, FLOAT + 1, "drop", "x")))
    blind.desk.till.cash_out(FLOAT, "drop", "x", *BOSS)
    assert len(blind.rows(AccessLog, act="cash.refused")) == 2


def test_amounts_that_were_allowed_are_no_tries(blind: Shop) -> None:
    assert refused(blind.desk.till.cash_out, FLOAT + 1, "drop", "x").field == "amount"
    for _ in range(3):
        blind.desk.till.cash_out(100, "drop", "x")


# the stock, which clerks always count blind


def one_kind(shop: Shop) -> tuple[str, int]:
    line = shop.counter(FACTS.supervisor, "HZ0102").stock.lines()[0]
    return line.key, line.pieces or 0


def test_the_stock_is_not_found_out_by_trying(shop: Shop) -> None:
    key, pieces = one_kind(shop)
    assert refused(shop.desk.stock.count, {key: pieces - 1}).field == "reason"
    for found in (pieces, pieces + 1):
        no = refused(shop.desk.stock.count, {key: found}, "counted anew")
        assert (no.field, isinstance(no, Differs)) == ("approved_by", False)
    shop.desk.stock.count({key: pieces}, "", *BOSS)
    assert [(one.number, one.state) for one in shop.rows(BlindCount, order=("number",))] == [
        (1, "answered"),
        (2, "put_down"),
        (3, "put_down"),
        (4, "accepted"),
    ]
    shop.desk.stock.count({key: pieces})  # the next count is another one
    assert len(shop.rows(StockCount)) == 2


def test_the_first_count_of_the_stock_has_its_word_by_code_too_and_the_next_is_signed_for_here(shop: Shop) -> None:
    key, pieces = one_kind(shop)
    chief = shop.counter(FACTS.supervisor, "HZ0102")
    assert refused(shop.desk.stock.count, {key: pieces - 1}, "torn").field == "approved_by"
    code = chief.approvals.make_codes(1, Bounds(24))[0]
    assert refused(shop.desk.stock.count, {key: pieces}, "", code.code).field == "approved_by"
    shop.desk.stock.count({key: pieces - 1}, "torn", code.code)
    assert [one.state for one in shop.rows(BlindCount, order=("number",))] == ["accepted", "put_down"]


def test_what_differs_of_the_stock_is_told_to_supervisors_alone(shop: Shop) -> None:
    chief = shop.counter(FACTS.supervisor, "HZ0102")
    lines = chief.stock.lines()[:5]
    found = {line.key: (line.pieces or 0) + (1 if place else -2) for place, line in enumerate(lines)}
    told = str(refused(chief.stock.count, found))
    assert (": 2 short, " in told, told.count(": 1 over"), "and 2 more" in told) == (True, 2, True)
    told = str(refused(shop.desk.stock.count, found))
    assert "short" not in told
    assert "over" not in told


def test_a_supervisor_counts_the_stock_as_often_as_needed(shop: Shop) -> None:
    key, pieces = one_kind(shop)
    chief = shop.counter(FACTS.supervisor, "HZ0102")
    for off in (1, 2, 3):
        assert refused(chief.stock.count, {key: pieces - off}).field == "reason"
    chief.stock.count({key: pieces})
    assert shop.rows(BlindCount) == []


def test_a_sale_by_card_is_ticked_off_before_the_drawer_is_judged(blind: Shop) -> None:
    view = blind.desk.forms.begin("C12", blind.desk.forms.example("C12"))
    blind.desk.orders.complete(view.id, [Tender("card", view.quote.due, "POS77")])
    no = refused(closing(blind.desk), FAR, missing={"card": ["POS77"]})
    assert no.field == "missing_reason"
    assert [state for _, _, state, _ in put_down(blind)] == ["put_down"]
