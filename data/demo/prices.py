"""What it costs: chart of accounts, charge items, tax by date, price rules with their discounts (catalogue F6, F11)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from data.demo.hall import Rows
from data.demo.handsets import BUNDLES
from data.demo.handsets import PRICES as HANDSETS
from data.demo.numbers import FEES
from data.demo.products import ON_SALE_FROM
from data.tables.finance import LedgerAccount, TenderKind
from data.tables.tariff import ChargeItem, PriceRule, TaxRate
from data.tender_kinds import STANDARD

_ACCOUNTS = (  # code, names, kind, kept by till
    ("1001", "库存现金（台席）", "Till cash", "asset", 1),
    ("1002", "银行卡清算", "Card clearing", "asset", 0),
    ("1003", "银行转账", "Bank transfer", "asset", 0),
    ("1004", "保险柜现金", "Safe", "asset", 0),
    ("1012", "在途支票", "Cheques in hand", "asset", 0),
    ("1013", "微信支付清算", "WeChat Pay clearing", "asset", 0),
    ("1014", "支付宝清算", "Alipay clearing", "asset", 0),
    ("1015", "云闪付清算", "UnionPay QR clearing", "asset", 0),
    ("1221", "其他应收款（网点）", "Due from outlets", "asset", 0),
    ("1122", "应收账款", "Receivable from customers", "asset", 0),
    ("2205", "客户预存款", "Customers' prepayments", "liability", 0),
    ("2206", "客户押金", "Deposits held", "liability", 0),
    ("2207", "已售充值卡", "Recharge cards sold", "liability", 0),
    ("2208", "合约预存款", "Contract prepayments", "liability", 0),
    ("2209", "暂收款", "Money in suspense", "liability", 0),
    ("2210", "待处理款", "Money of entries put aside", "liability", 0),
    ("2211", "撤点待清款", "Money of closed outlets", "liability", 0),
    ("2242", "应退客户款", "Owed back to customers", "liability", 0),
    ("2221", "应交增值税（销项）", "Output VAT", "liability", 0),
    ("2222", "待转销项税额", "VAT of unpaid bills", "liability", 0),
    ("2241", "应付合作方", "Owed to partners", "liability", 0),
    ("6001", "基础电信收入", "Basic telecom income", "income", 0),
    ("6002", "增值电信收入", "Value-added telecom income", "income", 0),
    ("6003", "商品销售收入", "Goods income", "income", 0),
    ("6004", "其他服务收入", "Other service fees", "income", 0),
    ("6401", "酬金支出", "Commission expense", "expense", 0),
    ("6602", "零星支出", "Sundry expenses", "expense", 0),
    ("6900", "现金长短款", "Cash over and short", "expense", 0),
    ("6901", "零头抹零", "Rounding of cash", "expense", 0),
)

ITEMS = {  # names, fee kind (0 fee, 1 deposit, 2 prepayment), account credited, tax category
    "entry_fee": ("入网费", "Entry fee", 0, "6004", "basic"),
    "sim_fee": ("SIM卡费", "SIM card", 0, "6003", "goods"),
    "number_fee": ("选号费", "Number fee", 0, "6004", "basic"),
    "handling_fee": ("手续费", "Handling fee", 0, "6004", "basic"),
    "prepayment": ("预存话费", "Prepayment", 2, "2205", "none"),
    "deposit": ("押金", "Deposit", 1, "2206", "none"),
    "monthly_fee": ("套餐月费", "Monthly fee", 0, "6001", "basic"),
    "value_added_fee": ("增值业务月费", "Value-added service, monthly", 0, "6002", "value_added"),
    "keep_number_fee": ("停机保号费", "Keeping the number", 0, "6001", "basic"),
    "handset": ("机器费", "Handset", 0, "6003", "goods"),
    "usage_voice": ("通话费", "Calls beyond the plan", 0, "6001", "basic"),
    "usage_data": ("流量费", "Data beyond the plan", 0, "6001", "basic"),
    "usage_message": ("短信费", "Messages beyond the plan", 0, "6001", "basic"),
    "usage_roaming": ("国际漫游费", "Roaming", 0, "6001", "basic"),
    "minimum_spend": ("最低消费补差", "Up to the minimum spend", 0, "6001", "basic"),
    "bill_payment": ("话费账单", "Bill", 0, "1122", "none"),
    "late_fee": ("滞纳金", "Late fee", 0, "6004", "basic"),
    "plan_penalty": ("套餐合约违约金", "Penalty of the plan's contract", 0, "6004", "basic"),
    "contract_penalty": ("合约违约金", "Contract penalty", 0, "6004", "basic"),
    "points_spent": ("积分抵扣", "Points spent", 0, "6004", "basic"),
    "contract_prepay": ("合约预存款", "Contract prepayment", 2, "2208", "none"),
    "provider_fee": ("代收信息费", "Service of a provider, monthly", 0, "6002", "value_added"),
    "provider_refund": ("合作方退费", "Given back by a provider", 0, "2241", "none"),
    "recharge_card": ("充值卡", "Recharge card", 2, "2207", "none"),
}

_TAX = (  # category, from, hundredths of a percent (domain-facts 7: 17, 11 and 6 % in 2014, now 13, 9 and 6 %)
    ("goods", "2014-06-01", 1_700),
    ("goods", "2019-04-01", 1_300),
    ("basic", "2014-06-01", 1_100),
    ("basic", "2019-04-01", 900),
    ("value_added", "2014-06-01", 600),
    ("none", "2014-06-01", 0),
)
TAX_NOW = {"goods": 1_300, "basic": 900, "value_added": 600, "none": 0}

_MONTHLY = {
    "P58": 5_800,
    "P88": 8_800,
    "P128": 12_800,
    "PSTU": 2_900,
    "PSEN": 1_900,
    "PBIZ": 19_800,
    "PBANK": 4_800,
    "P39": 3_900,
}
_SERVICES = {
    "RBT": 500,
    "WEATHER": 300,
    "CLIR": 500,
    "VMAIL": 200,
    "IDD": 1_000,
    "IROAM": 3_000,
    "NETCARD": 1_000,
    "STOCK": 1_000,
}
FACE_VALUES = {"PRE50": 5_000, "PRE100": 10_000}
_PREPAID_MIN = {
    "P58": 10_000,
    "P88": 10_000,
    "P128": 20_000,
    "PSTU": 5_000,
    "PSEN": 5_000,
    "PBIZ": 50_000,
    "PBANK": 10_000,
    "P39": 5_000,
}

_RULES: tuple[dict[str, Any], ...] = (
    {"item": "entry_fee", "amount": 5_000, "rank": 0},
    {
        "item": "entry_fee",
        "category": "student",
        "amount": 5_000,
        "percent": 50,
        "rank": 10,
        "name_zh": "学生入网五折",
        "name_en": "Students: half the entry fee",
    },
    {
        "item": "entry_fee",
        "category": "key",
        "amount": 5_000,
        "percent": 0,
        "rank": 20,
        "name_zh": "大客户免入网费",
        "name_en": "Key accounts: no entry fee",
    },
    {
        "item": "entry_fee",
        "category": "red",
        "amount": 5_000,
        "percent": 0,
        "rank": 20,
        "name_zh": "红名单免入网费",
        "name_en": "Red list: no entry fee",
    },
    {"item": "sim_fee", "amount": 2_000, "rank": 0},
    {
        "item": "sim_fee",
        "category": "key",
        "amount": 2_000,
        "percent": 0,
        "rank": 10,
        "name_zh": "大客户免卡费",
        "name_en": "Key accounts: card free",
    },
    *(
        {
            "item": "entry_fee",
            "product": card,
            "amount": 0,
            "rank": 30,
            "name_zh": "预付费免入网费",
            "name_en": "Prepaid: no entry fee",
        }
        for card in FACE_VALUES
    ),
    *(
        {
            "item": "prepayment",
            "product": card,
            "amount": value,
            "rank": 10,
            "name_zh": "卡面值",
            "name_en": "Face value",
        }
        for card, value in FACE_VALUES.items()
    ),
    *({"item": "prepayment", "product": plan, "amount": least, "rank": 10} for plan, least in _PREPAID_MIN.items()),
    *(
        {"item": "monthly_fee", "product": plan, "amount": rent, "monthly": 1, "rank": 0}
        for plan, rent in _MONTHLY.items()
    ),
    *(
        {"item": "value_added_fee", "product": code, "amount": rent, "monthly": 1, "rank": 0}
        for code, rent in _SERVICES.items()
    ),
)


_OTHERS: tuple[tuple[str, dict[str, Any]], ...] = (  # business, rule
    ("C2", {"item": "handling_fee", "amount": 1_000, "rank": 0}),
    *(("C10", {"item": "handset", "product": model, "amount": price, "rank": 0}) for model, price in HANDSETS),
    *(
        (
            "C10",
            {
                "item": "handset",
                "product": model,
                "category": "key",
                "amount": price,
                "percent": 95,
                "rank": 10,
                "name_zh": "大客户购机九五折",
                "name_en": "Key accounts: 5 % off",
            },
        )
        for model, price in HANDSETS
    ),
    *(("C10", {"item": "handling_fee", "product": bundle[0], "amount": 1_000, "rank": 0}) for bundle in BUNDLES),
    (
        "C2",
        {
            "item": "handling_fee",
            "category": "key",
            "amount": 1_000,
            "percent": 0,
            "rank": 10,
            "name_zh": "大客户免手续费",
            "name_en": "Key accounts: no fee",
        },
    ),
    ("C3", {"item": "sim_fee", "amount": 2_000, "rank": 0}),
    *(
        (
            "C3",
            {
                "item": item,
                "category": category,
                "amount": amount,
                "percent": 0,
                "rank": 10,
                "name_zh": zh,
                "name_en": en,
            },
        )
        for item, amount in (("sim_fee", 2_000), ("handling_fee", 1_000))
        for category, zh, en in (("key", "大客户免费", "Key accounts: free"), ("red", "红名单免费", "Red list: free"))
    ),
    ("C3", {"item": "handling_fee", "amount": 1_000, "rank": 0}),
    ("C9", {"item": "points_spent", "amount": 100, "rank": 0}),  # fen that 100 points pay
    ("C5", {"item": "handling_fee", "amount": 2_000, "rank": 0}),
    ("C6", {"item": "keep_number_fee", "amount": 500, "monthly": 1, "rank": 0}),  # 5 yuan a full month (domain-facts 6)
    ("C12", {"item": "late_fee", "amount": 3, "rank": 0}),  # fen a day for 10 yuan owed: 3 per mille (domain-facts 8)
)


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of what an opening cost, in fen, with the tax in it."""

    item: str
    amount: int
    tax: int
    monthly: bool = False
    product: str = ""

    @property
    def label(self) -> str:
        """What the item is called on paper."""
        return ITEMS[self.item][0]

    @property
    def fee_kind(self) -> int:
        """0 fee, 1 deposit, 2 prepayment."""
        return ITEMS[self.item][2]

    @property
    def tax_rate(self) -> int:
        """Its item's rate of tax, in hundredths of a percent."""
        return rate_of(self.item)

    @property
    def account(self) -> str:
        """The account of the books that it is credited to."""
        return ITEMS[self.item][3]


