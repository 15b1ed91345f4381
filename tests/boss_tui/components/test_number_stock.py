"""Document numbers in hand: issued, seen, void, returned; after any run of acts every number is accounted for once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boss_tui.components.documents import number_stock, paper_ranges
from boss_tui.components.documents.number_stock import MOST
from boss_tui.locale import words
from data.errors import NotAllowed, NotFound
from data.parameters import VOID_ALONE
from data.store import Store
from data.tables.document import DocumentRange, NumberMove, PaperDocument
from data.tables.organisation import Counter
from tests.boss_tui.components.loose import Loose, work
from tests.boss_tui.components.rows import DAY, row

EN = words("en")
FIRST, NEXT, LAST = 101, 111, 200


@pytest.fixture
def loose(tx: Loose) -> Loose:
    return furnished(tx)


def furnished(tx: Loose, **values: Any) -> Loose:
    standard = {
        "id": "r",
        "kind": "receipt",
        "code": "SJ",
        "first_number": FIRST,
        "last_number": LAST,
        "next_number": NEXT,
        "outlet": "HZ01",
    }
    tx.put(
        row(DocumentRange, **{**standard, **values}),
        row(Counter, code="HZ0101", outlet="HZ01"),
        row(Counter, code="HZ0102", outlet="HZ01"),
        row(Counter, code="FY0101", outlet="FY01"),
        *(
            row(PaperDocument, id=f"d{n}", range_id="r", kind="receipt", code="SJ", number=n, outlet="HZ01")
            for n in range(FIRST, NEXT)
        ),
    )
    return tx


def the_range(tx: Loose, first: int = FIRST) -> DocumentRange:
    return tx.one(DocumentRange, first_number=first)


def spans(tx: Loose) -> list[tuple[Any, ...]]:
    return tx.told(
        DocumentRange, "first_number", "last_number", "next_number", "counter", "state", order=("first_number",)
    )


def moves(tx: Loose) -> list[tuple[Any, ...]]:
    return tx.told(NumberMove, "act", "first_number", "last_number", "counter", "to_counter", "reason")


def refused(field: str, act: Any) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act()
    assert refusal.value.field == field
    return str(refusal.value)


# issued


def test_the_numbers_that_come_next_are_issued_and_used_ones_stay(loose: Loose) -> None:
    given_ = number_stock.issue(loose, the_range(loose), "HZ0101", 30)
    assert (given_.first_number, given_.last_number, given_.counter) == (NEXT, NEXT + 29, "HZ0101")
    assert spans(loose) == [
        (101, 110, 111, "", "used_up"),
        (111, 140, 111, "HZ0101", "open"),
        (141, 200, 141, "", "open"),
    ]
    assert moves(loose) == [("issued", 111, 140, "", "HZ0101", "")]


def test_a_whole_range_that_nothing_was_used_of_stays_one_row(tx: Loose) -> None:
    furnished(tx, next_number=FIRST)
    number_stock.issue(tx, the_range(tx), "HZ0101")
    assert spans(tx) == [(101, 200, 101, "HZ0101", "open")]
    number_stock.issue(tx, the_range(tx), "HZ0102", 100)
    assert spans(tx) == [(101, 200, 101, "HZ0102", "open")]
    number_stock.issue(tx, the_range(tx), "", 99)
    assert spans(tx) == [(101, 199, 101, "", "open"), (200, 200, 200, "HZ0102", "open")]
    assert [move[3:5] for move in moves(tx)] == [("", "HZ0101"), ("HZ0101", "HZ0102"), ("HZ0102", "")]


@pytest.mark.parametrize(
    ("counter", "pieces", "field"),
    [
        ("HZ0109", 0, "counter"),
        ("FY0101", 0, "counter"),
        ("", 0, "counter"),
        ("HZ0101", 91, "pieces"),
        ("HZ0101", -1, "pieces"),
    ],
)
def test_what_can_t_be_issued_is_refused_beside_its_field(loose: Loose, counter: str, pieces: int, field: str) -> None:
    before = spans(loose)
    refused(field, lambda: number_stock.issue(loose, the_range(loose), counter, pieces))
    assert (spans(loose), moves(loose)) == (before, [])


def test_all_that_are_left_can_be_issued(loose: Loose) -> None:
    assert number_stock.issue(loose, the_range(loose), "HZ0101", 90).last_number == LAST


# seen


def own(tx: Loose) -> DocumentRange:
    return number_stock.issue(tx, the_range(tx), "HZ0101")


def test_the_paper_shows_what_comes_next(loose: Loose) -> None:
    own(loose)
    assert number_stock.seen(loose, "HZ0101", "receipt", NEXT, "", EN) == 0
    assert moves(loose)[1:] == [("seen", NEXT, NEXT, "HZ0101", "", "")]
    assert spans(loose)[1] == (111, 200, 111, "HZ0101", "open")


def test_what_was_jumped_over_is_void_with_a_reason(loose: Loose) -> None:
    own(loose)
    for reason in ("", "  "):
        jump = partial(number_stock.seen, loose, "HZ0101", "receipt", NEXT + 3, reason, EN)
        told = refused("reason", jump)
        assert "3 numbers were jumped over" in told
    assert number_stock.seen(loose, "HZ0101", "receipt", NEXT + 3, " torn ", EN) == 3
    assert spans(loose)[1] == (111, 200, 114, "HZ0101", "open")
    void = loose.told(
        PaperDocument, "number", "reason", "amount", "operator", "ended_on", state="void", order=("number",)
    )
    assert void == [(n, "torn", 0, "1001", DAY) for n in (111, 112, 113)]
    assert moves(loose)[1:] == [("void", 111, 113, "HZ0101", "", "torn"), ("seen", 114, 114, "HZ0101", "", "torn")]


def test_a_jump_to_the_very_last_number_leaves_it(loose: Loose) -> None:
    number_stock.issue(loose, the_range(loose), "HZ0101", 5)
    assert number_stock.seen(loose, "HZ0101", "receipt", 115, "torn", EN) == 4
    assert spans(loose)[1] == (111, 115, 115, "HZ0101", "open")


@pytest.mark.parametrize("number", [111, 115, 116, 300, 100])
def test_a_number_that_is_used_or_of_another_roll_is_refused(loose: Loose, number: int) -> None:
    number_stock.issue(loose, the_range(loose), "HZ0101", 5)
    loose.change(the_range(loose, 111), next_number=113)
    if number == 115:
        assert number_stock.seen(loose, "HZ0101", "receipt", number, "torn", EN) == 2
        return
    told = refused("number", lambda: number_stock.seen(loose, "HZ0101", "receipt", number, "torn", EN))
    assert ("used already" in told) is (number == 111)


@pytest.mark.parametrize(("counter", "kind"), [("HZ0102", "receipt"), ("HZ0101", "invoice"), ("", "receipt")])
def test_only_numbers_of_ones_own_can_be_seen(loose: Loose, counter: str, kind: str) -> None:
    own(loose)
    with pytest.raises(NotFound):
        number_stock.seen(loose, counter, kind, NEXT, "", EN)


# void


@pytest.mark.parametrize(
    ("first", "last", "after"),
    [
        (111, 111, [(101, 200, 112, "", "open")]),
        (111, 120, [(101, 200, 121, "", "open")]),
        (150, 151, [(101, 149, 111, "", "open"), (150, 151, 152, "", "used_up"), (152, 200, 152, "", "open")]),
        (199, 200, [(101, 198, 111, "", "open"), (199, 200, 201, "", "used_up")]),
    ],
)
def test_spoiled_blanks_are_void_wherever_they_are(
    loose: Loose, first: int, last: int, after: list[tuple[Any, ...]]
) -> None:
    number_stock.void(loose, the_range(loose), first, last, "wet", EN)
    assert spans(loose) == after
    assert loose.told(PaperDocument, "number", state="void", order=("number",)) == list(range(first, last + 1))
    assert moves(loose) == [("void", first, last, "", "", "wet")]


def test_all_that_are_left_can_be_void_and_the_range_is_used_up(loose: Loose) -> None:
    number_stock.void(loose, the_range(loose), NEXT, LAST, "flood", EN, approved_by="2001")
    assert spans(loose) == [(101, 200, 201, "", "used_up")]
    assert loose.told(NumberMove, "approved_by") == ["2001"]


@pytest.mark.parametrize(
    ("first", "last", "reason", "word", "field"),
    [
        (112, 111, "wet", "", "numbers"),
        (100, 111, "wet", "", "numbers"),
        (199, 201, "wet", "", "numbers"),
        (110, 111, "wet", "", "numbers"),
        (111, 111, "", "", "reason"),
        (111, 111, " ", "", "reason"),
        (111, 110 + VOID_ALONE.first + 1, "wet", "", "approved_by"),
    ],
)
def test_what_can_t_be_void_is_refused_beside_its_field(
    loose: Loose, first: int, last: int, reason: str, word: str, field: str
) -> None:
    before = spans(loose)
    refused(field, lambda: number_stock.void(loose, the_range(loose), first, last, reason, EN, word))
    assert (spans(loose), moves(loose)) == (before, [])


def test_so_many_a_clerk_may_alone_and_so_many_nobody_in_one_go(tx: Loose) -> None:
    furnished(tx, last_number=5_000)
    number_stock.void(tx, the_range(tx), NEXT, NEXT + VOID_ALONE.first - 1, "wet", EN)
    start = NEXT + VOID_ALONE.first
    refused("numbers", lambda: number_stock.void(tx, the_range(tx), start, start + MOST, "wet", EN, "2001"))
    number_stock.void(tx, the_range(tx), start, start + MOST - 1, "wet", EN, "2001")
    assert len(tx.told(PaperDocument, "number", state="void")) == VOID_ALONE.first + MOST


def test_what_stands_for_a_spoiled_blank_says_so(loose: Loose) -> None:
    number_stock.void(loose, the_range(loose), NEXT, NEXT, "wet", EN)
    (content,) = loose.told(PaperDocument, "content", state="void")
    for word in ("VOID", "SJ-00000111", "wet", "0.00"):
        assert word in content


# returned


def test_what_is_left_goes_back_and_what_was_used_stays(loose: Loose) -> None:
    number_stock.return_range(loose, the_range(loose), " too many ")
    assert spans(loose) == [(101, 110, 111, "", "used_up"), (111, 200, 111, "", "returned")]
    assert moves(loose) == [("returned", 111, 200, "", "", "too many")]
    for act in (
        lambda: number_stock.return_range(loose, the_range(loose, 111), "again"),
        lambda: number_stock.issue(loose, the_range(loose, 111), "HZ0101"),
        lambda: number_stock.void(loose, the_range(loose, 111), 111, 111, "wet", EN),
        lambda: number_stock.return_range(loose, the_range(loose), "used up"),
    ):
        refused("", act)


def test_why_they_go_back_is_said(loose: Loose) -> None:
    refused("reason", lambda: number_stock.return_range(loose, the_range(loose), " "))
    assert len(spans(loose)) == 1


# every number


def test_every_number_is_told_in_runs(loose: Loose) -> None:
    loose.change(loose.one(PaperDocument, id="d103"), state="red", reason="other")
    loose.change(loose.one(PaperDocument, id="d104"), state="void", reason="torn")
    loose.change(loose.one(PaperDocument, id="d105"), state="void", reason="torn")
    loose.change(loose.one(PaperDocument, id="d106"), state="void", reason="wet")
    told = [(run.first, run.last, run.fate, run.reason) for run in number_stock.accounted(loose, the_range(loose))]
    assert told == [
        (101, 102, "used", ""),
        (103, 103, "red", ""),
        (104, 105, "void", "torn"),
        (106, 106, "void", "wet"),
        (107, 110, "used", ""),
        (111, 200, "unused", ""),
    ]
    number_stock.return_range(loose, the_range(loose), "too many")
    (rest,) = number_stock.accounted(loose, the_range(loose, 111))
    assert (rest.first, rest.last, rest.fate, rest.pieces) == (111, 200, "returned", 90)


ACTS = st.lists(
    st.tuples(st.sampled_from(["issue", "void", "return", "seen", "use"]), st.integers(0, 99), st.integers(1, 12)),
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(ACTS)
def test_after_any_acts_every_number_is_in_one_place(empty_store: Store, acts: list[tuple[str, int, int]]) -> None:
    with work(empty_store) as tx:
        furnished(tx)
        for act, place, pieces in acts:
            _do(tx, act, place, pieces)
        rows = paper_ranges.ranges(tx, "HZ01")
        numbers = [n for one in rows for n in range(one.first_number, one.last_number + 1)]
        assert numbers == list(range(FIRST, LAST + 1))
        runs = [run for one in rows for run in number_stock.accounted(tx, one)]
        assert [n for run in runs for n in range(run.first, run.last + 1)] == numbers
        for one in rows:
            assert one.first_number <= one.next_number <= one.last_number + 1
            assert (one.state == "used_up") == (one.next_number > one.last_number)


def _do(tx: Loose, act: str, place: int, pieces: int) -> None:
    """An act at a place, as far as it can be done there."""
    row = next(one for one in paper_ranges.ranges(tx, "HZ01") if one.last_number >= FIRST + place)
    last = min(FIRST + place + pieces - 1, row.last_number)
    try:
        if act == "issue":
            number_stock.issue(tx, row, "" if row.counter else "HZ0101", pieces)
        elif act == "void":
            number_stock.void(tx, row, FIRST + place, last, "wet", EN, "2001")
        elif act == "return":
            number_stock.return_range(tx, row, "too many")
        elif act == "seen":
            number_stock.seen(tx, "HZ0101", "receipt", FIRST + place, "torn", EN)
        elif row.state == "open":
            taken = row.next_number
            tx.change(row, next_number=taken + 1, state="used_up" if taken == row.last_number else "open")
            tx.put(_used(row, taken))
    except (NotAllowed, NotFound):
        return


def _used(of: DocumentRange, number: int) -> Any:
    return row(PaperDocument, id=f"u{number}", range_id=of.id, kind="receipt", code="SJ", number=number, outlet="HZ01")


# an older store


@pytest.mark.parametrize(
    ("noted", "after", "void"),
    [
        ({"paper receipt SJ 101": 111}, [(101, 200, 111, "", "open")], []),
        ({"paper receipt SJ 101": 110}, [(101, 200, 111, "", "open")], []),
        ({"paper receipt SJ 101": 113}, [(101, 200, 113, "", "open")], [111, 112]),
        ({"paper receipt SJ 101": 201}, [(101, 200, 201, "", "used_up")], list(range(111, 201))),
        (
            {"paper receipt SJ 101": 112, "paper receipt SJ 151": 153},
            [(101, 150, 112, "", "open"), (151, 152, 153, "", "used_up"), (153, 200, 153, "", "open")],
            [111, 151, 152],
        ),
        (
            {
                "paper invoice SJ 101": 120,
                "paper receipt XX 101": 120,
                "billing_account": 120,
                "order HZ0101261123": 120,
            },
            [(101, 200, 111, "", "open")],
            [],
        ),
        (
            {"billing_account": 120, "order HZ0101261123": 120, "paper receipt SJ 101": 113},
            [(101, 200, 113, "", "open")],
            [111, 112],
        ),
    ],
)
def test_numbers_that_were_given_before_are_void(
    loose: Loose, noted: dict[str, int], after: list[tuple[Any, ...]], void: list[int]
) -> None:
    number_stock.make_up(loose, noted, EN)
    assert spans(loose) == after
    assert loose.told(PaperDocument, "number", state="void", order=("number",)) == void
    assert loose.told(PaperDocument, "reason", state="void") == ["Given before an older store was put back"] * len(void)


def test_how_far_each_range_is_is_told_by_its_first_number(loose: Loose) -> None:
    number_stock.issue(loose, the_range(loose), "HZ0101", 30)
    number_stock.return_range(loose, the_range(loose, 141), "too many")
    assert paper_ranges.reached(loose, "HZ01") == {"paper receipt SJ 101": 111, "paper receipt SJ 111": 111}
    assert paper_ranges.reached(loose, "NB01") == {}
