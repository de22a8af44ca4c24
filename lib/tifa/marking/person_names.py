"""Names of people: where a name begins and ends in a running text.

A segmenter's tags take times for people and miss rare surnames. So a name is what begins with a surname and ends where
a word follows that may follow a name, or is told by standing elsewhere in the text.
"""

import re
from functools import cache

from tifa import data
from tifa.marking.gazetteer import gazetteer

HAN = "\u4e00-\u9fff"
_DOT = "·•・‧∙"
_DOTTED = re.compile(f"[{HAN}]{{1,7}}(?:[{_DOT}][{HAN}]{{1,7}})+")
_HAN_RUN = re.compile(f"[{HAN}]{{2,6}}")
# A post that may follow its holder's name: 高瑞军副主席, 尹力书记.
TITLE = re.compile(
    r"(?:常务)?(?:副|代)?(?:书记|市长|县长|区长|省长|州长|镇长|乡长|主席|主任|总理|部长|局长|厅长|秘书长|常委|院长|校长)"
)
# 区人大 is no 区 with a given name.
_OFFICE = re.compile("[省市区县州镇乡](?:委|政|人大|长|纪|武装|法院|检|领导|直)")
# 向阳区长安街道 is no head of a district.
_STREET_OFFICE = re.compile(".{1,3}街道")
# 彭场镇党委书记 is no 彭场; 林远和县委书记 are two people.
_UNITS_OFFICE = re.compile(
    f"(?:(?![和与及率带同跟陪])[{HAN}]){{1,3}}[县市区镇乡旗州][县市区镇乡旗州]?(?:委|党委|政府|人大|党工委|纪委|政协)"
)
# 冯书记向陈书记介绍: a surname with its title, and no name.
PREPOSITIONS = frozenset("向对与和同由受请让")
# No name ends with one of these where a shorter one fits: 蒋青|以“四不两直”的方式.
_FUNCTION_WORDS = frozenset("的等以在赴对就将把被又还也都已从带率说问看")
_TITLE_NEXT = re.compile(f"[省市区县州党]|{TITLE.pattern}")
ORGANISATION = frozenset("总委组工会部局省市县区镇乡政党府的了")
# 王林|到G72高速出口, 王林|在3号楼: the verb is no part of the name, whatever stands behind it.
_GOES = re.compile("[到在赴于率](?=[0-9A-Za-z])")
# 藤县 before 县委书记 is no name.
_UNIT_ENDS = frozenset("县市区乡镇村街")
_MOVES = re.compile(
    "来到|到(?![位底场来期家时])|赴|前往|深入|走进|先后|率[队领]|带队|一行|主持|强调|指出|督[导查察]|调研|暗访|检查|看望|慰问"
)
# One character that ends a name of several parts; others may be a syllable of it: 阿不都拉.
_AFTER_DOTTED = frozenset("在到赴率等说和与对向就从先又还")
# So often stands a name that is told by nothing else.
_OFTEN = 3


@cache
def words(name: str) -> frozenset[str]:
    """The words of one of the lists under data/people."""
    return data.words(f"people/{name}.txt")


