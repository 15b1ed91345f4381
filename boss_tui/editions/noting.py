"""Writing down what was done in a business of management: counted, with a serial and the trail of what was used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.processes import Processes
from boss_tui.components.statistics import Statistics
from data.tables.act import Act


def note(
    context: Context, act: str, edition: str = "", said: Mapping[str, Any] | None = None, approved_by: str = ""
) -> Act:
    """One more of this act in the figures (F13), and the act itself (F14). See `Processes.act`."""
    Statistics(context).count(act)
    return Processes(context).act(act, edition, said, approved_by)
