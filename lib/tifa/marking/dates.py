"""Dates: the expressions of a text that say on which day, and the day each stands for."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate, TermUtils

from tifa import data

# A bare day is the latest such day before publication; further back than this it is doubted (days).
_PLAUSIBLE = 10
# A month and day without a year are the latest before publication, unless that is further back than this (days).
_HALF_YEAR = 183
# A bare day belongs to the month of the day named before it, unless it gets this far from that one (days).
_SAME_REPORT = 20
_QINGMING = 6  # its number among the solar terms


class Expression(NamedTuple):
    """One date expression. ``kind`` says which of the other fields are filled.

    ``kind`` is one of day (``year``, ``month``, ``day`` as far as written), range (with ``last_month``, ``last_day``),
    relative (``offset`` days from the publication), carried (``offset`` days from the day named before; a bare 下午
    too), weekday (``day`` 1 to 7, ``offset`` weeks or None), festival (``name``), lunar (``month``, ``day`` of the
    lunar year), holiday (``name``, ``offset`` days from its first day off, negative from its last), month (no day)
    and none (近日, 连日来). ``year_offset`` is -1 for 去年; ``part`` is 上午, 下午 ...
    """

    start: int
    end: int
    text: str
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    offset: int | None = None
    year_offset: int | None = None
    name: str | None = None
    part: str | None = None


class Resolved(NamedTuple):
    """The day, the last day of a range, what they were read from, and what looks wrong."""

    date: date | None
    last: date | None = None
    basis: str | None = None
    doubt: str | None = None


@cache
def _relative_words() -> dict[str, tuple[str, int]]:
    words = {}
    for line in data.lines("dates/relative.tsv"):
        origin, days, names = line.split("\t")
        words |= {name: (origin, int(days)) for name in names.split()}
    return words


@cache
def _festivals() -> dict[str, tuple[str, int, int]]:
    found = {}
    for line in data.lines("dates/festivals.tsv"):
        names, calendar, month, day = line.split("\t")
        found |= {name: (calendar, int(month), int(day)) for name in names.split()}
    return found


@cache
def _holidays() -> dict[tuple[int, str], tuple[date, date]]:
    day = date.fromisoformat
    rows = (line.split("\t") for line in data.lines("dates/holidays.tsv"))
    return {(int(year), name): (day(first), day(last)) for year, name, first, last in rows}


# Numerals

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "日": 7, "天": 7, "首": 1}


def _number(written: str | None) -> int | None:
    """A day, month or year in digits or Chinese numerals: 17, 十七, 廿七, 二〇二二.

    Examples
    --------
    >>> [_number(n) for n in ("17", "十七", "廿七", "三十", "初五", "二〇二二")]
    [17, 17, 27, 30, 5, 2022]
    """
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    written = written.lstrip("初").replace("廿", "二十")
    if "十" not in written:
        return int("".join(str(_DIGITS[c]) for c in written))
    tens, ones = written.split("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


# Patterns, a kind each, in order of precedence where two begin at one place

_PART = "(?P<part>凌晨|清晨|早晨|早上|一早|清早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|夜间|夜里|深夜|午夜|全天|晚|夜)"
_PARTS = _PART.replace("?P<part>", "?:")
_ONE_TO_TEN = "[一二三四五六七八九十]"
_CN_DAY = "三十一|三十|[二廿]十?[一二三四五六七八九]|二十|廿|十[一二三四五六七八九]|十|[一二三四五六七八九]"
_CN_MONTH = "十[一二]|十|[一二三四五六七八九]"
_DIGIT_DAY = r"3[01]|[12]\d|0?[1-9](?!\d)"
_DAY = rf"{_DIGIT_DAY}|{_CN_DAY}"
_MONTH = rf"1[0-2]|0?[1-9]|{_CN_MONTH}"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})|(?P<year_word>今|去|前|明|本|当))年"
# 3日内, 5日均, 2日游 are spans of time; 3号楼, 5号门, 1号线 are addresses.
_SPAN = "内|均|游|龄|元|报|以内|之内|以上|以下|以前|无|不|常|化|用|式|志|本|后|前|来|两检|一检"
_ADDRESS = (
    "楼|院|门|线|馆|库|厅|仓|岗|厂|井|炉|泊|桌|病|舱|店|车|船|机|地|文|令|公告|通告|通知|点|卡|区|栋|商|房|"
    "路|大街|高速|矿|窗|段|台|服|码|柜|桥|箱|巷|弄|村"
)
_ENDS = rf"(?:日(?!{_SPAN})|号(?!{_ADDRESS}))"
# A number that is the tail of another one, or counts something, is no day: 1.5日, 第20日, 每3日, 连续5日.
_FREE = r"(?<![\d.．:：/·第近每满达约余个共限隔逾超仅月年])(?<!连续|历时|为期|不足|不少)"
_TO = r"\s?(?:日|号)?\s?(?:至|到|—+|－|–|-|~|～)\s?"

_EXPLICIT = re.compile(
    rf"(?<![\d.．·])(?:{_YEAR}的?\s?)?(?P<month>{_MONTH})\s?月\s?(?P<day>{_DAY})(?:"
    rf"{_TO}(?:(?P<last_month>{_MONTH})月)?(?P<last_day>{_DAY}){_ENDS}|\s?{_ENDS})\s?的?{_PART}?"
)
_NUMERIC = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)([-/.])(?P<month>1[0-2]|0?[1-9])\2(?P<day>{_DIGIT_DAY})(?!\d)\s?{_PART}?"
)
_DAYS = re.compile(rf"{_FREE}(?P<day>{_DIGIT_DAY}){_TO}(?P<last_day>{_DIGIT_DAY})日(?!{_SPAN})\s?{_PART}?")
_BARE = re.compile(rf"{_FREE}(?P<day>{_DIGIT_DAY})(?:日(?!{_SPAN})|号(?={_PARTS}))\s?的?{_PART}?")
_BARE_CN = re.compile(rf"(?<![第近每满达约一二三四五六七八九十百月初\d])(?P<day>{_CN_DAY})日(?={_PARTS}|[,，]){_PART}?")
_WEEKDAY = re.compile(
    rf"(?P<week>本|这|上上|上)?(?<![一两每数几])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?:(?={_PARTS}|[,，。;；(（、到在赴至\s])|$)\s?{_PART}?"
)
_LUNAR = re.compile(
    rf"(?:农历)?(?:(?P<month>正|腊|冬|(?<=农历)[二三四五六七八九十])月(?P<day>初{_ONE_TO_TEN}|{_CN_DAY})(?!日)|"
    rf"(?:大年|新年|年)(?P<new_year>初{_ONE_TO_TEN}))[“\"]?(?:元宵佳节|元宵节)?[”\"]?(?:这一天|这天|当天|当日)?\s?{_PART}?"
)
_MONTH_ONLY = re.compile(rf"(?<!\d){_YEAR}的?(?P<month>{_MONTH})月(?!\s?\d)")
_PART_ALONE = re.compile(r"(?<![一-鿿])(?P<part>凌晨|清晨|早上|早晨|一早|上午|中午|午后|下午|傍晚|晚上|晚间|夜里|深夜)")


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _relative_pattern() -> re.Pattern:
    """今天(4月5日), 昨(4日), 今晚(3月30日); a mirror may have lost the opening bracket."""
    words = _either(word for word, (origin, _) in _relative_words().items() if origin == "published" and len(word) > 1)
    part_after = _PART.replace("part", "part_after")
    return re.compile(
        rf"(?P<word>(?<![如至当迄截目])(?:{words})(?!头条|说法|关注|视点)|[今昨](?=[上下]午|[(（])){_PART}?"
        rf"(?:(?P<open>\s?[(（])?(?:(?P<month>{_MONTH})月)?(?P<day>{_DAY})日\s?(?(open)[)）]|[)）]?){part_after}?)?"
    )


@cache
def _carried_pattern() -> re.Pattern:
    words = _either(word for word, (origin, _) in _relative_words().items() if origin == "previous")
    return re.compile(rf"(?P<word>{words}){_PART}?")


@cache
def _festival_pattern() -> re.Pattern:
    """A festival is a day when the text says 当天, 第一天, 上午 or pauses after it; 春节期间, 清明节前 are none."""
    names = _either(_festivals())
    which = r"(?:第(?P<nth>[一二三四五六七八\d])天|(?P<first>首日)|(?P<final>最后一天|末日))"
    return re.compile(
        rf"[“\"]?(?P<name>{names})[”\"]?(?:(?P<holiday>节?(?:小长假|假期|长假|黄金周)?的?{which})"
        rf"|节?(?:当天|当日|当晚|这一天|这天|这一日)|(?={_PARTS}|[,，]))\s?{_PART}?"
    )


@cache
def _none_pattern() -> re.Pattern:
    words = _either(word for line in data.lines("dates/no_day.txt") for word in line.split())
    return re.compile(rf"(?<![\d目])(?:{words})(?![一二三四五六])")


def _plain(kind: str) -> Callable[[re.Match], dict]:
    """Reader of a pattern whose groups are the fields."""

    def read(match: re.Match) -> dict:
        found = match.groupdict()
        fields = {key: _number(found.get(key)) for key in ("year", "month", "day", "last_month", "last_day")}
        word = found.get("year_word")
        fields["year_offset"] = {"去": -1, "前": -2, "明": 1}.get(word, 0) if word else None
        return fields | {"kind": "range" if fields["last_day"] else kind, "part": found.get("part")}

    return read


def _relative(match: re.Match) -> dict:
    word = match["word"]
    part = match["part"] or match["part_after"] or (word[1] if word[1:] in ("晚", "晨", "早", "夜") else None)
    fields = {"kind": "relative", "offset": _relative_words()[word][1], "part": part}
    return fields | {"month": _number(match["month"]), "day": _number(match["day"])}


def _carried(match: re.Match) -> dict:
    word = match["word"]
    part = match["part"] or (word[1] if word[1] in "晚夜" else None)
    return {"kind": "carried", "offset": _relative_words()[word][1], "part": part}


def _weekday(match: re.Match) -> dict:
    offset = {"本": 0, "这": 0, "上": -1, "上上": -2}.get(match["week"])
    return {"kind": "weekday", "day": _number(match["day"]), "offset": offset, "part": match["part"]}


def _lunar(match: re.Match) -> dict:
    month = {"正": 1, "冬": 11, "腊": 12}.get(match["month"]) or _number(match["month"]) or 1
    return {"kind": "lunar", "month": month, "day": _number(match["day"] or match["new_year"]), "part": match["part"]}


def _festival(match: re.Match) -> dict:
    fields = {"kind": "festival", "name": match["name"], "part": match["part"]}
    if not match["holiday"]:
        return fields
    return fields | {"kind": "holiday", "offset": -1 if match["final"] else _number(match["nth"] or "1") - 1}


@cache
def _readers() -> tuple[tuple[re.Pattern, Callable[[re.Match], dict]], ...]:
    return (
        (_relative_pattern(), _relative),
        (_EXPLICIT, _plain("day")),
        (_NUMERIC, _plain("day")),
        (_DAYS, _plain("range")),
        (_BARE, _plain("day")),
        (_BARE_CN, _plain("day")),
        (_LUNAR, _lunar),
        (_carried_pattern(), _carried),
        (_WEEKDAY, _weekday),
        (_festival_pattern(), _festival),
        (_MONTH_ONLY, _plain("month")),
        (_none_pattern(), lambda match: {"kind": "none"}),
        (_PART_ALONE, lambda match: {"kind": "carried", "offset": 0, "part": match["part"]}),
    )


def dates_in(text: str) -> list[Expression]:
    """Date expressions of ``text``, in order, without overlap.

    Parameters
    ----------
    text : str
        Simplified Chinese.

    Returns
    -------
    list of Expression
        Whatever they stand for: a day in the past that a speech mentions is found like the day of a visit.

    Examples
    --------
    >>> [(e.text, e.kind) for e in dates_in("4月17日至18日在青浦检查,17日下午来到盈浦街道;近日,3号院设24小时值班。")]
    [('4月17日至18日', 'range'), ('17日下午', 'day'), ('近日', 'none')]
    """
    found = []
    for rank, (pattern, read) in enumerate(_readers()):
        found += [(match.start(), rank, match, read) for match in pattern.finditer(text)]
    expressions, end = [], 0
    for start, _, match, read in sorted(found, key=lambda item: item[:2]):
        if start >= end:
            end = match.end()
            expressions.append(Expression(start, end, match[0], **read(match)))
    return expressions


# From expression to day


def resolve(
    expression: Expression,
    published: date | None = None,
    previous: date | None = None,
    year_hint: int | None = None,
) -> Resolved:
    """The day an expression stands for.

    Parameters
    ----------
    expression : Expression
        One of :func:`dates_in`.
    published : date, optional
        Day of publication in Beijing.
    previous : date, optional
        Day the report named before; 当天, 次日 and a bare 下午 are counted from it, 18日 takes its month.
    year_hint : int, optional
        Year of the corpus or the address, for pages without a publication time.

    Returns
    -------
    Resolved
        ``date`` is never after ``published``: a day that would be is None, with a doubt that names it. ``basis`` is
        "text", "text + published", "text + day before" (the day named before), "text + corpus year", "published",
        "day before", or says what is missing: "no day", "no month", "no year", "no publication day", "no day before".

    Examples
    --------
    >>> resolve(dates_in("29日")[0], date(2022, 3, 30))
    Resolved(date=datetime.date(2022, 3, 29), last=None, basis='text + published', doubt=None)
    >>> resolve(dates_in("21日")[0], date(2020, 2, 3)).doubt
    '21日 would be 13 days before the publication (2020-02-03)'
    >>> resolve(dates_in("近日")[0], date(2022, 3, 30)).basis
    'no day'
    """
    resolver = _RESOLVERS[expression.kind]
    found = resolver(expression, published, previous, year_hint)
    latest = found.last or found.date
    if not (latest and published and latest > published):
        return found
    if found.date <= published:
        return found._replace(last=published, doubt=f"{expression.text} ends after the publication ({published})")
    doubt = f"{expression.text} would be {found.date}, after the publication ({published})"
    return Resolved(None, None, found.basis, doubt)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 2月30日: the page has it, the calendar has not
        return None


def _none(expression, published, previous, year_hint) -> Resolved:
    return Resolved(None, None, "no day")


def _resolve_day(expression: Expression, published, previous, year_hint) -> Resolved:
    if expression.month is None:
        return _bare_day(expression, expression.day, published, previous)
    year, basis = _year_of(expression, published, previous, year_hint)
    if year is None:
        return Resolved(None, None, "no year")
    first = _day(year, expression.month, expression.day)
    if first is None:
        return Resolved(None, None, basis, f"{expression.text} is no day of the calendar")
    return Resolved(first, _last_day(expression, first), basis)


def _year_of(expression: Expression, published, previous, year_hint) -> tuple[int | None, str]:
    """Year of a month and day, and what it was read from."""
    if expression.year:
        return expression.year, "text"
    if published is None:
        if year_hint:
            return year_hint + (expression.year_offset or 0), "text + corpus year"
        return (previous.year, "text + day before") if previous and expression.year_offset is None else (None, "text")
    if expression.year_offset is not None:
        return published.year + expression.year_offset, "text + published"
    first = _day(published.year, expression.month, expression.day)
    before = _day(published.year - 1, expression.month, expression.day)
    if first and first > published and before and (published - before).days <= _HALF_YEAR:
        return published.year - 1, "text + published"
    return published.year, "text + published"


def _last_day(expression: Expression, first: date) -> date | None:
    """4月28日至5月2日, 4月28日至2日, 12月30日至1月2日."""
    if expression.last_day is None:
        return None
    month = expression.last_month or (first.month if expression.last_day >= first.day else first.month % 12 + 1)
    return _day(first.year + (month < first.month), month, expression.last_day)


def _bare_day(expression: Expression, day: int, published, previous) -> Resolved:
    near = _near(day, previous) if previous else None
    if near and abs((near - previous).days) <= _SAME_REPORT and not (published and near > published):
        return Resolved(near, _last_day(expression, near), "text + day before")
    if published is None:
        return Resolved(None, None, "no month")
    last = _latest(expression.last_day or day, published)
    first = _latest(day, last) if expression.last_day else last
    ago = (published - first).days
    doubt = f"{expression.text} would be {ago} days before the publication ({published})" if ago > _PLAUSIBLE else None
    return Resolved(first, last if expression.last_day else None, "text + published", doubt)


def _latest(day: int, until: date) -> date:
    """The latest ``day`` of a month that is not after ``until``."""
    year, month = until.year, until.month
    while not ((found := _day(year, month, day)) and found <= until):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _near(day: int, previous: date) -> date | None:
    """The day of that number nearest to ``previous``."""
    months = {(previous + timedelta(days=shift)).replace(day=1) for shift in (-_SAME_REPORT, 0, _SAME_REPORT)}
    days = [found for month in months if (found := _day(month.year, month.month, day))]
    return min(days, key=lambda found: (abs(found - previous), found), default=None)


def _resolve_relative(expression: Expression, published, previous, year_hint) -> Resolved:
    if expression.day:
        found = _resolve_day(expression._replace(kind="day"), published, None, year_hint)
        if found.date and published and abs((found.date - published).days - expression.offset) > _PLAUSIBLE:
            return found._replace(doubt=f"{expression.text} does not fit the publication ({published})")
        return found
    if published is None:
        return Resolved(None, None, "no publication day")
    day = published + timedelta(days=expression.offset)
    return Resolved(day, None, "published" if expression.offset == 0 else "text + published")


def _resolve_carried(expression: Expression, published, previous, year_hint) -> Resolved:
    if previous is None:
        return Resolved(None, None, "no day before")
    basis = "text + day before" if expression.offset else "day before"
    return Resolved(previous + timedelta(days=expression.offset), None, basis)


def _resolve_weekday(expression: Expression, published, previous, year_hint) -> Resolved:
    if published is None:
        return Resolved(None, None, "no publication day")
    monday = published - timedelta(days=published.weekday())
    day = monday + timedelta(days=expression.day - 1, weeks=expression.offset or 0)
    if expression.offset is None and day > published:
        day -= timedelta(weeks=1)
    return Resolved(day, None, "text + published")


def _latest_yearly(in_year: Callable[[int], date | None], published, previous, year_hint) -> Resolved:
    """A festival's latest day up to publication, or that of the hinted year."""
    if published is None:
        year = year_hint or (previous.year if previous else None)
        if year is None:
            return Resolved(None, None, "no year")
        return Resolved(in_year(year), None, "text + corpus year" if year_hint else "text + day before")
    days = [found for year in (published.year - 1, published.year) if (found := in_year(year)) and found <= published]
    return Resolved(max(days, default=None), None, "text + published")


