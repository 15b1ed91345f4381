"""Rolling back: a new edition with the opposite lines, but for what was changed again since."""

from __future__ import annotations

import json

import pytest

from boss_tui.editions import differences, lifecycle, opposite, standing
from boss_tui.editions.lines import RowEdit, rows_in
from boss_tui.editions.scope import scopes_of
from boss_tui.headquarters.stream import publish
from data.errors import NotAllowed
from data.journal import Author
from data.tables.edition import Edition
from data.tables.product import Product
from tests.boss_tui.editions.office import (
    CHECKER,
    KEY,
    LATER,
    MAKER,
    RULES,
    TODAY,
    Desk,
    end,
    new_price,
    price,
)


def back(office: Desk, edition: str, **said: str) -> tuple[str, list[opposite.LeftOut]]:
    """Roll an edition back, all the way."""
    made, left = office.act(MAKER, opposite.roll_back, edition, RULES, "wrong", **said)
    office.act(MAKER, lifecycle.submit, made.id, RULES)
    office.act(CHECKER, lifecycle.approve, made.id, RULES)
    return made.id, left


def test_what_was_changed_added_and_ended_is_as_it_was(office: Desk) -> None:
    old = office.approved(price(1500, percent=90), new_price("P9"), end("price_rule", "P2"))
    made, left = back(office, old)
    assert left == []
    assert (office.price(), office.price("P2"), office.price("P9")) == (1000, 2000, None)
    assert office.edition(made).rolls_back == old
    made, left = back(office, made)  # and the opposite of the opposite
    assert (office.price(), office.price("P2"), office.price("P9")) == (1500, None, 1)


def test_fields_that_were_changed_again_stay_and_are_listed_with_who_did(office: Desk) -> None:
    old = office.approved(price(1500, percent=90))
    office.approved(price(1600, percent=90), by=CHECKER)
    _, left = back(office, old)
    assert [(each.column, each.stands, each.by and each.by.author) for each in left] == [("amount", 1600, CHECKER)]
    assert office.price() == 1600
    with office.store.reading() as reading:
        mover = standing.mover(reading, "price_rule", ("P1",), TODAY, "percent")
    assert mover is not None
    assert mover.author == MAKER


def test_a_row_that_was_added_and_changed_since_does_not_end(office: Desk) -> None:
    old = office.approved(new_price("P9"), price(1500))
    office.approved(price(7, "P9"))
    _, left = back(office, old)
    assert [(each.key, each.column) for each in left] == [(("P9",), "amount")]
    assert (office.price("P9"), office.price()) == (7, 1000)


SCOPES = ("region:R1", "channel:agent", "outlet:H1")


@pytest.fixture
def of_two(office: Desk) -> Desk:
    """An office with a hall of its own and an agent of a region."""
    rows = {"H1": {"region": "R1", "channel": "agent"}, "H2": {"channel": "own"}}
    lines = [
        RowEdit("outlet", (code,), "add", {"name_zh": code, "province": "浙江", **of}) for code, of in rows.items()
    ]
    with office.store.transaction(Author("", "publish", ""), journalled=False) as tx:
        made = Edition(id="f2", number=9999, subject="load", title="Outlets", author="", made_at="", at_once=1)
        made.counts_from = "2026-01-01"
        publish(tx, KEY, made, lines)
    return office


def seen(office: Desk, key: str = "P1", outlet: str = "H1") -> int | None:
    """A price as an outlet has it."""
    with office.store.reading() as reading:
        row = rows_in(reading, frozenset(scopes_of(reading, outlet)), "price_rule", [(key,)], TODAY).get((key,))
    return None if row is None or row["state"] == "ended" else int(row["amount"])


@pytest.mark.parametrize("scope", SCOPES)
def test_what_some_outlets_alone_were_told_is_brought_back_for_them(of_two: Desk, scope: str) -> None:
    old = of_two.approved(price(900), new_price("P9"), end("price_rule", "P2"), scope=scope)
    assert [seen(of_two, key) for key in ("P1", "P9", "P2")] == [900, 1, None]
    made, left = back(of_two, old)
    assert (left, of_two.edition(made).scope) == ([], scope)
    assert [seen(of_two, key) for key in ("P1", "P9", "P2")] == [1000, None, 2000]
    assert (of_two.price(), of_two.price("P2"), seen(of_two, outlet="H2")) == (1000, 2000, 1000)
    made, _ = back(of_two, made)
    assert [seen(of_two, key) for key in ("P1", "P9", "P2")] == [900, 1, None]


