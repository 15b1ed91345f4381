"""The gate by itself: what it holds back, what it lets go, what it throws away. Time is a number here."""

from __future__ import annotations

import asyncio

import pytest
from textual import events

from data.message import say
from screens.gate import Gate
from screens.terminal import pasted


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


def gate(time: Time | None = None) -> Gate:
    return Gate(time or Time())


def keys_of(gate: Gate) -> list[str]:
    out = []
    while (event := gate.next()) is not None:
        assert isinstance(event, events.Key)
        out.append(event.key)
    return out


@pytest.mark.parametrize(("rested", "work", "calm"), [(0.25, False, True), (0.24, False, False), (0.25, True, False)])
def test_it_is_calm_once_hands_have_rested_and_nothing_is_under_way(rested: float, work: bool, calm: bool) -> None:
    time = Time()
    held = gate(time)
    if work:
        held.begin()
    time.now = rested
    assert held.calm is calm


def test_keys_go_through_in_the_order_in_which_they_came() -> None:
    held = gate()
    for name in "abc":
        assert held.take(key(name))
    assert held.waiting == 3
    assert not held.idle
    assert keys_of(held) == ["a", "b", "c"]
    assert held.idle


@pytest.mark.parametrize(
    ("waiting", "types_on"), [([], False), (["a"], True), (["enter", "a"], False), (["a", "enter"], True)]
)
def test_whoever_types_on_is_seen_by_the_next_key(waiting: list[str], types_on: bool) -> None:
    held = gate()
    for name in waiting:
        held.take(key(name))
    assert held.types_on is types_on


def test_what_is_pasted_next_is_no_letter() -> None:
    held = gate()
    held.take(events.Paste("abc"))
    assert not held.types_on


def test_work_is_counted_and_waited_for() -> None:
    async def main() -> None:
        held = gate()
        with held.held():
            held.begin()
        assert held.busy
        waiter = asyncio.create_task(held.quiet())
        await asyncio.sleep(0)
        assert not waiter.done()
        held.end()
        await waiter
        assert held.idle

    asyncio.run(main())


def test_long_work_is_known_as_such() -> None:
    time = Time()
    held = gate(time)
    held.begin()
    assert not held.long
    time.now += 0.4
    assert held.long
    held.end()
    assert not held.long


def test_a_flush_drops_what_waits_and_what_follows_without_a_rest() -> None:
    time = Time()
    held = gate(time)
    told: list[int] = []
    held.on_flush = told.append
    held.take(key("a"))
    held.take(key("b"))
    assert held.flush() == 2
    time.now += 0.2
    assert not held.take(key("c"))
    time.now += 0.2  # still the same burst: each key begins the rest anew
    assert not held.take(key("d"))
    time.now += 0.3
    assert held.take(key("e"))
    assert held.dropped == 4
    assert keys_of(held) == ["e"]
    assert held.dropped == 0
    assert told == [2]


def test_a_burst_stays_one_where_the_program_is_behind_with_it() -> None:
    """It counts when keys were read from the terminal."""
    time = Time()
    held = gate(time)
    held.flush()
    time.now = 5.0
    assert not held.take(key("a"), 4.8)
    assert not held.take(key("b"), 4.5625)
    assert held.take(key("c"), 4.25)
    assert keys_of(held) == ["c"]
    assert held.typed_at == 0.75


def test_the_mark_of_a_key_that_was_no_character_stays_until_hands_have_rested() -> None:
    time = Time()
    held = gate(time)
    why = say("It was none.")
    held.unreadable(why)
    time.now = 5.0
    for name, behind, marks in (("a", 4.8, 1), ("b", 4.9, 1), ("c", 4.56, 1), ("d", 4.3, 0)):
        held.take(key(name), behind)
        assert keys_of(held) == [name]
        assert (held.dropped, held.why_dropped) == (marks, why if marks else None)


def test_esc_ends_the_lock_at_once() -> None:
    held = gate()
    held.flush()
    assert not held.take(key("a"))
    assert held.take(key("escape"))
    assert held.take(key("b"))
    assert keys_of(held) == ["escape", "b"]


def test_esc_jumps_the_queue_while_slow_work_runs_but_has_its_place_in_a_burst() -> None:
    held = gate()
    for name in ("a", "escape", "b"):
        held.take(key(name))
    assert keys_of(held) == ["a", "escape", "b"]
    held.begin()
    for name in ("a", "b", "escape", "c"):
        held.take(key(name))
    assert keys_of(held) == ["escape", "c"]


def test_changes_are_told() -> None:
    held = gate()
    seen: list[tuple[int, int]] = []
    held.on_change = lambda: seen.append((held.waiting, held.dropped))
    held.begin()
    held.take(key("a"))
    held.take(key("b"))
    held.flush()
    assert seen == [(1, 0), (2, 0), (0, 2)]


def test_a_paste_is_one_line_without_controls() -> None:
    assert pasted("张三丰\r\n") == "张三丰"
    assert pasted("  一行 \n 二行\n") == "一行 二行"
    assert pasted("a\x1b[31mb\x00") == "a[31mb"
    assert pasted("\n\n") == ""


@pytest.mark.parametrize(
    ("work", "narrowing", "waiting", "passes"),
    [
        (0, 0, [], True),
        (0, 1, [], False),
        (0, 1, ["a"], True),
        (0, 1, ["enter", "a"], False),
        (0, 2, ["a", "enter"], True),
        (1, 0, ["a"], False),
        (1, 1, ["a"], False),
    ],
)
def test_a_letter_alone_passes_what_narrows(work: int, narrowing: int, waiting: list[str], passes: bool) -> None:
    held = gate()
    for _ in range(work):
        held.begin()
    for _ in range(narrowing):
        held.begin(narrows=True)
    for name in waiting:
        held.take(key(name))
    assert held.passes is passes


def test_whoever_waits_for_what_narrows_wakes_at_a_letter_and_waits_again_behind_it() -> None:
    async def main() -> None:
        held = gate()
        held.begin(narrows=True)
        waiter = asyncio.create_task(held.quiet())
        await asyncio.sleep(0)
        assert not waiter.done()
        held.take(key("a"))
        await waiter
        held.next()
        behind = asyncio.create_task(held.quiet())
        await asyncio.sleep(0)
        assert not behind.done()
        held.take(key("b"))
        held.flush()
        await asyncio.sleep(0)
        assert not held.passes
        held.end(narrows=True)
        await behind
        assert not held.busy

    asyncio.run(main())
