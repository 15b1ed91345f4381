"""Damage to the journal, to published rows and to keys."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import HEAD, ORDER

ENTRY = "SELECT outlet, epoch, seq FROM journal WHERE kind = 'C1' ORDER BY seq DESC"

JOURNAL = (
    Damage(
        "an entry's body",
        2,
        "journal is whole",
        "journal",
        ENTRY,
        (
            "UPDATE journal SET body = replace(body, 'Enjoy', 'Annoy') || ' ' WHERE outlet = :a AND epoch = :b "
            "AND seq = :c",
        ),
    ),
    Damage(
        "an entry's operator",
        2,
        "journal is whole",
        "journal",
        ENTRY,
        ("UPDATE journal SET operator = '1004' WHERE outlet = :a AND epoch = :b AND seq = :c",),
    ),
    Damage(
        "an entry gone",
        2,
        "journal is whole",
        "journal",
        "SELECT outlet, epoch, seq FROM journal WHERE seq = 5",
        ("DELETE FROM journal WHERE outlet = :a AND epoch = :b AND seq = :c",),
    ),
    Damage(
        "an entry in an epoch to come",
        2,
        "journal is whole",
        "journal",
        "SELECT outlet, epoch, seq FROM journal WHERE seq = 4",
        ("UPDATE journal SET epoch = 2 WHERE outlet = :a AND epoch = :b AND seq = :c",),
        "SELECT :a, 2, :c",
    ),
    Damage(
        "the newest entry gone",
        2,
        "journal ends at its head",
        "journal_head",
        "SELECT outlet, seq FROM journal_head",
        ("DELETE FROM journal WHERE outlet = :a AND seq = :b",),
        "SELECT :a",
    ),
    Damage(
        "the head's hash",
        2,
        "journal ends at its head",
        "journal_head",
        HEAD,
        ("UPDATE journal_head SET hash = 'ff' WHERE outlet = :a",),
    ),
    Damage(
        "a head of an older epoch",
        2,
        "journal ends at its head",
        "journal_head",
        HEAD,
        ("UPDATE journal_head SET epoch = 0 WHERE outlet = :a",),
    ),
    Damage(
        "the head gone",
        2,
        "journal ends at its head",
        "journal",
        "SELECT outlet, epoch, seq FROM journal ORDER BY seq DESC",
        ("DELETE FROM journal_head WHERE outlet = :a",),
    ),
    Damage(
        "a customer's name",
        2,
        "row is what the journal says",
        "customer",
        "SELECT c.id FROM customer c JOIN product_order o ON o.customer_id = c.id ORDER BY o.created_at DESC",
        ("UPDATE customer SET name = 'X' WHERE id = :a",),
    ),
    Damage(
        "a changed row's revision",
        2,
        "row is what the journal says",
        "product_order",
        ORDER,
        ("UPDATE product_order SET revision = revision + 1 WHERE id = :a",),
    ),
    Damage(
        "a bucket and its books alike",
        2,
        "row is what the journal says",
        "balance_bucket",
        "SELECT bucket_id FROM balance_entry ORDER BY made_at DESC",
        ("UPDATE balance_bucket SET amount = amount + 1 WHERE id = :a",),
    ),
    Damage(
        "a credit limit gone",
        2,
        "row is what the journal says",
        "customer_credit",
        "SELECT c.customer_id FROM customer_credit c JOIN product_order o ON o.customer_id = c.customer_id "
        "ORDER BY o.created_at DESC",
        ("DELETE FROM customer_credit WHERE customer_id = :a",),
    ),
    Damage(
        "a visit never made",
        2,
        "row was told by the journal",
        "access_log",
        "SELECT 'planted', made_at FROM access_log",
        (
            "INSERT INTO access_log (id, operator, act, subject, reason, business_date, made_at) VALUES "
            "(:a, '1001', 'look', 'x', '', '', :b)",
        ),
        "SELECT :a",
    ),
    Damage(
        "a number raised above the journal",
        2,
        "row is what headquarters handed down",
        "phone_number",
        "SELECT number FROM phone_number WHERE state = 'sold'",
        ("UPDATE phone_number SET revision = 9, grade = 'A5' WHERE number = :a",),
    ),
)

PUBLISHED = (
    Damage(
        "a price that headquarters did not publish",
        8,
        "row is what headquarters signed",
        "price_rule",
        "SELECT id FROM price_rule ORDER BY id",
        ("UPDATE price_rule SET amount = amount + 1 WHERE id = :a",),
    ),
    Damage(
        "a limit raised and counted on",
        8,
        "row is what headquarters signed",
        "cash_limit",
        "SELECT role FROM cash_limit ORDER BY role",
        ("UPDATE cash_limit SET float_limit = 0, revision = revision + 1 WHERE role = :a",),
    ),
    Damage(
        "a published row gone",
        8,
        "row is what headquarters signed",
        "cash_limit",
        "SELECT role FROM cash_limit ORDER BY role",
        ("DELETE FROM cash_limit WHERE role = :a",),
    ),
    Damage(
        "a right that nobody gave",
        8,
        "row is what headquarters signed",
        "role_right",
        "SELECT 'clerk', 'M6' FROM outlet",
        ("INSERT INTO role_right SELECT :a, :b, 0, 0, 0, 'alone', 1",),
    ),
    Damage(
        "a published line that says something else",
        8,
        "published line is headquarters' own",
        "published_line",
        "SELECT number, position FROM published_line ORDER BY number, position",
        ("UPDATE published_line SET at_once = 1 WHERE number = :a AND position = :b",),
        "SELECT :a",
    ),
    Damage(
        "a published line that no item holds",
        8,
        "published line is headquarters' own",
        "published_line",
        "SELECT 99, table_name, row_key FROM published_line WHERE table_name = 'cash_limit'",
        (
            "INSERT INTO published_line (number, position, table_name, row_key, op, content, effective_from, at_once, "
            "scope) VALUES (:a, 0, :b, :c, 'end', '{}', '2001-01-01', 0, '')",
        ),
        "SELECT :a",
    ),
    Damage(
        "an item of the stream gone",
        8,
        "published line is headquarters' own",
        "published_line",
        "SELECT number FROM feed_item WHERE outlet = '' ORDER BY number",
        ("DELETE FROM feed_item WHERE outlet = '' AND number = :a",),
    ),
    Damage(
        "rows that stand before the open day",
        8,
        "what is published counts from its date",
        "business_day",
        "SELECT outlet, business_date FROM business_day WHERE state = 'open'",
        ("UPDATE setting SET value = '2001-01-01' WHERE name = 'rows_stand_on'",),
    ),
    Damage(
        "an edition that waits past its date",
        8,
        "what is published counts from its date",
        "waiting_item",
        "SELECT '', 1 FROM outlet",
        (
            "INSERT INTO waiting_item (outlet, number, why, due, detail, state, revision) VALUES "
            "(:a, :b, 'fault', '', '', 'waiting', 1)",
        ),
    ),
)

UNIQUE = (
    Damage(
        "two cards of one IMSI",
        3,
        "IMSI is of one card",
        "sim_card",
        "SELECT max(iccid), min(iccid) FROM sim_card WHERE state = 'in_stock'",
        (
            "ALTER TABLE sim_card DROP CONSTRAINT sim_card_imsi_key",
            "UPDATE sim_card SET imsi = (SELECT imsi FROM sim_card WHERE iccid = :b) WHERE iccid = :a",
        ),
        "SELECT :b",
    ),
    Damage(
        "two documents of one number",
        4,
        "document number is used once",
        "paper_document",
        "SELECT max(id), range_id FROM paper_document WHERE kind = 'invoice' GROUP BY range_id",
        (
            "ALTER TABLE paper_document DROP CONSTRAINT paper_document_number",
            "UPDATE paper_document SET number = (SELECT min(number) FROM paper_document WHERE range_id = :b) "
            "WHERE id = :a",
        ),
        "SELECT :a",
    ),
)
"""What SQLite's own constraints can't be switched off for: PostgreSQL only."""
