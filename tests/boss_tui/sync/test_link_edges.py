"""What an outlet does about each answer of headquarters', and when it asks again: each condition alone."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from boss_tui.sync import link
from boss_tui.sync.client import Refused, TimedOut
from boss_tui.sync.dates import STREAM
from boss_tui.sync.link import BACK, FIRST_DELAY, LEAST, LONGEST_DELAY, MOST, START, Exchange, Pushed, Stopped
from boss_tui.sync.outbox import Packed
from boss_tui.sync.shapes import Refusal
from data.errors import Outside
from data.message import Message, say
from data.tables.sync import FeedItem, JournalHead
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row
from tests.boss_tui.sync.linked import WHY, head, linked, standing

__all__ = ["empty_store", "tx"]


# pushing


@pytest.mark.parametrize(
    ("size", "answer", "after", "told"),
    [
        (START, None, 2 * START, Pushed(3, True)),
        (MOST, None, MOST, Pushed(3, True)),
        (MOST - 1, None, MOST, Pushed(3, True)),
        (START, TimedOut(say("Late.")), START // 2, None),
        (LEAST + 1, TimedOut(say("Late.")), LEAST, None),
        (START, Outside(say("Away.")), START, None),
        (START, Refused(Refusal(code="gap", reason={})), START, Pushed(0, True)),
    ],
)
def test_a_batch_grows_with_each_that_arrives_and_shrinks_with_each_that_was_late(
    size: int, answer: Exception | None, after: int, told: Pushed | None
) -> None:
    heads = iter([head(), head(acked_seq=8)])
    pushing = linked(size=size, head=lambda: next(heads), packed=lambda *_: Packed(b"x", "s", 6, 8))
    flights, accepted = list[Any](), list[str]()

    def send(batch: Packed) -> Any:
        pushing.in_flight = (batch.first, batch.last)
        flights.append(pushing.in_flight)
        if answer is not None:
            raise answer
        return "standing"

    pushing._send, pushing._accept, pushing._refused = send, accepted.append, lambda *_: None
    if told is None:
        with pytest.raises(Outside):
            pushing.push_once()
    else:
        assert pushing.push_once() == told
    assert (pushing.size, pushing.in_flight, flights) == (after, None, [(6, 8)])
    assert accepted == ([] if answer is not None else ["standing"])


def test_all_is_pushed_when_nothing_is_left_and_nothing_when_stopped() -> None:
    heads = iter([head(), head(acked_seq=9)])
    done = linked(head=lambda: next(heads), packed=lambda *_: Packed(b"x", "s", 6, 9))
    done._send, done._accept = lambda _: "standing", lambda _: None
    assert done.push_once() == Pushed(4, False)
    assert linked(head=head, packed=lambda *_: None).push_once() == Pushed(0, False)
    with pytest.raises(Stopped):
        linked(head=lambda: head(stopped=WHY)).push_once()


@pytest.mark.parametrize(
    ("code", "next_seq", "does"),
    [
        ("fork", 9, ["stop"]),
        ("epoch", 9, ["stop"]),
        ("stopped", 9, ["stop"]),
        ("feed_ahead", 9, ["give back 4"]),
        ("stream_ahead", 9, ["give back of the stream 7"]),
        ("gap", 9, ["accept"]),
        ("gap", 6, ["raise"]),
        ("signature", 9, ["raise"]),
    ],
)
def test_a_refusal_is_followed_or_raised(code: str, next_seq: int, does: list[str]) -> None:
    done: list[str] = []

    def stop(_: Message) -> None:
        done.append("stop")
        raise Stopped(say("No."))

    refusing = linked(_stop=stop, _accept=lambda _: done.append("accept"))
    refusing._give_back = lambda first: done.append(f"give back {first}")
    refusing._give_back_stream = lambda first: done.append(f"give back of the stream {first}")
    told = {"code": code, "reason": say("No.").as_json(), "stream_next": 7}
    refused = Refused(Refusal.model_construct(standing=standing(next_seq=next_seq), **told))  # type: ignore[arg-type]
    try:
        refusing._refused(refused, Packed(b"", "", 6, 8))
    except Refused:
        done.append("raise")
    except Stopped:
        pass
    assert done == does
    with pytest.raises(Refused):
        refusing._refused(Refused(Refusal.model_construct(standing=None, **told)), Packed(b"", "", 6, 8))  # type: ignore[arg-type]


def test_whoever_answers_for_another_outlet_moves_nothing(tx: Loose) -> None:
    tx.put(head())
    with pytest.raises(Outside):
        linked(tx)._accept(standing(outlet="HZ02"))
    with pytest.raises(Stopped):
        linked(tx)._accept(standing(stopped=WHY))
    assert tx.told(JournalHead, "acked_seq", "stopped") == [(5, WHY)]


@pytest.mark.parametrize(("carried", "contact"), [(False, True), (True, False)])
def test_a_stop_is_kept(tx: Loose, carried: bool, contact: bool) -> None:
    tx.put(head())
    with pytest.raises(Stopped):
        linked(tx)._stop(say("No."), carried=carried)
    ((stopped, last),) = tx.told(JournalHead, "stopped", "last_contact")
    assert (stopped, bool(last)) == (WHY, contact)


# giving back


def items(*numbers: int, outlet: str = "HZ01") -> list[Any]:
    return [row(FeedItem, outlet=outlet, number=number, kind="lease", body="{}") for number in numbers]


def test_items_that_headquarters_lost_are_given_back(tx: Loose) -> None:
    tx.put(*items(3, 4, 5), *items(6, outlet=STREAM), *items(7, outlet="HZ02"))
    giving = linked(tx)
    giving._give_back(4)
    ((method, what, body),) = giving.asked
    assert (method, what) == ("POST", "feed")
    assert [body.count(b'"number":%d' % number) for number in (3, 4, 5, 6, 7)] == [0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("there", "first", "cursor", "through", "after"),
    [
        (BACK, 1, BACK, [BACK], BACK),
        (BACK + 1, 1, BACK + 1, [0, BACK + 1], BACK + 1),
        (2 * BACK, 1, 2 * BACK, [0, 2 * BACK], 2 * BACK),
        (2 * BACK, BACK + 1, 2 * BACK, [2 * BACK], 2 * BACK),
        (3, 1, 9, [9], 3),  # what came after was for others
        (3, 4, 3, [3], 3),
        (0, 1, 9, [9], 0),
    ],
)
def test_of_the_stream_some_at_once_and_then_how_far_it_was_read(
    tx: Loose, there: int, first: int, cursor: int, through: list[int], after: int
) -> None:
    tx.put(head(stream_cursor=cursor), *items(*range(1, there + 1), outlet=STREAM), *items(20))
    giving = linked(tx)
    giving._give_back_stream(first)
    sent = [body for _, _, body in giving.asked]
    assert [b'"of_stream":true' in body for body in sent] == [True] * len(through)
    assert [int(body.rpartition(b'"through":')[2].rstrip(b"}")) for body in sent] == through
    assert sum(body.count(b'"number":') for body in sent) == max(there - first + 1, 0)
    assert tx.told(JournalHead, "stream_cursor") == [after]


@pytest.mark.parametrize(
    ("code", "stands", "done"),
    [
        ("feed_ahead", True, ["of its own 4"]),
        ("stream_ahead", True, ["of the stream 7"]),
        ("feed_ahead", False, None),
        ("stream_ahead", False, None),
        ("stopped", True, None),
        ("unknown", False, None),
    ],
)
def test_a_pull_that_is_refused_gives_back_or_says_so(code: str, stands: bool, done: list[str] | None) -> None:
    found: list[str] = []
    told = {"code": code, "reason": say("No.").as_json(), "stream_next": 7}

    def refuse(*_: Any) -> None:
        raise Refused(Refusal.model_construct(standing=standing() if stands else None, **told))  # type: ignore[arg-type]

    pulling = linked(head=head)
    pulling.client.ask = refuse
    pulling._give_back = lambda first: found.append(f"of its own {first}")
    pulling._give_back_stream = lambda first: found.append(f"of the stream {first}")
    if done is None:
        with pytest.raises(Refused):
            pulling.pull_once()
        return
    pulled = pulling.pull_once()
    assert (found, pulled.applied, pulled.waiting, pulled.more) == (done, 0, 0, True)


# when to ask again


@pytest.mark.parametrize(
    ("before", "done", "attempts", "least", "most"),
    [
        (0, Exchange(), 0, 30.0, 30.0),
        (3, Exchange(), 0, 30.0, 30.0),
        (0, Exchange(stopped=say("No.")), 0, LONGEST_DELAY, LONGEST_DELAY),
        (0, Exchange(fault=say("Away.")), 1, 0.8 * FIRST_DELAY, 1.2 * FIRST_DELAY),
        (1, Exchange(fault=say("Away.")), 2, 1.6 * FIRST_DELAY, 2.4 * FIRST_DELAY),
        (3, Exchange(fault=say("Away.")), 4, 6.4 * FIRST_DELAY, 9.6 * FIRST_DELAY),
        (40, Exchange(fault=say("Away.")), 41, 0.8 * LONGEST_DELAY, 1.2 * LONGEST_DELAY),
    ],
)
def test_the_delay_doubles_with_each_fault(
    tx: Loose, before: int, done: Exchange, attempts: int, least: float, most: float
) -> None:
    tx.put(head(attempts=before, acked_seq=9))
    noting = linked(tx)
    assert noting.wait() == 0.0
    noting._note(done)
    assert least - 0.01 <= noting.wait() <= most + 0.01
    ((kept, fault, contact),) = tx.told(JournalHead, "attempts", "last_fault", "last_contact")
    assert (kept, bool(fault), bool(contact)) == (attempts, done.fault is not None, done.fault is None)


def test_the_longest_delay_may_be_another(tx: Loose) -> None:
    tx.put(head(attempts=40, acked_seq=9))
    noting = linked(tx, longest=FIRST_DELAY)
    noting._note(Exchange(fault=say("Away.")))
    assert 0.8 * FIRST_DELAY - 0.01 <= noting.wait() <= 1.2 * FIRST_DELAY + 0.01


def test_the_delay_is_spread_over_its_whole_width(tx: Loose, monkeypatch: pytest.MonkeyPatch) -> None:
    tx.put(head(acked_seq=9))
    for bits, share in ((0, 0.8), (1023, 1.2)):
        asked: list[int] = []
        monkeypatch.setattr(tx.clock, "random_bits", lambda count, bits=bits, asked=asked: asked.append(count) or bits)
        noting = linked(tx)
        noting.store.tx.change(tx.one(JournalHead, outlet="HZ01"), attempts=0)
        noting._note(Exchange(fault=say("Away.")))
        assert (asked, round(noting.wait(), 1)) == ([10], round(share * FIRST_DELAY, 1))


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({}, False),
        ({"acked_seq": 9}, True),
        ({"attempts": 1}, True),
        ({"stopped": WHY}, True),
    ],
)
def test_new_entries_are_due_at_once_unless_something_is_wrong(tx: Loose, values: dict[str, Any], waits: bool) -> None:
    tx.put(head(**values))
    waiting = linked(tx, _next=tx.clock.now() + timedelta(seconds=60))
    assert (waiting.wait() > 0) is waits
    assert linked(tx, _next=tx.clock.now() - timedelta(seconds=60)).wait() == 0.0


@pytest.mark.parametrize(
    ("fails", "kept", "did"),
    [
        ({}, {}, ["resume", "push", "pull", "push"]),
        ({"resume": Stopped(say("No."))}, {"stopped": say("No.")}, ["resume"]),
        ({"push": Outside(say("Away."))}, {"fault": say("Away.")}, ["resume", "push"]),
        ({"pull": Stopped(say("No."))}, {"stopped": say("No.")}, ["resume", "push", "pull"]),
    ],
)
def test_an_exchange_pushes_pulls_and_pushes(
    monkeypatch: pytest.MonkeyPatch, fails: dict[str, Exception], kept: dict[str, Any], did: list[str]
) -> None:
    done: list[str] = []

    def step(name: str) -> Any:
        def do(so_far: Any = None) -> Any:
            done.append(name)
            if name in fails:
                raise fails[name]
            return so_far

        return do

    monkeypatch.setattr(link, "try_again", lambda *_: 2)
    going = linked(_resume=step("resume"), _push_all=step("push"), _pull_all=step("pull"))
    noted: list[Exchange] = []
    going._note = noted.append
    found = going.exchange()
    assert (done, found) == (did, noted[0])
    assert (found.applied, str(found.fault or ""), str(found.stopped or "")) == (
        2,
        str(kept.get("fault", "")),
        str(kept.get("stopped", "")),
    )


def test_an_exchange_goes_on_while_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    going = linked()
    pushes, pulls = iter([Pushed(2, True), Pushed(3, False)]), iter([link.Pulled(1, 2, True), link.Pulled(4, 8)])
    going.push_once, going.pull_once = lambda: next(pushes), lambda: next(pulls)
    monkeypatch.setattr(link, "apply_waiting", lambda *_: 16)
    monkeypatch.setattr(link, "try_again", lambda *_: 32)
    assert going._push_all(Exchange(pushed=64)).pushed == 69
    found = going._pull_all(Exchange(applied=64))
    assert (found.applied, found.waiting) == (64 + 5 + 48, 10)


@pytest.mark.parametrize(("stopped", "agrees", "after"), [("", True, ""), (WHY, True, ""), (WHY, False, WHY)])
def test_after_a_stop_it_goes_on_when_both_agree_again(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, stopped: str, agrees: bool, after: str
) -> None:
    tx.put(head(stopped=stopped))
    monkeypatch.setattr(link, "disagreement", lambda *_: None if agrees else say("Still."))
    going = linked(tx)
    if agrees:
        going._resume()
    else:
        with pytest.raises(Stopped):
            going._resume()
    assert tx.told(JournalHead, "stopped") == [after]
    assert len(going.asked) == (1 if stopped else 0)


@pytest.mark.parametrize(
    ("waits", "attempts", "fails", "did"),
    [(0.0, 0, False, ["exchange", "also"]), (1.0, 0, False, []), (0.0, 1, False, ["exchange"]), (0.0, 0, True, [])],
)
def test_in_the_background_it_exchanges_when_that_is_due(
    tx: Loose, waits: float, attempts: int, fails: bool, did: list[str]
) -> None:
    stop, done = threading.Event(), list[str]()

    def exchange() -> None:
        stop.set()
        if fails:
            raise Outside(say("The disk is full."))
        done.append("exchange")

    def wait() -> float:
        if waits:
            stop.set()
        return waits

    going = linked(tx, exchange=exchange, wait=wait, head=lambda: head(attempts=attempts))
    going.run(stop, tick=0.0, also=lambda: done.append("also"))
    assert done == did
    assert (going._next is not None) is fails
