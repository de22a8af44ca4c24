"""Keyness: which terms a group of documents uses more, or less, than others, and how far that can be claimed."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.counts import column_sums, count, distinct, grouping, known_terms, membership, parts
from tifa.studies.measures import benjamini_hochberg, g2, holm, log_ratio, log_ratio_low
from tifa.studies.permutation import exact
from tifa.tables import columns

CORRECTIONS = {"holm": ("Holm", holm), "bh": ("Benjamini and Hochberg", benjamini_hochberg)}
LEVEL = 0.05
# Groups (or pairs of groups) times terms that one call may look at.
MOST_CELLS = 20_000_000
# The rankings' stability is worked out among so many of their first terms.
_CANDIDATES = 5_000


def keyness(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    by: str | pd.Series = "city",
    against: str = "rest",
    *,
    terms=None,
    min_count: int = 3,
    correction: str = "holm",
    first: int = 20,
    copies: bool = False,
) -> pd.DataFrame:
    """Compare the rates of terms between groups of documents.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names.
    by : str or Series
        What makes the groups, any number of them; as for :func:`tifa.terms.frequency`.
    against : str
        ``rest``: each group with all other documents that have a group. ``pairs``: each group with each other one.
    terms : iterable of str, optional
        Terms chosen beforehand, such as the set phrases: fewer comparisons, and so narrower intervals. ``min_count``
        does not apply to them.
    min_count : int
        A term is compared where the group has it so many times, or would have it if it were spread evenly.
    correction : str
        ``holm`` for claims, ``bh`` (Benjamini and Hochberg) for lists to look through.
    first : int
        Length of the ranking that ``stable`` is about.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``keyness``: one row per group and term, each group's terms by falling ``lrc`` and then by G², those that
        the group uses less at the end. ``attrs["family"]`` is the number of comparisons that the intervals share
        their error among, ``attrs["correction"]`` says how p was corrected and among how many tests,
        ``attrs["verdict"]`` what the number of documents allows to be claimed.

    Raises
    ------
    ValueError
        If there are fewer than two groups, or all have the same documents; ``terms`` is empty or has an unknown one; an
        option has another value; there are more than 20 million groups times terms.

    Notes
    -----
    ``g2`` and ``log_ratio`` take tokens as independent, which words of one text are not, so they overstate; they rank.
    ``lrc`` is the log ratio that can be claimed at least (Evert 2022). ``p_exact`` and ``stable`` take the document
    as the unit. ``p_exact`` is one-sided: do the group's documents have higher rates? ``p_smallest`` is the least that
    p could be with so many documents. ``stable`` is the share of documents (or, of more than 50, of tenths of
    them) that can be left out, one at a time, with the term still among the group's ``first`` terms.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": list("aabbcc"), "token": ["清零", "清零", "清零", "目标", "复工", "目标"]})
    >>> documents = pd.DataFrame({"doc": list("abc"), "city": ["上海市", "上海市", "泉州市"]})
    >>> found = keyness(tokens, documents, min_count=1)
    >>> shown = ["term", "count", "count_rest", "k_docs", "p_exact", "p_smallest"]
    >>> found.loc[found["group"] == "上海市", shown].round(2)
      term  count  count_rest  k_docs  p_exact  p_smallest
    0   清零      3           0       2     0.33        0.33
    1   目标      1           1       1     1.00        0.33
    >>> found.attrs["verdict"]
    'The smallest p that 3 documents in 2 groups allow is 0.33: nothing can be significant at 0.05.'
    """
    if against not in ("rest", "pairs"):
        raise ValueError(f"against is {against!r}; it can be 'rest' or 'pairs'")
    if correction not in CORRECTIONS:
        raise ValueError(f"correction is {correction!r}; it can be {' or '.join(map(repr, CORRECTIONS))}")
    sample = _sample(tokens, documents, by, copies, terms, min_count)
    pairs = _comparisons(len(sample.names), against, len(sample.terms))
    sums = _sums(sample)
    rows = _rows(sums, pairs, 0 if terms is not None else min_count)
    family = _family(rows, pairs, sample)
    cells = _cells(sums, pairs, rows)
    scores = _scores(cells, family)
    order = _ranking(rows, scores)
    rows, cells = Rows(*(values[order] for values in rows)), Cells(*(values[order] for values in cells))
    data = {name: values[order] for name, values in scores.items()} | cells._asdict()
    data |= _documents(sample, pairs, rows) | {"stable": _stable(sample, sums, pairs, rows, family, first)}
    return _table(sample, pairs, rows, data, family, correction)


class Sample(NamedTuple):
    """Counts of the documents that have a group, for the terms that may be compared."""

    names: np.ndarray  # of the groups
    terms: np.ndarray
    groups: "scipy.sparse.csr_array"  # noqa: F821  groups × documents, 0 and 1
    matrix: "scipy.sparse.csr_array"  # noqa: F821  documents × terms
    sizes: np.ndarray  # all tokens of each document


class Rows(NamedTuple):
    """Which comparison and which term each row of the table is about."""

    pair: np.ndarray
    term: np.ndarray


class Cells(NamedTuple):
    """Counts and sizes, one of each per row."""

    count: np.ndarray
    size: np.ndarray
    count_rest: np.ndarray
    size_rest: np.ndarray


def _sample(tokens, documents, by, copies, terms, min_count):
    counts = count(tokens, documents, copies)
    groups, names = membership(grouping(documents, by, copies), counts.docs)
    if len(names) < 2:
        raise ValueError(f"there is one group, {names[0]!r}: keyness compares at least two")
    grouped = np.flatnonzero(groups.sum(axis=0))
    if groups.sum(axis=1).min() == len(grouped):
        raise ValueError("every group has the same documents, so there is no rest and no other group to compare with")
    matrix = counts.matrix[grouped]
    total = column_sums(matrix)
    there = np.flatnonzero(total >= max(min_count, 1) if terms is None else total)
    wanted = there if terms is None else there[_places(terms, counts.terms[there])]
    return Sample(names, counts.terms[wanted], groups[:, grouped], matrix[:, wanted], counts.sizes[grouped])


def _places(terms, known):
    """Where the terms asked for stand among those that the groups have."""
    places = sorted(known_terms(terms, known).values())
    if not places:
        raise ValueError("terms is empty: name at least one, or leave it out to compare all")
    return places


def _comparisons(n_groups, against, n_terms):
    """Pairs of a group and what it is compared with; -1 is the rest."""
    n_cells = n_terms * n_groups * (1 if against == "rest" else n_groups - 1)
    if n_cells > MOST_CELLS:
        raise ValueError(f"that would be {n_cells:,} comparisons: make fewer groups, raise min_count or choose terms")
    if against == "rest":
        return np.column_stack([np.arange(n_groups), np.full(n_groups, -1)])
    return np.array([(a, b) for a in range(n_groups) for b in range(n_groups) if a != b])


def _sums(sample, docs=slice(None)):
    """Counts and sizes of each group, and of everything in the last row."""
    counts, sizes = sample.matrix[docs], sample.sizes[docs]
    groups = sample.groups[:, docs]
    return (
        np.vstack([(groups @ counts).toarray(), column_sums(counts)]).astype(np.int64),
        np.append(groups @ sizes, sizes.sum()).astype(np.int64),
    )


def _rows(sums, pairs, min_count):
    """Comparisons in which a side has tokens and the term is, or should be, there often enough."""
    counts, sizes = sums
    own, other = pairs.T
    size = sizes[own][:, None]
    size_both = np.where(other < 0, sizes[-1], sizes[own] + sizes[other])[:, None]
    both = np.where((other < 0)[:, None], counts[-1], counts[own] + counts[other])
    often = np.maximum(counts[own], both * (size / np.maximum(size_both, 1))) >= min_count
    return Rows(*np.nonzero(often & (both > 0) & (size > 0) & (size < size_both)))


def _family(rows, pairs, sample):
    """Number of comparisons; one that stands in the table from either side counts once."""
    if pairs[0, 1] >= 0:
        numbers = np.sort(pairs[rows.pair], axis=1) @ [len(sample.names), 1]
    elif len(sample.names) == 2 and (sample.groups.sum(axis=0) == 1).all():
        numbers = np.zeros(len(rows.pair), dtype=np.int64)
    else:
        return max(len(rows.pair), 1)
    return max(len(distinct(numbers * len(sample.terms) + rows.term)), 1)


def _cells(sums, pairs, rows):
    counts, sizes = sums
    own, other = pairs[rows.pair].T
    # The last row, everything, less the group is the rest.
    less = other < 0
    count, size = counts[own, rows.term], sizes[own]
    return Cells(count, size, counts[other, rows.term] - less * count, sizes[other] - less * size)


def _scores(cells, family):
    """Token statistics of each row; ``rank`` is G² with the sign of the difference."""
    result = log_ratio(*cells, LEVEL, family)
    strength = g2(*cells)
    return {
        "rank": strength * np.sign(result.ratio),
        "g2": strength,
        "log_ratio": result.ratio,
        "log_ratio_low": result.low,
        "log_ratio_high": result.high,
        "lrc": result.lrc,
    }


def _ranking(rows, scores):
    """Comparison by comparison, falling LRC, falling signed G², term."""
    return np.lexsort((rows.term, -scores["rank"], -scores["lrc"], rows.pair))


def _place(pair):
    """Place of each row in its comparison, of rows sorted by comparison."""
    return np.arange(len(pair)) - np.searchsorted(pair, pair)


def _documents(sample, pairs, rows):
    """Of each row: documents, those that have the term, and the exact test over documents."""
    holders = sample._replace(matrix=(sample.matrix > 0).astype(np.int32), sizes=np.ones_like(sample.sizes))
    found = _cells(_sums(holders), pairs, rows)
    data = dict(zip(("k_docs", "n_docs", "k_docs_rest", "n_docs_rest"), found, strict=True))
    used = distinct(rows.term)
    tests = _tests(sample, pairs, used)
    column = np.searchsorted(used, rows.term)
    for name, values in (("p_exact", [t.p for t in tests]), ("p_smallest", [t.smallest for t in tests])):
        data[name] = np.array(values).reshape(len(pairs), len(used))[rows.pair, column]
    data["p_basis"] = pd.array([t.basis for t in tests], dtype="str").take(rows.pair)
    return data


def _tests(sample, pairs, terms):
    """The exact test of each comparison, for some of the terms."""
    from scipy import sparse

    inside = sample.groups.toarray().astype(bool)
    rates = (sparse.diags_array(1 / np.maximum(sample.sizes, 1)) @ sample.matrix[:, terms]).tocsr()
    if (pairs[:, 1] < 0).all():
        return exact(rates, inside)
    found = []
    for own, other in pairs:
        compared = np.flatnonzero(inside[own] ^ inside[other])
        found += exact(rates[compared], inside[own : own + 1, compared], len(pairs))
    return found


def _stable(sample, sums, pairs, rows, family, first):
    """Share of runs, each without a part of the documents, in which a term stays among its comparison's first ones."""
    chosen = np.flatnonzero(_place(rows.pair) < max(_CANDIDATES // len(pairs), 5 * first))
    stays, left_out = np.zeros(len(rows.pair)), parts(len(sample.sizes))
    for docs in left_out:
        fewer = [whole - part for whole, part in zip(sums, _sums(sample, docs), strict=True)]
        cells = _cells(fewer, pairs, Rows(rows.pair[chosen], rows.term[chosen]))
        there = (cells.count > 0) & (cells.size_rest > 0)
        cells, left = Cells(*(values[there] for values in cells)), chosen[there]
        more = cells.count * cells.size_rest > cells.count_rest * cells.size
        # What the group has less of comes last whatever its figures.
        lrc = np.where(more, np.maximum(log_ratio_low(*cells, LEVEL, family), 0), -1)
        order = _ranking(Rows(rows.pair[left], rows.term[left]), {"lrc": lrc, "rank": g2(*cells)})
        ahead = order[(_place(rows.pair[left][order]) < first) & more[order]]
        stays[left[ahead]] += 1
    return stays / len(left_out)


def _table(sample, pairs, rows, data, family, correction):
    names = pd.array([*sample.names, "rest"], dtype="str")
    data |= {"group": names.take(pairs[rows.pair, 0]), "against": names.take(pairs[rows.pair, 1] % len(names))}
    data["term"] = pd.array(sample.terms, dtype="str").take(rows.term)
    data["per_thousand"] = data["count"] / data["size"] * 1000
    data["per_thousand_rest"] = data["count_rest"] / data["size_rest"] * 1000
    name, corrected = CORRECTIONS[correction]
    data["p_adjusted"] = corrected(data["p_exact"])
    del data["rank"]
    table = columns("keyness", data)
    about = {"family": family, "correction": f"{name}, {len(table)} tests"}
    table.attrs = about | {"verdict": _verdict(table, sample, correction)}
    return table


def _verdict(table, sample, correction):
    """What the number of documents allows to be claimed at all, and what can be claimed."""
    if table.empty:
        return "No term is frequent enough to be compared."
    smallest = table["p_smallest"].min()
    allowed = f"The smallest p that {len(sample.sizes)} documents in {len(sample.names)} groups allow is {smallest:.2g}"
    if smallest > LEVEL:
        return f"{allowed}: nothing can be significant at {LEVEL}."
    if correction == "holm" and smallest * len(table) > LEVEL:
        corrected = min(smallest * len(table), 1)
        return f"{allowed}, and {corrected:.2g} after the correction: nothing can be significant at {LEVEL}."
    significant = (table["p_adjusted"] <= LEVEL).sum()
    return f"{allowed}: {significant} of {len(table)} comparisons are significant at {LEVEL} after the correction."
