"""What elements print, part by part: where a part begins and ends, and what is not told."""

from __future__ import annotations

import pytest

from boss_tui.network.dialects import ericsson_reply, huawei_frame, huawei_printout
from boss_tui.network.dialects.acts import international, national
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.ericsson_reply import Printout
from boss_tui.network.dialects.huawei import Huawei
from boss_tui.network.dialects.record import Record
from data.errors import NotAllowed


def test_pairs_are_told_once_the_first_counts() -> None:
    body = 'A = 1\n B  =  "two words" \nA = 2\n(结果个数 = 3)\nno pair\nC =\n( Number of results = 4 )\n= 5\nD = e=f'
    assert huawei_printout.pairs(body) == {"A": "1", "B": "two words", "C": "", "D": "e=f"}


def test_lines_stand_under_their_title() -> None:
    body = 'before\n"One"\n a \n\n"Two"\n"One"\nb'
    assert huawei_printout.groups(body) == {"": ["before"], "One": ["a", "b"], "Two": []}
    assert huawei_printout.groups("") == {"": []}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["CFU", 'FTN = "86"', "STATUS = ACTIVE-OP"], {"CFU": "86"}),
        (["CFU", "FTN = 86", "STATUS = NOT ACTIVE"], {}),
        (["CFU", "FTN = 86", "STATUS = ERASED"], {}),
        (["CFU", "STATUS = NOT ACTIVE"], {}),
        (["CFU", "FTN = 86", "CFB", "FTN = 87", "STATUS = ERASED"], {"CFU": "86"}),
        (["CFU", "FTN = 86", "CFB", "STATUS = ERASED"], {"CFU": "86"}),
        (["SS = CFNRY", "FTN = 86"], {"CFNRY": "86"}),
        (["CFNRC = TRUE", "FTN = 86"], {"CFNRC": "86"}),
        (["FTN = 86", "STATUS = NOT ACTIVE"], {}),
        (["CFU", "FTN"], {}),
        (["CFU", "OTHER = 1", "FTN = 86", "OTHER = NOT"], {"CFU": "86"}),
        ([], {}),
    ],
)
def test_forwarding_is_told_where_it_is_registered(lines: list[str], found: dict[str, str]) -> None:
    assert huawei_printout.forwarding(lines) == found


@pytest.mark.parametrize(
    ("body", "rows", "count"),
    [
        ("A  B\n-----\nC  D E\n\nF\n-----\nG  H\n(结果个数 = 2)", [["C", "D E"], ["F"]], 2),
        ("----\nC  D\n----", [], None),
        (" ------ \nC\n-----\nD\n-----\nE", [["C"], ["E"]], None),
        ("(Number of results = 12)", [], 12),
        ("结果个数 = 2", [], None),
    ],
)
def test_a_list_is_what_stands_between_its_rules(body: str, rows: list[list[str]], count: int | None) -> None:
    assert (huawei_printout.rows(body), huawei_printout.count(body)) == (rows, count)


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("ERR3001:Why", "3001", "Why"),
        ("ERR03001: Why", "3001", "Why"),
        ("SUCCESS0001:Fine", "0", "Fine"),
        ("RETCODE = 0  SUCCESS0001:Fine", "0", "Fine"),
        ("RETCODE = 3001  ERR3001:Why", "3001", "Why"),
        ("RETCODE = 007  Why", "7", "Why"),
        ("RETCODE = 3001  SUCCESS0001:Fine", "", "RETCODE = 3001  SUCCESS0001:Fine"),
        ("RETCODE = 0  ERR3001:Why", "", "RETCODE = 0  ERR3001:Why"),
        ("Timeout", "", "Timeout"),
    ],
)
def test_a_message_line_says_its_code(line: str, code: str, text: str) -> None:
    frame = f"+++    HSS        2026-11-22 16:39:43\nSMU    #1\n%%A B:;%%\n{line}\n---    END"
    ((found, words),) = [(each.code, each.text) for each in huawei_frame.frames(frame)]
    assert (found, words) == (code, text)


def test_a_cut_frame_takes_nothing_of_the_next() -> None:
    one = "+++    HSS        2026-11-22 16:39:43\nSMU    #1\n%%A B:;%%\nERR1:x\n"
    whole = one.replace("#1", "#2") + "body\n\n---    END\n"
    assert [(each.serial, each.body) for each in huawei_frame.frames(one + whole + one)] == [("2", "body")]


