"""What travels: bytes that are signed, JSON packed with zstd, and their limits. Both sides use this, and carried files.

A request is signed over its method, its target (path and query) and its body, so that the same batch and signature
also hold on a stick. An answer is signed over its status, the target, the request's nonce and its body, so that an old
answer can't be passed off as a new one.
"""

from __future__ import annotations

import io
import json
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, ValidationError

from data.journal import canonical

SIGNATURE = "X-Boss-Signature"
NONCE = "X-Boss-Nonce"
BATCH_BYTES = 256_000
"""A batch's size on the wire, at most, unless a single entry is larger."""
TAKEN_BYTES = 4_000_000
"""What either side takes from the other on the wire, at most."""
UNPACKED_BYTES = 64_000_000
"""What a packed body may grow to, at most."""


class Rubbish(ValueError):
    """What arrived is not what it should be: no zstd, no JSON, wrong types, too large."""


class Shape(BaseModel):
    """The base of all that travels: exact types, nothing beside."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


S = TypeVar("S", bound=BaseModel)


def target(outlet: str, what: str) -> str:
    """The target of a request about an outlet, as it is asked for and signed; a batch's also on a stick."""
    return f"/v1/outlets/{quote(outlet, safe='')}/{what}"


def request_text(method: str, target: str, body: bytes) -> bytes:
    """The bytes that a request's signature is over."""
    return f"boss-sync-1\nask\n{method} {target}\n".encode() + body


def answer_text(status: int, target: str, nonce: str, body: bytes) -> bytes:
    """The bytes that an answer's signature is over."""
    return f"boss-sync-1\nanswer\n{status} {target} {nonce}\n".encode() + body


def receipt_text(receipt: dict[str, Any]) -> bytes:
    """The bytes that a receipt's signature is over: who, epoch, next sequence, head, what is durable."""
    return f"boss-sync-1\nreceipt\n{canonical(receipt)}".encode()


def pack(content: Any) -> bytes:
    """JSON in its canonical form, packed with zstd."""
    import zstandard  # with the first batch, here as below: what has no headquarters packs none

    return zstandard.ZstdCompressor(level=3).compress(canonical(content).encode())


def unpack(packed: bytes, limit: int = UNPACKED_BYTES) -> bytes:
    """What `pack` packed, as bytes. Rubbish when it is not, or grows over the limit."""
    import zstandard

    try:
        reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(io.BytesIO(packed))
        content: bytes = reader.read(limit + 1)
    except zstandard.ZstdError as fault:
        raise Rubbish(f"not packed: {fault}") from fault
    if len(content) > limit:
        raise Rubbish("too large")
    return content


def read(shape: type[S], content: bytes) -> S:
    """A body as the shape that it must have. Rubbish when it is not JSON, or not of this shape."""
    try:
        return shape.model_validate_json(content)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Rubbish(f"{where or 'body'}: {first['msg']}") from fault
    except (ValueError, RecursionError) as fault:
        raise Rubbish(str(fault)) from fault


def loads(content: str) -> Any:
    """JSON from a text. Rubbish when it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise Rubbish(str(fault)) from fault
