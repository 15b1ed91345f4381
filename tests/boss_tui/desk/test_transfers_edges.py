"""Which boxes are a desk's to pack or unpack, what it is told of them, and what a count at one end hands on."""

from __future__ import annotations

import json
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.stock.stock_book import place
from boss_tui.components.stock.stock_slips import TRANSFER
from boss_tui.desk import transfers as desk_transfers
from boss_tui.desk.transfers import Transfers, paper
from boss_tui.locale import words
from boss_tui.sync import transfers
from data.errors import NotAllowed, NotFound
from data.tables.organisation import Outlet
from data.tables.stock import Handset
from data.tables.transfer import TransferCount, TransferNote, TransferPiece
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]

HERE, THERE = "HZ01", "HZ02"
HALL = row(Outlet, code=HERE, name_zh="延安路", name_en="Yan'an Road")
SHOP = row(Outlet, code=THERE, name_zh="河东")
EN = words("en")


def note(number: int, **values: Any) -> Any:
    standard = {"id": f"n{number}", "number": number, "kind": "handset", "pieces": 2, "reason": "春节"}
    return row(TransferNote, **{**standard, **values})


def count(number: int, end_of: str, **values: Any) -> Any:
    return row(TransferCount, id=f"c{number}", note_id=f"n{number}", end_of=end_of, **{"outlet": HERE, **values})


def on_its_way(number: int, *pieces: str, state: str = "in_transit") -> list[Any]:
    """The pieces of a note."""
    return [
        *(row(TransferPiece, note_id=f"n{number}", piece=piece, state=state) for piece in pieces),
        *(row(Handset, imei=piece, model="A100", state="in_transit") for piece in pieces),
    ]


def desk(tx: Loose, *, supervises: bool = False, signs: str = "", **slips: Any) -> Transfers:
    """The part of a desk at HZ01; who signs along proves it with any password."""
    seat: Any = SimpleNamespace(
        station=SimpleNamespace(outlet=HERE),
        reading=lambda: nullcontext(tx),
        writing=lambda _: nullcontext(tx),
        person=lambda _: SimpleNamespace(supervises=supervises),
        is_office=False,
        paper_words=lambda: EN,
    )
    supervisors: Any = SimpleNamespace(
        beside=lambda staff_no, *_: staff_no, worded=lambda _, approved, act: f"{approved} for {act}"
    )
    trust: Any = SimpleNamespace(must_have_a_day=lambda _: None)
    return Transfers(seat, trust, supervisors, SimpleNamespace(**slips))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "pieces", "counts", "end_of"),
    [
        ({"sender": HERE, "receiver": THERE}, [], [], "sent"),
        ({"sender": HERE}, [], [], "sent"),
        ({"sender": HERE, "state": "sent"}, [], [], ""),
        ({"sender": HERE}, [], [count(1, "sent")], ""),  # headquarters has not heard of it yet
        ({"sender": HERE}, [], [count(1, "received")], "sent"),
        ({"sender": HERE}, [], [count(1, "sent", outlet=THERE)], "sent"),
        ({"receiver": HERE, "state": "sent"}, on_its_way(1, "1", "2"), [], "received"),
        ({"receiver": HERE, "state": "differs"}, on_its_way(1, "1", state="missing"), [], "received"),
        ({"receiver": HERE, "state": "sent"}, on_its_way(1, "1"), [count(1, "received", listed="[]")], ""),
        ({"receiver": HERE, "state": "sent"}, on_its_way(1, "1"), [count(1, "received", listed='["1"]')], "received"),
        ({"receiver": HERE}, [], [], ""),  # nothing is in it as yet
        ({"receiver": HERE, "sender": THERE}, [], [], ""),
    ],
)
def test_a_box_is_listed_where_it_is_this_end_s_turn(
    tx: Loose, values: dict[str, str], pieces: list[Any], counts: list[Any], end_of: str
) -> None:
    tx.put(HALL, SHOP, note(1, **values), *pieces, *counts)
    assert [line.end_of for line in desk(tx).notes()] == ([end_of] if end_of else [])


@pytest.mark.parametrize(
    ("values", "supervises", "pieces", "other"),
    [
        ({"sender": HERE, "receiver": THERE}, False, 2, f"{THERE} 河东"),
        ({"sender": HERE, "receiver": "HZ99"}, False, 2, "HZ99"),
        ({"sender": HERE}, False, 2, "Headquarters"),
        ({"receiver": HERE, "state": "sent"}, False, None, "Headquarters"),
        ({"receiver": HERE, "state": "sent"}, True, 2, "Headquarters"),
        ({"receiver": HERE, "sender": THERE, "state": "sent"}, True, 2, f"{THERE} 河东"),
    ],
)
def test_who_unpacks_counts_blind(
    tx: Loose, values: dict[str, str], supervises: bool, pieces: int | None, other: str
) -> None:
    tx.put(HALL, SHOP, note(1, **values), *on_its_way(1, "1", "2"))
    (line,) = desk(tx, supervises=supervises).notes()
    assert (line.number, line.shown, line.pieces, EN(line.other)) == (1, "DB-000001", pieces, other)
    assert (line.kind, line.of, line.reason) == ("handset", "", "春节")


