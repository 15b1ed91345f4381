"""The body of Huawei's `LST SUB … DETAIL=TRUE`, and of plain lists, as data (domain-facts 1.1).

Groups are headed by a quoted title; within, `KEY = VALUE`; forwarding is CFU, CFB, … followed by FTN and STATUS.
"""

from __future__ import annotations

import re

_TITLE = re.compile(r'^\s*"(?P<title>[^"]+)"\s*$')
_PAIR = re.compile(r"^\s*(?P<key>[^=]+?)\s*=\s*(?P<value>.*?)\s*$")
_COUNT = re.compile(r"\(\s*(?:结果个数|Number of results)\s*=\s*(\d+)\s*\)")
FORWARDING = ("CFU", "CFB", "CFNRY", "CFNRC")


def pairs(body: str) -> dict[str, str]:
    """Every `KEY = VALUE` of a printout, whatever its group; the first of a name counts."""
    found: dict[str, str] = {}
    for line in body.splitlines():
        match = _PAIR.match(line)
        if match and not _COUNT.search(line):
            found.setdefault(match["key"], match["value"].strip('"'))
    return found


def groups(body: str) -> dict[str, list[str]]:
    """The lines of each group by its title; lines before the first title stand under the empty one."""
    found: dict[str, list[str]] = {"": []}
    title = ""
    for line in body.splitlines():
        match = _TITLE.match(line)
        if match:
            title = match["title"]
            found.setdefault(title, [])
        elif line.strip():
            found[title].append(line.strip())
    return found


def forwarding(lines: list[str]) -> dict[str, str]:
    """Forwarding kind → number, of those that are registered."""
    numbers: dict[str, str] = {}
    kind = ""
    for line in lines:
        key, sign, value = (part.strip() for part in line.partition("="))
        head = value if value in FORWARDING else key
        if head in FORWARDING:
            kind = head
        elif sign and key == "FTN" and kind:
            numbers[kind] = value.strip('"')
        elif sign and key == "STATUS" and kind and value.startswith(("NOT", "ERASED")):
            numbers.pop(kind, None)
    return numbers


def rows(body: str) -> list[list[str]]:
    """The rows of a list, heading included: what stands between two rules of dashes, split where two blanks stand."""
    inside, found = False, []
    for line in body.splitlines():
        if re.fullmatch(r"\s*-{5,}\s*", line):
            inside = not inside
        elif inside and line.strip():
            found.append(re.split(r"\s{2,}", line.strip()))
    return found


def count(body: str) -> int | None:
    """How many results the printout says that it has; None when it does not say."""
    match = _COUNT.search(body)
    return int(match[1]) if match else None
