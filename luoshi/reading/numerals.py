"""Chinese and Arabic numerals as written in documents, to exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "廿": 20, "卅": 30}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
NUMERAL = r"[零〇一二两三四五六七八九十百千万亿]"


def chinese_number(text: str) -> int | None:
    """八百 → 800, 二〇二六 → 2026, 两千 → 2000, 十五 → 15; None when it is no number."""
    if not text or len(text) > 20:
        return None
    if len(text) > 1 and all(c in _DIGITS and _DIGITS[c] < 10 for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = digit + _DIGITS[char] if digit >= 20 else _DIGITS[char]
        elif char in _POWERS:
            section += (digit or 1) * _POWERS[char]
            digit = 0
        elif char in _BIG:
            total = (total + section + digit or 1) * _BIG[char]
            section = digit = 0
        else:
            return None
    return total + section + digit


def number_value(text: str) -> Decimal | None:
    """The value of a number in digits (「1,320」, 「5.8」) or in characters (「八百」)."""
    plain = text.replace(",", "").replace("，", "").replace("．", ".")
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?", plain):
        try:
            return Decimal(plain)
        except InvalidOperation:
            return None
    value = chinese_number(text)
    return None if value is None else Decimal(value)


def plain_decimal(value: Decimal) -> str:
    """「15」, 「5.8」: no exponent, no trailing zeros."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
