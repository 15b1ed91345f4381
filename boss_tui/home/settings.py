"""Settings: the home folder of an outlet's counter, and what stands in it.

    settings.toml   what is set here          store.db   the store           keys/    store and device keys (0600)
    gateway/        batch files               backups/   copies              log/     what went wrong

Each value of `settings.toml` can be set by an environment variable, such as BOSS_COUNTER.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from boss_tui.home.encoding import known
from boss_tui.home.folder import FILE, is_made, is_unfinished
from data.clock import Clock
from data.errors import BadForm, Outside
from data.message import Message, say
from data.store import Store


class Settings(BaseModel):
    """What is set for one counter.

    Attributes:
        outlet, counter: where this program stands.
        language: zh_CN or en, of whoever has chosen none.
        paper_language: zh_CN or en, of what is printed for customers here.
        store: URL of the store; empty: `store.db` in the home folder.
        encrypted: whether that file is encrypted with `keys/store.key`.
        headquarters: URL of headquarters; empty: none, the outlet works alone.
        payments: URL of the payment service (`payments.http`; key in `keys/payments.key`); empty: no mobile payment.
        sms_gateway: where files of messages go, at headquarters' own home: as an element's gateway.
        exchange_seconds: how often headquarters, gateways and printers are looked after.
        contact_seconds: for how long after it answered headquarters is taken to be reachable.
        lock_after_minutes: after so long without a key the counter locks itself; 0: never (management-facts 6).
        demo: headquarters, element and printer are simulated in this program.
        pdf_font: file of a Chinese font to put into PDFs, which the house has a licence for; empty: a free one.
        terminal_encoding: what the terminal sends and takes, such as gb18030; empty: what its locale says.
    """

    model_config = ConfigDict(extra="forbid")

    outlet: str = Field(min_length=1, max_length=20)
    counter: str = Field(min_length=1, max_length=20)
    language: str = Field("zh_CN", pattern="^(zh_CN|en)$")
    paper_language: str = Field("zh_CN", pattern="^(zh_CN|en)$")
    store: str = ""
    encrypted: bool = True
    headquarters: str = ""
    payments: str = ""
    sms_gateway: str = "folder:sms"
    exchange_seconds: float = Field(2.0, gt=0, le=3600)
    contact_seconds: float = Field(600.0, gt=0, le=86_400)
    lock_after_minutes: float = Field(3.0, ge=0, le=1440)
    demo: bool = False
    pdf_font: str = ""
    terminal_encoding: str = ""

    @field_validator("terminal_encoding")
    @classmethod
    def _spoken_by_a_terminal(cls, name: str) -> str:
        if name and not known(name):
            raise ValueError("an encoding that a terminal can have, such as utf-8, gbk or gb18030")
        return name

    @classmethod
    def of(cls, written: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
        """What a file says, and before it the environment. ValidationError names each value that can't be."""
        variables = {name: f"BOSS_{name.upper()}" for name in cls.model_fields}
        said = {name: environment[variable] for name, variable in variables.items() if variable in environment}
        return cls.model_validate({**written, **said})


class Home:
    """A home folder and its settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = _read(folder / FILE)

    @classmethod
    def make(cls, folder: Path, **values: str | bool | float) -> Home:
        """A new home. Outside when there is one already."""
        if is_made(folder):
            raise Outside(say("{folder} is a home already.", folder=str(folder)))
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        for name in ("keys", "backups", "log"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
        url = str(values.get("store", ""))
        _private(folder / FILE, "\n".join(lines))  # a database's URL may hold a password
        if values.get("encrypted", True) and (not url or url.startswith("sqlite")):
            _private(folder / "keys" / "store.key", secrets.token_hex(32))
        return cls(folder)

    @property
    def store_url(self) -> str:
        """Where the store is."""
        return self.settings.store or f"sqlite:///{self.folder / 'store.db'}"

    @property
    def store_key(self) -> str:
        """The key of an encrypted store file; empty otherwise."""
        if not (self.settings.encrypted and self.store_url.startswith("sqlite")):
            return ""
        path = self.folder / "keys" / "store.key"
        try:
            return path.read_text(encoding="ascii").strip()
        except OSError as fault:
            raise Outside(say("The store's key can't be read: {path}", path=str(path))) from fault

    @property
    def payments_key(self) -> str:
        """What this outlet shows to the payment service; empty when it was given none."""
        path = self.folder / "keys" / "payments.key"
        return path.read_text(encoding="ascii").strip() if path.exists() else ""

    def open_store(self, clock: Clock | None = None) -> Store:
        """The store."""
        return Store(self.store_url, self.store_key, clock)


def _read(path: Path) -> Settings:
    if is_unfinished(path.parent):
        told = say("The making of the home in {folder} was broken off: make it again.", folder=str(path.parent))
        raise Outside(told)
    if not path.exists():
        raise Outside(say("There is no home in {folder}. Make one with boss init.", folder=str(path.parent)))
    try:
        return Settings.of(tomllib.loads(path.read_text(encoding="utf-8")), os.environ)
    except ValidationError as fault:
        errors = {str(e["loc"][0]): Message("{fault}", {"fault": e["msg"]}) for e in fault.errors()}
        raise BadForm(errors) from fault
    except ValueError as fault:  # what the TOML reader raises names line and column
        raise BadForm({FILE: say("{file}: {fault}", file=FILE, fault=str(fault))}) from fault


def _toml(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        str(value) if isinstance(value, (int, float)) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _private(path: Path, text: str) -> None:
    """Write a secret that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