@pytest.mark.parametrize(
    ("sent", "echo", "same"),
    [
        ("ADD KI: IMSI=1, KIVALUE=A;", "ADD KI: IMSI=1, KIVALUE=A;", True),
        ("ADD KI: IMSI=1, KIVALUE=A;", 'ADD KI: IMSI=1, KIVALUE="***";', True),
        ("ADD KI: IMSI=1, KIVALUE=A;", "ADD KI: IMSI=1, KIVALUE=*;", True),
        ("ADD KI: IMSI=1, KIVALUE=A;", "ADD KI: IMSI=1, KIVALUE=B;", False),
        ("ADD KI: IMSI=1, KIVALUE=A;", "ADD KI: IMSI=1;", False),
        ("ADD KI: IMSI=1;", "ADD KI: IMSI=1, KIVALUE=A;", False),
        ("ADD KI: IMSI=1, KIVALUE=A;", "ADD KI: IMSI=1, K4SNO=A;", False),
        ("ADD KI: IMSI=1;", "RMV KI: IMSI=1;", False),
        ("ADD KI: IMSI=1;", "rubbish", False),
    ],
)
def test_an_echo_is_of_the_command_that_was_sent(sent: str, echo: str, same: bool) -> None:
    raw = f"+++    HSS        2026-11-22 16:39:43\nSMU    #1\n%%{echo}%%\nRETCODE = 0  x\n---    END"
    assert (Huawei().answer(sent, raw).state == "done") is same


@pytest.mark.parametrize("command", ["LST KI: IMSI=1;", "LST SUB: ISDN=1;", "LST SUB: ISDN=1, DETAIL=FALSE;"])
def test_only_who_asks_for_all_of_a_subscriber_is_told(command: str) -> None:
    raw = f"+++    HSS        2026-11-22 16:39:43\nSMU    #1\n%%{command}%%\nRETCODE = 0  x\nIMSI = 1\n---    END"
    assert (Huawei().answer(command, raw).state, Huawei().answer(command, raw).record) == ("done", None)


# Ericsson


SENT = "HGSDP:MSISDN=1,ALL;"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("EXECUTED", Printout("EXECUTED")),
        (f"<{SENT}\r\nEXECUTED\r\n<", Printout("EXECUTED")),
        (f"{SENT}\rEXECUTED", Printout("EXECUTED")),
        ("< hgsdp : msisdn = 1 , all ;\nEXECUTED", Printout("EXECUTED")),
        ("<HGSDP:MSISDN=*,ALL;\nEXECUTED", Printout("EXECUTED")),
        ("<HGSDP:MSISDN=2,ALL;\nEXECUTED", Printout("", "HGSDP:MSISDN=2,ALL;")),
        ("<HGSDP:MSISDN=,ALL;\nEXECUTED", Printout("", "HGSDP:MSISDN=,ALL;")),
        ("<HGSDP:MSISDN=1;\nEXECUTED", Printout("", "HGSDP:MSISDN=1;")),
        ("<HGSDP:MSISDN=1,ALL,X;\nEXECUTED", Printout("", "HGSDP:MSISDN=1,ALL,X;")),
        ("a\nEXECUTED\nb", Printout("EXECUTED", lines=("a", "b"))),
        ("EXECUTED\nFORMAT ERROR", Printout("", "EXECUTED / FORMAT ERROR")),
        ("FUNCTION BUSY", Printout("FUNCTION BUSY", "FUNCTION BUSY")),
        ("NOT ACCEPTED\nFAULT CODE 11\nWHY\nEND", Printout("11", "WHY")),
        ("NOT ACCEPTED\nFAULT CODE 11 HERE\nWHY\nEND", Printout("11", "HERE")),
        ("NOT ACCEPTED\nFAULT CODE 11\nEND", Printout("11")),
        ("NOT ACCEPTED\nFAULT CODE 11", Printout("11")),
        ("NOT ACCEPTED\nFAULT CODE\nWHY\nEND", Printout("NOT ACCEPTED", "FAULT CODE WHY")),
        ("END\nNOT ACCEPTED\nFAULT CODE 11\nWHY", Printout("11", "WHY")),
        ("HLR SUBSCRIBER DATA\na\nEND", Printout("EXECUTED", lines=("a",))),
        ("HLR SUBSCRIBER DATA\nEND", Printout("", "HLR SUBSCRIBER DATA")),
        ("HLR SUBSCRIBER DATA\na\nb", Printout("", "HLR SUBSCRIBER DATA")),
        ("a\nb\nEND", Printout("", "a")),
        ("", Printout("")),
    ],
)
def test_a_reply_is_taken_by_its_verdict(raw: str, found: Printout) -> None:
    assert ericsson_reply.read(raw, SENT) == found


