"""Sites: places that no gazetteer holds, read from the text by the word their name ends with."""

import re
from functools import cache, lru_cache

import ahocorasick_rs

from tifa import data
from tifa.marking.gazetteer import gazetteer
from tifa.marking.zones import zones

# A name cannot go beyond one of these. Quotation marks may be part of it: “红星”小区.
_MARKS = frozenset("，。；：！？、,;:!?\n…（()）《》/| ")
_CONJUNCTIONS = {"和": "谐睦", "及": "", "跟": "", "暨": "", "以及": ""}
_HEPING = "工医公广饭宾家里路街大楼村乡镇区新东西南北苑小社"
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
# 服装城二期 is of the kind of what it is a phase of.
_PHASE = re.compile("[一二三四五六]期")
_QUOTES = frozenset("“”‘’「」")
# Heads that other words of the name overrule: 服装城, 货运卸货区, 化工园, 中心小学安置点.
_TELLS_LITTLE = frozenset(("城", "区", "园", "安置点"))
_STATION = re.compile("(.{2,}?)[东南西北]?站")
_OF_A_COUNTY = re.compile("[省市县区州旗]")
_PEOPLE = ("管理人员", "工作者", "干部", "居民", "群众", "负责人", "城区")
_COUNT = re.compile("[0-9一二两三四五六七八九十余多]+[个家处所座]")


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
def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in data.lines(f"sites/{name}.txt") for word in line.split())


def _any(words) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _told_by() -> list[tuple[re.Pattern, str]]:
    """What a name without a telling head says of its kind: 高速出入口防疫健康服务点."""
    rows = (line.split("\t") for line in data.lines("sites/told_by.tsv"))
    return [(re.compile(pattern), kind) for kind, pattern in rows]


@cache
def weak_heads() -> frozenset[str]:
    return _words("weak_heads") | {head for head in heads() if len(head) == 1}


@cache
def _strong_head() -> re.Pattern:
    """A head that ends a name wherever it stands."""
    return re.compile(f"(?:{_any(heads().keys() - weak_heads())})(?!{_any(_PEOPLE)})")


@cache
def _common(lived_in: bool) -> frozenset[str]:
    """Words that make no name before a head, of places where people live and of others."""
    if lived_in:
        return _words("generic")
    facilities = {head for head, kind in heads().items() if kind not in ("other", "residential")}
    facilities = (facilities | _words("living")) - weak_heads() - _words("unique")
    return _words("generic") | _words("generic_facility") | facilities


def _composed(text: str, words: frozenset[str]) -> bool:
    """Whether a text is made of nothing but words of a set, and of counts (2个)."""
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(start in reached and _fits(text[start:end], words) for start in range(max(0, end - 10), end)):
            reached.add(end)
    return len(text) in reached


def _fits(word, words):
    return word in words or bool(_COUNT.fullmatch(word))


def light_verbs() -> frozenset[str]:
    """Verbs that end a name only where its head stands right before them."""
    return frozenset(entry.partition("!")[0] for entry in _words("light_verbs"))


@cache
def _stop_words() -> dict[str, str]:
    """Word that ends names: characters behind which it belongs to a name after all."""
    return dict(entry.partition("!")[::2] for entry in _words("after_site") | _words("light_verbs")) | _CONJUNCTIONS


@cache
def _stop_finder():
    """Finder, words, and whether what follows a word may make it part of a name."""
    words = [*_stop_words(), *_MARKS]
    finder = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return finder, words, [word in ("和", " ") or bool(_stop_words().get(word)) for word in words]


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
    return _words("not_heads") - heads().keys()


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
    if any(brand in name for brand in _words("brands")):
        return False
    lived_in = heads()[head] in ("residential", "village")
    return _composed(name[: -len(head)], _common(lived_in))


def stops(text: str) -> list[tuple[int, str]]:
    """Marks and words, in order, at which a name may have ended, with their offsets.

    Examples
    --------
    >>> stops("同滧村,检查防控")
    [(3, ','), (4, '检查'), (6, '防控')]
    """
    finder, words, guarded = _stop_finder()
    found = finder.find_matches_as_indexes(text)
    kept = [(start, words[i]) for i, start, end in found if not (guarded[i] and _in_name(text, end, words[i]))]
    return [_behind_gacha(text, *stop) for stop in kept] if "嘎查" in text else kept


def _behind_gacha(text, start, word):
    """嘎查看望: the word is 看望."""
    return (start + 1, word[1:]) if word[0] == "查" and len(word) > 1 and text[start - 1] == "嘎" else (start, word)


