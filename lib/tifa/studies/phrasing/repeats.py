"""Repeated strings of a :class:`Matter`, all of them, by a suffix array.

Sorting all suffixes puts equal strings side by side. A string that cannot grow to the right without losing occurrences
is an interval of sorted rows that agree in a certain number of characters, and in no more across the borders of its
parts (Abouelhoda, Kurtz & Ohlebusch 2004, "Replacing suffix trees with enhanced suffix arrays").
"""

from typing import NamedTuple

import numpy as np
import pydivsufsort

from tifa.studies.phrasing.matter import Matter

MOST_ROWS = 4_000_000  # rows of intervals looked at in one go: keeps memory bounded


class Rows(NamedTuple):
    """Sorted suffixes that agree with a neighbour in ``min_chars`` characters or more.

    Attributes
    ----------
    place : ndarray of int32
        Where each suffix begins in the matter.
    agree : ndarray of int32
        Characters in which the row agrees with the one before, up to the clause's end; 0 where it is fewer than asked.
    above, below : ndarray of int32
        Nearest row before and after that agrees with its own predecessor in fewer characters.
    """

    place: np.ndarray
    agree: np.ndarray
    above: np.ndarray
    below: np.ndarray


class Intervals(NamedTuple):
    """Strings as intervals of :class:`Rows`: from ``first`` up to ``last`` (one past), ``size`` characters long."""

    first: np.ndarray
    last: np.ndarray
    size: np.ndarray

    def take(self, chosen) -> "Intervals":
        return Intervals(self.first[chosen], self.last[chosen], self.size[chosen])


def sorted_rows(matter: Matter, group: np.ndarray, min_chars: int) -> Rows:
    """Suffixes that repeat, without the blocks of rows that lie in one group.

    Parameters
    ----------
    matter : Matter
    group : ndarray of int
        Group of each of the matter's documents.
    min_chars : int
        Shortest agreement.
    """
    place = pydivsufsort.divsufsort(matter.codes)
    agree = np.empty(len(place), dtype=np.int32)
    agree[0] = 0
    agree[1:] = pydivsufsort.kasai(matter.codes, place)[:-1]
    np.minimum(agree, matter.clause_end[place] - place, out=agree)
    agree[agree < min_chars] = 0
    place, agree = _repeated(place, agree)
    place, agree = _across(place, agree, group[matter.doc[place]])
    above = _nearest_smaller(agree)
    below = (len(agree) - _nearest_smaller(np.r_[agree, 0][::-1])[::-1]).astype(np.int32)[:-1]
    return Rows(place, agree, above, below)


def _repeated(place, agree):
    """Rows that agree with a neighbour."""
    kept = agree > 0
    kept[:-1] |= agree[1:] > 0
    return place[kept], agree[kept]


def _across(place, agree, group):
    """Blocks of rows, each beginning with an ``agree`` of 0, that hold more than one group."""
    if not len(place):
        return place, agree
    first = np.flatnonzero(agree == 0)
    mixed = np.maximum.reduceat(group, first) != np.minimum.reduceat(group, first)
    kept = np.repeat(mixed, np.diff(np.r_[first, len(place)]))
    return place[kept], agree[kept]


def _nearest_smaller(values):
    """For each place the nearest one before it with a smaller value, by following pointers; 0 where there is none.

    ``values[0]`` is the smallest.
    """
    pointer = np.arange(-1, len(values) - 1, dtype=np.int32)
    if len(pointer):
        pointer[0] = 0
    active = np.flatnonzero(values > 0)
    while len(active):
        active = active[values[pointer[active]] >= values[active]]
        pointer[active] = pointer[pointer[active]]
    return pointer


def intervals(rows: Rows) -> tuple[Intervals, np.ndarray, np.ndarray]:
    """Every string that cannot grow to the right, and where its interval is divided.

    Returns
    -------
    strings : Intervals
        In order of the first row, shorter strings first.
    inner, owner : ndarray
        Rows at which a part of an interval begins, its first part excepted, and the number of the interval.
    """
    inner = np.flatnonzero(rows.agree)
    key = rows.above[inner].astype(np.int64) << 32 | rows.agree[inner]
    order = np.argsort(key, kind="stable")
    inner, key = inner[order], key[order]
    new = np.r_[True, key[1:] != key[:-1]] if len(key) else np.zeros(0, dtype=bool)
    one = inner[new]
    owner = np.cumsum(new) - 1
    return Intervals(rows.above[one], rows.below[one], rows.agree[one]), inner, owner


def chunks(strings: Intervals):
    """Ranges of intervals with about ``MOST_ROWS`` rows together."""
    total = np.cumsum(strings.last - strings.first, dtype=np.int64)
    low = 0
    while low < len(total):
        done = total[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(total, done + MOST_ROWS, side="right")))
        yield low, high
        low = high


def expanded(strings: Intervals) -> tuple[np.ndarray, np.ndarray]:
    """Number of the interval and row, for all rows of all intervals."""
    sizes = (strings.last - strings.first).astype(np.int64)
    string = np.repeat(np.arange(len(sizes)), sizes)
    row = np.arange(len(string)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + strings.first[string]
    return string, row


def find(rows: Rows, row: np.ndarray, size: np.ndarray) -> Intervals:
    """All rows that agree with the given ones in their first ``size`` characters."""
    first, last = row.copy(), row + 1
    active = np.flatnonzero(rows.agree[first] >= size)
    while len(active):
        first[active] = rows.above[first[active]]
        active = active[rows.agree[first[active]] >= size[active]]
    end = np.r_[rows.agree, 0]
    active = np.flatnonzero(end[last] >= size)
    while len(active):
        last[active] = rows.below[last[active]]
        active = active[end[last[active]] >= size[active]]
    return Intervals(first, last, size)