@cache
def opening(products: tuple[str, ...], category: str, grade: str) -> tuple[Charge, ...]:
    """What an opening costs by the rules: for each item, and each product's month, the rule of the highest rank."""
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for rule in sorted(_RULES, key=lambda rule: int(rule["rank"])):
        if rule.get("product", "") in ("", *products) and rule.get("category", "") in ("", category):
            best[rule["item"], rule.get("product", "") if rule.get("monthly") else ""] = rule
    lines = [
        _line(r["item"], r["amount"] * r.get("percent", 100) // 100, bool(r.get("monthly")), r.get("product", ""))
        for r in best.values()
    ]
    return (*lines, *([_line("number_fee", FEES[grade])] if FEES[grade] else []))


def monthly(products: tuple[str, ...], category: str) -> tuple[Charge, ...]:
    """What is charged each month for these products."""
    return tuple(line for line in opening(products, category, "N") if line.monthly)


def tax_in(amount: int, item: str) -> int:
    """The tax in an amount of an item, in fen, rounded half up."""
    return tax_at(amount, rate_of(item))


def rate_of(item: str) -> int:
    """An item's rate of tax now, in hundredths of a percent."""
    return TAX_NOW[ITEMS[item][4]]


def tax_at(amount: int, rate: int) -> int:
    """The tax in an amount by a rate, in fen, rounded half up."""
    return (amount * rate * 2 + 10_000 + rate) // (2 * (10_000 + rate))


def _line(item: str, amount: int, monthly: bool = False, product: str = "") -> Charge:
    return Charge(item, amount, tax_in(amount, item), monthly, product)


def rows() -> Rows:
    """Accounts, items, tax and rules."""
    yield LedgerAccount, _table(("code", "name_zh", "name_en", "kind", "per_till"), _ACCOUNTS)
    yield TenderKind, [dict(kind) for kind in STANDARD]
    names = ("code", "name_zh", "name_en", "fee_kind", "ledger_account", "tax_category")
    yield ChargeItem, _table(names, tuple((code, *row) for code, row in ITEMS.items()))
    yield TaxRate, _table(("category", "valid_from", "rate"), _TAX)
    yield (
        PriceRule,
        [
            {"id": f"C1-{number:02d}", "business": "C1", "valid_from": ON_SALE_FROM, **rule}
            for number, rule in enumerate(_RULES, 1)
        ]
        + [
            {"id": f"{business}-{number:03d}", "business": business, "valid_from": ON_SALE_FROM, **rule}
            for number, (business, rule) in enumerate(_OTHERS, 101)
        ],
    )


def _table(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]
