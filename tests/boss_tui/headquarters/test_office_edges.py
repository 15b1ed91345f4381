"""What a person at headquarters ends: exceptions by words or a decision, an outlet for good; what is recorded of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters.closing import close
from boss_tui.headquarters.exceptions import INCOME, Word
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.publishing import Said, record_and_publish
from data.errors import NotAllowed, NotFound
from data.journal import Author
from data.tables.edition import Edition, EditionLine, Publication
from data.tables.organisation import Counter, Outlet
from data.tables.sync import EnrolledOutlet, FeedItem, SyncException
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import KEY, LATER, OFFICE, TODAY, TOMORROW, Desk, new_price, price
from tests.boss_tui.headquarters import deciding
from tests.boss_tui.sync.world import World, contents
from tests.head_office import CHECKER, MAKER, HeadOffice
from tests.head_office import KEY as OFFICE_KEY

WORD = Word("3001", " it was agreed by letter ")


def aside(world: World, **values: Any) -> str:
    """An exception about an outlet; its key."""
    world.outlet("H01")
    standard = {"id": "x", "outlet": "H01", "epoch": 1, "seq": 1, "reason": "price", "detail": "{}", "raised_at": "now"}
    with world.hq.transaction(Author("H01", "test", ""), journalled=False) as tx:
        tx.add(SyncException, **{**standard, **values})
    return "x"


def ended(world: World) -> tuple[str, str, str, str]:
    (row,) = contents(world.hq, SyncException)
    return row["state"], row["decision"], row["decided_by"], row["resolution"]


def heard(world: World) -> list[str]:
    return [row["kind"] for row in contents(world.hq, FeedItem) if row["outlet"] == "H01"]


@pytest.mark.parametrize(("state", "told"), [("open", ["exception_resolved"]), ("noted", [])])
def test_words_end_an_exception_and_its_outlet_hears_of_what_it_knew(
    small_world: World, state: str, told: list[str]
) -> None:
    deciding.resolve(small_world.hq, aside(small_world, state=state), WORD)
    assert ended(small_world) == ("resolved", "", "3001", "it was agreed by letter")
    assert heard(small_world) == told
    for act in (deciding.resolve, deciding.refuse, deciding.compensate, deciding.accept):
        with pytest.raises(NotAllowed, match="This exception has ended: it was agreed by letter"):
            act(small_world.hq, "x", WORD)


@pytest.mark.parametrize(
    ("act", "values", "word", "field"),
    [
        (deciding.resolve, {}, Word("3001", "  "), "resolution"),
        (deciding.resolve, {"held": 1}, WORD, ""),
        (deciding.resolve, {"held": -1}, WORD, ""),
        (deciding.refuse, {}, Word("3001", ""), "resolution"),
        (deciding.refuse, {"state": "noted"}, WORD, ""),
        (deciding.compensate, {}, WORD, ""),
        (deciding.compensate, {"held": -1}, WORD, ""),
        (deciding.compensate, {"state": "noted", "held": 1}, WORD, ""),
        (deciding.accept, {"state": "noted"}, WORD, ""),
        *((deciding.accept, {"reason": reason}, WORD, "") for reason in ("sums", "books", "stock", "foreign", "chain")),
    ],
)
def test_what_can_t_be_decided_so_is_not(
    small_world: World, act: Any, values: dict[str, Any], word: Word, field: str
) -> None:
    key = aside(small_world, **values)
    with pytest.raises(NotAllowed) as refused:
        act(small_world.hq, key, word)
    assert (refused.value.field or "") == field
    assert ended(small_world)[0] == values.get("state", "open")
    assert heard(small_world) == []


def test_money_stays_owed_or_becomes_income(small_world: World) -> None:
    with pytest.raises(NotAllowed) as refused:
        deciding.refuse(small_world.hq, aside(small_world), WORD, "lost")
    assert refused.value.field == "as"
    deciding.refuse(small_world.hq, "x", WORD, INCOME)
    assert ended(small_world)[:2] == ("resolved", "refused")


# what is recorded


@pytest.mark.parametrize(
    ("counts_from", "state", "at_once", "from_day", "amount"),
    [
        ("", "in_force", 1, TODAY, 1500),
        (TODAY, "in_force", 1, TODAY, 1500),
        (TOMORROW, "approved", 0, TOMORROW, 1000),
        (LATER, "approved", 0, LATER, 1000),
    ],
)
def test_an_edition_from_a_file_is_recorded_as_any_other(
    office: Desk, counts_from: str, state: str, at_once: int, from_day: str, amount: int
) -> None:
    said = Said("A list", "3001", "3002", counts_from)
    lines = [price(1500), new_price("N1"), RowEdit("price_rule", ("P2",), "change", {"rank": 0})]
    with office.store.transaction(Author(OFFICE, "load", "3001")) as tx:
        made = record_and_publish(tx, KEY, said, lines)
    found = office.edition(made.id)
    assert (found.number, found.state, found.at_once, found.counts_from) == (1, state, at_once, from_day)
    assert (found.author, found.decided_by, bool(found.in_force_at)) == ("3001", "3002", bool(at_once))
    assert (office.price(), office.price("N1")) == (amount, 1 if at_once else None)
    with office.store.reading() as reading:
        kept = reading.all(EditionLine, edition=made.id, order=("position",))
        assert [row.position for row in kept] == [0, 1, 2]
        assert [row.op for row in kept] == ["change", "add", "change"]
        assert [json.loads(row.before) for row in kept] == [{"amount": 1000}, {}, {"rank": 0}]
        assert [row.edition for row in reading.all(Publication)] == [made.id]
        assert reading.one(PriceRule, id="P2").revision == (2 if at_once else 1)
    with office.store.transaction(Author(OFFICE, "load", "3001")) as tx:
        assert record_and_publish(tx, KEY, said, [price(1600)]).number == 2


# closing


def enrolled(office: HeadOffice) -> Office:
    with office.store.transaction(Author("HZ01", "test", ""), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet="HZ01", public_key="k", last_contact=tx.now())
    return Office(office.store, OFFICE_KEY)


def test_an_outlet_is_closed_for_good_with_its_counters(head_office: HeadOffice) -> None:
    office = enrolled(head_office)
    before = head_office.rows(Counter, outlet="HZ01", state="active")
    others = head_office.rows(Counter, state="active")
    found = close(head_office.maker, office, "HZ01", " burnt ", CHECKER)
    assert (found.outlet, found.exceptions, found.held) == ("HZ01", 0, 0)
    assert head_office.rows(Outlet, code="HZ01")[0].state == "closed"
    assert len(others) - len(head_office.rows(Counter, state="active")) == len(before) > 0
    (row,) = head_office.rows(EnrolledOutlet, outlet="HZ01")
    assert (bool(row.closed_at), "closed outlet" in row.stopped) == (True, True)
    (edition,) = [each for each in head_office.rows(Edition) if each.subject == "close"]
    assert (edition.author, edition.decided_by, edition.state) == (MAKER, CHECKER, "in_force")
    with pytest.raises(NotAllowed, match="was closed on"):
        close(head_office.maker, office, "HZ01", "again", CHECKER)


@pytest.mark.parametrize(
    ("outlet", "why", "checker", "field"),
    [
        ("HZ01", " ", CHECKER, "reason"),
        ("HZ01", "burnt", MAKER, "approved_by"),
        ("HZ01", "burnt", "1001", "approved_by"),
    ],
)
def test_an_outlet_is_closed_by_two_with_a_reason(
    head_office: HeadOffice, outlet: str, why: str, checker: str, field: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        close(head_office.maker, enrolled(head_office), outlet, why, checker)
    assert (refused.value.field or "") == field
    assert head_office.rows(Outlet, code=outlet)[0].state == "active"


def test_who_was_never_enrolled_is_not_closed(head_office: HeadOffice) -> None:
    with pytest.raises(NotFound):
        close(head_office.maker, Office(head_office.store, OFFICE_KEY), "HZ01", "burnt", CHECKER)
