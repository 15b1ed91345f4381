"""The program's own rows: listed while they count, changed into a row of headquarters' own, ended by nobody."""

from __future__ import annotations

import json

import pytest

from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import shipped_text
from boss_tui.editions import lifecycle
from boss_tui.editions.standing import rows_of
from boss_tui.management.kit import working
from boss_tui.management.kit.coming import coming
from boss_tui.management.kit.entity import Key
from boss_tui.management.kit.filters import read_filter
from boss_tui.management.kit.listing import ListRow, counted, page
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.rules import rules
from boss_tui.management.subjects import named
from boss_tui.network.dialects import DIALECTS, dialect
from boss_tui.network.tables import dialect_in_force
from data.errors import NotAllowed
from tests.boss_tui.editions.office import CHECKER, MAKER, RULES, TODAY, Desk

LAYOUTS, TEMPLATES, ANSWERS = "M9", "M10/command_template", "M10/answer_code"


def listed(office: Desk, name: str, typed: str = "", size: int = 100) -> list[ListRow]:
    _, entity = named(name)
    with office.store.reading() as reading:
        asked = ListQuery(read_filter(entity, typed), "", False, TODAY, TODAY)
        shown, (fit, _) = page(reading, entity, asked, size=size), counted(reading, entity, asked)
        assert shown.after is not None or fit.rows == len(shown.rows)
        return list(shown.rows)


def changed(office: Desk, name: str, key: Key, **typed: str) -> str:
    """A draft in which a row of the program's own becomes one of headquarters'."""
    subject, entity = named(name)
    made: str = office.act(MAKER, working.draft_for, "", "Ours", business=subject.code, reason="because").id
    what = rules(RULES.publish)
    office.act(MAKER, working.changed, entity, made, [key], typed, what, business=subject.code)
    return made


def test_a_layout_that_ships_counts_for_the_languages_that_have_no_other(office: Desk) -> None:
    assert {row.values["kind"] for row in listed(office, LAYOUTS)} == set(KINDS)
    assert all(row.is_shipped and row.validity == "in_force" for row in listed(office, LAYOUTS))
    made = changed(office, LAYOUTS, ("shipped-receipt",), language="en")
    with office.store.reading() as reading:
        (line,) = rows_of(reading, made)
    assert (line.op, json.loads(line.after)["layout"]) == ("add", shipped_text("receipt").strip())
    assert json.loads(line.row_key) != ["shipped-receipt"]
    what = rules(RULES.publish)
    office.act(MAKER, lifecycle.submit, made, what)
    office.act(CHECKER, lifecycle.approve, made, what)
    found = {(row.values["language"], row.is_shipped) for row in listed(office, LAYOUTS, "kind=receipt")}
    assert found == {("en", False), ("zh_CN", True)}


def test_a_template_that_ships_is_changed_under_its_own_key(office: Desk) -> None:
    assert {row.key for row in listed(office, TEMPLATES)} == {
        (name, act) for name in DIALECTS for act in dialect(name).templates
    }
    key = ("huawei", "bar_outgoing")
    made = changed(office, TEMPLATES, key, lines='MOD LCK: ISDN="86{msisdn}", IC=TRUE, OC=TRUE, GPRSLOCK=FALSE;')
    (row,) = listed(office, TEMPLATES, "dialect:huawei act:bar_outgoing")
    assert (row.is_shipped, [each.op for each in row.pending]) == (True, ["add"])  # where it stands, and nowhere else
    _, entity = named(TEMPLATES)
    with office.store.reading() as reading:
        assert coming(reading, entity, ListQuery(read_filter(entity, ""), "", False, TODAY, TODAY)) == ([], False)
    what = rules(RULES.publish)
    office.act(MAKER, lifecycle.submit, made, what)
    office.act(CHECKER, lifecycle.approve, made, what)
    (row,) = listed(office, TEMPLATES, "dialect:huawei act:bar_outgoing")
    assert (row.is_shipped, row.pending) == (False, ())
    with office.store.reading() as reading:
        (step,) = dialect_in_force(reading, "huawei", "bar_outgoing").templates["bar_outgoing"]
    assert "OC=TRUE" in step.command


def test_what_ships_reads_as_what_a_manager_types(office: Desk) -> None:
    """So that each is changed, exported and taken in again."""
    for name in (LAYOUTS, TEMPLATES, ANSWERS):
        _, entity = named(name)
        for row in listed(office, name):
            typed = entity.typed(row.values)
            assert entity.typed(entity.read(typed)) == typed


def test_pages_and_order_go_through_them_as_through_others(office: Desk) -> None:
    everything = [row.key for row in listed(office, ANSWERS)]
    assert everything == sorted(everything)
    _, entity = named(ANSWERS)
    asked = ListQuery(read_filter(entity, ""), "code", True, TODAY, TODAY)
    with office.store.reading() as reading:
        shown, found = page(reading, entity, asked, size=7), list[Key]()
        while True:
            found += [row.key for row in shown.rows]
            if shown.after is None:
                break
            shown = page(reading, entity, asked, after=shown.after, size=7)
    assert found == sorted(everything, key=lambda key: (key[1], key[0]), reverse=True)


def test_what_ships_does_not_end(office: Desk) -> None:
    _, entity = named(TEMPLATES)
    made = office.act(MAKER, working.draft_for, "", "None", business="M10", reason="because").id
    with pytest.raises(NotAllowed, match="ships with the program"):
        office.act(MAKER, working.ended, entity, made, [("huawei", "unbar")], rules(RULES.publish))
    with office.store.reading() as reading:
        assert not rows_of(reading, made)
