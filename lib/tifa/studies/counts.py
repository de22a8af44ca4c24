"""Documents × terms: the counts that every study of terms starts from."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.copies import once

PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
# Rankings of small corpora are tried again without each document, those of large ones without each of so many parts.
FEW, PARTS = 50, 10


class Counts(NamedTuple):
    """How often each term stands in each document."""

    docs: np.ndarray  # names of the documents counted
    terms: np.ndarray  # sorted
    matrix: "scipy.sparse.csr_array"  # noqa: F821  documents × terms; scipy is imported where it is needed
    sizes: np.ndarray  # tokens of each document
    n_chars: np.ndarray  # characters of these tokens


def count(tokens: pd.DataFrame, documents: pd.DataFrame, copies: bool = False) -> Counts:
    """Count terms by document; copies of one article once unless ``copies``.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names. Tokens of documents that ``documents`` lacks are not counted.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    Counts

    Raises
    ------
    ValueError
        If there is no document.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": ["a", "a", "b"], "token": ["清零", "清零", "目标"]})
    >>> count(tokens, pd.DataFrame({"doc": ["a", "b"]})).matrix.toarray().tolist()
    [[2, 0], [0, 1]]
    """
    docs = counted(documents, copies)["doc"].to_numpy(dtype=object)
    rows = _codes(tokens["doc"], docs)
    known = rows >= 0
    if not known.all():
        rows, tokens = rows[known], tokens[known]
    columns, terms = coded(tokens["token"])
    matrix = _matrix(rows, columns, (len(docs), len(terms)))
    text = matrix
    if (again := overlapping(tokens)).any():
        text = matrix - _matrix(rows[again], columns[again], matrix.shape)
    lengths = np.array(list(map(len, terms)), dtype=np.int64)
    return Counts(docs, terms, matrix, np.asarray(text.sum(axis=1)).ravel(), text @ lengths)


def overlapping(tokens: pd.DataFrame) -> np.ndarray:
    """Which tokens stand in others: phrases that occur there, but are no more text; none without such a column.

    Examples
    --------
    >>> overlapping(pd.DataFrame({"token": ["动态清零总方针", "动态清零"], "overlaps": [False, True]})).tolist()
    [False, True]
    """
    return tokens["overlaps"].to_numpy(dtype=bool) if "overlaps" in tokens else np.zeros(len(tokens), dtype=bool)


def column_sums(matrix) -> np.ndarray:
    """Sums of a sparse array's columns, several times faster than its own ``sum``."""
    return np.bincount(matrix.indices, matrix.data, matrix.shape[1]).astype(matrix.dtype)


def distinct(values: np.ndarray) -> np.ndarray:
    """The different values, sorted; ``np.unique`` hashes regular numbers into few buckets and takes seconds."""
    return np.sort(pd.unique(values))


def counted(documents: pd.DataFrame, copies: bool = False) -> pd.DataFrame:
    """The documents that a study counts, see :func:`tifa.studies.copies.once`.

    Raises
    ------
    ValueError
        If there is none.
    """
    if documents.empty:
        raise ValueError("there is no document to count; load a folder with pages")
    return once(documents, copies)


def _codes(docs: pd.Series, order: np.ndarray) -> np.ndarray:
    """Place of each token's document in ``order``, -1 for those that are not in it."""
    known = pd.Index(order)
    if isinstance(docs.dtype, pd.CategoricalDtype):
        return known.get_indexer(docs.cat.categories)[docs.cat.codes]
    return known.get_indexer(docs)


