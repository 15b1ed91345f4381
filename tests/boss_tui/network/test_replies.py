"""Response files: exact frames, cut files, changed files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.network.replies import Replies, Reply, as_bytes, read_replies
from boss_tui.network.textfile import BadFile, NotComplete, sealed
from data.errors import NotAllowed

BATCH = "HLR-1_0571-01_0001_00000042.batch"
FRAME = "+++    HSS53        2026-11-23 09:00:05+08:00\nRETCODE = 0  操作成功\n\n---    END"
REPLIES = Replies(BATCH, 1, "2026-11-23T01:00:05.000001Z", (Reply("a/1", FRAME), Reply("a/2", "EXECUTED")))


def test_the_form_can_be_read_by_a_person() -> None:
    text = as_bytes(REPLIES).decode()
    assert REPLIES.name == "HLR-1_0571-01_0001_00000042.0001.answers"
    assert (
        "\n= a/1\n|+++    HSS53        2026-11-23 09:00:05+08:00\n|RETCODE = 0  操作成功\n|\n|---    END\n= a/2\n"
        in text
    )
    assert read_replies(text.encode()) == REPLIES


ANY = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("\\u|=\r\n\x00 0aE\u2028\ud800\U000e0001"), max_size=20
)


@given(st.lists(ANY, max_size=5))
def test_every_frame_comes_back_exactly(frames: list[str]) -> None:
    replies = Replies(BATCH, 3, REPLIES.created, tuple(Reply(f"k{n}", raw) for n, raw in enumerate(frames)))
    assert read_replies(as_bytes(replies)) == replies


def test_undecodable_bytes_come_back() -> None:
    raw = b"\xb2\xd9\xd7\xf7 EXECUTED".decode("utf-8", "surrogateescape")
    (reply,) = read_replies(as_bytes(Replies(BATCH, 1, REPLIES.created, (Reply("k", raw),)))).replies
    assert reply.raw.encode("utf-8", "surrogateescape") == b"\xb2\xd9\xd7\xf7 EXECUTED"


def test_a_file_cut_anywhere_gives_nothing() -> None:
    whole = as_bytes(REPLIES)
    for length in range(len(whole)):
        with pytest.raises(NotComplete):
            read_replies(whole[:length])


def test_every_changed_byte_is_noticed() -> None:
    whole = as_bytes(REPLIES)
    for at in range(len(whole)):
        with pytest.raises((BadFile, NotComplete)):
            read_replies(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


HEAD = ["BOSS-ANSWERS 1", f"batch: {BATCH}", "part: 1", f"created: {REPLIES.created}", "count: 1", ""]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["|frame without its key"], 7),
        (["= k"], 7),
        (["= k", "= l", "|x"], 8),
        (["= k", "|x", "= k", "|y"], 9),
        (["= k", "x"], 8),
        (["= k", r"|\q"], 8),
        (["= k", r"|\Uffffffff"], 8),
        (["= k", "|x", "= l", "|y"], 5),
    ],
)
def test_a_wrong_line_is_named(lines: list[str], line: int) -> None:
    with pytest.raises(BadFile) as wrong:
        read_replies(sealed([*HEAD, *lines], 1))
    assert wrong.value.line == line


def test_what_would_not_be_read_back_is_not_written() -> None:
    for bad in (
        Replies("../x.batch", 1, REPLIES.created, ()),
        Replies(BATCH, 1, REPLIES.created, (Reply("k", "x"), Reply("k", "y"))),
    ):
        with pytest.raises(NotAllowed):
            as_bytes(bad)


def test_strangers_are_named() -> None:
    assert REPLIES.strangers(frozenset({"a/1"})) == ("a/2",)
