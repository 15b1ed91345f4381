"""The files that go to an SMS centre, and come back from it. Built again of the same rows, a file is the same byte for
byte.

    BOSS-SMS 1                                     BOSS-SMS-REPORT 1
    sender: HQ                                     sequence: 1
    sequence: 1                                    count: 1
    created: 2026-11-23T01:00:00.000001Z
    count: 1                                       01890…-…<TAB>DELIVRD
                                                   END 1 sha256:…
    01890…-…<TAB>13912345678<TAB>您的号码…
    END 1 sha256:…

Not the queue: which messages make a file is decided in `sending`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from boss_tui.network import textfile
from boss_tui.network.batch import SUFFIX as SENT
from boss_tui.network.replies import SUFFIX as REPORTED
from boss_tui.network.textfile import BadFile
from data.message import say

TITLE, REPORT_TITLE = "BOSS-SMS 1", "BOSS-SMS-REPORT 1"
DELIVERED = "DELIVRD"
FAILED = ("UNDELIV", "EXPIRED", "REJECTD", "DELETED")
"""What a centre reports, in the words of SMPP."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_PHONE = re.compile(r"[0-9]{3,20}")
_HEADER = {"sender": textfile.CODE, "sequence": _NUMBER, "created": textfile.STAMP, "count": _NUMBER}
_REPORT_HEADER = {"sequence": _NUMBER, "count": _NUMBER}


class Text(Struct, frozen=True):
    """One message: its key, the number, what it says."""

    key: str
    number: str
    body: str


def sent_name(sequence: int) -> str:
    """The name of a file of messages."""
    return f"sms_{sequence:06d}{SENT}"


def report_name(sequence: int, part: int) -> str:
    """The name of a part of the report on a file."""
    return f"sms_{sequence:06d}.{part:04d}{REPORTED}"


def file_of(sender: str, sequence: int, created: str, texts: Sequence[Text]) -> bytes:
    """A file of messages."""
    head = [TITLE, f"sender: {sender}", f"sequence: {sequence}", f"created: {created}", f"count: {len(texts)}", ""]
    return textfile.sealed([*head, *(f"{each.key}\t{each.number}\t{each.body}" for each in texts)], len(texts))


def read_file(content: bytes) -> tuple[int, list[Text]]:
    """The sequence and the messages of a file. NotComplete: it is cut off. BadFile: which line is wrong, and how."""
    values, rows = _read(content, TITLE, _HEADER)
    texts = []
    for number, line in rows:
        key, number_, body = (*line.split("\t"), "", "")[:3]
        if not textfile.KEY.fullmatch(key) or not _PHONE.fullmatch(number_) or not body:
            raise BadFile(number, say("A line is a key, a tab, a number, a tab, and a text."))
        texts.append(Text(key, number_, body))
    return int(values["sequence"]), texts


def report_of(sequence: int, codes: Sequence[tuple[str, str]]) -> bytes:
    """A report: the code of each message, by its key."""
    head = [REPORT_TITLE, f"sequence: {sequence}", f"count: {len(codes)}", ""]
    return textfile.sealed([*head, *(f"{key}\t{code}" for key, code in codes)], len(codes))


def read_report(content: bytes) -> tuple[int, list[tuple[str, str]]]:
    """The sequence and the codes of a report, as `read_file`."""
    values, rows = _read(content, REPORT_TITLE, _REPORT_HEADER)
    codes = []
    for number, line in rows:
        key, tab, code = line.partition("\t")
        if not tab or not textfile.KEY.fullmatch(key) or code not in (DELIVERED, *FAILED):
            raise BadFile(number, say("A line is a key, a tab, and one of {codes}.", codes=", ".join(_CODES)))
        codes.append((key, code))
    return int(values["sequence"]), codes


_CODES = (DELIVERED, *FAILED)


def _read(
    content: bytes, title: str, header: Mapping[str, re.Pattern[str]]
) -> tuple[dict[str, str], list[tuple[int, str]]]:
    lines, said = textfile.opened(content)
    values, start = textfile.headed(lines, title, header)
    rows = list(enumerate(lines[start:], start=start + 1))
    textfile.counted(len(header) + 1, int(values["count"]), len(rows))
    textfile.counted(len(lines) + 1, said, len(rows))
    return values, rows
