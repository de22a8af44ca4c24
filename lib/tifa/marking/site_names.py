"""From an expression such as 盈浦街道的一处居民区 to the site it names: what is the name, and what only describes."""

import re
from typing import NamedTuple

from tifa.marking import site_heads, sites

_HAN = "\u4e00-\u9fff"
# 金猫珠宝、石桥食品两家企业的食堂 is a visit to both.
_OF_SEVERAL = re.compile(
    f"([{_HAN}]{{2,8}}[两二三四五六七八九十0-9]+[个家](?:企业|公司|村|社区|小区|学校))的[^的]{{2,8}}"
)
_VILLAGE_AND_PART = re.compile(f"([{_HAN}]{{1,6}}村)([{_HAN}]{{2,6}})")
_OWNER = re.compile(rf"^.*的(?=[{_HAN}])")
# 中关村医院值守的观察点 is the observation point, whoever runs it.
OWNED = re.compile("(?:值守|包联|包保|负责|所在|承建|管理|运营|承担|对口支援|征用|援建|改建|托管|改造)的")
_QUANTIFIER = re.compile(r"^的?(?:这|那)?(?:一处|一家|一个|一所|一座|一间|某个|某处|某家|某)")
# 一间房村, 一家寨: villages are not counted so.
_VILLAGE = re.compile("一[家间座所].{1,2}(?:(?<![乡农山渔])村|屯|寨)$")
_SAME = re.compile(r"^(?:该|这个|这家|这所|这座|此)")
# A distance, a building or a gate is part of a place, not a place.
_PART = re.compile(
    r"^[0-9.]+(?:多|余)?(?:公里|米|里|人|户|个|名|天|时|分|点)"
    r"|^[一二两三四五六七八九十百几]+(?:多|余)?(?:公里|户|个|名|条(?!巷)|家|处|座|里路)"
    r"|^(?:.{0,4}(?:活动|调研|检查|走访|慰问|行程))?(?:第.|首|末|最后一|下一)个?站$|.*[0-9一二两三四五六七八九十]点[半多许]?$|^(?:凌晨|清晨|上午|中午|下午|傍晚|晚上|夜里|深夜)"
    r"|^[0-9一二三四五六七八九十A-Za-z东南西北前后]{1,3}(?:号|栋|幢|座|区|号楼|号馆|馆|单元|大?门)[院楼门幢栋岗]?$"
)
# 东门值守帐篷 is part of a place, 东门市场 is one.
_GATE = re.compile(
    "(?:[东西南北前后正侧大]{1,2}门|门口|门前)(?:口|外|内|旁)?的?(?:值守|值班|执勤|防疫|查验|检测|采样|核酸|临时)*(?:帐篷|岗亭|门岗|卡点|卡口|岗|点|站)"
)
# 村民任青草家的网店, 她家的院子: whose home it is.
_HOME = re.compile(
    f"(?:村民|居民|职工|农户|商户|店主|市民|老人|党员|[户工员])[{_HAN}]{{2,4}}家|[他她](?:们)?家|.{{2,4}}大[娘爷妈]家"
)
# What happens at a place is no part of its name.
_TELLS = re.compile(
    "^“[一两二三四五六七八九十][^”]{1,2}[一两二三四五六七八九十]|了解|得知|(?<!开)设(?:立|置)?了?(?:检查|检测|查验|防疫|防控|劝返|值守|执勤|采样|隔离)[点站岗卡]|刚刚|正在|发现|看到|之间|空白|[月年]份|说“|上发|一([辆排条张台个箱筐])\\1|[0-9]+座"
)
# How officials look after a place that is theirs.
LOOKED_AFTER = "帮扶|包联|联系|挂钩|包片|包抓|包保|联片|挂联|挂点|挂包"
# 分组包联村石门村: whose village it is, before its name.
_LOOKED_AFTER = re.compile(f"^(?:各自|所|分组)?(?:{LOOKED_AFTER})的?(?:村|社区|点)(?=.{{1,8}}(?:村|社区))")
# 客流集散地洛阳站: what is said before the name.
_KNOWN_AS = re.compile(
    "^(?:.*以外的)?(?:另一[个处家])?.{2,10}(?:集中地|集散地|聚集地|发源地|主阵地|国保单位|保护单位|备用医院|专业村)的?(?=.{2,})|^.{0,6}(?:老店|老字号|名店|企业)(?=“[^”]{2,10}”$)|^(?:国保|文保|文物保护)单位(?=.{3,})"
)
_COUNTED = re.compile("(?:[0-9]+|[两二三四五六七八九十几多]+)(?:个|处|家|所|座|名|户|条)")
_SEVERAL = re.compile("各|每|重点|部分|有关|相关|多[个家处所]")
_OF_EACH = re.compile("[^，,]{0,6}[各每][^，,]{1,6}的")
# 建设者和社区(工作者) are people.
PEOPLE = re.compile("(?:者|人员|干部|群众|队员|们|同志|职工|居民|师生)[和、与]|下沉|支援|返乡")
# 外来务工人员集中居住区: wherever they are.
_FOR_PEOPLE = re.compile("(?:人员|工人|学生|司机|旅客|游客|群众)[^，,]{0,4}(?:居住|隔离|安置|休息|住宿|等候|生活)")
# 硅谷大街与长春街交会卡口: two names and one place.
MEETING_POINT = re.compile(rf"[与和](?:(?![与和])[{_HAN}]){{1,8}}?(?:交界|交会|交汇|交叉|交口|接壤|结合部)")
# 方舱医院建设指挥部 is one name.
_UNDER_WAY = re.compile("建设|改造|改建|施工|项目|工程|筹建|扩建|迁建")
# 高标准农田建设项目石桥渠工程现场: the works of one project.
_WORKS = re.compile(f"([{_HAN}]+?项目)([{_HAN}]{{3,}}(?:现场|工地|标段|工程))")
_FIRM = re.compile(".{2,}?(?:集团|公司)")
_DESCRIBING = re.compile("(?:企业|酒店|宾馆|医院|工厂|公司|学校|市场|超市|单位|药店)$")
# 闫油坊乡下水泉村: a township that no gazetteer knows.
_TOWN_AND_VILLAGE = re.compile(rf"^([{_HAN}]{{2,4}}(?:镇|乡|街道))([{_HAN}]{{2,7}}(?:村|社区))$")
_TOWNS_OWN = re.compile(rf"^([{_HAN}]{{2,4}}?(?:镇|乡|街道))(?:集镇|街上|场镇|辖区|境内)?的")
_CLOSED = re.compile("[“「][^”」]*[”」]")
# Kinds whose names are given by the unit that runs them.
_REGISTERED = frozenset(("hospital", "clinic", "school", "government_office", "command_centre"))
# 县医院发热门诊 is in the hospital.
_WARD = re.compile(
    "(.{2,}(?:医院|卫生院|院区|酒店|宾馆|饭店|机场))的?(?:发热门诊|发热诊室|急诊科|门诊|门诊楼|门诊大厅|住院部|隔离病区"
    "|预检分诊[处点台]?|PCR实验室|核酸实验室|血透室|隔离病房|病区|病房|大堂|大厅|餐厅|后厨)$"
)
# 石桥三中高考考点 is the school.
_EXAMINED = re.compile(
    "(.*(?:中学|[一二三四五六七八九十]{1,2}[中高]|学校|高中|小学|职教中心))的?[高中]考(?:考点|考场)$"
)
# 文苑三居民区设置的临时核酸检测点 is told by the first.
_SET_UP = re.compile("(.{3,})(?:设置|设立|开设|搭建)的(.+)")
SETTING = re.compile("(?:设置|设立|开设|搭建)的")
# 陈巷社区一家理发店, 善庆村“微驿站”: a place within a named one.
_HOST = re.compile(r"(.{3,})(?:(?:里|内|中)?的?(?:某|[一二两三几])[家处个所座间户栋幢名位]|“)")
# 民生渠旁的养老院: one that is told by where it stands.
_BESIDE = re.compile(f"[{_HAN}]{{3,}}(?:旁边?|畔|对面|脚下)的$")
# 紫兰村蔬菜大棚 is a visit to 紫兰村.
_FIELD = re.compile("(.{2,}(?:村|屯|寨|嘎查|社区|农场)).{0,4}(?:大棚|[稻麦棉农菜]田|菜地|[果茶橘桃梨橙]园|苗圃)")


