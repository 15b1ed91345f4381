"""Text becomes a tree of lines, strictly: what is not said as `printers.markup` says it is a fault with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, cast

from msgspec import Struct, field
from msgspec.structs import replace

from data.characters import is_digits
from data.message import Message, say
from printers.document import Align
from printers.markup.tree import Content, Each, MarkupFault, MarkupLine, Name, Node, Part, Unreadable, When, Words

MOST_CHARACTERS, MOST_LINES, DEEPEST = 8_000, 400, 4
_CELLS = {"text": (1, 1), "pair": (2, 2), "row": (1, 8), "table": (1, 1), "qr": (1, 1), "barcode": (1, 1)}
"""How many cells a word of this kind has, at least and at most. The others have none (`rule`: a sign at will)."""
_ALONE = ("logo", "cut", "drawer", "feed", "rule")
_OPTIONS = {
    "text": ("left", "center", "right", "bold", "double", "wrap"),
    "pair": ("left", "right", "bold"),
    "row": ("left", "center", "right", "bold"),
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"\S+")
_ESCAPED = "{}[]|\\ "


def read(text: str) -> tuple[Node, ...]:
    """The tree of a layout. Unreadable: with all that is wrong in its lines."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable([MarkupFault(1, 1, say("At most {n} characters.", n=MOST_CHARACTERS))])
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        if number > MOST_LINES:
            reader.wrong(number, 1, say("At most {n} lines.", n=MOST_LINES))
            break
        reader.take(number, line)
    return reader.ended()


class _Open(Struct):
    """A condition or repeat whose end has not come: its nodes so far, of a condition also those before its `else`."""

    node: When | Each
    column: int
    nodes: list[Node] = field(default_factory=list)
    then: tuple[Node, ...] | None = None

    def closed(self) -> Node:
        if isinstance(self.node, Each):
            return replace(self.node, body=tuple(self.nodes))
        if self.then is None:
            return replace(self.node, then=tuple(self.nodes))
        return replace(self.node, then=self.then, otherwise=tuple(self.nodes))


class _Reader:
    def __init__(self) -> None:
        self._faults: list[MarkupFault] = []
        self._nodes: list[Node] = []
        self._open: list[_Open] = []

    def wrong(self, line: int, column: int, message: Message) -> None:
        """Note a fault."""
        self._faults.append(MarkupFault(line, column, message))

    def take(self, number: int, text: str) -> None:
        """One line."""
        found = _WORD.search(text)
        if found is None or found[0].startswith("#"):
            return
        head, colon, content = text.partition(":")
        words = [(match[0], match.start() + 1) for match in _WORD.finditer(head)]
        if not words:
            self.wrong(number, found.start() + 1, say("A line begins with what it is: text, pair, row, …"))
            return
        word, column = words[0]
        try:
            if word in _CONTROLS:
                _CONTROLS[word](self, number, column, text)
            else:
                self._here.append(_line(number, words, content if colon else None, len(head) + 2))
        except _Wrong as fault:
            self.wrong(number, fault.column, fault.message)

    def ended(self) -> tuple[Node, ...]:
        """The whole."""
        for each in self._open:
            self.wrong(each.node.line, each.column, say("This has no end: write a line with end."))
        if self._faults:
            raise Unreadable(self._faults)
        return tuple(self._nodes)

    @property
    def _here(self) -> list[Node]:
        return self._open[-1].nodes if self._open else self._nodes

    def _begin(self, node: When | Each, column: int) -> None:
        if len(self._open) == DEEPEST:
            self.wrong(node.line, column, say("At most {n} conditions and repeats in each other.", n=DEEPEST))
        self._open.append(_Open(node, column))

    def _if(self, number: int, column: int, text: str) -> None:
        asked = re.compile(r"\s*if\s+(?:(not)\s+)?([a-z][a-z0-9_]*)\s*(?:=\s*(.*\S)\s*)?$").match(text)
        node = When(Name("", column), number, False, None, (), ())
        if asked is None:
            self.wrong(number, column, say("Write if NAME, if not NAME, or if NAME = words."))
        elif asked[1] and asked[3]:
            self.wrong(number, asked.start(3) + 1, say("Write if NAME = words with else, not with not."))
        else:
            node = replace(node, name=Name(asked[2], asked.start(2) + 1), negated=bool(asked[1]), equals=asked[3])
        self._begin(node, column)

    def _each(self, number: int, column: int, text: str) -> None:
        asked = re.compile(r"\s*each\s+([a-z][a-z0-9_]*)\s*$").match(text)
        if asked is None:
            self.wrong(number, column, say("Write each NAME."))
        self._begin(Each(Name(asked[1], asked.start(1) + 1) if asked else Name("", column), number, ()), column)

    def _else(self, number: int, column: int, text: str) -> None:
        if not self._open or isinstance(self._open[-1].node, Each) or self._open[-1].then is not None:
            self.wrong(number, column, say("There is no if that this belongs to."))
            return
        self._open[-1].then, self._open[-1].nodes = tuple(self._open[-1].nodes), []
        _bare(text)

    def _end(self, number: int, column: int, text: str) -> None:
        if not self._open:
            self.wrong(number, column, say("There is no if or each that ends here."))
            return
        closed = self._open.pop().closed()
        self._here.append(closed)
        _bare(text)


