"""Services of others by commands: what they know us by, what goes wrong at the simulated ones, asking again."""

from __future__ import annotations

import json
import signal
import stat
import time
from collections.abc import Iterator

import pytest

from boss_tui.remote.running import address_of
from boss_tui.remote.simulated import ServiceState, Simulated
from data.demo.people import resident_id
from data.tables.eligibility import InterfaceAnswer
from data.tables.order import Draft, ProductOrder
from tests.boss_tui.commands.conftest import SUPERVISOR, Boss

NUMBER, NAME = resident_id("33010519900518351"), "仇丽华"
WHO = (f"document_number={NUMBER}", f"name={NAME}")


@pytest.fixture
def services(boss: Boss) -> Iterator[ServiceState]:
    """They run, as beside a desk."""
    with Simulated(boss.folder) as simulated:
        yield simulated.state


def tried(boss: Boss, interface: str, *more: str) -> dict[str, str]:
    ran = boss("manage", "M2.1", "try", f"interface={interface}", *WHO, *more)
    assert ran.code == 0, ran.err
    return {label: value for label, _, value in (line.partition("  ") for line in ran.out.splitlines())}


def test_a_test_call_shows_question_answer_time_and_what_would_follow(boss: Boss, services: ServiceState) -> None:
    told = {label: value.strip() for label, value in tried(boss, "identity_check").items()}
    assert told["Answer"] == "may be done"
    assert told["Asked"] == "POST simulated:/v1/identity"
    assert told["Sent"] == f'{{"number": "{NUMBER}", "name": "{NAME}"}}'
    assert '"match"' in told["Answered"]
    assert "1 try" in told["Took"]
    assert boss("interface", "know", NUMBER, "--name", "另一人").code == 0
    told = {label: value.strip() for label, value in tried(boss, "identity_check").items()}
    assert told["Answer"] == "refused"
    assert "The police do not confirm" in told["Reason"]
    assert len(services.asked()) == 2


def test_a_draft_is_called_where_it_says_or_at_the_simulated_ones(boss: Boss, services: ServiceState) -> None:
    edited = boss("manage", "M2.1", "edit", "identity_check", "address=http://127.0.0.1:9", "--title", "x")
    assert edited.code == 0, edited.err
    assert "can't be reached" in tried(boss, "identity_check")["Answered"]
    told = tried(boss, "identity_check", "simulated=y")
    assert "simulated:/v1/identity" in told["Asked"]
    assert '"match"' in told["Answered"]
    assert len(services.asked()) == 1


def test_a_call_that_is_not_answered_says_what_counts(boss: Boss, services: ServiceState) -> None:
    assert boss("interface", "fault", "broken", "--times", "9").code == 0
    told = tried(boss, "number_check")
    assert "status 500" in told["Answered"]
    assert "asked again later" in told["What counts then"]
    assert "2 tries" in told["Took"]
    assert boss("interface", "fault", "ok").code == 0
    assert services.faults() == []


@pytest.mark.parametrize(
    "line",
    [
        ("interface", "fault", "upside"),
        ("interface", "fault", "down", "--service", "nobody"),
        ("interface", "secret", "nobody"),
        ("interface", "know", NUMBER),
        ("manage", "M2.1", "try", "interface=nobody"),
        ("manage", "M2.1", "try", "interface=identity_check"),  # nothing of what it is told is known
    ],
)
def test_what_is_wrong_is_refused_in_words(boss: Boss, line: tuple[str, ...]) -> None:
    ran = boss(*line, BOSS_INTERFACE_SECRET="x")
    assert ran.code in (1, 2)
    assert ran.err


