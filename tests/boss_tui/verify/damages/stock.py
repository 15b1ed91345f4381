"""Damage to stock, and to what is kept of it."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import ACTIVE, BLANK, HEAD, IDLE, ORDER

JOB = "SELECT id FROM print_job WHERE order_id != '' ORDER BY queued_at"

KEPT = (
    Damage(
        "a name in two spellings",
        3,
        "a name is kept as it is found",
        "customer",
        "SELECT id FROM customer WHERE holder = 'individual'",
        ("UPDATE customer SET name = '买买提•艾力', name_key = '买买提艾力' WHERE id = :a",),
    ),
    Damage(
        "a name that can not be found",
        3,
        "a name is kept as it is found",
        "customer",
        "SELECT id FROM customer WHERE holder = 'individual'",
        ("UPDATE customer SET name_key = 'X' WHERE id = :a",),
    ),
    Damage(
        "a right too many",
        8,
        "no role has what is kept apart",
        "role_right",
        "SELECT role, 'C1' FROM role_right WHERE role = 'clerk'",
        ("UPDATE role_right SET business = 'M7' WHERE role = :a AND business = 'C13'",),
        key="SELECT :a, :b",
    ),
    Damage(
        "a clear password",
        7,
        "operator password is hashed",
        "operator",
        "SELECT staff_no FROM operator",
        ("UPDATE operator SET password_hash = 'demo-1234' WHERE staff_no = :a",),
    ),
    Damage(
        "a clear product password",
        7,
        "product password is hashed",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET password_hash = '274916' WHERE id = :a",),
    ),
    Damage(
        "a clear password in a form",
        7,
        "secrets are not kept as typed",
        "draft",
        "SELECT id FROM draft WHERE state = 'held'",
        ("""UPDATE draft SET values_json = '{"password": "274916"}' WHERE id = :a""",),
    ),
    Damage(
        "a password in an order",
        7,
        "secrets are not kept as typed",
        "product_order",
        ORDER,
        ("""UPDATE product_order SET form_json = '{"password": "$argon2id$x"}' WHERE id = :a""",),
    ),
    Damage(
        "printed at no time",
        7,
        "print job state fits its time",
        "print_job",
        JOB,
        ("UPDATE print_job SET state = 'acknowledged', attempts = 1, ended_at = '' WHERE id = :a",),
    ),
    Damage(
        "sent for days",
        7,
        "print job is not sent for days",
        "print_job",
        JOB,
        (
            "UPDATE print_job SET state = 'sending', attempts = 1, queued_at = '2026-11-20T00:00:00.000000Z', "
            "ended_at = '' WHERE id = :a",
        ),
    ),
    Damage(
        "no such printer",
        7,
        "print job has bytes and printer",
        "print_job",
        JOB,
        ("UPDATE print_job SET printer = 'P99' WHERE id = :a",),
    ),
    Damage(
        "a print of no document",
        7,
        "print job has its order and document",
        "print_job",
        JOB,
        ("UPDATE print_job SET document_id = 'gone' WHERE id = :a",),
    ),
    Damage(
        "a copy not counted",
        7,
        "copies are counted",
        "print_job",
        "SELECT id FROM print_job WHERE copy_number = 1",
        ("UPDATE print_job SET copy_number = 3 WHERE id = :a",),
    ),
    Damage(
        "papers come out of nothing",
        7,
        "papers are set to come out of a printer",
        "printer_route",
        "SELECT counter, kind FROM printer_route",
        ("UPDATE printer_route SET printer = 'P99' WHERE counter = :a",),
    ),
    Damage(
        "papers come out of what was removed",
        7,
        "papers are set to come out of a printer",
        "printer_route",
        "SELECT counter, kind FROM printer_route",
        ("UPDATE printer SET state = 'removed'",),
    ),
    Damage(
        "a printer that stands in for itself",
        7,
        "a printer's stand-in is another",
        "printer",
        "SELECT code FROM printer",
        ("UPDATE printer SET stand_in = code",),
    ),
    Damage(
        "a printer that nothing stands in for",
        7,
        "a printer's stand-in is another",
        "printer",
        "SELECT code FROM printer",
        ("UPDATE printer SET fail_over = 'self'",),
    ),
    Damage(
        "a reference to nothing",
        0,
        "reference leads to a row",
        "posting_line",
        "SELECT posting_id, line FROM posting_line WHERE account = '1004'",
        ("UPDATE posting_line SET account = '7777' WHERE posting_id = :a AND line = :b",),
    ),
)

UNIT = "SELECT imei FROM handset WHERE state = 'in_stock' ORDER BY imei"

CARD = "SELECT serial FROM recharge_card WHERE state = 'idle' ORDER BY serial"

STOCK = (
    Damage(
        "a card sold by nobody",
        3,
        "recharge card fits its orders",
        "recharge_card",
        CARD,
        ("UPDATE recharge_card SET state = 'sold' WHERE serial = :a",),
    ),
    Damage(
        "a sold card that is not owed",
        1,
        "recharge cards sold are owed",
        "ledger_account",
        CARD,
        ("UPDATE recharge_card SET state = 'sold' WHERE serial = :a",),
        "SELECT '2207'",
    ),
    Damage(
        "an order that its own operator approved",
        7,
        "an approval is another person's",
        "operator_grant",
        "SELECT id, operator FROM product_order ORDER BY serial",
        (
            "INSERT INTO operator_grant (id, draft_id, rule, supervisor, shown, paid_out, granted_at, expires_at,"
            " used_order, on_behalf_of, revision) VALUES ('G-own', 'D-own', 'right', :b, 'x', '', '', '', :a, '', 1)",
        ),
        "SELECT 'G-own'",
    ),
    Damage(
        "an approval of nothing",
        7,
        "an approval is another person's",
        "operator_grant",
        "SELECT id FROM product_order ORDER BY serial",
        (
            "INSERT INTO operator_grant (id, draft_id, rule, supervisor, shown, paid_out, granted_at, expires_at,"
            " used_order, on_behalf_of, revision)"
            " VALUES ('G-none', 'D-none', 'right', '2001', '', '', '', '', :a, '', 1)",
        ),
        "SELECT 'G-none'",
    ),
    Damage(
        "a code that is used once more",
        7,
        "authorities count their uses",
        "authority",
        "SELECT staff_no FROM operator WHERE role = 'supervisor' ORDER BY staff_no",
        (
            "INSERT INTO authority (id, outlet, number, kind, supervisor, operator, business, amount_limit, uses_left,"
            " secret_hash, made_at, valid_until, state, revision)"
            " VALUES ('A-twice', 'HZ01', 9, 'code', :a, '', '', 0, 1, '', '', '', 'used_up', 1)",
        ),
        "SELECT 'A-twice'",
    ),
    Damage(
        "a handset sold by nobody",
        3,
        "handset fits its order",
        "handset",
        "SELECT imei FROM handset WHERE state = 'in_stock' ORDER BY imei",
        ("UPDATE handset SET state = 'sold' WHERE imei = :a",),
    ),
    *(
        Damage(
            f"{table} that nobody made {state}",
            2,
            "state of stock was told by the journal",
            table,
            pick,
            (f"UPDATE {table} SET state = '{state}' WHERE {key} = :a",),
        )
        for table, key, pick, states in (
            ("handset", "imei", UNIT, ("returned", "faulty", "scrapped")),
            ("recharge_card", "serial", CARD, ("void", "locked", "expired")),
            ("blank_card", "serial", BLANK, ("spoiled",)),
            ("phone_number", "number", IDLE, ("quarantined", "withdrawn")),
            ("sim_card", "iccid", "SELECT iccid FROM sim_card WHERE state = 'in_stock' ORDER BY iccid", ("void",)),
        )
        for state in states
    ),
    Damage(
        "a handset sold by an order of another thing",
        2,
        "state of stock was told by the journal",
        "handset",
        "SELECT h.imei, o.id FROM handset h, product_order o WHERE h.state = 'in_stock' ORDER BY h.imei",
        ("UPDATE handset SET state = 'sold', sold_order = :b, sold_on = '2026-11-23' WHERE imei = :a",),
        "SELECT :a",
    ),
    Damage(
        "a stop of headquarters'",
        6,
        "headquarters has not stopped the outlet",
        "journal_head",
        HEAD,
        ("""UPDATE journal_head SET stopped = '{"template":"two copies","values":{}}' WHERE outlet = :a""",),
    ),
)
