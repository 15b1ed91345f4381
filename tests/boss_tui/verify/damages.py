"""Damage of many kinds, planted by raw SQL behind the program's back: what to do, and what must be found for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from data.schema import guards
from data.store import Store


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage.

    Attributes:
        name: for the test's name.
        invariant, rule, table: of the finding that must come.
        pick: a query whose first row is the victim's key; its columns are named in `do` as :a, :b, :c, …
        do: statements, alike on both engines.
        key: the finding's key as a query over the same names; empty: the victim's own key.
    """

    name: str
    invariant: int
    rule: str
    table: str
    pick: str
    do: tuple[str, ...]
    key: str = ""


def plant(store: Store, damage: Damage) -> str:
    """Do the damage, with triggers and references off; answers the key that must be named."""
    with store.engine.connect() as connection:

        def run(statement: str, **values: Any) -> Any:
            return connection.execute(text(statement), values)

        off, on = _switches(store, " ".join(damage.do))
        for statement in off:
            run(statement)
        victim = run(damage.pick).fetchone()
        assert victim is not None, "nothing to damage"
        values = dict(zip("abcde", victim, strict=False))
        for statement in damage.do:
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            assert run(statement, **wanted).rowcount != 0, statement
        named = run(damage.key, **{n: v for n, v in values.items() if f":{n}" in damage.key}) if damage.key else None
        key = named.fetchone() if named is not None else victim
        for statement in on:
            run(statement)
    return "/".join(str(part) for part in key)


def _switches(store: Store, doing: str) -> tuple[list[str], list[str]]:
    """What takes references away, and the guards of the tables that are touched; and what puts them back."""
    if not store.is_sqlite:
        return ["SET session_replication_role = replica"], ["SET session_replication_role = DEFAULT"]
    touched = set(re.findall(r"\w+", doing))
    parts = {made: made.split() for made in guards(True)}
    guarding = {made: words[2] for made, words in parts.items() if words[words.index("ON") + 1] in touched}
    off = ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"]
    return [*off, *(f"DROP TRIGGER {name}" for name in guarding.values())], [*guarding, "PRAGMA foreign_keys = ON"]


SALE = "SELECT id FROM posting WHERE order_id IS NOT NULL ORDER BY made_at DESC"
OLD_SALE = "SELECT id FROM posting WHERE order_id IS NOT NULL ORDER BY made_at"
CLOSED = "SELECT id FROM shift WHERE state = 'closed' ORDER BY closed_at DESC"
OPEN_SHIFT = "SELECT id FROM shift WHERE state = 'open' ORDER BY opened_at"
PAYMENT = "SELECT id FROM payment WHERE due > 0 ORDER BY id DESC"
ORDER = "SELECT id FROM product_order WHERE state = 'completed' ORDER BY created_at DESC"
UNDER_WAY = "SELECT id FROM product_order WHERE state = 'inProgress' ORDER BY created_at DESC"
ACTIVE = "SELECT id FROM subscription WHERE state = 'active' ORDER BY id DESC"
NUMBER = "SELECT number FROM phone_number WHERE state = 'in_use' ORDER BY number"
BLANK = "SELECT serial FROM blank_card ORDER BY serial"
IDLE = "SELECT number FROM phone_number WHERE state = 'idle' ORDER BY number DESC"
ENTRY = "SELECT outlet, epoch, seq FROM journal WHERE kind = 'C1' ORDER BY seq DESC"
HEAD = "SELECT outlet FROM journal_head"
RANGE = "SELECT id FROM document_range WHERE kind = 'receipt'"
PAPER = "SELECT id FROM paper_document WHERE kind = 'invoice' AND amount > 0 AND tax > 0 ORDER BY made_at DESC"
HELD_FORM = "SELECT id FROM draft WHERE state = 'held'"
JOB = "SELECT id FROM print_job WHERE order_id != '' ORDER BY queued_at"

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

