"""In which city, district and township: the ground that a tour is on, the units that hold until others are named."""

from functools import cache

from tifa.marking import site_heads, sites
from tifa.marking.places import Home, Unit, units_in
from tifa.marking.site_names import UNITS, Place

# What a city has for all its districts: 泉州市指挥部 is not in the district that the tour was in before.
_OF_A_CITY = frozenset(("transport_hub", "command_centre", "government_office"))


@cache
def _city_code(city: str | None) -> str | None:
    unit = next(iter(units_in(city)), None) if city else None
    return unit and unit.adcode


def _is_county_level(city: str | None) -> bool:
    """仙桃市, 阿拉尔市: a city right below the province, and the district of itself."""
    return (_city_code(city) or "")[2:4] == "90"


class Ground:
    """City, district and township in which the next place lies, as far as the report ties it to the last.

    A township holds while the text stays in it (来到A镇,走进B村), a district through a paragraph, or through the whole
    report where it is the only one. Behind a list of several areas nothing says in which of them the next place lies.
    """

    def __init__(self, home: Home, own: Unit | None):
        self.home, self.own = home, own
        self.province = self.city = self.district = self.township = self.adcode = None
        self.open = self.in_town = False
        self.districts: set[str] = set()
        self.towns: set[str] = set()
        self.base: Place | None = None
        self.last_town: str | None = None
        # Towns that one sentence gives as those of the tour: 深入A镇、B镇和C街道.
        self.itinerary: set[str] = set()
        self.reached: str | None = None

    def enter(self, place: Place):
        """The tour arrives at a place."""
        if place.city and self.city and place.city != self.city:
            self.leave()
        wide = place.area or place.kind in _OF_A_CITY
        lost = wide or (len(self.districts) > 1 and not self.open)
        if place.level == "zone":
            self.districts.add(place.level)
        if place.level == "zone" or (place.level in ("city", "province") and lost):
            self.leave()
        if place.city:
            self.province, self.city = place.province, place.city
        if place.named_after and place.district:
            if place.district != self.district:
                self.leave()
        elif place.district:
            if place.district != self.district or place.level == "district" or not self.open:
                self.township = None
            self.district, self.adcode = place.district, place.adcode
            self.districts.add(place.district)
        if place.site and place.township and not self.in_town:
            self.open = False  # 到A区检查,来到B街道C社区: what comes next is in the district only
        if place.township:
            self.township = place.township
            self.towns.add(place.township)
            self.last_town = self.reached = place.township
        elif not self.open:
            self.township = None
        if place.area or (place.site and site_heads.is_wide(place.site)):
            self.open, self.in_town = bool(place.district or place.township), bool(place.township)

    def begins_in(self, area: Place):
        """The report says first that the tour goes to one township: all of it is there, if no other is named."""
        self.base = area if area.township else None

    def another_leader(self, local: bool):
        """The tour of another leader: nothing says that it is where the first one's is, but for a county's leader."""
        self.base = self.last_town = None
        self.towns = set()
        district, adcode = self.district, self.adcode
        self.leave()
        if local and len(self.districts) == 1:
            self.district, self.adcode = district, adcode

    def leave(self):
        """What follows is elsewhere."""
        self.district = self.township = self.adcode = None
        self.open = False

    def again(self):
        """该街道: the township named last holds once more."""
        self.township, self.open = self.last_town, True

    def goes_on(self, same_township: bool):
        """随后, 又: the next stop; its township is the last only where it says so (来到街道卫生服务中心)."""
        self.open = same_township
        if not same_township:
            self.township = None

    def later(self):
        """Another time of day, or another day, ends a district that is one of several."""
        if len(self.districts) > 1:
            self.leave()

    def new_paragraph(self, settled: bool):
        """A paragraph ends a township unless the tour has just arrived there and has been to no place in it."""
        if settled or not self.open:
            self.township, self.open = None, False

    def lose_way(self, places: list[Place]):
        """Several areas were named together."""
        self.township, self.open = None, False
        if len({place.district for place in places if place.area}) > 1:
            self.district = self.adcode = None

    def around(self, place: Place) -> dict:
        """The units of a place, its own first."""
        here = {field: getattr(place, field) or getattr(self, field) for field in UNITS}
        if place.level == "district":
            here["township"] = place.township
        here["province"] = here["province"] or self.home.province
        here["city"] = here["city"] or self.home.city
        if not here["district"] and _is_county_level(here["city"]):
            here["district"] = here["city"]
        here["adcode"] = (place if place.district else self).adcode if here["district"] else _city_code(here["city"])
        if not here["district"] and self.own and here["city"] in (None, self.own.city):
            here |= {
                field: getattr(self.own, field) or here[field] for field in ("province", "city", "district", "adcode")
            }
        if self.base and len(self.towns) == 1 and self._may_be_in_base(place, here):
            here["township"] = here["township"] or self.base.township
        if self.reached in self.itinerary and self._is_in_itinerary(place):
            here["township"] = here["township"] or self.reached
        if self.own and self.own.township and self.own.district in (None, here["district"]):
            here["township"] = here["township"] or self.own.township
        return here

    def _is_in_itinerary(self, place: Place) -> bool:
        """深入A镇、B镇: once the tour has come to one of them, what is named without its town is in it."""
        own = (
            place.level in ("city", "district", "zone")
            or place.kind in _OF_A_CITY
            or sites.is_anchored(place.site or "")
        )
        return bool(place.site) and not own and place.kind != "checkpoint" and len(self.districts) <= 1

    def _may_be_in_base(self, place: Place, here: dict) -> bool:
        same = here["district"] in (None, self.base.district) or self.base.district is None
        return same and place.kind not in _OF_A_CITY and place.level not in ("city", "district", "zone")
