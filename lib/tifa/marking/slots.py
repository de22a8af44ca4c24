"""Places that a verb or preposition governs: 来到 A区B街道C社区、D村和E公司等地 read into its members."""

import re
from bisect import bisect_left, bisect_right
from functools import cache

import ahocorasick_rs

from tifa.marking import sites
from tifa.marking.shared_heads import Raw, resolve
from tifa.marking.site_names import MEETING_POINT, OWNED, PEOPLE, Place, site_place

_HAN = "\u4e00-\u9fff"
_ADMIN = ("province", "city", "district", "township", "adcode")
# What may stand before a unit or a name without being part of it.
_FILLER = re.compile(
    r"(?:\s|位于|设在|设于|地处|坐落于|坐落在|处于|了|的|到|在|至|我[市县区省]|辖区内?|该(?:街道|镇|乡|县|区)|所属|下辖"
    rf"|(?:帮扶|包联|挂点|联系|挂钩|包抓|包保|定点|对口|结对)(?:帮扶|联系|共建)?(?:点|企业|学校|单位)(?=[{_HAN}]{{3}}))+"
)
_GAP = re.compile(r"(?:的|境内|辖区内?|下辖的?|所辖的?|位于|地处|所属|包联的?|联系的?|挂点的?|内的?|上的?|城区)*")
# 封控的松浦家园: what is said of a place before its name.
_DESCRIBED = re.compile(
    r"(?:正在|已经|刚刚|被)?(?:封控|管控|封闭|隔离|值守|执勤|施工|复工|营业|启用|建设|看|开|组织|设|建)[^，,。；;、的]{0,6}的"
)
# 高速公路沙洋(高阳)出口 goes on behind the bracket; A小区（3号楼）、B小区 does not.
_ASIDE = re.compile(rf"[（(][^）)]{{1,8}}[）)](?=[{_HAN}])(?![和及与等])")
_REMARK = re.compile(r"[（(][^）)]{1,20}[）)]")
# 白鹭镇与万安县交界执勤点 lies in the first.
_BORDER = re.compile("交界|接壤|方向|相邻|[）)]")
_TOWN = re.compile(rf"[{_HAN}]{{2,6}}(?:镇|乡|街道|街道办事处|苏木)")
_COUNTED = re.compile("[0-9一二两三四五六七八九十][个家处所名户]$")
_LIST_GOES_ON = re.compile("[、，,。；;等和及]|疫情|防控|进行|开展|现场|实地")
_JOIN = re.compile(r"、|[，,]?以及|[和及与跟暨]|[，,](?=[^，,。；;]{2,30})")
_COMMA = frozenset("，,")
_VERBS = frozenset("到在来赴他她")
_IN_NAMES = frozenset(("里", "内", "同", "为", "的"))
_ET_CETERA = re.compile(r"等(?:地方?|处|多地|多处|(?:[0-9]+|[一二两三四五六七八九十多几]+)?(?:个|家|处|所|座|条|大)?)")
# 浦东新区疫情防控指挥部: what looks like the matter inspected is part of a name when one of these closes it.
_POSTS = (
    "指挥部|指挥中心|卡点|卡口|检查点|检查站|服务点|服务站|监测点|执勤点|值守点|防控点|检测点|采样点|隔离点"
    "|专班|领导小组"
)
_NAME_GOES_ON = re.compile(
    r"(?:疫情|防控|防疫|封控|管控|核酸|应急|检查|隔离|检测|采样|交通|志愿)"
    rf"(?:(?![和及与]|工作)[{_HAN}]|工作(?=指挥|专班|领导)){{0,10}}?(?:{_POSTS}|办公室|中心|站|点|岗)(?![{_HAN}])"
    r"|(?:疫情|防控|防疫|封控|管控|核酸|应急|检查|隔离|检测|采样)(?:疫情|防控|防疫|工作|应急|联合|联防联控|检查|服务|交通|核酸"
    rf"|检测|采样|封控|管控|隔离|便民|集中|监测|健康)*(?:{_POSTS}|站|点|岗)"
)
# 社区 in 社区工作者 says whose.
_THEIR = ("工作者", "工作人员")
_BEGINS_NAMES = frozenset("同向为的开后值时看走逐遇碰见宣教里内察")
_CLAUSE_END = re.compile("[，,。；;：:！？\n]")
_LONGEST_RAW = 8
# How far behind a word a name that it begins may end.
_NEAR = 30


@cache
def _head_finder():
    """Finder of heads and of words that only look like them, and whether each is a head, and a strong one."""
    words = [*sites.heads(), *sites.not_heads()]
    strong = [sites.is_strong(word) for word in words]
    return ahocorasick_rs.AhoCorasick(words), len(sites.heads()), strong


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
    slots = Slots(text, units)
    slots.enter(0, limit)
    return slots.at(start, limit)


