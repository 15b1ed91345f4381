"""What goes wrong at a counter, on the real screen: said beside its field or in a dialog; nothing is lost or half."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from boss_tui.answers.business import Tender
from boss_tui.desk import Desk
from data.clock import stamp
from data.demo.people import resident_id
from data.message import Message
from data.schema import SCHEMA_VERSION
from data.tables.customer import Customer as CustomerRow
from data.tables.document import PaperDocument
from data.tables.finance import Posting
from data.tables.order import Draft, ProductOrder
from data.tables.resource import Reservation
from data.tables.sync import JournalHead
from screens.business import BusinessScreen
from screens.dialogs.refusing import RefusedDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from screens.queues import QueuesScreen
from tests.journeys.world import FACTS, SOON, Clerk, Customer, World

OTHER_COUNTER, OTHER_CLERK = "HZ0102", "1002"


def form(clerk: Clerk) -> BusinessScreen:
    """The form on the screen."""
    screen = clerk.app.screen
    assert isinstance(screen, BusinessScreen), clerk.text()
    return screen


def beside(clerk: Clerk, field: str, template: str, **values: object) -> None:
    """An error stands beside its field, in the line below, and the cursor is there."""
    said = clerk.app.words(Message(template, values))
    screen = form(clerk)
    assert screen.panel.current == field, clerk.text()
    assert clerk.app.words(screen.panel.errors[field]) == said
    assert f"!! {said}"[:80] in clerk.text(), clerk.text()
    assert any(line.startswith(">") and "!" in line for line in clerk.text().splitlines()), clerk.text()


async def at_work(clerk: Clerk) -> None:
    """Signed on, in English, with an open shift."""
    await clerk.sign_on()
    if clerk.app.words.language != "en":
        await clerk.press("ctrl+t")
    await clerk.open_shift()


def test_wrong_fields(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await clerk.type("kh\n\n")
            await documents(clerk)
            await names(clerk)
            await full_width(clerk)
            await tenders(clerk, world)

    asyncio.run(day())
    world.clean()


async def documents(clerk: Clerk) -> None:
    """A wrong check digit, a birth in the future: the field keeps what was typed, and the next key overtypes it."""
    right = Customer().document
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    await clerk.type(f"{wrong}\n{Customer().name}\n")
    screen = form(clerk)
    assert screen.panel.current == "document_number"
    assert screen.panel.values()["document_number"] == wrong
    assert "document_number" in screen.draft.errors
    assert "!! " in clerk.text()
    assert screen.panel.values()["name"] == ""  # what was typed on went nowhere else
    clerk.app.gate.unlock()
    future = resident_id("33010520350518346")
    await clerk.type(f"{future}\n")
    assert form(clerk).panel.current == "document_number"
    assert "2035" in clerk.app.words(form(clerk).draft.errors["document_number"]), clerk.text()
    await clerk.press("up")
    await clerk.type("07\n")  # a passport holds no birth date: it is typed
    await clerk.type(f"{FACTS.passport.document_number}\n{FACTS.passport.name}\n")
    await clerk.type("20350101\n")
    beside(clerk, "birth_date", "The date of birth {date} is in the future.", date="2035-01-01")
    await clerk.type("not a day\n")
    beside(clerk, "birth_date", "Not a day: type it as 20261127 or 2026-11-27.")
    await clerk.type("19880704\n\n")
    assert form(clerk).panel.current == "address", clerk.text()


async def names(clerk: Clerk) -> None:
    """Emoji and control characters in a name, typed or pasted."""
    await clerk.press("up", "up", "up")
    assert form(clerk).panel.current == "name"
    await clerk.paste("王😀明")
    await clerk.type("\n")
    beside(clerk, "name", "{character} can't stand in a person's name.", character="😀 (U+1F600)")
    await clerk.paste("\x1b[31m王\x00\u202e小\r\n明\x07")
    assert form(clerk).panel.values()["name"] == "[31m王小 明"  # nothing that steers a terminal gets into a field
    await clerk.type("\n")
    beside(clerk, "name", "{character} can't stand in a person's name.", character="[ (U+005B)")
    await clerk.paste(FACTS.passport.name)
    await clerk.type("\n\n\n")
    assert form(clerk).panel.current == "address", clerk.text()


async def full_width(clerk: Clerk) -> None:
    """An input method left on: digits and letters in full width are what they mean."""
    await clerk.type("城关镇人民路１２号\n０５７１－８８８８６６６６\n\n\n")
    values = form(clerk).draft.values
    assert values["contact_phone"] == "0571-88886666"
    assert form(clerk).panel.current == "plan"
    await clerk.type("ｐ５８\n")
    assert form(clerk).draft.errors.get("plan") is None, clerk.text()
    await clerk.press("f4", "enter", "f4", "enter")
    await clerk.type("\n\n\n")
    await clerk.type("１２．５０\n")
    assert form(clerk).panel.current == "password", clerk.text()
    await clerk.type("１２３４５６\n")
    assert "password" in form(clerk).draft.errors  # easy to guess, whichever width
    await clerk.type("２７４９１６\n")
    await clerk.type("２７４９１７\n")
    beside(clerk, "repeat_password", "The two are not the same: type it once more.")
    await clerk.type("２７４９１６\n")
    assert not form(clerk).draft.errors, clerk.text()


async def tenders(clerk: Clerk, world: World) -> None:
    """Too little completes nothing, nor does what is no amount; Esc gives the form back as it was, and what was handed
    over stands in the box when it is opened again."""
    before = dict(form(clerk).draft.values)
    due = form(clerk).draft.quote.due
    assert due % 100 == 50
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.type("50")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, TenderPanel)
    assert clerk.sees("{left} is still to pay. Enter adds it.", left=f"{(due - 5000) / 100:.2f}"), clerk.text()
    clerk.app.gate.unlock()
    await clerk.type("ten\n")
    assert clerk.sees("An amount in yuan, such as 50 or 12.50."), clerk.text()
    await clerk.press("escape")
    assert form(clerk).draft.values == before
    assert not [row for row in world.rows(ProductOrder) if row.draft_id == form(clerk).draft.id]
    await clerk.press("f10")
    panel = clerk.app.screen
    assert isinstance(panel, TenderPanel), clerk.text()
    assert [(tender.kind, tender.amount) for tender in panel.sums.tenders] == [("cash", 5_000)]
    assert f"{(due - 5_000) / 100:.2f}" in clerk.text(), clerk.text()
    await clerk.press("escape")
    done = await clerk.pay("300")
    assert done.outcome.change == 35_000 - due
    await clerk.press("space")


def compared(world: World) -> bool:
    """Whether an exchange that began after the clock was moved has found it right: what was under way may not have."""
    (head,) = world.rows(JournalHead, outlet=FACTS.outlet)
    heard = str(head.last_contact)
    return heard >= stamp(world.clock.now() - timedelta(minutes=1)) and abs(int(head.clock_offset_ms)) < 60_000


def other_desk(world: World) -> Desk:
    """Somebody at the other counter, without a screen."""
    desk = world.desk(OTHER_CLERK, OTHER_COUNTER)
    desk.till.open_shift(10_000)
    return desk


def sold(desk: Desk, number: str) -> None:
    """The other counter sells this number."""
    draft = desk.forms.begin("C1")
    example = desk.forms.example("C1")
    view = desk.forms.fill(draft.id, {**example, "number": number})
    assert not view.errors, view.errors
    desk.orders.complete(draft.id, [Tender("cash", view.quote.due)])


def test_a_reservation_that_ran_out(world: World) -> None:
    """Past its time the number is anybody's: who pays then is told so, before any money is taken, and chooses again."""

    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await clerk.fill_account(Customer(1))
            await clerk.press("f10")
            assert isinstance(clerk.app.screen, TenderPanel)
            number = form_below(clerk).panel.values()["number"]
            world.clock.move(minutes=31)
            await clerk.until(partial(compared, world))
            sold(other_desk(world), number)
            postings = len(world.rows(Posting))
            await clerk.type("200")
            await clerk.press("f10")
            assert clerk.sees("This number was just taken. Choose another (F4)."), clerk.text()
            screen = form(clerk)
            assert screen.panel.values()["name"] == Customer().name
            assert len(world.rows(Posting)) == postings
            (draft,) = world.rows(Draft, id=screen.draft.id)
            assert draft.state == "open"
            if screen.panel.current != "number":
                await clerk.press("f10")  # shows where
            assert form(clerk).panel.current == "number", clerk.text()
            await clerk.press("f4", "enter", "f4", "enter")  # the card was the next one in the drawer there, too
            done = await clerk.pay("200")
            assert done.outcome.facts["number"] != number
            await clerk.press("space")

    asyncio.run(day())
    world.clean()


