"""What money is booked on, as a headquarters begins with it: accounts, charge items, taxes (catalogue F6, F11)."""

from __future__ import annotations

from data.standard.rows import Rows, table
from data.tables.finance import LedgerAccount, TenderKind
from data.tables.tariff import ChargeItem, TaxRate
from data.tender_kinds import STANDARD

ACCOUNTS = (  # code, names, kind, kept by till
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


def rows() -> Rows:
    """All of it."""
    yield LedgerAccount, table(("code", "name_zh", "name_en", "kind", "per_till"), ACCOUNTS)
    yield TenderKind, [dict(kind) for kind in STANDARD]
    names = ("code", "name_zh", "name_en", "fee_kind", "ledger_account", "tax_category")
    yield ChargeItem, table(names, tuple((code, *row) for code, row in ITEMS.items()))
    yield TaxRate, table(("category", "valid_from", "rate"), _TAX)
