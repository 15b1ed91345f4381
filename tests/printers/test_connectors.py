"""python-escpos is imported late, and leaves nothing on the screen and nothing on the disk (printing-facts 2.5)."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.errors import NotFound, Outside
from printers.links import UsbLink, open_link
from printers.profiles import profile

pytestmark = pytest.mark.whole  # devices, and a process

USED = """
import logging, os, sys
import printers.devices, printers.simulator, printers.escpos, printers.console
assert not any(name.split(".")[0] in {"escpos", "serial", "usb", "PIL", "yaml", "textual"} for name in sys.modules)
from data.errors import Outside
from printers.links import open_link
for address in ("network:127.0.0.1:1", "network:127.0.0.1:1", "usb:ffff:ffff", "serial:/dev/not-there:9600"):
    try:
        open_link(address, 1)
    except Outside:
        pass
assert "escpos.printer" in sys.modules
assert [type(handler) for handler in logging.getLogger().handlers] == [logging.NullHandler]
assert "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ
from escpos.capabilities import CAPABILITIES
assert CAPABILITIES["profiles"]["default"]
"""


def test_it_is_imported_late_and_leaves_no_trace(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", USED], capture_output=True, text=True, check=False, cwd=root, env=environment
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_right_library_is_installed_and_not_its_namesake() -> None:
    assert importlib.metadata.version("python-escpos") == "3.1"
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("escpos")


class FakePoint:
    bmAttributes = 2

    def __init__(self, address: int) -> None:
        self.bEndpointAddress = address


class FakeUsb:
    """A USB printer, as pyusb shows one, whose end points are not those that the library guesses."""

    class backend:
        pass

    def __init__(self, points: list[int]) -> None:
        self.points, self.written, self.waiting = points, b"", [b"\x12"]

    def set_configuration(self) -> None:
        pass

    def reset(self) -> None:
        pass

    def get_active_configuration(self) -> list[list[FakePoint]]:
        return [[FakePoint(address) for address in self.points]]

    def write(self, point: int, job: bytes, timeout: int) -> None:
        assert (point, timeout) == (0x03, 5000)
        self.written += job

    def read(self, point: int, size: int, _timeout: int) -> bytes:
        from usb.core import USBTimeoutError

        assert (point, size) == (0x84, 64)
        if not self.waiting:
            raise USBTimeoutError("silence")
        return self.waiting.pop()


def plug_in(monkeypatch: pytest.MonkeyPatch, device: FakeUsb | None) -> None:
    import usb.core
    import usb.util

    def find(**_asked: Any) -> FakeUsb | None:
        return device

    monkeypatch.setattr(usb.core, "find", find)
    monkeypatch.setattr(usb.util, "dispose_resources", lambda _device: None)


def test_a_usb_printer_is_spoken_to_at_its_own_end_points(monkeypatch: pytest.MonkeyPatch) -> None:
    device = FakeUsb([0x84, 0x03])
    plug_in(monkeypatch, device)
    link = open_link("usb:04b8:0e15", 2)
    link.send(b"job", 5)
    assert device.written == b"job"
    assert link.receive(0.1) == b"\x12"
    assert link.receive(0.1) == b""
    link.close()


def test_a_usb_printer_without_a_way_back_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, FakeUsb([0x03]))
    link = UsbLink(0x04B8, 0x0E15, 2)
    assert link.receive(0.1) == b""
    link.close()


@pytest.mark.parametrize("device", [None, FakeUsb([0x84])])
def test_what_is_no_usb_printer_cannot_be_reached(monkeypatch: pytest.MonkeyPatch, device: FakeUsb | None) -> None:
    plug_in(monkeypatch, device)
    with pytest.raises(Outside, match="cannot be reached"):
        open_link("usb:04b8:0e15", 2)


def test_a_profile_is_found_by_its_name() -> None:
    assert profile("58mm").columns == 32
    with pytest.raises(NotFound, match="80mm"):
        profile("laser")
