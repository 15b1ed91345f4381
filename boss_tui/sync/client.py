"""One signed question to headquarters and its signed answer, over HTTP. It holds no state and writes nothing.

Nothing that arrives is believed unless headquarters' key signed it for this very question.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from boss_tui.remote.address import certified
from boss_tui.remote.unreached import unreached
from boss_tui.sync.keys import DeviceKey, is_signed
from boss_tui.sync.shapes import Enrolled, Enrolment, Refusal, Standing
from boss_tui.sync.wire import (
    NONCE,
    SIGNATURE,
    TAKEN_BYTES,
    Rubbish,
    answer_text,
    read,
    receipt_text,
    request_text,
    unpack,
)
from data.errors import Outside
from data.message import Message, say

if TYPE_CHECKING:
    import httpx

A = TypeVar("A", bound=BaseModel)

PACKED = "application/zstd"


class TimedOut(Outside):
    """Headquarters did not answer in time: whether it took what was sent is not known."""


class Refused(Outside):
    """Headquarters answered, and says no."""

    def __init__(self, refusal: Refusal) -> None:
        try:
            message = Message.from_json(refusal.reason)
            str(message)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            message = say("Headquarters refused: {code}.", code=refusal.code)
        super().__init__(message)
        self.refusal = refusal


class Client:
    """Questions to one headquarters by one outlet. `headquarters_key` is its public key as base64 text."""

    def __init__(
        self,
        url: str,
        key: DeviceKey,
        headquarters_key: str,
        *,
        timeout: float = 20.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        import httpx

        self.url = url.rstrip("/")
        self.key = key
        self.headquarters_key = headquarters_key
        self._http = httpx.Client(
            timeout=timeout,
            transport=transport,
            verify=certified(self.url),
            headers={"Accept-Encoding": "identity", "User-Agent": "boss"},
            follow_redirects=False,
        )
        self._faults = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError)
        self._late = httpx.TimeoutException

    def ask(self, shape: type[A], method: str, target: str, body: bytes = b"", *, signature: str = "") -> A:
        """The answer to a question, in its shape. Refused, TimedOut, or Outside when anything else answered."""
        answer = self._exchange(method, target, body, signature, lambda _status, _body: self.headquarters_key)
        try:
            return read(shape, answer)
        except Rubbish as fault:
            raise self._rubbish(str(fault)) from fault

    def enrol(self, request: Enrolment, print_of: Callable[[str], bool]) -> Enrolled:
        """Present the device's key. `print_of` says whether the answering key is the one that the code names."""
        body = request.model_dump_json().encode()

        def signer(status: int, answer: bytes) -> str:
            if status != 200:
                return ""
            key = self._read_enrolled(answer).headquarters_key
            return key if print_of(key) else ""

        return self._read_enrolled(self._exchange("POST", "/v1/enrol", body, "", signer))

    def checked(self, standing: Standing) -> Standing:
        """The standing, if headquarters signed its receipt; Outside when not."""
        if not is_signed(self.headquarters_key, receipt_text(standing.receipted()), standing.receipt):
            raise Outside(say("The receipt is not signed by headquarters: nothing was marked as received."))
        return standing

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def _read_enrolled(self, answer: bytes) -> Enrolled:
        try:
            return read(Enrolled, answer)
        except Rubbish as fault:
            raise self._rubbish(str(fault)) from fault

    def _exchange(
        self, method: str, target: str, body: bytes, signature: str, signer: Callable[[int, bytes], str]
    ) -> bytes:
        nonce = secrets.token_hex(16)  # not replayable, so not from the clock's seed
        headers = {
            SIGNATURE: signature or self.key.sign(request_text(method, target, body)),
            NONCE: nonce,
            "Content-Type": PACKED if body else "application/octet-stream",
        }
        status, answer, signed, kind = self._send(method, target, body, headers)
        if not is_signed(signer(status, answer), answer_text(status, target, nonce, answer), signed):
            self._unsigned(status, answer, kind)
        if kind == PACKED:
            answer = self._unpacked(answer)
        if status == 200:
            return answer
        try:
            raise Refused(read(Refusal, answer))
        except Rubbish as fault:
            raise self._rubbish(str(fault)) from fault

    def _send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes, str, str]:
        try:
            with self._http.stream(method, self.url + target, content=body, headers=headers) as response:
                answer = bytearray()
                for part in response.iter_raw():
                    answer += part
                    if len(answer) > TAKEN_BYTES:
                        raise self._rubbish("too large")
                kind = response.headers.get("content-type", "").partition(";")[0]
                return response.status_code, bytes(answer), response.headers.get(SIGNATURE, ""), kind
        except self._late as fault:
            raise TimedOut(say("Headquarters did not answer in time. It is tried again by itself.")) from fault
        except self._faults as fault:
            raise Outside(say("Headquarters can't be reached: {fault}", fault=unreached(fault))) from fault

    def _unsigned(self, status: int, answer: bytes, kind: str) -> None:
        """Say what answered instead of headquarters."""
        if status >= 500:
            raise Outside(say("Headquarters failed (status {status}): nothing was marked as received.", status=status))
        if kind == "text/html" or answer.lstrip().startswith(b"<"):
            raise Outside(say("A web page answered instead of headquarters: is this network behind a log-in page?"))
        if status != 200:
            found = self._plain_refusal(answer)
            raise found or Outside(say("Something else than headquarters answered (status {status}).", status=status))
        raise Outside(say("The answer is not signed by headquarters: nothing was marked as received."))

    @staticmethod
    def _plain_refusal(answer: bytes) -> Outside | None:
        """An unsigned refusal is shown as what it says, and moves nothing."""
        try:
            refusal = read(Refusal, answer)
        except Rubbish:
            return None
        return Outside(say("An unsigned answer refused: {reason}", reason=str(Refused(refusal).message)))

    def _unpacked(self, answer: bytes) -> bytes:
        try:
            return unpack(answer)
        except Rubbish as fault:
            raise self._rubbish(str(fault)) from fault

    @staticmethod
    def _rubbish(what: str) -> Outside:
        return Outside(say("Headquarters' answer can't be read ({what}): nothing was marked as received.", what=what))
