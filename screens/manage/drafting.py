"""Into which edition something goes: the draft that has rows of its business, another that is open, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from data.message import Message, say
from screens.dialogs.dialog import Confirm, Destroy
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import pick
from screens.frame import DeskApp
from screens.manage.about import About
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.desk.managed import DraftedRows
    from boss_tui.management.kit.entity import Entity, Key
    from data.tables.edition import Edition

FIRST_DRAFTED = say("It goes into an edition first. It counts once that is submitted (F10) and another approves it.")
"""What comes next, where a yes does nothing yet but to draft."""
NEW = "new"
"""What is chosen in place of an edition's key: none of those that there are."""


def from_when(title: Message) -> OneLine:
    """From which business date what a file brings counts."""
    return OneLine(title, say("From which business date? Empty: at once, when it is approved."))


async def into_draft(
    desk: DeskApp, name: str, put: Callable[[str, dict[str, str]], DraftedRows], edition: str = ""
) -> Message | None:
    """Put something into the named draft, a new one (`NEW`), or the open one of its business. Where none is open,
    whoever works here says which: one of another business, which it joins, or a new one. What there is to say of it;
    None: it was not done. BadForm: by field."""
    said: dict[str, str] = {}
    if not edition and await desk.call(desk.port.managing.draft, name) is None:
        which = await joined(desk, await desk.call(desk.port.managing.drafts))
        if which is None:
            return None
        edition = which
    if edition == NEW:
        asked = await desk.ask(About(say("A new edition")))
        if asked is None:
            return None
        edition, said = "", asked
    done = await desk.call(put, edition, said)
    told = say("{n} {n:row|rows} into edition {number}.", n=done.rows, number=done.edition.number)
    return say("{told} Two people approve it.", told=told) if done.needs_two else told


async def end_rows(desk: DeskApp, name: str, entity: Entity, wanted: Sequence[Key]) -> Message | None:
    """Put into a draft that rows end, after a question whose yes is another key than any before: which they are, and
    what is to be known of it. What there is to say of it; None: it was not done."""
    ahead = await desk.call(desk.port.trying.ending, name, wanted)
    if not await desk.ask(Destroy(say("{act}?", act=entity.ends), ahead.rows, *ahead.told, FIRST_DRAFTED)):
        return None
    at_hand, open_ = await desk.call(desk.port.managing.draft, name), await desk.call(desk.port.managing.drafts)
    which = await joined(desk, sorted(open_, key=lambda each: each != at_hand))
    if which is None:
        return None
    against = await desk.call(desk.port.trying.against_ending, name, wanted, None if which == NEW else which)
    if against and not await all_the_same(desk, against):
        return None

    def end(edition: str, said: dict[str, str]) -> DraftedRows:
        return desk.port.managing.end(name, wanted, edition, **said)

    return await into_draft(desk, name, end, which)


async def all_the_same(desk: DeskApp, against: Iterable[Message]) -> bool:
    """Whether something goes into an edition that would be refused with it as it is: another row may mend it."""
    question = Confirm(say("Into the edition all the same?"), say("As it is, it would be refused:"), *against)
    return await desk.ask(question) is True


async def joined(desk: DeskApp, open_: Sequence[Edition], also: Sequence[ListRow] = ()) -> Any:
    """The key of the open edition that rows join; `NEW`: none of them, or none is open. `also`: what else may be
    chosen, above them. None: nothing was chosen."""
    if not (open_ or also):
        return NEW
    here = [
        ListRow(
            (say("Into edition {number} {title} ({subject})", number=e.number, title=e.title, subject=e.subject),), e.id
        )
        for e in open_
    ]
    lines = [*also, *here, ListRow((say("Into a new edition"),), NEW)]
    return await desk.ask(pick(say("Into which edition?"), lines))
