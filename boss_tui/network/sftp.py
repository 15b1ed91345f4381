"""A gateway behind SFTP. paramiko is loaded when the first file is carried, so that start-up does not pay for it.

Not a general client: one connection, made when it is needed, thrown away after any fault.
"""

from __future__ import annotations

import contextlib
import posixpath
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from boss_tui.network.gateway import FOLDERS, LARGEST, Gateway, too_large
from data.errors import Outside
from data.message import say

if TYPE_CHECKING:
    import paramiko


class SftpGateway(Gateway):
    """A gateway on another machine.

    Attributes:
        host, port, user: where, and as whom.
        path: the folder there that holds outbox and inbox.
        password, key: a password, or the file of a private key (`password` then opens it).
        host_key: the other machine's public key as `ssh-ed25519 AAAA…`; empty: the one in the user's known_hosts. A
            machine whose key is not known is refused: commands carry subscribers' keys.
        seconds: how long to wait for the other end.
    """

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        path: str,
        *,
        password: str = "",
        key: Path | None = None,
        host_key: str = "",
        seconds: float = 30,
    ) -> None:
        self.host, self.port, self.user, self.path = host, port, user, path
        self.password, self.key, self.host_key, self.seconds = password, key, host_key, seconds
        self._client: paramiko.SSHClient | None = None
        self._sftp: paramiko.SFTPClient | None = None

    def close(self) -> None:
        """End the connection; the next use makes a new one."""
        if self._client is not None:
            self._client.close()
        self._client = self._sftp = None

    @contextlib.contextmanager
    def _link(self) -> Iterator[paramiko.SFTPClient]:
        """The connection. Any fault within becomes Outside, and the connection is thrown away."""
        import paramiko

        try:
            if self._sftp is None:
                self._sftp = self._connected()
            yield self._sftp
        except (OSError, EOFError, paramiko.SSHException, ValueError) as fault:
            self.close()
            why = str(fault) or type(fault).__name__
            raise Outside(say("The gateway {host} can't be used: {fault}", host=self.host, fault=why)) from fault

    def _connected(self) -> paramiko.SFTPClient:
        import paramiko

        client = self._client = paramiko.SSHClient()
        self._trust(client)
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        client.connect(
            self.host,
            self.port,
            self.user,
            password=self.password or None,
            key_filename=str(self.key) if self.key else None,
            passphrase=self.password or None,
            timeout=self.seconds,
            banner_timeout=self.seconds,
            auth_timeout=self.seconds,
            allow_agent=False,
            look_for_keys=False,
        )
        sftp = client.open_sftp()
        sftp.get_channel().settimeout(self.seconds)  # type: ignore[union-attr]  # what is open has one
        for folder in FOLDERS:
            self._make(sftp, posixpath.join(self.path, folder))
        return sftp

    def _trust(self, client: paramiko.SSHClient) -> None:
        import paramiko

        if not self.host_key:
            client.load_system_host_keys()
            return
        name = self.host if self.port == 22 else f"[{self.host}]:{self.port}"
        line = paramiko.hostkeys.HostKeyEntry.from_line(f"{name} {self.host_key}")
        if line is None or line.key is None:
            raise Outside(say("The host key of {host} can't be read.", host=self.host))
        client.get_host_keys().add(name, line.key.get_name(), line.key)

    @staticmethod
    def _make(sftp: paramiko.SFTPClient, folder: str) -> None:
        try:
            sftp.stat(folder)
        except FileNotFoundError:
            sftp.mkdir(folder)

    def _at(self, folder: str, name: str) -> str:
        return posixpath.join(self.path, folder, name)

    def _list(self, folder: str) -> frozenset[str]:
        with self._link() as sftp:
            found = sftp.listdir_attr(posixpath.join(self.path, folder))
            return frozenset(one.filename for one in found if stat.S_ISREG(one.st_mode or 0))

    def _read(self, folder: str, name: str) -> bytes:
        with self._link() as sftp, sftp.open(self._at(folder, name), "rb") as file:
            size = file.stat().st_size or 0
            if size > LARGEST:
                raise too_large(name)
            file.prefetch(size)
            return file.read()

    def _write(self, folder: str, name: str, content: bytes) -> None:
        """Under a hidden name first, then renamed. SFTP does not promise that bytes reached the disk before the rename;
        should the other machine lose its power just then, the missing trailer shows it."""
        with self._link() as sftp:
            part = self._at(folder, f".{name}.part")
            with sftp.open(part, "wb") as file:
                file.set_pipelined(True)
                file.write(content)
            if sftp.stat(part).st_size != len(content):
                raise OSError(f"{part} arrived with another length")
            self._rename(sftp, part, self._at(folder, name))

    def _move(self, folder: str, name: str, to: str, new_name: str) -> None:
        with self._link() as sftp:
            self._rename(sftp, self._at(folder, name), self._at(to, new_name))

    @staticmethod
    def _rename(sftp: paramiko.SFTPClient, old: str, new: str) -> None:
        """Rename over what may be there; servers without that extension only rename where nothing is."""
        try:
            sftp.posix_rename(old, new)
        except FileNotFoundError:
            raise
        except OSError:
            sftp.rename(old, new)
