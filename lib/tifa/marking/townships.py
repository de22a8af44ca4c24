"""Names of townships and subdistricts, found by their last characters: 镇, 乡, 街道, 办事处."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import rjieba

from tifa import data

FINDER = re.compile(
    "(?P<office>街道办事处|街办事处|办事处|街道办|街办|街道)|(?P<town>镇(?!化(?![工肥纤学])|[静痛定]))|乡(?![村镇亲愁音下间])|苏木|"
    # Only where the district is known: most are a farm, an area, a street and no more.
    "(?P<weak>地区|农场|林场|牧场|管理区|街(?![道办头巷区坊镇乡0-9])|办(?=[\u3400-\u9fff]{2,8}(?:村|社区|居委|小区)))"
)
_LIST = re.compile(
    "(?:等(?:[0-9]{1,4}|[一二两三四五六七八九十]{1,4})?个?|(?:[0-9]{1,4}|[两三四五六七八九十]{1,4})个)(乡镇街道|镇街道|乡镇|镇街|街镇|街道|镇|乡)"
)
_KINDS = {"镇": ("镇",), "乡": ("乡",), "街道": ("街道",), "乡镇": ("镇", "乡")}
_SEPARATOR = re.compile("[、，,和及]")
_LONGEST = 12
_NO_STEM = re.compile(
    "[^\u3400-\u9fff〇]|[的了个各全该本和与及等到在赴往是为要盯返务外他她奔访]|(?:乡镇?|街道?|[区县市村])$"
)


class Listed(NamedTuple):
    """One item of a list with a shared head: 彭桥 of 彭桥、杏山等乡镇. ``start`` is the earliest it may begin."""

    start: int
    end: int
    kinds: tuple[str, ...]


@cache
def _general() -> frozenset[str]:
    return data.words("places/towns_in_general.txt")


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Adcodes of the districts (or cities without districts) that have a township of this name.

    Examples
    --------
    >>> table()["上海街道"]
    ('350103',)
    """
    codes: dict[str, tuple[str, ...]] = {}
    for line in data.lines("places/townships.tsv"):
        code, _, names = line.partition("\t")
        for name in names.split():
            known = codes.get(name, ())
            if code not in known:
                codes[name] = (*known, code)
    return codes


def official(stem: str, match: re.Match) -> tuple[str, ...]:
    """Official names that a written one may stand for, the likeliest first.

    Examples
    --------
    >>> official("通道", FINDER.search("通道街办事处"))
    ('通道街街道', '通道街道')
    """
    office = match["office"]
    if match["weak"] == "办":
        return (stem + "街道",)
    if match["weak"] == "街":
        if len(stem) < 2:  # 屯溪老街 is a street
            return ()
        return stem + "街道", stem + "街街道"
    if not office:
        return (stem + match[0],)
    if office.startswith("街办"):
        return stem + "街街道", stem + "街道"
    if office == "办事处":
        return stem + "街道", stem + "镇", stem + "乡"
    return (stem + "街道",)


def readings(text: str, match: re.Match, earliest: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(start, official name, adcodes) of the gazetteer's names that end here, the longest first."""
    end, known = match.start(), table()
    for start in range(max(earliest, end - _LONGEST), end):
        for name in official(text[start:end], match):
            if codes := known.get(name):
                yield start, name, codes


def is_general(stem: str) -> bool:
    """Whether what stands before 镇 makes a word for towns in general: 重点镇."""
    return stem in _general()


def is_name(stem: str) -> bool:
    """Whether what stands between a district and 镇 can be a name."""
    return 1 <= len(stem) <= 5 and not is_general(stem) and not _NO_STEM.search(stem)


def is_new_name(stem: str, match: re.Match) -> bool:
    """Whether an unknown word before 镇, 乡, 街道 can be a name: no word of the dictionary."""
    if match["weak"] or match["office"] == "办事处" or stem[-1:] in _general():
        return False
    return is_name(stem) and (bool(match["office"]) or not rjieba.has_word(stem))


def listed(text: str) -> Iterator[Listed]:
    """Items of lists such as 彭桥、杏山等乡镇, in order."""
    for match in _LIST.finditer(text):
        kinds = _KINDS.get(match[1], ("镇", "乡", "街道"))
        items, end = [], match.start()
        while end:
            start = max((m.end() for m in _SEPARATOR.finditer(text, max(0, end - 6), end)), default=None)
            items.append(Listed(max(0, end - 5) if start is None else start, end, kinds))
            if start is None:
                break
            end = start - 1
        yield from reversed(items)
