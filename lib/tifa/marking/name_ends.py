"""Where the names of places end in a text: at their heads, unless a word shows that the name goes on."""

import re
from bisect import bisect_left, bisect_right
from functools import cache

import ahocorasick_rs

from tifa.marking import site_heads, site_stops, sites
from tifa.marking.site_names import LOOKED_AFTER, MEETING_POINT

_HAN = "\u4e00-\u9fff"
# 浦东新区疫情防控指挥部: what looks like the matter inspected is part of a name when one of these closes it.
_POSTS = (
    "指挥部|指挥中心|卡点|卡口|检查点|检查站|服务点|服务站|监测点|执勤点|值守点|防控点|检测点|采样点|隔离点"
    "|专班|领导小组"
)
NAME_GOES_ON = re.compile(
    r"(?:疫情|防控|防疫|封控|管控|核酸|应急|检查(?!了)|隔离|检测|采样|交通|志愿)"
    rf"(?:(?![和及与]|工作)[{_HAN}]|工作(?=指挥|专班|领导)){{0,10}}?(?:{_POSTS}|办公室|中心|站|点|岗)(?![{_HAN}])"
    r"|(?:疫情|防控|防疫|封控|管控|核酸|应急|检查(?!了)|隔离|检测|采样)(?:疫情|防控|防疫|工作|应急|联合|联防联控|检查|服务|交通|核酸"
    rf"|检测|采样|封控|管控|隔离|便民|集中|监测|健康)*(?:{_POSTS}|站|点|岗)"
)
# 社区 in 社区工作者 says whose.
_THEIR = ("工作者", "工作人员")
# 一位村民, 大堰村支书 are people.
_VILLAGERS = frozenset("民支")
# 大堰村脱贫户林某家 is a visit to 大堰村.
_AT_HOME = re.compile(
    rf"(?:村|社区)(?=的?[{_HAN}]{{0,6}}(?:户|村民|居民|职工|教师|党员|老人|军人|农民|工人)[{_HAN}]{{1,4}}家$)(?!民)"
)
_COUNTED = re.compile("[一两三几多0-9]{1,8}[位名个户]")
_POST_NEXT = re.compile("检查[站点卡岗]|检查(?:防控|疫情|服务|执勤|防疫)[站点卡岗]")
_GATES = ("东门", "西门", "南门", "北门", "大门")
_BEGINS_NAMES = frozenset(
    (*"同向为的开后值时遇碰见宣教里内", *_GATES, "周边", "附近", "沿线", "境内", "入口", "出口", "临时")
)
# 高速公路沙洋(高阳)出口 goes on behind the bracket; A小区（3号楼）、B小区 does not.
_ASIDE = re.compile(rf"[（(][^）)]{{1,8}}[）)](?=[{_HAN}])(?![和及与等])")
# What may stand between a unit and what lies in it.
GAP = re.compile(rf"(?:的|境内|辖区内?|下辖的?|所辖的?|位于|地处|所属|(?:{LOOKED_AFTER}|负责)的?|内的?|上的|城区)*")
# 王村分洪闸处, 石门水库前.
_AT = frozenset("处前旁边内里")
# 高等专科学校 is no list of schools.
_OF_HIGHER = re.compile("(?:高等(?:专科|学校|职业|师范|院校)|中等(?:专业|职业|技术))")
# Verbs of one character that are in many names: they end a name only behind its head.
_LIGHT = site_stops.light_verbs()
_LOOKS = frozenset("查看问听盯")
# 社区管理和市场卫生: what is inspected, and no name.
_JOINS = frozenset(("和", "及", "与", "以及"))
_MATTER = re.compile(
    "(?:管理|工作|防控|运行|情况|建设|进度|进展|成效|发展|生产|供应|保障|措施|落实|行业|供暖|供水|供气|供电|保供|养殖|种植|捕捞|旅游|消防)$"
)
_CLAUSE_END = re.compile(f"[，,](?![{_HAN}]{{2,5}}[，,、等])|[。；;！？\n]")
# 吕尹村抵边段: so much may stand behind a village that no head closes.
_TAIL = 5
_LONGEST_TOWN = 8
# How far behind a word a name that it begins may end.
_NEAR = 30
# So far behind a comma _CLAUSE_END looks.
_LONGEST_ITEM = 8


@cache
def _head_finder():
    """Finder of heads and of words that only look like them, and whether each is a head, and a strong one."""
    words = [*site_heads.heads(), *site_heads.not_heads()]
    strong = [site_heads.is_strong(word) for word in words]
    return ahocorasick_rs.AhoCorasick(words), len(site_heads.heads()), strong