@cache
def _boundary() -> re.Pattern:
    """Where a name has ended: no Chinese character, a word that may follow a name, or a title."""
    return re.compile(f"[^{HAN}{_DOT}]|$|{data.any_of(words('after_name'))}|{TITLE.pattern}")


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one character, and those of two."""
    every = words("surnames")
    return frozenset(w for w in every if len(w) == 1), frozenset(w for w in every if len(w) == 2)


@cache
def not_names() -> frozenset[str]:
    """Beginnings that look like a name behind a post and are none: 高度, 来到."""
    return words("not_names")


def name_at(text: str, start: int, names=frozenset()) -> str | None:
    """The name that starts at an offset, or None.

    Parameters
    ----------
    text : str
        Simplified Chinese.
    start : int
        Where the name would begin.
    names : collection of str
        Names known from elsewhere in the document: they decide before anything else does.

    Examples
    --------
    >>> name_at("市委书记李强来到", 4), name_at("县委书记要求", 4)
    ('李强', None)
    """
    dotted = _DOTTED.match(text, start)
    if dotted:
        return _cut_dotted(dotted.group())
    run = _HAN_RUN.match(text, start)
    if not run or run.group()[:2] in not_names() or run.group()[:3] in not_names():
        return None
    if _OFFICE.match(run.group()) or _STREET_OFFICE.match(run.group()) or _UNITS_OFFICE.match(text, start):
        return None
    if run.group()[0] in PREPOSITIONS and TITLE.match(text, start + 2):
        return None
    candidates = [run.group()[:n] for n in _lengths(run.group()) if n <= len(run.group())]
    candidates = [
        name for name in candidates if name[-1] not in _UNIT_ENDS and not _GOES.match(text, start + len(name) - 1)
    ]
    known = [name for name in candidates if name in names]
    if known:
        return known[-1]
    found = _long_name(text, start, candidates) or _choose(text, start, candidates)
    if found:
        return _whole(text, start, found)
    return _by_what_follows(text, start, run.group()) or _rare(text, start, run.group())


def _lengths(run: str) -> tuple[int, ...]:
    """Lengths that a name may have, by its surname."""
    single, double = surnames()
    if run[:2] in double:
        return (3, 4)
    if run[0] in words("transliteration"):
        return (2, 3, 4, 5, 6)
    return (2, 3) if run[0] in single else ()


def _choose(text, start, candidates):
    """The candidate behind which the clearest word follows: 李强|来到 rather than 李强来|到."""
    steady = [name for name in candidates[1:] if _steady(text, name[:-1], name)]
    if steady:
        return steady[-1]
    ended = {}
    for name in candidates:
        boundary = _boundary().match(text, start + len(name))
        if boundary and not (ended and name[-1] in _FUNCTION_WORDS):
            ended[name] = _clarity(boundary)
    if len(ended) > 1 and text.count(min(ended, key=len)) > text.count(max(ended, key=len)):
        return min(ended, key=len)
    if ended:
        alike = len(ended) > 1 and text.count(min(ended, key=len)) == text.count(max(ended, key=len)) > 1
        return max(ended, key=lambda name: (ended[name], len(name) if alike else 0))
    repeated = [name for name in candidates if text.count(name) > 1]
    return repeated[-1] if repeated else None


def _long_name(text, start, candidates):
    """孙宝音图: a surname and three characters, where no shorter name fits and none stands elsewhere."""
    if len(candidates) != 2 or text[start : start + 2] in surnames()[1]:
        return None
    short, name = candidates[0], text[start : start + 4]
    ends = _HAN_RUN.match(name) and len(name) == 4 and _boundary().match(text, start + 4)
    fits_short = any(_boundary().match(text, start + length) for length in (2, 3))
    foreign = name[-1] in words("transliteration") and text.count(name) > 1
    return name if ends and foreign and not fits_short and text.count(short) == text.count(name) else None


def _steady(text, short, name):
    """应之问 is never 应之 alone, and different words follow it: its last character is no verb."""
    if not 2 < text.count(name) == text.count(short):
        return False
    return _followers(text, name) > 2


def _clarity(boundary):
    """How surely a boundary ends a name: 张宁|和副市长 more than 张宁和|副市长."""
    word = boundary.group()
    if word in ("和", "与", "及") and _TITLE_NEXT.match(boundary.string, boundary.end()):
        return 9
    if word in ("和", "与", "及", "均", "都"):
        return 0.5
    return len(word) if word and "\u4e00" <= word[0] <= "\u9fff" else 2


def _by_what_follows(text, start, run):
    """A rare surname: two or three characters between a post and a verb that only people are the subject of."""
    if _lengths(run) or ORGANISATION & set(run[:3]) or _boundary().match(text, start):
        return None
    return next((run[:n] for n in (2, 3, 4) if _MOVES.match(text, start + n)), None)


def _whole(text, start, name):
    """木呷日坡 rather than 木呷日: the name goes on while it does so wherever it stands, and different words follow."""
    longer = text[start : start + len(name) + 1]
    if len(longer) == len(name) or len(name) > 3 or not _HAN_RUN.fullmatch(longer) or longer[-1] in _FUNCTION_WORDS:
        return name
    steady = text.count(longer) == text.count(name) >= _OFTEN and _followers(text, longer) > 2
    return _whole(text, start, longer) if steady else name


def _followers(text, name) -> int:
    """How many different characters stand behind a name."""
    return len(set(re.findall(f"{name}(.)", text)))


def _rare(text, start, run):
    """折铁衣: whatever the surname, what stands behind a post and often elsewhere, and then a verb, is a name."""
    if _lengths(run) or ORGANISATION & set(run[:2]) or _boundary().match(text, start) or text.count(run[:2]) < _OFTEN:
        return None
    if run[2:3] in _UNIT_ENDS or run[:2] in gazetteer().names:  # 濂溪区副区长
        return None
    name = run[:3] if text.count(run[:3]) == text.count(run[:2]) and run[2:3] not in _FUNCTION_WORDS else run[:2]
    name = _whole(text, start, name)
    ended = _boundary().match(text, start + len(name))
    return name if ended and ended.group()[:1] >= "\u4e00" else None


def _cut_dotted(run: str) -> str:
    """艾尔肯·吐尼亚孜来到 → 艾尔肯·吐尼亚孜: the last part ends where a word that may follow a name begins."""
    last = max(run.rfind(dot) for dot in _DOT)
    for end in range(last + 2, len(run)):
        ended = _boundary().match(run, end)
        if ended and (len(ended.group()) > 1 or ended.group() in _AFTER_DOTTED):
            return run[:end]
    return run
