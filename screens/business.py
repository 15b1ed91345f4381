"""The screen of any business, driven by its form alone: begin, fill, quote, pay, outcome.

A subclass says what it shows beside the form. It rules nothing: what may be done, and what it costs,
the desk says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boss_tui.answers.business import MUCH, Outcome, Tender
from boss_tui.forms.typed import yuan
from data.errors import NeedsApproval
from data.message import Message, say
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Complete, Destroy
from screens.dialogs.outcome import OutcomeDialog, way_out
from screens.dialogs.refusing import RefusedDialog, refusals
from screens.dialogs.tender_panel import TenderPanel
from screens.form_screen import NEEDED, FormScreen
from screens.widgets.purse import Purse


class BusinessScreen(FormScreen):
    """One draft of one business, from its form to its outcome."""

    async def met(self) -> None:
        """Whoever was found from here is whom the form is about, where it says of nobody yet."""
        known = await self.desk.call(self.desk.port.forms.assumed, self.business.code, {})
        fields = self.panel.fields
        if not known or any(fields[name].value for name in known):
            return
        await self.save()
        self.show(await self.desk.call(self.desk.port.forms.fill, self.draft.id, dict(known)))
        await self.desk.recognise(self.draft.in_view)
        if self.panel.current in known:
            empty = (name for name in self.panel.order() if not fields[name].value)
            self.panel.focus_on(next(empty, self.panel.current))

    async def do_complete(self) -> None:
        """Price, reasons, approval, money, outcome."""
        await self._tell_all()
        self.show(await self.desk.call(self.desk.port.forms.quote, self.draft.id))
        if not (await self.asking.waited() and self._faultless() and await self._allowed()):
            return
        tenders = await self._paid()
        if tenders is None:
            self.tell(say("Not completed. The form is still here."), "warn")
            return
        outcome = await self._completed(tenders)
        if outcome is not None:
            await self.finished(outcome)

    async def _completed(self, tenders: list[Tender]) -> Outcome | None:
        """Done; after a supervisor's word, where something has changed since, or money goes out another way."""
        try:
            return await self.desk.call(self.desk.port.orders.complete, self.draft.id, tenders)
        except NeedsApproval as wanting:
            self.show(await self.desk.call(self.desk.port.forms.quote, self.draft.id))
            if not await self._approved(wanting.reasons, tenders):
                self.tell(say("Not completed. The form is still here."), "warn")
                return None
        return await self.desk.call(self.desk.port.orders.complete, self.draft.id, tenders)

    async def do_collect(self) -> None:
        """Put it with others of this customer, to be paid in one go."""
        await self._tell_all()
        self.show(await self.desk.call(self.desk.port.forms.quote, self.draft.id))
        if not (await self.asking.waited() and self._faultless() and await self._allowed()):
            return
        basket = await self.desk.call(self.desk.port.basket.collect, self.draft.id)
        await self.desk.pop_screen()
        told = say(
            "{count} together, {due} to pay. Pay all (jz) does them in one go.",
            count=len(basket.forms),
            due=yuan(basket.quote.due),
        )
        self.desk.announce(told, "good")

    def _faultless(self) -> bool:
        shown = self.panel.order()
        errors = {name: error for name, error in self.draft.errors.items() if name in shown}
        missing = {
            spec.name: NEEDED
            for spec in self.panel.specs
            if spec.required and self.panel.fields[spec.name].display
            if not (self.panel.fields[spec.name].value or spec.name in self.draft.secrets)
        }
        if not errors and not missing:
            return True
        self._tried, self._missing = True, frozenset(missing)
        wrong = {**missing, **errors}
        self.desk.gate.flush()
        self.desk.bell()
        self.panel.show(self.panel.values(), wrong, self.draft.notes)
        self.panel.focus_on(next(name for name in shown if name in wrong))
        self._say_field()
        return False

    async def _allowed(self) -> bool:
        verdict = self.draft.qualification.verdict
        if verdict == "no":
            await self.desk.ask(RefusedDialog(say("This can't be done"), refusals(self.draft)))
            return False
        if verdict == "override":
            asked = [r.message for r in self.draft.qualification.reasons if r.verdict == "override"]
            return await self._approved(asked)
        return True

    async def _approved(self, asked: Sequence[Message], tenders: list[Tender] | None = None) -> bool:
        """Whether a supervisor has put their word to the form as it is shown, and to how money is paid out."""
        draft = self.draft
        said: dict[str, Any] = {
            **({"tenders": tenders} if tenders else {}),
            **({"seen": draft.shown} if draft.shown else {}),
        }

        async def approve(staff: str, password: str) -> None:
            self.show(await self.desk.call(self.desk.port.approvals.approve, draft.id, staff, password, **said))

        if not await self.desk.ask(Approval(approve, tuple(asked), self._at_stake(tenders))):
            return False
        return self.draft.qualification.verdict == "yes"

    def _at_stake(self, tenders: list[Tender] | None) -> tuple[Message, ...]:
        """What a supervisor's word is about, beside the reasons: the business, whom or which number it is done for, the
        money and its way."""
        due = self.draft.quote.due
        number = str(self.draft.values.get(self._about) or "")
        about = say("{code} {business}  {number}", code=self.draft.code, business=self.business.label, number=number)
        if due >= 0:
            return (about, *([say("To pay: {yuan}", yuan=yuan(due))] if due else []))
        return (about, *(way_out(tender) for tender in tenders or [Tender("cash", -due)]))

    async def _meant(self) -> bool:
        """An amount that is unusually much is looked at twice: a digit too many is soon typed."""
        much = self.draft.quote.most
        if much < MUCH:
            return True
        question = say("{yuan} yuan is unusually much.", yuan=yuan(much))
        return await self.desk.ask(Destroy(say("Is this amount right?"), question)) is True

    async def _paid(self) -> list[Tender] | None:
        if not await self._meant():
            return None
        if self.draft.quote.due:
            purse = await Purse.opened(self.desk, self.draft.id, self.draft.keeps_rest)
            return await self.desk.ask(TenderPanel(self.draft.quote, purse))
        sure = await self.desk.ask(
            Complete(self.draft.title or self.business.label, say("Nothing is to be paid. Complete it?"))
        )
        return [] if sure else None

    async def finished(self, outcome: Outcome) -> None:
        """Show the outcome until a key is pressed, then leave."""
        await self.desk.ask(OutcomeDialog(outcome, outcome.title or self.business.label))
        await self.desk.pop_screen()
        await self.desk.refresh_state()
        await self.desk.look_again()
