"""What is compared: the word characters of many documents, clause by clause, as one long array."""

import unicodedata
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

# Marks that matching ignores and display keeps: writers set 四应四尽 with and without quotation marks, 采送检报 with
# and without 、. Every other mark, and every space, ends a clause.
IGNORED = "“”\"'‘’「」『』、·"
# A clause ends after so many characters at the latest. None of the language is as long, but for lists with 、; and a
# page of one character, a million times, must not cost the square of its length.
LONGEST_CLAUSE = 300
BORDER = 0
_NEWLINE = ord("\n")


class Matter:
    """Documents as one array of characters: word characters only, one border between clauses.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; compared in the order given.
    ignored : str
        Marks that are left out; every other mark is a border.

    Attributes
    ----------
    docs : list of str
        Names of the documents.
    codes : ndarray of uint16 or uint32
        Rank of each character among those that occur, ``BORDER`` between clauses, before the first and after the last.
    doc : ndarray of int32
        Number of the document of each character.
    joined : str
        The documents as written, one after the other.
    offset : ndarray of int64
        Where each character stands in ``joined``; for a border without a mark, where the one before it does.

    Examples
    --------
    >>> matter = Matter(pd.DataFrame({"doc": ["a", "b"], "body": ["“四方责任”,压实", "党员、干部"]}))
    >>> matter.text
    '\\n四方责任\\n压实\\n党员干部\\n'
    """

    def __init__(self, documents: pd.DataFrame, ignored: str = IGNORED):
        self.docs = documents["doc"].tolist()
        self.bodies = documents["body"].fillna("").tolist()
        self.joined = "\n" + "".join(body + "\n" for body in self.bodies)
        matched = _matched(code_points(self.joined), frozenset(ignored))
        kept = np.flatnonzero(matched >= 0)
        border = matched[kept] == _NEWLINE
        offset = kept[~(border & np.r_[False, border[:-1]])]
        self.offset, self._points = _with_short_clauses(offset, matched[offset].astype(np.uint32))
        self.codes = _ranks(self._points)
        self._begin = np.cumsum([1, *(len(body) + 1 for body in self.bodies[:-1])])
        self.doc = np.searchsorted(self._begin[1:], self.offset, side="right").astype(np.int32)

    @cached_property
    def text(self) -> str:
        """The characters as a string of the same length, ``\\n`` for a border."""
        return self._points.tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def clause_end(self) -> np.ndarray:
        """For each place the next border at or after it."""
        places = np.where(self.codes == BORDER, np.arange(len(self.codes), dtype=np.int32), np.int32(len(self.codes)))
        return np.minimum.accumulate(places[::-1])[::-1]

    @cached_property
    def sizes(self) -> np.ndarray:
        """Word characters of each document."""
        return np.bincount(self.doc[self.codes != BORDER], minlength=len(self.docs))

    def spans(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Offsets in the documents' bodies of the characters from ``start`` up to ``end``."""
        begin = self._begin[self.doc[start]]
        return self.offset[start] - begin, self.offset[end - 1] + 1 - begin

    def written(self, start: int, end: int) -> str:
        """The characters from ``start`` up to ``end`` as the document prints them, its marks included."""
        return quoted_whole(self.joined, int(self.offset[start]), int(self.offset[end - 1]) + 1)


_CLOSES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_OPENS = {closing: opening for opening, closing in _CLOSES.items()}


def quoted_whole(body: str, start: int, end: int) -> str:
    """``body[start:end]``, with the mark next to it that closes a quotation opened inside or opens one closed inside.

    Examples
    --------
    >>> quoted_whole("压实“四方责任”,", 0, 7), quoted_whole("“四方责任”要压实", 1, 7)
    ('压实“四方责任”', '“四方责任”要')
    """
    inside = body[start:end]
    if body[end : end + 1] and body[end] == _other_half(reversed(inside), _CLOSES):
        end += 1
    if start and body[start - 1] == _other_half(inside, _OPENS):
        start -= 1
    return body[start:end]


def _other_half(chars, halves):
    """What the first mark of a quotation still waits for, none where its own other half comes first."""
    mark = next((char for char in chars if char in _CLOSES or char in _OPENS), None)
    return halves.get(mark)


def code_points(text: str) -> np.ndarray:
    """A number per character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _matched(points, ignored):
    """For each code point the one it is compared as: ``\\n`` for a border, -1 for none."""
    present = np.flatnonzero(np.bincount(points))
    table = np.zeros(int(present[-1]) + 1, dtype=np.int32)
    table[present] = [_compared_as(chr(point), ignored) for point in present]
    return table[points]


def _compared_as(char, ignored):
    if char in ignored or unicodedata.category(char) == "Cf":
        return -1
    if not char.isalnum():
        return _NEWLINE
    # Full-width letters and digits lie in the same order as ASCII's.
    return ord(char) - 0xFEE0 if "\uff10" <= char <= "\uff5a" else ord(char)


def _with_short_clauses(offset, points):
    """Offsets and code points with a border after every ``LONGEST_CLAUSE`` characters that have none between."""
    borders = np.flatnonzero(points == _NEWLINE)
    more = [
        np.arange(start + LONGEST_CLAUSE + 1, end, LONGEST_CLAUSE)
        for start, end in pairwise(borders.tolist())
        if end - start - 1 > LONGEST_CLAUSE
    ]
    if not more:
        return offset, points
    places = np.concatenate(more)
    return np.insert(offset, places, offset[places - 1]), np.insert(points, places, _NEWLINE)


def _ranks(points):
    """Small numbers in the order of the code points, 0 for a border: less to sort for the suffix array."""
    present = np.flatnonzero(np.bincount(points))
    table = np.zeros(int(present[-1]) + 1, dtype=np.uint16 if len(present) < 2**16 else np.uint32)
    table[present] = np.arange(len(present))
    return table[points]


def different(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Different pairs of two columns of small numbers, in order."""
    key = np.unique(left.astype(np.int64) << 32 | right)
    return key >> 32, key & 0xFFFFFFFF
