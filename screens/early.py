"""What must happen before Textual is imported: its environment, and a terminal that keeps what is typed.

Standard library only, and quick: `hold_keys()` is the first thing that the program does. It is not a driver; Textual's
own takes over from here, and finds every byte that was typed while the program was being loaded.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from typing import Any

SETTINGS = {
    # The Kitty protocol breaks what input methods commit (Textual #6544; 5 characters and more become garbage).
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    # A lone Esc is told from a sequence after this many milliseconds; 100 is felt.
    "ESCDELAY": "25",
    # Slow links, and input method windows that follow the cursor: nothing moves by itself.
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
}


def prepare_environment() -> None:
    """Set what Textual reads once, at its import. What the user has set stays."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def hold_keys() -> bool:
    """Stop the terminal from echoing, editing and translating what is typed; the kernel keeps it (4,095 bytes).

    Answers whether there is a terminal to do it to. The old state comes back when the program ends.
    """
    try:
        import termios
    except ImportError:  # not a POSIX terminal
        return False
    if not sys.stdin.isatty():
        return False
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    held = termios.tcgetattr(descriptor)
    # As Textual will set it, so that its own change a moment later changes nothing.
    held[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    held[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    held[6][termios.VMIN] = 1
    # TCSANOW: the others wait for output, or throw away input.
    termios.tcsetattr(descriptor, termios.TCSANOW, held)
    atexit.register(_give_back, descriptor, before)
    return True


def _give_back(descriptor: int, before: list[Any]) -> None:
    """As it was before; a terminal that is gone needs nothing."""
    import termios

    with suppress(termios.error):
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
