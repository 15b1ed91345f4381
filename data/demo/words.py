"""What screens say for C1: notices, prompts and sales scripts, in both languages (catalogue F2, M1)."""

from __future__ import annotations

from data.demo_staff import MANAGER
from data.standard.rows import Rows
from data.tables.content import Content

_C1 = (  # kind, Chinese, English
    (
        "notice",
        "实名登记：请核对本人与证件照片一致；证件须在有效期内，严禁代他人留存证件。",
        "Real names: compare the person with the document's photo; the document must be valid.",
    ),
    (
        "notice",
        "一证五号：同一证件在本网最多五个号码，超出须先到原受理厅销号。",
        "Five numbers at most for one document in this network; beyond that one must be closed first.",
    ),
    (
        "notice",
        "靓号有最低消费和合约期，请在付款前向客户说明并签字确认。",
        "Beautiful numbers have a minimum spend and a contract: tell the customer before payment, and let them sign.",
    ),
    (
        "prompt",
        "请客户自行设置六位服务密码，不要念出，不要代设。",
        "Let the customer type the six-digit service password; don't say it aloud, don't choose it for them.",
    ),
    (
        "prompt",
        "代办：须出示客户与代办人双方证件原件，代办人须年满16周岁。",
        "Acting for another: both original documents; the agent must be at least 16.",
    ),
    (
        "prompt",
        "找零请当面点清，发票和收据一并交给客户。",
        "Count the change in front of the customer; hand over invoice and receipt together.",
    ),
    (
        "script",
        "您每个月大概打多少分钟电话、用多少流量？我帮您比一比哪个套餐划算。",
        "About how many minutes and how much data do you use in a month? Let me compare the plans for you.",
    ),
    (
        "script",
        "学生凭学生证办理校园套餐，入网费五折，流量更多。",
        "With a student card the campus plan has more data and half the entry fee.",
    ),
    (
        "script",
        "来电显示和彩铃首月可以先试用，不喜欢随时取消。",
        "Caller number and ring-back tone can be tried first and cancelled at any time.",
    ),
)

