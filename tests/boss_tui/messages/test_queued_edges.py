"""What a message to a customer says: of a line that is here what it owes now, of one that is not what was at stake."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.messages import sending
from boss_tui.messages.sending import Messages
from boss_tui.network.gateway import FolderGateway
from data.store import Store
from data.tables.credit import ControlStage
from data.tables.credit_control import ControlOrder, SmsFile, SmsMessage
from data.tables.order import Subscription
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, NOW, row

__all__ = ["empty_store", "tx"]
TEXT = "{number} {owed} {balance} {limit} {day}"
MONEY = SimpleNamespace(owed=100, unbilled=20, balance=30, limit=40)


@pytest.fixture
def messages(empty_store: Store) -> Messages:
    return Messages(empty_store, "HQ", FolderGateway(Path("nowhere")))


@pytest.mark.parametrize(
    ("pay_type", "said"),
    [
        ("", f"138 0.07   {DAY}"),
        ("postpaid", f"138 1.20 0.30 0.40 {DAY}"),
        ("prepaid", f"138 0.00 0.30 0.40 {DAY}"),
    ],
)
def test_a_message_says_what_is_owed(
    tx: Loose, messages: Messages, monkeypatch: pytest.MonkeyPatch, pay_type: str, said: str
) -> None:
    asked: list[Any] = []

    def judge(line: Any, but: str) -> Any:
        asked.append((line.id, but))
        return SimpleNamespace(money=MONEY)

    monkeypatch.setattr(sending, "CreditControl", lambda _: SimpleNamespace(judge=judge))
    told = row(ControlOrder, id="o", stage="S", subscription_id="l", number="138", at_stake=7)
    tx.put(row(ControlStage, code="S", text_zh=TEXT), told)
    if pay_type:
        tx.put(row(Subscription, id="l", pay_type=pay_type))
    messages._queued(tx, told, DAY)
    assert tx.told(SmsMessage, "about", "number", "body", "state") == [("o", "138", said, "queued")]
    assert asked == ([("l", "o")] if pay_type else [])


@pytest.mark.parametrize(
    ("codes", "states", "reports"),
    [
        ([("a", "DELIVRD"), ("b", "UNDELIV")], ["delivered", "failed", "sent", "queued"], 7),
        ([("c", "DELIVRD"), ("d", "DELIVRD"), ("nobody", "DELIVRD")], ["sent", "sent", "sent", "queued"], 5),
        ([("a", "DELIVRD"), ("a", "UNDELIV")], ["delivered", "sent", "sent", "queued"], 6),
        ([("d", "DELIVRD"), ("b", "EXPIRED")], ["sent", "failed", "sent", "queued"], 6),
    ],
)
def test_a_report_ends_what_its_file_has_and_nobody_reported(
    tx: Loose, messages: Messages, codes: list[tuple[str, str]], states: list[str], reports: int
) -> None:
    for key, file, state in (("a", 1, "sent"), ("b", 1, "sent"), ("c", 2, "sent"), ("d", 1, "queued")):
        tx.put(row(SmsMessage, id=key, about=key, file=file, state=state))
    tx.put(row(SmsFile, sequence=1, reports=5))
    messages._reported(tx, 1, codes)
    assert tx.told(SmsMessage, "state", order=("id",)) == states
    assert tx.told(SmsFile, "reports") == [reports]
    told = tx.told(SmsMessage, "code", "reported_at")
    assert sorted(code for code, _ in told if code) == sorted(
        dict(reversed(codes))[key]
        for key, state in zip("abcd", states, strict=True)
        if state in ("delivered", "failed")
    )
    assert all(bool(code) == bool(at) for code, at in told)
    messages._reported(tx, 9, [("a", "DELIVRD")])  # a file that nobody knows


def test_a_file_s_messages_are_in_the_order_of_their_keys_each_on_one_line(messages: Messages) -> None:
    rows = [row(SmsMessage, id=key, number="138", body=body) for key, body in (("b", "x\n y"), ("a", "z"))]
    content = messages._content(3, NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), rows).decode()
    assert content.splitlines()[6:8] == ["a\t138\tz", "b\t138\tx y"]