def _in_name(text, end, word):
    """检查 of 检查站, 和 of 和平路 and 呼和塔拉, 有 of 有限."""
    if word == " ":
        return text[end : end + 1].isascii() and text[end : end + 1].isalnum()
    behind = text[end : end + 1]
    if word == "和" and text[end - 2 : end - 1] == "呼":
        return True
    if word == "和" and behind == "平":
        return text[end + 1 : end + 2] in _HEPING
    return bool(behind) and behind in _stop_words().get(word, "")


def ends_names(words: str) -> bool:
    """Whether words begin with one that ends names, and not with a mark."""
    first = next(iter(stops(words)), (1, ""))
    return first[0] == 0 and not is_mark(first[1])


def is_strong(head: str) -> bool:
    """Whether a head ends a name wherever it stands."""
    return head not in weak_heads()


def is_peoples(text: str, end: int) -> bool:
    """社区 in 社区工作者 says who the people are."""
    return text.startswith(_PEOPLE, end)


def is_mark(stop: str) -> bool:
    """Whether a stop is a mark that no name goes beyond."""
    return stop[:1] in _MARKS


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


def stands_with_unit(name: str) -> bool:
    """Whether a generic name is one of a kind behind the name of a unit: 赤溪镇 + 派出所, but not 赤溪镇 + 老旧小区."""
    head = head_of(name)
    kind = None if is_room(head) else heads().get(head)
    if kind in ("market", "school", "enterprise"):
        return any(word in name for word in _words("one_in_a_town"))
    return kind not in ("residential", "village", "enterprise", None)


def is_common(word: str) -> bool:
    """Whether a word without a head is one of those that name no place: 厂区, 沿街."""
    return word in _words("generic") or word in _words("generic_facility")


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
    return not any(common in word for common in _words("no_sites"))


def is_kind_word(head: str) -> bool:
    """Whether a head only says what kind of place is meant: 企业, 车间."""
    return head in _words("kind_words") or is_room(head)


def is_room(head: str) -> bool:
    """Whether a head is that of a room or another part of a building: 车间."""
    return head in _words("rooms")


def is_facility(name: str) -> bool:
    """Whether a name is that of a firm, school, market or the like, which borders on nothing."""
    return heads().get(head_of(name), "other") not in ("residential", "village", "other")


def is_part(name: str) -> bool:
    """Whether a name is that of a part of a village, told by the village: 紫兰村的麦田."""
    return name in _words("parts") or name.endswith(
        ("大棚", "稻田", "麦田", "橙园", "果园", "茶园", "橘园", "桃园", "梨园", "苗圃", "菜园")
    )


def is_wide(name: str) -> bool:
    """Whether a name is that of a stretch with several sites in it: 鼓楼商圈."""
    return head_of(name) in _words("wide_heads")


def is_zone(name: str) -> bool:
    """Whether a name is that of a development zone or the like."""
    return name.endswith(("区", "园"))


def is_park(name: str) -> bool:
    """Whether a name is that of a park of firms: a stop by itself, unless the sentence goes on into one of them."""
    return name.endswith(("园", "园区")) and not name.endswith(("工业园", "工业园区"))


@lru_cache(maxsize=4096)
def is_unique(name: str) -> bool:
    """Whether a generic name is one of a kind in its county: 火车站, 人民医院, and what lies there: 火车站采样点."""
    owner = name[: -len(head_of(name) or name)]
    return any(part in _words("unique") or _UNIQUE_FORM.fullmatch(part) for part in (name, owner) if part)


def is_told_apart(name: str) -> bool:
    """Whether a generic name says more than what kind of place it is: 高速卡口, but not 超市 nor 重点场所.

    Examples
    --------
    >>> is_told_apart("高速卡口"), is_told_apart("超市"), is_told_apart("各卡口")
    (True, False, False)
    """
    own = name[: -len(head_of(name) or name)]
    return bool(own) and own not in _words("generic") and not _NOT_ONE.match(own)


def is_one_of_many(name: str) -> bool:
    """Whether a name is no more than a kind, in a list of kinds: 火车站, 社区核酸检测点, but 县医院 is one."""
    return is_unique(name) or (is_generic(name) and not _OF_A_COUNTY.match(name))


def is_anchored(name: str) -> bool:
    """Whether a generic name says whose it is: 县人民医院, 街道社区卫生服务中心."""
    return bool(_ANCHOR.match(name)) and stands_with_unit(name)
