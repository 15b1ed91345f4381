"""A new service password, typed twice (C1, C4.4, C5): the fields, and how the two are held against each other.

Both fields keep the same hash once they were alike, and nothing else is ever kept of them. A password typed anew has
another hash, so that it must be typed a second time again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator

from boss_tui.business.process import Run
from boss_tui.business.vault import Vault
from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import folded, wrong
from data.characters import is_digits
from data.errors import BadForm
from data.message import say

HASHED = "$argon2"
NEW, AGAIN = "new_password", "repeat_password"
DIFFER = say("The two are not the same: type it once more.")


def six_digits_or(mark: str) -> Callable[[str], str]:
    """What a field of a service password takes: six digits, or what the desk puts in their place, which begins with a
    mark: of a new one its hash (`HASHED`), of one that is known the proof of it (`vault.PROVEN`)."""

    def check(typed: str) -> str:
        if typed.startswith(mark) or (len(typed) == 6 and is_digits(typed)):
            return typed
        raise wrong("Six digits.")

    return check


NewPassword = Annotated[
    str,
    Ask(
        say("New password"),
        "password",
        help=say("Six digits that the customer types; not easy to guess."),
        section=say("New password"),
        width=8,
        length=6,
    ),
    AfterValidator(six_digits_or(HASHED)),
]
RepeatPassword = Annotated[
    str,
    Ask(say("Once more"), "password", help=say("The same six digits once more."), width=8, length=6),
    AfterValidator(six_digits_or(HASHED)),
]


def chosen(values: Mapping[str, Any], vault: Vault, document: str = "", first: str = NEW) -> dict[str, str]:
    """What the draft keeps of the two fields. `first`: the one that is typed before `AGAIN`.

    Raises `typed.wrong` when it is easy to guess, BadForm when the two differ or the first is missing.
    """
    new, again = (folded(str(values.get(name) or "")) for name in (first, AGAIN))
    kept = {}
    if new and not new.startswith(HASHED):
        kept[first] = vault.chosen(folded(str(values.get("number") or "")), new, document)
    if again and not again.startswith(HASHED):
        stored = kept.get(first, new)
        if not stored:
            raise BadForm({first: say("This field is needed.")})
        if not vault.matches(stored, again):
            raise BadForm({AGAIN: DIFFER})
        kept[AGAIN] = stored
    return kept


def must_agree(run: Run, new: str | None, again: str | None) -> None:
    """One that was typed anew since must be typed twice again."""
    if new and again and new != again:
        run.errors.setdefault(AGAIN, DIFFER)
