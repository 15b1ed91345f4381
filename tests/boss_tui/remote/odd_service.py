"""A service that answers as a test says: over a real socket, with TLS where that is asked for."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

Behaviour = Callable[[socket.socket, bytes], None]
"""What is done with a connection, once so much of a request has come."""


class OddService:
    """Listens on a port of its own; `behaviours` are used up one for each connection, the last again and again.
    `seen`: the requests, as they came."""

    def __init__(self, *behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[bytes] = []
        self._behaviours, self._tls = list(behaviours), tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(plain,), daemon=True).start()

    def _talk(self, plain: socket.socket) -> None:
        try:
            with self._tls.wrap_socket(plain, server_side=True) if self._tls else plain as talk:
                while request := _request(talk):
                    self.seen.append(request)
                    behave = self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]
                    behave(talk, request)
        except OSError:  # the other side does not like what it got, or went away
            return

    def close(self) -> None:
        """Listen no more."""
        self._listening.shutdown(socket.SHUT_RDWR)  # or who waits for the next connection would still take it
        self._listening.close()


def _request(talk: socket.socket) -> bytes:
    whole = b""
    while b"\r\n\r\n" not in whole:
        part = talk.recv(65_536)
        if not part:
            return b""
        whole += part
    head, _, body = whole.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += talk.recv(65_536)
    return head + b"\r\n\r\n" + body


def says(body: str, status: str = "200 OK", more: str = "") -> Behaviour:
    """Answer so, and keep the connection."""
    data = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\n{more}\r\n".encode()
    return lambda talk, _: talk.sendall(head + data)


def hangs_up(talk: socket.socket, _: bytes) -> None:
    """Answer nothing, and close the connection: the reply is lost."""
    talk.shutdown(socket.SHUT_RDWR)


def is_silent(until: threading.Event) -> Behaviour:
    """Answer nothing, and keep the connection."""

    def behave(_: socket.socket, __: bytes) -> None:
        until.wait(20)

    return behave


def dribbles(until: threading.Event, pause: float) -> Behaviour:
    """A byte of a long answer from time to time, until nobody takes it any more."""

    def behave(talk: socket.socket, _: bytes) -> None:
        talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not until.wait(pause):
            talk.sendall(b" ")

    return behave


@contextmanager
def odd(*behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[OddService]:
    """Such a service, while the block runs."""
    service = OddService(*behaviours, tls=tls)
    try:
        yield service
    finally:
        service.close()


def certified(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, str]:
    """What a service of that name proves itself by, and the certificate (PEM) by which it is known."""
    from ipaddress import ip_address

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / f"{name}.pem"
    file.write_bytes(pem + own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, pem.decode()
