"""Where a service may be: behind TLS, or on this machine, where nobody listens in."""

from __future__ import annotations

from urllib.parse import urlsplit

from data.message import Message, say

HERE = ("127.0.0.1", "localhost", "::1")
SIMULATED = "simulated:"
"""The address of the services that ship simulated, and run with a demonstration: at another port each time."""


_NONE = say("This is no address: https://host, perhaps with a port and a path.")


def fault_in(address: str) -> Message | None:
    """What is wrong with an address; None: it can be asked there. What travels is about people (PIPL 51): only the
    machine itself is asked without TLS."""
    if address == SIMULATED:
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return _NONE
    faults = (
        (parts.scheme not in ("http", "https") or not host or any(char.isspace() for char in address), _NONE),
        ("@" in parts.netloc, say("No name and password here: the secret is kept apart.")),
        (parts.query or parts.fragment, say("No ? and # here.")),
        (
            parts.scheme == "http" and host not in HERE,
            say("https: what is asked is about people, and others could read it on the way."),
        ),
    )
    return next((told for is_so, told in faults if is_so), None)


def certified(address: str) -> bool:
    """Whether who is behind an address must prove it by a certificate: always, but over plain HTTP,
    where reading the authorities that are trusted would cost more than the question."""
    return address.partition(":")[0].lower() != "http"
