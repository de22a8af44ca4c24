"""A phrase that somebody picks: where it stands in each document, and the wordings of it."""

from functools import cached_property

import pandas as pd
from tqdm.auto import tqdm

from tifa.studies import phrases
from tifa.studies.phrasing.matter import Matter, articles
from tifa.studies.phrasing.shared import located

WIDTH = 16  # characters of context on either side


class Index:
    """Documents, every article once, in order of publication, and what they share.

    Parameters
    ----------
    documents : DataFrame
        The table of this name.
    """

    def __init__(self, documents: pd.DataFrame):
        self.documents = articles(documents)
        self.matter = Matter(self.documents)
        self.bodies = dict(zip(self.matter.docs, self.matter.bodies, strict=True))

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Phrases of several cities; of several documents where there is only one city."""
        cities = self.documents["city"].nunique()
        return phrases.shared(self.documents, by="city" if cities > 1 else "doc")

    @cached_property
    def variants(self) -> pd.DataFrame:
        """Wordings of every formula, of one city too."""
        return phrases.variants(self.documents, across=False)


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


def where(index: Index, phrase: str) -> pd.DataFrame:
    """Every occurrence of a phrase with what stands around it.

    Parameters
    ----------
    index : Index
    phrase : str
        Quotation marks and 、 in it do not count.

    Returns
    -------
    DataFrame
        Table ``phrase_positions`` with ``left`` and ``right``, documents in order of publication.

    Raises
    ------
    ValueError
        If the phrase is empty.

    Examples
    --------
    >>> pages = pd.DataFrame({"doc": ["a"], "city": None, "published": pd.NaT, "body": ["实现“社会面清零”目标"]})
    >>> where(Index(pages), "社会面清零")[["left", "written", "right"]].values.tolist()
    [['实现“', '社会面清零', '”目标']]
    """
    if not phrase.strip():
        raise ValueError("Pick a phrase from the list, or type one.")
    found = located([phrase.strip()], index.documents, index.matter, "city")
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

    Parameters
    ----------
    index : Index
    phrase : str

    Returns
    -------
    DataFrame
        Rows of what :func:`tifa.phrases.variants` gives.
    """
    variants = index.variants
    holding = variants["wording"].str.contains(phrase.strip(), regex=False)
    return variants[variants["formula"].isin(variants.loc[holding, "formula"])]


def prepare(index: Index, progress: bool = True) -> Index:
    """What all documents share, computed once; a bar where it takes longer than two seconds."""
    hidden = {} if progress else {"disable": True}
    for name in tqdm(("shared", "variants"), desc=f"comparing {len(index.documents):,} documents", delay=2, **hidden):
        getattr(index, name)
    return index
