"""Which strings are uses of a frame: built like one, often enough, and more often than chance would make them.

Three ways of building are looked for, see :mod:`~tifa.studies.phrasing.parallels`, :mod:`~tifa.studies.phrasing.echoes`
and :mod:`~tifa.studies.phrasing.correlatives`. What the dictionary has as words (生产生活) is coincidence, unless the
same frame also makes what the dictionary has not.
"""

import re
from collections import Counter, defaultdict
from math import exp, prod

from tifa.studies.phrasing.correlatives import correlatives
from tifa.studies.phrasing.cutting import Words
from tifa.studies.phrasing.echoes import echoes, returns
from tifa.studies.phrasing.instance import SLOT, Instance
from tifa.studies.phrasing.matter import Matter
from tifa.studies.phrasing.parallels import LONGEST_AT_ONCE, parallels

# A parallel that chance would make as often with this probability or more is none.
MOST_CHANCE = 0.005
_REPEATED = re.compile(r"(.+?)\1+")


def instances(matter: Matter, words: Words, least: int) -> list[Instance]:
    """Uses of all frames that are used at least ``least`` times, in order, none inside another.

    Parameters
    ----------
    matter : Matter
    words : Words
        Of the same matter.
    least : int
        Fewest uses.
    """
    echoed = _enough([*echoes(matter, words), *returns(matter, words)], least)
    parallel = _enough(list(parallels(matter, words)), least)
    apart = _more_than_chance(matter, words, _apart([*echoed, *parallel]))
    return sorted([*_often(apart, least), *correlatives(matter, words, least)], key=lambda one: (one.start, one.end))


def _enough(found, least):
    """Uses of frames of which one is sure and free, and which are used often enough to be told from chance."""
    proven = {_unit(one) for one in found if one.sure and one.free}
    found = [one for one in found if _unit(one) in proven]
    fillers = defaultdict(set)
    for one in found:
        fillers[one.frame].add(one.filler)
    return [one for one in _often(found, least) if len(fillers[one.frame]) >= _fewest_fillers(one)]


def _unit(one):
    """What a parallel repeats: 从严从紧 and 从细从实从快 are uses of one frame, twice and three times as long."""
    repeated = _REPEATED.fullmatch(one.frame)
    return repeated[1] if repeated else one.frame


def _fewest_fillers(one):
    """An echo of longer parts, or without a head, is a frame only where other fillers show it."""
    short = len(one.frame) == 4 and len(one.filler) == 1
    return 1 if one.kind == "parallel" or short else 2


def _apart(found):
    """Without uses that overlap a longer one; of two equally long ones an echo, else one with heads, stays."""
    kept, taken = [], set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.kind, one.frame.startswith(SLOT), one.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return kept


def _more_than_chance(matter, words, found):
    """Without parallels whose fixed characters are so frequent as words that they would meet as often by chance."""
    free, places = Counter(one.frame for one in found if one.free), defaultdict(set)
    for one in found:
        places[_unit(one)].update(range(one.start, one.end))
    chance = {
        one.frame: _at_least(free[one.frame], _expected(matter, words, one.frame, places[_unit(one)]))
        for one in {one.frame: one for one in found if one.kind == "parallel"}.values()
    }
    return [one for one in found if chance.get(one.frame, 0) < MOST_CHANCE]


def _expected(matter, words, frame, inside):
    """How often words that begin with the frame's parts, one of them no longer, would stand near each other by chance.

    Counted outside the places of the frame's own uses.
    """
    parts = [part for part in frame.split(SLOT) if part]
    opening, alone = [], []
    for part in parts:
        places = [m.start() for m in re.finditer(part, matter.text) if words.begins[m.start()]]
        places = [place for place in places if place not in inside]
        opening.append(len(places))
        alone.append(sum(bool(words.begins[place + len(part)]) for place in places))
    near = len(matter.text) / LONGEST_AT_ONCE
    return sum(n / max(m, 1) for n, m in zip(alone, opening, strict=True)) * near * prod(n / near for n in opening)


def _at_least(n, expected):
    """Chance of ``n`` or more events where ``expected`` are expected (Poisson)."""
    term, total = exp(-expected), 0.0
    for k in range(n):
        total += term
        term *= expected / (k + 1)
    return 1 - total


def _often(found, least):
    uses = Counter(map(_unit, found))
    return [one for one in found if uses[_unit(one)] >= least]
