"""M2.1: what must be right of a remote service, as it is typed and before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m02_1.interfaces import InterfaceForm, says_why
from data.tables.eligibility import Interface
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row
from tests.boss_tui.remote.odd_service import certified

SERVICE = {
    "code": "police",
    "name_zh": "公安",
    "kind": "remote",
    "address": "https://police.example",
    "path": "/v1/check",
    "sends": "number = customer.document_number\nname = customer.name\ncustomer.age?",
    "yes_when": "answer.result == 'match'",
    "reason_at": "data.reason",
}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("address", "https://police.example:8443/base", ""),
        ("address", "http://police.example", "https"),
        ("address", "police.example", "no address"),
        ("address", "https://a:b@police.example", "kept apart"),
        ("path", "", ""),
        ("path", "/a/b-c.d", ""),
        ("path", "v1", "A path"),
        ("path", "/a?b=c", "A path"),
        ("sends", "customer.name", ""),
        ("sends", "customer.nam", "no fact customer.nam"),
        ("sends", "name: customer.name", "Line 1"),
        ("sends", "customer.age?\n\nx = = y", "Line 3"),
        ("sends", "n = customer.name\nn = agent.name?", "told twice"),
        ("sends", "customer.name\nname = agent.name", "told twice"),
        ("sends", "\n".join(f"f{n} = customer.name" for n in range(21)), "At most 20"),
        ("yes_when", "answer == 'OK'", ""),
        ("yes_when", "answer.data[0].resultCode in [0, 1] && answer.text != 'customer.x'", ""),
        ("yes_when", "answer.result ==", "character"),
        ("yes_when", "customer.age > 3", "about the answer"),
        ("yes_when", "true", "about the answer"),
        ("yes_when", "answer.all(x, x > 0)", "No loops"),
        ("override_when", "other.result == 1", "about the answer"),
        ("certificate", "-----BEGIN CERTIFICATE-----", "no certificate"),
        ("certificate", "证书", "no certificate"),
        ("timeout_ms", "99", "100"),
        ("timeout_ms", "100", ""),
        ("retries", "3", ""),
        ("retries", "4", "3"),
    ],
)
def test_read_as_it_is_typed(field: str, typed: str, words: str) -> None:
    _, errors = InterfaceForm.partial({**SERVICE, field: typed})
    assert set(errors) == ({field} if words else set())
    assert words in str(errors.get(field, ""))


def test_a_certificate_is_read(tmp_path: Path) -> None:
    _, errors = InterfaceForm.partial({**SERVICE, "certificate": certified(tmp_path)[1]})
    assert errors == {}


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, []),
        ({"address": ""}, ["address"]),
        ({"address": "http://police.example"}, ["address"]),  # by whatever way it came
        ({"sends": ""}, ["sends"]),
        ({"sends": "customer.x"}, ["sends"]),
        ({"method": "GET"}, ["method"]),
        ({"method": "GET", "sends": "customer.age"}, []),
        ({"yes_when": ""}, ["yes_when"]),
        ({"yes_when": "true"}, ["yes_when"]),
        ({"override_when": "answer.x =="}, ["override_when"]),
        ({"reason_at": "a..b"}, ["reason_at"]),
        ({"reason_at": ""}, []),
        ({"retries": 1}, ["retries"]),
        ({"retries": 1, "repeatable": 1}, []),
        ({"rule": "customer.known", "reason_zh": "不"}, ["rule"]),
        ({"rule": "customer.known", "reason_zh": "不", "offline": "rule"}, []),
        ({"offline": "rule"}, ["rule"]),
        ({"offline": "later"}, []),
        ({"address": "", "sends": "", "yes_when": ""}, ["address", "sends", "yes_when"]),
        ({"address": "", "sends": "", "yes_when": "", "state": "off"}, []),
    ],
)
def test_ready_to_be_asked(changes: dict[str, Any], columns: list[str]) -> None:
    made = row(Interface, **{**SERVICE, **changes})
    line = RowEdit("interface", (made.code,), "change", {})
    found = [fault.column for fault in says_why(rehearsal(Rows(made), {1: line}, DAY))]
    assert found == columns
