"""Exact one-sided tests over documents: does a group use a term more than the others do?

The document is what was sampled, not the token (Lijffijt et al. 2016), so the labels of documents are exchanged. The
observed arrangement is one of those counted, so that p is never 0 (Phipson and Smyth 2010).
"""

from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np

ALL, MEDIAN = "all arrangements", "documents above the median"
# Every arrangement is tried where there are at most so many (10 documents against 10 have 184,756), and at most so
# many times the number of terms: a second or two.
MOST_ARRANGEMENTS, MOST = 200_000, 400_000_000
_AT_A_TIME = 4_000_000


class Exact(NamedTuple):
    """For each term: p, the smallest p that the documents could give, and what was counted."""

    p: np.ndarray
    smallest: np.ndarray
    basis: str


def exact(rates, groups: np.ndarray, n_tests: int | None = None) -> list[Exact]:
    """Test each group of documents against the others.

    Parameters
    ----------
    rates : sparse array of float
        Documents × terms: rate of each term in each document.
    groups : ndarray of bool
        Groups × documents: which documents the group has.
    n_tests : int, optional
        Groups that share the time for trying arrangements, where others are tested in calls of their own.

    Returns
    -------
    list of Exact
        For each group, in order. Where every arrangement of the documents can be tried, the statistic is the mean rate
        of the group's documents. Where there are too many, it is the number of its documents whose rate is above the
        median of all documents (Mood's median test), whose exact distribution is hypergeometric.

    Examples
    --------
    >>> from scipy import sparse
    >>> rates = sparse.csr_array([[9.0], [2.0], [1.0], [3.0], [2.0]])
    >>> [found] = exact(rates, np.array([[True, False, False, False, False]]))
    >>> found.p.tolist(), found.smallest.tolist(), found.basis
    ([0.2], [0.2], 'all arrangements')
    """
    n_docs, n_terms = rates.shape
    sizes = groups.sum(axis=1).tolist()
    most = min(MOST_ARRANGEMENTS, MOST / max(n_terms, 1) / (n_tests or len(groups)))
    few = np.array([comb(n_docs, size) <= most for size in sizes], dtype=bool)
    by_median = iter(_median_tests(rates, groups[~few]) if not few.all() else ())
    return [
        Exact(_all_arrangements(rates, inside), np.full(n_terms, 1 / comb(n_docs, size)), ALL)
        if tried
        else Exact(*next(by_median), MEDIAN)
        for inside, size, tried in zip(groups, sizes, few, strict=True)
    ]


def _all_arrangements(rates, inside):
    """Share of all arrangements whose sum of rates reaches the observed one; sums order as means do."""
    n_docs, size = len(inside), int(inside.sum())
    chosen = chain.from_iterable(combinations(range(n_docs), size))
    rows = np.fromiter(chosen, dtype=np.int64).reshape(comb(n_docs, size), size)
    arrangements = np.zeros((len(rows), n_docs))
    np.put_along_axis(arrangements, rows, 1, axis=1)
    step = max(1, _AT_A_TIME // len(rows))
    return np.concatenate([_share(arrangements, rates[:, i : i + step], inside) for i in _steps(rates, step)])


def _steps(rates, step):
    return range(0, max(rates.shape[1], 1), step)


def _share(arrangements, rates, inside):
    dense = rates.toarray()
    # Sums of the same rates in another order may differ in the last digit.
    return (arrangements @ dense >= dense[inside].sum(axis=0) * (1 - 1e-9)).mean(axis=0)


def _above_median(rates):
    """Documents × terms: 1 where the document's rate is above the median of all documents."""
    from scipy import sparse

    by_term = sparse.csc_array(rates)
    holders = np.diff(by_term.indptr)
    above = sparse.csc_array((by_term.data > 0, by_term.indices, by_term.indptr), shape=rates.shape, dtype=np.int32)
    # A term of at most half the documents has the median 0. For the others the median is worked out.
    common = np.flatnonzero(holders > rates.shape[0] / 2)
    for term in common:
        here = slice(by_term.indptr[term], by_term.indptr[term + 1])
        values = by_term.data[here]
        above.data[here] = values > _median(values, rates.shape[0])
    return above


def _median(values, n_docs):
    """Median over all documents, those without the term counted as 0."""
    missing, middle = n_docs - len(values), (n_docs - 1) // 2
    upper = n_docs // 2 - missing
    ordered = np.partition(values, [max(middle - missing, 0), upper])
    lower = ordered[middle - missing] if middle >= missing else 0.0
    return (lower + ordered[upper]) / 2


def _median_tests(rates, groups):
    """For each group the hypergeometric tail of each term, and that of the most that the group could have had."""
    above, n_docs = _above_median(rates), groups.shape[1]
    total = above.sum(axis=0).astype(np.int64)
    found = (groups.astype(np.int32) @ above).astype(np.int64)
    size = np.broadcast_to(groups.sum(axis=1)[:, None], found.shape)
    asked = np.stack([found, np.minimum(total, size)])
    # Counts repeat, so each case is worked out once.
    cases = (asked * (n_docs + 1) + total) * (n_docs + 1) + size
    different, back = np.unique(cases, return_inverse=True)
    rest, sizes = np.divmod(different, n_docs + 1)
    tails = hypergeometric_tail(rest // (n_docs + 1), n_docs, rest % (n_docs + 1), sizes)[back.reshape(cases.shape)]
    # The observed arrangement is one of all: a chance too small for a float is still none of 0.
    return zip(*np.maximum(tails, np.finfo(np.float64).tiny), strict=True)


def hypergeometric_tail(k, n: int, marked, size) -> np.ndarray:
    """Chance of at least ``k`` marked ones among ``size`` drawn without replacement from ``n``.

    Parameters
    ----------
    k, marked, size : ndarray of int
        At least so many; how many of the ``n`` are marked; how many are drawn.
    n : int
        How many there are.

    Returns
    -------
    ndarray

    Examples
    --------
    >>> hypergeometric_tail(np.array([1, 2]), 5, np.array([2, 2]), np.array([2, 2])).round(2).tolist()
    [0.7, 0.1]
    """
    from scipy import special

    k, marked, size = (np.asarray(values, dtype=np.float64) for values in (k, marked, size))
    upward = k > size * marked / n  # the shorter tail is summed; the other is what is left of 1
    at = np.where(upward, k, k - 1)

    def ways(total, part):
        return special.gammaln(total + 1) - special.gammaln(part + 1) - special.gammaln(total - part + 1)

    possible = (at >= np.maximum(0, size - n + marked)) & (at <= np.minimum(marked, size))
    held = np.where(possible, at, np.maximum(0, size - n + marked))
    logarithm = ways(marked, held) + ways(n - marked, size - held) - ways(n, size)
    tail = _sum_tail(np.where(possible, np.exp(logarithm), 0.0), held, n, marked, size, upward)
    return np.clip(np.where(upward, tail, 1 - tail), 0, 1)


def _sum_tail(term, at, n, marked, size, upward):
    """Add up neighbouring terms, each got from the one before, until they no longer count."""
    total, step = term.copy(), np.where(upward, 1.0, -1.0)
    unmarked = n - marked - size
    while (going := term > total * 1e-17).any():
        up = (marked - at) * (size - at), (at + 1) * (unmarked + at + 1)
        down = at * (unmarked + at), (marked - at + 1) * (size - at + 1)
        above, below = (np.where(upward, *values) for values in zip(up, down, strict=True))
        term = np.where(going & (below > 0), term * above / np.where(below > 0, below, 1), 0)
        at = at + step
        total += term
    return total