def test_what_a_service_knows_us_by_is_kept_apart(boss: Boss, services: ServiceState) -> None:
    services.secret("open sesame")
    assert "does not take the question" in tried(boss, "identity_check")["Answered"]
    assert boss("interface", "secret", "identity_check", BOSS_INTERFACE_SECRET="open sesame").code == 0
    assert '"match"' in tried(boss, "identity_check")["Answered"]
    (file,) = (boss.folder / "keys").glob("*identity_check*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    into = boss.folder / "interfaces.csv"
    assert boss("manage", "M2.1", "export", into).code == 0
    shown = boss("manage", "M2.1", "show", "identity_check").out + into.read_text("utf-8-sig")
    assert "sesame" not in shown
    assert boss("interface", "secret", "identity_check", "--remove").code == 0
    assert not file.exists()


def test_done_without_an_answer_asked_again_and_stopped(boss: Boss, services: ServiceState) -> None:
    boss("interface", "fault", "down")
    form = boss.example(document_number=NUMBER, name=NAME)
    done = boss("do", "C1", "--form", "-", typed=form)
    assert done.code == 0, done.err
    assert boss("interface", "again", "--json").json == {"waiting": 2, "refused": 0}
    services.person(NUMBER, "另一人")
    boss("interface", "fault", "ok")
    assert boss("network", "work").code in (0, 3)
    assert boss("interface", "again", "--json").json == {"waiting": 0, "refused": 1}
    (item,) = [item for item in boss("waiting", "list", "--json").json if item["kind"] == "question"]
    line = ("waiting", "settle", "question", item["key"], "stands", "--words", "本人已来")
    assert boss(*line).code == 1
    settled = boss(*line, "--approver", SUPERVISOR, BOSS_APPROVER_PASSWORD="demo-1234")
    assert settled.code == 0, settled.err
    assert "本人已来" in boss("order", done.json["serial"]).out
    assert boss("verify").code == 0


def test_a_refusal_of_a_service_is_exit_code_2_beside_its_field(boss: Boss, services: ServiceState) -> None:
    services.elsewhere(NUMBER, 5)
    ran = boss("do", "C1", "--form", "-", typed=boss.example(document_number=NUMBER, name=NAME))
    assert ran.code == 2
    assert "five numbers in the country" in ran.err
    checked = boss("do", "C1", "--check", "--form", "-", typed=boss.example(document_number=NUMBER, name=NAME))
    assert checked.code == 2
    assert checked.json["verdict"] == "no"


@pytest.mark.kills
def test_killed_while_a_service_is_asked_nothing_is_half_done(boss: Boss, services: ServiceState) -> None:
    services.fault("slow", 60.0, times=1)
    form = boss.folder / "form.json"
    form.write_text(boss.example(document_number=NUMBER, name=NAME), encoding="utf-8")
    running = boss.process("do", "C1", "--form", form)
    try:
        until = time.monotonic() + 60
        while services.faults() and time.monotonic() < until:
            time.sleep(0.02)
        assert not services.faults(), "it asks"
    finally:
        running.kill()
        running.communicate()
    with boss.reading() as reading:
        (draft,) = reading.all(Draft, state="open")
        assert json.loads(draft.values_json)["document_number"] == NUMBER, "what was typed is on disk"
        assert reading.all(InterfaceAnswer) == []
        orders = len(reading.all(ProductOrder))
    again = boss.example(document_number=NUMBER, name=NAME)  # another number: the form holds its own until its time
    done = boss("do", "C1", "--form", "-", typed=again)
    assert done.code == 0, done.err
    with boss.reading() as reading:
        assert len(reading.all(ProductOrder)) == orders + 1
        assert {row.state for row in reading.all(InterfaceAnswer)} == {"answered"}
    assert boss("verify").code == 0


@pytest.mark.pty
def test_at_a_terminal_of_their_own(boss: Boss) -> None:
    running = boss.process("interface", "simulate", stdin=-1)
    try:
        assert running.stdout is not None
        assert running.stdin is not None
        assert "listen at" in running.stdout.readline()
        assert address_of(boss.folder)
        running.stdout.readline()
        for line, answer in (("slow 1 3", "Done."), ("upside", "no such fault"), ("asked", "-"), ("slow x", "ok |")):
            running.stdin.write(f"{line}\n")
            running.stdin.flush()
            assert answer in running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        running.wait(20)
    finally:
        running.kill()
        running.communicate()
    assert not address_of(boss.folder)
