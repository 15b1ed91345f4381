"""How figures and private data are written: amounts in Chinese capitals, masks, formatted numbers (domain-facts 7).

Pure functions over text and fen; the one place where a mask is decided. Translations are not made here: what is written
in capitals is Chinese in every language.
"""

from __future__ import annotations

from data.characters import is_digits

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_GROUPS = ((10**8, "亿"), (10**4, "万"))
_MOST_YUAN = 10**16


def amount_in_capitals(fen: int) -> str:
    """An amount in capitals 大写金额, such as 人民币叁佰贰拾伍元零肆分.

    整 ends an amount that has no fen, after 角 too (invoice rules write it). 零 stands for empty places between: before
    分 when there is no 角, and before 角 when the yuan end in 0. A red-letter amount begins with 负. ValueError from
    10^16 yuan on.
    """
    yuan, part = divmod(abs(fen), 100)
    if yuan >= _MOST_YUAN:
        raise ValueError(f"{fen} fen is more than can be written")
    jiao, rest = divmod(part, 10)
    text = "人民币负" if fen < 0 else "人民币"
    if yuan or not part:
        text += f"{_whole(yuan)}元"
    if part and yuan and (not jiao or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    return text + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """A whole number in capitals."""
    for size, name in _GROUPS:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _whole(high) + name + gap + (_whole(low) if low else "")
    return _four(number)


def _four(number: int) -> str:
    """A number under 10,000 in capitals: one 零 for any run of empty places between digits."""
    if not number:
        return _DIGITS[0]
    text, gap = "", False
    for size, name in _PLACES:
        digit = number // size % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = bool(text) and not digit
    return text


def masked_document(number: str) -> str:
    """A document's number on paper and in lists: 110***********002X; of short ones only the first and last two."""
    head, tail = (3, 4) if len(number) >= 12 else (1, 2)
    return _masked(number, head, tail)


def masked_phone(number: str) -> str:
    """A phone number where it is not the business itself: 138****5678; of a landline the last two."""
    return _masked(number, 3, 4) if len(number) == 11 and is_digits(number) else _masked(number, 0, 2)


def masked_name(name: str) -> str:
    """A name: 张*, 王**, J***. The number of stars tells the length of Chinese names only, up to four characters."""
    if not name:
        return ""
    stars = min(len(name) - 1, 3) if name[0] >= "\u2e80" else 3
    return name[0] + "*" * max(stars, 1)


def masked_email(address: str) -> str:
    """An e-mail address: z***@example.com."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}" if local else ""


def _masked(text: str, head: int, tail: int) -> str:
    """Stars for all but so many at both ends; stars for all when less than a third would be hidden."""
    if 3 * (len(text) - head - tail) < len(text):
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def document_number(code: str, number: int) -> str:
    """The number of an invoice, receipt or slip: its code, and 8 digits."""
    return f"{code} {number:08d}".strip()


def z_number(till: str, number: int | None) -> str:
    """A closed shift's number: the till, and Z with 6 digits; the till alone before that."""
    return f"{till} Z{number:06d}" if number is not None else till


def spaced(number: str, *groups: int) -> str:
    """A long number in groups, to be read aloud: 138 1234 5678, and by fours where no groups are told."""
    sizes = iter(groups or ((3, 4, 4) if len(number) == 11 and number.startswith("1") else ()))
    parts = []
    while number:
        size = next(sizes, 4)
        parts.append(number[:size])
        number = number[size:]
    return " ".join(parts)
