"""Files of rows at the desk of the office: jobs in steps, stopped, killed, gone on with; several editions of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.desk import Desk, row_files
from boss_tui.desk.station import Files
from boss_tui.editions import rehearsal
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.standing import rows_of
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.kit import exporting, importing, jobs, listing
from boss_tui.management.kit.importing import Judged
from boss_tui.sync.keys import make_key
from data.errors import Conflict, NotAllowed
from data.journal import Author
from data.message import say
from data.tables.job import Job
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, OFFICE, PASSWORD, TOMORROW
from tests.boss_tui.editions.office import Desk as Stage
from tests.engines import Shared, Sqlite, Template

pytestmark = pytest.mark.light

NAME = "M6/charge_item"


@pytest.fixture(scope="module")
def office_made(shared: Shared) -> Template:
    return Template(shared, "office", Stage.make_template)


@pytest.fixture
def stage(office_made: Template, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(office_made.on(Sqlite())(tmp_path))
    yield made
    made.store.close()


def at(stage: Stage, folder: Path, staff_no: str = MAKER) -> Desk:
    """A desk of the office that somebody has just signed on at."""
    key = folder / f"{staff_no}.key"
    made = offices.desk(Office(stage.store, make_key(key.with_name(f"{staff_no}-{len(list(folder.iterdir()))}.key"))))
    made.seat.files = Files(folder)
    made.signing.sign_on(staff_no, PASSWORD)
    return made


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of 3 rows, editions of 5 lines."""
    monkeypatch.setattr(jobs, "STEP", 3)
    monkeypatch.setattr(jobs, "MOST_LINES", 5)
    monkeypatch.setattr(row_files, "MOST_LINES", 5)
    monkeypatch.setattr(exporting, "STEP", 3)
    monkeypatch.setattr(listing, "COUNTED", 5)


def file_of(folder: Path, count: int) -> Path:
    path = folder / "items.csv"
    rows = "".join(f"I{n:02},项目{n},6001\n" for n in range(count))
    path.write_text(f"code,name_zh,ledger_account\n{rows}", "utf-8")
    return path


def judged(desk: Desk, path: Path, since: str = "") -> Judged:
    found = desk.row_files.preview(NAME, path, since)
    while desk.row_files.judge(found):
        pass
    assert isinstance(found, Judged)
    return found


def begun(desk: Desk, path: Path, title: str = "", reason: str = "", since: str = "") -> Job:
    found = judged(desk, path, since)
    return desk.row_files.begin_import(NAME, found, path, title=title, reason=reason, effective_from=since)


def lines(stage: Stage) -> list[tuple[str, list[str]]]:
    """Each edition with the keys of its lines."""
    with stage.store.reading() as reading:
        from data.tables.edition import Edition

        return [
            (each.title, [json.loads(row.row_key)[0] for row in rows_of(reading, each.id)])
            for each in reading.all(Edition, order=("number",))
        ]


def test_a_job_goes_on_in_steps_into_editions_of_the_most_lines(stage: Stage, tmp_path: Path) -> None:
    desk = at(stage, tmp_path)
    job = begun(desk, file_of(tmp_path, 11), title="New", since=LATER)
    told = []
    while job.state == "running":
        job = desk.row_files.step(job.id)
        told.append((job.done, job.total))
    assert told == [(3, 11), (5, 11), (8, 11), (10, 11), (11, 11)]
    parts = [f"New ({n}/3)" for n in (1, 2, 3)]
    assert [title for title, _ in lines(stage)] == parts
    assert [key for _, keys in lines(stage) for key in keys] == [f"I{n:02}" for n in range(11)]
    assert [e.effective_from for e in desk.editions.listed()] == [LATER] * 3
    with pytest.raises(NotAllowed):
        desk.row_files.step(job.id)


def test_a_long_file_is_read_and_then_asked_the_rules_as_many_rows_at_once_as_an_edition_takes(
    stage: Stage, tmp_path: Path
) -> None:
    desk, path = at(stage, tmp_path), file_of(tmp_path, 11)
    path.write_text(path.read_text("utf-8").replace("I07,项目7", f"I07,{'长' * 500}"), "utf-8")
    found, far = desk.row_files.preview(NAME, path), []
    while desk.row_files.judge(found):
        far.append((str(found.far[0]), *found.far[1:]))
    assert far == [("Asking the rules of M6", 0, 10), ("Asking the rules of M6", 5, 10)]
    assert ([fault.line for fault in found.faults], found.counts()["new"]) == ([9], 10)


