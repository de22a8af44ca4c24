"""Collocates: what stands near a term, and which terms stand in one sentence."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.counts import coded, counted, distinct, known_terms, overlapping, parts
from tifa.studies.measures import g2
from tifa.tables import columns


def collocates(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    node: str,
    window: int | None = 5,
    *,
    min_count: int = 3,
    first: int = 20,
    copies: bool = False,
) -> pd.DataFrame:
    """Terms that stand near a term more often than by chance.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names; tokens in the order of the text.
    node : str
        Word or set phrase.
    window : int or None
        Tokens on either side, in the same sentence; None is the whole sentence.
    min_count : int
        Floor: occurrences in the window that a collocate needs. Below it the measures reward chance.
    first : int
        Length of the ranking that ``stable`` is about.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``collocates``, by falling ``log_dice``, then term. A token in the windows of two nodes counts once.

    Raises
    ------
    ValueError
        If no document has the node, or the window is below 1.

    Notes
    -----
    Contingency after Evert (2008): tokens in the windows against all others, nodes left out. ``log_dice`` is that of
    Rychlý (2008), at most 14 and independent of the corpus's size; ``mi3`` cubes the count because plain mutual
    information prefers what occurs once.

    Examples
    --------
    >>> words = ["落实", "四方责任", "要", "落实", "四方责任"]
    >>> tokens = pd.DataFrame({"doc": "a", "sentence": [0, 0, 0, 1, 1], "token": words})
    >>> found = collocates(tokens, pd.DataFrame({"doc": ["a"]}), "四方责任", min_count=2)
    >>> found[["term", "count", "count_all", "log_dice"]]
      term  count  count_all  log_dice
    0   落实      2          2      14.0
    """
    if window is not None and (window < 1 or window != int(window)):
        raise ValueError(f"window is {window}; it needs at least one whole token, or None for the whole sentence")
    text = _text(tokens, documents, copies)
    [number] = known_terms(node, text.terms).values()
    text = _read_once(text, number)
    pairs = _pairs(text, number, window)
    having = distinct(text.doc[text.token == number])
    found = _measures(text, number, pairs, min_count)
    place = found["place"][np.lexsort((found["place"], -found["log_dice"]))]
    docs = distinct(text.doc[pairs.near] * len(text.terms) + text.token[pairs.near]) % len(text.terms)
    at = np.searchsorted(found["place"], place)
    data = {name: values[at] for name, values in found.items() if name != "place"}
    data["term"] = pd.array(text.terms, dtype="str").take(place)
    data["k_docs"] = np.bincount(docs, minlength=len(text.terms))[place]
    data["n_docs"] = np.full(len(place), len(having))
    data["stable"] = _stable(text, number, pairs, having, min_count, first)[place]
    return columns("collocates", data)


class Text(NamedTuple):
    """Tokens as numbers: term, document, sentence; in the order of the text."""

    terms: np.ndarray
    token: np.ndarray
    doc: np.ndarray
    sentence: np.ndarray
    overlaps: np.ndarray

    def those(self, chosen: np.ndarray) -> "Text":
        return Text(self.terms, *(values[chosen] for values in self[1:]))


class Pairs(NamedTuple):
    """Tokens in each other's window: places of the nodes, and of what is near them."""

    node: np.ndarray
    near: np.ndarray


def _text(tokens, documents, copies):
    kept = tokens[tokens["doc"].isin(counted(documents, copies)["doc"])]
    token, terms = coded(kept["token"])
    doc, _ = pd.factorize(kept["doc"])
    number = kept["sentence"].to_numpy(dtype=np.int64)
    begins = np.r_[True, (np.diff(doc) != 0) | (np.diff(number) != 0)][: len(doc)]
    return Text(terms, token.astype(np.int64), doc.astype(np.int64), np.cumsum(begins), overlapping(kept))


def _read_once(text, number):
    """The text without phrases inside others; where the node stands inside a longer one, that is taken for the node."""
    holder = np.cumsum(~text.overlaps) - 1
    once = text.those(~text.overlaps)
    once.token[holder[text.overlaps & (text.token == number)]] = number
    return once


def _pairs(text, number, window):
    """Every node with every other token of its window; nodes are not near one another."""
    nodes, found = np.flatnonzero(text.token == number), []
    longest = int(np.bincount(text.sentence).max()) - 1
    for step in range(1, int(min(window or longest, longest)) + 1):
        for near in (nodes - step, nodes + step):
            inside = (near >= 0) & (near < len(text.token))
            inside[inside] &= text.sentence[near[inside]] == text.sentence[nodes[inside]]
            inside[inside] &= text.token[near[inside]] != number
            found.append(np.column_stack([nodes[inside], near[inside]]))
    return Pairs(*np.concatenate([np.empty((0, 2), dtype=np.int64), *found]).T)


