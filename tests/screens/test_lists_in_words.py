"""Each list of managers as it is read, in both languages, on a narrow screen and a wide one: its own language first, no
heading cut, figures below theirs; and each form that names what its codes mean."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.cells import cell_len

from boss_tui.desk.managed import RowView
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.locale import LANGUAGES, words
from boss_tui.management import meanings, subjects
from boss_tui.management.called import coded
from boss_tui.management.kit.entity import IN_FORCE, Entity, text_of
from boss_tui.management.kit.listing import ListRow as StoredRow
from boss_tui.management.words import cell_said, names_of, row_said
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.message import Message, both, say
from data.table_words import TABLE_WORDS
from data.tables.customer import Category, ClassRule
from screens.frame import DeskApp
from screens.manage.grid import Grid
from screens.manage.row import RowScreen
from screens.widgets.listing import ListRow
from screens.widgets.text import Row, headed
from tests.driver import at_desk
from tests.head_office import KEY, MAKER, HeadOffice

ALL = {entity.name: entity for code in subjects.MODULES for entity in subjects.subject(code).entities}
WIDTHS = (80, 120)


class Shown(Grid):
    """A list that is drawn without a program around it."""

    language = "en"

    @property
    def desk(self) -> DeskApp:
        """What a list asks of the program: its words."""
        return cast("DeskApp", SimpleNamespace(words=words(self.language)))

    def redraw(self, layout: bool = False) -> None:
        """There is no screen."""


def shown(office: HeadOffice, entity: Entity, language: str) -> Shown:
    """A list of what headquarters publishes at first."""
    grid = Shown(entity)
    grid.language = language
    with office.store.reading() as reading:
        stored = [dict(row.__dict__) for row in reading.all(entity.model)][:30]
        rows = [StoredRow(entity.key_of(row), row, IN_FORCE) for row in stored]
        grid.show(rows, 0, names_of(reading, entity, stored))
    return grid


def text(row: Row) -> str:
    return "".join(part for part, _ in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_cut_however_narrow_the_screen_is(head_office: HeadOffice, language: str) -> None:
    for entity in ALL.values():
        grid = shown(head_office, entity, language)
        labels = [grid.words(column.label) for column in grid.columns]
        for width in WIDTHS:
            rows = grid.rows(width)
            told = [part.strip(" ^v") for part, style in rows[0] if part.strip(" <>")]
            assert told == labels[: len(told)], (entity.name, width)
            assert len(told) >= min(3, len(labels)), (entity.name, width)
            assert all(cell_len(text(row)) == width for row in rows), (entity.name, width)


def test_a_language_has_its_own_words_first_and_the_other_ones_last(head_office: HeadOffice) -> None:
    paired = [entity for entity in ALL.values() if any(entity.twin(column.name) for column in entity.in_list)]
    assert len(paired) > 20
    for entity in paired:
        for language, own, other in (("zh_CN", "_zh", "_en"), ("en", "_en", "_zh")):
            names = [column.name for column in entity.list_in(language)]
            declared = {column.name for column in entity.in_list}
            assert set(names) - declared <= {entity.twin(name) for name in declared}
            foreign = [name for name in names if name.endswith(other)]
            assert names[len(names) - len(foreign) :] == foreign, (entity.name, names)
            assert all(name[:-3] + own in names for name in foreign), (entity.name, names)


def test_each_list_is_searched_in_both_languages() -> None:
    for entity in ALL.values():
        missing = [name for name in entity.search if entity.twin(name) and entity.twin(name) not in entity.search]
        assert missing == [], entity.name


def test_what_has_no_english_is_told_in_chinese() -> None:
    entity = ALL["category"]
    row = StoredRow(("x",), {"name_zh": "学生", "name_en": ""}, IN_FORCE)
    assert cell_said(entity, entity.column("name_en"), row, {}) == "学生"


def test_a_number_that_is_nought_is_told(head_office: HeadOffice) -> None:
    (black,) = head_office.rows(Category, code="black")
    entity = ALL["category"]
    row = StoredRow(("black",), black.__dict__, IN_FORCE)
    assert cell_said(entity, entity.column("number_limit"), row, {}) == "0"


def test_figures_stand_below_the_end_of_their_heading(head_office: HeadOffice) -> None:
    grid = shown(head_office, ALL["category"], "en")
    heading, *lines = map(text, grid.rows(120))
    end = heading.index("Rank ") + len("Rank ")  # the sign of the order has the last cell
    for line, row in zip(lines, grid.rows_shown, strict=True):
        assert line[:end].endswith(f" {row.values['rank']}")


def test_a_code_that_is_its_own_name_is_told_once() -> None:
    told = coded("huawei", both("华为", "Huawei"))
    assert [words(language)(told) for language in ("zh_CN", "en")] == ["huawei 华为", "Huawei"]
    assert words("en")(coded("STK", both("STK 卡", "STK"))) == "STK"
    assert words("zh_CN")(coded("key", both("大客户", "Key account"))) == "key 大客户"


def test_rows_within_a_row_are_told_in_words_at_once(head_office: HeadOffice) -> None:
    """The conditions, steps and limits of a form, before anybody asks for a list."""
    entity = ALL["class_rule"]
    with head_office.store.reading() as reading:
        typed = {"conditions": "spend | >= | 1000 | 3\ncategory | = | key,student\nage | >= | 30"}
        told = dict(meanings.meant(entity, typed, reading))["conditions"]
        assert words("en")(told) == (
            "Bills of the last months, yuan | >= | 1000 | 3 / "
            "Category at the counter | = | Key account, Student / Age | >= | 30"
        )
        assert "大客户，学生" in words("zh_CN")(told).replace(", ", "，").replace("、", "，")


def test_no_form_shows_rows_of_codes_alone(head_office: HeadOffice) -> None:
    with head_office.store.reading() as reading:
        for entity in ALL.values():
            for row in map(dict[str, Any], (each.__dict__ for each in reading.all(entity.model))):
                typed = {name: text_of(entity.column(name), row[name]) for name in entity.cells}
                means = dict(meanings.meant(entity, typed, reading))
                for name, held in typed.items():
                    codes = {cell.strip() for line in held.split("\n") for cell in line.split("|")}
                    known = {code for (place, code) in names_of(reading, entity, [row]) if place.startswith(f"{name}.")}
                    if codes & known:
                        assert words("zh_CN")(means[name]) != held.replace("\n", " / "), (entity.name, name)


def test_what_a_row_is_known_by_is_told_in_the_language_of_who_reads(head_office: HeadOffice) -> None:
    values = {"id": "0192f0c4-0000-7000-8000-000000000000", "business": "C1", "kind": "notice", "position": 7}
    texts = {"text_zh": "今晚升级。", "text_en": "Renewed tonight."}
    with head_office.store.reading() as reading:
        told = row_said(reading, "content", (values["id"],), {**values, **texts})
    assert "Renewed tonight." in words("en")(told)
    assert "今晚升级。" in words("zh_CN")(told)


def test_a_heading_begins_with_a_capital() -> None:
    for word in TABLE_WORDS.values():
        told = headed(words("en")(word))
        assert told[0].isupper(), told


@pytest.mark.parametrize("typed", ["学生", "student", "STUD", " 学", "key"])
def test_a_line_is_found_in_either_language(typed: str) -> None:
    lines = [ListRow((coded("student", both("学生", "Student")),)), ListRow((say("Key account"), "key"))]
    assert [line.holds(typed) for line in lines].count(True) == 1


def test_rules_of_classes_are_there(head_office: HeadOffice) -> None:
    assert head_office.rows(ClassRule), "what is read above"


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_of_sums_are_whole_and_sums_stand_below_their_end(head_office: HeadOffice, language: str) -> None:
    async def look() -> list[str]:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            if language == "en":
                await keys.press("ctrl+t")
            await keys.type("pz\n")
            return keys.text().splitlines()

    lines = asyncio.run(look())
    heads = next(line for line in lines if words(language)(say("Reds")) in line)
    assert ">" not in heads
    first, *more = lines[lines.index(heads) + 1 :]
    assert not [line for line in more if ">" in line], more  # no code's name is cut beside its figures
    assert cell_len(heads.rstrip()) == cell_len(first.rstrip())


def test_keys_that_nobody_typed_are_no_fields_and_stay_as_they_are() -> None:
    entity, (run, line) = ALL["control_order"], (f"01a22bad-6cb4-76be-9b66-8f03115acd{n}" for n in (27, 28))
    typed = {"id": run, "number": "13957000043", "act": "remind", "outlet": "HZ01", "made_on": "2026-11-30"}
    row = {**entity.typed(entity.read({**typed, "subscription_id": line})), "run": run}
    screen = RowScreen("M8/control_order", entity, RowView((run,), Message(""), row, row, "", None))
    assert {"id", "run", "subscription_id"}.isdisjoint(screen.panel.fields)
    assert {"number", "act", "occasion"} <= screen.panel.fields.keys()
    assert screen.typed().items() >= {"id": run, "run": run, "subscription_id": line}.items()
