"""The one table of actions: from it come the keys, the footer, the palette, the help and the key sheet.

The same key means the same on every screen. A screen that has no use for an action keeps its key, and
says why; where it means something of its own by one, it says so (`Meaning`). The footer is drawn by `KeyLine`.
"""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say


class Action(Struct, frozen=True):
    """Something that the operator can do anywhere.

    Attributes:
        name: the screen answers it in `do_<name>`.
        key: its key, as Textual calls it; empty when it has none and is reached by the prompt or the palette.
        label: its word in the footer, at most 4 cells in Chinese and 6 in English.
        tooltip: what it does, in a sentence.
        alias: a second key, for terminals that keep the first one to themselves.
        words: what finds it in the palette and the prompt: pinyin initials, Chinese, English.
        footer: whether it stands in the footer.
        priority: whether it comes before what a field does with the key.
        in_demo, at_office: whether it is there in a demonstration hall, or at headquarters' office, alone.
    """

    name: str
    key: str
    label: Message
    tooltip: Message
    alias: str = ""
    words: tuple[str, ...] = ()
    footer: bool = False
    priority: bool = False
    in_demo: bool = False
    at_office: bool = False

    @property
    def keys(self) -> str:
        """The keys, as Textual reads them in a binding."""
        return ",".join(key for key in (self.key, self.alias) if key)


