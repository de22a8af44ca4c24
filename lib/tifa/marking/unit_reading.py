"""What is known at a point of a text that is read for administrative units: where it is from, what was named last."""

import re
from typing import NamedTuple

from tifa.marking.gazetteer import Place

# Letters that may stand before a name: prepositions, verbs of going and seeing. After another letter a rare or
# two-letter name is taken for a part of a word (示范县).
_INTRODUCE = frozenset("在到赴往至于向从和与及对抵进入访由经为是以达临驻返离来去察查研导看望问给了过联保系回奔自把")
JOINT = re.compile("[、，,和与及以跟暨]{1,2}")
_HAN = re.compile("[\u3400-\u9fff〇]")
# Name, adcode, province and city of a place that nothing tells.
NOWHERE = (None, None, None, None)


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


class Reading:
    """Units found so far, in order; the district and the cities named last."""

    def __init__(self, text: str, home: Home):
        self.text, self.home = text, home
        self.units: list[Unit] = []
        self.district: Place | None = None
        self.cities: set[str | None] = set()

    def end(self) -> int:
        return self.units[-1].end if self.units else 0

    def add(self, start: int, end: int, place: Place, township: str | None = None):
        level = "township" if township else place.level
        names = (place.province, place.city, place.district, township, place.adcode)
        self.units.append(Unit(start, end, self.text[start:end], level, *names))
        if place.city:
            self.cities.add(place.city)
        if place.level != "nowhere":
            self.district = place if place.level == "district" else None

    def before(self, start: int) -> tuple[Unit | None, bool, bool]:
        """(last unit, whether it ends right here, whether only a comma or 和 stands between)."""
        if not self.units:
            return None, False, False
        gap = self.text[self.units[-1].end : start]
        return self.units[-1], not gap, bool(JOINT.fullmatch(gap))

    def introduced(self, start: int) -> bool:
        before = self.text[start - 1 : start]
        return not before or start == self.end() or before in _INTRODUCE or not _HAN.match(before)

    def at_home(self, places: list[Place]) -> list[Place]:
        """Those of ``places`` that lie where the page is from, as narrowly as can be."""
        home = self.home
        in_city = [p for p in places if home.city and p.city == home.city]
        if home.city:
            return [p for p in in_city if home.district and p.district == home.district] or in_city
        return [p for p in places if home.province and p.province == home.province]
