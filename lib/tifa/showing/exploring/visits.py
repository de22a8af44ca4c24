"""Visits that somebody chooses: by place, kind of site, leader and days."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from tifa.studies.copies import once


class Choice(NamedTuple):
    """Which visits; what is null is not asked for. A district is its city and its name."""

    district: tuple[str, str] | None = None
    site_type: str | None = None
    leader: str | None = None
    first: date | None = None
    last: date | None = None


def of_articles(documents: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Visits of every article once, in order of day; those without a day last."""
    own = visits[visits["doc"].isin(once(documents)["doc"])]
    return own.sort_values("date", kind="stable", na_position="last", ignore_index=True)


def districts(visits: pd.DataFrame) -> list[tuple[str, str]]:
    """City and district of the visits, those with most visits first; '' where the text names none.

    Examples
    --------
    >>> districts(pd.DataFrame({"city": ["上海市", "上海市", None], "district": ["青浦区", "青浦区", None]}))
    [('上海市', '青浦区'), ('', '')]
    """
    pairs = pd.Series(list(zip(visits["city"].fillna(""), visits["district"].fillna(""), strict=True)), dtype=object)
    return pairs.value_counts(sort=False).sort_values(ascending=False, kind="stable").index.tolist()


def answer(visits: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The visits that were chosen.

    Parameters
    ----------
    visits : DataFrame
        Table ``visits``.
    choice : Choice

    Returns
    -------
    DataFrame
        Rows of ``visits`` in their order, numbered anew. Visits without a day only where no day is asked for.

    Examples
    --------
    >>> visits = pd.DataFrame({"leader": ["李强", "赵龙"], "date": pd.to_datetime(["2022-04-17", "2022-03-29"])})
    >>> answer(visits, Choice(leader="赵龙", last=date(2022, 4, 1)))["leader"].tolist()
    ['赵龙']
    """
    kept = pd.Series(True, index=visits.index)
    if choice.district is not None:
        city, district = choice.district
        kept &= (visits["city"].fillna("") == city) & (visits["district"].fillna("") == district)
    for name in ("site_type", "leader"):
        if getattr(choice, name) is not None:
            kept &= visits[name] == getattr(choice, name)
    if choice.first is not None:
        kept &= visits["date"] >= pd.Timestamp(choice.first)
    if choice.last is not None:
        kept &= visits["date"] <= pd.Timestamp(choice.last)
    return visits[kept].reset_index(drop=True)
