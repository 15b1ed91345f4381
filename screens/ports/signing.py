"""Who works at the counter, and the staff of the hall: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from boss_tui.answers.business import Offline
from data.message import Message


class LastOnView(Protocol):
    """The sign-on before this one: stored time (empty: there was none), counter, wrong passwords since."""

    @property
    def at(self) -> str: ...
    @property
    def counter(self) -> str: ...
    @property
    def failed(self) -> int: ...


class OperatorView(Protocol):
    """Who works at the counter. language: zh_CN or en. change: why their password must be changed first (initial,
    expired), or nothing; days_left: how long it still holds, where that is near."""

    @property
    def last(self) -> LastOnView: ...
    @property
    def change(self) -> str: ...
    @property
    def days_left(self) -> int | None: ...

    @property
    def staff_no(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def language(self) -> str: ...


class ChallengeView(Protocol):
    """What headquarters is told over the phone, to read out a code that unlocks."""

    @property
    def outlet(self) -> str: ...
    @property
    def staff_no(self) -> str: ...
    @property
    def text(self) -> str: ...


class StaffView(Protocol):
    """Somebody of the outlet. state: active, locked, left, paused (until), shut."""

    @property
    def staff_no(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def failed(self) -> int: ...
    @property
    def until(self) -> str: ...
    @property
    def last_at(self) -> str: ...
    @property
    def last_counter(self) -> str: ...


class DeskState(Protocol):
    """Where we are, for the status line. `operator` is a name, empty while nobody is signed on.

    `advice` is what a newcomer is told before signing on, in a demonstration hall. `is_demo`: the machines around are
    simulated, and can be made to fail.
    """

    @property
    def outlet(self) -> str: ...
    @property
    def outlet_name(self) -> str | Message: ...
    @property
    def counter(self) -> str: ...
    @property
    def business_date(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def shift_open(self) -> bool: ...
    @property
    def shift_suspended(self) -> bool: ...
    @property
    def is_office(self) -> bool: ...
    @property
    def training(self) -> bool: ...
    @property
    def advice(self) -> tuple[Message, ...]: ...
    @property
    def staff_no(self) -> str: ...
    @property
    def dismissed(self) -> Message | None: ...
    @property
    def is_demo(self) -> bool: ...


class BusinessView(Protocol):
    """A business that can be opened. aliases: Chinese name, pinyin initials, English. `allowed`: for this operator."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Message: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def allowed(self) -> bool: ...
    @property
    def offline(self) -> Offline: ...


class SigningPort(Protocol):
    """Signing on and off, passwords, who works here."""

    def sign_on(self, staff_no: str, password: str, language: str = "") -> OperatorView:
        """Sign on, reading a language who has chosen none; NotAllowed when it may not be."""
        ...

    def change_password(self, old: str, new: str) -> None:
        """Choose another password of one's own; NotAllowed says beside which field (old, password)."""
        ...

    def staff(self) -> Sequence[StaffView]:
        """Everybody of the outlet; NotAllowed for others than supervisors."""
        ...

    def unlock_staff(self, staff_no: str) -> None:
        """Let somebody try again who was shut out by wrong passwords."""
        ...

    def challenge(self, staff_no: str = "") -> ChallengeView:
        """What to tell headquarters, for somebody who is locked; NotAllowed where there is no headquarters."""
        ...

    def unlock_by_code(self, staff_no: str, code: str) -> None:
        """Unlock with the code that headquarters read out."""
        ...

    def sign_off(self) -> Message | None:
        """Sign off; what there is to say of a drawer that is left open. NotAllowed while something is open that must be
        ended first."""
        ...

    def speak(self, language: str) -> None:
        """The operator reads another language now: reports come in it."""
        ...

    def lock(self) -> None:
        """Lock the counter: nothing is done until `unlock`."""
        ...

    def prove(self, staff_no: str, password: str) -> None:
        """Whoever is to work here next is who they say."""
        ...

    def unlock(self, password: str) -> None:
        """Unlock with the operator's own password."""
        ...

    def state(self) -> DeskState:
        """Outlet, counter, operator, business date and till."""
        ...

    def businesses(self) -> Sequence[BusinessView]:
        """Everything of the catalogue, also what this operator may not do."""
        ...
