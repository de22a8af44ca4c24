"""Passages of one document that stand in another, aligned: strings in common, tied together over small gaps."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import articles, at_least
from tifa.studies.phrasing.matter import LONGEST_CLAUSE
from tifa.studies.phrasing.reuse import FEWEST_GROUPS, grams_of
from tifa.tables import table

GAP = 12
SHORTEST = 2  # characters of a string that stretches a passage; it takes a longer one to make a passage
# Only texts that say the same again and again reach these: places compared for one pair, and strings that tie them.
MOST_PLACES, MOST_TIES = 2_000_000, 5_000


class Tie(NamedTuple):
    """The same characters at two places: from ``left`` in one text, from ``right`` in the other."""

    left: int
    right: int
    size: int


def passages(
    documents: pd.DataFrame,
    pairs: pd.DataFrame,
    min_chars: int = 6,
    gap: int = GAP,
    by: str | Mapping = "city",
) -> pd.DataFrame:
    """Passages of one document that stand in another, aligned, with small gaps.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; all of them, because what is formulaic shows in the others.
    pairs : DataFrame
        ``doc`` and ``other``, such as rows of table ``reuse``.
    min_chars : int
        Shortest string that ties two places together.
    gap : int
        Most characters, marks left out, between two such strings of one passage, in each document.
    by : str or mapping
        What makes the groups that tell formulae from borrowing, as for :func:`reuse`.

    Returns
    -------
    DataFrame
        Table ``passages``: pairs in the order given, each by falling length of what is the same. Passages of ``doc``
        do not overlap; two of them may stand at the same place of ``other``.

    Raises
    ------
    ValueError
        If a pair names a document that is not in ``documents``.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["下沉干部要与基层群众同吃同住同工作。", "支援干部与基层群众一道同吃同住同工作。"]})
    >>> pair = pd.DataFrame({"doc": ["a"], "other": ["b"]})
    >>> passages(documents, pair, min_chars=2)[["text", "other_text"]].loc[0].tolist()
    ['干部要与基层群众同吃同住同工作', '干部与基层群众一道同吃同住同工作']
    """
    at_least(2, min_chars=min_chars)
    at_least(0, gap=gap)
    grams = grams_of(articles(documents, copies=True), min_chars, by)
    number = {doc: i for i, doc in enumerate(grams.matter.docs)}
    missing = sorted({*pairs["doc"], *pairs["other"]} - number.keys())
    if missing:
        raise ValueError(f"documents have no {', '.join(missing)}; pairs must name documents of the table")
    rows = []
    for doc, other in zip(pairs["doc"], pairs["other"], strict=True):
        found = _between(grams.matter, number[doc], number[other], min_chars, gap)
        rows += [{"doc": doc, "other": other, **_row(grams, chain)} for chain in found]
    return table("passages", rows)


def _between(matter, doc, other, min_chars, gap):
    """Chains of ties between two documents, as places of the matter."""
    (a, b), (c, d) = (np.searchsorted(matter.doc, [n, n + 1]).tolist() for n in (doc, other))
    found = chains(matter.text[a:b], matter.text[c:d], min_chars, gap)
    return [[Tie(a + t.left, c + t.right, t.size) for t in chain] for chain in found]


def ties(left: str, right: str, min_chars: int) -> list[Tie]:
    """Strings of at least ``min_chars`` characters in both that cannot grow to either side, in order.

    Of more than ``MOST_TIES`` the longest; of a string that repeats very often the first places.

    Examples
    --------
    >>> ties("全力打好歼灭战", "迅速打好歼灭战", 4)
    [Tie(left=2, right=2, size=5)]
    """
    places, found = defaultdict(list), []
    for at in range(len(right) - min_chars + 1):
        places[right[at : at + min_chars]].append(at)
    most = 1 + MOST_PLACES // max(len(left), 1)
    for at in range(len(left) - min_chars + 1):
        gram = left[at : at + min_chars]
        if "\n" in gram:
            continue
        for there in places.get(gram, ())[:most]:
            if not (at and there and left[at - 1] == right[there - 1] != "\n"):
                found.append(Tie(at, there, _agreement(left, right, at, there)))
    return sorted(sorted(found, key=lambda tie: -tie.size)[:MOST_TIES])


def _agreement(left, right, at, there):
    """How many characters agree up to the end of a clause."""
    one, other = (text[start : start + LONGEST_CLAUSE] for text, start in ((left, at), (right, there)))
    one, other = one.partition("\n")[0], other.partition("\n")[0]
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def chains(left: str, right: str, min_chars: int, gap: int) -> list[list[Tie]]:
    """Passages as ties: same order in both texts, at most ``gap`` characters apart; the longest passage first.

    Each passage is taken whole before the next is looked for, and what it covers of the left text is cut out of the
    ties that are left.

    Examples
    --------
    >>> chains("下沉干部要与群众同吃同住", "干部与群众同吃同住", 6, 12)
    [[Tie(left=2, right=0, size=2), Tie(left=5, right=2, size=7)]]
    """
    found, free = [], ties(left, right, min_chars)
    taken = [(-1, 0), (len(left), len(left))]
    while free:
        chain = _longest_chain(free, gap)
        lower = max(end for _, end in taken if end <= chain[0].left)
        upper = min(start for start, _ in taken if start >= _ends(chain)[0])
        chain = _stretched(chain, left, right, gap, lower, upper)
        found.append(chain)
        taken.append((chain[0].left, _ends(chain)[0]))
        free = sorted(rest for tie in free for rest in _outside(tie, *taken[-1]) if rest.size >= min_chars)
    return sorted(found, key=lambda chain: (-sum(tie.size for tie in chain), chain[0]))


def _ends(chain):
    last = chain[-1]
    return last.left + last.size, last.right + last.size


def _stretched(chain, left, right, gap, lower, upper):
    """The passage with shorter strings in common before its first tie and after its last one."""
    while True:
        (a, b), width = chain[0][:2], gap + SHORTEST
        start, there = max(lower, a - width), max(0, b - width)
        tie = _common(left[start:a], right[there:b])
        if not tie or max(a - start - tie.left, b - there - tie.right) - tie.size > gap:
            break
        chain = [Tie(start + tie.left, there + tie.right, tie.size), *chain]
    while True:
        a, b = _ends(chain)
        tie = _common(left[a : min(upper, a + width)], right[b : b + width])
        if not tie or max(tie.left, tie.right) > gap:
            return chain
        chain = [*chain, Tie(a + tie.left, b + tie.right, tie.size)]


def _common(left, right):
    """The longest string that both have inside a clause, if it is no shorter than ``SHORTEST``."""
    # A border agrees with nothing, not even with a border.
    matcher = SequenceMatcher(None, left.replace("\n", "\0"), right, autojunk=False)
    found = Tie(*matcher.find_longest_match())
    return found if found.size >= SHORTEST else None


def _outside(tie, start, end):
    """What of a tie lies before and after a stretch of the left text."""
    if tie.left < start:
        yield tie._replace(size=min(tie.size, start - tie.left))
    cut = max(end - tie.left, 0)
    if tie.size > cut:
        yield Tie(tie.left + cut, tie.right + cut, tie.size - cut)


def _longest_chain(found, gap):
    """The chain with most characters among ties in order of the left text."""
    score, before = [tie.size for tie in found], [-1] * len(found)
    longest = max(tie.size for tie in found)
    lefts = [tie.left for tie in found]
    for i, tie in enumerate(found):
        for j in range(bisect_left(lefts, tie.left - gap - longest), i):
            room = tie.left - found[j].left - found[j].size, tie.right - found[j].right - found[j].size
            if min(room) >= 0 and max(room) <= gap and score[j] + tie.size > score[i]:
                score[i], before[i] = score[j] + tie.size, j
    at, chain = max(range(len(found)), key=lambda i: (score[i], -found[i].left, -found[i].right)), []
    while at >= 0:
        chain.append(found[at])
        at = before[at]
    return chain[::-1]


def _row(grams, chain):
    matter, last = grams.matter, chain[-1]
    left, right = (chain[0].left, last.left + last.size), (chain[0].right, last.right + last.size)
    n_same = sum(tie.size for tie in chain)
    formulaic = sum(int(grams.formula[tie.left : tie.left + tie.size].sum()) for tie in chain)
    (start, end), (other_start, other_end) = (_span(matter, *side) for side in (left, right))
    return {
        "start": start,
        "end": end,
        "other_start": other_start,
        "other_end": other_end,
        "n_same": n_same,
        "formulaic": formulaic / n_same if grams.n_groups >= FEWEST_GROUPS else None,
        "text": matter.written(*left),
        "other_text": matter.written(*right),
    }


def _span(matter, start, end):
    first, last = matter.spans(np.array([start]), np.array([end]))
    return int(first[0]), int(last[0])
