"""When a page was published: to the precision it gives, in Beijing time, with what the time was read from."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from tifa.reading.lists import any_of, words

BEIJING = dt.timezone(dt.timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1995, 2100
FARTHEST_ZONE = 14 * 60  # minutes from Greenwich
CONTRADICTION = 45  # days after the nearest day a report names, from which a publication time is doubted
YEARS_OFF = 300  # days by which a scraper's time is off, at least
REPORT_START = 3000  # characters of a report that are searched for the days it names
_MONTH, _DAY = r"(?P<month>[01]?\d)", r"(?P<day>[0-3]?\d)"
TIME = (
    r"(?:[T\s]{0,3}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?\s?)?(?P<half>[上下中]午|晚上|傍晚|早上|早晨|凌晨)?(?P<hour>[012]?\d)[:：时点]"
    r"(?P<minute>[0-5]\d)(?:[:：分](?P<second>[0-5]\d)(?:\.\d+)?)?(?:\s?(?P<noon>[AP]M)\b)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
FULL = re.compile(rf"(?<!\d)(?P<year>20\d\d|199\d)\s?[-/.年]\s?{_MONTH}\s?[-/.月]\s?{_DAY}(?!\d)\s?日?" + TIME)
PART = re.compile(r"(?<![\d年/-])(?P<month>[01]?\d)\s?[-/月]\s?(?P<day>[0-3]?\d)(?!\d)\s?日?" + TIME)
_NUMERAL = "一二三四五六七八九"
CHINESE = re.compile(rf"(二[〇零○Oo0][〇零○Oo0{_NUMERAL}]{{2}})年([{_NUMERAL}十]{{1,2}})月([{_NUMERAL}十]{{1,3}})日")
MONTH_DAY = re.compile(r"(?<!\d)(?=\d)(?:(?P<year>20\d\d)年)?(?P<month>[01]?\d)月(?P<day>[0-3]?\d)日")
_WHEN = r"(?P<when>(?:20\d\d年)?(?<!\d)[01]?\d月[0-3]?\d日(?:\s?[012]?\d[:：时][0-5]\d分?)?)"
DATELINE = re.compile(
    rf"^[【\[（(]?(?:(?P<agency>[\u4e00-\u9fffA-Za-z·]{{1,14}}{any_of('dateline endings')})[】\]）)]?\s?)?"
    rf"[\u4e00-\u9fff]{{0,6}}?\s?{_WHEN}\s?(?:专?电|讯|消息|综合消息)"
)
TODAY = re.compile(rf"今(?:天|日|晨|晚|早)(?:上午|下午)?\s?[（(]{_MONTH}月{_DAY}日[）)]")
IN_URL = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/_](?P<month>0?\d|1[0-2])[-/_](?P<day>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-/_]?(?P<month>0\d|1[0-2])[-/_]?(?P<day>[0-2]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\da-z])[a-z]{1,2}(?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])\d*", re.I),
    re.compile(r"[/_=](?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])\d{1,12}(?!\d)"),
)
SHORT_YEAR = re.compile(r"/(?P<year>[12]\d)(?P<rest>/(?:0\d|1[0-2])(?:[0-2]\d|3[01])/\d\d/)")  # /22/0412/08/
YEAR_IN_URL = re.compile(r"[/_t](20\d\d)[-/_]?(?:0\d|1[0-2])?(?=[/_-])")
IN_SCRIPT = re.compile(rf"""{any_of("time keys of scripts")}["']?\s*[:=]\s*["'](20\d\d-[^"']{{5,22}})["']""")
_STAMPS = ("ct", "oriCreateTime", "publish_time", "ptime")
_WHOLE = "".join(rf"(?<!\w{name})" for name in _STAMPS)  # behind the names, so that scripts are searched for them first
STAMP_IN_SCRIPT = re.compile(rf"""(?:{"|".join(_STAMPS)}){_WHOLE}["']?\s*[:=]\s*["']?(1[0-9]{{9}})\b""")
_HALF_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("／"): "/", ord("－"): "-"}
_FULL_WIDTH = re.compile("[０-９／－]")
OTHER_YEAR = re.compile(r"(?:[去前上明]年|\d年)[的，,]?$")
UPDATED = re.compile(r"(?:更新|修改|编辑|变更)(?:时间|日期|于)?\s?[:：]?\s?$")
DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○Oo0", 0)


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


