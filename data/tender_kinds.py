"""The ways of paying that every outlet has, unless headquarters has published others (table `tender_kind`).

Mobile payment (微信, 支付宝, 云闪付) is money once its provider says so: never without a link (management-facts 7.4).
`rounding` is what a sum in cash is rounded by, since no coin below a jiao is in hand: at most nine fen, and always in
the customer's favour (rounding up is forbidden: nobody pays more than the price).
`suspense` is money that is here already: what was taken for a slip that could not be done (its number is the
reference), which pays another order. It is chosen where the outlet has such money.
"""

from __future__ import annotations

from typing import Any

CASH, ROUNDING, SUSPENSE = "cash", "rounding", "suspense"
REST = "rest"
"""No tender, but what is said among them: so many fen of the change stay here, in the customer's balance."""
JIAO = 10
"""Fen of the smallest coin in hand."""
WAY = "way"
"""The rule of money that goes back another way than it came: the way is said with the payment, not before it."""
_NAMES = (
    "code",
    "position",
    "name_zh",
    "name_en",
    "account",
    "reference",
    "drawer",
    "refunds",
    "offline",
    "provider",
    "clears",
)
STANDARD: tuple[dict[str, Any], ...] = tuple(
    dict(zip(_NAMES, row, strict=True))
    for row in (
        (CASH, 1, "现金", "Cash", "1001", 0, 1, 1, 1, "", 0),
        ("card", 2, "银行卡", "Card", "1002", 1, 0, 1, 1, "", 0),
        ("cheque", 3, "支票", "Cheque", "1012", 1, 0, 1, 1, "", 5),
        ("transfer", 4, "转账", "Bank transfer", "1003", 1, 0, 1, 1, "", 0),
        ("wechat", 5, "微信", "WeChat Pay", "1013", 1, 0, 1, 0, "wechat", 0),
        ("alipay", 6, "支付宝", "Alipay", "1014", 1, 0, 1, 0, "alipay", 0),
        ("unionpay", 7, "云闪付", "UnionPay QR", "1015", 1, 0, 1, 0, "unionpay", 0),
        (ROUNDING, 0, "零头抹零", "Rounding", "6901", 0, 0, 1, 1, "", 0),
        (SUSPENSE, 0, "暂收款", "Money in suspense", "2209", 1, 0, 0, 1, "", 0),
    )
)
