"""Places: the administrative units a text names, resolved by their neighbours and by where the page is from."""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import pandas as pd
import rjieba

from tifa import data
from tifa.marking.gazetteer import Name, Place, gazetteer, townships


class Home(NamedTuple):
    """Where a page is from, as far as it is known."""

    province: str | None = None
    city: str | None = None
    district: str | None = None


class Unit(NamedTuple):
    """A unit named in a text. ``level`` is province, city, district, township or zone; see :func:`units_in`."""

    start: int
    end: int
    text: str
    level: str
    province: str | None
    city: str | None
    district: str | None
    township: str | None
    adcode: str | None


# A name that goes on like this is a street, a bank, a dish: no place is meant. 上海街道, 上海路, 河南中路, 江西岸.
_STREET_NEXT = re.compile(
    "[东西南北中]{0,2}(?:[一二三四五六七八九十]+)?(?:路(?!上|途|过)|大街|街(?![道头镇上区乡])|大道|巷|弄)|[岸麓坡侧]"
)
# Named after a place, but not always in it: a place only where the page is from there.
_NAMESAKE_NEXT = re.compile(
    "银行|大学|学院|医院|医科|师范|交通大|理工|大厦|饭店|宾馆|酒店|证券|人寿|社区|小区|花园|家园|新村|公寓|国际|商城|公馆|名都|人家|苑|牌|菜|话|村(?![镇居庄])"
)
# Before a two-character name or a rare short name one of these must stand (or a mark, or the unit it lies in).
_BEFORE = frozenset("在到赴往至于向从和与及对抵进入访由经为是以达临驻返离来去察查研导看望问给")
_JOINT = re.compile("[、，,和与及以跟]{1,2}|以及")
_GOES_ON = re.compile("场|民(?!和)|容(?!县)|郊(?!区)")
_HAN = re.compile("[\u3400-\u9fff〇]")
_TOWN = re.compile(
    "(?P<office>街道办事处|街办事处|办事处|街道办|街办|街道)|镇(?![化静痛定江海远宁安])|乡(?![村镇亲愁音下间])|苏木"
)
_NO_TOWN = frozenset("城村街小古重全该各本两三名强大水家老返回他异同故下城还冰坐建集新主沿属在区级某")
_ZONE = re.compile(
    "(?:国家(?:级)?)?(?:经济技术|高新技术产业|经济|高新技术|高新|工业)开发区|经开区|高新区|临空(?:经济)?区|临港新区|综合保税区|保税区|城乡一体化示范区|开发区"
)
_LONGEST_TOWN = 8
# Name, adcode, province and city of a place that nothing tells.
_NOWHERE = (None, None, None, None)


class _Hit(NamedTuple):
    start: int
    end: int
    string: str
    name: Name


def units_in(text: str, home: Home | None = None, year: int | None = None) -> list[Unit]:
    """Administrative units named in ``text``, in order, without overlap.

    Parameters
    ----------
    text : str
        Simplified Chinese.
    home : Home, optional
        Where the page is from. Decides between units of one name and lets short names (浦东, 静安) stand for districts.
    year : int, optional
        Year of the page: of two units of one name, one that existed then is taken.

    Returns
    -------
    list of Unit
        Names are official ones, down to the unit's level. What the text and ``home`` cannot tell is None: a bare 鼓楼区
        has ``district`` "鼓楼区" and neither city nor adcode. Municipalities have level "city". Development zones
        have level "zone" and no district, whatever they call themselves; their adcode is the city's.

    Examples
    --------
    >>> [(u.text, u.level, u.adcode) for u in units_in("随机抽查了泉州市丰泽区城东街道")]
    [('泉州市', 'city', '350500'), ('丰泽区', 'district', '350503'), ('城东街道', 'township', '350503')]
    >>> units_in("李强在青浦崇明检查", Home("上海市", "上海市"))[1].district
    '崇明区'
    >>> units_in("南京东路和上海银行")
    []
    """
    return _Scan(text, home or Home(), year).run()