# What tells where a place is, from the widest.
UNITS = ("province", "city", "district", "township", "adcode")


class Place(NamedTuple):
    """One place told. Without ``site`` it is an area; ``same`` points back to a place named before.

    ``level`` is that of the last unit written out before the name. ``unsure``: no head tells that the name is one.
    ``named_after``: the district is told by the name alone (镇海石化物流公司).
    """

    start: int
    end: int
    site: str | None
    kind: str | None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    township: str | None = None
    adcode: str | None = None
    generic: bool = False
    same: bool = False
    level: str | None = None
    unsure: bool = False
    named_after: bool = False

    @property
    def area(self) -> bool:
        return self.site is None and bool(self.city or self.district or self.township or self.province)


def site_place(start, end, name, admin, unit, joined) -> Place:
    """A site from its expression.

    Parameters
    ----------
    start, end : int
        Offsets of the expression, units in front included.
    name : str
        What follows the units.
    admin : dict
        Province to township and adcode, as far as the expression gives them.
    unit : Unit or None
        The unit before the name; ``joined`` to it or not (赤溪镇派出所, 赤溪镇的派出所).

    Examples
    --------
    >>> site_place(0, 12, "东泰林路上的一处养老院", {}, None, False).site
    '养老院'
    """
    same, several = bool(_SAME.match(name)), bool(_OF_EACH.match(name) or _HOME.match(name))
    town = None if admin.get("township") else _TOWNS_OWN.match(name)
    if town:
        admin = admin | {"township": town.group(1)}
    name, quantified = _bare(name)
    town = None if admin.get("township") else _TOWN_AND_VILLAGE.match(name)
    if town:
        name, admin = town.group(2), admin | {"township": town.group(1)}
    common = sites.is_generic(_unquoted(name))
    generic = (common and not quantified) or several or _is_no_name(name)
    whole = name[0] == "委" or MEETING_POINT.match(name) or (unit and _belongs_to_name(unit, name, common))
    if joined and unit and whole:
        name, generic = unit.text + name, False
    elif generic and not (several or _SEVERAL.match(name)) and _is_the_only_one(name, unit):
        generic = False
    if joined and unit and name[0] == "·":  # 石桥·龙津大桥
        name = unit.text + name
    if name[0] in "“「" and not _CLOSED.match(name):
        name = name[1:]
    if name.count("“") != name.count("”"):
        generic = True
    return Place(start, end, name, site_heads.kind_of(name), generic=generic, same=same, **admin)


