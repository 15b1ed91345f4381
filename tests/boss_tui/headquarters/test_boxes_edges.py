"""Boxes at headquarters, and entries that are taken after all, where their rules turn: over an empty store."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.headquarters import exceptions, leases, transfers
from boss_tui.headquarters.office import Office, Refuse
from boss_tui.headquarters.push import KNOWN_KIND_VERSION
from boss_tui.sync.effects import Fault
from boss_tui.sync.shapes import LeaseRequest
from data.errors import BossError, NotAllowed, OutOfStock
from data.tables.document import DocumentRange
from data.tables.organisation import Outlet
from data.tables.resource import SimCard
from data.tables.sync import EnrolledOutlet, FeedItem, Lease, SyncException
from data.tables.transfer import TransferCount, TransferNote, TransferPiece
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import row
from tests.boss_tui.sync.world import device

__all__ = ["empty_store", "tx"]


def refused(do: Callable[[], Any], fault: type[BossError] = NotAllowed) -> tuple[str, str]:
    with pytest.raises(fault) as found:
        do()
    return found.value.field, str(found.value)


def outlets(tx: Loose, **closed_at: str) -> None:
    for code in ("HZ01", "HZ02"):
        tx.put(row(Outlet, code=code), row(EnrolledOutlet, outlet=code, closed_at=closed_at.get(code, "")))


def card(iccid: str, **values: Any) -> Any:
    return row(SimCard, **{"iccid": iccid, "imsi": iccid, "kind": "32K", "state": "in_stock", **values})


def note(**values: Any) -> Any:
    return row(TransferNote, **{"id": "n", "number": 7, "kind": "sim", "pieces": 2, "state": "draft", **values})


def states(tx: Loose) -> list[tuple[str, str, str]]:
    return [(one.state, one.outlet, one.lease_id) for one in tx.all(SimCard, order=("iccid",))]


# written


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "number"}, "kind"),
        ({"pieces": 0}, "pieces"),
        ({"pieces": transfers.MOST + 1}, "pieces"),
        ({"kind": "card", "of": "x"}, "of"),
        ({"receiver": ""}, "receiver"),
        ({"sender": "HZ01"}, "receiver"),
        ({"receiver": "HZ09"}, "receiver"),
        ({"sender": "HZ09"}, "sender"),
        ({"receiver": "HZ02"}, "receiver"),
        ({"sender": "HZ02"}, "sender"),
    ],
)
def test_a_note_goes_from_one_open_end_to_another(tx: Loose, said: dict[str, Any], field: str) -> None:
    outlets(tx, HZ02="t")
    right: dict[str, Any] = {"kind": "sim", "pieces": 1, "sender": "", "receiver": "HZ01"}
    assert refused(lambda: transfers.draft(tx, **{**right, **said}))[0] == field
    made = [transfers.draft(tx, **{**right, "pieces": n}) for n in (1, transfers.MOST)]
    assert [one.number for one in made] == [1, 2]
    assert tx.told(FeedItem, "outlet") == [], "who receives is told once it is sent"
    transfers.draft(tx, **{**right, "sender": "HZ01", "receiver": ""})
    assert tx.told(FeedItem, "outlet") == ["HZ01"]


def test_a_draft_alone_is_cancelled_and_its_sender_told(tx: Loose) -> None:
    outlets(tx)
    tx.put(note(sender="HZ01"), note(id="m", number=8, state="sent"))
    assert transfers.cancel(tx, tx.one(TransferNote, id="n")).state == "cancelled"
    assert tx.told(FeedItem, "outlet") == ["HZ01"]
    assert "DB-000008" in refused(lambda: transfers.cancel(tx, tx.one(TransferNote, id="m")))[1]


@pytest.mark.parametrize(
    ("block", "notes", "field"),
    [
        ({}, [], "ok"),
        ({}, ["cancelled"], "ok"),
        ({"recalled_at": "t"}, ["differs"], "ok"),  # what was not found can be asked for again
        ({"recalled_at": "t"}, [], ""),
        ({}, ["draft"], ""),
        ({"state": "returned"}, [], ""),
        ({"kind": "number"}, [], "lease"),
        ({"id": "other"}, [], "lease"),
    ],
)
def test_a_block_of_which_something_is_left_is_asked_back_with_a_note(
    tx: Loose, block: dict[str, Any], notes: list[str], field: str
) -> None:
    outlets(tx)
    tx.put(card("1", outlet="HZ01", lease_id="l"), card("2", outlet="HZ01", lease_id="l", state="sold"))
    lease = row(Lease, **{"id": "l", "kind": "sim", "outlet": "HZ01", "state": "running", **block})
    tx.put(lease, *(note(id=f"n{n}", number=n, state=state, from_lease="l") for n, state in enumerate(notes)))
    if field != "ok":
        assert refused(lambda: transfers.recall(tx, tx.one(Lease, id=lease.id)))[0] == field
        return
    made = transfers.recall(tx, tx.one(Lease, id="l"), " new ones ")
    assert (made.pieces, made.sender, made.from_lease, made.reason) == (1, "HZ01", "l", "new ones")
    assert bool(tx.one(Lease, id="l").recalled_at)


# packed and unpacked


@pytest.mark.parametrize(
    ("first", "pieces", "found"),
    [
        ("", None, ["1", "2"]),
        ("2", None, ["2", "4"]),
        ("", 3, ["1", "2", "4"]),
        ("", 4, "pieces"),
        ("4", 1, ["4"]),
        ("4", None, "pieces"),
        ("3", 1, "first"),  # it is an outlet's
        ("5", 1, "first"),
    ],
)
def test_a_box_is_packed_of_free_pieces_from_a_serial_on(
    tx: Loose, first: str, pieces: int | None, found: list[str] | str
) -> None:
    tx.put(card("1"), card("2"), card("3", outlet="HZ01"), card("4"))
    if isinstance(found, list):
        assert transfers.to_pack(tx, note(), first, pieces) == found
        return
    fault: type[BossError] = OutOfStock if found == "pieces" else NotAllowed
    assert refused(lambda: transfers.to_pack(tx, note(), first, pieces), fault)[0] == found


def counted(tx: Loose, end_of: str, *listed: str, **of: Any) -> TransferNote:
    tx.put(note(**of))
    count = row(TransferCount, id="c", note_id="n", end_of=end_of, listed=json.dumps(listed), made_at="t")
    return transfers.take(tx, count)


@pytest.mark.parametrize(
    ("state", "closed_at", "left", "receiver"),
    [
        ("draft", "", "sent", "HZ01"),
        ("cancelled", "", "sent", "HZ01"),  # packed before that was heard
        ("sent", "", "sent", "HZ01"),
        ("received", "", "received", "HZ01"),
        ("draft", "t", "sent", ""),  # it was closed meanwhile: the box comes to headquarters
    ],
)
def test_what_was_packed_is_on_its_way_to_whoever_receives_it(
    tx: Loose, state: str, closed_at: str, left: str, receiver: str
) -> None:
    outlets(tx, HZ01=closed_at)
    tx.put(card("1", state="in_transit"), card("2", state="in_transit"), card("3"))
    sent = counted(tx, "sent", "1", "2", "3", receiver="HZ01", pieces=9, state=state)
    first = state in ("draft", "cancelled")
    assert (sent.state, sent.receiver, sent.pieces) == (left, receiver, 2 if first else 9)
    assert sorted(tx.told(TransferPiece, "piece")) == (["1", "2"] if first else [])
    blocks = tx.told(Lease, "outlet", "pieces")
    assert blocks == ([("HZ01", 2)] if first and receiver else [])
    assert [outlet for _, outlet, _ in states(tx)] == ([receiver] * 2 if first else ["", ""]) + [""]


@pytest.mark.parametrize(
    ("recalled", "rest", "before", "state", "pieces"),
    [
        ("t", "sold", "running", "returned", 1),
        ("t", "in_stock", "running", "running", 1),
        ("", "sold", "running", "running", 1),
        ("t", "sold", "returned", "returned", 3),
    ],
)
def test_a_block_of_which_pieces_were_sent_is_so_much_smaller(
    tx: Loose, recalled: str, rest: str, before: str, state: str, pieces: int
) -> None:
    outlets(tx)
    here = {"outlet": "HZ01", "lease_id": "l"}
    tx.put(card("1", state="in_transit", **here), card("2", state="in_transit", **here), card("3", state=rest, **here))
    tx.put(row(Lease, id="l", kind="sim", outlet="HZ01", state=before, recalled_at=recalled, pieces=3))
    sent = counted(tx, "sent", "1", "2", sender="HZ01")
    block = tx.one(Lease, id="l")
    assert (sent.state, block.state, block.pieces) == ("sent", state, pieces)
    assert states(tx)[:2] == [("in_transit", "", "")] * 2


@pytest.mark.parametrize("state", ["sent", "differs", "received", "resolved"])
def test_what_has_come_is_received_and_what_has_not_is_missing(tx: Loose, state: str) -> None:
    outlets(tx)
    tx.put(card("1"), card("2", state="in_transit"))
    tx.put(*(row(TransferPiece, note_id="n", piece=serial, state="in_transit") for serial in "12"))
    got = counted(tx, "received", sender="HZ01", state=state)
    if state in ("sent", "differs"):
        assert (got.state, got.missing, got.received_at) == ("differs", 1, "t")
        assert tx.told(TransferPiece, "piece", "state", order=("piece",)) == [("1", "received"), ("2", "missing")]
        assert tx.told(FeedItem, "outlet") == ["HZ01"]
    else:
        assert (got.state, got.missing) == (state, 0)
        assert tx.told(FeedItem, "outlet") == []


# blocks


def test_a_request_that_can_t_be_met_says_why(tx: Loose) -> None:
    outlets(tx, HZ02="t")
    store: Any = OneWork(tx)
    office = Office(store, device(1))
    tx.put(*map(card, "123"))

    def asked(kind: str, of: str = "", outlet: str = "HZ01", key: str = "request-1") -> tuple[int, str]:
        request = LeaseRequest(request_id=key, kind=kind, pieces=2, of=of)
        with pytest.raises(Refuse) as refusal:
            leases.requested(office, outlet, request)
        return refusal.value.status, refusal.value.code

    assert asked("gold") == (400, "batch")
    assert asked("number") == (409, "stock")
    assert asked("sim", outlet="HZ02") == (409, "stock"), "it is closed"
    made = leases.requested(office, "HZ01", LeaseRequest(request_id="request-1", kind="sim", pieces=2, of=""))
    again = leases.requested(office, "HZ01", LeaseRequest(request_id="request-1", kind="sim", pieces=1, of=""))
    assert (made.pieces, again.id) == (2, made.id)
    assert asked("sim", of="32K") == (409, "batch"), "that request was for something else"
    assert asked("card") == (409, "batch")


def test_numbers_are_handed_out_from_the_first_run_of_a_code(tx: Loose) -> None:
    runs = (("c", "B", "", "open"), ("b", "A", "", "open"), ("a", "A", "HZ01", "open"), ("d", "A", "", "used_up"))
    for n, (key, code, outlet, state) in enumerate(runs):
        numbers = {"first_number": n, "last_number": n, "next_number": n}
        tx.put(row(DocumentRange, id=key, kind="invoice", code=code, outlet=outlet, state=state, **numbers))

    def following(kind: str, code: str) -> str:
        found = leases.next_numbers(tx, kind, code)
        return found.id if found else ""

    assert [following("invoice", code) for code in ("", "A", "B", "C")] == ["b", "b", "c", ""]
    assert following("receipt", "") == ""


# entries that are taken after all


@pytest.mark.parametrize(("version", "body"), [(KNOWN_KIND_VERSION + 1, '{"changes":[]}'), (1, "{"), (1, "[]")])
def test_what_this_program_cannot_read_is_not_taken(tx: Loose, version: int, body: str) -> None:
    outlets(tx)
    entry: Any = SimpleNamespace(outlet="HZ01", kind="C1", kind_version=version, body=body)
    changes, (fault,) = exceptions._judged(tx, entry, row(SyncException, reason="price", detail="{}"))
    assert (changes, fault.reason) == ([], "unknown")


@pytest.mark.parametrize(
    ("reason", "found", "outlet", "gone_on"),
    [
        ("stale", 3, "HZ01", True),
        ("stale", 2, "HZ01", False),  # what it rests on has not come
        ("stale", 1, "HZ01", False),
        ("dangling", 3, "HZ01", False),
        ("stale", 3, "HZ02", False),
        ("stale", 3, "", False),  # nobody's
    ],
)
def test_a_row_that_its_outlet_alone_moves_stands_as_it_is(
    tx: Loose, reason: str, found: int, outlet: str, gone_on: bool
) -> None:
    if outlet:
        tx.put(card("1", outlet=outlet))
    fault = Fault(reason, {"table": "sim_card", "key": ["1"], "base": 2, "found": found})
    assert exceptions._gone_on(tx, fault, "HZ01") is gone_on
