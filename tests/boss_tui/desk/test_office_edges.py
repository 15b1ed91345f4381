"""The desk at the office where its rules turn: lists, what is tried of an edition, how its day goes on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.till.cash_slips import cash_slip
from boss_tui.desk.deeds import deed_said
from boss_tui.desk.editing import EditionView
from boss_tui.desk.managed import ListPage
from boss_tui.desk.trying import Begun
from data.errors import NotAllowed, NotFound
from data.message import FIRST
from data.tables.finance import BusinessDay
from tests.boss_tui.desk.shop import Shop
from tests.head_office import CHECKER, MAKER, HeadOffice

# lists


TODAY, LATER = "2026-11-23", "2026-11-25"


def page(
    *, stock: Any = None, may_change: bool = True, day: str = TODAY, coming: int = 0, more: bool = False
) -> ListPage:
    entity: Any = SimpleNamespace(stock=stock)
    rows: Any = tuple(range(coming))
    found: Any = None
    return ListPage(entity, found, day, TODAY, may_change, {}, rows, more)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({}, "There is no row yet. F4: a new row, or from a file"),
        ({"stock": object()}, "There is none yet. F4: what can be done, or from a file"),
        ({"may_change": False}, "There is no row."),
        ({"day": "2026-11-24"}, "There is no row."),
        ({"day": "2026-11-22", "stock": object()}, "There is no row."),
    ],
)
def test_an_empty_list_says_how_a_row_is_made_where_one_can_be(of: dict[str, Any], said: str) -> None:
    assert str(page(**of).none_yet) == said


@pytest.mark.parametrize(("coming", "more", "said"), [(0, False, ""), (0, True, ""), (1, False, "1"), (3, True, "3+")])
def test_a_list_says_how_many_rows_come(coming: int, more: bool, said: str) -> None:
    assert page(coming=coming, more=more).how_many_come == said


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("access reprint", "Copy printed"),
        ("order C6", "C6 Suspend or resume"),
        ("act M6 edition.submit", "M6 Edition submitted"),
        ("act M6 no.word", "M6 no.word"),
        ("order C99", "C99"),
    ],
)
def test_what_somebody_did_is_told_by_its_business_and_act(what: str, said: str) -> None:
    kind, _, told = what.partition(" ")
    deed: Any = SimpleNamespace(kind=kind, what=told)
    assert str(deed_said(deed)).strip() == said


def test_who_took_an_edition_back_is_told_by_the_last_word() -> None:
    def view(*acts: str, decision: str = "") -> str:
        told = tuple(SimpleNamespace(act=f"edition.{act}", who=f"w{n}") for n, act in enumerate(acts))
        of: Any = SimpleNamespace(acts=told, edition=SimpleNamespace(decision=decision))
        return str(EditionView.withdrawal.fget(of))  # type: ignore[attr-defined]

    assert view("new", "withdraw", "withdraw", "review", decision="wrong") == "w2: wrong"
    assert view("new") == "-: -"


# what is not done at a hall


def test_what_is_the_office_s_is_refused_at_a_hall(shop: Shop) -> None:
    for part in ("office_notes", "office_exceptions", "machines"):
        with pytest.raises(NotAllowed):
            getattr(shop.desk, part)
    with pytest.raises(NotAllowed, match="counts its tills"):
        shop.desk.day.go_on()


def test_the_office_goes_on_to_the_calendar_s_day_at_once(head_office: HeadOffice) -> None:
    day = head_office.maker.day
    assert day.ahead() == ""
    with pytest.raises(NotAllowed, match="the calendar's already"):
        day.go_on()
    head_office.store.clock.move(days=2)  # type: ignore[attr-defined]
    assert day.ahead() == day.go_on() == "2026-11-25"
    days = {row.business_date: row.state for row in head_office.rows(BusinessDay)}
    assert (days["2026-11-25"], days["2026-11-23"], "2026-11-24" in days) == ("open", "closed", False)


# what is tried of an edition


def price(key: str, business: str) -> dict[str, str]:
    return {"id": key, "item": "entry_fee", "business": business, "amount": "50", "rank": "77"}


def test_what_an_edition_changes_is_tried_line_by_line(head_office: HeadOffice) -> None:
    maker, trying = head_office.maker, head_office.maker.trying
    made = maker.managing.add("M6/price_rule", price("X-1", "C1"), title="New", reason="new", effective_from=LATER)
    of, number = made.edition, str(made.edition.number)
    maker.managing.add("M6/price_rule", price("X-2", "C2"), of.id)
    maker.managing.add("M3.1/category", {"code": "pilot", "name_zh": "飞行员", "rank": "77"}, of.id)
    first, second = (trying.begun(of.id, position) for position in (0, 1))
    assert (first.code, first.edition, first.on, first.typed["business"]) == ("M6", number, LATER, "C1")
    assert second.typed["business"] == "C2"
    assert trying.begun(number) == trying.begun(number, 9) == first, "the first that can be tried"
    assert trying.begun(number, None, "M3.1").code == trying.begun(number, 2).code == "M3.1"
    assert trying.begun(number, None, "M9") == Begun("M9", {}, number, LATER), "it has no rows of those"
    assert next(iter(trying.editions())).value == number
    at_once = maker.managing.add("M6/price_rule", price("X-3", "C1")).edition
    assert at_once.id == of.id, "it joins the draft that is open"


def test_what_is_tried_at_first_is_what_one_is_at_else_what_waits_for_one(head_office: HeadOffice) -> None:
    maker, checker = head_office.maker, head_office.checker
    assert (maker.trying.at_first("M6"), checker.trying.at_first("M6")) == (None, None)
    made = maker.managing.add("M6/price_rule", price("X-1", "C1"), title="New", reason="new").edition
    assert (maker.trying.at_first("M6") or made).id == (maker.trying.at_first("M9") or made).id == made.id
    assert checker.trying.at_first("M6") is None
    maker.editions.submit(made.id)
    assert maker.trying.at_first("M6") is None
    waits = checker.trying.at_first("M6")
    assert waits is not None
    assert (waits.id, checker.trying.at_first("M9")) == (made.id, None)
    own = checker.managing.add("M6/price_rule", price("X-2", "C1"), title="Own", reason="x").edition
    begun = checker.trying.at_first("M6")
    assert begun is not None
    assert begun.id == own.id, "one's own comes first"


def test_editions_are_listed_by_the_businesses_of_their_rows(head_office: HeadOffice) -> None:
    """The one that it was begun in, and each of a row that was not taken out again."""
    maker, pilot = head_office.maker, {"code": "pilot", "name_zh": "飞行员", "rank": "77"}
    first = maker.managing.add("M6/price_rule", price("X-1", "C1"), title="New", reason="new").edition
    (other,) = (head_office.checker.managing.add("M3.1/category", pilot, title="Pilots", reason="x").edition,)

    def listed(**asked: Any) -> list[str]:
        return [{first.id: "first", other.id: "other"}.get(each.id, "?") for each in maker.editions.listed(**asked)][:2]

    assert listed() == ["other", "first"]
    assert listed(most=1) == listed(most=0) == ["other"]
    assert (listed(subject="M6"), listed(subject="M3.1"), listed(subject="M9")) == (["first"], ["other"], [])
    maker.managing.add("M3.1/category", {**pilot, "code": "sailor", "name_zh": "水手", "rank": "78"}, first.id)
    assert listed(subject="M3.1") == ["other", "first"]
    maker.editions.drop(first.id, 1)
    assert listed(subject="M3.1") == ["other"]
    maker.editions.withdraw(first.id, "no")
    assert (listed(state="withdrawn"), listed(state="draft"), listed(state="draft", subject="M6")) == (
        ["first"],
        ["other"],
        [],
    )


def test_a_row_is_worked_on_in_the_draft_of_one_s_own_that_is_at_it(head_office: HeadOffice) -> None:
    managing, name = head_office.maker.managing, "M6/price_rule"
    of_prices = managing.change(name, [("C1-01",)], {"amount": "66"}, title="Prices", reason="x").edition
    category = {"code": "pilot", "name_zh": "飞行员", "rank": "77"}
    checkers = head_office.checker.managing.add("M3.1/category", category, title="Pilots", reason="x").edition
    head_office.checker.managing.change(name, [("C1-02",)], {"amount": "44"}, checkers.id)

    def at(key: str, edition: str = "") -> tuple[str, str]:
        shown = managing.row(name, (key,), edition)
        return (shown.edition.id if shown.edition else "", shown.op)

    assert at("C1-01") == (of_prices.id, "change")
    assert at("C1-02") == (of_prices.id, ""), "another's draft is but told of"
    assert [met.edition.id for met in managing.row(name, ("C1-02",)).others] == [checkers.id]
    assert at("C1-02", checkers.id) == (checkers.id, "change")
    assert at("C1-01", checkers.id) == (checkers.id, ""), "the one that was named, whatever else is at it"
    with pytest.raises(NotFound):
        managing.row(name, ("NONE",))


def test_what_ends_is_named_with_what_its_business_says_of_it(head_office: HeadOffice) -> None:
    trying, name = head_office.maker.trying, "M6/price_rule"
    keys = [row.key for row in head_office.maker.managing.page(name).page.rows[: FIRST + 2]]
    one, two, many = (str(trying.rows_named(name, keys[:n])) for n in (1, 2, FIRST + 2))
    assert one in two
    assert two.startswith("2 rows: ")
    assert many.startswith(f"{FIRST + 2} rows: ")
    assert not one.startswith("1 rows")
    assert trying.ending(name, keys[:1]).told == (), "nothing is said of a price that ends"
    role = head_office.maker.trying.ending("M7/operator", [(CHECKER,)])
    assert CHECKER in str(role.rows)
    both = head_office.maker.trying.ending("M7/operator", [(CHECKER,), (MAKER,)])
    assert str(both.rows).startswith("2 rows: ")


def test_where_orders_of_a_process_stand_is_asked_of_one_that_there_is(shop: Shop) -> None:
    assert shop.desk.lookups.standings() is not None
    shop.desk.lookups.standings("C1")
    with pytest.raises(NotFound, match="C99"):
        shop.desk.lookups.standings("C99")


@pytest.mark.parametrize(("number", "told"), [("", "K7"), ("DB-000001", "DB-000001")])
def test_a_slip_is_told_by_its_number_else_by_its_key(head_office: HeadOffice, number: str, told: str) -> None:
    slips = head_office.maker.slips
    with head_office.maker.seat.writing("test") as tx:
        slip = slips.slip(tx, MAKER, number="K7", purpose="drop", amount=100)
        document = cash_slip(head_office.maker.seat.paper_words(), slip)
        shown = slips.queue(tx, document, "K7", number=number)
    assert (shown.id, shown.number) == ("K7", told)
