"""What a terminal sends that is no character drops a key, and nothing else; a terminal of another encoding works."""

from __future__ import annotations

import pytest

from tests.screens.lent_desks import LentDesk, LentDesks
from tests.tiers import nightly

pytestmark = pytest.mark.pty

GB18030 = {"LANG": "zh_CN.GB18030"}
GBK = {"LANG": "zh_CN.GBK"}


def at_the_name(desk: LentDesk) -> None:
    """A form open, the cursor in a name."""
    terminal = desk.terminal
    terminal.send(b"c1\r1\r37010219900517123X\r")
    terminal.wait(lambda: terminal.shows("37010219900517123X"))


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("GBK", b"\xd5\xc5"),
        ("half a character", b"\xe5\xbc"),
        ("pasted", b"\x1b[200~\xd5\xc5\x1b[201~"),
        *nightly(("a byte of noise", b"\xff"), ("a continuation of nothing", b"\xa0"), ("overlong", b"\xc0\xaf")),
    ],
)
def test_a_byte_that_is_no_character_is_a_dropped_key(desks: LentDesks, name: str, sent: bytes) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        at_the_name(desk)
        terminal.send(sent)
        terminal.wait(lambda: terminal.shows(" dropped") and terminal.shows("no UTF-8"))
        terminal.read(0.3)
        terminal.send("张三\r".encode())
        terminal.wait(lambda: desk.draft.get("name") == "张三")
        terminal.read(0.4)  # hands rest; the mark is for what came before
        terminal.send("泉".encode())
        terminal.wait(lambda: terminal.shows("泉") and not terminal.shows(" dropped"))
        assert not terminal.ended(), name


def test_the_mark_stays_through_the_burst_that_the_byte_came_in(desks: LentDesks) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        at_the_name(desk)
        terminal.send("张".encode() + b"\xff" + "三\r泉城路\r".encode())
        terminal.wait(lambda: desk.draft.get("address") == "泉城路")
        terminal.wait(lambda: terminal.shows(" dropped"))
        assert desk.draft["name"] == "张三"


def test_a_lone_escape_and_a_split_character_are_what_they_are(desks: LentDesks) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        at_the_name(desk)
        for byte in "张三".encode():
            terminal.send(bytes([byte]))
            terminal.read(0.05)
        terminal.send(b"\r")
        terminal.wait(lambda: desk.draft.get("name") == "张三")
        terminal.send(b"\x1b")
        terminal.wait(lambda: terminal.shows("Give it up?"))
        assert not terminal.shows(" dropped")
        terminal.read(0.5)  # what is typed ahead is no answer
        terminal.send(b"\x1b")
        terminal.wait(lambda: not terminal.shows("Give it up?"))


@pytest.mark.parametrize("environment", [GB18030, *nightly(GBK), {"BOSS_TERMINAL_ENCODING": "gb18030"}])
def test_a_terminal_of_another_encoding(desks: LentDesks, environment: dict[str, str]) -> None:
    with desks.lent(language="zh_CN", environment=environment, charset="gb18030") as desk:
        terminal = desk.terminal
        terminal.send(b"c1\r1\r37010219900517123X\r")
        name = "张三丰"
        for byte in name.encode("gb18030"):
            terminal.send(bytes([byte]))
        terminal.send(b"\r")
        terminal.wait(lambda: desk.draft.get("name") == name)
        terminal.wait(lambda: terminal.shows(name))


def test_a_rare_character_in_four_bytes(desks: LentDesks) -> None:
    with desks.lent(environment=GB18030, charset="gb18030") as desk:
        terminal = desk.terminal
        at_the_name(desk)
        terminal.send("李𠮷\r".encode("gb18030"))
        terminal.wait(lambda: desk.draft.get("name") == "李𠮷")
        terminal.wait(lambda: terminal.shows("李𠮷"))


NAMES = {
    "李\U0002ebf0明": "李\U0002ebf0明",  # of Unicode 15.1
    "李\ue863": "李䶮",  # a private code of GBK
    "李\u3000明": "李\u3000明",
    "李\ue000明": "李\ue000明",  # nobody's, and last: it stays there, and the field's rule names it
}


@pytest.mark.parametrize("way", ["typed", *nightly("pasted")])
def test_no_character_of_a_name_vanishes_on_its_way_in(desks: LentDesks, way: str) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        at_the_name(desk)
        for sent, name in NAMES.items():
            terminal.send(sent.encode() if way == "typed" else b"\x1b[200~" + sent.encode() + b"\x1b[201~")
            terminal.send(b"\r\x1b[A")  # and back to the name, which the next one takes the place of
            terminal.wait(lambda name=name: desk.draft.get("name") == name)  # type: ignore[misc]
