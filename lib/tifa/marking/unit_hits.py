"""Names of provinces, cities and districts in a text, before it is known whether they stand for units."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tifa.marking.gazetteer import Name, gazetteer

# A short name that goes on like this is a street or a feature of the land: 上海路, 河南中路, 江西岸, 通州湾.
_STREET = re.compile(
    "[东西南北中]{0,2}(?:[一二三四五六七八九十]+)?(?:路(?!上|途|过|口)|大街|街(?![道头镇上区乡])|大道|巷|弄)|"
    "[岸麓坡侧湾]|湖(?![州南北里滨])|岛(?!市)"
)
# 上海市民, 义乌市场: the 市 belongs to the next word. 西湖区域: no district.
_MARKET = re.compile("场|民(?!和)|容(?!县)|郊(?!区)")
_AREA = re.compile("域|间(?!接)")
# 代县长 acts for a head of county.
_ACTING = "代县"
_NO_NAME = Name((), False, False)


class Hit(NamedTuple):
    """A name of the gazetteer in the text, not yet known to be a unit."""

    start: int
    end: int
    string: str
    name: Name
    split: bool = False


def hits(text: str) -> Iterator[Hit]:
    """Names of provinces, cities and districts; streets and words that a name runs into are left out."""
    names = gazetteer().names
    for string, start, end in gazetteer().find(text):
        hit = Hit(start, end, string, names[string])
        if not hit.name.short:
            if string[-1] == "市" and (inner := _without_city(hit, text)):
                yield from inner
                continue
            if string[-1] == "区" and _AREA.match(text, end):
                continue
        if hit.string == _ACTING and text.startswith("长", hit.end):
            continue
        if not (hit.name.short and _STREET.match(text, hit.end)):
            yield hit


def _without_city(hit: Hit, text: str) -> list[Hit]:
    """上海市民 holds 上海, 青岛市南区 holds 青岛 and 市南区; [] where the 市 is the city's own."""
    names = gazetteer().names
    bare = hit.string[:-1]
    if bare not in names:
        return []
    city = Hit(hit.start, hit.end - 1, bare, names[bare], True)
    place, district = hit.name.places[0], text[hit.end - 1 : hit.end + 2]
    if place.level == "city" and any(p.city == place.city for p in names.get(district, _NO_NAME).places):
        return [city, Hit(hit.end - 1, hit.end + 2, district, names[district], True)]
    return [city] if _MARKET.match(text, hit.end) else []
