"""What is compared: the word characters of many documents, clause by clause, as one long array."""

import unicodedata
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from tifa.studies.copies import once

# Marks that matching ignores and display keeps: writers set 四应四尽 with and without quotation marks, 采送检报 with
# and without 、. Every other mark, and every space, ends a clause.
IGNORED = "“”\"'‘’「」『』、·"
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
        Where each character stands in ``joined``.

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
        self.offset = kept[~(border & np.r_[False, border[:-1]])]
        self._points = matched[self.offset].astype(np.uint32)
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
    def line_starts(self) -> np.ndarray:
        """Where the lines begin in ``joined``."""
        return np.flatnonzero(code_points(self.joined) == _NEWLINE)[:-1] + 1

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
        return closed(self.joined, int(self.offset[start]), int(self.offset[end - 1]) + 1)


_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』"}


def closed(body: str, start: int, end: int) -> str:
    """``body[start:end]``, with the closing mark of a quotation that opens inside.

    Examples
    --------
    >>> closed("压实“四方责任”,", 0, 7)
    '压实“四方责任”'
    """
    inside = body[start:end]
    opened = next((mark for mark in reversed(inside) if mark in _PAIRS), None)
    if opened and _PAIRS[opened] not in inside[inside.rindex(opened) :] and body[end : end + 1] == _PAIRS[opened]:
        end += 1
    return body[start:end]


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


def _ranks(points):
    """Small numbers in the order of the code points, 0 for a border: less to sort for the suffix array."""
    present = np.flatnonzero(np.bincount(points))
    table = np.zeros(int(present[-1]) + 1, dtype=np.uint16 if len(present) < 2**16 else np.uint32)
    table[present] = np.arange(len(present))
    return table[points]


def articles(documents: pd.DataFrame, copies: bool = False) -> pd.DataFrame:
    """Documents in order of publication, one per article.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    copies : bool
        Keep all copies of an article.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-04-02", "2022-04-01", None])
    >>> articles(pd.DataFrame({"doc": list("abc"), "article": list("abb"), "published": days}))["doc"].tolist()
    ['b', 'a']
    """
    counted = once(documents, copies)
    return counted.sort_values(["published", "doc"], kind="stable", na_position="last", ignore_index=True)


def groups(documents: pd.DataFrame, by: str | Mapping) -> pd.Series:
    """Group of each document, null for none; the documents' order.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        A column; ``"month"`` or ``"year"`` of publication; or a mapping (a Series too) from ``doc`` to group, such as
        the leaders of ``visits``.

    Raises
    ------
    ValueError
        If there is no such column.
    """
    if not isinstance(by, str):
        return documents["doc"].map(by)
    if by in documents:
        return documents[by]
    if by in ("month", "year"):
        return documents["published"].dt.strftime("%Y-%m" if by == "month" else "%Y")
    columns = ", ".join(documents.columns)
    raise ValueError(f"documents have no column {by!r} to group by; they have {columns}, and month and year")


def days(documents: pd.DataFrame) -> pd.Series:
    """Day of publication in Beijing time, the documents' order."""
    return documents["published"].dt.tz_localize(None).dt.normalize()
