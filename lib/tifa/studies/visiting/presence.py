"""Whether the leader was there: if it follows from the words around a place, and what they tell of the place."""

import re

from tifa.marking import site_heads, site_stops
from tifa.marking.site_names import Place
from tifa.studies.visiting.verbs import Verb

_AT_THE_DOOR = re.compile(r"(?:[内里上]|门口|门前|现场|楼下|附近|周边|的?[^，,。；;]{0,8})?[，,]")
# What goes on at a place without the leader: 在A处已设置路障.
_HAPPENS = re.compile(
    "已|正在|共|均|都|设[置立]|启用|搭建|报告|出现|发现|新增|务工|居住|工作的|的[^，,。]{0,8}(?:人|者|员|们)"
)
_MEETS = re.compile(
    r"[^，,。；;]{0,4}(?:会议室|会议厅|办公室|礼堂|大楼)?(?:[，,][^，,。；;]{0,5}?)?(?:(?:随即|现场|就地|连夜)?(?:主持|组织)?(?:召开|举行|组织召开|召集)|出席|参加|座谈|开会|碰头|会商|研判)"
)
# 来自武汉返乡人员, A省援沪医疗队: a unit that only describes.
_DESCRIBES = frozenset("籍返来援赴人医支驰户居产牌方")
# 督导市场监管领域, 调研春节市场供应: a matter, and no place.
# 抽查A区、B乡值班电话: nobody went there.
_CALLS = re.compile("的?(?:值班|值守|夜间)?(?:电话|值班情况电话)")
_MATTER = re.compile("供应|监管|领域|货物|物流|食品|秩序|价格|运行|主体|经营|准备|保障|生产|保供|消费")
# 慰问市指挥部驻前方工作组成员: people who are elsewhere.
_STAFF = re.compile(
    "(?:派?驻|援|赴|支援|下沉|外派)[^，,。；;]{0,12}(?:成员|人员|队员|职工|干部|医护|官兵|工作组|医疗队)"
)
# 查看蓄洪区群众转移安置: what is done for the people of a wide area.
_MOVED = re.compile("(?:受灾)?(?:群众|居民|人员)?(?:转移|安置|撤离)")
_INSPECTED = re.compile(r"[^，,。；;]{0,30}?(?:检查|督查|督导|督察|调研|暗访|巡查|走访|慰问|抽查|视察|查看)")
_ACTIVITY = re.compile(r"[，,]?([^，,。；;！？]{2,30})")
# A hotel of which the sentence tells that people are isolated there.
_LODGING = re.compile("(?:酒店|宾馆|饭店|公寓|招待所|民宿|度假村)$")
# Where meetings are held: hotels, and zones as a whole.
_HALL = re.compile(f"{_LODGING.pattern}|党校$|(?:港区|新区|示范区|试验区)$")
_ISOLATED = re.compile("隔离|医学观察|密接|入境人员")
# Another member of the list: it says nothing of the hotel.
_ANOTHER = re.compile("[\u4e00-\u9fff]{2,12}隔离(?:点|酒店|场所|中心)(?=[、，,等和及])")
# 曹杨八村, 和平三村 in a subdistrict: housing estates, numbered like streets.
_NUMBERED_ESTATE = re.compile("[一二三四五六七八九十]村$")
# 新村 is a village in the country and a housing estate in town.
_RURAL = re.compile("村民|村党|村支|村两委|大棚|农户|乡|镇|田间|种粮")
# A 枢纽 beside dykes and sluices is no station.
_FLOOD_WORKS = re.compile("防汛|泄洪|分洪|行洪|水利|堤|闸|河道|水系")
_COMMAND_POST = re.compile("(?:疫情)?(?:防控)?(?:工作)?(?:应急)?指挥(?:部|中心)$")


def fits(body: str, verbs: list[Verb], how: str, place: Place, stop: int, end: int, acting: bool = False) -> bool:
    """Whether being there follows from the words around a place; ``acting``: a leader is the subject of the clause."""
    if how == "within":
        paused = acting or body[stop : stop + 1] in ("，", ",") or site_stops.ends_names(body[stop : stop + 6])
        if _HAPPENS.match(body, place.end, end):
            return False
        return bool(paused or (not place.area and _AT_THE_DOOR.match(body, stop, end)))
    if how == "pass":
        return bool(place.site)
    if how == "from":
        return bool(place.township)
    if how == "stop" and any(place.start <= verb.start < place.end for verb in verbs):
        return False
    if how == "inspect" and _CALLS.match(body, stop, end):
        return False
    if how == "inspect" and place.site and (_MATTER.match(body, place.end, end) or _STAFF.match(body, place.end, end)):
        return False
    if how == "inspect" and place.site and site_heads.is_wide(place.site) and _MOVED.match(body, place.end, end):
        return False
    if how == "inspect" and (place.area or place.generic):
        return body[place.end : place.end + 1] not in _DESCRIBES and bool(place.district or place.township)
    return True


def is_inspected(body: str, start: int, end: int) -> bool:
    """对A处的值守进行检查: behind the place stands the inspecting."""
    return bool(_INSPECTED.match(body, start, end))


def hosts_meeting(body: str, verb: Verb, places: list[Place], stop: int) -> bool:
    """在市政府召开会议: a meeting, and no visit to the office."""
    in_office = all(p.kind in ("government_office", "other") or _HALL.search(p.site or "") for p in places)
    at_one = verb.how == "within" or (verb.how == "arrive" and all(p.site for p in places))
    return at_one and in_office and bool(_MEETS.match(body, stop))


def as_office(body: str, area: Place, listed: bool = False) -> Place:
    """走进舞阳坝街道办事处, 来到农建社区、南滩街道办事处: into the office, while 到通道街办事处 may be the area."""
    name = body[area.start : area.end]
    if area.area and name.endswith("办事处") and (listed or body.endswith("走进", 0, area.start)):
        return area._replace(site=name, kind="government_office")
    return area


def of_kind(place: Place, sentence: str) -> Place:
    """The place with its kind, where the sentence tells more than the name."""
    if place.site.endswith("新村"):
        return place._replace(kind="village" if _RURAL.search(sentence) else "residential")
    if _NUMBERED_ESTATE.search(place.site) and (place.township or "").endswith("街道") and not _RURAL.search(sentence):
        return place._replace(kind="residential")
    if place.kind != "nursing_home" and _LODGING.search(place.site) and _ISOLATED.search(_ANOTHER.sub("", sentence)):
        return place._replace(kind="isolation_site")
    if place.site.endswith("枢纽") and _FLOOD_WORKS.search(sentence):
        return place._replace(kind="other")
    return place


def share_command_post(places: list[Place]) -> list[Place]:
    """分别在泉州市和晋江市、丰泽区指挥部: one each."""
    last = places[-1]
    head = _COMMAND_POST.search(last.site) if last.site and last.kind == "command_centre" else None
    if not head:
        return places
    return [
        p._replace(site=(p.township or p.district or p.city) + head.group(), kind=last.kind) if p.area else p
        for p in places
    ]


def activity(body: str, stop: int, end: int) -> str | None:
    """What the leader did there, as far as the clause behind the place tells."""
    match = _ACTIVITY.match(body, stop, end)
    told = match and match.group(1)
    return told if told and site_stops.ends_names(told) else None
