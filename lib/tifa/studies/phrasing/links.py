"""Which cities say the same: pairs of groups and the phrases they share, formulae apart."""

from itertools import combinations

import numpy as np
import pandas as pd

from tifa.studies.phrasing.reuse import FEWEST_GROUPS
from tifa.tables import TABLES, table


def links(found: pd.DataFrame) -> pd.DataFrame:
    """For each pair of groups the phrases they share, and how many of these more than half the groups have.

    Parameters
    ----------
    found : DataFrame
        What :func:`tifa.phrases.shared` gives, with its column of counts per group.

    Returns
    -------
    DataFrame
        Table ``links``: pairs that share a phrase, most phrases that are not formulaic first. With fewer than four
        groups formulae cannot be told, and ``n_own`` is all phrases.

    Examples
    --------
    >>> from tifa.studies import phrases
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": "实现社会面清零"})
    >>> links(phrases.shared(documents))[["city", "other", "n_phrases", "n_own"]].to_dict("split")["data"]
    [['乙市', '甲市', 1, 1]]
    """
    names = list(found.columns[len(TABLES["shared"]) :])
    has = (found[names].to_numpy(dtype=np.int64) > 0).astype(np.int64)
    formulaic = (has.sum(axis=1) * 2 > len(names)) & (len(names) >= FEWEST_GROUPS)
    every, own = has.T @ has, has[~formulaic].T @ has[~formulaic]
    rows = [
        {"city": names[i], "other": names[j], "n_phrases": int(every[i, j]), "n_own": int(own[i, j])}
        for i, j in combinations(range(len(names)), 2)
        if every[i, j]
    ]
    return table("links", sorted(rows, key=lambda row: (-row["n_own"], -row["n_phrases"], row["city"], row["other"])))
