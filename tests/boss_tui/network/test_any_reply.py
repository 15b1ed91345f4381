"""Whatever an element sends, reading it never fails, and what is not certain is never taken as done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.huawei import Huawei

MOD = 'MOD ISDN: ISDN="8613900000001", NEWISDN="8613900000002";'
LST = 'LST SUB: ISDN="8613900000001", DETAIL=TRUE;'
PARTS = st.sampled_from(
    [
        "+++    HSS53        2026-11-22 16:39:43+08:00",
        "O&M    #30",
        f"%%{MOD}%%",
        f"%%{LST}%%",
        "%%RMV SUB:;%%",
        "RETCODE = 0  操作成功",
        "RETCODE = 3001  ERR3001:x",
        "SUCCESS0001:x",
        "ERR3001:x",
        "",
        "---    END",
        '"SS Data"',
        "CFU",
        "FTN = 86",
        "IMSI = 460001234567890",
        "ISDN = 1",
        "(结果个数 = 1)",
        "-----",
        "=",
        "\x00",
    ]
)
HEADS: list[list[str]] = [["+++    HSS53        2026-11-22 16:39:43+08:00", "O&M    #30"], []]


@given(st.sampled_from(HEADS), st.lists(PARTS, max_size=10), st.sampled_from([MOD, LST]))
def test_huawei_in_any_order(head: list[str], rest: list[str], command: str) -> None:
    lines = head + rest
    answer = Huawei().answer(command, "\n".join(lines))
    if answer.state == "done":
        assert f"%%{command}%%" in lines
        assert {"RETCODE = 0  操作成功", "SUCCESS0001:x"} & set(lines)
        assert "---    END" in lines
        assert (answer.record is not None) == (command == LST)


LINES = st.sampled_from(
    [
        "EXECUTED",
        "NOT ACCEPTED",
        "FAULT CODE 1",
        "FAULT CODE",
        "END",
        "FORMAT ERROR",
        "HLR SUBSCRIBER DATA",
        "<",
        "",
        "SUBSCRIBER IDENTITY",
        "MSISDN  IMSI  STATE",
        "8613900000001  460001234567890  NOT CONNECTED",
        "NAM",
        "0",
        "OBO-1",
        "PERMANENT SUBSCRIBER DATA",
        "SUPPLEMENTARY SERVICE DATA",
        "SS  BSG  STATUS  FNUM",
        "CFU  TS10",
        "\x00",
    ]
)


@given(
    st.lists(LINES, max_size=14), st.sampled_from(["HGSDP:MSISDN=8613900000001,ALL;", "HGSUE:MSISDN=8613900000001;"])
)
def test_ericsson_in_any_order(lines: list[str], command: str) -> None:
    answer = Ericsson().answer(command, "\n".join(lines))
    if answer.state == "done":
        assert not {"NOT ACCEPTED", "FORMAT ERROR"} & set(lines)
        assert "EXECUTED" in lines or "END" in lines


@given(st.text())
def test_any_text_to_huawei(raw: str) -> None:
    assert Huawei().answer(MOD, raw).state == "unknown"  # no single string of chance is a frame


VERDICTS = {"EXECUTED", "NOT ACCEPTED", "FORMAT ERROR", "UNREASONABLE VALUE", "FUNCTION BUSY", "INHIBITED"}


@given(st.text())
def test_any_text_to_ericsson(raw: str) -> None:
    """A verdict counts only where it stands alone on its line."""
    lines = {line.strip().removeprefix("<").strip() for line in raw.replace("\r", "\n").split("\n")}
    answer = Ericsson().answer("HGSUE:MSISDN=8613900000001;", raw)
    assert answer.state == "unknown" or lines & VERDICTS
