"""The queue list 待办清单: what still waits for headquarters, network and printers, on paper, for the supervisor.

Counts first, then item by item what a person must see to; what goes on by itself comes after that. Each has a box to
tick. It says how things stood when it was made, and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boss_tui.answers.hall import QUEUE_KINDS, QueueItem
from boss_tui.reports.report import SUPERVISOR_SIGNS, Column, Fact, Report, Section, Value
from boss_tui.reports.standing import WAITING
from data.clock import on_paper
from data.message import Message, say
from data.states import state_name

NAME = "queue-list"
BOX = Message("[ ]")


def queue_list(
    outlet: Message, business_date: str, made_at: str, by: str, counts: Mapping[str, int], items: Sequence[QueueItem]
) -> Report:
    """The list. `made_at`: stored time; `by`: staff number and name; `counts`: by the keys of `standing.WAITING`."""
    facts = (
        Fact(say("Outlet"), outlet),
        Fact(say("Business date"), business_date or "-"),
        Fact(say("Made at"), on_paper(made_at, business_date)),
        Fact(say("Made by"), by),
    )
    asked = [item for item in items if item.ways and not item.goes_on]
    alone = [item for item in items if item not in asked]
    sections = (_counted(counts), _listed(say("A person must see to"), asked), _listed(say("Goes on by itself"), alone))
    return Report(
        NAME, say("Queue list"), facts, sections, (Fact(say("Items"), len(items), "count"),), signed=(SUPERVISOR_SIGNS,)
    )


def _counted(counts: Mapping[str, int]) -> Section:
    rows = tuple((WAITING[kind], count) for kind, count in counts.items())
    return Section(say("What waits"), (Column(say("What waits")), Column(say("Count"), "count")), rows)


def _listed(title: Message, items: Sequence[QueueItem]) -> Section:
    columns = (Column(say("Seen to")), Column(say("Kind")), Column(say("What waits")), Column(say("State")))
    return Section(title, columns, tuple(_row(item) for item in items))


def _row(item: QueueItem) -> tuple[Value, ...]:
    what = say("{title}: {why}", title=item.title, why=item.reason) if item.reason != Message("") else item.title
    return BOX, QUEUE_KINDS[item.kind], what, state_name(item.state)
