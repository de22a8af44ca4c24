"""Which documents are compared, in which order, and which groups they make."""

import numpy as np
import pandas as pd

from tifa.studies.copies import once
from tifa.studies.groups import By, first_group


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


def grouped(documents: pd.DataFrame, by: By, copies: bool) -> tuple[pd.DataFrame, list, np.ndarray]:
    """Documents that have a group, in order of publication; the groups' names in order; each document's group."""
    chosen = articles(documents, copies)
    of_each = first_group(chosen, by)
    chosen = chosen[of_each.notna()].reset_index(drop=True)
    number, names = pd.factorize(of_each.dropna(), sort=True)
    return chosen, list(names), number


def groups_by_name(documents: pd.DataFrame, by: By) -> pd.Series:
    """The same as :func:`tifa.studies.groups.first_group`, documents as index."""
    return pd.Series(first_group(documents, by).to_numpy(), index=documents["doc"].to_numpy(), dtype=object)


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
