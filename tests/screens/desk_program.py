"""The program as a real process for the tests in a pseudo-terminal: the real application over the desk in memory.

usage: python -m tests.screens.desk_program RESULT [delay=0.0] [language=en] [late=0.0] [entrance=on|off]
Writes what was done to RESULT (JSON) whenever a draft changes or a business is completed.
"""

from screens.early import hold_keys

hold_keys()  # before anything that takes time, as the program does

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from boss_tui.start.app import BossApp  # noqa: E402
from screens.ports import DeskPort  # noqa: E402


def main() -> None:
    """Run it."""
    result = Path(sys.argv[1])
    options = dict(item.split("=", 1) for item in sys.argv[2:])

    def connect() -> DeskPort:
        from tests.screens.fake_desk import FakeDesk

        time.sleep(float(options.get("late", "0")))
        desk = FakeDesk(delay=float(options.get("delay", "0")), signed_on=options.get("entrance") != "off")

        def note() -> None:
            drafts = [draft.values for draft in desk.drafts.values()]
            done = [[code, values, [t.amount for t in tenders]] for code, values, tenders in desk.done]
            result.with_suffix(".new").write_text(json.dumps({"done": done, "drafts": drafts}))
            result.with_suffix(".new").replace(result)

        desk.changed = note
        return desk

    BossApp(connect, language=options.get("language", "en")).run()


if __name__ == "__main__":
    main()
