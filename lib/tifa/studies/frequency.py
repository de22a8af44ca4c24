"""Frequency: how often words and set phrases occur, and in how many documents."""

import numpy as np
import pandas as pd

from tifa.marking import words
from tifa.marking.segmenters import tagged
from tifa.marking.wordlists import set_phrases, stop_words
from tifa.studies.counts import count, grouping, membership, parts
from tifa.tables import columns

PARTS_OF_PAGE = ("heading", "speech", "report")
_NUMBER = r"[\d.%０-９]+"


def frequency(
    tokens: pd.DataFrame, documents: pd.DataFrame, by: str | pd.Series = "doc", *, copies: bool = False
) -> pd.DataFrame:
    """Count every term in every group of documents.

    Parameters
    ----------
    tokens : DataFrame
        Table ``tokens``, all of it: rates are per 1,000 of these tokens. For headings or speech alone see :func:`part`.
    documents : DataFrame
        Table ``documents``; says which document belongs to which group.
    by : str or Series
        A column of ``documents`` (``doc``, ``city``, ``agency`` ...); ``day``, ``week``, ``month`` or ``year``; or
        groups with documents as index: ``visits.set_index("doc")["leader"]`` counts a report of two leaders with both.
    copies : bool
        Count every copy of an article; otherwise an article counts once.

    Returns
    -------
    DataFrame
        Table ``frequency``: one row per group and term that occurs in it, by group, falling count, term.
        ``per_10k_chars`` is per 10,000 characters of the words counted, marks left out; ``k_docs`` of ``n_docs``
        documents of the group have the term. Documents without a value in ``by`` are in no group.

    Raises
    ------
    ValueError
        If there is no document, no column ``by``, or no document has a value in it.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": ["a", "a", "b"], "token": ["清零", "清零", "目标"]})
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["上海市", "上海市"]})
    >>> frequency(tokens, documents, by="city")[["term", "count", "per_thousand", "k_docs"]].round(1)
      term  count  per_thousand  k_docs
    0   清零      2         666.7       1
    1   目标      1         333.3       1
    """
    counts = count(tokens, documents, copies)
    groups, names = membership(grouping(documents, by, copies), counts.docs)
    occurrences = groups @ counts.matrix
    holders = groups @ (counts.matrix > 0).astype(np.int32)
    occurrences.sort_indices()
    holders.sort_indices()
    group = np.repeat(np.arange(len(names)), np.diff(occurrences.indptr))
    order = _order(group, occurrences.data, occurrences.indices)
    group, term, times = group[order], occurrences.indices[order], occurrences.data[order]
    return columns(
        "frequency",
        {
            "group": pd.array(names, dtype="str").take(group),
            "term": pd.array(counts.terms, dtype="str").take(term),
            "count": times,
            "per_thousand": times / (groups @ counts.sizes)[group] * 1000,
            "per_10k_chars": times / (groups @ counts.n_chars)[group] * 10_000,
            "k_docs": holders.data[order],
            "n_docs": np.asarray(groups.sum(axis=1)).ravel()[group],
        },
    )


def _order(group, times, term):
    """By group, falling count, term: one sort of one number a row."""
    if len(times) == 0:
        return np.arange(0)
    most, n_terms = int(times.max()), int(term.max()) + 1
    return np.argsort((group.astype(np.int64) * (most + 1) + (most - times)) * n_terms + term)


def part(tokens: pd.DataFrame, sentences: pd.DataFrame, which: str) -> pd.DataFrame:
    """Tokens of one part of the documents, to be counted by themselves.

    Parameters
    ----------
    tokens, sentences : DataFrame
        The tables of these names.
    which : str
        ``heading`` (title and headings), ``speech`` (what somebody said) or ``report`` (the rest).

    Returns
    -------
    DataFrame
        Rows of ``tokens``, in their order.

    Raises
    ------
    ValueError
        If ``which`` is none of the three.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": ["a", "a"], "sentence": [0, 1], "token": ["标题", "防控"]})
    >>> flags = {"is_heading": [True, False], "is_speech": [False, True]}
    >>> part(tokens, pd.DataFrame({"doc": ["a", "a"], "sentence": [0, 1]} | flags), "speech")["token"].tolist()
    ['防控']
    """
    if which not in PARTS_OF_PAGE:
        raise ValueError(f"there is no part {which!r}; the parts are {', '.join(PARTS_OF_PAGE)}")
    heading, speech = sentences["is_heading"], sentences["is_speech"] & ~sentences["is_heading"]
    wanted = {"heading": heading, "speech": speech, "report": ~heading & ~speech}[which]
    chosen = pd.MultiIndex.from_frame(sentences.loc[wanted, ["doc", "sentence"]])
    return tokens[pd.MultiIndex.from_frame(tokens[["doc", "sentence"]]).isin(chosen)]


def content(tokens: pd.DataFrame, *, min_chars: int = 2, stop: frozenset[str] | None = None, keep=None) -> pd.DataFrame:
    """Tokens worth ranking: no stop words, no numbers, nothing shorter than ``min_chars``; set phrases stay.

    Parameters
    ----------
    tokens : DataFrame
        With a column ``term`` or ``token``. Filter what was counted, not what is to be counted: rates then stay per
        1,000 of all tokens.
    min_chars : int
        Shortest word.
    stop : frozenset of str, optional
        Words to leave out; the project's own list when left out.
    keep : iterable of str, optional
        Set phrases, which no rule takes out; the project's own when left out.

    Returns
    -------
    DataFrame
        Rows of ``tokens``, in their order.

    Examples
    --------
    >>> content(pd.DataFrame({"term": ["的", "防控", "2022", "坚持"]}))["term"].tolist()
    ['防控', '坚持']
    """
    term = (tokens["term"] if "term" in tokens else tokens["token"]).astype("category")
    different = term.cat.categories
    worth = (different.str.len() >= min_chars) & ~different.isin(stop_words() if stop is None else stop)
    worth &= ~different.str.fullmatch(_NUMBER).astype(bool)
    worth |= different.isin(set_phrases() if keep is None else list(keep))
    return tokens[np.append(worth, False)[term.cat.codes]]


