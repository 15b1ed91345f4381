"""Who works: a desk with an operator signed on, for commands that do what a person does at a counter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate

import typer

from boss_tui.commands.options import CounterOption, HomeOption, OperatorOption, with_options
from boss_tui.commands.shared import errors_in_words, opened, spoken, store_of, tell
from data.errors import BadForm, StoreDoubted
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.desk.station import Operator
    from boss_tui.home.settings import Home
    from boss_tui.reports.sheets import Printing
    from data.store import Store

PASSWORD, APPROVER_PASSWORD, NEW_PASSWORD = "BOSS_PASSWORD", "BOSS_APPROVER_PASSWORD", "BOSS_NEW_PASSWORD"
COLLEAGUE_PASSWORD = "BOSS_COLLEAGUE_PASSWORD"


@dataclass(frozen=True, slots=True)
class AtWork:
    """A desk with somebody signed on, and what it stands on."""

    home: Home
    store: Store
    desk: Desk
    operator: Operator
    counter: str
    password: str = field(repr=False)


@contextmanager
def at_work(folder: Path | None, operator: str = "", counter: str = "") -> Iterator[AtWork]:
    """A desk at work. In a demonstration hall the scripts' own clerk and counter are the default."""
    from boss_tui.desk import Desk, Station
    from boss_tui.payments import open_gateway
    from boss_tui.start.home_files import compare_head, equipped, home_key, note_of, note_quietly

    home = opened(folder)
    password = os.environ.get(PASSWORD, "")
    if home.settings.demo and not operator:
        from boss_tui.start.demonstration_staff import SCRIPT

        operator, counter, password = SCRIPT.staff_no, counter or SCRIPT.counter, SCRIPT.password
    if not operator:
        raise BadForm({"--operator": say("Say who works: --operator and a staff number.")})
    counter = counter or home.settings.counter
    with store_of(home) as store:
        wrong, told = compare_head(home, store), False
        station = Station.of(home.settings, counter, linked=_is_linked(home, store))
        desk = equipped(Desk(store, station, device=partial(home_key, home)), home)
        desk.seat.gateway, desk.seat.head_note = open_gateway(home), note_of(home)
        password = password or ask_password(PASSWORD, f"Password of {operator}")
        try:
            signed_on = desk.signing.sign_on(operator, password)
            yield AtWork(home, store, desk, signed_on, counter, password)
        except StoreDoubted:
            told = True
            raise
        finally:
            if wrong is None:
                note_quietly(home, store)
            elif not told and (still := compare_head(home, store)):  # a person decides, and what is noted stays
                tell(spoken()(still))


_WHOSE: dict[str, tuple[Any, Any]] = {
    "operator": (OperatorOption, ""),
    "counter": (CounterOption, ""),
    "home": (HomeOption, None),
}
"""Who works, at which counter, of which home: each option with what it is when it is not said."""


def by_operator(command: Callable[Concatenate[AtWork, ...], None]) -> Callable[..., None]:
    """A command of a person at a counter: it is handed their desk, and has `_WHOSE` beside what it asks for itself.
    Errors are told in words."""

    @wraps(command)
    def run(*, operator: str, counter: str, home: Path | None, **asked: Any) -> None:
        with at_work(home, operator, counter) as work:
            command(work, **asked)

    return errors_in_words(with_options(run, command, _WHOSE))


def _is_linked(home: Home, store: Store) -> bool:
    """Whether the outlet has a headquarters. That of a demonstration runs with a desk: before its first contact the
    hall stands alone."""
    from data.tables.sync import JournalHead

    if not home.settings.demo:
        return bool(home.settings.headquarters)
    with store.reading() as reading:
        head = reading.one(JournalHead, outlet=home.settings.outlet)
    return bool(head.last_contact or head.attempts)


def approver_password(approver: str) -> str:
    """The password of who approves; a one-time code has none, and where nobody does there is none."""
    if not approver or "-" in approver:
        return ""
    return os.environ.get(APPROVER_PASSWORD, "") or ask_password(APPROVER_PASSWORD, f"Password of {approver}")


def colleague_password(staff_no: str) -> str:
    """The password of the other one of a handover."""
    return os.environ.get(COLLEAGUE_PASSWORD, "") or ask_password(COLLEAGUE_PASSWORD, f"Password of {staff_no}")


@contextmanager
def at_the_door(folder: Path | None, counter: str = "") -> Iterator[Desk]:
    """A desk that nobody is signed on at: for what is done before."""
    from boss_tui.desk import Desk, Station
    from boss_tui.start.home_files import home_key

    home = opened(folder)
    with store_of(home) as store:
        station = Station.of(home.settings, counter)
        yield Desk(store, station, device=partial(home_key, home))


def new_password() -> str:
    """The password that somebody chooses; asked for twice at a terminal."""
    given = os.environ.get(NEW_PASSWORD, "")
    if given:
        return given
    typed = ask_password(NEW_PASSWORD, "New password")
    if ask_password(NEW_PASSWORD, "Once more") != typed:
        raise BadForm({"password": say("This is not the same as the new password.")})
    return typed


def ask_password(variable: str, prompt: str) -> str:
    """Ask at the terminal. BadForm where there is none, as in a script."""
    if not sys.stdin.isatty():
        raise BadForm({"password": say("Put the password into {variable}: no terminal to ask at.", variable=variable)})
    return str(typer.prompt(prompt, hide_input=True, err=True))


def printing_of(work: AtWork) -> Printing:
    """Who has a file written, and when: it says so on its pages."""
    from boss_tui.reports.sheets import Printing
    from printers.logos import current
    from printers.spool import WORTHLESS

    by = f"{work.operator.staff_no} {work.operator.name}"
    worthless = WORTHLESS if work.desk.signing.state().training else ""
    with work.store.reading() as reading:
        logo = current(reading)
    return Printing(by, work.store.clock.now(), work.home.settings.pdf_font, worthless, logo)
