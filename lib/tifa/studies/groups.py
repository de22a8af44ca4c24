"""What groups documents: a column, a period of publication, a mapping, or a column of another table such as visits."""

from collections.abc import Mapping

import pandas as pd

PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
OF_VISITS = ("leader", "district", "township", "site", "site_type", "kind")

By = str | Mapping | pd.Series


def period(published: pd.Series, name: str) -> pd.Series:
    """Day, week, month or year of each time, as text that sorts by time.

    Examples
    --------
    >>> period(pd.Series(pd.to_datetime(["2022-04-18", None])), "month").fillna("").tolist()
    ['2022-04', '']
    """
    return published.dt.strftime(PERIODS[name])


def group_of_each(documents: pd.DataFrame, by: str | Mapping) -> pd.Series:
    """Group of each document, null for none; the documents' order.

    Raises
    ------
    ValueError
        If ``by`` is neither a column, nor a period of publication, nor a mapping.

    Examples
    --------
    >>> group_of_each(pd.DataFrame({"doc": ["a", "b"]}), {"a": "东部"}).fillna("").tolist()
    ['东部', '']
    """
    if isinstance(by, Mapping):
        return documents["doc"].map(by)
    if not isinstance(by, str):
        raise ValueError(f"by is a {type(by).__name__}; it can be a name, a mapping from doc to group, or a Series")
    if by in documents:
        return documents[by]
    if by in PERIODS and "published" in documents:
        return period(documents["published"], by)
    raise ValueError(f"documents have no column {by!r} to group by; {_instead(by, documents)}")


def _instead(by, documents):
    if by in OF_VISITS:
        return f'visits have: write  by=corpus.visits.set_index("doc")["{by}"]'
    return f"they can be grouped by {', '.join([*documents.columns, *PERIODS])}, or a mapping from doc to group"


def every_group(documents: pd.DataFrame, by: By) -> pd.DataFrame:
    """Documents and groups, a row for each pair; a Series may put a document into several.

    Returns
    -------
    DataFrame
        ``doc`` and ``group``, which may be null.

    Raises
    ------
    ValueError
        As for :func:`group_of_each`.

    Examples
    --------
    >>> leaders = pd.Series(["李明", "王华", "王华"], index=["a", "a", "b"])
    >>> every_group(pd.DataFrame({"doc": ["a", "c"]}), leaders).to_dict("split")["data"]
    [['a', '李明'], ['a', '王华']]
    """
    if not isinstance(by, pd.Series):
        return pd.DataFrame({"doc": documents["doc"], "group": group_of_each(documents, by)})
    named = pd.DataFrame({"doc": by.index, "group": by.array})
    return named[named["doc"].isin(documents["doc"])]


def first_group(documents: pd.DataFrame, by: By) -> pd.Series:
    """Group of each document, null for none; of several in a Series the first. The documents' order.

    Raises
    ------
    ValueError
        As for :func:`group_of_each`.

    Examples
    --------
    >>> leaders = pd.Series(["李明", "王华", "王华"], index=["a", "a", "b"])
    >>> first_group(pd.DataFrame({"doc": ["a", "b", "c"]}), leaders).fillna("").tolist()
    ['李明', '王华', '']
    """
    if not isinstance(by, pd.Series):
        return group_of_each(documents, by)
    known = by.dropna()
    return documents["doc"].map(known[~known.index.duplicated()])
