"""Copies of one article are one text to a study."""

import pandas as pd


def once(documents: pd.DataFrame, copies: bool = False) -> pd.DataFrame:
    """Documents that a study counts: of several copies of an article the one it was first seen in.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``, or some of its rows.
    copies : bool
        Count every copy.

    Returns
    -------
    DataFrame
        Rows of ``documents`` in their order. Where the first copy is not among them, the next one stands for it.

    Examples
    --------
    >>> once(pd.DataFrame({"doc": ["mirror", "paper", "x"], "article": ["paper", "paper", "x"]}))["doc"].tolist()
    ['paper', 'x']
    """
    if copies or "article" not in documents:
        return documents
    article = documents["article"].fillna(documents["doc"])
    first_seen_first = article.ne(documents["doc"]).sort_values(kind="stable").index
    kept = article.loc[first_seen_first].drop_duplicates().index
    return documents.loc[documents.index.isin(kept)]
