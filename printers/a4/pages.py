"""Parts come to pages: whole where they have room on one, and with their head on each page where they have not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from printers.a4.pieces import BOTTOM, TOP, Mark, Part, Piece, moved

_FIRST = 2
"""So many rows stand beneath a head at least, before a page ends."""


class _Pages:
    """The pages so far, and how far down the last one is used."""

    def __init__(self) -> None:
        self.done: list[list[Mark]] = [[]]
        self.y = TOP

    def turn(self) -> None:
        """Begin a page, unless this one is new."""
        if self.y > TOP:
            self.done.append([])
            self.y = TOP

    def has_room(self, pieces: Iterable[Piece]) -> bool:
        """Whether they all come to this page."""
        return self.y + sum(piece.height for piece in pieces) <= BOTTOM

    def put(self, pieces: Iterable[Piece]) -> None:
        """Set them beneath what is there."""
        for piece in pieces:
            if piece.gap and self.y == TOP:
                continue
            self.done[-1] += [moved(mark, self.y) for mark in piece.marks]
            self.y += piece.height


def pages(parts: Iterable[Part]) -> list[list[Mark]]:
    """What stands on each page; one page at least."""
    laid = _Pages()
    for part in parts:
        _place(laid, part)
    return laid.done


def _place(laid: _Pages, part: Part) -> None:
    whole = (*part.title, *part.head, *part.body)
    if part.breaks:
        laid.turn()
    if not laid.has_room(whole) and part.height <= BOTTOM - TOP:
        laid.turn()
    if laid.has_room(whole):
        laid.put(whole)
        return
    if not laid.has_room((*part.title, *part.head, *part.body[:_FIRST])):
        laid.turn()
    laid.put((*part.title, *part.head))
    _flow(laid, part.head, part.body)


def _flow(laid: _Pages, head: Sequence[Piece], body: Sequence[Piece]) -> None:
    """Row after row; the last is not left alone on a page."""
    for place, piece in enumerate(body):
        last_two = body[place:] if place == len(body) - 2 else (piece,)
        if not laid.has_room(last_two):
            laid.turn()
            laid.put(head)
        laid.put((piece,))
