"""The writer to a terminal: whoever draws never waits for one that is gone, and one that is stuck is told from slow."""

from __future__ import annotations

import os
import threading

import pytest

from data.message import Message
from screens.driver import LOOK, STUCK, TAKES_NOTHING, Stuck, Writer


class Time:
    """A clock that is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_written_arrives_in_its_order_and_encoding() -> None:
    reading, writing = os.pipe()
    writer = Writer(writing, "gbk", lambda _: None)
    writer.start()
    for text in ("张", "三", "丰"):
        writer.write(text)
    writer.stop()
    assert os.read(reading, 100) == "张三丰".encode("gbk")
    os.close(reading)
    os.close(writing)


def test_a_write_that_fails_is_told_once_and_holds_nobody_up() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told: list[Message] = []
    failed = threading.Event()

    def fail(why: Message) -> None:
        told.append(why)
        writer.give_up()
        failed.set()

    writer = Writer(writing, "utf-8", fail)
    writer.start()
    writer.write("a")
    assert failed.wait(30)
    for _ in range(100):
        writer.write("more than the queue takes")
    writer.stop()
    assert len(told) == 1
    os.close(writing)


def test_giving_up_frees_who_waits_for_a_terminal_that_takes_nothing() -> None:
    reading, writing = os.pipe()
    writer = Writer(writing, "utf-8", lambda _: None)
    writer.start()

    def draw() -> None:
        for _ in range(100):
            writer.write("x" * 65536)

    full = threading.Thread(target=draw)
    full.start()
    full.join(0.2)
    assert full.is_alive()
    writer.give_up()
    full.join(30)
    assert not full.is_alive()
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("pieces", [1, 100], ids=["what waits fits the queue", "the queue is full"])
def test_ending_does_not_wait_for_ever_for_a_terminal_that_takes_nothing(pieces: int) -> None:
    """Nobody reads the keys any more then, so that nobody else would find it out."""
    reading, writing = os.pipe()
    time, told = Time(), list[Message]()
    writer = Writer(writing, "utf-8", told.append, time)
    writer.start()

    def end() -> None:
        for _ in range(pieces):
            writer.write("x" * 262_144)
        writer.stop()

    ending = threading.Thread(target=end)
    ending.start()
    ending.join(0.3)
    assert ending.is_alive()
    while ending.is_alive():
        time.now += LOOK
        ending.join(0.001)
    assert told == [TAKES_NOTHING]
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(
    ("steps", "stuck"),
    [
        ([LOOK] * int(STUCK / LOOK - 1), False),
        ([LOOK] * int(STUCK / LOOK + 1), True),
        ([3600.0], False),  # the process slept, not the terminal
    ],
)
def test_stuck_is_what_makes_no_way_while_the_process_runs(steps: list[float], stuck: bool) -> None:
    time, writer = Time(), Writer(1, "utf-8", lambda _: None)
    writer.writing = True
    watch = Stuck(writer, time)
    watch.look()
    found = False
    for step in steps:
        time.now += step
        found = watch.look()
    assert found is stuck


def test_slow_is_not_stuck() -> None:
    time, writer = Time(), Writer(1, "utf-8", lambda _: None)
    writer.writing = True
    watch = Stuck(writer, time)
    for _ in range(20):
        for _ in range(int(STUCK / LOOK) - 2):
            time.now += LOOK
            assert not watch.look()
        writer.pieces += 1
    writer.writing = False
    for _ in range(200):
        time.now += LOOK
        assert not watch.look()
