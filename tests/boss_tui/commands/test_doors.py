"""Whichever door a desk is opened by, it has what its home has: where files go, services of others, makers' keys."""

from __future__ import annotations

import pytest

from boss_tui.commands.at_work import at_work
from boss_tui.commands.headquarters import office_of
from boss_tui.commands.office import at_office
from boss_tui.commands.two_people import two_people
from boss_tui.desk import Desk
from boss_tui.remote.secret_files import TRANSPORT, keep_secret
from boss_tui.start.opening import Opened
from tests.boss_tui.commands.conftest import PASSWORD, Boss

KEY = "0F" * 16


def has_all(desk: object, home: Boss) -> bool:
    assert isinstance(desk, Desk)
    seat = desk.seat
    assert seat.files is not None
    assert seat.services is not None
    assert seat.transport_key is not None
    return seat.files.folder == home.folder / "reports" and seat.transport_key("7").hex() == KEY.lower()


def test_each_door_gives_a_desk_the_same(boss: Boss, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOSS_PASSWORD", "BOSS_APPROVER_PASSWORD"):
        monkeypatch.setenv(name, PASSWORD)
    folder = boss.folder
    keep_secret(folder, TRANSPORT, "7", KEY)
    opened = Opened(str(folder))
    assert has_all(opened.connect(), boss)
    assert has_all(opened.office("3001"), boss)
    opened.close()
    with at_work(folder, "", "") as work:
        assert has_all(work.desk, boss)
    with at_office(folder, "") as desk:
        assert has_all(desk, boss)
    with office_of(folder, "") as office, two_people(office, folder, "", "3001", "3002") as (desk, _):
        assert has_all(desk, boss)
