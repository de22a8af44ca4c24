"""How a place relates to the stops before it: a part of the last one, in its town, or further on."""

import re

from tifa.marking import sites
from tifa.marking.site_names import UNITS, Place
from tifa.studies.visiting.report import Sentence
from tifa.studies.visiting.stops import Stop
from tifa.studies.visiting.verbs import Verb

_STEM = re.compile("(?:街道|镇|乡|苏木)$")
# Shorter names are in several townships.
_TELLING = 3
# 随后, 又: the tour goes on, and what was not said again no longer holds.
_NEXT_STOP = re.compile("随后|接着|之后|然后|而后|下午|上午|傍晚|晚上|次日|最后|又|还|再|并|第.站")
# 又在A村坐下: 又 alone moves nobody.
_LATER_ON = re.compile("随后|接着|之后|然后|而后|下午|上午|傍晚|晚上|次日|最后|第.站")
_TOWNSHIPS_OWN = re.compile(
    "(?:位于)?(?:街道|镇|乡|村)|(?:旁边|隔壁|附近|对面|不远处|近旁|一旁|邻近|相邻)的"
    "|[与和同][^，,。；;的]{0,12}(?:相隔|一[路墙]之隔)[^，,。；;的]{0,6}的"
)
_INNER = re.compile(
    "[^，,]{0,4}(?:住院|门诊)部?(?:大楼|楼)|[内外][^，,]{0,2}科(?:大楼|楼)|(?:集控|总控|综合|办公|教学|住院|门诊|宿舍|调度)楼|[^，,]{0,6}(?:冻品|冷冻|冷链|熟食|肉类|活禽|水产|水果|果蔬|蔬菜|摊位|交易|作业|装卸|管理|周转|生产|仓储|存储)(?:[一二三四五六])?区"
    "|[^，,]{0,4}(?:调度|操作|控制|监控|化验|会议|检测)室|[^，,]{0,6}(?<!就业)(?<!扶贫)(?<!帮扶)车间|小区[^，,]{0,4}(?:花园|广场|凉亭|门口|大门)|村[口里内头]的.+"
)
# Places with parts that are looked at, words that stand for them there, and kinds of such parts.
_WITH_PARTS = frozenset(("transport_hub", "hospital", "school", "market", "enterprise"))
_CALLED = ("市场", "车站", "机场", "码头", "医院", "学校", "商场", "超市", "景区", "园区", "酒店")
_PARTS = frozenset(("other", "testing_site", "isolation_site", "checkpoint", "command_centre"))
_OTHERWISE = re.compile("监管|监督|[路街、，,和及与]")
# 先到A村看秧苗,再到B村看水渠,最后到C站: one round, told in one breath.
_ROUND = re.compile("先(?!后)[^。；;]+[，,](?:再|又|接着|然后|最后)")


def moves_on(body: str, verb: Verb, since: int) -> bool:
    """Whether the words between an offset and the verb say that the tour goes on to another place."""
    words = _LATER_ON if verb.how == "within" else _NEXT_STOP
    reached = verb.start + (body[verb.start] == "后")  # 随|后到
    return verb.how == "stop" or bool(words.search(body, since, reached))


def is_round(body: str, start: int, end: int) -> bool:
    """Whether a sentence tells of one round of places, which are in one township if the first is."""
    return bool(_ROUND.search(body, start, end))


def is_towns_own(body: str, at: int) -> bool:
    """Whether words say that the place is in the township of the last one: 镇里的中学, 旁边的小区."""
    return bool(_TOWNSHIPS_OWN.match(body, at))


def without_kinds(places: list[Place]) -> list[Place]:
    """A list without what only says a kind, where others of it do: 看了五个卡点、一个口岸.

    Among names, 高速卡口 and 汽车站 are the ones that everybody knows.
    """
    if len(places) < 2 or not any(place.generic for place in places):
        return places
    named = [p for p in places if p.site and not p.generic and not sites.is_one_of_many(p.site)]
    if len(named) * 2 > len(places):
        return [p._replace(generic=p.generic and not sites.is_told_apart(p.site)) for p in places]
    return [p for p in places if p.generic or p.township or not (p.site and sites.is_one_of_many(p.site))]


def in_the_town(place: Place, stops: list[Stop], sentence: Sentence) -> Place:
    """到石桥镇,检查了卫生院、派出所: those of the town that the sentence has just come to."""
    last = stops[-1] if stops else None
    there = (
        last
        and last.area
        and not last.site
        and last.sentence is sentence
        and last.units["township"]
        and not last.listed
    )
    if not (there and place.generic and not place.township and sites.is_one_in_a_town(place.site or "")):
        return place
    units = {unit: last.units[unit] for unit in UNITS}
    return place._replace(site=units["township"] + place.site, generic=False, **units)


