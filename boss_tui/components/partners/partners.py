"""A4 partners 合作单位: sales channels and providers, and what a sale means to them."""

from __future__ import annotations

from boss_tui.components.base import traced
from boss_tui.components.partners.provider_services import ProviderServices
from data.tables.organisation import Outlet
from data.tables.service import Partner


class Partners(ProviderServices):
    """A4: who had a part in a sale, and what providers sell through us."""

    code = "A4"

    @traced
    def channel(self) -> Partner | None:
        """The agent whose outlet this is; none for a hall of our own."""
        outlet = self.tx.one(Outlet, code=self.context.outlet)
        return self.tx.find(Partner, code=outlet.partner, state="active") if outlet.partner else None

    @traced
    def provider(self, code: str | None) -> Partner | None:
        """The provider of a product, while its contract runs."""
        return self.tx.find(Partner, code=code, state="active") if code else None
