"""Heads of sites, the words their names end with, and the kind of site that each tells."""

import re
from functools import cache, lru_cache

from tifa import data
from tifa.marking.gazetteer import gazetteer
from tifa.marking.zones import zones

# 服装城二期 is of the kind of what it is a phase of.
_PHASE = re.compile("[一二三四五六]期")
# Heads that other words of the name overrule: 服装城, 货运卸货区, 化工园, 中心小学安置点.
_TELLS_LITTLE = frozenset(("城", "区", "园", "安置点"))
_STATION = re.compile("(.{2,}?)[东南西北]?站")
_PEOPLE = ("管理人员", "工作者", "干部", "居民", "群众", "负责人", "城区")


@cache
def heads() -> dict[str, str]:
    """Kind of site by the head of its name."""
    kinds = {}
    for line in data.lines("sites/heads.txt"):
        kind, _, heads = line.partition(":")
        for head in heads.split():
            kinds.setdefault(head, kind)
    return kinds


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one of the lists of data/sites."""
    return data.words(f"sites/{name}.txt")


@cache
def _told_by() -> list[tuple[re.Pattern, str]]:
    """What a name without a telling head says of its kind: 高速出入口防疫健康服务点."""
    rows = (line.split("\t") for line in data.lines("sites/told_by.tsv"))
    return [(re.compile(pattern), kind) for kind, pattern in rows]


@cache
def weak_heads() -> frozenset[str]:
    return words_of("weak_heads") | {head for head in heads() if len(head) == 1}


@cache
def _strong_head() -> re.Pattern:
    """A head that ends a name wherever it stands."""
    return re.compile(f"(?:{data.any_of(heads().keys() - weak_heads())})(?!{data.any_of(_PEOPLE)})")


@lru_cache(maxsize=4096)
def head_of(name: str) -> str | None:
    """The head a name ends with, or None.

    Examples
    --------
    >>> head_of("盈浦街道社区卫生服务中心"), head_of("老百姓")
    ('社区卫生服务中心', None)
    """
    name = name.rstrip('”"』」')
    for length in range(min(_longest_head(), len(name)), 0, -1):
        head = name[-length:]
        if head in not_heads():
            return None
        if head in heads() and is_long_enough(head, len(name)):
            return head
    return None


@cache
def not_heads() -> frozenset[str]:
    """Common words that end like a name and are none."""
    return words_of("not_heads") - heads().keys()


@cache
def _longest_head() -> int:
    return max(map(len, heads()))


def is_long_enough(head: str, length: int) -> bool:
    """Whether a name of so many characters can end with a head: 现场 is no 场, 李村 is a village."""
    return len(head) > 1 or length >= (2 if head in "村屯寨庄" else 3)


def kind_of(site: str | None) -> str:
    """Kind of site, by the head of its name.

    Parameters
    ----------
    site : str or None
        Name as written. None is presence in an area without a named place.

    Returns
    -------
    str
        One of the kinds of data/sites/heads.txt; "other" where no head tells.

    Examples
    --------
    >>> kind_of("梅山里社区"), kind_of("街道社区卫生服务中心"), kind_of("复兴馆方舱医院"), kind_of(None)
    ('residential', 'clinic', 'fangcang', 'other')
    """
    head = head_of(site) if site else None
    if head and _PHASE.fullmatch(head) and head_of(site[: -len(head)]):
        return kind_of(site[: -len(head)])
    kind = heads()[head] if head else "other"
    if site and (kind == "other" or head in _TELLS_LITTLE):
        kind = next((told for pattern, told in _told_by() if pattern.search(site)), kind)
    return "transport_hub" if head == "站" and kind == "other" and _is_railway_station(site) else kind


def _is_railway_station(name):
    """大理站, 洛阳东站, 雄安站: a station with no more than the name of its city or new area."""
    match = _STATION.fullmatch(name)
    return bool(match) and (match.group(1) in gazetteer().names or f"{match.group(1)}新区" in zones())


def is_strong(head: str) -> bool:
    """Whether a head ends a name wherever it stands."""
    return head not in weak_heads()


def is_peoples(text: str, end: int) -> bool:
    """社区 in 社区工作者 says who the people are."""
    return text.startswith(_PEOPLE, end)


def trim(text: str) -> str:
    """The name at the beginning of an expression, as far as its last head; '' where it has none.

    Examples
    --------
    >>> trim("兴旺社区居家服务"), trim("群众中间")
    ('兴旺社区', '')
    """
    if head_of(text):
        return text
    ends = [match.end() for match in _strong_head().finditer(text)]
    return text[: ends[-1]] if ends else ""


def first_head(text: str) -> int:
    """Where the first head of an expression ends; 0 where it has none."""
    match = _strong_head().search(text)
    return match.end() if match else 0


def is_kind_word(head: str) -> bool:
    """Whether a head only says what kind of place is meant: 企业, 车间."""
    return head in words_of("kind_words") or is_room(head)


def is_room(head: str) -> bool:
    """Whether a head is that of a room or another part of a building: 车间."""
    return head in words_of("rooms")


def is_facility(name: str) -> bool:
    """Whether a name is that of a firm, school, market or the like, which borders on nothing."""
    return heads().get(head_of(name), "other") not in ("residential", "village", "other")


def is_wide(name: str) -> bool:
    """Whether a name is that of a stretch with several sites in it: 鼓楼商圈."""
    return head_of(name) in words_of("wide_heads")


def is_zone(name: str) -> bool:
    """Whether a name is that of a development zone or the like."""
    return name.endswith(("区", "园"))


def is_park(name: str) -> bool:
    """Whether a name is that of a park of firms: a stop by itself, unless the sentence goes on into one of them."""
    return name.endswith(("园", "园区")) and not name.endswith(("工业园", "工业园区"))
