"""What a step has done, in order: a test answers its questions, and its acts are written down as they are told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct

from boss_tui.answers.business import QuoteLine
from boss_tui.business.process import Run
from data.message import Message
from data.statements import instance
from data.tables.base import Table
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.stand_in import TARIFF, step

COMPONENTS = (
    "eligibility",
    "content",
    "customers",
    "products",
    "resources",
    "cards",
    "handsets",
    "tariff",
    "operators",
    "credit",
    "documents",
    "network",
    "finance",
    "accounts",
    "statistics",
    "processes",
    "behaviour",
    "service",
    "loyalty",
    "partners",
    "billing",
    "settlement",
)


@dataclass(frozen=True)
class Does:
    """The answer of an act that answers something: it is written down as well."""

    said: Any


class Part:
    """One component: what a test said is a question's answer, anything else is an act."""

    def __init__(self, name: str, acts: Acts, said: Mapping[str, Any]) -> None:
        self._name, self._acts, self._said = name, acts, dict(said)

    def __getattr__(self, method: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            said = self._said.get(method, Does(None))
            if isinstance(said, Does):
                words = [_word(each) for each in given] + [f"{name}={_word(each)}" for name, each in named.items()]
                self._acts.append(f"{self._name}.{method}({', '.join(words)})")
                said = said.said
            return said(*given, **named) if callable(said) else said

        return call


class Acts(list[str]):
    """What was done, such as `network.bar(line, all, )`: rows by their keys, lines of a quote by item and fen."""

    def step(self, *, about: Mapping[str, Any] | None = None, **said: Mapping[str, Any]) -> Run:
        """A step of which every component is stood in for. `said`: answers, by component and method."""
        parts: dict[str, Any] = {name: Part(name, self, said.get(name, {})) for name in COMPONENTS}
        if "tariff" not in said:
            parts["tariff"] = TARIFF
        return step(about=dict(about or {}), **parts)


def order(**form: Any) -> Any:
    """An order of 7 yuan on the line, made from this form."""
    return row(
        ProductOrder,
        id="order",
        subscription_id="line",
        customer_id="owner",
        amount=700,
        business_date=DAY,
        form_json=json.dumps(form),
    )


def changing(old: Any, **values: Any) -> Any:
    """The row as a change leaves it."""
    return instance(old.__class__, {**old.__dict__, **values})


def _word(each: Any) -> str:
    if isinstance(each, QuoteLine):
        return f"{each.item} {each.amount}"
    if isinstance(each, date):
        return each.isoformat()
    if isinstance(each, Mapping):
        return f"{{{', '.join(f'{name}: {_word(value)}' for name, value in each.items())}}}"
    if isinstance(each, list | tuple | set | frozenset):
        words = [_word(one) for one in each]
        return f"[{', '.join(sorted(words) if isinstance(each, set | frozenset) else words)}]"
    if isinstance(each, Table):
        return str(next(getattr(each, name) for name in ("id", "iccid", "code", "number") if getattr(each, name, "")))
    return type(each).__name__ if isinstance(each, Struct) and not isinstance(each, Message) else str(each)