def test_a_printout_is_taken_apart() -> None:
    lines = ("lost", "NAM", "0", "PROFILE", "NAM", "1")
    assert ericsson_reply.sections(lines) == {"NAM": ["0", "1"], "PROFILE": []}
    rows = ["SS   STATUS  FNUM", "CFU  NOT ON  86", "CFB  ON"]
    assert ericsson_reply.table(rows) == [
        {"SS": "CFU", "STATUS": "NOT ON", "FNUM": "86"},
        {"SS": "CFB", "STATUS": "ON"},
    ]
    assert ericsson_reply.table([]) == ericsson_reply.table(rows[:1]) == []


HEAD = "SUBSCRIBER IDENTITY\nMSISDN       IMSI\n8613900000001  4600\n"


@pytest.mark.parametrize(
    ("rest", "record"),
    [
        ("", {}),
        ("NAM\n2\nPROFILE\n7", {"access": "packet", "profile": "7"}),
        (
            "PERMANENT SUBSCRIBER DATA\nOBO-1 OBI-0\nPDPCP-1 EPSODB-ALL OBR-2 nothing",
            {
                "outgoing_barred": True,
                "incoming_barred": False,
                "data": True,
                "data_barred": True,  # and the type is not told behind the bar
                "roaming": "national",
                "services": frozenset(),
            },
        ),
        (
            "PERMANENT SUBSCRIBER DATA\nOBO-2 EPSODB-NONE CAW-1 HOLD-0",
            {
                "outgoing_barred": False,
                "data_barred": False,
                "long_distance": "domestic",
                "services": frozenset({"waiting"}),
            },
        ),
        (
            "SUPPLEMENTARY SERVICE DATA\nSS   FNUM\nCFU  86\nCFB\nCAW",
            {"forwarding": (("always", "86"),)},
        ),
        ("SUPPLEMENTARY SERVICE DATA", {"forwarding": ()}),
    ],
)
def test_a_record_holds_what_was_told(rest: str, record: dict[str, object]) -> None:
    assert Ericsson().record(HEAD + rest) == Record("4600", "13900000001", **record)  # type: ignore[arg-type]


@pytest.mark.parametrize("head", ["", "SUBSCRIBER IDENTITY\nMSISDN\n1", "SUBSCRIBER IDENTITY\nIMSI\n1"])
def test_nobody_is_named_by_half(head: str) -> None:
    assert Ericsson().record(head) is None
    assert Huawei().record("IMSI = 1") is Huawei().record("ISDN = 1") is None


def test_what_is_no_command_asks_for_nobody() -> None:
    assert Ericsson().answer("no command", "EXECUTED").state == "done"
    with pytest.raises(NotAllowed):
        Ericsson().shape("no command")


@pytest.mark.parametrize(
    ("here", "abroad", "again"),
    [
        ("13900000001", "8613900000001", "13900000001"),
        ("057112345678", "8657112345678", "8657112345678"),
        ("0085212345678", "85212345678", "85212345678"),
        ("10086", "10086", "10086"),
        ("1390000000", "1390000000", "1390000000"),
        ("23900000001", "23900000001", "23900000001"),
        ("8613900000001", "8613900000001", "13900000001"),
        ("861390000000", "861390000000", "861390000000"),
    ],
)
def test_numbers_abroad_and_at_home(here: str, abroad: str, again: str) -> None:
    assert (international(here), national(abroad)) == (abroad, again)


def test_what_either_does_not_tell_is_no_difference() -> None:
    one = Record("1", "2", access="both", data=False, profile="")
    assert list(one.differences(Record("1", "3", access="", data=None, profile="7"))) == [("msisdn", "2", "3")]
    assert list(one.differences(Record("1", "2", access="packet", data=True))) == [
        ("access", "both", "packet"),
        ("data", False, True),
    ]
