"""Commands of a home and its store: make it, bring it up to this program, copy it, put a copy back, verify it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import asdict

from boss_tui.commands.options import CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, folder_of, opened, show_facts, show_json, spoken, store_of, tell
from data.errors import BadForm, Damaged, Outside
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from boss_tui.verify import Finding
    from data.backup import Manifest, Restored
    from data.progress import Report
    from data.store import Store

app = typer.Typer()


class Language(StrEnum):
    """What a home speaks."""

    CHINESE = "zh_CN"
    ENGLISH = "en"


@app.command()
@errors_in_words
def init(
    demo: Annotated[bool, typer.Option("--demo", help="A demonstration hall, with everything in it.")] = False,
    customers: Annotated[int, typer.Option(min=1, max=5_000_000, help="Customers of a demonstration hall.")] = 300,
    outlet: Annotated[str, typer.Option(help="The outlet's code, as headquarters knows it.", show_default=False)] = "",
    counter: Annotated[str, typer.Option(help="This counter's code.", show_default=False)] = "",
    headquarters: Annotated[str, typer.Option(help="URL of headquarters; empty: none yet.", show_default=False)] = "",
    store: Annotated[
        str, typer.Option(help="URL of the store; by default a file in the home.", show_default=False)
    ] = "",
    language: Annotated[Language, typer.Option(help="Until somebody signs on.")] = Language.CHINESE,
    plain: Annotated[bool, typer.Option("--plain", help="Don't encrypt the store's file.")] = False,
    home: HomeOption = None,
) -> None:
    """Make a home: settings, keys, and a store with its tables.

    A real outlet's store is empty at first. What the outlet is, its counters, staff, products and prices come from
    headquarters: make a code there (boss headquarters code OUTLET), enrol here (boss headquarters enrol CODE
    --url URL), hand some stock down there (boss headquarters lease), and fetch it here (boss sync). Further counters of
    a hall are homes with --store set to the store that they share.
    """
    folder = folder_of(home)
    if demo:
        if outlet or counter or headquarters:
            raise BadForm({"--demo": say("A demonstration hall has its own outlet, counters and headquarters.")})
        from boss_tui.commands.progress import worked
        from boss_tui.start.demonstration import make

        print(
            worked(lambda tell: make(folder, customers=customers, encrypted=not plain, store=store, tell=tell)).folder
        )
        return
    missing = {
        name: say("This is needed.") for name, given in (("--outlet", outlet), ("--counter", counter)) if not given
    }
    if missing:
        raise BadForm(missing)
    values = {
        "outlet": outlet,
        "counter": counter,
        "headquarters": headquarters,
        "store": store,
        "language": language.value,
    }
    _make(folder, {**values, "encrypted": not plain})
    print(folder)


def _make(folder: Path, values: dict[str, str | bool]) -> None:
    from boss_tui.commands.making import made_home
    from boss_tui.start.home_files import renew_head
    from data.clock import stamp
    from data.journal import Author
    from data.tables.sync import JournalHead, Setting

    with made_home(folder, dict(values)) as (home, store):
        outlet = home.settings.outlet
        with store.transaction(Author(outlet, "init", "boss"), journalled=False) as tx:
            if tx.find(JournalHead, outlet=outlet) is None:
                tx.add(JournalHead, outlet=outlet)
                tx.add(Setting, name="outlet", value=outlet)
                tx.add(Setting, name="made_at", value=stamp(store.clock.now()))
        renew_head(home, store)


@app.command()
@errors_in_words
def verify(
    headquarters: Annotated[bool, typer.Option("--headquarters", help="Also ask headquarters what it holds.")] = False,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="Only rules with this in their name, which a finding tells; may be repeated."),
    ] = None,
    times: Annotated[bool, typer.Option("--times", help="Show how long each rule took.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What always holds: check all of it, and say where it doesn't. Ends with 1 when anything is found.

    A demonstration hall's element and headquarters are compared with the store in any case.
    """
    from boss_tui.commands.progress import worked
    from boss_tui.commands.sync import linked
    from boss_tui.commands.verifying import checked, rules_named
    from boss_tui.verify import as_json as facts
    from boss_tui.verify import render

    at, only = opened(home), rules_named(rule or [])

    seconds: dict[str, float] = {}

    def check(tell: Report) -> list[Finding]:
        asked = headquarters and not at.settings.demo
        with linked(home) if asked else nullcontext() as link:
            return checked(at, by_link=link, only=only, tell=tell, seconds=seconds)

    findings = worked(check)
    if as_json:
        show_json({**facts(findings), "seconds": {name: round(taken, 3) for name, taken in seconds.items()}})
    else:
        print("\n".join(render(findings, spoken(), only=only)))
        _show_times(seconds, every=times)
    if findings:
        raise typer.Exit(1)


