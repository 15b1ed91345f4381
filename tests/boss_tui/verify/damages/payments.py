"""Damage to payments, the tax in them, and money in suspense."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import ORDER, PAPER

PAYMENT = "SELECT id FROM payment WHERE due > 0 ORDER BY id DESC"

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
