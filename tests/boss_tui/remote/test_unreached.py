"""Faults of connections in words."""

from __future__ import annotations

import socket

import pytest

from boss_tui.remote.unreached import unreached
from data.message import Message


def caused(by: BaseException, told: str = "All connection attempts failed.") -> BaseException:
    """A library's fault over that of the machine, as httpx has it over httpcore's."""
    fault = OSError(told)
    fault.__cause__ = RuntimeError("in between")
    fault.__cause__.__context__ = by
    return fault


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "nobody listens there"),
        (ConnectionResetError(104, "Connection reset by peer"), "it hung up without an answer"),
        (RuntimeError("Server disconnected without sending a response."), "it hung up without an answer"),
        (socket.gaierror(-2, "Name or service not known"), "nobody knows this name"),
        (OSError(113, "No route to host"), "no network leads there"),
    ],
)
def test_what_there_are_words_for(by: BaseException, words: str) -> None:
    told = unreached(caused(by))
    assert isinstance(told, Message)
    assert str(told) == words


def test_what_there_are_none_for_is_told_as_it_came() -> None:
    assert unreached(caused(OSError(5, "x"))) == "All connection attempts failed"
    assert unreached(ValueError()) == "ValueError"
    assert len(unreached(ValueError("x" * 500)).split()[0]) < 500  # type: ignore[union-attr]
