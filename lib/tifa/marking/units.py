"""Administrative units named in a text, resolved by their neighbours and by where the page is from."""

import re

import rjieba

from tifa.marking import townships, zones
from tifa.marking.gazetteer import Place, gazetteer
from tifa.marking.town_units import Towns
from tifa.marking.unit_hits import Hit, hits
from tifa.marking.unit_reading import JOINT, NOWHERE, Home, Reading, Unit

# Named after a place, but often elsewhere: a unit only where the page is from there; a district hardly ever.
_NAMESAKE = re.compile(
    "(?P<hospital>医院|中心医院)|银行|大学|学院|医科|师范|交通大|理工|大厦|饭店|宾馆|酒店|证券|人寿|"
    "[路街]?店(?!镇|乡|村|子)|市场|菜场|商场|超市|广场|药[房店]|小学|中学|幼儿园|新城|[\u3400-\u9fff]{0,2}(?:社区|小区|花园|家园|新村)|公寓|国际(?!机场|航空|陆港|空港)|商城|公馆|名都|人家|苑|牌|菜|话|村(?![镇居庄])|城(?![区市乡镇东西南北中关])|"
    "日报|晚报|早报|晨报|快报|商报|都市报|新报|新闻|发布|融媒|电视台|广播|客户端|在线"
)
# 沙县小吃, 兰州拉面: sold anywhere.
_DISH = re.compile("小吃|拉面|牛肉面|火锅|烤鸭|米线|米粉|汤包|羊肉泡|热干面|肠粉")
# What may follow a short name that nothing else speaks for: 与胶州有交集, 义乌火车站; not 蒙山板材市场.
_EVIDENT = re.compile(
    "$|[^\u3400-\u9fff]|[的等市县区有和与及返来回方籍至到在疫]|"
    "火车|高铁|动车|机场|客运|汽车站|口岸|[东西南北]站|检查|调研|督|召开"
)
# 双流机场 may be a word of the dictionary; it is in 双流 all the same.
_STATION = re.compile("(?:国际)?(?:机场|火车站|高铁站|客运站|汽车站|口岸)")
# 区长贺兰英: a name after a post is a person's.
_TITLED = frozenset("长记任席者员志师")

_TOWN_NEXT = re.compile("[\u3400-\u9fff]{1,4}?(?:镇|乡|街道|办事处)")
# 到朝阳检查: even a common word is a district of the page's city here.
_TOUR = re.compile("检查|调研|督导|督查|暗访|视察|指导|慰问|巡查|走访|察看|督战|看望")
# 鼓楼、台江、晋安等区: whatever the words mean elsewhere, here they are districts.
_LIST_TAIL = re.compile(
    r"(?:[、，,和及][\u3400-\u9fff]{2,3})*(?:等?(?:\d+|[一二两三四五六七八九十]+)个?|等地?的?)(?:市辖区|区县|县区|县市区|县市|区市县|区|县|市|旗)"
)
# Last letters of names that say themselves what they are: 达茂旗, 恩施州.
_KINDS = frozenset("州市县区旗")
# Pages without a year are taken to be of the year that most such reports are of.
_USUAL_YEAR = 2022


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


