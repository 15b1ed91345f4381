"""By what words people look for what managers keep, beside what it is called: everyday ones, in both languages.

As `BusinessEntry.aliases` are for the counter's businesses. What several businesses keep together stands where it is at
home (prices in M6).
"""

from __future__ import annotations

from collections.abc import Mapping

ALIASES: Mapping[str, tuple[str, ...]] = {
    "M1/content": ("公告", "通知", "提示", "话术", "脚本", "notice", "prompt", "script", "screen text"),
    "M1/article": ("知识库", "问答", "常见问题", "faq", "knowledge", "help"),
    "M1/extra_field": ("加字段", "自定义字段", "表单字段", "extra field", "custom field", "form field"),
    "M2.1/interface": ("核查", "实名", "一证五号", "校验", "规则", "check", "identity", "remote", "rule"),
    "M2.2/business_interface": ("受理条件", "核查顺序", "checks of a business", "order of checks"),
    "M3.1/category": ("客户分类", "客户等级", "vip", "学生", "customer category", "segment of customers", "student"),
    "M3.1/document_kind": ("身份证", "护照", "有效证件", "identity card", "passport", "documents"),
    "M3.2/class_rule": ("客户分群", "分群", "classify", "classification", "class"),
    "M3.2/customer_class": ("客户标签", "标签", "classes of customers", "tag"),
    "M3.2/listed_person": ("黑名单", "红名单", "blacklist", "red list", "white list"),
    "M4/product": ("套餐", "资费套餐", "业务", "商品", "上架", "下架", "plan", "service", "goods", "offer", "package"),
    "M4/product_relation": ("互斥", "依赖", "搭配", "excludes", "needs", "bundle"),
    "M4/handset_bundle": ("合约机", "购机优惠", "contract phone", "subsidy"),
    "M4/reservation_limit": ("预占", "预留", "保留时限", "reservation", "reserve", "hold"),
    "M5/number_segment": ("号码段", "号头", "万号", "放号", "block", "range", "number block", "segment", "prefix"),
    "M5/number_group": ("号码组", "号池", "number pool", "group"),
    "M5/number_grade": ("靓号", "吉祥号", "选号费", "beautiful number", "grade", "golden number"),
    "M5/number_pattern": ("尾号", "号码规则", "pattern of numbers"),
    "M5/number_lock": ("锁号", "封号", "lock", "locked"),
    "M5/imsi_block": ("imsi", "imsi block"),
    "M5/sim_kind": ("卡种", "卡类型", "card kind", "kind of card"),
    "M5/access_code": ("短信端口", "接入码", "短号", "port", "short code"),
    "M5/phone_number": ("号码", "手机号", "选号", "number", "numbers", "phone", "msisdn"),
    "M5/sim_card": ("卡", "制卡", "手机卡", "card", "sim", "iccid"),
    "M5/recharge_card": ("缴费卡", "卡密", "voucher", "scratch card", "top-up card"),
    "M5/handset": ("手机", "终端", "串号", "imei", "phone set", "device", "terminal"),
    "M5/blank_card": ("白卡", "写卡", "blank card", "blank"),
    "M6/price_rule": (
        *("价格", "资费", "费用", "收费", "促销", "优惠", "折扣", "打折", "活动", "月费", "月租"),
        *("price", "fee", "tariff", "promotion", "discount", "sale", "campaign", "monthly fee"),
    ),
    "M6/plan_rate": ("费率", "流量费", "通话费", "批价", "rate", "rating", "call charge", "data charge"),
    "M6/charge_item": ("科目", "收费项目", "费用科目", "charge", "item"),
    "M6/tax_rate": ("税", "税率", "增值税", "tax", "vat"),
    "M7/operator": (
        *("人员", "工号", "营业员", "操作员", "值班长", "入职", "离职", "辞退", "开除", "停用", "调动", "重置密码"),
        *("staff", "people", "person", "employee", "clerk", "supervisor", "operator", "user", "hire", "dismiss"),
        *("leave", "fire", "transfer a clerk", "reset password"),
    ),
    "M7/role": ("角色", "职位", "班次时间", "job", "position", "working hours"),
    "M7/role_right": ("权限", "授权", "right", "rights", "permission"),
    "M7/duty_conflict": ("职责分离", "separation of duties", "conflict of duties"),
    "M7/cash_limit": ("库存现金", "备用金", "cash", "cash limit", "float"),
    "M7/counter": ("柜台", "窗口", "counter", "desk", "window"),
    "M7/outlet": ("营业厅", "代办点", "门店", "outlet", "hall", "shop", "store", "branch", "office"),
    "M8/control_stage": ("催缴", "停机规则", "催费", "欠费", "dunning", "reminder", "overdue", "stop", "stage"),
    "M8/credit_rating": ("星级", "信用", "信用度", "credit", "stars", "rating of customers"),
    "M8/rating_score": ("积分规则", "打分", "score", "scoring"),
    "M8/customer_rating": ("客户星级", "rated customers"),
    "M8/credit_raise": ("提额", "临时信用", "raise", "credit limit"),
    "M8/credit_exemption": ("免停", "免催", "大客户", "exemption", "spare", "key account"),
    "M8/public_holiday": ("节日", "假日", "放假", "holiday"),
    "M8/control_order": ("停机指令", "复机指令", "control order", "stopped lines"),
    "M9/paper_layout": (
        "发票",
        "收据",
        "版式",
        "模板",
        "打印",
        "票样",
        "invoice",
        "receipt",
        "layout",
        "paper",
        "print",
    ),
    "M10/network_element": ("交换机", "归属位置寄存器", "hlr", "element", "network", "gateway", "switch"),
    "M10/command_template": ("指令", "命令", "mml", "command", "template"),
    "M10/answer_code": ("返回码", "错误码", "answer", "error code", "response"),
    "M19/process": ("流程", "审批", "时限", "步骤", "process", "workflow", "approval", "step", "time limit"),
    "M19/parameter": ("参数", "天数", "设置", "配置", "parameter", "setting", "configuration", "days"),
}
"""By business and table."""