def form_below(clerk: Clerk) -> BusinessScreen:
    """The form below a dialog."""
    return next(s for s in reversed(clerk.app.screen_stack) if isinstance(s, BusinessScreen))


def test_a_form_past_its_time(world: World) -> None:
    """A form that was left open for hours has ended: what was typed goes on in a new one, and what it held is free."""

    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await clerk.fill_account(Customer(1))
            await clerk.type("\n")
            await clerk.until(lambda: not form(clerk).draft.asking)  # services have said what they say
            before = form(clerk).draft
            world.clock.move(hours=3)
            await clerk.press("f10")
            now = form(clerk).draft
            assert now.number != before.number
            assert clerk.sees(
                "The form was past its time. It goes on as No. {number}: look through it.", number=now.number
            )
            assert {
                name: now.values[name] for name in before.values if "password" not in name
            }.items() <= before.values.items()
            assert {(h.kind, h.key) for h in now.held} == {(h.kind, h.key) for h in before.held}
            await clerk.press("f10")
            await clerk.until(lambda: not form(clerk).draft.asking)
            beside(clerk, "password", "This field is needed.")  # a secret is not kept anywhere
            screen = form(clerk)
            screen.show(await clerk.app.call(clerk.app.port.forms.quote, screen.draft.id))  # as services do, any time
            beside(clerk, "password", "This field is needed.")
            await clerk.type(f"{Customer().password}\n{Customer().password}")
            await clerk.pay("200")
            await clerk.press("space")
            (draft,) = world.rows(Draft, id=before.id)
            assert draft.state == "abandoned"
            assert not world.rows(Reservation, draft_id=before.id, state="active")
            await clerk.fill_account(Customer(2))
            world.clock.move(hours=3)
            await clerk.press("f3")
            await clerk.press("y")  # given up all the same
            assert isinstance(clerk.app.screen, HomeScreen), clerk.text()

    asyncio.run(day())
    world.clean()