class _Scan:
    """One reading of a text from left to right; it knows what was named last."""

    def __init__(self, text: str, home: Home, year: int | None):
        self.year = year
        self.reading = Reading(text, home)
        self.hits = {hit.start: hit for hit in hits(text)}
        self.towns = Towns(self.reading)

    def run(self) -> list[Unit]:
        hits = self.hits.values()
        # A district that only one city has tells which city an ambiguous one before it is in.
        certain = (h.name.places[0] for h in hits if len(h.name.places) == 1 and not (h.name.short or h.name.common))
        self.reading.cities = {place.city for place in certain if place.level in ("city", "district") and place.city}
        stops = [(match.start(), self._zone, match) for match in zones.found(self.reading.text)]
        stops += [(hit.start, self._unit, hit) for hit in hits]
        stops += [(listed.start, self.towns.take_listed, listed) for listed in townships.listed(self.reading.text)]
        stops += [(match.start(), self.towns.take, match) for match in self.towns.found]
        for start, take, found in sorted(stops, key=lambda stop: stop[0]):
            if start >= self.reading.end():
                take(found)
        return self.towns.with_short_names()

    # Provinces, cities, districts

    def _unit(self, hit: Hit):
        if self.towns.over(hit) or (hit.name.short and hit.start in self.towns.ends):
            return
        places = [p for p in hit.name.places if p.valid(self.year or _USUAL_YEAR)] or list(hit.name.places)
        place, evidence = self._choose(hit, places)
        if not self._acceptable(hit, place, evidence):
            return
        if _DISH.match(self.reading.text, hit.end) or (hit.name.short and place and self._namesake(hit, place)):
            return
        self.reading.add(hit.start, hit.end, place or Place("district", *NOWHERE, hit.string))

    def _namesake(self, hit: Hit, place: Place) -> bool:
        """Whether something is only named after the place: 江汉大学, 上海花园."""
        called = _NAMESAKE.match(self.reading.text, hit.end)
        at_home = bool(self.reading.home.city) and place.city == self.reading.home.city
        return bool(called) and not (at_home and (place.level == "city" or called["hospital"]))

    def _joined(self, hit: Hit) -> tuple[Place, ...]:
        """What the next name may be, if only a comma or 和 stands before it."""
        joint = JOINT.match(self.reading.text, hit.end)
        following = self.hits.get(joint.end()) if joint else None
        return following.name.places if following else ()

    def _choose(self, hit: Hit, places: list[Place]) -> tuple[Place | None, str]:
        """The unit meant, and what says so."""
        last, adjacent, joint = self.reading.before(hit.start)
        if adjacent and (found := [p for p in (*places, *hit.name.places) if _inside(p, last)]):
            return found[0], "adjacent"
        home, wide = self.reading.at_home(places), hit.name.short and _wide(places[0])
        near = [p for p in places if joint and p.city == last.city and (not wide or p in home)]
        near = near or [p for p in home if any(p.city == other.city for other in self._joined(hit))]
        if near and near[0].city:
            return near[0], "joint"
        if len(home) == 1 and not (wide and places[0].level == "province"):
            return home[0], "home"
        if wide:
            listed = (joint and _wide(last)) or any(map(_wide, self._joined(hit)))
            return places[0], "joint" if listed else "wide"
        if len(found := [p for p in places if p.city in self.reading.cities]) == 1:
            return found[0], "text"
        return (places[0], "only") if len(places) == 1 else (None, "none")

    def _acceptable(self, hit: Hit, place: Place | None, evidence: str) -> bool:
        """Whether a name is a unit here and no common word or part of one."""
        if hit.split or evidence in ("adjacent", "joint"):
            return True
        if hit.name.common:
            above_town = _TOWN_NEXT.match(self.reading.text, hit.end) and self._named_in_full(hit, place)
            return self._meant(hit, evidence) or bool(above_town)
        if self._torn(hit) and not self._named_in_full(hit, place):
            return False
        if not hit.name.short:
            return len(hit.string) > 2 or evidence == "home" or self.reading.introduced(hit.start)
        if place and place.level == "district" and self.reading.text[hit.start - 1 : hit.start] in _TITLED:
            return False
        if evidence == "only":
            if self.reading.home.city and place.city != self.reading.home.city and hit.end in self.hits:
                return False
            followed = hit.end in self.hits or hit.string[-1] in _KINDS or _EVIDENT.match(self.reading.text, hit.end)
            return self.reading.introduced(hit.start) and bool(followed)
        return evidence in ("wide", "home", "text")

    def _meant(self, hit: Hit, evidence: str) -> bool:
        """Whether a common word is a district: 城区 of a known city, 和平、沈河等区, 到朝阳检查 at home."""
        if not hit.name.short:
            return evidence in ("home", "text")
        if evidence == "home" and _STATION.match(self.reading.text, hit.end):
            return True
        if evidence == "home" and self.reading.text[hit.start - 1 : hit.start] in ("到", "赴", "在", "往"):
            return bool(_TOUR.match(self.reading.text, hit.end) or _LIST_TAIL.match(self.reading.text, hit.end))
        return evidence != "wide" and bool(_LIST_TAIL.match(self.reading.text, hit.end))

    def _torn(self, hit: Hit) -> bool:
        """Whether dictionary words cross the name's ends: 南通 in 东南通道."""
        at = max(0, hit.start - 8)
        ends = {at}
        for word in rjieba.cut(self.reading.text[at : hit.end + 8], False):
            at += len(word)
            ends.add(at)
        begins = hit.start in ends or self.reading.introduced(hit.start)
        if _STATION.match(self.reading.text, hit.end):
            return not begins
        return not begins or (hit.name.short and hit.string[-1] not in _KINDS and hit.end not in ends)

    def _named_in_full(self, hit: Hit, place: Place | None) -> bool:
        """当阳玉泉办事处, where the text has said 当阳市: whatever word of the dictionary crosses its end."""
        district = place.district if place and place.level == "district" else None
        said = bool(district) and district in self.reading.text[: hit.start]
        return said and self.reading.introduced(hit.start)

    # Zones

    def _zone(self, match: re.Match):
        place = zones.zones().get(match[0])
        if not place:
            last, adjacent, _ = self.reading.before(match.start())
            above = last if adjacent else self.reading.home
            city = gazetteer().by_name.get((above.province, above.city)) if above.city else None
            place = Place("zone", match[0], city and city.adcode, above.province, above.city, None)
        self.reading.add(match.start(), match.end(), place)


def _wide(place: Place | Unit) -> bool:
    return place.level in ("province", "city")


def _inside(place: Place, unit: Unit) -> bool:
    if unit.level == "province":
        return place.province == unit.province and place.level != "province"
    return unit.level == "city" and place.level != "city" and place.city == unit.city
