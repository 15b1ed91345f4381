"""Where a service may be."""

from __future__ import annotations

import pytest

from boss_tui.remote.address import fault_in


@pytest.mark.parametrize(
    "address",
    [
        "https://police.example",
        "https://police.example:8443/check/v1",
        "http://127.0.0.1:8080",
        "http://localhost/x",
        "http://[::1]:9",
        "simulated:",
    ],
)
def test_may_be_asked(address: str) -> None:
    assert fault_in(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "police.example",
        "ftp://police.example",
        "https://",
        "https://police.example:99999",
        "https://police .example",
        "https://me:secret@police.example",
        "https://police.example/?q=1",
        "https://police.example/#a",
        "http://police.example",
        "http://127.0.0.1.example",
        "http://192.168.1.9",
    ],
)
def test_may_not(address: str) -> None:
    assert fault_in(address) is not None
