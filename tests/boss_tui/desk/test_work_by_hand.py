"""Manual work orders as somebody's work: taken, handed over, put off, late, settled; seen at the office."""

from __future__ import annotations

import pytest

from boss_tui.desk import Desk
from boss_tui.desk.work_by_hand import WorkView
from boss_tui.verify import verify
from data.errors import NotAllowed, NotFound
from data.tables.act import Act
from data.tables.network import WorkOrder, WorkStep
from data.tables.parameter import Parameter
from tests.hall import FACTS, Hall
from tests.handed import handed_change
from tests.linked_hall import LinkedHall, make_template

pytestmark = pytest.mark.light

OTHER = "1002"
DAY = "20261124"


@pytest.fixture
def work(hall: Hall) -> WorkView:
    """Voicemail, which no command switches on."""
    hall.open_account(services="VMAIL", name="欧阳娜娜")
    (found,) = hall.desk.work_by_hand.listed()
    return found


@pytest.fixture
def supervisor(hall: Hall) -> Desk:
    return hall.counter(FACTS.supervisor, "HZ0102")


def other(hall: Hall) -> Desk:
    return hall.counter(OTHER, "HZ0103")


def told(view: WorkView) -> list[tuple[str, str]]:
    """What was done about one, in words, with who did it."""
    return [(str(step.act), step.operator) for step in view.steps]


def test_it_is_nobodys_until_somebody_takes_it(hall: Hall, work: WorkView) -> None:
    assert (work.owner, work.kind, work.level, work.steps) == ("", "other", 0, ())
    taken = hall.desk.work_by_hand.take(work.key)
    assert (taken.owner, told(taken)) == (FACTS.clerk, [("taken", FACTS.clerk)])
    with pytest.raises(NotAllowed, match="yours already"):
        hall.desk.work_by_hand.take(work.key)
    with pytest.raises(NotAllowed, match="1001 has it"):
        other(hall).work_by_hand.take(work.key)
    (act,) = hall.rows(Act, act="work.take")
    assert (act.business, '["M10-F10","work_order"]' in act.cells) == ("M10", True)


def test_its_owner_hands_it_over_or_a_supervisor(hall: Hall, work: WorkView, supervisor: Desk) -> None:
    hall.desk.work_by_hand.take(work.key)
    handed = hall.desk.work_by_hand.hand(work.key, OTHER, "platform 3 is theirs")
    assert (handed.owner, handed.steps[-1].to, handed.steps[-1].words) == (OTHER, OTHER, "platform 3 is theirs")
    with pytest.raises(NotAllowed, match="1002 has it"):
        hall.desk.work_by_hand.settle(work.key, "done all the same", done=True)
    assert supervisor.work_by_hand.hand(work.key, FACTS.clerk, "1002 is ill").owner == FACTS.clerk
    assert [str(each.what) for each in supervisor.personnel.leaving(FACTS.clerk) if "by hand" in str(each.what)]


def test_while_it_is_put_off_its_time_stands_still(hall: Hall, work: WorkView) -> None:
    desk = hall.desk.work_by_hand
    held = desk.hold(work.key, DAY, "10:00", "parts come tomorrow")
    assert (held.owner, held.held_until, held.level) == (FACTS.clerk, "2026-11-24T02:00:00.000000Z", 0)
    hall.clock.move(hours=24)
    assert desk.show(work.key).level == 0
    resumed = desk.resume(work.key)
    assert resumed.held_until == ""
    with pytest.raises(NotAllowed, match="not put off"):
        desk.resume(work.key)
    hall.clock.move(hours=23)
    assert desk.show(work.key).level == 0  # a day of work in all, and a day's rest
    hall.clock.move(hours=2)
    assert desk.show(work.key).level == 1


def test_what_is_put_off_and_forgotten_goes_on_by_itself(hall: Hall, work: WorkView) -> None:
    hall.desk.work_by_hand.hold(work.key, DAY, "", "parts come tomorrow")
    hall.clock.move(hours=60)
    late = hall.desk.work_by_hand.show(work.key)
    assert (late.held_until, late.level) == ("", 1)


def test_over_its_time_it_is_the_supervisors_and_over_twice_headquarters(
    hall: Hall, work: WorkView, supervisor: Desk
) -> None:
    def seen() -> tuple[int, int]:
        return supervisor.work_by_hand.overdue()[0], hall.desk.work_by_hand.overdue()[0]

    assert seen() == (0, 0)
    hall.clock.move(hours=25)
    assert seen() == (1, 0)  # a clerk has no such task
    (item,) = [item for item in supervisor.queues.items() if item.kind == "manual"]
    assert str(item.reason).startswith("OVERDUE: the supervisor. Order ")
    hall.clock.move(hours=24)
    (view,) = hall.desk.work_by_hand.listed(overdue=True)
    assert [str(step.act) for step in view.steps] == ["OVERDUE: the supervisor", "OVERDUE: headquarters"]


