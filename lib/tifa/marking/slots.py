"""Places that a verb or preposition governs: 来到 A区B街道C社区、D村和E公司等地 read into its members."""

import re
from bisect import bisect_left
from typing import NamedTuple

from tifa.marking import sites

_HAN = "\u4e00-\u9fff"
_ADMIN = ("province", "city", "district", "township", "adcode")
# What may stand before a unit or a name without being part of it.
_FILLER = re.compile(
    r"(?:\s|位于|设在|设于|地处|坐落于|坐落在|处于|了|的|到|在|至|我市|我县|我区|我省|辖区内?|该(?:街道|镇|乡|县|区)|所属|下辖|地处|[“\"「])+"
)
_GAP = re.compile(r"(?:的|境内|辖区内?|下辖的?|所辖的?|位于|地处|所属|包联的?|联系的?|挂点的?|内的?|上的?|城区)*")
_OWNER = re.compile(rf"^.*的(?=[{_HAN}])")
_QUANTIFIER = re.compile(r"^的?(?:这|那)?(?:一处|一家|一个|一所|一座|一间|某个|某处|某家|某)")
_SAME = re.compile(r"^(?:该|这个|这家|这所|这座|此)")
# A distance, a building or a gate is part of a place, not a place.
_PART = re.compile(
    r"^[0-9.]+(?:多|余)?(?:公里|米|里|人|户|个|名|天|时|分)"
    r"|^[0-9一二三四五六七八九十A-Za-z东南西北前后]{1,3}(?:号|栋|幢|座|区|号楼|单元|大?门)[院楼门幢栋岗]?$"
)
_TOWN = re.compile(rf"[{_HAN}]{{2,6}}(?:镇|乡|街道|街道办事处|苏木)")
# 白鹭镇与万安县交界执勤点 lies in the first.
# 封控的松浦家园: what is said of a place before its name.
_DESCRIBED = re.compile(
    r"(?:正在|已经|刚刚|被)?(?:封控|管控|封闭|隔离|值守|执勤|施工|复工|营业|启用|建设|看|开|组织|设|建)[^，,。；;、的]{0,6}的"
)
# 硅谷大街与长春街交会卡口: two names and one place.
_MEETING_POINT = re.compile(rf"[与和][{_HAN}]{{1,8}}?(?:交界|交会|交汇|交叉|接壤|结合部)")
_DESCRIBING = re.compile("(?:企业|酒店|宾馆|医院|工厂|公司|学校|市场|超市|单位|药店)$")
# 高速公路沙洋(高阳)出口 goes on behind the bracket; A小区（3号楼）、B小区 does not.
_ASIDE = re.compile(rf"[（(][^）)]{{1,8}}[）)](?=[{_HAN}])(?![和及与等])")
_REMARK = re.compile(r"[（(][^）)]{1,20}[）)]")
# 中关村医院值守的观察点 is the observation point.
_OWNED = re.compile("(?:值守|包联|包保|负责|所在|承建|管理|运营|承担|对口支援|征用|援建|改建|托管|改造)的")
_BORDER = re.compile("(?:交界|接壤|方向|相邻)")
# 闫油坊乡下水泉村: a township that no gazetteer knows.
_TOWN_AND_VILLAGE = re.compile(rf"^([{_HAN}]{{2,4}}(?:镇|乡|街道))([{_HAN}]{{2,7}}(?:村|社区))$")
_COUNTED = re.compile("[0-9一二两三四五六七八九十][个家处所名户]$")
_CITYS_OWN = re.compile("[市省州](?!场|民|集)|自治区")
# What is looked after rather than visited: no firm of that name stands beside 金猫珠宝公司.
_MATTER = re.compile(
    "(?:储备|保障|防控|管理|情况|工作|供应|生产|消杀|登记|检测|运行|服务|运输|销售|措施|设施|物资|值班)$"
)
_LIST_GOES_ON = re.compile("[、，,。；;等和及]|疫情|防控|进行|开展|现场|实地")
# 建设者和社区(工作者) are people.
_PEOPLE = re.compile("(?:者|人员|干部|群众|队员|们|同志|职工|居民|师生)[和、与]|下沉|支援|返乡")
_CLOSED = re.compile("[“「][^”」]*[”」]")
# Kinds whose names are given by the unit that runs them.
_REGISTERED = frozenset(("hospital", "clinic", "school", "government_office", "command_centre"))
# 陈巷社区一家理发店, 善庆村“微驿站”: a place within a named one.
_HOST = re.compile(r"(.{3,})(?:(?:里|内|中)?的?一[家处个所座间]|“)")
_JOIN = re.compile(r"、|[，,]?以及|[和及与跟暨]|[，,](?=[^，,。；;]{2,30})")
_COMMA = frozenset("，,")
_VERBS = frozenset("到在来赴他她")
_IN_NAMES = ("", "里", "内", "同", "为", "的")
_ET_CETERA = re.compile(r"等(?:地方?|处|多地|多处|(?:[0-9]+|[一二两三四五六七八九十多几]+)?(?:个|家|处|所|座|条|大)?)")
_NUMBERED = re.compile(
    rf"^(?P<name>[{_HAN}]{{1,6}}?)(?<!第)(?:[两二三四五六七八九十]|[0-9]+)个?(?P<head>自然村|村|社区|小区|镇|乡|街道|医院|卡口|卡点|企业|公司|学校)$"
)
# 浦东新区疫情防控指挥部: what looks like the matter inspected is part of a name when one of these closes it.
_NAME_GOES_ON = re.compile(
    rf"(?:疫情|防控|防疫|封控|管控|核酸|应急|检查|隔离|检测|采样|交通|志愿)(?:(?![和及与]|工作)[{_HAN}]|工作(?=指挥|专班|领导)){{0,10}}?"
    r"(?:指挥部|指挥中心|卡点|卡口|检查点|检查站|服务点|服务站|监测点|执勤点|值守点|防控点|检测点|采样点|隔离点|专班|办公室|领导小组"
    rf"|中心|站|点|岗)(?![{_HAN}])"
    r"|(?:疫情|防控|防疫|封控|管控|核酸|应急|检查|隔离|检测|采样)(?:疫情|防控|防疫|工作|应急|联合|联防联控|检查|服务|交通|核酸"
    r"|检测|采样|封控|管控|隔离|便民|集中|监测|健康)*"
    r"(?:指挥部|指挥中心|卡点|卡口|检查点|检查站|服务点|监测点|执勤点|值守点|防控点|检测点|采样点|隔离点|专班|领导小组|站|点|岗)"
)
_BEGINS_NAMES = frozenset("同向为的开后值时看走逐遇碰见宣教里内察")


