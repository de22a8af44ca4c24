"""Where a clause begins and ends, and whether it opens with a place and goes on with the leader: 石桥镇客运站,他问…"""

import re
from collections.abc import Iterator

# 7点30分,东兴口岸二桥: a time may stand before the place.
_TIME = re.compile(
    r"(?:(?:本报|本网|本台)(?:讯|消息)\s*(?:[（(][^）)]*[）)])?\s*)?(?:[^，,。；;]{0,8}(?:[日午晨晚夜](?:时分)?|(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})[点时](?:[0-9一二三四五十]{1,3}分|多|许|半|整|钟)?"
    r"|[0-9]{1,2}[:：][0-9]{2})(?:左右)?[，,]\s?)?(?:这里的|这里有?)?"
    r"(?:第.{1,2}(?:单|站|家|处|个点)(?:是|在|选在|定在|设在))?"
)
_FIRST = re.compile(r"([^，,。；;：:]{3,48})[，,]\s?")
_PART = re.compile("[^；;]+[；;]?")
_LISTING = re.compile(
    "(?:检查|督导|督查|督察|走访|调研|看望|慰问|暗访|抽查|察看|查看|跑了|走了|去了|看了|到了)[^，,。；;：:“]{0,10}[：:](?!“)"
)
# So much may stand between the place and the comma: 的育秧大棚里, 挨着内蒙古, 一直闭环管理.
ASIDE = 16
STAND_IN = re.compile(
    "(?:他|她|两人|二人|(?:省|市|州|县|区|旗)?领导|(?:调研|考察|督导|督查|检查|慰问)[组团])(?:一行|们|同志)?"
)
_SAYS = re.compile("(?:同志)?(?:说|指出|强调|表示|认为|介绍|汇报|告诉|坦言|是|的)")
_SPEAKS = re.compile(
    r"[^，,。；;“]{0,8}(?:说|指出|强调|表示|认为|介绍|汇报|告诉|坦言|要求|希望|叮嘱|嘱咐|提醒|提出|明确|勉励|主张|建议|谈)"
    r"|同志?[，,：:]|是|的"
)
_TIMES = re.compile(r"(?:第.站)?[0-9零一二三四五六七八九十:：年月日时点分半许上下中午早晚昨今前天晨凌傍夜|｜·—\- 　]*")
# A社区、B村、C公司,三个地方看下来: everybody knows who looked.
_LOOKED_THROUGH = re.compile("[^，,。；;]{0,8}(?:看|走|查|跑)(?:下来|了一遍|了个遍)")
# A矿的监控室,是他查的最后一处.
_ONE_OF_ALL = re.compile("是(?:他|她|此行|当天|这一天)[^，,。；;]{0,8}(?:最后|第)[^，,。；;]{0,3}[站处个家点]")
# A村成了他此行的第一站.
_COUNTED = re.compile("(?:第[一二三四五六七八九十]|首|末|最后一|下一)(?:站|个?点位|个点|家|处)[。，,；;]")
_BECOMES = re.compile("(?:就|便|也)?(?:是|成为了?|成了)")
_PAUSES = re.compile("[，,。；;：:“]")
_DAY = re.compile("[0-9]{1,2}[日号]")
_AWAY = re.compile(
    "离开|路过|经过|来自|位于|返程|走出|进|从|自|途|沿|出了|第.站|首站|末站|最后|随后|接着|之后|目前|现在|如今|眼下|此前|当时"
)
_INTRODUCES = re.compile(
    "位于|地处|坐落|启用|投用|建成|住着|居住|生活|承担|共有|现有|占地|接待|拥有|目前|聚集|收治|安置|是|有|远|，|,"
)
_INSIDE = re.compile("(?:里|内|门口|门前|外)[，,]")
_ALONE = re.compile(r"[。！]?$")