def test_the_late_ones_stand_first_and_a_limit_counts_at_once(hall: Hall, work: WorkView) -> None:
    hall.clock.move(hours=3)
    hall.open_account(services="VMAIL", name="王小明")
    first, second = hall.desk.work_by_hand.listed()
    assert (first.key, second.level) == (work.key, 0)
    handed_change(hall.store, Parameter, name="manual_other_hours", business="", value=2)
    assert [each.level for each in hall.desk.work_by_hand.listed()] == [1, 0]
    hall.desk.work_by_hand.hold(work.key, DAY, "", "tomorrow")
    assert [each.key for each in hall.desk.work_by_hand.listed()] == [second.key, work.key]


@pytest.mark.parametrize(("done", "state"), [(True, "done"), (False, "cancelled")])
def test_its_outcome_counts_for_the_order_and_is_kept(hall: Hall, work: WorkView, done: bool, state: str) -> None:
    settled = hall.desk.work_by_hand.settle(work.key, "by phone with platform 3", done=done)
    assert (settled.state, settled.steps[-1].words) == (state, "by phone with platform 3")
    assert hall.desk.work_by_hand.listed() == []
    (row,) = hall.rows(WorkOrder, id=work.key)
    assert (row.done_by, row.reason) == (FACTS.clerk, "by phone with platform 3")
    for act in (hall.desk.work_by_hand.take, hall.desk.work_by_hand.resume):
        with pytest.raises(NotAllowed, match="not an open manual work order"):
            act(work.key)
    with hall.store.reading() as reading:
        assert verify(reading) == []


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("hand", ("", "why"), "to"),
        ("hand", ("9999", "why"), "to"),
        ("hand", ("3001", "why"), "to"),
        ("hand", (FACTS.clerk, "why"), "to"),
        ("hand", (OTHER, " "), "words"),
        ("hold", ("", "", "why"), "until"),
        ("hold", ("x", "", "why"), "until"),
        ("hold", ("20261122", "", "why"), "until"),
        ("hold", ("20270601", "", "why"), "until"),
        ("hold", (DAY, "25:00", "why"), "time"),
        ("hold", (DAY, "", ""), "words"),
    ],
)
def test_what_is_wrong_changes_nothing(hall: Hall, work: WorkView, act: str, said: tuple[str, ...], field: str) -> None:
    desk = hall.desk.work_by_hand
    before = desk.take(work.key)
    with pytest.raises(NotAllowed) as refused:
        getattr(desk, act)(work.key, *said)
    assert refused.value.field == field
    with pytest.raises(NotAllowed, match="Say what was done"):
        desk.settle(work.key, " ", done=True)
    assert desk.show(work.key) == before


def test_there_is_no_such_work(hall: Hall) -> None:
    for act in (hall.desk.work_by_hand.show, hall.desk.work_by_hand.take):
        with pytest.raises(NotFound):
            act("none")


# at the office


def test_the_office_sees_it_with_all_that_was_done_and_does_nothing_itself(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = make_template(tmp_path_factory.mktemp("linked"))
    linked = LinkedHall.copied(made, tmp_path_factory.mktemp("copy"))
    hall, office = linked.hall, linked.at_office()
    hall.open_account(services="VMAIL", name="欧阳娜娜")
    (work,) = hall.desk.work_by_hand.listed()
    hall.desk.work_by_hand.take(work.key)
    linked.exchange()
    assert office.work_by_hand.overdue() == (0, False)
    hall.clock.move(hours=49)
    (seen,) = office.work_by_hand.listed()
    assert (seen.outlet, seen.owner, seen.level) == (FACTS.outlet, FACTS.clerk, 2)
    assert told(seen)[0] == ("taken", FACTS.clerk)
    assert office.work_by_hand.overdue() == (1, False)
    with pytest.raises(NotAllowed, match="done at its hall"):
        office.work_by_hand.take(seen.key)
    hall.desk.work_by_hand.settle(work.key, "by phone", done=True)
    linked.exchange()
    assert office.work_by_hand.listed() == []
    assert [row.act for row in linked.central_rows(WorkStep, order=("at",))] == ["taken", "done"]
    assert linked.is_sound()
    linked.close()
