"""Small wrong changes of the rules, one at a time: which there are, and a sample of them by a seed.

The operators are cosmic-ray's, those that stand for slips a person makes (a bound that includes its end, a sign, a
condition turned round), and three of our own. What no parser takes, or what changes nothing, is no mutant.
"""

from __future__ import annotations

import ast
import difflib
import random
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.number_replacer import NumberReplacer
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from msgspec import Struct

_COMPARED = ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")
_COUNTED = ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Mod_Mul")
_WORDS = (
    "AddNot",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_USub_UAdd",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ZeroIterationForLoop",
)
_OF_COSMIC_RAY = (
    *(f"ReplaceComparisonOperator_{pair}" for pair in _COMPARED),
    *(f"ReplaceBinaryOperator_{pair}" for pair in _COUNTED),
    *_WORDS,
)

_LOOKS = ("width=", "slots=", "frozen=", "maxsize=")
"""How wide a field is drawn, and how an object is kept in memory, are no rules."""
_TYPES = "if TYPE_CHECKING:"
"""Never true while the program runs."""


class Miscount(NumberReplacer):  # type: ignore[misc]
    """A number is one more, or one less; the first of a sequence is not its last, which no miscount makes of it: `x[0]`
    becomes `x[1]` alone. (Most are of one thing, such as a row's key, and their last is their first.)"""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Each number twice; the 0 of an index once."""
        places = list(super().mutation_positions(node))
        yield from places[:1] if places and _is_the_first(node) else places


def _is_the_first(number: Any) -> bool:
    index = number.parent
    return bool(number.value == "0" and index.type == "trailer" and index.children[0].value == "[")


class DropCondition(Operator):  # type: ignore[misc]
    """One of several conditions is forgotten: `a and b` becomes `a`, or `b`."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Each operand of `and` or `or`."""
        if node.type in {"and_test", "or_test"}:
            for operand in node.children[::2]:
                yield operand.start_pos, operand.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The conditions without this one; it goes with the word before it, the first with the word after."""
        gone = slice(0, 2) if index == 0 else slice(2 * index - 1, 2 * index + 1)
        prefix = node.get_first_leaf().prefix
        del node.children[gone]
        node.get_first_leaf().prefix = prefix
        return node if len(node.children) > 1 else node.children[0]

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        """None are shown."""
        return ()


class TurnMembership(Operator):  # type: ignore[misc]
    """`in` becomes `not in`, and the other way round."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Each such comparison."""
        if node.type == "comparison" and self._word(node) in {"in", "not in"}:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """The comparison turned round."""
        turned = " in" if self._word(node) == "not in" else " not in"
        node.children[1] = parso.python.tree.Keyword(turned, node.children[1].start_pos)
        return node

    @staticmethod
    def _word(node: Any) -> str:
        return " ".join(str(node.children[1].get_code()).split())

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        """None are shown."""
        return ()


@cache
def _operators() -> dict[str, Operator]:
    found = {name: get_operator(f"core/{name}")() for name in _OF_COSMIC_RAY}
    return {**found, **{own.__name__: own() for own in (Miscount, DropCondition, TurnMembership)}}


class Mutation(Struct, frozen=True):
    """The `occurrence`th place in a file where an operator applies; `line` is where that is."""

    path: Path
    operator: str
    occurrence: int
    line: int

    @property
    def name(self) -> str:
        """By which it is known again, as long as its line says the same."""
        return f"{self.path.name} {self.operator}\n{self.difference()}"

    def code(self) -> str:
        """The whole file, changed; empty where the change can't be read or says the same."""
        return _changed(self.path, self.operator, self.occurrence)

    def difference(self) -> str:
        """The lines that change, as a difference."""
        before, after = self.path.read_text(encoding="utf-8").splitlines(), self.code().splitlines()
        lines = list(difflib.unified_diff(before, after, lineterm="", n=0))
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


@cache
def _changed(path: Path, operator: str, occurrence: int) -> str:
    source = path.read_text(encoding="utf-8")
    changed = mutate_code(source, _operators()[operator], occurrence)
    try:
        same = changed is None or ast.dump(ast.parse(changed)) == ast.dump(ast.parse(source))
    except SyntaxError:
        return ""
    return "" if same else str(changed)


def _of(path: Path) -> Iterator[Mutation]:
    source = path.read_text(encoding="utf-8")
    nodes, lines = list(ast_nodes(get_ast(source))), source.splitlines()
    for name, operator in _operators().items():
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, ((line, column), _end) in enumerate(places):
            if not (lines[line - 1][:column].endswith(_LOOKS) or lines[line - 1].startswith(_TYPES)):
                yield Mutation(path, name, occurrence, line)


def sampled(paths: Iterable[Path], count: int, seed: int) -> list[Mutation]:
    """So many mutants out of all that these files have; the same for the same seed and files."""
    every = [mutation for path in sorted(paths) for mutation in _of(path)]
    random.Random(seed).shuffle(every)
    taken: list[Mutation] = []
    for mutation in every:
        if len(taken) == count:
            break
        if mutation.code():
            taken.append(mutation)
    return taken
