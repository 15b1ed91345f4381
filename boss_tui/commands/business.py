"""The commands that do a business headless, by the same form as the screen, and cancel its order: `do`, `cancel`."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct
from msgspec.structs import replace

from boss_tui.answers.business import MUCH, MUCH_CHANGE, DraftView, Handwritten, Invoicing, Outcome, Quote, Tender
from boss_tui.catalogue import is_managed
from boss_tui.commands.at_work import approver_password, at_work, by_operator
from boss_tui.commands.options import (
    ApproverOption,
    CounterOption,
    HomeOption,
    JsonOption,
    OperatorOption,
    OrderArgument,
    WriterOption,
)
from boss_tui.commands.shared import Unshown, errors_in_words, fen, show_json
from data.errors import BadForm, BossError, NotAllowed, Outside, reason_of
from data.message import say

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.desk import Desk
    from boss_tui.forms.form import Form

app = typer.Typer()
TitleOption = Annotated[str, typer.Option(help="Whose the invoice is; by default the customer.", metavar="NAME")]
TaxNumberOption = Annotated[str, typer.Option(help="Their tax number.", metavar="NUMBER")]
SlipOption = Annotated[
    str, typer.Option(help="It was written by hand during an outage: the number of that slip.", metavar="NUMBER")
]
TENDER_FIELDS = {"kind", "amount", "reference", "code"}
PAYMENT_WAIT, PAYMENT_LOOK = 60, 3
"""Seconds that a mobile payment is waited for, and between two looks."""


class When(StrEnum):
    """When an invoice is written."""

    NOW = "now"
    LATER = "later"
    NONE = "none"


@app.command()
@errors_in_words
def do(
    code: Annotated[str, typer.Argument(help="The business, such as C1.")],
    example: Annotated[bool, typer.Option("--example", help="Print a form that works here now.")] = False,
    form: Annotated[str, typer.Option(help="A JSON file of fields, or - for standard input.", metavar="FILE|-")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only look whether it may be done.")] = False,
    quote: Annotated[bool, typer.Option("--quote", help="Only print the price.")] = False,
    invoice: Annotated[
        When, typer.Option(help="When the invoice is written: now; later (boss invoice); none, and none later.")
    ] = When.NOW,
    title: TitleOption = "",
    tax_number: TaxNumberOption = "",
    slip: SlipOption = "",
    written_on: Annotated[str, typer.Option(help="The business date of the slip, such as 2026-11-27.")] = "",
    written_at: Annotated[str, typer.Option(help="The time on the slip, such as 14:05.")] = "",
    written_by: WriterOption = "",
    sure: Annotated[bool, typer.Option("--sure", help="An amount that is unusually much is right.")] = False,
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    _as_json: JsonOption = True,
) -> None:
    """Do a business headless: boss do C1 --example | boss do C1 --form -

    A form is one JSON object: the fields of the screen, as typed there; an amount is in yuan, also as a number. Its
    "tenders" say how it is paid, such as
    [{"kind": "cash", "amount": "200.00"}], or {"amount": "200.00", "code": "13…"} for the code on a customer's
    telephone, which is asked and waited for; without them it is paid in cash to the fen. A card's slip, a cheque and a
    transfer have their number as "reference", which pays once. What came of it is printed as JSON. Nothing is left of a
    form that is refused.

    Of what managers keep (M6) a form is an edition: its title, reason, effective_from, and rows, each with table, op
    (add, change, end), key and values. It is made and submitted at headquarters' office; another person approves it.
    """
    code = code.upper()
    typed = None if example else _read(form)
    if is_managed(code):
        if quote or slip or approver or invoice != When.NOW:
            raise BadForm({"CODE": say("Of what managers do there is no price, slip, invoice nor approver here.")})
        _do_managed(code, typed, check, operator, counter, home)
        return
    with at_work(home, operator, counter) as work:
        if typed is None:
            show_json(work.desk.forms.example(code))
            return
        view = work.desk.forms.begin(code, slip=Handwritten(slip, written_on, written_at, written_by) if slip else None)
        came = None
        try:
            view = work.desk.forms.fill(view.id, typed.fields)
            if view.asking:
                view = work.desk.forms.asked(view.id)
            view = _with_faults(view, typed.fields, work.desk.forms.form(code))
            asked = Invoicing(invoice.value, title, tax_number)
            if asked != Invoicing() and not view.errors:
                work.desk.invoices.keep(view.id, asked)
            if not (check or quote):
                if not (sure or view.errors):
                    _must_be_meant(view.quote, typed.tenders)
                tenders = _paid(work.desk, view, typed.tenders)
                if approver:  # the way that money is paid out may want one, which the form alone does not tell
                    work.desk.approvals.approve(view.id, approver, approver_password(approver), tenders, view.shown)
                came = work.desk.orders.complete(view.id, tenders)
        except BaseException:
            _give_up(work.desk, view.id)
            raise
        if came is not None:
            _show_done(came)
            return
        work.desk.forms.abandon(view.id)
        _show_draft(view, quote)
        _refuse(view)


def _do_managed(code: str, typed: Typed | None, check: bool, operator: str, counter: str, home: Path | None) -> None:
    """An edition from one form, or an example of it."""
    from boss_tui.commands.editions import facts_of
    from boss_tui.commands.office import at_office

    with at_office(home, operator, counter=counter) as desk:
        if typed is None:
            show_json(desk.managing.example(code))
            return
        made = desk.managing.make(code, typed.fields, check=check)
    said = {} if check else {"code": code, "serial": made.serial, "edition": facts_of(made.edition)}
    show_json({**said, "differences": made.differences})


@app.command()
@errors_in_words
def cancel(
    serial: OrderArgument,
    reason: Annotated[str, typer.Option(help="Why it is cancelled.")],
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    _as_json: JsonOption = True,
) -> None:
    """Cancel an order that the network has nothing of: boss cancel SERIAL --reason WHY --approver 2001

    Its money goes back in the kinds it came in, cash out of the counter's till; resources are free again; red-letter
    papers are printed. What came of it is printed as JSON; of an order that is cancelled already, what came of it then.
    """
    if not approver:
        raise BadForm({"--approver": say("Say which supervisor approves: --approver and a staff number.")})
    with at_work(home, operator, counter) as work:
        _show_done(work.desk.orders.cancel(serial, reason, approver, approver_password(approver)))


@app.command()
@by_operator
def invoice(
    work: AtWork,
    serial: OrderArgument,
    title: TitleOption = "",
    tax_number: TaxNumberOption = "",
    _as_json: JsonOption = True,
) -> None:
    """Draw the invoice of an order that was paid with --invoice later: once.

    It is for whom was said then, unless --title says another. The paper is printed as JSON.
    """
    show_json(work.desk.invoices.draw(serial, title, tax_number))


def _show_done(came: Outcome) -> None:
    """What came of it. Unshown says which order stands all the same: whoever repeats it sells twice."""
    try:
        show_json(came)
    except Unshown as fault:
        told = say("It is done, order {serial}: don't repeat it. {why}", serial=came.serial, why=fault.message)
        raise Unshown(told) from fault


def _with_faults(view: DraftView, fields: dict[str, Any], form: type[Form]) -> DraftView:
    """A draft keeps to what its form asks for, and may be half filled; a file that says more, or less, is wrong."""
    unknown = {name: form.no_such_field() for name in fields if name not in form.model_fields}
    missing = {
        spec.name: say("This field is needed.")
        for spec in form.fields()
        if spec.required and fields.get(spec.name) in (None, "")
    }
    return replace(view, errors={**unknown, **missing, **view.errors})


def _must_be_meant(quote: Quote, tenders: list[Tender | Scan] | None) -> None:
    """What the screen asks about once more, a command is told: a digit too many is soon written."""
    from boss_tui.forms.typed import yuan

    paid = sum(tender.amount for tender in tenders or ())
    if quote.most >= MUCH:
        raise NotAllowed(say("{yuan} yuan is unusually much. If it is right: --sure.", yuan=yuan(quote.most)))
    if paid and paid - quote.due >= MUCH_CHANGE:
        change = yuan(paid - quote.due)
        raise NotAllowed(say("{change} of change is unusually much. If it is right: --sure.", change=change))


def _paid(desk: Desk, view: DraftView, tenders: list[Tender | Scan] | None) -> list[Tender]:
    """What is paid with; who shows a code is asked for it. BadForm while anything is wrong with the form."""
    if view.errors:
        raise BadForm(view.errors)
    if tenders is None:
        return [Tender("cash", abs(view.quote.due))] if view.quote.due else []
    found: list[Tender] = []
    try:
        for tender in tenders:
            found.append(_asked(desk, view.id, tender) if isinstance(tender, Scan) else tender)
    except BaseException:
        _drop(desk, found)
        raise
    return found


def _asked(desk: Desk, draft_id: str, scan: Scan) -> Tender:
    """Ask for a mobile payment, and wait for it. NotAllowed when it is not paid; then it is given up."""
    view = desk.mobile.ask(draft_id, scan.amount, scan.code)
    until = time.monotonic() + PAYMENT_WAIT
    try:
        while view.state == "asked" and time.monotonic() < until:
            time.sleep(PAYMENT_LOOK)
            view = desk.mobile.look_at(view.order_no)
    except BaseException:
        desk.mobile.drop(view.order_no)
        raise
    if view.state != "paid":
        desk.mobile.drop(view.order_no)
        raise NotAllowed(say("Not paid. {why} Another code, or another way of paying.", why=view.reason))
    return view.tender


def _drop(desk: Desk, tenders: list[Tender]) -> None:
    """Give back what was paid for a form that is refused."""
    ways = {way.code: way for way in desk.paying.tender_ways()}
    for tender in tenders:
        if tender.kind in ways and ways[tender.kind].provider:
            with suppress(BossError):
                desk.mobile.drop(tender.reference)


def _give_up(desk: Desk, draft_id: str) -> None:
    """Free what a refused form holds. If that fails too, it runs out by itself; the first fault is the one to tell."""
    with suppress(BossError):
        desk.forms.abandon(draft_id)


def _show_draft(view: DraftView, quote: bool) -> None:
    price = view.quote
    told = {"due": price.due, "monthly": price.monthly, "lines": price.lines, "terms": price.terms} if quote else {}
    show_json(
        {
            "verdict": view.qualification.verdict,
            "reasons": view.qualification.reasons,
            "errors": view.errors,
            **told,
        }
    )


def _refuse(view: DraftView) -> None:
    """--check and --quote end as the business itself would: 2 for a wrong form, 1 when it may not be done."""
    if view.errors:
        raise BadForm(view.errors)
    reasons = [r.message for r in view.qualification.reasons if r.verdict != "yes"]
    if reasons:
        raise NotAllowed(reasons[0], reasons=reasons)


class Scan(Struct, frozen=True):
    """A code that a customer shows, and the fen that are asked for with it."""

    amount: int
    code: str


class Typed(Struct, frozen=True):
    """A form as it was read: its fields, and the tenders if it has any."""

    fields: dict[str, Any]
    tenders: list[Tender | Scan] | None


def _read(form: str) -> Typed:
    """A form and the tenders in it. BadForm says in which line a file is wrong."""
    if not form:
        raise BadForm({"--form": say("Say which form: a file, or - for standard input. --example prints one.")})
    try:
        content = sys.stdin.buffer.read() if form == "-" else Path(form).read_bytes()
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=form, fault=reason_of(fault))) from fault
    values = _object(form, content)
    return Typed(values, _tenders(values.pop("tenders", None)))


def _object(form: str, content: bytes) -> dict[str, Any]:
    try:
        values = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=Decimal)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise BadForm({"--form": say("{file}, line {line}: not UTF-8.", file=form, line=line)}) from fault
    except json.JSONDecodeError as fault:
        message = say("{file}, line {line}: not JSON: {fault}", file=form, line=fault.lineno, fault=fault.msg)
        raise BadForm({"--form": message}) from fault
    except (RecursionError, ValueError) as fault:  # nested, or a number, beyond what is read at all
        raise BadForm({"--form": say("A form is one JSON object of fields.")}) from fault
    if not isinstance(values, dict):
        raise BadForm({"--form": say("A form is one JSON object of fields.")})
    broken = {name: say("This is no text.") for name, value in values.items() if not _is_text(f"{name}{value}")}
    if broken:
        raise BadForm({"--form" if not _is_text(name) else name: message for name, message in broken.items()})
    return values


def _is_text(text: str) -> bool:
    """JSON can spell half a character, which nothing can store."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field that is said twice would be lost silently."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadForm({name: say("This field is said twice.")})
        found[name] = value
    return found


def _tenders(stated: Any) -> list[Tender | Scan] | None:
    """[{"kind": "cash", "amount": "200.00"}, …] as tenders."""
    if stated is None:
        return None
    wrong = BadForm({"tenders": say("A list of tenders, each with kind and amount in yuan.")})
    if not isinstance(stated, list):
        raise wrong
    found: list[Tender | Scan] = []
    for tender in stated:
        if not isinstance(tender, dict) or set(tender) - TENDER_FIELDS:
            raise wrong
        kind, amount, reference, code = (tender.get(name, "") for name in ("kind", "amount", "reference", "code"))
        if not all(isinstance(text, str) for text in (kind, amount, reference, code)):
            raise wrong
        if code:
            found.append(Scan(fen(amount, "tenders"), code))
            continue
        found.append(Tender(kind, fen(amount, "tenders"), reference))
    return found
