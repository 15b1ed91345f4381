"""What stands in the row of a draft."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from data.clock import stamp
from data.tables.order import Draft


def is_past(draft: Draft, now: datetime) -> bool:
    """Whether a draft's time is over."""
    return draft.expires_at <= stamp(now)


def is_begun(draft: Draft, now: datetime) -> bool:
    """Whether something was typed into it, and its time is not over."""
    return any(values_of(draft).values()) and not is_past(draft, now)


def values_of(draft: Draft) -> dict[str, Any]:
    """What was typed; secrets as their hash."""
    values: dict[str, Any] = json.loads(draft.values_json)
    return values
