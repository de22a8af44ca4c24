"""What a saved page is made of."""

import pandas as pd

PARTS = ("article", "boilerplate", "insertions", "markup")


def composition(documents: pd.DataFrame, dropped: pd.DataFrame, repairs: pd.DataFrame) -> pd.DataFrame:
    """Characters of each page by part, white space left out.

    Parameters
    ----------
    documents, dropped, repairs : DataFrame
        Tables of one corpus.

    Returns
    -------
    DataFrame
        ``doc``, ``part``, ``n_chars``, ``share``: one row per document and part. ``article`` is the body,
        ``boilerplate`` the text left out of it, ``insertions`` what repair took out, ``markup`` the rest: tags, front
        matter, comments.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a"], "n_page": [100], "n_chars": [70]})
    >>> dropped = pd.DataFrame({"doc": ["a"], "text": ["首页 > 新闻"]})
    >>> repairs = pd.DataFrame({"doc": ["a"], "seen": ["強(qiáng)"], "became": ["強"]})
    >>> composition(documents, dropped, repairs)["n_chars"].tolist()
    [70, 5, 7, 18]
    """
    sizes = pd.DataFrame({"article": documents.set_index("doc")["n_chars"].astype("int64")})
    sizes["boilerplate"] = _by_doc(dropped, _length(dropped["text"]))
    sizes["insertions"] = _by_doc(repairs, (_length(repairs["seen"]) - _length(repairs["became"])).clip(lower=0))
    sizes = sizes.fillna(0).astype("int64")
    page = documents.set_index("doc")["n_page"].astype("int64")
    sizes["markup"] = (page - sizes.sum(axis=1)).clip(lower=0)
    rows = sizes[list(PARTS)].stack().rename_axis(["doc", "part"]).rename("n_chars").reset_index()
    rows["share"] = rows["n_chars"] / rows.groupby("doc")["n_chars"].transform("sum")
    return rows


def _length(text):
    return text.fillna("").str.replace(r"\s+", "", regex=True).str.len()


def _by_doc(rows, sizes):
    return sizes.groupby(rows["doc"]).sum()
