"""Counting a drawer by notes and coins: to close its shift, to hand it over. Blind: what is expected is not shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

from pydantic import create_model
from textual.app import ComposeResult

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import Compared
from boss_tui.components.tenders.tender_slips import TenderSlips
from boss_tui.forms.fields import Ask, FieldSpec
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import Message, say
from screens.dialogs.approval import Approval, Colleague, Giver, SignedOn
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.dialogs.tick_list import TickList
from screens.local_form import LocalFormScreen
from screens.preview import PreviewScreen
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, right

FACES = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1)
"""Face values in fen: notes of 100 to 1 yuan, coins of 1 yuan, 5 and 1 jiao, and fen, seldom but legal."""


def _count_specs() -> tuple[FieldSpec, ...]:
    """A field for the pieces of each face value."""
    fields: dict[str, Any] = {
        f"pieces_{face}": (
            Annotated[
                int,
                Ask(label=say("{face} yuan", face=yuan(face)), kind="digits", width=8, help=say("How many pieces")),
            ],
            0,
        )
        for face in FACES
    }
    form: type[Form] = create_model("CountForm", __base__=Form, **fields)
    return form.fields()


_NOT_YET = say("Not completed. The form is still here.")
_REASONS = ("reason", "missing_reason")
"""The fields of refusals that words overcome: of the count, of the slips."""


class Total(Drawn):
    """What was counted so far."""

    amount = 0

    def rows(self, width: int) -> list[Row]:
        """One line."""
        return [[(fit(self.words(say("Counted")), 18) + right(yuan(self.amount), 12) + " " * (width - 30), "strong")]]


class CountScreen(LocalFormScreen):
    """Pieces by note and coin. What the books expect is not shown before the count is sent: a blind count. A subclass
    says what the count is for."""

    about = say(
        "Count the pieces of each note and coin in the drawer; an empty field is none. F10 closes the shift and prints "
        "the Z report. When the count differs from the books a reason is asked for; for more, a supervisor."
    )

    follows: Message
    """What comes of the count, told before it is sent."""
    wanted = say("How many pieces of each? An empty field is none. F10: all is counted")

    dialogs: Mapping[str, type[Approval]] = {"approved_by": SignedOn, "staff_no": Colleague}
    """Who is asked, by the field of the refusal that their word overcomes."""

    def __init__(self) -> None:
        super().__init__(_count_specs())
        self.total = Total()
        self.reason = self.missing_reason = ""
        self.missing: Mapping[str, Collection[str]] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self._is_done = False

    def parts(self) -> ComposeResult:
        """The form and its sum."""
        yield from super().parts()
        yield self.total

    def on_input_changed(self) -> None:
        """Sum as you count."""
        counts = self.counts()
        self.total.amount = sum(face * pieces for face, pieces in counts.items())
        self.total.redraw()
        self.panel.notes = {
            f"pieces_{face}": say("= {sum}", sum=yuan(face * pieces)) for face, pieces in counts.items() if pieces
        }
        self.panel.redraw()

    def counts(self) -> dict[int, int]:
        """Pieces by face value; what is no number counts as none, and is refused by `check`."""
        typed = {face: self.panel.fields[f"pieces_{face}"].value.strip() for face in FACES}
        return {face: int(text) if _counted(text) else 0 for face, text in typed.items()}

    def check(self) -> dict[str, Message]:
        """Whole numbers."""
        return {
            name: say("A number of pieces, such as 12.")
            for name, value in self.panel.values().items()
            if value.strip() and not _counted(value.strip())
        }

    def compared(self, counts: Mapping[int, int]) -> Compared | None:
        """The count beside the books; None: who counts is not told what must be there."""
        raise NotImplementedError

    async def send(self, counts: Mapping[int, int]) -> None:
        """Do what the count is for, with `reason` and `said`."""
        raise NotImplementedError

    async def show_result(self) -> None:
        """Show what it brought."""
        raise NotImplementedError

    async def do_complete(self) -> None:
        """Send the count, and show what it brought."""
        wrong = self.check()
        if wrong:
            self.refuse(wrong)
            return
        counts = self.counts()
        total = sum(face * pieces for face, pieces in counts.items())
        self.reason, self.missing_reason, self.said, self._is_done = "", "", {}, False
        compared = await self.desk.call(self.compared, counts)
        if compared is not None and compared.differs and not await self._reasoned("reason", compared.words):
            self.tell(_NOT_YET, "warn")
            return
        told = compared.words if compared is not None else say("Counted {total}.", total=yuan(total))
        if not await self.desk.ask(Destroy(self.heading(), told, self.follows)):
            return
        if not await self._ticked() or not await self._done(counts):
            self.tell(_NOT_YET, "warn")
            return
        await self.desk.refresh_state()
        await self.desk.pop_screen()
        await self.show_result()

    async def may_leave(self) -> bool:
        """A count that was begun is asked about: nobody counts a drawer twice for a key."""
        if not self.panel.opened_values():
            return True
        told = say("What was counted so far is forgotten.")
        return await self.desk.ask(Destroy(say("Leave the count?"), told)) is True

    async def slips(self) -> Sequence[TenderSlips]:
        """What is to be ticked off beside the count."""
        return ()

    async def _ticked(self) -> bool:
        """Have the slips ticked off, where there are any; False: it was left at that."""
        found = await self.slips()
        if not found:
            return True
        missing = await self.desk.ask(TickList(say("Slips in hand"), found))
        self.missing = missing or {}
        return missing is not None

    async def _done(self, counts: Mapping[int, int]) -> bool:
        """Send it, and ask for what is wanting until nothing is; False when it was left at that."""
        while not self._is_done:
            try:
                await self._send(counts)
            except NotAllowed as refusal:
                if not await self._asked(refusal, counts):
                    return False
        return True

    async def _send(self, counts: Mapping[int, int]) -> None:
        await self.send(counts)
        self._is_done = True

    async def _reasoned(self, field: str, why: Message) -> bool:
        """Ask for the reason of what differs; False: it was not given."""
        box = OneLine(self.heading(), why, needed=True, label=say("Reason (Esc: count again)"))
        given = await self.desk.ask(box) or ""
        setattr(self, field, given)
        return bool(given)

    async def _asked(self, refusal: NotAllowed, counts: Mapping[int, int]) -> bool:
        """A difference wants a reason, a large one a supervisor, a handover the other one; False: it was not given."""
        field = refusal.field
        if field in _REASONS and not getattr(self, field):
            return await self._reasoned(field, refusal.message)
        if field not in self.dialogs:
            raise refusal

        async def said(staff: str, password: str) -> None:
            self.said[field] = staff, password
            try:
                await self._send(counts)
            except NotAllowed as wanting:
                if wanting.field not in {*_REASONS, *self.dialogs} - {field}:  # else the word holds; more is wanting
                    del self.said[field]
                    raise

        return await self.desk.ask(self.dialogs[field](said, (refusal.message,))) is True


class ShiftCountScreen(CountScreen):
    """The count of a shift: the one here, or one `of` a cashier."""

    def __init__(self, of: str = "") -> None:
        super().__init__()
        self._of = of

    def compared(self, counts: Mapping[int, int]) -> Compared | None:
        """With what must be in the drawer."""
        return self.desk.port.till.compared(counts, self._of)

    async def slips(self) -> Sequence[TenderSlips]:
        """Of cards, cheques, transfers, mobile payments."""
        return await self.desk.call(self.desk.port.till.tender_slips, self._of)


class CloseShiftScreen(ShiftCountScreen):
    """The end of a shift: the one here, or one that a cashier (`of`) left somewhere; `shift`: which, in words."""

    title_of = say("Close the shift: count the drawer")
    follows = say("The shift is closed and can't be opened again.")

    def __init__(self, of: str = "", shift: Message | None = None) -> None:
        super().__init__(of)
        self._shift = shift
        self._paper: PaperView | None = None

    def heading(self) -> Message:
        """Whose it is, and where, where it is not the one here."""
        return say("{shift}: count and close", shift=self._shift) if self._shift else self.title_of

    async def send(self, counts: Mapping[int, int]) -> None:
        """Close it."""
        staff, password = self.said.get("approved_by", ("", ""))
        self._paper = await self.desk.call(
            self.desk.port.till.close_shift,
            counts,
            self.reason,
            staff,
            password,
            self._of,
            self.missing,
            self.missing_reason,
        )

    async def show_result(self) -> None:
        """The Z."""
        assert self._paper is not None
        await self.desk.push_screen(PreviewScreen(say("Z report"), [self._paper], reprint=False))


class HandOverScreen(ShiftCountScreen):
    """A drawer changes hands: who works here gives it, or takes it from a colleague (`of`); for one who is away a
    supervisor says yes."""

    title_of = say("Hand over: count the drawer")
    follows = say("One shift ends with its Z, the other begins with what was counted.")
    about = say(
        "Count the pieces of each note and coin in the drawer, both of you. F10 ends the one shift with its Z and "
        "begins the other with what was counted; the other one says yes with their password. Both sign the slip."
    )

    def __init__(self, of: str = "") -> None:
        super().__init__(of)
        self._papers: tuple[PaperView, ...] = ()
        if of:
            self.dialogs = {**self.dialogs, "approved_by": Giver}

    def heading(self) -> Message:
        """From whom, where it is taken."""
        return say("Take over from {operator}: count the drawer", operator=self._of) if self._of else self.title_of

    async def send(self, counts: Mapping[int, int]) -> None:
        """Do it. The word of whose drawer it is, and a supervisor's, are asked for in one box."""
        staff, password = self.said.get("approved_by", ("", ""))
        other, theirs = self.said.get("staff_no", ("", ""))
        gives = bool(self._of) and staff == self._of
        if gives:
            staff, password, other, theirs = "", "", staff, password
        try:
            self._papers = await self.desk.call(
                self.desk.port.till.hand_over,
                counts,
                other,
                theirs,
                self.reason,
                staff,
                password,
                self._of,
                self.missing,
                self.missing_reason,
            )
        except NotAllowed as refusal:
            if (
                gives and refusal.field == "staff_no"
            ):  # told in the box where it was said: a supervisor may say it there
                raise NotAllowed(refusal.message, field="approved_by") from refusal
            raise

    async def show_result(self) -> None:
        """The Z, and the slip that both sign. Who gave the drawer away has no more to do here."""
        screen = PreviewScreen if self._of else HandedOverScreen
        await self.desk.push_screen(screen(say("Handover"), list(self._papers), reprint=False))


