"""Where a printer is, as a URL; the words of before are read as well.

URL                            what it is                                word
tcp://192.168.1.50:9100        port 9100 where none is said              network:192.168.1.50:9100
serial:///dev/ttyS0?baud=9600  9600 where nothing is said                serial:/dev/ttyS0:9600
usb://04b8:0e15                vendor and product, hexadecimal           usb:04b8:0e15
file:///dev/usb/lp0            a device file, or any file, which grows;  file:/dev/usb/lp0
                               a folder takes each PDF (profile a4)
cups://OFFICE                  a queue of this machine's print service,
                               cups://server:631/OFFICE of another's
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct

from data.characters import is_digits
from data.errors import BadForm
from data.message import say

PORT, BAUD = 9100, 9600
EXAMPLES = {
    "tcp": "tcp://192.168.1.50:9100",
    "serial": "serial:///dev/ttyS0?baud=9600",
    "usb": "usb://04b8:0e15",
    "file": "file:///dev/usb/lp0",
    "cups": "cups://OFFICE",
}
_BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)
_HOST = re.compile(r"[0-9A-Za-z_](?:[0-9A-Za-z_.-]{0,252}[0-9A-Za-z_])?", re.ASCII)
_HEX = re.compile(r"[0-9A-Fa-f]{1,4}", re.ASCII)
_QUEUE = re.compile(r"[^\s/#?'\"\\-][^\s/#?'\"\\]{0,126}")


class Tcp(Struct, frozen=True):
    """A printer on the network."""

    host: str
    port: int


class Serial(Struct, frozen=True):
    """A printer on a serial line."""

    path: str
    baud: int


class Usb(Struct, frozen=True):
    """A printer by its USB vendor and product."""

    vendor: int
    product: int


class File(Struct, frozen=True):
    """A device file, or any file."""

    path: str


class Cups(Struct, frozen=True):
    """A queue of the print service; `server` empty: this machine's."""

    queue: str
    server: str


Address = Tcp | Serial | Usb | File | Cups


def can_answer(address: str) -> bool:
    """Whether a printer there could say how it is, and confirm what it printed. BadForm if it is no address."""
    return not isinstance(parsed(address), File | Cups)


class _NotOne(Exception):
    """It is of this kind, and wrong."""


def parsed(address: str) -> Address:
    """The address. BadForm beside `address` says what is wrong with it, with an example of its kind."""
    text = address.strip()
    kind, _, rest = text.partition(":")
    kind = {"network": "tcp"}.get(kind.lower(), kind.lower())
    if kind not in EXAMPLES:
        told = say(
            "Such as {examples}: {address} is not a printer's address.",
            address=text or "-",
            examples=", ".join(EXAMPLES.values()),
        )
        raise BadForm({"address": told})
    try:
        return _URLS[kind](text) if rest.startswith("//") else _WORDS[kind](rest)
    except (_NotOne, ValueError, KeyError):  # of a port, of a word that there never was
        told = say(
            "Such as {example}: {address} is not a printer's address of this kind.",
            address=text,
            example=EXAMPLES[kind],
        )
        raise BadForm({"address": told}) from None


def _tcp(text: str) -> Tcp:
    found = urlsplit(text)
    if found.path not in {"", "/"} or found.query or found.username is not None or found.netloc.endswith(":"):
        raise _NotOne
    return Tcp(_host(found.hostname or ""), _port(PORT if found.port is None else found.port))


def _host(text: str) -> str:
    """A name or an IPv4 address: the connector that is used speaks no other."""
    if not _HOST.fullmatch(text):
        raise _NotOne
    return text


def _port(number: int) -> int:
    if not 0 < number < 65536:
        raise _NotOne
    return number


def _serial(text: str) -> Serial:
    found = urlsplit(text)
    asked = parse_qs(found.query, keep_blank_values=True)
    path = unquote(found.netloc + found.path)
    if asked.keys() - {"baud"} or not path or path.endswith("/"):
        raise _NotOne
    return Serial(path, _baud(asked.get("baud", [str(BAUD)])[-1]))


def _baud(text: str) -> int:
    if not is_digits(text) or int(text) not in _BAUDS:
        raise _NotOne
    return int(text)


def _usb(text: str) -> Usb:
    vendor, _, product = urlsplit(text).netloc.partition(":")
    return _device(vendor, product)


def _device(vendor: str, product: str) -> Usb:
    if not (_HEX.fullmatch(vendor) and _HEX.fullmatch(product)):
        raise _NotOne
    return Usb(int(vendor, 16), int(product, 16))


def _file(text: str) -> File:
    found = urlsplit(text)
    path = unquote(found.path)
    if found.netloc not in {"", "localhost"} or found.query or not path.strip("/"):
        raise _NotOne
    return File(path)


def _cups(text: str) -> Cups:
    found = urlsplit(text)
    server, queue = (found.netloc, found.path.strip("/")) if found.path.strip("/") else ("", found.netloc)
    queue = unquote(queue)
    if found.query or not _QUEUE.fullmatch(queue):
        raise _NotOne
    if server:
        port = found.port
        server = _host(found.hostname or "") + (f":{_port(port)}" if port is not None else "")
    return Cups(queue, server)


def _network_word(rest: str) -> Tcp:
    host, _, port = rest.rpartition(":")
    if not is_digits(port):
        raise _NotOne
    return Tcp(_host(host), _port(int(port)))


def _serial_word(rest: str) -> Serial:
    path, _, baud = rest.rpartition(":")
    if not path:
        raise _NotOne
    return Serial(path, _baud(baud))


def _usb_word(rest: str) -> Usb:
    vendor, _, product = rest.partition(":")
    return _device(vendor, product)


def _file_word(rest: str) -> File:
    if not rest:
        raise _NotOne
    return File(rest)


_URLS: dict[str, Callable[[str], Address]] = {"tcp": _tcp, "serial": _serial, "usb": _usb, "file": _file, "cups": _cups}
_WORDS: dict[str, Callable[[str], Address]] = {
    "tcp": _network_word,
    "serial": _serial_word,
    "usb": _usb_word,
    "file": _file_word,
}
