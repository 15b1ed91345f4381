"""The business date that is offered is one that may be opened: not a closed one, and not one that is past."""

from __future__ import annotations

import pytest

from data.errors import NotAllowed
from tests.hall import FACTS, FLOAT, Hall


def test_the_next_date_is_after_the_last_and_not_behind_the_clock(hall: Hall) -> None:
    hall.desk.till.close_shift({100_00: 5})
    supervisor = hall.counter(FACTS.supervisor, FACTS.counter)
    opened = supervisor.signing.state().business_date
    supervisor.day.close()
    tomorrow = supervisor.day.next()
    assert tomorrow > opened
    supervisor.day.open(tomorrow.replace("-", ""))
    assert supervisor.signing.state().business_date == tomorrow
    supervisor.day.close()
    hall.clock.move(days=9)
    assert supervisor.day.next() == "2026-12-02"


def test_the_day_report_says_what_an_open_shift_should_hold(hall: Hall) -> None:
    done = hall.open_account()
    report = "\n".join(hall.desk.reports.shown("day").preview)
    assert f"{(FLOAT + done.due) / 100:.2f}" in report


def test_a_day_with_an_open_shift_says_which_and_how_it_is_closed(hall: Hall) -> None:
    said = f"{FACTS.counter} \\({FACTS.clerk}\\).*boss till close --counter {FACTS.counter}"
    with pytest.raises(NotAllowed, match=said):
        hall.counter(FACTS.supervisor, FACTS.counter).day.close()
