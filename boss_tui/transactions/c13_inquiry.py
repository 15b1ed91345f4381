"""C13 查询和咨询 inquiry and consultation: who asks, what about, what is printed. Look-ups are the desk's.

Private data is shown to those who have shown who they are, by document or service password; without either a supervisor
allows it for a reason. Each look is logged. What was asked is kept as a consultation of the customer (A2). Nothing is
changed, so that there is nothing to be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from boss_tui.answers.business import Notice, Qualification, Reason, Tender
from boss_tui.business.process import Done, Run
from boss_tui.business.registry import title_of
from boss_tui.business.vault import PROVEN
from boss_tui.components.inquiry import PARTS, InquiryScope
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.service import PERSONAL
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.wording import spaced
from boss_tui.forms.fields import Ask, Choice
from boss_tui.transactions import this_month
from boss_tui.transactions.line_forms import PasswordForm
from boss_tui.transactions.lines import Line, LineTransaction, identified
from data.errors import NotAllowed
from data.message import both, say
from data.tables.order import ProductOrder

Part = Literal[
    "customer",
    "numbers",
    "products",
    "resources",
    "balances",
    "credit",
    "bills",
    "payments",
    "usage",
    "month",
    "orders",
    "network",
    "contracts",
    "suspensions",
    "signals",
    "points",
    "papers",
    "history",
    "cards",
    "providers",
]


class InquiryForm(PasswordForm):
    """The form of C13."""

    reason: Annotated[
        str,
        Ask(
            say("Reason"),
            "text",
            help=say("Why private data is seen without document or password: a supervisor allows."),
            width=30,
            length=80,
        ),
    ] = ""
    part: Annotated[
        Part | Literal[""],
        Ask(
            say("Look at"),
            "choice",
            help=say("F4 opens the customer's data, part by part."),
            choices="parts",
            section=say("Inquiry"),
            width=12,
            length=12,
        ),
    ] = ""
    matter: Annotated[
        str,
        Ask(
            say("Question"),
            "text",
            help=say("What was asked; F4 searches the knowledge base by these words."),
            choices="articles",
            width=34,
            length=120,
        ),
    ] = ""
    paper: Annotated[
        Literal["none", "list", "slip"],
        Ask(
            say("Print"),
            "choice",
            help=say("none; list: the part that is looked at; slip: what was asked."),
            choices="prints",
            width=6,
            length=6,
            means=say("None"),
        ),
    ] = "none"


Reasons = list[Reason]
"""What a supervisor must allow, where there is neither document nor password."""


class InquiryTransaction(LineTransaction[InquiryForm, Reasons]):
    """C13 查询和咨询."""

    form = InquiryForm
    identity = "password"
    states = ("pendingActive", "active", "suspended", "pendingTerminate")
    touched = ()
    paid = False
    binds = False
    empty: ClassVar = {"B2": say("A question earns no partner a share.")}

    def _identify(self, run: Run, form: InquiryForm, line: Line[Reasons]) -> None:
        """Document, password, or a supervisor's word for a reason. A look is for who stands here: what was typed into
        the form when the customer was in view before is asked for once more."""
        shown = {"document_number": form.document_number, "password": run.secrets.get("password")}
        typed = {name for name, held in shown.items() if held}
        if typed and not run.context.fresh and not identified(run, line):
            run.lapsed |= typed
            run.errors["document_number"] = say("It is a while since this was shown: ask for it once more.")
            return
        if typed or not form.reason or identified(run, line):
            super()._identify(run, form, line)
            return
        line.more = run.operators.supervised("private", say("Private data without proof: {why}", why=form.reason))

    def look(self, run: Run, form: InquiryForm, line: Line[Reasons]) -> None:
        """What a supervisor must allow joins the other reasons; articles that answer are shown beside."""
        run.qualification = Qualification((*run.qualification.reasons, *(line.more or ())))
        for article in run.service.articles(form.matter)[:2] if form.matter else ():
            run.notices.insert(0, Notice("script", both(article.text_zh, article.text_en)))
        if form.part and PARTS[form.part].personal and opened(run, line, form.reason).subscription:
            run.errors.setdefault("part", PERSONAL)
        if form.paper == "list" and not form.part:
            run.errors["part"] = say("Say what is printed. F4 shows the parts.")

    def perform(self, run: Run, form: InquiryForm, case: Line[Reasons] | None, tenders: Sequence[Tender]) -> Done:
        """The consultation is kept, the look logged, and what was asked for is printed."""
        if (line := case) is None:
            raise NotAllowed(say("The form is not complete."))
        customer = line.customer
        why = form.reason or _shown_by(run, form)
        rows = run.service.look(opened(run, line, form.reason), form.part, why) if form.part else []
        run.service.consulted(customer.id, form.matter or form.part or self.code)
        run.statistics.count("accepted")
        about = ((say("Question"), form.matter),) if form.matter else ()
        sale = Sale(customer.id, customer.name, self.name, about, run.quote, Taken("", 0, 0, 0, ()))
        papers = (run.documents.slip(sale),) if form.paper == "slip" else ()
        if form.paper == "list" and form.part:
            papers = (run.documents.listing(PARTS[form.part].title, customer.name, spaced(line.number), rows),)
        facts = {"number": line.number, "customer": customer.name, "rows": [[str(c) for c in row] for row in rows]}
        return Done(customer.id, line.subscription.id, "completed", papers=papers, facts=facts)

    def act(self, run: Run, form: InquiryForm, line: Line[Reasons]) -> None:
        """Nothing is changed."""

    def finish(self, run: Run, order: ProductOrder) -> None:
        """It ends as it is asked."""

    def choices(self, run: Run, form: InquiryForm, field: str, text: str) -> list[Choice]:
        """Numbers, parts, articles, what can be printed."""
        if field == "part":
            return [Choice(code, part.title) for code, part in PARTS.items()]
        if field == "paper":
            return [Choice("none", say("Nothing")), Choice("list", say("List")), Choice("slip", say("Service slip"))]
        if field == "matter":
            found = run.service.articles(text)
            return [Choice(a.title_zh, both(a.title_zh, a.title_en), both(a.text_zh, a.text_en)) for a in found]
        return super().choices(run, form, field, text)

    def example(self, run: Run) -> dict[str, Any]:
        """The first number, and its balances."""
        _, typed = self.example_line(run)
        return {**typed, "part": "balances", "matter": "余额多少", "paper": "none"}


def opened(run: Run, line: Line, reason: str) -> InquiryScope:
    """What may be seen: all of the customer for their document, or a supervisor's word for a reason; for a service
    password its own number alone."""
    by_password_only = not identified(run, line, by="document") and (identified(run, line) or not reason)
    only = line.subscription.id if by_password_only else ""
    return InquiryScope(
        line.customer.id, title_of, lambda one: this_month.rows(run, one), only, run.context.business_date
    )


def _shown_by(run: Run, form: InquiryForm) -> str:
    """What proved who asks, for the log: never the proof itself."""
    if str(run.secrets.get("password") or "").startswith(PROVEN):
        return "password"
    return "document" if form.document_number else "identified"
