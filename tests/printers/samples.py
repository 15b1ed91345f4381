"""Papers and texts that the tests print."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from printers.document import (
    QR,
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    Drawer,
    Feed,
    HorizontalRule,
    KeyValue,
    Row,
    Table,
    Text,
)

LINK = "https://invoice.example.com/q?d=20261122000123&c=58"
SERIAL = "SO20261122000123"
WIDTHS = (0, 4, 9, 9)

RECEIPT = Document(
    "receipt",
    (
        Text("中国移动“东风路”营业厅", align="center", bold=True, scale=2),
        Text("收 款 收 据", align="center"),
        HorizontalRule(),
        KeyValue("业务流水", SERIAL, align="left"),
        KeyValue("客户名称", "张㛃", align="left"),
        KeyValue("手机号码", "13812345678", align="left"),
        HorizontalRule(),
        Row(("品名", "数量", "单价", "金额"), WIDTHS, bold=True),
        Row(("话费充值¥", "1", "100.00", "100.00"), WIDTHS),
        Row(("“畅享”套餐—①档（首月按天折算，次月起按月收取）", "1", "129.00", "129.00"), WIDTHS),
        Row(("SIM 卡 × 2", "2", "10.00", "20.00"), WIDTHS),
        HorizontalRule("="),
        KeyValue("应付", "￥249.00", bold=True),
        KeyValue("实付（现金）", "￥250.00"),
        KeyValue("找零", "￥1.00"),
        QR(LINK),
        Barcode(SERIAL),
        Text("请妥善保管，凭此据七日内可退换。\n客服热线 10086", align="center"),
        Drawer(),
        Cut(),
    ),
)

INVOICE = Document(
    "invoice",
    (
        Text("某某省增值税普通发票", align="center", bold=True, scale=2),
        KeyValue("发票代码", "144012612345", align="left"),
        KeyValue("发票号码", "00012345", align="left"),
        KeyValue("购买方", "北京某某信息科技（集团）有限责任公司广州分公司", align="left"),
        KeyValue("纳税人识别号", "91440101MA5ABCDE2X", align="left"),
        HorizontalRule(),
        Row(("项目", "税率", "税额", "金额")),
        Row(("*电信服务*基础电信服务费", "9%", "8.26", "91.74")),
        Row(("*电信服务*增值电信服务费", "6%", "1.70", "28.30")),
        HorizontalRule(),
        KeyValue("价税合计", "￥130.00", bold=True),
        Text("大写：壹佰叁拾圆整"),
        Feed(1),
        Text("收款人：李四　开票人：王五", align="right"),
        QR(LINK),
        Cut(),
    ),
)

CHARACTERS = st.characters(exclude_categories=()) | st.sampled_from(
    "中文镕“”—①×￥¥€，。（）㛃é \t\n\r\x00\x10\x04\x1b\x1cp\x1d\x7f"
)
TEXTS = st.text(CHARACTERS, max_size=80)
_ALIGNS: st.SearchStrategy[Align] = st.sampled_from(get_args(Align))
_SMALL = st.integers(0, 20)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables whose rows have as many cells as each other."""
    columns = draw(st.integers(0, 5))
    row = st.tuples(*[TEXTS] * columns)
    rows = tuple(draw(st.lists(row, max_size=4)))
    heads, total = (draw(st.one_of(st.just(()), row)) for _ in range(2))
    return Table(heads, rows, tuple(draw(st.lists(_ALIGNS, max_size=5))), total)


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Text, TEXTS, _ALIGNS, st.booleans(), st.integers(1, 3)),
    st.builds(KeyValue, TEXTS, TEXTS, st.sampled_from(["left", "right"]), st.booleans()),
    st.builds(
        Row,
        st.lists(TEXTS, max_size=5).map(tuple),
        st.lists(_SMALL, max_size=5).map(tuple),
        st.lists(_ALIGNS, max_size=5).map(tuple),
    ),
    tables(),
    st.builds(HorizontalRule, TEXTS),
    st.builds(QR, TEXTS),
    st.builds(Barcode, st.text("0123456789ABCabc-{ ", max_size=40) | TEXTS),
    st.builds(Feed, st.integers(-1, 3)),
    st.builds(Cut),
    st.builds(Drawer),
)
DOCUMENTS = st.builds(Document, st.just("any"), st.lists(BLOCKS, max_size=6).map(tuple))
