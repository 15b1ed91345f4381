"""Training: everything works, nothing counts, and every sheet and screen says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from boss_tui.start.training import training_home
from boss_tui.sync.first import FirstEdition
from boss_tui.verify import verify
from data import demo, schema
from data.clock import SystemClock
from data.tables.document import PaperDocument
from data.tables.organisation import Operator
from data.tables.sync import PrintJob
from printers.spool import WORTHLESS
from tests.hall import FACTS


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A small outlet at work, with somebody of its own."""
    made = Home.make(tmp_path / "home", outlet=FACTS.outlet, counter=FACTS.counter, encrypted=False)
    store = made.open_store()
    schema.create(store)
    demo.make(
        store,
        hasher=hashed,
        publish=FirstEdition(),
        clock=SystemClock(),
        customers=6,
        printers={"80mm": "file:/dev/null"},
    )
    store.close()
    return made


def test_everything_works_and_nothing_counts(home: Home) -> None:
    ground = training_home(home, customers=20)
    store = ground.open_store()
    desk = Desk(store, Station(ground.settings.outlet, ground.settings.counter))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    desk.till.open_shift(10_000)
    view = desk.forms.begin("C1", desk.forms.example("C1"))
    outcome = desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert desk.signing.state().training
    assert all(WORTHLESS in "\n".join(paper.preview) for paper in outcome.papers)
    with store.reading() as reading:
        papers = [reading.one(PaperDocument, id=paper.id) for paper in outcome.papers]
        jobs = [reading.one(PrintJob, document_id=paper.id) for paper in papers]
        assert verify(reading) == []
    store.close()
    assert all(paper.code.startswith("PX") for paper in papers)
    assert all("培训".encode("gbk") in job.content and b"\x1bp" not in job.content for job in jobs)
    real = home.open_store()
    with real.reading() as reading:
        assert not [p for p in reading.all(PaperDocument) if p.code.startswith("PX")]
        assert not reading.all(PaperDocument, customer_id=papers[0].customer_id)
    real.close()


def test_the_staff_of_the_home_sign_on_as_at_work(home: Home) -> None:
    from data.journal import Author

    store = home.open_store()
    with store.transaction(Author(FACTS.outlet, "M7", FACTS.manager)) as tx:
        tx.add(
            Operator,
            staff_no="7007",
            outlet=FACTS.outlet,
            name="新员工",
            role="clerk",
            password_hash=hashed("own-7007"),
        )
    store.close()
    ground = training_home(home, customers=20)
    assert training_home(home).folder == ground.folder  # the second time it is there
    trained = ground.open_store()
    desk = Desk(trained, Station(ground.settings.outlet, ground.settings.counter))
    assert desk.signing.sign_on("7007", "own-7007").name == "新员工"
    trained.close()
