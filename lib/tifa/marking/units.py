"""Administrative units named in a text, resolved by their neighbours and by where the page is from."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import rjieba

from tifa import data
from tifa.marking import townships
from tifa.marking.gazetteer import Name, Place, gazetteer


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


# A short name that goes on like this is a street or a feature of the land: 上海路, 河南中路, 江西岸, 通州湾.
_STREET = re.compile(
    "[东西南北中]{0,2}(?:[一二三四五六七八九十]+)?(?:路(?!上|途|过|口)|大街|街(?![道头镇上区乡])|大道|巷|弄)|"
    "[岸麓坡侧湾]|湖(?![州南北里滨])|岛(?!市)"
)
# Named after a place, but often elsewhere: a unit only where the page is from there; a district hardly ever.
_NAMESAKE = re.compile(
    "(?P<hospital>医院|中心医院)|银行|大学|学院|医科|师范|交通大|理工|大厦|饭店|宾馆|酒店|证券|人寿|"
    "社区|小区|花园|家园|新村|公寓|国际|商城|公馆|名都|人家|苑|牌|菜|话|村(?![镇居庄])|城(?![区市乡镇东西南北中关])|"
    "日报|晚报|早报|晨报|快报|商报|都市报|新报|新闻|发布|融媒|电视台|广播|客户端|在线"
)
# What may follow a short name that nothing else speaks for: 与胶州有交集, 义乌火车站; not 蒙山板材市场.
_EVIDENT = re.compile(
    "$|[^\u3400-\u9fff]|[的等市县区有和与及返来回方籍至到在疫]|"
    "火车|高铁|动车|机场|客运|汽车站|口岸|[东西南北]站|检查|调研|督|召开"
)
# 区长贺兰英: a name after a post is a person's.
_TITLED = frozenset("长记任席者员志师")

# 到朝阳检查: even a common word is a district of the page's city here.
_TOUR = re.compile("检查|调研|督导|督查|暗访|视察|指导|慰问|巡查|走访|察看|督战|看望")
# 上海市民, 义乌市场: the 市 belongs to the next word. 西湖区域: no district.
_MARKET = re.compile("场|民(?!和)|容(?!县)|郊(?!区)")
_AREA = re.compile("域|间(?!接)")
# Letters that may stand before a name: prepositions, verbs of going and seeing. After another letter a rare or
# two-letter name is taken for a part of a word (示范县).
_INTRODUCE = frozenset("在到赴往至于向从和与及对抵进入访由经为是以达临驻返离来去察查研导看望问给了过联保系回奔自把")
_JOINT = re.compile("[、，,和与及以跟暨]{1,2}")
# 鼓楼、台江、晋安等区: whatever the words mean elsewhere, here they are districts.
_LIST_TAIL = re.compile(
    r"(?:[、，,和及][\u3400-\u9fff]{2,3})*(?:等?(?:\d+|[一二两三四五六七八九十]+)个?|等地?的?)(?:市辖区|区县|县区|县市区|县市|区市县|区|县|市|旗)"
)
# Last letters of names that say themselves what they are: 达茂旗, 恩施州.
_KINDS = frozenset("州市县区旗")
_HAN = re.compile("[\u3400-\u9fff〇]")
_ZONE = (
    "(?:国家级?)?(?:经济技术|高新技术产业|经济|高新技术|高新|工业)开发区|经开区|高新区|临空(?:经济)?区|临港新区|"
    "综合保税区|保税区|城乡一体化示范区|开发区"
)
# Pages without a year are taken to be of the year that most such reports are of.
_USUAL_YEAR = 2022
# A township's ending may stand so far behind a shorter name inside it.
_REACH = 6
# Name, adcode, province and city of a place that nothing tells.
_NOWHERE = (None, None, None, None)
_NO_NAME = Name((), False, False)


def units_in(text: str, home: Home | None = None, year: int | None = None) -> list[Unit]:
    """Administrative units named in ``text``, in order, without overlap.

    Parameters
    ----------
    text : str
        Simplified Chinese.
    home : Home, optional
        Where the page is from. Decides between units of one name, lets short names (浦东, 静安) stand for districts and
        says in which district a township lies.
    year : int, optional
        Year of the page: of two units of one name, one that existed then is taken.

    Returns
    -------
    list of Unit
        Names are official ones, down to the unit's level. What the text and ``home`` cannot tell is None: a bare 鼓楼区
        has ``district`` "鼓楼区" and neither city nor adcode. Municipalities, and cities right below a province
        (仙桃市), have level "city". Development zones have level "zone" and no district, whatever they call
        themselves; their adcode is the city's.

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


