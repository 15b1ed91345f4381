"""A real SFTP server on loopback over paramiko, serving one folder: the far end of the tests of `SftpGateway`."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import paramiko
from paramiko import SFTPAttributes, SFTPHandle, SFTPServer, SFTPServerInterface


class _Login(paramiko.ServerInterface):
    def __init__(self, password: str) -> None:
        self.password = password

    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == ("boss", self.password)
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED  # type: ignore[attr-defined,no-any-return]

    def get_allowed_auths(self, _username: str) -> str:
        return "password"

    def check_channel_request(self, _kind: str, _chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED  # type: ignore[attr-defined,no-any-return]


class _Files(SFTPServerInterface):
    root: Path

    def __init__(self, server: paramiko.ServerInterface, root: Path) -> None:
        super().__init__(server)
        self.root = root

    def _at(self, path: str) -> Path:
        return self.root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str) -> list[SFTPAttributes] | int:
        try:
            return [SFTPAttributes.from_stat(one.stat(), one.name) for one in self._at(path).iterdir()]
        except OSError as fault:
            return SFTPServer.convert_errno(fault.errno or 0)

    def stat(self, path: str) -> SFTPAttributes | int:
        try:
            return SFTPAttributes.from_stat(self._at(path).stat())
        except OSError as fault:
            return SFTPServer.convert_errno(fault.errno or 0)

    def open(self, path: str, flags: int, _attr: SFTPAttributes) -> SFTPHandle | int:
        try:
            file = os.fdopen(os.open(self._at(path), flags, 0o600), "wb" if flags & os.O_WRONLY else "rb")
        except OSError as fault:
            return SFTPServer.convert_errno(fault.errno or 0)
        handle = _Handle(flags)
        handle.filename = str(self._at(path))  # type: ignore[attr-defined]
        handle.readfile = handle.writefile = file  # type: ignore[attr-defined]
        return handle

    def mkdir(self, path: str, _attr: SFTPAttributes) -> int:
        self._at(path).mkdir()
        return paramiko.SFTP_OK  # type: ignore[attr-defined,no-any-return]

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._at(newpath).exists():
            return paramiko.SFTP_FAILURE  # type: ignore[attr-defined,no-any-return]
        self._at(oldpath).rename(self._at(newpath))
        return paramiko.SFTP_OK  # type: ignore[attr-defined,no-any-return]

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        self._at(oldpath).replace(self._at(newpath))
        return paramiko.SFTP_OK  # type: ignore[attr-defined,no-any-return]


class _Handle(SFTPHandle):
    def stat(self) -> SFTPAttributes:
        return SFTPAttributes.from_stat(os.stat(self.filename))  # type: ignore[attr-defined]


class LoopbackSftp:
    """The server: `port`, `host_key` as a known_hosts line has it, and `close`."""

    def __init__(self, root: Path, password: str = "secret") -> None:
        self.root, self.password = root, password
        self._key = paramiko.ECDSAKey.generate()
        self.host_key = f"{self._key.get_name()} {self._key.get_base64()}"
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._transports: list[paramiko.Transport] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            transport = paramiko.Transport(link)
            transport.add_server_key(self._key)
            transport.set_subsystem_handler("sftp", SFTPServer, _Files, self.root)
            self._transports.append(transport)
            try:
                transport.start_server(server=_Login(self.password))
            except (EOFError, OSError, paramiko.SSHException):
                transport.close()  # a client that refused our key, or left

    def hang_up(self) -> None:
        """Cut every connection; new ones are taken."""
        for transport in self._transports:
            transport.close()

    def close(self) -> None:
        """Stop for good."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.hang_up()
