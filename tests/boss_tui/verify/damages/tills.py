"""Damage to tills, shifts and counts."""

from __future__ import annotations

from tests.boss_tui.verify.damages.damage import Damage

CLOSED = "SELECT id FROM shift WHERE state = 'closed' ORDER BY closed_at DESC"

OPEN_SHIFT = "SELECT id FROM shift WHERE state = 'open' ORDER BY opened_at"

_BLIND = (
    "INSERT INTO blind_count (id, outlet, counter, operator, business_date, subject, number, pieces_json, amount, "
    "state, approved_by, made_at, revision) SELECT 'planted {0}', outlet, till, operator, business_date, id, {0}, "
    "'{{}}', counted_cash + {2}, '{1}', '', closed_at, 1 FROM shift WHERE id = :a"
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
