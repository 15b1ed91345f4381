"""The printers of the desk in memory: two of them, two counters, and what was asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from boss_tui.answers.hall import LogoView
from boss_tui.desk.printers import PrinterLine
from data.errors import BadForm, NotFound
from data.message import Message, say
from data.tables.printing import ANY
from printers.routes import KINDS, OF_HALL, SET, Place

P58 = PrinterLine("P58", "tcp://192.168.1.58:9100", "58mm", "receipt,slip", "active", "", "never", 0, 0, False, "")
P80 = PrinterLine(
    "P80",
    "tcp://192.168.1.80:9100",
    "80mm",
    ",".join(KINDS),
    "active",
    "P58",
    "ask",
    3,
    0,
    True,
    "2026-11-23T06:05:00.000000Z",
)


class FakePrinters:
    """What the printers' screen needs of the desk."""

    def __init__(self) -> None:
        self.hall = {"P58": P58, "P80": P80}
        self.routes = {(ANY, ANY): "P80", ("02", "receipt"): "P58"}
        self.logo_set: LogoView | None = None
        self.asked_of_printers: list[tuple[object, ...]] = []
        self.changes: Sequence[Message] = (say("{kind} is moved.", kind="Receipt"),)

    def lines(self) -> Sequence[PrinterLine]:
        return list(self.hall.values())

    def places(self) -> Sequence[Place]:
        kinds = [(ANY, ANY), *((counter, kind) for counter in (ANY, "01", "02") for kind in KINDS)]
        return [
            Place(*at, self.routes.get(at, "P80"), at in self.routes, SET if at in self.routes else OF_HALL)
            for at in kinds
        ]

    def set_route(self, counter: str, kind: str, printer: str) -> Sequence[Message]:
        self.asked_of_printers.append(("route", counter, kind, printer))
        if printer:
            self.routes[counter, kind] = printer
        else:
            del self.routes[counter, kind]
        return self.changes

    def set_up(self, code: str, values: Mapping[str, str]) -> Sequence[Message]:
        self.asked_of_printers.append(("set", code, dict(values)))
        if values.get("address") == "nowhere":
            raise BadForm({"address": say("{address} is no address.", address="nowhere")})
        if values.get("profile") == "90mm":
            raise NotFound(say("There is no printer profile {name}.", name="90mm"), field="profile")
        self.hall[code] = replace(self.hall.get(code, replace(P58, code=code)), **dict[str, Any](values))
        return self.changes

    def remove(self, code: str, to: str = "") -> Sequence[Message]:
        self.asked_of_printers.append(("remove", code, to))
        del self.hall[code]
        return self.changes

    def logo(self) -> LogoView | None:
        return self.logo_set

    def set_logo(self, path: str, kinds: str = "") -> LogoView:
        self.asked_of_printers.append(("logo", path, kinds))
        if not path.endswith(".png"):
            raise BadForm({"picture": say("This is no PNG picture.")})
        self.logo_set = LogoView(1, tuple(kinds.split(",")) if kinds else ("receipt",), "9001", "")
        return self.logo_set

    def put_logo_away(self) -> None:
        self.logo_set = None

    def test(self, code: str) -> None:
        self.asked_of_printers.append(("test", code))
