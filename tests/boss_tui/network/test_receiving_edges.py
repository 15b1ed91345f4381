"""Response files that come in and batches that leave: each condition alone, over an empty store and no folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.network import reconcile
from boss_tui.network.advance import advance, overdue
from boss_tui.network.gateway import ARCHIVE, INBOX, OUTBOX, TAKEN, Gateway
from boss_tui.network.receive import Receiver
from boss_tui.network.replies import Replies, Reply, as_bytes
from boss_tui.network.send import Sender
from data.clock import stamp
from data.errors import Conflict, Damaged, Outside
from data.message import say
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.order import Sequence as Running
from data.tables.resource import PhoneNumber
from data.tables.sync import JournalHead
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import NOW, row

__all__ = ["empty_store", "tx"]
BATCH = "HLR1_HZ01_0001_00000001.batch"
DONE = "<HGSUE:MSISDN=1;\nEXECUTED"
REFUSED = "NOT ACCEPTED\nFAULT CODE 10\nBUSY\nEND"
ELEMENT = row(NetworkElement, code="HLR1", dialect="ericsson", state="active")


def command(key: str = "c", state: str = "sent", **values: Any) -> Any:
    standard = {"work_order_id": "w", "batch_id": "b", "element": "HLR1", "command": "HGSUE:MSISDN=1;"}
    return row(NetworkCommand, command_key=key, **{**standard, "state": state, **values})


def batch(key: str = "b", **values: Any) -> Any:
    standard = {"file_name": BATCH, "element": "HLR1", "dialect": "ericsson", "state": "published", "commands": 2}
    return row(NetworkBatch, id=key, **{**standard, **values})


def replies(*told: tuple[str, str], of: str = BATCH) -> Replies:
    return Replies(of, 1, stamp(NOW), tuple(Reply(key, raw) for key, raw in told))


def received(tx: Loose, *told: tuple[str, str], of: str = BATCH) -> list[str]:
    """What is told of a response file that is taken."""
    said: list[str] = []
    store: Any = OneWork(tx)
    taking = Receiver(store, "HZ01", tell=lambda _, message: said.append(str(message)), at=lambda _: None)
    taking._apply(ELEMENT, "f", replies(*told, of=of))
    return said


@pytest.mark.parametrize(
    ("put", "raw", "state", "news", "closed", "wrong"),
    [
        ([command(), batch()], DONE, "answered", 1, 0, False),
        ([command(), batch()], REFUSED, "failed", 1, 0, False),
        ([command(), batch()], "rubbish", "unknown", 1, 0, False),
        ([command(state="unknown"), batch()], DONE, "answered", 1, 0, False),
        # what was had before changes nothing
        ([command(state="answered"), batch()], REFUSED, "answered", 0, 0, False),
        ([command(closed=1), batch()], DONE, "sent", 0, 1, False),
        # nor what nobody sent there
        ([command(batch_id=None), batch()], DONE, "sent", 0, 0, True),
        ([command(), batch(file_name="other.batch")], DONE, "sent", 0, 0, True),
        ([command(batch_id="gone"), batch()], DONE, "sent", 0, 0, True),
        # a question for comparing: nothing follows from it
        ([command(work_order_id=""), batch()], DONE, "answered", 0, 1, False),
        ([command(work_order_id=""), batch()], "rubbish", "cancelled", 0, 1, False),
        ([command(work_order_id=""), batch()], REFUSED, "failed", 0, 1, False),
    ],
)
def test_an_answer_is_taken_by_its_key(
    tx: Loose, put: list[Any], raw: str, state: str, news: int, closed: int, wrong: bool
) -> None:
    tx.put(*put)
    said = received(tx, ("c", raw))
    assert tx.told(NetworkCommand, "state", "news", "closed") == [(state, news, closed)]
    assert bool(said) is wrong


def test_what_is_answered_has_left_and_its_batch_is_counted(tx: Loose) -> None:
    tx.put(
        command(),
        command("d"),
        command("e", batch_id="x"),
        batch(state="built"),
        batch("x", file_name="x.batch", sequence=2),
    )
    assert received(tx, ("unheard", DONE), ("c", DONE)) == ["Nothing was sent under the key unheard."]
    assert tx.told(NetworkBatch, "state", order=("id",)) == ["partial", "published"]
    assert [bool(due) for due in tx.told(NetworkCommand, "due_at", order=("command_key",))] == [True, True, False]


class Place:
    """A gateway with these response files, which may be gone when one asks for them."""

    def __init__(self, files: dict[str, bytes], lost: Sequence[str] = (), stuck: Sequence[str] = ()) -> None:
        self.files, self.lost, self.stuck = files, lost, stuck
        self.archived: list[str] = []

    def responses(self) -> list[str]:
        return [name for name in self.files if name not in self.lost or name in self.archived]

    def fetch(self, name: str) -> bytes:
        if name in self.stuck:
            raise Outside(say("The gateway is away."))
        return self.files[name]

    def archive(self, name: str) -> None:
        self.archived.append(name)


def taken(tx: Loose, place: Any) -> tuple[bool, list[str]]:
    told: list[str] = []
    store: Any = OneWork(tx)
    taking = Receiver(store, "HZ01", tell=lambda name, _: told.append(name), at=lambda _: None)
    return taking.receive(ELEMENT, place), told


FILE = replies(("c", DONE))
OTHER = FILE.name.replace("00000001", "00000002")


@pytest.mark.parametrize(
    ("files", "took", "told"),
    [
        ({}, False, []),
        ({FILE.name: as_bytes(FILE)}, True, []),
        ({FILE.name: as_bytes(FILE)[:-1]}, False, [FILE.name]),
        ({OTHER: as_bytes(FILE)}, False, [OTHER]),
        ({FILE.name.replace("HZ01", "HZ02"): as_bytes(FILE)}, False, []),
        ({FILE.name.replace("HLR1", "HLR2"): as_bytes(FILE)}, False, []),
    ],
)
def test_a_file_is_taken_whole_under_its_own_name(
    tx: Loose, files: dict[str, bytes], took: bool, told: list[str]
) -> None:
    tx.put(command(), batch())
    place = Place(files)
    assert taken(tx, place) == (took, told)
    assert place.archived == ([FILE.name] if took else [])
    assert tx.told(NetworkCommand, "state") == ["answered" if took else "sent"]


def test_a_file_that_another_program_took_is_no_fault(tx: Loose) -> None:
    tx.put(command(), batch())
    there = {FILE.name: as_bytes(FILE)}
    with pytest.raises(Outside):
        taken(tx, Place(there, stuck=(FILE.name,)))
    gone: Any = Place(there, stuck=(FILE.name,))
    seen = iter([[FILE.name], []])
    gone.responses = lambda: next(seen)
    assert taken(tx, gone) == (False, [])


# what is late, and what is asked for comparing


def test_what_was_not_answered_in_time_is_unknown(tx: Loose) -> None:
    late, soon = stamp(NOW), stamp(NOW + timedelta(hours=1))
    tx.put(
        *(batch(), batch("n", state="built", sequence=2)),
        *(command("late", due_at=late), command("soon", due_at=soon), command("built", due_at=late, batch_id="n")),
        *(command("alone", due_at=late, work_order_id=""), command("closed", due_at=late, closed=1)),
        command("answered", "answered", due_at=late),
    )
    store: Any = OneWork(tx)
    assert overdue(store, "HZ01")
    found = {key: told for key, *told in tx.told(NetworkCommand, "command_key", "state", "news", "closed")}
    assert found == {
        "late": ["unknown", 1, 0],
        "alone": ["cancelled", 0, 1],
        "soon": ["sent", 0, 0],
        "built": ["sent", 0, 0],
        "closed": ["sent", 0, 1],
        "answered": ["answered", 0, 0],
    }
    assert not overdue(store, "HZ01")


def test_only_work_with_news_is_looked_at(tx: Loose) -> None:
    tx.put(
        *(row(ProductOrder, id="o"), ELEMENT),
        *(row(WorkOrder, id=key, order_id="o", kind="automatic", state="open", element="HLR1") for key in "wvx"),
        *(command("c", "answered", news=1), command("d", "answered", work_order_id="v")),
        command("e", "answered", work_order_id="x", news=1, closed=1),
    )
    store: Any = OneWork(tx)
    assert advance(store, "HZ01")
    assert dict(tx.told(WorkOrder, "id", "state")) == {"w": "done", "v": "open", "x": "open"}
    assert not advance(store, "HZ01")


def test_numbers_are_asked_about_and_what_was_answered_since_is_read(tx: Loose) -> None:
    numbers = ["13900000001", "13900000002"]
    tx.put(ELEMENT, row(JournalHead, outlet="HZ01", epoch=2), row(Running, name="network command", value=5))
    asked = reconcile.ask(tx, "HZ01", "HLR1", numbers)
    assert [(each.command_key, each.subscriber, each.chain, each.own) for each in asked] == [
        ("HZ01/2/6", numbers[0], f"?{numbers[0]}", 1),
        ("HZ01/2/7", numbers[1], f"?{numbers[1]}", 1),
    ]
    assert all(each.command == f"HGSDP:MSISDN=86{each.subscriber},ALL;" for each in asked)
    told = {"work_order_id": "", "batch_id": None, "answered_at": "t5"}
    tx.put(
        command("a", "answered", subscriber="1", **told),
        command("b", "failed", subscriber="2", answer_meaning="no_subscriber", **told),
        command("c", "failed", subscriber="3", answer_meaning="busy", **told),
        command("d", "answered", subscriber="4", **{**told, "answered_at": "t4"}),
        command("e", "answered", subscriber="5", **{**told, "work_order_id": "w"}),
        command("f", "answered", subscriber="6", element="HLR2", **told),
        command("g", "cancelled", subscriber="7", **{**told, "answered_at": ""}),
    )
    assert reconcile.answers(tx, "HLR1", "t5") == {"1": None, "2": None}
    assert set(reconcile.answers(tx, "HLR1", "")) == {"1", "2", "4"}


LINE, TO_BE = row(Subscription, id="s", number="1"), row(PhoneNumber, number="1", subscription_id="s")


def order(state: str, of: str = "s") -> Any:
    return row(ProductOrder, id="o", subscription_id=of, state=state)


@pytest.mark.parametrize(
    ("put", "moving"),
    [
        ([command(subscriber="1", closed=0)], True),
        ([command(subscriber="1", closed=1)], False),
        ([LINE, order("held")], True),
        ([LINE, order("completed")], False),
        ([LINE, order("held", of="t")], False),
        ([TO_BE, order("failed")], True),
        ([TO_BE, order("cancelled")], False),
    ],
)
def test_a_number_moves_while_something_may_still_come(tx: Loose, put: list[Any], moving: bool) -> None:
    tx.put(*put)
    assert ([number for (number,) in tx.rows(reconcile._MOVING)] == ["1"]) is moving


# what leaves


def sending(tx: Loose, **values: Any) -> tuple[bool, dict[str, bytes]]:
    """Whether a batch left, and what was put."""
    put: dict[str, bytes] = {}
    place: Any = SimpleNamespace(batches=lambda: [BATCH], put=put.__setitem__)
    element = row(NetworkElement, code="HLR1", dialect="ericsson", **{"state": "active", **values})
    tx.put(element, row(JournalHead, outlet="HZ01", epoch=1, acked_seq=9))
    store: Any = OneWork(tx)
    return Sender(store, "HZ01", alone=True, at=lambda _: None).send(element, place), put


@pytest.mark.parametrize(
    ("put", "values", "left", "states"),
    [
        ([], {}, False, {}),
        ([command("a", "queued", batch_id=None)], {}, True, {"a": ("sent", 1)}),
        ([command("a", "queued", batch_id=None, attempts=2)], {}, True, {"a": ("sent", 3)}),
        ([command("a", "queued", batch_id=None)], {"state": "inactive"}, False, {"a": ("queued", 0)}),
        (
            [command("a", "unknown"), command("q", "queued", batch_id=None, purpose="query", number=2), batch()],
            {},
            False,
            {"a": ("unknown", 0), "q": ("queued", 0)},
        ),
    ],
)
def test_what_is_ready_leaves_in_one_batch(
    tx: Loose, put: list[Any], values: dict[str, str], left: bool, states: dict[str, tuple[str, int]]
) -> None:
    tx.put(row(WorkOrder, id="w", order_id="o", state="open"), *put)
    found, files = sending(tx, **values)
    assert (found, len(files)) == (left, int(left))
    told = tx.told(NetworkCommand, "command_key", "state", "attempts")
    assert {key: (state, tried) for key, state, tried in told} == states
    if left:
        (made,) = tx.all(NetworkBatch, state="published")
        assert (made.sequence, made.commands, made.file_name, list(files)) == (1, 1, BATCH, [BATCH])
        assert tx.one(NetworkCommand, command_key="a").due_at > stamp(NOW)


def test_what_a_crash_left_is_put_byte_for_byte_or_not_at_all(tx: Loose) -> None:
    store: Any = OneWork(tx)
    tx.put(command(), made := batch(state="built", sequence=1, epoch=1, created_at=stamp(NOW)))
    with pytest.raises(Damaged):
        sending(tx)
    content = Sender(store, "HZ01", alone=True, at=lambda _: None).content(tx, made)
    tx.change(tx.one(NetworkBatch, id="b"), sha256=hashlib.sha256(content).hexdigest())
    put: dict[str, bytes] = {}
    place: Any = SimpleNamespace(put=put.__setitem__)
    assert Sender(store, "HZ01", alone=True, at=lambda _: None).send(ELEMENT, place)
    assert (put, tx.told(NetworkBatch, "state")) == ({BATCH: content}, ["published"])
    assert not Sender(store, "HZ01", alone=True, at=lambda _: None).send(ELEMENT, place)


# where files lie


class InMemory(Gateway):
    """A gateway whose folders are in memory."""

    def __init__(self, **folders: dict[str, bytes]) -> None:
        self.folders: dict[str, dict[str, bytes]] = {OUTBOX: {}, TAKEN: {}, INBOX: {}, ARCHIVE: {}, **folders}

    def _list(self, folder: str) -> frozenset[str]:
        return frozenset(self.folders[folder])

    def _read(self, folder: str, name: str) -> bytes:
        return self.folders[folder][name]

    def _write(self, folder: str, name: str, content: bytes) -> None:
        self.folders[folder][name] = content

    def _move(self, folder: str, name: str, to: str, new_name: str) -> None:
        self.folders[to][new_name] = self.folders[folder].pop(name)


def test_only_files_with_a_plain_name_of_their_kind_are_seen() -> None:
    names = ["b.answers", "a.answers", "a.batch", ".a.answers", "a b.answers", "a.answers.part", "x" * 162 + ".answers"]
    files = dict.fromkeys(names, b"")
    assert InMemory(inbox=files).responses() == ("a.answers", "b.answers")
    assert InMemory(outbox=files).batches() == ("a.batch",)
    for refused in (InMemory().fetch, InMemory().archive, InMemory().batch, InMemory().taken):
        for name in ("../a", ".a", "", "x" * 162):
            with pytest.raises(Damaged):
                refused(name)


@pytest.mark.parametrize(
    ("folder", "first"),
    [(OUTBOX, Gateway.put), (TAKEN, Gateway.put), (INBOX, Gateway.respond), (ARCHIVE, Gateway.respond)],
)
def test_a_file_is_handed_over_once(folder: str, first: Callable[[Gateway, str, bytes], None]) -> None:
    place = InMemory(**{folder: {"a": b"x"}})
    first(place, "a", b"x")
    assert sum("a" in files for files in place.folders.values()) == 1
    with pytest.raises(Conflict):
        first(place, "a", b"y")
    first(place, "b", b"y")
    assert place.folders[OUTBOX if first is Gateway.put else INBOX]["b"] == b"y"


def test_nothing_that_was_put_away_is_written_over() -> None:
    place = InMemory(inbox={"a": b"1"}, **{ARCHIVE: {"a": b"2", "a.2": b"3"}})
    place.archive("a")
    place.archive("a")
    assert place.folders[ARCHIVE] == {"a": b"2", "a.2": b"3", "a.3": b"1"}
    place.put("c", b"4")
    place.taken("c")
    assert (place.folders[OUTBOX], place.folders[TAKEN]) == ({}, {"c": b"4"})
