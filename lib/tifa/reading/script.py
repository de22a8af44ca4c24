"""Traditional to simplified characters: OpenCC, and the contexts in which it is wrong for mainland news."""

import re
from functools import cache
from itertools import islice
from math import ceil

from opencc import OpenCC

from tifa.data import lines

TRADITIONAL_SHARE = 0.02  # of a page's Chinese characters: from here on the page is traditional
COMMON = 130  # surnames that a name with 著 may have

_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")
_IN_FEW_FONTS = re.compile("[\U00010000-\U0010ffff]")


def simplify(text: str) -> str:
    """Text in simplified characters, with the same number of lines.

    Parameters
    ----------
    text : str
        A page, or any part of it; either script, or both.

    Returns
    -------
    str
        Simplified text comes back as it is. Characters that simplified names may hold (乾, 昇, 著) are changed only
        where the line or the page is traditional besides.

    Examples
    --------
    >>> simplify("奔著問題去,解決若乾著名企業的問題")
    '奔着问题去,解决若干著名企业的问题'
    >>> simplify("市长钱乾在乾县看望皇后村村民")
    '市长钱乾在乾县看望皇后村村民'
    """
    if not _suspect().search(text) or not _changeable().search(text):
        return text
    traditional = _is_traditional(text)
    return "\n".join(_line(line, traditional) for line in text.split("\n"))


def _is_traditional(text: str) -> bool:
    """Whether the page as a whole is; its first characters mostly tell."""
    needed = ceil(TRADITIONAL_SHARE * len(_NOT_CHINESE.sub("", text)))
    return needed == 0 or any(True for _ in islice(_strict().finditer(text), needed - 1, None))


def _line(line: str, traditional: bool) -> str:
    if not _suspect().search(line):
        return line
    line = _dry_words().sub(lambda m: m.group().replace("乾", "干"), line) if "乾" in line else line
    line = _after_verbs().sub(lambda m: m[1] or "着", line) if "著" in line else line
    if not _changeable().search(line) or not (traditional or _strict().search(line)):
        return line
    converted = _converter().convert(line)
    if len(converted) == len(line):
        converted = _keep(line, converted, traditional)
    converted = _phrases().sub(lambda m: _phrase_table()[m.group()], converted)
    return _zhu().sub(lambda m: m[1] or "着", converted) if "著" in converted else converted


def _keep(line: str, converted: str, traditional: bool) -> str:
    """The converted line; its own characters where a name may have them or the new ones are in few fonts."""
    if traditional and "乾" not in line and not _IN_FEW_FONTS.search(converted):
        return converted
    names = _names(converted, line) if "乾" in line else set()
    out = []
    for at, (old, new) in enumerate(zip(line, converted, strict=True)):
        kept = at in names or new > "\uffff" or (not traditional and old in _both() and old not in "乾著")
        out.append(old if kept else new)
    return "".join(out)


def _names(converted: str, line: str) -> set[int]:
    """Where a 乾 belongs to a person's name."""
    kept = "".join(old if old == "乾" else new for old, new in zip(line, converted, strict=True))
    return {match.start(1) + match[1].index("乾") for match in _name().finditer(kept)}


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _both() -> frozenset[str]:
    return frozenset("".join(lines("script/both.txt")).replace(" ", ""))


@cache
def _traditional() -> str:
    """Every character that the converter changes."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    return "".join(a for a, b in zip(every, _converter().convert("\n".join(every)).split("\n"), strict=True) if a != b)


@cache
def _suspect() -> re.Pattern:
    """Every character that may have to be changed, whatever stands beside it: one set, so that it is found quickly."""
    return re.compile(f"[{_traditional()}{''.join(_both())}衹祇瞭]")


@cache
def _strict() -> re.Pattern:
    """Characters that simplified text does not have."""
    return re.compile(f"[{''.join(set(_traditional()) - _both())}衹]|(?<![神地])祇|瞭(?![望哨亮])")


@cache
def _changeable() -> re.Pattern:
    return re.compile(f"{_strict().pattern}|[{''.join(_both())}]")


@cache
def _phrase_table() -> dict[str, str]:
    return dict(line.split("\t") for line in lines("script/phrases.txt"))


@cache
def _phrases() -> re.Pattern:
    return re.compile("|".join(_phrase_table()))


@cache
def _zhu(verbs: str = "") -> re.Pattern:
    """A word or name in which 著 stays, as the group, or a 著 that does not; an author's 著 stands before a bracket."""
    words = sorted(" ".join(lines("script/zhu.txt")).split(), key=len, reverse=True)
    return re.compile(f"({'|'.join(words)}|著(?=[)）])|{_named_zhu()})|{verbs}著")


def _named_zhu() -> str:
    """A name of a common surname and 著, behind a title or before what only a person does."""
    lists = _name_lists()
    titles = "|".join(f"(?<={word}.著)" for word in lists["before"] if len(word) > 1)
    surname = f"[{''.join(set(_surnames()[:COMMON]) - set(lists['verbs']))}]著"
    after = "|".join(lists["persons"])
    return rf"{surname}(?:{titles})(?=$|[^\u4e00-\u9fff]|{after})|(?<![\u4e00-\u9fff]){surname}(?={after})"


@cache
def _always() -> dict[str, list[str]]:
    return {side: words.split() for side, words in (line.split("\t") for line in lines("script/always.txt"))}


@cache
def _after_verbs() -> re.Pattern:
    return _zhu(f"(?<=[{''.join(_always()['verbs'])}])")


@cache
def _dry_words() -> re.Pattern:
    return re.compile("|".join(_always()["dry"]))


@cache
def _name_lists() -> dict[str, list[str]]:
    return {key: words.split() for key, words in (line.split("\t") for line in lines("script/names.txt"))}


def _surnames() -> list[str]:
    """Surnames of one character, common ones first."""
    return [s for s in " ".join(lines("people/surnames.txt")).split() if len(s) == 1]


@cache
def _name() -> re.Pattern:
    """A name of two or three characters with 乾 in it, where a name may stand."""
    lists = _name_lists()
    before, after, dry = ("|".join(lists["before"]), "|".join(lists["after"]), "".join(lists["dry"]))
    surnames = "".join(_surnames())
    edge = r"[^\u4e00-\u9fff]"
    given = rf"乾[\u4e00-\u9fff]?|[^{dry}\W]乾"
    return re.compile(rf"(?:^|{edge}|{before})([{surnames}](?:{given}))(?=$|{edge}|{after})")