class Rubbish(BaseHTTPRequestHandler):
    """A log-in page, and worse, where headquarters should be."""

    answers = (b"<html>please log in</html>", b"\x00\xff\x00", b'{"next_seq": 999999}', b"")

    def answer(self) -> None:
        """One after the other."""
        self.server.asked += 1  # type: ignore[attr-defined]
        text = self.answers[self.server.asked % len(self.answers)]  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if text.startswith(b"<") else "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def rubbish(world: World) -> Iterator[HTTPServer]:
    """Something else answers at headquarters' address."""
    world.machines.cut()
    port = int(world.machines.headquarters_url.rpartition(":")[2])
    HTTPServer.allow_reuse_address = True
    server = HTTPServer(("127.0.0.1", port), Rubbish)
    server.asked = 0  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def asked_again(world: World, server: HTTPServer) -> None:
    """Wait for another question. One that was under way when the clock was moved puts the next one off: so the clock
    moves on meanwhile."""
    asked = server.asked  # type: ignore[attr-defined]
    async with asyncio.timeout(SOON):
        while server.asked == asked:  # type: ignore[attr-defined]
            world.clock.move(minutes=7)
            await asyncio.sleep(0.5)


def test_headquarters_answers_rubbish(world: World) -> None:
    """Nothing that is not signed is believed; the queue screen says what answered; the sale goes on."""

    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await clerk.until(lambda: clerk.told()[0] == 0 and clerk.sees("linked"))
            with rubbish(world) as server:
                await clerk.open_account(Customer(1))
                await clerk.press("space")
                await clerk.until(lambda: clerk.sees("NO LINK"))
                for _ in Rubbish.answers:
                    await asked_again(world, server)
                assert clerk.told()[0] > 0
                await clerk.type("dl\n")
                assert clerk.sees("link DOWN"), clerk.text()
                screen = clerk.app.screen
                assert isinstance(screen, QueuesScreen)
                (at,) = [n for n, line in enumerate(screen.listing.items) if line.value.kind == "headquarters"]
                item = screen.listing.items[at].value
                assert item.state == "retrying"
                await clerk.press(*["down"] * at, "enter")  # in full
                told = clerk.app.words(item.reason).split()
                assert all(word in clerk.text() for word in told), clerk.text()
                await clerk.press("f3", "f3")
            world.machines.mend()
            world.clock.move(minutes=7)
            await clerk.linked(world.clock)

    asyncio.run(day())
    world.clean()


def test_a_store_from_a_newer_version(world: World) -> None:
    """Said in a dialog at the start, and the program ends; the store is as it was."""
    newer(world, SCHEMA_VERSION + 1)

    async def start() -> None:
        async with world.clerk() as clerk:
            assert isinstance(clerk.app.screen, RefusedDialog), clerk.text()
            assert "newer" in clerk.text(), clerk.text()
            await clerk.press("enter")
            assert clerk.app.return_code not in (0, None)

    asyncio.run(start())
    newer(world, SCHEMA_VERSION)

    async def again() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()

    asyncio.run(again())
    world.clean()


def newer(world: World, version: int) -> None:
    """Write another version into the store."""
    store = world.home.open_store(world.clock)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    store.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own; skipped where one may not be made."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_the_disk_is_full(home_template: Path, tmp_path: Path) -> None:
    """Nothing is saved and that is said; once there is room again, the same keys go on. Nothing is half."""
    with small_disk(tmp_path / "disk") as disk:
        world = World(Path(shutil.copytree(home_template, disk / "home")))

        async def day() -> None:
            async with world.clerk() as clerk:
                await at_work(clerk)
                await clerk.fill_account(Customer(1))
                await clerk.press("f10")
                assert isinstance(clerk.app.screen, TenderPanel)
                await clerk.type("200")
                counts = [len(world.rows(table)) for table in (ProductOrder, CustomerRow, PaperDocument, Posting)]
                fill_up(disk)
                await clerk.press("f10")
                assert "The disk is full: nothing was saved." in clerk.text(), clerk.text()
                assert form(clerk).panel.values()["name"] == Customer().name
                assert counts == [len(world.rows(t)) for t in (ProductOrder, CustomerRow, PaperDocument, Posting)]
                (disk / "ballast").unlink()
                await clerk.pay("200")
                await clerk.press("space")
                await clerk.until(lambda: clerk.told() == (0, 0, 0))

        asyncio.run(day())
        world.clean()


def fill_up(disk: Path) -> None:
    """Not a byte is left."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        size = 1 << 20
        while size >= 512:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
