"""Messages of the office: queued once for what was signed, sent in files, reported by a centre that can fail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from boss_tui.messages.centre import SmsCentre
from boss_tui.messages.files import DELIVERED, Text, file_of, read_file, read_report, report_of, sent_name
from boss_tui.messages.sending import Messages
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.textfile import BadFile, NotComplete
from data.clock import SeededClock, new_key, on_the_wall, stamp
from data.errors import BossError, Outside
from data.journal import Author
from data.message import say
from data.tables.credit_control import ControlOrder, SmsFile, SmsMessage
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from tests.boss_tui.management.test_m08_control import ran, signed
from tests.hall import FACTS
from tests.head_office import HeadOffice


@pytest.fixture
def gateway(tmp_path: Path) -> FolderGateway:
    return FolderGateway(tmp_path / "sms")


@pytest.fixture
def messages(head_office: HeadOffice, gateway: FolderGateway) -> Messages:
    """Of an office that has signed a run."""
    signed(head_office, ran(head_office)[1])
    return Messages(head_office.store, "HQ", gateway)


def states(office: HeadOffice) -> list[str]:
    return sorted(row.state for row in office.rows(SmsMessage))


def test_a_message_is_sent_once_for_each_order_that_says_something(
    head_office: HeadOffice, messages: Messages, gateway: FolderGateway
) -> None:
    while messages.step():
        pass
    orders = head_office.rows(ControlOrder)
    rows = head_office.rows(SmsMessage)
    assert {row.about for row in rows} == {order.id for order in orders if order.stage}
    assert set(states(head_office)) == {"sent"}
    sequence, texts = read_file(gateway.batch(sent_name(1)))
    assert (sequence, {text.key for text in texts}) == (1, {row.id for row in rows})
    assert all(row.number in row.body and "{" not in row.body for row in rows)
    centre = SmsCentre(gateway)
    assert (centre.step(), centre.step()) == (True, False)
    assert messages.step()
    assert set(states(head_office)) == {"delivered"}
    (file,) = head_office.rows(SmsFile)
    assert (file.written, file.messages, file.reports) == (1, len(rows), len(rows))
    assert not messages.step()
    assert head_office.is_sound()


def asked_to_leave(office: HeadOffice, minutes: int, state: str = "authorised") -> str:
    """The key of a code that counts for so long, as an outlet has pushed it."""
    line = office.rows(Subscription, state="active")[0]
    with office.store.transaction(Author(FACTS.outlet, "test", ""), journalled=False) as tx:
        row = tx.add(
            NumberPorting,
            id=new_key(tx.clock),
            outlet=FACTS.outlet,
            number=line.number,
            subscription_id=line.id,
            state=state,
            code="314159",
            until=stamp(tx.clock.now() + timedelta(minutes=minutes)),
            operator=FACTS.clerk,
            business_date="2026-11-23",
            made_at=tx.now(),
        )
    return row.id


def test_a_code_to_leave_is_sent_to_its_number_once_by_day_and_night(
    head_office: HeadOffice, gateway: FolderGateway
) -> None:
    assert isinstance(head_office.store.clock, SeededClock)
    head_office.store.clock.move(hours=12)
    asked_to_leave(head_office, 60, "refused")
    asked_to_leave(head_office, -1)
    key = asked_to_leave(head_office, 60)
    messages = Messages(head_office.store, "HQ", gateway)
    while messages.step():
        pass
    (row,) = head_office.rows(SmsMessage)
    (asked,) = head_office.rows(NumberPorting, id=key)
    assert (row.about, row.number, row.state) == (key, asked.number, "sent")
    assert f"授权码 314159，号码 {asked.number}" in row.body
    assert on_the_wall(asked.until, "%H:%M") in row.body


def test_by_night_nothing_is_sent(head_office: HeadOffice, messages: Messages) -> None:
    assert isinstance(head_office.store.clock, SeededClock)
    head_office.store.clock.move(hours=12)
    assert not messages.step()
    head_office.store.clock.move(hours=12)
    assert messages.step()


def test_a_file_is_written_again_byte_for_byte_after_a_kill(
    head_office: HeadOffice, messages: Messages, gateway: FolderGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(name: str, content: bytes) -> None:
        raise Outside(say("The folder is away."))

    with monkeypatch.context() as away:
        away.setattr(gateway, "put", killed)
        with pytest.raises(Outside):
            messages.step()
    assert [row.written for row in head_office.rows(SmsFile)] == [0]
    again = Messages(head_office.store, "HQ", gateway)
    assert again.step()
    first = gateway.batch(sent_name(1))
    gateway.put(sent_name(1), first)
    assert [row.written for row in head_office.rows(SmsFile)] == [1]
    assert not again.step()


def test_what_the_centre_can_t_deliver_has_failed_and_what_it_loses_is_unknown(
    head_office: HeadOffice, messages: Messages, gateway: FolderGateway
) -> None:
    messages.step()
    centre = SmsCentre(gateway)
    _, texts = read_file(gateway.batch(sent_name(1)))
    centre.faults.numbers = {text.number for text in texts}
    centre.faults.lose = 1
    centre.step()
    messages.step()
    assert states(head_office) == ["failed"] * (len(texts) - 1) + ["sent"]
    assert {row.code for row in head_office.rows(SmsMessage, state="failed")} <= {"UNDELIV"}


def test_a_centre_that_is_down_or_slow_or_answers_wrongly_is_waited_for(
    head_office: HeadOffice, messages: Messages, gateway: FolderGateway
) -> None:
    messages.step()
    centre = SmsCentre(gateway)
    centre.faults.off = True
    assert not centre.step()
    centre.faults.off, centre.faults.slow, centre.faults.wrong = False, 1, 1
    assert [centre.step() for _ in range(3)] == [False, False, True]
    with pytest.raises(BossError):
        messages.step()  # the one is read, the other is said to be wrong
    assert set(states(head_office)) == {"delivered"}


def test_a_report_of_what_was_not_sent_says_nothing(
    head_office: HeadOffice, messages: Messages, gateway: FolderGateway
) -> None:
    messages.step()
    key = head_office.rows(SmsMessage)[0].id
    gateway.respond("sms_000002.0001.answers", report_of(2, [(key, DELIVERED), ("nobody", DELIVERED)]))
    messages.step()
    assert set(states(head_office)) == {"sent"}


TEXTS = [Text("k1", "13912345678", "您好"), Text("k2", "13912345679", "再见")]
GOOD = file_of("HQ", 1, "2026-11-23T01:00:00.000001Z", TEXTS)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (GOOD[:-10], NotComplete),
        (GOOD.replace("您好".encode(), "你好".encode()), BadFile),
        (file_of("HQ", 1, "today", TEXTS), BadFile),
        (file_of("HQ", 1, "2026-11-23T01:00:00.000001Z", [Text("k1", "139x", "您好")]), BadFile),
        (file_of("HQ", 1, "2026-11-23T01:00:00.000001Z", [Text("k1", "13912345678", "")]), BadFile),
        (b"", NotComplete),
    ],
)
def test_a_file_is_read_whole_or_not_at_all(content: bytes, fault: type[BossError]) -> None:
    with pytest.raises(fault):
        read_file(content)


def test_what_is_written_is_read_as_it_was() -> None:
    assert read_file(GOOD) == (1, TEXTS)
    assert read_report(report_of(7, [("k1", DELIVERED)])) == (7, [("k1", DELIVERED)])
    with pytest.raises(BadFile):
        read_report(report_of(7, [("k1", "PERHAPS")]))
