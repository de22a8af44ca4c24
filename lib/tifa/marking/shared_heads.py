"""Lists whose members share a head or a unit: 大堰、石桥等村; 晋江市池店镇东山村、陈埭镇横坂村."""

import re
from typing import NamedTuple

from tifa.marking import site_heads, sites
from tifa.marking.site_names import UNITS, Place

_HAN = "\u4e00-\u9fff"
_NUMBERED = re.compile(
    rf"^(?P<name>[{_HAN}]{{2,6}}?|[{_HAN}](?=两))(?<!第)(?:[两二三四五六七八九十]|[0-9]+)[个家所]?"
    r"(?P<head>自然村|村|社区|小区|镇|乡|街道|医院|卡口|卡点|企业|公司|学校|代表工作室|代表联络站|代表之家|服务站|检查站)$"
)
# What is looked after rather than visited: no firm of that name stands beside 金猫珠宝公司.
_MATTER = re.compile(
    "(?:储备|保障|防控|管理|情况|工作|供应|生产|消杀|登记|检测|运行|服务|运输|销售|措施|设施|物资|值班)$"
)
_CITYS_OWN = re.compile("[市省州](?!场|民|集)|自治区")
_LONGEST_RAW = 8
_SHORTEST_RAW = 3
# 江南摩尔 before 解放街道凌塘社区 shares no head with it, 大堰 before 石桥镇李村 does.
_SHORT_RAW = 4
_OF_A_VILLAGE = re.compile("[村屯寨组]|社区")
_VILLAGE_POST = re.compile("[村屯寨](?:防疫|疫情|防控|路口|村口|检查|检疫|卡|值守|执勤|劝返)")
_LIVED_IN = frozenset(("residential", "village"))
_VILLAGES_OWN = re.compile(f"[{_HAN}]{{1,4}}村(?:党|村?委|部|文化|服务|卫生)")
_ROAD = re.compile("高速|国道|省道|[A-Z][0-9]+线?")
# 大堰、石桥高速公路互通口
_ROAD_HEAD = re.compile(
    rf"[{_HAN}]{{2,3}}?(?P<head>高速(?:公路)?路?[东西南北]?(?:出口|入口|出入口|互通口|收费站|路口|道口|卡口|服务区|检查站))"
)
# A short name relies on the town named before it; 李家沱马王坪正街社区 says itself where it is.
_SHORT = 6


# What every town has: 盘克镇中心卫生院. Its 政府 may be the last stop of a tour of towns.
_TOWNS_OWN = re.compile(
    f"(?P<town>[{_HAN}]{{2,6}}(?:镇|乡|街道))(?P<counted>各|[两二三四五六七八九十]个)?(?P<its>(?:中心|社区|集中|公路|防疫|疫情防控)*"
    "(?:卫生院|敬老院|卫生服务中心|隔离点|劝返点|卡点|检查点|采样点|接种点|派出所))"
)
_ROAD_NAME = re.compile(f"[{_HAN}]{{2,6}}(?:路|街|大道)")
_ROAD_WORKS = re.compile(
    f"[{_HAN}]{{2,6}}?(?:路|街|大道)((?:道路)?(?:项目|工程|建设|改造|施工|提升|扩建)[{_HAN}]{{0,8}})"
)
_OF_THE_TOWN = re.compile("集镇|镇区|镇上|圩镇|场镇|街上|(?:镇|乡|街道)(?:政府|党委|卫生院|机关|派出所|敬老院)")


class Raw(NamedTuple):
    """A member whose head comes later, or never: 大堰 of 大堰、石桥等村."""

    start: int
    end: int
    text: str


def resolve(members: list, shared: str, trusting: bool = False) -> list[Place]:
    """Members with what they share: heads from behind, units from before.

    Parameters
    ----------
    members : list of Place and Raw
        In order.
    shared : str
        What 等 says of all of them: 村 of 等村, or ''.
    trusting : bool
        Whether a member is a place even where no head tells so.

    Returns
    -------
    list of Place
        Up to the first member that no head is found for.

    Examples
    --------
    >>> [place.site for place in resolve([Raw(0, 2, "大堰"), Raw(3, 5, "石桥")], "村")]
    ['大堰村', '石桥村']
    """
    places: list[Place] = []
    for given, headed in zip(members, _with_heads(members, shared), strict=True):
        member = headed or (_trusted(given) if trusting else None) or _compound(given, places)
        if member is None:
            break
        if member.unsure and not trusting:
            places.append(_inherit(_area(member), places))
            break
        member = _of_shared_kind(member, shared)
        if places and _are_posts(places[-1], member):
            places[-1] = places[-1]._replace(kind=member.kind)
        places.append(_inherit(member, places))
    return [_on_road(place, places[-1]) for place in _one_in_each_town(_of_one_project(places))]