class NameEnds:
    """Heads, stops and units of one text; those of a sentence are found once, when it is entered."""

    def __init__(self, text: str, units: list):
        self.text, self.units = text, units
        self.unit_starts = [unit.start for unit in units]
        self.unit_ends = [unit.end for unit in units]

    def enter(self, start: int, end: int):
        """Goes to the sentence between two offsets."""
        words = self.text[start:end]
        self.stops = [(start + at, word) for at, word in site_stops.stops(words)]
        self.stop_starts = [at for at, _ in self.stops]
        self._find_heads(words, start)

    def _find_heads(self, words, offset):
        """For each offset where heads end, how long they are; the ends of those that end a name wherever they stand."""
        finder, n_heads, strong = _head_finder()
        self.heads: dict[int, list[tuple[int, bool]]] = {}
        self.strong_ends = []
        for i, start, end in finder.find_matches_as_indexes(words, overlapping=True):
            if words[end - 1] == "小" and words.startswith("时", end):  # 三十六小时
                continue
            self.heads.setdefault(offset + end, []).append((end - start, i < n_heads))
            if i < n_heads and strong[i] and not site_heads.is_peoples(words, end):
                self.strong_ends.append((offset + end, offset + start))
        self.anchors = sorted(self.heads)
        self.strong_ends.sort()

    def may_begin(self, start: int) -> bool:
        """A quick look whether a unit or a head stands in the clause behind an offset."""
        ends = [end for ends in (self.anchors, self.unit_ends) if (end := _first_behind(ends, start))]
        if not ends:
            return False
        pause = _CLAUSE_END.search(self.text, start, min(ends) + _LONGEST_ITEM)
        return not pause or min(ends) < pause.end()

    def stops_between(self, start, limit):
        """Marks and words, from an offset on, at which a name may have ended."""
        for i in range(bisect_left(self.stop_starts, start), len(self.stops)):
            if self.stops[i][0] >= limit:
                return
            yield self.stops[i]

    def stop_at(self, offset, limit):
        return next((word for at, word in self.stops_between(offset, min(limit, offset + 1))), "")

    def _head(self, start, end) -> int:
        """How long the head is with which the stretch ends; 0 where it ends with none."""
        if self.text[end - 1 : end] in ("”", '"'):
            end -= 1
        for length, is_head in sorted(self.heads.get(end, ()), reverse=True):
            if end - length < start:
                continue
            if not is_head:
                return 0
            if site_heads.is_long_enough(self.text[end - length : end], end - start):
                return length
        return 0

    def trim(self, start, end) -> int:
        """Where the last head of a stretch ends; ``start`` where it has none."""
        if self.text[end - 3 : end] == "村村口" and self._head(start, end - 2):
            return end - 2
        if self.text[end - 1] == "家" and (home := _AT_HOME.search(self.text, start + 1, end)):
            return home.end()
        located = self.text[end - 1] in _AT or self.text[end - 2 : end] in ("村口", "巷口")
        if located and self._head(start, end - 1):
            return end - 1
        if self._head(start, end):
            return end
        opened = self.text.rfind("“", start, end) if self.text[end - 1] == "”" else -1
        if opened > start and self._head(start, opened):  # 百年老店“德茂恒酱园”
            return end
        i = bisect_right(self.strong_ends, (end, end))
        while i and self.strong_ends[i - 1][0] > start:
            i -= 1
            if self.strong_ends[i][1] >= start:
                return self.strong_ends[i][0]
        village = self.text.rfind("村", start + 1, end) + 1
        if self.text[village : village + 1] in _VILLAGERS or _COUNTED.match(self.text, start):
            return start
        return village if end - village <= _TAIL and self._head(start, village) else start

    def units_between(self, start, end):
        for i in range(bisect_left(self.unit_starts, start), len(self.units)):
            if self.units[i].end > end:
                return
            yield self.units[i]

    def unit_from(self, offset):
        """The unit that begins at an offset."""
        i = bisect_left(self.unit_starts, offset)
        return self.units[i] if self.unit_at(offset) else None

    def unit_at(self, offset):
        i = bisect_left(self.unit_starts, offset)
        return i < len(self.units) and self.unit_starts[i] == offset

    def _inside_unit(self, offset):
        i = bisect_left(self.unit_starts, offset) - 1
        return i >= 0 and self.units[i].end > offset

    def end_of(self, position, limit):
        """First offset at which a name may end and what stands before it is whole."""
        text, behind = self.text, position
        for at, word in self.stops_between(position, limit):
            if at < behind or (at == position and word in _JOINS):
                continue
            if word in ("（", "(") and (aside := _ASIDE.match(text, at, limit)):
                behind = aside.end()
            elif site_stops.is_mark(word) or (at > position and self._ends(position, at, word, limit)):
                return at
        return limit

    def _ends(self, position, at, word, limit):
        if word == "等":
            return not _OF_HIGHER.match(self.text, at - 1)
        if word[0] == "并" and len(word) > 1:
            return True
        if (self.unit_at(at) and self.is_whole(position, at)) or self._called_after_town(at):
            return False
        if word in _JOINS and self._joins(position, at, at + len(word), limit):
            return True
        if word in _LIGHT and not self._head(position, at):
            return False
        if self._inside_unit(at) or self.text.startswith(_THEIR, at):
            return False
        if not self.is_whole(position, at):
            goes_on = self.follows(at, limit) or self._head(position, at + len(word))
            return self._is_near(position, at) and (word in _LOOKS or (len(word) > 1 and not goes_on))
        if word == "检查" and self._behind_unit(at) and not _POST_NEXT.match(self.text, at):
            return True
        if self._meet(position, at, limit) or NAME_GOES_ON.match(self.text, at, limit):
            return False
        return not self.begins_name(at, word, limit)

    def _called_after_town(self, at) -> bool:
        """和川镇|和川村: what begins with the name of the town right before it is a name."""
        town = next((unit for unit in self.units_between(at - _LONGEST_TOWN, at) if unit.end == at), None)
        return bool(town and len(town.text) > 2 and self.text.startswith(town.text[:2], at))

    def is_whole(self, position, at):
        """Whether a chain of units, or a name with its head, fills the stretch."""
        if self._head(position, at):
            return True
        for unit in self.units_between(position, at):
            if not GAP.fullmatch(self.text, position, unit.start):
                return False
            position = unit.end
        return position == at

    def _joins(self, position, at, start, limit):
        """运管所和火车站, 江南摩尔和解放街道凌塘社区: whatever stands before 和, behind it is a place."""
        if self._meet(position, at, limit):
            return False
        if _MATTER.search(self.text, position, at) or self.unit_at(start):
            return True
        limit = min(limit, start + _NEAR)
        stop = next((at for at, word in self.stops_between(start, limit) if site_stops.is_mark(word)), limit)
        return sites.is_unique(self.text[start:stop])

    def _meet(self, position, at, limit) -> bool:
        """A村和B村交界卡点 is one place; A村蔬菜大棚和B镇C村交界卡点 are two."""
        apart = self.unit_at(at + 1) and site_heads.is_facility(self.text[position:at])
        return not apart and bool(MEETING_POINT.match(self.text, at, limit))

    def _is_near(self, position, at):
        """清平社区五组|查山坪塘, 吕尹村抵边段|开展巡边: a head stands close before the verb."""
        return at - 3 <= self.trim(position, at) > position

    def _behind_unit(self, at) -> bool:
        """柏杨坝镇|检查鄂渝交界卡口: a town, and nothing behind it yet."""
        return any_between(self.unit_ends, at - 1, at + 1)

    def is_light(self, word) -> bool:
        """Whether a verb is too common in names to end one without a head."""
        return word in _LIGHT

    def begins_name(self, at, word, limit) -> bool:
        """Whether a word that may end names is the beginning of one here: 向 of 向阳村."""
        listed = word == "和" and self.text[at - 1] == "、"  # A路、和顺路
        return (listed or word in _BEGINS_NAMES) and self.follows(at, limit)

    def follows(self, at, limit):
        """港沿镇同滧村, 盈浦街道的一处居民区: the word belongs to a name where a head closes the clause."""
        if self.unit_at(at + 1):
            return True
        begin = at + (self.text[at] == "的")
        limit = min(limit, at + _NEAR)
        for stop, word in self.stops_between(at + 1, limit):
            if stop > at + 1 and self.trim(begin, stop) >= stop - 1 > begin:
                return True
            if site_stops.is_mark(word):
                return begin > at and self.trim(begin, stop) > begin
        return bool(self._head(begin, limit))


def any_between(offsets, start, end):
    first = _first_behind(offsets, start)
    return first is not None and first < end


def _first_behind(offsets, start):
    i = bisect_right(offsets, start)
    return offsets[i] if i < len(offsets) else None
