"""The business date that is offered is one that may be opened: not a closed one, and not one that is past."""

from __future__ import annotations

import pytest

from data.errors import NotAllowed
from tests.hall import FACTS, FLOAT, Hall

pytestmark = pytest.mark.light


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


def test_who_opens_a_shift_on_a_date_that_is_over_is_told(hall: Hall) -> None:
    """The day was left open over night: what is sold counts on it."""
    another = hall.counter("1002", "HZ0102")
    assert another.till.not_today() is None
    hall.clock.move(days=1)
    opened = another.signing.state().business_date
    told = another.till.not_today()
    assert told is not None
    assert (told.values["date"], told.values["today"] > opened) == (opened, True)
