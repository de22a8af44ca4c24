"""Statistics of counts: each takes arrays or numbers and returns arrays; sources stand with each."""

from typing import NamedTuple

import numpy as np


class LogRatio(NamedTuple):
    """Log ratio of two rates with its interval, and the bound that is nearer 0."""

    ratio: np.ndarray
    low: np.ndarray
    high: np.ndarray
    lrc: np.ndarray


def g2(count, size, count_rest, size_rest) -> np.ndarray:
    """Log-likelihood ratio G² of a term in two samples, from all four cells (Dunning 1993).

    Parameters
    ----------
    count, count_rest : array_like of int
        Occurrences of the term in the sample and in the rest.
    size, size_rest : array_like of int
        Tokens of the sample and of the rest.

    Returns
    -------
    ndarray
        0 where both rates are equal; never negative.

    Examples
    --------
    >>> g2(10, 1000, 5, 2000).round(3).item()
    6.969
    """
    a, n, b, m = (np.asarray(values, dtype=np.float64) for values in (count, size, count_rest, size_rest))
    with_term, without = a + b, n - a + m - b
    total = n + m
    cells = ((a, n, with_term), (b, m, with_term), (n - a, n, without), (m - b, m, without))
    return np.maximum(2 * sum(_observed_over_expected(*cell, total) for cell in cells), 0)


def _observed_over_expected(observed, row, column, total):
    """O ln(O/E), 0 for an empty cell."""
    expected = row * column / total
    safe = np.where(observed > 0, observed / np.where(expected > 0, expected, 1), 1)
    return observed * np.log(safe)


def log_ratio(count, size, count_rest, size_rest, alpha: float = 0.05, family: int = 1) -> LogRatio:
    """Binary logarithm of the ratio of two rates, with the conservative interval of Evert (2022), "Measuring Keyness".

    The interval is that of Clopper and Pearson for count / (count + count_rest) at ``alpha / family``, turned into odds
    and weighed with the samples' sizes. It is exact, so that zeros need nothing added.

    Parameters
    ----------
    count, size, count_rest, size_rest : array_like of int
        As for :func:`g2`; a term occurs at least once.
    alpha : float
        Error allowed in all intervals together.
    family : int
        Number of comparisons.

    Returns
    -------
    LogRatio
        ``ratio`` and a bound are infinite where a count is 0. ``lrc`` is the bound nearer 0, or 0 where the interval
        holds 0: the difference that can be claimed at least.

    Examples
    --------
    >>> [value.round(3).item() for value in log_ratio(10, 1000, 0, 1000)]
    [inf, 1.164, inf, 1.164]
    """
    a, n, b, m = np.broadcast_arrays(count, size, count_rest, size_rest)
    odds = np.asarray(m, dtype=np.float64) / n
    lower, upper = (_each_pair_once(bound, a, b, alpha / family / 2) for bound in (_lower_odds, _upper_odds))
    with np.errstate(divide="ignore"):
        ratio, low, high = (np.log2(values) for values in (_odds(a, b) * odds, lower * odds, upper * odds))
    return LogRatio(ratio, low, high, np.where(low > 0, low, np.where(high < 0, high, 0.0)))


def log_ratio_low(count, size, count_rest, size_rest, alpha: float = 0.05, family: int = 1) -> np.ndarray:
    """The lower bound of :func:`log_ratio` alone, in half the time.

    Examples
    --------
    >>> log_ratio_low(10, 1000, 0, 1000).round(3).item()
    1.164
    """
    a, n, b, m = np.broadcast_arrays(count, size, count_rest, size_rest)
    with np.errstate(divide="ignore"):
        return np.log2(_each_pair_once(_lower_odds, a, b, alpha / family / 2) * m / n)


def _odds(a, b):
    return np.divide(a, b, out=np.full(a.shape, np.inf), where=b > 0)


def _each_pair_once(bound, a, b, tail):
    """``bound`` of each pair of counts. They repeat by the thousand, so each different pair is worked out once."""
    pairs = a.astype(np.int64) * (int(b.max(initial=0)) + 1) + b
    _, first, back = np.unique(pairs, return_index=True, return_inverse=True)
    values = bound(a.ravel()[first].astype(np.float64), b.ravel()[first].astype(np.float64), tail)
    return values[back].reshape(pairs.shape)


def _lower_odds(a, b, tail):
    """Clopper and Pearson's lower bound for a / (a + b), as odds."""
    from scipy import special  # slow to import, and only intervals need it

    share = np.where(a > 0, special.betaincinv(np.maximum(a, 1), b + 1, tail), 0.0)
    return share / (1 - share)


def _upper_odds(a, b, tail):
    """The upper bound: the lower one seen from the other side, which keeps its digits where it is near 1."""
    lower = _lower_odds(b, a, tail)
    return _odds(np.ones_like(lower), lower)


def wilson(k, n, z: float = 1.959963984540054) -> tuple[np.ndarray, np.ndarray]:
    """Interval of Wilson (1927) for a share k / n, without continuity correction; 95 % by default.

    Parameters
    ----------
    k, n : array_like of int
        Documents with the feature, and all of them (at least 1).
    z : float
        Quantile of the normal distribution.

    Returns
    -------
    low, high : ndarray

    Examples
    --------
    >>> [bound.round(3).item() for bound in wilson(4, 5)]
    [0.376, 0.964]
    """
    k, n = np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64)
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    return np.where(k > 0, middle - half, 0.0), np.where(k < n, middle + half, 1.0)


def holm(p) -> np.ndarray:
    """p values corrected after Holm (1979): for claims; the chance of any false one stays below the level.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(p, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    return _put_back(steps, order)


def benjamini_hochberg(p) -> np.ndarray:
    """p values corrected after Benjamini and Hochberg (1995): for lists to look through; the share of false ones.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=np.float64)
    order = np.argsort(p, kind="stable")[::-1]
    steps = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    return _put_back(steps, order)


def _put_back(values, order):
    result = np.empty_like(values)
    result[order] = np.minimum(values, 1)
    return result
