"""C7.3 roaming (漫游变更). Special here is that international roaming has a last day."""

from __future__ import annotations

from boss_tui.answers.business import DraftView
from data.message import Message, say
from screens.c07_1_long_distance import LongDistanceScreen


class RoamingScreen(LongDistanceScreen):
    """As the long-distance type, with a last day."""

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """The rules of both, as long as they are needed."""
        rules = super().beside(draft)
        last = (say("International roaming ends by itself after its last day."), "dim")
        return [*rules, last] if rules else []
