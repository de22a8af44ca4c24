"""Townships and subdistricts of a text, with the district that each lies in."""

import re
from bisect import bisect_left

from tifa.marking import townships
from tifa.marking.gazetteer import Place, gazetteer
from tifa.marking.unit_hits import Hit
from tifa.marking.unit_reading import JOINT, NOWHERE, Reading, Unit

# 镇江, 镇海, 镇远, 镇宁 and 镇安 are units of their own.
_TOWN_OR_CITY = tuple("江海远宁安")
# Before and behind a township that is named again without its kind.
_ARRIVED = frozenset("到了达在去赴往开")
_PAUSES = frozenset("，,。、；;")
# A township's ending may stand so far behind a shorter name inside it.
_REACH = 6
_SHORTEST_OWNED = 3


class Towns:
    """Takes the townships of one text into its reading."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.found = [m for m in townships.FINDER.finditer(reading.text) if self._is_one(m)]
        self.starts = [m.start() for m in self.found]
        self.ends = {m.start() for m in self.found if m["town"] and self._next(m) in _TOWN_OR_CITY}

    def _next(self, match: re.Match) -> str:
        return self.reading.text[match.end() : match.end() + 1]

    def _is_one(self, match: re.Match) -> bool:
        """镇 in 堰口镇江黄村 ends a name although 镇江 is one, if there is such a township."""
        if not match["town"] or self._next(match) not in _TOWN_OR_CITY:
            return True
        return any(start < match.start() - 1 for start, *_ in townships.readings(self.reading.text, match, 0))

    def over(self, hit: Hit) -> bool:
        """上海 in 上海街道, 新乡 in 德新乡: the longer name is meant, if there is such a township here."""
        for match in reversed(self._between(hit.start + 1, hit.end + _REACH + 1)):
            if found := self._known(match, hit.start):
                start, name, place, sure = found
                if sure or (hit.name.short and hit.name.places[0].level == "district"):
                    self.reading.add(start, match.end(), place, name)
                    return True
        return False

    def _between(self, start: int, end: int) -> list[re.Match]:
        """Endings of townships that begin between two offsets."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def take(self, match: re.Match):
        # 嘉定镇街道, 北乡义镇: one name with two endings.
        for longer in self._between(match.end(), match.end() + _REACH):
            found = self._known(longer, match.start() - 1)
            if found and found[3]:
                return self.reading.add(found[0], longer.end(), found[2], found[1])
        if found := self._known(match, match.start()) or self._new_town(match):
            self.reading.add(found[0], match.end(), found[2], found[1])
        return None

    def _known(self, match: re.Match, latest: int) -> tuple[int, str, Place, bool] | None:
        """(start, official name, district, certain) of the longest name that fits and begins by ``latest``."""
        best = None
        for start, name, codes in townships.readings(self.reading.text, match, max(self.reading.end(), 0)):
            if start > latest:
                break
            place, sure = self._district_of(codes, start)
            if sure and (not match["weak"] or place.adcode in codes):
                return start, name, place, True
            if best is None and not match["weak"] and self._introduced(start, name):
                best = start, name, place, False
        return best

    def _introduced(self, start: int, name: str) -> bool:
        """所包联的|小黑河镇: behind 的 a long name is one, while a short one may say which kind of town."""
        owned = self.reading.text[start - 1 : start] == "的" and len(name) > _SHORTEST_OWNED
        return owned or self.reading.introduced(start)

    def _district_of(self, codes: tuple[str, ...], start: int) -> tuple[Place, bool]:
        """The district of a township, and whether the text or the page says so."""
        by_code = gazetteer().by_code
        last, adjacent, _ = self.reading.before(start)
        owned = last and self.reading.text[last.end : start] == "的"  # 殷都区的许家沟乡
        if (adjacent or owned) and last.level == "district":
            # What the text says outweighs the gazetteer: townships are merged and renamed every year.
            return by_code.get(last.adcode) or Place("district", *NOWHERE, last.district), True
        places = [by_code[code] for code in codes]
        if adjacent and last.level == "city" and (found := [p for p in places if p.city == last.city]):
            return _common_part(found), True
        if self.reading.district and self.reading.district.adcode in codes:
            return self.reading.district, True
        near = self.reading.at_home(places) or self._in_named_cities(places)
        if near and len({place.city for place in near}) == 1:
            return _common_part(near), True
        return Place("nowhere", *NOWHERE, None), False

    def _in_named_cities(self, places: list[Place]) -> list[Place]:
        """Those of the cities that the text names; a page that is from a city tells of its own townships."""
        if self.reading.home.city:
            return []
        return [p for p in places if p.city and p.city in self.reading.cities]

    def _new_town(self, match: re.Match) -> tuple[int, str, Place, bool] | None:
        """A township that the gazetteer lacks, where it follows its district (丹棱县石桥乡) or a verb of going."""
        text, last = self.reading.text, self.reading.units[-1] if self.reading.units else None
        if last and last.level in ("district", "city") and townships.is_name(text[last.end : match.start()]):
            names = townships.official(text[last.end : match.start()], match)
            place = gazetteer().by_code.get(last.adcode) or Place("district", *NOWHERE, last.district)
            return (last.end, names[0], place, True) if names else None  # 东城区簋街 is a street
        if last and last.level == "township" and (joint := JOINT.match(text, last.end)):
            stem = text[joint.end() : match.start()]
            if not match["weak"] and townships.is_name(stem):
                place = gazetteer().by_code.get(last.adcode) or Place("district", *NOWHERE, last.district)
                return joint.end(), townships.official(stem, match)[0], place, True
        for length in (3, 2):
            start = match.start() - length
            stem = text[max(start, 0) : match.start()]
            if start <= self.reading.end() or not self.reading.introduced(start):
                continue
            if again := self._named_before(text[start : match.end()]):
                return start, again.township, _district_of(again), True
            listed = text[start - 1] == "、" and last and last.level == "township" and townships.is_name(stem)
            if (listed and not match["weak"]) or townships.is_new_name(stem, match):
                return start, townships.official(stem, match)[0], Place("nowhere", *NOWHERE, None), False
        return None

    def _named_before(self, name: str) -> Unit | None:
        """A township that the gazetteer lacks and the text named before: B乡 of A镇、B乡 in 在B乡加油站."""
        return next((u for u in self.reading.units if u.level == "township" and u.text == name), None)

    def take_listed(self, listed: townships.Listed):
        """One of 彭桥、杏山等乡镇: the gazetteer or its neighbours say which kind it is."""
        for start in range(max(listed.start, self.reading.end()), listed.end - 1):
            stem = self.reading.text[start : listed.end]
            for kind in listed.kinds:
                codes = townships.table().get(stem + kind, ())
                place, sure = self._district_of(codes, start) if codes else (None, False)
                if sure:
                    self.reading.add(start, listed.end, place, stem + kind)
                    return

    def with_short_names(self) -> list[Unit]:
        """All units, with the townships that are named again without 镇 where somebody arrives: 到了鸦岭."""
        units, text = self.reading.units, self.reading.text
        taken = {unit.start for unit in units}
        for unit in {u.text: u for u in units if u.level == "township" and len(u.text) > 2}.values():
            short = unit.text.removesuffix("办事处").removesuffix("街道").rstrip("镇乡")
            at = text.find(short, unit.end) if len(short) > 1 else -1
            while at >= 0:
                end = at + len(short)
                if text[at - 1] in _ARRIVED and text[end : end + 1] in _PAUSES and at not in taken:
                    units = [*units, unit._replace(start=at, end=end, text=short)]
                at = text.find(short, end)
        return units if units is self.reading.units else sorted(units)


def _district_of(town: Unit) -> Place:
    """The district of a township of the text."""
    found = gazetteer().by_code.get(town.adcode)
    return found or Place("district" if town.district else "nowhere", *NOWHERE, town.district)


def _common_part(places: list[Place]) -> Place:
    """The district, or the city where its districts share the township's name."""
    if len(places) == 1:
        return places[0]
    city = gazetteer().by_name[places[0].province, places[0].city]
    return city._replace(level="nowhere")
