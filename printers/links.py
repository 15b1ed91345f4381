"""A wire to a printer, named by an address: bytes out, bytes in, silence told apart from an end.

    network:HOST:PORT   serial:/dev/ttyS0:9600   usb:VID:PID (hexadecimal)   file:PATH (a device file, or any file)

It knows nothing of printing: `printers.devices` has the conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from data.errors import BadForm, Outside
from data.message import Message, say
from printers.connectors import connectors


class Link(Protocol):
    """An open wire. Every method raises OSError (TimeoutError, ConnectionError, …) when the wire fails."""

    def send(self, job: bytes, seconds: float) -> None:
        """Hand over all the bytes; TimeoutError if the printer does not take them in time."""
        ...

    def receive(self, seconds: float) -> bytes:
        """What came; empty after so many seconds of silence. ConnectionError at the end of the wire."""
        ...

    def close(self) -> None:
        """Let go of the wire."""
        ...


class NetworkLink:
    """A TCP connection, through python-escpos."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._printer = connectors().Network(host, port, timeout=seconds)
        self._printer.open()

    def send(self, job: bytes, seconds: float) -> None:
        """One sendall."""
        self._printer.device.settimeout(seconds)
        self._printer._raw(job)

    def receive(self, seconds: float) -> bytes:
        """At most 16 bytes."""
        self._printer.device.settimeout(seconds)
        try:
            received: bytes = self._printer._read()
        except TimeoutError:
            return b""
        if not received:
            raise ConnectionResetError("the printer closed the connection")
        return received

    def close(self) -> None:
        """Close the connection."""
        self._printer.close()


class SerialLink:
    """A serial line, through python-escpos, whose own read would always wait the whole time."""

    def __init__(self, path: str, baud: int, seconds: float) -> None:
        self._printer = connectors().Serial(path, baudrate=baud, timeout=seconds)
        self._printer.open()

    def send(self, job: bytes, seconds: float) -> None:
        """Written and drained."""
        self._printer.device.write_timeout = seconds
        self._printer._raw(job)

    def receive(self, seconds: float) -> bytes:
        """One byte, or what waits behind it."""
        port = self._printer.device
        port.timeout = seconds
        received: bytes = port.read(1)
        return received + port.read(port.in_waiting) if received else b""

    def close(self) -> None:
        """Close the line."""
        self._printer.close()


class UsbLink:
    """A USB printer, through python-escpos, with the end points that the device itself names (clones differ)."""

    def __init__(self, vendor: int, product: int, seconds: float) -> None:
        self._printer = connectors().Usb(vendor, product, timeout=int(seconds * 1000))
        self._printer.open()
        try:
            self._can_read = self._find_end_points()
        except OSError:
            self.close()
            raise

    def send(self, job: bytes, seconds: float) -> None:
        """One bulk transfer."""
        self._printer.timeout = max(1, int(seconds * 1000))
        self._printer._raw(job)

    def receive(self, seconds: float) -> bytes:
        """At most 64 bytes."""
        if not self._can_read:
            return b""
        from usb.core import USBTimeoutError

        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, max(1, int(seconds * 1000))))
        except USBTimeoutError:
            return b""

    def close(self) -> None:
        """Release the interface."""
        self._printer.close()

    def _find_end_points(self) -> bool:
        bulk = 2
        points = [
            point
            for interface in self._printer.device.get_active_configuration()
            for point in interface
            if point.bmAttributes & 3 == bulk
        ]
        outward = next((p.bEndpointAddress for p in points if not p.bEndpointAddress & 0x80), None)
        inward = next((p.bEndpointAddress for p in points if p.bEndpointAddress & 0x80), None)
        if outward is None:
            raise OSError("the USB device has no end point to write to")
        self._printer.out_ep, self._printer.in_ep = outward, inward
        return inward is not None


class FileLink:
    """A device file such as /dev/usb/lp0, or any file, which grows. It gives no answers."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("ab", buffering=0)  # noqa: SIM115 (close() closes it)

    def send(self, job: bytes, seconds: float) -> None:  # noqa: ARG002 (a device file knows no time-out)
        """Written through; waits for ever if the device does."""
        rest = memoryview(job)
        while rest:
            rest = rest[self._file.write(rest) :]

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 (there is nothing to wait for)
        """Nothing, ever."""
        return b""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _opener(address: str) -> Callable[[float], Link]:
    kind, _, rest = address.partition(":")
    match kind, rest.rpartition(":"):
        case "network", (host, _, port) if host and port.isdigit() and 0 < int(port) < 65536:
            return lambda seconds: NetworkLink(host, int(port), seconds)
        case "serial", (path, _, baud) if path and baud.isdigit():
            return lambda seconds: SerialLink(path, int(baud), seconds)
        case "usb", (vendor, _, product) if _hexadecimal(vendor) and _hexadecimal(product):
            return lambda seconds: UsbLink(int(vendor, 16), int(product, 16), seconds)
        case "file", _ if rest:
            return lambda _seconds: FileLink(rest)
    wrong = say(
        "{address} is not a printer's address. Examples: network:192.168.1.50:9100, serial:/dev/ttyS0:9600, "
        "usb:04b8:0e15, file:/dev/usb/lp0",
        address=address,
    )
    raise BadForm({"address": wrong})


def _hexadecimal(text: str) -> bool:
    return 0 < len(text) <= 4 and all(c in "0123456789abcdefABCDEF" for c in text)


def check_address(address: str) -> None:
    """BadForm if it is not an address; whether a printer is there is not asked."""
    _opener(address)


def open_link(address: str, seconds: float) -> Link:
    """Connect. BadForm if it is not an address; Outside if nobody is there within the seconds."""
    opener = _opener(address)
    try:
        return opener(seconds)
    except _failures() as fault:
        raise Outside(_unreachable(address, fault)) from fault


def _failures() -> tuple[type[Exception], ...]:
    """What connecting raises: OSError; python-escpos's own; and without libusb, pyusb's, which is a ValueError."""
    from usb.core import NoBackendError

    connectors()
    import escpos.exceptions

    library: Any = escpos.exceptions.Error
    return (OSError, NoBackendError, library)


def _unreachable(address: str, fault: Exception) -> Message:
    cause = fault.__context__ or fault  # python-escpos wraps the real reason
    return say("The printer at {address} cannot be reached: {fault}", address=address, fault=str(cause) or repr(cause))
