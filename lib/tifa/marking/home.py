"""Where a document is from: province, city and district, read from the page in a written order of trust."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from tifa import data
from tifa.marking import townships
from tifa.marking.gazetteer import Place, gazetteer
from tifa.marking.units import Home, Unit, units_in

COLUMNS = ("title", "body", "agency", "website", "url", "published")
# Paragraphs after the title that make up the lead.
_LEAD = 3
# Townships of one district that must be named before they tell the district; before they outweigh a place of another.
_ENOUGH = 2
_PLENTY = 3
_POST = re.compile(
    "(?:地|盟|州|工|党)?委(?!员)|人民政府|政府|副?[市省区县州盟旗]长|人大|政协|纪委|长(?=[\u3400-\u9fff]{2,3})"
)
_COUNTY_POST = re.compile("(?<![\u3400-\u9fff])(?:区|县|旗)(?:委|长|政府|政协|人大|领导)")
_DATELINE = re.compile("(?:本报|新华社|中新社|中新网|人民网|央广网)(?P<place>[\u3400-\u9fff]{2,8}?)\\d+月\\d+日[电讯]")
_PATH = re.compile("(?<![:/])/")
_HOST = re.compile("^(?:[a-z]+://)?([^/:?#]+)")
# What an agency or a site is, after the name of its place: 福州晚报, 泉州网.
_MEDIUM = re.compile(
    "(?:日报|晚报|早报|晨报|快报|商报|都市报|经济报|新报|报|新闻|发布|融媒体|融媒|电视台|广播|客户端|在线|门户|信息|资讯|网).*$"
)
# 北京华联超市 is in many cities.
_BRAND = re.compile("[\u3400-\u9fff]{0,4}(?:超市|商场|银行|酒店|百货|药房|证券|人寿)")
# Labels of an address that say nothing of the place.
_PLAIN = frozenset(
    ("www", "m", "wap", "mobile", "news", "gov", "com", "cn", "net", "org", "app", "epaper", "paper", "info")
)
_AFTER_CITY = re.compile("(?:news|daily|online|wb|rb|ribao|tv|net|city|gov|zf|today|0\\d{2,3})$")


class Found(NamedTuple):
    """A document's home and what it was read from."""

    home: Home
    basis: str | None


def locate(documents: pd.DataFrame) -> pd.DataFrame:
    """Province and city of every document; see :func:`home_of` for the order of trust.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; title, body, agency, website, url and published are read.

    Returns
    -------
    DataFrame
        ``province``, ``city``, ``city_basis``, a row per document, in the same order and with the same index.

    Examples
    --------
    >>> page = dict.fromkeys(COLUMNS) | {"title": "赵龙赴泉州检查疫情防控工作", "agency": "福建日报"}
    >>> locate(pd.DataFrame([page])).iloc[0].tolist()
    ['福建省', '泉州市', 'places']
    """
    rows = zip(*(documents[name] for name in COLUMNS), strict=True)
    found = [home_of(*(None if pd.isna(value) else value for value in row)) for row in rows]
    columns = {"province": [f.home.province for f in found], "city": [f.home.city for f in found]}
    return pd.DataFrame(columns | {"city_basis": [f.basis for f in found]}, index=documents.index, dtype="str")


def home_of(title=None, body=None, agency=None, website=None, url=None, published=None) -> Found:
    """Where one document is from.

    The order of trust:

    1. post: the unit in a leader's post (泉州市委书记) in title and lead;
    2. agency, 3. dateline (新华社泉州4月3日电), 4. website: the unit it is named after or known to be from;
    5. places: most districts and cities (with their 市) of title and lead lie in one city; or several townships of the
       text are found together in one district only; or most districts and cities of the whole text lie in one city;
    6. url: the host, or a folder, is the city's name in pinyin, or the host is its initials and a township of the text
       agrees;
    7. places again: a city's bare name in the title, or more than once in the text.

    A clue of 2 to 4 is passed over where the title and lead name districts and all of them lie elsewhere: a site
    called 山西大院 carries a report from 青浦. A province without a city is kept until a later clue gives a city in it.

    Returns
    -------
    Found
        ``home.district`` is filled where the post is one of a district, or where it is (县委书记) and all districts of
        the text are one. ``basis`` is what the city (or else the province) was read from.

    Examples
    --------
    >>> home_of("李强在青浦崇明检查疫情防控工作", website="山西大院网")
    Found(home=Home(province='上海市', city='上海市', district=None), basis='places')
    """
    return _Page(title or "", body or "", published and published.year).home(agency, website, url)


