"""Articles of the knowledge base 知识库: what customers ask, and what to answer (catalogue A2, C13)."""

from __future__ import annotations

from data.standard.rows import Rows
from data.tables.content import Article

_ARTICLES = (  # business, question, answer: in Chinese, in English
    (
        "C1",
        "开户要带什么证件？",
        "What does one need to open an account?",
        "本人有效证件原件；代办另需代办人证件。一证最多五个号码。",
        "The valid original document; an agent's too. Five numbers at most.",
    ),
    (
        "C2",
        "改号后旧号还能用吗？",
        "Does the old number still work?",
        "新号生效前旧号可用；之后冷冻90天，不再转接。",
        "Until the new one works; then it rests 90 days.",
    ),
    (
        "C3",
        "手机卡丢了怎么办？",
        "What if the SIM is lost?",
        "先挂失停机，再由机主本人持证件补卡。",
        "Report it lost, then the owner replaces it with their document.",
    ),
    (
        "C4.1",
        "名字写错了怎么改？",
        "How is a wrong name corrected?",
        "机主本人持证件更正，不是过户。",
        "The owner shows the document; this is no transfer.",
    ),
    (
        "C4.2",
        "怎么改联系地址？",
        "How is an address changed?",
        "免费，凭证件或服务密码办理。",
        "Free, by document or password.",
    ),
    (
        "C4.3",
        "能改成银行托收吗？",
        "Can it be debited from a bank?",
        "后付费用户可以，凭证件和银行账号。",
        "Postpaid customers can, with document and bank account.",
    ),
    (
        "C4.4",
        "忘了服务密码怎么办？",
        "What if the password is forgotten?",
        "机主持证件重置，密码由本人输入。",
        "The owner resets it with their document and types a new one.",
    ),
    (
        "C5",
        "过户要什么条件？",
        "What does a transfer need?",
        "双方到场，结清话费，合约已满或已付违约金。",
        "Both parties, nothing owed, no contract running.",
    ),
    (
        "C6",
        "停机保号收费吗？",
        "What does suspending cost?",
        "每整月5元，停复机当月照常计费。",
        "5 yuan a full month; the first and last month are charged as usual.",
    ),
    (
        "C7.1",
        "怎么开国际长途？",
        "How are international calls opened?",
        "信用或押金达到要求即可开通。",
        "With enough credit or a deposit.",
    ),
    (
        "C7.2",
        "呼叫转移怎么取消？",
        "How is forwarding cancelled?",
        "柜台取消，或拨##002#。",
        "At the counter, or by ##002#.",
    ),
    (
        "C7.3",
        "出国怎么开漫游？",
        "How does roaming abroad work?",
        "开通国际漫游并设结束日期。",
        "It is opened with an end date.",
    ),
    (
        "C7.4",
        "彩铃怎么收费？",
        "What does the ring-back tone cost?",
        "月费5元，当月不足月按整月计。",
        "5 yuan a month.",
    ),
    (
        "C7.5",
        "不明扣费怎么办？",
        "What of charges nobody ordered?",
        "可查明细、退订、申诉并屏蔽服务商。",
        "See the list, cancel, dispute, bar the provider.",
    ),
    ("C8", "换套餐何时生效？", "When does a new plan begin?", "可选立即或下月生效。", "Now or next month, as chosen."),
    (
        "C9",
        "销号后余额怎么退？",
        "What of the balance after closing?",
        "凭现金发票退还，或转入另一本地号码。",
        "It is refunded against cash invoices, or moved to another number.",
    ),
    (
        "C10",
        "手机坏了能换吗？",
        "Can a faulty handset be exchanged?",
        "7日内可退，15日内可换同型号。",
        "Back within 7 days, exchanged within 15.",
    ),
    (
        "C11",
        "充值卡密码刮坏了怎么办？",
        "What if the PIN can't be read?",
        "凭序列号由值班长批准充值。",
        "It is redeemed by its serial; a supervisor allows it.",
    ),
    (
        "C11",
        "充值卡快过期能换吗？",
        "Can an old card be exchanged?",
        "到期前5天至过期后95天内，未使用的可换。",
        "Unused, from 5 days before its end until 95 after.",
    ),
    ("C12", "滞纳金怎么算？", "How is the late fee reckoned?", "逾期每日千分之三。", "Three in a thousand a day."),
    (
        "C13",
        "能查多久的账单？",
        "How far back can bills be seen?",
        "近五个月，凭证件或服务密码。",
        "Five months, by document or password.",
    ),
)


def rows() -> Rows:
    """The articles, published."""
    yield (
        Article,
        [
            {
                "code": f"KB{number:03d}",
                "business": business,
                "title_zh": zh,
                "title_en": en,
                "text_zh": answer_zh,
                "text_en": answer_en,
            }
            for number, (business, zh, en, answer_zh, answer_en) in enumerate(_ARTICLES, 1)
        ],
    )
