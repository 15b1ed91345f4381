"""The kit of management at its edges: what is typed, lists as of another day, jobs that are shown, files read whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.kit import entity, filters, importing, jobs, listing, spans, stored
from boss_tui.management.kit.filters import Filter, FilterTerm, read_filter
from boss_tui.management.kit.listing import page
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.kit.working import key_typed, three
from boss_tui.management.subjects import named
from data.errors import BadForm, NotAllowed
from data.tables.job import Job
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import Rows, row
from tests.boss_tui.editions.office import LATER, TODAY, Desk, end, new_price
from tests.boss_tui.management.kit.test_importing import HEAD, judged, source

_, PRICES = named("M6")
_, TAXES = named("M6/tax_rate")


# what is typed


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ('"a b"', "a b"),
        ("'a b'", "a b"),
        ("'a'", "a"),
        ('"', '"'),
        ("'", "'"),
        ("\"a'", "\"a'"),
        ('a"', 'a"'),
    ],
)
def test_a_word_is_what_stands_between_two_quotes_that_are_alike(typed: str, looked_for: str) -> None:
    assert read_filter(TAXES, typed).conditions == (FilterTerm(("category",), "has", looked_for),)


def test_a_name_of_a_column_may_be_short_and_in_any_case() -> None:
    assert read_filter(PRICES, "AMOU>1").conditions == (FilterTerm(("amount",), ">", 100),)
    with pytest.raises(BadForm):
        read_filter(PRICES, "amountx>1")


@pytest.mark.parametrize(
    ("entity", "typed", "key"),
    [
        (PRICES, "R1", ("R1",)),
        (PRICES, "R/1", ("R/1",)),
        (PRICES, "", ("",)),
        (TAXES, "standard/2026-01-01", ("standard", "2026-01-01")),
        (TAXES, "standard", None),
        (TAXES, "standard/2026-01-01/x", None),
    ],
)
def test_a_key_is_typed_in_its_parts(entity: Any, typed: str, key: tuple[str, ...] | None) -> None:
    if key is not None:
        assert key_typed(entity, typed) == key
        return
    with pytest.raises(NotAllowed) as refused:
        key_typed(entity, typed)
    assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("keys", "told"),
    [([], (0, ())), ([("a",)], (1, ("a",))), ([("a",), ("b", 1), ("c",), ("d",)], (4, ("a", "b/1", "c")))],
)
def test_the_first_three_rows_are_told_by_name(keys: list[Any], told: Any) -> None:
    assert three(keys) == told


# lists


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_a_list_as_of_a_later_day_goes_on_past_what_will_have_ended(office: Desk, size: int) -> None:
    """Whole pieces of the table may be of rows that are not there then."""
    gone, there = [f"A{n}" for n in range(7)], [f"B{n}" for n in range(3)]
    office.approved(*(new_price(code) for code in (*gone, *there)))
    office.approved(*(end("price_rule", code) for code in gone), effective_from=LATER)
    asked = ListQuery(Filter(), "", False, LATER, TODAY)
    found: list[str] = []
    with office.store.reading() as reading:
        shown = page(reading, PRICES, asked, size=size)
        found += [each.key[0] for each in shown.rows]
        while shown.after is not None:
            shown = page(reading, PRICES, asked, after=shown.after, size=size)
            found += [each.key[0] for each in shown.rows]
    assert found == [*there, "P1", "P2"]


def test_what_may_be_nothing_is_sorted_as_empty() -> None:
    _, outlets = named("M7/outlet")
    told = str(stored._statement(outlets, ((), ()), "partner", False, True, False))
    assert "coalesce(outlet.partner" in told
    assert "coalesce(outlet.code" not in told


def test_a_row_is_told_as_it_stands_where_there_is_one() -> None:
    there: Any = Rows(row(PriceRule, id="P1", amount=5))
    found = listing.row_now(there, PRICES, {"id": "P1"})
    assert found is not None
    assert found["amount"] == 5
    assert listing.row_now(there, PRICES, {"id": "gone"}) is None


SPAN = {"valid_from": "2026-12-01", "valid_to": "2026-12-31"}
FROM_NOW = [("Until 2026-11-22", "2026-11-22"), (f"From {TODAY} on", TODAY)]


@pytest.mark.parametrize(
    ("op", "since_until", "days"),
    [
        ("change", {"valid_from": "", "valid_to": ""}, FROM_NOW),
        ("end", SPAN, FROM_NOW),
        (
            "add",
            SPAN,
            [
                ("Until 2026-11-30", "2026-11-30"),
                ("From 2026-12-01 until 2026-12-31", "2026-12-01"),
                ("Afterwards, from 2027-01-01 on", "2027-01-01"),
            ],
        ),
    ],
)
def test_a_row_is_looked_at_before_while_and_after_it_counts(op: Any, since_until: Any, days: list[Any]) -> None:
    line = RowEdit("price_rule", ("P1",), op, {})
    assert [(str(told), day) for told, day in spans._days(line, since_until, TODAY)] == days


# jobs


def test_the_fifty_jobs_that_moved_last_are_shown(office: Desk) -> None:
    moments = [f"2026-11-{1 + n // 24:02}T{n % 24:02}:00:00.000000Z" for n in range(51)]
    standard = {"kind": "export", "subject": "M6", "entity": "price_rule", "path": "x", "operator": "3001"}
    with office.at_work("3001") as at:
        for number, moment in enumerate(moments):
            at.tx.add(Job, id=f"j{number:02}", started_at=moments[-number - 1], changed_at=moment, **standard)
    with office.store.reading() as reading:
        shown = jobs.latest(reading)
    assert [job.id for job in shown] == [f"j{number:02}" for number in range(50, 0, -1)]


@pytest.mark.parametrize(
    ("operator", "state", "refused"),
    [
        ("3001", "running", ""),
        ("3001", "stopped", ""),
        ("3001", "done", "This has ended already."),
        ("3001", "failed", "This has ended already."),
        ("3002", "running", "3001 has begun this."),
    ],
)
def test_a_job_is_gone_on_with_by_who_began_it_until_it_has_ended(operator: str, state: str, refused: str) -> None:
    tx: Any = Rows(row(Job, id="j", operator="3001", state=state))
    if not refused:
        assert jobs.of(tx, "j", operator).id == "j"
        return
    with pytest.raises(NotAllowed) as fault:
        jobs.of(tx, "j", operator)
    assert str(fault.value) == refused


# files


def test_a_file_names_the_key_where_people_type_one() -> None:
    assert importing.opened(PRICES, source("item,business,amount\n"), TODAY).total == 0
    with pytest.raises(BadForm) as refused:
        importing.opened(TAXES, source("category,rate\n"), TODAY)
    assert set(refused.value.errors) == {"valid_from"}


@pytest.mark.parametrize(("rows", "more"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_file_is_read_step_by_step_to_its_last_row(office: Desk, rows: int, more: bool) -> None:
    text = HEAD + "".join(f"N{n},card,C1,1,x,\n" for n in range(rows))
    if not rows:
        text += " \n"
    opened = importing.opened(PRICES, source(text + "N9,card,C1,1,x,\n") if not rows else source(text), TODAY)
    with office.store.reading() as reading:
        assert importing.judge(reading, opened, TODAY, 2) is more
        assert opened.read == min(2, opened.total)


def test_faults_are_told_in_the_order_of_their_lines(office: Desk) -> None:
    text = HEAD + "A,card,C1,x,x,\nB,card,C1,1,x,,surplus\nC,card,C1,y,x,\n"
    assert [fault.line for fault in judged(office, text).faults] == [2, 3, 4]


@pytest.mark.parametrize(
    ("length", "kind", "text", "told"),
    [
        (0, "text", "中文", None),
        (0, "text", "x" * 999, None),
        (2, "text", "中文", None),
        (2, "text", "中文字", "At most 2"),
        (3, "text", "abc", None),
        (2, "text", "abc", "At most 2"),
        (0, "multiline", "a\nb", None),
        (0, "text", "a\nb", ""),
    ],
)
def test_a_text_is_no_longer_than_its_field(length: int, kind: str, text: str, told: str | None) -> None:
    column: Any = SimpleNamespace(spec=SimpleNamespace(ask=SimpleNamespace(length=length, kind=kind)))
    found = entity._no_text(column, text)
    assert (found is None) is (told is None)
    assert (told or "") in str(found)


@pytest.mark.parametrize("nullable", [True, False])
def test_what_is_not_said_is_compared_as_empty(nullable: bool) -> None:
    _, outlets = named("M7/outlet")
    name = "partner" if nullable else "code"
    told = filters.clauses(outlets, (FilterTerm((name,), "=", "x").shape,))
    assert ("coalesce" in str(told)) is nullable