class _Page:
    """A document's text with the units named in it, as far as they are clear without knowing its home."""

    def __init__(self, title: str, body: str, year: int | None):
        paragraphs = body.split("\n")
        if title and paragraphs[0] != title:
            paragraphs.insert(0, title)
        self.year, self.title = year, title
        self.lead = "\n".join(paragraphs[: _LEAD + 1])
        self.text = "\n".join(paragraphs)
        self.units = units_in(self.text, None, year)
        self.lead_units = [unit for unit in self.units if unit.end <= len(self.lead)]

    def home(self, agency, website, url) -> Found:
        found = Found(Home(), None)
        for clue, basis in self._said(agency, website):
            found = found if found.basis else Found(Home(clue.province), basis)
            if clue.city and clue.province == found.home.province:
                return self._found(clue, basis)
        for clue, basis in self._shown(url, found.home.province):
            if clue and clue.city and found.home.province in (None, clue.province):
                return self._found(clue, basis)
        return found

    def _said(self, agency, website) -> Iterator[tuple[Place | Unit, str]]:
        """Clues of post and publisher."""
        if post := self._post():
            yield post, "post"
        dateline = _DATELINE.search(self.lead)
        for name, basis in ((agency, "agency"), (dateline and dateline["place"], "dateline"), (website, "website")):
            clue = _named_after(name, self.year) if name else None
            if clue and not self._elsewhere(clue):
                yield clue, basis

    def _shown(self, url, province) -> Iterator[tuple[Place | Unit | None, str]]:
        """Clues of the places named, within ``province`` where that is known, and of the address."""
        inside = [unit for unit in self.units if province in (None, unit.province)]
        towns = self._by_townships()
        if towns and self._outweighs(towns):
            yield towns, "places"
        sure = [unit for unit in inside if unit.level != "city" or unit.text[-1] in "市州盟"]
        yield _one_city(unit for unit in sure if unit.end <= len(self.lead)), "places"
        yield towns, "places"
        yield _one_city(sure), "places"
        yield self._by_host(url), "url"
        # A city's short name may be where somebody came back from, unless it is in the title or comes again.
        yield _one_city(unit for unit in inside if unit.end <= len(self.title)), "places"
        inside = [unit for unit in inside if not _BRAND.match(self.text, unit.end)]
        again = Counter(unit.text for unit in inside)
        yield _one_city(unit for unit in inside if again[unit.text] > 1), "places"

    def _found(self, clue, basis: str) -> Found:
        return Found(Home(clue.province, clue.city, self._district(clue, basis)), basis)

    def _post(self) -> Unit | None:
        """The unit before a post (泉州市委书记); a city outdoes a province (省委常委、武汉市委书记)."""
        units = [u for u in self.lead_units if u.province and u.level != "zone" and _POST.match(self.text, u.end)]
        return next((u for u in units if u.city), units[0] if units else None)

    def _elsewhere(self, clue) -> bool:
        """Whether title and lead name districts, none of them where ``clue`` says."""
        districts = [u for u in self.lead_units if u.level in ("district", "township") and u.city]
        return bool(districts) and all(
            u.province != clue.province or (clue.city and u.city != clue.city) for u in districts
        )

    def _district(self, clue, basis: str) -> str | None:
        if clue.district and basis in ("post", "agency", "website"):
            return clue.district
        districts = {u.district for u in self.units if u.district and u.city == clue.city} or {clue.district}
        return districts.pop() if len(districts) == 1 and _COUNTY_POST.search(self.lead) else None

    def _town_codes(self) -> list[tuple[str, ...]]:
        names = {u.township for u in self.units if u.township}
        return [townships.table()[name] for name in names if name in townships.table()]

    def _by_townships(self) -> Place | None:
        """The one district that has most of the townships named, at least two."""
        codes = self._town_codes()
        counts = Counter(code for found in codes for code in found).most_common(2)
        if not counts or counts[0][1] < max(_ENOUGH, len(codes) / 2):
            return None
        if len(counts) == 2 and counts[1][1] == counts[0][1]:
            return None
        return gazetteer().by_code[counts[0][0]]

    def _outweighs(self, towns: Place) -> bool:
        """Whether more townships of one district are named than places elsewhere: 满洲里口岸 is far away."""
        names = {u.township for u in self.units if u.township}
        mine = [name for name in names if towns.adcode in townships.table().get(name, ())]
        others = {(u.city, u.district) for u in self.units if not u.township and u.city not in (None, towns.city)}
        return len(mine) >= max(_PLENTY, 2 * len(others))

    def _by_host(self, url: str | None) -> Place | None:
        if not url:
            return None
        labels = [label for label in _HOST.match(url.lower())[1].split(".") if label not in _PLAIN]
        for label in labels:
            code = _hosts().get(label) or _hosts().get(_AFTER_CITY.sub("", label))
            if code:
                return gazetteer().by_code[code]
        parts = (part for part in _PATH.split(url.lower())[1:] if part in _hosts() and part not in _PLAIN)
        code = next((_hosts()[part] for part in parts), None)
        return gazetteer().by_code[code] if code else self._by_initials(labels)

    def _by_initials(self, labels: list[str]) -> Place | None:
        """ndnews with 赤溪镇: the one city with these initials that has a township of that name."""
        by_code, towns = gazetteer().by_code, self._town_codes()
        shared = [{by_code[code].city for code in codes} for codes in towns]
        cities = set.intersection(*shared) if shared else set()
        fits = [city for city in cities if city and any(_begins(label, city) for label in labels)]
        if len(fits) != 1:
            return None
        places = {by_code[code] for codes in towns for code in codes if by_code[code].city == fits[0]}
        return min(places) if len(places) == 1 else min(places)._replace(district=None)