class Slots:
    """Reads lists of places in one text, sentence by sentence; the heads and stops of a sentence are found once."""

    def __init__(self, text: str, units: list):
        self.text, self.units = text, units
        self.unit_starts = [unit.start for unit in units]
        self.unit_ends = [unit.end for unit in units]

    def enter(self, start: int, end: int):
        """Goes to the sentence between two offsets."""
        words = self.text[start:end]
        self.stops = [(start + at, word) for at, word in sites.stops(words)]
        self.stop_starts = [at for at, _ in self.stops]
        self._find_heads(words, start)

    def _find_heads(self, words, offset):
        """For each offset where heads end, how long they are; the ends of those that end a name wherever they stand."""
        finder, n_heads, strong = _head_finder()
        self.heads: dict[int, list[tuple[int, bool]]] = {}
        self.strong_ends = []
        for i, start, end in finder.find_matches_as_indexes(words, overlapping=True):
            self.heads.setdefault(offset + end, []).append((end - start, i < n_heads))
            if i < n_heads and strong[i] and not sites.is_peoples(words, end):
                self.strong_ends.append((offset + end, offset + start))
        self.anchors = sorted(self.heads)
        self.strong_ends.sort()

    def may_begin(self, start: int) -> bool:
        """A quick look whether a unit or a head stands in the clause behind an offset."""
        match = _CLAUSE_END.search(self.text, start)
        end = match.end() if match else len(self.text)
        return _any_between(self.anchors, start, end) or _any_between(self.unit_ends, start, end)

    def at(self, start: int, limit: int) -> tuple[list[Place], int]:
        """As :func:`places_at`."""
        members, end = self._members(start, limit)
        if not members:
            return [], start
        shared, end = self._shared(end, limit)
        return resolve(members, shared), end

    # Members

    def _members(self, start, limit):
        text, members, position, end = self.text, [], start, start
        while True:
            member, stop = self._member(position, limit)
            if member is None:
                break
            if members and text[position - 1] in _COMMA and not self._closes(stop, member):
                break
            members.append(member)
            end = stop
            remark = _REMARK.match(text, stop, limit)
            join = _JOIN.match(text, remark.end() if remark else stop)
            if not join or join.end() >= limit:
                break
            position = join.end()
        return members, end

    def _closes(self, stop, member):
        """Behind a comma only a bare place goes on with the list: A社区,B小区,C医院等地."""
        if isinstance(member, Raw) or member.generic or not _LIST_GOES_ON.match(self.text, stop):
            return False
        if member.end != stop or _VERBS & set(self.text[member.start : stop]):
            return False
        return all(word in _IN_NAMES for _, word in self._stops(member.start + 1, stop))

    def _member(self, position, limit):
        position = self._skip(position, limit)
        word = "" if self._unit_at(position) else self._stop_at(position, limit)
        if word and not (word in _BEGINS_NAMES and self._name_follows(position, limit)):
            return None, position
        end = self._member_end(position, limit)
        owned = OWNED.match(self.text, end, limit)
        if owned and self._name_follows(owned.end() - 1, limit):
            position, end = owned.end(), self._member_end(owned.end(), limit)
        if end <= position:
            return None, position
        return self._parse(position, end)

    def _skip(self, position, limit):
        filler = _FILLER.match(self.text, position, limit)
        position = filler.end() if filler else position
        described = _DESCRIBED.match(self.text, position, limit)
        return described.end() if described and self._name_follows(described.end() - 1, limit) else position

    # Where a name ends

    def _stops(self, start, limit):
        """Marks and words, from an offset on, at which a name may have ended."""
        for i in range(bisect_left(self.stop_starts, start), len(self.stops)):
            if self.stops[i][0] >= limit:
                return
            yield self.stops[i]

    def _stop_at(self, offset, limit):
        return next((word for at, word in self._stops(offset, min(limit, offset + 1))), "")

    def _head(self, start, end) -> int:
        """How long the head is with which the stretch ends; 0 where it ends with none."""
        if self.text[end - 1 : end] in ("”", '"'):
            end -= 1
        for length, is_head in sorted(self.heads.get(end, ()), reverse=True):
            if end - length < start:
                continue
            if not is_head:
                return 0
            if sites.is_long_enough(self.text[end - length : end], end - start):
                return length
        return 0

    def _trim(self, start, end) -> int:
        """Where the last head of a stretch ends; ``start`` where it has none."""
        if self._head(start, end):
            return end
        i = bisect_right(self.strong_ends, (end, end))
        while i and self.strong_ends[i - 1][0] > start:
            i -= 1
            if self.strong_ends[i][1] >= start:
                return self.strong_ends[i][0]
        return start

    def _units_between(self, start, end):
        for i in range(bisect_left(self.unit_starts, start), len(self.units)):
            if self.units[i].end > end:
                return
            yield self.units[i]

    def _unit_at(self, offset):
        i = bisect_left(self.unit_starts, offset)
        return i < len(self.units) and self.unit_starts[i] == offset

    def _inside_unit(self, offset):
        i = bisect_left(self.unit_starts, offset) - 1
        return i >= 0 and self.units[i].end > offset

    def _member_end(self, position, limit):
        """First offset at which a name may end and what stands before it is whole."""
        text, behind = self.text, position
        for at, word in self._stops(position, limit):
            if at < behind:
                continue
            if word in ("（", "(") and (aside := _ASIDE.match(text, at, limit)):
                behind = aside.end()
            elif sites.is_mark(word) or (at > position and self._ends(position, at, word, limit)):
                return at
        return limit

    def _ends(self, position, at, word, limit):
        if word == "等":
            return True
        if self._inside_unit(at) or self.text.startswith(_THEIR, at) or not self._whole(position, at):
            return False
        if MEETING_POINT.match(self.text, at, limit) or _NAME_GOES_ON.match(self.text, at, limit):
            return False
        return not (word in _BEGINS_NAMES and self._name_follows(at, limit))

    def _whole(self, position, at):
        """Whether a chain of units, or a name with its head, fills the stretch."""
        if self._head(position, at):
            return True
        for unit in self._units_between(position, at):
            if not _GAP.fullmatch(self.text, position, unit.start):
                return False
            position = unit.end
        return position == at

    def _name_follows(self, at, limit):
        """港沿镇同滧村, 盈浦街道的一处居民区: the word belongs to a name where a head closes the clause."""
        if self._unit_at(at + 1):
            return True
        begin = at + (self.text[at] == "的")
        limit = min(limit, at + _NEAR)
        for stop, word in self._stops(at + 1, limit):
            if stop > at + 1 and self._head(begin, stop):
                return True
            if sites.is_mark(word):
                return begin > at and self._trim(begin, stop) > begin
        return bool(self._head(begin, limit))

    # From expression to place

    def _parse(self, position, end):
        """Units in front, then the name."""
        text = self.text
        admin, begin, last, short = {}, position, None, False
        for unit in self._units_between(position, end):
            if _BORDER.match(text, unit.end):
                continue
            in_front = _GAP.fullmatch(text, begin, unit.start)
            goes_on = unit.end < end and "\u4e00" <= text[unit.end] <= "\u9fff" and text[unit.end] != "的"
            if in_front and goes_on and _is_street(unit):
                break
            short = bool(in_front and goes_on and _is_short(unit))
            _add_unit(admin, unit, within_name=short or not in_front)
            if short:
                break
            if in_front:
                begin, last = unit.end, unit
        gap = _GAP.match(text, begin, end).end() if last else begin
        stop = self._trim(gap, end)
        if stop == gap:
            return self._without_head(position, begin, end, last, admin)
        place = site_place(position, stop, text[gap:stop], admin, last, joined=gap == begin and not short)
        if short and not admin.get("district"):
            return place._replace(level="city"), end
        return place._replace(level=last and last.level), end

    def _without_head(self, position, begin, end, last, admin):
        """An area, or a member of which something else may say what it is."""
        raw = self.text[begin:end]
        if last:
            if raw[:1] == "的" and 4 <= len(raw) <= 10 and self.text[end : end + 1] in ("、", "和", "及"):
                return Place(position, end, raw[1:], "other", level=last.level, **admin), end
            return Place(position, last.end, None, "other", level=last.level, **admin), last.end
        if _TOWN.fullmatch(raw):
            return Place(begin, end, None, "other", level="township", **(admin | {"township": raw})), end
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
        begin = match.end()
        for stop, word in [*self._stops(begin, limit), (limit, "")]:
            words = self.text[begin:stop]
            if len(words) > 2 * _LONGEST_RAW or (not words and sites.is_mark(word)):
                break
            if words and sites.head_of("一个" + words) and not _NAME_GOES_ON.match(self.text, stop, limit):
                return words, stop
        return "", begin


def _any_between(offsets, start, end):
    i = bisect_right(offsets, start)
    return i < len(offsets) and offsets[i] < end


def _add_unit(admin, unit, within_name):
    """Units from left to right; one within a name adds what those before it leave open."""
    closer = bool(unit.district) and not admin.get("district")
    for field in _ADMIN:
        value = getattr(unit, field)
        if value and not (within_name and admin.get(field) and not (field == "adcode" and closer)):
            admin[field] = value


def _is_street(unit):
    """卫星街 before 西段社区 is the street, not the 街道."""
    return unit.level == "township" and unit.text[-1] == "街"


def _is_short(unit):
    """寿光 in 寿光果蔬物流园 is part of the name."""
    return unit.level not in ("township", "zone") and unit.text not in (unit.province, unit.city, unit.district)
