"""In which order of days and cities a phrase appears."""

from collections.abc import Mapping

import pandas as pd

from tifa.studies.phrasing.grouping import articles, days, groups
from tifa.studies.phrasing.positions import positions
from tifa.tables import columns

CAUTION = (
    "First in this corpus is not first: a city may have said it earlier in a report that is not here. "
    "docs_before counts the reports in which it could have been seen earlier."
)


def diffusion(phrases: pd.Series, documents: pd.DataFrame, by: str | Mapping = "city") -> pd.DataFrame:
    """The order of days and cities in which each phrase appears in this corpus.

    Parameters
    ----------
    phrases : Series or list of str
        Phrases as :func:`tifa.phrases.shared` gives them.
    documents : DataFrame
        Table ``documents``; of several copies of an article the earliest counts. Those without a group are left out;
        those without a day cannot come first.
    by : str or mapping
        What makes the groups, as for :func:`tifa.phrases.shared`.

    Returns
    -------
    DataFrame
        Table ``diffusion``: a row per phrase and group that has it, phrases in the order given, groups by day. Groups
        of one day share one place; a group without a dated document has none. ``attrs["caution"]`` says what the
        order does not say.

    Examples
    --------
    >>> published = pd.to_datetime(["2022-04-01", "2022-04-03"])
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": published,
    ...     "body": ["以快制快", "要以快制快"]})
    >>> diffusion(["以快制快"], documents)[["place", "city", "days_after", "docs_before"]].to_dict("split")["data"]
    [[1, '甲市', 0, 0], [2, '乙市', 2, 0]]
    """
    documents = _earliest(documents)
    at = positions(phrases, documents, by).dropna(subset=["city"])
    order = {phrase: i for i, phrase in enumerate(dict.fromkeys(at["phrase"]))}
    by_city = at.groupby(["phrase", "city"], sort=False)
    # Rows come in order of publication, undated documents last.
    rows = by_city.agg(first_day=("date", "first"), first_doc=("doc", "first"), n_docs=("doc", "nunique")).reset_index()
    by_phrase = rows.groupby("phrase")["first_day"]
    rows["place"] = by_phrase.rank(method="min").astype("Int64")
    rows["days_after"] = (rows["first_day"] - by_phrase.transform("min")).dt.days.astype("Int64")
    rows["docs_before"] = _earlier(rows, documents, by)
    rows = rows.assign(at=rows["phrase"].map(order)).sort_values(["at", "first_day", "city"], ignore_index=True)
    result = columns("diffusion", rows.drop(columns="at").to_dict("series"))
    result.attrs["caution"] = CAUTION
    return result


def _earliest(documents):
    """The earliest copy of each article: that one was printed when."""
    ordered = articles(documents, copies=True)
    if "article" in ordered:
        ordered = ordered[~ordered["article"].fillna(ordered["doc"]).duplicated()]
    return ordered.reset_index(drop=True)


def _earlier(rows, documents, by):
    """For each row the documents of its group that are older than the first one with the phrase."""
    dated = pd.DataFrame({"city": groups(documents, by), "day": days(documents)}).dropna()
    of_group = {city: own.sort_values() for city, own in dated.groupby("city")["day"]}
    counts = [
        None if pd.isna(day) else int(of_group[city].searchsorted(day))
        for city, day in zip(rows["city"], rows["first_day"], strict=True)
    ]
    return pd.array(counts, dtype="Int64")
