"""Runs in a Python of its own (3.13 and later) that has emupos: its simulated printer behind a TCP port.

Standard output: the port, then `done` after each command. Standard input: commands: `set FAULT`, `clear FAULT`,
`receipts` (answers with their number). It ends with its input.
"""

from __future__ import annotations

import socket
import sys
import threading

from emupos.printer.printer import Printer, PrinterFault, PrinterOutput
from emupos_run import profile  # type: ignore[import-not-found]  # the script beside this one

LOCK = threading.Lock()
WIRES: dict[str, socket.socket] = {}
PRINTER = Printer("p", profile(576), sensor_open_level="high", job_idle_timeout_ms=2000)
receipts = 0


def put_out(out: PrinterOutput) -> None:
    """Send its answers and count its receipts."""
    global receipts  # noqa: PLW0603 (a script of one printer)
    receipts += len(out.receipts)
    for write in out.writes:
        if write.connection in WIRES:
            WIRES[write.connection].sendall(write.data)


def converse(name: str, wire: socket.socket) -> None:
    """One connection, from its beginning to its end."""
    with wire:
        with LOCK:
            WIRES[name] = wire
            put_out(PRINTER.open_connection(name, 0.0))
        while data := wire.recv(4096):
            with LOCK:
                put_out(PRINTER.receive(name, data, 0.1))
        with LOCK:
            del WIRES[name]
            put_out(PRINTER.close_connection(name, 0.2))


def serve(server: socket.socket) -> None:
    """One connection after the other."""
    for number in range(sys.maxsize):
        converse(str(number), server.accept()[0])


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listening,), daemon=True).start()
    print(listening.getsockname()[1], flush=True)
    for line in sys.stdin:
        word, _, fault = line.strip().partition(" ")
        with LOCK:
            if word != "receipts":
                put_out(PRINTER.set_fault(PrinterFault(fault), word == "set", 0.3))
            print(receipts if word == "receipts" else "done", flush=True)
