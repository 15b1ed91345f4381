"""The command `report`: X, Z and day, of now and of any day that was; figures; on paper, on the screen and as files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.at_work import at_work, printing_of
from boss_tui.commands.options import CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, put, show_json, show_paper, show_table, spoken
from boss_tui.commands.vouchers import VoucherRequest, report_vouchers
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.errors import BadForm
from data.message import say
from data.states import SHIFT_STATES

if TYPE_CHECKING:
    from boss_tui.reports.files import Format
    from boss_tui.reports.period import Compared
    from boss_tui.reports.ranking import Ranking
    from boss_tui.reports.report import Kind, Report
    from boss_tui.reports.sheets import Printing

app = typer.Typer()


class Which(StrEnum):
    """Which report."""

    X = "x"
    Z = "z"
    DAY = "day"
    LIST = "list"
    FIGURES = "figures"
    COMPARE = "compare"
    BEHIND = "behind"
    VOUCHERS = "vouchers"


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    U8 = "u8"
    KINGDEE = "kingdee"
    HLEDGER = "hledger"
    BEANCOUNT = "beancount"


FORMS: dict[Form, Format] = {Form.TEXT: "text", Form.CSV: "csv", Form.XLSX: "xlsx", Form.PDF: "pdf"}
FOR_ACCOUNTS = {Form.U8, Form.KINGDEE, Form.HLEDGER, Form.BEANCOUNT}
"""Of vouchers alone."""


@app.command()
@errors_in_words
def report(
    which: Annotated[
        Which,
        typer.Argument(
            help="x: a shift so far; z: a close; day: a business day; list: all there are; "
            "vouchers: of closed days, for the accounts."
        ),
    ],
    form: Annotated[
        Form, typer.Option("--format", help="How it is written; vouchers: u8, kingdee, hledger, beancount.")
    ] = Form.TEXT,
    output: Annotated[Path | None, typer.Option(help="The file to write; - or nothing: standard output.")] = None,
    on_paper: Annotated[
        bool,
        typer.Option("--print", help="On the counter's printer; with --format pdf on A4. Of a close: a marked copy."),
    ] = False,
    date: Annotated[str, typer.Option(help="Of a day or vouchers: which business date; the latest by default.")] = "",
    month: Annotated[str, typer.Option(help="Of vouchers: all closed days of a month, such as 2026-11.")] = "",
    chart: Annotated[
        Path | None, typer.Option(help="Of vouchers: the house's own accounts, a file: ours,since,code,name_zh,…")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Of vouchers: utf-8 (with its mark) or gb18030.")] = "",
    at: Annotated[str, typer.Option("--till", help="Of x and z: which till; this counter's by default.")] = "",
    number: Annotated[int, typer.Option(help="Of z: the number of the close; the last by default.")] = 0,
    since: Annotated[str, typer.Option(help="Of list and figures: from this business date on.")] = "",
    until: Annotated[str, typer.Option(help="Of list and figures: up to this business date.")] = "",
    by: Annotated[
        str, typer.Option(help="Of figures: day, business, operator, till, product, tender, item, …")
    ] = "day",
    sort: Annotated[str, typer.Option(help="Of figures: amount or count, the largest first.")] = "",
    top: Annotated[int, typer.Option(help="Of figures: so many of the first rows; the others stand together.")] = 0,
    beside: Annotated[
        bool, typer.Option("--beside", help="Of figures: beside the period before; of a month the month before.")
    ] = False,
    row: Annotated[str, typer.Option(help="Of behind: TABLE/ROW, such as business/C1 (report day --json)")] = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The reports of till and day, of now and of any day that was; figures of any period, and what is behind them."""
    if which is Which.VOUCHERS:
        if on_paper:
            raise BadForm({"--print": say("Vouchers are a file, not a paper.")})
        asked = VoucherRequest(date, month, form.value, encoding, chart)
        report_vouchers(asked, output, home, operator, counter, as_json=as_json)
        return
    _only_of_vouchers(form, month, encoding, chart)
    if which is Which.LIST:
        _list(home, operator, counter, since, until, as_json=as_json)
        return
    if which in {Which.COMPARE, Which.BEHIND}:
        _looked(which, home, operator, counter, date, row, as_json=as_json)
        return
    if which is Which.FIGURES:
        from boss_tui.reports.ranking import Ranking

        bounds, how = _bounds(since, until), Ranking(sort, top, beside)
        written_report(which, home, operator, counter, form, output, key=by, bounds=bounds, how=how, as_json=as_json)
        return
    key = _key(which, date, at, number)
    if on_paper and form is not Form.PDF:
        with at_work(home, operator, counter) as work:
            show_paper(work.desk.reports.print(which.value, key))
        return
    written_report(which, home, operator, counter, form, output, key=key, copied=on_paper, as_json=as_json)


