"""The loop of `boss network simulate`: polls, says what the element does, takes commands that make it fail.

Not the element itself (`element`). It ends at `quit`, or when `ended` is set; the end of the typed lines does not end
it, so that it also runs where nobody types.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable

from boss_tui.network.element import Element, gently
from boss_tui.network.machine.faults import HELP, set_fault
from data.errors import BossError
from data.message import Message, say

Show = Callable[[Message], None]


def simulate(
    element: Element,
    show: Show,
    lines: Iterable[str] = (),
    *,
    seconds: float = 1.0,
    ended: threading.Event | None = None,
) -> None:
    """Poll every `seconds` until the end. `lines` (standard input, say) are read in a thread of their own and obeyed at
    once, in order; `show` gets every line that is to be seen, in the caller's thread."""
    typed: queue.SimpleQueue[str] = queue.SimpleQueue()
    ended = ended or threading.Event()
    threading.Thread(target=_listen, args=(lines, typed), daemon=True).start()
    show(say("The element {code} speaks {dialect}.", code=element.code, dialect=element.dialect.name))
    show(HELP)
    while not ended.is_set():
        for line in gently(element).lines if not element.faults.off else ():
            show(line)
        try:
            line_typed = typed.get(timeout=seconds)
        except queue.Empty:
            continue
        if line_typed.strip() == "quit":
            return
        show(command(element, line_typed))


def _listen(lines: Iterable[str], typed: queue.SimpleQueue[str]) -> None:
    for line in lines:
        if line.strip():
            typed.put(line)


def command(element: Element, line: str) -> Message:
    """Obey one typed line: a fault, `state`, or `resend FILE`; what to show for it."""
    word, _, rest = line.strip().partition(" ")
    try:
        if word == "state":
            people = element.subscribers()
            barred = sum(1 for one in people if one.outgoing_barred)
            return say(
                "{count} {count:subscriber|subscribers}, {barred} barred; {faults}",
                count=len(people),
                barred=barred,
                faults=str(element.faults),
            )
        if word == "resend":
            return say("Sent again as {name}.", name=element.resend(rest.strip()))
        return set_fault(element.faults, line) or HELP
    except BossError as fault:
        return fault.message