def _unquoted(name):
    """在“卡口”处 names no more than 在卡口处."""
    return name[1:-1] if name[0] == "“" and name.endswith("”") else name


def _is_the_only_one(name, unit):
    """赤溪镇的派出所, 县医院, 火车站: there is but one."""
    if _COUNTED.match(name):
        return False
    return bool(unit and sites.stands_with_unit(name)) or sites.is_anchored(name) or sites.is_unique(name)


def _belongs_to_name(unit, name, common):
    """赤溪镇派出所, 株洲市湘渌中学: without its unit the name would be another's; 凤井社区 needs none."""
    if common:
        return sites.stands_with_unit(name)
    return unit.level in ("city", "district") and (site_heads.kind_of(name) in _REGISTERED or name.endswith("公司"))


def _owner_or_owned(name):
    """石桥村的养老院: which of the two is the site, and whether one of several was meant; None where that is open."""
    owner = _OWNER.match(name)
    if not owner:
        return name, None
    whose, its = owner.group()[:-1], name[owner.end() :]
    if OWNED.search(owner.group()):
        return its, True
    if (sites.is_part(its) and _is_told(whose)) or _told_by_owner(whose, its):
        return whose, False
    if _BESIDE.search(owner.group()):
        return its, True
    counted = _QUANTIFIER.match(its)
    if counted and _is_lived_in(whose):
        return whose, False
    if not counted and _is_owned(whose, its):
        return name, None
    return its, True if _QUANTIFIER.match(name) else None


def _is_no_name(name):
    """Whether a site is told as a part, as people or as several: 东门, 困难群众家, 多个小区."""
    numbered = sites.is_numbered_village(name)
    told = _GATE.fullmatch(name) or _FOR_PEOPLE.search(name) or PEOPLE.search(name) or _TELLS.search(name)
    return sites.is_part(name) or bool(told or _SEVERAL.match(name) or (_PART.match(name) and not numbered))


