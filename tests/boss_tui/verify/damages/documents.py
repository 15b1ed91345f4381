"""Damage to documents and their ranges."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage
from tests.boss_tui.verify.damages.victims import ORDER, PAPER

RANGE = "SELECT id FROM document_range WHERE kind = 'receipt'"

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
