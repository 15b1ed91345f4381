"""What screens say for C1: notices, prompts and sales scripts, in both languages (catalogue F2, M1)."""

from __future__ import annotations

from data.demo.hall import MANAGER, Rows
from data.tables.content import Content

_C1 = (  # kind, Chinese, English
    ("notice", "实名登记：请核对本人与证件照片一致；证件须在有效期内，严禁代他人留存证件。",
     "Real names: compare the person with the document's photo; the document must be valid."),
    ("notice", "一证五号：同一证件在本网最多五个号码，超出须先到原受理厅销号。",
     "Five numbers at most for one document in this network; beyond that one must be closed first."),
    ("notice", "靓号有最低消费和合约期，请在付款前向客户说明并签字确认。",
     "Beautiful numbers have a minimum spend and a contract: tell the customer before payment, and let them sign."),
    ("prompt", "请客户自行设置六位服务密码，不要念出，不要代设。",
     "Let the customer type the six-digit service password; don't say it aloud, don't choose it for them."),
    ("prompt", "代办：须出示客户与代办人双方证件原件，代办人须年满16周岁。",
     "Acting for another: both original documents; the agent must be at least 16."),
    ("prompt", "找零请当面点清，发票和收据一并交给客户。",
     "Count the change in front of the customer; hand over invoice and receipt together."),
    ("script", "您每个月大概打多少分钟电话、用多少流量？我帮您比一比哪个套餐划算。",
     "About how many minutes and how much data do you use in a month? Let me compare the plans for you."),
    ("script", "学生凭学生证办理校园套餐，入网费五折，流量更多。",
     "With a student card the campus plan has more data and half the entry fee."),
    ("script", "来电显示和彩铃首月可以先试用，不喜欢随时取消。",
     "Caller number and ring-back tone can be tried first and cancelled at any time."),
)  # fmt: skip

_OTHERS = (  # business, kind, Chinese, English
    ("C3", "notice", "补卡须机主本人持证件办理；旧卡通讯录不能转移。",
     "A lost card is replaced for its owner in person; the old card's contacts can't be moved."),
    ("C3", "prompt", "坏卡免费换新：先插入测试手机，确认旧卡不能使用。",
     "A card that does not work is replaced free: try it in the test handset first."),
    ("C5", "notice", "过户前须结清话费，合约未到期须先付违约金；双方均须到场。",
     "Before a transfer all is paid, a running contract's penalty too; both parties are present."),
    ("C6", "prompt", "挂失立即停机，呼叫转移同时取消。",
     "A loss report stops the line at once and erases call forwarding."),
    ("C9", "notice", "销号后号码冻结90天，余额凭现金发票退还。",
     "A closed number is frozen for 90 days; the balance is refunded against cash invoices."),
    ("C12", "prompt", "收款唱收唱付，大额现金过验钞机。", "Say aloud what you take and give; check large notes."),
    ("C12", "notice", "滞纳金从缴费截止次日起按日千分之三计收，单独列示；减免须值班长授权。",
     "A late fee of 3 per mille a day runs from the day after the due date; leaving it out needs a supervisor."),
    ("C8", "notice", "变更前请与客户核对：新套餐减少了哪些业务、次月起如何收费。",
     "Before the change go through it with the customer: which services end, and what is charged from when."),
    ("C8", "script", "按您近三个月的用量，我帮您算一下哪个套餐最省。",
     "From what you used in the last three months I can tell which plan would have cost you least."),
)  # fmt: skip


def rows() -> Rows:
    """The published texts, and one of last year that is kept."""
    common = {"state": "published", "valid_from": "2026-01-01", "author": MANAGER}
    first = [("C1", *text) for text in _C1]
    yield Content, [
        {
            "id": f"content-{number:02d}", "business": business, "kind": kind, "position": number, "text_zh": zh,
            "text_en": en, **common,
        }
        for number, (business, kind, zh, en) in enumerate([*first, *_OTHERS], 1)
    ]  # fmt: skip
    yield Content, [{
        "id": "content-00", "business": "C1", "kind": "notice", "text_zh": "2025年开户赠送活动已结束。",
        "text_en": "The gifts of 2025 are over.", "state": "expired", "valid_from": "2025-01-01",
        "valid_to": "2025-12-31", "author": MANAGER,
    }]  # fmt: skip
