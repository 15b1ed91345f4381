"""A form on the screen, driven by its data alone: shown, filled field by field, priced, held, given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from boss_tui.answers.business import DraftView
from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import codes_in, toggled
from data.message import Message, say
from screens.asking import AskingBeside
from screens.dialogs.dialog import Destroy, GiveUp
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import LongPickList
from screens.frame import DeskScreen, Plain
from screens.widgets.form_panel import Field, FormPanel
from screens.widgets.listing import ListRow
from screens.widgets.side_panel import PriceLine, SidePanel

if TYPE_CHECKING:
    from boss_tui.forms.form import Form
    from screens.ports.signing import BusinessView


NEEDED = say("This field is needed.")
FRAME = 6
"""Rows of the lines above and below, the line between form and reminders, and the price's."""
LEAST, MOST = 4, 8
"""Rows of reminders below a form."""


class FormScreen(DeskScreen):
    """One draft of one business, as it is filled in."""

    tips: ClassVar[tuple[Message, ...]] = ()
    """What stands beside the form, whatever it holds."""
    tips_by: ClassVar[tuple[str, Mapping[str, Message]]] = ("", {})
    """A field, and what stands beside the form for each value of it."""
    keeps = True
    recalled = False
    """Whether it was taken up again: what had been typed before is not given up in silence."""
    doubted = ""
    """The field that was filled with what the customer in view makes likely: the next key overtypes it."""
    BINDINGS: ClassVar = [
        Binding("pagedown", "beside(4)", show=False),
        Binding("pageup", "beside(-4)", show=False),
    ]

    def __init__(self, business: BusinessView, form: type[Form], draft: DraftView) -> None:
        super().__init__()
        self.business, self.draft = business, draft
        self._about = form.about or "number"
        self.panel = FormPanel(form.fields())
        self.panel.defaults = _defaults(form)
        self.side = SidePanel(draft, lambda: datetime.now(UTC))
        self.reminders = Plain(id="side")
        self.price = PriceLine(self._below)
        self._tried = self._covered = False
        self._missing = frozenset[str]()
        self.asking = AskingBeside(self)

    def parts(self) -> ComposeResult:
        """The form, and what stands beside it."""
        with Container(id="body"):
            with Plain(id="form"):
                yield self.panel
            with Container(id="beside"):
                with self.reminders:
                    yield self.side
                yield self.price

    def on_mount(self) -> None:
        """Show what is known already; the cursor goes behind it."""
        self.show(self.draft, opened=True)
        given = [name for name in self.panel.order() if self.panel.fields[name].value]
        if self.doubted:
            self.panel.focus_on(self.doubted)
            self.panel.fields[self.doubted].select_all()
        elif given and given[0] == self.panel.order()[0]:
            self.panel.focus_on(next((n for n in self.panel.order() if n not in given), given[-1]))

        for changing in ("scroll_y", "virtual_size"):
            self.watch(self.reminders, changing, lambda _: self.price.redraw(), init=False)

    def on_screen_resume(self) -> None:
        """Another screen was over this one: whom this form is about is in view again, and nobody else."""
        shown = self.desk.customer
        about = self.draft.in_view[0]
        if self._covered and about and (shown is None or shown.customer_id != about):
            self.desk.flow(self._look_again())

    def on_screen_suspend(self) -> None:
        """Something is over it."""
        self._covered = True

    async def _look_again(self) -> None:
        self.show(await self.desk.call(self.desk.port.forms.quote, self.draft.id))
        await self.desk.recognise(self.draft.in_view)

    def on_resize(self) -> None:
        """Form and reminders share another room."""
        self._share_room()
        self.call_after_refresh(self._show_beside)

    def _show_beside(self) -> None:
        """What stands beside the form; where there is room for it, first what has none beside its own field."""
        cut = self.panel.cut() if self.has_class("-wide") else []
        whole = [(say("{field}: {words}", field=field, words=words), style) for field, words, style in cut]
        self.side.show(self.draft, [*whole, *self.beside(self.draft)])

    def _share_room(self) -> None:
        """One below the other, the reminders leave the form what it needs; they have four rows at least."""
        beside = self.reminders.styles
        if self.has_class("-wide"):
            beside.clear_rule("max_height")
            return
        free = self.size.height - FRAME - len(self.panel.rows(self.size.width))
        beside.max_height = MOST if self.side.detailed else max(LEAST, min(MOST, free))

    def _below(self) -> int:
        """Lines beside the form that are below those that are shown."""
        reminders = self.reminders
        return max(round(reminders.max_scroll_y - reminders.scroll_y), 0)

    def heading(self) -> Message:
        """Code, name and the draft's number; the slip that it enters later."""
        slip = self.draft.slip
        if slip:
            return say(
                "{code} {business}  slip {number} of {date} {time}",
                code=self.business.code,
                business=self.business.label,
                number=slip.number,
                date=slip.written_on,
                time=slip.written_at,
            )
        return say(
            "{code} {business}  No. {number}",
            code=self.business.code,
            business=self.business.label,
            number=self.draft.number,
        )

    def beside(self, draft: DraftView) -> list[tuple[Message, str]]:
        """What this business shows beside its form: messages and their style (see widgets.drawn)."""
        field, tips = self.tips_by
        chosen = tips.get(str(draft.values.get(field) or self.panel.defaults.get(field, "")))
        return [(tip, "dim") for tip in (chosen, *self.tips) if tip]

    # what the desk answers

    def show(self, draft: DraftView, opened: bool = False) -> None:
        """Show a draft as the desk has it."""
        self.draft = draft
        self.panel.show({**draft.facts, **_filled(draft)}, self._pointed_at(), draft.notes, opened)
        self._show_beside()
        self.price.show(draft.quote)
        self._share_room()
        self._say_field()
        if draft.asking:
            self.asking.begin()

    def _pointed_at(self) -> dict[str, Message]:
        """What is wrong; that a field is needed is not, while nobody has tried to go on without it. What was missing
        then is pointed at until it is there, whatever the desk shows anew meanwhile."""
        typed, known = self.panel.fields, {**self.draft.facts, **_filled(self.draft)}
        there = {name for name in self._missing if typed[name].value or known.get(name)}.union(self.draft.secrets)
        missing = dict.fromkeys(self._missing - there, NEEDED)
        return missing | {
            name: error
            for name, error in self.draft.errors.items()
            if self._tried or error != NEEDED or (name in typed and typed[name].value)
        }

    async def save(self) -> bool:
        """Tell the desk what it has not been told. False when something in it is wrong."""
        changes = self.panel.changes()
        if not changes:
            return True
        draft = await self.desk.call(self.desk.port.forms.fill, self.draft.id, changes)
        self._price_in_lines(False)
        self.panel.mark_saved(changes)
        self.show(draft)
        await self.desk.recognise(draft.in_view)
        return not any(name in draft.errors for name in changes)

    async def _tell_all(self) -> None:
        """What the desk found out by itself and stands in the fields is part of the form: what is seen is done."""
        await self.save()
        found = {
            spec.name: self.panel.fields[spec.name].value
            for spec in self.panel.specs
            if spec.required and spec.name in self.draft.facts and not self.draft.values.get(spec.name)
        }
        told = {name: value for name, value in found.items() if value}
        if told:
            self.show(await self.desk.call(self.desk.port.forms.fill, self.draft.id, told))

    # fields

    def on_field_left(self, event: Field.Left) -> None:
        """Go to the next field; with Enter only if this one is right."""
        event.stop()
        if self.panel.changes():
            self.desk.flow(self._leave(event))
        else:
            self._step(event)

    async def _leave(self, event: Field.Left) -> None:
        right = await self.save()
        if not right:
            self.desk.gate.flush()
            self.desk.bell()
        if right or not event.insist:
            self._step(event)
        else:
            event.field.select_all()  # the next key overtypes it; an arrow key keeps it

    def _step(self, event: Field.Left) -> None:
        target = self.panel.beside(event.field.spec.name, event.step)
        while target is not None and event.insist and event.step > 0 and self._is_answered(target):
            target = self.panel.beside(target, event.step)
        if target is not None:
            self.panel.focus_on(target)
        else:
            self.tell(say("That was the last field. F9: price. F10: complete."))

    def _is_answered(self, name: str) -> bool:
        """Whether the document has said what stands in a field: an arrow goes there, Enter need not."""
        answered = self.panel.fields[name].spec.ask.answered and self.draft.facts.get(name)
        return bool(answered) and name not in self.draft.errors and not self.draft.values.get(name)

    def on_form_panel_moved(self) -> None:
        """Say what is wrong, or known, in the field that has the focus now."""
        self._say_field()
        self.redraw_frame()

    def _say_field(self) -> None:
        error = self.panel.errors.get(self.panel.current)
        note = self.draft.notes.get(self.panel.current)
        if error is not None:
            self.tell(error, "error")
        elif note is not None:
            self.tell(note)
        elif self.said_last[1] != "good":
            self.tell(Message(""))

    def action_beside(self, by: int) -> None:
        """Move through what stands beside the form."""
        self.reminders.scroll_relative(y=by, animate=False)

    # actions

    def why_not(self, name: str) -> Message | None:
        """F4 wants a field with a list."""
        if name == "list" and not self.panel.fields[self.panel.current].spec.ask.choices:
            return say("This field has no list.")
        return super().why_not(name)

    async def do_list(self) -> None:
        """The list of this field."""
        field = self.panel.fields[self.panel.current]

        async def load(text: str, most: int) -> list[ListRow]:
            found = await self.desk.call(self.desk.port.forms.choices, self.draft.id, field.spec.name, text, most)
            return [_line(choice, self.desk.words(choice.label), held) for choice in found]

        several = field.spec.ask.several
        held = codes_in(field.value) if several else ()
        current = field.value or self.panel.defaults.get(field.spec.name, "")
        taken = await self.desk.ask(LongPickList(field.spec.ask.label, load, current=current))
        if taken is not None and several:
            field.value = toggled(field.value, taken)
            await self._leave(Field.Left(field, 0, True))  # F4 again adds another one
        elif taken is not None:
            field.value = taken
            await self._leave(Field.Left(field, 1, True))

    async def do_restore(self) -> None:
        """The form as it was opened."""
        changes = self.panel.opened_values()
        if not changes:
            self.tell(say("Nothing has been changed."))
            return
        question = say("What was typed is thrown away (fields: {n}). It can't be brought back.", n=len(changes))
        if not await self.desk.ask(Destroy(say("Put the form back as it was opened?"), question)):
            return
        for name, value in changes.items():
            self.panel.fields[name].put(value)
        self.show(await self.desk.call(self.desk.port.forms.fill, self.draft.id, changes))
        self.tell(say("The form is as it was opened."), "good")

    async def do_same(self) -> None:
        """What was typed the last time, into the fields that are for it and are empty."""
        last = await self.desk.call(self.desk.port.forms.last_values, self.business.code)
        wanted = {
            spec.name: str(last[spec.name])
            for spec in self.panel.specs
            if spec.ask.same and last.get(spec.name) not in (None, "") and not self.panel.fields[spec.name].value
        }
        if not wanted:
            self.tell(say("There is nothing to fill in from the last time."), "warn")
            return
        self.show(await self.desk.call(self.desk.port.forms.fill, self.draft.id, wanted))
        self.tell(say("{n} {n:field|fields} filled in as the last time.", n=len(wanted)), "good")

    async def _ended(self) -> bool:
        """Whether the form was completed or given up at another terminal: then it is left, and who did it is said."""
        ended = await self.desk.call(self.desk.port.forms.ended, self.draft.id)
        if ended is None:
            return False
        await self.desk.pop_screen()
        self.desk.announce(ended, "warn")
        return True

    async def do_back(self) -> None:
        """Leave; a form that was ended elsewhere is asked no more about."""
        if not await self._ended():
            await super().do_back()

    async def do_hold(self) -> None:
        """Put the form aside under its number."""
        if await self._ended():
            return
        await self.save()
        note = await self.desk.ask(OneLine(say("Hold"), say("A note to know it by (may be empty)")))
        if note is None:
            return
        await self.desk.call(self.desk.port.forms.hold, self.draft.id, note)
        await self.desk.pop_screen()
        self.desk.announce(say("Held under No. {number}. F6 takes it up again.", number=self.draft.number), "good")

    async def do_price(self) -> None:
        """The price, line by line."""
        await self.save()
        self.show(await self.desk.call(self.desk.port.forms.quote, self.draft.id))
        self._price_in_lines(True)
        self.reminders.scroll_home(animate=False)

    def _price_in_lines(self, asked: bool) -> None:
        """The price line by line, where it was asked for; until something else is typed."""
        if self.side.detailed != asked:
            self.side.detailed = asked
            self._share_room()
            self.side.redraw(layout=True)

    async def renew(self) -> None:
        """The draft is past its time: a new one takes over what was typed, and reserves again what is still free."""
        typed = {name: value for name, value in self.panel.values().items() if value}
        await self.desk.call(self.desk.port.forms.abandon, self.draft.id)
        draft = await self.desk.call(self.desk.port.forms.begin, self.business.code, typed)
        self.panel.mark_saved(typed)
        self.show(draft)
        self.redraw_frame()
        self.tell(
            say("The form was past its time. It goes on as No. {number}: look through it.", number=draft.number), "warn"
        )

    async def keep_typed(self) -> None:
        """The field that was not left yet goes to its draft, too; half a password does not."""
        typed = self.panel.changes(secrets=False)
        if typed:
            await self.desk.call(self.desk.port.forms.fill, self.draft.id, typed)

    async def may_leave(self) -> bool:
        """An untouched form goes quietly; one that was typed into, now or before, is asked about."""
        touched = self.panel.opened_values() or self.draft.held or (self.recalled and _filled(self.draft))
        if touched:
            question = GiveUp(say("Give it up?"), say("The form is given up, and what it holds is freed."))
            if not await self.desk.ask(question):
                if question.kept:
                    await self.do_hold()
                return False
        await self.desk.call(self.desk.port.forms.abandon, self.draft.id)
        return True


def _defaults(form: type[Form]) -> dict[str, str]:
    """What an empty field means, where that is not nothing."""
    found = {name: field.default for name, field in form.model_fields.items() if not field.is_required()}
    shown = {name: "n" if value is False else value for name, value in found.items()}
    return {name: str(value) for name, value in shown.items() if isinstance(value, str | int) and value not in ("", 0)}


def _filled(draft: DraftView) -> dict[str, object]:
    return {name: value for name, value in draft.values.items() if value not in (None, "")}


def _line(choice: Choice, shown: str, held: tuple[str, ...] = ()) -> ListRow:
    """Value, label, more; the value alone is left out where the label, as it is shown, is that in groups, to be read
    aloud."""
    named = shown.replace(" ", "") != choice.value
    value = f"{choice.value} *" if choice.value in held else choice.value
    return ListRow((value, choice.label, choice.detail)[not named :], choice.value)
