"""The simulated printer behaves as printing-facts 5 and 6 saw real ones behave."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.decoder import Action, Decoder, RealTime
from printers.escpos import to_bytes
from printers.layout import layout
from printers.paper import Paper, PaperLine, render
from printers.profiles import profile
from printers.simulator import Simulator
from tests.printers.samples import RECEIPT

JOB = to_bytes(layout(RECEIPT, 48), profile("80mm"))


@pytest.fixture
def printer() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def connected(printer: Simulator) -> socket.socket:
    return socket.create_connection(("127.0.0.1", printer.port), timeout=10)


def asked(printer: Simulator, *questions: bytes) -> list[int]:
    with connected(printer) as wire:
        answers = []
        for question in questions:
            wire.sendall(question)
            answers += list(wire.recv(1))
        return answers


STATUS = [b"\x10\x04" + bytes([which]) for which in (1, 2, 3, 4)]


def test_it_tells_its_status_at_once_whatever_is_wrong(printer: Simulator) -> None:
    assert asked(printer, *STATUS, b"\x1dr\x01", b"\x1dr\x02") == [0x12, 0x12, 0x12, 0x12, 0, 0]
    printer.near_end()
    assert asked(printer, *STATUS, b"\x1dr\x01") == [0x12, 0x12, 0x12, 0x1E, 3]
    printer.near_end(False)
    printer.paper_out()
    assert asked(printer, *STATUS) == [0x1A, 0x32, 0x12, 0x7E]
    printer.refill()
    printer.cover()
    assert asked(printer, *STATUS) == [0x1A, 0x16, 0x12, 0x12]
    printer.cover(False)
    assert asked(printer, *STATUS) == [0x12, 0x12, 0x12, 0x12]


def test_what_came_while_the_paper_was_out_is_printed_after_refilling(printer: Simulator) -> None:
    printer.paper_out()
    with connected(printer) as wire:
        wire.sendall(JOB + STATUS[0])
        assert wire.recv(1) == b"\x1a"  # everything before it has arrived
    assert printer.lines == ()
    printer.refill()
    assert printer.wait_for(lambda paper: len(paper.receipts) == 1)


def test_the_roll_can_end_in_the_middle(printer: Simulator) -> None:
    printer.paper_out(after=4)
    with connected(printer) as wire:
        wire.sendall(JOB)
        assert printer.wait_for(lambda paper: len(paper.lines) == 4)
        assert asked_on(wire, STATUS[0]) == 0x1A
    assert len(printer.lines) == 4
    printer.refill()
    assert printer.wait_for(lambda paper: len(paper.receipts) == 1)


def asked_on(wire: socket.socket, question: bytes) -> int:
    wire.sendall(question)
    return wire.recv(1)[0]


def test_switched_off_it_forgets_and_switched_on_it_prints_again(printer: Simulator) -> None:
    printer.cover()
    with connected(printer) as wire:
        wire.sendall(JOB + STATUS[0])
        wire.recv(1)
        printer.switch_off()
        assert wire.recv(1) == b""
    with pytest.raises(ConnectionError):
        connected(printer)
    printer.switch_on()
    printer.cover(False)
    assert asked(printer, b"after\n\x1dr\x01") == [0]
    assert [line.text for line in printer.lines] == ["after"]


def test_one_speaks_to_it_at_a_time(printer: Simulator) -> None:
    with connected(printer) as first, connected(printer) as second:
        assert asked_on(first, STATUS[0]) == 0x12
        second.sendall(STATUS[0])
        second.settimeout(0.05)
        with pytest.raises(TimeoutError):
            second.recv(1)
        first.close()
        second.settimeout(10)
        assert second.recv(1) == b"\x12"


def test_mute_it_prints_and_says_nothing(printer: Simulator) -> None:
    printer.mute()
    with connected(printer) as wire:
        wire.sendall(STATUS[0] + b"text\n\x1dr\x01")
        assert printer.wait_for(lambda paper: len(paper.lines) == 1)
        printer.wait_idle()
        printer.mute(False)
        assert asked_on(wire, STATUS[0]) == 0x12  # nothing stands before this answer


def test_the_drawer_opens_in_its_turn_or_at_once(printer: Simulator) -> None:
    printer.paper_out()
    with connected(printer) as wire:
        wire.sendall(b"\x1bp\x00\x19\xfa" + STATUS[0])
        wire.recv(1)
        assert printer.paper.drawer_pulses == 0
        wire.sendall(b"\x10\x14\x01\x00\x01" + STATUS[0])
        wire.recv(1)
        assert printer.paper.drawer_pulses == 1
        printer.refill()
        assert printer.wait_for(lambda paper: paper.drawer_pulses == 2)


def test_its_buffer_can_be_cleared_while_it_is_stopped(printer: Simulator) -> None:
    printer.paper_out()
    with connected(printer) as wire:
        wire.sendall(b"lost\n\x10\x05\x02" + STATUS[0])
        wire.recv(1)
        printer.refill()
        wire.sendall(b"kept\n\x1dr\x01")
        assert wire.recv(1) == b"\x00"
    assert [line.text for line in printer.lines] == ["kept"]


@given(st.lists(st.integers(1, 40)))
def test_bytes_may_come_in_any_pieces(cuts: list[int]) -> None:
    whole, pieces = list(Decoder().feed(JOB)), []
    decoder, rest = Decoder(), JOB
    for cut in cuts:
        pieces += list(decoder.feed(rest[:cut]))
        rest = rest[cut:]
    assert [*pieces, *decoder.feed(rest)] == whole


@given(st.binary(max_size=200), st.lists(st.integers(1, 9)))
def test_no_bytes_can_stop_it(noise: bytes, cuts: list[int]) -> None:
    real_time, decoder, paper, taken = RealTime(), Decoder(), Paper(32), 0
    for cut in [*cuts, len(noise)]:
        for ordinary, command in real_time.split(noise[taken : taken + cut]):
            assert len(command) in {0, 3, 5}
            for action in decoder.feed(ordinary):
                paper.do(action)
        taken += cut
    assert all(len(line.text.encode("gbk", "replace")) <= 32 for line in paper.lines if line.kind == "text")


def test_real_time_commands_are_found_in_the_middle_of_text_and_across_pieces() -> None:
    real_time = RealTime()
    assert list(real_time.split(b"a\x10\x04\x01b\x10")) == [(b"a", b"\x10\x04\x01"), (b"b", b"")]
    assert list(real_time.split(b"\x14\x01\x00")) == [(b"", b"")]
    assert list(real_time.split(b"\x01c\x10d")) == [(b"", b"\x10\x14\x01\x00\x01"), (b"c\x10d", b"")]


def test_it_notes_what_another_printer_might_do_something_else_with() -> None:
    paper = Paper(8, cutter=False)
    for action in Decoder().feed(b"\x1bt\x00\x07" + "一二三四五\n".encode("gbk") + b"\xff\xff\x1dV\x00\x1dk\x04"):
        paper.do(action)
    assert [fault.partition(":")[0] for fault in paper.faults] == [
        "unknown 1b74",
        "unknown 07",
        "line too long",
        "not GB 18030",
        "cut without a cutter",
        "unknown 1d6b04",
    ]
    assert [line.text for line in paper.lines][:2] == ["一二三四", "五"]


def test_alignment_by_the_printer_is_drawn() -> None:
    paper = Paper(8)
    for action in Decoder().feed(b"\x1ba1ab\n\x1ba\x02ab\n\x1d!\x11\x1ba\x01ab\n\x1c.\xa3\n"):
        paper.do(action)
    assert [line.text for line in paper.lines][:3] == ["   ab", "      ab", " ab"]
    assert render(paper.lines[2], 8) == ("  a b",)


def test_symbols_and_cuts_are_named_on_its_paper() -> None:
    assert render(PaperLine("qr", "x" * 10), 8) == ("  [QR]", "x" * 8, "   xx")
    assert render(PaperLine("cut"), 8) == ("- - - -",)
    assert Action("character", b"a").length == 1