_OTHERS = (  # business, kind, Chinese, English
    (
        "C3",
        "notice",
        "补卡须机主本人持证件办理；旧卡通讯录不能转移。",
        "A lost card is replaced for its owner in person; the old card's contacts can't be moved.",
    ),
    (
        "C3",
        "prompt",
        "坏卡免费换新：先插入测试手机，确认旧卡不能使用。",
        "A card that does not work is replaced free: try it in the test handset first.",
    ),
    (
        "C5",
        "notice",
        "过户前须结清话费，合约未到期须先付违约金；双方均须到场。",
        "Before a transfer all is paid, a running contract's penalty too; both parties are present.",
    ),
    (
        "C6",
        "prompt",
        "挂失立即停机，呼叫转移同时取消。",
        "A loss report stops the line at once and erases call forwarding.",
    ),
    (
        "C6",
        "notice",
        "报停：机主持证件，先结清话费；停机月和复机月正常计费，中间整月收停机保号费5元。",
        "A stop on request: the owner with document, all paid; months of stopping and resuming charge normally, full "
        "months between cost 5 yuan.",
    ),
    (
        "C6",
        "prompt",
        "挂失凭服务密码即可办理；解挂须机主持证件。",
        "The service password is enough to report a loss; it is lifted for the owner with document.",
    ),
    (
        "C6",
        "script",
        "出差时间长可以报停保号，到期自动复机，号码给您留着。",
        "For a long journey: stop the line from one day until another, and keep the number.",
    ),
    (
        "C7.1",
        "notice",
        "国际长途须交押金或余额足够；预付费号码不能开通。",
        "International calls need a deposit, or a large balance; prepaid lines can't have them.",
    ),
    (
        "C7.1",
        "script",
        "经常打国际电话的话，加国际长途优惠包更划算。",
        "Who often calls abroad saves with the international calling pack.",
    ),
    (
        "C7.2",
        "notice",
        "无条件转移开通后，其他三种转移不起作用；报停、挂失会取消呼叫转移。",
        "While calls are always forwarded the other kinds have no effect; a stop or a loss erases forwarding.",
    ),
    (
        "C7.2",
        "prompt",
        "转移到外地或境外号码按通话计费，请提醒客户。",
        "Forwarded calls are charged as calls: say so, above all for numbers elsewhere or abroad.",
    ),
    (
        "C7.4",
        "notice",
        "包月业务当日开通、当日起计费，取消后从当日起停止计费。",
        "A monthly service is charged from the day it begins, and no more from the day it ends.",
    ),
    (
        "C7.4",
        "prompt",
        "手机银行、手机炒股须使用STK卡，先看客户的卡。",
        "Phone banking and stocks need an STK card: look at the card first.",
    ),
    (
        "C7.4",
        "script",
        "彩铃每月5元，随时可以取消，要不要试试？",
        "A ring-back tone is 5 yuan a month, to be cancelled at any time: try it?",
    ),
    (
        "C7.5",
        "notice",
        "开通须二次确认：先报资费，客户同意后再确认一次。",
        "To subscribe the customer agrees twice: tell the price first, then let them confirm once more.",
    ),
    (
        "C7.5",
        "prompt",
        "客户说没订过：先查谁在什么时候订的，再退订，可申请退费。",
        "The customer never ordered it? Look when and how it was ordered, cancel it, and ask for the money back.",
    ),
    (
        "C7.3",
        "notice",
        "国际漫游最长60天，到期自动关闭；出境流量另计。",
        "International roaming lasts 60 days at most and ends by itself; data abroad is charged apart.",
    ),
    (
        "C7.3",
        "prompt",
        "请问清客户出行日期，按返程日期设置截止日。",
        "Ask when the customer comes back, and set the last day by that.",
    ),
    (
        "C9",
        "notice",
        "销号后号码冷冻90天，余额凭现金发票退还。",
        "A closed number is frozen for 90 days; the balance is refunded against cash invoices.",
    ),
    (
        "C10",
        "notice",
        "三包：7日内可退、15日内可换同型号（性能故障），须机身、配件、发票齐全。",
        "Warranty: back within 7 days, exchanged for the same model within 15, with accessories and invoice.",
    ),
    (
        "C10",
        "prompt",
        "当面开机验机，核对机身、包装、系统三处串号一致。",
        "Switch it on in front of the customer; compare the IMEI on unit, box and screen.",
    ),
    (
        "C10",
        "script",
        "预存购机：机价优惠，预存款按月返还，合约期内提前解约须付违约金。",
        "With a contract the handset costs less and the prepayment comes back monthly; ending it early costs a "
        "penalty.",
    ),
    (
        "C13",
        "notice",
        "查询客户资料须凭证件或服务密码；每次查询均有记录。",
        "Private data is shown against document or password; each look is logged.",
    ),
    (
        "C11",
        "notice",
        "充值卡售出后不记名、不挂失；请客户当面核对面值、有效期和密码涂层完好。",
        "A card sold is nobody's in particular and can't be reported lost: let the customer check value and coating.",
    ),
    (
        "C11",
        "prompt",
        "按起始序列号和张数成批售卡；密码由客户自己刮开，不得代刮、代记。",
        "Sell by first serial and count. The customer scratches the PIN free; never do it, never write it down.",
    ),
    ("C12", "prompt", "收款唱收唱付，大额现金过验钞机。", "Say aloud what you take and give; check large notes."),
    (
        "C12",
        "notice",
        "滞纳金从缴费截止次日起按日千分之三计收，单独列示；减免须值班长授权。",
        "A late fee of 3 per mille a day runs from the day after the due date; leaving it out needs a supervisor.",
    ),
    (
        "C8",
        "notice",
        "变更前请与客户核对：新套餐减少了哪些业务、次月起如何收费。",
        "Before the change go through it with the customer: which services end, and what is charged from when.",
    ),
    (
        "C8",
        "script",
        "按您近三个月的用量，我帮您算一下哪个套餐最省。",
        "From what you used in the last three months I can tell which plan would have cost you least.",
    ),
)


