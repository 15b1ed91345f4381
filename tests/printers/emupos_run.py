"""Runs in a Python of its own (3.13 and later) that has emupos: prints jobs on its simulated printer.

Standard input: JSON, a list of {"dots": …, "job": hexadecimal}. Standard output: for each, what came out.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from emupos.config import PrinterProfile
from emupos.printer.printer import Printer


def profile(dots: int) -> PrinterProfile:
    """A printer that hands Chinese bytes through, since its code page maps each byte to itself."""
    return PrinterProfile.model_validate(
        {
            "type": "printer",
            "name": "GBK",
            "dpi": 203,
            "width_dots": dots,
            "font_a": {"width": 12, "height": 24},
            "font_b": {"width": 9, "height": 17},
            "code_pages": {0: "latin-1"},
            "default_code_page": 0,
            "drawer_sensor_open_level": "high",
            "serial": {"baud": 9600, "data_bits": 8, "parity": "none", "stop_bits": 1},
        }
    )


def printed(dots: int, job: bytes) -> dict[str, Any]:
    """What the printer says, shows and does."""
    printer = Printer("p", profile(dots), sensor_open_level="high", job_idle_timeout_ms=2000)
    out = printer.open_connection("c", 0.0) + printer.receive("c", job, 0.1) + printer.close_connection("c", 0.2)
    return {
        "receipts": [
            {
                "text": receipt.text.encode("latin-1").decode("gbk"),
                "boundary": str(receipt.boundary),
                "png": base64.b64encode(receipt.png).decode(),
            }
            for receipt in out.receipts
        ],
        "events": [str(event.type) for event in out.events],
        "answers": b"".join(write.data for write in out.writes).hex(),
    }


if __name__ == "__main__":
    json.dump([printed(each["dots"], bytes.fromhex(each["job"])) for each in json.load(sys.stdin)], sys.stdout)
