"""Where another owner (C5) and a stop (C6) turn: each condition that fails alone, the last day that passes."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.customers import Person
from boss_tui.transactions.c05 import new_owner
from boss_tui.transactions.c05.case import TransferCase
from boss_tui.transactions.c06 import emergency as c06_emergency
from boss_tui.transactions.c06 import suspend as c06_suspend
from boss_tui.transactions.c06.suspend import SuspensionCase
from data.parameters import SUSPENSION_DAYS_AHEAD
from data.tables.account import BalanceBucket
from data.tables.life import Agreement, ScheduledAct, Suspension
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.stand_in import amounts, line, parts, step, told

TODAY = date.fromisoformat(DAY)
TRANSFER: Any = BUSINESSES["C5"]
STOP: Any = BUSINESSES["C6"]


def owed(*days: int) -> list[Any]:
    """Bills of 10 yuan that are so many days late."""
    return [SimpleNamespace(amount=1_000, days=late, bill=SimpleNamespace(month="2026-10")) for late in days]


# C5


def person(number: str) -> Person:
    return Person("00", number)


@pytest.mark.parametrize(
    ("old_agent", "new_agent", "new", "field", "said"),
    [
        (None, None, "NEW", None, ""),
        ("X", None, "NEW", None, ""),
        (None, "X", "NEW", None, ""),
        ("X", "Y", "NEW", None, ""),
        ("NEW", None, "NEW", "agent_document_number", "new owner"),
        (None, "OLD", "NEW", "new_agent_document_number", "old owner"),
        ("X", "X", "NEW", "new_agent_document_number", "both sides"),
        ("NEW", "Y", None, None, ""),
        ("NEW", None, "new", "agent_document_number", "new owner"),
    ],
)
def test_for_each_side_somebody_else_stands_there(
    old_agent: str | None, new_agent: str | None, new: str | None, field: str | None, said: str
) -> None:
    one = line(customer={"document_number": "OLD"})
    one.agent = person(old_agent) if old_agent else None
    form: Any = SimpleNamespace(new_document_number=new)
    run = step()
    new_owner.are_apart(run, form, one, TransferCase(form, agent=person(new_agent) if new_agent else None))
    assert list(run.errors) == ([field] if field else [])
    assert said in "".join(told(run).values())


@pytest.mark.parametrize(
    ("opened", "months", "acts", "said"),
    [
        ("2026-05-24", 6, [], "until 2026-11-23"),
        ("2026-05-23", 6, [], ""),
        ("2026-11-23", 0, [], ""),
        ("2026-05-25", 6, [], "until 2026-11-24"),
        ("2020-01-01", 6, ["C10"], "handset's contract"),
        ("2020-01-01", 6, ["C8"], "C8 waits"),
        ("2020-01-01", 6, ["C8", "C10"], "handset's contract"),
    ],
)
def test_a_number_goes_once_its_ban_is_over_and_nothing_waits(
    opened: str, months: int, acts: list[str], said: str
) -> None:
    waiting = [row(ScheduledAct, business=code, due_on="2026-12-01") for code in acts]
    run = step(resources=parts(transfer_ban=months, must_not_be_locked=None), processes=parts(waiting=waiting))
    with run.beside("number"):
        TRANSFER._may_go(run, line(opened_on=opened))
    assert bool(run.errors) is bool(said)
    assert said in "".join(told(run).values())


@pytest.mark.parametrize(
    ("charged", "deposit", "balance", "billed", "goes", "lines"),
    [
        (2, 5, 5, 0, "goes", []),
        (1, 0, 0, 0, "goes", []),
        (1, 5, 0, 0, "goes", [("deposit", -5)]),
        (1, 0, 100, 0, "goes", [("prepayment", -100), ("prepayment", 100)]),
        (1, 0, 100, 0, "back", [("prepayment", -100)]),
        (1, 0, 100, 99, "goes", [("prepayment", -100), ("prepayment", 1)]),
        (1, 0, 100, 100, "goes", [("prepayment", -100)]),
        (1, 0, 100, 101, "goes", [("prepayment", -100)]),
        (1, 0, 1, 0, None, [("prepayment", -1), ("prepayment", 1)]),
    ],
)
def test_the_old_owners_money_pays_their_bill_and_the_rest_goes_along_or_back(
    charged: int, deposit: int, balance: int, billed: int, goes: str | None, lines: list[tuple[str, int]]
) -> None:
    held = {"deposit": deposit, "prepaid": balance}
    one = line()
    run = step(
        accounts=parts(
            charged=[one.subscription] * charged,
            bucket=lambda _key, kind: row(BalanceBucket, id=kind, amount=held[kind]),
        ),
    )
    assert amounts(TRANSFER._old_money(run, SimpleNamespace(balance=goes), one, billed)) == lines


@pytest.mark.parametrize(
    ("deposit", "reach", "ends"),
    [
        (1, {"long_distance": "international"}, (("long_distance", "domestic"),)),
        (1, {"roaming": "international"}, (("roaming", "national"),)),
        (0, {"long_distance": "international"}, ()),
        (1, {}, ()),
    ],
)
def test_what_a_deposit_stood_for_ends(deposit: int, reach: dict[str, Any], ends: Any) -> None:
    form: Any = None
    case, run = TransferCase(form), step(accounts=parts(bucket=row(BalanceBucket, amount=deposit)))
    TRANSFER._international(run, line(**reach), case)
    assert case.ends == ends


@pytest.mark.parametrize(
    ("bound", "agreed", "wrong"), [((), False, False), (("plan",), False, True), (("plan",), True, False)]
)
def test_a_contract_keeps_a_number_until_its_penalty_is_agreed_to(
    bound: tuple[str, ...], agreed: bool, wrong: bool
) -> None:
    agreement = row(Agreement, kind="plan", starts_on="2026-01-01", ends_on="2027-01-01")
    form: Any = SimpleNamespace(penalty=agreed)
    run = step(products=parts(bound=lambda _key, kind: agreement if kind in bound else None))
    case = TransferCase(form)
    TRANSFER._contracts(run, form, line(), case)
    assert ("penalty" in run.errors, len(case.bound)) == (wrong, len(bound))


@pytest.mark.parametrize(
    ("spend", "ends", "words"), [(0, (), 1), (1, (), 2), (0, (("roaming", "national"),), 2), (1, (("r", "n"),), 3)]
)
def test_both_sign_for_a_minimum_spend_and_for_what_ends(spend: int, ends: Any, words: int) -> None:
    form: Any = SimpleNamespace(month="day")
    one = line(minimum_spend=spend)
    month: Any = SimpleNamespace(until=TODAY)
    one.more = TransferCase(form, ends=ends, month=month)
    assert len(TRANSFER.advice(step(), form, one)) == words


# C6


@pytest.mark.parametrize(
    ("cause", "action", "who"),
    [
        ("loss", "suspend", "password"),
        ("loss", "resume", "document"),
        ("request", "suspend", "document"),
        ("request", "resume", "document"),
        ("fraud", "suspend", "none"),
        ("court", "resume", "none"),
        ("arrears_all", "suspend", "none"),
        (None, "suspend", "document"),
    ],
)
def test_a_loss_is_reported_by_password_and_nothing_else_of_the_owner(cause: str | None, action: str, who: str) -> None:
    assert STOP.shows(SimpleNamespace(cause=cause, action=action, emergency=False)) == who


@pytest.mark.parametrize(
    ("cause", "reason", "role", "wrong", "verdict"),
    [
        ("fraud", "", "clerk", True, "override"),
        ("fraud", "x", "clerk", False, "override"),
        ("fraud", None, "clerk", True, "override"),
        ("court", "123", "clerk", True, "override"),
        ("court", "1234", "clerk", False, "override"),
        ("court", "1234", "supervisor", False, "yes"),
        ("court", None, "supervisor", True, "yes"),
        ("arrears_all", "", "clerk", False, "override"),
        ("request", "", "clerk", False, "yes"),
        ("loss", "", "clerk", False, "yes"),
    ],
)
def test_what_is_not_the_owners_has_its_ground_and_a_supervisor(
    cause: str, reason: str | None, role: str, wrong: bool, verdict: str
) -> None:
    run = step(about={"role": role})
    STOP._rights(run, SimpleNamespace(cause=cause, reason=reason, emergency=False))
    assert ("reason" in run.errors, run.qualification.verdict) == (wrong, verdict)


@pytest.mark.parametrize(("emergency", "reason", "wrong"), [(True, "", True), (True, "x", False), (False, "", False)])
def test_an_emergency_says_why(emergency: bool, reason: str, wrong: bool) -> None:
    run = step(about={"role": "supervisor"})
    STOP._rights(run, SimpleNamespace(cause="arrears_all", reason=reason, emergency=emergency))
    assert ("reason" in run.errors) is wrong


OUTGOING, BOTH_WAYS = (row(Suspension, cause=cause) for cause in ("arrears_outgoing", "arrears_all"))


@pytest.mark.parametrize(
    ("emergency", "known", "lifted"),
    [(True, BOTH_WAYS, BOTH_WAYS), (True, None, OUTGOING), (False, None, None), (False, BOTH_WAYS, BOTH_WAYS)],
)
def test_an_emergency_lifts_the_stop_that_is_named_else_another_of_arrears(
    monkeypatch: pytest.MonkeyPatch, emergency: bool, known: Any, lifted: Any
) -> None:
    for name in ("_may_lift", "_days", "_explain"):
        monkeypatch.setattr(c06_suspend, name, lambda *_: None)
    monkeypatch.setattr(c06_emergency, "look", lambda *_: None)
    run, stopped = step(products=parts(causes=[OUTGOING, BOTH_WAYS], cause=known)), line()
    form = SimpleNamespace(
        action="resume", cause="arrears_all", emergency=emergency, starts_on=None, ends_on=None, reason="x"
    )
    STOP.look(run, form, stopped)
    assert stopped.more.known is lifted


FAR = TODAY + timedelta(days=SUSPENSION_DAYS_AHEAD.first)
NEXT, BEFORE = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("action", "cause", "starts", "ends", "wrong"),
    [
        ("suspend", "request", None, None, []),
        ("suspend", "request", TODAY, None, []),
        ("suspend", "request", BEFORE, None, ["starts_on"]),
        ("suspend", "request", FAR, None, []),
        ("suspend", "request", FAR + timedelta(days=1), None, ["starts_on"]),
        ("suspend", "request", None, NEXT, []),
        ("suspend", "request", None, TODAY, ["ends_on"]),
        ("suspend", "request", NEXT, NEXT, ["ends_on"]),
        ("suspend", "request", NEXT, NEXT + timedelta(days=1), []),
        ("suspend", "loss", TODAY, None, []),
        ("suspend", "loss", NEXT, None, ["starts_on"]),
        ("suspend", "loss", None, TODAY, ["ends_on"]),
        ("resume", "request", TODAY, None, []),
        ("resume", "request", NEXT, None, ["starts_on"]),
        ("resume", "request", None, NEXT, ["ends_on"]),
    ],
)
def test_only_a_stop_on_request_has_days_from_today_to_years_ahead(
    action: str, cause: str, starts: date | None, ends: date | None, wrong: list[str]
) -> None:
    run = step()
    form: Any = SimpleNamespace(action=action, cause=cause, starts_on=starts, ends_on=ends, emergency=False)
    c06_suspend._days(run, form, SuspensionCase([], None, starts or TODAY, ends))
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("cause", "known", "bills", "said"),
    [
        ("request", None, [], ""),
        ("request", None, [0], "not paid"),
        ("loss", None, [1], ""),
        ("loss", "active", [], "already"),
        ("request", "planned", [], "resume takes that back"),
        ("arrears_all", None, [1], ""),
        ("arrears_all", None, [0], "Nothing is overdue"),
        ("arrears_outgoing", None, [], "Nothing is overdue"),
        ("fraud", None, [], ""),
        ("arrears_all", None, [0, 1], ""),
    ],
)
def test_a_stop_has_its_cause_and_is_not_there_yet(cause: str, known: str | None, bills: list[int], said: str) -> None:
    there = row(Suspension, cause=cause, state=known, starts_on="2026-12-01") if known else None
    run = step(billing=parts(owed=owed(*bills)))
    form: Any = SimpleNamespace(cause=cause, emergency=False)
    with run.beside("cause"):
        c06_suspend._may_stop(run, form, line(), SuspensionCase([], there, TODAY, None))
    assert bool(run.errors) is bool(said)
    assert said in "".join(told(run).values())


@pytest.mark.parametrize(
    ("cause", "known", "bills", "said"),
    [
        ("loss", True, [1], ""),
        ("loss", False, [], "not stopped"),
        ("arrears_all", True, [1], "overdue still"),
        ("arrears_all", True, [0], ""),
        ("arrears_outgoing", True, [0, 1], "10.00"),
    ],
)
def test_a_stop_is_lifted_that_is_there_and_arrears_that_are_paid(
    monkeypatch: pytest.MonkeyPatch, cause: str, known: bool, bills: list[int], said: str
) -> None:
    monkeypatch.setattr(c06_suspend, "may_lift", lambda *_: False)
    there = row(Suspension, cause=cause) if known else None
    run = step(billing=parts(owed=owed(*bills)))
    form: Any = SimpleNamespace(cause=cause, emergency=False)
    with run.beside("cause"):
        c06_suspend._may_lift(run, form, line(), SuspensionCase([], there, TODAY, None))
    assert bool(run.errors) is bool(said)
    assert said in "".join(told(run).values())


@pytest.mark.parametrize(
    ("action", "cause", "urgent"),
    [("suspend", "loss", True), ("resume", "loss", False), ("suspend", "request", False), ("suspend", None, False)],
)
def test_what_protects_the_owner_is_possible_on_every_line(action: str, cause: str | None, urgent: bool) -> None:
    form = SimpleNamespace(action=action, cause=cause)
    assert STOP.urgent(form) is urgent
    assert ("pendingActive" in STOP.ready(form), "active" in STOP.ready(form)) == (urgent, True)


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "Suspend or resume"),
        ({"action": "suspend"}, "Suspend or resume"),
        ({"cause": "loss"}, "Suspend or resume"),
        ({"action": "suspend", "cause": "loss"}, "Suspend: "),
    ],
)
def test_a_stop_is_called_by_action_and_cause(values: dict[str, str], title: str) -> None:
    assert str(STOP.titled(values)).startswith(title)


@pytest.mark.parametrize(("starts", "day"), [(NEXT, NEXT.isoformat()), (TODAY, None)])
def test_a_stop_that_is_set_for_a_day_starts_then(starts: date, day: str | None) -> None:
    one = line()
    one.more = SuspensionCase([], None, starts, None)
    assert (str(STOP.starts(step(), one)) == day) is (day is not None)


@pytest.mark.parametrize(
    ("action", "ends", "reason", "labels"),
    [
        ("suspend", None, "", ["Action", "Cause", "From"]),
        ("suspend", NEXT, "x", ["Action", "Cause", "From", "Works again on", "Grounds"]),
        ("resume", NEXT, "", ["Action", "Cause"]),
    ],
)
def test_a_stops_slip_has_its_days_and_grounds(action: str, ends: date | None, reason: str, labels: list[str]) -> None:
    one = line()
    one.more = SuspensionCase([], None, TODAY, ends)
    form = SimpleNamespace(action=action, cause="request", reason=reason, emergency=False)
    assert [str(label) for label, _ in STOP.about(step(), form, one)] == labels
