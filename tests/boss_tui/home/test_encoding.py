"""Which encoding a terminal has, and what is read of it: whatever comes, in whatever pieces, nothing ends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.home.encoding import Reader, Unread, known, terminal_encoding, written
from boss_tui.home.folder import FILE, written_setting
from boss_tui.home.settings import Home
from data.errors import BadForm

ENCODINGS = ("utf-8", "gbk", "gb18030")
NAMES = "张三丰 䶮 𠮷 买买提·艾力"


def read(reader: Reader, *pieces: bytes) -> list[str | Unread]:
    return [found for piece in pieces for found in reader.read(piece)]


@pytest.mark.parametrize(
    ("environment", "chosen", "stream", "encoding"),
    [
        ({}, "", "", "utf-8"),
        ({"LANG": "zh_CN.UTF-8"}, "", "utf-8", "utf-8"),
        ({"LANG": "zh_CN.GB18030"}, "", "utf-8", "gb18030"),
        ({"LANG": "zh_CN.GBK"}, "", "utf-8", "gbk"),
        ({"LANG": "zh_CN.gb2312"}, "", "utf-8", "gb2312"),
        ({"LANG": "zh_CN"}, "", "gb2312", "gb2312"),
        ({"LANG": "zh_CN.GBK@radical"}, "", "utf-8", "gbk"),
        ({"LANG": "zh_CN.GBK", "LC_CTYPE": "zh_CN.UTF-8"}, "", "utf-8", "utf-8"),
        ({"LANG": "zh_CN.GBK", "LC_CTYPE": "C.UTF-8"}, "", "utf-8", "gbk"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "", "utf-8", "utf-8"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "", "utf-8", "gb18030"),
        ({"LANG": "zh_CN.UTF-8"}, "gbk", "utf-8", "gbk"),
        ({"LANG": "zh_CN.UTF-8", "BOSS_TERMINAL_ENCODING": "GB18030"}, "gbk", "utf-8", "gb18030"),
        ({"LANG": "zh_CN.UTF-8", "BOSS_TERMINAL_ENCODING": "klingon"}, "", "utf-8", "utf-8"),
        ({"LANG": "en_US.UTF-16"}, "", "", "utf-8"),
        ({"LANG": "C"}, "", "ascii", "utf-8"),
    ],
)
def test_the_encoding_of_a_terminal(environment: dict[str, str], chosen: str, stream: str, encoding: str) -> None:
    assert terminal_encoding(environment, chosen, stream) == encoding


@pytest.mark.parametrize("name", ["hex", "rot13", "utf-16", "utf-8-sig", "", "no such thing", "a\0b"])
def test_what_no_terminal_speaks_is_none(name: str) -> None:
    assert known(name) == ""


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_characters_may_be_split_anywhere(encoding: str) -> None:
    data = NAMES.encode("utf-8" if encoding == "utf-8" else "gb18030")
    for size in (1, 2, 3, 5):
        reader = Reader(encoding)
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert "".join(map(str, read(reader, *pieces))) == NAMES
        assert not reader.pending


@pytest.mark.parametrize(
    ("encoding", "pieces", "found"),
    [
        ("utf-8", [b"\xff"], [Unread(b"\xff")]),
        ("utf-8", [b"a\xd5\xc5b"], ["a", Unread(b"\xd5\xc5"), "b"]),  # GBK
        ("utf-8", [b"\xe5\xbc", b"A"], [Unread(b"\xe5\xbc"), "A"]),  # cut off
        ("utf-8", [b"\xe5", b"\x1b[B"], [Unread(b"\xe5"), "\x1b[B"]),
        ("utf-8", [b"\xc0\xaf"], [Unread(b"\xc0\xaf")]),  # overlong
        ("utf-8", [b"\xed\xa0\x80"], [Unread(b"\xed\xa0\x80")]),  # a surrogate
        ("utf-8", [b"\xf4\x90\x80\x80"], [Unread(b"\xf4\x90\x80\x80")]),  # beyond Unicode
        ("utf-8", [b"\x80"], [Unread(b"\x80")]),  # a continuation of nothing
        ("gb18030", [b"\xd5\x1b[B"], [Unread(b"\xd5"), "\x1b[B"]),
        ("gb18030", [b"\xff\x1b"], [Unread(b"\xff"), "\x1b"]),
        ("gbk", [b"\xd5", b"\xc5\r"], ["张\r"]),
    ],
)
def test_what_is_no_character_is_set_aside_alone(encoding: str, pieces: list[bytes], found: list[str | Unread]) -> None:
    assert read(Reader(encoding), *pieces) == found


@pytest.mark.parametrize(("encoding", "half"), [("utf-8", b"\xe5\xbc"), ("gb18030", b"\xd5"), ("gbk", b"\x81\x30\x81")])
def test_half_a_character_waits_and_can_be_given_up(encoding: str, half: bytes) -> None:
    reader = Reader(encoding)
    assert read(reader, half) == []
    assert reader.pending
    given_up = list(reader.give_up())
    assert given_up == [Unread(half)]
    assert not reader.pending
    assert read(reader, "张".encode("utf-8" if encoding == "utf-8" else "gb18030")) == ["张"]


@given(st.sampled_from(ENCODINGS), st.lists(st.binary(max_size=12), max_size=8))
def test_no_bytes_end_the_reading_and_none_is_lost(encoding: str, pieces: list[bytes]) -> None:
    reader = Reader(encoding)
    found = [*read(reader, *pieces), *reader.give_up()]
    back = b"".join(each.data if isinstance(each, Unread) else each.encode(reader.spoken) for each in found)
    assert back == b"".join(pieces)


@pytest.mark.parametrize(
    ("text", "encoding", "data"),
    [
        ("张", "utf-8", "张".encode()),
        ("张", "gbk", b"\xd5\xc5"),
        ("张", "gb2312", b"\xd5\xc5"),
        ("𠮷│a", "gb18030", "𠮷│a".encode("gb18030")),
        ("𠮷é a", "gbk", b"??\xa8\xa6 a"),  # as wide as before
        ("ä", "gbk", b"?"),
        ("\ud800", "utf-8", b"?"),
    ],
)
def test_what_is_written(text: str, encoding: str, data: bytes) -> None:
    assert written(text, encoding) == data


def test_the_settings_say_what_the_terminal_speaks(tmp_path: Path) -> None:
    Home.make(tmp_path, outlet="HZ01", counter="HZ0101", terminal_encoding="GB18030")
    assert written_setting(tmp_path, "terminal_encoding") == "GB18030"
    assert Home(tmp_path).settings.terminal_encoding == "GB18030"
    (tmp_path / FILE).write_text('outlet = "HZ01"\ncounter = "HZ0101"\nterminal_encoding = "klingon"\n')
    with pytest.raises(BadForm) as wrong:
        Home(tmp_path)
    assert set(wrong.value.errors) == {"terminal_encoding"}


def test_settings_that_can_not_be_read_early_say_nothing(tmp_path: Path) -> None:
    assert written_setting(tmp_path, "terminal_encoding") == ""
    (tmp_path / FILE).write_text("terminal_encoding = ")
    assert written_setting(tmp_path, "terminal_encoding") == ""