def dictionary_effect(tokens: pd.DataFrame, sentences: pd.DataFrame, phrases) -> pd.DataFrame:
    """What becomes of set phrases where the dictionary is switched off.

    Parameters
    ----------
    tokens, sentences : DataFrame
        The tables of these names.
    phrases : iterable of str
        Set phrases.

    Returns
    -------
    DataFrame
        Table ``dictionary_effect``: the phrases that ``tokens`` has, by falling count, then phrase.

    Examples
    --------
    >>> sentences = pd.DataFrame({"doc": ["a"], "sentence": [0], "text": ["实现社会面清零"], "start": [0]})
    >>> dictionary_effect(words.tokens(sentences), sentences, ["社会面清零", "四方责任"])
      phrase  count  without_dictionary    cut_into
    0  社会面清零      1                   0  社会 / 面 / 清零
    """
    plain = words.tokens(sentences, phrases=words.Phrasebook([]))["token"].value_counts()
    counts = tokens["token"].astype("str").value_counts()
    found = sorted((phrase for phrase in set(phrases) if phrase in counts.index), key=lambda p: (-counts[p], p))
    return columns(
        "dictionary_effect",
        {
            "phrase": found,
            "count": [counts[phrase] for phrase in found],
            "without_dictionary": [plain.get(phrase, 0) for phrase in found],
            "cut_into": [" / ".join(word for word, _ in tagged(phrase)) for phrase in found],
        },
    )


def crosstab(frequencies: pd.DataFrame, terms) -> pd.DataFrame:
    """Counts of some terms in every group, 0 where a group lacks one.

    Parameters
    ----------
    frequencies : DataFrame
        Table ``frequency``.
    terms : iterable of str
        Terms, in the order wanted.

    Returns
    -------
    DataFrame
        ``term``, ``group``, ``n_docs`` of the group and ``count``, by term, then group.

    Examples
    --------
    >>> rows = {"group": list("aab"), "term": ["清零", "目标", "清零"], "count": [2, 1, 3], "n_docs": [1, 1, 2]}
    >>> crosstab(pd.DataFrame(rows), ["目标"])
      term group  n_docs  count
    0   目标     a       1      1
    1   目标     b       2      0
    """
    groups = frequencies.drop_duplicates("group").set_index("group")["n_docs"].sort_index()
    cells = pd.MultiIndex.from_product([list(terms), groups.index], names=["term", "group"])
    count = frequencies.set_index(["term", "group"])["count"].reindex(cells, fill_value=0)
    return count.reset_index().assign(n_docs=cells.get_level_values("group").map(groups))[
        ["term", "group", "n_docs", "count"]
    ]


def top(frequencies: pd.DataFrame, k: int = 25) -> pd.DataFrame:
    """The ``k`` terms with the highest mean rate over all groups, with a row for every group.

    Parameters
    ----------
    frequencies : DataFrame
        Table ``frequency``, filtered or not.
    k : int
        How many terms.

    Returns
    -------
    DataFrame
        ``term``, ``group``, ``count``, ``per_thousand``, ``stable``, by falling mean rate, term and group. A group
        without the term has a row with 0. ``stable`` is the share of groups (or, of more than 50, of tenths of
        them) that can be left out, one at a time, with the term still among the first ``k``.

    Examples
    --------
    >>> rows = {"group": list("aba"), "term": ["清零", "清零", "目标"], "count": [2, 1, 2], "per_thousand": [4, 2, 5]}
    >>> top(pd.DataFrame(rows), 1)[["per_thousand", "stable"]]
       per_thousand  stable
    0           4.0     0.5
    1           2.0     0.5
    """
    group, groups = pd.factorize(frequencies["group"], sort=True)
    term, terms = pd.factorize(frequencies["term"].astype("str"), sort=True)
    rate = frequencies["per_thousand"].to_numpy(dtype=np.float64)
    total = np.bincount(term, rate, len(terms))
    first = np.argsort(-total, kind="stable")[: max(10 * k, 500)]
    table = _crosstab(group, term, first, len(groups), (rate, frequencies["count"].to_numpy(dtype=np.float64)))
    rates, times = table[:, :, :k]
    cells = pd.MultiIndex.from_product([terms[first[:k]], groups], names=["term", "group"]).to_frame(index=False)
    stable = _stable(table[0], k)
    return cells.assign(
        count=pd.array(times.T.ravel().astype(np.int64), dtype="Int64"),
        per_thousand=rates.T.ravel(),
        stable=np.repeat(stable, len(groups)),
    )


def _crosstab(group, term, chosen, n_groups, values):
    """Groups × chosen terms, a layer for each kind of value."""
    place = np.full(int(term.max(initial=-1)) + 1, -1)
    place[chosen] = np.arange(len(chosen))
    at = place[term]
    table = np.zeros((len(values), n_groups, len(chosen)))
    for layer, value in zip(table, values, strict=True):
        layer[group[at >= 0], at[at >= 0]] = value[at >= 0]
    return table


def _stable(rates, k):
    """Share of runs, each without a part of the groups, in which a term is among the first ``k``."""
    total, stays = rates.sum(axis=0), np.zeros(rates.shape[1])
    left_out = parts(len(rates))
    for rows in left_out:
        stays[np.argsort(rates[rows].sum(axis=0) - total, kind="stable")[:k]] += 1
    return stays[:k] / max(len(left_out), 1)
