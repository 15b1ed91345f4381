"""The business catalogue: 41 businesses × 20 components, with the operator's codes and names. Which of its cells are
alive is read from trails (`boss_tui.matrix`)."""

from __future__ import annotations

from data.message import Message, both, say

COMPONENTS: dict[str, Message] = {
    "F1": both("业务实现接口", "Qualification"),
    "F2": both("界面", "Screen content"),
    "F3": both("客户资料", "Customer"),
    "F4": both("产品", "Product catalogue"),
    "F5": both("产品资源", "Product resources"),
    "F6": both("资费优惠", "Tariff and discount"),
    "F7": both("操作人员", "Operators"),
    "F8": both("用户信用", "Credit"),
    "F9": both("票据", "Documents"),
    "F10": both("网元", "Network elements"),
    "F11": both("财务", "Finance"),
    "F12": both("账户", "Account"),
    "F13": both("统计分析", "Statistics"),
    "F14": both("业务流程", "Process"),
    "A1": both("用户行为", "Assurance"),
    "A2": both("客户服务", "Customer service"),
    "A3": both("用户忠诚度", "Loyalty"),
    "A4": both("合作单位", "Partners"),
    "B1": both("计费", "Billing"),
    "B2": both("结算", "Settlement"),
}

BUSINESS_NAMES: dict[str, Message] = {
    "C1": both("开户", "Open account"),
    "C2": both("改号", "Change number"),
    "C3": both("换卡/补卡", "Exchange or replace SIM"),
    "C4.1": both("改名", "Correct the name"),
    "C4.2": both("改联系方式", "Change contacts"),
    "C4.3": both("改支付方式", "Change payment method"),
    "C4.4": both("改产品密码", "Change product password"),
    "C5": both("过户", "Transfer of ownership"),
    "C6": both("停机/复机", "Suspend or resume"),
    "C7.1": both("长途类型变更", "Long-distance type"),
    "C7.2": both("程控业务变更", "Supplementary services"),
    "C7.3": both("漫游变更", "Roaming"),
    "C7.4": both("增值业务变更", "Value-added services"),
    "C7.5": both("付费业务变更", "Paid services"),
    "C8": both("优惠变更", "Change plan"),
    "C9": both("销号", "Close account"),
    "C10": both("购买/换机身", "Buy or exchange handset"),
    "C11": both("充值卡", "Recharge cards"),
    "C12": both("收/退通信费", "Collect or refund fees"),
    "C13": both("查询和咨询", "Inquiry and consultation"),
    "M1": both("用户界面录入与修改", "Screen content"),
    "M2.1": both("接口管理(增删改)", "Interfaces"),
    "M2.2": both("接口管理(业务接口)", "Interfaces of a business"),
    "M3.1": both("客户类别设置", "Customer categories"),
    "M3.2": both("客户分类", "Classify customers"),
    "M4": both("产品管理", "Products"),
    "M5": both("产品资源管理", "Resources"),
    "M6": both("资费优惠管理", "Tariffs and discounts"),
    "M7": both("操作人员管理", "Operators"),
    "M8": both("信用管理", "Credit"),
    "M9": both("票据管理", "Documents"),
    "M10": both("网元管理", "Network elements"),
    "M11": both("财务管理", "Finance"),
    "M12": both("账单管理", "Bills"),
    "M13": both("统计数据管理", "Statistics"),
    "M14": both("用户行为管理", "User behaviour"),
    "M16": both("客户服务管理", "Customer service"),
    "M17.1": both("合作伙伴(增删改)", "Partners"),
    "M17.2": both("合作伙伴(管理)", "Partner dealings"),
    "M18": both("业务计费/结算管理", "Billing and settlement"),
    "M19": both("业务流程管理", "Processes"),
}


def is_managed(business: str) -> bool:
    """Whether a row of the catalogue is a manager's."""
    return business.startswith("M")


def _rights() -> dict[str, Message]:
    found = dict(BUSINESS_NAMES)
    for code, business in BUSINESS_NAMES.items():
        if is_managed(code):
            found[f"{code}.check"] = say("{business}: check", business=business)
            found[f"{code}.emergency"] = say("{business}: change at once", business=business)
    return found | {
        "M8.raise": say("{business}: lend a limit at a hall", business=BUSINESS_NAMES["M8"]),
        "M8.vouch": say("{business}: vouch for a customer at a hall", business=BUSINESS_NAMES["M8"]),
    }


RIGHTS = _rights()
"""Each right that a role may have, in words: a business of the counter; to change what a business of management keeps,
to check it, to change it at once; and what a hall does by itself, within what headquarters leaves to it."""
