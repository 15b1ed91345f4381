"""Ericsson's reply: EXECUTED, NOT ACCEPTED with its fault code, an immediate refusal, or a printout up to END.

(domain-facts 1.2.) Only the frame and the printout's parts; what a code means is the code table's.
"""

from __future__ import annotations

import re

from msgspec import Struct

_FAULT = re.compile(r"FAULT\s+CODE\s+(\d+)\s*(.*)")
IMMEDIATE = ("FORMAT ERROR", "UNREASONABLE VALUE", "FUNCTION BUSY", "INHIBITED")
_TITLES = (
    "SUBSCRIBER IDENTITY",
    "NAM",
    "PERMANENT SUBSCRIBER DATA",
    "SUPPLEMENTARY SERVICE DATA",
    "LOCATION DATA",
    "AMSISDN",
    "GPRS DATA",
    "PROFILE",
)


class Printout(Struct, frozen=True):
    """One reply. `code`: EXECUTED, a fault code's digits, or the words of an immediate refusal; empty: unreadable.
    `lines`: the printout between its title and END."""

    code: str
    text: str = ""
    lines: tuple[str, ...] = ()


def read(raw: str, command: str) -> Printout:
    """The reply that a text holds. Prompts and the command's echo are passed over; another command's echo makes the
    reply unreadable, since it may be another's reply."""
    lines = [line.strip() for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line.removeprefix("<").strip() for line in lines]
    echoes = [line for line in lines if line.endswith(";")]
    if any(not _echo(command, line) for line in echoes):
        return Printout("", text=echoes[0])
    lines = [line for line in lines if line and line not in echoes]
    return _told(lines)


def _told(lines: list[str]) -> Printout:
    verdicts = [line for line in lines if line in ("EXECUTED", "NOT ACCEPTED", *IMMEDIATE)]
    if len(verdicts) > 1:
        return Printout("", text=" / ".join(verdicts))
    if verdicts == ["NOT ACCEPTED"]:
        return _fault(lines)
    if verdicts == ["EXECUTED"]:
        return Printout("EXECUTED", lines=tuple(line for line in lines if line != "EXECUTED"))
    if verdicts:
        return Printout(verdicts[0], verdicts[0])
    if len(lines) > 2 and lines[-1] == "END" and lines[0] == "HLR SUBSCRIBER DATA":
        return Printout("EXECUTED", lines=tuple(lines[1:-1]))
    return Printout("", text=lines[0] if lines else "")


def _echo(command: str, line: str) -> bool:
    """Whether a line echoes the command; an element may hide values in its echo, as stars."""
    ours, theirs = (re.split(r"([,:=;])", "".join(text.split()).upper()) for text in (command, line))
    alike = (a == b or (b and not b.strip("*")) for a, b in zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and all(alike)


def _fault(lines: list[str]) -> Printout:
    for at, line in enumerate(lines):
        found = _FAULT.match(line)
        if found:
            following = lines[at + 1] if at + 1 < len(lines) and lines[at + 1] != "END" else ""
            return Printout(found[1], found[2] or following)
    # a refusal is certain even where its code got lost
    return Printout("NOT ACCEPTED", " ".join(line for line in lines if line not in ("NOT ACCEPTED", "END")))


def sections(lines: tuple[str, ...]) -> dict[str, list[str]]:
    """The lines of each part of a printout, by its title."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in lines:
        if line in _TITLES:
            title = line
            found.setdefault(title, [])
        elif title:
            found[title].append(line)
    return found


def table(lines: list[str]) -> list[dict[str, str]]:
    """A table's rows by heading; columns are set apart by two blanks or more, since a state may hold one."""
    if not lines:
        return []
    heads = re.split(r"\s{2,}", lines[0])
    return [dict(zip(heads, re.split(r"\s{2,}", line), strict=False)) for line in lines[1:]]
