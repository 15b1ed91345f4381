"""What leaves an outlet, what may come in, and how a lost journal is fetched again: each condition alone."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.sync import outbox, rejoin
from boss_tui.sync.carry import CarriedBatch, _is_in_clear
from boss_tui.sync.client import Client
from boss_tui.sync.outbox import CHANGED_MS, RAW_BYTES
from boss_tui.sync.wire import BATCH_BYTES, TAKEN_BYTES, Rubbish, pack, unpack
from data.clock import stamp
from data.errors import Outside
from data.journal import canonical
from data.restored import EPOCH_WANTED
from data.tables.sync import JournalHead, Setting
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, row
from tests.boss_tui.sync.linked import WHY, entry, head, linked, standing

__all__ = ["empty_store", "tx"]


# the journal on its way


@pytest.mark.parametrize(
    ("after", "limit", "found"),
    [(0, 9, [1, 2, 3, 4]), (0, 2, [1, 2]), (0, 3, [1, 2, 3]), (2, 9, [3, 4]), (1, 2, [2, 3]), (4, 9, [])],
)
def test_the_tail_goes_over_all_epochs(tx: Loose, after: int, limit: int, found: list[int]) -> None:
    tx.put(entry(1, 1), entry(2, 1), entry(3, 2), entry(4, 2), entry(5, 3))
    assert [each.seq for each in outbox.tail(tx, head(), after, limit)] == found


@pytest.mark.parametrize(
    ("seq", "found"), [(0, ""), (9, "h9"), (8, "h8"), (2, "h2"), (7, "")]
)  # the head's own, one before it, one of an earlier epoch, one that is lost
def test_the_hash_of_an_entry(tx: Loose, seq: int, found: str) -> None:
    tx.put(entry(2, 1), entry(8, 2))
    assert outbox.hash_at(tx, head(), seq) == found


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"head": "h9"}, ""),
        ({"next_seq": 9, "head": "h8"}, ""),
        ({"next_seq": 1, "head": ""}, ""),
        ({"head": "x"}, "another entry 9"),
        ({"next_seq": 9, "head": "x"}, "another entry 8"),
        ({"next_seq": 1, "head": "x"}, "another entry 0"),
        ({"epoch": 1, "head": "h9"}, ""),
        ({"epoch": 3, "head": "h9"}, "in epoch 3"),
        ({"next_seq": 11, "head": "h10"}, "holds 1 entry"),
        ({"next_seq": 12, "head": "h11"}, "holds 2 entries"),
        ({"head": "h9", "stopped": WHY}, "No."),
    ],
)
def test_headquarters_word_goes_with_this_journal(tx: Loose, values: dict[str, Any], wrong: str) -> None:
    tx.put(head(), entry(8))
    found = outbox.accept(tx, "HZ01", standing(**values))
    assert (found is None, wrong in str(found or "")) == (not wrong, True)
    ((acked, stopped),) = tx.told(JournalHead, "acked_seq", "stopped")
    assert (acked, bool(stopped)) == (5 if wrong else values.get("next_seq", 10) - 1, bool(wrong))


@pytest.mark.parametrize(("durable", "kept"), [(9, 8), (8, 8), (3, 3)])
def test_nothing_is_durable_that_was_not_acknowledged(tx: Loose, durable: int, kept: int) -> None:
    tx.put(head(), entry(8))
    outbox.accept(tx, "HZ01", standing(next_seq=9, head="h8", durable_seq=durable))
    ((durably, contact),) = tx.told(JournalHead, "durable_seq", "last_contact")
    assert (durably, bool(contact)) == (kept, True)


@pytest.mark.parametrize(
    ("known", "ahead", "told"),
    [
        (0, CHANGED_MS, False),
        (0, CHANGED_MS + 1, True),
        (0, -CHANGED_MS - 1, True),
        (CHANGED_MS, 2 * CHANGED_MS, False),
        (-1, CHANGED_MS, True),
    ],
)
def test_the_journal_hears_of_a_clock_that_has_moved(tx: Loose, known: int, ahead: int, told: bool) -> None:
    tx.put(head(clock_offset_ms=known))
    outbox._compare_clocks(tx, tx.one(JournalHead, outlet="HZ01"), timedelta(milliseconds=ahead))
    assert tx.told(JournalHead, "clock_offset_ms") == [ahead]
    assert (tx.more.get("clock_offset_ms") == ahead) is told


@pytest.mark.parametrize(("apart", "kept"), [(timedelta(days=9_999), 2**31 - 1), (-timedelta(days=9_999), -(2**31))])
def test_a_clock_that_is_years_apart_is_as_far_as_can_be_told(tx: Loose, apart: timedelta, kept: int) -> None:
    tx.put(head())
    outbox._compare_clocks(tx, tx.one(JournalHead, outlet="HZ01"), apart)
    assert tx.told(JournalHead, "clock_offset_ms") == [kept]


def test_what_is_carried_says_nothing_of_the_clock(tx: Loose) -> None:
    tx.put(head(), entry(8))
    late = standing(next_seq=9, head="h8", time=stamp(NOW + timedelta(days=1)))
    outbox.accept(tx, "HZ01", late, carried=True)
    assert tx.told(JournalHead, "clock_offset_ms", "last_contact", "acked_seq") == [(0, "", 8)]


@pytest.mark.parametrize(
    ("letters", "raw", "packed", "last"),
    [
        ([5, 5, 5], 15, 99_999, 3),
        ([5, 5, 5], 14, 99_999, 2),
        ([20, 5], 10, 99_999, 1),
        ([5, 5, 5, 5], 99, 1, 1),  # halved until one is left, however large
    ],
)
def test_a_batch_is_the_longest_that_fits_the_wire(
    monkeypatch: pytest.MonkeyPatch, letters: list[int], raw: int, packed: int, last: int
) -> None:
    assert RAW_BYTES == 4 * BATCH_BYTES
    monkeypatch.setattr(outbox, "RAW_BYTES", raw)
    monkeypatch.setattr(outbox, "BATCH_BYTES", packed)
    entries = [entry(seq, body="x" * count) for seq, count in enumerate(letters, 1)]
    key: Any = SimpleNamespace(sign=lambda _: "signed")
    made = outbox.packed_batch(head(), entries, key)
    assert (made.first, made.last, made.signature) == (1, last, "signed")
    assert unpack(made.body).count(b'"seq":') == last


def test_a_batch_is_halved_no_further_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {4: 12, 2: 10, 1: 1}
    monkeypatch.setattr(outbox, "pack", lambda told: b"x" * sizes[len(told["entries"])])
    monkeypatch.setattr(outbox, "BATCH_BYTES", 10)
    key: Any = SimpleNamespace(sign=lambda _: "signed")
    made = outbox.packed_batch(head(), [entry(seq) for seq in range(1, 5)], key)
    assert (made.first, made.last) == (1, 2)


# what may arrive


@pytest.mark.parametrize(("size", "limit", "fits"), [(10, 12, True), (10, 11, False), (0, 2, True), (0, 1, False)])
def test_what_is_unpacked_has_its_limit(size: int, limit: int, fits: bool) -> None:
    packed = pack("x" * size)  # two quotes more
    if fits:
        assert unpack(packed, limit) == b'"' + b"x" * size + b'"'
    else:
        with pytest.raises(Rubbish):
            unpack(packed, limit)


@pytest.mark.parametrize(("sizes", "taken"), [([TAKEN_BYTES - 1, 1], True), ([TAKEN_BYTES, 1], False)])
def test_no_more_is_taken_from_the_wire_than_its_limit(sizes: list[int], taken: bool) -> None:
    parts = [bytes(size) for size in sizes]

    class Response:
        status_code, headers = 200, {"content-type": "a/b; charset=x", "X-Boss-Signature": "s"}

        def __enter__(self) -> Response:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def iter_raw(self) -> list[bytes]:
            return parts

    client: Any = object.__new__(Client)
    client._http, client.url = SimpleNamespace(stream=lambda *_, **__: Response()), ""
    client._late, client._faults = TimeoutError, (OSError,)
    if taken:
        status, answer, signed, kind = client._send("GET", "/", b"", {})
        assert (status, len(answer), signed, kind) == (200, sum(sizes), "s", "a/b")
    else:
        with pytest.raises(Outside, match="too large"):
            client._send("GET", "/", b"", {})


@pytest.mark.parametrize(
    ("content", "in_clear"),
    [
        (b'{"format": "boss-carry-1"}', True),
        (b'{"format": "boss-receipt-1"}', True),
        (b'{"format": "boss-carry-2"}', False),
        (b"{}", False),
        (b'["boss-carry-1"]', False),
        (b"\xff", False),
        (b"[" * 100_000, False),
    ],
)
def test_a_file_of_an_older_program_is_told_apart(content: bytes, in_clear: bool) -> None:
    assert _is_in_clear(content) is in_clear


@pytest.mark.parametrize(("body", "content"), [("eA==", b"x"), ("eA=", b""), ("e A==", b""), ("é", b"")])
def test_a_carried_batch_that_is_no_base64_is_empty(body: str, content: bytes) -> None:
    assert CarriedBatch(body=body, signature="").content() == content


# a store that comes back


def page(*numbers: int, through: int | None = None) -> Any:
    found = [SimpleNamespace(number=each, signed_text=lambda _: b"", signature="s") for each in numbers]
    stream = SimpleNamespace(items=found, through=through) if through is not None else None
    return SimpleNamespace(items=found, stream=stream)


def answered(link: Any, pages: list[Any]) -> list[str]:
    """What a link asks for from now on, when these pages come back one after the other."""
    left, targets = iter(pages), list[str]()

    def ask(_shape: Any, _method: str, target: str) -> Any:
        targets.append(target)
        return next(left)

    link.client.ask = ask
    return targets


def told(*applied: int, waiting: tuple[int, ...] = (), of: str = "feed", kind: str = "feed") -> Any:
    body = {of: {"applied": list(applied), "waiting": [[number, "rest"] for number in waiting]}}
    return SimpleNamespace(kind=kind, body=canonical(body))


@pytest.mark.parametrize(
    ("entries", "pages", "asked", "found"),
    [
        ([], [], [], []),
        ([told(3, kind="C1")], [], [], []),
        ([told(3)], [page(3)], [2], [3]),
        ([told(3, waiting=(5,))], [page(3, 4), page(5, 6)], [2, 4], [3, 4, 5, 6]),
        ([told(4), told(3)], [page(3, 4)], [2], [3, 4]),
        ([told(3)], [page()], [2], None),
    ],
)
def test_the_items_that_a_lost_journal_tells_of_are_fetched(
    monkeypatch: pytest.MonkeyPatch, entries: list[Any], pages: list[Any], asked: list[int], found: list[int] | None
) -> None:
    monkeypatch.setattr(rejoin, "is_signed", lambda *_: True)
    fetching = linked()
    targets = answered(fetching, pages)
    if found is None:
        with pytest.raises(Outside, match="lost item 3"):
            rejoin._items(fetching, 9, entries)
    else:
        assert sorted(rejoin._items(fetching, 9, entries)) == found
    assert [int(target.split("after=")[1].split("&")[0]) for target in targets] == asked
    monkeypatch.setattr(rejoin, "is_signed", lambda *_: False)
    fetching.client.ask = lambda *_: page(3)
    with pytest.raises(Outside, match="not signed"):
        rejoin._items(fetching, 9, [told(3)])


@pytest.mark.parametrize(
    ("entries", "pages", "asked", "found"),
    [
        ([], [], [], []),
        ([told(3, of="stream")], [page(3, through=3)], [2], [3]),
        ([told(3, 6, of="stream")], [page(3, through=4), page(6, through=9)], [2, 4], [3, 6]),
        ([told(3, 6, of="stream")], [page(3, through=4), page(through=4)], [2, 4], [3]),
        ([told(3, of="stream")], [page()], [2], []),
    ],
)
def test_the_items_of_the_stream_as_far_as_they_are_still_sent(
    monkeypatch: pytest.MonkeyPatch, entries: list[Any], pages: list[Any], asked: list[int], found: list[int]
) -> None:
    monkeypatch.setattr(rejoin, "is_signed", lambda *_: True)
    fetching = linked(head=lambda: head(feed_cursor=7))
    targets = answered(fetching, pages)
    assert sorted(rejoin._of_stream(fetching, entries)) == found
    assert [target.rpartition("feed?")[2] for target in targets] == [
        f"after=7&limit={rejoin.PAGE}&stream={after}" for after in asked
    ]


@pytest.mark.parametrize(("ends", "sound"), [("h9", True), ("x", False)])
def test_a_store_is_back_when_its_journal_ends_where_headquarters_said(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, ends: str, sound: bool
) -> None:
    tx.put(head(seq=6, hash="6" * 64), row(Setting, name=EPOCH_WANTED, value="yes"))

    def one_page(_: Any) -> int:
        now = tx.one(JournalHead, outlet="HZ01")
        outbox.set_head(tx, "HZ01", seq=now.seq + 2 if now.seq < 8 else 9, hash=ends)
        return 2

    monkeypatch.setattr(rejoin, "_page", one_page)
    monkeypatch.setattr(rejoin, "catch_up", lambda _: None)
    coming = linked(tx)
    granted = standing(epoch=3, head="h9")
    answers = iter([standing(), granted])
    coming.client.ask = lambda *_: next(answers)
    if sound:
        assert rejoin.rejoin(coming) == 4
    else:
        with pytest.raises(Exception, match="does not end where"):
            rejoin.rejoin(coming)
    ((epoch, acked, stopped),) = tx.told(JournalHead, "epoch", "acked_seq", "stopped")
    assert (epoch, acked, bool(stopped)) == ((3, 9, False) if sound else (2, 5, True))
    assert tx.told(Setting, "value") == ["no" if sound else "yes"]
