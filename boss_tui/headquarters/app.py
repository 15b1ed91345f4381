"""The service over HTTP: each endpoint a few lines over the office. Every answer is signed, refusals too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from boss_tui.headquarters.absence import note_call
from boss_tui.headquarters.enrolment import enrol
from boss_tui.headquarters.feed import page, take_back
from boss_tui.headquarters.history import history, new_epoch
from boss_tui.headquarters.leases import requested
from boss_tui.headquarters.office import Office, Refuse, check_signature
from boss_tui.headquarters.push import take_batch
from boss_tui.headquarters.stream import take_back as take_back_stream
from boss_tui.sync.client import PACKED
from boss_tui.sync.shapes import Enrolment, EpochRequest, LeaseRequest, Returned, TimeAnswer
from boss_tui.sync.wire import NONCE, SIGNATURE, TAKEN_BYTES, Rubbish, answer_text, pack, read, request_text, unpack
from data.clock import stamp
from data.errors import BossError
from data.message import say

R = TypeVar("R", bound=BaseModel)
After = Annotated[int, Query(ge=0, le=2**53)]
"""A number in a target, after which a page begins."""
PACK_OVER = 2_000


class SignedRequest:
    """One request, read whole: who asks is checked by `of`."""

    def __init__(self, office: Office, request: Request, body: bytes) -> None:
        query = request.url.query
        self.office = office
        self.method = request.method
        self.target = request.url.path + (f"?{query}" if query else "")
        self.body = body
        self.signature = request.headers.get(SIGNATURE, "")
        self.nonce = request.headers.get(NONCE, "")

    def of(self, outlet: str) -> Office:
        """The office, once the outlet's key is known to have signed this; Refuse when not."""
        check_signature(self.office, outlet, request_text(self.method, self.target, self.body), self.signature)
        return self.office

    def shaped(self, shape: type[R], *, packed: bool = False) -> R:
        """The body in its shape; Refuse when it is not."""
        try:
            return read(shape, unpack(self.body) if packed else self.body)
        except Rubbish as fault:
            raise Refuse(400, "batch", say("The request can't be read: {fault}", fault=str(fault))) from fault

    def response(self, status: int, answer: BaseModel) -> Response:
        """An answer, packed when that is worth it, and signed for this question."""
        body, kind = answer.model_dump_json().encode(), "application/json"
        if len(body) > PACK_OVER:
            body, kind = pack(answer.model_dump()), PACKED
        signature = self.office.key.sign(answer_text(status, self.target, self.nonce, body))
        return Response(body, status, {SIGNATURE: signature}, kind)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > TAKEN_BYTES:
            raise Refuse(413, "batch", say("The request is too large."))
    return bytes(body)


async def answered(office: Office, request: Request, do: Callable[[SignedRequest], BaseModel]) -> Response:
    """Read a request, do what it asks in a thread, and answer; a refusal or fault is an answer too."""
    asked = SignedRequest(office, request, b"")
    try:
        asked = SignedRequest(office, request, await _body(request))
        return asked.response(200, await run_in_threadpool(do, asked))
    except Refuse as refuse:
        return asked.response(refuse.status, refuse.refusal())
    except BossError as fault:
        return asked.response(503, Refuse(503, "busy", fault.message).refusal())


def create_app(office: Office) -> FastAPI:
    """The application. Workers of several processes over one PostgreSQL may run it: it keeps nothing in memory."""
    app = FastAPI(title="boss headquarters", version="1", docs_url=None, redoc_url=None)

    @app.get("/v1/time")
    async def time(request: Request) -> Response:
        return await answered(office, request, lambda _: TimeAnswer(time=stamp(office.store.clock.now())))

    @app.post("/v1/enrol")
    async def enrolment(request: Request) -> Response:
        return await answered(
            office, request, lambda asked: enrol(office, asked.shaped(Enrolment), asked.body, asked.signature)
        )

    @app.post("/v1/outlets/{outlet}/events")
    async def push(outlet: str, request: Request) -> Response:
        return await answered(office, request, lambda asked: take_batch(office, outlet, asked.body, asked.signature))

    @app.get("/v1/outlets/{outlet}/events")
    async def entries(outlet: str, request: Request, after: After, limit: int = 500) -> Response:
        return await answered(office, request, lambda asked: history(asked.of(outlet), outlet, after, limit))

    @app.get("/v1/outlets/{outlet}/feed")
    async def feed(
        outlet: str, request: Request, after: After, limit: int = 50, stream: After | None = None
    ) -> Response:
        def pull(asked: SignedRequest) -> BaseModel:
            note_call(asked.of(outlet), outlet)
            return page(asked.office, outlet, after, limit, stream)

        return await answered(office, request, pull)

    _more(app, office)
    return app


def _more(app: FastAPI, office: Office) -> None:
    """The endpoints that are seldom used."""

    @app.post("/v1/outlets/{outlet}/feed")
    async def feed_back(outlet: str, request: Request) -> Response:
        def back(asked: SignedRequest) -> BaseModel:
            its, returned = asked.of(outlet), asked.shaped(Returned, packed=True)
            if returned.of_stream:
                return take_back_stream(its, outlet, returned)
            return take_back(its, outlet, returned.items)

        return await answered(office, request, back)

    @app.post("/v1/outlets/{outlet}/epoch")
    async def epoch(outlet: str, request: Request) -> Response:
        return await answered(
            office, request, lambda asked: new_epoch(asked.of(outlet), outlet, asked.shaped(EpochRequest))
        )

    @app.post("/v1/outlets/{outlet}/leases")
    async def leases(outlet: str, request: Request) -> Response:
        def ask(asked: SignedRequest) -> BaseModel:
            requested(asked.of(outlet), outlet, asked.shaped(LeaseRequest))
            return standing(asked, outlet)

        return await answered(office, request, ask)

    @app.get("/v1/outlets/{outlet}/status")
    async def status(outlet: str, request: Request) -> Response:
        return await answered(office, request, lambda asked: standing(asked, outlet))


def standing(asked: SignedRequest, outlet: str) -> BaseModel:
    """Where headquarters stands with the outlet that asks."""
    from boss_tui.headquarters.office import enrolled_row

    with asked.of(outlet).store.reading() as reading:
        return asked.office.standing(enrolled_row(reading, outlet))
