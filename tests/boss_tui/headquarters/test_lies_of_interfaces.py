"""An outlet that does not ask what headquarters binds to a business: a manager's own rule, a service."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from boss_tui.components.qualification.eligibility import Eligibility
from boss_tui.remote import Caller
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import Simulated
from data.tables.eligibility import InterfaceAnswer
from data.tables.resource import PhoneNumber
from tests.boss_tui.headquarters.liar import by_hand
from tests.boss_tui.headquarters.sly import Sly, made, tell
from tests.homes import of_this_run

ASKED, UNASKED, UNKNOWN = "13957004218", "13957002137", "13957008785"
KNOWN, NAME = "13957007919", "单国强"
BOUND = (
    "INSERT INTO interface (code, name_zh, name_en, kind, rule, reason_zh, reason_en, beside, address, path, method, "
    "sends, yes_when, override_when, reason_at, timeout_ms, retries, repeatable, failures, rest_seconds, certificate, "
    "offline, state, revision) VALUES ('newcomers', '仅限新客户', '', 'local', "
    "'!customer.known || customer.numbers < 1', "
    "'限新客户', '', '', '', '', 'POST', '', '', '', '', 0, 0, 0, 0, 0, '', 'no', 'active', 1)",
    "INSERT INTO business_interface (business, interface, position, on_no, revision) VALUES "
    "('C1', 'newcomers', 80, 'no', 1), ('C1', 'number_check', 90, 'no', 1), ('C2', 'identity_check', 90, 'no', 1)",
)
RULE = "UPDATE interface SET rule = '{}' WHERE code = 'newcomers'"


def day(sly: Sly) -> None:
    at = sly.at
    by_hand(at.store, *BOUND)
    numbers = iter([row.number for row in at.rows(PhoneNumber, state="idle", grade="N", order=("-number",))])
    (home := of_this_run("interfaces-services")).mkdir(exist_ok=True)
    with Simulated(home) as running:
        caller = Caller()
        services = Services(home, at.clock, caller)
        at.desk.seat.services = lambda: services
        sly.done(at.filled())
        sly.do("C2", ASKED, new_number=next(numbers))
        running.state.fault("down")
        sly.do("C2", UNKNOWN, new_number=next(numbers))  # nobody answers: it is asked again later
        running.state.mend()
        assert [(row.interface, row.state) for row in at.rows(InterfaceAnswer, order=("asked_at",))] == [
            ("number_check", "answered"),
            ("identity_check", "answered"),
            ("identity_check", "waiting"),
        ]
        with sly.lie("asked"), patch.object(Eligibility, "record", lambda _: None):
            sly.do("C2", UNASKED, new_number=next(numbers))
        with sly.lie("asked", RULE.format("true"), undo=[RULE.format("!customer.known || customer.numbers < 1")]):
            sly.done(at.filled(document_number=sly.typed(KNOWN)["document_number"], name=NAME))
        sly.done(at.filled())
        caller.close()


told = made("interfaces", day)


@pytest.mark.parametrize("on_a_stick", [False, True])
def test_what_is_bound_to_a_business_is_asked(tmp_path: Path, *, on_a_stick: bool) -> None:
    tell(tmp_path, told(), *BOUND, on_a_stick=on_a_stick)
