"""Development zones: those known by name, and what calls itself one."""

import re
from functools import cache

from tifa import data
from tifa.marking.gazetteer import Place, gazetteer

_ZONE = (
    "(?:国家级?)?(?:经济技术|高新技术产业|经济|高新技术|高新|工业)开发区|经开区|高新区|临空(?:经济)?区|临港新区|"
    "综合保税区|保税区|城乡一体化示范区|开发区"
)


@cache
def zones() -> dict[str, Place]:
    by_code, found = gazetteer().by_code, {}
    for line in data.lines("places/zones.tsv"):
        name, code = line.split("\t")
        found[name] = Place("zone", name, code, by_code[code].province, by_code[code].city, None)
    return found


@cache
def _tails() -> frozenset[str]:
    """The last two characters of every zone's name."""
    return frozenset(name[-2:] for name in zones()) | {"发区", "开区", "新区", "空区", "税区", "范区"}


def found(text: str) -> list[re.Match]:
    """Zones that a text names.

    Examples
    --------
    >>> [match[0] for match in found("在高新区检查")]
    ['高新区']
    """
    return list(_finder().finditer(text)) if any(tail in text for tail in _tails()) else []


@cache
def _finder() -> re.Pattern:
    known = sorted(zones(), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, known), _ZONE]))
