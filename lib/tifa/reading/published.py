"""When a page was published: to the precision it gives, in Beijing time, with what the time was read from."""

import datetime as dt
import re
from typing import NamedTuple

from tifa.reading.lists import any_of, words
from tifa.reading.moments import (
    ANY_DAY,
    FULL,
    Moment,
    field_moment,
    full_moment,
    half_width,
    moment,
    part_moment,
    url_moment,
)

CONTRADICTION = 45  # days after the nearest day a report names, from which a publication time is doubted
YEARS_OFF = 300  # days by which a scraper's time is off, at least
REPORT_START = 3000  # characters of a report that are searched for the days it names
MONTH_DAY = re.compile(r"(?<!\d)(?=\d)(?:(?P<year>20\d\d)年)?(?P<month>[01]?\d)月(?P<day>[0-3]?\d)日")
_WHEN = r"(?P<when>(?:20\d\d年)?(?<!\d)[01]?\d月[0-3]?\d日(?:\s?[012]?\d[:：时][0-5]\d分?)?)"
DATELINE = re.compile(
    rf"^[【\[（(]?(?:(?P<agency>[\u4e00-\u9fffA-Za-z·]{{1,14}}{any_of('dateline endings')})[】\]）)]?\s?)?"
    rf"[\u4e00-\u9fff]{{0,6}}?\s?{_WHEN}\s?(?:专?电|讯|消息|综合消息)"
)
TODAY = re.compile(r"今(?:天|日|晨|晚|早)(?:上午|下午)?\s?[（(](?P<month>[01]?\d)月(?P<day>[0-3]?\d)日[）)]")
YEAR_IN_URL = re.compile(r"[/_t](20\d\d)[-/_]?(?:0\d|1[0-2])?(?=[/_-])")
IN_SCRIPT = re.compile(rf"""{any_of("time keys of scripts")}["']?\s*[:=]\s*["'](20\d\d-[^"']{{5,22}})["']""")
_STAMPS = ("ct", "oriCreateTime", "publish_time", "ptime")
_WHOLE = "".join(rf"(?<!\w{name})" for name in _STAMPS)  # behind the names, so that scripts are searched for them first
STAMP_IN_SCRIPT = re.compile(rf"""(?:{"|".join(_STAMPS)}){_WHOLE}["']?\s*[:=]\s*["']?(1[0-9]{{9}})\b""")
OTHER_YEAR = re.compile(r"(?:[去前上明]年|\d年)[的，,]?$")


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
