"""The simulated printer's socket: one connection at a time, the others wait, as at real network printers.

It carries bytes and knows nothing about printing.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

Reply = Callable[[bytes], None]
"""Sends an answer to whom the question came from; if they are gone, it is lost."""


class Listener:
    """Listens on TCP and hands what comes to `receive(bytes, reply)`, from a thread of its own."""

    def __init__(self, host: str, port: int, receive: Callable[[bytes, Reply], None]) -> None:
        self.host, self.port = host, port
        self._receive = receive
        self._server: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Listen; with port 0 on any free port, which `port` then tells. OSError if the port is taken."""
        if self._server:
            return
        self._server = socket.create_server((self.host, self.port))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, args=(self._server,), name="printer's socket", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more and break the connection."""
        with self._lock:
            server, self._server = self._server, None
            for each in (server, self._connection):
                if each:
                    with contextlib.suppress(OSError):  # it may have closed by itself
                        each.shutdown(socket.SHUT_RDWR)
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()
        if server:
            server.close()

    def _serve(self, server: socket.socket) -> None:
        while self._server is server:
            try:
                connection, _peer = server.accept()
            except OSError:
                return  # closed
            with connection:
                self._converse(server, connection)

    def _converse(self, server: socket.socket, connection: socket.socket) -> None:
        def reply(answer: bytes) -> None:
            with contextlib.suppress(OSError):
                connection.sendall(answer)

        with self._lock:
            if self._server is not server:
                return
            self._connection = connection
        with contextlib.suppress(ConnectionError, OSError):
            while received := connection.recv(4096):
                self._receive(received, reply)
        with self._lock:
            self._connection = None
