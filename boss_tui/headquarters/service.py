"""Headquarters' service as a running server: in a thread for a demonstration or a test, or in the front."""

from __future__ import annotations

import socket
import threading
from types import TracebackType

import uvicorn

from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.office import Office
from boss_tui.sync.keys import DeviceKey
from data.errors import Outside, reason_of
from data.message import say
from data.store import Store


def _configured(store: Store, key: DeviceKey) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(Office(store, key)),
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        server_header=False,
    )


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket. Outside when the port is taken."""
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as fault:
        raise Outside(
            say(
                "Port {port} of {host} can't be served: {fault}",
                port=port,
                host=host,
                fault=reason_of(fault),
            )
        ) from fault


class Running:
    """The service in a thread of its own, from `start` to `stop`. Port 0 takes any free one."""

    def __init__(self, store: Store, key: DeviceKey, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = uvicorn.Server(_configured(store, key))
        self._host, self._port = host, port
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    @property
    def port(self) -> int:
        """On which it listens; 0 before it does, where any free one is taken."""
        return self._port

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://{self._host}:{self._port}"

    def start(self) -> Running:
        """Begin to listen: connections are taken from now on. Outside when the port is taken."""
        self._socket = _listen(self._host, self._port)
        self._port = self._socket.getsockname()[1]
        sockets = [self._socket]
        self._thread = threading.Thread(target=self._server.run, args=(sockets,), name="headquarters", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End it, after the requests that are being answered."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
        if self._socket is not None:
            self._socket.close()

    def __enter__(self) -> Running:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(store: Store, key: DeviceKey, host: str, port: int) -> None:
    """Serve in the front until the process is told to stop. Outside when the port is taken."""
    listening = _listen(host, port)
    try:
        uvicorn.Server(_configured(store, key)).run([listening])
    finally:
        listening.close()
