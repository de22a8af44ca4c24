"""Places that a verb or preposition governs: 来到 A区B街道C社区、D村和E公司等地 read into its members."""

import re
from bisect import bisect_right
from collections import Counter

from tifa.marking import site_heads, site_stops, sites, townships
from tifa.marking.name_ends import GAP, NAME_GOES_ON, NameEnds, any_between
from tifa.marking.shared_heads import Raw, resolve
from tifa.marking.site_names import LOOKED_AFTER, OWNED, PEOPLE, SETTING, UNITS, Place, site_place

_HAN = "\u4e00-\u9fff"
# What may stand before a unit or a name without being part of it.
_FILLER = re.compile(
    r"(?:\s|[：:]|(?:[0-9]+|[一二两三四五六七八九十几多]+)(?:个|处|家)(?:点|点位|地方|单位|场所|企业|社区|村)?[：:，,]"
    r"|[中高低]风险区的?|位于|设在|设于|地处|坐落于|坐落在|处于|了|的|到|在|至|我[市县区省]|辖区内?|该(?:街道|镇|乡|县|区)|所属|下辖"
    r"|(?:村|镇|乡|街道|社区|小区|园区|县城|城)[里上内中]的|海拔[0-9]{3,4}多?米的|(?:旁边|隔壁|附近|对面|不远处|近旁|一旁|邻近)的"
    rf"|所(?:{LOOKED_AFTER}|驻)的"
    rf"|(?:各自|所|分组)?(?:{LOOKED_AFTER})的?(?:乡镇|镇|乡|街道)(?=[{_HAN}]{{2,4}}(?:镇|乡|街道))"
    rf"|(?:{LOOKED_AFTER}|定点|对口|结对)(?:帮扶|联系|共建)?(?:点|企业|学校|单位)(?=[{_HAN}]{{3}}))+"
)
# 封控的松浦家园, 与企业一墙之隔的云窠村: what is said of a place before its name.
_DESCRIBED = re.compile(
    r"(?:正在|已经|刚刚|被|仍在|还在|仍|刚)?(?:封控|管控|封闭|隔离|值守|执勤|施工|复工|营业|启用|建设|看|开|组织|设|建)[^，,。；;、的]{0,6}的"
    r"|[^，,。；;、的]{1,10}(?:所在|对面|旁边|隔壁|附近|门口|外侧)的|(?![^，,。；;、]{0,16}[来走赶到看查了])[^，,。；;、：:“]{2,16}——"
    r"|[与和同][^，,。；;、的]{1,10}(?:之隔|相邻|相连|接壤|毗邻|相望|相隔[^，,。；;、的]{1,8}|隔[^，,。；;、的]{1,6}|紧邻|紧挨|挨着)的"
)
_ADDRESS = re.compile("[东西南北中]{1,2}[段口侧街巷]|[0-9一二三四五六七八九十]+号|和|与")
_TOWNS_OWN = re.compile("(?:镇|乡|街道)[上里]的$")
_REMARK = re.compile(
    r"[（(][^）)]{1,20}[）)]|[东南西北正大]{1,2}门(?=[、，,和及])"
    r"|的?(?:食堂|后厨|门口|大门口?|校门口?|门前|大厅|大堂|候车[厅室]|值班室|监控室|病区|库房|楼下|周边|附近|沿线|入口处|出口处)(?=[、和及])"
    r"|现场(?=[、，,和及])"
    r"|的?(?:封控|管控|防范)(?:片区|小区|区域|区|楼栋|楼)(?=[、，,和及])"
)
_BRACKET = re.compile(rf"[（(][{_HAN}A-Za-z0-9]{{1,6}}[）)]")
# 白鹭镇与万安县交界执勤点 lies in the first.
_BORDER = re.compile("交界|接壤|方向|相邻|[）)]")
# 石桥新市镇 is built, and no 镇.
_TOWN = re.compile(rf"([{_HAN}]{{2,6}})(?:(?<!新市)镇|乡|街道|街道办事处|苏木)")
# 鼓浪屿、厦港两个街道
_SO_MANY_TOWNS = re.compile("(?:[0-9]+|[两三四五六七八九十]+)个(?:乡镇|镇街|街道|镇|乡)")
_COUNTED = re.compile("[0-9一二两三四五六七八九十][个家处所名户]$")
_LIST_GOES_ON = re.compile(
    "了解|听取|[、，,。；;等和及]|疫情|防控|进行|开展|现场|实地|检查|督|调研|看|问|查|看望|慰问|暗访|查看|察看|指导|走访"
)
_JOIN = re.compile(r"、|[，,]?以及|[和及与跟暨]|[，,](?=[^，,。；;]{2,30})")
# 北川县 for 北川羌族自治县.
_NAMED_IN_FULL = re.compile(f"[{_HAN}]{{2,}}[市县区州旗]")
_AND = re.compile("以及|[和及与]")
# 看了A超市市场供应情况、B站施工安全情况: what was looked at at each place.
_ABOUT = re.compile(
    "(?!调研|检查|督|看|查|走访|慰问|指导|了解|听取|实地|现场|开展|进行|召开)(?:(?!的)[^，,。；;、“]){1,14}?(?:情况|建设|进展|进度|成效)(?:、|[，,]?以及|[和及与](?!.{1,6}(?:情况|建设)))"
)
# 先后到A察看进展,B了解销售,C听取介绍
_IN_TURN = re.compile("(?:先后|分别|依次|相继)(?:来到|前往|赴|到)$")
_DONE = re.compile("(?:实地|现场)?(?:察看|查看|了解|听取|检查|考察|调研|询问|看望|慰问|看)")
_DONE_AT = re.compile(f"{_DONE.pattern}[^，,。；;]{{2,24}}[，,]")
# 万章,马庄,秦山等村: what closes the list says that its commas only list.
_BARE_LIST = re.compile(
    rf"[{_HAN}]{{2,5}}(?:[，,、][{_HAN}]{{2,5}})*等[0-9一二两三四五六七八九十]*个?(?:自然村|行政村|村|社区|小区|镇|乡|街道)"
)
_COMMA = frozenset("，,")
_VERBS = frozenset("到在来赴进去他她随沿又再乘")
_IN_NAMES = frozenset((*"里内同为的时开后值教向", "东门", "西门", "南门", "北门"))
_ET_CETERA = re.compile(
    r"等(?:地[方点]?|处|多地|多处|(?:[0-9]+|[一二两三四五六七八九十多几]+)?(?:个|家|处|所|座|条|大)?)"
)
# 等市直机关单位|和C局、D局
_SORT = re.compile("等[^，,。；;、和及与的]{0,6}(?:单位|部门|场所|机构)(?=以及|[和及与])")
# 等地检查A湖围堤: what was done there, and no head of those before.
_DONE_THERE = re.compile(
    "(?:看(?!守)|问|实地|现场|暗访|检查|督查|督导|督察|调研|察看|查看|巡查|视察|走访)(?![站点卡组所])"
)
_LONGEST_RAW = 12
_LONGEST_DESCRIPTION = 30
_LONGEST_SHARED = 16


