"""Whose rows are damaged: queries whose first row is the victim's key."""

from __future__ import annotations

ORDER = "SELECT id FROM product_order WHERE state = 'completed' ORDER BY created_at DESC"

ACTIVE = "SELECT id FROM subscription WHERE state = 'active' ORDER BY id DESC"

BLANK = "SELECT serial FROM blank_card ORDER BY serial"

IDLE = "SELECT number FROM phone_number WHERE state = 'idle' ORDER BY number DESC"

HEAD = "SELECT outlet FROM journal_head"

PAPER = "SELECT id FROM paper_document WHERE kind = 'invoice' AND amount > 0 AND tax > 0 ORDER BY made_at DESC"
