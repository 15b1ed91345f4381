"""Type-ahead measured on the whole program: `python -m tests.benchmarks.typing [RUNS]`, 40 runs by default.

The real `boss --home`, started cold on a real demonstration home in a real pseudo-terminal; the keys begin before the
interpreter does. A run is right when the order in the store says what was typed, field by field. Not a clock: nothing
here depends on how fast the machine is.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from boss_tui.desk import Desk, Station
from boss_tui.home.settings import Home
from boss_tui.locale import words
from boss_tui.start import demonstration
from data import demo
from data.store import Store
from data.tables.finance import Payment
from data.tables.order import Draft, ProductOrder
from tests.screens.terminal_process import F, TerminalProcess

GAPS = (0.0, 0.002, 0.005, 0.01, 0.02)
"""Seconds between keys."""
RUNS = 40
LONGEST = 12
NAME = "阿卜杜拉买买提江古丽米热"
WAYS = ("typed", "pasted", "input method")
TENDERED = 30_000
NOT_IN_THE_ORDER = ("document_kind", "password", "repeat_password")
"""The kind of document is left as it is; a secret is nowhere."""
GIVE_UP = 90.0
"""Seconds after which a run that has come to no end is wrong."""

FACTS = demo.facts()


@dataclass(frozen=True)
class Template:
    """A home to be copied, its shift open, and what is to be typed there."""

    folder: Path
    values: dict[str, str]

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """A home of one run's own."""
        with tempfile.TemporaryDirectory(prefix="boss-typing-") as folder:
            home = Path(folder) / "home"
            shutil.copytree(self.folder, home)
            yield home


def make_template(folder: Path) -> Template:
    """A demonstration home with the clerk's shift open, and a form that works in it."""
    home = demonstration.make(folder, customers=40)
    store = home.open_store()
    desk = Desk(store, Station(FACTS.outlet, FACTS.counter))
    desk.signing.sign_on(FACTS.clerk, FACTS.password)
    desk.till.open_shift(50_000)
    values = {name: str(value) for name, value in desk.forms.example("C1").items()}
    store.close()
    return Template(folder, {**values, "contact_phone": "0571-88886666"})


def sign_on() -> bytes:
    """Staff number and password."""
    return f"{FACTS.clerk}\r{FACTS.password}\r".encode()


def opening(values: dict[str, str]) -> bytes:
    """A whole C1: the plan from its list, everything else typed; paid, and the outcome."""
    fields = (values["document_number"], values["name"], "", values["address"], values["contact_phone"], "", "")
    resources = (values["number"], values["iccid"], "", "", "", "", *[values["password"]] * 2)
    typed = b"kh\r\r" + "".join(f"{field}\r" for field in fields).encode() + F[4] + b"\r"
    return typed + "".join(f"{field}\r" for field in resources).encode() + F[10] + b"300" + F[10]


def run_opening(template: Template, gap: float) -> bool:
    """One cold start with everything typed at once, or so many seconds a key; whether it came out right."""
    with template.copied() as home, started(home) as terminal:
        terminal.send(sign_on() + opening(template.values), gap)
        if not waited(terminal, lambda: terminal.shows(words("zh_CN")("Done"))):
            return False
        with opened(home) as store, store.reading() as reading:
            orders = reading.all(ProductOrder, counter=FACTS.counter, order=("-created_at",))
            form = json.loads(orders[0].form_json)
            payments = reading.all(Payment, order_id=orders[0].id)
    expected = {name: value for name, value in template.values.items() if name not in NOT_IN_THE_ORDER}
    filled = {name: str(value) for name, value in form.items() if value}
    return filled == expected and [payment.tendered for payment in payments] == [TENDERED]


def run_names(template: Template) -> dict[str, int]:
    """Names of 1 to 12 characters, in each way; how many of each arrived whole."""
    right = dict.fromkeys(WAYS, 0)
    with template.copied() as home, started(home) as terminal, opened(home) as store:
        start = sign_on() + b"kh\r\r\r"  # no document: nobody is asked whether the name is its holder's
        terminal.send(start)
        for way in WAYS:
            for length in range(1, LONGEST + 1):
                name = NAME[LONGEST - length :]
                type_name(terminal, way, name)
                right[way] += waited(terminal, lambda name=name: name_in(store) == name)  # type: ignore[misc]
    return right


def type_name(terminal: TerminalProcess, way: str, name: str) -> None:
    """A name into the field that has the focus, Enter, and back to the field."""
    text = name.encode()
    if way == "typed":
        terminal.send(text, 0.005)
    elif way == "pasted":
        terminal.send(b"\x1b[200~" + text + b"\r\n\x1b[201~")
    else:
        terminal.send(text)  # a commit arrives in one piece
    terminal.send(b"\r\x1b[A")


def name_in(store: Store) -> str:
    """The name in the newest draft."""
    with store.reading() as reading:
        drafts = reading.all(Draft, state="open", order=("-created_at",))
    return str(json.loads(drafts[0].values_json).get("name", "")) if drafts else ""


@contextmanager
def started(home: Path) -> Iterator[TerminalProcess]:
    """The program, from cold."""
    with TerminalProcess("boss_tui.cli", "--home", str(home)) as terminal:
        yield terminal


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    """The home's store, to be looked into."""
    store = Home(home).open_store()
    try:
        yield store
    finally:
        store.close()


def waited(terminal: TerminalProcess, until: Callable[[], bool]) -> bool:
    """Read on until something is so; False when it never is."""
    end = time.monotonic() + GIVE_UP
    while not until():
        if time.monotonic() > end:
            print(terminal.text(), file=sys.stderr)
            return False
        terminal.read(0.02)
    return True


def main() -> int:
    """All of it; 1 when anything came out wrong."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="boss-typing-") as folder:
        template = make_template(Path(folder) / "home")
        keys = len(sign_on() + opening(template.values))
        print(f"A whole C1 typed ahead ({keys} bytes), from a cold start in a pseudo-terminal:")
        for gap in GAPS:
            right = sum(run_opening(template, gap) for _ in range(runs))
            wrong += runs - right
            print(f"  {gap * 1000:4.0f} ms a key   {right} of {runs} right", flush=True)
        print(f"Chinese names of 1 to {LONGEST} characters:")
        for way, right in run_names(template).items():
            wrong += LONGEST - right
            print(f"  {way:<14}{right} of {LONGEST} whole", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
