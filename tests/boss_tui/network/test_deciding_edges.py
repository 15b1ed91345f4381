"""What follows from the commands of one work order: over an empty store, each condition alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from boss_tui.network import rows
from boss_tui.network.advance import BACK_OFF, OLD_REFUSAL, Decision, _later
from boss_tui.network.dialects.answers import Answer
from boss_tui.network.dialects.record import Record
from boss_tui.network.receive import LONGEST_TEXT, _values, record_of
from data.clock import stamp
from data.journal import canonical
from data.parameters import NETWORK_TRIES
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import Sequence
from data.tables.sync import JournalHead
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, Rows, row

__all__ = ["empty_store", "tx"]
TRIES = NETWORK_TRIES.first
UNDO = canonical(["back"])
IMSI, MSISDN = "460000000000001", "13900000001"
BARRED, HERE, GONE = (
    canonical({name: value}) for name, value in (("outgoing_barred", True), ("imsi", IMSI), ("imsi", "5"))
)


def command(number: int = 1, state: str = "answered", **values: Any) -> Any:
    standard = {"work_order_id": "w", "number": number, "step": number, "state": state, "element": "HLR1", "chain": "s"}
    return row(NetworkCommand, command_key=f"c{number}", **{**standard, "command": f"do {number}", **values})


def refused(number: int = 1, **values: Any) -> Any:
    return command(number, "failed", **{"answer_code": "7", "answer_text": "No", "attempts": 1, **values})


def asked(number: int, record: Record | None = None, **values: Any) -> Any:
    told = canonical({"imsi": IMSI, "msisdn": MSISDN, "forwarding": None, "services": None})
    return command(number, **{"purpose": "query", "answer_record": told if record is None else "", **values})


def unanswered(count: int) -> list[Any]:
    """Questions about the first command that brought nothing."""
    return [command(2 + at, "failed", purpose="query") for at in range(count)]


def decided(tx: Loose, *commands: Any, **values: Any) -> tuple[str, list[tuple[str, str]]]:
    """The state of the work order, and what was queued: purpose and text."""
    parameters = canonical({"msisdn": MSISDN, "imsi": IMSI, "long_distance": "none"})
    standard = {"order_id": "o", "kind": "automatic", "act": "bar_outgoing", "element": "HLR1", "state": "open"}
    tx.put(
        *(row(JournalHead, outlet="HZ01", epoch=1), row(Sequence, name="network command", value=9)),
        row(NetworkElement, code="HLR1", dialect="huawei", state="active"),
        row(WorkOrder, id="w", **{**standard, "position": 1, "parameters": parameters, **values}),
        *commands,
    )
    Decision(tx, "HZ01", tx.one(WorkOrder, id="w")).decide()
    known = {each.command_key for each in commands}
    new = [each for each in tx.all(NetworkCommand, order=("number",)) if each.command_key not in known]
    assert all(each.state == "queued" and each.element == "HLR1" and each.chain == "s" for each in new)
    return tx.one(WorkOrder, id="w").state, [(each.purpose, each.command) for each in new]


QUESTION = ("query", f'LST SUB: IMSI="{IMSI}", DETAIL=TRUE;')
AGAIN = ("act", "do 1")
NOBODY, BUSY = (command(2, "failed", purpose="query", answer_meaning=meaning) for meaning in ("no_subscriber", "busy"))


@pytest.mark.parametrize(
    ("commands", "state", "queued"),
    [
        ([command()], "done", []),
        ([command(), command(2)], "done", []),
        ([command(), command(2, "queued")], "open", []),
        ([command(), command(2, "sent")], "open", []),
        # refused
        ([refused()], "failed", []),
        ([refused(), command(2, "queued")], "open", []),
        ([refused(), command(2, "sent", purpose="query")], "failed", []),
        ([refused(answer_retry=1)], "open", [AGAIN]),
        ([refused(answer_retry=1, attempts=TRIES - 1)], "open", [AGAIN]),
        ([refused(answer_retry=1, attempts=TRIES)], "failed", []),
        ([refused(answer_retry=1), refused(2)], "open", [AGAIN, ("act", "do 2")]),
        ([refused(), refused(2, answer_retry=1)], "failed", []),
        ([command(), refused(2, answer_retry=1)], "open", [("act", "do 2")]),
        # the last try of a step counts
        ([refused(), command(2, step=1)], "done", []),
        ([command(), refused(2, step=1)], "failed", []),
        # taken back, the last first
        ([command(undo=UNDO), refused(2)], "open", [("undo", "back")]),
        ([command(), refused(2)], "failed", []),
        ([refused(undo=UNDO), command(2)], "failed", []),
        (
            [command(undo=UNDO), command(2, undo=canonical(["a", "b"])), refused(3)],
            "open",
            [("undo", "a"), ("undo", "b"), ("undo", "back")],
        ),
        ([command(undo=UNDO), refused(2), command(3, "queued", purpose="undo")], "open", []),
        ([command(undo=UNDO), refused(2), command(3, purpose="undo")], "failed", []),
        ([command(undo=UNDO), refused(2), refused(3, purpose="undo")], "failed", []),
        ([command(undo=UNDO), refused(2), refused(3, purpose="undo", answer_retry=1)], "open", [("undo", "do 3")]),
        ([command(), refused(2), command(3, "unknown", purpose="undo", answer_retry=1)], "failed", []),
        (
            [
                *(command(), refused(2), refused(3, purpose="undo", answer_retry=1)),
                *(command(4, purpose="undo"), refused(5, purpose="undo", answer_retry=1)),
                command(6, "unknown", purpose="undo"),
            ],
            "open",
            [("undo", "do 3"), ("undo", "do 5")],
        ),
        # unknown: the element is asked
        ([command(1, "unknown")], "open", [QUESTION]),
        ([command(1, "unknown"), command(2, "queued")], "open", []),
        ([command(1, "unknown"), command(2, "queued", purpose="query")], "open", []),
        ([command(1, "unknown"), command(2, "sent", purpose="query")], "open", []),
        ([command(1, "unknown"), command(2, "unknown", purpose="query")], "open", [QUESTION]),
        ([command(2, "unknown"), command(1, "sent", purpose="query")], "open", [QUESTION]),
        ([command(1, "unknown"), *unanswered(TRIES)], "failed", []),
        ([command(1, "unknown"), *unanswered(TRIES - 1)], "open", [QUESTION]),
        # it was asked, and what it shows tells
        ([command(1, "unknown", wants=HERE), asked(2)], "done", []),
        ([command(1, "unknown", wants=GONE), asked(2)], "open", [AGAIN]),
        ([command(1, "unknown", wants=GONE, attempts=TRIES), asked(2)], "failed", []),
        ([command(1, "unknown", wants=GONE, doubtful=OLD_REFUSAL), asked(2)], "failed", []),
        ([command(1, "unknown", wants=BARRED), asked(2)], "failed", []),
        ([command(1, "unknown", wants=canonical({"key": "9"})), asked(2)], "open", [AGAIN]),
        ([command(1, "unknown", wants=canonical({"no_key": "9"})), asked(2)], "open", [AGAIN]),
        ([command(1, "unknown", wants=canonical({"key": "9"}), doubtful=OLD_REFUSAL), asked(2)], "failed", []),
        ([command(2, "unknown", wants=HERE), asked(1)], "open", [QUESTION]),
        ([command(1, "unknown", wants=canonical({"absent": True})), NOBODY], "done", []),
        ([command(1, "unknown", wants=HERE), BUSY], "open", [QUESTION]),
        ([command(1, "unknown", wants=HERE), asked(2), command(3, "sent")], "open", []),
        ([command(1, "unknown", wants=HERE), asked(2), asked(3, state="failed")], "open", [QUESTION]),
        # sent again and refused: perhaps it had acted
        ([refused(doubtful=1, wants=canonical({"key": "4"}), answer_meaning="key_exists")], "done", []),
        ([refused(doubtful=1, wants=canonical({"no_key": "4"}), answer_meaning="no_key")], "done", []),
        ([refused(doubtful=1, wants=canonical({"key": "4"}), answer_meaning="no_key")], "open", [QUESTION]),
        ([refused(doubtful=1, answer_meaning="number_in_use")], "open", [QUESTION]),
        ([refused(doubtful=1, answer_retry=1)], "open", [AGAIN]),
        ([refused(doubtful=0, answer_meaning="key_exists", wants=canonical({"key": "4"}))], "failed", []),
        ([refused(doubtful=OLD_REFUSAL, answer_meaning="key_exists", wants=canonical({"key": "4"}))], "failed", []),
    ],
)
def test_a_work_order_goes_on_from_its_commands(
    tx: Loose, commands: list[Any], state: str, queued: list[tuple[str, str]]
) -> None:
    assert decided(tx, *commands) == (state, queued)


@pytest.mark.parametrize(
    ("commands", "told"),
    [
        ([refused()], "refused: 7 No"),
        ([refused(answer_code="")], "could not be found out"),
        ([command(undo=UNDO), refused(2), refused(3, purpose="undo", answer_text="Never")], "7 No What had been done"),
        ([command(undo=UNDO), refused(2), command(3, purpose="undo")], "7 No"),
        ([command(1, "unknown"), *unanswered(TRIES)], "found out"),
    ],
)
def test_it_says_why_it_failed(tx: Loose, commands: list[Any], told: str) -> None:
    tx.put(row(WorkOrder, id="v", order_id="o", position=7), row(WorkOrder, id="x", order_id="p", position=9))
    assert decided(tx, *commands)[0] == "failed"
    why = str(rows.reason_in_words(tx.one(WorkOrder, id="w").reason))
    assert told in why
    assert ("look at the element" in why) == ("What had" in told)
    (stands_in,) = tx.all(WorkOrder, kind="manual")
    assert (stands_in.position, stands_in.reason) == (8, tx.one(WorkOrder, id="w").reason)


def test_without_a_question_nothing_can_be_found_out(tx: Loose) -> None:
    assert decided(tx, command(1, "unknown"), parameters="{}") == ("failed", [])


def test_questions_that_wait_are_not_asked_once_all_is_known(tx: Loose) -> None:
    told = [command(2, "queued", purpose="query"), command(3, "answered", purpose="query")]
    assert decided(tx, refused(answer_retry=1), *told) == ("open", [AGAIN])
    assert tx.told(NetworkCommand, "state", purpose="query", order=("number",)) == ["cancelled", "answered"]


@pytest.mark.parametrize(
    ("tried", "doubtful", "meaning", "carried"),
    [(1, 0, "busy", 0), (2, 1, "busy", 1), (3, 0, "unknown", 1), (2, OLD_REFUSAL, "busy", 0)],
)
def test_what_is_sent_again_waits_and_carries_its_doubt(
    tx: Loose, tried: int, doubtful: int, meaning: str, carried: int
) -> None:
    failed = refused(answer_retry=1, attempts=tried, doubtful=doubtful, answer_meaning=meaning, undo=UNDO, wants=BARRED)
    assert decided(tx, failed) == ("open", [AGAIN])
    (again,) = tx.all(NetworkCommand, state="queued")
    assert (again.command_key, again.step, again.attempts, again.doubtful) == ("HZ01/1/10", 1, tried, carried)
    assert (again.undo, again.wants) == (UNDO, BARRED)
    assert stamp(NOW + timedelta(seconds=BACK_OFF[tried - 1])) <= again.not_before
    assert again.not_before < stamp(NOW + timedelta(seconds=BACK_OFF[tried - 1] + 1))


@pytest.mark.parametrize(("before", "waits"), [(0, ""), (1, BACK_OFF[0]), (2, BACK_OFF[1])])
def test_a_question_is_asked_at_once_and_again_later(tx: Loose, before: int, waits: int | str) -> None:
    decided(tx, command(1, "unknown"), *unanswered(before))
    later = stamp(NOW + timedelta(seconds=waits))[:19] if isinstance(waits, int) else waits
    assert [each[:19] for each in tx.told(NetworkCommand, "not_before", state="queued")] == [later]


def test_the_waits_grow_and_stay(tx: Loose) -> None:
    waits = [_later(tx, tried)[:19] for tried in (0, 1, 2, 3, 4, 5, 99)]
    expected = [stamp(NOW + timedelta(seconds=BACK_OFF[place]))[:19] for place in (0, 0, 1, 2, 3, 3, 3)]
    assert waits == expected


def test_an_unknown_one_that_is_known_moves_its_batch(tx: Loose) -> None:
    tx.put(row(NetworkBatch, id="b", commands=1, state="published"))
    decided(tx, command(1, "unknown", wants=HERE, batch_id="b"), asked(2))
    assert tx.told(NetworkBatch, "state") == ["answered"]


# answers


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("done", "0", "done", text="Fine"), ("answered", "0", 0, "Fine", "now")),
        (Answer("refused", "7", "busy", True, "x\0y"), ("failed", "7", 1, "x\ufffdy", "now")),
        (Answer("unknown", text="y" * (LONGEST_TEXT + 1)), ("unknown", "", 0, "y" * LONGEST_TEXT, "")),
    ],
)
def test_an_answer_is_kept(answer: Answer, told: tuple[object, ...]) -> None:
    kept = _values(answer, "now")
    names = ("state", "answer_code", "answer_retry", "answer_text", "answered_at")
    assert (tuple(kept[name] for name in names), kept["answer_record"]) == (told, "")


@pytest.mark.parametrize(
    "record",
    [
        Record("4", "1"),
        Record("4", "1", forwarding=(("always", "8613"), ("busy", "8614")), services=frozenset({"hold", "clip"})),
        Record("4", "1", data=False, forwarding=(), services=frozenset()),
    ],
)
def test_a_record_is_read_as_it_was_kept(record: Record) -> None:
    kept = _values(Answer("done", record=record), "now")["answer_record"]
    assert record_of(row(NetworkCommand, answer_record=kept)) == record
    assert record_of(row(NetworkCommand)) is None


# what the steps share


@pytest.mark.parametrize(
    ("left", "commands", "state", "found"),
    [
        (["sent"], 2, "published", "partial"),
        (["unknown"], 2, "published", "partial"),
        (["sent", "unknown"], 2, "published", "published"),
        (["sent"], 2, "built", "built"),
        (["answered", "failed"], 2, "published", "answered"),
        ([], 1, "built", "built"),
    ],
)
def test_how_far_a_batch_is_answered(tx: Loose, left: list[str], commands: int, state: str, found: str) -> None:
    tx.put(row(NetworkBatch, id="b", commands=commands, state=state))
    tx.put(*(command(at, each, batch_id="b") for at, each in enumerate(left, 1)), command(9, "sent", batch_id="c"))
    rows.recount(tx, "b")
    assert tx.told(NetworkBatch, "state") == [found]


KEYED = 'ADD KI: IMSI="1", KIVALUE="AB";'


@pytest.mark.parametrize(
    ("state", "batch", "found", "masked"),
    [
        ("queued", None, "cancelled", True),
        ("sent", "published", "cancelled", True),
        ("unknown", "published", "failed", True),
        ("answered", "published", "answered", True),
        ("sent", "built", "cancelled", False),
    ],
)
def test_what_is_settled_keeps_no_key_but_in_a_batch_that_has_yet_to_leave(
    tx: Loose, state: str, batch: str | None, found: str, masked: bool
) -> None:
    if batch:
        tx.put(row(NetworkBatch, id="b", state=batch, dialect="huawei", commands=1))
    tx.put(row(NetworkElement, code="HLR1", dialect="huawei", state="active"))
    tx.put(command(1, state, news=1, command=KEYED, batch_id="b" if batch else None), command(2, "sent", closed=1))
    tx.put(command(3, "sent", work_order_id="v"))
    rows.close(tx, row(WorkOrder, id="w"))
    (now, closed, news, text), *others = tx.told(
        NetworkCommand, "state", "closed", "news", "command", order=("number",)
    )
    assert (now, closed, news) == (found, 1, 0)
    assert ("AB" not in text) is masked
    assert [each[:3] for each in others] == [("sent", 1, 0), ("sent", 0, 0)]
    if batch == "built":
        rows.published(tx, tx.one(NetworkBatch, id="b"))
        assert "AB" not in tx.one(NetworkCommand, command_key="c1").command


def test_a_batch_that_left_is_waited_for_as_long_as_each_process_allows(tx: Loose) -> None:
    tx.put(row(NetworkBatch, id="b", state="built", dialect="huawei", commands=3))
    tx.put(*(command(at, "sent", batch_id="b", limit_minutes=10 * at) for at in (1, 2)))
    tx.put(command(3, "answered", batch_id="b", limit_minutes=10), command(4, "sent", batch_id="c", limit_minutes=10))
    left = rows.published(tx, tx.one(NetworkBatch, id="b"))
    due = [each[:16] for each in tx.told(NetworkCommand, "due_at", order=("number",))]
    assert due == [*(stamp(NOW + timedelta(minutes=10 * at))[:16] for at in (1, 2)), "", ""]
    assert rows.published(tx, left) is left


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", ""),
        ("typed by a person", "typed by a person"),
        ("7", "7"),
        ("{}", "{}"),
        (rows.stored(rows.REASONS["manual"]), str(rows.REASONS["manual"])),
    ],
)
def test_a_reason_is_shown_as_it_was_given(reason: str, told: str) -> None:
    assert str(rows.reason_in_words(reason)) == told


def test_who_stands_in_for_a_failed_one_is_found() -> None:
    def manual(key: str, of: str, **values: Any) -> Any:
        parameters = json.dumps({"instead_of": of})
        return row(WorkOrder, id=key, **{"order_id": "o", "kind": "manual", "parameters": parameters, **values})

    failed = row(WorkOrder, id="w", order_id="o")
    reading: Any = Rows(
        *(manual("a", "v"), manual("b", "w", state="done"), manual("c", "w", order_id="p")), manual("d", "w")
    )
    found = rows.stand_in(reading, failed)
    assert found is not None
    assert found.id == "d"
    assert rows.stand_in(reading, row(WorkOrder, id="x", order_id="o")) is None