_CONTROLS: dict[str, Callable[[_Reader, int, int, str], None]] = {
    "if": _Reader._if,
    "each": _Reader._each,
    "else": _Reader._else,
    "end": _Reader._end,
}


class _Wrong(Exception):
    def __init__(self, column: int, message: Message) -> None:
        super().__init__(str(message))
        self.column, self.message = column, message


def _bare(text: str) -> None:
    words = list(_WORD.finditer(text))
    if len(words) > 1:
        raise _Wrong(words[1].start() + 1, say("Nothing stands behind {word}.", word=words[0][0]))


def _line(number: int, words: list[tuple[str, int]], content: str | None, start: int) -> MarkupLine:
    """A line that is one block. `start`: the column of its content."""
    (word, column), *options = words
    if word not in _CELLS and word not in _ALONE:
        known = ", ".join((*_CELLS, *_ALONE, *_CONTROLS))
        raise _Wrong(column, say("There is no {word}; there are {known}.", word=word, known=known))
    line = _optioned(MarkupLine(word, number, start), options)
    if word in _ALONE and word != "rule":
        if content is not None:
            raise _Wrong(start - 1, say("{word} says nothing: leave the colon out.", word=word))
        return line
    if content is None:
        if word == "rule":
            return line
        raise _Wrong(column + len(word), say("Write a colon, and then what {word} says.", word=word))
    cells = tuple(_cells(content, start))
    least, most = _CELLS.get(word, (1, 1))
    if not least <= len(cells) <= most:
        raise _Wrong(start, _COUNTS[word])
    _fits(line, cells, start)
    return replace(line, cells=cells)


_COUNTS = {
    "pair": say("A pair has a label and a value, with | between them."),
    "row": say("A row has at most 8 columns, with | between them."),
    **dict.fromkeys(("text", "table", "qr", "barcode", "rule"), say("There are no columns here: write \\| for a bar.")),
}


def _optioned(line: MarkupLine, options: list[tuple[str, int]]) -> MarkupLine:
    aligns: list[Align] = []
    widths: list[int] = []
    flags: set[str] = set()
    for option, column in options:
        if is_digits(option) and line.word in ("row", "feed"):
            widths.append(_number(option, column, most=9 if line.word == "feed" else 48))
        elif option in ("left", "center", "right") and option in _OPTIONS.get(line.word, ()):
            aligns.append(cast(Literal["left", "center", "right"], option))
        elif option in ("bold", "double", "wrap") and option in _OPTIONS.get(line.word, ()):
            flags.add(option)
        else:
            raise _Wrong(column, say("{word} can't be {option}.", word=line.word, option=option))
    line = replace(line, bold="bold" in flags, double="double" in flags, wrap="wrap" in flags)
    if line.word == "feed":
        if len(widths) > 1:
            raise _Wrong(options[1][1], say("feed takes one number of lines."))
        return replace(line, count=widths[0] if widths else 1)
    if line.word == "row":
        return replace(line, widths=tuple(widths), aligns=tuple(aligns))
    if len(aligns) > 1:
        raise _Wrong(options[1][1], say("It stands left, in the center or right: say one."))
    return replace(line, align=aligns[0] if aligns else None)


