"""What is asked of a layout beside its grammar: that it names what there is, prints what it must, and fits 58 mm.

`needed` is what a paper of the kind may not lose, by law or for the till: a field, a field of a list as `lines.amount`,
or a word such as `cut`. It counts where it is printed on every paper that has something to say there: outside of
conditions, in both branches of one, or under the condition that it says anything at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from data.message import Message, say
from printers.charset import width
from printers.markup.tree import (
    CHINESE,
    ENGLISH,
    Content,
    Each,
    Field,
    MarkupFault,
    MarkupLine,
    Name,
    Node,
    Vocabulary,
    When,
    Words,
)

NARROWEST = 32
"""Columns of a 58 mm roll."""
_KNOWN = ", "


def faults(
    nodes: Sequence[Node], vocabulary: Vocabulary, needed: Collection[str], language: str = ""
) -> list[MarkupFault]:
    """All that is wrong. `language`: of the papers that it is for; empty: of both."""
    found = [*_named(nodes, (vocabulary,)), *_wide(nodes, (language,) if language else (CHINESE, ENGLISH))]
    if not found:  # a field that is misspelt would be told twice
        always = _always(nodes)
        last = nodes[-1].line if nodes else 1
        for name in needed:
            if name not in always:
                found.append(MarkupFault(last, 1, _missing(name, vocabulary)))
        if nodes and not _is_cut(nodes):
            found.append(MarkupFault(last, 1, say("A layout ends with cut: what stands behind it would hang over.")))
    return sorted(found, key=lambda fault: (fault.line, fault.column))


def _is_cut(nodes: Sequence[Node]) -> bool:
    """Whether these lines end with a cut, whichever of them are printed; none end as what stands before them."""
    if not nodes:
        return False
    last, before = nodes[-1], nodes[:-1]
    if isinstance(last, MarkupLine):
        return last.word == "cut"
    ways = (last.body, ()) if isinstance(last, Each) else (last.then, last.otherwise)
    return all(_is_cut(way or before) for way in ways)


def _missing(name: str, vocabulary: Vocabulary) -> Message:
    field, _, inner = name.partition(".")
    if field not in vocabulary:
        return say("It lacks a line with {word} that each paper comes to.", word=name)
    told = vocabulary[field].of[inner].says if inner else vocabulary[field].says
    return say("Each paper of this kind must say {field} ({name}).", field=told, name=f"{{{inner or field}}}")


def _named(nodes: Sequence[Node], known: tuple[Vocabulary, ...]) -> Iterator[MarkupFault]:
    """Each name is a field that is known there, and is used as what it is."""
    for node in nodes:
        if isinstance(node, MarkupLine):
            wanted = ("table",) if node.word == "table" else ("text",)
            for name in (part for cell in node.cells for part in cell if isinstance(part, Name)):
                yield from _used(node.line, name, known, wanted)
        elif isinstance(node, When):
            kinds = ("text",) if node.equals is not None else ("text", "flag", "list", "table")
            yield from _used(node.line, node.name, known, kinds)
            yield from _named(node.then, known)
            yield from _named(node.otherwise, known)
        else:
            yield from _used(node.line, node.name, known, ("list",))
            field = _field(node.name, known)
            yield from _named(node.body, (*known, field.of if field else {}))


def _field(name: Name, known: tuple[Vocabulary, ...]) -> Field | None:
    return next((names[name.name] for names in reversed(known) if name.name in names), None)


_USES = {
    "text": say("{name} is text: write it as {{{name}}}."),
    "flag": say("{name} is yes or no: ask for it with if."),
    "list": say("{name} is a list: go through it with each."),
    "table": say("{name} is a table: give it a line, table: {{{name}}}."),
}


def _used(line: int, name: Name, known: tuple[Vocabulary, ...], wanted: tuple[str, ...]) -> Iterator[MarkupFault]:
    field = _field(name, known)
    if field is None:
        names = _KNOWN.join(sorted({each for names in known for each in names}))
        yield MarkupFault(
            line, name.column, say("There is no field {name} here; there are {names}.", name=name.name, names=names)
        )
    elif field.kind not in wanted:
        yield MarkupFault(line, name.column, Message(_USES[field.kind].template, {"name": name.name}))


def _always(nodes: Sequence[Node]) -> set[str]:
    """What is printed by these lines on every paper that has something to say there."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, MarkupLine):
            found |= {node.word, *(part.name for cell in node.cells for part in cell if isinstance(part, Name))}
        elif isinstance(node, Each):
            found |= {name if name == "drawer" else f"{node.name.name}.{name}" for name in _always(node.body)}
        else:
            found |= _under(node)
    return found


def _under(node: When) -> set[str]:
    then, otherwise = _always(node.then), _always(node.otherwise)
    if node.negated:
        then, otherwise = otherwise, then
    of = node.name.name if node.equals is None else ""
    itself = {name for name in then if of and (name == of or name.startswith(f"{of}.") or _opens(of, name))}
    return (then & otherwise) | itself


def _opens(flag: str, name: str) -> bool:
    """The drawer opens where cash moves: that is a condition of its own."""
    return (flag, name) == ("cash_moves", "drawer")


def _wide(nodes: Sequence[Node], languages: Sequence[str]) -> Iterator[MarkupFault]:
    """No fixed words are wider than a 58 mm roll, in the languages that are printed."""
    for node in nodes:
        if isinstance(node, When):
            yield from _wide(node.then, languages)
            yield from _wide(node.otherwise, languages)
        elif isinstance(node, Each):
            yield from _wide(node.body, languages)
        else:
            yield from _wide_line(node, languages)


def _wide_line(line: MarkupLine, languages: Sequence[str]) -> Iterator[MarkupFault]:
    rooms = _rooms(line)
    for cell, room in zip(line.cells, rooms, strict=False):
        yield from _too_wide(line, cell, room, languages)
    least = sum(line.widths) + line.widths.count(0) + len(line.cells) - 1
    if line.word == "row" and line.widths and least > NARROWEST:
        told = say("These columns need {needed} of the {room} that a 58 mm roll has.", needed=least, room=NARROWEST)
        yield MarkupFault(line.line, line.column, told)
    for part in (part for cell in line.cells for part in cell if isinstance(part, Words)):
        if line.word in ("qr", "barcode") and not (part.chinese + part.english).isascii():
            yield MarkupFault(line.line, part.column, say("A symbol holds letters, figures and signs of ASCII alone."))


def _rooms(line: MarkupLine) -> tuple[int, ...]:
    """Columns that the fixed words of each cell have; 0: as many as they need."""
    if line.word == "text":
        return (0 if line.wrap else NARROWEST,)
    if line.word == "row":
        return tuple(room or NARROWEST for room in line.widths) or (NARROWEST,) * len(line.cells)
    return (NARROWEST,) * len(line.cells) if line.word == "pair" else (0,) * len(line.cells)


def _too_wide(line: MarkupLine, cell: Content, room: int, languages: Sequence[str]) -> Iterator[MarkupFault]:
    """The first word of a cell with which it gets wider than its room."""
    if not room:
        return
    used = dict.fromkeys(languages, 0)
    for part in (part for part in cell if isinstance(part, Words)):
        for language in languages:
            used[language] += width(part.in_language(language))
        if max(used.values()) > room:
            told = say(
                "These words need {needed} columns; there is room for {room} on a 58 mm roll.",
                needed=max(used.values()),
                room=room,
            )
            yield MarkupFault(line.line, part.column, told)
            return
