"""What plans and services an order sells, as far as its form alone says it."""

from __future__ import annotations

from itertools import chain

from boss_tui.forms.form import Form

ASKED = ("plan", "services", "subscribe")
"""Fields of the forms that sell plans and services."""
UNSAID = ("C4.3", "C7.1", "C7.2", "C7.3")
"""Businesses whose forms say what is to be on, whether it was or not."""


def sold_by(business: str, form: Form) -> tuple[str, ...] | None:
    """The codes of what a form asks for; None: what it sells hangs on what was on before."""
    return None if business in UNSAID else asked_in(form)


def asked_in(form: Form) -> tuple[str, ...]:
    """The codes of plans and services that a form asks for, whether they were on before or not; what stands in a field
    that is not asked for says nothing."""

    def held(name: str) -> str:
        return str(getattr(form, name, None) or "")

    fields = (spec.name for spec in form.fields() if spec.name in ASKED and spec.ask.asked(held))
    asked = (getattr(form, name) or () for name in fields)
    return tuple(dict.fromkeys(chain.from_iterable((each,) if isinstance(each, str) else each for each in asked)))