def _measures(text, number, pairs, min_count):
    """Counts and measures of the terms near the node, by number."""
    n_terms = len(text.terms)
    all_counts = np.bincount(text.token, minlength=n_terms)
    near = distinct(pairs.near)
    counts = np.bincount(text.token[near], minlength=n_terms)
    nodes = np.bincount(distinct(pairs.node * n_terms + text.token[pairs.near]) % n_terms, minlength=n_terms)
    place = np.flatnonzero(counts >= min_count)
    count, count_all, n_nodes = counts[place], all_counts[place], all_counts[number]
    size = len(text.token) - n_nodes
    expected = count_all * len(near) / max(size, 1)
    strength = g2(count, len(near), count_all - count, size - len(near)) if len(place) else np.empty(0)
    return {
        "place": place,
        "count": count,
        "count_all": count_all,
        "expected": expected,
        "log_dice": 14 + np.log2(2 * np.minimum(count, nodes[place]) / (n_nodes + count_all)),
        "mi3": np.log2(count**3 / expected),
        "g2": np.where(count < expected, -strength, strength),
    }


def _stable(text, number, pairs, having, min_count, first):
    """Share of runs, each without a part of the documents that have the node, in which a term is among the first."""
    stays, left_out = np.zeros(len(text.terms)), parts(len(having))
    for places in left_out:
        kept = ~np.isin(text.doc, having[places])
        moved = np.cumsum(kept) - 1
        here = kept[pairs.node]
        found = _measures(text.those(kept), number, Pairs(moved[pairs.node[here]], moved[pairs.near[here]]), min_count)
        stays[found["place"][np.lexsort((found["place"], -found["log_dice"]))][:first]] += 1
    return stays / len(left_out)


def cooccurrence(
    tokens: pd.DataFrame, documents: pd.DataFrame, terms, *, min_count: int = 2, copies: bool = False
) -> pd.DataFrame:
    """Pairs of terms that stand in the same sentence.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names.
    terms : iterable of str
        Terms to pair, such as the set phrases.
    min_count : int
        Sentences that a pair needs.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``cooccurrence``, one row per unordered pair, by falling count, falling ``log_dice``, terms. A phrase and
        one inside it are no pair.

    Raises
    ------
    ValueError
        If no document has one of the terms.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "sentence": [0, 0, 1, 1], "token": ["清零", "防控", "防控", "清零"]})
    >>> cooccurrence(tokens, pd.DataFrame({"doc": ["a"]}), ["清零", "防控"])
      term other  count  k_docs  log_dice
    0   清零    防控      2       1      14.0
    """
    text = _text(tokens, documents, copies)
    chosen = np.sort([*known_terms(terms, text.terms).values()])
    wanted = np.isin(text.token, chosen)
    rows = pd.DataFrame({"doc": text.doc, "sentence": text.sentence, "term": text.token})[wanted].drop_duplicates()
    sentences = np.bincount(rows["term"], minlength=len(text.terms))
    both = rows.merge(rows[["sentence", "term"]], on="sentence", suffixes=("", "_other"))
    both = both[(both["term"] < both["term_other"]) & ~_nested(text.terms, both)]
    found = both.groupby(["term", "term_other"])["doc"].agg(["size", "nunique"]).reset_index()
    found = found[found["size"] >= min_count]
    own, other, size = (found[name].to_numpy(dtype=np.int64) for name in ("term", "term_other", "size"))
    log_dice = 14 + np.log2(2 * size / (sentences[own] + sentences[other]))
    order = np.lexsort((other, own, -log_dice, -size))
    names = pd.array(text.terms, dtype="str")
    data = {"count": size, "k_docs": found["nunique"].to_numpy(), "log_dice": log_dice}
    data = {name: values[order] for name, values in data.items()}
    return columns("cooccurrence", {"term": names.take(own[order]), "other": names.take(other[order]), **data})


def _nested(terms, both):
    """Which pairs are of one term inside the other."""
    pairs = zip(terms[both["term"]], terms[both["term_other"]], strict=True)
    return np.fromiter((own in other or other in own for own, other in pairs), dtype=bool, count=len(both))