def _one_in_each_town(places):
    """湘乐镇、盘克镇、中村镇中心卫生院, 苏家洼镇、团瓢庄乡两个派出所: every town has its own."""
    whole = [_uncounted(place) for place in places[-1:]]
    for place in reversed(places[:-1]):
        following = whole[-1]
        own = place.area and place.level == "township" and _TOWNS_OWN.match(following.site or "")
        shares = own and following.township == own["town"]
        whole.append(place._replace(site=place.township + own["its"], kind=following.kind) if shares else place)
    return whole[::-1]


def _uncounted(place):
    """团瓢庄乡两个派出所: its own is one of them."""
    own = _TOWNS_OWN.fullmatch(place.site or "")
    counted = own and own["town"] == place.township and own["counted"] not in (None, "各")
    return place._replace(site=own["town"] + own["its"]) if counted else place


def _of_one_project(places):
    """石桥西路、梧桐路项目建设现场: works on each of the roads."""
    whole = places[-1:]
    for place in reversed(places[:-1]):
        works = _ROAD_WORKS.fullmatch(whole[-1].site or "") if whole[-1].kind == "construction_site" else None
        shares = works and not (place.generic or place.level) and _ROAD_NAME.fullmatch(place.site or "")
        whole.append(place._replace(site=place.site + works[1], kind="construction_site") if shares else place)
    return whole[::-1]


def _on_road(place, last):
    """泉南高速晓深塘、二广高速永州东防疫服务站: what is told of points on roads is told of all."""
    told = last.kind == "checkpoint" and place.kind in ("village", "other") and _ROAD.search(place.site or "")
    return place._replace(kind=last.kind) if told else place


def _are_posts(village, place):
    """东清村、青山村防疫检查站: a checkpoint in each of the villages."""
    posted = place.kind == "checkpoint" and bool(_VILLAGE_POST.search(place.site or ""))
    return posted and not place.township and village.kind == "village" and bool(village.township)


def _trusted(raw):
    """徐七线与安钦线交叉口: a name without a head, where the leader arrives at what is listed."""
    if not isinstance(raw, Raw) or len(raw.text) < _SHORTEST_RAW or not sites.may_be_name(raw.text):
        return None
    if _MATTER.search(raw.text):
        return None
    return Place(raw.start, raw.end, raw.text, site_heads.kind_of(raw.text), unsure=True)


def _compound(raw, before):
    """石桥小区、梧园: a name of two characters, behind where people live."""
    lived_in = before and before[-1].kind == "residential" and not before[-1].generic
    if not (lived_in and isinstance(raw, Raw) and len(raw.text) == 2 and raw.text[1] in "园苑府邸庭"):
        return None
    return None if raw.text in site_heads.not_heads() else Place(raw.start, raw.end, raw.text, "residential")


def _area(place):
    """What is behind the units is no name: only they are told."""
    return place._replace(site=None, unsure=False)


def _with_heads(members, shared):
    """大沟、石门两村 are two villages; a member without any head is None."""
    if not shared and not any(_may_lack(member) for member in members):
        return members
    lacking = any(
        isinstance(member, Raw) or site_heads.head_of(member.site or "") in site_heads.weak_heads()
        for member in members
    )
    head, counted, whole = shared, False, []
    for given in reversed(members):
        member, raw = given, isinstance(given, Raw)
        name = given.text if raw else given.site
        numbered = lacking and name and not getattr(given, "level", None) and _NUMBERED.match(name)
        if numbered:
            name, head, counted = numbered.group("name"), numbered.group("head"), True
        if raw and whole and len(name) >= 3 and not _MATTER.search(name) and _between_named(whole[-1], members, given):
            member = Place(given.start, given.end, name, whole[-1].kind if _is_firm(whole[-1]) else "other")
        elif raw and whole and len(name) >= _SHORT_RAW and isinstance(whole[-1], Place) and whole[-1].level:
            member = None
        elif numbered or raw or (counted and name and _lacks(name, head)):
            member = _headed(given, name, head)
        elif not shared:
            head, counted = _own_head(name), False
        whole.append(member)
    return whole[::-1]