class Place(NamedTuple):
    """One member of a list of places. Without ``site`` it is an area; ``same`` points back to a place named before.

    ``level`` is that of the last unit written out before the name.
    """

    start: int
    end: int
    site: str | None
    kind: str
    province: str | None = None
    city: str | None = None
    district: str | None = None
    township: str | None = None
    adcode: str | None = None
    generic: bool = False
    same: bool = False
    level: str | None = None

    @property
    def area(self) -> bool:
        return self.site is None and bool(self.city or self.district or self.township or self.province)


class _Raw(NamedTuple):
    """A member whose head comes later, or never: A of A、B等村."""

    start: int
    end: int
    text: str


def places_at(text: str, start: int, limit: int, units: list) -> tuple[list[Place], int]:
    """The list of places that begins at an offset.

    Parameters
    ----------
    text : str
        Simplified Chinese.
    start, limit : int
        Where the list begins, and the end of its sentence.
    units : list of Unit
        Administrative units of the whole text, in order.

    Returns
    -------
    places : list of Place
        Empty where no place stands.
    end : int
        Offset behind the list.

    Examples
    --------
    >>> found, _ = places_at("来到梅山里社区、同滧村和市第三医院检查", 2, 19, [])
    >>> [(p.site, p.kind) for p in found]
    [('梅山里社区', 'residential'), ('同滧村', 'village'), ('市第三医院', 'hospital')]
    """
    members, end = _members(text, start, limit, units)
    shared, end = _shared(text, end, limit, units)
    return _resolve(members, shared), end


