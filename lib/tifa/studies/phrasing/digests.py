"""Numeral digests (四应四尽, 四方责任, 三区), found by their form, and what they stand for where a text says it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import ahocorasick_rs
import numpy as np

from tifa.studies.phrasing.cutting import Words, is_word, kind_of
from tifa.studies.phrasing.matter import IGNORED, Matter

_NUMERALS = {char: n for n, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_N = "[" + "".join(_NUMERALS) + "]"
_IN_NUMBERS = {*_NUMERALS, *"〇零百千万亿"}
_CHAR = r"[^\W\d_]"
_TIMES = "年月日号时点分秒"
_OPEN, _CLOSE = '“‘「『"', '”’」』"'
_QUOTED = re.compile(rf"[{_OPEN}]({_N}(?:{_CHAR}|、){{1,9}})[{_CLOSE}]")
_LONGEST = 8
# 四应四尽, 三包一挂: also without quotation marks.
_TWICE = re.compile(rf"(?=({_N})({_CHAR})({_N})({_CHAR}))")
# What may stand between a digest and its list: ”要求,即 / ”( / ”是指
_SAYS = re.compile(
    rf"[{_CLOSE}]?{_CHAR}{{0,4}}(?:[（(]即?|[：:]|[，,]?(?:也就是|就是|即|指的是|是指|分别是|包括)[：:]?)([^。；;！？!?\n）)]{{1,200}})"
)
_LONGEST_ITEM = 12
_TAIL = re.compile("等?的?$")
_AND = re.compile(r"以及|和|及|与")
_SENTENCE_MARK = re.compile(r"[^\w、" + re.escape(_OPEN + _CLOSE) + "]")


class Digest(NamedTuple):
    """One use of a digest in the matter, from ``start`` up to ``end``."""

    digest: str
    start: int
    end: int


def digests(matter: Matter, words: Words, least: int) -> tuple[list[Digest], dict[str, str]]:
    """Uses of numeral digests in order, and what each stands for, where a document lists as many things as it counts.

    A digest stands in quotation marks at least once, or has two numerals and is used ``least`` times.
    """
    known = _quoted(matter) | _twice(matter, words, least)
    uses = [use for use in _uses(matter, sorted(known)) if _stands_alone(matter, words, use)]
    said = defaultdict(Counter)
    for use in uses:
        for items in _expansions(matter, words, use):
            said[use.digest]["、".join(items)] += 1
    return uses, {digest: max(counts, key=counts.get) for digest, counts in said.items()}


def _quoted(matter):
    bare = {match[1].replace("、", "") for match in _QUOTED.finditer(matter.joined)}
    digests = {digest for digest in bare if _counts_something(digest)}
    kinds = kind_of([char for digest in digests for char in digest])
    return {digest for digest in digests if not _measures(digest, kinds)}


def _measures(digest, kinds):
    """三个 and 三天两夜 count people or days and stand for nothing: every numeral has its measure."""
    after = [two for one, two in pairwise(digest) if one in _NUMERALS and two not in _NUMERALS]
    return len(digest) == 2 * len(after) and all(kinds[char].startswith(("q", "t", "m")) for char in after)


def _counts_something(digest):
    """More than one numeral, or one above 一; 二十 and 十四 are numbers, 六月 is a time, and neither is a digest."""
    numerals = [char for char in digest if char in _NUMERALS]
    apart = len(digest) > 1 and digest[1] not in _IN_NUMBERS and (digest[0] == "一" or digest[1] not in _TIMES)
    return len(digest) <= _LONGEST and apart and (len(numerals) > 1 or numerals[0] != "一")


def _twice(matter, words, least):
    found = Counter()
    for match in _TWICE.finditer(matter.text):
        digest, start = "".join(match.groups()), match.start()
        measures = [words.pos.get(start + place, "").startswith(("q", "t", "m")) for place in (1, 3)]
        on_words = words.begins[start] and words.begins[start + 4]
        things = not {match[2], match[4]} & _NUMERALS.keys() and match[2] != match[4] and not any(measures)
        if on_words and things and (match[1], match[3]) != ("一", "一"):
            found[digest] += 1
    often = [digest for digest, n in found.items() if n >= least]
    known = is_word([part for digest in often for part in (digest, digest[:2], digest[2:])])
    return {digest for digest in often if not known[digest] and not (known[digest[:2]] and known[digest[2:]])}


def _uses(matter, known):
    if not known:
        return []
    finder = ahocorasick_rs.AhoCorasick(known, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return [Digest(known[i], start, end) for i, start, end in finder.find_matches_as_indexes(matter.text)]


def _stands_alone(matter, words, use):
    """In quotation marks, or from one word's edge to another's and no part of a larger number."""
    before = matter.joined[matter.offset[use.start] - 1]
    after = matter.joined[matter.offset[use.end - 1] + 1]
    if before in _OPEN and after in _CLOSE:
        return True
    return bool(words.begins[use.start] and words.begins[use.end]) and before not in _NUMERALS


def _how_many(digest):
    """How many things the digest stands for; 0 where its numerals do not agree or say one."""
    numerals = {_NUMERALS[char] for char in digest if char in _NUMERALS}
    return _NUMERALS[digest[0]] if numerals != {1} and (len(numerals) == 1 or digest[1] == "个") else 0


def _expansions(matter: Matter, words: Words, use: Digest) -> Iterator[list[str]]:
    """Lists of as many things as the digest counts, right after it or right before it."""
    n = _how_many(use.digest)
    if n < 2:
        return
    after = _SAYS.match(matter.joined, int(matter.offset[use.end - 1]) + 1)
    lists = [_before(matter, words, use)]
    if after:
        says = re.sub(rf"(?<=.){use.digest[0]}[个大类项种方].*", "", after[1])  # 属地、部门、单位、个人四个方面
        lists += [_listed(re.split("[，,]", says)[0], "、"), _listed(says, "[，,]")]
    fitting = (items for items in lists if len(items) == n and all(0 < len(i) <= _LONGEST_ITEM for i in items))
    yield from list(fitting)[:1]


def _listed(text, mark):
    items = [item.strip(IGNORED) for item in re.split(mark, text)]
    return _last_apart([item for item in items if item])


def _last_apart(items):
    """The last item may be two, joined by 和."""
    last = _AND.split(items[-1]) if items else []
    return [*items[:-1], *last] if len(last) == 2 and all(last) else items


def _before(matter, words, use):
    """Things listed with 、 that end where the digest's quotation begins: 属地、部门、单位、个人“四方责任”."""
    end = int(matter.offset[use.start])
    start = end - 1 if matter.joined[end - 1] in _OPEN else end
    begin = max((match.end() for match in _SENTENCE_MARK.finditer(matter.joined, max(0, start - 80), start)), default=0)
    # 等 ends the list too, and only a list of all fits; 的 joins it to the digest.
    items = _TAIL.sub("", matter.joined[max(begin, start - 80) : start]).split("、")
    if len(items) < 2:
        return []
    others = _last_apart(items[1:])
    first = _own_words(matter, words, items[0], max(begin, start - 80), max(map(len, others)))
    return [item.strip(IGNORED) for item in (first, *others)]


def _own_words(matter, words, text, begin, longest):
    """The last words of the text that are together no longer than the other things listed."""
    first, last = np.searchsorted(matter.offset, [begin, begin + len(text)])
    edges = [at for at in range(int(first), int(last)) if words.begins[at] and last - at <= longest]
    return matter.text[edges[0] : int(last)] if edges else text
