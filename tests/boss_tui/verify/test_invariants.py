"""Which of the things that always hold (design 5) each rule belongs to, and which table it looks at."""

from __future__ import annotations

import os
from pathlib import Path

from boss_tui.verify.rule import Rule
from boss_tui.verify.run import RULES
from data.statements import table_name

GOLDEN = Path(__file__).parent / "golden" / "invariants.txt"


def test_each_rule_is_of_its_invariant() -> None:
    """After a change that is meant: BOSS_GOLDEN=write pytest …, then look at the difference."""
    made = [f"{rule.invariant} {table_name(rule.model)}: {rule.name}" for rule in RULES if isinstance(rule, Rule)]
    if os.environ.get("BOSS_GOLDEN") == "write":
        GOLDEN.write_text("\n".join(made) + "\n", encoding="utf-8")
    assert made == GOLDEN.read_text("utf-8").splitlines()
    assert len(set(made)) == len(made) > 100