def _number(typed: str, column: int, most: int) -> int:
    if len(typed) > 2 or int(typed) > most:
        raise _Wrong(column, say("At most {n}.", n=most))
    return int(typed)


def _fits(line: MarkupLine, cells: tuple[Content, ...], start: int) -> None:
    """As many columns as are said before; a table is one field; a rule is one sign."""
    for said in (line.widths, line.aligns):
        if said and len(said) != len(cells):
            told = say(
                "{said} {said:column is|columns are} described, {found} found.", said=len(said), found=len(cells)
            )
            raise _Wrong(start, told)
    only = cells[0]
    if line.word == "table" and not (len(only) == 1 and isinstance(only[0], Name)):
        raise _Wrong(start, say("A table is one field, such as {table}."))
    if line.word == "rule" and not (
        len(only) == 1 and isinstance(only[0], Words) and len(only[0].english) == 1 and " " < only[0].english < "\x7f"
    ):
        raise _Wrong(start, say("A rule is made of one sign, such as - or =."))


def _cells(content: str, start: int) -> Iterator[Content]:
    """The cells of a line's content. `start`: the column of its first character."""
    parts: list[Part] = []
    plain, at = _Plain(), 0
    while at <= len(content):
        sign = content[at : at + 1]
        column = start + at
        if sign in ("", "|"):
            parts += plain.taken(last=True)
            yield tuple(parts)
            parts, plain, at = [], _Plain(), at + 1
        elif sign == "\\":
            plain.add(_escaped(content, at, column), column, kept=True)
            at += 2
        elif sign in "{[":
            parts += plain.taken(last=False)
            plain = _Plain(begun=True)
            part, at = (_name if sign == "{" else _bilingual)(content, at, column)
            parts.append(part)
        elif sign in "}]":
            raise _Wrong(column, say("Write \\{sign} if you mean the sign itself.", sign=sign))
        else:
            plain.add(sign, column)
            at += 1


class _Plain:
    """Words of both languages alike, as they are gathered. Blanks at a cell's ends are dropped, unless escaped."""

    def __init__(self, *, begun: bool = False) -> None:
        self._text, self._column, self._begun, self._kept = "", 0, begun, 0

    def add(self, text: str, column: int, *, kept: bool = False) -> None:
        if not self._text:
            if text.isspace() and not self._begun and not kept:
                return
            self._column = column
        self._text += text
        if kept:
            self._kept = len(self._text)

    def taken(self, *, last: bool) -> Iterator[Words]:
        text = self._text
        if last:
            text = text[: self._kept] + text[self._kept :].rstrip()
        if text:
            yield Words(text, text, self._column)


def _escaped(content: str, at: int, column: int) -> str:
    sign = content[at + 1 : at + 2]
    if not sign or sign not in _ESCAPED:
        raise _Wrong(column, say("A backslash stands before a bracket, a bar, a blank or another backslash."))
    return sign


def _name(content: str, at: int, column: int) -> tuple[Name, int]:
    end = content.find("}", at)
    name = content[at + 1 : end].strip() if end > at else ""
    if not _NAME.fullmatch(name):
        raise _Wrong(column, say("A field is written as {name}."))
    return Name(name, column), end + 1


def _bilingual(content: str, at: int, column: int) -> tuple[Words, int]:
    """`[中文|English]`: as it stands between the brackets, blanks too; a blank alone where a language says nothing."""
    said, place = [""], at + 1
    while (sign := content[place : place + 1]) != "]":
        if not sign or sign in "{[":
            raise _Wrong(column, say("Say it in both languages: [中文|English]."))
        if sign == "\\":
            said[-1] += _escaped(content, place, column + place - at)
            place += 1
        elif sign == "|":
            said.append("")
        else:
            said[-1] += sign
        place += 1
    if len(said) != 2 or not all(said) or not "".join(said).strip():
        raise _Wrong(column, say("Say it in both languages: [中文|English]."))
    return Words(said[0], said[1], column), place + 1
