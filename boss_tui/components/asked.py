"""What services of others are asked about a form, and what they answer: plain values (catalogue F1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from data.tables.eligibility import Interface


class Question(Struct, frozen=True):
    """What an interface is asked for one form. `key`: by which this question is known, here and there."""

    interface: Interface
    key: str
    sends: Mapping[str, Any]


class ServiceAnswer(Struct, frozen=True):
    """What came of a question. `verdict` empty: none came, and `fault` (a Message as JSON) says why.

    `reason` is in the service's words; `told`: the answer as it came, for whoever tries it, which is not kept. Asked by
    `operator` at `asked_at` (stored time), in `took_ms`, at the `tries`-th try.
    """

    verdict: Literal["", "yes", "override", "no"]
    reason: str = ""
    fault: Mapping[str, Any] = field(default_factory=dict)
    operator: str = ""
    asked_at: str = ""
    took_ms: int = 0
    tries: int = 0
    told: str = ""