def _named_after(name: str, year: int | None) -> Place | Unit | None:
    """The unit an agency or site is named after, or lies in."""
    for known, code in _agencies().items():
        if known in name:
            return gazetteer().by_code[code]
    # 龙城, 榕城, 泉城 are pet names of cities, whatever district is called so elsewhere.
    units = units_in(_MEDIUM.sub("", name), None, year)
    return next((u for u in units if u.province and not (u.level == "district" and u.text.endswith("城"))), None)


def _one_city(units: Iterable[Unit]) -> Unit | None:
    """A unit of the city that more than half of the named districts and cities lie in."""
    units = [u for u in units if u.level in ("city", "district", "township") and u.city]
    named = {(u.city, u.district) for u in units}
    counts = Counter(city for city, _ in named)
    if not counts:
        return None
    city, count = counts.most_common(1)[0]
    return next(u for u in units if u.city == city) if 2 * count > len(named) else None


@cache
def _agencies() -> dict[str, str]:
    return dict(line.split("\t") for line in data.lines("places/agencies.tsv"))


@cache
def _hosts() -> dict[str, str]:
    """Adcodes by the pinyin that stands in addresses."""
    return dict(line.split("\t")[:2] for line in data.lines("places/hosts.tsv"))


@cache
def _initials() -> dict[str, str]:
    return dict(line.split("\t") for line in data.lines("places/initials.tsv"))


def _begins(label: str, city: str) -> bool:
    initials = _initials().get(city, "")
    return len(initials) >= 2 and label.startswith(initials)
