"""Commands of headquarters: its service, the outlets that it knows, what it hands down; and becoming known to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.options import (
    AddressOption,
    HomeOption,
    JsonOption,
    PortOption,
    StoreOption,
)
from boss_tui.commands.shared import (
    errors_in_words,
    folder_of,
    interrupted,
    opened,
    show_facts,
    show_json,
    show_table,
    spoken,
    store_of,
)
from data.errors import BadForm, NotAllowed, NotFound, Outside
from data.message import say

if TYPE_CHECKING:
    from boss_tui.headquarters.office import Office
    from boss_tui.home.settings import Home
    from data.store import Store
    from data.tables.edition import Edition

headquarters = typer.Typer(
    name="headquarters",
    no_args_is_help=True,
    help="Headquarters: its service, the outlets that it knows, what it hands down. `enrol` is for outlets.",
)
KEY = "headquarters"


@contextmanager
def office_of(folder: Path | None, url: str = "") -> Iterator[Office]:
    """Headquarters' office: the store that was named, a demonstration's own, or that of a home made for it."""
    from boss_tui.headquarters.office import Office
    from boss_tui.start.home_files import home_key
    from data.migrations import check

    home = opened(folder)
    store = _store(home, url)
    try:
        check(store)
        _must_be_headquarters(store, home)
        yield Office(store, home_key(home, KEY))
    finally:
        store.close()


def _store(home: Home, url: str) -> Store:
    from boss_tui.start.demonstration import headquarters_store
    from data.store import Store

    if url:
        return Store(url)
    return headquarters_store(home) if home.settings.demo else home.open_store()


def _must_be_headquarters(store: Store, home: Home) -> None:
    """An outlet's store is not one to serve outlets from."""
    from data.tables.sync import Setting

    with store.reading() as reading:
        outlet = reading.find(Setting, name="outlet")
    if outlet is not None:
        raise NotAllowed(say("{folder} is an outlet's home, not headquarters'.", folder=str(home.folder)))


