"""Damage to orders: what they sold, what runs, which version, what services answered."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import ORDER

UNDER_WAY = "SELECT id FROM product_order WHERE state = 'inProgress' ORDER BY created_at DESC"

HELD_FORM = "SELECT id FROM draft WHERE state = 'held'"

ORDERS = (
    Damage(
        "completed over open work",
        7,
        "completed order has no open work",
        "product_order",
        ORDER,
        ("UPDATE work_order SET state = 'failed' WHERE order_id = :a",),
    ),
    Damage(
        "in progress with nothing to do",
        7,
        "order in progress has open work",
        "product_order",
        UNDER_WAY,
        ("DELETE FROM work_order WHERE order_id = :a",),
    ),
    Damage(
        "done long ago and in progress",
        7,
        "order in progress has open work",
        "product_order",
        UNDER_WAY,
        ("UPDATE work_order SET state = 'done', done_at = '2026-11-01T00:00:00.000000Z' WHERE order_id = :a",),
    ),
    Damage(
        "called off with open work",
        7,
        "called-off order has no open work",
        "product_order",
        UNDER_WAY,
        ("UPDATE product_order SET state = 'cancelled' WHERE id = :a",),
    ),
    Damage(
        "completed at no time",
        7,
        "completion has its time",
        "product_order",
        ORDER,
        ("UPDATE product_order SET completed_at = '' WHERE id = :a",),
    ),
    Damage(
        "work done at no time",
        7,
        "work order is done at a time",
        "work_order",
        "SELECT id FROM work_order WHERE state = 'done'",
        ("UPDATE work_order SET done_at = '' WHERE id = :a",),
    ),
    Damage(
        "waiting for no order",
        7,
        "waiting subscription has its order",
        "subscription",
        "SELECT id FROM subscription WHERE state = 'pendingActive'",
        ("UPDATE product_order SET state = 'completed' WHERE subscription_id = :a",),
    ),
    Damage(
        "opened and not activated",
        7,
        "completed opening is activated",
        "product_order",
        ORDER,
        (
            "UPDATE subscription SET activated_at = '' WHERE id = "
            "(SELECT subscription_id FROM product_order WHERE id = :a)",
        ),
    ),
    Damage(
        "taken back and alive",
        7,
        "opening that was taken back is no more",
        "product_order",
        ORDER,
        ("UPDATE product_order SET reverses = (SELECT max(id) FROM product_order WHERE id <> :a) WHERE id = :a",),
    ),
    Damage(
        "being taken back and gone already",
        7,
        "opening that was taken back is no more",
        "product_order",
        UNDER_WAY,
        (
            "UPDATE product_order SET reverses = (SELECT min(id) FROM product_order WHERE id <> :a) WHERE id = :a",
            "UPDATE subscription SET state = 'cancelled' WHERE id = "
            "(SELECT subscription_id FROM product_order WHERE id = :a)",
        ),
    ),
    Damage(
        "an order of nobody",
        7,
        "order has its customer",
        "product_order",
        ORDER,
        ("UPDATE product_order SET customer_id = NULL WHERE id = :a",),
    ),
    Damage(
        "no trail", 7, "order has its trail", "product_order", UNDER_WAY, ("DELETE FROM trail WHERE order_id = :a",)
    ),
    Damage(
        "a completed form of no order",
        7,
        "completed draft has its order",
        "draft",
        "SELECT id FROM draft WHERE state = 'completed'",
        ("UPDATE draft SET order_id = NULL WHERE id = :a",),
    ),
    Damage(
        "an order of no form",
        7,
        "order has its draft",
        "product_order",
        ORDER,
        ("DELETE FROM draft WHERE order_id = :a",),
    ),
    Damage(
        "a form given up with an order",
        7,
        "draft that has not ended has no order",
        "draft",
        "SELECT id FROM draft WHERE state = 'completed'",
        ("UPDATE draft SET state = 'abandoned' WHERE id = :a",),
    ),
    Damage(
        "a form past its time",
        7,
        "draft ends with its time",
        "draft",
        "SELECT id FROM draft WHERE state = 'held'",
        ("UPDATE draft SET expires_at = '2026-11-22T00:00:00.000000Z' WHERE id = :a",),
    ),
    Damage(
        "a reservation of a form given up",
        7,
        "reservation ends with its draft",
        "reservation",
        "SELECT id, draft_id FROM reservation WHERE state = 'active'",
        ("UPDATE draft SET state = 'abandoned' WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a reservation past its time",
        7,
        "reservation ends with its time",
        "reservation",
        "SELECT id FROM reservation WHERE state = 'active'",
        ("UPDATE reservation SET until = '2026-11-20T00:00:00.000000Z' WHERE id = :a",),
    ),
)

RUNNING = (
    "SELECT id, subscription_id, product FROM charge_schedule c WHERE state = 'running' AND item = 'monthly_fee' AND "
    "NOT EXISTS (SELECT 1 FROM product_order o WHERE o.subscription_id = c.subscription_id AND o.state <> 'completed') "
    "ORDER BY id"
)

VERSIONS = (
    Damage(
        "a version of its process that never was",
        7,
        "a run goes by the process that it began with",
        "product_order",
        ORDER,
        ("UPDATE product_order SET process_version = process_version + 1 WHERE id = :a",),
    ),
    Damage(
        "limits that its process never had",
        7,
        "a run goes by the process that it began with",
        "product_order",
        ORDER,
        ("UPDATE product_order SET limits = REPLACE(limits, '60', '61') WHERE id = :a",),
    ),
    Damage(
        "a form by a version that never was",
        7,
        "a run goes by the process that it began with",
        "draft",
        HELD_FORM,
        ("UPDATE draft SET process_json = REPLACE(process_json, '1}', '91}') WHERE id = :a",),
    ),
    Damage(
        "a form that asks for less than its process",
        7,
        "a run goes by the process that it began with",
        "draft",
        HELD_FORM,
        ("UPDATE draft SET process_json = REPLACE(process_json, '60', '61') WHERE id = :a",),
    ),
)

DATED = (
    Damage(
        "an act gone",
        7,
        "pending order waits for its day",
        "product_order",
        "SELECT id FROM product_order WHERE state = 'pending'",
        ("UPDATE scheduled_act SET state = 'cancelled' WHERE order_id = :a",),
    ),
    Damage(
        "an act for nothing",
        7,
        "act that is waited for has its order pending",
        "scheduled_act",
        "SELECT id, order_id FROM scheduled_act WHERE state = 'waiting'",
        ("UPDATE product_order SET state = 'failed' WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a fee of another plan",
        5,
        "monthly fee is of the plan in force",
        "charge_schedule",
        RUNNING,
        ("UPDATE charge_schedule SET product = 'PSEN' WHERE id = :a",),
        "SELECT :a",
    ),
    Damage(
        "a fee twice",
        5,
        "product is charged once a month",
        "charge_schedule",
        RUNNING,
        (
            "INSERT INTO charge_schedule (id, subscription_id, item, product, amount, starts_on, ends_on, state, "
            "revision) SELECT 'again', subscription_id, item, product, amount, starts_on, ends_on, state, revision "
            "FROM charge_schedule WHERE id = :a",
        ),
        "SELECT :b, :c",
    ),
)

ITEM = "SELECT id, order_id FROM order_item WHERE kind = 'sim' AND amount > 0 ORDER BY id DESC"

ITEMS = (
    Damage(
        "a card that was sold for less",
        9,
        "what was sold was paid for",
        "product_order",
        ITEM,
        ("UPDATE order_item SET amount = amount - 1 WHERE id = :a",),
        "SELECT :b",
    ),
    Damage(
        "a card that nobody sold",
        9,
        "what was sold was paid for",
        "product_order",
        ITEM,
        ("DELETE FROM order_item WHERE id = :a",),
        "SELECT :b",
    ),
    Damage(
        "what stands as sold by a cancelled order",
        9,
        "what a cancelled order sold came back",
        "product_order",
        ITEM,
        ("UPDATE product_order SET state = 'cancelled' WHERE id = :b",),
        "SELECT :b",
    ),
    Damage(
        "what was sold before its order",
        9,
        "what was sold is of its order",
        "order_item",
        ITEM,
        ("UPDATE order_item SET business_date = '2020-01-01' WHERE id = :a",),
        "SELECT :a",
    ),
)

_ANSWER = (
    "INSERT INTO interface_answer (id, outlet, business_date, order_id, interface, request, sent, verdict, reason,"
    " fault, offline, operator, asked_at, took_ms, tries, way, state, later_at, later_reason, words, settled_by,"
    " settled_at, revision) VALUES ('q', 'HZ01', '2026-11-23', :a, 'police', 'k', '{{}}', '{verdict}', '', '',"
    " '{offline}', '1001', '2026', 1, 1, '{way}', '{state}', '{later}', '', '', '', '{settled}', 1)"
)

_NO_ANSWER = {"verdict": "", "offline": "later", "way": "", "state": "waiting", "later": "", "settled": ""}

ANSWERED = tuple(
    Damage(
        name,
        7,
        rule,
        "interface_answer",
        "SELECT id FROM product_order WHERE state = 'completed' AND subscription_id IS NOT NULL",
        (_ANSWER.format_map({**_NO_ANSWER, **told}),),
        "SELECT 'q'",
    )
    for rule, cases in {
        "answer of a service is whole": {
            "an answer that waits for one": {"verdict": "yes", "offline": ""},
            "an answered question without a verdict": {"state": "answered"},
            "an answer by a rule as well": {"verdict": "yes", "state": "answered"},
            "no answer and no rule": {"offline": ""},
            "an answer let pass for good by another rule": {"state": "unasked"},
            "an answer that need not be asked again": {"offline": "yes"},
            "a refusal that never came": {"state": "refused"},
            "a refusal settled in no way": {"state": "settled", "settled": "2026"},
            "a refusal settled at no time": {"state": "settled", "way": "stands"},
            "a way out of what is open": {"way": "stands", "state": "refused", "later": "2026"},
        },
        "refusal of a service was seen to": {
            "a line that was not stopped for a service": {"state": "settled", "way": "stop", "settled": "2026"},
            "an order that was not taken back for a service": {"state": "settled", "way": "undo", "settled": "2026"},
        },
    }.items()
    for name, told in cases.items()
)