LONGEST, LONG = 3, 1.0


def _show_times(seconds: Mapping[str, float], *, every: bool) -> None:
    """How long each rule took, the longest first; without being asked, only where they took long, and three of them."""
    taken = sum(seconds.values())
    if not every and taken < LONG:
        return
    longest = sorted(seconds, key=lambda name: -seconds[name])
    print(spoken()(say("{n} {n:rule|rules} in {seconds} s; the longest:", n=len(seconds), seconds=f"{taken:.1f}")))
    for name in longest if every else longest[:LONGEST]:
        print(f"   {seconds[name]:8.2f} s  {name}")


@app.command()
@errors_in_words
def upgrade(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Bring the store to this program's version, after a copy of it was made. Close every desk before."""
    from boss_tui.commands.progress import worked
    from data.clock import SystemClock
    from data.migrations import upgrade as bring

    at = opened(home)
    copies = at.folder / "backups"
    done = worked(lambda tell: bring(at.store_url, at.store_key, copies, SystemClock(), tell=tell))
    show_facts(
        {"before": done.before, "after": done.after, "copy": done.copy},
        {"before": say("Version before"), "after": say("Version now"), "copy": say("Copy made before")},
        as_json,
    )


@app.command()
@errors_in_words
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="By default a new file in the home's backups.", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the store while it is in use, and check the copy. An encrypted store's copy needs the same key."""
    from boss_tui.commands.progress import worked
    from data.backup import backup as copy

    at = opened(home)

    def copied(tell: Report) -> tuple[Path, Manifest]:
        with store_of(at) as store:
            target = file or at.folder / "backups" / _name(store)
            return target, copy(store, target, at.store_key, tell)

    target, manifest = worked(copied)
    show_facts(
        {"file": target, **asdict(manifest)},
        {"file": say("File"), "outlet": say("Outlet"), "seq": say("Last entry"), "size": say("Bytes")},
        as_json,
    )


def _name(store: Store) -> str:
    return f"store-{store.clock.now():%Y%m%dT%H%M%SZ}.db"


@app.command()
@errors_in_words
def restore(
    file: Annotated[Path | None, typer.Argument(help="A copy that `boss backup` made.", show_default=False)] = None,
    marked: Annotated[
        bool, typer.Option("--done", help="The store was put back already, by PostgreSQL's own tools.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a copy in the place of the store, which is kept beside it. Close every desk before; then boss sync.

    A store on PostgreSQL is put back by its own tools (pg_restore); say so with --done before anything is sold.
    """
    if (file is None) is not marked:
        raise BadForm({"FILE": say("Either the copy that is to be put back, or --done.")})
    at = opened(home)
    done = _put_back(at, file) if file else _mark(at)
    _vouch(at)
    show_facts(
        asdict(done),
        {"outlet": say("Outlet"), "seq": say("Last entry"), "kept": say("The store that was replaced")},
        as_json,
    )


def _vouch(at: Home) -> None:
    """A person says that this is the store from now on. One of an older version is brought up first."""
    from boss_tui.start.home_files import renew_head

    try:
        with store_of(at) as store:
            renew_head(at, store)
    except Damaged as fault:
        tell(spoken()(fault.message))


def _put_back(at: Home, file: Path) -> Restored:
    from data.backup import restore as put_back
    from data.clock import SystemClock

    return put_back(file, _path(at), at.store_key, at.settings.outlet, SystemClock(), _progress)


def _mark(at: Home) -> Restored:
    from data.backup import mark_restored

    with store_of(at) as store:
        return mark_restored(store, at.settings.outlet)


def _progress(step: Message) -> None:
    tell(spoken()(step))


def _path(home: Home) -> Path:
    """The store's file. Outside when it is no file."""
    if not home.store_url.startswith("sqlite:///"):
        raise Outside(say("This store is on PostgreSQL: put it back with its own tools, then boss restore --done."))
    return Path(home.store_url.removeprefix("sqlite:///"))


@app.command()
@errors_in_words
def accept(operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None) -> None:
    """Accept the store as it stands, after a person has found out why its journal is not the one that was noted.

    A supervisor does, and it is on record; until then nothing is sold. What headquarters has of a store that was put
    back comes with boss sync, first.
    """
    from boss_tui.commands.at_work import at_work

    with at_work(home, operator, counter) as work:
        work.desk.trust.accept_store()
    print(spoken()(say("The journal's end is noted anew.")))
