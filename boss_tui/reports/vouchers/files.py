"""Vouchers as files: for 用友 U8 and 金蝶 as comma-separated values, for hledger and beancount as plain text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from boss_tui.forms.typed import yuan
from boss_tui.locale import Words
from boss_tui.reports.vouchers.chart import Standard
from boss_tui.reports.vouchers.made import WORD, Voucher, VoucherEntry, accounts_of, summary
from data.characters import begins_formula
from data.message import Message

Format = Literal["u8", "kingdee", "hledger", "beancount"]
ENCODINGS = ("utf-8-sig", "gb18030")
_ROOTS = {"asset": "Assets", "liability": "Liabilities", "income": "Income", "expense": "Expenses"}


def written(made: Sequence[Voucher], form: Format, words: Words, encoding: str = "") -> bytes:
    """The vouchers in a file of this form. Comma-separated ones are UTF-8 with the mark that spreadsheets look for, or
    GB18030, which old tools on a Chinese Windows read; plain text is UTF-8 and nothing else."""
    if form in PLAIN:
        return "".join(f"{line}\n" for line in PLAIN[form](made, words)).encode()
    return _comma(_TABLES[form](made, words)).encode(encoding or ENCODINGS[0])


def _comma(rows: Iterator[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


# 用友 U8 -----------------------------------------------------------------------------------------------------------


U8_FIRST = ("填制凭证", "V800")
"""What its tool 总账工具 looks for in the first line; the columns have no heading there."""
U8_COLUMNS = (
    "制单日期",
    "凭证类别字",
    "业务号",
    "附单据数",
    "摘要",
    "科目编码",
    "借方金额",
    "贷方金额",
    "数量",
    "外币",
    "汇率",
    "制单人",
    "结算方式",
    "票号",
    "发生日期",
    "部门编码",
    "个人编码",
    "客户编码",
    "供应商编码",
    "业务员",
    "项目编码",
)
U8_SUMMARY, U8_ATTACHED = 60, 999


def _u8(made: Sequence[Voucher], words: Words) -> Iterator[Sequence[str]]:
    yield U8_FIRST
    for voucher in made:
        for entry in voucher.entries:
            yield (
                voucher.business_date,
                WORD,
                str(voucher.number),
                str(min(voucher.attachments, U8_ATTACHED)),
                _said(summary(voucher, entry, U8_SUMMARY), words),
                entry.standard.code,
                yuan(entry.debit),
                yuan(entry.credit),
                "",
                "",
                "",
                _plain(voucher.maker),
                "",
                voucher.reference,
                voucher.business_date,
                voucher.outlet,
                "",
                "",
                "",
                "",
                _item(entry),
            )


# 金蝶 K3, KIS --------------------------------------------------------------------------------------------------------


KINGDEE_COLUMNS = (
    "FDATE",
    "FTRANSDATE",
    "FPERIOD",
    "FGROUP",
    "FNUM",
    "FENTRYID",
    "FEXP",
    "FACCTID",
    "FCLSNAME1",
    "FOBJID1",
    "FOBJNAME1",
    "FCLSNAME2",
    "FOBJID2",
    "FOBJNAME2",
    "FCYID",
    "FEXCHRATE",
    "FDC",
    "FFCYAMT",
    "FQTY",
    "FPRICE",
    "FDEBIT",
    "FCREDIT",
    "FSETTLCODE",
    "FSETTLENO",
    "FPREPARE",
    "FATTCHMENT",
    "FREFERENCE",
)
KINGDEE_SUMMARY = 80


def _kingdee(made: Sequence[Voucher], words: Words) -> Iterator[Sequence[str]]:
    yield KINGDEE_COLUMNS
    for voucher in made:
        for place, entry in enumerate(voucher.entries):
            debit, credit = entry.debit, entry.credit
            yield (
                voucher.business_date,
                voucher.business_date,
                str(int(voucher.business_date[5:7])),
                WORD,
                str(voucher.number),
                str(place),
                _said(summary(voucher, entry, KINGDEE_SUMMARY), words),
                entry.standard.code,
                "部门",
                voucher.outlet,
                _said(voucher.outlet_name, words),
                "项目",
                _item(entry),
                _said(entry.item_name, words),
                "RMB",
                "1",
                "1" if debit else "0",
                yuan(debit or credit),
                "",
                "",
                yuan(debit) if debit else "",
                yuan(credit) if credit else "",
                "",
                "",
                _plain(voucher.maker),
                str(voucher.attachments),
                voucher.reference,
            )


def _item(entry: VoucherEntry) -> str:
    """The code of the auxiliary item: our account, and the rate where there is one."""
    return f"{entry.item}-{entry.tax_rate / 100:g}" if entry.tax_rate else entry.item


def _said(message: Message, words: Words) -> str:
    return _plain(words(message))


def _plain(text: str) -> str:
    """One line, which no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if begins_formula(line) else line


# plain text accounting -----------------------------------------------------------------------------------------------


def _hledger(made: Sequence[Voucher], words: Words) -> Iterator[str]:
    """A journal that declares what it uses, for `hledger check --strict`."""
    yield "commodity 1000.00 CNY"
    for standard, item, name in accounts_of(made):
        yield f"account {_account(standard, item, name, words)}"
    for voucher in made:
        yield ""
        yield f"{voucher.business_date} * ({voucher.numbered}) {_note(words(voucher.outlet_name))}"
        yield f"    ; reference: {voucher.reference}, attachments: {voucher.attachments}, maker: {_note(voucher.maker)}"
        for entry in voucher.entries:
            rate = f"  ; rate: {entry.tax_rate / 100:g}" if entry.tax_rate else ""
            yield f"    {_account(entry.standard, entry.item, entry.item_name, words)}  {yuan(entry.amount)} CNY{rate}"


def _beancount(made: Sequence[Voucher], words: Words) -> Iterator[str]:
    """A ledger whose accounts open by themselves, so that files of several months go together."""
    yield 'option "operating_currency" "CNY"'
    yield 'plugin "beancount.plugins.auto_accounts"'
    for voucher in made:
        payee = _note(words(voucher.outlet_name))
        yield ""
        yield f'{voucher.business_date} * "{payee}" "{voucher.numbered}" ^{voucher.reference}'
        yield f'  number: "{voucher.numbered}"'
        yield f'  reference: "{voucher.reference}"'
        yield f"  attachments: {voucher.attachments}"
        yield f'  maker: "{_note(voucher.maker)}"'
        for entry in voucher.entries:
            yield f"  {_account(entry.standard, entry.item, entry.item_name, words)}  {yuan(entry.amount)} CNY"
            if entry.tax_rate:
                yield f"    rate: {entry.tax_rate / 100:g}"


def _account(standard: Standard, item: str, name: Message, words: Words) -> str:
    """An account as both tools take it: five roots, and names of letters, digits and dashes that begin with a digit."""
    parts = (_ROOTS[standard.kind], f"{standard.code}-{words(standard.name)}", f"{item}-{words(name)}")
    return ":".join(re.sub(r"[^\w]+|_", "-", part).strip("-") for part in parts)


def _note(text: str) -> str:
    """Words that no tool takes for a sign of its own: of the end of a text, a comment, a tag."""
    return " ".join(re.sub(r'[";|\\:,]', " ", text).split())


_TABLES = {"u8": _u8, "kingdee": _kingdee}
PLAIN = {"hledger": _hledger, "beancount": _beancount}
