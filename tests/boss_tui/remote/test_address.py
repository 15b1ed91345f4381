"""Where a service may be."""

from __future__ import annotations

import pytest

from boss_tui.remote.address import certified, fault_in


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


@pytest.mark.parametrize(
    ("address", "is_certified"),
    [
        ("https://police.example", True),
        ("HTTPS://police.example", True),
        ("http://127.0.0.1:8080", False),
        ("HTTP://127.0.0.1:8080", False),
        ("httpx://police.example", True),
        ("http", False),
        ("", True),
        ("http s://police.example", True),
    ],
)
def test_who_is_asked_proves_who_it_is_but_over_plain_http(address: str, is_certified: bool) -> None:
    assert certified(address) is is_certified
