"""The tables' models are SQLModel's: mapped late, they do in a session what such models do."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, create_engine, select

from boss_tui.sync.items import PARTS, TABLES_OF_PART
from data.statements import defaults
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


NOT_NOUGHT = {
    "agreement.penalty_percent": 30,
    "authority.uses_left": 1,
    "category.number_limit": 5,
    "category.rank": 100,
    "class_rule.rank": 100,
    "control_stage.rank": 10,
    "electronic_invoice.attempt": 1,
    "enrolled_outlet.epoch": 1,
    "enrolled_outlet.feed_next": 1,
    "enrolled_outlet.next_seq": 1,
    "feed_item.kind_version": 1,
    "handset_bundle.months": 12,
    "handset_bundle.penalty_percent": 30,
    "interface.failures": 5,
    "interface.rest_seconds": 30,
    "interface.timeout_ms": 2_000,
    "journal.kind_version": 1,
    "journal_head.epoch": 1,
    "network_batch.epoch": 1,
    "network_command.limit_minutes": 60,
    "number_pattern.rank": 100,
    "plan_rate.unit": 1,
    "price_rule.percent": 100,
    "process.draft_minutes": 120,
    "process.network_minutes": 60,
    "product.rank": 100,
    "reservation_limit.minutes": 30,
    "tender_kind.offline": 1,
    "tender_kind.refunds": 1,
}


def test_a_number_that_nobody_says_is_nought_and_a_first_revision_one() -> None:
    said = {
        f"{name}.{column}": value
        for name, model in all_tables().items()
        for column, value in defaults(model).items()
        if isinstance(value, int)
    }
    assert {of: value for of, value in said.items() if value != int(of.endswith(".revision"))} == NOT_NOUGHT


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