_BLIND = (
    "INSERT INTO blind_count (id, outlet, counter, operator, business_date, subject, number, pieces_json, amount, "
    "state, approved_by, made_at, revision) SELECT 'planted {0}', outlet, till, operator, business_date, id, {0}, "
    "'{{}}', counted_cash + {2}, '{1}', '', closed_at, 1 FROM shift WHERE id = :a"
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

TILLS = (
    Damage(
        "a float",
        1,
        "float was posted",
        "shift",
        OPEN_SHIFT,
        ("UPDATE shift SET float_amount = float_amount + 1000 WHERE id = :a",),
    ),
    Damage(
        "expected cash",
        1,
        "expected cash is float plus postings",
        "shift",
        CLOSED,
        ("UPDATE shift SET expected_cash = expected_cash + 1 WHERE id = :a",),
    ),
    Damage(
        "pieces counted",
        1,
        "counted cash is its pieces",
        "shift",
        CLOSED,
        ("UPDATE shift_count SET pieces = pieces + 1 WHERE shift_id = :a AND denomination = 10000",),
    ),
    Damage(
        "a difference",
        1,
        "difference is counted less expected",
        "shift",
        CLOSED,
        ("UPDATE shift SET difference = 0 WHERE id = :a",),
    ),
    Damage(
        "a difference posted as something else",
        1,
        "difference was posted",
        "shift",
        CLOSED,
        (
            "UPDATE posting_line SET item = 'change' WHERE item = 'difference' AND posting_id IN "
            "(SELECT id FROM posting WHERE shift_id = :a)",
        ),
    ),
    Damage(
        "a hand-over",
        1,
        "counted cash was handed over",
        "shift",
        CLOSED,
        ("UPDATE shift SET counted_cash = counted_cash + 5 WHERE id = :a",),
    ),
    Damage(
        "a closed shift opened again",
        1,
        "no hand-over from an open shift",
        "shift",
        "SELECT id FROM shift WHERE state = 'closed' AND till NOT IN (SELECT till FROM shift WHERE state = 'open')",
        ("UPDATE shift SET state = 'open' WHERE id = :a",),
    ),
    Damage(
        "a Z number left out",
        1,
        "Z numbers rise by one",
        "shift",
        "SELECT id FROM shift WHERE z_number IS NOT NULL ORDER BY z_number DESC",
        ("UPDATE shift SET z_number = z_number + 1 WHERE id = :a",),
    ),
    Damage(
        "a shift without Z number",
        1,
        "closed shift has its Z number",
        "shift",
        CLOSED,
        ("UPDATE shift SET z_number = NULL WHERE id = :a",),
    ),
    Damage(
        "a day closed under a shift",
        1,
        "open shift stands on an open day",
        "shift",
        OPEN_SHIFT,
        (
            "UPDATE business_day SET state = 'closed' WHERE state = 'open' AND outlet IN "
            "(SELECT outlet FROM shift WHERE id = :a)",
        ),
    ),
    Damage(
        "a slip's amount",
        1,
        "cash movement is what was posted",
        "cash_movement",
        "SELECT id FROM cash_movement WHERE purpose = 'drop'",
        ("UPDATE cash_movement SET amount = amount + 1 WHERE id = :a",),
    ),
    Damage(
        "a slip that moved something else",
        1,
        "cash movement is what was posted",
        "cash_movement",
        "SELECT id FROM cash_movement WHERE purpose = 'drop'",
        ("UPDATE cash_movement SET purpose = 'expense' WHERE id = :a",),
    ),
    Damage(
        "a slip gone",
        1,
        "cash slips are numbered",
        "cash_movement",
        "SELECT id FROM cash_movement WHERE number = 2",
        ("DELETE FROM cash_movement WHERE id = :a",),
        "SELECT id FROM cash_movement WHERE number = 3",
    ),
    Damage(
        "slips ticked off",
        1,
        "slips ticked off are those of the shift",
        "shift_tender",
        "SELECT shift_id, kind FROM shift_tender",
        ("UPDATE shift_tender SET amount = amount + 1 WHERE shift_id = :a AND kind = :b",),
    ),
    Damage(
        "a drawer that gave what it had not",
        1,
        "drawer never below nothing",
        "shift",
        "SELECT s.id, p.id FROM shift s JOIN posting p ON p.shift_id = s.id JOIN posting_line l ON "
        "l.posting_id = p.id WHERE s.state = 'open' AND l.item = 'float' ORDER BY s.opened_at",
        ("UPDATE posting_line SET amount = -amount WHERE posting_id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a safe that gave what it had not",
        1,
        "safe never below nothing",
        "outlet",
        "SELECT p.outlet, p.id FROM posting p JOIN posting_line l ON l.posting_id = p.id WHERE l.item = 'reserve'",
        ("UPDATE posting_line SET amount = amount / 100 WHERE posting_id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a bank's paper used twice",
        1,
        "bank's paper moves cash once",
        "cash_movement",
        "SELECT id, outlet FROM cash_movement WHERE purpose = 'drop'",
        (
            "UPDATE cash_movement SET purpose = 'deposit', reference = 'BS-1' WHERE id = :a",
            "INSERT INTO cash_movement (id, outlet, posting_id, purpose, number, amount, reference, counterparty, "
            "approved_by) SELECT 'zz planted', outlet, posting_id, 'deposit', 99, amount, 'BS-1', '', '' "
            "FROM cash_movement WHERE id = :a",
        ),
        "SELECT 'zz planted'",
    ),
    Damage(
        "a second count by nobody's word",
        1,
        "a count after the books have answered has a supervisor's word",
        "blind_count",
        CLOSED,
        (_BLIND.format(1, "answered", 0), _BLIND.format(2, "accepted", 0)),
        "SELECT 'planted 2'",
    ),
    Damage(
        "a third count by nobody's word",
        1,
        "a count after the books have answered has a supervisor's word",
        "blind_count",
        CLOSED,
        (_BLIND.format(3, "accepted", 0),),
        "SELECT 'planted 3'",
    ),
    Damage(
        "another count than was put down",
        1,
        "a count that was put down is the shift's",
        "blind_count",
        CLOSED,
        (_BLIND.format(1, "accepted", 1),),
        "SELECT 'planted 1'",
    ),
    Damage(
        "a first count gone",
        1,
        "counts that are put down rise by one",
        "blind_count",
        CLOSED,
        (_BLIND.format(2, "put_down", 0),),
        "SELECT 'planted 2'",
    ),
)

PAYMENTS = (
    Damage(
        "a tender",
        1,
        "tenders make what was due",
        "payment",
        PAYMENT,
        ("UPDATE payment_tender SET amount = amount - 1 WHERE payment_id = :a",),
    ),
    Damage(
        "a number that pays twice",
        1,
        "reference pays once",
        "product_order",
        "SELECT payment_id FROM payment_tender WHERE reference = 'POS1'",
        ("UPDATE payment_tender SET reference = 'pos 12' WHERE payment_id = :a",),
        "SELECT max(y.order_id) FROM payment_tender t JOIN payment y ON y.id = t.payment_id "
        "WHERE t.reference IN ('pos 12', 'POS12')",
    ),
    Damage(
        "a number twice in a payment",
        1,
        "reference stands once in a payment",
        "payment",
        "SELECT payment_id FROM payment_tender WHERE reference = 'POS1'",
        (
            "INSERT INTO payment_tender (payment_id, line, kind, amount, reference) SELECT payment_id, line + 8, kind, "
            "amount, reference FROM payment_tender WHERE payment_id = :a",
        ),
    ),
    Damage(
        "the change",
        1,
        "tendered less change is due",
        "payment",
        PAYMENT,
        ("UPDATE payment SET change = change + 1 WHERE id = :a",),
    ),
    Damage(
        "a payment's posting",
        1,
        "payment fits its posting",
        "payment",
        PAYMENT,
        ("UPDATE payment SET posting_id = (SELECT min(id) FROM posting) WHERE id = :a",),
    ),
    Damage(
        "a tender's kind",
        1,
        "tenders were posted",
        "payment",
        "SELECT p.id, '1003' FROM payment p JOIN payment_tender t ON t.payment_id = p.id WHERE t.kind = 'cash'",
        ("UPDATE payment_tender SET kind = 'transfer' WHERE payment_id = :a",),
        "SELECT :a",
    ),
    Damage(
        "an order's amount",
        1,
        "order amount is what was due",
        "product_order",
        ORDER,
        ("UPDATE product_order SET amount = amount + 100 WHERE id = :a",),
    ),
    Damage(
        "a payment gone",
        1,
        "order amount is what was due",
        "product_order",
        "SELECT order_id FROM payment WHERE due > 0",
        ("DELETE FROM payment WHERE order_id = :a",),
    ),
    Damage(
        "a figure",
        1,
        "figures agree with orders",
        "figure",
        "SELECT outlet, business_date, operator, business, measure FROM figure WHERE measure = 'accepted'",
        (
            "UPDATE figure SET count = count + 1 WHERE outlet = :a AND business_date = :b AND operator = :c "
            "AND business = :d AND measure = :e",
        ),
    ),
)

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

HOLDERS = (
    Damage(
        "a number without its subscription",
        3,
        "number given out has its subscription",
        "phone_number",
        NUMBER,
        ("UPDATE phone_number SET subscription_id = NULL WHERE number = :a",),
    ),
    Damage(
        "a number with another's subscription",
        3,
        "number given out has its subscription",
        "phone_number",
        "SELECT min(number), max(number) FROM phone_number WHERE state = 'in_use'",
        (
            "UPDATE phone_number SET subscription_id = (SELECT subscription_id FROM phone_number WHERE number = :b) "
            "WHERE number = :a",
        ),
        "SELECT :a",
    ),
    Damage(
        "a card without its subscription",
        3,
        "card given out has its subscription",
        "sim_card",
        "SELECT iccid FROM sim_card WHERE state = 'in_use'",
        ("UPDATE sim_card SET subscription_id = 'gone' WHERE iccid = :a",),
    ),
    Damage(
        "a sold number back in stock",
        3,
        "subscription has its number",
        "subscription",
        ACTIVE,
        ("UPDATE phone_number SET state = 'idle', subscription_id = NULL WHERE subscription_id = :a",),
    ),
    Damage(
        "a card void under a subscription",
        3,
        "subscription has its card",
        "subscription",
        ACTIVE,
        ("UPDATE sim_card SET state = 'void' WHERE subscription_id = :a",),
    ),
    Damage(
        "an idle number with a subscription",
        3,
        "free number has no subscription",
        "phone_number",
        IDLE,
        ("UPDATE phone_number SET subscription_id = (SELECT min(id) FROM subscription) WHERE number = :a",),
    ),
    Damage(
        "a card in stock with a subscription",
        3,
        "free card has no subscription",
        "sim_card",
        "SELECT iccid FROM sim_card WHERE state = 'in_stock' ORDER BY iccid DESC",
        ("UPDATE sim_card SET subscription_id = (SELECT min(id) FROM subscription) WHERE iccid = :a",),
    ),
    Damage(
        "a number in use too early",
        3,
        "number state fits its subscription",
        "phone_number",
        "SELECT number FROM phone_number WHERE state = 'sold'",
        ("UPDATE phone_number SET state = 'in_use' WHERE number = :a",),
    ),
    Damage(
        "a card not put into use",
        3,
        "card state fits its subscription",
        "sim_card",
        "SELECT iccid FROM sim_card WHERE state = 'in_use'",
        ("UPDATE sim_card SET state = 'sold' WHERE iccid = :a",),
    ),
    Damage(
        "an IMSI",
        3,
        "card and subscription agree on the IMSI",
        "subscription",
        ACTIVE,
        ("UPDATE subscription SET imsi = '460009999999999' WHERE id = :a",),
    ),
    Damage(
        "two subscriptions of one number",
        3,
        "number is of one subscription",
        "subscription",
        "SELECT max(id), min(id) FROM subscription WHERE state = 'active'",
        (
            "DROP INDEX subscription_number",
            "UPDATE subscription SET number = (SELECT number FROM subscription WHERE id = :b) WHERE id = :a",
        ),
        "SELECT :a",
    ),
    Damage(
        "two subscriptions of one card",
        3,
        "card is of one subscription",
        "subscription",
        "SELECT max(id), min(id) FROM subscription WHERE state = 'active'",
        ("UPDATE subscription SET iccid = (SELECT iccid FROM subscription WHERE id = :b) WHERE id = :a",),
        "SELECT :b",
    ),
    Damage(
        "two subscriptions of one IMSI",
        3,
        "IMSI is of one subscription",
        "subscription",
        "SELECT max(id), min(id) FROM subscription WHERE state = 'active'",
        ("UPDATE subscription SET imsi = (SELECT imsi FROM subscription WHERE id = :b) WHERE id = :a",),
        "SELECT :a",
    ),
    Damage(
        "a reserved number in use",
        3,
        "only free numbers are reserved",
        "reservation",
        "SELECT id, (SELECT min(number) FROM phone_number WHERE state = 'in_use') FROM reservation WHERE "
        "kind = 'number' AND state = 'active'",
        ("UPDATE reservation SET resource = :b WHERE id = :a",),
        "SELECT :a",
    ),
    Damage(
        "a reserved card that is not there",
        3,
        "only free cards are reserved",
        "reservation",
        "SELECT id FROM reservation WHERE kind = 'sim' AND state = 'active'",
        ("UPDATE reservation SET resource = 'none' WHERE id = :a",),
    ),
    Damage(
        "a number reserved twice",
        3,
        "reserved once",
        "reservation",
        "SELECT r.id, (SELECT max(u.id) FROM reservation u WHERE u.kind = 'number' AND u.state = 'used') "
        "FROM reservation r WHERE r.kind = 'number' AND r.state = 'active'",
        (
            "DROP INDEX reservation_holder",
            "UPDATE reservation SET state = 'active', resource = (SELECT resource FROM reservation WHERE id = :a) "
            "WHERE id = :b",
        ),
        "SELECT :b",
    ),
    Damage(
        "a number gone from its lease",
        3,
        "lease is whole: number",
        "lease",
        "SELECT id, (SELECT max(number) FROM phone_number WHERE state = 'idle') FROM lease WHERE kind = 'number'",
        ("DELETE FROM phone_number WHERE number = :b",),
        "SELECT :a",
    ),
    Damage(
        "a card more than its lease",
        3,
        "lease is whole: sim",
        "lease",
        "SELECT id, (SELECT min(iccid) FROM sim_card WHERE lease_id = '') FROM lease WHERE kind = 'sim'",
        ("UPDATE sim_card SET lease_id = :a WHERE iccid = :b",),
        "SELECT :a",
    ),
    Damage(
        "a blank card written with nothing",
        3,
        "written card is a SIM card",
        "blank_card",
        BLANK,
        ("UPDATE blank_card SET state = 'written', iccid = 'none' WHERE serial = :a",),
    ),
    Damage(
        "a blank card with an ICCID",
        3,
        "written card is a SIM card",
        "blank_card",
        BLANK,
        ("UPDATE blank_card SET iccid = (SELECT min(iccid) FROM sim_card) WHERE serial = :a",),
    ),
    Damage(
        "two cards written alike",
        3,
        "written once",
        "blank_card",
        "SELECT max(serial), min(serial) FROM blank_card",
        (
            "UPDATE blank_card SET state = 'written', iccid = (SELECT min(iccid) FROM sim_card) WHERE serial IN "
            "(:a, :b)",
        ),
        "SELECT :a",
    ),
    Damage(
        "an IMSI on a card and still kept",
        3,
        "kept IMSI is on a card when it is used",
        "imsi_reserve",
        "SELECT imsi, (SELECT max(iccid) FROM sim_card WHERE state = 'in_stock') FROM imsi_reserve",
        ("UPDATE sim_card SET imsi = :a WHERE iccid = :b",),
        "SELECT :a",
    ),
    Damage(
        "a kept IMSI used for nothing",
        3,
        "kept IMSI is on a card when it is used",
        "imsi_reserve",
        "SELECT imsi FROM imsi_reserve",
        ("UPDATE imsi_reserve SET state = 'used' WHERE imsi = :a",),
    ),
    Damage(
        "a reserved blank card that is none",
        3,
        "only blank cards are reserved as such",
        "reservation",
        "SELECT id FROM reservation WHERE kind = 'sim' AND state = 'active'",
        ("UPDATE reservation SET kind = 'blank' WHERE id = :a",),
    ),
)

DOCUMENTS = (
    Damage(
        "a next number out of its range",
        4,
        "next number is within the range",
        "document_range",
        RANGE,
        ("UPDATE document_range SET next_number = last_number + 2 WHERE id = :a",),
    ),
    Damage(
        "a range used up too early",
        4,
        "range is used up at its end",
        "document_range",
        RANGE,
        ("UPDATE document_range SET state = 'used_up' WHERE id = :a",),
    ),
    Damage(
        "a number skipped",
        4,
        "used number has its document",
        "document_range",
        RANGE,
        ("UPDATE document_range SET next_number = next_number + 1 WHERE id = :a",),
    ),
    Damage(
        "a document gone",
        4,
        "used number has its document",
        "document_range",
        RANGE,
        (
            "DELETE FROM paper_document WHERE range_id = :a AND number = "
            "(SELECT min(number) + 2 FROM paper_document WHERE range_id = :a)",
        ),
    ),
    Damage(
        "a number given again",
        4,
        "document is of a used number",
        "paper_document",
        "SELECT id, range_id FROM paper_document WHERE number = (SELECT max(number) FROM paper_document)",
        ("UPDATE document_range SET next_number = next_number - 1 WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a document of another code",
        4,
        "document fits its range",
        "paper_document",
        PAPER,
        ("UPDATE paper_document SET code = '999' WHERE id = :a",),
    ),
    Damage(
        "a range over another",
        4,
        "ranges do not overlap",
        "document_range",
        RANGE,
        (
            "INSERT INTO document_range (id, kind, code, first_number, last_number, next_number, outlet, counter, "
            "lease_id, state, revision) SELECT 'planted', kind, code, last_number, last_number + 10, last_number, "
            "outlet, counter, lease_id, 'open', 1 FROM document_range WHERE id = :a",
        ),
    ),
    Damage(
        "money paid out without a voucher",
        4,
        "what is paid out has its refund voucher",
        "product_order",
        "SELECT id, order_id FROM payment WHERE due > 0 AND order_id IS NOT NULL ORDER BY id DESC",
        ("UPDATE payment SET due = -due WHERE id = :a",),
        "SELECT :b",
    ),
    Damage(
        "a count that differs by nobody's word",
        4,
        "a count that differs has its reason and word",
        "stock_count",
        RANGE,
        (
            "INSERT INTO stock_count (id, outlet, number, business_date, reason, counted_by, approved_by, "
            "made_at) SELECT 'planted', outlet, 1, '2026-11-23', 'lost', '1001', '', '' FROM document_range "
            "WHERE id = :a",
            "INSERT INTO stock_piece (count_id, kind, of, expected, counted) SELECT 'planted', 'card', '5000', "
            "5, 4 FROM document_range WHERE id = :a",
        ),
        "SELECT 'planted'",
    ),
    Damage(
        "printed anew by nobody's word",
        4,
        "what is printed anew has a supervisor's word",
        "number_move",
        RANGE,
        (
            "INSERT INTO number_move (id, outlet, kind, code, first_number, last_number, act, counter, to_counter, "
            "operator, approved_by, reason, business_date, made_at) SELECT 'planted', outlet, kind, code, "
            "first_number, first_number, 'anew', '', '', '1001', '', 'jammed', '2026-11-23', '' FROM document_range "
            "WHERE id = :a",
        ),
        "SELECT 'planted'",
    ),
    Damage(
        "a document's amount",
        4,
        "document says what its row says",
        "paper_document",
        PAPER,
        ("UPDATE paper_document SET amount = amount + 1 WHERE id = :a",),
    ),
    Damage(
        "a document's tax",
        4,
        "document says what its row says",
        "paper_document",
        PAPER,
        ("UPDATE paper_document SET tax = tax + 1 WHERE id = :a",),
    ),
    Damage(
        "a document's content",
        4,
        "document says what its row says",
        "paper_document",
        PAPER,
        ("UPDATE paper_document SET content = substr(content, 2) WHERE id = :a",),
    ),
    Damage(
        "another document's content",
        4,
        "document says what its row says",
        "paper_document",
        PAPER,
        (
            "UPDATE paper_document SET content = (SELECT content FROM paper_document WHERE kind = 'receipt' "
            "ORDER BY id LIMIT 1) WHERE id = :a",
        ),
    ),
    Damage(
        "no document of a payment",
        4,
        "payment has its document",
        "product_order",
        ORDER,
        ("DELETE FROM paper_document WHERE order_id = :a",),
    ),
    Damage(
        "no print job of a document",
        4,
        "document has its print job",
        "paper_document",
        PAPER,
        ("DELETE FROM print_job WHERE document_id = :a",),
    ),
)

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

LINE = (
    "SELECT l.posting_id, l.line, p.order_id FROM posting_line l JOIN posting p ON p.id = l.posting_id "
    "WHERE l.account = '{}'"
)
OF_AN_ORDER = LINE.format("2221") + " AND p.order_id IS NOT NULL ORDER BY p.made_at DESC, l.line"

TAXES = (
    Damage(
        "a paper's tax by another rate",
        9,
        "tax of papers is the books'",
        "product_order",
        "SELECT t.document_id, d.order_id FROM paper_tax t JOIN paper_document d ON d.id = t.document_id "
        "WHERE t.rate = 900 AND d.drawn_later = 0 ORDER BY d.made_at DESC",
        ("UPDATE paper_tax SET rate = 600 WHERE document_id = :a AND rate = 900",),
        "SELECT :b",
    ),
    Damage(
        "what a paper says was taxed",
        9,
        "tax of papers is the books'",
        "product_order",
        "SELECT t.document_id, d.order_id FROM paper_tax t JOIN paper_document d ON d.id = t.document_id "
        "WHERE t.rate = 1300 AND d.drawn_later = 0 ORDER BY d.made_at DESC",
        ("UPDATE paper_tax SET amount = amount + 1 WHERE document_id = :a AND rate = 1300",),
        "SELECT :b",
    ),
    Damage(
        "output tax by another rate",
        9,
        "tax of papers is the books'",
        "product_order",
        OF_AN_ORDER,
        ("UPDATE posting_line SET tax_rate = 0 WHERE posting_id = :a AND line = :b",),
        "SELECT :c",
    ),
    Damage(
        "a paper's own tax",
        9,
        "paper's tax is that of its rates",
        "paper_document",
        PAPER,
        ("UPDATE paper_document SET tax = tax + 1 WHERE id = :a",),
    ),
    Damage(
        "tax outside of a shift",
        9,
        "output tax is entered in a shift",
        "posting",
        OF_AN_ORDER,
        ("UPDATE posting SET shift_id = NULL WHERE id = :a",),
        "SELECT :a",
    ),
    Damage(
        "more taken back than there was",
        9,
        "red letters are of what there was",
        "paper_document",
        "SELECT d.id, d.code || '-' || d.number, r.id FROM paper_document d JOIN paper_document r "
        "ON r.kind = d.kind AND r.id <> d.id WHERE d.kind = 'invoice' AND d.amount > 0 ORDER BY d.id, r.id",
        ("UPDATE paper_document SET reason = :b, amount = -1000000 WHERE id = :c",),
        "SELECT :a",
    ),
    Damage(
        "an invoice that nobody put off",
        9,
        "invoice drawn later was asked for",
        "paper_document",
        "SELECT id FROM paper_document WHERE drawn_later = 1",
        ("DELETE FROM invoice_request WHERE document_id = :a",),
        "SELECT :a",
    ),
    Damage(
        "one that is said to be drawn",
        9,
        "invoice that was put off is drawn once",
        "invoice_request",
        "SELECT order_id FROM invoice_request WHERE state = 'waiting'",
        ("UPDATE invoice_request SET state = 'drawn' WHERE order_id = :a",),
        "SELECT :a",
    ),
    Damage(
        "one that was drawn and waits still",
        9,
        "invoice that was put off is drawn once",
        "invoice_request",
        "SELECT order_id FROM invoice_request WHERE state = 'drawn'",
        ("UPDATE invoice_request SET state = 'waiting' WHERE order_id = :a",),
        "SELECT :a",
    ),
    Damage(
        "one that waits for an order that is gone",
        9,
        "no invoice waits of what was taken back",
        "invoice_request",
        "SELECT order_id FROM invoice_request WHERE state = 'waiting'",
        ("UPDATE product_order SET state = 'cancelled' WHERE id = :a",),
        "SELECT :a",
    ),
    Damage(
        "what one that waits says of tax",
        9,
        "invoice drawn later says what was put off",
        "invoice_request",
        "SELECT order_id FROM invoice_request WHERE state = 'waiting'",
        (
            """UPDATE invoice_request SET says = '{"about":[],"back":[],"customer":"","lines":[],"title":'
               || '{"template":"","values":{}}}' WHERE order_id = :a""",
        ),
        "SELECT :a",
    ),
    Damage(
        "what one that was drawn is of",
        9,
        "invoice drawn later says what was put off",
        "invoice_request",
        "SELECT document_id, order_id FROM invoice_request WHERE state = 'drawn'",
        ("UPDATE paper_document SET amount = amount + 1 WHERE id = :a",),
        "SELECT :b",
    ),
    Damage(
        "tax that waits for no bill",
        9,
        "waiting tax is that of unpaid bills",
        "ledger_account",
        LINE.format("2222"),
        ("UPDATE posting_line SET amount = amount - 1 WHERE posting_id = :a AND line = :b",),
        "SELECT '2222'",
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
SUSPENDED = "SELECT id FROM handwritten_slip WHERE held > 0"
SUSPENSE = (
    Damage(
        "money of a slip that no entry has",
        1,
        "slip holds what its entries make",
        "handwritten_slip",
        SUSPENDED,
        ("UPDATE handwritten_slip SET held = held - 1 WHERE id = :a",),
    ),
    Damage(
        "money given back to nobody",
        1,
        "money given back says who got it",
        "suspense_entry",
        "SELECT id, posting_id FROM suspense_entry WHERE act = 'given_back'",
        ("UPDATE posting SET note = '' WHERE id = :b",),
        "SELECT :a",
    ),
    Damage(
        "a slip known by another number",
        1,
        "slip is known by its number",
        "handwritten_slip",
        "SELECT id FROM handwritten_slip",
        ("UPDATE handwritten_slip SET known_as = 'SG1' || known_as WHERE id = :a",),
    ),
    Damage(
        "a slip settled with its money",
        1,
        "settled slip holds nothing",
        "handwritten_slip",
        SUSPENDED,
        ("UPDATE handwritten_slip SET state = 'settled' WHERE id = :a",),
    ),
    Damage(
        "money of a slip only written down",
        1,
        "money of a slip was booked",
        "handwritten_slip",
        SUSPENDED,
        ("DELETE FROM suspense_entry WHERE slip_id = :a", "UPDATE handwritten_slip SET held = 0 WHERE id = :a"),
    ),
    Damage(
        "money in suspense posted without a slip",
        1,
        "suspense is posted as it is entered",
        "posting",
        "SELECT posting_id FROM suspense_entry WHERE act = 'given_back'",
        ("DELETE FROM suspense_entry WHERE posting_id = :a",),
    ),
    Damage(
        "an entry of another amount",
        1,
        "suspense is posted as it is entered",
        "posting",
        "SELECT posting_id FROM suspense_entry WHERE act = 'taken'",
        ("UPDATE suspense_entry SET amount = amount + 1 WHERE posting_id = :a",),
    ),
    Damage(
        "an entry of another day",
        1,
        "suspense fits its posting",
        "suspense_entry",
        "SELECT id FROM suspense_entry",
        ("UPDATE suspense_entry SET business_date = '2026-01-01' WHERE id = :a",),
    ),
    Damage(
        "an entry of the wrong sign",
        1,
        "suspense fits its posting",
        "suspense_entry",
        "SELECT id FROM suspense_entry WHERE act = 'taken'",
        ("UPDATE suspense_entry SET act = 'given_back' WHERE id = :a",),
    ),
    Damage(
        "a card that paid a slip and an order",
        1,
        "reference pays once",
        "product_order",
        "SELECT y.id FROM payment y JOIN payment_tender t ON t.payment_id = y.id WHERE t.reference = 'POS12'",
        ("UPDATE payment_tender SET reference = 'POS12' WHERE reference = 'POS99'",),
        "SELECT MAX(k) FROM (SELECT y.id AS k FROM payment y WHERE y.order_id IS NULL AND y.id IN "
        "(SELECT payment_id FROM payment_tender WHERE reference = 'POS12') UNION SELECT o.order_id FROM payment o "
        "WHERE o.id = :a) AS both_keys",
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

ALL = (
    *ANSWERED,
    *PUBLISHED,
    *LEDGER,
    *HELD,
    *BILLS,
    *TAXES,
    *TILLS,
    *PAYMENTS,
    *JOURNAL,
    *HOLDERS,
    *DOCUMENTS,
    *SUBSCRIPTIONS,
    *ORDERS,
    *VERSIONS,
    *DATED,
    *SUSPENSE,
    *ITEMS,
    *STOPPED,
    *KEPT,
    *STOCK,
)