def coded(terms: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Each token's number and the terms by number, in order of the characters; only terms that there are."""
    if isinstance(terms.dtype, pd.CategoricalDtype) and terms.cat.categories.is_monotonic_increasing:
        codes, names = terms.cat.codes.to_numpy(), terms.cat.categories.to_numpy(dtype=object)
        used = np.bincount(codes, minlength=len(names)) > 0
        return (codes, names) if used.all() else ((np.cumsum(used) - 1)[codes], names[used])
    codes, different = pd.factorize(terms.astype("str"), sort=True)
    return codes, different.to_numpy(dtype=object)


def _matrix(rows, columns, shape):
    """Sparse counts: one number per token, sorted, is twice as fast as scipy's sum of duplicates."""
    from scipy import sparse  # only the studies of terms need it

    small = np.int32 if shape[0] * shape[1] < 2**31 else np.int64  # half the memory to go through
    keys = np.sort(rows.astype(small) * small(shape[1]) + columns.astype(small))
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(firsts, append=len(keys)).astype(np.int32)
    rows, columns = np.divmod(keys[firsts], max(shape[1], 1))
    starts = np.searchsorted(rows, np.arange(shape[0] + 1))
    return sparse.csr_array((times, columns.astype(np.int32), starts), shape=shape)


def grouping(documents: pd.DataFrame, by: str | pd.Series, copies: bool = False) -> pd.DataFrame:
    """Which document is in which group.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str or Series
        A column of ``documents``; ``day``, ``week``, ``month`` or ``year`` of publication; or a Series of groups with
        documents as index, such as ``visits.set_index("doc")["leader"]``, which may put a document into several groups.
    copies : bool
        Keep every copy of an article.

    Returns
    -------
    DataFrame
        ``doc`` and ``group``; no row for documents without a group.

    Raises
    ------
    ValueError
        If there is no such column, or no document has a value in it.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-04-18", "2022-05-02"])
    >>> grouping(pd.DataFrame({"doc": ["a", "b"], "published": days}), "month")["group"].tolist()
    ['2022-04', '2022-05']
    """
    kept = counted(documents, copies)
    pairs = _pairs(kept, by).dropna().astype({"group": "str"}).drop_duplicates(ignore_index=True)
    if pairs.empty:
        name = by if isinstance(by, str) else by.name
        raise ValueError(f"no document has a value in {name!r}, so there is no group to count")
    return pairs


def comparable(documents: pd.DataFrame) -> str | None:
    """What these documents can be compared by: city, document (of few), month; None where they are all of one.

    Examples
    --------
    >>> comparable(pd.DataFrame({"doc": ["a", "b"], "city": ["上海市", "泉州市"]}))
    'city'
    >>> comparable(pd.DataFrame({"doc": ["a", "b"], "city": None}))
    'doc'
    """
    kept = counted(documents)
    if kept["city"].nunique() > 1:
        return "city"
    if 1 < len(kept) <= FEW:
        return "doc"
    months = kept["published"].dt.strftime(PERIODS["month"]) if "published" in kept else pd.Series()
    return "month" if months.nunique() > 1 else None


def finest(documents: pd.DataFrame, most: int = 30) -> str:
    """How finely documents can be told apart side by side.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    most : int
        How many have room.

    Returns
    -------
    str
        ``doc`` where there are at most so many documents; else the first of ``day``, ``week``, ``month`` and ``year``
        that they fall into so few of; ``doc`` where none is.

    Examples
    --------
    >>> days = pd.Series(pd.date_range("2022-03-01", periods=40))
    >>> finest(pd.DataFrame({"doc": days.index, "published": days}))
    'week'
    """
    kept = counted(documents)
    if len(kept) <= most or "published" not in kept:
        return "doc"
    numbers = {name: kept["published"].dt.strftime(form).nunique() for name, form in PERIODS.items()}
    return next((name for name, number in numbers.items() if 0 < number <= most), "doc")


def _pairs(documents, by):
    if isinstance(by, pd.Series):
        named = pd.DataFrame({"doc": by.index, "group": by.array})
        return named[named["doc"].isin(documents["doc"])]
    if by in documents:
        return pd.DataFrame({"doc": documents["doc"], "group": documents[by]})
    if by in PERIODS and "published" in documents:
        return pd.DataFrame({"doc": documents["doc"], "group": documents["published"].dt.strftime(PERIODS[by])})
    hint = '; for leaders give visits.set_index("doc")["leader"]' if by == "leader" else ""
    raise ValueError(f"documents have no column {by!r} to group by; they have {', '.join(documents.columns)}{hint}")


def membership(groups: pd.DataFrame, docs: np.ndarray):
    """Sparse groups × documents of 0 and 1, and the groups' names in order."""
    from scipy import sparse

    codes, names = pd.factorize(groups["group"], sort=True)
    places = pd.Index(docs).get_indexer(groups["doc"])
    ones = np.ones(len(groups), dtype=np.int32)
    return sparse.csr_array((ones, (codes, places)), shape=(len(names), len(docs))), names.to_numpy(dtype=object)


def parts(n_docs: int) -> list[np.ndarray]:
    """Documents to leave out, one after the other; above ``FEW`` documents in ``PARTS`` parts of every so-manyth one.

    Examples
    --------
    >>> [part.tolist() for part in parts(3)]
    [[0], [1], [2]]
    """
    n_parts = n_docs if n_docs <= FEW else PARTS
    return [np.arange(first, n_docs, n_parts) for first in range(n_parts)]


def known_terms(asked, terms) -> dict[str, int]:
    """Each term asked for and its place among the terms there are.

    Raises
    ------
    ValueError
        If one of them is unknown.

    Examples
    --------
    >>> known_terms(["清零"], ["目标", "清零"])
    {'清零': 1}
    """
    asked = [asked] if isinstance(asked, str) else list(dict.fromkeys(asked))
    places = pd.Index(terms).get_indexer(asked)
    unknown = [repr(term) for term, place in zip(asked, places, strict=True) if place < 0]
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise ValueError(f"no document has the term {', '.join(unknown[:5])}{more}; is it one token?")
    return dict(zip(asked, places.tolist(), strict=True))
