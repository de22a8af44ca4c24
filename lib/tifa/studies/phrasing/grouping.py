"""Which documents are compared, in which order, and which groups they make."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tifa.studies.copies import once
from tifa.studies.counts import PERIODS


def articles(documents: pd.DataFrame, copies: bool = False) -> pd.DataFrame:
    """Documents in order of publication, one per article.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    copies : bool
        Keep all copies of an article.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-04-02", "2022-04-01", None])
    >>> articles(pd.DataFrame({"doc": list("abc"), "article": list("abb"), "published": days}))["doc"].tolist()
    ['b', 'a']
    """
    counted = once(documents, copies)
    return counted.sort_values(["published", "doc"], kind="stable", na_position="last", ignore_index=True)


def groups(documents: pd.DataFrame, by: str | Mapping | pd.Series) -> pd.Series:
    """Group of each document, null for none; the documents' order.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str, mapping or Series
        A column; ``day``, ``week``, ``month`` or ``year`` of publication; a mapping from ``doc`` to group; or a Series
        of groups with documents as index, such as ``visits.set_index("doc")["leader"]``. Where that has several groups
        for a document, the first counts: a text cannot share words with itself.

    Raises
    ------
    ValueError
        If there is no such column.

    Examples
    --------
    >>> leaders = pd.Series(["李明", "王华", "王华"], index=["a", "a", "b"])
    >>> groups(pd.DataFrame({"doc": ["a", "b", "c"]}), leaders).fillna("").tolist()
    ['李明', '王华', '']
    """
    if isinstance(by, pd.Series):
        by = by.dropna()
        return documents["doc"].map(by[~by.index.duplicated()])
    if not isinstance(by, str):
        return documents["doc"].map(by)
    if by in documents:
        return documents[by]
    if by in PERIODS:
        return documents["published"].dt.strftime(PERIODS[by])
    columns = ", ".join([*documents.columns, *PERIODS])
    hint = '; for leaders give visits.set_index("doc")["leader"]' if by == "leader" else ""
    raise ValueError(f"documents have no column {by!r} to group by; they can be grouped by {columns}{hint}")


def grouped(
    documents: pd.DataFrame, by: str | Mapping | pd.Series, copies: bool
) -> tuple[pd.DataFrame, list, np.ndarray]:
    """Documents that have a group, in order of publication; the groups' names in order; each document's group."""
    chosen = articles(documents, copies)
    of_each = groups(chosen, by)
    chosen = chosen[of_each.notna()].reset_index(drop=True)
    number, names = pd.factorize(of_each.dropna(), sort=True)
    return chosen, list(names), number


def groups_by_name(documents: pd.DataFrame, by: str | Mapping | pd.Series) -> pd.Series:
    """The same as :func:`groups`, documents as index."""
    return pd.Series(groups(documents, by).to_numpy(), index=documents["doc"].to_numpy(), dtype=object)


def days(documents: pd.DataFrame) -> pd.Series:
    """Day of publication in Beijing time, the documents' order."""
    return documents["published"].dt.tz_localize(None).dt.normalize()


def at_least(smallest: int, **asked: int) -> None:
    """Refuse a number that no result could make sense of.

    Raises
    ------
    ValueError
        If one of ``asked`` is smaller.
    """
    for name, number in asked.items():
        if number < smallest:
            raise ValueError(f"{name} is {number}; it must be {smallest} or more")
