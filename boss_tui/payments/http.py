"""A payment gateway over HTTPS: the operator's own payment service, which holds the contracts with the providers.

    POST {url}/payments                     {"order_no", "provider", "amount", "code"}
    GET  {url}/payments/{order_no}
    POST {url}/payments/{order_no}/reverse
    POST {url}/payments/{order_no}/refunds  {"refund_no", "amount"}
    GET  {url}/bills/{day}                  text, as `reconciling` reads it

Each but the last answers {"state", "transaction_no", "reason"}; amounts are fen. The key goes along as a bearer token.
"""

from __future__ import annotations

from typing import Any, cast, get_args

from boss_tui.payments.gateway import Answer, State
from boss_tui.remote.address import certified
from boss_tui.remote.unreached import unreached
from data.errors import Outside
from data.message import say

TIMEOUT = 8.0
"""Seconds for one call: a clerk waits for it."""
_TEXT = 200
_STATES = frozenset(get_args(State))


class HttpGateway:
    """See the module. `transport` stands in for the network in tests."""

    def __init__(self, url: str, key: str, transport: Any = None) -> None:
        import httpx

        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=TIMEOUT,
            transport=transport,
            verify=certified(url),
            headers={"Authorization": f"Bearer {key}"},
        )

    def ask(self, order_no: str, provider: str, amount: int, code: str) -> Answer:
        """Ask for money by the code that the customer shows."""
        asked = {"order_no": order_no, "provider": provider, "amount": amount, "code": code}
        return self._answer("POST", "/payments", asked)

    def query(self, order_no: str) -> Answer:
        """How a payment stands. One that never arrived is closed."""
        return self._answer("GET", f"/payments/{order_no}")

    def reverse(self, order_no: str) -> Answer:
        """Take a payment back, whether it is paid or not."""
        return self._answer("POST", f"/payments/{order_no}/reverse", {})

    def refund(self, order_no: str, refund_no: str, amount: int) -> Answer:
        """Give back so much of what was paid; once under each refund number."""
        return self._answer("POST", f"/payments/{order_no}/refunds", {"refund_no": refund_no, "amount": amount})

    def bill(self, day: str) -> str:
        """The provider's list of a day."""
        return str(self._call("GET", f"/bills/{day}").text)

    def _answer(self, method: str, path: str, asked: dict[str, Any] | None = None) -> Answer:
        told = self._call(method, path, asked)
        try:
            answer = told.json()
        except ValueError as fault:
            raise Outside(say("The payment service answered what is not understood.")) from fault
        state = answer.get("state") if isinstance(answer, dict) else None
        if not isinstance(state, str) or state not in _STATES:
            raise Outside(say("The payment service answered what is not understood."))
        return Answer(
            cast("State", state), str(answer.get("transaction_no", ""))[:64], str(answer.get("reason", ""))[:_TEXT]
        )

    def _call(self, method: str, path: str, asked: dict[str, Any] | None = None) -> Any:
        import httpx

        try:
            told = self._client.request(method, path, json=asked)
            told.raise_for_status()
        except httpx.HTTPError as fault:
            raise Outside(say("The payment service does not answer: {fault}", fault=unreached(fault))) from fault
        return told
