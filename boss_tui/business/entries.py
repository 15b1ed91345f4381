"""Every business of the counter (C rows), in one table; `transactions` says how one is added. M rows:
`management/subjects.py`.

An entry is what can be told of a business before it is needed. Its class (`boss_tui.business.registry`) and its screen
(`screens.registry`) are imported when they are asked for the first time.
"""

from __future__ import annotations

from msgspec import Struct

from boss_tui.answers.business import Offline
from data.message import Message, both


class BusinessEntry(Struct, frozen=True):
    """A business as it is listed.

    Attributes:
        code: the catalogue's, such as C1.
        transaction: where its class stands, below `boss_tui`: module:class.
        screen: where its screen stands, below `screens`; empty: it has none of its own.
        name: what it is called at the counter.
        aliases: its Chinese name, initials and English, by which it is opened.
        offline: what may be done without a link; up to an amount: `parameters.OFFLINE_LIMIT`.
    """

    code: str
    transaction: str
    screen: str
    name: Message
    aliases: tuple[str, ...]
    offline: Offline = "allowed"


def needs_link(offline: Offline, due: int, limit: int) -> bool:
    """Whether a business is not done without a link, with so many fen due and up to so many allowed (design 6)."""
    return offline != "allowed" and not (offline == "up_to_amount" and abs(due) <= limit)


ENTRIES = (
    BusinessEntry(
        "C1",
        "transactions.c01.open_account:OpenAccountTransaction",
        "c01_open_account:OpenAccountScreen",
        both("开户", "Open account"),
        ("开户", "kh", "open account"),
    ),
    BusinessEntry(
        "C2",
        "transactions.c02_change_number:ChangeNumberTransaction",
        "c02_change_number:ChangeNumberScreen",
        both("改号", "Change number"),
        ("改号", "gh", "change number"),
    ),
    BusinessEntry(
        "C3",
        "transactions.c03.exchange_sim:ExchangeSimTransaction",
        "c03_exchange_sim:ExchangeSimScreen",
        both("换卡/补卡", "Exchange or replace SIM"),
        ("换卡", "补卡", "hk", "bk", "exchange sim", "replace sim"),
    ),
    BusinessEntry(
        "C4.1",
        "transactions.c04_1.correct_name:CorrectNameTransaction",
        "c04_1_correct_name:CorrectNameScreen",
        both("改名", "Correct the name"),
        ("改名", "gm", "correct name"),
        offline="form_only",
    ),
    BusinessEntry(
        "C4.2",
        "transactions.c04_2_change_contacts:ChangeContactsTransaction",
        "c04_2_change_contacts:ChangeContactsScreen",
        both("改联系方式", "Change contacts"),
        ("改联系方式", "glxfs", "change contacts"),
    ),
    BusinessEntry(
        "C4.3",
        "transactions.c04_3.change_payment:ChangePaymentTransaction",
        "c04_3_change_payment:ChangePaymentScreen",
        both("改支付方式", "Change payment method"),
        ("改支付方式", "gzffs", "change payment"),
        offline="form_only",
    ),
    BusinessEntry(
        "C4.4",
        "transactions.c04_4_change_password:ChangePasswordTransaction",
        "c04_4_change_password:ChangePasswordScreen",
        both("改产品密码", "Change product password"),
        ("改产品密码", "改密码", "gmm", "change password"),
    ),
    BusinessEntry(
        "C5",
        "transactions.c05.transfer:TransferTransaction",
        "c05_transfer:TransferScreen",
        both("过户", "Transfer of ownership"),
        ("过户", "guohu", "transfer"),
        offline="form_only",
    ),
    BusinessEntry(
        "C6",
        "transactions.c06.suspend:SuspendTransaction",
        "c06_suspend:SuspendScreen",
        both("停机/复机", "Suspend or resume"),
        (
            "停机",
            "复机",
            "挂失",
            "解挂",
            "报停",
            "tj",
            "fj",
            "gs",
            "jg",
            "bt",
            "suspend",
            "resume",
            "紧急开机",
            "jjkj",
            "emergency resume",
        ),
    ),
    BusinessEntry(
        "C7.1",
        "transactions.c07_1_long_distance:LongDistanceTransaction",
        "c07_1_long_distance:LongDistanceScreen",
        both("长途类型变更", "Long-distance type"),
        ("长途", "长途类型变更", "ct", "long distance"),
    ),
    BusinessEntry(
        "C7.2",
        "transactions.c07_2_supplementary:SupplementaryTransaction",
        "c07_2_supplementary:SupplementaryScreen",
        both("程控业务变更", "Supplementary services"),
        ("程控", "程控业务变更", "ck", "hz", "呼转", "supplementary", "forwarding"),
    ),
    BusinessEntry(
        "C7.3",
        "transactions.c07_3_roaming:RoamingTransaction",
        "c07_3_roaming:RoamingScreen",
        both("漫游变更", "Roaming"),
        ("漫游", "漫游变更", "my", "roaming"),
    ),
    BusinessEntry(
        "C7.4",
        "transactions.c07_4_value_added:ValueAddedTransaction",
        "c07_4_value_added:ValueAddedScreen",
        both("增值业务变更", "Value-added services"),
        ("增值", "增值业务变更", "zz", "zzyw", "value added", "services"),
    ),
    BusinessEntry(
        "C7.5",
        "transactions.c07_5.paid_services:PaidServicesTransaction",
        "c07_5_paid_services:PaidServicesScreen",
        both("付费业务变更", "Paid services"),
        ("付费", "付费业务变更", "ff", "sp", "paid services"),
    ),
    BusinessEntry(
        "C8",
        "transactions.c08.change_plan:ChangePlanTransaction",
        "c08_change_plan:ChangePlanScreen",
        both("优惠变更", "Change plan"),
        ("优惠变更", "tcbg", "yhbg", "change plan"),
    ),
    BusinessEntry(
        "C9",
        "transactions.c09.close_account:CloseAccountTransaction",
        "c09_close_account:CloseAccountScreen",
        both("销号", "Close account"),
        ("销号", "xh", "预销", "yx", "close account"),
        offline="form_only",
    ),
    BusinessEntry(
        "C10",
        "transactions.c10.handsets:HandsetTransaction",
        "c10_handsets:HandsetsScreen",
        both("购买/换机身", "Buy or exchange handset"),
        ("购买机身", "换机身", "gj", "hj", "解约", "jy", "handset"),
    ),
    BusinessEntry(
        "C11",
        "transactions.c11.recharge_cards:RechargeCardsTransaction",
        "c11_recharge_cards:RechargeCardsScreen",
        both("充值卡", "Recharge cards"),
        ("充值卡", "czk", "recharge cards"),
    ),
    BusinessEntry(
        "C12",
        "transactions.c12.fees:FeesTransaction",
        "c12_fees:FeesScreen",
        both("收/退通信费", "Collect or refund fees"),
        ("缴费", "jf", "sf", "fees"),
        offline="up_to_amount",
    ),
    BusinessEntry(
        "C13",
        "transactions.c13_inquiry:InquiryTransaction",
        "c13_inquiry:InquiryScreen",
        both("查询和咨询", "Inquiry and consultation"),
        ("查询", "咨询", "cx", "zx", "inquiry"),
    ),
)
