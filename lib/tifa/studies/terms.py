"""Terms: how often words and set phrases occur, and in how many documents."""

import pandas as pd

from tifa.marking.words import stop_words
from tifa.studies.copies import once
from tifa.tables import TABLES


def frequency(tokens: pd.DataFrame, documents: pd.DataFrame, by: str = "doc", *, copies: bool = False) -> pd.DataFrame:
    """Count every term in every group of documents.

    Parameters
    ----------
    tokens : DataFrame
        Table ``tokens``.
    documents : DataFrame
        Table ``documents``; says which document belongs to which group.
    by : str
        Column of ``documents`` that makes the groups: ``doc``, ``city``, ``agency`` ...
    copies : bool
        Count every copy of an article, not only the first.

    Returns
    -------
    DataFrame
        One row per group and term that occurs in it, by group, falling count, term. ``per_thousand`` is per 1,000
        tokens of the group; ``k_docs`` of ``n_docs`` documents of the group have the term. Documents without a value
        in ``by`` are in no group.

    Raises
    ------
    ValueError
        If ``documents`` has no column ``by`` or no document has a value in it.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": ["a", "a", "b"], "token": ["清零", "清零", "目标"]})
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["上海市", "上海市"]})
    >>> frequency(tokens, documents, by="city").to_dict("split")["data"]
    [['上海市', '清零', 2, 666.6666666666666, 1, 2], ['上海市', '目标', 1, 333.3333333333333, 1, 2]]
    """
    groups = _groups(once(documents, copies), by)
    marked = tokens[["doc", "token"]].assign(group=tokens["doc"].map(groups)).dropna(subset=["group"])
    counted = marked.groupby(["group", "token"], observed=True)["doc"].agg(count="size", k_docs="nunique").reset_index()
    size = counted["group"].map(marked["group"].value_counts())
    counted["per_thousand"] = counted["count"] / size * 1000
    counted["n_docs"] = counted["group"].map(groups.value_counts())
    counted = counted.rename(columns={"token": "term"}).sort_values(
        ["group", "count", "term"], ascending=[True, False, True], ignore_index=True
    )
    columns = {c.name: c.dtype for c in TABLES["frequency"]}
    return counted[list(columns)].astype(columns)


def content(tokens: pd.DataFrame, *, min_chars: int = 2) -> pd.DataFrame:
    """Tokens worth ranking: no stop words, no numbers, nothing shorter than ``min_chars``; set phrases stay.

    Rates should be computed before this filter, so that they stay per 1,000 of all tokens.
    """
    token = tokens["token"] if "token" in tokens else tokens["term"]
    word = (token.str.len() >= min_chars) & ~token.isin(stop_words()) & ~token.str.fullmatch(r"[\d.%０-９]+")
    return tokens[word]


def top(frequencies: pd.DataFrame, k: int = 25) -> pd.DataFrame:
    """The ``k`` terms with the highest mean rate over all groups, with a row for every group.

    Parameters
    ----------
    frequencies : DataFrame
        Table ``frequency``, filtered or not.
    k : int
        How many terms.

    Returns
    -------
    DataFrame
        ``term``, ``group``, ``count``, ``per_thousand``, by falling mean rate, term and group. A group without the term
        has a row with 0.

    Examples
    --------
    >>> rows = {"group": list("aba"), "term": ["清零", "清零", "目标"], "count": [2, 1, 2], "per_thousand": [4, 2, 4]}
    >>> top(pd.DataFrame(rows))["per_thousand"].tolist()
    [4.0, 2.0, 4.0, 0.0]
    """
    every = pd.MultiIndex.from_product([frequencies["term"].unique(), frequencies["group"].unique()])
    counted = frequencies.set_index(["term", "group"])[["count", "per_thousand"]].reindex(every, fill_value=0)
    rows = counted.rename_axis(["term", "group"]).reset_index().astype({"per_thousand": "float64"})
    rows["mean"] = rows.groupby("term")["per_thousand"].transform("mean")
    ranked = rows.sort_values(["mean", "term", "group"], ascending=[False, True, True], ignore_index=True)
    return ranked.drop(columns="mean").head(k * frequencies["group"].nunique())


def _groups(documents, by):
    """Group of each document, for the documents that have one."""
    if by not in documents:
        raise ValueError(f"documents have no column {by!r} to group by; they have {', '.join(documents.columns)}")
    groups = documents.set_index("doc", drop=False)[by].dropna()
    if groups.empty:
        raise ValueError(f"no document has a value in {by!r}, so there is no group to count")
    return groups
