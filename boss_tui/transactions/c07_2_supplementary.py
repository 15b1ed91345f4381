"""C7.2 程控业务变更 supplementary services: forwarding of four kinds, waiting, hold, conference, CLIP, CLIR, barring.

Each field that is left empty stays as it is. Several changes make one order, and only what changes goes to the network.
Barring is programmed by hand; its password is 0000 until the customer changes it on the handset.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator

from boss_tui.answers.business import Notice
from boss_tui.business.process import Run
from boss_tui.components.identity.text import check_target
from boss_tui.components.network_elements import FORWARDINGS, MANUAL, SERVICE
from boss_tui.components.processes import touching
from boss_tui.components.products.suspending import ERASES, FORWARD_TO
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.typed import folded
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Fact, Line
from boss_tui.transactions.services import ServicesTransaction, Wanted
from data.codes import BARRING as BARRING_NAMES
from data.codes import FORWARDING
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.order import ProductOrder, Subscription

OFF = "N"
TOUCHED = "forwarding:"
SERVICES = ("waiting", "hold", "conference", "clip", "clir")
BARRING, PROGRAM = "barring", "program"


def _target(typed: str) -> str:
    text = folded(typed).upper()
    return text if text == OFF or not text else check_target(text)


Switch = Literal["", "y", "n"]
_SWITCH = say("y: on, n: off. Empty: as it is.")
_FORWARD = say("The number that calls go to; n: no more. Empty: as it is.")
Target = Annotated[str, AfterValidator(_target)]


class SupplementaryForm(PasswordForm):
    """The form of C7.2."""

    cfu: Annotated[
        Target,
        Ask(
            say("Forward always"),
            "code",
            help=_FORWARD,
            choices="",
            section=say("Call forwarding"),
            width=16,
            length=15,
        ),
    ] = ""
    cfb: Annotated[Target, Ask(say("When busy"), "code", help=_FORWARD, width=16, length=15)] = ""
    cfnry: Annotated[Target, Ask(say("Without reply"), "code", help=_FORWARD, width=16, length=15)] = ""
    cfnrc: Annotated[Target, Ask(say("Not reachable"), "code", help=_FORWARD, width=16, length=15)] = ""
    waiting: Annotated[
        Switch,
        Ask(say("Call waiting"), "choice", help=_SWITCH, choices="switch", section=say("Of the switch"), width=2),
    ] = ""
    hold: Annotated[Switch, Ask(say("Call hold"), "choice", help=_SWITCH, choices="switch", width=2)] = ""
    conference: Annotated[Switch, Ask(say("Conference"), "choice", help=_SWITCH, choices="switch", width=2)] = ""
    clip: Annotated[Switch, Ask(say("Shows caller"), "choice", help=_SWITCH, choices="switch", width=2)] = ""
    clir: Annotated[Switch, Ask(say("Hides number"), "choice", help=_SWITCH, choices="switch", width=2)] = ""
    barring: Annotated[
        Literal["", "none", "outgoing", "international", "incoming"],
        Ask(
            say("Barring"),
            "choice",
            help=say("With a password on the handset. none: no more. Empty: as it is."),
            choices="barring",
            width=14,
        ),
    ] = ""


class SupplementaryTransaction(ServicesTransaction[SupplementaryForm]):
    """C7.2 程控业务变更."""

    form = SupplementaryForm
    empty: ClassVar = {
        **ServicesTransaction.empty,
        "A4": say("The switch does it: no partner has a part in it."),
        "B2": say("The switch does it: no partner has a part in it."),
    }

    def wanted(self, run: Run, form: SupplementaryForm, subscription: Subscription) -> Wanted:
        """The services that are switched, and are not so already."""
        has, known = set(run.products.has(subscription.id)), run.products.by_act(SERVICE)
        ends, begins = [], []
        for name in SERVICES:
            product, switch = known.get(f"{SERVICE}{name}", ""), getattr(form, name)
            if product and switch == "y" and product not in has:
                begins.append(product)
            if product and switch == "n" and product in has:
                ends.append(product)
        return Wanted(tuple(ends), tuple(begins))

    def beside(self, form: SupplementaryForm, refusal: NotAllowed) -> str:
        """The last service that is switched."""
        return next((name for name in reversed(SERVICES) if getattr(form, name)), "number")

    def also(self, run: Run, form: SupplementaryForm, line: Line) -> bool:
        """Forwarding and barring: what is on now, what will be."""
        self._switches(run, form, line)
        self._forwarding(run, form, line)
        program = self._program(run, line.subscription.id)
        run.notes["barring"] = say("Now: {state}", state=BARRING_NAMES[program])
        return bool(self._retargeted(run, form, line.subscription) or (form.barring and form.barring != program))

    def _switches(self, run: Run, form: SupplementaryForm, line: Line) -> None:
        has, known = set(run.products.has(line.subscription.id)), run.products.by_act(SERVICE)
        for name in SERVICES:
            if f"{SERVICE}{name}" not in known and getattr(form, name):
                run.errors.setdefault(name, say("This is not sold here."))
            on = known.get(f"{SERVICE}{name}") in has
            run.notes[name] = say("On now") if on else say("Off now")

    def _forwarding(self, run: Run, form: SupplementaryForm, line: Line) -> None:
        now = run.products.forwarding(line.subscription.id)
        then = {**now, **{kind: to for kind in FORWARDINGS if (to := getattr(form, kind))}}
        for kind in FORWARDINGS:
            run.notes[kind] = say("Now: {number}", number=now[kind]) if kind in now else say("Off now")
            to = getattr(form, kind) or ""
            if to == line.number:
                run.errors.setdefault(kind, say("A line can't forward to itself."))
            elif to.startswith("00") and line.subscription.long_distance != "international":
                run.errors.setdefault(kind, say("Calls go abroad only where the line may call abroad (C7.1)."))
        then = {kind: to for kind, to in then.items() if to != OFF}
        if "cfu" in then and len(then) > 1:
            told = say("While calls are always forwarded, the other forwarding has no effect.")
            run.notices.append(Notice("notice", told))

    @staticmethod
    def _program(run: Run, subscription_id: str) -> str:
        return run.products.parameter(subscription_id, BARRING, PROGRAM) or "none"

    @staticmethod
    def _retargeted(run: Run, form: SupplementaryForm, subscription: Subscription) -> dict[str, tuple[str, str]]:
        """The kinds of forwarding that change: from which number to which; empty is none."""
        now = run.products.forwarding(subscription.id)
        found = {}
        for kind in FORWARDINGS:
            typed = getattr(form, kind)
            to = "" if typed == OFF else typed
            if typed and to != now.get(kind, ""):
                found[kind] = (now.get(kind, ""), to)
        return found

    def touches(self, run: Run, form: SupplementaryForm, line: Line) -> tuple[str, ...]:
        """The services and the forwarding that change, and no others of the form."""
        kinds = (f"{TOUCHED}{kind}" for kind in self._retargeted(run, form, line.subscription))
        barred = form.barring and form.barring != self._program(run, line.subscription.id)
        return (*super().touches(run, form, line), *kinds, *((BARRING,) if barred else ()))

    def act(self, run: Run, form: SupplementaryForm, line: Line) -> None:
        """Forwarding, services, barring: what changes, and nothing else."""
        element = run.network.element_of(line.number)
        for kind, (before, to) in self._retargeted(run, form, line.subscription).items():
            if to:
                run.network.order("register_forwarding", element, msisdn=line.number, kind=FORWARDINGS[kind], number=to)
            else:
                run.network.erase_forwarding(line.subscription, {kind: before})
        super().act(run, form, line)
        if form.barring and form.barring != self._program(run, line.subscription.id):
            run.network.order(MANUAL, "", task=BARRING, msisdn=line.number, program=form.barring)

    def about(self, run: Run, form: SupplementaryForm, line: Line) -> tuple[Fact, ...]:
        """Every change."""
        changed = self._retargeted(run, form, line.subscription)
        lines: list[Fact] = [(FORWARDING[kind], to or say("ended")) for kind, (_, to) in changed.items()]
        if form.barring and form.barring != self._program(run, line.subscription.id):
            lines.append((say("Barring"), BARRING_NAMES[form.barring]))
        return (*lines, *super().about(run, form, line))

    def advice(self, run: Run, form: SupplementaryForm, line: Line) -> tuple[Message, ...]:
        """How the customer sets the barring."""
        if form.barring in ("", "none"):
            return ()
        return (say("The barring password is 0000: change it on the handset at once."),)

    def finish(self, run: Run, order: ProductOrder) -> None:
        """竣工: numbers and the barring program are in the book too."""
        form, subscription = self.form_of(order), run.products.owned(str(order.subscription_id))
        touched = touching.read(order.touches)
        erased = any(cause.cause in ERASES for cause in run.products.causes(subscription.id))  # lost meanwhile
        for kind, (_, to) in self._retargeted(run, form, subscription).items():
            if f"{TOUCHED}{kind}" in touched:
                run.products.set_parameter(subscription.id, kind, FORWARD_TO, "" if erased else to)
        if form.barring and BARRING in touched:
            run.products.set_parameter(
                subscription.id, BARRING, PROGRAM, "" if form.barring == "none" else form.barring
            )
        super().finish(run, order)

    def choices(self, run: Run, form: SupplementaryForm, field: str, text: str) -> list[Choice]:
        """On and off, and what can be barred."""
        if field == BARRING:
            return [Choice(code, label) for code, label in BARRING_NAMES.items() if code]
        if field in SERVICES:
            return [Choice("y", say("On")), Choice("n", say("Off"))]
        return super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """Calls go to the hall when the first line is busy, or no more."""
        subscription, typed = self.example_line(run)
        forwarded = "cfb" in run.products.forwarding(subscription.id)
        return {**typed, "cfb": "n" if forwarded else "057188886666"}
