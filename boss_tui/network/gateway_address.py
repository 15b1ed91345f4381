"""The gateway that stands at an element's address: a folder, or another machine's behind SFTP."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from boss_tui.network.gateway import FolderGateway, Gateway
from data.errors import NotAllowed
from data.message import say


def open_gateway(address: str, home: Path, secret: str = "") -> Gateway:
    """The gateway of an element's address: `folder:PATH`, relative to the home folder, or
    `sftp://USER@HOST[:PORT]/PATH?key=FILE&host_key=…` (key relative to the home folder). `secret`: the password there,
    or of the key (`network.gateway_secrets`).

    NotAllowed (`gateway`): no such kind of place; or the address, which everybody reads, holds a password.
    """
    if address.startswith("folder:") and len(address) > len("folder:"):
        path = Path(address.removeprefix("folder:"))
        if ".." in path.parts:
            raise NotAllowed(say("A gateway's folder is named without '..'."), field="gateway")
        return FolderGateway(home / path)
    try:
        parts = urlsplit(address)
        port = parts.port or 22
    except ValueError as fault:
        raise NotAllowed(say("This is no address of a gateway: {fault}", fault=str(fault)), field="gateway") from fault
    if parts.scheme != "sftp" or not parts.hostname or not parts.username:
        raise NotAllowed(say("A gateway's address is folder:PATH or sftp://USER@HOST/PATH."), field="gateway")
    if parts.password is not None:
        told = say("No password stands in an address: boss network secret keeps it, at each outlet.")
        raise NotAllowed(told, field="gateway")
    from boss_tui.network.sftp import SftpGateway

    more = dict(parse_qsl(parts.query.replace("+", "%2B")))  # a plus sign is a letter of a host key
    key = home / more["key"] if "key" in more else None
    return SftpGateway(
        parts.hostname,
        port,
        unquote(parts.username),
        unquote(parts.path) or "/",
        password=secret,
        key=key,
        host_key=more.get("host_key", ""),
    )
