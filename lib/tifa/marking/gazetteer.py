"""The gazetteer: provinces, cities and districts of China, with the changes of 2018 to 2023."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from tifa import data

# Province-level cities are their own city; counties without a city above them have 90 as the second pair of digits.
_MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
_NO_CITY = "90"
_ALWAYS = ("0000-00", "9999-99")


class Place(NamedTuple):
    """One unit. ``city`` and ``district`` are None above their level; ``since`` and ``until`` are months."""

    level: str
    name: str
    adcode: str
    province: str
    city: str | None
    district: str | None
    since: str = _ALWAYS[0]
    until: str = _ALWAYS[1]

    def within(self, other: "Place") -> bool:
        """Whether ``other`` is a unit above this one."""
        if other.level == "province":
            return self.level != "province" and self.province == other.province
        return other.level == "city" and self.level == "district" and self.city == other.city

    def valid(self, year: int | None) -> bool:
        """Whether the unit existed at some time of ``year``; any unit did in an unknown year."""
        return year is None or (self.since[:4] <= str(year) <= self.until[:4])


class Name(NamedTuple):
    """What a string may stand for, widest units first."""

    places: tuple[Place, ...]
    short: bool
    common: bool


class Gazetteer(NamedTuple):
    """Names of provinces, cities and districts with their finder; ``by_name`` has cities by (province, city)."""

    names: dict[str, Name]
    strings: tuple[str, ...]
    finder: ahocorasick_rs.AhoCorasick
    by_code: dict[str, Place]
    by_name: dict[tuple[str, str | None], Place]

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(name, start, end) of every longest name, in order."""
        return [(self.strings[i], start, end) for i, start, end in self.finder.find_matches_as_indexes(text)]


def _rows():
    """(adcode, name, short names, since, until) of present units, then of those that are no more."""
    since, until, gone = {}, {}, []
    for line in data.lines("places/changes.tsv"):
        month, old_code, old_name, code, name = line.split("\t")
        if (old_code, old_name) != (code, name):
            since[code, name] = max(month, since.get((code, name), ""))
            until[old_code, old_name] = month
            gone.append((old_code, old_name))
    present = [line.split("\t") for line in data.lines("places/units.tsv")]
    known = {(row[0], row[1]) for row in present}
    for code, name, *short in present:
        yield code, name, short[0].split() if short else [], since.get((code, name), _ALWAYS[0]), _ALWAYS[1]
    for code, name in dict.fromkeys(gone):
        if (code, name) not in known:
            short = [name[:-1]] if len(name) > 2 else []
            yield code, name, short, _ALWAYS[0], until[code, name]


def _is_zone(code: str, name: str) -> bool:
    return code[4] == "7" or name.endswith(("行政委员会", "管委会"))


def _place(code: str, name: str, since: str, until: str, names: dict[str, str]) -> Place:
    province = names[code[:2] + "0000"]
    if code.endswith("0000"):
        level = "city" if code[:2] in _MUNICIPALITIES else "province"
        return Place(level, name, code, province, name if level == "city" else None, None, since, until)
    own_city = code[2:4] == _NO_CITY and name.endswith("市")
    if code.endswith("00") or own_city:
        return Place("city", name, code, province, name, None, since, until)
    city = province if code[:2] in _MUNICIPALITIES else names.get(code[:4] + "00")
    if _is_zone(code, name):
        return Place("zone", name, _code_above(code, names), province, city, None, since, until)
    return Place("district", name, code, province, city, name, since, until)


def _code_above(code: str, names: dict[str, str]) -> str:
    """A zone has no code of its own: that of its city."""
    return code[:4] + "00" if code[:4] + "00" in names else code[:2] + "0000"


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built when first asked for.

    Examples
    --------
    >>> [place.adcode for place in gazetteer().names["鼓楼区"].places]
    ['320106', '320302', '350102', '410204']
    """
    rows = list(_rows())
    official = {code: name for code, name, *_ in rows if code.endswith("00")}
    by_code, full, short = {}, defaultdict(list), defaultdict(list)
    for code, name, shorts, since, until in rows:
        place = _place(code, name, since, until, official)
        by_code.setdefault(code, place)
        full[name].append(place)
        for each in shorts:
            short[each].append(place)
    common = data.words("places/common_words.txt")
    names = {string: Name(_widest(places), True, string in common) for string, places in short.items()}
    names |= {string: Name(tuple(places), False, string in common) for string, places in full.items()}
    strings = tuple(names)
    finder = ahocorasick_rs.AhoCorasick(strings, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    by_name = {(place.province, place.city): place for place in by_code.values() if place.level == "city"}
    return Gazetteer(names, strings, finder, by_code, by_name)


def _widest(places: list[Place]) -> tuple[Place, ...]:
    """河南 is the province before it is a county, 长沙 the city before the county."""
    order = ("province", "city", "district", "zone")
    return tuple(sorted(places, key=lambda place: order.index(place.level)))
