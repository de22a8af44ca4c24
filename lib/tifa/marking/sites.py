"""What a name of a site tells: whether of one place or any, of one in its town or county, or of a part of another."""

import re
from functools import cache, lru_cache

from tifa.marking.site_heads import head_of, heads, is_kind_word, is_room, not_heads, weak_heads, words_of
from tifa.marking.site_stops import stops

# 市第三人民医院, 县指挥部, 镇卫生院: one of a kind in the unit meant, although no part of it is a name.
_ANCHOR = re.compile(
    r"我?(?:自治区|省|市|区|县|州|旗|镇|乡|街道|村|社区)"
    r"(?!际|[镇街村居乡组道路辖城里内外界域间]|[县市区](?!场|政|民|委)|.{0,2}(?:小区|社区|村)$)"
)
_NOT_ONE = re.compile("[各每多几两一0-9]|部分|重点|有关|相关")
_UNIQUE_FORM = re.compile(
    r"高速(?:公路)?路?[东西南北]?(?:出|入|出入)?口|第?[一二三四五六七八九十]{1,2}(?:中|小|中学|小学)"
    r"|.{0,2}(?:火车|高铁|汽车|客运)[东南西北]站|(?:县城|城区|城)?[东南西北]{1,2}(?:出|入|出入)口(?:卡[点口]|检查[点站]|执勤点)?"
)
# 县一高, 县五小
_NUMBERED_SCHOOL = re.compile("第?[一二三四五六七八九十]{1,2}[中小高幼]$")
# Of these every town has one.
_TOWNS_ONE = re.compile(
    "(?:中心)?(?:卫生院|敬老院|小学|中学|幼儿园)|派出所|政府|(?:便民|党群|政务)服务中心|(?:农贸|集贸)市场|社区卫生服务中心"
)
_QUOTES = frozenset("“”‘’「」")
_OF_A_COUNTY = re.compile("[省市县区州旗]")
# 三家村, 四家子村, 三条岘村: villages are counted by 个 alone.
_NUMBERED_VILLAGE = re.compile("[三四五六七八九十百][家条户处].{0,2}(?<![乡农山渔新])(?:村|屯|寨)")
_COUNT = re.compile("[0-9一二两三四五六七八九十余多]+[个家处所座]")


@cache
def _common(lived_in: bool) -> frozenset[str]:
    """Words that make no name before a head, of places where people live and of others."""
    if lived_in:
        return words_of("generic")
    facilities = {head for head, kind in heads().items() if kind not in ("other", "residential")}
    facilities = (facilities | words_of("living")) - weak_heads() - words_of("unique")
    return words_of("generic") | words_of("generic_facility") | facilities


def _composed(text: str, words: frozenset[str]) -> bool:
    """Whether a text is made of nothing but words of a set, and of counts (2个)."""
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(start in reached and _fits(text[start:end], words) for start in range(max(0, end - 10), end)):
            reached.add(end)
    return len(text) in reached


def _fits(word, words):
    return word in words or bool(_COUNT.fullmatch(word))


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Whether an expression names no particular place.

    Examples
    --------
    >>> is_generic("老旧小区"), is_generic("集中隔离点"), is_generic("荷风小区")
    (True, True, False)
    """
    head = head_of(name)
    if not head or is_kind_word(head):
        return not name or bool(head)
    if any(brand in name for brand in words_of("brands")) or is_numbered_village(name):
        return False
    lived_in = heads()[head] in ("residential", "village")
    return _composed(name[: -len(head)], _common(lived_in))


def is_numbered_village(name: str) -> bool:
    """Whether a number and a measure begin the name of a village, and count nothing: 四家子村, but not 四个村."""
    return bool(_NUMBERED_VILLAGE.fullmatch(name))


def stands_with_unit(name: str) -> bool:
    """Whether a generic name is one of a kind behind the name of a unit: 赤溪镇 + 派出所, but not 赤溪镇 + 老旧小区."""
    head = head_of(name)
    kind = None if is_room(head) else heads().get(head)
    if kind == "school" and _NUMBERED_SCHOOL.search(name):
        return True
    if kind in ("market", "school", "enterprise"):
        return any(word in name for word in words_of("one_in_a_town"))
    return kind not in ("residential", "village", "enterprise", None)


def is_one_in_a_town(name: str) -> bool:
    """Whether a generic name is that of something of which every town has one: 卫生院, 加油站."""
    return name in words_of("one_in_a_town") or bool(_TOWNS_ONE.fullmatch(name))


def is_common(word: str) -> bool:
    """Whether a word without a head is one of those that name no place: 厂区, 沿街."""
    return word in words_of("generic") or word in words_of("generic_facility")


@lru_cache(maxsize=4096)
def may_be_name(word: str) -> bool:
    """Whether a word without a head may be a place's name all the same: no common word is in it.

    Examples
    --------
    >>> may_be_name("一寨两国"), may_be_name("田间地头"), may_be_name("群众中间")
    (True, False, False)
    """
    if not 3 <= len(word) <= 10 or stops(word) or _QUOTES & set(word) or _composed(word, _common(False) | not_heads()):
        return False
    return not any(common in word for common in words_of("no_sites"))


def is_part(name: str) -> bool:
    """Whether a name is that of a part of a village, told by the village: 紫兰村的麦田."""
    return name in words_of("parts") or name.endswith(
        ("大棚", "稻田", "麦田", "橙园", "果园", "茶园", "橘园", "桃园", "梨园", "苗圃", "菜园")
    )


@lru_cache(maxsize=4096)
def is_unique(name: str) -> bool:
    """Whether a generic name is one of a kind in its county: 火车站, 人民医院, and what lies there: 火车站采样点."""
    owner = name[: -len(head_of(name) or name)]
    return any(part in words_of("unique") or _UNIQUE_FORM.fullmatch(part) for part in (name, owner) if part)


def is_told_apart(name: str) -> bool:
    """Whether a generic name says more than what kind of place it is: 高速卡口, but not 超市 nor 重点场所.

    Examples
    --------
    >>> is_told_apart("高速卡口"), is_told_apart("超市"), is_told_apart("各卡口")
    (True, False, False)
    """
    own = name[: -len(head_of(name) or name)]
    return bool(own) and own not in words_of("generic") and not _NOT_ONE.match(own)


def is_one_of_many(name: str) -> bool:
    """Whether a name is no more than a kind, in a list of kinds: 火车站, 社区核酸检测点, but 县医院 is one."""
    return is_unique(name) or (is_generic(name) and not _OF_A_COUNTY.match(name))


def is_anchored(name: str) -> bool:
    """Whether a generic name says whose it is: 县人民医院, 街道社区卫生服务中心."""
    return bool(_ANCHOR.match(name)) and stands_with_unit(name)
