"""Damage to the books: postings, customers' money and what rests on it, bills."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage

SALE = "SELECT id FROM posting WHERE order_id IS NOT NULL ORDER BY made_at DESC"

OLD_SALE = "SELECT id FROM posting WHERE order_id IS NOT NULL ORDER BY made_at"

LEDGER = (
    Damage(
        "a line's amount",
        1,
        "posting balances",
        "posting",
        SALE,
        ("UPDATE posting_line SET amount = amount + 1 WHERE posting_id = :a AND line = 1",),
    ),
    Damage(
        "all lines gone",
        1,
        "posting has lines",
        "posting",
        OLD_SALE,
        ("DELETE FROM posting_line WHERE posting_id = :a",),
    ),
    Damage(
        "another till",
        1,
        "posting fits its shift",
        "posting",
        SALE,
        ("UPDATE posting SET till = 'HZ0104' WHERE id = :a",),
    ),
    Damage(
        "cash outside of a shift",
        1,
        "till cash moves in a shift",
        "posting_line",
        "SELECT p.id, 1 FROM posting p WHERE p.shift_id IS NOT NULL AND EXISTS (SELECT 1 FROM posting_line l WHERE "
        "l.posting_id = p.id AND l.line = 1 AND l.account = '1001' AND l.amount <> 0) ORDER BY p.made_at",
        ("UPDATE posting SET shift_id = NULL WHERE id = :a",),
    ),
    Damage(
        "a running total",
        1,
        "running total is the sum",
        "running_total",
        "SELECT outlet, business_date, till, account FROM running_total WHERE till <> '' AND account = '1001'",
        (
            "UPDATE running_total SET amount = amount - 100 WHERE outlet = :a AND business_date = :b AND till = :c "
            "AND account = :d",
        ),
    ),
    Damage(
        "a running total gone",
        1,
        "running total is the sum",
        "running_total",
        "SELECT outlet, business_date, till, account FROM running_total WHERE account = '2205'",
        ("DELETE FROM running_total WHERE outlet = :a AND business_date = :b AND till = :c AND account = :d",),
    ),
    Damage(
        "a total's count",
        1,
        "running total is the sum",
        "running_total",
        "SELECT outlet, business_date, till, account FROM running_total WHERE account = '1004'",
        (
            "UPDATE running_total SET postings = postings + 1 WHERE outlet = :a AND business_date = :b AND till = :c "
            "AND account = :d",
        ),
    ),
    Damage(
        "a bucket filled",
        1,
        "bucket is the sum of its entries",
        "balance_bucket",
        "SELECT id FROM balance_bucket WHERE kind = 'prepaid' ORDER BY id",
        ("UPDATE balance_bucket SET amount = amount + 5000 WHERE id = :a",),
    ),
    Damage(
        "a bucket below zero",
        1,
        "bucket not below zero",
        "balance_bucket",
        "SELECT id FROM balance_bucket WHERE kind = 'deposit' ORDER BY id",
        ("UPDATE balance_bucket SET amount = -1 WHERE id = :a",),
    ),
    Damage(
        "an entry's amount",
        1,
        "bucket entries are posted",
        "balance_entry",
        "SELECT posting_id, bucket_id, id FROM balance_entry ORDER BY made_at DESC",
        ("UPDATE balance_entry SET amount = amount + 7 WHERE id = :c",),
        "SELECT :a, :b",
    ),
    Damage(
        "an entry's beginning",
        1,
        "bucket entry follows another",
        "balance_entry",
        "SELECT id FROM balance_entry ORDER BY made_at DESC",
        ("UPDATE balance_entry SET before = before + 300 WHERE id = :a",),
    ),
)

HOLD = "SELECT id, subscription_id, bucket_id FROM balance_hold WHERE state = 'active' ORDER BY id"

HELD = (
    Damage(
        "less than services rest on",
        1,
        "bucket holds what services rest on",
        "balance_bucket",
        HOLD,
        ("UPDATE balance_hold SET amount = amount + 1 WHERE id = :a",),
        "SELECT :c",
    ),
    Damage(
        "a hold of what ended",
        1,
        "hold ends with its service",
        "balance_hold",
        "SELECT h.id, s.id FROM balance_hold h JOIN subscription s ON s.id = h.subscription_id "
        "WHERE h.state = 'active' AND s.state = 'active' ORDER BY h.id",
        ("UPDATE subscription SET long_distance = 'none', roaming = 'none' WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a hold of a line that is no more",
        1,
        "hold ends with its service",
        "balance_hold",
        HOLD,
        ("UPDATE subscription SET state = 'terminated' WHERE id = :b",),
        "SELECT :a",
    ),
)

BILL = "SELECT id FROM customer_bill WHERE state = '{}' ORDER BY id"

BILLS = (
    Damage(
        "a bill's line",
        1,
        "bill is the sum of its lines",
        "customer_bill",
        BILL.format("settled"),
        ("UPDATE bill_line SET amount = amount + 1 WHERE bill_id = :a AND line = 1",),
    ),
    Damage(
        "a bill's lines gone",
        1,
        "bill is the sum of its lines",
        "customer_bill",
        BILL.format("sent"),
        ("DELETE FROM bill_line WHERE bill_id = :a",),
    ),
    Damage(
        "settled for nothing",
        1,
        "bill is paid as its state says",
        "customer_bill",
        BILL.format("sent"),
        ("UPDATE customer_bill SET state = 'settled' WHERE id = :a",),
    ),
    Damage(
        "paid too much",
        1,
        "bill is paid as its state says",
        "customer_bill",
        BILL.format("settled"),
        ("UPDATE customer_bill SET paid = amount + 1 WHERE id = :a",),
    ),
    Damage(
        "a payment of a bill",
        1,
        "bill payments are posted",
        "bill_payment",
        "SELECT posting_id, id FROM bill_payment ORDER BY id",
        ("UPDATE bill_payment SET amount = amount - 1 WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "paid and not posted",
        1,
        "receivables are the unpaid bills",
        "ledger_account",
        "SELECT '1122', id FROM customer_bill WHERE state = 'sent' ORDER BY id",
        ("UPDATE customer_bill SET paid = amount, state = 'settled' WHERE id = :b",),
        "SELECT :a",
    ),
)