ACTIONS: tuple[Action, ...] = (
    Action(
        "help",
        "f1",
        say("Help"),
        say("What is legal here, and the keys of the screen"),
        "",
        ("bz", "帮助", "help"),
        footer=True,
    ),
    Action(
        "find",
        "f2",
        say("Find"),
        say("Find a customer, number, order or document"),
        "ctrl+f",
        ("cz", "查找", "find"),
        footer=True,
        priority=True,
    ),
    Action(
        "back",
        "f3",
        say("Back"),
        say("Leave this screen; an open form is asked about"),
        "",
        ("fh", "返回", "back"),
        footer=True,
    ),
    Action(
        "list",
        "f4",
        say("List"),
        say("The list of what may stand in this field"),
        "ctrl+n",
        ("lb", "列表", "list"),
        footer=True,
    ),
    Action(
        "restore",
        "f5",
        say("Undo"),
        say("Put the form back as it was opened"),
        "ctrl+r",
        ("hy", "还原", "undo", "restore"),
        footer=True,
    ),
    Action(
        "hold",
        "f6",
        say("Hold"),
        say("Put the form aside, or take one up again"),
        "ctrl+g",
        ("gd", "挂单", "取单", "hold", "recall"),
        footer=True,
    ),
    Action(
        "same",
        "f7",
        say("Same"),
        say("Fill in what was typed the last time"),
        "ctrl+y",
        ("ts", "同上", "same"),
        footer=True,
    ),
    Action(
        "go",
        "f8",
        say("Go"),
        say("The prompt, from anywhere: a code and its data"),
        "ctrl+o",
        ("tz", "跳转", "go", "jump"),
        footer=True,
    ),
    Action(
        "price",
        "f9",
        say("Price"),
        say("Work out the price, line by line"),
        "ctrl+b",
        ("bj", "报价", "price", "quote"),
        footer=True,
    ),
    Action(
        "complete",
        "f10",
        say("Do it"),
        say("Complete: pay, and make it so"),
        "ctrl+s",
        ("wc", "完成", "complete"),
        footer=True,
    ),
    Action(
        "collect",
        "ctrl+e",
        say("With"),
        say("Put the form with others, to be paid in one go"),
        "",
        ("hb", "合并办理", "together"),
    ),
    Action(
        "checkout",
        "",
        say("Pay all"),
        say("Pay what was put together: one payment, one receipt"),
        words=("jz", "结账", "checkout", "pay"),
    ),
    Action(
        "cancel",
        "delete",
        say("Cancel"),
        say("Cancel the order shown: its money goes back"),
        "",
        ("cd", "撤单", "cancel"),
    ),
    Action(
        "invoice",
        "ctrl+k",
        say("Invoice"),
        say("Invoice now, later or none; draw one put off"),
        "",
        ("kp", "开票", "发票", "invoice"),
    ),
    Action(
        "palette",
        "ctrl+p",
        say("All"),
        say("Everything that can be done, by code or word"),
        "f12",
        ("ml", "命令", "palette", "commands"),
    ),
    Action(
        "next",
        "",
        say("Next"),
        say("The next customer: nobody is in front of the clerk"),
        words=("xyw", "下一位", "next"),
    ),
    Action("held", "", say("Held"), say("The forms that were put aside"), words=("gdlb", "挂单列表", "held")),
    Action(
        "orders",
        "",
        say("Orders"),
        say("Where orders stand, in all four states"),
        words=("dd", "订单", "orders", "order"),
    ),
    Action(
        "queues",
        "",
        say("Queues"),
        say("What waits for headquarters, network and printers"),
        words=("dl", "队列", "queues"),
    ),
    Action(
        "till",
        "",
        say("Till"),
        say("Open or close the shift, X and Z report"),
        words=("qt", "syt", "收银台", "班次", "till", "shift"),
    ),
    Action(
        "reports",
        "",
        say("Reports"),
        say("Reports of all days: look, print a copy, into a file"),
        words=("bb", "报表", "reports", "report"),
    ),
    Action(
        "close_day",
        "",
        say("Close the day"),
        say("What is still to be done, and the close (supervisors)"),
        words=("rj", "日结", "close day"),
    ),
    Action(
        "later",
        "",
        say("Enter later"),
        say("A slip that was written by hand during an outage"),
        words=("bl", "补录", "later", "slip"),
    ),
    Action(
        "numbers",
        "",
        say("Document numbers"),
        say("Document numbers: whose, spoiled, returned, each accounted for"),
        words=("pj", "票据", "papers", "numbers"),
    ),
    Action(
        "accounts",
        "",
        say("Numbers accounted for"),
        say("Each document number: in stock, issued, used, void, red, missing"),
        words=("pz", "票据账", "accounts"),
    ),
    Action(
        "electronic",
        "",
        say("Put off"),
        say("Invoices put off: drawn, electronic, refused; what can be done"),
        words=("sd", "数电票", "电子发票", "einvoice"),
    ),
    Action(
        "porting",
        "",
        say("Porting out"),
        say("Numbers that leave for another operator: codes, conditions, what became of each"),
        words=("xz", "携号转网", "携转", "porting"),
    ),
    Action(
        "stock",
        "",
        say("Count stock"),
        say("Count cards and handsets; its slip, signed"),
        words=("pd", "盘点", "stock", "count"),
    ),
    Action(
        "pieces",
        "",
        say("Count by serials"),
        say("Count cards and handsets piece by piece while the hall sells on"),
        words=("zj", "逐件盘点", "pieces", "serials"),
    ),
    Action(
        "transfers",
        "",
        say("Boxes, transfer notes"),
        say("Stock that goes from place to place; both ends count and sign"),
        words=("db", "调拨", "boxes", "transfer notes"),
    ),
    Action(
        "printers",
        "",
        say("Printers"),
        say("Which counter's papers come out where; what printers do"),
        words=("dyj", "打印机", "打印", "printers", "printer"),
    ),
    Action(
        "authorities",
        "",
        say("Authorities"),
        say("Codes over the phone, and grants to clerks (supervisors)"),
        words=("sq", "授权", "authorities", "codes"),
    ),
    Action(
        "manual",
        "",
        say("Manual work orders"),
        say("What a person must do for the network or a partner: whose it is, until when"),
        words=("rggd", "工单", "人工工单", "manual", "work orders"),
    ),
    Action(
        "delegations",
        "",
        say("Delegations"),
        say("A right, or one's word to others, for somebody else until a date (supervisors)"),
        words=("dbsq", "代班授权", "代班", "delegations", "delegate"),
    ),
    Action(
        "staff",
        "",
        say("Staff"),
        say("Who works here; unlock who was shut out (supervisors)"),
        words=("yg", "员工", "staff"),
    ),
    Action(
        "work",
        "",
        say("Who did what"),
        say("What I did today, act by act; of everybody (supervisors)"),
        words=("gzjl", "工作记录", "work"),
    ),
    Action(
        "manage",
        "",
        say("Manage"),
        say("Prices, texts and what else managers keep; editions that wait (office)"),
        words=("gl", "管理", "manage", "editions", "bgd", "变更单"),
    ),
    Action(
        "exceptions",
        "",
        say("Exceptions"),
        say("What was put aside of outlets' entries, its money, the ways out (office)"),
        words=("yc", "异常", "exceptions"),
        at_office=True,
    ),
    Action(
        "matrix",
        "",
        say("Matrix"),
        say("The catalogue of businesses and components: what is used, and by which run"),
        words=("ywml", "业务目录", "matrix"),
    ),
    Action(
        "machines",
        "",
        say("Simulated machines"),
        say("Let link, printer, services fail; mend them"),
        words=("mnsb", "模拟设备", "machines", "simulated"),
        in_demo=True,
    ),
    Action(
        "password",
        "",
        say("Password"),
        say("Choose another password of your own"),
        words=("wdmm", "我的密码", "password"),
    ),
    Action(
        "language",
        "ctrl+t",
        say("中文/English"),
        say("Change the language of the screen"),
        words=("yy", "语言", "language"),
    ),
    Action(
        "theme", "", say("Colours"), say("Light on dark, or dark on light"), words=("ys", "颜色", "theme", "colours")
    ),
    Action("lock", "ctrl+l", say("Lock"), say("Lock the counter while you are away"), words=("suo", "锁屏", "lock")),
    Action("sign_off", "", say("Sign off"), say("End your work at this counter"), words=("签退", "xb", "signoff")),
    Action(
        "quit",
        "ctrl+q",
        say("Quit"),
        say("End the program; an open form is asked about"),
        words=("tc", "退出", "quit"),
        priority=True,
    ),
)

BY_NAME = {action.name: action for action in ACTIONS}
