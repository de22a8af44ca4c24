"""Where a phrase may begin and end: at a word's edge, and not with a word that leans on what was cut off."""

import re
from functools import cache

import numpy as np
import pandas as pd

from tifa import data
from tifa.marking import words
from tifa.studies.phrasing.cutting import clauses
from tifa.studies.phrasing.matter import BORDER, Matter, code_points
from tifa.studies.phrasing.repeats import Intervals, Rows, find

# Parts of speech that an adjective before them belongs to; names of people are none.
_NOUN = re.compile("n(?!r)|vn|an|l")

MOST = 0.501


def trimmed(matter: Matter, rows: Rows, strings: Intervals, min_chars: int) -> Intervals:
    """Each string cut back to where half of its occurrences allow a phrase to begin, and most of them one to end.

    A cut in front often leaves a whole (学习|贯彻…), one at the end seldom does (打赢疫情|防控攻坚战).

    Parameters
    ----------
    matter, rows, strings
        See :mod:`tifa.studies.phrasing.repeats`.
    min_chars : int
        Shorter ones are left out.

    Returns
    -------
    Intervals
        All occurrences of the shorter strings, each string once.
    """
    if not len(strings.size):
        return strings
    begins, ends = edges(matter, rows, strings)
    longest = int(strings.size.max())
    after = _first_good(rows, strings, begins, range(longest), share=0.5)
    last = _first_good(rows, strings, ends, range(longest - 1, -1, -1), share=MOST)
    size = last + 1 - after
    long = np.flatnonzero((after >= 0) & (last >= 0) & (size >= min_chars))
    row_of = np.zeros(len(matter.codes), dtype=np.int32)
    row_of[rows.place] = np.arange(len(rows.place), dtype=np.int32)
    places = rows.place[strings.first[long]] + after[long]
    return _once(find(rows, row_of[places], size[long]))


def _first_good(rows, strings, good, offsets, share):
    """For each string the first offset at which such a share of its occurrences has a good place; -1 where none has."""
    found, left = np.full(len(strings.size), -1), np.arange(len(strings.size))
    for at in offsets:
        own = left[strings.size[left] > at]
        if len(own):
            found[own[_shares(rows, strings.take(own), good, at) >= share]] = at
            left = left[found[left] < 0]
    return found


def _shares(rows, strings, good, at):
    """The share of each string's occurrences that have a good place at an offset."""
    there = np.minimum(rows.place + np.int32(at), np.int32(len(good) - 1))
    total = np.r_[np.int32(0), np.cumsum(good[there], dtype=np.int32)]
    return (total[strings.last] - total[strings.first]) / (strings.last - strings.first)


def _once(strings):
    key = strings.first.astype(np.int64) << 32 | strings.size
    return strings.take(np.unique(key, return_index=True)[1])


def edges(matter: Matter, rows: Rows, strings: Intervals) -> tuple[np.ndarray, np.ndarray]:
    """Places of the matter with which a phrase may begin, and those with which it may end.

    Only the clauses in which one of the strings stands are cut into words.
    """
    begins, ends = (np.zeros(len(matter.codes), dtype=bool) for _ in range(2))
    cut = words.tokens(clauses(matter, _places(rows, strings)))
    start, end = cut["start"].to_numpy(np.int64), cut["end"].to_numpy(np.int64)
    first, last = np.searchsorted(matter.offset, start), np.searchsorted(matter.offset, end) - 1
    backward, forward = _leaning(cut)
    pause = code_points(matter.joined) == ord("、")
    begins[first[~backward | (matter.codes[first - 1] == BORDER) | pause[start - 1]]] = True
    ends[last[~forward | (matter.codes[last + 1] == BORDER) | pause[end]]] = True
    return begins, ends


def _places(rows, strings):
    """Where the strings begin, each place once."""
    change = np.zeros(len(rows.place) + 1, dtype=np.int64)
    np.add.at(change, strings.first, 1)
    np.add.at(change, strings.last, -1)
    return rows.place[np.cumsum(change[:-1]) > 0]


def _leaning(cut):
    """Which tokens lean on the one before, and which on the one after; a number waits for its measure."""
    backward, forward, to_noun = (_listed(cut, side) for side in ("begin", "end", "noun"))
    noun, number = _of_each(cut["pos"], _NOUN.match), _of_each(cut["token"], str.isdecimal)
    return backward, forward | number | (to_noun & np.r_[noun, False][1:])


def _of_each(column, test):
    """Whether each value of a column passes a test; different values are tested once."""
    codes, different = pd.factorize(column)
    return np.array([bool(test(value)) for value in different], dtype=bool)[codes]


def _listed(cut, side):
    entries = _entries()
    return (cut["pos"].isin(entries[side, "pos"]) | cut["token"].isin(entries[side, "word"])).to_numpy(bool)


@cache
def _entries() -> dict[tuple[str, str], list[str]]:
    found = {(side, kind): [] for side in ("begin", "end", "noun") for kind in ("pos", "word")}
    for line in data.lines("leaning.tsv"):
        side, kind, entries = line.split("\t")
        found[side, kind] += entries.split()
    return found