class _Hit(NamedTuple):
    """A name of the gazetteer in the text, not yet known to be a unit."""

    start: int
    end: int
    string: str
    name: Name
    split: bool = False


def _hits(text: str) -> Iterator[_Hit]:
    """Names of provinces, cities and districts; streets and words that a name runs into are left out."""
    names = gazetteer().names
    for string, start, end in gazetteer().find(text):
        hit = _Hit(start, end, string, names[string])
        if not hit.name.short:
            if string[-1] == "市" and (inner := _without_city(hit, text)):
                yield from inner
                continue
            if string[-1] == "区" and _AREA.match(text, end):
                continue
        if not (hit.name.short and _STREET.match(text, hit.end)):
            yield hit


def _without_city(hit: _Hit, text: str) -> list[_Hit]:
    """上海市民 holds 上海, 青岛市南区 holds 青岛 and 市南区; [] where the 市 is the city's own."""
    names = gazetteer().names
    bare = hit.string[:-1]
    if bare not in names:
        return []
    city = _Hit(hit.start, hit.end - 1, bare, names[bare], True)
    place, district = hit.name.places[0], text[hit.end - 1 : hit.end + 2]
    if place.level == "city" and any(p.city == place.city for p in names.get(district, _NO_NAME).places):
        return [city, _Hit(hit.end - 1, hit.end + 2, district, names[district], True)]
    return [city] if _MARKET.match(text, hit.end) else []