def _only_of_vouchers(form: Form, month: str, encoding: str, chart: Path | None) -> None:
    """BadForm: something that only vouchers have was said of another report."""
    of_vouchers = (
        (month, "--month"),
        (encoding, "--encoding"),
        (chart is not None, "--chart"),
        (form in FOR_ACCOUNTS, "--format"),
    )
    for said, option in of_vouchers:
        if said:
            raise BadForm({option: say("This is said of '{report}' only.", report=Which.VOUCHERS.value)})


def _key(which: Which, date: str, at: str, number: int) -> str:
    """What a report is asked for by, as the desk takes it. BadForm: an option that is none of this report."""
    from boss_tui.forms.typed import day_typed

    for said, option, of in ((date, "--date", Which.DAY), (number, "--number", Which.Z)):
        if said and which is not of:
            raise BadForm({option: say("This is said of '{report}' only.", report=of.value)})
    if at and which is Which.DAY:
        raise BadForm({"--till": say("A day's report is of all tills.")})
    if which is Which.DAY:
        return day_typed(date, "--date").isoformat() if date else ""
    if number and not at:
        raise BadForm({"--till": say("Say of which till this is the number.")})
    return f"{at}/{number}" if number else at


def _bounds(since: str, until: str) -> tuple[str, str]:
    """Business dates as they are typed; empty ones stay so."""
    from boss_tui.forms.typed import day_typed

    first, last = (
        day_typed(typed, option).isoformat() if typed else ""
        for typed, option in ((since, "--since"), (until, "--until"))
    )
    return first, last


def _looked(
    which: Which, home: Path | None, operator: str, counter: str, date: str, row: str, *, as_json: bool
) -> None:
    """A day compared with others, or what is behind one of its figures."""
    key, speak = _key(Which.DAY, date, "", 0), spoken()
    table, _, of = row.partition("/")
    if which is Which.BEHIND and not of:
        raise BadForm({"--row": say("Say which figure: TABLE/ROW, such as business/C1.")})
    with at_work(home, operator, counter) as work:
        found: Sequence[Any] = (
            work.desk.figures.compared(key) if which is Which.COMPARE else work.desk.figures.behind(key, table, of)
        )
    if as_json:
        show_json(found)
    elif which is Which.COMPARE:
        show_table([_compared(one) for one in found])
    else:
        show_table(
            [
                (
                    on_the_wall(one.at, "%m-%d %H:%M"),
                    one.key,
                    one.operator,
                    one.counter,
                    speak(one.what),
                    yuan(one.amount),
                )
                for one in found
            ]
        )


def _compared(one: Compared) -> tuple[str, ...]:
    from boss_tui.reports.report import shown

    kind: Kind = "money" if one.kind == "money" else "count"
    figures = (one.now, *one.then)
    return shown(one.label, "text", spoken()), *(
        "-" if each is None else shown(each, kind, spoken()) for each in figures
    )


def _list(home: Path | None, operator: str, counter: str, since: str, until: str, *, as_json: bool) -> None:
    """What can be asked for, newest first."""
    with at_work(home, operator, counter) as work:
        found = work.desk.reports.past(*_bounds(since, until))
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table(
        [
            (
                one.kind,
                one.business_date,
                one.till,
                "" if one.number is None else str(one.number),
                one.operator,
                speak(SHIFT_STATES[one.state]),
                yuan(one.difference) if one.difference else "",
            )
            for one in found
        ]
    )


def written_report(
    which: Which,
    home: Path | None,
    operator: str,
    counter: str,
    form: Form = Form.TEXT,
    output: Path | None = None,
    *,
    key: str = "",
    bounds: tuple[str, str] = ("", ""),
    how: Ranking | None = None,
    copied: bool = False,
    as_json: bool,
) -> None:
    """Add a report up, and write it: as JSON, to a file, to standard output. copied: of a close, as a marked copy."""
    from boss_tui.commands.progress import waited

    to_terminal = output is None and sys.stdout.isatty()
    if form in {Form.XLSX, Form.PDF} and to_terminal and not as_json:
        raise BadForm({"--output": say("Say which file to write: this format is nothing to look at.")})
    if copied and not as_json:
        with at_work(home, operator, counter) as work:
            _write(work.desk.files.report_copy(which.value, key, FORMS[form]), form, output, printing_of(work))
        return
    with at_work(home, operator, counter) as work, work.store.reading() as reading:
        made: Callable[..., Report] = work.desk.figures.period_data if how else work.desk.reports.data
        asked = (*bounds, key, how) if how else (which.value, key)
        found = waited(say("Adding up"), lambda: made(reading, *asked))
        if which is Which.DAY and form in {Form.XLSX, Form.PDF} and not as_json:
            found = waited(say("Comparing"), lambda: work.desk.figures.compared_data(reading, found, key))
        printing = printing_of(work)
    if as_json:
        show_json(found)
    else:
        _write(found, form, output, printing)


def _write(report: Report, form: Form, output: Path | None, printing: Printing) -> None:
    from boss_tui.reports.files import written

    put(written(report, FORMS[form], spoken(), printing), output)
