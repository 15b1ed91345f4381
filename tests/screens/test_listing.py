"""The columns of a list take the room that there is: what fits whole is read whole."""

from __future__ import annotations

from typing import Any

import pytest

from screens.widgets.listing import Figure, Listing, ListRow


class Told(Listing):
    """A list whose words are as they are written."""

    def words(self, message: Any) -> str:
        return str(message)

    def redraw(self, layout: bool = False) -> None:
        """Nothing is drawn."""


def rooms(width: int, *lines: tuple[str, ...], widths: tuple[int, ...] = (4, 4)) -> tuple[int, ...]:
    listing = Told(widths)
    listing.show([ListRow(cells) for cells in lines])
    return listing._rooms(width, len(lines[0]))[:-1]


@pytest.mark.parametrize(
    ("width", "found"),
    [
        (4 + 1 + 4 + 1 + 2, (4, 4)),  # no cell to spare
        (13, (5, 4)),
        (14, (6, 4)),
        (15, (6, 5)),
        (16, (6, 6)),
        (17, (6, 6)),
        (80, (6, 6)),
        (5, (4, 4)),
    ],
)
def test_what_the_last_column_does_not_need_goes_to_the_first_that_are_cut(width: int, found: tuple[int, ...]) -> None:
    assert rooms(width, ("abcdef", "abcdef", "xy")) == found


def test_the_widest_line_counts_and_han_takes_two_cells() -> None:
    assert rooms(80, ("a", "b", "x"), ("查询和咨询", "b", "x")) == (10, 4)


def test_other_lines_are_measured_anew() -> None:
    listing = Told((4,))
    listing.show([ListRow(("abcdef", "x"))])
    assert listing._rooms(80, 2) == (6, 1)
    listing.show([ListRow(("abcdefgh", "x"))])
    assert listing._rooms(80, 2) == (8, 1)


def test_none_stands_half_empty_beside_one_that_is_cut() -> None:
    line = ("abcdefghij", "xy", "12345")
    assert rooms(30, line, widths=(4, 8)) == (10, 8)  # there is room for all
    assert rooms(20, line, widths=(4, 8)) == (10, 2)
    assert rooms(16, line, widths=(4, 8)) == (7, 2)


def test_a_figure_stands_at_the_right_end_of_a_column_and_gives_up_what_it_does_not_need() -> None:
    listing = Told((4, 9))
    listing.show([ListRow(("name", Figure("Sum"), Figure("Left"))), ListRow(("a", Figure("12"), Figure("7")))])

    def drawn(width: int) -> list[str]:
        rows = [row for line in listing.items for row in listing._row(False, line, width)]
        return [text.rstrip() for text, _ in rows]

    assert drawn(1 + 4 + 1 + 9 + 1 + 4) == [" name       Sum Left", " a           12    7"]
    listing.show([ListRow(("longer name", Figure("Sum"), Figure("Left"))), ListRow(("a", Figure("12"), Figure("7")))])
    assert drawn(1 + 11 + 1 + 3 + 1 + 4) == [" longer name Sum Left", " a            12    7"]