class Slots:
    """Reads lists of places in one text, sentence by sentence.

    Parameters
    ----------
    text : str
        Simplified Chinese.
    units : list of Unit
        Administrative units of the whole text, in order.

    Examples
    --------
    >>> slots = Slots("来到梅山里社区、同滧村和市第三医院检查", [])
    >>> slots.enter(0, 19)
    >>> [(place.site, place.kind) for place in slots.at(2, 19)[0]]
    [('梅山里社区', 'residential'), ('同滧村', 'village'), ('市第三医院', 'hospital')]
    """

    def __init__(self, text: str, units: list):
        self.text = text
        self.names = NameEnds(text, units)
        # Where people are named: no member of a list goes beyond one.
        self.people: list[int] = []
        self.enter, self.may_begin = self.names.enter, self.names.may_begin

    def at(self, start: int, limit: int, trusting: bool = False) -> tuple[list[Place], int]:
        """The list of places that begins at an offset, and the offset behind it; no place where none stands.

        Parameters
        ----------
        start, limit : int
            Where the list begins, and the end of its sentence.
        trusting : bool
            Whether what no head ends may be a place as well: 来到北河口砂石围.
        """
        members, end = self._members(start, limit)
        if not members:
            return [], start
        members = self._told_apart(members) if len(members) > 1 else members
        sort = _SORT.match(self.text, end, limit)
        shared, end = ("", sort.end()) if sort else self._shared(end, limit)
        places = resolve(members, shared, trusting)
        if not (shared or sort) or len(places) < len(members):
            return places, end
        more, stop = self._behind_et_cetera(end, limit)
        return [*places, *more], stop

    def _told_apart(self, members):
        """南门地块(东)、南门地块(西): what stands in brackets tells two of one name apart."""
        names = Counter(member.site for member in members if isinstance(member, Place) and member.site)
        return [self._with_bracket(m) if isinstance(m, Place) and names[m.site] > 1 else m for m in members]

    def _with_bracket(self, place):
        bracket = _BRACKET.match(self.text, place.end)
        return place._replace(site=place.site + bracket.group()) if bracket else place

    def _behind_et_cetera(self, end, limit):
        """A公司、B公司等企业|和C检查点: named places that go on with the list behind what 等 says of the others."""
        join = _AND.match(self.text, end, limit)
        members, stop = self._members(join.end(), limit) if join else ([], end)
        named = bool(members) and all(isinstance(p, Place) and p.site and not (p.generic or p.unsure) for p in members)
        return (resolve(members, ""), stop) if named else ([], end)

    def _one_in_its_town(self, member, position):
        """镇上的敬老院: as good as a name."""
        generic = isinstance(member, Place) and member.generic and member.site
        if (
            generic
            and _TOWNS_OWN.search(self.text, max(0, position - 3), position)
            and sites.stands_with_unit(member.site)
        ):
            return member._replace(generic=False)
        return member

    # Members

    def _members(self, start, limit):
        text, members, position, end = self.text, [], start, start
        while True:
            member, stop = self._member(position, limit)
            if member is None:
                break
            if (
                members
                and text[position - 1] in _COMMA
                and (self._begins_clause(position, limit) or not self._closes(stop, member))
            ):
                break
            members.append(member)
            end = stop
            remark = _REMARK.match(text, stop, limit)
            join = _JOIN.match(text, remark.end() if remark else stop)
            about = None if join else _ABOUT.match(text, stop, limit)
            about = about if about and self._goes_on_with_place(about.end(), limit) else None
            join = join or about or self._each_in_turn(start, stop, limit)
            if not join or join.end() >= limit:
                break
            position = join.end()
        return members, end

    def _each_in_turn(self, start, stop, limit):
        """先后到A公司察看项目进展,|B中心了解销售: what was done at each place, up to the comma before the next."""
        done = _DONE_AT.match(self.text, stop, limit) if _IN_TURN.search(self.text, start - 6, start) else None
        if not done or not self._goes_on_with_place(done.end(), limit):
            return None
        _, end = self._member(done.end(), limit)
        return done if _DONE.match(self.text, end, limit) or _AND.match(self.text, end, limit) else None

    def _goes_on_with_place(self, position, limit) -> bool:
        """Whether behind what was looked at at one place another one stands, and no second matter."""
        if len(self.names.stop_at(position, limit)) > 1:
            return False
        following, _ = self._member(position, limit)
        return isinstance(following, Place) and not (following.generic or following.unsure)

    def _begins_clause(self, position, limit):
        """到A卡口,感谢B单位: a verb behind the comma."""
        return self.text[position] in _VERBS or len(self.names.stop_at(position, limit)) > 1

    def _closes(self, stop, member):
        """Behind a comma only a bare place goes on with the list: A社区,B小区,C医院等地."""
        if any_between(self.people, member.start - 1, stop):
            return False
        if isinstance(member, Raw):
            return bool(_BARE_LIST.match(self.text, member.start))
        if member.generic or not _LIST_GOES_ON.match(self.text, stop):
            return False
        if member.end != stop or _VERBS & set(self.text[member.start : stop]):
            return False
        return all(word in _IN_NAMES for _, word in self.names.stops_between(member.start + 1, stop))

    def _member(self, position, limit):
        position = self._skip(position, limit)
        if self.text[position : position + 1] in ("他", "她"):
            return None, position
        word = "" if self.names.unit_at(position) else self.names.stop_at(position, limit)
        joined = word in ("和", "与", "及") and self.text[position - 1] == "、"  # 、和盛医院
        word = "" if joined or self.names.is_light(word) else word
        if word and not self.names.begins_name(position, word, limit):
            return None, position
        end = self.names.end_of(position, limit)
        owned = OWNED.match(self.text, end, limit)
        if owned and (self.names.unit_at(owned.end()) or self.names.follows(owned.end() - 1, limit)):
            position, end = owned.end(), self.names.end_of(owned.end(), limit)
        nearest = bisect_right(self.people, position + 1)
        person = self.people[nearest] if nearest < len(self.people) and self.people[nearest] < end else None
        if person and self.names.is_whole(position, person):
            end = person
        setting = SETTING.match(self.text, end, limit)
        if setting and end > position:
            end = self.names.end_of(setting.end(), limit)
        if end <= position:
            return None, position
        member, stop = self._parse(position, end)
        return self._one_in_its_town(member, position), stop

    def _skip(self, position, limit):
        filler = _FILLER.match(self.text, position, limit)
        position = filler.end() if filler else position
        near = self.text[position : min(limit, position + _LONGEST_DESCRIPTION)]
        described = _DESCRIBED.match(self.text, position, limit) if "的" in near or "——" in near else None
        if not described or self.names.is_whole(position, described.end() - 1):  # 开通镇的永青社区
            return position
        return described.end() if self.names.follows(described.end() - 1, limit) else position

    # From expression to place

    def _parse(self, position, end):
        """Units in front, then the name."""
        text = self.text
        admin, begin, last, short = {}, position, None, False
        for unit in self.names.units_between(position, end):
            if _BORDER.match(text, unit.end):
                continue
            in_front = GAP.fullmatch(text, begin, unit.start)
            goes_on = unit.end < end and "\u4e00" <= text[unit.end] <= "\u9fff" and text[unit.end] != "的"
            goes_on = goes_on and not (self._is_zone_of(unit) or self.names.unit_at(unit.end))
            if in_front and goes_on and _is_street(unit, text):
                break
            short = short or bool(in_front and goes_on and _is_short(unit))
            _add_unit(admin, unit, within_name=short or not in_front)
            if in_front and not short:
                begin, last = unit.end, unit
        towns = _SO_MANY_TOWNS.match(text, begin, end) if last and last.township else None
        if towns:
            return Place(position, towns.end(), None, "other", level=last.level, **admin), towns.end()
        gap = GAP.match(text, begin, end).end() if last else begin
        stop = self.names.trim(gap, end)
        if stop == gap:
            return self._without_head(position, begin, end, last, admin)
        place = site_place(position, stop, text[gap:stop], admin, last, joined=gap == begin and not short)
        if short and not (admin.get("district") or admin.get("township")):
            return place._replace(level="city", named_after=True), end
        named_after = bool(short and not (last and last.district))
        return place._replace(level=last and last.level, named_after=named_after), end

    def _is_zone_of(self, unit):
        """正定高新区的河北美华服装厂: the short name is a zone's, not the firm's."""
        zone = self.names.unit_from(unit.end)
        return zone is not None and self.text[zone.end : zone.end + 1] == "的"

    def _without_head(self, position, begin, end, last, admin):
        """An area, or a member of which something else may say what it is."""
        raw = self.text[begin:end]
        if last:
            if raw[:1] == "的" and 4 <= len(raw) <= 10 and self.text[end : end + 1] in ("、", "和", "及"):
                return Place(position, end, raw[1:], "other", level=last.level, **admin), end
            if sites.may_be_name(raw) and raw[0] != "委":  # 石桥县|委副主委卓帆
                return Place(position, end, raw, site_heads.kind_of(raw), level=last.level, unsure=True, **admin), end
            return Place(position, last.end, None, "other", level=last.level, **admin), last.end
        if written := _TOWN.fullmatch(raw):
            if townships.is_general(written.group(1)):  # 深入苏木镇
                return None, position
            town = admin.get("township") or raw  # 屈原故里|归州镇
            return Place(begin, end, None, "other", level="township", **(admin | {"township": town})), end
        if not raw or PEOPLE.search(raw + "、") or _COUNTED.search(raw):
            return None, position
        if sites.is_common(raw):
            return Place(begin, end, raw, "other", generic=True), end
        return (Raw(begin, end, raw), end) if len(raw) <= _LONGEST_RAW else (None, position)

    def _shared(self, end, limit):
        """What 等 says of all members: 等村, 等11个小区检查点."""
        match = _ET_CETERA.match(self.text, end, limit)
        if not match:
            return "", end
        if self.text[match.end() : match.end() + 1] == "的" or _DONE_THERE.match(self.text, match.end(), limit):
            return "", match.end()
        begin = match.end()
        last = min(limit, begin + _LONGEST_SHARED + 1)
        for stop, word in [*self.names.stops_between(begin, last), (last, "")]:
            words = self.text[begin:stop]
            if len(words) > _LONGEST_SHARED:
                break
            if words and site_heads.head_of("一个" + words) and not NAME_GOES_ON.match(self.text, stop, limit):
                return words, stop
            if site_stops.is_mark(word):
                break
        return "", begin


def _add_unit(admin, unit, within_name):
    """Units from left to right; one within a name adds what those before it leave open."""
    closer = bool(unit.district) and not admin.get("district")
    for field in UNITS:
        value = getattr(unit, field)
        if value and not (within_name and admin.get(field) and not (field == "adcode" and closer)):
            admin[field] = value


def _is_street(unit, text):
    """卫星街 before 西段社区 is the street, 白鹤洞街 before 鹤园社区 the 街道."""
    return unit.level == "township" and unit.text[-1] == "街" and bool(_ADDRESS.match(text, unit.end))


def _is_short(unit):
    """寿光 in 寿光果蔬物流园 is part of the name."""
    whole = unit.text in (unit.province, unit.city, unit.district) or _NAMED_IN_FULL.fullmatch(unit.text)
    return unit.level not in ("township", "zone") and not whole
