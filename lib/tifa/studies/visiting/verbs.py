"""Which verb: the words that open a list of places, of movement and inspection, prepositions, numbered stops."""

import re
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from tifa import data

# What must not stand before or behind some of the words: 得到 and 到位 are no 到, 正在 is no 在.
_NOT_BEFORE = {
    "到": frozenset("每车得达收看感提受遇接做直找听谈想用落送运报迟周老等拿传推不没办见轮沉"),
    "在": frozenset("正现存实所潜内外旨意仍都还混走坐设选装挤躺围摆放写记贴挂停留"),
    "对": frozenset("应反针相面绝核校配派比一"),
    "来到": frozenset("以"),
    "去": frozenset("不没谁想要该能别过出离回失上下死除减抹逝远扣免"),
    "进": frozenset("推先促引改前走挺迈跟增递开激奋并演"),
}
_NOT_BEHIND = {
    "到": frozenset("过位底场来期家岗人户账货点时目了最"),
    "在": frozenset("于职岗线建校院返途"),
    "去": frozenset("年向除掉世处留职冬夏春秋过的岁哪看"),
    "进": frozenset("行入一出展度步口货价京程修取食而来去驻场厂店户"),
    "对": frozenset("面于照接象此应外标口比策话"),
    "登上": (
        "渔政",
        "渔船",
        "游艇",
        "快艇",
        "客船",
        "船",
        "巡逻",
        "海巡",
        "冲锋舟",
        "一艘",
        "收割机",
        "列车",
        "大巴",
        "公交",
    ),
    "深入": (
        *("了解", "细致", "推进", "贯彻", "开展", "学习", "实际", "分析", "浅出", "人心", "研究", "交流", "细化"),
        *("检查", "查看", "察看", "调研"),
    ),
}
# 调研的第一站是A: the verb only says what the stop is one of.
_THE_STOP = ("的第", "的首站", "的末站", "的最后", "的下一", "第一站", "首站", "末站", "最后一站")
# 调研组, 督导第一组, 检查时, 检查站 are no inspecting.
_GROUPS = tuple(f"第{number}组" for number in "一二三四五六七八九十")
_NO_INSPECTION = (
    tuple("组 团 员 队 时 后 点 站 卡 中， 中, 中、 会， 会, 会。 会、 会议 会上 会商".split()) + _THE_STOP + _GROUPS
)
_STOP = re.compile(
    r"(?:第.|首|末|最后一|下一)个?(?:站点?|点位?|目的地|落脚点|处|盏灯|现场|卡点|地方|地点|去处|家)"
    r"(?:在[^，,。；;]{2,12}[，,]就?是(?=.{4})|就?是|就?在|[选定设放落]在|[，,：:]就?是?)"
    r"|[离距][^，,。；;]{1,10}[，,]?(?:就|便|正)是"
    r"|(?<=[。，,；;])(?:紧?接着|然后|随后|最后|再往后)是"
)
# 一处是A社区,另一处是B村: points of a list.
_EACH = re.compile("(?<=[，,；;：:])另?一(?:盏|处|个|家|站)就?是")
# 车子停在A村村口: whose car it is goes without saying.
_CAR = re.compile(
    "(?<![货客救警火动列快])(?:车子?|车队|中巴车?|面包车)(?:稳稳|缓缓|径直|一路)?(?:停|开|驶)(?:在|到|进|入)了?"
)
# 林远一行来石桥村: 来 alone is too common behind anything else.
_COMES = re.compile("(?<=一行|专程|先生|同志)来(?![到了的自源访往电信函])")
# 从董市镇开始: where the tour begins.
_FROM = re.compile("从(?=[^，,。；;]{2,12}(?:开始|起步))")
# 在市教育局局长卓帆的陪同下: in whose company.
_IN_COMPANY = re.compile("在[^，,。；;在]{2,40}?(?:陪同|陪伴|带领|引领|率领)下")


class Verb(NamedTuple):
    """``how`` is arrive, pass (途经), inspect, within (在), object (对…进行检查), stop (第一站是) or from (从…开始)."""

    start: int
    end: int
    how: str


@cache
def _finder():
    words = dict.fromkeys(data.words("sites/arrivals.txt"), "arrive")
    words |= dict.fromkeys(data.words("sites/inspections.txt"), "inspect")
    words |= dict.fromkeys(("路过", "途经"), "pass")
    words |= {"到": "arrive", "进": "arrive", "去": "arrive", "在": "within", "对": "object"}
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=kind), list(words.items())


