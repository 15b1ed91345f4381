"""Commands for what a person does about the network: settle work orders by hand, and compare book and network."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.commands.at_work import AtWork, ask_password, at_work
from boss_tui.commands.network import element_file, element_of, network_of
from boss_tui.commands.options import ElementCodeArgument, HomeOption, JsonOption, NoneOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, opened, show, show_json, show_table, spoken, store_of
from data.clock import on_the_wall
from data.errors import NotAllowed, Outside
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk.work_by_hand import WorkView
    from boss_tui.home.settings import Home
    from boss_tui.network.dialects.record import Record
    from boss_tui.network.work import Network
    from data.store import UnitOfWork
    from data.tables.network import NetworkElement

network = typer.Typer()
TURN = 0.3
_SECRET = "BOSS_GATEWAY_SECRET"

WorkArgument = Annotated[str, typer.Argument(help="A work order's key, as `boss network manual` shows it.")]
WordsOption = Annotated[str, typer.Option(help="Why, in so many words; kept with the work order.", show_default=False)]


@network.command("secret")
@errors_in_words
def secret(
    element: ElementCodeArgument,
    remove: NoneOption = False,
    home: HomeOption = None,
) -> None:
    """Keep the password of an element's gateway here: from BOSS_GATEWAY_SECRET, or asked for. It is never shown."""
    from boss_tui.network.gateway_secrets import keep_secret
    from data.tables.network import NetworkElement

    at = opened(home)
    with store_of(at) as store, store.reading() as reading:
        reading.one(NetworkElement, code=element)
    typed = "" if remove else os.environ.get(_SECRET, "") or ask_password(_SECRET, f"Secret of {element}")
    keep_secret(at.folder, element, typed)
    show(spoken()(say("Removed.") if remove else say("Kept.")))


OverdueOption = Annotated[bool, typer.Option("--overdue", help="Only those over their time.")]

MostWorkOption = Annotated[
    int, typer.Option(min=1, max=100_000, help="How many are looked at, those that are open longest.")
]


