"""Commands that look something up: find, order, matrix."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.answers.business import OrderView
from boss_tui.commands.at_work import at_work
from boss_tui.commands.options import HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, opened, show_json, show_table, spoken, store_of
from data.errors import BadForm, NotFound
from data.message import say
from data.states import kind_name, state_name

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from data.store import Store

app = typer.Typer()


@app.command()
@errors_in_words
def find(
    text: Annotated[
        str, typer.Argument(help="A number, its last digits, a document, a name, pinyin, a serial, a card.")
    ],
    operator: OperatorOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find customers, numbers, orders, documents, cards. Nothing found ends with 1."""
    with at_work(home, operator) as work:
        hits = work.desk.finding.find(text)
        work.desk.finding.listed(text, len(hits))
    if as_json:
        show_json(hits)
    else:
        speak = spoken()
        show_table([(speak(kind_name(hit.kind)), hit.title, speak(hit.detail)) for hit in hits])
    if not hits:
        raise NotFound(say("Nothing found."))


@app.command()
@errors_in_words
def order(
    serial: Annotated[str, typer.Argument(help="The order's serial, as on its papers.")],
    operator: OperatorOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where an order is: order, headquarters, network and print, each on its own."""
    with at_work(home, operator) as work:
        view: OrderView = work.desk.lookups.order(serial)
    if as_json:
        show_json(view)
        return
    speak = spoken()
    rows = [(speak(say("Order")), _said(view.state)), (speak(say("Headquarters")), _said(view.outbox))]
    network, prints = speak(say("Network")), speak(say("Print"))
    rows += [(f"{network} {speak(what)}", f"{_said(state)} {speak(why)}") for what, state, why in view.network]
    rows += [(f"{prints} {speak(what)}", f"{_said(state)} {speak(why)}") for what, state, why in view.prints]
    rows += [(speak(label), value if isinstance(value, str) else speak(value)) for label, value in view.lines]
    show_table(rows)


def _said(states: str) -> str:
    """States in words; work whose commands differ has several, with commas between them."""
    return ", ".join(spoken()(state_name(state)) for state in states.split(", "))


@app.command()
@errors_in_words
def matrix(
    cell: Annotated[str, typer.Argument(help="A row such as C1, or a cell such as C1-F5.", show_default=False)] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The catalogue, alive: all businesses, one row (C1) or one cell (C1-F5)."""
    from boss_tui import catalogue, matrix

    business, _, component = cell.upper().partition("-")
    codes = [business] if business else list(catalogue.BUSINESS_NAMES)
    if business and business not in catalogue.BUSINESS_NAMES:
        raise BadForm({"cell": say("There is no business {code} in the catalogue.", code=business)})
    if component and component not in catalogue.COMPONENTS:
        raise BadForm({"cell": say("There is no component {code} in the catalogue.", code=component)})
    rows = {}
    with ExitStack() as parts:
        managed = [code for code in codes if catalogue.is_managed(code)]
        for store, wanted in _stores(opened(home), codes, managed, parts):
            reading = parts.enter_context(store.reading())
            rows.update({code: matrix.row(reading, code) for code in wanted})
    if component:
        rows = {code: [c for c in cells if c.code.endswith(f"-{component}")] for code, cells in rows.items()}
    if as_json:
        show_json(rows)
    elif business:
        _show_row(rows[business])
    else:
        _show_matrix(rows)


def _stores(home: Home, codes: list[str], managed: list[str], parts: ExitStack) -> Iterator[tuple[Store, list[str]]]:
    """The home's store; and a demonstration's own headquarters, where management is done."""
    yield parts.enter_context(store_of(home)), codes
    if home.settings.demo and managed:
        from boss_tui.start.demonstration import headquarters_store

        central = headquarters_store(home)
        parts.callback(central.close)
        yield central, managed


def _show_row(cells: list[Any]) -> None:
    from boss_tui.catalogue import COMPONENTS
    from boss_tui.matrix import STATES

    speak = spoken()
    rows = []
    for cell in cells:
        component = speak(COMPONENTS[cell.code.rpartition("-")[2]])
        rows.append(
            (cell.code, component, speak(STATES[cell.state]), ", ".join(cell.calls) or speak(cell.reason), cell.serial)
        )
    show_table(rows)


def _show_matrix(rows: dict[str, list[Any]]) -> None:
    """One line a business."""
    from boss_tui.catalogue import BUSINESS_NAMES, COMPONENTS
    from boss_tui.matrix import MARKS

    speak = spoken()
    head = ("", "", *COMPONENTS)
    show_table(
        [head, *((code, speak(BUSINESS_NAMES[code]), *(MARKS[c.state] for c in cells)) for code, cells in rows.items())]
    )
    print(speak(say("# alive  . empty, with a reason  ? no run yet  - not built yet")))