def segments(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a stretch between semicolons, and behind the colon that opens a list of places.

    Examples
    --------
    >>> list(segments("在A村看菜;B村,他问价", 0, 12))
    [(0, 6), (6, 12)]
    """
    for match in _PART.finditer(body, start, end):
        colon = _LISTING.search(body, *match.span())
        if colon:
            yield match.start(), colon.end()
            yield colon.end(), match.end()
        else:
            yield match.span()


def last_segment(body: str, start: int, end: int) -> int:
    """Where what stands behind the last semicolon begins: …看地灾点;下午,他主持召开会商会."""
    return max(body.rfind("；", start, end - 1), body.rfind(";", start, end - 1)) + 1 or start


def lists_from(body: str, start: int, end: int) -> int:
    """Where a list of places begins: 走访三处:A,问价;B,看菜. 去了三个地方:A园,看管理;B村,看用房."""
    return end if _LISTING.search(body, start, end) else len(body)


def pause(body: str, start: int, end: int) -> int | None:
    """Where the first clause ends, if it is long enough to name a place."""
    clause = _FIRST.match(body, start, end)
    return clause.end(1) if clause else None


def place_begins(body: str, start: int, end: int) -> int:
    """Where a place may open a clause, behind a time."""
    return _TIME.match(body, start, end).end()


def goes_away(site: str) -> bool:
    """Whether the words say that the place is left, or count the stop: 离开公园, 第一站."""
    return bool(_AWAY.match(site))


def is_byline(body: str, start: int, end: int) -> bool:
    """Whether 讯 or a day stands between the place and the leader: 石桥县融媒体中心 4月5日,林远来到."""
    return bool(_DAY.search(body, start, end)) or "讯" in body[start:end]


def marker(body: str, start: int) -> int:
    """Where times and marks end that open a line: 昨晚10点|A镇."""
    return _TIMES.match(body, start).end()


def before_leader(body: str, start: int, end: int, people: list[int]) -> int | None:
    """Where the first clause ends, if the leader or a word that stands for one begins the next.

    Parameters
    ----------
    body : str
    start, end : int
        The stretch that a place may open.
    people : list of int
        Where people, or their posts, begin.

    Examples
    --------
    >>> before_leader("B村的大棚里,他问价", 0, 10, [])
    6
    """
    clause = _FIRST.match(body, start, end)
    if not clause:
        return None
    stand_in = STAND_IN.match(body, clause.end(), end)
    if _ONE_OF_ALL.match(body, clause.end(), end):
        return clause.end(1)
    if _LOOKED_THROUGH.match(body, clause.end(), end):
        return clause.end(1)
    follows = clause.end() in people or bool(stand_in and not says(body, stand_in.end()))
    return clause.end(1) if follows else None


def before_counted(body: str, start: int, end: int) -> int | None:
    """Where the place ends that is said to be one of the stops.

    Examples
    --------
    >>> before_counted("石桥村成了他此行的第一站。", 0, 13)
    3
    """
    counted = _COUNTED.search(body, start, end)
    becomes = counted and _BECOMES.search(body, start, counted.start())
    if not becomes or _PAUSES.search(body, start, counted.start()):
        return None
    return becomes.start()


def says(body: str, at: int) -> bool:
    """Whether a verb of saying stands at an offset."""
    return bool(_SAYS.match(body, at))


def speaks(body: str, at: int) -> bool:
    """Whether a verb of saying or asking for stands at an offset, or behind an adverb."""
    return bool(_SPEAKS.match(body, at))


def introduces(body: str, start: int, stop: int, end: int) -> bool:
    """Whether a sentence introduces the place that opens it and ends at ``stop``: A镇B村。A镇B村里,…  B村住着…"""
    entered = _INSIDE.match(body, stop)
    return bool(entered or _INTRODUCES.search(body, start, end)) or stands_alone(body, stop, end)


def stands_alone(body: str, stop: int, end: int) -> bool:
    """Whether the place is all that the sentence says: 10点15分,江平镇万尾村。"""
    return bool(_ALONE.fullmatch(body, stop, end))
