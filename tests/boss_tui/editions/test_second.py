"""Two people approve what lowers a price by more than managers leave to one (management-facts 1.3)."""

from __future__ import annotations

import pytest

from boss_tui.editions import drafts, lifecycle, second, standing
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.second import cut
from boss_tui.editions.subjects import Rules
from boss_tui.management import rules as house
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.journal import Author
from data.tables.edition import Edition
from data.tables.organisation import Operator
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, RULES, THIRD, TODAY, TOMORROW, Desk, new_price, price
from tests.boss_tui.verify.test_editions import alter

PRICED: Rules = house.rules(RULES.publish)
"""The rules of the house, with what an edition of prices takes away."""


def submitted(office: Desk, *lines: RowEdit, **said: str) -> Edition:
    made = office.drafted(*lines, **said)
    return office.act(MAKER, lifecycle.submit, made, PRICED)


@pytest.mark.parametrize(
    ("before", "after", "rate"),
    [
        (1000, 1000, 0),
        (1000, 1200, 0),
        (1000, 800, 2000),
        (1000, 799, 2010),
        (3, 2, 3334),
        (1000, 0, 10_000),
        (0, 5, 0),
    ],
)
def test_a_cut_counts_what_is_begun(before: int, after: int, rate: int) -> None:
    assert cut(before, after) == rate


@pytest.mark.parametrize(
    ("line", "two"),
    [
        (price(800), False),  # 20 % is left to one
        (price(799), True),
        (price(5000), False),
        (RowEdit("price_rule", ("P1",), "change", {"percent": 79}), True),
        (RowEdit("price_rule", ("P1",), "change", {"percent": 80}), False),
        (RowEdit("price_rule", ("P1",), "end", {}), True),  # what is not charged any more has fallen to nothing
        (new_price("P9", amount=100, rank=9), True),  # a new rule that goes before the one that counted
        (new_price("P0", amount=100, rank=0, outlet="HQ"), True),  # it says more than P1, of the same rank
        (new_price("P0", amount=100, rank=-1, outlet="HQ"), False),  # it counts nowhere: P1 goes before it
        (new_price("P9", amount=100, rank=9, weekdays="7", from_time="22:00", to_time="06:00"), True),
        (new_price("P9", amount=100, rank=9, valid_from="2027-01-01"), True),  # whenever it begins
        (RowEdit("price_rule", ("P1",), "change", {"name_zh": "卡"}), False),
    ],
)
def test_how_far_a_price_falls_says_how_many_approve(office: Desk, line: RowEdit, two: bool) -> None:
    assert bool(submitted(office, line).needs_two) is two


def sold_already(office: Desk) -> None:
    """Another plan, for which something is charged each month."""
    other = RowEdit("product", ("OTHER",), "add", {"name_zh": "另"})
    office.approved(other, new_price("OLD", **NEW | {"product": "OTHER"}))


NEW = {"item": "fee", "business": "C1", "product": "PLAN", "monthly": 1, "amount": 5900}
"""A price of what there was none for."""


@pytest.mark.parametrize(
    ("promotion", "two"),
    [
        (None, False),
        ({"amount": 2950, "rank": 9, "weekdays": "7"}, True),
        ({"amount": 2950, "rank": 9, "valid_from": "2027-01-01", "valid_to": "2027-01-31"}, True),
        ({"percent": 50, "rank": 9}, True),
        ({"amount": 4720, "rank": 9}, False),  # 20 % is left to one
        ({"amount": 2950, "rank": -1}, False),  # it counts nowhere
    ],
)
def test_a_new_plan_comes_with_its_promotion_no_easier_than_before_it(
    office: Desk, promotion: dict[str, object] | None, two: bool
) -> None:
    sold_already(office)
    lines = [new_price("N1", **NEW), *([new_price("N2", **NEW | promotion)] if promotion else [])]
    together = submitted(office, *lines)
    assert ("full one" in together.needs_two) is two


def test_a_first_list_of_prices_lowers_nothing(office: Desk) -> None:
    assert not submitted(office, new_price("N1", **NEW), new_price("N2", **NEW, percent=50, rank=9)).needs_two


def test_a_discount_of_what_is_new_is_one_by_itself_too(office: Desk) -> None:
    sold_already(office)
    assert "full one" in submitted(office, new_price("N1", **NEW, percent=50)).needs_two


