"""Where set phrases stand in a text, whatever quotation marks and 、 stand inside them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

# Marks that writers put inside a phrase or leave out: 采、送、检、报 and 采送检报 are one phrase. Besides them stand
# characters that have no shape, left by the editors of pages: soft hyphens, joiners, marks of direction and byte order.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
INSIDE = dict.fromkeys(map(ord, "“”\"'‘’「」『』《》〈〉、·" + INVISIBLE))
_INSIDE_MARK = re.compile(f"[{re.escape(''.join(map(chr, INSIDE)))}]")
_INSIDE_CODES = np.array(sorted(INSIDE), dtype=np.uint32)
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
# Letters and digits of full width, and the two marks that numbers are written with, are read as those of half width.
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= {ord("％"): ord("%"), ord("．"): ord(".")}
# Half a pair of UTF-16, which no text should hold and no segmenter takes.
_TO_FOLD = re.compile(f"[{''.join(map(chr, _WIDE))}\ud800-\udfff]")


def folded(text: str) -> str:
    """The text, as long as before, with letters and digits of half width only, and no half of a surrogate pair.

    Examples
    --------
    >>> folded("２０２２年,Ａ区")
    '2022年,A区'
    """
    return _TO_FOLD.sub(lambda match: chr(_WIDE.get(ord(match[0]), 0xFFFD)), text)


def bare(phrase: str) -> str:
    """A phrase as it is looked for and counted: folded, without marks inside.

    Examples
    --------
    >>> bare("采、送、检、报")
    '采送检报'
    """
    return folded(phrase).translate(INSIDE)


class Phrase(NamedTuple):
    """A set phrase in a text: offsets of what is written, and the phrase without marks."""

    start: int
    end: int
    phrase: str


class Phrasebook:
    """Finds set phrases in a text, whatever marks stand inside; where several begin, the longest comes first.

    Parameters
    ----------
    phrases : iterable of str
        Phrases, with or without quotation marks and 、.

    Examples
    --------
    >>> Phrasebook(["采送检报", "拧紧水龙头"]).find("“采、送、检、报”要快,拧紧“水龙头”。")
    [Phrase(start=1, end=8, phrase='采送检报'), Phrase(start=12, end=19, phrase='拧紧水龙头')]
    """

    def __init__(self, phrases: Iterable[str]):
        self.phrases = tuple(sorted({bare(phrase) for phrase in phrases} - {""}))
        self._finder = AhoCorasick(self.phrases, matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Phrase]:
        """Phrases of ``text`` in order, those left out that begin in another one."""
        found = zip(*(values.tolist() for values in self.spans(text)), strict=True)
        return [Phrase(start, end, self.phrases[number]) for start, end, number, overlaps in found if not overlaps]

    def spans(self, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Every phrase of ``text`` as four arrays: starts, ends, places in ``phrases``, whether it begins in another.

        Examples
        --------
        >>> book = Phrasebook(["动态清零总方针", "动态清零", "方针政策"])
        >>> starts, ends, numbers, overlaps = book.spans("动态清零总方针政策")
        >>> [book.phrases[number] for number in numbers], overlaps.tolist()
        (['动态清零总方针', '动态清零', '方针政策'], [False, True, True])
        """
        hits = self._finder.find_matches_as_indexes(_searchable(text), overlapping=True)
        starts, ends, numbers, overlaps = np.array(_told_apart(hits), dtype=np.int64).reshape(-1, 4).T
        sizes = ends - starts
        if _INSIDE_MARK.search(text):
            at = kept_places(text)
            starts, ends = at[starts], at[ends - 1] + 1
        for place in np.flatnonzero(ends - starts > sizes).tolist():
            ends[place] += closing_mark(text, starts[place], ends[place])
        return starts, ends, numbers, overlaps.astype(bool)


def _told_apart(hits):
    """Hits in order, the longer one first, each with whether it begins in another; as often as a plain search counts.

    A plain search counts a phrase that overlaps itself once.
    """
    found, done, done_with = [], 0, {}
    for number, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
        if start >= done_with.get(number, 0):
            found.append((start, end, number, start < done))
            done_with[number] = end
            done = end if start >= done else done
    return found


def _searchable(text):
    return _INSIDE_MARK.sub("", folded(text))


def closing_mark(text, start, end) -> bool:
    """The closing mark belongs to the phrase when its opening mark does."""
    written = text[start:end]
    closing = next((_CLOSING[c] for c in written if c in _CLOSING), None)
    return closing is not None and closing not in written and text[end : end + 1] == closing


def kept_places(text: str) -> np.ndarray:
    """Where the characters that are left when inner marks are taken out stand in the text.

    Examples
    --------
    >>> kept_places("采、送").tolist()
    [0, 2]
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(~np.isin(codes, _INSIDE_CODES))
