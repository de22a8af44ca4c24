"""Phrases: what documents and cities say in the same words."""

import re
from collections import defaultdict
from itertools import combinations

import pandas as pd

from tifa.studies.copies import once
from tifa.tables import table

# Marks that matching ignores: writers set 四应四尽 with and without quotation marks.
_IGNORED = re.compile("[“”\"'‘’「」『』、·\\s]")
_CLAUSE = re.compile(r"[^\w]+|_+")


def shared(documents: pd.DataFrame, by: str = "city", min_chars: int = 6, *, copies: bool = False) -> pd.DataFrame:
    """Phrases that documents of different groups have in common, word for word.

    Two documents share a phrase where the same characters stand in a clause of each, as far as they agree to the left
    and to the right. Quotation marks and 、 are left out before comparing.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str
        Column that makes the groups.
    min_chars : int
        Shortest phrase.
    copies : bool
        Compare every copy of an article, not only the first.

    Returns
    -------
    DataFrame
        ``phrase``, ``n_chars``, ``n_docs``, ``n_cities`` (groups), ``first_day``, ``first_doc``, and a column of counts
        per group; longest phrases first.

    Raises
    ------
    ValueError
        If ``documents`` has no column ``by``, or ``min_chars`` is below 2.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["上海市", "泉州市"], "published": pd.NaT,
    ...     "body": ["要朝着社会面清零目标攻坚", "尽快实现“社会面清零”目标"]})
    >>> shared(documents)[["phrase", "n_chars", "n_cities", "上海市", "泉州市"]].to_dict("split")["data"]
    [['社会面清零目标', 7, 2, 1, 1]]
    """
    if by not in documents:
        raise ValueError(f"documents have no column {by!r} to group by; they have {', '.join(documents.columns)}")
    if min_chars < 2:
        raise ValueError(f"min_chars is {min_chars}; a phrase has at least 2 characters")
    documents = once(documents, copies)
    texts = dict(zip(documents["doc"], map(_clauses, documents["body"]), strict=True))
    groups = documents.set_index("doc")[by].dropna()
    found = {
        phrase
        for a, b in combinations(groups.index, 2)
        if groups[a] != groups[b]
        for phrase in _common(texts[a], texts[b], min_chars)
    }
    return _summed(_counted(found, texts, groups, _days(documents)), sorted(groups.unique()))


def occurrences(phrases: pd.Series, documents: pd.DataFrame) -> pd.DataFrame:
    """How often each phrase stands in each document.

    Parameters
    ----------
    phrases : Series of str
        Phrases as :func:`shared` gives them, without quotation marks and 、.
    documents : DataFrame
        Table ``documents``.

    Returns
    -------
    DataFrame
        ``phrase``, ``doc``, ``city``, ``date``, ``count``: a row per phrase and document, longest phrases first,
        documents in order of publication.
    """
    texts = dict(zip(documents["doc"], map(_clauses, documents["body"]), strict=True))
    return _counted(set(phrases), texts, documents.set_index("doc")["city"].dropna(), _days(documents))


def _summed(counted, groups):
    """One row per phrase from one row per phrase and document."""
    having = counted[counted["count"] > 0]
    by_phrase = having.groupby("phrase", sort=False)
    summary = by_phrase.agg(n_docs=("doc", "size"), n_cities=("city", "nunique"), first=("doc", "first"))
    rows = [
        {"phrase": r.Index, "n_chars": len(r.Index), "n_docs": r.n_docs, "n_cities": r.n_cities, "first_doc": r.first}
        for r in summary.itertuples()
    ]
    result = table("shared", rows)
    result["first_day"] = by_phrase["date"].first().reset_index(drop=True)
    wide = having.pivot_table(index="phrase", columns="city", values="count", aggfunc="sum", fill_value=0)
    wide = wide.reindex(index=result["phrase"], columns=groups, fill_value=0).astype("Int64").reset_index(drop=True)
    return pd.concat([result, wide], axis=1)


def reuse(documents: pd.DataFrame, min_chars: int = 6, *, copies: bool = False) -> pd.DataFrame:
    """How much of each document stands in each other one.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    min_chars : int
        Shortest shared phrase that counts.
    copies : bool
        Compare every copy of an article, not only the first.

    Returns
    -------
    DataFrame
        One row per ordered pair of documents: ``doc``, ``other``, ``shared_chars``, ``share``. The share is of
        ``doc``'s own characters, so the two directions differ.
    """
    documents = once(documents, copies)
    texts = dict(zip(documents["doc"], map(_clauses, documents["body"]), strict=True))
    rows = []
    for doc, other in ((a, b) for a in texts for b in texts if a != b):
        covered = sum(_covered(clause, texts[other], min_chars) for clause in texts[doc])
        size = sum(map(len, texts[doc]))
        rows.append({"doc": doc, "other": other, "shared_chars": covered, "share": covered / size if size else None})
    return table("reuse", rows)


def _clauses(body):
    return [clause for clause in _CLAUSE.split(_IGNORED.sub("", body)) if clause]


def _starts(clauses, size):
    """Where each run of ``size`` characters stands: (clause, offset) pairs."""
    places = defaultdict(list)
    for clause in clauses:
        for at in range(len(clause) - size + 1):
            places[clause[at : at + size]].append((clause, at))
    return places


def _common(left, right, size):
    """Runs of at least ``size`` characters in both that cannot grow to either side."""
    places = _starts(right, size)
    for clause in left:
        for at in range(len(clause) - size + 1):
            for other, there in places.get(clause[at : at + size], ()):
                if at and there and clause[at - 1] == other[there - 1]:
                    continue
                yield clause[at : at + _agreement(clause[at:], other[there:])]


def _agreement(a, b):
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _covered(clause, others, size):
    """Characters of ``clause`` inside runs of ``size`` or more that one of ``others`` has too."""
    text = "\n".join(others)
    inside = set()
    for at in range(len(clause) - size + 1):
        if clause[at : at + size] in text:
            inside.update(range(at, at + size))
    return len(inside)


def _counted(found, texts, groups, days):
    """How often each phrase stands in each document."""
    joined = {doc: "\n".join(clauses) for doc, clauses in texts.items()}
    rows = (
        {"phrase": phrase, "doc": doc, "city": groups.get(doc), "date": days[doc], "count": joined[doc].count(phrase)}
        for phrase in sorted(found, key=lambda p: (-len(p), p))
        for doc in days.index
    )
    return table("occurrences", rows)


def _days(documents):
    """Publication day by document, earliest first, documents without one last."""
    day = documents.set_index("doc")["published"].dt.tz_localize(None).dt.normalize()
    return day.sort_values(kind="stable", na_position="last")