def test_what_is_wrong_with_one_row_hides_no_rule_from_the_others(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That an item was charged is found before its rules are asked: they are asked of the others all the same."""
    monkeypatch.setattr(rehearsal, "is_used", lambda *_: True)
    desk, path = at(stage, tmp_path), tmp_path / "items.csv"
    path.write_text("code,fee_kind,tax_category\ncard,1,none\nfee,0,goods\n", "utf-8")
    found = judged(desk, path)
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, "fee_kind"), (3, "tax_category")]
    assert found.verdicts == []


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_after_a_kill_or_a_stop_nothing_is_twice_or_left_out(stage: Stage, tmp_path: Path, steps: int) -> None:
    first = at(stage, tmp_path)
    job = begun(first, file_of(tmp_path, 7))
    for _ in range(steps):
        job = first.row_files.step(job.id)
    if steps % 2 and job.state == "running":
        assert first.row_files.stop(job.id).state == "stopped"
    again = at(stage, tmp_path)
    if job.state != "done":
        job = again.row_files.go_on(job.id)
    while job.state != "done":
        job = again.row_files.step(job.id)
    assert [key for _, keys in lines(stage) for key in keys] == [f"I{n:02}" for n in range(7)]


@pytest.mark.parametrize("killed", [True, False])
def test_rows_that_others_change_meanwhile_are_left_to_them_and_no_other_is(
    stage: Stage, tmp_path: Path, killed: bool
) -> None:
    first, path = at(stage, tmp_path), file_of(tmp_path, 7)
    path.write_text(path.read_text("utf-8") + "card,新名,6001\nfee,fee,6001\n", "utf-8")
    job = first.row_files.step(begun(first, path).id)
    assert (job.done, job.total) == (3, 8)
    item = {"name_zh": "项目0", "ledger_account": "6001"}
    stage.approved(
        RowEdit("charge_item", ("I00",), "add", item),  # as the file has it, and done
        RowEdit("charge_item", ("I04",), "add", {**item, "name_zh": "项目4"}),  # as the file has it, to be done
        RowEdit("charge_item", ("card",), "change", {"name_zh": "别名"}),
        RowEdit("charge_item", ("fee",), "change", {"name_zh": "费"}),  # was as in the file, and is not any more
    )
    desk = at(stage, tmp_path) if killed else first
    while job.state != "done":
        job = desk.row_files.step(job.id)
    keys = [key for title, keys in lines(stage) for key in keys if title.startswith("items.csv")]
    assert keys == [f"I{n:02}" for n in (0, 1, 2, 3, 5, 6)]
    assert (job.done, json.loads(job.said)["moved"]) == (8, [6, 9, 10])
    told = [str(each) for each in desk.row_files.told(job)]
    assert told[1:] == ["Changed by others since the file was read, and left as they are: line 6, 9, 10"]
    assert told[1] in str(jobs.log_of(job)[-1][1])


def test_a_file_that_changed_meanwhile_is_not_gone_on_with(stage: Stage, tmp_path: Path) -> None:
    job = begun(at(stage, tmp_path), file_of(tmp_path, 7))
    at(stage, tmp_path).row_files.step(job.id)
    file_of(tmp_path, 8)
    with pytest.raises(Conflict, match="has changed"):
        at(stage, tmp_path).row_files.step(job.id)


def test_another_goes_on_with_nothing_of_ones_own(stage: Stage, tmp_path: Path) -> None:
    job = begun(at(stage, tmp_path), file_of(tmp_path, 7))
    for act in ("step", "stop"):
        with pytest.raises(NotAllowed, match=MAKER):
            getattr(at(stage, tmp_path, CHECKER).row_files, act)(job.id)


def test_whole_or_good_rows_and_the_same_file_once(stage: Stage, tmp_path: Path) -> None:
    desk, path = at(stage, tmp_path), file_of(tmp_path, 2)
    path.write_text(path.read_text("utf-8") + "I99,,6001\n", "utf-8")
    found = judged(desk, path)
    with pytest.raises(NotAllowed, match="line 4"):
        desk.row_files.begin_import(NAME, found, path)
    assert desk.row_files.seen_before(found) is None
    job = desk.row_files.begin_import(NAME, found, path, good_rows=True)
    desk.row_files.step(job.id)
    assert lines(stage) == [("items.csv", ["I00", "I01"])]
    with pytest.raises(NotAllowed, match="into edition 1"):
        desk.row_files.begin_import(NAME, found, path, good_rows=True)
    assert "into edition 1" in str(desk.row_files.seen_before(found))
    desk.row_files.begin_import(NAME, found, path, good_rows=True, again=True)


def test_nothing_new_is_no_job(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text("code,name_zh\ncard,card\n", "utf-8")
    desk = at(stage, tmp_path)
    with pytest.raises(NotAllowed, match="new"):
        desk.row_files.begin_import(NAME, judged(desk, path), path)
    assert desk.row_files.jobs() == []


def test_an_import_is_an_edition_like_any_other(stage: Stage, tmp_path: Path) -> None:
    desk, other = at(stage, tmp_path), at(stage, tmp_path, CHECKER)
    job = begun(desk, file_of(tmp_path, 2), reason="new items", since=TOMORROW)
    job = desk.row_files.step(job.id)
    edition = json.loads(job.said)["editions"][0][0]
    desk.editions.submit(edition)
    assert other.editions.approve(edition).state == "approved"
    assert stage.open_day(TOMORROW)[0].state == "in_force"
    assert (rehearsal.MOST_LINES, importing.STEP) == (5_000, 1_000)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_long_list_is_written_in_steps_and_whole_after_a_kill(stage: Stage, tmp_path: Path, steps: int) -> None:
    from boss_tui.editions.lines import RowEdit

    added = (RowEdit("charge_item", (f"I{n}",), "add", {"name_zh": "项", "ledger_account": "6001"}) for n in range(6))
    stage.approved(*added)
    desk = at(stage, tmp_path)
    job = desk.row_files.export(NAME, "csv", sort="-code", where=str(tmp_path / "out.csv"))
    assert isinstance(job, Job)
    for _ in range(steps):
        desk.row_files.step(job.id)
    with (tmp_path / "out.csv.part").open("ab") as part:
        part.write(b"half a row that was written before the kill")
    again = at(stage, tmp_path)
    while job.state != "done":
        job = again.row_files.step(job.id)
    rows = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["fee", "card", "I5", "I4", "I3", "I2", "I1", "I0"]
    assert not (tmp_path / "out.csv.part").exists()
    assert (job.done, job.total) == (8, 8)


def test_a_short_list_is_a_file_at_once(stage: Stage, tmp_path: Path) -> None:
    desk = at(stage, tmp_path)
    desk.seat.files = Files(tmp_path / "reports")  # it is not there before the first file
    assert desk.row_files.export(NAME, "csv", "code:card") == str(tmp_path / "reports" / "M6-charge_item.csv")
    desk.seat.files = Files(tmp_path)
    path = desk.row_files.export(NAME, "gb18030", "code:card")
    assert path == str(tmp_path / "M6-charge_item.csv")
    assert Path(str(path)).read_bytes().decode("gb18030").splitlines()[1].startswith("card,card")
    assert desk.row_files.export(NAME, "csv", "code:card") == str(tmp_path / "M6-charge_item-2.csv")


def test_a_job_that_was_stopped_moves_no_further_whoever_is_at_it(stage: Stage, tmp_path: Path) -> None:
    one, other = at(stage, tmp_path), at(stage, tmp_path)
    job = begun(one, file_of(tmp_path, 7))
    one.row_files.step(job.id)
    other.row_files.stop(job.id)
    for _ in range(2):
        rested = one.row_files.step(job.id)
        assert (rested.state, rested.done) == ("stopped", 3)
    job = one.row_files.go_on(job.id)
    while job.state == "running":
        job = one.row_files.step(job.id)
    told = [(str(message), done) for _, message, done in jobs.log_of(job)]
    assert told == [("begun by 3001", 0), ("stopped", 3), ("gone on with", 3), ("done, in edition #1, #2", 7)]


def test_why_a_job_failed_stands_in_its_log(stage: Stage, tmp_path: Path) -> None:
    desk = at(stage, tmp_path)
    job = begun(desk, file_of(tmp_path, 2))
    with stage.store.transaction(Author(OFFICE, "job", MAKER)) as tx:
        failed = jobs.fail(tx, jobs.of(tx, job.id, MAKER), say("no"))
    assert str(jobs.log_of(failed)[-1][1]) == "failed: no"
    with pytest.raises(NotAllowed):
        desk.row_files.go_on(job.id)


def test_a_list_is_of_one_moment_whatever_is_changed_meanwhile(stage: Stage, tmp_path: Path) -> None:
    from boss_tui.editions.lines import RowEdit

    def item(n: int) -> RowEdit:
        return RowEdit("charge_item", (f"I{n}",), "add", {"name_zh": "项", "ledger_account": "6001"})

    stage.approved(*(item(n) for n in range(6)))
    desk = at(stage, tmp_path)
    job = desk.row_files.export(NAME, "csv", sort="code", where=str(tmp_path / "out.csv"))
    assert isinstance(job, Job)
    job = desk.row_files.step(job.id)
    stage.approved(item(7), RowEdit("charge_item", ("fee",), "change", {"name_zh": "改"}))
    while job.state != "done":
        job = desk.row_files.step(job.id)
    rows = [row.split(",") for row in (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:]]
    assert [row[0] for row in rows] == ["I0", "I1", "I2", "I3", "I4", "I5", "card", "fee"]
    assert rows[-1][1] == "fee"
