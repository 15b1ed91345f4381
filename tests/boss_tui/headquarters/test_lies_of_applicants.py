"""An outlet that gives somebody what they may not have: by lists, by age, by how many numbers they have, by credit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.boss_tui.headquarters.sly import Sly, made, tell
from tests.hall import FACTS

OLD, YOUNG, HAS_FIVE, KEY = "13957003352", "13957009190", "13957003757", "13957007919"
SOME = ("13957004218", "13957002137", "13957008785", "13957005028")
AGE = "UPDATE product SET minimum_age = {} WHERE code = 'PSEN'"
LISTED = "UPDATE listed_person SET valid_to = '{}' WHERE id = '{}'"
LIMIT = "UPDATE category SET number_limit = {} WHERE code = 'ordinary'"
ASKED = "UPDATE interface SET state = '{}' WHERE code = 'guardian'"
WAIVED = "UPDATE credit_rating SET deposit_waived = {} WHERE code = 'C'"


def to(person: Any, begins: str = "") -> dict[str, str]:
    """Somebody's document in a form."""
    return {
        f"{begins}document_kind": person.document_kind,
        f"{begins}document_number": person.document_number,
        f"{begins}name": person.name,
    }


def day(sly: Sly) -> None:
    at = sly.at
    transfer = at.desk.forms.example("C5")
    # paid in advance, and afterwards
    sly.do("C8", YOUNG, plan="P39", starts="now")
    sly.do("C4.3", YOUNG, change="prepaid")
    sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(YOUNG)}))
    sly.do("C4.3", YOUNG, change="postpaid")  # who had no limit yet gets one
    # age
    sly.do("C8", OLD, plan="PSEN", starts="now")
    with sly.lie("price", AGE.format(0), undo=[AGE.format(60)]):
        sly.done(at.filled(plan="PSEN"))
    with sly.lie("price", AGE.format(0), undo=[AGE.format(60)]):
        sly.do("C8", SOME[3], plan="PSEN", starts="now")
    with sly.lie("price", AGE.format(0), undo=[AGE.format(60)]):
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(OLD)}))
    # lists
    sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(SOME[1]), **to(FACTS.blacklisted_by_partner, "new_")}))
    with sly.lie("applicant", LISTED.format("2026-01-01", "listed-1"), undo=[LISTED.format("", "listed-1")]):
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(SOME[0]), **to(FACTS.blacklisted, "new_")}))
    with sly.lie("applicant", LISTED.format("2026-01-01", "listed-2"), undo=[LISTED.format("", "listed-2")]):
        sly.done(at.filled(**to(FACTS.blacklisted_by_partner)), alone=True)
    # how many numbers
    five = sly.typed(HAS_FIVE)["document_number"]
    with sly.lie("applicant", LIMIT.format(500), undo=[LIMIT.format(5)]):
        sly.done(at.filled(document_number=five, name="欧阳静"))
    with sly.lie("applicant", LIMIT.format(500), undo=[LIMIT.format(5)]):
        new = {"new_document_number": five, "new_name": "欧阳静"}
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(SOME[2]), **new}))
    # children
    with sly.lie("applicant", ASKED.format("off"), undo=[ASKED.format("active")]):
        sly.done(at.filled(**to(FACTS.minor)))
    # what is international
    abroad = {"document_number": sly.typed(KEY)["document_number"], "name": "单国强", "long_distance": "international"}
    numbers = [sly.done(at.filled(**abroad)).facts["number"] for _ in range(2)]
    sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(numbers[0])}))
    with sly.lie("trust", WAIVED.format(1), undo=[WAIVED.format(0)]):
        sly.done(at.desk.forms.begin("C5", {**transfer, **sly.typed(numbers[1])}))


told = made("applicants", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_nobody_has_what_they_may_not_have(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), on_a_stick=on_a_stick)