class _Scan:
    """One reading of a text from left to right; it knows what was named last."""

    def __init__(self, text: str, home: Home, year: int | None):
        self.text, self.home, self.year = text, home, year
        self.units: list[Unit] = []
        self.district: Place | None = None
        self.cities: set[str | None] = set()
        self.hits = {hit.start: hit for hit in _hits(text)}
        self.towns = list(townships.FINDER.finditer(text))

    def run(self) -> list[Unit]:
        hits = self.hits.values()
        # A district that only one city has tells which city an ambiguous one before it is in.
        certain = (h.name.places[0] for h in hits if len(h.name.places) == 1 and not (h.name.short or h.name.common))
        self.cities = {place.city for place in certain if place.level in ("city", "district") and place.city}
        stops = [(match.start(), self._zone, match) for match in _zone_finder().finditer(self.text)]
        stops += [(hit.start, self._unit, hit) for hit in hits]
        stops += [(listed.start, self._listed_town, listed) for listed in townships.listed(self.text)]
        stops += [(match.start(), self._town, match) for match in self.towns]
        for start, take, found in sorted(stops, key=lambda stop: stop[0]):
            if start >= self._end():
                take(found)
        return self.units

    def _end(self) -> int:
        return self.units[-1].end if self.units else 0

    def _add(self, start: int, end: int, place: Place, township: str | None = None):
        level = "township" if township else place.level
        names = (place.province, place.city, place.district, township, place.adcode)
        self.units.append(Unit(start, end, self.text[start:end], level, *names))
        if place.city:
            self.cities.add(place.city)
        if place.level != "nowhere":
            self.district = place if place.level == "district" else None

    def _before(self, start: int) -> tuple[Unit | None, bool, bool]:
        """(last unit, whether it ends right here, whether only a comma or 和 stands between)."""
        if not self.units:
            return None, False, False
        gap = self.text[self.units[-1].end : start]
        return self.units[-1], not gap, bool(_JOINT.fullmatch(gap))

    def _introduced(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        return not before or start == self._end() or before in _INTRODUCE or not _HAN.match(before)

    def _at_home(self, places: list[Place]) -> list[Place]:
        """Those of ``places`` that lie where the page is from, as narrowly as can be."""
        home = self.home
        in_city = [p for p in places if home.city and p.city == home.city]
        if home.city:
            return [p for p in in_city if home.district and p.district == home.district] or in_city
        return [p for p in places if home.province and p.province == home.province]

    # Provinces, cities, districts

    def _unit(self, hit: _Hit):
        if self._town_over(hit):
            return
        places = [p for p in hit.name.places if p.valid(self.year or _USUAL_YEAR)] or list(hit.name.places)
        place, evidence = self._choose(hit, places)
        if not self._acceptable(hit, place, evidence):
            return
        if hit.name.short and place and self._namesake(hit, place):
            return
        self._add(hit.start, hit.end, place or Place("district", *_NOWHERE, hit.string))

    def _namesake(self, hit: _Hit, place: Place) -> bool:
        """Whether something is only named after the place: 江汉大学, 上海花园."""
        called = _NAMESAKE.match(self.text, hit.end)
        at_home = bool(self.home.city) and place.city == self.home.city
        return bool(called) and not (at_home and (place.level == "city" or called["hospital"]))

    def _joined(self, hit: _Hit) -> tuple[Place, ...]:
        """What the next name may be, if only a comma or 和 stands before it."""
        joint = _JOINT.match(self.text, hit.end)
        following = self.hits.get(joint.end()) if joint else None
        return following.name.places if following else ()

    def _choose(self, hit: _Hit, places: list[Place]) -> tuple[Place | None, str]:
        """The unit meant, and what says so."""
        last, adjacent, joint = self._before(hit.start)
        if adjacent and (found := [p for p in (*places, *hit.name.places) if _inside(p, last)]):
            return found[0], "adjacent"
        home, wide = self._at_home(places), hit.name.short and _wide(places[0])
        near = [p for p in places if joint and p.city == last.city and (not wide or p in home)]
        near = near or [p for p in home if any(p.city == other.city for other in self._joined(hit))]
        if near and near[0].city:
            return near[0], "joint"
        if len(home) == 1 and not (wide and places[0].level == "province"):
            return home[0], "home"
        if wide:
            listed = (joint and _wide(last)) or any(map(_wide, self._joined(hit)))
            return places[0], "joint" if listed else "wide"
        if len(found := [p for p in places if p.city in self.cities]) == 1:
            return found[0], "text"
        return (places[0], "only") if len(places) == 1 else (None, "none")

    def _acceptable(self, hit: _Hit, place: Place | None, evidence: str) -> bool:
        """Whether a name is a unit here and no common word or part of one."""
        if hit.split or evidence in ("adjacent", "joint"):
            return True
        if hit.name.common:
            return self._meant(hit, evidence)
        if self._torn(hit):
            return False
        if not hit.name.short:
            return len(hit.string) > 2 or evidence == "home" or self._introduced(hit.start)
        if place and place.level == "district" and self.text[hit.start - 1 : hit.start] in _TITLED:
            return False
        if evidence == "only":
            followed = hit.end in self.hits or hit.string[-1] in _KINDS or _EVIDENT.match(self.text, hit.end)
            return self._introduced(hit.start) and bool(followed)
        return evidence in ("wide", "home", "text")

    def _meant(self, hit: _Hit, evidence: str) -> bool:
        """Whether a common word is a district: 城区 of a known city, 和平、沈河等区, 到朝阳检查 at home."""
        if not hit.name.short:
            return evidence in ("home", "text")
        if evidence == "home" and self.text[hit.start - 1 : hit.start] in ("到", "赴", "在", "往"):
            return bool(_TOUR.match(self.text, hit.end) or _LIST_TAIL.match(self.text, hit.end))
        return evidence != "wide" and bool(_LIST_TAIL.match(self.text, hit.end))

    def _torn(self, hit: _Hit) -> bool:
        """Whether dictionary words cross the name's ends: 南通 in 东南通道."""
        at = max(0, hit.start - 8)
        ends = {at}
        for word in rjieba.cut(self.text[at : hit.end + 8], False):
            at += len(word)
            ends.add(at)
        begins = hit.start in ends or self._introduced(hit.start)
        return not begins or (hit.name.short and hit.string[-1] not in _KINDS and hit.end not in ends)

    # Zones

    def _zone(self, match: re.Match):
        place = _zones().get(match[0])
        if not place:
            last, adjacent, _ = self._before(match.start())
            above = last if adjacent else self.home
            city = gazetteer().by_name.get((above.province, above.city)) if above.city else None
            place = Place("zone", match[0], city and city.adcode, above.province, above.city, None)
        self._add(match.start(), match.end(), place)

    # Townships

    def _town_over(self, hit: _Hit) -> bool:
        """上海 in 上海街道, 新乡 in 德新乡: the longer name is meant, if there is such a township here."""
        for match in reversed(self.towns):
            if hit.start < match.start() <= hit.end + _REACH and (found := self._known(match, hit.start)):
                start, name, place, sure = found
                if sure or (hit.name.short and hit.name.places[0].level == "district"):
                    self._add(start, match.end(), place, name)
                    return True
        return False

    def _town(self, match: re.Match):
        # 嘉定镇街道, 北乡义镇: one name with two endings.
        for longer in self.towns:
            if match.end() <= longer.start() < match.end() + _REACH:
                found = self._known(longer, match.start() - 1)
                if found and found[3]:
                    return self._add(found[0], longer.end(), found[2], found[1])
        if found := self._known(match, match.start()) or self._new_town(match):
            self._add(found[0], match.end(), found[2], found[1])
        return None

    def _known(self, match: re.Match, latest: int) -> tuple[int, str, Place, bool] | None:
        """(start, official name, district, certain) of the longest name that fits and begins by ``latest``."""
        best = None
        for start, name, codes in townships.readings(self.text, match, max(self._end(), 0)):
            if start > latest:
                break
            place, sure = self._district_of(codes, start)
            if sure and (not match["weak"] or place.adcode in codes):
                return start, name, place, True
            if best is None and not match["weak"] and self._introduced(start):
                best = start, name, place, False
        return best

    def _district_of(self, codes: tuple[str, ...], start: int) -> tuple[Place, bool]:
        """The district of a township, and whether the text or the page says so."""
        by_code = gazetteer().by_code
        last, adjacent, _ = self._before(start)
        if adjacent and last.level == "district":
            # What the text says outweighs the gazetteer: townships are merged and renamed every year.
            return by_code.get(last.adcode) or Place("district", *_NOWHERE, last.district), True
        places = [by_code[code] for code in codes]
        if adjacent and last.level == "city" and (found := [p for p in places if p.city == last.city]):
            return _common_part(found), True
        if self.district and self.district.adcode in codes:
            return self.district, True
        near = self._at_home(places) or [p for p in places if p.city and p.city in self.cities and not self.home.city]
        if near and len({place.city for place in near}) == 1:
            return _common_part(near), True
        return Place("nowhere", *_NOWHERE, None), False

    def _new_town(self, match: re.Match) -> tuple[int, str, Place, bool] | None:
        """A township that the gazetteer lacks, where it follows its district (丹棱县石桥乡) or a verb of going."""
        last = self.units[-1] if self.units else None
        if last and last.level in ("district", "city") and townships.is_name(self.text[last.end : match.start()]):
            stem = self.text[last.end : match.start()]
            place = gazetteer().by_code.get(last.adcode) or Place("district", *_NOWHERE, last.district)
            return last.end, townships.official(stem, match)[0], place, True
        for length in (3, 2):
            start = match.start() - length
            stem = self.text[max(start, 0) : match.start()]
            if start > self._end() and self._introduced(start) and townships.is_new_name(stem, match):
                return start, townships.official(stem, match)[0], Place("nowhere", *_NOWHERE, None), False
        return None

    def _listed_town(self, listed: townships.Listed):
        """One of 彭桥、杏山等乡镇: the gazetteer or its neighbours say which kind it is."""
        for start in range(max(listed.start, self._end()), listed.end - 1):
            stem = self.text[start : listed.end]
            for kind in listed.kinds:
                codes = townships.table().get(stem + kind, ())
                place, sure = self._district_of(codes, start) if codes else (None, False)
                if sure:
                    self._add(start, listed.end, place, stem + kind)
                    return


def _wide(place: Place | Unit) -> bool:
    return place.level in ("province", "city")


def _inside(place: Place, unit: Unit) -> bool:
    if unit.level == "province":
        return place.province == unit.province and place.level != "province"
    return unit.level == "city" and place.level != "city" and place.city == unit.city


def _common_part(places: list[Place]) -> Place:
    """The district, or the city where its districts share the township's name."""
    if len(places) == 1:
        return places[0]
    city = gazetteer().by_name[places[0].province, places[0].city]
    return city._replace(level="nowhere")


@cache
def _zones() -> dict[str, Place]:
    by_code, zones = gazetteer().by_code, {}
    for line in data.lines("places/zones.tsv"):
        name, code = line.split("\t")
        zones[name] = Place("zone", name, code, by_code[code].province, by_code[code].city, None)
    return zones


@cache
def _zone_finder() -> re.Pattern:
    known = sorted(_zones(), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, known), _ZONE]))
