"""Replies of Ericsson elements (domain-facts 1.2), and what they come to."""

from __future__ import annotations

import pytest

from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.ericsson_syntax import MmlCommand, data, read, write
from boss_tui.network.dialects.record import Record

COMMAND = "HGSDC:MSISDN=8613900000001,SUD=OBO-1;"
ERICSSON = Ericsson()

GOLDEN = {
    "executed": ("EXECUTED\n", "done", "EXECUTED"),
    "with its echo and prompt": (f"<{COMMAND}\r\nEXECUTED\r\n<", "done", "EXECUTED"),
    "echo in another case": (f"<{COMMAND.lower()}\nEXECUTED", "done", "EXECUTED"),
    "an echo that hides": (COMMAND.replace("OBO-1", "***") + "\nEXECUTED", "done", "EXECUTED"),
    "another's echo": ("HGSDC:MSISDN=8613900000002,SUD=OBO-1;\nEXECUTED", "unknown", ""),
    "a shorter echo": ("HGSDC:MSISDN=8613900000001;\nEXECUTED", "unknown", ""),
    "fault, reason after": ("NOT ACCEPTED\nFAULT CODE 1\nSUBSCRIBER NOT DEFINED\nEND", "refused", "1"),
    "fault, reason beside": ("NOT ACCEPTED\nFAULT CODE 10 SYSTEM BUSY\n", "refused", "10"),
    "fault without its code": ("NOT ACCEPTED\n", "refused", "NOT ACCEPTED"),
    "format error": ("FORMAT ERROR\n", "refused", "FORMAT ERROR"),
    "busy": ("FUNCTION BUSY\n", "refused", "FUNCTION BUSY"),
    "both verdicts": ("EXECUTED\nNOT ACCEPTED\nFAULT CODE 1\n", "unknown", ""),
    "no verdict": ("TIME OUT\n", "unknown", ""),
    "only a word like it": ("NOT EXECUTED YET\n", "unknown", ""),
    "empty": ("", "unknown", ""),
    "rubbish": ("\x00\ufffd%%", "unknown", ""),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_kind_of_reply_is_told(name: str) -> None:
    raw, state, code = GOLDEN[name]
    answer = ERICSSON.answer(COMMAND, raw)
    assert (answer.state, answer.code) == (state, code)


def test_only_what_says_so_is_tried_again() -> None:
    assert ERICSSON.answer(COMMAND, "FUNCTION BUSY").retry
    assert not ERICSSON.answer(COMMAND, "FORMAT ERROR").retry
    assert (
        ERICSSON.answer(COMMAND, "NOT ACCEPTED\nFAULT CODE 1\nSUBSCRIBER NOT DEFINED").text == "SUBSCRIBER NOT DEFINED"
    )


PRINT = "HGSDP:MSISDN=8613900000001,ALL;"
PRINTOUT = """HLR SUBSCRIBER DATA
SUBSCRIBER IDENTITY
MSISDN           IMSI             STATE          AUTHD
8613900000001    460001234567890  {state}      AVAILABLE
NAM
0
PERMANENT SUBSCRIBER DATA
CAW-1  CFU-1  OBI-0
OBO-1  OBR-2  PDPCP-1
LOCATION DATA
VLR ADDRESS       MSRN            MSC NUMBER          LMSID
UNKNOWN
END
"""


@pytest.mark.parametrize("state", ["CONNECTED", "NOT CONNECTED"])
def test_a_subscriber_is_read_from_its_printout(state: str) -> None:
    assert ERICSSON.answer(PRINT, PRINTOUT.format(state=state)).record == Record(
        imsi="460001234567890",
        msisdn="13900000001",
        access="both",
        data=True,
        outgoing_barred=True,
        incoming_barred=False,
        roaming="national",
        services=frozenset({"waiting"}),
    )


def test_a_printout_without_its_end_is_unknown() -> None:
    for cut in range(len(PRINTOUT) - len("END\n")):
        assert ERICSSON.answer(PRINT, PRINTOUT[:cut]).state == "unknown"


def test_commands_are_read_in_any_case() -> None:
    assert read("hgsdp:msisdn=8613900000001,all;") == MmlCommand("HGSDP", {"MSISDN": "8613900000001", "ALL": ""})
    assert write(read(PRINT)) == PRINT
    assert data("CAW-1&CSP-19") == {"CAW": "1", "CSP": "19"}
    assert "ABCDEF" not in ERICSSON.masked("AGSUI:IMSI=460001234567890,EKI=0123456789ABCDEF0123456789ABCDEF;")