class Published(NamedTuple):
    """Publication time of a page."""

    time: dt.datetime | None = None  # naive, Beijing
    precision: str = "none"
    basis: str | None = None
    doubt: str | None = None
    waiting: Moment | None = None  # all but the year is known: the corpus may have it


class Candidate(NamedTuple):
    moment: Moment
    basis: str
    where: str  # in words, for the doubt


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
    if offset is not None and abs(offset) > FARTHEST_ZONE:
        found = Moment(*day)  # +99:99: no such zone, so the hour tells nothing
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
    for match in FULL.finditer(text):
        if (found := moment(match)) and updated == bool(UPDATED.search(text, 0, match.start())):
            return found
    match = None if updated else CHINESE.search(text)
    if match:
        found = Moment(int("".join(str(DIGITS[c]) for c in match[1])), _numeral(match[2]), _numeral(match[3]))
        return found if _exists(found) else None
    return None


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


# Sun May 08 18:46:55 CST 2022: on Chinese sites CST is China's time, in mail headers it is Chicago's.
CHINA_TIME = re.compile(r"\bCST\b")


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
    if found:
        return found
    try:
        moment = parsedate_to_datetime(CHINA_TIME.sub("+0800", text))
        return field_moment(moment.astimezone(BEIJING) if moment.tzinfo else moment)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def publication(page, header, footer, body: str, url: str | None) -> Published:
    """Publication time of a page.

    Parameters
    ----------
    page : Page
        For its front matter and head.
    header, footer : list of str
        Lines above and below the article that are no article.
    body : str
        The article's paragraphs, without the title.
    url : str or None
        Address of the page.

    Returns
    -------
    Published
        ``time`` is None where no year can be told; ``waiting`` then holds the rest.

    Notes
    -----
    Order of trust: the line above the article, meta tags and data in scripts, front matter, the day in the address, the
    dateline, the line below the article. A time that the report's own dates contradict yields to one they support.
    """
    header = [line for line in header if ANY_DAY.search(line)]
    found = list(_candidates(page, header, footer, body, url))
    dated = [c for c in found if c.moment.year]
    if dated:
        return _chosen(dated, found, _own_dates(body))
    if found:
        year = _year_evidence(found[0].moment, url, body)
        if year:
            return Published(found[0].moment.at(year[0]), found[0].moment.precision, year[1])
        return Published(waiting=found[0].moment)
    return Published()


def _candidates(page, header, footer, body, url):
    for line in header:
        if found := full_moment(line):
            yield Candidate(found, "page", "the line above the article")
    for key in words("time keys of pages"):
        if found := field_moment(page.head.meta.get(key)):
            yield Candidate(found, "page", f"the page's meta tag {key}")
    for script in page.head.scripts:
        yield from _in_script(script)
    for line in header:
        if found := full_moment(line, updated=True):
            yield Candidate(found, "page", "the line above the article")
    for key in words("time keys of front matter"):
        if found := field_moment(page.matter.fields.get(key)):
            yield Candidate(found, "front matter", f"the front matter's {key}")
    if url and (found := url_moment(url)):
        yield Candidate(found, "url", "the page's address")
    first = half_width(body.split("\n", 1)[0][:80])
    if match := DATELINE.match(first):
        found = full_moment(match["when"]) or part_moment(match["when"])
        if found:
            yield Candidate(found, "text", "the dateline")
    for line in header:
        if not FULL.search(line) and (found := part_moment(line)):
            yield Candidate(found, "page", "the line above the article")
    if (match := TODAY.search(half_width(body[:400]))) and (found := moment(match)):
        yield Candidate(found, "text", "the report's today")
    for line in footer:
        if found := full_moment(line):
            yield Candidate(found, "page", "the line below the article")


