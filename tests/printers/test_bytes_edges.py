"""What a printer says and what it is told, bit by bit; and what becomes of a job: rows in memory, no wire."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from data.clock import stamp
from data.errors import BadForm
from data.message import say
from data.tables.printing import PrinterRoll
from data.tables.sync import Printer, PrintJob
from printers import setting_up, spool
from printers.decoder import Action, Decoder, RealTime
from printers.devices import Sent
from printers.document import HALLS, Logo, Text
from printers.fonts import folders
from printers.logos import _is_place
from printers.markup.checking import NARROWEST, _rooms
from printers.spool import RETRY_SECONDS, Spool, note_roll
from printers.status import Answers, Status, is_confirmation, is_status, near_end, read_status
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, Rows, row

__all__ = ["empty_store", "tx"]


# what it says of itself


class Wire:
    """A printer that answers each question with these bytes, in pieces."""

    def __init__(self, **answers: bytes) -> None:
        self.answers = {number: answers.get(name, b"") for name, number in QUESTIONS.items()}
        self.asked: list[int] = []
        self._left: list[bytes] = []

    def send(self, question: bytes, _: float) -> None:
        assert question[:2] == b"\x10\x04"
        self.asked.append(question[2])
        self._left = [bytes([byte]) for byte in self.answers[question[2]]]

    def receive(self, _: float) -> bytes:
        return self._left.pop(0) if self._left else b""


QUESTIONS = {"printer": 1, "cause": 2, "error": 3, "paper": 4}
OFF = {"answered": True, "online": False}


@pytest.mark.parametrize(
    ("answers", "found", "asked"),
    [
        ({}, {}, [1]),
        ({"printer": b"\x00"}, {}, [1]),
        ({"printer": b"\x12"}, {"answered": True, "online": True}, [1, 4]),
        ({"printer": b"\x16", "paper": b"\x12"}, {"answered": True, "online": True}, [1, 4]),
        ({"printer": b"\x12", "paper": b"\x16"}, {"answered": True, "online": True, "near_end": True}, [1, 4]),
        ({"printer": b"\x12", "paper": b"\x1a"}, {"answered": True, "online": True, "near_end": True}, [1, 4]),
        ({"printer": b"\x12", "paper": b"\x32"}, {"answered": True, "online": True, "paper_out": True}, [1, 4]),
        ({"printer": b"\x12", "paper": b"\x52"}, {"answered": True, "online": True, "paper_out": True}, [1, 4]),
        ({"printer": b"\x1a"}, OFF, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "cause": b"\x16"}, {**OFF, "cover_open": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "cause": b"\x32"}, {**OFF, "paper_out": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "paper": b"\x52"}, {**OFF, "paper_out": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "cause": b"\x52"}, {**OFF, "fault": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "error": b"\x1a"}, {**OFF, "fault": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "error": b"\x32"}, {**OFF, "fault": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "error": b"\x52"}, {**OFF, "fault": True}, [1, 4, 2, 3]),
        ({"printer": b"\x1a", "error": b"\x16"}, OFF, [1, 4, 2, 3]),
        # automatic status is passed over
        ({"printer": b"\x10\x12\x12\x12\x1a"}, OFF, [1, 4, 2, 3]),
        ({"printer": b"\x10\x12\x12\x12"}, {}, [1]),
    ],
)
def test_a_status_is_read_bit_by_bit(answers: dict[str, bytes], found: dict[str, bool], asked: list[int]) -> None:
    wire: Any = Wire(**answers)
    assert read_status(wire, 1.0) == Status(**found)
    assert wire.asked == asked


@pytest.mark.parametrize(
    ("paper", "near"), [(b"\x12", False), (b"\x16", True), (b"\x1a", True), (b"\x32", False), (b"", False)]
)
def test_paper_that_is_nearly_used_up(paper: bytes, near: bool) -> None:
    wire: Any = Wire(paper=paper)
    assert near_end(wire, 1.0) is near


def test_the_shapes_of_answers() -> None:
    assert [byte for byte in range(256) if is_status(byte)] == [
        0x12 | more for more in (0, 4, 8, 12, 32, 36, 40, 44, 64, 68, 72, 76, 96, 100, 104, 108)
    ]
    assert [is_confirmation(byte) for byte in (0, 3, 0x6F, 0x10, 0x80, 0x90)] == [True, True, True, False, False, False]
    answers = Answers()
    assert list(answers.read(b"\x12\x10\x12")) == [0x12]
    assert list(answers.read(b"\x12\x12\x16")) == [0x16]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status(), "does not answer"),
        (Status(answered=True, paper_out=True, cover_open=True), "out of paper"),
        (Status(answered=True, cover_open=True, fault=True), "cover is open"),
        (Status(answered=True, fault=True), "fault"),
        (Status(answered=True), "off-line"),
        (Status(answered=True, online=True, near_end=True), "nearly used up"),
        (Status(answered=True, online=True), "is ready."),
    ],
)
def test_what_is_most_in_the_way_is_said(status: Status, told: str) -> None:
    assert told in str(status.message())


# what it is told


@pytest.mark.parametrize(
    ("stream", "names"),
    [
        (b"\x1b@", ["reset"]),
        (b"\x1bE\x01", ["bold"]),
        (b"\x1bp\x00\x01\x02", ["drawer"]),
        (b"\x1dV\x00", ["cut"]),
        (b"\x1dV\x41\x03", ["cut"]),
        (b"\x1dV\x42\x03", ["cut"]),
        (b"\x1dV\x40A", ["cut", "character"]),
        (b"\x1dV\x43A", ["cut", "character"]),
        (b"\x1d(k\x03\x00\x31\x43\x06", ["qr_67"]),
        (b"\x1d(k\x02\x00\x31\x43", ["qr_67"]),
        (b"\x1d(k\x03\x00\x30\x43\x06", ["unknown"]),
        (b"\x1d(k\x01\x00\x31\x43", ["unknown", "character"]),
        (b"\x1d(L\x06\x00\x30\x45ab\x01\x01", ["stored_picture"]),
        (b"\x1d(L\x05\x00\x30\x45ab\x01", ["unknown"]),
        (b"\x1d(L\x07\x00\x30\x45ab\x01\x01\x01", ["unknown"]),
        (b"\x1d(L\x06\x00\x30\x46ab\x01\x01", ["unknown"]),
        (b"\x1d(M\x06\x00\x30\x45ab\x01\x01", ["unknown"]),
        (b"\x1dk\x49\x02ab", ["barcode"]),
        (b"\x1dk\x48A", ["unknown", "character"]),
        (b"\x1dv0\x00\x02\x00\x01\x00ab", ["picture"]),
        (b"\x1dv0\x00\x00\x01\x01\x00" + bytes(256), ["picture"]),
        (b"\x1b*\x21\x01\x00abc", ["drawn"]),
        (b"\x1b*\x21\x00\x01" + bytes(768), ["drawn"]),
        (b"\x1b*\x20\x01\x00", ["unknown", "unknown", "nothing"]),
        (b"\x1bz", ["unknown"]),
        (b"\x00\x0a\x0d", ["nothing", "line_feed", "return"]),
        (b"\x1f\x7f\x20", ["unknown", "unknown", "character"]),
        (b"\x81\x40\x80A", ["character", "character", "character"]),
        (b"\x81\x30\x81\x30", ["character"]),
        (b"\x81\x39\x81\x30", ["character"]),
        (b"\x81\x2fA", ["character", "character"]),
        (b"\x81\x3aA", ["character", "character"]),
        (b"\x1c.\x81A", ["latin", "character", "character"]),
        (b"\x1c.\x1b@\x81A", ["latin", "reset", "character"]),
    ],
)
def test_a_stream_is_taken_apart_however_it_comes(stream: bytes, names: list[str]) -> None:
    whole = list(Decoder().feed(stream))
    assert [action.name for action in whole] == names
    assert sum(action.length for action in whole) == len(stream)
    one_by_one = Decoder()
    assert [action for byte in stream for action in one_by_one.feed(bytes([byte]))] == whole
    if len(whole) == 1:
        assert list(Decoder().feed(stream[:-1])) == []


def test_what_a_command_brings() -> None:
    assert list(Decoder().feed(b"\x1d(L\x06\x00\x30\x45ab\x01\x01")) == [Action("stored_picture", b"ab\x01\x01", 11)]
    assert list(Decoder().feed(b"\x1dk\x49\x02ab")) == [Action("barcode", b"ab", 6)]
    assert list(Decoder().feed(b"\x1dv0\x00\x01\x00\x02\x00ab")) == [Action("picture", b"\x01\x00\x02\x00ab", 10)]


@pytest.mark.parametrize(
    ("stream", "pairs"),
    [
        (b"ab", [(b"ab", b"")]),
        (b"a\x10\x04\x01b", [(b"a", b"\x10\x04\x01"), (b"b", b"")]),
        (b"\x10\x05\x01", [(b"", b"\x10\x05\x01"), (b"", b"")]),
        (b"\x10\x14\x01\x00\x05b", [(b"", b"\x10\x14\x01\x00\x05"), (b"b", b"")]),
        (b"a\x10Ab", [(b"a\x10Ab", b"")]),
        (b"a\x10\x10\x04\x01", [(b"a\x10", b"\x10\x04\x01"), (b"", b"")]),
        (b"a\x10", [(b"a", b"")]),
        (b"a\x10\x04", [(b"a", b"")]),
    ],
)
def test_real_time_commands_are_taken_out(stream: bytes, pairs: list[tuple[bytes, bytes]]) -> None:
    assert list(RealTime().split(stream)) == pairs
    split = RealTime()
    found = [pair for byte in stream for pair in split.split(bytes([byte]))]
    assert b"".join(plain for plain, _ in found) == b"".join(plain for plain, _ in pairs)
    assert [command for _, command in found if command] == [command for _, command in pairs if command]


# on the paper


def test_only_the_hall_s_own_logo_is_a_place_for_it() -> None:
    assert [_is_place(block) for block in (Logo(HALLS), Logo(HALLS + 1), Text("x"))] == [True, False, False]


@pytest.mark.parametrize(
    ("values", "rooms"),
    [
        ({"word": "text", "wrap": False}, (NARROWEST,)),
        ({"word": "text", "wrap": True}, (0,)),
        ({"word": "row", "widths": (8, 0)}, (8, NARROWEST)),
        ({"word": "row", "widths": ()}, (NARROWEST, NARROWEST)),
        ({"word": "pair"}, (NARROWEST, NARROWEST)),
        ({"word": "qr"}, (0, 0)),
    ],
)
def test_the_room_that_words_have(values: dict[str, Any], rooms: tuple[int, ...]) -> None:
    line: Any = SimpleNamespace(**{"widths": (), "wrap": False, "cells": ((), ()), **values})
    assert _rooms(line) == rooms


@pytest.mark.parametrize(
    ("platform", "first"),
    [("linux", ".local"), ("win32", "Local"), ("darwin", "Library"), ("freebsd", ".local")],
)
def test_each_system_keeps_its_fonts_where_it_does(platform: str, first: str) -> None:
    found = list(folders({"HOME": "/h", "LOCALAPPDATA": "/h/Local"}, platform))
    assert found[0].parts[2] == first
    assert (Path("/usr/share/fonts") in found) == (first == ".local")


# what becomes of a job


def job(**values: Any) -> Any:
    return row(PrintJob, id="j", **{"printer": "P80", "state": "sending", "sender": "me", "attempts": 2, **values})


def settled(tx: Loose, sent: Sent, **values: Any) -> Any:
    tx.put(job(**values), row(Printer, code="P80", state="active"))
    made: Any = object.__new__(Spool)
    made._sender = "me"
    made._settle(tx, job(), sent)
    return tx.one(PrintJob, id="j")


@pytest.mark.parametrize(
    ("values", "ours"),
    [
        ({}, True),
        ({"state": "unknown"}, True),
        ({"state": "queued"}, False),
        ({"state": "acknowledged"}, False),
        ({"sender": "other"}, False),
        ({"attempts": 3}, False),
    ],
)
def test_only_its_own_try_is_settled(tx: Loose, values: dict[str, Any], ours: bool) -> None:
    found = settled(tx, Sent("acknowledged"), **values)
    assert found.state == ("acknowledged" if ours else values.get("state", "sending"))


@pytest.mark.parametrize("attempts", [1, 2, 5, 6, 99])
def test_a_refused_job_is_tried_again_later_and_later(tx: Loose, attempts: int) -> None:
    tx.put(job(attempts=attempts), row(Printer, code="P80", state="active"))
    made: Any = object.__new__(Spool)
    made._sender = "me"
    made._settle(tx, job(attempts=attempts), Sent("refused", say("No paper.")))
    found = tx.one(PrintJob, id="j")
    wait = RETRY_SECONDS[min(attempts, 5) - 1]
    assert (found.state, found.ended_at) == ("refused", "")
    assert found.not_before[:19] == stamp(NOW + timedelta(seconds=wait))[:19]


@pytest.mark.parametrize(
    ("before", "near", "after"),
    [(None, False, ""), (None, True, "now"), ("", True, "now"), ("t", True, "t"), ("t", False, "")],
)
def test_since_when_a_roll_runs_low(tx: Loose, before: str | None, near: bool, after: str) -> None:
    if before is not None:
        tx.put(row(PrinterRoll, printer="P80", near_end_since=before))
    found = note_roll(tx, "P80", near)
    assert (found if after != "now" else bool(found)) == (after if after != "now" else True)
    assert tx.told(PrinterRoll, "near_end_since") == ([found] if before is not None or near else [])


@pytest.mark.parametrize(
    ("head", "due"),
    [([], False), ([("", True)], True), ([("t1", True)], True), ([("t2", True)], True), ([("t3", False)], False)],
)
def test_the_first_that_waits_goes_when_its_time_has_come(head: list[tuple[str, bool]], due: bool) -> None:
    reading: Any = SimpleNamespace(models=lambda *_, **__: [job(not_before=at) for at, _ in head])
    assert bool(spool._due(reading, row(Printer, code="P80"), "t2")) is due


@pytest.mark.parametrize(
    ("before", "values", "wrong"),
    [
        (None, {}, None),
        (None, {"fail_over": "never"}, None),
        (None, {"fail_over": "sometimes"}, "fail_over"),
        (None, {"fail_over": "self"}, "stand_in"),
        (None, {"fail_over": "self", "stand_in": "B"}, None),
        (None, {"stand_in": "P80"}, "stand_in"),
        (None, {"stand_in": "none"}, "stand_in"),
        ({"stand_in": "B", "fail_over": "self"}, {"stand_in": ""}, "stand_in"),
        ({"stand_in": "B", "fail_over": "never"}, {"stand_in": ""}, None),
        ({"stand_in": "B", "fail_over": "never"}, {"fail_over": "self"}, None),
        ({"stand_in": "P80", "fail_over": "self"}, {"address": "x"}, None),  # what stands is not asked for again
    ],
)
def test_another_printer_stands_in(before: dict[str, str] | None, values: dict[str, str], wrong: str | None) -> None:
    here: Any = Rows(row(Printer, code="B", state="active"), row(Printer, code="P80", state="active"))
    was = None if before is None else row(Printer, code="P80", **before)
    assert list(setting_up._wrong_stand_in(here, "P80", was, values)) == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("code", "values", "wrong"),
    [
        ("P80", {"address": "tcp://p"}, []),
        ("P80", {}, ["address"]),
        ("", {"address": "tcp://p"}, ["code"]),
        ("x" * 17, {"address": "tcp://p"}, ["code"]),
        ("x" * 16, {"address": "tcp://p"}, []),
        ("P80", {"address": "nowhere"}, ["address"]),
        ("P80", {"address": "tcp://p", "kinds": "poem"}, ["kinds"]),
    ],
)
def test_a_new_printer_is_said_whole(code: str, values: dict[str, str], wrong: list[str]) -> None:
    here: Any = Rows()
    if not wrong:
        setting_up._must_be_right(here, code, None, values)
        return
    with pytest.raises(BadForm) as refused:
        setting_up._must_be_right(here, code, None, values)
    assert list(refused.value.errors) == wrong