class HandedOverScreen(PreviewScreen):
    """What a handover has left; who gave the drawer away signs off, so that who has it now signs on."""

    only = say("Both sign the slip. Enter: sign off, your colleague signs on")

    async def do_back(self) -> None:
        """Sign off; who does not want to, because a form is open, stays."""
        await self.desk.pop_screen()
        await self.desk.act("sign_off")


class CountSafeScreen(CountScreen):
    """The safe, note by note: a supervisor's."""

    title_of = say("Count the safe")
    follows = say("The count is put down, and what is over or short is entered in the books.")
    about = say(
        "Count the pieces of each note and coin in the safe. When the count differs from the books a reason is asked "
        "for; for more, another supervisor."
    )

    def __init__(self) -> None:
        super().__init__()
        self._paper: PaperView | None = None

    def compared(self, counts: Mapping[int, int]) -> Compared:
        """With what must be in the safe."""
        return self.desk.port.safe.compared(counts)

    async def send(self, counts: Mapping[int, int]) -> None:
        """Put it down."""
        staff, password = self.said.get("approved_by", ("", ""))
        self._paper = await self.desk.call(self.desk.port.safe.count, counts, self.reason, staff, password)

    async def show_result(self) -> None:
        """The slip."""
        assert self._paper is not None
        await self.desk.push_screen(PreviewScreen(self.title_of, [self._paper], reprint=False))


def _counted(text: str) -> bool:
    return is_digits(text) and len(text) <= 6
