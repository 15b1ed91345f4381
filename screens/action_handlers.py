"""What the actions of the table do wherever one is: places, palette, help, language, lock, leaving."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from boss_tui.locale import LANGUAGES, words
from data.message import Message, say
from screens.actions import ACTIONS, BY_NAME
from screens.dialogs.dialog import Confirm, Dialog
from screens.frame import DeskApp, DeskScreen
from screens.keys import shown

if TYPE_CHECKING:
    from boss_tui.answers.business import DraftView, Handwritten, Tender


class ActionHandlers(DeskApp):
    """The actions that are the same on every screen."""

    history: list[str]

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.history = []

    # places

    async def show_entrance(self) -> None:
        """Home when somebody is signed on, else the sign-on, which is beneath everything."""
        from screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if self.state is not None and self.state.operator:
            await self.push_screen(HomeScreen(history=self.history))

    async def place(self, name: str, typed: str = "") -> None:
        """Go to a place that is no business."""
        from screens.places import screen_at

        await self.push_screen(screen_at(name, typed, self.history))

    async def open(self, code: str, values: dict[str, Any] | None = None, slip: Handwritten | None = None) -> None:
        """Open a business with what is known already: what was typed with its code, the customer in view. slip: the one
        that it enters later."""
        typed = values or {}
        known = await self.call(self.port.forms.assumed, code, typed)
        sure = self.customer is not None and self.customer.certain and self.customer.sought
        doubted = "" if sure else next((name for name in known if name not in typed), "")
        await self.show_draft(await self.call(self.port.forms.begin, code, known, slip), doubted=doubted)

    async def show_draft(self, draft: DraftView, recalled: bool = False, doubted: str = "") -> None:
        """A draft on the screen of its business. doubted: the field whose value nobody has said yet."""
        from screens.registry import screen_of

        form = await self.call(self.port.forms.form, draft.code)
        business = next(b for b in await self.call(self.port.signing.businesses) if b.code == draft.code)
        screen = screen_of(draft.code)(business, form, draft)
        screen.recalled, screen.doubted = recalled, doubted
        await self.push_screen(screen)
        await self.recognise(draft.in_view)

    async def do_find(self) -> None:
        """F2."""
        await self.place("find")

    async def do_go(self) -> None:
        """F8."""
        await self.place("go")

    async def do_hold(self) -> None:
        """F6 where no form is open."""
        await self.place("held")

    async def do_held(self) -> None:
        """The held forms."""
        await self.place("held")

    async def do_orders(self) -> None:
        """The orders."""
        await self.place("orders")

    async def do_queues(self) -> None:
        """The queues."""
        await self.place("queues")

    async def do_checkout(self) -> None:
        """Pay what was put together: one payment, one receipt, orders apart."""
        from boss_tui.answers.business import Outcome
        from screens.dialogs.outcome import OutcomeDialog
        from screens.dialogs.tender_panel import TenderPanel
        from screens.widgets.purse import Purse

        basket = await self.call(self.port.basket.shown)
        if not basket.forms:
            self.announce(say("Nothing is put together. Ctrl+E in a form does it."), "warn")
            return
        tenders: list[Tender] | None = []
        if basket.quote.due:
            tenders = await self.ask(TenderPanel(basket.quote, await Purse.opened(self, "", basket.keeps_rest)))
        if tenders is None:
            self.announce(say("Not completed. The forms are still together."), "warn")
            return
        done = await self.call(self.port.basket.complete, tenders)
        papers = tuple(paper for outcome in done.outcomes for paper in outcome.papers) + done.papers
        serials = ", ".join(outcome.serial for outcome in done.outcomes)
        whole = Outcome("", serials, "", "completed", done.due, done.tendered, done.change, papers)
        await self.ask(OutcomeDialog(whole, say("Several in one go")))
        await self.refresh_state()

    async def do_authorities(self) -> None:
        """What supervisors allow in advance."""
        await self.place("authorities")

    async def do_manual(self) -> None:
        """Manual work orders."""
        await self.place("manual")

    async def do_delegations(self) -> None:
        """What is handed to others for a time."""
        await self.place("delegations")

    async def do_machines(self) -> None:
        """What goes wrong around a demonstration."""
        await self.place("machines")

    async def do_printers(self) -> None:
        """The printers."""
        await self.place("printers")

    async def do_till(self) -> None:
        """The till."""
        await self.place("till")

    async def do_reports(self) -> None:
        """Reports of all days."""
        await self.place("reports")

    async def do_close_day(self) -> None:
        """The check list of the day."""
        await self.place("close_day")

    async def do_later(self) -> None:
        """A slip that was written by hand."""
        await self.place("later")

    async def do_stock(self) -> None:
        """Count the stock."""
        from screens.stock import StockCountScreen

        await self.push_screen(StockCountScreen(await self.call(self.port.stock.lines)))

    async def do_pieces(self) -> None:
        """Count serials."""
        await self.place("pieces")

    async def do_transfers(self) -> None:
        """Pack and unpack; at the office, all that is done with notes."""
        is_office = self.state is not None and self.state.is_office
        await self.place("office_notes" if is_office else "transfers")

    async def do_manage(self) -> None:
        """What there is to manage."""
        await self.place("manage")

    async def do_exceptions(self) -> None:
        """What was put aside of outlets' entries."""
        await self.place("exceptions")

    async def do_matrix(self) -> None:
        """The business catalogue, alive."""
        await self.place("matrix")

    async def do_numbers(self) -> None:
        """The numbers of papers."""
        await self.place("numbers")

    async def do_accounts(self) -> None:
        """Each of them accounted for."""
        await self.place("accounts")

    async def do_porting(self) -> None:
        """Numbers that leave."""
        await self.place("porting")

    async def do_electronic(self) -> None:
        """Invoices that were put off."""
        await self.place("electronic")

    async def do_next(self) -> None:
        """Nobody is in front of the clerk."""
        await self.call(self.port.serving.next_customer)
        await self.look_again()

    # words

    def speak(self, language: str) -> None:
        """Change the language of everything that is shown."""
        self.words = words(showable(language))
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Dialog):
                screen.retell()

    async def do_language(self) -> None:
        """The next language: of whoever works here from now on; at the sign-on, of whoever comes."""
        known = list(LANGUAGES)
        self.speak(known[(known.index(self.words.language) + 1) % len(known)])
        if self.locked:
            return  # whoever passes by a locked counter reads it, and chooses for nobody
        if self.state is not None and self.state.operator:
            await self.call(self.port.signing.speak, self.words.language)
        else:
            self.language_chosen = True

    async def do_theme(self) -> None:
        """The other theme."""
        self.theme = "boss-light" if self.theme == "boss-dark" else "boss-dark"

    async def do_help(self) -> None:
        """F1: the field, the error, the business, the keys."""
        from screens.help import HelpScreen

        screen = self.screen
        means = screen.means if isinstance(screen, DeskScreen) else {}
        why = {a.name: screen.why_not(a.name) for a in ACTIONS} if isinstance(screen, DeskScreen) else {}
        off = {name: told for name, told in why.items() if told is not None}
        await self.push_screen(HelpScreen(await self._help(), means, off))

    async def _help(self) -> list[tuple[Message, Message]]:
        from screens.business import BusinessScreen
        from screens.local_form import LocalFormScreen

        screen = self.screen
        if isinstance(screen, LocalFormScreen):
            label = screen.panel.fields[screen.panel.current].spec.ask.label
            told = [(label, screen.expectation()), (screen.title_of, screen.about)]
            return [(title, text) for title, text in told if text != Message("")]
        if not isinstance(screen, BusinessScreen):
            return screen.help_sections() if isinstance(screen, DeskScreen) else []
        spec = screen.panel.fields[screen.panel.current].spec
        code = screen.business.code
        found = [(spec.ask.label, await self.call(self.port.forms.help, code, spec.name))]
        if found[0][1] == Message(""):
            found = [(spec.ask.label, spec.ask.help)]
        error = screen.panel.errors.get(spec.name)
        if error is not None:
            found.append((say("What is wrong now"), error))
        found.append((screen.business.label, await self.call(self.port.forms.help, code, "")))
        return [each for each in found if self.words(each[1]) not in ("", self.words(each[0]))]

    async def do_palette(self, typed: str = "") -> None:
        """Everything that can be done, by code, initials, Chinese or English; narrowed at first by what was typed."""
        from screens.dialogs.pick_list import PickList
        from screens.matching import known_by, matches
        from screens.widgets.listing import ListRow

        businesses = await self.call(self.port.signing.businesses)

        async def load(text: str) -> list[ListRow]:
            ranked = [
                (matches(text, *a.words, self.words(a.label)), ListRow((shown(a.key), a.label, a.tooltip), a.name))
                for a in ACTIONS
                if a.name != "palette" and self.offers(a)
            ]
            ranked += [
                (
                    matches(text, b.code, *b.aliases),
                    ListRow((b.code, b.label, known_by(b.aliases, self.words.language, self.words(b.label))), b),
                )
                for b in businesses
            ]
            return [line for rank, line in sorted(ranked, key=lambda pair: -pair[0]) if rank]

        chosen = await self.ask(PickList(say("Everything that can be done"), load, (8, 16), typed))
        if isinstance(chosen, str):
            await self.act(chosen)
        elif chosen is not None:
            await self.open(chosen.code)

    async def act(self, name: str) -> None:
        """Do an action of the table on the screen that is shown, or say why not."""
        screen = self.screen
        if name in BY_NAME and isinstance(screen, DeskScreen):
            await screen.do(name)

    # leaving

    async def do_lock(self) -> None:
        """Lock the counter."""
        from screens.lock import LockScreen

        await self.call(self.port.signing.lock)
        self.locked = True
        await self.push_screen(LockScreen())

    async def do_password(self) -> None:
        """Choose another password."""
        from screens.staff import PasswordScreen

        await self.push_screen(PasswordScreen())

    async def do_staff(self) -> None:
        """Who works here."""
        await self.place("staff")

    async def do_work(self) -> None:
        """Who did what."""
        await self.place("work")

    async def do_sign_off(self) -> None:
        """End the work of this operator."""
        if self._open_forms() and not await self.ask(
            Confirm(say("Sign off?"), say("A form is open. It is kept, and can be taken up again."))
        ):
            return
        await self.end_work()

    async def end_work(self) -> None:
        """Sign off whoever works here; a drawer that stays theirs is told."""
        drawer = await self.call(self.port.signing.sign_off)
        await self.signed_off()
        if drawer is not None:
            self.announce(drawer, "warn")

    async def vouch(self, why: Message) -> None:
        """A supervisor says that the clock is right, or that work goes on by it; then what was refused is repeated."""
        from screens.dialogs.approval import Approval

        watch = say("Hold the PC's clock against a watch. Whoever vouches for it is on record.")

        async def vouched(staff_no: str, password: str) -> None:
            await self.call(self.port.trust.vouch_for_clock, staff_no, password)

        if not await self.ask(Approval(vouched, (why,), (watch,))):
            return
        self.announce(say("Noted: work goes on by this clock. Do it again."), "good")
        await self.refresh_state()

    async def accept_store(self, why: Message) -> None:
        """A supervisor accepts the store, which is not the one that was noted; then what was refused is repeated."""
        from screens.dialogs.approval import Approval

        first = say("What was sold since is not in it. Whoever accepts it is on record; find out why first.")

        async def accepted(staff_no: str, password: str) -> None:
            await self.call(self.port.trust.accept_store, staff_no, password)

        if await self.ask(Approval(accepted, (why,), (first,))):
            self.announce(say("Noted: work goes on with this store. Do it again."), "good")

    async def signed_off(self) -> None:
        """Nobody works here any more: their screens go, and the sign-on is shown."""
        self.customer = None
        self.left_locked, self.locked = self.locked, False
        for dialog in self.screen_stack:
            if isinstance(dialog, Dialog) and not dialog.answer.done():
                dialog.answer.set_result(None)  # whoever was asked is here no more
        await self.refresh_state()
        await self.show_entrance()

    async def do_quit(self) -> None:
        """End the program; ask while a form or money is open."""
        if self._open_forms() and not await self.ask(
            Confirm(say("End the program?"), say("A form or money is open. What was saved stays on disk."))
        ):
            return
        self.exit()

    async def action_quit(self) -> None:
        """Whatever ends the program asks first, and passes no lock."""
        screen = self.screen
        if isinstance(screen, DeskScreen):
            screen.action_do("quit")
        else:
            self.flow(self.do_quit())

    def _open_forms(self) -> list[DeskScreen]:
        return [s for s in self.screen_stack if isinstance(s, DeskScreen) and s.keeps]

    # faults

    async def bury(self) -> None:
        """Take screens away whose own making failed, so that no key goes to a dead one."""
        while len(self.screen_stack) > 1:
            dead = self.screen
            if not isinstance(dead, DeskScreen | Dialog) or dead.made:
                return
            if isinstance(dead, Dialog) and not dead.answer.done():
                dead.answer.set_result(None)
            await self.pop_screen()


def showable(language: str) -> str:
    """A language that the terminal has the glyphs for: the bare Linux console holds 512, and none is Chinese."""
    return "en" if os.environ.get("TERM") == "linux" or language not in LANGUAGES else language
