"""An edition on the screen: each field before and after, what comes of it, what can be done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.operators.delegations import in_words
from boss_tui.editions.standing import EDITABLE
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, listed, quoted, say
from data.states import state_name
from screens.dialogs.dialog import Confirm, Destroy
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import pick
from screens.dialogs.refusing import RefusedDialog
from screens.list_screen import ListScreen
from screens.manage.about import About
from screens.manage.changes import ABOUT, FEW, became, by_row, in_short, or_dash
from screens.manage.edition_keys import APPROVE, NEXT, SUBMIT, keys_of
from screens.meanings import ACTS, AGAIN, TRY, Meaning, here
from screens.widgets.listing import HEADING, ListRow
from screens.widgets.text import wrapped

if TYPE_CHECKING:
    from boss_tui.desk.editing import EditionView
    from boss_tui.management.next_steps import NextStep
    from boss_tui.management.words import InWords

Do = Callable[[], Awaitable[None]]


class Decide(Confirm):
    """Whether an edition is submitted or approved: the screen behind it has all that it changes."""

    rest: ClassVar[Message] = say("and {n} {n:line|lines} more, on the screen behind this")


class EditionScreen(ListScreen):
    """One edition: a line for each field that it changes. F10 submits one's own draft, or approves another's."""

    means: Mapping[str, Meaning] = here(restore=AGAIN, list=ACTS, price=TRY, complete=SUBMIT)
    hint: ClassVar[Message] = say("F9: try it. F4: what can be done")
    widths: ClassVar[tuple[int, ...]] = (16, 20, 20)
    empty: ClassVar[Message] = say("Nothing is changed by it.")

    def __init__(self, edition: str, why: Message | None = None) -> None:
        """`why`: why it is shown, where that was not asked for."""
        super().__init__()
        self.edition_id, self._why_shown = edition, why
        self.view: EditionView | None = None
        self._narrowed_by = ""

    def heading(self) -> Message:
        """Number, state, author, from when: all of it has room, so that no date is cut for a long title."""
        if self.view is None:
            return say("Edition")
        e = self.view.edition
        return say(
            "Edition {number}: {state}, by {author}, from {day}",
            number=e.number,
            state=state_name(e.state),
            author=self._called(e.author),
            day=e.counts_from or e.effective_from or say("its approval"),
        )

    def _called(self, staff_no: str) -> str:
        """A person by number and name, of whom there is a deed."""
        acts = self.view.acts if self.view else ()
        return next((act.who for act in acts if act.operator == staff_no), staff_no)

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What an edition is, and how it goes."""
        return [*super().help_sections(), (say("Edition"), ABOUT)]

    def advice(self) -> Message:
        """The keys that do something with it as it stands."""
        if self.view is None:
            return self.hint
        leads_on = self._next is not None
        return keys_of(self.view.edition, mine=self._mine, is_to_do=self._is_to_do, leads_on=leads_on)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Each field before and after, and what moved meanwhile."""
        if self.view is None or text == self._narrowed_by:  # a draft is tried out for it: not at each key of a filter
            self.view = await self.desk.call(self.desk.port.editions.show, self.edition_id)
        self._narrowed_by = text
        complete = NEXT if self._next is not None else SUBMIT if self._mine else APPROVE
        self.means = {**EditionScreen.means, "complete": complete}
        self.advise()
        self.redraw_frame()
        view = self.view
        told = view.faults or view.against or view.warnings or view.met or tuple(each.text for each in view.notices)
        if self._why_shown is not None or told:
            self.tell(self._why_shown or self._in_a_line(told), "warn")
        return self.narrowed(list(self._lines(self.view)), text)

    def _lines(self, view: EditionView) -> Iterator[ListRow]:
        """What it is about; then a heading for each row, and its fields below it."""
        e = view.edition
        yield ListRow((say("Edition title"), e.title))
        yield ListRow((say("Reason"), e.reason or "-"))
        yield ListRow((say("Reaches"), view.reaches))
        if len(view.businesses) > 1:
            names = listed(
                Message("{code} {name}", {"code": code, "name": BUSINESS_NAMES[code]}) for code in view.businesses
            )
            yield ListRow((say("Businesses"), names))
        yield from self._approvals(view)
        if view.rolls_back:
            yield ListRow((say("Rolls back"), say("edition {number}", number=view.rolls_back)))
        if e.state == "withdrawn":  # who decided is who had approved it
            yield ListRow((say("Withdrawal"), view.withdrawal))
        elif e.decision or e.decided_for:
            who, words = in_words(self._called(e.decided_by), e.decided_for), e.decision or "-"
            yield ListRow((say("Decision"), say("{who}: {words}", who=who, words=words)))
        for step in view.next_steps[:1]:
            yield ListRow((say("Then"), say("once it is in force (F10): {act}", act=step.act.says)))
        for told in (*view.faults, *view.against, *view.warnings, *view.met):
            yield from self._known_before(told)
        for row, fields in by_row(view.in_words, self.desk.words.language):
            yield ListRow((row,), style=HEADING)
            yield from (ListRow((each.told,)) for each in view.effects.get(fields[0].position, ()) if fields)
            yield from map(self._field, fields)

    def _approvals(self, view: EditionView) -> Iterator[ListRow]:
        """Who approves it, or has."""
        e = view.edition
        first = in_words(self._called(e.first_approver), e.first_for)
        if e.state in ("approved", "in_force") and e.decided_by:
            last = in_words(self._called(e.decided_by), e.decided_for)
            yield ListRow((say("Approver"), listed([first, last] if e.first_approver else [last])))
        elif view.needs_two:
            whose = say("{who}, and another", who=first) if e.first_approver else say("two people")
            yield ListRow((say("Approver"), whose), style="warn")
            yield from self._known_before(view.needs_two)
        elif e.state == "draft" and not view.against:
            yield ListRow((say("Approver"), say("one other person")))
        if e.state in ("draft", "submitted") and not view.against:
            yield ListRow((say("Who may"), ", ".join(view.deciders) or say("nobody at this office")))

    def _in_a_line(self, told: Sequence[Message]) -> Message:
        """What is to be known, where a line has room for it; else how much it is."""
        if len(told) == 1 and cell_len(self.desk.words(told[0])) < self.size.width - len("!! "):
            return told[0]
        return say("Note: {n} {n:line|lines} marked !! in the list", n=len(told))

    def _known_before(self, told: Message) -> Iterator[ListRow]:
        """What is to be known before it is decided, whole: in as many lines as it takes."""
        first, *more = wrapped(self.desk.words(told), self.size.width - len("  !!   "))
        yield ListRow((f"!! {first}",), style="warn")
        yield from (ListRow((f"   {each}",), style="warn") for each in more)

    def _field(self, each: InWords) -> ListRow:
        cells = (each.label, or_dash(each.before), became(each.after))
        if each.stands is None:
            return ListRow(cells, each, "dim" if each.is_usual else "")
        return ListRow((*cells, say("now {value}", value=or_dash(each.stands))), each, "warn")

    async def chosen(self, line: ListRow) -> None:
        """Go on with the row that the field is of, where one's own edition may still be edited; else what can be done
        with the edition as a whole."""
        from screens.manage.row import RowScreen

        field: InWords | None = line.value
        if field is None or not self._is_edited:
            await self.do_list()
            return
        name, key = self._shown.places[field.position]
        managing = self.desk.port.managing
        entity = await self.desk.call(managing.entity, name)
        view = await self.desk.call(managing.row, name, key, self.edition_id)
        await self.desk.push_screen(RowScreen(name, entity, view, field.column))

    # what can be done

    def why_not(self, name: str) -> Message | None:
        """Nothing is submitted or approved of what was, or of what waits for somebody else."""
        if name == "complete" and self.view is not None and not self._is_to_do:
            return say("Nothing is to be done now ({state}).", state=state_name(self.view.edition.state))
        return super().why_not(name)

    @property
    def _is_to_do(self) -> bool:
        """Whether F10 does something: its author submits, bases anew; another approves; then it is gone on with."""
        e, state = self._shown.edition, self.desk.state
        if self._next is not None:
            return True
        if self._mine:
            return e.state in ("draft", "stale", "rejected")
        return e.state == "submitted" and state is not None and e.first_approver != state.staff_no

    @property
    def _shown(self) -> EditionView:
        """The edition as it was loaded: before it was, nothing can be done."""
        assert self.view is not None
        return self.view

    @property
    def _next(self) -> NextStep | None:
        """What is to be done now that it is in force."""
        in_force = self.view is not None and self.view.edition.state == "in_force"
        return next(iter(self._shown.next_steps), None) if in_force else None

    @property
    def _mine(self) -> bool:
        state = self.desk.state
        return self.view is not None and state is not None and self.view.edition.author == state.staff_no

    @property
    def _is_edited(self) -> bool:
        """Whether whoever looks may still edit it."""
        return self._mine and self._shown.edition.state in EDITABLE

    async def do_list(self) -> None:
        """What can be done, by its state and by who looks. What ends something stands apart, and asks."""
        if self.view is None:
            return
        both = self._harmless(self.view), self._careful(self.view)
        lines, careful = ([ListRow((told,), do) for told, do in some] for some in both)
        do: Do | None = await self.desk.ask(pick(say("What can be done"), lines, careful))
        if do is not None:
            await do()

    def _harmless(self, view: EditionView) -> Iterator[tuple[Message, Do]]:
        e = view.edition
        if self._is_edited:
            yield say("Title, reason, date, whom it reaches"), self._describe
            yield say("Base it on what stands now"), self._rebase
        if e.state == "in_force" and e.emergency and not e.reviewed_at:
            yield say("Review"), self._review
        if e.state == "in_force":
            yield say("Roll back: a draft of the opposite"), self._roll_back
        yield say("Who did what with it"), self._acts

    def _careful(self, view: EditionView) -> Iterator[tuple[Message, Do]]:
        e = view.edition
        if self._is_edited and self._row_marked is not None:
            yield say("Take this row out"), self._drop
        if e.state == "submitted" and not self._mine:
            yield say("Reject"), self._reject
        if self._is_edited or e.state == "approved":
            yield say("Withdraw"), self._withdraw
        if self._mine and e.state == "draft" and not e.effective_from:
            yield say("An emergency: let it count at once, unapproved"), self._emergency

    @property
    def _row_marked(self) -> InWords | None:
        """The field under the mark."""
        marked = self.listing.marked
        return marked.value if marked is not None and hasattr(marked.value, "position") else None

    async def do_price(self) -> None:
        """Try what it changes, the row under the mark first: what would be sold, charged, printed with it."""
        from screens.manage.trying import try_edition

        marked = self._row_marked
        if self.view is not None:
            await try_edition(self.desk, self.edition_id, marked.position if marked is not None else None)

    async def do_complete(self) -> None:
        """Submit one's own draft; approve what another submitted, as it is shown; then what is to be done next."""
        if self.view is None:
            return
        if self._next is not None:
            from screens.manage.acting import begin

            self.tell(Message(""))
            await begin(self.desk, self._next.name, self._next.act, self._next.key)
            return
        e, port = self.view.edition, self.desk.port.editions
        if e.state == "submitted" and not self._mine:
            if await self.desk.ask(Decide(say("Approve?"), self.heading(), *self._about(self.view))):
                await self._done(port.approve, e.id, self.view.seen)
        elif e.state == "draft" and self._mine:
            if self.view.moved:
                await self._rebase()
            elif await self.desk.ask(Decide(say("Submit?"), self.heading(), *self._about(self.view))):
                await self._done(port.submit, e.id)
        else:
            await self._rebase()

    def _about(self, view: EditionView) -> tuple[Message, ...]:
        """What is decided about: why, how much, whom it reaches, who else is at it."""
        return (
            say("Reason: {reason}", reason=view.edition.reason or "-"),
            say("{n} {n:row|rows}, for {reaches}", n=len(view.places), reaches=view.reaches),
            *([view.needs_two] if view.needs_two else []),
            *view.met[:2],
            *view.warnings[:FEW],
            *in_short(view.in_words, view.effects, self.desk.words.language),
        )

    async def _done(self, act: Callable[..., Any], *said: str) -> None:
        """Do it, and say what became of it; why not, line by line, where it can't be."""
        try:
            await self.desk.call(act, *said)
        except NotAllowed as fault:
            reasons = tuple(fault.reasons) or (fault.message,)
            await self.desk.ask(RefusedDialog(say("This can't be"), reasons))
            await self.do_restore()
            return
        await self._narrow(self.entry.value, self.listing.at)
        if self.view is not None:
            e = self.view.edition
            told = say("Edition {number}: {state}.", number=e.number, state=state_name(e.state))
            if e.state == "submitted" and e.first_approver:
                told = say(
                    "Edition {number}: approved by you; another person approves it, too: {who}.",
                    number=e.number,
                    who=", ".join(self.view.deciders) or say("nobody at this office"),
                )
            if self._next is not None:
                told = say("{told} F10: {act}", told=told, act=self._next.act.says)
            self.tell(told, "good" if not self.view.faults else "warn")

    async def _why(self, title: Message) -> str | None:
        return await self.desk.ask(OneLine(title, say("Why?"), needed=True))

    async def _reject(self) -> None:
        if why := await self._why(say("Reject")):
            await self._done(self.desk.port.editions.reject, self.edition_id, why)

    async def _withdraw(self) -> None:
        why = await self._why(say("Withdraw"))
        sure = bool(why) and await self.desk.ask(Destroy(say("Withdraw?"), self.heading()))
        if why and sure:
            await self._done(self.desk.port.editions.withdraw, self.edition_id, why)

    async def _roll_back(self) -> None:
        from boss_tui.management.words import left_in_words

        if why := await self._why(say("Roll back")):
            made, left = await self.desk.call(self.desk.port.editions.roll_back, self.edition_id, why)
            self.tell(Message(""))
            await self.desk.push_screen(EditionScreen(made.id))
            for each in left[:1]:
                self.desk.announce(left_in_words(each), "warn")

    async def _review(self) -> None:
        if words := await self.desk.ask(OneLine(say("Review"), say("What was it?"), needed=True)):
            await self._done(self.desk.port.editions.review, self.edition_id, words)

    async def _emergency(self) -> None:
        told = say("It counts at once for all; another person reviews it the next day.")
        if await self.desk.ask(Destroy(say("An emergency?"), self.heading(), told)):
            await self._done(self.desk.port.editions.let_count_at_once, self.edition_id)

    async def _drop(self) -> None:
        """A row goes out of the draft; it can be put in again."""
        marked = self._row_marked
        if marked is not None and await self.desk.ask(Destroy(say("Take this row out?"), marked.row)):
            await self.desk.call(self.desk.port.editions.drop, self.edition_id, marked.position)
            await self._narrow(self.entry.value, self.listing.at)

    async def _describe(self) -> None:
        e = self._shown.edition
        typed = {name: getattr(e, name) for name in ("title", "reason", "effective_from", "scope")}
        said = await self.desk.ask(About(say("Edition {number}", number=e.number), typed))
        if said is not None:
            await self._done(lambda which: self.desk.port.editions.describe(which, **said), self.edition_id)

    async def _rebase(self) -> None:
        """Field by field: what this edition wants, or what stands there by now. Then it is a draft again."""
        moved, theirs = self._shown.moved, []
        for each, told in zip(moved, self._shown.moved_in_words, strict=True):
            title = Message("{row} {field}", {"row": told.row, "field": quoted(told.label)})
            mine_line = ListRow((say("this edition's: {value}", value=or_dash(told.mine)),), False)
            theirs_line = ListRow(
                (say("as it stands, by {who}: {value}", who=told.who, value=or_dash(told.theirs)),), True
            )
            taken = await self.desk.ask(pick(title, [mine_line, theirs_line]))
            if taken is None:
                return
            if taken:
                theirs.append((each.position, each.column))
        await self.desk.call(self.desk.port.editions.rebase, self.edition_id, theirs)
        await self._narrow(self.entry.value, self.listing.at)
        told_ = say("{n} {n:field|fields} had moved. It is a draft again: F10 submits it.", n=len(moved))
        self.tell(told_, "good")

    async def _acts(self) -> None:
        acts = self.view.acts if self.view else ()
        told = tuple(
            say(
                "{at} {who}: {act} ({serial})",
                at=on_the_wall(act.at, "%Y-%m-%d %H:%M"),
                who=act.who,
                act=act.what,
                serial=act.serial,
            )
            for act in acts
        )
        await self.desk.ask(RefusedDialog(self.heading(), told))