@pytest.mark.parametrize(
    ("first", "then", "two"),
    [
        ({"from_time": "22:00", "to_time": "22:01"}, {"to_time": "21:59"}, True),
        ({"from_time": "22:00", "to_time": "22:01"}, {"from_time": "06:00"}, True),
        ({"from_time": "22:00", "to_time": "06:00"}, {"to_time": "05:00"}, False),
        ({"valid_to": TODAY}, {"valid_to": ""}, True),
        ({"valid_to": TODAY}, {"valid_to": TOMORROW}, True),
        ({"valid_from": TOMORROW}, {"valid_from": ""}, True),
        ({"valid_to": ""}, {"valid_to": TOMORROW}, False),
        ({"weekdays": "1"}, {"weekdays": "1234567"}, True),
        ({"weekdays": "67"}, {"weekdays": "6"}, False),
        ({"outlet": "HQ"}, {"outlet": ""}, True),
        ({"state": "withdrawn"}, {"state": "published"}, True),
        ({"rank": -1}, {"rank": 9}, True),
    ],
)
def test_each_place_where_a_price_comes_to_count_is_asked_for(
    own_office: Desk, first: dict[str, str], then: dict[str, str], two: bool
) -> None:
    """Not one moment at which it was cheap before."""
    cheap = submitted(own_office, new_price("P9", **{"amount": 1, "rank": 9, **first}))
    while cheap.state == "submitted":
        by = THIRD if cheap.first_approver else CHECKER
        cheap = own_office.act(by, lifecycle.approve, cheap.id, PRICED)
    assert bool(submitted(own_office, RowEdit("price_rule", ("P9",), "change", then)).needs_two) is two


def test_what_is_too_much_to_compare_two_people_approve(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "MOST", 0)
    assert "two people approve it" in submitted(office, price(1001)).needs_two


def test_the_next_emergency_waits_for_the_review_of_the_last(office: Desk) -> None:
    def at_once(fen: int) -> Edition:
        return office.act(MAKER, lifecycle.let_count_at_once, office.drafted(price(fen)), PRICED)

    late = at_once(900)
    office.open_day(TOMORROW)
    at_once(901)  # there is time until that day ends
    office.open_day(LATER)
    with office.store.reading() as reading:
        assert [each.id for each in standing.overdue_reviews(reading, LATER)][:1] == [late.id]
    with pytest.raises(NotAllowed, match=f"{late.number} .*let another person review it"):
        at_once(902)
    office.act(CHECKER, lifecycle.review, late.id, "it was right")
    assert at_once(903).state == "in_force"


def test_the_second_of_two_people_publishes(office: Desk) -> None:
    made = submitted(office, price(100))
    first = office.act(CHECKER, lifecycle.approve, made.id, PRICED)
    assert (first.state, first.first_approver, office.price()) == ("submitted", CHECKER, 1000)
    for staff_no in (CHECKER, MAKER):
        with pytest.raises(NotAllowed):
            office.act(staff_no, lifecycle.approve, made.id, PRICED)
    with office.store.reading() as reading:
        waits = [standing.waiting_for(reading, who, {"M6": True}) for who in (MAKER, CHECKER, THIRD)]
    assert [len(found) for found in waits] == [0, 0, 1]
    done = office.act(THIRD, lifecycle.approve, made.id, PRICED)
    assert (done.state, done.first_approver, done.decided_by) == ("in_force", CHECKER, THIRD)
    assert office.price() == 100
    with office.store.reading() as reading:
        assert verify(reading) == []


def test_who_made_lines_of_it_decides_nothing_also_once_another_took_it_over(office: Desk) -> None:
    made = office.drafted(price(900))
    staff = office.act(MAKER, lambda at: at.tx.one(Operator, staff_no=MAKER))
    for state, by in (("left", CHECKER), (staff.state, "")):
        with office.store.transaction(Author("", "x", ""), journalled=False) as tx:
            tx.change(tx.one(Operator, staff_no=MAKER), state=state)
        if by:
            office.act(by, drafts.take_over, made)
            office.act(by, lifecycle.submit, made, PRICED)
    for act in (lambda at: lifecycle.approve(at, made, PRICED), lambda at: lifecycle.reject(at, made, "no")):
        for staff_no in (MAKER, CHECKER):
            with pytest.raises(NotAllowed, match="Nobody decides what they made"):
                office.act(staff_no, act)
    with office.store.reading() as reading:
        waits = [len(standing.waiting_for(reading, who, {"M6": True})) for who in (MAKER, CHECKER, THIRD)]
    assert waits == [0, 0, 1]
    assert office.act(THIRD, lifecycle.approve, made, PRICED).state == "in_force"


def test_an_edit_voids_the_first_approval(office: Desk) -> None:
    made = submitted(office, price(100), effective_from=LATER)
    office.act(CHECKER, lifecycle.approve, made.id, PRICED)
    office.act(MAKER, drafts.put_line, made.id, price(90), PRICED)
    office.act(MAKER, lifecycle.submit, made.id, PRICED)
    again = office.act(THIRD, lifecycle.approve, made.id, PRICED)
    assert (again.state, again.first_approver) == ("submitted", THIRD)


def test_one_approval_of_what_wants_two_is_found(own_office: Desk) -> None:
    made = submitted(own_office, price(100))
    own_office.act(CHECKER, lifecycle.approve, made.id, PRICED)
    own_office.act(THIRD, lifecycle.approve, made.id, PRICED)
    for first in ("", MAKER, THIRD):
        alter(own_office, f"UPDATE edition SET first_approver = '{first}' WHERE number = 1")
        with own_office.store.reading() as reading:
            assert "two people approve what takes away much" in {finding.rule for finding in verify(reading)}
