"""Mobile payment by commands: a code among the tenders, the list, the bill, a service that is down."""

from __future__ import annotations

from typing import Any

from tests.boss_tui.commands.conftest import Boss

PAYS, REFUSES = "134567890123456799", "134567890123456704"


def test_a_sale_is_paid_by_telephone_and_the_bill_agrees(boss: Boss) -> None:
    due = boss("do", "C1", "--quote", "--form", "-", typed=boss.example()).json["due"]
    tenders: list[dict[str, Any]] = [{"amount": f"{due // 100}.{due % 100:02d}", "code": PAYS}]
    done = boss("do", "C1", "--form", "-", typed=boss.example(tenders=tenders))
    assert done.code == 0, done.err
    (row,) = boss("payment", "list", "--json").json
    assert (row["kind"], row["amount"], row["state"], row["booked"]) == ("wechat", due, "paid", 1)
    agreed = boss("payment", "reconcile", row["business_date"])
    assert agreed.code == 0, agreed.err
    assert boss("verify").code == 0


def test_who_refuses_pays_nothing_and_nothing_is_sold(boss: Boss) -> None:
    tenders = [{"amount": "1.00", "code": REFUSES}]
    ran = boss("do", "C1", "--form", "-", typed=boss.example(tenders=tenders))
    assert ran.code == 1
    assert "Not paid" in ran.err
    assert [row["state"] for row in boss("payment", "list", "--json").json] == ["closed"]


def test_a_service_that_is_down(boss: Boss) -> None:
    assert boss("payment", "simulate", "--down").code == 0
    assert boss("payment", "reconcile", "2026-11-27").code == 3
    assert boss("payment", "simulate", "--up").code == 0
    assert boss("payment", "close").code == 0
    assert boss("payment", "reconcile", "tomorrow").code in {1, 2}
