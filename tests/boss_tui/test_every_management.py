"""What holds for every business of management: its example works and leaves its cells, what is wrong changes nothing.

The same as `test_every_business` asks of the counter's, of whatever the register of subjects holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from rich.cells import cell_len

import boss_tui
from boss_tui.catalogue import BUSINESS_NAMES, COMPONENTS
from boss_tui.commands.manage import _row_facts
from boss_tui.editions.columns import choices
from boss_tui.locale import words
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.listing import ListRow
from boss_tui.management.kit.naming import names_something, references
from boss_tui.management.kit.subject import Subject
from boss_tui.management.subjects import MODULES, subject
from boss_tui.matrix import RUNS
from data.clock import SeededClock, new_key
from data.errors import BadForm, BossError, Conflict, NotAllowed
from data.journal import Author
from data.message import Message
from data.standard.codes import MANAGEMENT
from data.statements import columns, keys
from data.tables import all_tables
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine
from data.tables.organisation import Outlet
from screens.manage.row_fields import row_faults
from tests.head_office import HeadOffice

CODES = list(MODULES)
LABEL = 14
ROOT = Path(boss_tui.__file__).parents[1]


def entities() -> list[Entity]:
    return [entity for code in CODES for entity in subject(code).entities]


@pytest.mark.parametrize("code", CODES)
def test_its_example_comes_to_count_and_all_that_holds_holds(head_office: HeadOffice, code: str) -> None:
    form = json.loads(json.dumps(head_office.maker.managing.example(code)))  # as the command line hands it on
    made = head_office.maker.managing.make(code, form)
    assert (made.edition.subject, made.edition.state, bool(made.differences)) == (code, "submitted", True)
    assert head_office.made(code).edition.state == "submitted"  # it works now, also while the first one waits
    assert head_office.checker.editions.approve(made.edition.id).state == "in_force"
    assert head_office.made(code).edition.state == "submitted"
    assert head_office.is_sound()


@pytest.mark.parametrize("code", CODES)
def test_every_cell_is_alive_by_what_was_done_or_empty_for_a_reason(head_office: HeadOffice, code: str) -> None:
    found = head_office.maker.lookups.matrix(code)
    assert {cell.state for cell in found} <= {"waiting", "empty"}
    head_office.in_force(code)
    tried(head_office, subject(code))
    found = head_office.maker.lookups.matrix(code)
    assert [cell.code for cell in found] == [f"{code}-{component}" for component in COMPONENTS]
    assert [cell.code for cell in found if cell.state not in ("alive", "empty")] == []
    for serial in {cell.serial for cell in found if cell.serial}:
        act = head_office.maker.lookups.act(serial)
        assert (act.business, act.serial, bool(act.used)) == (code, serial, True)
    alive = {cell.code.rpartition("-")[2]: cell.serial for cell in found if cell.state == "alive"}
    assert set(alive).isdisjoint(subject(code).empty)
    assert all(head_office.rows(Act, serial=serial, business=code) for serial in alive.values())


@pytest.mark.parametrize("later", [RUNS - 1, RUNS])
def test_a_cell_stays_alive_however_many_acts_come_after_the_one_that_used_it(
    head_office: HeadOffice, later: int
) -> None:
    head_office.tried("M8")
    (used,) = head_office.rows(Act, business="M8")
    clock = cast("SeededClock", head_office.store.clock)
    clock.move(seconds=1)
    with head_office.store.transaction(Author(used.outlet, "edition", used.operator, used.counter)) as tx:
        tx.author.business_date = used.business_date
        for n in range(later):
            own = {"id": new_key(clock), "serial": f"HQ{n:012}", "cells": '[["M8-F2","published"]]'}
            tx.add(Act, **{**used.__dict__, **own})
    cells = {cell.code: cell for cell in head_office.maker.lookups.matrix("M8")}
    assert (cells["M8-F12"].state, cells["M8-F12"].serial, cells["M8-F12"].calls) == ("alive", used.serial, ("of",))
    assert cells["M8-F2"].calls == ("published",)
    assert (cells["M8-F1"].state, cells["M8-F5"].state) == ("waiting", "empty")


def tried(office: HeadOffice, of: Subject) -> None:
    """What a subject has to try, by its example; nothing is left of it but the act."""
    if of.tries is None:
        return
    before = office.rows(EditionLine)
    office.tried(of.code)
    assert office.rows(Act, business=of.code, act="try")[-1].edition == ""
    assert office.rows(EditionLine) == before


@pytest.mark.parametrize("code", CODES)
def test_what_is_wrong_is_refused_and_changes_nothing(head_office: HeadOffice, code: str) -> None:
    managing = head_office.maker.managing
    form = managing.example(code)
    row = form["rows"][0]
    wrong: list[dict[str, Any]] = [
        {},
        {"rows": []},
        {"rows": "x"},
        {**form, "no_such_field": "x"},
        {**form, "title": " "},
        {**form, "reason": ""},
        {**form, "effective_from": "2026-11-22"},
        {**form, "effective_from": "no day"},
        {**form, "scope": "nobody"},
        *(
            {**form, "rows": [{**row, **other}]}
            for other in (
                {"table": "no_such_table"},
                {"op": "drop"},
                {"no_such": 1},
                {"values": "x"},
                {"values": {"no_such": "x"}},
                {"op": "change", "key": "no/such/key/at/all"},
                {"op": "end", "key": "nobody/1"},
            )
        ),
    ]
    for each in wrong:
        with pytest.raises(BossError):
            managing.make(code, each)
    assert (head_office.rows(Edition), head_office.rows(EditionLine), head_office.rows(Act)) == ([], [], [])
    with pytest.raises(BadForm) as refused:
        managing.make(code, {**form, "rows": [row, {**row, "values": {**row["values"], "no_such": "x"}}]})
    assert set(refused.value.errors) == {"rows.1.no_such"}


@pytest.mark.parametrize("code", CODES)
def test_it_is_looked_at_without_anything_being_left(head_office: HeadOffice, code: str) -> None:
    managing = head_office.maker.managing
    looked = managing.make(code, managing.example(code), check=True)
    assert looked.differences
    assert (head_office.rows(Edition), head_office.rows(Act)) == ([], [])


@pytest.mark.parametrize("code", CODES)
def test_it_has_lists_that_open_and_people_who_may(head_office: HeadOffice, code: str) -> None:
    kept = {each.name: each.may_change for each in head_office.maker.managing.entities()}
    for entity in subject(code).entities:
        name = f"{code}/{entity.name}"
        assert kept[name], name
        assert head_office.maker.managing.page(name).entity is entity
        typed = head_office.maker.managing.blank(name)
        for column, field in entity.form.model_fields.items():  # what stands there is what is meant, once it is read
            if not field.is_required() and (typed[column] or field.default):
                assert entity.form.one(column, typed[column]) == field.default, (name, column, typed[column])
    assert code in MANAGEMENT


NOBODY = ("", "1", "张三", "😀", "%", "'")
"""What may stand in a field while its list is opened."""


@pytest.mark.parametrize("code", CODES)
def test_every_list_of_a_field_opens_whatever_is_typed(head_office: HeadOffice, code: str) -> None:
    managing = head_office.maker.managing
    for entity in subject(code).entities:
        name = f"{code}/{entity.name}"
        for column in entity.columns:
            for typed in NOBODY:
                managing.choices(name, column.name, typed)
                managing.meant(name, {column.name: typed})
                managing.unnamed(name, {column.name: typed})


@pytest.mark.parametrize("code", CODES)
def test_what_names_nothing_is_told_beside_its_field_and_what_is_listed_is_not(
    head_office: HeadOffice, code: str
) -> None:
    managing = head_office.maker.managing
    for entity in (each for each in subject(code).entities if each.stock is None):
        name = f"{code}/{entity.name}"
        for column in (each for each in entity.columns if names_something(entity, each)):
            told = row_faults(entity, {column.name: "QQ"}) | managing.unnamed(name, {column.name: "QQ"})
            assert column.name in told, (name, column.name)
            for choice in managing.choices(name, column.name):
                assert managing.unnamed(name, {column.name: choice.value}) == {}, (name, column.name, choice)


def test_where_something_is_sold_headquarters_own_place_is_not_listed_and_where_somebody_works_it_is(
    head_office: HeadOffice,
) -> None:
    managing, own = head_office.maker.managing, head_office.maker.seat.station.outlet
    found = dict[str, set[str]]()
    for code in CODES:
        for entity in subject(code).entities:
            for named in (each for each in references(entity) if any(table is Outlet for table, _ in each.targets)):
                if named.column in {column.name for column in entity.columns}:
                    listed = managing.choices(f"{code}/{entity.name}", named.column)
                    found[f"{code}/{entity.name}"] = {choice.value for choice in listed}
        tries = subject(code).tries
        if tries is not None and "outlet" in tries.form.model_fields:
            found[f"{code} try"] = {choice.value for choice in head_office.maker.trying.choices(code, "outlet")}
    assert {name for name, outlets in found.items() if own in outlets} == {"M7/operator", "M7/counter"}
    assert all(outlets - {own} for outlets in found.values())
    assert {"M4/product", "M6/price_rule", "M6 try"} <= set(found)


@pytest.mark.parametrize("code", CODES)
def test_what_was_shown_is_what_is_approved(head_office: HeadOffice, code: str) -> None:
    made, port = head_office.made(code), head_office.checker.editions
    seen = port.show(made.edition.id).seen
    head_office.maker.editions.describe(made.edition.id, title="Other")
    head_office.maker.editions.submit(made.edition.id)
    with pytest.raises(Conflict):
        port.approve(made.edition.id, seen)
    with pytest.raises(NotAllowed):
        head_office.maker.editions.approve(made.edition.id)  # one's own
    assert port.approve(made.edition.id, port.show(made.edition.id).seen).state == "in_force"


@pytest.mark.parametrize("code", CODES)
def test_it_is_of_the_catalogue_and_declares_what_there_is(code: str) -> None:
    of = subject(code)
    assert (of.code, code in BUSINESS_NAMES) == (code, True)
    assert set(of.empty) <= set(COMPONENTS)
    for entity in of.entities:
        held = {spec.name for spec in entity.form.fields()}
        assert held <= set(columns(entity.model)), entity.name
        assert {*entity.search, *entity.listed, *filter(None, [entity.sort]), *entity.rows} <= held, entity.name
        assert set(keys(entity.model)) <= held, entity.name
        assert (entity.stock is None) == bool(entity.model.__owner__.part), entity.name
        named = {spec.name for spec in entity.form.fields() if spec.ask.kind == "choice"}
        assert named <= set(choices(entity.model)), entity.name
    forms = {entity.name for entity in of.entities if entity.stock is None} | of.more_tables
    assert all(all_tables()[name].__owner__.part for name in forms)


def test_they_are_in_the_order_of_the_catalogue() -> None:
    assert [code for code in BUSINESS_NAMES if code in MODULES] == CODES


@pytest.mark.parametrize("model", [m for m in all_tables().values() if m.__owner__.part], ids=lambda m: m.__name__)
def test_a_table_of_headquarters_says_which_component_it_is_of(model: Any) -> None:
    assert model.__component__ in COMPONENTS


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("code", CODES)
def test_its_words_are_there_and_fit_in_both_languages(code: str, language: str) -> None:
    speak, of = words(language), subject(code)
    tried = [of.tries.form] if of.tries else []
    forms = [*(entity.form for entity in of.entities), *tried, *(act.form for act in of.acts)]
    labels = [speak(spec.ask.label) for form in forms for spec in form.fields()]
    assert not [label for label in labels if cell_len(label) > LABEL]
    called = [*(entity.says for entity in of.entities), *(act.says for act in of.acts)]
    told: list[Message] = [*of.empty.values(), *called]
    said = [speak(each) for each in told]
    assert all(each.strip() and each.isascii() == (language == "en") for each in said)


@pytest.mark.parametrize("code", CODES)
def test_what_is_said_in_two_languages_is_typed_in_the_readers_own_first(code: str) -> None:
    for entity in subject(code).entities:
        names = {language: [each.name for each in entity.form_in(language)] for language in ("zh_CN", "en")}
        assert names["zh_CN"] == [each.name for each in entity.columns], entity.name
        assert sorted(names["en"]) == sorted(names["zh_CN"]), entity.name
        for at, name in enumerate(names["zh_CN"]):
            if name.endswith("_zh") and (english := entity.twin(name)):
                assert names["zh_CN"][at + 1] == names["en"][at] == english, entity.name
                assert names["en"][at + 1] == name, entity.name
                sections = {str(entity.column(each).spec.ask.section) for each in (name, english)}
                assert sections == {""}, entity.name


@pytest.mark.parametrize("code", CODES)
def test_every_code_that_is_chosen_has_a_word(code: str) -> None:
    speak = words("zh_CN")
    for entity in subject(code).entities:
        told = {word: speak(name) for column in entity.columns for word, name in entity.words_of(column).items()}
        assert not {word: name for word, name in told.items() if name.isascii()}


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh.md", "zh_CN")])
def test_the_readme_names_it(name: str, language: str) -> None:
    text, speak = (ROOT / name).read_text(), words(language)
    assert not [code for code in CODES if f"| {code} {speak(BUSINESS_NAMES[code])} |" not in text]


def test_json_of_a_row_has_what_people_see_and_nothing_else() -> None:
    for entity in entities():
        row = ListRow((), dict.fromkeys(columns(entity.model), ""), "in_force")
        facts = set(_row_facts(entity, row)) - {"key", "validity", "shipped", "pending"}
        assert facts == {column.name for column in entity.columns}
        assert not facts & {"password_hash", "pin_check", *entity.model.__secret__, *entity.model.__enciphered__}
