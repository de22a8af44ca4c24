"""Date expressions of a text: where they stand and what they are made of. :mod:`tifa.marking.dates` tells the days."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tifa import data


class Expression(NamedTuple):
    """One date expression. ``kind`` says which of the other fields are filled.

    ``kind`` is one of

    - day: ``year``, ``month``, ``day`` as far as written; ``year_offset`` is -1 for 去年, ``month_offset`` -1 for 上月
    - range: the same, with ``last_month``, ``last_day``
    - relative: ``offset`` days from the publication, with ``month`` and ``day`` where they stand beside it
    - carried: ``offset`` days from the day named before, or from the first (``name``); a bare 下午 too
    - weekday: ``day`` 1 to 7, ``offset`` weeks from the publication's or None
    - lunar: ``month`` and ``day`` of the lunar year
    - festival: ``name``
    - holiday: ``name``, ``offset`` days from its first day off; -1 is its last day, None the first day after it
    - month: no day named; none: words such as 近日, 连日来

    ``part`` is the part of the day, 上午, 下午 ...
    """

    start: int
    end: int
    text: str
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    offset: int | None = None
    year_offset: int | None = None
    month_offset: int | None = None
    name: str | None = None
    part: str | None = None


class _Kind(NamedTuple):
    """How one kind of expression is found.

    ``gate`` is a quick look whether a text can hold it at all: quickest where each alternative begins with one letter.
    """

    gate: re.Pattern
    pattern: re.Pattern
    read: Callable[[re.Match], dict]


def dates_in(text: str) -> list[Expression]:
    """Date expressions of ``text``, in order, without overlap.

    Parameters
    ----------
    text : str
        Simplified Chinese.

    Returns
    -------
    list of Expression
        Whatever they stand for: a day in the past that a speech mentions is found like the day of a visit.

    Examples
    --------
    >>> [(e.text, e.kind) for e in dates_in("4月17日至18日在青浦检查,17日下午来到盈浦街道;近日,3号院设24小时值班。")]
    [('4月17日至18日', 'range'), ('17日下午', 'day'), ('近日', 'none')]
    """
    found = []
    for rank, kind in enumerate(_kinds()):
        if kind.gate.search(text):
            found += [(match.start(), rank, match, kind.read) for match in kind.pattern.finditer(text)]
    expressions, end = [], 0
    for start, _, match, read in sorted(found, key=lambda item: item[:2]):
        if start >= end:
            end = match.end()
            expressions.append(Expression(start, end, match[0], **read(match)))
    return expressions


@cache
def relative_words() -> dict[str, tuple[str, int]]:
    """Word: (what it is counted from, published or previous; days)."""
    words = {}
    for line in data.lines("dates/relative.tsv"):
        origin, days, names = line.split("\t")
        words |= {name: (origin, int(days)) for name in names.split()}
    return words


@cache
def festivals() -> dict[str, tuple[str, int, int]]:
    """Written form: (calendar, month, day)."""
    found = {}
    for line in data.lines("dates/festivals.tsv"):
        names, calendar, month, day = line.split("\t")
        found |= {name: (calendar, int(month), int(day)) for name in names.split()}
    return found


# Numerals

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "0": 0, "元": 1, "日": 7, "天": 7}


def number(written: str | None) -> int | None:
    """A day, month or year in digits or Chinese numerals.

    Examples
    --------
    >>> [number(n) for n in ("17", "十七", "廿七", "三十", "初五", "二〇二二")]
    [17, 17, 27, 30, 5, 2022]
    """
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    written = written.lstrip("初").replace("廿", "二十")
    if "十" not in written:
        return int("".join(str(_DIGITS[c]) for c in written))
    tens, ones = written.split("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


# Patterns

_PART = "(?P<part>凌晨|清晨|早晨|早上|一早|清早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|夜间|夜里|深夜|午夜|全天|晚|夜)"
_PARTS = _PART.replace("?P<part>", "?:")
_ONE_TO_TEN = "[一二三四五六七八九十]"
# 初四,东方毅来到: of the new year, where a clause begins with it.
_NEW_YEAR = f"初{_ONE_TO_TEN}(?:[，,]|[上下中]午|[凌清]晨|傍晚|晚)"
_CN_DAY = "三十一|三十|[二廿]十?[一二三四五六七八九]|二十|廿|十[一二三四五六七八九]|十|[一二三四五六七八九]"
_DIGIT_DAY = r"3[01]|[12]\d|0?[1-9](?!\d)"
_DAY = rf"{_DIGIT_DAY}|{_CN_DAY}"
_MONTH = "1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九元]"
_YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d|[一二][九〇零○0][〇零○0一二三四五六七八九]{2})|(?P<year_word>今|去|前|明|本))[^\S\n]?年"
)
_YEAR_WORDS = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1}
# 3日内, 5日均, 2日游 are spans of time; 3号楼, 5号门, 1号线 are addresses.
_SPAN = "内|均|游|龄|元|报|以内|之内|以上|以下|以前|无|不|常|化|用|式|志|本|后|前|来|[1一两]检"
_ADDRESS = (
    "楼|院|门|线|馆|库|厅|仓|岗|厂|井|炉|泊|桌|病|舱|店|车|船|机|地|文|令|公告|通告|通知|点|卡|区|栋|商|房|"
    "路|大街|高速|矿|窗|段|台|服|码|柜|桥|箱|巷|弄|村"
)
_ENDS = rf"(?:日(?!{_SPAN})|号(?!{_ADDRESS}))"
# 2月7,县长…: the 日 is lost, or was never typed.
_NO_END = rf"(?<=\d)(?:(?=[，,][\u4e00-\u9fff])|(?={_PARTS}))"
# A number that is the tail of another one, or counts something, is no day: 1.5日, 第20日, 每3日, 连续5日.
_FREE = r"(?<![\d.．:：/·第近每满达约余个共限隔逾超仅月年])(?<!连续|历时|为期|不足|不少)"
_DASH = r"(?:至|到|—+|－|–|-|~|～)"
_TO = rf"(?:[^\S\n]?(?:日|号)?[^\S\n]?{_DASH}[^\S\n]?|[、和及])"
_THAT_DAY = "(?:当天|当日|当晚|这一天|这天|这一日)"


# A look at one character spares the rest of a pattern at most places of a text.
_STARTS = "(?=[0-9一二三四五六七八九十廿元今去前明本上])"


def _plain(match: re.Match) -> dict:
    """Fields of a pattern whose groups are named like them."""
    found = match.groupdict()
    fields = {key: number(found.get(key)) for key in ("year", "month", "day", "last_month", "last_day")}
    fields["year_offset"] = _YEAR_WORDS.get(found.get("year_word"))
    if word := found.get("month_word"):
        fields["month_offset"] = -1 if word[0] == "上" else 0
    return fields | {"kind": "range" if fields["last_day"] else "day", "part": found.get("part")}


def _explicit() -> _Kind:
    last = rf"(?:(?P<last_month>{_MONTH})月)?(?P<last_day>{_DAY})[^\S\n]?{_ENDS}"
    pattern = (
        rf"{_STARTS}(?<![\d.．·])(?:{_YEAR}的?[^\S\n]?)?(?P<month>{_MONTH})[^\S\n]?月[^\S\n]?(?P<day>{_DAY})"
        rf"(?:{_TO}{last}|[^\S\n]?{_ENDS}|{_NO_END})[^\S\n]?的?{_PART}?"
    )
    return _Kind(re.compile(r"月[^\S\n]?[\d一二三十廿四五六七八九]"), re.compile(pattern), _plain)


def _numeric() -> _Kind:
    pattern = rf"(?<!\d)(?P<year>20\d\d)([-/.])(?P<month>1[0-2]|0?[1-9])\2(?P<day>{_DIGIT_DAY})(?!\d)[^\S\n]?{_PART}?"
    return _Kind(re.compile(r"20\d\d[-/.]"), re.compile(pattern), _plain)


def _days() -> _Kind:
    pattern = rf"{_FREE}(?P<day>{_DIGIT_DAY}){_TO}(?P<last_day>{_DIGIT_DAY})[^\S\n]?日(?!{_SPAN})[^\S\n]?{_PART}?"
    return _Kind(re.compile(rf"\d(?:日|号)?[^\S\n]?(?:{_DASH}|[、和及])[^\S\n]?\d"), re.compile(pattern), _plain)


def _bare() -> _Kind:
    ends = rf"[^\S\n]?(?:日(?!{_SPAN})|号(?={_PARTS}))[^\S\n]?的?{_PART}?"
    pattern = rf"{_STARTS}(?:(?P<month_word>本月|上个?月)|{_FREE})(?P<day>{_DIGIT_DAY}){ends}"
    return _Kind(re.compile(r"\d[^\S\n]?[日号]"), re.compile(pattern), _plain)


def _bare_chinese() -> _Kind:
    free = r"(?<![第近每满达约一二三四五六七八九十百月初\d])"
    pattern = rf"{free}(?P<day>{_CN_DAY})日(?={_PARTS}|[,，]){_PART}?"
    return _Kind(re.compile("[一二三四五六七八九十]日"), re.compile(pattern), _plain)


def _weekday() -> _Kind:
    pattern = (
        r"(?P<week>本|这|上上|上|下)?(?<![一两每数几至到])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
        rf"(?:(?={_PARTS}|[,，。;；(（、在赴\s]|到(?!周|星期))|$)[^\S\n]?{_PART}?"
    )

    def read(match: re.Match) -> dict:
        offset = {"本": 0, "这": 0, "上": -1, "上上": -2, "下": 1}.get(match["week"])
        return {"kind": "weekday", "day": number(match["day"]), "offset": offset, "part": match["part"]}

    return _Kind(re.compile("[周期拜][一二三四五六日天]"), re.compile(pattern), read)


def _lunar() -> _Kind:
    pattern = (
        rf"(?:{_YEAR})?(?:农历)?(?:(?P<month>正|腊|冬|(?<=农历){_ONE_TO_TEN})月(?P<day>初{_ONE_TO_TEN}|{_CN_DAY})(?!日)|"
        rf"(?:大年|新年|年|(?<![一-鿿])(?={_NEW_YEAR}))(?P<new_year>初{_ONE_TO_TEN}))[“\"]?(?:元宵佳节|元宵节)?[”\"]?{_THAT_DAY}?[^\S\n]?{_PART}?"
    )

    def read(match: re.Match) -> dict:
        month = {"正": 1, "冬": 11, "腊": 12, None: 1}.get(match["month"]) or number(match["month"])
        fields = {
            "kind": "lunar",
            "month": month,
            "day": number(match["day"] or match["new_year"]),
            "part": match["part"],
        }
        return fields | {"year": number(match["year"]), "year_offset": _YEAR_WORDS.get(match["year_word"])}

    return _Kind(
        re.compile("正月|腊月|冬月|年初|农历|初[一二三四五六七八九十][，,上下早晚凌清中傍]"), re.compile(pattern), read
    )


def _relative() -> _Kind:
    """今天(4月5日), 昨(4)日, 今晚(3月30日); a mirror may have lost the opening bracket."""
    published = (word for word, (origin, _) in relative_words().items() if origin == "published")
    words = data.any_of(word for word in published if len(word) > 1)
    beside = rf"(?:(?P<month>{_MONTH})月)?(?P<day>{_DAY})"
    part_after = _PART.replace("part", "part_after")
    pattern = (
        rf"(?P<word>(?<![如至当迄截目此以之年节])(?:{words})(?!头条|说法|关注|视点|[气津])|[今昨](?=[上下]午|[(（]\d)){_PART}?"
        rf"(?:(?P<open>[^\S\n]?[(（])?{beside}(?:日[^\S\n]?(?(open)[)）]|[)）]?)|[)）]日){part_after}?)?"
    )

    def read(match: re.Match) -> dict:
        word = match["word"]
        part = match["part"] or match["part_after"] or (word[1] if word[1:] in ("晚", "晨", "早", "夜") else None)
        fields = {"kind": "relative", "offset": relative_words()[word][1], "part": part}
        return fields | {"month": number(match["month"]), "day": number(match["day"])}

    return _Kind(re.compile("今[天日早晨晚夜上下(（]|昨|前[天日早晚]|明[天日早晚]|后天"), re.compile(pattern), read)


def _carried() -> _Kind:
    words, first = (
        data.any_of(word for word, (origin, _) in relative_words().items() if origin == wanted)
        for wanted in ("previous", "first")
    )

    def read(match: re.Match) -> dict:
        word = match["word"]
        part = match["part"] or (word[1] if word[1] in "晚夜" else None)
        origin, offset = relative_words()[word]
        return {"kind": "carried", "offset": offset, "part": part, "name": "first" if origin == "first" else None}

    begins = "".join(sorted({word[0] for word in relative_words()}))  # spares the rest at most places of a text
    pattern = rf"(?=[{begins}])(?P<word>{words}|(?<![一-鿿])(?:{first})){_PART}?"
    return _Kind(re.compile("天|日|晚|夜"), re.compile(pattern), read)


def _part_alone() -> _Kind:
    pattern = (
        r"(?=[凌清早一上中午下傍晚夜深])(?<![一-鿿])"
        "(?P<part>凌晨|清晨|早上|早晨|一早|上午|中午|午后|下午|傍晚|晚上|晚间|夜里|深夜)"
    )
    return _Kind(
        re.compile("[晨早午晚夜]"),
        re.compile(pattern),
        lambda match: {"kind": "carried", "offset": 0, "part": match["part"]},
    )


def _festival() -> _Kind:
    """A festival is a day when the text says 当天, 第一天, 上午 or pauses after it; 春节期间, 清明节前 are none."""
    names = data.any_of(festivals())
    which = r"(?:第(?P<nth>[一二三四五六七八\d])天|(?P<first>首日)|(?P<final>最后一天|末日))"
    after = "(?P<after>节?(?:小长假|假期|长假)?(?:结束|过)?后的?(?:上班|复工)?(?:首日|第一天|首个工作日|第一个工作日))"
    eve = rf"(?P<eve>{data.any_of(name for name, (*_, day) in festivals().items() if day == 0)})"
    pattern = (
        rf"(?:{_YEAR})?(?:{eve}(?![前至到期将临]|以来){_THAT_DAY}?|(?P<name>[“\"](?:{names})[”\"](?:(?:国际)?(?:劳动|儿童|妇女|青年)节)?|{names})"
        rf"(?:(?P<holiday>节?(?:小长假|假期|长假|黄金周)?的?{which})|{after}|节?{_THAT_DAY}|(?={_PARTS}|[,，])))[^\S\n]?{_PART}?"
    )

    def read(match: re.Match) -> dict:
        name = re.split('[”"](?!$)', (match["name"] or match["eve"]).strip('“”"'))[0]
        fields = _plain(match) | {"kind": "festival", "name": name}
        if match["after"]:
            return fields | {"kind": "holiday"}
        if match["holiday"]:
            return fields | {"kind": "holiday", "offset": -1 if match["final"] else (number(match["nth"]) or 1) - 1}
        return fields

    return _Kind(re.compile(names), re.compile(pattern), read)


def _month() -> _Kind:
    pattern = rf"(?<!\d){_YEAR}的?(?P<month>{_MONTH})月(?![^\S\n]?\d)"
    return _Kind(
        re.compile("年的?[0-9一二三四五六七八九十]"),
        re.compile(pattern),
        lambda match: _plain(match) | {"kind": "month"},
    )


def _no_day() -> _Kind:
    words = data.any_of(data.words("dates/no_day.txt"))
    return _Kind(
        re.compile("近|日前|连日|日来|天来|这[几些两]|旬|月[初中底末]|年[初中底末]|周"),
        re.compile(rf"(?<![\d目])(?:{words})(?![一二三四五六往])"),
        lambda match: {"kind": "none"},
    )


@cache
def _kinds() -> tuple[_Kind, ...]:
    """All kinds, in order of precedence where two begin at one place."""
    return (
        *(_relative(), _lunar(), _explicit(), _numeric(), _days(), _bare(), _bare_chinese()),
        *(_carried(), _weekday(), _festival(), _month(), _no_day(), _part_alone()),
    )