def _may_lack(member):
    return isinstance(member, Raw) or bool(member.site and not member.level and _NUMBERED.match(member.site))


def _lacks(name, head):
    """李家湾 before 石门三个村 is a village as well, whatever 湾 may mean."""
    return not name.endswith(head) and site_heads.head_of(name) in site_heads.weak_heads()


def _between_named(following, members, raw):
    """Whether firms, or named sites on both sides, show that a name without a head is one too."""
    if _is_firm(following):
        return True
    i = members.index(raw)
    before = members[i - 1] if i else members[-1] if len(members) > 2 else None
    return all(isinstance(p, Place) and p.site and not p.generic for p in (before, following))


def _is_firm(place):
    return place is not None and place.kind in ("enterprise", "market") and place.site and not place.generic


def _own_head(name):
    """A head that the names before it may share: 大堰、石桥村."""
    if name and (on_road := _ROAD_HEAD.fullmatch(name)):
        return on_road.group("head")
    head = site_heads.head_of(name) if name else ""
    return head if head in ("村", "社区", "小区") else ""


def _headed(member, name, head):
    if not head or len(name) > _LONGEST_RAW or (len(name) > 6 and not site_heads.is_kind_word(head)):
        return None
    if site_heads.is_kind_word(head):
        return Place(member.start, member.end, name, site_heads.kind_of("一个" + head))
    if sites.is_generic(name + head):
        return None
    kind = site_heads.kind_of(head if len(head) > 1 else name + head)
    return Place(member.start, member.end, name if name.endswith(head) else name + head, kind)


def _of_shared_kind(place, shared):
    """花园、家园等11个小区检查点 are checkpoints; 大堰、石桥等村 are villages."""
    if not shared or not place.site:
        return place
    kind = site_heads.kind_of("一个" + shared)
    if site_heads.head_of(place.site) in site_heads.weak_heads() and place.kind != kind:
        return place._replace(site=place.site + shared, kind=kind, generic=False)
    specific = kind not in ("residential", "village", "other")
    return place._replace(kind=kind, generic=False) if specific and place.kind in ("residential", "other") else place


def _inherit(place, before):
    """A镇B村、C村: a unit named once holds for the next member too, but 市医院 lies where it lies."""
    if not before or place.district or place.city or place.township:
        return place
    last = before[-1]
    if place.generic:
        return _of_same_town(place, last) or place
    inherited = {"province": last.province, "city": last.city}
    if not (place.site and _CITYS_OWN.match(place.site)):
        inherited |= {"district": last.district, "adcode": last.adcode}
    if _shares_township(place, last):
        inherited["township"] = last.township
    return place._replace(**inherited)


def _of_same_town(place, last):
    """寿山镇中心小学、农贸市场和加油站: what every town has, behind another such place of the town."""
    beside = last.level == "township" and (last.site or "").startswith(last.township)
    if not (beside and sites.is_one_in_a_town(place.site or "")):
        return None
    units = {unit: getattr(last, unit) for unit in (*UNITS, "level")}
    return place._replace(site=last.township + place.site, generic=False, **units)


def _shares_township(place, last):
    """A镇B村、C村; A镇B村、集镇隔离点."""
    return bool(_OF_THE_TOWN.match(place.site or "")) or _of_one_kind(place, last)


def _of_one_kind(place, last):
    """A镇B村、C村; A镇B公司、C小区; A镇B村卡点、C村卡点; A镇北河口砂石围、玉鹊渍堤."""
    alike = place.kind == last.kind and bool(place.site) == bool(last.site)
    lived_in = place.kind in _LIVED_IN and len(place.site or "") <= _SHORT
    if last.site and last.level == "township" and (lived_in or _VILLAGES_OWN.match(place.site or "")):
        return True
    if {place.kind, last.kind} <= _LIVED_IN:
        return alike or len(place.site or "") <= _SHORT
    return alike and (place.kind == "other" or bool(_OF_A_VILLAGE.search(place.site or "")))
