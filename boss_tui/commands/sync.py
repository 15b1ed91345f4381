"""Commands of the outlet's side of headquarters: exchange by the link, or by files on a stick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import asdict

from boss_tui.commands.options import HomeOption, JsonOption
from boss_tui.commands.shared import errors_in_words, interrupted, opened, show_facts, spoken, store_of, tell
from data.errors import NotAllowed, Outside
from data.message import say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from boss_tui.sync.link import Exchange, Link

app = typer.Typer()
carry = typer.Typer(
    name="carry", no_args_is_help=True, help="The same batches as signed files on a stick, where no link reaches."
)
_LABELS = {
    "pushed": say("Entries that headquarters newly has"),
    "applied": say("Feed items applied"),
    "waiting": say("Feed items that wait"),
    "fault": say("Fault"),
    "stopped": say("Stopped"),
}
_OUTBOX = {
    "pending": say("Pending"),
    "retrying": say("Tried again"),
    "acknowledged": say("Acknowledged"),
    "dead_letter": say("Dead letters"),
    "waiting": say("Feed items that wait"),
    "update_needed": say("Waiting for a newer program"),
    "last_contact": say("Last contact"),
    "fault": say("Fault"),
    "stopped": say("Stopped"),
}


def headquarters_of(home: Home) -> str:
    """Where the home's headquarters answers; empty when it has none. A demonstration's runs inside another program."""
    from boss_tui.home.machine_faults import running_headquarters

    return running_headquarters(home.folder) if home.settings.demo else home.settings.headquarters


@contextmanager
def linked(folder: Path | None, *, carried: bool = False) -> Iterator[Link]:
    """The home's link. Outside when it has no headquarters, unless what is done needs no line (`carried`)."""
    from boss_tui.start.home_files import home_key
    from boss_tui.sync.link import Link

    home = opened(folder)
    url = headquarters_of(home)
    if not url and home.settings.demo and not carried:
        raise Outside(say("The demonstration's headquarters does not run: open a desk, or boss demo --headless."))
    if not url and not carried:
        raise Outside(say("No headquarters is set: put its URL into settings.toml, or boss headquarters enrol."))
    with store_of(home) as store:
        every = home.settings.exchange_seconds
        link = Link(store, home.settings.outlet, url or "http://127.0.0.1", home_key(home), every=every)
        try:
            yield link
        finally:
            link.close()


@app.command()
@errors_in_words
def sync(
    once: Annotated[
        bool, typer.Option("--once/--forever", help="One exchange, or on and on until it is ended.")
    ] = True,
    status: Annotated[
        bool, typer.Option("--status", help="Only show how the journal stands; nothing is sent.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--rejoin", help="After a restore: fetch what the store lost, go on in a new epoch.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Exchange with headquarters: send the journal, take what headquarters has, ask for stock that runs low.

    It does no harm while a desk does the same. A fault of the link ends with 3, and is tried again by whoever is next;
    a stop, which a person must decide, with 1.
    """
    if status:
        _status(home, as_json)
        return
    with linked(home) as link:
        if again or _restored(link):
            _rejoin(opened(home), link)
        if once:
            _once(link, as_json)
        else:
            _forever(link)


def _once(link: Link, as_json: bool) -> None:
    from boss_tui.commands.progress import waited
    from boss_tui.sync.stock import ask_for_more

    done = waited(say("Exchanging with headquarters"), link.exchange)
    asked = ask_for_more(link) if not (done.fault or done.stopped) else {}
    if asked:
        more = link.exchange()
        done = _added(done, more)
    facts = {name: getattr(done, name) for name in _LABELS}
    show_facts({**facts, "asked_for": asked}, _LABELS, as_json)
    if done.stopped:
        raise NotAllowed(done.stopped)
    if done.fault:
        raise Outside(done.fault)


def _added(first: Exchange, second: Exchange) -> Exchange:
    """Two exchanges as one."""
    from msgspec.structs import replace

    counts = {name: getattr(first, name) + getattr(second, name) for name in ("pushed", "applied", "waiting")}
    return replace(second, **counts)


def _forever(link: Link) -> None:
    from boss_tui.sync.stock import ask_for_more

    with interrupted() as ended:  # before it is told, so that whoever reads it may end this
        tell(spoken()(say("Exchanging with {url}. Ctrl-C ends.", url=link.client.url)))
        link.run(ended, also=partial(ask_for_more, link))


def _restored(link: Link) -> bool:
    from data.restored import is_restored

    with link.store.reading() as reading:
        return is_restored(reading)


def _rejoin(home: Home, link: Link) -> None:
    """Send what headquarters lacks, fetch what this store lacks, go on in a new epoch, and take the mark away. What
    did not come back is told: a supervisor decides."""
    from boss_tui.commands.progress import waited
    from boss_tui.start.home_files import compare_head, note_quietly
    from boss_tui.sync.rejoin import rejoin

    link.exchange()
    came = waited(say("Fetching what headquarters has"), lambda: rejoin(link))
    note_quietly(home, link.store)
    tell(spoken()(say("{count} {count:entry|entries} came back from headquarters.", count=came)))
    if wrong := compare_head(home, link.store):
        tell(spoken()(wrong))
        tell(spoken()(say("A supervisor finds out why, and accepts the store as it stands (boss accept).")))


def _status(folder: Path | None, as_json: bool) -> None:
    from boss_tui.sync.states import states

    home = opened(folder)
    with store_of(home) as store, store.reading() as reading:
        outbox = states(reading, home.settings.outlet)
    facts: dict[str, Any] = asdict(outbox)
    show_facts({"headquarters": headquarters_of(home), **facts}, _OUTBOX, as_json)


@carry.command("export")
@errors_in_words
def export(
    file: Annotated[Path, typer.Argument(help="The file to write, on the stick.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all that headquarters has not acknowledged to a signed file. Nothing is changed here."""
    from boss_tui.commands.progress import waited
    from boss_tui.sync.carry import export as write

    with linked(home, carried=True) as link:
        count = waited(say("Writing what headquarters lacks"), lambda: write(link, file))
    show_facts({"file": str(file), "entries": count}, {"file": say("File"), "entries": say("Entries")}, as_json)


@carry.command("import")
@errors_in_words
def import_(
    file: Annotated[Path, typer.Argument(help="The receipt that headquarters wrote.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take headquarters' receipt: what it acknowledged, and what it sends. An old one does no harm."""
    from boss_tui.commands.progress import waited
    from boss_tui.sync.carry import import_receipt

    with linked(home, carried=True) as link:
        taken = waited(say("Taking the receipt"), lambda: import_receipt(link, file))
        acknowledged = link.head().acked_seq
    facts = {"acknowledged": acknowledged, "applied": taken.applied, "waiting": taken.waiting}
    show_facts(
        facts,
        {
            "acknowledged": say("Acknowledged up to entry"),
            "applied": say("Feed items applied"),
            "waiting": say("Feed items that wait"),
        },
        as_json,
    )
