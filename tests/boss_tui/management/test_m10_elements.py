"""What M10 asks of elements, templates and answers; an act tried against the simulated element, and taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.m10.elements import (
    SUBJECT,
    ElementForm,
    TemplateForm,
    is_reached_without_a_secret,
    makes_commands,
    of_a_dialect,
)
from boss_tui.management.m10.trial import CommandTrialForm, told_to_an_element
from boss_tui.network.dialects import DIALECTS
from boss_tui.network.dialects.acts import ACTS
from boss_tui.network.tables import steps_of
from data.errors import BadForm
from data.tables.network import AnswerCode, CommandTemplate
from tests.boss_tui.components.rows import DAY, Rows, context, rehearsal, row

LOCK = 'MOD LCK: ISDN="86{msisdn}", IC=FALSE, OC={0}, GPRSLOCK=FALSE;'
BAR, LIFT = LOCK.replace("{0}", "TRUE"), LOCK.replace("{0}", "FALSE")


def wrong(check: Any, line: RowEdit, *rows: Any) -> list[str]:
    return [fault.column for fault in check(rehearsal(Rows(*rows), {1: line}, DAY))]


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (RowEdit("network_element", ("A",), "add", {"dialect": "huawei"}), False),
        (RowEdit("network_element", ("A",), "add", {"dialect": "zte"}), True),
        (RowEdit("network_element", ("A",), "change", {"state": "stopped"}), False),
        (RowEdit("command_template", ("ericsson", "unbar"), "add", {}), False),
        (RowEdit("command_template", ("zte", "unbar"), "add", {}), True),
        (RowEdit("answer_code", ("Huawei", "1"), "add", {}), True),
        (RowEdit("answer_code", ("zte", "1"), "end", {}), False),
    ],
)
def test_a_dialect_is_one_that_is_spoken(line: RowEdit, refused: bool) -> None:
    assert wrong(of_a_dialect, line) == (["dialect"] if refused else [])


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("folder:gateway/HLR01", False),
        ("folder:", True),
        ("gateway/HLR01", True),
        ("sftp://boss@10.0.0.1/in", False),
        ("sftp://boss@10.0.0.1:2222/in?key=keys/id&host_key=ssh-ed25519+AAAA", False),
        ("sftp://boss:secret@10.0.0.1/in", True),
        ("sftp://boss:@10.0.0.1/in", True),
        ("sftp://10.0.0.1/in", True),
        ("sftp://boss@10.0.0.1:99999/in", True),
        ("ftp://boss@10.0.0.1/in", True),
    ],
)
def test_an_address_can_be_read_and_holds_no_secret(address: str, refused: bool) -> None:
    line = RowEdit("network_element", ("A",), "change", {"gateway": address})
    assert wrong(is_reached_without_a_secret, line) == (["gateway"] if refused else [])
    _, errors = ElementForm.partial({"code": "A", "name_zh": "甲", "dialect": "huawei", "gateway": address})
    assert set(errors) == ({"gateway"} if refused else set())


def test_what_is_said_of_other_columns_is_no_address() -> None:
    assert wrong(is_reached_without_a_secret, RowEdit("network_element", ("A",), "change", {"name_zh": "甲"})) == []


def template(lines: str, act: str = "bar_outgoing", dialect: str = "huawei") -> CommandTemplate:
    typed = TemplateForm.read({"dialect": dialect, "act": act, "lines": lines})
    made: CommandTemplate = row(CommandTemplate, dialect=dialect, act=act, lines=typed.lines)
    return made


def test_a_template_is_typed_a_line_a_command_and_shown_so_again() -> None:
    typed = f"{BAR} | msisdn | {LIFT} // {LIFT}\n{BAR}"
    made = template(typed)
    (first, second) = steps_of(made)
    assert (first.command, first.when, first.undo) == (BAR, "msisdn", (LIFT, LIFT))
    assert (second.command, second.when, second.undo) == (BAR, "", ())
    entity = SUBJECT.entity("command_template")
    assert entity.typed(made.__dict__)["lines"] == typed
    assert json.loads(made.lines)[1] == {"command": BAR, "when": "", "undo": []}


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        (f"{BAR} | | {LIFT}", False),
        ('MOD LCK: ISDN="{number}";', True),  # no parameter of this act
        ('MOD LCK: ISDN="{msisdn}"; RMV SUB: ISDN="{msisdn}";', True),  # two commands in one line
        ("MOD LCK ISDN", True),
        (f"{BAR} | data=on", True),
        (f'{BAR} | | MOD LCK: ISDN="{{number}}";', True),
    ],
)
def test_a_template_makes_commands(lines: str, refused: bool) -> None:
    line = RowEdit("command_template", ("huawei", "bar_outgoing"), "add", {})
    assert bool(wrong(makes_commands, line, template(lines))) is refused


def test_a_template_is_of_an_act_that_there_is_and_has_a_line() -> None:
    for made in (
        template(BAR, "bar_everything"),
        row(CommandTemplate, dialect="huawei", act="bar_outgoing", lines="[]"),
    ):
        line = RowEdit("command_template", ("huawei", made.act), "add", {})
        assert wrong(makes_commands, line, made) == ["lines"]
    gone = RowEdit("command_template", ("huawei", "bar_everything"), "end", {})
    assert wrong(makes_commands, gone) == []


def tried(*rows: Any, **asked: str) -> list[tuple[str, str]]:
    """What is done with what answer, and the command."""
    typed = {"dialect": "huawei", "act": "bar_outgoing", **asked}
    facts = told_to_an_element(context(Rows(*rows)), CommandTrialForm.read(typed))
    told = ((*str(fact.label).split(", ", 1), str(fact.value)) for fact in facts)
    return [(f"{act}: {answer}", command) for act, command, answer in told]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_of_the_program_is_obeyed_by_its_element(dialect: str, act: str) -> None:
    found = tried(dialect=dialect, act=act)
    assert found
    assert all(label.endswith(": Done.") for label, _ in found if not label.startswith("taken back"))


def test_what_is_done_is_taken_back_last_first() -> None:
    assert [label for label, _ in tried(act="change_number", dialect="ericsson")] == [
        "Change the number: Done.",
        "Change the number: Done.",
        "taken back: Done.",
        "taken back: Done.",
    ]


def test_the_template_that_stands_is_tried_and_stops_at_a_refusal() -> None:
    mine = template(f'{LIFT}\nMOD ODBOC: ISDN="86{{msisdn}}", ODBOC=NOSUCH;\n{BAR}')
    found = tried(mine)
    assert [label.partition(": ")[2].partition(" ")[0] for label, _ in found] == ["Done.", "The"]
    assert found[0][1].endswith("OC=FALSE, GPRSLOCK=FALSE;")


def test_who_is_not_known_is_refused_and_keys_are_hidden() -> None:
    ((label, _),) = tried(known="n")
    assert "3001" in label
    key = "0123456789ABCDEF" * 2
    told = tried(act="create_subscriber", values=f"ki={key} algorithm=milenage card=usim opc={key} k4=1")
    assert told
    assert not any(key in command for _, command in told)


def test_another_meaning_of_an_answer_counts() -> None:
    retry = row(AnswerCode, dialect="huawei", code="3001", meaning="done", text_zh="", text_en="")
    assert [label for label, _ in tried(retry, known="n")] == [
        "Bar outgoing calls: Done.",
        "taken back: Done.",
    ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"dialect": "zte"}, "dialect"),
        ({"act": "explode"}, "act"),
        ({"values": "msisdn"}, "values"),
        ({"values": "msisdn=1"}, "values"),
        ({"values": "colour=red"}, "values"),
        ({"act": "set_data", "values": "data=maybe"}, "values"),
    ],
)
def test_what_can_not_be_tried_says_why(asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        tried(**asked)
    assert set(refused.value.errors) == {field}


def test_each_line_is_judged_whatever_comes_before_it() -> None:
    def found(check: Any, *lines: RowEdit) -> list[int]:
        sings = row(CommandTemplate, dialect="huawei", act="sing", lines="[]")
        return [fault.position for fault in check(rehearsal(Rows(sings), dict(enumerate(lines, 1)), DAY))]

    ended = RowEdit("command_template", ("huawei", "bar"), "end", {})
    strange = RowEdit("command_template", ("zte", "bar"), "add", {})
    assert found(of_a_dialect, ended, strange) == [2]
    sings = RowEdit("command_template", ("huawei", "sing"), "add", {})
    assert set(found(makes_commands, ended, sings)) == {2}
    assert set(found(makes_commands, strange, sings)) == {2}
