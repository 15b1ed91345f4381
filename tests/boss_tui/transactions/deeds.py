"""A step whose components only note what they are told to do, in order: for rules that say what a business does.

What a test answers for a component (`products={"owned": subscription}`) is a question and is not noted; every other
method is a deed and answers nothing. A deed reads like its call: `network.bar(line, '', 'all')`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from boss_tui.answers.business import QuoteLine
from boss_tui.business.process import Run
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.components.tenders.dues import DuesPart
from data.cached import cached_property
from data.message import Message
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.stand_in import priced, step

COMPONENTS = tuple(name for name, made in vars(Run).items() if isinstance(made, cached_property))


class _Noting:
    """A component."""

    def __init__(self, name: str, done: list[str], answers: Mapping[str, Any]) -> None:
        self._name, self._done, self._answers = name, done, answers

    def __getattr__(self, method: str) -> Any:
        if method in self._answers:
            said = self._answers[method]
            return said if callable(said) else lambda *_, **__: said

        def deed(*what: Any, **named: Any) -> None:
            told = [*map(_told, what), *(f"{name}={_told(value)}" for name, value in named.items())]
            self._done.append(f"{self._name}.{method}({', '.join(told)})")

        return deed


def doing(*, about: dict[str, Any] | None = None, **answers: Mapping[str, Any]) -> tuple[Run, list[str]]:
    """A step, and what is done in it."""
    answers["tariff"] = {"line": priced, **answers.get("tariff", {})}
    done: list[str] = []
    made: dict[str, Any] = {name: _Noting(name, done, answers.get(name, {})) for name in COMPONENTS}
    return step(about=about, **made), done


def hears(heard: list[Any], answer: Any = None) -> Callable[..., Any]:
    """A question that is answered, and what it is asked heard: one thing as it is, several together."""

    def asked(*what: Any, **_: Any) -> Any:
        heard.append(what[0] if len(what) == 1 else what)
        return answer

    return asked


def order(form: Mapping[str, Any], **values: Any) -> Any:
    """An order of the line that was made from a form."""
    standard = {"id": "order", "subscription_id": "line", "customer_id": "owner", "business_date": "2026-11-23"}
    return row(ProductOrder, **{**standard, "form_json": json.dumps(dict(form)), **values})


def _told(value: Any) -> str:
    """A value in short: of a row its key, of a quote's line its item and fen, of a group what it holds."""
    tell = next((tell for kinds, tell in _TELLS if isinstance(value, kinds)), None)
    if tell is not None:
        return tell(value)
    key = next((name for name in ("id", "code", "serial", "imei") if hasattr(value, name)), "")
    return str(getattr(value, key)) if key else f"[{_listed(value)}]"


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(map(_told, values))


def _group(value: Any) -> str:
    """What is empty in it is left out."""
    held = (getattr(value, one) for one in value.__struct_fields__)
    return f"{type(value).__name__}({_listed(one for one in held if one)})"


_TELLS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (QuoteLine, lambda line: f"{line.item} {line.amount}"),
    (Message | date, str),
    (str | int | None, repr),
    (Mapping, lambda named: "{" + ", ".join(f"{name}: {_told(one)}" for name, one in named.items()) + "}"),
    (set | frozenset, lambda several: "{" + ", ".join(sorted(map(_told, several))) + "}"),
    (Basket | PlanMove | DuesPart, _group),
)
