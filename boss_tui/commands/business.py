"""Commands that do and look up businesses: do, find, matrix, order."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from boss_tui.answers import DraftView, OrderView, Tender
from boss_tui.commands.shared import HomeOption, JsonOption, opened, plain, show_json, show_table, spoken, told
from boss_tui.settings import Home
from data.errors import BadForm, NotAllowed, Outside
from data.message import Message, say

app = typer.Typer()

OperatorOption = Annotated[
    str, typer.Option(help="Staff number; the password comes from BOSS_PASSWORD or is asked for.")
]
CounterOption = Annotated[str, typer.Option(help="Another counter than the home's.")]


def desk_of(home: Home, operator: str, counter: str = "") -> Any:
    """A desk with the operator signed on. In a demonstration hall the scripts' own clerk and counter are the default."""
    from boss_tui.desk import Desk, Station

    password = os.environ.get("BOSS_PASSWORD", "")
    if home.settings.demo and not operator:
        from boss_tui.demonstration import SCRIPT

        operator, counter, password = SCRIPT.staff_no, counter or SCRIPT.counter, password or SCRIPT.password
    if not operator:
        raise BadForm({"operator": say("Say who works: --operator and a staff number.")})
    if not password:
        password = typer.prompt("Password", hide_input=True, err=True)
    desk = Desk(home.open_store(), Station(home.settings.outlet, counter or home.settings.counter))
    desk.sign_on(operator, password)
    return desk


@app.command()
@told
def do(
    code: str,
    example: Annotated[bool, typer.Option("--example", help="Print a form that works here now.")] = False,
    form: Annotated[str, typer.Option(help="A JSON file, or - for standard input.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only look whether it may be done.")] = False,
    quote: Annotated[bool, typer.Option("--quote", help="Only print the price.")] = False,
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Do a business headless: `boss do C1 --example | boss do C1 --form -`."""
    desk = desk_of(opened(home), operator, counter)
    if example:
        show_json(desk.example(code))
        return
    values, tenders = _read(form)
    view: DraftView = desk.begin(code)
    done = False
    try:
        view = desk.fill(view.id, values)
        if check or quote:
            show_json({"verdict": view.qualification.verdict, "reasons": view.qualification.reasons, "errors": view.errors,
                       **({"due": view.quote.due, "lines": view.quote.lines} if quote else {})})  # fmt: skip
            _refuse(view)
            return
        if view.errors:
            raise BadForm(view.errors)
        paid = tenders if tenders is not None else [Tender("cash", view.quote.due)] if view.quote.due else []
        outcome = desk.complete(view.id, paid)
        done = True
        show_json(outcome)
    finally:
        if not done:
            desk.abandon(view.id)


def _refuse(view: DraftView) -> None:
    """--check and --quote end with 1 when it may not be done."""
    reasons: list[Message] = [r.message for r in view.qualification.reasons if r.verdict != "yes"]
    reasons += list(view.errors.values())
    if reasons:
        raise NotAllowed(reasons[0], reasons=reasons)


def _read(form: str) -> tuple[dict[str, Any], list[Tender] | None]:
    """A form and the tenders in it. BadForm says in which line a file is wrong."""
    if not form:
        raise BadForm({"--form": say("Say which form: a file, or - for standard input. --example prints one.")})
    try:
        text = sys.stdin.read() if form == "-" else Path(form).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Outside(say("{file} can't be read: {fault}", file=form, fault=str(fault))) from fault
    try:
        values = json.loads(text)
    except json.JSONDecodeError as fault:
        message = say("{file}, line {line}: not JSON: {fault}", file=form, line=fault.lineno, fault=fault.msg)
        raise BadForm({"--form": message}) from fault
    if not isinstance(values, dict):
        raise BadForm({"--form": say("A form is one JSON object of fields.")})
    return values, _tenders(values.pop("tenders", None))


def _tenders(stated: Any) -> list[Tender] | None:
    """[{"kind": "cash", "amount": "200.00"}, …] as tenders."""
    from pydantic import TypeAdapter, ValidationError

    from boss_tui.forms import Fen

    if stated is None:
        return None
    amount = TypeAdapter(Fen)
    try:
        return [
            Tender(str(t["kind"]), amount.validate_python(t["amount"]), str(t.get("reference", ""))) for t in stated
        ]
    except (KeyError, TypeError, AttributeError, ValidationError) as fault:
        raise BadForm({"tenders": say("A list of tenders, each with kind and amount in yuan.")}) from fault


@app.command()
@told
def find(text: str, operator: OperatorOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Find customers, numbers, orders, documents, cards."""
    hits = desk_of(opened(home), operator).find(text)
    if as_json:
        show_json(hits)
    else:
        show_table([(hit.kind, hit.title, hit.detail) for hit in hits])


@app.command()
@told
def order(serial: str, operator: OperatorOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Where an order is: order, outbox, network and print, each on its own."""
    view: OrderView = desk_of(opened(home), operator).order(serial)
    if as_json:
        show_json(view)
        return
    speak = spoken()
    rows = [(speak("Order"), view.state), (speak("Headquarters"), view.outbox)]
    rows += [(f"{speak('Network')} {what}", f"{state} {speak(why)}") for what, state, why in view.network]
    rows += [(f"{speak('Print')} {what}", f"{state} {speak(why)}") for what, state, why in view.prints]
    rows += [(speak(label), value) for label, value in view.lines]
    show_table(rows)


@app.command()
@told
def matrix(cell: Annotated[str, typer.Argument()] = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The catalogue, alive: all businesses, one row (C1) or one cell (C1-F5)."""
    import boss_tui.transactions  # noqa: F401 (fills the table of businesses)
    from boss_tui import catalogue

    business, _, component = cell.upper().partition("-")
    codes = [business] if business else list(catalogue.BUSINESS_NAMES)
    if business and business not in catalogue.BUSINESS_NAMES:
        raise BadForm({"cell": say("There is no business {code} in the catalogue.", code=business)})
    if component and component not in catalogue.COMPONENTS:
        raise BadForm({"cell": say("There is no component {code} in the catalogue.", code=component)})
    with opened(home).open_store().reading() as reading:
        rows = {code: catalogue.row(reading, code) for code in codes}
    if component:
        rows = {code: [c for c in cells if c.code.endswith(f"-{component}")] for code, cells in rows.items()}
    if as_json:
        show_json(rows)
    elif business:
        _show_row(rows[business])
    else:
        _show_matrix(rows)


def _show_row(cells: list[Any]) -> None:
    from boss_tui.catalogue import COMPONENTS

    speak = spoken()
    show_table([
        (cell.code, speak(COMPONENTS[cell.code.rpartition("-")[2]]), cell.state, ", ".join(cell.calls) or speak(cell.reason),
         cell.serial)
        for cell in cells
    ])  # fmt: skip


def _show_matrix(rows: dict[str, list[Any]]) -> None:
    """One line a business: ● alive, · empty on purpose, ? no run yet."""
    from boss_tui.catalogue import BUSINESS_NAMES, COMPONENTS

    speak, marks = spoken(), {"alive": "#", "empty": ".", "waiting": "?"}
    head = ("", "", *COMPONENTS)
    show_table(
        [head, *((code, speak(BUSINESS_NAMES[code]), *(marks[c.state] for c in cells)) for code, cells in rows.items())]
    )
    print(f"# {speak('alive')}  . {speak('empty, with a reason')}  ? {speak('no run yet')}")


__all__ = ["app", "desk_of", "plain"]
