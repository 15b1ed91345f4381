"""People who do not exist: names, documents with right check characters, addresses; pure functions of a number.

The document number of person n is different for each n below 50 million, so that no look-up is needed to keep a
million of them apart.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from data.names import initials, pinyin

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文单仇解"
)
_MALE = "伟强磊军勇杰涛明超平刚波辉鹏宇浩志建国文斌海峰龙云飞俊凯旭东晨博雷"
_FEMALE = "芳娜敏静丽艳娟霞秀英玲桂兰梅洁红雪琳婷慧莉萍欣怡佳颖燕晶倩蕾月"
_COMPOUND = ("欧阳", "上官", "诸葛", "司马")

REGIONS = ("330102", "330103", "330104", "330105", "330106", "330108", "330109", "330110", "330111", "330183")
_STREETS = (
    "解放路",
    "中山北路",
    "文三路",
    "庆春路",
    "延安路",
    "西湖大道",
    "秋涛路",
    "凤起路",
    "学院路",
    "莫干山路",
    "体育场路",
    "新塘路",
)
_DISTRICTS = ("上城区", "拱墅区", "西湖区", "滨江区", "萧山区", "余杭区", "富阳区")

_FIRST_BIRTH = date(1958, 1, 1)
_BIRTH_DAYS = 18_000  # so that everybody is of age
_STRIDE = 7_919  # prime to the days: neighbours are not born on neighbouring days
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Person(Struct, frozen=True):
    """An invented person with a resident identity card."""

    name: str
    pinyin: str
    initials: str
    document_number: str
    birth_date: str
    gender: str
    address: str


def resident_id(first17: str) -> str:
    """A resident ID number with its check character (ISO 7064 MOD 11-2) from the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return first17 + "10X98765432"[total % 11]


def uscc(first17: str) -> str:
    """A unified social credit code with its check character from the first 17 characters."""
    total = sum(_USCC.index(c) * weight for c, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return first17 + _USCC[-total % 31]


def person(n: int, chance: random.Random) -> Person:
    """Person number n; what is not settled by n is drawn from `chance`."""
    born = _FIRST_BIRTH + timedelta(days=n * _STRIDE % _BIRTH_DAYS)
    turn = n // _BIRTH_DAYS
    male = chance.random() < 0.5
    order = 100 + 2 * (turn // len(REGIONS)) + male
    number = resident_id(f"{REGIONS[turn % len(REGIONS)]}{born:%Y%m%d}{order:03d}")
    surname = chance.choice(_COMPOUND) if chance.random() < 0.01 else chance.choice(_SURNAMES)
    pool = _MALE if male else _FEMALE
    given = "".join(chance.choice(pool) for _ in range(1 if chance.random() < 0.2 else 2))
    address = f"杭州市{chance.choice(_DISTRICTS)}{chance.choice(_STREETS)}{chance.randint(1, 480)}号"
    return Person(
        surname + given,
        _surname(surname)[0] + _given(given)[0],
        _surname(surname)[1] + _given(given)[1],
        number,
        born.isoformat(),
        "male" if male else "female",
        address,
    )


@cache
def _surname(characters: str) -> tuple[str, str]:
    """The reading and initials of a surname, which the name's other characters do not change."""
    whole = characters + "一"
    return pinyin(whole).removesuffix("yi"), initials(whole)[:-1]


@cache
def _given(characters: str) -> tuple[str, str]:
    return pinyin("李" + characters).removeprefix("li"), initials("李" + characters)[1:]