@pytest.mark.parametrize(
    ("code", "called"),
    [(HERE, f"{HERE} Yan'an Road"), (THERE, f"{THERE} 河东"), ("HZ99", "HZ99"), ("", "Headquarters")],
)
def test_an_end_is_called_by_its_name_where_there_is_one(tx: Loose, code: str, called: str) -> None:
    tx.put(HALL, SHOP)
    assert EN(place(tx, code)) == called


class Counted:
    """What a count was told; answers none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
        self.said: tuple[Any, ...] = ()
        monkeypatch.setattr(transfers, act, self.take)
        monkeypatch.setattr(desk_transfers, "paper", lambda *said: said[-1])

    def take(self, _: Any, note: TransferNote, serials: list[str], **said: Any) -> str:
        self.said = (note.number, serials, said["pieces"], said["reason"], said["approved_by"])
        return "a count"


STOCK = [row(Handset, imei=imei, model="A100", outlet=HERE, state="in_stock") for imei in ("1", "2", "3")]


@pytest.mark.parametrize(
    ("typed", "packed", "shown"),
    [
        ({"pieces": 2}, (1, ["1", "2"], 2, "", ""), [("1", "2", 2)]),
        ({"pieces": 2, "serials": " "}, (1, ["1", "2"], 2, "", ""), [("1", "2", 2)]),
        ({"pieces": 3}, (1, ["1", "2", "3"], 3, "", ""), [("1", "3", 3)]),
        ({"pieces": 1, "serials": "3", "reason": "破"}, (1, ["3"], 1, "破", ""), [("3", "3", 1)]),
        ({"pieces": 0, "approver": "2001"}, (1, [], 0, "", "2001 for stock.transfer"), []),
    ],
)
def test_the_first_in_stock_are_packed_where_none_are_named(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, typed: dict[str, Any], packed: tuple[Any, ...], shown: list[Any]
) -> None:
    tx.put(note(1, sender=HERE), *STOCK)
    counted = Counted(monkeypatch, "send")
    assert desk(tx).send(1, **typed) == shown  # type: ignore[comparison-overlap]
    assert counted.said == packed


@pytest.mark.parametrize(
    ("typed", "missed", "shown"),
    [
        ({"pieces": 3}, (1, [], 3, "", ""), [("1", "3", 3)]),
        ({"pieces": 2, "missing": "2", "reason": "少"}, (1, ["2"], 2, "少", ""), [("1", "1", 1), ("3", "3", 1)]),
        (
            {"pieces": 0, "missing": "1-3", "approver": "2001"},
            (1, ["1", "2", "3"], 0, "", "2001 for stock.transfer"),
            [],
        ),
    ],
)
def test_what_was_found_is_what_was_not_missing(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, typed: dict[str, Any], missed: tuple[Any, ...], shown: list[Any]
) -> None:
    tx.put(note(1, receiver=HERE, state="sent"), *on_its_way(1, "1", "2", "3"))
    counted = Counted(monkeypatch, "receive")
    assert desk(tx).receive(1, **typed) == shown  # type: ignore[comparison-overlap]
    assert counted.said == missed


def test_a_note_or_piece_that_there_is_not_is_said_so(tx: Loose) -> None:
    tx.put(note(1, sender=HERE), note(2, receiver=HERE, state="sent"), *STOCK)
    for act in (desk(tx).send, desk(tx).receive):
        with pytest.raises(NotFound, match="no transfer note 7"):
            act(7, 1)
    with pytest.raises(NotAllowed) as unknown:
        desk(tx).send(1, 1, "9")
    assert unknown.value.field == "serials"
    with pytest.raises(NotAllowed) as absent:
        desk(tx).receive(2, 1, "9")
    assert absent.value.field == "missing"


@pytest.mark.parametrize(
    ("end_of", "listed", "absent"), [("sent", ["1", "2"], ()), ("received", ["2"], ("2",)), ("received", [], ())]
)
def test_the_paper_of_a_count_names_both_ends_and_what_was_missing(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, end_of: str, listed: list[str], absent: tuple[str, ...]
) -> None:
    tx.put(HALL, SHOP, *STOCK)
    boxes: list[Any] = []
    monkeypatch.setattr(desk_transfers, "transfer_slip", lambda *said: boxes.append(said[-1]))
    made = note(1, sender=THERE, receiver=HERE)
    one = count(1, end_of, pieces=2, listed=json.dumps(listed), counted_by="1001", approved_by="2001", reason="少")
    asked: list[Any] = []

    def slip(_: Any, by: str, **said: str) -> None:
        asked.append((by, said))

    part = desk(tx, slip=slip, queue=lambda *said: said[2:])
    shown = paper(part._seat, part._slips, tx, made, one, [("1", "2", 2)])
    assert shown == ("c1", TRANSFER, "DB-000001")  # type: ignore[comparison-overlap]
    assert asked == [("1001", {"approved_by": "2001", "note": "少", "number": "DB-000001"})]
    (box,) = boxes
    said = (EN(box.sender), EN(box.receiver), box.is_sent, box.pieces, box.missing)
    assert said == (f"{THERE} 河东", f"{HERE} Yan'an Road", end_of == "sent", 2, absent)