def _bare(name):
    """东泰林路上的一处养老院 → 养老院, and whether one of several was meant."""
    name = _without_room(_without_description(_KNOWN_AS.sub("", _LOOKED_AFTER.sub("", name))))
    several = _OF_SEVERAL.fullmatch(name)
    name = _without_part(several.group(1) if several else name)
    name, told = _owner_or_owned(name)
    if told is not None:
        return name, told
    ward = _WARD.match(name) or _EXAMINED.match(name)
    if ward:
        return ward.group(1), False
    setting = _SET_UP.match(name)
    if setting and sites.is_generic(setting.group(2)) and is_named(setting.group(1)):
        return setting.group(1), False
    host = _HOST.match(name)
    if host and site_heads.head_of(host.group(1)) and is_named(host.group(1)):
        return host.group(1), False
    field = _FIELD.fullmatch(name)
    if field and is_named(field.group(1)):
        return field.group(1), False
    quantifier = _QUANTIFIER.match(name)
    if not quantifier or _VILLAGE.match(name):
        return name, False
    return name[quantifier.end() :], True


def _without_part(name):
    """紫兰村茶园 → 紫兰村: a part of a village is told by the village, but its checkpoint is a place by itself."""
    village = _VILLAGE_AND_PART.fullmatch(name)
    if not village or not sites.is_part(village.group(2)) or site_heads.kind_of(village.group(2)) == "checkpoint":
        return name
    return village.group(1) if is_named(village.group(1)) else name


def _without_room(name):
    """汇丰铸造公司的喷涂车间, 和睦社区的“邻里食堂” → 汇丰铸造公司, 和睦社区: a room is no place of its own."""
    head = site_heads.head_of(name)
    if not head or not site_heads.is_room(head):
        return name
    before = name.rstrip("”")[: -len(head)].rstrip("的里内外旁")
    firm = _FIRM.match(before)  # 石桥集团针织面料|生产线
    owner = site_heads.trim(before) or site_heads.trim(before.rpartition("的")[0]) or (firm.group() if firm else "")
    own = site_heads.head_of(owner)
    an_office = site_heads.kind_of(owner) == "government_office" or site_heads.is_kind_word(own)
    if sites.is_anchored(owner):
        return owner
    return owner if len(owner) > 2 and is_named(owner) and not an_office else name


def _without_description(name):
    """轨道交通装备企业时骏电气公司 → 时骏电气公司: what comes before may only say what kind of place it is."""
    if len(name) < 8:
        return name
    works = _WORKS.fullmatch(name)
    if works and sites.is_generic(works[1]):
        return works[2]
    first = site_heads.first_head(name)
    if sites.is_unique(name[:first]) or sites.is_anchored(name[:first]):
        return name
    if 2 < first <= len(name) - 4 and _DESCRIBING.search(name[:first]) and sites.is_generic(name[:first]):
        rest = name[first:]
        named = site_heads.head_of(rest) and not sites.is_generic(rest) and not _UNDER_WAY.match(rest)
        return rest if named else name
    return name


def _is_owned(owner, name):
    """Whether a name is told by its owner alone: 荷风小区的核酸采样点."""
    told = is_named(site_heads.trim(owner)) or sites.is_unique(owner)
    return not _QUANTIFIER.match(owner) and sites.is_generic(name) and told


def _is_lived_in(owner):
    """核桃村的一家民宿 is a visit to the village, 东泰林路上的一处养老院 is none to the road."""
    return (
        is_named(owner) and site_heads.kind_of(owner) in ("village", "residential") and bool(site_heads.head_of(owner))
    )


def _told_by_owner(owner, name):
    """石桥村的山居项目, 柳岸合作社的办公地点: what the village or the firm has is told by its name."""
    if name.startswith("办公"):
        return _is_told(owner)
    return name.endswith("项目") and site_heads.head_of(owner) == "村" and is_named(owner)


def _is_told(owner):
    """紫兰村的麦田, 镇敬老院的院子里: the owner is a place by itself."""
    return is_named(site_heads.trim(owner)) or sites.is_anchored(owner)


def is_named(name: str) -> bool:
    """Whether an expression holds a proper name.

    Examples
    --------
    >>> is_named("荷风小区"), is_named("老旧小区")
    (True, False)
    """
    return bool(name) and not sites.is_generic(name)