@pytest.mark.parametrize("scope", SCOPES)
def test_what_they_were_told_again_since_stays_and_everybody_s_does_not_count(of_two: Desk, scope: str) -> None:
    old = of_two.approved(price(900, percent=90), scope=scope)
    of_two.approved(price(800), scope=scope, by=CHECKER)
    _, left = back(of_two, old)
    assert [(each.column, each.stands, each.by and each.by.author) for each in left] == [("amount", 800, CHECKER)]
    assert (seen(of_two), of_two.price()) == (800, 1000)


def test_a_price_for_some_is_based_on_what_they_have(of_two: Desk) -> None:
    """Everybody's price, for those who had another one, is a change."""
    of_two.approved(price(900), scope="region:R1")
    of_two.approved(price(1000), scope="region:R1")
    assert (seen(of_two), of_two.price()) == (1000, 1000)


def test_nothing_left_to_bring_back_or_nothing_in_force_is_no_edition(office: Desk) -> None:
    old = office.approved(price(1500))
    office.approved(price(1600))
    for edition in (old, office.approved(price(1700), effective_from=LATER), office.drafted(price(3))):
        with pytest.raises(NotAllowed):
            office.act(MAKER, opposite.roll_back, edition, RULES, "wrong")


def test_a_roll_back_has_a_date_too(office: Desk) -> None:
    old = office.approved(price(1500))
    back(office, old, effective_from=LATER)
    assert office.price() == 1500
    office.open_day(LATER)
    assert office.price() == 1000


def test_one_that_ended_by_its_state_stands_again(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Product, "__ended__", {"state": "retired"})
    old = office.approved(end("product", "PLAN"), business="M4")
    assert office.row(Product, code="PLAN").state == "retired"
    back_made, _ = office.act(MAKER, opposite.roll_back, old, RULES, "wrong", business="M4")
    office.act(MAKER, lifecycle.submit, back_made.id, RULES, business="M4")
    office.act(CHECKER, lifecycle.approve, back_made.id, RULES, business="M4")
    assert (office.row(Product, code="PLAN").state, office.row(Product, code="PLAN").name_zh) == ("active", "套餐")


def test_an_edition_is_shown_field_by_field_with_what_stands_now(office: Desk) -> None:
    made = office.drafted(price(1500), end("price_rule", "P2"), new_price("P9", amount=7))
    office.act(CHECKER, lifecycle.let_count_at_once, office.drafted(price(1400), by=CHECKER), RULES)
    with office.store.reading() as reading:
        found = differences.of_edition(reading, office.edition(made), TODAY)
    told = {(each.key, each.column): (each.op, each.before, each.after, each.stands) for each in found}
    assert told[("P1",), "amount"] == ("change", 1000, 1500, 1400)
    assert told[("P2",), "amount"] == ("end", 2000, None, 2000)
    assert told[("P9",), "amount"] == ("add", None, 7, None)


def test_between_two_dates_is_what_changed_from_then_until_then(office: Desk) -> None:
    office.approved(price(1500), effective_from="2026-11-24")
    office.approved(price(1600), new_price("P9"), effective_from="2026-11-26", by=CHECKER)
    with office.store.reading() as reading:

        def changed(first: str, last: str) -> list[tuple[object, ...]]:
            found = differences.between(reading, first, last, ["price_rule"])
            return [(each.key[0], each.op, each.before, each.after) for each in found if each.column == "amount"]

        assert changed("2026-11-23", "2026-11-24") == [("P1", "change", 1000, 1500)]
        assert changed("2026-11-24", "2026-11-25") == []
        assert changed("2026-11-24", "2026-11-26") == [("P1", "change", 1500, 1600), ("P9", "add", None, 1)]
        assert changed("2026-11-23", "2026-11-30") == [("P1", "change", 1000, 1600), ("P9", "add", None, 1)]
        assert differences.between(reading, "2026-11-23", "2026-11-30", ["product"]) == []


def test_looking_at_an_old_version_changes_nothing(office: Desk) -> None:
    made = office.approved(RowEdit("price_rule", ("P1",), "change", {"amount": 5}))
    before = office.edition(made)
    with office.store.reading() as reading:
        standing.moved(reading, before, TODAY)
        differences.of_edition(reading, before, TODAY)
    assert office.edition(made) == before
    assert json.loads(office.act(MAKER, lambda at: standing.rows_of(at.tx, made))[0].before) == {"amount": 1000}
