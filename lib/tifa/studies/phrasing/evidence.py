"""What a comparison of groups rests on: documents, not characters; and what no number of characters can show."""

from collections.abc import Mapping
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import groups_by_name
from tifa.studies.phrasing.matter import IGNORED
from tifa.studies.phrasing.shared import find_shared, in_groups
from tifa.tables import columns, table

MOST_ARRANGEMENTS = 20_000
DRAWN = 9_999
SEED = 1


def leave_one_out(
    documents: pd.DataFrame,
    by: str | Mapping = "city",
    min_chars: int = 6,
    trim: bool = True,
    *,
    ignored: str = IGNORED,
    copies: bool = False,
) -> pd.DataFrame:
    """How many of the shared phrases are left when each document is left out.

    Parameters
    ----------
    documents, by, min_chars, trim, ignored, copies
        As for :func:`tifa.phrases.shared`.

    Returns
    -------
    DataFrame
        Table ``leave_one_out``: a row per document in order of publication. A phrase is lost when fewer than two groups
        still have it.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("abc"), "city": ["甲市", "甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["实现社会面清零"] * 3})
    >>> leave_one_out(documents)[["doc", "n_phrases", "n_lost"]].to_dict("split")["data"]
    [['a', 1, 0], ['b', 1, 0], ['c', 1, 1]]
    """
    found = find_shared(documents, by, min_chars, trim, ignored=ignored, copies=copies)
    lost = sum(_lost(found, string, row, holders) for string, row, _, _, holders in in_groups(found))
    return columns(
        "leave_one_out",
        {
            "doc": found.documents["doc"],
            "city": [found.names[i] for i in found.group],
            "n_phrases": np.full(len(lost), len(found.strings.size)),
            "n_lost": lost,
        },
    )


def _lost(found, string, row, holders):
    """For each document the strings of a run that two groups share only thanks to it."""
    doc = found.matter.doc[found.rows.place[row]]
    two = (holders > 0).sum(axis=1) == 2
    alone = holders[string, found.group[doc]] == 1
    return np.bincount(doc[two[string] & alone], minlength=len(found.documents))


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
    The unit is the document. All arrangements are tried up to 20,000, else 9,999 are drawn and the one at hand added
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
    share = wide.to_numpy(dtype=float)
    share = np.nan_to_num((share + share.T) / 2)
    member = of_doc[names].to_numpy()
    return table("agreement", [_agreement(share, member, group) for group in sorted(set(member))])


def _agreement(share, member, group):
    own = member == group
    n, k = len(own), int(own.sum())
    row = {"city": group, "n_docs": k, "n_rest": n - k}
    if not 0 < k < n or n < 3:
        return row
    within, across = _sides(share, own[None])
    spread = [
        float(np.subtract(*_sides(np.delete(np.delete(share, i, 0), i, 1), np.delete(own, i)[None]))[0])
        for i in range(n)
        if 0 < np.delete(own, i).sum() < n - 1 and n > 3
    ]
    arranged = _arrangements(own)
    differences = np.subtract(*_sides(share, arranged))
    p = float((differences >= (within - across) - 1e-12).mean())
    smallest = (1 + (2 * k == n)) / len(arranged)  # with two sides of one size each division is counted twice
    return row | {
        "within": float(within[0]),
        "across": float(across[0]),
        "difference": float(within[0] - across[0]),
        "low": min(spread, default=None),
        "high": max(spread, default=None),
        "p": p,
        "p_smallest": smallest,
    }


def _sides(share, own):
    """Mean share of pairs on one side of the line and of pairs across it, for each arrangement."""
    x = own.astype(float)
    n, k = x.shape[1], x.sum(axis=1)
    across = np.einsum("ij,jk,ik->i", x, share, 1 - x)
    pairs = k * (n - k)
    everything = share.sum() / 2 - np.trace(share) / 2
    return (everything - across) / np.maximum(n * (n - 1) / 2 - pairs, 1), across / pairs


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
