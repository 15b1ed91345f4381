"""Jobs that nobody is at go on by themselves, rest where they are refused, and are let alone while they are moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boss_tui.desk.unattended import STILL_SECONDS, Unattended
from boss_tui.headquarters.office import Office
from boss_tui.home.settings import Home
from boss_tui.management.kit import stock_jobs
from boss_tui.management.kit.jobs import log_of
from boss_tui.management.m03_2 import classifying, run
from boss_tui.start.background import unattended
from data.clock import SeededClock
from data.journal import Author
from data.tables.customer import Customer
from data.tables.edition import EditionLine
from data.tables.finance import BusinessDay
from data.tables.job import Job
from data.tables.organisation import Operator
from data.tables.stock import RechargeCard
from tests.boss_tui.desk import card_batches
from tests.boss_tui.desk.stock_intake import judged
from tests.boss_tui.management.test_m03_run import ruled
from tests.head_office import KEY, MAKER, HeadOffice

SAID = {"title": "Classes of November", "reason": "monthly"}


@pytest.fixture
def pages_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = classifying.looked_at
    monkeypatch.setattr(run, "looked_at", lambda *at, **how: looked_at(*at, **how, most=2))


def alone(office: HeadOffice) -> Unattended:
    """Another program of the same home."""
    return Unattended(office.store, lambda: office.at_work(MAKER))


def wait(office: HeadOffice, seconds: int) -> None:
    assert isinstance(office.store.clock, SeededClock)
    office.store.clock.move(seconds=seconds)


def begun(office: HeadOffice) -> Job:
    ruled(office, "ALL", "key", "lines | >= | 0")
    return office.maker.row_files.begin_run("M3.2", **SAID)


def now(office: HeadOffice) -> Job:
    (job,) = office.rows(Job)
    assert isinstance(job, Job)
    return job


def test_a_job_whose_program_is_gone_goes_on_to_its_end(head_office: HeadOffice, pages_of_two: None) -> None:
    begun(head_office)
    head_office.maker.row_files.step(now(head_office).id)
    other = alone(head_office)
    assert not other.step(), "somebody may be at it"
    wait(head_office, STILL_SECONDS + 1)
    while other.step():
        pass
    job = now(head_office)
    assert (job.state, job.done) == ("done", len(head_office.rows(Customer)))
    keys = [line.row_key for line in head_office.rows(EditionLine) if line.table_name == "customer_class"]
    assert len(keys) == len(set(keys)) == json.loads(job.said)["lines"]
    assert head_office.is_sound()


def test_a_file_that_came_under_a_key_goes_on_with_the_home_s_key(
    head_office: HeadOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock_jobs, "PAGE", 4)
    home = Home.make(tmp_path / "home", outlet="HQ01", counter="HQ0101")
    card_batches.with_key(head_office.maker, head_office.checker, home.folder)
    path = card_batches.written(tmp_path, card_batches.cards())
    found = judged(head_office.maker, card_batches.NAME, path)
    head_office.maker.row_files.step(head_office.maker.row_files.begin_import(card_batches.NAME, found, path).id)
    wait(head_office, STILL_SECONDS + 1)
    other = unattended(Office(head_office.store, KEY), home)
    while other.step():
        pass
    assert now(head_office).state == "done"
    assert len(head_office.rows(RechargeCard, batch_id=now(head_office).id)) == 10


def test_what_somebody_moves_meanwhile_is_let_alone(head_office: HeadOffice, pages_of_two: None) -> None:
    begun(head_office)
    wait(head_office, STILL_SECONDS + 1)
    other = alone(head_office)
    assert other.step()
    wait(head_office, 1)
    head_office.maker.row_files.step(now(head_office).id)
    assert not other.step()


def test_what_was_stopped_stays_so(head_office: HeadOffice, pages_of_two: None) -> None:
    head_office.maker.row_files.stop(begun(head_office).id)
    wait(head_office, STILL_SECONDS + 1)
    assert not alone(head_office).step()


def test_who_may_work_no_more_lets_it_rest(head_office: HeadOffice) -> None:
    begun(head_office)
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx:
        tx.change(tx.one(Operator, staff_no=MAKER), state="locked")
    wait(head_office, STILL_SECONDS + 1)
    other = Unattended(head_office.store, lambda: head_office.checker)
    assert other.step()
    job = now(head_office)
    assert job.state == "stopped"
    assert "locked" in str(log_of(job)[-1][1])
    assert not other.step()


def test_rules_that_have_changed_end_it(head_office: HeadOffice) -> None:
    begun(head_office)
    ruled(head_office, "MORE", "ordinary", "lines | >= | 9", "2")
    wait(head_office, STILL_SECONDS + 1)
    assert alone(head_office).step()
    assert now(head_office).state == "failed"


def test_nothing_goes_on_while_no_business_day_is_open(head_office: HeadOffice) -> None:
    begun(head_office)
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx:
        for day in tx.all(BusinessDay, state="open"):
            tx.change(day, state="closed")
    wait(head_office, STILL_SECONDS + 1)
    assert not alone(head_office).step()
    assert now(head_office).state == "running"


def test_a_list_of_another_program_is_written_from_its_beginning(
    head_office: HeadOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from boss_tui.management.kit import exporting, listing

    monkeypatch.setattr(listing, "COUNTED", 2)
    monkeypatch.setattr(exporting, "STEP", 2)
    path = tmp_path / "categories.csv"
    job = head_office.maker.row_files.export("M3.1", "csv", where=str(path))
    assert isinstance(job, Job)
    head_office.maker.row_files.step(job.id)
    wait(head_office, STILL_SECONDS + 1)
    other = alone(head_office)
    while other.step():
        pass
    lines = path.read_text("utf-8-sig").splitlines()
    assert now(head_office).state == "done"
    assert len(lines) == len(set(lines)) == now(head_office).done + 1