class _Scan:
    """One reading of a text from left to right, with what was named last."""

    def __init__(self, text: str, home: Home, year: int | None):
        self.text, self.home, self.year = text, home, year
        self.units: list[Unit] = []
        self.cities: set[str] = set()
        self.district: Place | None = None

    def run(self) -> list[Unit]:
        hits = list(self._hits())
        self.cities = {
            hit.name.places[0].city
            for hit in hits
            if not hit.name.common and hit.name.places[0].city and (len(hit.name.places) == 1 and not hit.name.short)
        } | {hit.name.places[0].city for hit in hits if hit.name.places[0].level == "city" and not hit.name.common}
        towns = list(_TOWN.finditer(self.text))
        zones = list(_zone_finder().finditer(self.text))
        stops = sorted(
            [(hit.start, 1, hit) for hit in hits]
            + [(match.start(), 0, match) for match in zones]
            + [(match.start(), 2, match) for match in towns],
            key=lambda stop: stop[:2],
        )
        for _, kind, found in stops:
            if kind == 1:
                self._unit(found)
            elif kind == 0:
                self._zone(found)
            else:
                self._town(found)
        return self.units

    # Provinces, cities, districts

    def _hits(self):
        """Names that may be units, streets and namesakes left out."""
        names, text = gazetteer().names, self.text
        for string, start, end in gazetteer().find(text):
            hit = _Hit(start, end, string, names[string])
            if string[-1] == "市" and not hit.name.short and _GOES_ON.match(text, end) and string[:-1] in names:
                hit = _Hit(start, end - 1, string[:-1], names[string[:-1]])
            if not (hit.name.short and _STREET_NEXT.match(text, hit.end)):
                yield hit

    def _unit(self, hit: _Hit):
        if self.units and hit.start < self.units[-1].end:
            return
        places = [p for p in hit.name.places if p.valid(self.year)] or list(hit.name.places)
        place, evidence = self._choose(hit, places)
        if hit.name.short and _NAMESAKE_NEXT.match(self.text, hit.end) and place not in self._home_units(places):
            return
        if not self._acceptable(hit, place, evidence):
            return
        if place is None:
            place = Place("district", *_NOWHERE, hit.string)
        self._add(hit.start, hit.end, place)

    def _add(self, start: int, end: int, place: Place, township: str | None = None):
        level = "township" if township else place.level
        names = (place.province, place.city, place.district, township, place.adcode)
        self.units.append(Unit(start, end, self.text[start:end], level, *names))
        if place.city:
            self.cities.add(place.city)
        if place.level in ("district", "zone"):
            self.district = place if place.level == "district" else None
        elif place.level in ("province", "city"):
            self.district = None

    def _before(self, start: int) -> tuple[Unit | None, bool, bool]:
        """(last unit, whether it ends right here, whether only a comma or 和 stands between)."""
        if not self.units:
            return None, False, False
        last = self.units[-1]
        gap = self.text[last.end : start]
        return last, not gap, bool(_JOINT.fullmatch(gap))

    def _home_units(self, places: list[Place]) -> list[Place]:
        home = self.home
        if home.district and (found := [p for p in places if p.district == home.district and p.city == home.city]):
            return found
        if home.city and (found := [p for p in places if p.city == home.city]):
            return found
        return [p for p in places if home.province and not home.city and p.province == home.province]

    def _choose(self, hit: _Hit, places: list[Place]) -> tuple[Place | None, str]:
        """The unit meant, and what says so."""
        last, adjacent, joint = self._before(hit.start)
        if adjacent and (found := [p for p in places if _inside(p, last)]):
            return found[0], "adjacent"
        if places[0].level in ("province", "city") and hit.name.short:
            return places[0], "joint" if joint else "level"
        if joint and (found := [p for p in places if last.city and p.city == last.city]):
            return found[0], "joint"
        if len(found := self._home_units(places)) == 1:
            return found[0], "home"
        if len(found := [p for p in places if p.city in self.cities]) == 1:
            return found[0], "text"
        if len(places) == 1 or places[0].level != "district":
            return places[0], "only"
        return None, "none"

    def _acceptable(self, hit: _Hit, place: Place | None, evidence: str) -> bool:
        if evidence in ("adjacent", "joint"):
            return True
        if hit.name.common:
            return not hit.name.short and evidence in ("home", "text")
        if self._torn(hit):
            return False
        if not hit.name.short:
            return len(hit.string) > 2 or evidence == "home" or self._introduced(hit.start)
        if evidence in ("level", "home", "text"):
            return True
        return evidence == "only" and self._introduced(hit.start)

    def _introduced(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        after_unit = bool(self.units) and self.units[-1].end == start
        return after_unit or not before or before in _BEFORE or not _HAN.match(before)

    def _torn(self, hit: _Hit) -> bool:
        """Whether dictionary words cross the name's ends: 南通 in 东南通道."""
        left = max(0, hit.start - 8)
        ends, at = {left}, left
        for word in rjieba.cut(self.text[left : hit.end + 8], False):
            at += len(word)
            ends.add(at)
        return hit.start not in ends or (hit.name.short and hit.end not in ends)

    # Zones

    def _zone(self, match: re.Match):
        if self.units and match.start() < self.units[-1].end:
            return
        place = _zones().get(match[0])
        last, adjacent, _ = self._before(match.start())
        if not place:
            home = Home(last.province, last.city) if adjacent else self.home
            code = last.adcode[:4] + "00" if adjacent and last.adcode else None
            place = Place("zone", match[0], code, home.province, home.city, None)
        self._add(match.start(), match.end(), place)

    # Townships

    def _town(self, match: re.Match):
        found = self._known_town(match) or self._unknown_town(match)
        if not found:
            return
        start, name, place = found
        while self.units and self.units[-1].end > start:
            self.units.pop()
        self._add(start, match.end(), place, name)

    def _known_town(self, match: re.Match):
        """(start, official name, district) of the longest name of the gazetteer that fits here."""
        text, end = self.text, match.start()
        table = townships()
        floor = self._floor()
        best = None
        for length in range(min(_LONGEST_TOWN, end), 0, -1):
            start = end - length
            if start < floor:
                continue
            for name in _official(text[start:end], match):
                codes = table.get(name)
                if not codes:
                    continue
                place, sure = self._district_of(codes, start)
                if sure:
                    return start, name, place
                if best is None and length > 1 and self._introduced(start):
                    best = start, name, place
        return best

    def _floor(self) -> int:
        """A township's name does not reach back into another township or a zone."""
        return max((u.end for u in self.units[-2:] if u.level in ("township", "zone")), default=0)

    def _district_of(self, codes: tuple[str, ...], start: int) -> tuple[Place, bool]:
        """The district of a township, and whether the text or the page says so."""
        by_code = gazetteer().by_code
        last, adjacent, _ = self._before(start)
        if adjacent and last.level == "district":
            # What the text says outweighs the gazetteer: townships are merged and renamed every year.
            return by_code.get(last.adcode) or Place("district", *_NOWHERE, last.district), True
        if adjacent and last.level == "city" and (inside := [c for c in codes if by_code[c].city == last.city]):
            return by_code[inside[0]], True
        if self.district and self.district.adcode in codes:
            return self.district, True
        places = [by_code[code] for code in codes]
        near = self._home_units(places) or [p for p in places if p.city in self.cities]
        if len(near) == 1:
            return near[0], True
        if near and len({p.city for p in near}) == 1:
            return near[0]._replace(level="city", district=None, adcode=near[0].adcode[:4] + "00"), True
        return Place("township", *_NOWHERE, None), False

    def _unknown_town(self, match: re.Match):
        """A township that no gazetteer has, where it follows its district: 晋江市新店镇."""
        last = self.units[-1] if self.units else None
        stem = self.text[last.end : match.start()] if last else ""
        if not last or last.level not in ("district", "city") or not 1 <= len(stem) <= 5:
            return None
        if not all(map(_HAN.match, stem)) or stem[-1] in _NO_TOWN or stem[0] in _BEFORE or "的" in stem:
            return None
        place = gazetteer().by_code.get(last.adcode) or Place("district", *_NOWHERE, last.district)
        return last.end, _official(stem, match)[0], place


def _inside(place: Place, unit: Unit) -> bool:
    if unit.level == "province":
        return place.province == unit.province and place.level != "province"
    return unit.level == "city" and place.level != "city" and place.city == unit.city


def _official(stem: str, match: re.Match) -> tuple[str, ...]:
    """Official names that a written one may stand for: 通道街办事处 is 通道街街道."""
    office = match["office"]
    if not office:
        return (stem + match[0],)
    if office.startswith("街办"):
        return stem + "街街道", stem + "街道"
    if office == "办事处":
        return stem + "街道", stem + "镇", stem + "乡"
    return (stem + "街道",)


@cache
def _zones() -> dict[str, Place]:
    by_code, zones = gazetteer().by_code, {}
    for line in data.lines("places/zones.tsv"):
        name, code = line.split("\t")
        above = by_code[code]
        zones[name] = Place("zone", name, code, above.province, above.city, None)
    return zones


@cache
def _zone_finder() -> re.Pattern:
    known = sorted(_zones(), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, known), _ZONE.pattern]))