def _in_script(script):
    if (match := IN_SCRIPT.search(script[:200_000])) and (found := field_moment(match[1])):
        yield Candidate(found, "page", "the page's data")
    if match := STAMP_IN_SCRIPT.search(script[:200_000]):
        yield Candidate(field_moment(match[1]), "page", "the page's data")


def _own_dates(body):
    """The days that the report itself names, other years' left out: 去年11月18日."""
    start = body[:REPORT_START]
    near = (m for m in MONTH_DAY.finditer(start) if not OTHER_YEAR.search(start, max(0, m.start() - 3), m.start()))
    return [found for match in near if (found := moment(match))]


def _gap(candidate, own):
    """Days from the nearest day the report names to a publication time, and that day; 0 and None if it names none."""
    day = candidate.moment.at().date()
    gaps = [
        ((day - one.at(year).date()).days, one)
        for one in own
        for year in ([one.year] if one.year else [day.year, day.year - 1])
        if one.possible(year)
    ]
    after = [g for g in gaps if -1 <= g[0] <= CONTRADICTION]
    return min(after or gaps, key=lambda g: abs(g[0]), default=(0, None))


def _chosen(dated, found, own):
    """The most trusted candidate that the report does not contradict."""
    gaps = {candidate: _gap(candidate, own) for candidate in dated}
    believed = [c for c in dated if -1 <= gaps[c][0] <= CONTRADICTION]
    first = dated[0]
    best = _earlier_by_years(believed, gaps)
    if best is None:
        days, near = gaps[first]
        side = "after" if days > 0 else "before"
        doubt = (
            f"publication time {first.moment.at():%Y-%m-%d} from {first.where} lies {abs(days)} days {side} "
            f"the nearest day in the report, {_written(near)}"
        )
        if abs(days) > YEARS_OFF and first.basis == "front matter" and all(one.year for one in own):
            return Published(doubt=doubt + ": not believed")
        best = first
    elif best is not first:
        near = gaps[best][1]
        why = f"does not fit the report's {_written(near)}" if near else "is years later"
        doubt = f"{first.where} says {first.moment.at():%Y-%m-%d}, which {why}: {best.where} is believed"
    else:
        doubt = None
    finer = _finer(best, found)
    return Published(finer.at(best.moment.year), finer.precision, best.basis, doubt)


def _earlier_by_years(believed, gaps):
    """The first believed candidate; one that is years older and as near to the report's days has the better claim."""
    if not believed:
        return None
    best = believed[0]
    for other in believed[1:]:
        older = (best.moment.at() - other.moment.at()).days
        supported = gaps[other][1] is not None or best.basis == "front matter"
        if older > YEARS_OFF and supported and gaps[other][0] <= gaps[best][0]:
            best = other
    return best


def _written(one):
    return f"{one.year}年{one.month}月{one.day}日" if one.year else f"{one.month}月{one.day}日"


def _finer(best, found):
    """The same day with a time of day, where another place of the page gives it."""
    if best.moment.precision != "day":
        return best.moment
    day = best.moment.at().date()
    for other in found:
        finer = other.moment.precision != "day" and other.moment.possible(day.year)
        if finer and other.moment.at(day.year).date() == day:
            return other.moment
    return best.moment


def _year_evidence(waiting, url, body):
    """(year, basis) for a month and day: the address, or the same days with a year in the text."""
    match = YEAR_IN_URL.search(url or "")
    if match and waiting.possible(int(match[1])):
        return int(match[1]), "url"
    for match in FULL.finditer(body):
        other = moment(match)
        if other and waiting.possible(other.year) and 0 <= (waiting.at(other.year) - other.at()).days <= 10:
            return other.year, "text"
    return None
