"""Correlatives: two heads that open one clause and the next, and seldom stand alone. 越是…,越要…"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np

from tifa.studies.phrasing.cutting import Words
from tifa.studies.phrasing.instance import NO_LIST_HEAD, SLOT, Instance
from tifa.studies.phrasing.matter import BORDER, Matter

_NEXT_CLAUSE = re.compile(r"\W*[，,；;]\W*")
_CLAUSE_HEAD = 2
_LEAST_BOUND = 0.5


def correlatives(matter: Matter, words: Words, least: int) -> list[Instance]:
    """Heads that open one clause and the next, and seldom do without each other."""
    borders = np.flatnonzero(matter.codes == BORDER).tolist()
    clauses = [(a + 1, b) for a, b in pairwise(borders)]
    heads = [matter.text[a : min(a + _CLAUSE_HEAD, b)] for a, b in clauses]
    pairs = [i for i in range(len(clauses) - 1) if _fits(matter, words, clauses, heads, i)]
    together = defaultdict(list)
    for i in pairs:
        together[heads[i], heads[i + 1]].append(i)
    openings = Counter(heads)
    found = []
    for (one, two), places in together.items():
        fillers = {tuple(_fillers(matter, clauses, i)) for i in places}
        bound = len(places) >= _LEAST_BOUND * max(openings[one], openings[two])
        if bound and len(places) >= least and len(fillers) >= 2:
            found += [_correlative(matter, clauses, one, two, i) for i in places]
    return found


def _fits(matter, words, clauses, heads, i):
    """Two clauses, a comma between, whose heads differ but for one character, or are both linking words."""
    one, two = heads[i], heads[i + 1]
    if one == two or not all(b - a > _CLAUSE_HEAD for a, b in clauses[i : i + 2]):
        return False
    kinds = [words.pos.get(clauses[n][0], "") for n in (i, i + 1)]
    linking = all(kind[:1] in ("c", "d") for kind in kinds)
    alike = any(a == b for a, b in zip(one, two, strict=True)) and not any(k.startswith(NO_LIST_HEAD) for k in kinds)
    between = matter.joined[matter.offset[clauses[i][1] - 1] + 1 : matter.offset[clauses[i + 1][0]]]
    return (linking or alike) and bool(_NEXT_CLAUSE.fullmatch(between))


def _fillers(matter, clauses, i):
    return [matter.text[a + _CLAUSE_HEAD : b] for a, b in clauses[i : i + 2]]


def _correlative(matter, clauses, one, two, i):
    frame = f"{one}{SLOT}{two}{SLOT}"
    filler = " ".join(_fillers(matter, clauses, i))
    return Instance("correlative", frame, filler, clauses[i][0], clauses[i + 1][1], True, True)