@network.command("manual")
@errors_in_words
def manual(
    overdue: OverdueOption = False,
    most: MostWorkOption = WORK_AT_ONCE,
    operator: OperatorOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Work orders that wait for a person, the late ones first: whose each is, until when, and why it is there."""
    with at_work(home, operator) as person:
        show_work(person.desk.work_by_hand.listed(overdue=overdue, most=most), as_json)


@network.command("show")
@errors_in_words
def one(
    work: WorkArgument, operator: OperatorOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """A manual work order with all that was done about it."""
    with at_work(home, operator) as person:
        show_one(person.desk.work_by_hand.show(work), as_json)


@network.command("take")
@errors_in_words
def take(
    work: WorkArgument, operator: OperatorOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Make a manual work order one's own."""
    with at_work(home, operator) as person:
        show_one(person.desk.work_by_hand.take(work), as_json)


@network.command("hand")
@errors_in_words
def hand(
    work: WorkArgument,
    to: Annotated[str, typer.Argument(help="The staff number of somebody of this outlet.")],
    words: WordsOption,
    operator: OperatorOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a manual work order to somebody else: its owner does, or a supervisor."""
    with at_work(home, operator) as person:
        show_one(person.desk.work_by_hand.hand(work, to, words), as_json)


@network.command("hold")
@errors_in_words
def hold(
    work: WorkArgument,
    words: WordsOption,
    until: Annotated[str, typer.Option(help="A day, such as 20261201.")],
    at: Annotated[str, typer.Option(help="A time of it, such as 09:30.")] = "09:00",
    operator: OperatorOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a manual work order off until a time; its time limit stands still meanwhile."""
    with at_work(home, operator) as person:
        show_one(person.desk.work_by_hand.hold(work, until, at, words), as_json)


@network.command("resume")
@errors_in_words
def resume(
    work: WorkArgument, operator: OperatorOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Take up again what was put off."""
    with at_work(home, operator) as person:
        show_one(person.desk.work_by_hand.resume(work), as_json)


def show_work(found: Sequence[WorkView], as_json: bool) -> None:
    """A line for each."""
    from boss_tui.network.owning import LEVELS

    if as_json:
        show_json(found)
        return
    speak = spoken()
    rows = []
    for each in found:
        late = speak(LEVELS[each.level]) if each.level else on_the_wall(each.due_at)
        rows.append((each.key, each.outlet, speak(each.what), each.serial, each.owner or "-", late, speak(each.why)))
    show_table(rows)


def show_one(found: WorkView, as_json: bool) -> None:
    """One, then its steps."""
    show_work([found], as_json)
    if not as_json:
        speak = spoken()
        steps = found.steps
        show_table([(on_the_wall(s.at), speak(s.act), s.operator, s.to, on_the_wall(s.until), s.words) for s in steps])


@network.command("settle")
@errors_in_words
def settle(
    work: WorkArgument,
    done: Annotated[bool, typer.Option("--done/--given-up", help="What became of it.")] = True,
    words: WordsOption = "",
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """Say of a manual work order that it is done, or given up (with --words). A finished order is completed."""
    from boss_tui.chores.completion import complete_finished
    from boss_tui.network import manual as by_hand

    with at_work(home, operator) as person:
        with _acting(person, work, "network.settle") as tx:
            by_hand.settle(tx, work, person.operator.staff_no, done=done, words=words)
        completed = complete_finished(person.store, person.home.settings.outlet)
    for serial in completed:
        print(spoken()(say("Order {serial} is completed.", serial=serial)))


@network.command("requeue")
@errors_in_words
def requeue(work: WorkArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """Try a failed automatic work order once more, from its first command."""
    from boss_tui.network import manual as by_hand

    with at_work(home, operator) as person, _acting(person, work, "network.requeue") as tx:
        by_hand.requeue(tx, work, person.operator.staff_no)


@network.command("cancel")
@errors_in_words
def cancel(work: WorkArgument, words: WordsOption, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """Cancel a work order of which nothing has left yet, or that failed."""
    from boss_tui.network import manual as by_hand

    with at_work(home, operator) as person, _acting(person, work, "network.cancel") as tx:
        by_hand.cancel(tx, work, person.operator.staff_no, words)


@contextmanager
def _acting(person: AtWork, work: str, kind: str) -> Iterator[UnitOfWork]:
    """A transaction in this person's name about a work order's order."""
    from boss_tui.network.rows import author_for
    from data.tables.network import WorkOrder
    from data.tables.order import ProductOrder

    with person.store.reading() as reading:
        order = reading.one(ProductOrder, id=reading.one(WorkOrder, id=work).order_id)
    author = author_for(person.home.settings.outlet, order, person.operator.staff_no, kind)
    with person.store.transaction(author) as tx:
        yield tx


@network.command("reconcile")
@errors_in_words
def reconcile(
    code: ElementCodeArgument,
    numbers: Annotated[
        list[str] | None, typer.Option("--number", help="Ask the element about this number; may be repeated.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0, help="How long to wait for what it answers.")] = 60.0,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare book and network; what is under way is passed over. Ends with 1 when they differ. Nothing is changed.

    With --number the element is asked, by its gateway. Without, all of a simulated element of this home is read.
    """
    from boss_tui.commands.progress import waited
    from boss_tui.network.reconcile import differences
    from data.tables.network import NetworkElement

    at = opened(home)
    with network_of(home) as net:
        with net.store.reading() as reading:
            element = reading.one(NetworkElement, code=code)
        records = (
            _asked(net, element.code, numbers, seconds)
            if numbers
            else waited(say("Reading the element"), lambda: _whole(at, element))
        )
        with net.store.reading() as reading:
            found = list(differences(reading, code, records, numbers))
    if as_json:
        show_json(found)
    else:
        print("\n".join(spoken()(each.message) for each in found) or spoken()(say("Book and network agree.")))
    if found:
        raise typer.Exit(1)


def _whole(home: Home, row: NetworkElement) -> list[Record]:
    """Everyone that a simulated element of this home knows. NotAllowed for any other."""
    if not element_file(home, row.code).exists():
        raise NotAllowed(say("Only a simulated element can be read whole: say which numbers to ask about."))
    element = element_of(home, row)
    try:
        return list(element.subscribers())
    finally:
        element.close()


def _asked(net: Network, code: str, numbers: Sequence[str], seconds: float) -> list[Record]:
    """Ask, and wait for the answers; whoever keeps house meanwhile may fetch them. Outside when they don't come."""
    from boss_tui.network.reconcile import answers, ask
    from boss_tui.network.rows import author

    with net.store.transaction(author(net.outlet)) as tx:
        since = tx.now()
        ask(tx, net.outlet, code, numbers)
    end = time.monotonic() + seconds
    while True:
        net.step()
        with net.store.reading() as reading:
            found = answers(reading, code, since)
        if set(numbers) <= set(found):
            return [record for record in found.values() if record is not None]
        if time.monotonic() > end:
            missing = ", ".join(sorted(set(numbers) - set(found)))
            raise Outside(say("No answer yet about {numbers}. Ask again later.", numbers=missing))
        time.sleep(TURN)
