"""Whether a city is closer to itself than to the rest, and what so many documents could show at all."""

from collections.abc import Mapping
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import groups_by_name
from tifa.tables import table

MOST_ARRANGEMENTS = 20_000
DRAWN = 1_999
SEED = 1


def agreement(reused: pd.DataFrame, documents: pd.DataFrame, by: str | Mapping = "city") -> pd.DataFrame:
    """Whether documents share more with their own side than across the line between a group and the rest.

    Parameters
    ----------
    reused : DataFrame
        Table ``reuse``.
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups.

    Returns
    -------
    DataFrame
        Table ``agreement``: a row per group. ``p`` is the share of arrangements of the documents into groups of these
        sizes whose difference is at least as large, the one at hand among them; ``p_smallest`` is the smallest that any
        outcome could reach. Where that is above 0.05 no outcome could have been significant.

    Notes
    -----
    The unit is the document. All arrangements are tried up to 20,000, else 1,999 are drawn and the one at hand added
    (Phipson & Smyth 2010, "Permutation p-values should never be zero"). ``low`` and ``high`` are the smallest and the
    largest difference when one document is left out.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("abc"), "city": ["甲市", "甲市", "乙市"]})
    >>> reused = pd.DataFrame({"doc": list("aabbcc"), "other": list("bcacab"), "share": [.4, .1, .4, .1, .1, .1]})
    >>> agreement(reused, documents)[["city", "within", "across", "p_smallest"]].round(2).to_dict("split")["data"]
    [['乙市', 0.4, 0.1, 0.33], ['甲市', 0.4, 0.1, 0.33]]
    """
    of_doc = groups_by_name(documents, by).dropna()
    names = [doc for doc in dict.fromkeys([*reused["doc"], *reused["other"]]) if doc in of_doc.index]
    wide = reused.pivot_table(index="doc", columns="other", values="share").reindex(index=names, columns=names)
    share = wide.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(share, 0)
    share = np.nan_to_num((share + share.T) / 2)
    member = of_doc[names].to_numpy()
    return table("agreement", [{"city": group} | _agreement(share, member == group) for group in sorted(set(member))])


def _agreement(share, own):
    n, k = len(own), int(own.sum())
    row = {"n_docs": k, "n_rest": n - k}
    if not 0 < k < n or n < 3:
        return row
    within, across = (float(side[0]) for side in _sides(share, own[None]))
    spread = _without_each(share, own)
    arranged = _arrangements(own)
    differences = np.subtract(*_sides(share, arranged))
    smallest = (1 + (2 * k == n)) / len(arranged)  # with two sides of one size each division is counted twice
    return row | {
        "within": within,
        "across": across,
        "difference": within - across,
        "low": min(spread, default=None),
        "high": max(spread, default=None),
        "p": float((differences >= within - across - 1e-12).mean()),
        "p_smallest": smallest,
    }


def _sides(share, own):
    """Mean share of pairs on one side of the line and of pairs across it, for each arrangement."""
    x = own.astype(float)
    across = ((x @ share) * (1 - x)).sum(axis=1)
    return _means(share.sum() / 2 - across, across, x.shape[1], x.sum(axis=1))


def _means(within, across, n, k):
    """Sums over pairs as means, where ``k`` of ``n`` documents are on one side."""
    pairs = k * (n - k)
    return within / np.maximum(n * (n - 1) / 2 - pairs, 1), across / pairs


def _without_each(share, own):
    """The difference without each of the documents whose side is not empty then."""
    n, k = len(own), own.sum()
    to_own, to_rest = share @ own, share @ ~own
    across = to_rest[own].sum() - np.where(own, to_rest, to_own)
    within = share.sum() / 2 - to_rest[own].sum() - np.where(own, to_own, to_rest)
    left = k - own
    fine = (left > 0) & (left < n - 1) & (n > 3)
    return np.subtract(*_means(within[fine], across[fine], n - 1, left[fine])).tolist()


def _arrangements(own):
    """Ways to choose as many documents, the one at hand among them."""
    n, k = len(own), int(own.sum())
    if comb(n, k) <= MOST_ARRANGEMENTS:
        chosen = np.zeros((comb(n, k), n), dtype=bool)
        for row, members in enumerate(combinations(range(n), k)):
            chosen[row, list(members)] = True
        return chosen
    draw = np.random.default_rng(SEED)
    return np.stack([own, *(draw.permutation(own) for _ in range(DRAWN))])
