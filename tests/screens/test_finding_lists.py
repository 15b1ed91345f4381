"""What managers keep is found by everyday words of both languages, the list that is meant first."""

from __future__ import annotations

import pytest

from boss_tui.business.entries import ENTRIES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.desk.managed import EntityView
from boss_tui.management.aliases import ALIASES
from boss_tui.management.subjects import MODULES, subject
from screens.matching import kept_fits

KEPT = [
    EntityView(name, entity.says, True, (BUSINESS_NAMES[code],), ALIASES.get(name, ()))
    for code in MODULES
    for entity in subject(code).entities
    if (name := f"{code}/{entity.name}")
]


def first(text: str) -> str:
    return max(KEPT, key=lambda kept: kept_fits(text, kept)).name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("block", "M5/number_segment"),
        ("号段", "M5/number_segment"),
        ("number", "M5/phone_number"),
        ("staff", "M7/operator"),
        ("clerk", "M7/operator"),
        ("dismiss", "M7/operator"),
        ("员工", "M7/operator"),
        ("辞退", "M7/operator"),
        ("promotion", "M6/price_rule"),
        ("促销", "M6/price_rule"),
        ("Promo", "M6/price_rule"),
        ("invoice", "M9/paper_layout"),
        ("营业厅", "M7/outlet"),
        ("黑名单", "M3.2/listed_person"),
        ("M8", "M8/control_stage"),
        ("m6/tax", "M6/tax_rate"),
    ],
)
def test_the_list_that_is_meant_comes_first(text: str, name: str) -> None:
    assert first(text) == name


def test_every_list_has_words_and_none_has_another_s() -> None:
    """What several businesses keep together is at home in one of them."""
    tables = {name.partition("/")[2] for name in ALIASES}
    assert tables == {kept.name.partition("/")[2] for kept in KEPT}
    assert set(ALIASES) <= {kept.name for kept in KEPT}
    every = [alias for aliases in ALIASES.values() for alias in aliases]
    assert sorted(every) == sorted(set(every))


def test_no_word_takes_a_business_of_the_counter_its_own() -> None:
    opened = {alias for entry in ENTRIES for alias in entry.aliases}
    assert not opened & {alias for aliases in ALIASES.values() for alias in aliases}


@pytest.mark.parametrize("name", [kept.name for kept in KEPT])
def test_a_list_is_found_by_what_it_is_headed_with(name: str) -> None:
    """With its business and without: whoever types what stands at a list's head comes back to it."""
    kept = next(kept for kept in KEPT if kept.name == name)
    assert kept_fits(name, kept) == kept_fits(name.partition("/")[2], kept) == 3
