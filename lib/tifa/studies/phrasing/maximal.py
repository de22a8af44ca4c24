"""Which repeated strings two groups share as far as they agree, to the left and to the right."""

from typing import NamedTuple

import numpy as np

from tifa.studies.phrasing.matter import BORDER, Matter
from tifa.studies.phrasing.repeats import Intervals, Rows, chunks, expanded, intervals

TURNS, SEED = 24, 1  # pairs of rows drawn from each interval before all are counted


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
    pairs = _equal_pairs(string, string, n)
    for i in range(3):
        one, two = columns[:i] + columns[i + 1 :]
        pairs += _equal_pairs(_numbered(one, two), string, n) - _equal_pairs(columns[i], string, n)
    return pairs


def _numbered(left, right):
    """Equal pairs get equal numbers, counted from 0."""
    return np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)[1]


def _equal_pairs(values, string, n):
    """For each string the pairs of rows with equal values; a value belongs to one string."""
    _, first, counts = np.unique(values, return_index=True, return_counts=True)
    counts = counts.astype(np.int64)
    return np.bincount(string[first], counts * (counts - 1) // 2, minlength=n).astype(np.int64)