# Where a document is from

_POST = re.compile(
    "(?:地|盟|州|工|党)?委|人民政府|政府|副?[市省区县州盟旗]长|人大|政协|纪委|长(?=[\u4e00-\u9fff]{2,3})"
)
_LEAD = 2


class Found(NamedTuple):
    """A document's home and what it was read from."""

    home: Home
    basis: str | None


def locate(documents: pd.DataFrame) -> pd.DataFrame:
    """Province and city of every document.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; title, body, agency, website, url and published are read.

    Returns
    -------
    DataFrame
        ``province``, ``city``, ``city_basis``, a row per document, in the same order and with the same index.
    """
    columns = ("title", "body", "agency", "website", "url", "published")
    rows = zip(*(documents[name] for name in columns), strict=True)
    found = [home_of(*(None if pd.isna(value) else value for value in row)) for row in rows]
    columns_ = {
        "province": [f.home.province for f in found],
        "city": [f.home.city for f in found],
        "city_basis": [f.basis for f in found],
    }
    return pd.DataFrame(columns_, index=documents.index, dtype="str")


def home_of(title=None, body=None, agency=None, website=None, url=None, published=None) -> Found:
    """Where one document is from, with its district where all evidence lies in one.

    Evidence is taken in this order: the unit in the first leader's post, districts and cities of title and lead that
    lie in one city, the agency, the website, then places of the whole text. Evidence of a province alone is kept until
    a city within it is found.

    Examples
    --------
    >>> home_of("李强在青浦崇明检查疫情防控工作", website="山西大院网")
    Found(home=Home(province='上海市', city='上海市', district=None), basis='places')
    """
    year = published.year if published is not None else None
    paragraphs = (body or "").split("\n")
    lead = "\n".join([title or "", *paragraphs[: _LEAD + 1]])
    clues = (
        (_post_units(lead, year), "post"),
        (_one_city(units_in(lead, None, year)), "places"),
        (_named_after(agency, year), "agency"),
        (_named_after(website, year), "website"),
        (_one_city(units_in(body or "", None, year)), "places"),
    )
    province = None
    for unit, basis in clues:
        if unit is None or (province and unit.province != province.home.province):
            continue
        if unit.city:
            return Found(Home(unit.province, unit.city, unit.district if basis == "post" else None), basis)
        province = province or Found(Home(unit.province), basis)
    return province or Found(Home(), None)