def verbs_in(text: str, units: set[int] = frozenset()) -> list[Verb]:
    """Words of a text that may open a list of places, in order; ``units``: offsets where administrative units begin.

    Examples
    --------
    >>> [(text.end - text.start, text.how) for text in verbs_in("首站是石桥村,随后来到大堰村检查,正在施工")]
    [(3, 'stop'), (2, 'arrive'), (2, 'inspect')]
    """
    finder, words = _finder()
    found = [Verb(match.start(), match.end(), "stop") for match in _STOP.finditer(text)]
    found += [Verb(match.start(), match.end(), "from") for match in _FROM.finditer(text)]
    found += [
        Verb(match.start(), match.end(), "arrive")
        for match in (*_CAR.finditer(text), *_EACH.finditer(text), *_COMES.finditer(text))
    ]
    for i, start, end in finder.find_matches_as_indexes(text):
        word, how = words[i]
        if _opens(text, start, end, word, how, end in units):
            found.append(Verb(start, end, how))
    return sorted(found)


def behind_names(text: str, ends: list[int], verbs: list[Verb]) -> list[Verb]:
    """到 and 在 right behind a person's name that ends like another word: 林达|到石桥村, no 达到.

    Examples
    --------
    >>> behind_names("林达到石桥村", [2], [])
    [Verb(start=2, end=3, how='arrive')]
    """
    known, how = {verb.start for verb in verbs}, {"到": "arrive", "在": "within"}
    found = [at for at in ends if at not in known and text[at : at + 1] in how and not _IN_COMPANY.match(text, at)]
    return [Verb(at, at + 1, how[text[at]]) for at in found if text[at + 1 : at + 2] not in _NOT_BEHIND[text[at]]]


def _opens(text, start, end, word, how, unit_next):
    if how == "inspect" and text.startswith(_NO_INSPECTION, end):
        return False
    if (word[-1] == "了" and text.startswith("解", end)) or text.startswith(("从", "来自"), end):
        return False
    if word == "在" and _IN_COMPANY.match(text, start):
        return False
    if word in _NOT_BEFORE and text[start - 1 : start] in _NOT_BEFORE[word]:
        return False
    behind = _NOT_BEHIND.get(word)
    if behind is None or unit_next or text.startswith("位于", end):
        return True
    return not text.startswith(behind, end) if isinstance(behind, tuple) else text[end : end + 1] not in behind


# 慰问活动首站来到A: the tour itself.
_FIRST_STOP = re.compile("活动的?(?:首|第.|末|最后一|下一)站")
# Words of one character of the same meaning, and what must not stand before them: 主要 is no 要.
_SINGLE = {"要": "主重需首只", "应": "对适反响相供", "请": "申邀", "将": "即", "从": "一简服遵听顺随", "曾": "不未"}
_SINGLE |= dict.fromkeys("让由被未必须", "")
# 应急指挥中心, 将军大道: the character is part of a name.
_IN_NAMES = frozenset(("应急", "应城", "应县", "将军", "将乐", "从化", "从江", "未央", "未来", "曾都"))


@cache
def _elsewhere_finder():
    words = [word for word in data.words("sites/not_present.txt") if len(word) > 1]
    words += [*_SINGLE, *_IN_NAMES]
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), words


def elsewhere_in(text: str) -> list[int]:
    """Offsets of words that, before a verb in its clause, say that the leader did not go there.

    Examples
    --------
    >>> elsewhere_in("主要领导要深入社区")
    [4]
    """
    finder, words = _elsewhere_finder()
    company = [match.span() for match in _IN_COMPANY.finditer(text)]
    found = finder.find_matches_as_indexes(text)
    found = [
        at for i, at, _ in found if words[i] not in _IN_NAMES and not _follows(text, at, _SINGLE.get(words[i], ""))
    ]
    found = [at for at in found if not _FIRST_STOP.match(text, at)]
    return [at for at in found if not any(start < at < end for start, end in company)]


def _follows(text, at, characters):
    return at > 0 and text[at - 1] in characters


def before_unit(verb: Verb, starts: set[int]) -> Verb:
    """到|达来呼布镇: the verb ends where the name of a unit begins.

    Examples
    --------
    >>> before_unit(Verb(0, 2, "arrive"), {1}).end
    1
    """
    inside = next((at for at in range(verb.start + 1, verb.end) if at in starts), None)
    return verb._replace(end=inside) if inside else verb
