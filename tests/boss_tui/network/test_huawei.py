"""Replies of Huawei elements, all variants of domain-facts 1.1, and what they come to."""

from __future__ import annotations

import pytest

from boss_tui.network.dialects import huawei_printout
from boss_tui.network.dialects.answers import Code
from boss_tui.network.dialects.huawei import Huawei
from boss_tui.network.dialects.huawei_frame import frames
from boss_tui.network.dialects.record import Record

COMMAND = 'MOD ISDN: ISDN="8613900000001", NEWISDN="8613900000002";'
HUAWEI = Huawei()


def framed(
    message: str,
    command: str = COMMAND,
    body: str = "",
    head: str = "HSS53        2026-11-22 16:39:43+08:00",
    serial: str = "O&M    #30",
) -> str:
    return f"+++    {head}\n{serial}\n%%{command}%%\n{message}\n{body}\n---    END\n"


GOLDEN = {
    "a success": (framed("SUCCESS0001:Operation is successful", serial="SMU    #30"), "done", "0"),
    "a failure": (framed("ERR3001:Subscriber not defined", serial="SMU    #30"), "refused", "3001"),
    "b success": (framed("RETCODE = 0  SUCCESS0001:Operation is successful"), "done", "0"),
    "b failure": (framed("RETCODE = 3001  ERR3001:Subscriber not defined", serial="PGW    #7"), "refused", "3001"),
    "c success zh": (framed("RETCODE = 0  操作成功"), "done", "0"),
    "c success en": (framed("RETCODE = 0  Operation succeeded"), "done", "0"),
    "c failure": (framed("RETCODE = 1912602793  The object is being used"), "refused", "1912602793"),
    "no zone": (framed("RETCODE = 0  操作成功", head="HSS53        2026-11-22 16:39:43"), "done", "0"),
    "comment": (
        framed("RETCODE = 0  操作成功", head="HSS53        2026-11-22 16:39:43 /*MEID:0 MENAME:HSS53*/"),
        "done",
        "0",
    ),
    "carriage returns": (framed("RETCODE = 0  操作成功").replace("\n", "\r\n"), "done", "0"),
    "message after a blank": (framed("\nRETCODE = 0  操作成功"), "done", "0"),
    "noise around": ("login ok\n" + framed("RETCODE = 0  操作成功") + "bye\n", "done", "0"),
    "cut before the end": (framed("RETCODE = 0  操作成功").replace("---    END\n", ""), "unknown", ""),
    "codes disagree": (framed("RETCODE = 0  ERR3001:Subscriber not defined"), "unknown", ""),
    "no code": (framed("Timeout"), "unknown", ""),
    "another command": (framed("RETCODE = 0  操作成功", command=COMMAND.replace("0002", "0003")), "unknown", ""),
    "two frames for it": (framed("RETCODE = 0  操作成功") * 2, "unknown", ""),
    "empty": ("", "unknown", ""),
    "rubbish": ("\x00+++ ??? %%", "unknown", ""),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_variant_of_a_reply_is_told(name: str) -> None:
    raw, state, code = GOLDEN[name]
    answer = HUAWEI.answer(COMMAND, raw)
    assert (answer.state, answer.code) == (state, code)


def test_the_right_frame_of_a_log_is_taken() -> None:
    log = framed("RETCODE = 0  操作成功", command='LGI: OPNAME="op", PWD="*****";') + framed(
        "ERR3001:Subscriber not defined"
    )
    assert [frame.code for frame in frames(log)] == ["0", "3001"]
    assert HUAWEI.answer(COMMAND, log).meaning == "no_subscriber"


def test_a_frame_is_taken_apart() -> None:
    (frame,) = frames(framed("RETCODE = 3001  ERR3001:Subscriber not defined"))
    assert (frame.element, frame.time, frame.serial) == ("HSS53", "2026-11-22 16:39:43+08:00", "30")
    assert (frame.command, frame.text, frame.body) == (COMMAND, "Subscriber not defined", "")


def test_an_echo_may_hide_its_key() -> None:
    sent = 'ADD KI: IMSI="460001234567890", KIVALUE="0123456789ABCDEF0123456789ABCDEF", K4SNO=1;'
    for stars in ('"*****"', "********"):
        echo = sent.replace('"0123456789ABCDEF0123456789ABCDEF"', stars)
        assert HUAWEI.answer(sent, framed("RETCODE = 0  操作成功", command=echo)).state == "done"
    assert "0123456789ABCDEF" not in HUAWEI.masked(framed("x", command=sent))


def test_the_code_table_can_be_edited() -> None:
    edited = Huawei(codes={"0": Code("done"), "3001": Code("busy", retry=True)})
    assert edited.answer(COMMAND, framed("ERR3001:Subscriber not defined")).retry
    assert not HUAWEI.answer(COMMAND, framed("ERR3001:Subscriber not defined")).retry
    assert not HUAWEI.answer(COMMAND, framed("ERR7777:Something new")).retry


DETAIL = """"Basic Data"
             IMSI = 460001234567890
             ISDN = 8613900000001
            TPLID = 12
              NAM = BOTH
"ODB Data"
            ODBOC = BOIC
          ODBROAM = BROHPLMNC
"Lock Data"
               IC = FALSE
               OC = TRUE
         GPRSLOCK = FALSE
"GPRS Data"
             PROV = TRUE
"EPS Data"
             PROV = FALSE
"SS Data"
              CFU
              FTN = 8613900000009
           STATUS = ACTIVE-OP
              CFB
              FTN = 8613900000008
           STATUS = NOT ACTIVE
               CW = TRUE
             HOLD = FALSE
"""
LIST = 'LST SUB: ISDN="8613900000001", DETAIL=TRUE;'


def test_a_subscriber_is_read_from_its_printout() -> None:
    answer = HUAWEI.answer(LIST, framed("RETCODE = 0  SUCCESS0001:Operation is successful", LIST, DETAIL))
    assert answer.record == Record(
        imsi="460001234567890",
        msisdn="13900000001",
        profile="12",
        access="both",
        data=True,
        outgoing_barred=True,
        incoming_barred=False,
        data_barred=False,
        long_distance="domestic",
        roaming="national",
        forwarding=(("always", "8613900000009"),),
        services=frozenset({"waiting"}),
    )


def test_what_a_short_printout_does_not_tell_stays_untold() -> None:
    body = "结果如下\n---------\nIMSI  =  460001234567890\nISDN  =  8613900000001\n---------\n(结果个数 = 1)"
    record = HUAWEI.answer(LIST, framed("RETCODE = 0  操作成功", LIST, body)).record
    assert record == Record(imsi="460001234567890", msisdn="13900000001")
    full = HUAWEI.record(DETAIL)
    assert full is not None
    assert list(record.differences(full)) == []
    assert list(full.differences(Record(imsi=full.imsi, msisdn="13900000007"))) == [
        ("msisdn", "13900000001", "13900000007")
    ]


def test_a_query_without_a_subscriber_is_unknown() -> None:
    assert HUAWEI.answer(LIST, framed("RETCODE = 0  操作成功", LIST, "(结果个数 = 0)")).state == "unknown"
    assert HUAWEI.answer(LIST, framed("ERR3001:Subscriber not defined", LIST)).meaning == "no_subscriber"


def test_lists_are_read() -> None:
    body = (
        "结果如下\n---------\nISDN           STATE\n8613900000001  IDLE\n8613900000002  BUSY\n---------\n(结果个数 = 2)"
    )
    assert huawei_printout.rows(body)[1:] == [["8613900000001", "IDLE"], ["8613900000002", "BUSY"]]
    assert huawei_printout.count(body) == 2
