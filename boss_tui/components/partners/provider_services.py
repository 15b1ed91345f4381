"""Part of A4 合作单位: services of providers that are paid through us: had, disputed, barred (catalogue C7.5)."""

from __future__ import annotations

from boss_tui.components.base import Component, Piece, traced
from data.clock import new_key
from data.errors import NotFound
from data.message import Message, both, say
from data.tables.provider import Dispute, ProviderBar, ProviderService, ProviderSubscription
from data.tables.service import Partner


class ProviderServices(Component):
    """What providers sell through us, and what a line has of it."""

    @traced
    def sold(self) -> list[ProviderService]:
        """Every service that is on offer, of partners whose contract runs."""
        running = {partner.code for partner in self.tx.all(Partner, kind="provider", state="active")}
        rows = self.tx.all(ProviderService, state="active", order=("partner", "code"))
        return [row for row in rows if row.partner in running]

    @traced
    def service(self, code: str) -> ProviderService:
        """A service by its code. NotFound."""
        found = self.tx.find(ProviderService, code=code)
        if found is None:
            raise NotFound(say("No provider sells {code}. F4 shows the services.", code=code))
        return found

    def name(self, partner: str) -> Message:
        """What a partner is called."""
        row = self.tx.one(Partner, code=partner)
        return both(row.name_zh, row.name_en)

    @traced
    def had(self, subscription_id: str) -> list[ProviderSubscription]:
        """What a line has, and had, of providers, the latest first."""
        return self.tx.all(ProviderSubscription, subscription_id=subscription_id, order=("-since", "-id"))

    @traced
    def having(self, subscription_id: str, service: str) -> ProviderSubscription | None:
        """A service that a line has now."""
        return self.tx.find(ProviderSubscription, subscription_id=subscription_id, service=service, state="active")

    @traced
    def barred(self, subscription_id: str, partner: str) -> ProviderBar | None:
        """The bar of a provider on a line, if it stands."""
        return self.tx.find(ProviderBar, subscription_id=subscription_id, partner=partner, state="active")

    @traced
    def begin(self, subscription_id: str, service: str) -> ProviderSubscription:
        """A line has a service from today on, ordered at a counter."""
        self.context.sold.append(Piece("provider", service))
        return self.tx.add(
            ProviderSubscription,
            id=new_key(self.tx.clock),
            subscription_id=subscription_id,
            service=service,
            since=self.context.business_date,
            order_id=self.context.order_id,
        )

    @traced
    def end(self, having: ProviderSubscription) -> None:
        """A line has a service no more."""
        self.tx.change(having, state="ended", until=self.context.business_date)

    @traced
    def end_all(self, subscription_id: str) -> list[str]:
        """A line has nothing of any provider any more; answers the services that end."""
        ending = [row for row in self.had(subscription_id) if row.state == "active"]
        for row in ending:
            self.end(row)
        return [row.service for row in ending]

    @traced
    def bar(self, subscription_id: str, partner: str) -> list[ProviderSubscription]:
        """A line takes nothing from a provider any more; answers the services that end with it."""
        key = {"subscription_id": subscription_id, "partner": partner}
        known = self.tx.find(ProviderBar, **key)
        if known:
            self.tx.change(known, state="active", order_id=self.context.order_id)
        else:
            self.tx.add(ProviderBar, id=new_key(self.tx.clock), **key, order_id=self.context.order_id)
        ending = [row for row in self.had(subscription_id) if row.state == "active"]
        return [row for row in ending if self.service(row.service).partner == partner]

    @traced
    def unbar(self, bar: ProviderBar) -> None:
        """The line takes services of that provider again."""
        self.tx.change(bar, state="lifted")

    @traced
    def dispute(self, subscription_id: str, service: str, month: str, amount: int, reason: str) -> Dispute:
        """Ask the provider to give fen back that it charged in a month."""
        return self.tx.add(
            Dispute,
            id=new_key(self.tx.clock),
            subscription_id=subscription_id,
            service=service,
            month=month,
            amount=amount,
            reason=reason,
            order_id=self.context.order_id,
        )

    @traced
    def disputed(self, subscription_id: str, service: str, month: str = "") -> Dispute | None:
        """The dispute of a service (and month) that the provider was asked about: the oldest one open, or of the month
        one that was not refused."""
        rows = self.tx.all(Dispute, subscription_id=subscription_id, service=service, order=("id",))
        if month:
            return next((row for row in rows if row.month == month and row.state != "refused"), None)
        return next((row for row in rows if row.state == "requested"), None)

    @traced
    def answered(self, dispute: Dispute, state: str) -> None:
        """What the provider said: refunded or refused."""
        self.tx.change(dispute, state=state)
