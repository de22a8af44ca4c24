"""Repeated strings of a :class:`Matter`, all of them, by a suffix array.

Sorting all suffixes puts equal strings side by side. A string that cannot grow to the right without losing occurrences
is an interval of sorted rows that agree in a certain number of characters, and in no more across the borders of its
parts (Abouelhoda, Kurtz & Ohlebusch 2004, "Replacing suffix trees with enhanced suffix arrays").
"""

from typing import NamedTuple

import numpy as np
import pydivsufsort

from tifa.studies.phrasing.matter import BORDER, Matter

MOST_ROWS = 4_000_000  # rows of intervals looked at in one go: keeps memory bounded
TURNS, SEED = 24, 1  # pairs of rows drawn from each interval before all are counted


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


def shared_strings(matter: Matter, rows: Rows, group: np.ndarray) -> Intervals:
    """Strings that stand in two groups at places that agree no further, neither to the left nor to the right.

    Exact: every pair of places counts, not only neighbours in sorted order.

    Parameters
    ----------
    matter : Matter
    rows : Rows
        Of the same matter.
    group : ndarray of int
        Group of each of the matter's documents.
    """
    strings, inner, owner = intervals(rows)
    divided = _Divided(strings, inner, np.searchsorted(owner, np.arange(len(strings.size) + 1)))
    own, before = group[matter.doc[rows.place]], _before(matter, rows.place)
    maybe = np.flatnonzero(_varied(own, strings) & _varied(before, strings))
    chosen = np.zeros(len(strings.size), dtype=bool)
    chosen[_settled(divided, own, before, maybe)] = True
    return strings.take(chosen)


def _before(matter, place):
    """The character before each place; at the beginning of a clause a number that no other place has."""
    before = matter.codes[place - 1].astype(np.int64)
    return np.where(before == BORDER, -place.astype(np.int64) - 1, before)


def _varied(values, strings):
    """Whether an interval's rows have more than one value."""
    changes = np.cumsum(np.r_[False, values[1:] != values[:-1]]) if len(values) else values
    return changes[strings.last - 1] != changes[strings.first] if len(strings.first) else np.zeros(0, dtype=bool)


class _Divided(NamedTuple):
    """Strings whose intervals have parts: a part begins at each of ``inner[begin[i]:begin[i + 1]]``."""

    strings: Intervals
    inner: np.ndarray
    begin: np.ndarray


def _settled(divided, own, before, numbers):
    """Which intervals have two rows that differ in part, group and character before.

    Most do, and a few pairs of rows drawn at random show it. What they do not show is counted.
    """
    chance = np.random.default_rng(SEED)
    changes = np.flatnonzero(before[1:] != before[:-1]) + 1
    left = numbers
    for turn in range(TURNS):
        first, second = _two_rows(divided, left, chance, changes if turn % 2 else None)
        left = left[(own[first] == own[second]) | (before[first] == before[second])]
    shown = np.setdiff1d(numbers, left, assume_unique=True)
    return np.r_[shown, left[_some_pair_differs(divided, left, own, before)]]


def _two_rows(divided, numbers, chance, changes):
    """For each interval two rows of different parts; one of them, if asked, next to a change of what stands before."""
    strings, begin = divided.strings.take(numbers), divided.begin
    division = divided.inner[_drawn(begin[numbers], begin[numbers + 1], chance)]
    one = _drawn(strings.first, division, chance)
    if changes is not None:
        low, high = np.searchsorted(changes, [strings.first + 1, strings.last])
        one = changes[_drawn(low, high, chance)] - chance.integers(0, 2, len(numbers))
    after = one < division
    return one, _drawn(np.where(after, division, strings.first), np.where(after, strings.last, division), chance)


def _drawn(low, high, chance):
    """A number from ``low`` up to ``high`` for each pair of bounds."""
    return low + (chance.random(len(low)) * (high - low)).astype(np.int64)


def _some_pair_differs(divided, numbers, own, before):
    """Whether two rows of the interval differ in part, group and character before, by counting pairs that do not."""
    result = np.zeros(len(numbers), dtype=bool)
    strings = divided.strings.take(numbers)
    before = np.unique(before, return_inverse=True)[1]
    for low, high in chunks(strings):
        string, row = expanded(strings.take(slice(low, high)))
        part = _parts(divided, numbers[low:high])
        result[low:high] = _differing_pairs(string, part, own[row], before[row], high - low) > 0
    return result


def _parts(divided, numbers):
    """For all rows of the intervals the number of the part that they lie in."""
    strings, begin = divided.strings.take(numbers), divided.begin
    divisions = np.concatenate([divided.inner[begin[i] : begin[i + 1]] for i in numbers.tolist()])
    sizes = (strings.last - strings.first).astype(np.int64)
    shift = np.repeat(np.cumsum(sizes) - sizes - strings.first, begin[numbers + 1] - begin[numbers])
    starts = np.zeros(sizes.sum(), dtype=np.int64)
    starts[divisions + shift] = 1
    return np.cumsum(starts)


def _differing_pairs(string, part, own, before, n):
    """For each string the pairs of its different rows (part, group, before) that differ in all three."""
    every = _numbered(_numbered(part, own), before)
    first = np.unique(_numbered(string, every), return_index=True)[1]
    string = string[first]
    columns = [_numbered(string, column[first]) for column in (part, own, before)]
    pairs = _pairs(string, string, n)
    for i in range(3):
        one, two = columns[:i] + columns[i + 1 :]
        pairs += _pairs(_numbered(one, two), string, n) - _pairs(columns[i], string, n)
    return pairs


def _numbered(left, right):
    """Equal pairs get equal numbers, counted from 0."""
    return np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)[1]


def _pairs(values, string, n):
    """For each string the pairs of rows with equal values; a value belongs to one string."""
    _, first, counts = np.unique(values, return_index=True, return_counts=True)
    counts = counts.astype(np.int64)
    return np.bincount(string[first], counts * (counts - 1) // 2, minlength=n).astype(np.int64)


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
