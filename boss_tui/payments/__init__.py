"""Mobile payment: who is asked for a customer's money, how, and what closes what nobody waits for any more.

`gateway` says what a payment gateway must do; `http` is one over HTTPS, `simulated` one that plays all providers.
`codes` recognises the customer's code, `closing` brings every payment to rest, `reconciling` compares with the bill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_tui.payments.gateway import Answer, Gateway

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from data.clock import Clock

SIMULATED_FILE = "payments.db"

__all__ = ["SIMULATED_FILE", "Answer", "Gateway", "open_gateway"]


def open_gateway(home: Home, clock: Clock | None = None) -> Gateway | None:
    """The gateway of a home; None where there is none, so that mobile payment is not taken there."""
    if home.settings.payments:
        from boss_tui.payments.http import HttpGateway

        return HttpGateway(home.settings.payments, home.payments_key)
    if home.settings.demo:
        from boss_tui.payments.simulated import SimulatedGateway

        return SimulatedGateway(home.folder / SIMULATED_FILE, clock)
    return None
