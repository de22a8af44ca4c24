"""Dispersion: whether a term is spread over the documents or sits in a few."""

import numpy as np
import pandas as pd

from tifa.studies.counts import column_sums, count, counted, known_terms, overlapping
from tifa.tables import columns


def dispersion(
    tokens: pd.DataFrame, documents: pd.DataFrame, *, min_count: int = 2, copies: bool = False
) -> pd.DataFrame:
    """Range and deviation of proportions of every term over the documents.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names.
    min_count : int
        Occurrences that a term needs.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``dispersion``: by falling range, falling count, term. ``dp`` is half the sum of the absolute differences
        between each document's share of all tokens and its share of the term (Gries 2008): 0 is perfectly even.
        ``dp_norm`` is ``dp`` over the most it can be (Lijffijt and Gries 2012). Both are null where the term occurs
        less often than there are documents: it could not be in all of them, and DP would measure its rarity.

    Raises
    ------
    ValueError
        If there is no document.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": list("aabb"), "token": ["清零", "的", "清零", "防控"]})
    >>> dispersion(tokens, pd.DataFrame({"doc": ["a", "b"]}))[["term", "count", "k_docs", "n_docs", "dp", "dp_norm"]]
      term  count  k_docs  n_docs   dp  dp_norm
    0   清零      2       2       2  0.0      0.0
    """
    counts = count(tokens, documents, copies)
    total = column_sums(counts.matrix)
    chosen = np.flatnonzero(total >= min_count)
    holders = np.bincount(counts.matrix.indices, minlength=len(counts.terms))
    dp, dp_norm = _deviations(counts, total)
    order = chosen[np.lexsort((chosen, -total[chosen], -holders[chosen]))]
    n_docs = len(counts.docs)
    enough = total[order] >= n_docs
    return columns(
        "dispersion",
        {
            "term": pd.array(counts.terms, dtype="str").take(order),
            "count": total[order],
            "k_docs": holders[order],
            "n_docs": np.full(len(order), n_docs),
            "dp": np.where(enough, dp[order], np.nan),
            "dp_norm": np.where(enough, dp_norm[order], np.nan),
        },
    )


def _deviations(counts, total):
    """DP of every term, and DP as a share of the most it can be: all of the term in the smallest document."""
    size = counts.sizes / max(counts.sizes.sum(), 1)
    matrix = counts.matrix
    expected = np.repeat(size, np.diff(matrix.indptr))
    observed = matrix.data / total[matrix.indices]
    gaps = np.bincount(matrix.indices, np.abs(observed - expected), len(total))
    missed = 1 - np.bincount(matrix.indices, expected, len(total))
    dp = np.clip((gaps + missed) / 2, 0, 1)
    most = 1 - size[size > 0].min(initial=1)
    return dp, dp / most if most > 0 else np.zeros_like(dp)


def positions(tokens: pd.DataFrame, documents: pd.DataFrame, terms, *, copies: bool = False) -> pd.DataFrame:
    """Where in each document the terms stand, for a lexical dispersion plot.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names.
    terms : iterable of str
        Terms to look for.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``positions``: one row per occurrence, by term in the order asked for, document in the order of
        ``documents``, and place. ``place`` is the token's number in the document, counted from 0; ``share`` the same as
        a share of its ``size`` tokens. A document that lacks the term has one row without a place.

    Raises
    ------
    ValueError
        If no document has one of the terms.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": list("aaab"), "token": ["清零", "的", "清零", "清零"]})
    >>> found = positions(tokens, pd.DataFrame({"doc": ["a", "b", "c"]}), ["清零"])
    >>> found[["doc", "place", "size"]].to_dict("split")["data"]
    [['a', 0, 3], ['a', 2, 3], ['b', 0, 1], ['c', None, 0]]
    """
    docs = counted(documents, copies)["doc"]
    order = pd.Series(range(len(docs)), index=docs)
    tokens = tokens[tokens["doc"].isin(docs)]
    kept = tokens[["doc", "token"]].astype("str").assign(text=~overlapping(tokens))
    asked = list(known_terms(terms, kept["token"].unique()))
    by_doc = kept.groupby("doc", sort=False)["text"]
    sizes = by_doc.sum().reindex(docs, fill_value=0)
    kept = kept.assign(place=by_doc.cumsum() - 1).drop(columns="text")
    every = pd.MultiIndex.from_product([asked, docs], names=["term", "doc"]).to_frame(index=False)
    rows = every.merge(kept.rename(columns={"token": "term"}), how="left", on=["term", "doc"])
    rows = rows.assign(size=rows["doc"].map(sizes), rank=rows["term"].map(asked.index), order=rows["doc"].map(order))
    rows = rows.sort_values(["rank", "order", "place"], ignore_index=True).drop(columns=["rank", "order"])
    rows = rows.astype({"place": "Int64"}).assign(share=rows["place"] / rows["size"].clip(lower=1))
    return columns("positions", {name: rows[name].array for name in rows})