def _post_units(text: str, year: int | None) -> Unit | None:
    """The unit right before the first post: 泉州市 in 泉州市委书记."""
    return next((u for u in units_in(text, None, year) if u.province and _POST.match(text, u.end)), None)


def _named_after(name: str | None, year: int | None) -> Unit | None:
    """The unit an agency or site is named after, or lies in."""
    if not name:
        return None
    for known, code in _agencies().items():
        if known in name:
            place = gazetteer().by_code[code]
            return Unit(0, 0, name, place.level, place.province, place.city, place.district, None, place.adcode)
    return next((u for u in units_in(name, None, year) if u.province), None)


@cache
def _agencies() -> dict[str, str]:
    return dict(line.split("\t") for line in data.lines("places/agencies.tsv"))


def _one_city(units: list[Unit]) -> Unit | None:
    """The city most districts and cities of a text lie in, if it is more than half of them; else their one province."""
    named = {(u.province, u.city, u.district) for u in units if u.level in ("city", "district") and u.city}
    if not named:
        return next((u for u in units if u.level == "province"), None)
    counts = Counter(city for _, city, _ in named)
    city, count = counts.most_common(1)[0]
    if 2 * count > len(named):
        return next(u for u in units if u.city == city)
    provinces = {province for province, _, _ in named}
    if len(provinces) == 1:
        return next(u for u in units if u.province)._replace(city=None, district=None)
    return None
