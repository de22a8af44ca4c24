"""Dates: the day each date expression of a text stands for."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate, TermUtils

from tifa import data
from tifa.marking.expressions import Expression, dates_in, festivals

__all__ = ["Expression", "Resolved", "dates_in", "resolve"]

# A bare day is the latest such day before publication; further back than this it is doubted (days).
_PLAUSIBLE = 10
# A month and day without a year are the latest before publication, unless that is further back than this (days).
_HALF_YEAR = 183
# A bare day belongs to the month of the day named before it, unless it gets this far from that one (days).
_SAME_REPORT = 20
_QINGMING = 6  # its number among the solar terms


class Resolved(NamedTuple):
    """The day, the last day of a range, what they were read from, and what looks wrong."""

    date: date | None
    last: date | None = None
    basis: str | None = None
    doubt: str | None = None


@cache
def _holidays() -> dict[tuple[int, str], tuple[date, date]]:
    day = date.fromisoformat
    rows = (line.split("\t") for line in data.lines("dates/holidays.tsv"))
    return {(int(year), name): (day(first), day(last)) for year, name, first, last in rows}


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
        return _bare_day(expression, published, previous)
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


def _bare_day(expression: Expression, published, previous) -> Resolved:
    near = _near(expression.day, previous) if previous and expression.month_offset is None else None
    if near and abs((near - previous).days) <= _SAME_REPORT and not (published and near > published):
        return Resolved(near, _last_day(expression, near), "text + day before")
    if published is None:
        return Resolved(None, None, "no month")
    until = published.replace(day=1) - timedelta(days=1) if expression.month_offset else published
    last = _latest(expression.last_day or expression.day, until)
    first = _latest(expression.day, last) if expression.last_day else last
    return Resolved(
        first, last if expression.last_day else None, "text + published", _far(expression, first, published)
    )


def _far(expression: Expression, found: date, published: date) -> str | None:
    """A doubt where a bare day is long past: 21日 in a page of 3 February may have lost its month (2月1日)."""
    ago = (published - found).days
    if ago <= _PLAUSIBLE or expression.month_offset is not None:
        return None
    return f"{expression.text} would be {ago} days before the publication ({published})"


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


def _latest_yearly(expression, in_year: Callable[[int], date | None], published, previous, year_hint) -> Resolved:
    """A festival's day in the year written, else the latest up to publication, else that of the hinted year."""
    if expression.year or (published and expression.year_offset is not None):
        year, basis = _year_of(expression, published, previous, year_hint)
        return Resolved(in_year(year), None, basis)
    if published:
        days = [
            found for year in (published.year - 1, published.year) if (found := in_year(year)) and found <= published
        ]
        return _recent(expression, max(days, default=None), published)
    if year_hint or previous:
        return Resolved(
            in_year(year_hint or previous.year), None, "text + corpus year" if year_hint else "text + day before"
        )
    return Resolved(None, None, "no year")


def _recent(expression: Expression, found: date | None, published: date) -> Resolved:
    doubt = None
    if found and (published - found).days > _HALF_YEAR:
        doubt = f"{expression.text} would be {found}, long before the publication ({published})"
    return Resolved(found, None, "text + published", doubt)


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

    return _latest_yearly(expression, in_year, published, previous, year_hint)


def _resolve_festival(expression: Expression, published, previous, year_hint) -> Resolved:
    calendar, month, day = festivals()[expression.name]

    def in_year(year):
        if calendar == "lunar":
            return _lunar_day(year - (month >= 11), month, day)
        return date(year, month, day) if calendar == "solar" else TermUtils.nth_term_day(year, _QINGMING)

    return _latest_yearly(expression, in_year, published, previous, year_hint)


def _resolve_holiday(expression: Expression, published, previous, year_hint) -> Resolved:
    written = "五一" if "劳动节" in expression.name else expression.name
    name = next((name for _, name in _holidays() if name in written), None)

    def in_year(year):
        days = _holidays().get((year, name))
        if days is None:
            return None
        if expression.offset is None:
            return days[1] + timedelta(days=1)
        return days[1] if expression.offset < 0 else days[0] + timedelta(days=expression.offset)

    return _latest_yearly(expression, in_year, published, previous, year_hint)


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