def _members(text, start, limit, units):
    members, position, end = [], start, start
    while True:
        member, stop = _member(text, position, limit, units)
        if member is None:
            break
        if members and text[position - 1] in _COMMA and not _closes(text, stop, member):
            break
        members.append(member)
        end = stop
        aside = _REMARK.match(text, stop, limit)
        join = _JOIN.match(text, aside.end() if aside else stop)
        if not join or join.end() >= limit:
            break
        position = join.end()
    return members, end


def _closes(text, stop, member):
    """Behind a comma only a bare place goes on with the list: A社区,B小区,C医院等地."""
    if isinstance(member, _Raw) or member.generic or not _LIST_GOES_ON.match(text, stop):
        return False
    if member.end != stop or _VERBS & set(text[member.start : stop]):
        return False
    return all(s.group() in _IN_NAMES for s in sites.stops(text, member.start + 1, stop))


def _member(text, position, limit, units):
    filler = _FILLER.match(text, position, limit)
    position = filler.end() if filler else position
    described = _DESCRIBED.match(text, position, limit)
    if described and _name_follows(text, described.end() - 1, limit, units):
        position = described.end()
    stop = "" if _unit_at(units, position) else sites.stop_at(text, position, limit)
    if stop and not (stop in _BEGINS_NAMES and _name_follows(text, position, limit, units)):
        return None, position
    end = _member_end(text, position, limit, units)
    owned = _OWNED.match(text, end, limit)
    if owned and _name_follows(text, owned.end() - 1, limit, units):
        position, end = owned.end(), _member_end(text, owned.end(), limit, units)
    if end <= position:
        return None, position
    return _parse(text, position, end, units)


def _units_between(units, start, end):
    i = bisect_left(units, start, key=lambda unit: unit.start)
    while i < len(units) and units[i].end <= end:
        yield units[i]
        i += 1


def _unit_at(units, offset):
    i = bisect_left(units, offset, key=lambda unit: unit.start)
    return i < len(units) and units[i].start == offset


def _inside_unit(units, offset):
    i = bisect_left(units, offset, key=lambda unit: unit.start) - 1
    return i >= 0 and units[i].end > offset


def _member_end(text, position, limit, units):
    """First offset at which a name may end and what stands before it is whole."""
    behind = position
    for stop in sites.stops(text, position, limit):
        at, word = stop.start(), stop.group()
        if at < behind:
            continue
        if word in ("（", "(") and (aside := _ASIDE.match(text, at, limit)):
            behind = aside.end()
            continue
        if at == limit or sites.is_mark(word) or (word == "等" and at > position):
            return at
        if at <= position or _inside_unit(units, at) or text.startswith(("工作者", "工作人员"), at):
            continue
        if not _whole(text, position, at, units):
            continue
        if _MEETING_POINT.match(text, at, limit):
            continue
        if not _NAME_GOES_ON.match(text, at, limit) and not (
            word in _BEGINS_NAMES and _name_follows(text, at, limit, units)
        ):
            return at
    return limit


def _whole(text, position, at, units):
    """Whether a chain of units, or a name with its head, fills the stretch."""
    for unit in _units_between(units, position, at):
        if not _GAP.fullmatch(text, position, unit.start):
            break
        position = unit.end
    return position == at or bool(sites.head_of(text[position:at]))


def _name_follows(text, at, limit, units):
    """港沿镇同滧村, 盈浦街道的一处居民区: the word belongs to a name where a head closes the clause."""
    if any(unit.start == at + 1 for unit in _units_between(units, at + 1, limit)):
        return True
    for stop in sites.stops(text, at + 1, min(limit, at + 30)):
        words = text[at + 1 : stop.start()]
        if words and sites.head_of(words):
            return True
        if sites.is_mark(stop.group()):
            return text[at] == "的" and bool(sites.trim(words))
    return False


def _parse(text, position, end, units):
    """Units in front, then the name."""
    admin, begin, last, short = {}, position, None, False
    for unit in _units_between(units, position, end):
        if _BORDER.match(text, unit.end) or text[unit.end : unit.end + 1] in ("）", ")"):
            continue
        if not _GAP.fullmatch(text, begin, unit.start):
            _add_unit(admin, unit, within_name=True)
            continue
        if _is_street(unit) and _goes_on(text, unit.end, end):
            break
        if _is_short(unit) and _goes_on(text, unit.end, end):
            _add_unit(admin, unit, within_name=True)
            short = True
            break
        _add_unit(admin, unit)
        begin, last = unit.end, unit
    gap = _GAP.match(text, begin, end).end() if last else begin
    name = sites.trim(text[gap:end])
    if not name:
        return _without_head(text, position, begin, end, last, admin)
    place = _place(position, gap + len(name), name, last, admin, joined=gap == begin and not short)
    if short and not admin.get("district"):
        return place._replace(level="city"), end
    return place._replace(level=last and last.level), end