def is_inner(name: str) -> bool:
    """Whether a name can only be that of a part of a place: 集控楼, 周转二区, 小区中心花园."""
    return bool(_INNER.fullmatch(name))


def is_inside(stops: list[Stop], sentence: Sentence, place: Place) -> bool:
    """Whether a shop or yard is looked at in a place that was entered before, and no place of its own."""
    if place.district or place.township or not stops:
        return False
    last = stops[-1]
    beside = last.sentence is sentence and last.inspected
    return last.kind == "visit" and last.sentence.paragraph == sentence.paragraph and not last.area and not beside


def looks_around(body: str, stops: list[Stop], sentence: Sentence, verb: Verb, places: list[Place]) -> bool:
    """在石桥火车站,他走了出站口、车站指挥中心; 深入市场门头、交易区: parts of the place that was entered before."""
    last = stops[-1] if stops else None
    if not last or last.place.kind not in _WITH_PARTS or any(p.district or p.township for p in places):
        return False
    own = next((word for word in _CALLED if last.site.endswith(word)), None)
    if own and any(_is_called(body, own, at) for at in (verb.end, *(p.start for p in places))):
        return True
    before = body[sentence.start : verb.start]
    entered = before.startswith("在") and re.match(f"在[^，,]{{0,6}}{re.escape(last.site)}[^，,]{{0,4}}[，,]", before)
    return bool(entered) and len(places) > 1 and all(p.kind in _PARTS for p in places)


def _is_called(body, own, at):
    """市场|门头, but not 市场|监管局."""
    return body.startswith(own, at) and not _OTHERWISE.match(body, at + len(own))


def is_part_of_last(body: str, stops: list[Stop], place: Place) -> bool:
    """Whether the place is told by the last stop: 在A村的陶艺馆门前, when the leader is in the village already."""
    last = stops[-1] if stops else None
    known = last and last.site and last.site != place.site
    return bool(known and body.startswith(f"{last.site}的", place.start))


def is_in_last_area(stops: list[Stop], sentence: Sentence, place: Place) -> bool:
    """来到A县B镇,检查A县人民医院: the hospital is in the town, although its name begins with the county's."""
    last = stops[-1] if stops else None
    same = last and last.area and last.sentence is sentence and place.district in (None, last.units["district"])
    return bool(same and not place.township)


def is_reached_in(stops: list[Stop], sentence: Sentence) -> bool:
    """来到A镇,先后走进B小区和县医院: all of the list is in the town that the sentence begins with."""
    here = [stop for stop in stops if stop.sentence is sentence]
    return bool(here) and here[0].area and bool(here[0].units["township"])


def each_in_its_own(places: list[Place], stops: list[Stop], sentence: Sentence) -> list[Place]:
    """到A镇、B街道检查,分别走进C村和D社区: one in each."""
    areas = [stop for stop in stops if stop.listed and stop.sentence is sentence]
    if len(areas) != len(places) or any(place.township or place.district for place in places):
        return places
    pairs = zip(places, areas, strict=True)
    return [place._replace(**{unit: area.units[unit] for unit in UNITS}) for place, area in pairs]


def told_elsewhere(body: str, towns_by_end: dict, place: Place) -> Place:
    """The place with the township that stands before its name in another sentence.

    Parameters
    ----------
    body : str
    towns_by_end : dict
        Townships of the report by the offset at which each ends.
    place : Place
    """
    if place.township or place.district or len(place.site) < _TELLING:
        return place
    town = next((town for end, town in towns_by_end.items() if body.startswith(place.site, end)), None)
    if town:
        return place._replace(**{field: getattr(town, field) for field in UNITS})
    return called_after(towns_by_end.values(), place)


def called_after(towns, place: Place) -> Place:
    """獐子岛客运码头 is in 獐子岛镇, if the report names that town and no other of the name."""
    named = {town.township: town for town in towns if place.site.startswith(_STEM.sub("", town.township))}
    town = named.popitem()[1] if len(named) == 1 else None
    told = town and len(_STEM.sub("", town.township)) > 1 and place.kind not in ("village", "residential")
    return place._replace(**{field: getattr(town, field) for field in UNITS}) if told else place


def in_namesake(town: str | None, district: str | None, place: Place) -> Place:
    """The place with the township that the tour came to before, if its name begins with that one's.

    Examples
    --------
    >>> in_namesake("石桥街道", None, Place(0, 5, "石桥派出所", "government_office")).township
    '石桥街道'
    """
    stem = town.removesuffix("街道").removesuffix("乡") if town else ""
    stem = stem.removesuffix("镇") if len(stem) > 2 else stem
    called_so = len(stem) > 1 and place.site.startswith(stem) and not place.township
    return place._replace(township=town) if called_so and place.district in (None, district) else place
