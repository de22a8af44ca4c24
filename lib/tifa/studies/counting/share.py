"""Share of documents that use a term, over time."""

import numpy as np
import pandas as pd

from tifa.studies.counting.counts import counted, known_terms
from tifa.studies.counting.measures import wilson
from tifa.studies.groups import PERIODS
from tifa.tables import columns

_FREQUENCIES = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def share(
    tokens: pd.DataFrame, documents: pd.DataFrame, term: str, per: str = "month", *, copies: bool = False
) -> pd.DataFrame:
    """Share of the documents of each period that have a term, with Wilson's 95 % interval.

    Parameters
    ----------
    tokens, documents : DataFrame
        The tables of these names.
    term : str
        Word or set phrase.
    per : str
        ``day``, ``week``, ``month`` or ``year``.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``share``: a row per period from the first to the last, those without a document too (null share: nothing
        was published here, which is not the same as a share of 0). ``attrs["undated"]`` is the number of documents
        without a day, which are in no row.

    Raises
    ------
    ValueError
        If no document has the term, none has a day, or ``per`` has another value.

    Notes
    -----
    The China Media Project calls a phrase "boiling" at 2,000 articles a year of the People's Daily or 5.18 % of them,
    "very hot" at 500 or 1.29 %. That scale is one newspaper's with all of its articles; a share of some city's reports
    can be held beside it, not put on it.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": ["a", "b"], "token": ["清零", "复工"]})
    >>> days = pd.to_datetime(["2022-04-18", "2022-04-20"])
    >>> share(tokens, pd.DataFrame({"doc": ["a", "b"], "published": days}), "清零").round(2)
        period  k_docs  n_docs  share   low  high
    0  2022-04       1       2    0.5  0.09  0.91
    """
    if per not in PERIODS:
        raise ValueError(f"per is {per!r}; it can be {', '.join(PERIODS)}")
    kept = counted(documents, copies)
    known_terms(term, tokens["token"].unique())
    dated = kept.dropna(subset=["published"])
    if dated.empty:
        raise ValueError("no document has a publication day, so there is no share over time")
    having = dated["doc"].isin(tokens.loc[tokens["token"] == term, "doc"])
    days = dated["published"].dt.tz_localize(None).dt.to_period(_FREQUENCIES[per])
    periods = pd.period_range(days.min(), days.max(), freq=_FREQUENCIES[per])
    n_docs = days.value_counts().reindex(periods, fill_value=0).to_numpy()
    k_docs = days[having].value_counts().reindex(periods, fill_value=0).to_numpy()
    low, high = wilson(k_docs, np.maximum(n_docs, 1))
    bounds = {"share": k_docs / np.maximum(n_docs, 1), "low": low, "high": high}
    values = {name: np.where(n_docs > 0, value, np.nan) for name, value in bounds.items()}
    names = periods.start_time.strftime(PERIODS[per])
    result = columns("share", {"period": names, "k_docs": k_docs, "n_docs": n_docs, **values})
    result.attrs["undated"] = len(kept) - len(dated)
    return result
