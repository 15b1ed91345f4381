"""What is typed ahead takes effect where it would have, had it been typed slowly: a real process, a real terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.screens.lent_desks import HOME as HOMES
from tests.screens.lent_desks import PROGRAM, LentDesks
from tests.screens.terminal_process import F, TerminalProcess
from tests.tiers import nightly

HOME = HOMES["en"]
NAMES = ["张", "张三", "张三丰", "欧阳修文", "迪丽热巴木", "阿卜杜拉买买", "买买提江阿布都拉", "古丽米热艾合买提江乌斯"]
VALUES = {
    "id_kind": "1",
    "id_no": "37010219900517123X",
    "name": "张三丰",
    "address": "历下区泉城路1号",
    "agent": "y",
    "agent_name": "李四",
    "agent_id": "G12345678",
    "number": "13812345678",
    "sim": "89860012345678901234",
    "product": "QQT88",
    "months": "12",
    "prepaid": "50",
    "note": "ok",
}
TYPED = "c1\r" + "".join(value + "\r" for value in VALUES.values())
BUY = TYPED.encode() + F[10] + b"500\r" + F[10]
SIGN_ON = b"8001\rsecret\r"


def result(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())) if path.exists() else {}


def bought(path: Path) -> bool:
    return bool(result(path).get("done"))


@pytest.mark.pty
@pytest.mark.parametrize(
    ("gap", "delay"), [(0, 0), (0.005, 0), (0.01, 0.02), *nightly((0.002, 0), (0.01, 0), (0.02, 0), (0, 0.02))]
)
def test_a_whole_opening_typed_without_looking(desks: LentDesks, gap: float, delay: float) -> None:
    """From a cold start, each night: `tests/journeys/test_typing.py`."""
    with desks.lent(delay) as desk:
        desk.terminal.send(BUY, gap)
        desk.terminal.wait(lambda: bool(desk.done))
        assert desk.done == [["C1", VALUES, [50000]]]


@pytest.mark.pty
@pytest.mark.parametrize("late", [0.5, *nightly(0.0)])
def test_nothing_is_lost_that_was_typed_before_the_program_was_there(tmp_path: Path, late: float) -> None:
    out = tmp_path / "result.json"
    with TerminalProcess(PROGRAM, str(out), f"late={late}", "entrance=off") as terminal:
        terminal.send(SIGN_ON + BUY)  # the interpreter has not even started
        terminal.wait(lambda: bought(out))
    assert result(out)["done"] == [["C1", VALUES, [50000]]]


@pytest.mark.pty
def test_nothing_is_lost_that_was_typed_while_the_program_was_loading(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    with TerminalProcess(PROGRAM, str(out), "late=0.3", "entrance=off") as terminal:
        terminal.send(SIGN_ON + BUY, 0.005)  # 172 keys, so that some fall on each moment of the start
        terminal.wait(lambda: bought(out))
    assert result(out)["done"] == [["C1", VALUES, [50000]]]


@pytest.mark.pty
def test_a_wrong_field_drops_the_rest_and_fills_no_other(desks: LentDesks) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        terminal.send("c1\r1\r37010219\r张三丰\r泉城路\rn\r13812345678\r".encode(), 0.005)
        terminal.wait(lambda: terminal.shows("keys dropped") and terminal.shows("A resident ID has 18"))
        terminal.read(0.4)  # a rest; then typing is taken again, in the field that was wrong
        terminal.send("37010219900517123X\r张三丰\r".encode(), 0.01)
        terminal.wait(lambda: desk.draft.get("name") == "张三丰")
        assert desk.drafts == [{"id_kind": "1", "id_no": "37010219900517123X", "name": "张三丰"}]


@pytest.mark.pty
@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_chinese_names_of_any_length(desks: LentDesks, way: str) -> None:
    with desks.lent() as desk:
        terminal = desk.terminal
        terminal.send(b"c1\r1\r37010219900517123X\r")
        for name in NAMES:
            text = name.encode()
            # A commit of an input method arrives in one piece; a paste in brackets, here with a line end.
            terminal.send(text if way == "typed" else b"\x1b[200~" + text + b"\r\n\x1b[201~")
            terminal.send(b"\r\x1b[A")
            terminal.wait(lambda name=name: desk.draft.get("name") == name)  # type: ignore[misc]
        terminal.wait(lambda: terminal.shows(NAMES[-1]))
        assert b"\x1b[>" not in terminal.bytes.replace(b"\x1b[>c", b"")  # the Kitty protocol was never asked for


@pytest.mark.pty
def test_keys_that_wait_are_counted_on_the_screen(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    with TerminalProcess(PROGRAM, str(out), "delay=1.0") as terminal:
        terminal.wait(lambda: terminal.shows(HOME))
        terminal.send(b"c1\rabcdef")
        terminal.wait(lambda: terminal.shows("keys waiting"))


@pytest.mark.pty
def test_the_terminal_is_given_back_as_it_was(tmp_path: Path) -> None:
    with TerminalProcess("tests.screens.shell_around", str(tmp_path / "result.json")) as terminal:
        terminal.wait(lambda: terminal.shows(HOME))
        terminal.send(b"\x11")
        terminal.wait(lambda: terminal.shows("SAME") or terminal.shows("CHANGED"))
        assert terminal.shows("SAME"), terminal.text()