def _without_head(text, position, begin, end, last, admin):
    """An area, or a member of which something else may say what it is."""
    raw = text[begin:end]
    if not last and _TOWN.fullmatch(raw):
        return Place(begin, end, None, "other", level="township", **(admin | {"township": raw})), end
    if _PEOPLE.search(raw + "、") or _COUNTED.search(raw):
        return None, position
    if not last and raw and sites.is_common(raw):
        return Place(begin, end, raw, "other", generic=True), end
    if last and raw[:1] == "的" and 4 <= len(raw) <= 10 and text[end : end + 1] in ("、", "和", "及"):
        return Place(position, end, raw[1:], "other", level=last.level, **admin), end
    if last:
        return Place(position, last.end, None, "other", level=last.level, **admin), last.end
    return (_Raw(begin, end, raw), end) if len(raw) <= 8 else (None, position)


def _add_unit(admin, unit, within_name=False):
    """Units from left to right; one within a name adds what those before it leave open."""
    closer = bool(unit.district) and not admin.get("district")
    for field in _ADMIN:
        value = getattr(unit, field)
        if value and not (within_name and admin.get(field) and not (field == "adcode" and closer)):
            admin[field] = value


def _goes_on(text, at, end):
    """寿光 in 寿光果蔬物流园 is part of the name."""
    return at < end and "\u4e00" <= text[at] <= "\u9fff" and text[at] != "的"


def _is_street(unit):
    """卫星街 before 西段社区 is the street, not the 街道."""
    return unit.level == "township" and unit.text[-1] == "街"


def _is_short(unit):
    return unit.level not in ("township", "zone") and unit.text not in (unit.province, unit.city, unit.district)


def _place(start, end, name, unit, admin, joined):
    """A site; ``unit`` is the one before its name, ``joined`` to it or not."""
    same = bool(_SAME.match(name))
    name, quantified = _bare(name)
    town = _TOWN_AND_VILLAGE.match(name)
    if town and not admin.get("township"):
        name, admin = town.group(2), admin | {"township": town.group(1)}
    generic = bool(_PART.match(name) or _PEOPLE.search(name)) or (sites.is_generic(name) and not quantified)
    if unit and joined and (_MEETING_POINT.match(name) or _belongs_to_name(unit, name)):
        name, generic = unit.text + name, False
    elif generic and ((unit and sites.stands_with_unit(name)) or sites.is_anchored(name) or sites.is_unique(name)):
        generic = False
    if name[0] in "“「" and not _CLOSED.match(name):
        name = name[1:]
    return Place(start, end, name, sites.kind_of(name), generic=generic, same=same, **admin)


def _belongs_to_name(unit, name):
    """赤溪镇派出所, 株洲市湘渌中学: without its unit the name would be another's; 凤井社区 needs none."""
    if sites.is_generic(name):
        return sites.stands_with_unit(name)
    return unit.level in ("city", "district") and (sites.kind_of(name) in _REGISTERED or name.endswith("公司"))


def _bare(name):
    """东泰林路上的一处养老院 → 养老院, and whether one of several was meant."""
    name = _without_description(name)
    owner = _OWNER.match(name)
    if owner and _OWNED.search(owner.group()):
        return name[owner.end() :], True
    if owner and (_QUANTIFIER.match(name[owner.end() :]) or not _is_owned(owner.group()[:-1], name[owner.end() :])):
        name = name[owner.end() :]
    host = _HOST.match(name)
    if host and sites.head_of(host.group(1)) and _is_named(host.group(1)):
        return host.group(1), False
    quantifier = _QUANTIFIER.search(name)
    return (name[quantifier.end() :], True) if quantifier else (name, False)


