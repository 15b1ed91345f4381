"""The tables' models are SQLModel's: mapped late, they do in a session what such models do."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, create_engine, select

from boss_tui.sync.items import PARTS, TABLES_OF_PART
from data.tables import all_tables
from data.tables.base import LEASED, LOCAL, OFFICE, OUTLET, SHARED, STREAM, headquarters, mapped
from data.tables.sync import JournalHead


@pytest.fixture
def engine() -> Engine:
    """An empty table."""
    made = create_engine("sqlite://")
    JournalHead.metadata.create_all(made, tables=[JournalHead.table()])
    return made


def test_an_object_goes_into_a_session_and_comes_back(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(JournalHead(outlet="3701", seq=7))
        session.commit()
    with Session(engine) as session:
        row = session.exec(select(JournalHead).where(JournalHead.outlet == "3701")).one()
        assert (type(row), row.seq, row.revision) == (JournalHead, 7, 1)
        row.seq = 8
        session.commit()
        assert session.get(JournalHead, "3701") is row


def test_a_model_is_mapped_once() -> None:
    assert mapped(JournalHead) is mapped(JournalHead) is JournalHead


@pytest.mark.parametrize("name", sorted(all_tables()))
def test_each_table_says_who_writes_it(name: str) -> None:
    model = all_tables()[name]
    assert "__owner__" in vars(model)
    assert model.__owner__ in {LOCAL, OFFICE, OUTLET, SHARED, LEASED, STREAM, *(headquarters(part) for part in PARTS)}
    assert model.__local__ is (model.__owner__ is LOCAL)


def test_each_table_of_headquarters_is_handed_down_in_one_part() -> None:
    handed = [name for tables in TABLES_OF_PART.values() for name in tables]
    assert sorted(handed) == sorted(name for name, model in all_tables().items() if model.__owner__.part)
