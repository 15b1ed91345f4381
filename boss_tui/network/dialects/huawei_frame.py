"""Huawei's reply frame: all three variants of its message line (domain-facts 1.1), and logs of many frames.

Only the frame: what a body says is `huawei_printout`'s, what a code means is the code table's.
"""

from __future__ import annotations

import re

from msgspec import Struct

_HEAD = re.compile(
    r"^\+\+\+[ \t]+(?P<element>\S+)[ \t]+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*)[^\n]*$", re.MULTILINE
)
_FRAME = re.compile(
    r"^[A-Z][A-Z&]*[ \t]+\#(?P<serial>\d+)[^\n]*\n"
    r"%%(?P<command>.*?)%%[ \t]*\n"
    r"\s*(?P<message>[^\n]+)\n"
    r"(?P<body>.*?)"
    r"^---[ \t]+END[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_RETCODE = re.compile(r"RETCODE\s*=\s*(?P<code>\d+)\s*(?P<text>.*)")
_WORD = re.compile(r"(?P<word>SUCCESS|ERR)(?P<number>\d+)\s*:\s*(?P<text>.*)")


class Frame(Struct, frozen=True):
    """One reply.

    Attributes:
        element: the element's name.
        time: its own time, as it wrote it, zone included where it gave one.
        serial: number of the reply.
        command: the command, echoed.
        code: "0" is success; empty: the message line could not be read.
        text: the element's words.
        body: the lines between the message line and the end.
    """

    element: str
    time: str
    serial: str
    command: str
    code: str
    text: str
    body: str


def frames(log: str) -> tuple[Frame, ...]:
    """Every whole frame of a log, in order. A frame that is cut off before its `---    END` is not among them."""
    text = log.replace("\r\n", "\n").replace("\r", "\n")
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found = []
    for head, end in zip(heads, ends, strict=False):
        match = _FRAME.match(text[head.end() : end].lstrip("\n"))
        if match:
            code, words = _message(match["message"].strip())
            found.append(
                Frame(
                    head["element"],
                    head["time"],
                    match["serial"],
                    match["command"].strip(),
                    code,
                    words,
                    match["body"].strip("\n"),
                )
            )
    return tuple(found)


def _message(line: str) -> tuple[str, str]:
    """Code and text of a message line. Variants: (a) `ERR3001:text`, (b) `RETCODE = 3001  ERR3001:text`,
    (c) `RETCODE = 3001  text`. Two codes that disagree are no code."""
    retcode = _RETCODE.fullmatch(line)
    word = _WORD.fullmatch(retcode["text"] if retcode else line)
    if retcode is None and word is None:
        return "", line
    said = "" if word is None else "0" if word["word"] == "SUCCESS" else str(int(word["number"]))
    code = str(int(retcode["code"])) if retcode else said
    if said and said != code:
        return "", line
    return code, word["text"] if word else retcode["text"] if retcode else line
