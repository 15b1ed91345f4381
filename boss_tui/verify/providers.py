"""Invariant 5: what a line has of providers is charged, once, and is of none that its owner has barred.

A living line's monthly service of a provider has its charge, and a charge its service; nothing that it has is of a
barred provider. Orders under way are passed over. Source: catalogue C7.5, A4, B1; design 5.5.
"""

from __future__ import annotations

from sqlalchemy import select

from boss_tui.verify.holders import living, under_way
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.order import Subscription
from data.tables.provider import ProviderBar, ProviderService, ProviderSubscription
from data.tables.service import ChargeSchedule

FEE = "provider_fee"

_p, _v, _b = columns_of(ProviderSubscription), columns_of(ProviderService), columns_of(ProviderBar)
_c, _s = columns_of(ChargeSchedule), columns_of(Subscription)
_has = (
    select(_p.c.id.label("key"), _p.c.service.label("service"), _s.c.number.label("number"))
    .select_from(_p.join(_s, _s.c.id == _p.c.subscription_id).join(_v, _v.c.code == _p.c.service))
    .where(_p.c.state == "active", ~under_way)
)
_charge = (_c.c.subscription_id == _s.c.id, _c.c.item == FEE, _c.c.product == _p.c.service, _c.c.state == "running")

RULES = (
    Rule(
        5,
        "service of a provider is charged",
        ProviderSubscription,
        _has.where(_s.c.state == "active", _v.c.rhythm == "month", ~exists(*_charge)),
        say("{number} has {service}, and is not charged for it."),
    ),
    Rule(
        5,
        "provider's charge has its service",
        ChargeSchedule,
        select(_c.c.id.label("key"), _c.c.product.label("service"), _s.c.number.label("number"))
        .select_from(_c.join(_s, _s.c.id == _c.c.subscription_id))
        .where(
            _c.c.item == FEE,
            _c.c.state == "running",
            living,
            ~under_way,
            ~exists(_p.c.subscription_id == _s.c.id, _p.c.service == _c.c.product, _p.c.state == "active"),
        ),
        say("{number} is charged for {service}, and has it not."),
    ),
    Rule(
        5,
        "nothing of a barred provider",
        ProviderSubscription,
        _has.where(exists(_b.c.subscription_id == _s.c.id, _b.c.partner == _v.c.partner, _b.c.state == "active")),
        say("{number} has {service} of a provider that it has barred."),
    ),
)
