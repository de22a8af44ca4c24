"""A phrase that somebody picks: where it stands in each document, and the wordings of it."""

from functools import cached_property

import numpy as np
import pandas as pd

from tifa.progress import bar
from tifa.studies import phrases
from tifa.studies.phrasing.grouping import articles
from tifa.studies.phrasing.matter import BORDER, Matter
from tifa.studies.phrasing.positions import bare, standing

WIDTH = 16  # characters of context on either side
CORE = 6  # characters in a row that two wordings have in common
MOST_WORDINGS = 100  # compared with each other at once


class Index:
    """Documents, every article once, in order of publication, and what they share.

    Parameters
    ----------
    documents : DataFrame
        The table of this name.
    """

    def __init__(self, documents: pd.DataFrame):
        self.documents = articles(documents)

    @cached_property
    def matter(self) -> Matter:
        """Their characters."""
        return Matter(self.documents)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Body by document."""
        return dict(zip(self.matter.docs, self.matter.bodies, strict=True))

    @cached_property
    def borders(self) -> np.ndarray:
        """Where clauses end."""
        return np.flatnonzero(self.matter.codes == BORDER)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Phrases of several cities; of several documents where there is only one city."""
        cities = self.documents["city"].nunique()
        return phrases.shared(self.documents, by="city" if cities > 1 else "doc")


def listed(index: Index, typed: str = "") -> pd.DataFrame:
    """Shared phrases that hold what was typed, those of most documents first.

    Examples
    --------
    >>> pages = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["要守好第一道疫情关口。", "严格守好第一道疫情关口。"]})
    >>> listed(Index(pages), "关口")["phrase"].tolist()
    ['守好第一道疫情关口']
    """
    shared = index.shared
    kept = shared[shared["phrase"].str.contains(typed, regex=False)]
    return kept.sort_values(["n_docs", "n_chars"], ascending=False, kind="stable", ignore_index=True)


def occurrences(index: Index, phrase: str) -> np.ndarray:
    """Where a phrase begins among the documents' characters, in order.

    Raises
    ------
    ValueError
        If the phrase is empty.
    """
    plain = bare(phrase).strip()
    if not plain:
        raise ValueError("pick a phrase from the list, or type one")
    return np.fromiter(_places(index.matter.text, plain), dtype=np.int64)


def _places(text: str, phrase: str):
    place = text.find(phrase)
    while place >= 0:
        yield place
        place = text.find(phrase, place + 1)


def where(index: Index, phrase: str, starts: np.ndarray) -> pd.DataFrame:
    """Occurrences of a phrase with what stands around them.

    Parameters
    ----------
    index : Index
    phrase : str
        Quotation marks and 、 in it do not count.
    starts : ndarray
        All or some of its :func:`occurrences`.

    Returns
    -------
    DataFrame
        Table ``phrase_positions`` with ``left`` and ``right``, documents in order of publication.

    Examples
    --------
    >>> pages = pd.DataFrame({"doc": ["a"], "city": None, "published": pd.NaT, "body": ["实现“社会面清零”目标"]})
    >>> index = Index(pages)
    >>> where(index, "社会面清零", occurrences(index, "社会面清零"))[["left", "written", "right"]].values.tolist()
    [['实现“', '社会面清零', '”目标']]
    """
    plain = bare(phrase).strip()
    found = standing([plain] * len(starts), index.documents, index.matter, starts, starts + len(plain))
    spans = list(zip(found["doc"], found["start"].tolist(), found["end"].tolist(), strict=True))
    return found.assign(
        left=[_before(index.bodies[doc], start) for doc, start, _ in spans],
        right=[_behind(index.bodies[doc], end) for doc, _, end in spans],
    )


def _before(body, start):
    return body[max(body.rfind("\n", 0, start) + 1, start - WIDTH) : start]


def _behind(body, end):
    return body[end : end + WIDTH].partition("\n")[0]


def wordings(index: Index, phrase: str) -> pd.DataFrame:
    """Formulae of which a wording holds the phrase, all wordings of each.

    Compared are the clauses that have six characters in a row in common with the phrase (all of a shorter one), those
    of most documents where there are many.

    Parameters
    ----------
    index : Index
    phrase : str

    Returns
    -------
    DataFrame
        As :func:`tifa.phrases.variants` gives them, of one city too.

    Examples
    --------
    >>> pages = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["要守好第一道疫情关口。", "严格守好第一道疫情关口。"]})
    >>> wordings(Index(pages), "第一道疫情关口")["changes"].tolist()
    ['', '要 → 严格']
    """
    plain = bare(phrase).strip()
    found = phrases.variants(_clauses_like(index, plain), min_chars=2, core=min(CORE, len(plain)), across=False)
    holding = found["wording"].str.contains(plain, regex=False)
    return found[found["formula"].isin(found.loc[holding, "formula"])]


def _clauses_like(index: Index, plain: str) -> pd.DataFrame:
    """Documents cut down to the clauses that have a core of the phrase."""
    size = min(CORE, len(plain))
    cores = {plain[i : i + size] for i in range(len(plain) - size + 1)}
    places = [place for core in cores for place in _places(index.matter.text, core)]
    clause = np.unique(np.searchsorted(index.borders, places))
    first, last = index.borders[clause - 1] + 1, index.borders[clause]
    texts = pd.Series(
        [index.matter.text[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)], dtype=object
    )
    most = texts.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[:MOST_WORDINGS]
    rows = pd.DataFrame({"doc": index.matter.doc[first], "body": texts})[texts.isin(most)]
    bodies = rows.groupby("doc")["body"].agg("，".join)
    return index.documents.iloc[bodies.index].assign(body=bodies.to_numpy())


def prepare(index: Index, progress: bool = True) -> Index:
    """What all documents share, computed once; a bar where it takes longer than two seconds."""
    for name in bar(("matter", "shared"), progress, f"comparing {len(index.documents):,} documents", "step"):
        getattr(index, name)
    return index
