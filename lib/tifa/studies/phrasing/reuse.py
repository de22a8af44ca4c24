"""How much of one document stands in another, and where: after passim and TextPAIR, on characters."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import articles, at_least, groups, groups_by_name
from tifa.studies.phrasing.matter import Matter, different
from tifa.studies.phrasing.repeats import sorted_rows
from tifa.tables import columns

# Below this number of groups every phrase that two groups share is in half of them or more.
FEWEST_GROUPS = 4


def reuse(
    documents: pd.DataFrame, min_chars: int = 6, by: str | Mapping = "city", *, copies: bool = False
) -> pd.DataFrame:
    """How much of each document stands in each other one.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    min_chars : int
        Shortest shared string that counts.
    by : str or mapping
        What makes the groups that tell formulae from borrowing, as for :func:`shared`.
    copies : bool
        Compare all copies of an article, not only the earliest.

    Returns
    -------
    DataFrame
        Table ``reuse``: one row per ordered pair, documents in order of publication. Shares are of ``doc``'s own
        characters, so the two directions differ. What more than half the groups say is formulaic; with fewer than four
        groups that cannot be told from borrowing, and is null.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["尽快实现社会面清零", "实现社会面清零目标,坚定信心"]})
    >>> reuse(documents)[["doc", "other", "shared_chars", "share"]].round(2).to_dict("split")["data"]
    [['a', 'b', 7, 0.78], ['b', 'a', 7, 0.54]]
    """
    at_least(2, min_chars=min_chars)
    grams = grams_of(articles(documents, copies), min_chars, by)
    matter, n = grams.matter, len(grams.matter.docs)
    common, formulaic = (np.zeros((n, n), dtype=np.int64) for _ in range(2))
    for doc in range(n):
        common[doc], formulaic[doc] = _covered(grams, doc, min_chars)
    doc, other = np.nonzero(~np.eye(n, dtype=bool))
    common, formulaic = common[doc, other], formulaic[doc, other].astype(float)
    size = np.maximum(matter.sizes, 1)[doc]
    known = grams.n_groups >= FEWEST_GROUPS
    names = np.array(matter.docs, dtype=object)
    return columns(
        "reuse",
        {
            "doc": names[doc],
            "other": names[other],
            "shared_chars": common,
            "share": np.where(matter.sizes[doc] > 0, common / size, np.nan),
            "formulaic_chars": formulaic if known else np.full(len(doc), np.nan),
            "direct_share": (common - formulaic) / size if known else np.full(len(doc), np.nan),
        },
    )


class Grams(NamedTuple):
    """Strings of ``min_chars`` characters that stand in two documents.

    Attributes
    ----------
    number : ndarray
        For each place of the matter the number of the gram that begins there, -1 for none.
    docs, first : ndarray
        Documents that have gram ``i``: ``docs[first[i]:first[i + 1]]``.
    formula : ndarray of bool
        For each place whether it lies in a gram that more than half the groups have.
    """

    matter: Matter
    n_groups: int
    number: np.ndarray
    docs: np.ndarray
    first: np.ndarray
    formula: np.ndarray


def grams_of(documents: pd.DataFrame, min_chars: int, by: str | Mapping) -> Grams:
    """Grams of all documents given, and which of them are formulae."""
    matter, n = Matter(documents), len(documents)
    group, names = pd.factorize(groups(documents, by))
    rows = sorted_rows(matter, np.arange(n), min_chars)
    gram = np.cumsum(rows.agree == 0) - 1
    number = np.full(len(matter.codes), -1, dtype=np.int64)
    number[rows.place] = gram
    of_gram, docs = different(gram, matter.doc[rows.place])
    n_grams = int(gram[-1]) + 1 if len(gram) else 0
    first = np.searchsorted(of_gram, np.arange(n_grams + 1))
    in_group = group[docs] >= 0
    held = np.bincount(different(of_gram[in_group], group[docs][in_group])[0], minlength=n_grams)
    formula = _spread(rows.place[(held * 2 > len(names))[gram]], min_chars, len(matter.codes))
    return Grams(matter, len(names), number, docs, first, formula)


def _spread(places, width, size):
    """Which of ``size`` places lie in a string of ``width`` characters that begins at one of ``places``."""
    change = np.zeros(size + width + 1, dtype=np.int64)
    np.add.at(change, places, 1)
    np.add.at(change, places + width, -1)
    return np.cumsum(change)[:size] > 0


def _covered(grams, doc, width):
    """Characters of the document in grams of each other one, and how many of these are formulaic."""
    begin, end = np.searchsorted(grams.matter.doc, [doc, doc + 1])
    place = begin + np.flatnonzero(grams.number[begin:end] >= 0)
    low, high = grams.first[grams.number[place]], grams.first[grams.number[place] + 1]
    hits = np.repeat(place, high - low)
    step = np.arange(len(hits)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    other = grams.docs[np.repeat(low, high - low) + step]
    order = np.argsort(other, kind="stable")
    hits, other = hits[order], other[order]
    # A gram adds the characters up to the next one in the same other document, at most its own width.
    room = np.where(np.r_[other[1:] == other[:-1], False][: len(hits)], np.r_[hits[1:], 0][: len(hits)] - hits, width)
    upto = hits + np.minimum(room, width)
    formula = np.r_[0, np.cumsum(grams.formula[begin:end])]
    inside = formula[upto - begin] - formula[hits - begin]
    n = len(grams.matter.docs)
    return np.bincount(other, upto - hits, minlength=n), np.bincount(other, inside, minlength=n)


def closest(reused: pd.DataFrame, documents: pd.DataFrame, by: str | Mapping = "city", k: int = 1) -> pd.DataFrame:
    """The pairs of documents of different groups that have most characters in common, formulae left out.

    Parameters
    ----------
    reused : DataFrame
        Table ``reuse``.
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups.
    k : int
        How many pairs.

    Returns
    -------
    DataFrame
        Rows of ``reused``, each pair once, in the direction in which more characters are shared. Where formulae cannot
        be told they count too.
    """
    group = groups_by_name(documents, by)
    own, others = reused["doc"].map(group), reused["other"].map(group)
    across = reused[own.notna() & others.notna() & (own.astype(object) != others.astype(object))]
    direct = (across["shared_chars"] - across["formulaic_chars"].fillna(0)).rename("direct")
    order = across.assign(direct=direct).sort_values(
        ["direct", "share", "doc", "other"], ascending=[False, False, True, True]
    )
    ranked = across.loc[order.index]
    pair = ["\0".join(sorted(names)) for names in zip(ranked["doc"], ranked["other"], strict=True)]
    return ranked[~pd.Series(pair, index=ranked.index, dtype=object).duplicated()].head(k).reset_index(drop=True)
