"""Damage to subscriptions, their providers and what stops them."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import ACTIVE, HEAD

SUBSCRIPTIONS = (
    Damage(
        "a short number",
        5,
        "subscription has number, card and IMSI",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET number = '1395' WHERE id = :a",),
    ),
    Damage(
        "a service for a plan",
        5,
        "subscription has its plan",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET plan = 'CLIP' WHERE id = :a",),
    ),
    Damage(
        "a line closed and still charged",
        5,
        "closed subscription has nothing left",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET state = 'terminated' WHERE id = :a",),
    ),
    Damage(
        "a line being closed without its bar",
        5,
        "line that is being closed is barred for it",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET state = 'pendingTerminate' WHERE id = :a",),
    ),
    Damage(
        "a line being closed without its day",
        7,
        "waiting subscription has its order",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET state = 'pendingTerminate' WHERE id = :a",),
    ),
    Damage(
        "a plan ended",
        5,
        "plan is among the products",
        "subscription",
        ACTIVE,
        (
            "UPDATE subscription_product SET state = 'ended' WHERE subscription_id = :a AND product = "
            "(SELECT plan FROM subscription WHERE id = :a)",
        ),
    ),
    Damage(
        "another's account",
        5,
        "subscription is charged to its owner",
        "subscription",
        ACTIVE,
        (
            "UPDATE subscription SET account_id = (SELECT min(a.id) FROM billing_account a WHERE a.state = 'active' "
            "AND a.customer_id <> subscription.customer_id) WHERE id = :a",
        ),
    ),
    Damage(
        "an account closed",
        5,
        "subscription has an open account",
        "subscription",
        ACTIVE,
        ("UPDATE billing_account SET state = 'closed' WHERE id = (SELECT account_id FROM subscription WHERE id = :a)",),
    ),
    Damage(
        "more acknowledged than there is",
        6,
        "acknowledged is in the journal",
        "journal_head",
        HEAD,
        ("UPDATE journal_head SET acked_seq = seq + 1 WHERE outlet = :a",),
    ),
    Damage(
        "more safe than acknowledged",
        6,
        "durable is acknowledged",
        "journal_head",
        HEAD,
        ("UPDATE journal_head SET durable_seq = 1 WHERE outlet = :a",),
    ),
)

_PROVIDED = (
    "SELECT p.id, p.subscription_id, p.service FROM provider_subscription p WHERE p.state = 'active' AND NOT EXISTS "
    "(SELECT 1 FROM product_order o WHERE o.subscription_id = p.subscription_id AND o.state <> 'completed') "
    "ORDER BY p.id"
)

PROVIDED = (
    Damage(
        "a provider's service for nothing",
        5,
        "service of a provider is charged",
        "provider_subscription",
        _PROVIDED,
        ("UPDATE charge_schedule SET state = 'ended' WHERE subscription_id = :b AND product = :c",),
        "SELECT :a",
    ),
    Damage(
        "a charge for nothing",
        5,
        "provider's charge has its service",
        "charge_schedule",
        _PROVIDED,
        ("UPDATE provider_subscription SET state = 'ended' WHERE id = :a",),
        "SELECT id FROM charge_schedule WHERE subscription_id = :b AND product = :c",
    ),
    Damage(
        "a barred provider's service",
        5,
        "nothing of a barred provider",
        "provider_subscription",
        _PROVIDED,
        (
            "INSERT INTO provider_bar (id, subscription_id, partner, state, order_id, revision) SELECT 'bar', "
            "p.subscription_id, v.partner, 'active', o.id, 1 FROM provider_subscription p JOIN provider_service v ON "
            "v.code = p.service JOIN product_order o ON o.subscription_id = p.subscription_id WHERE p.id = :a LIMIT 1",
        ),
        "SELECT :a",
    ),
)

STOPPED = (
    Damage(
        "stopped for nothing",
        5,
        "stopped line has a cause",
        "subscription",
        "SELECT s.id FROM subscription s JOIN suspension x ON x.subscription_id = s.id WHERE s.state = 'suspended'",
        ("UPDATE suspension SET state = 'lifted' WHERE subscription_id = :a",),
    ),
    Damage(
        "stopped and working",
        5,
        "cause stops its line",
        "suspension",
        "SELECT x.id, s.id FROM subscription s JOIN suspension x ON x.subscription_id = s.id WHERE "
        "s.state = 'suspended' AND x.state = 'running'",
        ("UPDATE subscription SET state = 'active' WHERE id = :b",),
        "SELECT :a",
    ),
)
