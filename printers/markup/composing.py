"""A tree becomes a function from what a paper says to its blocks: made once for a language, then run for each paper.

What a paper says comes as values: text by field, lists of the same, a table as it is (`Table`). Every name was looked
up when it was made, so that a paper costs its blocks and little more; what says the same on each paper is one block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from printers.document import (
    HALLS,
    QR,
    Align,
    Barcode,
    Block,
    Cut,
    Drawer,
    Feed,
    HorizontalRule,
    KeyValue,
    Logo,
    Row,
    Table,
    Text,
)
from printers.markup.tree import Content, Each, MarkupLine, Name, Node, Vocabulary, When

Values = Mapping[str, Any]
Frames = tuple[Values, ...]
"""The paper's values, then those of each repeat that a line stands in."""
Step = Callable[[list[Block], Frames], None]
Said = Callable[[Frames], str]
Make = Callable[..., Block]
_KeyValue, _Text = lru_cache(maxsize=1024)(KeyValue), lru_cache(maxsize=1024)(Text)
"""The papers of one sale have most of their lines in common: each is one block, which is looked up faster than made."""
_ONCE: dict[str, Block] = {"cut": Cut(), "drawer": Drawer(), "logo": Logo(HALLS)}


def composer(nodes: Sequence[Node], vocabulary: Vocabulary, language: str) -> Callable[[Values], tuple[Block, ...]]:
    """What makes the blocks of a paper in a language. KeyError: a name is no field of the vocabulary."""
    steps = _steps(nodes, (vocabulary,), language)

    def compose(values: Values) -> tuple[Block, ...]:
        blocks: list[Block] = []
        frames = (values,)
        for step in steps:
            step(blocks, frames)
        return tuple(blocks)

    return compose


def _steps(nodes: Sequence[Node], known: tuple[Vocabulary, ...], language: str) -> tuple[Step, ...]:
    return tuple(_step(node, known, language) for node in nodes)


def _step(node: Node, known: tuple[Vocabulary, ...], language: str) -> Step:
    if isinstance(node, When):
        return _when(node, known, language)
    return _each(node, known, language) if isinstance(node, Each) else _line(node, known, language)


def _depth(name: Name, known: tuple[Vocabulary, ...]) -> int:
    """The frame that has a name: the innermost repeat first."""
    for depth in range(len(known) - 1, -1, -1):
        if name.name in known[depth]:
            return depth
    raise KeyError(name.name)


def _when(node: When, known: tuple[Vocabulary, ...], language: str) -> Step:
    depth, name, equals = _depth(node.name, known), node.name.name, node.equals
    then, otherwise = _steps(node.then, known, language), _steps(node.otherwise, known, language)
    if node.negated:
        then, otherwise = otherwise, then

    def step(blocks: list[Block], frames: Frames) -> None:
        value = frames[depth][name]
        for each in then if (value if equals is None else value == equals) else otherwise:
            each(blocks, frames)

    return step


def _each(node: Each, known: tuple[Vocabulary, ...], language: str) -> Step:
    depth, name = _depth(node.name, known), node.name.name
    body = _steps(node.body, (*known, known[depth][name].of), language)

    def step(blocks: list[Block], frames: Frames) -> None:
        for item in frames[depth][name]:
            inner = (*frames, item)
            for each in body:
                each(blocks, inner)

    return step


def _line(line: MarkupLine, known: tuple[Vocabulary, ...], language: str) -> Step:
    if line.word == "table":
        return _table(line, known)
    made = _maker(line)
    texts = [_said(cell, known, language) for cell in line.cells]
    fixed = [text for text in texts if isinstance(text, str)]
    if len(fixed) == len(texts):
        block = made(*fixed)
        return lambda blocks, _: blocks.append(block)
    if line.word == "pair" and isinstance(texts[0], str) and isinstance(line.cells[1][0], Name):
        return _fact(line, texts[0], known) or _composed(made, texts)
    return _composed(made, texts)


def _fact(line: MarkupLine, label: str, known: tuple[Vocabulary, ...]) -> Step | None:
    """A label and one field, as most lines of most papers are: the shortest way there is. None: there is more to it."""
    if len(line.cells[1]) > 1:
        return None
    name = line.cells[1][0]
    assert isinstance(name, Name)
    depth, key, bold = _depth(name, known), name.name, line.bold
    side: Any = line.align or "right"
    return lambda blocks, frames: blocks.append(_KeyValue(label, frames[depth][key], side, bold))


def _composed(made: Make, texts: list[str | Said]) -> Step:
    says = [_always(text) if isinstance(text, str) else text for text in texts]
    if len(says) == 1:
        only = says[0]
        return lambda blocks, frames: blocks.append(made(only(frames)))
    return lambda blocks, frames: blocks.append(made(*[say(frames) for say in says]))


def _table(line: MarkupLine, known: tuple[Vocabulary, ...]) -> Step:
    name = line.cells[0][0]
    assert isinstance(name, Name)
    depth, key = _depth(name, known), name.name

    def step(blocks: list[Block], frames: Frames) -> None:
        table = frames[depth][key]
        if table:
            assert isinstance(table, Table)
            blocks.append(table)

    return step


def _maker(line: MarkupLine) -> Make:
    """What makes the block of a line out of its cells' texts."""
    return _MAKERS[line.word](line) if line.word in _MAKERS else lambda: _ONCE[line.word]


def _text(line: MarkupLine) -> Make:
    align: Align = line.align or "left"
    bold, scale = line.bold, 2 if line.double else 1
    return lambda text: _Text(text, align, bold, scale)


def _pair(line: MarkupLine) -> Make:
    side: Any = line.align or "right"
    bold = line.bold
    return lambda label, value: _KeyValue(label, value, side, bold)


def _row(line: MarkupLine) -> Make:
    widths, aligns, bold = line.widths, line.aligns, line.bold
    return lambda *cells: Row(cells, widths, aligns, bold)


_MAKERS: dict[str, Callable[[MarkupLine], Make]] = {
    "text": _text,
    "pair": _pair,
    "row": _row,
    "rule": lambda _: HorizontalRule,
    "qr": lambda _: QR,
    "barcode": lambda _: Barcode,
    "feed": lambda line: lambda: Feed(line.count),
}


def _always(text: str) -> Said:
    return lambda _: text


def _said(content: Content, known: tuple[Vocabulary, ...], language: str) -> str | Said:
    """What a cell says: the same on each paper, or worked out."""
    parts = [
        (_depth(part, known), part.name) if isinstance(part, Name) else (-1, part.in_language(language))
        for part in content
    ]
    if all(depth < 0 for depth, _ in parts):
        return "".join(text for _, text in parts)
    if len(parts) == 1:
        depth, name = parts[0]
        return lambda frames: frames[depth][name]
    return lambda frames: "".join([text if depth < 0 else frames[depth][text] for depth, text in parts])