def _lunar_day(year: int, month: int, day: int) -> date | None:
    """A day of the lunar year that begins in ``year``; day 0 is the one before the month's first.

    Examples
    --------
    >>> _lunar_day(2020, 1, 15)
    datetime.date(2020, 2, 8)
    """
    try:
        return LunarDate(year, month, max(day, 1)).to_solar_date() - timedelta(days=day == 0)
    except InvalidLunarDateError:  # 腊月三十 in a year whose last month has 29 days
        return None


def _resolve_lunar(expression: Expression, published, previous, year_hint) -> Resolved:
    def in_year(year):
        # The last two lunar months mostly fall in the next year's January and February.
        return _lunar_day(year - (expression.month >= 11), expression.month, expression.day)

    return _latest_yearly(in_year, published, previous, year_hint)


def _resolve_festival(expression: Expression, published, previous, year_hint) -> Resolved:
    calendar, month, day = _festivals()[expression.name]

    def in_year(year):
        if calendar == "lunar":
            return _lunar_day(year - (month >= 11), month, day)
        return date(year, month, day) if calendar == "solar" else TermUtils.nth_term_day(year, _QINGMING)

    return _latest_yearly(in_year, published, previous, year_hint)


def _resolve_holiday(expression: Expression, published, previous, year_hint) -> Resolved:
    written = "五一" if "劳动节" in expression.name else expression.name
    name = next((name for _, name in _holidays() if name in written), None)

    def in_year(year):
        days = _holidays().get((year, name))
        if days is None:
            return None
        return days[1] if expression.offset < 0 else days[0] + timedelta(days=expression.offset)

    return _latest_yearly(in_year, published, previous, year_hint)


_RESOLVERS = {
    "day": _resolve_day,
    "range": _resolve_day,
    "relative": _resolve_relative,
    "carried": _resolve_carried,
    "weekday": _resolve_weekday,
    "lunar": _resolve_lunar,
    "festival": _resolve_festival,
    "holiday": _resolve_holiday,
    "month": _none,
    "none": _none,
}