_AGREED = (  # clauses of agreements for some months
    (
        "C2",
        "clause",
        "靓号协议期内，甲方每月消费不低于约定的最低消费；不足部分按最低消费补收。",
        "Each month of the agreement at least the minimum spend is charged; what is less is made up to it.",
    ),
    (
        "C2",
        "clause",
        "协议期内号码不得改号；过户须先按约定结清。协议期满后按普通号码管理。",
        "The number is not changed while the agreement runs, and transferred once that is settled; then it is as any.",
    ),
    (
        "C10",
        "clause",
        "合约期内甲方须保持号码在网并使用约定套餐；预存话费按月返还，不得提前支取。",
        "The number stays in use on the agreed plan; the prepayment comes back month by month and not before.",
    ),
    (
        "C10",
        "clause",
        "终端按三包规定退换；退机的，本协议同时终止。",
        "The handset is taken back or exchanged by the warranty; where it comes back, the agreement ends with it.",
    ),
)

_CLAUSES = (  # of the entry contract, in Chinese and in English
    (
        "甲方（客户）须提供真实有效的证件，号码由本人使用；证件或联系方式变更的，应及时办理更改。",
        "The customer shows a true and valid document and uses the number in person; changes of document or contacts "
        "are told at once.",
    ),
    (
        "乙方（运营商）按所选套餐提供服务，按公布的资费计费；每月账单自出账之日起可在营业厅查询。",
        "The operator serves by the plan that was chosen and charges by published rates; bills can be seen at any "
        "hall.",
    ),
    (
        "费用应在账单到期日前交清；逾期按日加收违约金，欠费达到规定天数的，乙方可暂停或终止服务。",
        "Bills are paid by their last day; a late fee is charged for each day after it, and service may stop or end "
        "after the days that are published.",
    ),
    (
        "号码、密码和卡由甲方妥善保管；遗失应立即挂失，挂失前发生的费用由甲方承担。",
        "The customer keeps number, password and card safe; a loss is reported at once; charges before that stay.",
    ),
    (
        "不得利用号码从事违法活动或转售；甲方违反的，乙方可停止服务。",
        "The number is not used against the law and not sold on; otherwise service may be stopped.",
    ),
    (
        "乙方依法保护甲方的个人信息和通信秘密，仅为提供服务而使用。",
        "The operator protects personal data and the secrecy of calls, and uses them for the service alone.",
    ),
    (
        "套餐、最低消费和合约期内的约定以业务受理单为准；提前解约按约定承担违约责任。",
        "Plan, minimum spend and terms are as the service slip says; ending them early costs what was agreed.",
    ),
    (
        "本协议自双方签署之日起生效，甲方可随时索取副本。",
        "This contract is in force from its signing; the customer may have a copy at any time.",
    ),
)


def rows() -> Rows:
    """The published texts, and one of last year that is kept."""
    common = {"state": "published", "valid_from": "2026-01-01", "author": MANAGER}
    first = [("C1", *text) for text in _C1]
    clauses = [("C1", "clause", *text) for text in _CLAUSES]
    yield (
        Content,
        [
            {
                "id": f"content-{number:02d}",
                "business": business,
                "kind": kind,
                "position": number,
                "text_zh": zh,
                "text_en": en,
                **common,
            }
            for number, (business, kind, zh, en) in enumerate([*first, *_OTHERS, *clauses, *_AGREED], 1)
        ],
    )
    yield (
        Content,
        [
            {
                "id": "content-00",
                "business": "C1",
                "kind": "notice",
                "text_zh": "2025年开户赠送活动已结束。",
                "text_en": "The gifts of 2025 are over.",
                "state": "expired",
                "valid_from": "2025-01-01",
                "valid_to": "2025-12-31",
                "author": MANAGER,
            }
        ],
    )
