"""Times as pages write them: with or without a year, in lines, addresses, front matter and meta tags."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

BEIJING = dt.timezone(dt.timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1995, 2100
FARTHEST_ZONE = 14 * 60  # minutes from Greenwich
LAST_HOUR = 23
_MONTH, _DAY = r"(?P<month>[01]?\d)", r"(?P<day>[0-3]?\d)"
TIME = (
    r"(?:[T\s]{0,3}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?\s?)?(?P<half>[上下中]午|晚上|傍晚|早上|早晨|凌晨)?\s?"
    r"(?P<hour>[012]?\d)[:：时点](?P<minute>[0-5]\d|\d(?=分))(?:[:：分](?P<second>[0-5]\d)(?:\.\d+)?)?(?:\s?(?P<noon>[AP]M)\b)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_YEAR_END = r"(?:\s?[-/.年]\s?|\s(?=\d\d/\d\d\s))"  # 2022 04/13 08:05, a year of its own above the rest
FULL = re.compile(rf"(?<!\d)(?P<year>20\d\d|199\d){_YEAR_END}{_MONTH}\s?[-/.月]\s?{_DAY}(?!\d)\s?日?" + TIME)
# 24.04.2015  18:33: the day first.
DAY_FIRST = re.compile(r"(?<![\d.])(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?P<year>20\d\d|199\d)(?![\d.])" + TIME)
PART = re.compile(r"(?<![\d年/-])(?P<month>[01]?\d)\s?[-/月]\s?(?P<day>[0-3]?\d)(?!\d)\s?日?" + TIME)
MAIL = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3]?\d [A-Z][a-z]{2} 20\d\d [0-2]\d:[0-5]\d(?::[0-5]\d)? (?:GMT|[+-]\d{4})"
)
_NUMERAL = "一二三四五六七八九"
CHINESE = re.compile(rf"(二[〇零○Oo0][〇零○Oo0{_NUMERAL}]{{2}})年([{_NUMERAL}十]{{1,2}})月([{_NUMERAL}十]{{1,3}})日")
IN_URL = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/_](?P<month>0?\d|1[0-2])[-/_](?P<day>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/_]?(?P<month>0\d|1[0-2])[-/_]?(?P<day>[0-2]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\da-z])[a-z]{1,2}(?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])\d*", re.I),
    re.compile(r"[/_=](?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])\d{1,12}(?!\d)"),
)
SHORT_YEAR = re.compile(r"/(?P<year>[12]\d)(?P<rest>/(?:0\d|1[0-2])(?:[0-2]\d|3[01])/\d\d/)")  # /22/0412/08/
_HALF_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("／"): "/", ord("－"): "-", ord("\u2236"): ":"}
_FULL_WIDTH = re.compile("[０-９／－\u2236]")
UPDATED = re.compile(r"(?:更新|修改|编辑|变更)(?:时间|日期|于)?\s?[:：]?\s?$")
DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○Oo0", 0)
# Sun May 08 18:46:55 CST 2022: on Chinese sites CST is China's time, in mail headers it is Chicago's.
CHINA_TIME = re.compile(r"\bCST\b")
ANY_DAY = re.compile(r"\d|二")  # without either no day is written


class Moment(NamedTuple):
    """A time as written: any of year and time of day may be missing."""

    year: int | None
    month: int
    day: int
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None  # minutes east of Greenwich, None if not written

    @property
    def precision(self):
        if self.hour is None or (self.hour, self.minute, self.second or 0) == (0, 0, 0):
            return "day"
        return "minute" if self.second is None else "second"

    def possible(self, year):
        """Whether the day exists in a year (29 February)."""
        return _exists(self._replace(year=year))

    def at(self, year=None):
        """As a naive datetime in Beijing time."""
        time = dt.datetime(self.year or year, self.month, self.day, self.hour or 0, self.minute or 0, self.second or 0)
        if self.offset is None:
            return time
        return time + dt.timedelta(hours=8, minutes=-self.offset)


def moment(match: re.Match) -> Moment | None:
    """The time a pattern of this module found; None if there is no such day."""
    g = match.groupdict()
    hour = _number(g.get("hour"))
    late = g.get("half") in ("下午", "晚上", "傍晚") or g.get("noon") == "PM" or (g.get("half") == "中午" and hour == 1)
    if hour == 12 and (g.get("half") == "凌晨" or g.get("noon") == "AM"):
        hour = 0
    if hour is not None and late and hour < 12:
        hour += 12
    day = _number(g.get("year")), int(g["month"]), int(g["day"])
    offset = _offset(g.get("zone"))
    if abs(offset or 0) > FARTHEST_ZONE or (hour or 0) > LAST_HOUR:
        found = Moment(*day)  # +99:99, 24:00: no such zone or hour, so the hour tells nothing
    else:
        found = Moment(*day, hour, _number(g.get("minute")), _number(g.get("second")), offset)
    return found if _exists(found) else None


def half_width(text: str) -> str:
    """The text with the digits and signs of full width that dates are written with as those of half width.

    Examples
    --------
    >>> half_width("２０２２－０４－１８")
    '2022-04-18'
    """
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def _number(digits):
    return int(digits) if digits else None


def _offset(zone):
    if not zone:
        return None
    if zone in ("Z", "UTC", "GMT"):
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _exists(found):
    try:
        time = found.at(year=2024)  # a leap year
    except (ValueError, OverflowError):
        return False
    return found.year is None or FIRST_YEAR <= time.year <= LAST_YEAR


def full_moment(text: str, *, updated: bool = False) -> Moment | None:
    """First time with a year in a line.

    Parameters
    ----------
    text : str
        The line. Full-width digits are read too.
    updated : bool
        Whether a time that the line calls that of a change (更新时间) is wanted, or any other.

    Examples
    --------
    >>> full_moment("发布时间：2022-04-18 21:10 来源：某报")
    Moment(year=2022, month=4, day=18, hour=21, minute=10, second=None, offset=None)
    """
    text = half_width(text)
    for match in (*FULL.finditer(text), *DAY_FIRST.finditer(text)):
        if (found := moment(match)) and updated == bool(UPDATED.search(text, 0, match.start())):
            return found
    match = None if updated else CHINESE.search(text)
    if match:
        found = Moment(int("".join(str(DIGITS[c]) for c in match[1])), _numeral(match[2]), _numeral(match[3]))
        return found if _exists(found) else None
    match = None if updated else MAIL.search(text)
    return _mail_moment(match.group()) if match else None


def _numeral(text):
    """一 … 三十一."""
    if "十" not in text:
        return DIGITS.get(text, 0)
    tens, _, ones = text.partition("十")
    if tens not in ("", *DIGITS) or ones not in ("", *DIGITS):
        return 0  # 十十: no number
    return 10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0)


def part_moment(text: str) -> Moment | None:
    """First month and day without a year in a line."""
    return next((found for match in PART.finditer(half_width(text)) if (found := moment(match))), None)


def url_moment(url: str) -> Moment | None:
    """The day in a page's address.

    Examples
    --------
    >>> url_moment("http://a.example/yw/202203/t20220320_81.html").day
    20
    >>> url_moment("http://a.example/article-74099-1.html") is None
    True
    """
    url = SHORT_YEAR.sub(r"/20\g<year>\g<rest>", url)
    for pattern in IN_URL:
        for match in pattern.finditer(url):
            if found := moment(match):
                return found
    return None


def field_moment(value) -> Moment | None:
    """A time from a field of front matter or a meta tag: a date, a datetime, ISO or mail format, seconds since 1970."""
    if isinstance(value, dt.datetime):
        offset = value.utcoffset()
        minutes = None if offset is None else int(offset.total_seconds() // 60)
        return Moment(value.year, value.month, value.day, value.hour, value.minute, value.second, minutes)
    if isinstance(value, dt.date):
        return Moment(value.year, value.month, value.day)
    if not value:
        return None
    if not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()[:80]
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return field_moment(dt.datetime.fromtimestamp(int(text[:10]), BEIJING))
    compact = re.fullmatch(r"(20\d\d)([01]\d)([0-3]\d)", text)
    found = full_moment("-".join(compact.groups()) if compact else text)
    return found or _mail_moment(text)


def _mail_moment(text):
    """A time in mail format: Wed, 01 Mar 2023 01:20:33 GMT."""
    try:
        moment = parsedate_to_datetime(CHINA_TIME.sub("+0800", text))
        return field_moment(moment.astimezone(BEIJING) if moment.tzinfo else moment)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
