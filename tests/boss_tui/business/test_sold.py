"""What a form sells, as far as it says so itself."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.business.sold import sold_by


@pytest.mark.parametrize(
    ("business", "typed", "sold"),
    [
        ("C1", {"plan": "P58", "services": ["MMS", "MMS", "P58"]}, ("P58", "MMS")),
        ("C1", {}, ()),
        ("C8", {"plan": "P58"}, ("P58",)),
        ("C7.4", {"subscribe": ["MMS"], "cancel": ["CRBT"]}, ("MMS",)),
        ("C4.3", {"plan": "P58"}, None),
        ("C7.1", {}, None),
        ("C7.2", {}, None),
        ("C7.3", {}, None),
        ("C2", {}, ()),
    ],
)
def test_what_a_form_sells(business: str, typed: dict[str, Any], sold: tuple[str, ...] | None) -> None:
    form, _ = BUSINESSES[business].form.partial(typed)
    assert sold_by(business, form) == sold
