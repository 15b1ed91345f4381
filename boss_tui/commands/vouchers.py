"""`boss report vouchers`: the vouchers of a closed day or month in a file for the accounts of the house."""

from __future__ import annotations

import calendar
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from boss_tui.commands.at_work import AtWork, at_work
from boss_tui.commands.shared import must_be_writable, put, show_json, spoken, tell
from data.errors import BadForm, Outside, reason_of
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk.vouchers import Export
    from boss_tui.reports.vouchers.chart import ChartPlace

_MONTH = re.compile(r"(\d{4})-(\d\d)")


class VoucherRequest(Struct, frozen=True):
    """What was asked for: a date or a month (none: the last day that was closed), in which form; by which chart of
    accounts, where the house has its own."""

    date: str
    month: str
    form: str
    encoding: str
    chart: Path | None = None


def report_vouchers(
    asked: VoucherRequest, output: Path | None, home: Path | None, operator: str, counter: str, *, as_json: bool
) -> None:
    """Write them, and tell on standard error what they replace and what is left out."""
    from boss_tui.reports.vouchers.files import PLAIN, Format, written

    form: Format = _form(asked.form)
    if asked.encoding and asked.encoding not in {"utf-8", "gb18030"}:
        raise BadForm({"--encoding": say("utf-8 or gb18030.")})
    if asked.encoding == "gb18030" and form in PLAIN:
        raise BadForm({"--encoding": say("Plain text accounting is UTF-8.")})
    if output is not None and str(output) != "-":
        must_be_writable(output)
    house = _chart(asked.chart)
    with at_work(home, operator, counter) as work:
        made = work.desk.vouchers.export(*_bounds(asked, work), form, house)
    if as_json:
        show_json(made)
    else:
        encoding = "gb18030" if asked.encoding == "gb18030" else ""
        put(written(made.vouchers, form, spoken(), encoding), output)
    _tell(made)


def _chart(path: Path | None) -> tuple[ChartPlace, ...]:
    """The house's own chart of accounts, if it has one."""
    from boss_tui.reports.vouchers.chart import of_the_house

    if path is None:
        return ()
    try:
        return of_the_house(path.read_bytes())
    except OSError as fault:
        unread = say("{path} can't be read: {fault}", path=str(path), fault=reason_of(fault))
        raise Outside(unread) from fault


def _form(form: str) -> Literal["u8", "kingdee", "hledger", "beancount"]:
    from boss_tui.reports.vouchers.files import Format

    if form == "text":
        return "hledger"
    for known in get_args(Format):
        if known == form:
            found: Format = known
            return found
    raise BadForm({"--format": say("Vouchers are written as u8, kingdee, hledger or beancount.")})


def _bounds(asked: VoucherRequest, work: AtWork) -> tuple[str, str]:
    """The first and the last business date that is asked for."""
    from boss_tui.forms.typed import day_typed

    if asked.date and asked.month:
        raise BadForm({"--month": say("Say a date or a month, not both.")})
    if asked.month:
        found = _MONTH.fullmatch(asked.month)
        year, month = (int(found[1]), int(found[2])) if found else (0, 0)
        if not (year and 1 <= month <= 12):
            raise BadForm({"--month": say("A month, such as 2026-11.")})
        last = date(year, month, calendar.monthrange(year, month)[1])
        return f"{asked.month}-01", last.isoformat()
    day = day_typed(asked.date, "--date").isoformat() if asked.date else work.desk.vouchers.last_closed_day()
    return day, day


def _tell(made: Export) -> None:
    speak = spoken()
    if not made.vouchers:
        tell(speak(say("No money moved on these days: there is no voucher.")))
    if made.before:
        tell(speak(say("Exported before ({n}): this replaces it, under the same numbers.", n=made.before)))
    if made.left_open:
        tell(speak(say("Not in it, since they are open: {days}", days=", ".join(made.left_open))))