def _without_description(name):
    """轨道交通装备企业时骏电气公司 → 时骏电气公司: what comes before may only say what kind of place it is."""
    first = sites.first_head(name)
    if 2 < first <= len(name) - 4 and _DESCRIBING.search(name[:first]) and sites.is_generic(name[:first]):
        rest = name[first:]
        return rest if sites.head_of(rest) and not sites.is_generic(rest) else name
    return name


def _is_owned(owner, name):
    """Whether a name is told by its owner alone: 荷风小区的核酸采样点."""
    return sites.is_generic(name) and _is_named(sites.trim(owner))


def _is_named(name):
    return bool(name) and not sites.is_generic(name)


def _shared(text, end, limit, units):
    """What 等 says of all members: 等村, 等11个小区检查点."""
    match = _ET_CETERA.match(text, end, limit)
    if not match:
        return "", end
    begin = match.end()
    for stop in sites.stops(text, begin, limit):
        words = text[begin : stop.start()]
        if len(words) > 16 or (not words and sites.is_mark(stop.group())):
            break
        if sites.head_of("一个" + words) and not _NAME_GOES_ON.match(text, stop.start(), limit):
            return words, stop.start()
    return "", begin


def _resolve(members, shared):
    """Members with what they inherit: heads from behind, units from before."""
    places = []
    for member in _with_heads(members, shared):
        if member is None:
            break
        places.append(_inherit(_of_shared_kind(member, shared), places))
    return places


def _with_heads(members, shared):
    """大沟、石门两村 are two villages; a member without any head is None."""
    head, counted, whole = shared, False, []
    for given in reversed(members):
        member = given
        name = member.text if isinstance(member, _Raw) else member.site
        numbered = name and not getattr(member, "level", None) and _NUMBERED.match(name)
        if numbered:
            name, head, counted = numbered.group("name"), numbered.group("head"), True
        if isinstance(member, _Raw) and whole and _is_firm(whole[-1]) and len(name) >= 3 and not _MATTER.search(name):
            member = Place(member.start, member.end, name, whole[-1].kind)
        elif numbered or isinstance(member, _Raw) or (counted and name and _lacks(name, head)):
            member = _headed(member, name, head)
        elif not shared:
            head, counted = _own_head(name), False
        whole.append(member)
    return whole[::-1]


def _lacks(name, head):
    """李家湾 before 石门三个村 is a village as well, whatever 湾 may mean."""
    return not name.endswith(head) and sites.head_of(name) in sites.weak_heads()


def _is_firm(place):
    return place is not None and place.kind in ("enterprise", "market") and place.site and not place.generic


def _own_head(name):
    """A head that the names before it may share: 大堰、石桥村."""
    head = sites.head_of(name) if name else ""
    return head if head in ("村", "社区", "小区") else ""


def _headed(member, name, head):
    if not head or len(name) > 8 or (len(name) > 6 and not sites.is_kind_word(head)):
        return None
    if sites.is_kind_word(head):
        return Place(member.start, member.end, name, sites.kind_of("一个" + head))
    if sites.is_generic(name + head):
        return None
    kind = sites.kind_of(head if len(head) > 1 else name + head)
    return Place(member.start, member.end, name if name.endswith(head) else name + head, kind)


def _of_shared_kind(place, shared):
    """花园、家园等11个小区检查点 are checkpoints; 大堰、石桥等村 are villages."""
    if not shared or not place.site:
        return place
    kind = sites.kind_of("一个" + shared)
    if sites.head_of(place.site) in sites.weak_heads() and place.kind != kind:
        return place._replace(site=place.site + shared, kind=kind, generic=False)
    specific = kind not in ("residential", "village", "other")
    return place._replace(kind=kind, generic=False) if specific and place.kind in ("residential", "other") else place


def _inherit(place, before):
    """A镇B村、C村: a unit named once holds for the next member too, but 市医院 lies where it lies."""
    if not before or place.district or place.city or place.township:
        return place
    last = before[-1]
    fields = (
        ("province", "city")
        if place.site and _CITYS_OWN.match(place.site)
        else ("province", "city", "district", "adcode")
    )
    inherited = {field: getattr(last, field) for field in fields}
    if place.kind == last.kind and place.kind in ("village", "residential"):
        inherited["township"] = last.township
    return place._replace(**inherited)