@headquarters.command()
@errors_in_words
def init(
    store: StoreOption = "",
    demo: Annotated[
        bool, typer.Option("--demo", help="With a demonstration's catalogue and stock to hand out.")
    ] = False,
    customers: Annotated[int, typer.Option(min=1, max=5_000_000, help="Customers of a demonstration.")] = 300,
    encrypted: Annotated[bool, typer.Option("--encrypted/--plain", help="Whether a store file is encrypted.")] = True,
    office: Annotated[str, typer.Option(help="The outlet code of headquarters' own station.")] = "HQ",
    counter: Annotated[str, typer.Option(help="The counter there that this home stands at.")] = "HQ01",
    name: Annotated[str, typer.Option(help="What the office is called.")] = "省公司管理室",
    province: Annotated[str, typer.Option(help="The province that it is of.")] = "",
    manager: Annotated[
        list[str] | None,
        typer.Option(help="Who works there, such as '3001 顾文清': two at least, each is told a password for once."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a home for headquarters: an empty store with its tables, its key, and the journal of its own station.

    With its managers named it is one to work at: chart of accounts, taxes, documents, processes, roles and rights are
    there as every headquarters begins; all else is theirs to set up, at the desk (`boss --home`). Without, its
    catalogue comes from a file (`boss headquarters load`), or is the demonstration's.
    """
    from boss_tui.commands.making import made_home
    from boss_tui.commands.progress import worked
    from boss_tui.components.ledger.put_aside import CHART
    from boss_tui.components.operators.passwords import hashed
    from boss_tui.components.operators.staff_passwords import one_time
    from boss_tui.headquarters.desk import found
    from boss_tui.headquarters.founding import first_rows
    from boss_tui.start.home_files import home_key, renew_head
    from boss_tui.sync.dates import calendar_day
    from boss_tui.sync.first import FirstEdition
    from data import demo as demonstration
    from data.bulk import bulk
    from data.journal import Author
    from data.tables.finance import LedgerAccount

    values: dict[str, str | bool | float] = {
        "outlet": office,
        "counter": counter,
        "store": store,
        "encrypted": encrypted,
    }
    people = _founders(office, manager or [], province)
    with made_home(folder_of(home), values) as (made, central):
        secrets = {staff_no: one_time(central.clock.random_bits) for staff_no in people}
        if demo:
            worked(
                lambda tell: demonstration.make(
                    central,
                    hasher=hashed,
                    publish=FirstEdition(home_key(made, KEY).sign),
                    clock=central.clock,
                    customers=customers,
                    role="headquarters",
                    tell=tell,
                )
            )
        else:
            with central.transaction(Author(office, "init", "boss"), journalled=False) as tx:
                found(tx, office)
            first: Any = [(LedgerAccount, CHART)]  # what its own books need from the first day on
            if people:
                about = {"code": office, "name_zh": name, "province": province}
                first = first_rows(about, counter, people, {who: hashed(secret) for who, secret in secrets.items()})
            with bulk(central) as into:
                FirstEdition(home_key(made, KEY).sign)(into, first, calendar_day(central))
        home_key(made, KEY)
        renew_head(made, central)
    if as_json:
        show_json({"home": str(made.folder), "passwords": secrets})
        return
    print(made.folder)
    if people:
        show_table([(staff_no, people[staff_no], secret) for staff_no, secret in secrets.items()])


def _founders(office: str, typed: list[str], province: str) -> dict[str, str]:
    from boss_tui.headquarters.founding import founders

    if not typed:
        return {}
    if not province.strip():
        raise BadForm({"--province": say("Say which province it is of.")})
    return founders(office, typed)


@headquarters.command()
@errors_in_words
def serve(
    store: StoreOption = "",
    host: AddressOption = "127.0.0.1",
    port: PortOption = 8443,
    home: HomeOption = None,
) -> None:
    """Serve outlets until Ctrl-C. HTTPS is a matter of the proxy before it; what is said is signed in any case."""
    try:
        from boss_tui.headquarters.service import Running
    except ModuleNotFoundError as fault:
        raise Outside(say("Headquarters needs more packages: install boss-tui[headquarters].")) from fault
    from boss_tui.start.background import office_jobs, office_messages
    from boss_tui.start.housekeeping import Housekeeping

    with (
        office_of(home, store) as office,
        Running(office.store, office.key, host, port) as running,
        Housekeeping(office_jobs(office, opened(home)), office_messages(office, opened(home))),
        interrupted() as ended,
    ):
        print(spoken()(say("Headquarters answers at {url}", url=running.url)), flush=True)
        ended.wait()


@headquarters.command()
@errors_in_words
def enrol(
    code: Annotated[str, typer.Argument(help="The one-time code that headquarters made.")],
    url: Annotated[
        str, typer.Option(help="Where headquarters answers; kept in settings.toml.", show_default=False)
    ] = "",
    home: HomeOption = None,
) -> None:
    """Make this outlet known to headquarters. The next `boss sync` brings what headquarters hands down."""
    from boss_tui.commands.making import keep_setting
    from boss_tui.commands.sync import headquarters_of
    from boss_tui.start.home_files import home_key
    from boss_tui.sync.enrolment import enrol as present

    at = opened(home)
    url = url or headquarters_of(at)
    if not url.startswith(("http://", "https://")):
        raise BadForm({"--url": say("Headquarters' URL begins with https:// (or http:// inside one house).")})
    with store_of(at) as store:
        enrolled = present(store, at.settings.outlet, url, code, home_key(at))
    if url != at.settings.headquarters and not at.settings.demo:
        keep_setting(at, "headquarters", url)
    print(spoken()(say("Outlet {outlet} is enrolled.", outlet=enrolled.standing.outlet)))


@headquarters.command()
@errors_in_words
def status(store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every outlet: how far its journal is here, what it was sent, when it was heard, whether it is stopped. Also
    emergencies that nobody has reviewed in time."""
    from boss_tui.editions.standing import overdue_reviews
    from boss_tui.headquarters.overview import overview
    from data.clock import stamp, wall_day

    with office_of(home, store) as office, office.store.reading() as reading:
        lines = overview(reading)
        overdue = overdue_reviews(reading, wall_day(stamp(reading.present())))
    if as_json:
        show_json({"outlets": lines, "overdue_reviews": [_review(late) for late in overdue]})
        return
    speak = spoken()
    heads = (
        say("Outlet"),
        say("Received"),
        say("Feed"),
        say("Exceptions"),
        say("Alarms"),
        say("Last contact"),
        say("Stopped"),
    )
    rows = [tuple(speak(head) for head in heads)]
    for line in lines:
        stopped = speak(line.stopped) if line.stopped else ""
        rows.append(
            (
                line.outlet,
                str(line.received),
                str(line.feed),
                str(line.exceptions),
                str(line.alarms),
                line.last_contact,
                stopped,
            )
        )
    show_table(rows)
    for late in overdue:
        told = say("Edition {number} had to be reviewed by {day}.", number=late.number, day=late.review_by)
        typer.echo(speak(told))


def _review(late: Edition) -> dict[str, object]:
    return {"edition": late.number, "title": late.title, "author": late.author, "review_by": late.review_by}


@headquarters.command("hand-down")
@errors_in_words
def hand_down(
    outlets: Annotated[list[str] | None, typer.Argument(help="Outlets; by default all.", show_default=False)] = None,
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """How far each outlet has read what headquarters published. Nothing has to be sent: each reads it by its next sync.

    What is changed (boss headquarters load FILE) is published at once, from the date that is named there.
    """
    from boss_tui.headquarters.overview import overview
    from boss_tui.headquarters.stream import next_number

    with office_of(home, store) as office, office.store.reading() as reading:
        last, lines = next_number(reading) - 1, overview(reading)
    unknown = [outlet for outlet in outlets or [] if outlet not in {line.outlet for line in lines}]
    if unknown:
        raise NotFound(say("Outlet {outlet} is not enrolled.", outlet=unknown[0]))
    read = {line.outlet: line.stream for line in lines if not outlets or line.outlet in outlets}
    if as_json:
        show_json({"published": last, "read": read})
        return
    speak = spoken()
    show_table([(speak(say("Outlet")), speak(say("Read"))), *((code, f"{at}/{last}") for code, at in read.items())])


@headquarters.command()
@errors_in_words
def take(
    file: Annotated[Path, typer.Argument(help="What `boss carry export` wrote.")],
    receipt: Annotated[
        Path | None, typer.Option(help="Where the receipt goes; FILE.receipt otherwise.", show_default=False)
    ] = None,
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take batches that came on a stick, and write the receipt that goes back on it."""
    from boss_tui.commands.progress import waited
    from boss_tui.headquarters.carried import take_carried
    from boss_tui.sync.client import Refused

    to = receipt or file.with_name(file.name + ".receipt")
    with office_of(home, store) as office:
        standing, refusal = waited(say("Taking what was carried"), lambda: take_carried(office, file, to))
    facts = {"outlet": standing.outlet, "received": standing.next_seq - 1, "receipt": to}
    show_facts(
        facts,
        {"outlet": say("Outlet"), "received": say("Received up to entry"), "receipt": say("Receipt")},
        as_json,
    )
    if refusal is not None:
        raise NotAllowed(Refused(refusal).message)


@headquarters.command()
@errors_in_words
def restored(store: StoreOption = "", home: HomeOption = None) -> None:
    """To be run after headquarters was restored from a backup: nothing is handed out before all outlets were heard."""
    from boss_tui.headquarters.overview import mark_restored

    with office_of(home, store) as office:
        mark_restored(office.store)
