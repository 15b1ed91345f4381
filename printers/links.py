"""A wire to a printer, named by an address (`printers.addresses`): bytes out, bytes in, silence told apart from an end.

It knows nothing of printing: `printers.devices` has the conversation.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import stat
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any, Protocol

from data.errors import Outside, reason_of
from data.message import Message, say
from printers.addresses import Address, Cups, File, Serial, Tcp, Usb, parsed
from printers.connectors import connectors

PDF = b"%PDF"


class Untaken(OSError):
    """Not a byte of what was sent was taken: it may be sent again. `why`: what a person should know or do."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


class Link(Protocol):
    """An open wire. Every method raises OSError (TimeoutError, ConnectionError, …) when the wire fails. `answers`:
    whether anything ever comes back on it."""

    answers: bool

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

    answers = True

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

    answers = True

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

    answers = True

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

    answers = False

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o666)

    def send(self, job: bytes, seconds: float) -> None:
        """Written through; a file that grows takes no PDF, which would be none any more. A device that takes nothing
        any more, as one without paper does, is not waited for longer than this since it took something."""
        if job.startswith(PDF) and stat.S_ISREG(os.fstat(self._file).st_mode):
            raise Untaken(say("A PDF needs a folder to be written into (file:///folder), or a queue (cups://QUEUE)."))
        rest = memoryview(job)
        while rest:
            if not select.select((), (self._file,), (), seconds)[1]:
                raise TimeoutError if len(rest) < len(job) else Untaken(say("The printer takes no data."))
            rest = rest[os.write(self._file, rest) :]

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 (there is nothing to wait for)
        """Nothing, ever."""
        return b""

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class FolderLink:
    """A folder that takes each PDF as a file of its own, named by the time."""

    answers = False

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def send(self, job: bytes, seconds: float) -> None:  # noqa: ARG002 (a disk is not waited for)
        """Written whole, under a name of its own, or not at all."""
        if not job.startswith(PDF):
            raise Untaken(say("{path} is a folder, and takes PDFs alone (profile a4).", path=str(self._path)))
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}.pdf"
        new = self._path / f".{name}.new"
        try:
            new.write_bytes(job)
            new.replace(self._path / name)
        except OSError as fault:
            with contextlib.suppress(OSError):
                new.unlink()
            raise Untaken(say("{path}: {fault}", path=str(self._path), fault=reason_of(fault))) from fault

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 (there is nothing to wait for)
        """Nothing, ever."""
        return b""

    def close(self) -> None:
        """There is nothing to let go of."""


class CupsLink:
    """A queue of the print service, through its own command `lp`: it takes a job whole, or says why not. What is no PDF
    goes through it raw, to a printer of rolls. What becomes of the job in the queue, nobody here hears."""

    answers = False

    def __init__(self, queue: str, server: str) -> None:
        lp = shutil.which("lp")
        if lp is None:
            raise Outside(say("This machine has no `lp` command: install CUPS (cups-client), or give another address."))
        self._command = [lp, *(("-h", server) if server else ()), "-d", queue, "-t", "boss"]

    def send(self, job: bytes, seconds: float) -> None:
        """Handed over, unless the service says no to it."""
        try:
            how = ("-o", "media=A4" if job.startswith(PDF) else "raw")
            done = subprocess.run([*self._command, *how], input=job, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired as fault:
            raise TimeoutError from fault
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().removeprefix("lp: ") or f"lp {done.returncode}"
            raise Untaken(say("The print service does not take it: {fault}", fault=said))

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 (there is nothing to wait for)
        """Nothing, ever."""
        return b""

    def close(self) -> None:
        """There is nothing to let go of."""


def _open(address: Address, seconds: float) -> Link:
    match address:
        case Tcp(host, port):
            return NetworkLink(host, port, seconds)
        case Serial(path, baud):
            return SerialLink(path, baud, seconds)
        case Usb(vendor, product):
            return UsbLink(vendor, product, seconds)
        case File(path):
            return FolderLink(path) if os.path.isdir(path) else FileLink(path)
        case Cups(queue, server):
            return CupsLink(queue, server)


def check_address(address: str) -> None:
    """BadForm if it is not an address; whether a printer is there is not asked."""
    parsed(address)


def open_link(address: str, seconds: float) -> Link:
    """Connect. BadForm if it is not an address; Outside if nobody is there within the seconds."""
    at = parsed(address)
    try:
        return _open(at, seconds)
    except _failures(at) as fault:
        raise Outside(_unreachable(address, fault)) from fault


def _failures(address: Address) -> tuple[type[Exception], ...]:
    """What connecting raises: OSError; python-escpos's own; and without libusb, pyusb's, which is a ValueError."""
    if isinstance(address, File | Cups):  # nothing of the library is loaded for them
        return (OSError,)
    from usb.core import NoBackendError

    connectors()
    import escpos.exceptions

    library: Any = escpos.exceptions.Error
    return (OSError, NoBackendError, library)


def _unreachable(address: str, fault: Exception) -> Message:
    cause = fault.__context__ or fault  # python-escpos wraps the real reason
    return say("The printer at {address} cannot be reached: {fault}", address=address, fault=str(cause) or repr(cause))
