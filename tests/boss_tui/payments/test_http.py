"""The gateway over HTTP: what it sends, and that an answer which is none is 'nobody answered', never 'paid'."""

from __future__ import annotations

import json

import httpx
import pytest

from boss_tui.payments.gateway import Answer
from boss_tui.payments.http import HttpGateway
from data.errors import Outside


def test_what_is_sent_and_answered() -> None:
    seen: list[tuple[str, str, object, str]] = []

    def serve(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        seen.append((request.method, request.url.path, body, request.headers["authorization"]))
        if request.url.path.startswith("/pay/bills"):
            return httpx.Response(200, text="time\n")
        return httpx.Response(200, json={"state": "paid", "transaction_no": "T1", "reason": "x" * 999})

    gateway = HttpGateway("https://pay.test/pay/", "key", httpx.MockTransport(serve))
    assert gateway.ask("A1", "wechat", 1234, "134500000000000000") == Answer("paid", "T1", "x" * 200)
    gateway.query("A1")
    gateway.reverse("A1")
    gateway.refund("A1", "R1", 34)
    assert gateway.bill("2026-11-27") == "time\n"
    asked = {"order_no": "A1", "provider": "wechat", "amount": 1234, "code": "134500000000000000"}
    assert seen == [
        ("POST", "/pay/payments", asked, "Bearer key"),
        ("GET", "/pay/payments/A1", None, "Bearer key"),
        ("POST", "/pay/payments/A1/reverse", {}, "Bearer key"),
        ("POST", "/pay/payments/A1/refunds", {"refund_no": "R1", "amount": 34}, "Bearer key"),
        ("GET", "/pay/bills/2026-11-27", None, "Bearer key"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        httpx.Response(500),
        httpx.Response(404, json={"state": "paid"}),
        httpx.Response(200, text="paid"),
        httpx.Response(200, json=["paid"]),
        httpx.Response(200, json={"state": "PAID"}),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"state": ["paid"]}),
    ],
    ids=repr,
)
def test_an_answer_that_is_none_says_nothing(told: httpx.Response) -> None:
    gateway = HttpGateway("https://pay.test", "key", httpx.MockTransport(lambda _: told))
    with pytest.raises(Outside):
        gateway.query("A1")


def test_nobody_there() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("too long", request=request)

    with pytest.raises(Outside, match="does not answer"):
        HttpGateway("https://pay.test", "key", httpx.MockTransport(serve)).query("A1")
