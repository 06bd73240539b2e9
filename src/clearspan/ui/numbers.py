"""Numbers and dates as people read them: never more digits than are known, a true minus, units that do not break
off."""

import datetime as dt
import math
from decimal import Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹", "CHF": f"CHF{NBSP}", "SEK": f"SEK{NBSP}"}
SCALES = {"bn": 1e9, "m": 1e6, "k": 1e3, "": 1.0}


def count(value: float) -> str:
    """1284 -> "1,284"; -21 -> "−21"."""
    whole = round(value)
    return f"{whole:,}" if whole >= 0 else f"{MINUS}{-whole:,}"


def signed(value: float, places: int = 0) -> str:
    """A difference, always with its sign: 80 -> "+80", -21 -> "−21", 0 -> "0"."""
    body = f"{abs(value):,.{places}f}"
    if not float(body.replace(",", "")):
        return body
    return ("+" if value > 0 else MINUS) + body


def number(value: float, digits: int = 3) -> str:
    """`value` with at most `digits` digits that mean something: 0.9312 -> "0.931", 12 -> "12", 1284.4 -> "1,284" (whole
    numbers keep their own digits)."""
    if abs(value) >= 10 ** (digits - 1):
        return count(value)
    rounded = significant(value, digits)
    places = max(0, digits - 1 - _magnitude(rounded)) if rounded else 0
    body = f"{abs(rounded):,.{places}f}"
    return _signed(rounded, body.rstrip("0").rstrip(".") if "." in body else body)


def percent(share: float | None, places: int = 0) -> str:
    """A share of one as per cent: 0.383 -> "38 %". What is nearly nothing or nearly all says so instead of rounding
    to it."""
    if share is None:
        return ""
    least = 10.0**-places
    value = share * 100
    if 0 < value < least / 2:
        return f"under {least:.{places}f}{NBSP}%"
    if 100 - least / 2 < value < 100:
        return f"over {100 - least:.{places}f}{NBSP}%"
    return _signed(value, f"{abs(value):.{places}f}{NBSP}%")


def percent_range(low: float, high: float) -> str:
    """Two shares, the unit said once: "39 to 51 %"; one where both are written alike."""
    first, last = percent(low), percent(high)
    return last if first == last else f"{first.removesuffix(f'{NBSP}%')} to {last}"


def frequency(share: float) -> str:
    """A share as people count: 0.39 -> "2 in 5", 0.04 -> "1 in 25", 0.97 -> "97 in 100". The simplest fraction within a
    twentieth of the truth, or of its complement when that is the smaller part."""
    if share <= 0:
        return "none"
    if share >= 1:
        return "all"
    small = min(share, 1 - share)
    if small < 0.001:
        return "fewer than 1 in 1,000" if share < 0.5 else "all but 1 in 1,000"
    for of in (*range(2, 11), 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000):
        part = round(small * of)
        if part and abs(part / of - small) <= 0.05 * small:
            break
    whole = part if share < 0.5 else of - part
    return f"{whole} in {of:,}"


def money(
    amount: float | Decimal | None,
    currency: str = "GBP",
    *,
    digits: int = 2,
    scale: str | None = None,
    places: int | None = None,
    plus: bool = False,
) -> str:
    """An amount with its currency: 1_940_000 -> "£1.9 m", -60_000 -> "−£60 k".

    `digits` is how many digits are known (two for an estimate; give more for what stands in a ledger). `scale`
    ("bn", "m", "k" or "" for whole units) keeps a column on one scale; `places` then fixes the decimal places.
    `plus` shows the sign of a difference. Codes without a symbol here are printed as they are.
    """
    if amount is None:
        return ""
    amount = float(amount)  # rows keep amounts as decimals
    rounded = amount if places is not None else significant(amount, digits)
    name = scale if scale is not None else _scale_of(rounded)
    value = abs(rounded) / SCALES[name]
    if places is None:
        places = 0 if not value else max(0, digits - 1 - _magnitude(value))
    if name == "":
        places = 0 if value == int(value) or not places else 2
    body = f"{SYMBOLS.get(currency, currency + NBSP)}{value:,.{places}f}{NBSP + name if name else ''}"
    return ("+" if plus and rounded > 0 else "") + _signed(rounded, body)


def money_range(low: float, high: float, currency: str = "GBP", *, digits: int = 2) -> str:
    """Two amounts on one scale and to the same place, the unit said once: "£0.9 to 3.2 m"."""
    widest = significant(max(abs(low), abs(high)), digits)
    name = _scale_of(widest)
    places = max(0, digits - 1 - _magnitude(widest / SCALES[name])) if widest and name else 0
    first, last = (money(v, currency, scale=name, places=places) for v in (low, high))
    symbol = SYMBOLS.get(currency, currency + NBSP)
    if not any(digit in first for digit in "123456789"):  # nought has no places: "£0 to 2.8 m"
        first = money(0, currency)
    return f"{first.removesuffix(NBSP + name) if name else first} to {last.replace(symbol, '', 1)}"


def significant(value: float, digits: int) -> float:
    """`value` rounded to `digits` significant digits."""
    return round(value, digits - 1 - _magnitude(value)) if value else 0.0


def digits_known(value: float, low: float, high: float) -> int:
    """How many digits of `value` are known when nine tenths of the belief lie between `low` and `high`: the last digit
    shown counts no less than a twentieth of that width. Between 1 and 3."""
    width = abs(high - low)
    if not value or not width:
        return 3
    smallest = math.ceil(math.log10(width / 20))
    return max(1, min(3, _magnitude(value) - smallest + 1))


def plural(number_of: int, one: str, many: str | None = None) -> str:
    """plural(1, "account") -> "1 account"; plural(1284, "account") -> "1,284 accounts". The space does not break."""
    return f"{count(number_of)}{NBSP}{one if number_of == 1 else many or one + 's'}"


def shorten(text: str, limit: int = 20) -> str:
    """`text` cut at a word to `limit` characters, the ellipsis included."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:·") + "…"


def day(date: dt.date, today: dt.date | None = None) -> str:
    """ "14 Oct", with the year when it is not that of `today`: "14 Oct 2024"."""
    text = f"{date.day}{NBSP}{date:%b}"
    return text if today is not None and date.year == today.year else f"{text}{NBSP}{date.year}"


def weekday(date: dt.date) -> str:
    """ "Fri 5 Dec"."""
    return f"{date:%a}{NBSP}{date.day}{NBSP}{date:%b}"


def when(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago, as short as it stays clear: "09:41" today, "Wed" within six days, else the day."""
    age = (now.date() - moment.date()).days
    if age == 0:
        return f"{moment:%H:%M}"
    return f"{moment:%a}" if 0 < age < 7 else day(moment.date(), now.date())


def quarter(date: dt.date) -> str:
    """ "Q1 2026"."""
    return f"Q{(date.month + 2) // 3}{NBSP}{date.year}"


def _scale_of(value: float) -> str:
    return next(name for name, size in SCALES.items() if abs(value) >= size or name == "")


def _magnitude(value: float) -> int:
    """The power of ten of the first digit; an epsilon keeps 0.1 + 0.2 from slipping under its own power."""
    return math.floor(math.log10(abs(value)) + 1e-12)


def _signed(value: float, body: str) -> str:
    """`body` with a true minus when `value` is negative, unless it was rounded to nought."""
    return MINUS + body if value < 0 and any(c in body for c in "123456789") else body
